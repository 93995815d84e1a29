"""Words that look like personal details but are not: helplines, institutions, days, roles, platforms."""

from __future__ import annotations

HELPLINES = frozenset({"443443814772", "441162991122", "442031172520"})
"""Public lines with an ordinary area code, as digits with the country code; 0800 and 03 numbers need no list."""

HELPLINE_DOMAINS = frozenset(
    {
        "saferinternet.org.uk",
        "swgfl.org.uk",
        "revengepornhelpline.org.uk",
        "samaritans.org",
        "stophateuk.org",
        "nspcc.org.uk",
        "edsupport.org.uk",
        "ofcom.org.uk",
    }
)

INSTITUTIONS = frozenset(
    """
    school schools academy academies college primary secondary infant infants junior juniors grammar nursery
    comprehensive university trust church hospital council borough county police court centre street road avenue
    lane close drive crescent terrace gardens grove helpline association union federation foundation charity
    department ministry office act bill code guidance policy news times post gazette standard echo mail herald
    park hill green town city bay wells keynes hamlets square house bridge station hotel stadium arena club
    central facts confessions bantz gossip memes official
    ysgol coleg cyngor prifysgol heddlu
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
)
"""A row of capitalised words with one of these names a place or a body, not a person."""

NO_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december spring summer autumn winter christmas easter halloween bonfire night new
    year years week weeks term half bank holiday boxing eve day inset ramadan eid diwali hanukkah valentine
    reception foundation key stage one two three four five six seven eight nine ten eleven twelve thirteen class
    form tutor group set head heads teacher teachers headteacher deputy assistant principal vice executive chair
    governor governors governing body senior leadership leader leaders lead team staff teaching learning support
    mentor manager business site caretaker secretary receptionist designated safeguarding special educational needs
    coordinator senco sendco dsl slt caseworker officer officers rep representative regional branch national local
    general sergeant inspector constable doctor nurse
    english maths mathematics science physics chemistry biology history geography french german spanish welsh
    latin art arts music drama religious education studies physical design technology computing computer food
    media business economics sociology psychology law sex relationships health social citizenship literature
    language pe re pshe ict rse gcse level levels btec sats exam exams progress results
    tiktok tik tok instagram insta snapchat snap snaps youtube you tube twitter facebook whatsapp whats app
    telegram discord google apple android microsoft teams outlook zoom classroom reddit twitch roblox fortnite
    minecraft messenger meta threads reels reel shorts story stories spotlight map live for page fyp direct message
    messages amazon netflix siri alexa iphone ipad samsung chrome photoshop chat gpt openai gemini claude grok
    england scotland wales northern ireland britain british united kingdom uk london cardiff belfast edinburgh
    glasgow manchester birmingham liverpool leeds bristol sheffield newcastle north south east west midlands
    yorkshire kent essex europe european america american irish scottish english
    samaritans childline shout mind ofsted ofcom estyn hmie posh ceop iwf nspcc acas neu nasuwt naht ascl unison gmb
    unite ucac eis ssta into education revenge porn professionals online safety professional harmful content report
    remove true vision stop hate crime internet watch victim citizens advice crown prosecution service
    data protection human rights equality human resources occupational freedom information public
    first second third last next this that these those the a an and or but so if when then because after before
    while since until although though however also just only even still yet already again now today tomorrow
    yesterday tonight later soon earlier recently sometimes always never often once twice usually
    i i'm i've i'd i'll me my mine we we're we've our us you your he he's his him she she's her it it's its they
    they're they've their them someone somebody anyone anybody everyone everybody nobody nothing something
    in on at by with from to of about into over under during between without within near behind around as like
    what who where why how which whose can could should would will won't can't couldn't did didn't do does don't
    doesn't is isn't are aren't was wasn't were weren't has hasn't have haven't had hadn't been being be not no
    yes ok okay please thanks thank hi hello dear hey sorry well oh um ah help
    kids children pupils pupil students student parents parent boys girls boy girl mum dad mums dads mother father
    friend friends colleague colleagues worst best ever rate my sack save justice sir miss madam lol omg wtf
    all any some many most few several both each every other another such same more less
    said says saying posted posts posting made makes making called calling told asked saw seen found got getting
    put using used sent reported reporting thinks think thought know knew looks looking shows showed accused being
    someone's mr mrs ms mx dr prof rev dame lord lady saint st god jesus christian muslim jewish hindu sikh catholic
    black white asian polish romanian ukrainian pakistani indian african caribbean gay lesbian trans black
    good morning afternoon evening world book books red nose sports prom parade lives matter matters red blue
    green orange happy merry great little big old young fat thin ugly mad crazy potter trunchbull
    fake account accounts profile video videos photo photos picture pictures comment comments link links post screenshot
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
)
"""Words that are part of no name here, in small letters; a row of capitals is cut at them."""
