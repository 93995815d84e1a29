### Every sentence the bot says, by key. Short sentences, the action first, no blame.
### Values in braces come from the program. COMMAND("report") names a command as it works where the member is.

translation-status = original

## Small pieces

nothing = {""}
words = { $words }
words-cut = { $words } ... (and { $more } more characters, all kept)
list = { $items }
day = { $day }
date = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
moment = { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    } { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }, { $time }
yes = Yes
no = No
contact-unknown = your union's usual number

## Buttons

button-skip = Skip
button-enough = That is enough
button-done = Done
button-all = That is all
button-anew = Start it again
button-today = Today
button-yesterday = Yesterday
button-more = Add more
button-change = Change something
button-pause = Not now
button-keep = Keep it
button-delete = Delete it
button-seen-by = What officers see
button-tidy = Take it out
button-leave-it = Leave it in
button-aside = Add that to my account
button-go-on = Go on
button-start-again = Delete it and start again
button-person = Talk to a person
button-report = Report something
button-help = What can you do?
button-helped = This helped
button-not-helped = It didn't help
button-none-of-these = None of these
button-officer-writes = Ask an officer to write to me
button-evidence = How to keep evidence
button-another-post = Report another post
button-child-images = What to do about such images
button-helplines = Who to ring
button-no-violation = What to do about a refusal
button-report-tiktok = How to report it on TikTok
button-first-steps = What to do first
button-my-reports = My reports
button-mydata = What you hold about me
button-forgetme = Erase everything
button-erase = Yes, erase everything
button-language-cy = Cymraeg
button-language-en = English
button-stay-cy = Aros yn Gymraeg
button-stay-en = Stay in English
button-correct = Correct it
button-another-like-this = Report another like this
button-withdraw = Withdraw it
button-withdraw-sure = Yes, withdraw it
button-steps = What to do next
button-packet = Show me what to send them
button-packet-police = Text for the police
button-packet-revenge_porn_helpline = Text for the Revenge Porn Helpline
button-packet-impersonation = Text for the platform: pretending
button-packet-school_impersonation = Text for the school to send
button-packet-platform = Text for the platform
button-packet-youtube_privacy = Text for YouTube: privacy
button-packet-group_admin = Text for the group's admin
button-packet-true_vision = Text for True Vision
button-packet-hate_police = Text for the police: hate
button-packet-posh = Text for the staff helpline
button-packet-platform_again = Text for the platform: look again
button-packet-rhc = Text for Report Harmful Content
button-packet-ofcom = Text for Ofcom
button-open = Open
button-take = Take
button-status = Status
button-close = Close
button-outcome = What became of it
button-check-up = Still there
button-check-gone = Gone
button-check-unseen = Haven't looked
button-check-refused = They refused
button-check-otherwise = Other answer
button-check-none = No answer
button-check-later = Ask me later
button-check-stop = Stop asking
button-check-again = Ask me again
button-check-say = Say what you know
switch-on = (x) { $name }
switch-off = ( ) { $name }

## First words, help, privacy

start =
    Hello. I'm a program that stands beside members of { $union }.
    Ask me anything about abuse online, in your own words. Or tell the union what happened to you: { COMMAND("report") }.
    For everything I can do: { COMMAND("help") }.
courtesy = You're welcome. Write whenever you need to, day or night.
started-again = I may write to you again.
help =
    Write a question in your own words, and I answer from the guidance of { $union }. When I have nothing, I say so.
    { COMMAND("report") } tells the union about a post or an account. Nothing is sent before you have seen it.
    { COMMAND("status") } shows your reports, or one by its receipt. { COMMAND("update") } takes what became of one, { COMMAND("withdraw") } takes one back. { COMMAND("person") } asks a person to write to you.
    { COMMAND("privacy") } says what is kept. { COMMAND("mydata") } shows it. { COMMAND("forgetme") } erases it. { COMMAND("stop") } stops messages you did not ask for.
    { COMMAND("language") } changes to Welsh: newid i'r Gymraeg.
    In a report, these words always work: back, skip, cancel, not now, help.
    In danger now? Call 999. To talk to somebody, day or night: Samaritans, 116 123.
language-offer = You wrote in English, so I answer in English. Which language shall I keep to?
language-which = Which language shall I write in? / Ym mha iaith y dylwn i ysgrifennu?
language-set = From now on I write in English. To change it: { COMMAND("language") }.{ $translation ->
        [unapproved] {" "}This translation is not yet approved by { $union }.
       *[other] {""}
    }
notice =
    I'm a program run for { $union }. I keep as little as I can; what, and for how long: { COMMAND("privacy") }. { $carrier } Please use your own phone, not a school one.
carrier-terminal = What you type here stays on this computer.
carrier-telegram = Telegram can technically read this chat: it is not end-to-end encrypted and is kept outside the UK.
carrier-slack = The owners of this Slack workspace may be able to read direct messages.
carrier-web = This page sends what you write to the union's own server only.
privacy =
    What { $union } keeps, and for how long.
    Questions: the topic you read and, encrypted, your last question, for ten minutes' follow-up. A question I had no good answer to: encrypted, for up to 90 days, so that the union can write one. Only what at least 5 members asked is shown, as a few words and never who asked.
    A report you have not sent: 14 days after your last word, then it is erased.
    A report you sent: 12 months after its case closes, at most 24 months after sending. After that only totals stay, without you.
    What became of a report: as long as the report, by day and never by name. Whoever else reported the same post hears that it is gone or there again, never from whom; more only when at least 5 members reported it.
    The accounts and hashtags you name: as codes made with the union's key, so that officers see that two cases share one.
    Messages waiting to be sent to you: erased from the record 7 days after sending. A receipt: at once.
    A receipt that was tried and wrong: that it was, for one hour, never what you wrote.
    Your account here: a code made from your user number, your language, and where to answer you, encrypted. Your name is not kept unless you give it.
    Officers see platform and kind first. Your words open only on request, and each opening is recorded.
    { $carrier }
    Backups: erasing destroys the key to your data at once; copies of keys are gone after 30 days.
    Totals are only shown when at least 5 different members stand behind them.
    Please use your own phone, not a school one.
    { $address }
    { $contact }
privacy-address = The full privacy notice: { $address }
privacy-contact = Questions about your data: { $contact }
stopped = I will not write to you unasked any more. Your reports stay. You can still ask me anything, and { COMMAND("start") } turns messages on again.
button-finished = That button belongs to something that is finished, so nothing has changed. What would you like to do?
unknown-command = I don't know that command. Write your question in your own words, or see what I can do.
unknown-command-meant = I don't know that command. Did you mean { COMMAND($meant) }?
say-something = I can't read anything in that. Write your question in a few words, or { COMMAND("report") } to tell the union what happened.
no-uploads =
    I can't take { $kind }, and I have not opened or kept it. A picture can hold more than it shows, and some pictures must never be passed on.
    Describe it in words, or paste the link. Keep your own evidence safely, unless it shows anyone under 18 undressed or in a sexual way: never copy that.
upload-photo = pictures
upload-voice = voice messages
upload-video = videos
upload-sticker = stickers
upload-file = files
too-fast = That is more than { $limit } messages in a minute, so I have not read the last one. Please wait a minute and send it again. In danger now? Call 999.
too-long = That was long; I read the first { $limit } characters.
too-busy = Several messages came at once, and I could not keep the last one. Please send it again.
trouble = Something went wrong on our side and your last message was not kept. What you sent before is safe. Please try again in a minute. If it is urgent: { $contact } In danger now? Call 999.
trouble-words = I have kept what you wrote, but I cannot find the words to answer it. That is a fault on our side. Please go on. In danger now? Call 999.
trouble-storage = I could not keep your last message just now. What you sent before is safe. Please try again in a while. If it is urgent: { $contact } In danger now? Call 999.
needs-invitation = To report or to call a person here you need an invitation from { $union }. Ask your rep, or: { $contact }. You can ask me questions all the same.

## Answers

answer = {""}
quote-from = — "{ $heading }", from { $title }. { $status }
quote-sample = Sample guidance, checked { $checked }, not yet approved by { $union }.
quote-approved = Checked { $checked }, approved by { $role }.
quote-unchecked = on no date yet
quote-translation = This translation is not yet approved by { $union }.
quote-language = This guidance is not there in English yet, so here it is as it stands.
quote-source = Source: { $title }, { $link }
clarify = I'm not sure which of these you mean:
hand-over =
    I have nothing on that in the union's guidance, and I don't guess.
    { $office }
    The union's own line: { $contact }.
helped = Good. I'm here when you need me.
article-gone = That guidance is not shown any more.
back-to-form = Back to where you were:
back-to-story = Back to your report: go on, or tap That is all. If what you just wrote was part of your account, add it.

## Crisis

crisis =
    { $everywhere }
    I'm a program, and nobody at the union is reading this right now.
    { $office }
    { $nearer }
crisis-union = The union's own emergency line: { $contact }
crisis-draft = Your report is safe and waits for you. When you want to go on:
office-open = Officers of the union read in office hours, and they are open now, but they may be with somebody else.
office-opens = Officers read from { $opens }.
office-closed = Nobody is reading now. Officers read from { $opens }.
office-none = No officer reads here. The union's own line: { $contact }

## Conversation, for every form

ask-now = (now: { $value })
unclear = I could not read that as an answer. Nothing is lost.
unclear-review = That is not part of it yet. Add it, or tap one of the buttons below.
unclear-twice = I still can't read that as an answer. Tap one of these, or ask for a person.
skip-cannot = I need an answer to this one. If you can't give it now, write "not now" and it waits for you.
back-first = This is the first question.
button-old = That button holds no more, so nothing has changed. Here is where we are:
answer-cut = That is more than I can keep here: at most { $parts } in a list, or { $limit } characters. I kept the beginning.
edit-taken = I have taken your changed words instead.
edit-nothing = I saw that you changed an earlier message. I have not changed anything; here is where we are:
edit-too-late = I saw that you changed an earlier message. It belongs to something that is finished, and what you sent stays as it was. To put a report right, choose it under { COMMAND("status") }.
story-go-on = I'm listening. Go on as long as you like, then tap That is all.
story-full = That is all the room I have: { $limit } characters. What came after is not kept. The rest can be told to an officer later.
story-empty = There is nothing yet. Write what happened in a few words, or paste the link.
aside-added = Added to your account.
personal-found = There seems to be { $kinds } in that. Shall I take it out? Officers can help without it.
personal-phone = a phone number
personal-email = an e-mail address
personal-address = an address
personal-name = somebody's name
personal-card = a card number
personal-tidied = Taken out. It now reads: { $words }
review-line = { $name }: { $value }
review-read = (Some of this I read from the link or from your words. Please check it.)
review-change = What shall we change?
draft-leave = Shall I delete this for good?
draft-deleted = Deleted. Nothing of it is kept.
draft-stays = It stays.
draft-kept = It waits for you, for 14 days. Write { COMMAND("report") } to go on. Nothing has been sent.
draft-open = You are in the middle of a report. Here is where we are:
draft-resume = You have a report from { $started } that is not sent. What shall we do with it?
draft-aside = What you have just written waits too. Does it belong to this report?
draft-first = You have a report that is not sent yet. Finish or delete that one first.
draft-gone = That form is not used any more, and nothing of it is kept. Please begin again.
draft-reminder = Something you began here is not finished yet. It waits until { $until }, then it is deleted unsent. Write { COMMAND("report") } to see it, or { COMMAND("stop") } for no more of these.
send-not-yet = Not yet: something is still open.
send-changed = Something changed since that was shown. Here it is again; please look before you send.
too-many-reports = You have sent { $limit } reports in a day. This one is kept; you can send it tomorrow. With so many, please let a person help you now.

## The report

report-intro = Thank you for telling us. Two safety questions come first.
report-held = Thank you. I have not kept that yet; it waits until the two safety questions are answered.
report-in_danger = Is anyone in danger right now?
report-shows_child = Does it show anyone under 18 naked or in a sexual way? Edited or AI-made pictures count too.
report-shows_child-no = No
report-shows_child-not_sure = Not sure
report-shows_child-yes = Yes
report-shows_child-stop =
    Stop here, please. I have kept nothing of this report, and everything pasted before it is erased.
    Do not open it again. Do not copy it, take a screenshot, forward it, or delete it on your own.
    Write down where it is: the platform, the account name, the time. Not what it shows.
    Tell your school's safeguarding lead today. If a child is in danger now, call 999; otherwise the police on 101.
    If it is on the public web, the Internet Watch Foundation takes reports: report.iwf.org.uk. The young person can use Childline's Report Remove themself, 0800 1111.
    Being sent it, or having seen it, is not your fault. Ask your union before any police interview.
    You can report another post that shows no such picture.
report-read-link = I've read the link: { $platform }{ $posted }.
report-posted = {", "}posted on { $day }
report-short-link = That is a short link, which I never open. If you can, paste the full link: open it, then copy the address. It counts either way.
report-have = I have what you wrote with it.
report-held-lost = I keep nothing before the two safety questions are answered, and I was restarted meanwhile: please paste the link, or write it, once more.
report-links = Paste the link or links, up to ten. { $now }
report-links-name = Links
report-what_happened = Tell me what happened, in your own words and as many messages as you like. Please leave out names of pupils and parents. { $now }
report-what_happened-name = What happened
report-platform = Which platform is it on? { $now }
report-platform-name = Platform
report-platform-tiktok = TikTok
report-platform-instagram = Instagram
report-platform-snapchat = Snapchat
report-platform-youtube = YouTube
report-platform-x = X
report-platform-facebook = Facebook
report-platform-whatsapp = WhatsApp
report-platform-telegram = Telegram
report-platform-discord = Discord
report-platform-review_site = A review site
report-platform-other = Somewhere else
report-kinds = What is it mostly? { $now }
report-kinds-name = Kind
report-kinds-impersonation = Pretends to be me or the school
report-kinds-allegation = False accusation
report-kinds-threat = Threat
report-kinds-sexual = Sexual
report-kinds-hate = Hate
report-kinds-doxxing = Private details
report-kinds-filming = Filmed in secret
report-kinds-altered = Edited or AI-made
report-kinds-mockery = Mocking
report-kinds-blackmail = Blackmail
report-kinds-other = Something else
report-platform_reply = Has the platform been told, and what did it say? { $now }
report-platform_reply-name = What the platform said
report-platform_reply-not_reported = Not told yet
report-platform_reply-none = No answer
report-platform_reply-no_violation = No violation
report-platform_reply-removed = Removed it
report-platform_reply-partly = Removed part of it
report-platform_reply-other = Something else
report-accounts = Which account posted it? You can give several, with commas. { $now }
report-accounts-name = Account
report-hashtags = Are there hashtags? You can give several, with commas. { $now }
report-hashtags-name = Hashtags
report-target = Who is it about? { $now }
report-target-name = About
report-target-me = Me
report-target-colleague = A colleague
report-target-leader = The head or a leader
report-target-school = The school
report-target_role = What is the role of the person it is about? { $now }
report-target_role-name = Role
report-target_role-head = Head
report-target_role-senior_leader = Senior leader
report-target_role-teacher = Teacher
report-target_role-support = Support staff
report-target_role-governor = Governor
report-target_role-other = Another role
report-posted_by = Who do you think posted it? A role, never a name. { $now }
report-posted_by-name = Posted by
report-posted_by-pupil = A pupil
report-posted_by-parent = A parent
report-posted_by-colleague = A colleague
report-posted_by-unknown = I don't know
report-posted_by-other = Somebody else
report-seen_on = When did you first see it? { $now }
report-seen_on-name = First seen
report-reported_to_platform-name = Platform was told
report-route = How was the platform told? { $now }
report-route-name = Told by
report-route-app = In the app
report-route-web_form = A web form
report-route-helpline = A helpline (POSH)
report-route-rhc = Report Harmful Content
report-route-revenge_porn_helpline = Revenge Porn Helpline
report-route-stopncii = StopNCII
report-route-true_vision = True Vision
report-route-ofcom = Ofcom
report-route-police = The police
report-route-school = The school
report-route-union = The union
report-route-other = Another way
report-reported_on = When was the platform told? { $now }
report-reported_on-name = Told on
report-still_online = Is it still there? You need not look again; say only what you know. { $now }
report-still_online-name = Still there
report-still_online-yes = Yes
report-still_online-no = No
report-still_online-unknown = I don't know
report-nation = Where is the school? { $now }
report-nation-name = Nation
report-nation-england = England
report-nation-wales = Wales
report-nation-scotland = Scotland
report-nation-northern_ireland = Northern Ireland
report-region = Which county or city? { $now }
report-region-name = Region
report-phase = What kind of school is it? { $now }
report-phase-name = School
report-phase-early = Early years
report-phase-primary = Primary
report-phase-secondary = Secondary
report-phase-special = Special school
report-phase-college = College
report-phase-other = Something else
report-wish = What would help you most? { $now }
report-wish-name = Wish
report-wish-advice = Advice
report-wish-removal = Have it removed
report-wish-raise = Raise it with the platform
report-wish-record = Only put it on record
report-contact_name = What may an officer call you? This is kept sealed and opens only on request. { $now }
report-contact_name-name = Name for officers
report-not_officer = Is there an officer at your own school who should not see this? { $now }
report-not_officer-name = Not for an officer of my school
report-may_contact-name = An officer may write to me here
report-keep_me_posted-name = Tell me what becomes of it
report-may_pass_on-name = The union may pass the link to the platform or a helpline
report-review =
    Ready to send:
    { $lines }
    { $read }
    Sending means the union may keep and use this report. Officers first see only platform, kind and what the platform said. Your name is not with it.
report-seen-by =
    What officers see first: platform, kind, what the platform said, what you want, how urgent it is, and how many reported the same.
    The link, the account and your words open only on request, and each opening is recorded. Officers see a case number, not who you are.
    Totals leave the union only when at least 5 different members stand behind them.
report-send = Send
correct-intro = Let us put that report right. The two safety questions come first, as always. Until you send it, the report stays as you sent it.
correct-leave = Shall I drop these changes? The report stays as you sent it.
correct-dropped = Dropped. The report stays as you sent it.
correct-kept = Your changes wait for you, for 14 days. Until you send them, the report you sent stays as it is. Write { COMMAND("report") } to go on.
report-corrected = Corrected. Officers see the new version.
report-not-found = I can't find that report. It may have been erased.
receipt-others = { $count } other members have reported the same.
receipt =
    Sent. Your receipt: { $code }, second word: { $word }. I show them only once; you need both to look this up from elsewhere.
    { $others }
    { $next }

## What to do next with a report

next-best = Next best step: { $when }{ $step }
next-best-or =
    Next best step: { $when }{ $step }
    Otherwise: { $otherwise }
next-evidence = Next best step: keep your evidence safe, and write down what happens next.
next-steps =
    Next steps for your report of { $day }, in order:
    { $lines }
    A button gives you the text to paste. I send nothing myself.
next-none = I know no further step for your report of { $day }. You can still talk to a person: { COMMAND("person") }.
next-changed = That step does not fit this report any more.
next-line = { $number }. { $when }{ $step } { $who }
next-when-now = {""}
next-when-if_afraid = If you are afraid, or are being followed or watched:{" "}
next-when-if_private_picture = If it shows an adult in a private sexual way, edited pictures included:{" "}
next-when-after_48_hours = Once the platform has had 48 hours, sooner if a child may be at risk:{" "}
next-when-after_week = Once the platform has not answered for over a week, or has refused:{" "}
next-when-after_refusal_or_week = Once the platform has refused, or not answered for over a week:{" "}
next-who-anyone = {""}
next-who-staff = You file it, as somebody who works with children.
next-who-person_shown = It is for the person shown, or somebody who may act for them.
next-who-school = The school files it.
next-step-safeguarding = Do not copy, save or send it. Tell your school's safeguarding lead today.
next-step-police = { $nation ->
        [scotland] Tell the police first. 999 if anyone is in danger now, else Police Scotland on 101 (please check the number on their site). Keep the link and the account name.
        [northern_ireland] Tell the police first. 999 if anyone is in danger now, else the PSNI on 101 (please check the number on their site). Keep the link and the account name.
       *[other] Tell the police first. 999 if anyone is in danger now, else 101 or your force's website. Keep the link and the account name.
    }
next-step-stopncii = StopNCII.org makes a fingerprint of the picture on your own device and shares only that with platforms that take part. It does not work inside encrypted chats.
next-step-revenge_porn_helpline = Revenge Porn Helpline, for adults: 0345 6000 459 (please check the number on their site).
next-step-impersonation = { $platform ->
        [tiktok] Report the account to TikTok as pretending to be somebody, and keep what TikTok answers.
       *[other] Report the account to the platform as pretending to be somebody, and keep what it answers.
    }
next-step-school_impersonation = Have the school report the account to the platform as pretending to be the school, and keep the answer.
next-step-platform = { $platform ->
        [tiktok] Report it to TikTok, and keep what TikTok answers.
        [review_site] Use the report link of the review site, and keep what it answers.
       *[other] Report it to the platform, and keep what it answers.
    }
next-step-youtube_privacy = YouTube's privacy complaint. It has to come from the person who can be recognised.
next-step-group_admin = Ask whoever runs the group to delete it for everyone.
next-step-true_vision = True Vision takes reports of hate crime online: report-it.org.uk (please check there that it covers where you are).
next-step-hate_police = Report the hate to Police Scotland: 101 or their website (please check the number on their site).
next-step-posh = The Professionals Online Safety Helpline advises school staff and can take some cases to the platform: 0344 381 4772 (please check the number on their site).
next-step-platform_again = Ask the platform for a review where it offers one, or report it once more under the reason that fits best.
next-step-rhc = Report Harmful Content asks to see the platform's answer. It cannot promise removal: reportharmfulcontent.com
next-step-ofcom = Tell Ofcom how the platform dealt with it. Ofcom cannot act on a single post; it learns which platforms fail.
next-step-evidence = Keep your evidence safe, and write down what happens next.

packet-about =
    { $how } { $who }
    The next message is the text to copy. It holds only your own answers. Fill in what stands in brackets, and leave out names of pupils and parents.
    Source: { $source }, checked on { $checked }. { $link }
packet =
    { $lines }
    { $ask }
packet-how-police = Read it out on the phone, or paste it into the form on the force's website. In danger now, ring 999 instead.
packet-how-revenge_porn_helpline = Write to help@revengepornhelpline.org.uk or ring (please check the address, number and hours on their site; the hours we know of are Monday to Friday, 10am to 4pm). Do not send the picture. If you may want the police to act, think about speaking to them before it is removed.
packet-how-impersonation = Open the profile and choose report, then the reason for pretending to be somebody. The platform may want to see who you are. Menus change, so the words may differ.
packet-how-school_impersonation = Report it in the school's name, from a school account or the platform's web form. Menus change, so the words may differ.
packet-how-platform = Open the post and choose report, then the reason that fits best. Paste this where the form has room for words. Menus change, so the words may differ.
packet-how-youtube_privacy = Look for the privacy complaint in YouTube's help pages. A colleague, a head or a relative cannot make it for the person shown.
packet-how-group_admin = Send it to whoever runs the group, if you know them and that is safe for you.
packet-how-true_vision = Paste it into the form on report-it.org.uk. In danger now, ring 999 instead.
packet-how-hate_police = Read it out on the phone, or paste it into the form on the police website. In danger now, ring 999 instead.
packet-how-posh = Write to helpline@saferinternet.org.uk or ring (please check the address, number and hours on their site; the hours we know of are Monday to Friday, 10am to 4pm). It advises and takes some cases to a platform; it cannot promise removal or find out who posted.
packet-how-platform_again = Use the review in the app where there is one, or report once more under another reason or on the platform's special form. One good report is better than many.
packet-how-rhc = Paste it into the form on reportharmfulcontent.com and add the platform's answer. It is for anybody aged 13 or over, and may agree with the platform and explain why.
packet-how-ofcom = Paste it into the complaint form on ofcom.org.uk. You will get no decision about this post.
packet-link = Link: { $link }
packet-no-link = Link: (please add it)
packet-on = Where: { $platform }
packet-kinds = What it is: { $kinds }
packet-kind-impersonation = an account or post that pretends to be somebody at a school, or the school
packet-kind-allegation = an accusation against somebody at a school that they say is false
packet-kind-threat = a threat
packet-kind-sexual = sexual content about somebody at a school
packet-kind-hate = hate
packet-kind-doxxing = private details shown without agreement
packet-kind-filming = a recording made without agreement
packet-kind-altered = an edited or computer-made picture, video or voice
packet-kind-mockery = mocking or bullying
packet-kind-blackmail = a demand made with a threat
packet-kind-other = abuse of somebody at a school
packet-seen_on = Seen on: { $day }
packet-seen_by = Seen on or before: { $day }
packet-reported_on = Reported to the platform on: { $day }
packet-number = The platform's number for my report: (please add it, if there is one)
packet-reply-not_reported = The platform has not been told yet.
packet-reply-none = The platform has not answered.
packet-reply-no_violation = The platform answered that it found no violation.
packet-reply-removed = The platform answered that it removed it.
packet-reply-partly = The platform removed a part of it.
packet-reply-other = The platform answered: (please add what it said)
packet-ask-police = Please tell me what you will do, and give me a crime or log number.
packet-ask-revenge_porn_helpline = Please tell me what can be done. I can describe the picture and do not send it.
packet-ask-impersonation = This account pretends to be me. I did not agree to it. Please take it down.
packet-ask-school_impersonation = This account pretends to be our school. The school did not agree to it. Please take it down.
packet-ask-platform = Please look at this under your rules and tell me what you decide. The rule I think it breaks: (please name it)
packet-ask-youtube_privacy = I am the person shown and can be recognised. I did not agree to this. Please look at it under your privacy process.
packet-ask-group_admin = Please delete this for everyone in the group.
packet-ask-true_vision = I think hostility to a group of people was part of this, because: (please add why)
packet-ask-hate_police = I think hostility to a group of people was part of this, because: (please add why)
packet-ask-posh = I work at a school. Please tell me which report to make next, and whether you can take this to the platform.
packet-ask-platform_again = Please look at this again. The rule I think it breaks: (please name it)
packet-ask-rhc = Please look at this. The platform's answer, where there was one, is with this message.
packet-ask-ofcom = I am telling you how the platform dealt with this. I know that you cannot act on a single post.

## Your reports

status-none = You have sent no report. To tell the union about something: { COMMAND("report") }.
status-head = { $count ->
        [one] You have sent one report.
       *[other] You have sent { $count } reports. The newest:
    }
status-line = { $day } · { $platform } · { $kinds } · { $status }{ $became }
status-became = {" "}· { $what }
came-up = still there on { $day }
came-gone = gone since { $day }
came-removed = removed by the platform, { $day }
came-back_up = was gone, there again since { $day }
came-no_violation = the platform refused
came-answered_otherwise = the platform answered otherwise
came-no_answer = no answer from the platform
report-short = { $day } · { $platform } · { $kinds }
report-short-call = { $day } · a wish to talk to a person
receipt-status =
    { $what }
    Where it stands: { $status }.
    { $became }
    This shows no words or links, and not who sent it.
receipt-word = Thank you. To look that up I also need the second word that came with the receipt. Write it alone, or both together: { COMMAND($meant) } { $code } and the word.
receipt-letter = That looks like a receipt, but one letter of the code seems wrong or is missing. A code looks like STW-7K3M-Q9XD: two groups of four after STW. I have not kept what you wrote.
receipt-unread = I can't read a receipt in that. It is a code like STW-7K3M-Q9XD and a second word, both in one message. Your own reports are listed without it.
receipt-wrong = That code and that word do not belong together, or the report is not kept any more. Please compare both with your receipt. If you have lost it, a person can still help.
receipt-later = There were several tries that did not fit, so I am not looking up receipts for a while. You can try again at { $time }. Your own reports are listed without a receipt.
became-nothing = What became of it: nothing is known yet.
became-what = What became of it: { $what }.
withdraw-none = You have sent no report from here. With a receipt from elsewhere: { COMMAND("withdraw") }, the code and the second word in one message.
withdraw-which =
    Which report would you like to withdraw? You are asked once more before anything is erased.
    { $more }
withdraw-more = These are the newest. For an older one: { COMMAND("withdraw") }, its code and its second word in one message.
withdraw-sure =
    { $what }
    Withdrawing erases this report for good: your words, links and answers, whatever was still to be sent to you about it, and its receipt. Officers can no longer open it or help with it, and their card says only that a member withdrew a report.
    What stays: totals already published, which do not show you, and what others reported about the same post. What an officer has read or done already cannot be undone.
    Shall I withdraw it?
withdraw-kept = All right. It stays as it is; nothing has changed.
withdrawn = Withdrawn: that report is erased, and its receipt works no more. I'm here if you need me again.
case-open = waits for an officer
case-taken = an officer has taken it
case-waiting = waits for somebody outside the union
case-closed = closed
mydata =
    This is everything held about you:
    { $lines }
mydata-nothing = nothing
forget-sure =
    This erases your account here, drafts, reports and messages, for good. After that { $union } can no longer help with them.
    What stays: totals already published, which do not show you. Telegram lets me delete only messages younger than 48 hours; please clear the chat yourself.
    Shall I erase everything?
forgotten = Everything about you is erased. Copies in key backups are unreadable after 30 days at most. You can write to { $union } here again at any time, as if new.

## What became of it

check-in =
    You asked me to keep you posted about something you sent here on { $day }, { $time }.
    You need not look again; say only what you know. It was on { $platform }. Each tap counts by itself.
check-ins =
    You asked me to keep you posted about some things you sent here: { $count } of them.
    You need not look again; say only what you know. Tap one to say it.
check-in-pick = { $day }, { $time }, { $platform }
check-in-one = What you sent on { $day }, { $time } ({ $platform }). You need not look again; say only what you know. Each tap counts by itself.
check-noted-up = Noted: still there.
check-noted-back = Noted: it was gone and is there again.
check-noted-gone = Noted: gone. I will not ask about this one again.
check-noted-unseen = Noted. There is no need to look.
check-noted-refused = Noted: they refused.
check-noted-otherwise = Noted: they answered something else.
check-noted-none = Noted: no answer.
check-later = I will ask again tomorrow, or on the next day I ask.
check-later-enough = I have put this off a few times already, so I ask again at the usual times only. You can say it at any time: { COMMAND("update") }.
check-ended = I don't ask about this one any more. You can say what became of it at any time: { COMMAND("update") }.
check-stopped = I will not ask about this one again. You can say what became of it at any time: { COMMAND("update") }.
check-again = I will ask again, beginning in a day or so.
update-which = Which of these do you know something about?
told-gone = Something you sent here on { $day } does not seem to be there any more. It was on { $platform }. You need not look; if you know better, say so.
told-back_up = Something you sent here on { $day } was gone and seems to be there again. It is on { $platform }. You need not look; if you know better, say so.
told-news =
    Here is what has become known since I last wrote to you about what you sent here.
    { $lines }
told-line = { $day }, { $platform }: { $saying } of the { $reporting } members who reported it say that { $what }.
told-line-some = { $day }, { $platform }: some of the members who reported it say that { $what }.
told-line-officer = { $day }, { $platform }: an officer has noted that { $what }.
told-line-gone = { $day }, { $platform }: it does not seem to be there any more.
told-line-back_up = { $day }, { $platform }: it was gone and seems to be there again.
told-what-no_violation = the platform found no violation
told-what-answered_otherwise = the platform gave another answer

## A person

person-intro =
    You can ask an officer to write to you. { $office }
    The union's own line: { $contact }.
person-nobody = No officer reads here. Please ring or write to { $union }: { $contact }.
person-about = What is it about? One line is enough, and you can skip it. Please leave out names of pupils and parents. { $now }
person-about-name = About
person-may_contact = May an officer write to you here? { $now }
person-may_contact-name = An officer may write to me here
person-review =
    Ready to send:
    { $lines }
    { $read }
    An officer sees that somebody asks for a person. Your line opens only on request.
person-seen-by = Officers see that a member asks for a person, and when. Your line opens only on request, and each opening is recorded.
person-send = Send
person-receipt = Sent. { $office } Your receipt: { $code }, second word: { $word }. I show them only once.

## Officers

officer-hello = Case room. Write: cases; open, take, status, outcome or close and a number; digest; digest day.
officer-unknown = I did not understand that. Write: cases; open, take, status, outcome or close and a number; digest; digest day.
cases-none = No case is waiting.
cases-head = { $count ->
        [one] One case:
       *[other] { $count } cases:
    }
card = { $urgent }Case { $number } · { $platform } · { $kinds } · platform: { $reply }{ $wish } · { $reports ->
        [one] 1 report
       *[other] { $reports } reports
    }{ $unverified } · { $status }, opened { $opened }
card-call = { $urgent }Case { $number } · a member asks for a person{ $unverified } · { $status }, opened { $opened }
card-empty = Case { $number } · erased
card-urgent = URGENT ·{" "}
card-unverified = {" "}· not verified
card-wish = {" "}· wants: { $wish }
card-joined = { $urgent }Case { $number }: + one more report, now { $reports } ({ $at })
card-corrected = { $urgent }Case { $number }: a member corrected a report ({ $at })
card-withdrawn = Case { $number }: a member withdrew a report, and it is erased. Please delete any copy made of it. ({ $at })
card-erased = Case { $number }: one report is erased, because it may show a child. Please delete any copy made of it. ({ $at })
case-opened = Case { $number }, opened. This is recorded. { $reports ->
        [one] One report.
       *[other] { $reports } reports.
    }
case-report =
    Report { $place }, { $day }
    { $lines }
case-no-more = Nothing beyond what the card shows.
case-unknown = There is no case { $number }.
case-taken-now = Case { $number } is yours. This is recorded, and the member sees that an officer has taken it.
case-is-closed = Case { $number } is closed. A new report of the same post opens it again, and so does Status.
case-status-which = Where does case { $number } stand? Now: { $status }.
case-status-same = Case { $number } stands there already: { $status }.
case-status-now = Case { $number }: { $status }. This is recorded, and the member sees it.
case-status-again = Case { $number } is open again: { $status }. This is recorded, and the member sees it. What members wrote is kept until 12 months after it is closed once more.
case-outcome-which = What became of what case { $number } is about? Say only what you know.
case-outcome-now = Case { $number }: noted. This is recorded, and members who want to hear of it do, as far as that tells nothing of each other.
case-outcome-none = Case { $number } is a wish to talk to a person: nothing can become of that here. Close says how it ended.
outcome-title = Case { $number }: what became of it
outcome-send = Note it
outcome-what-name = What became of it
outcome-what-gone = It is gone
outcome-what-still_up = It is still there
outcome-what-no_violation = The platform refused
outcome-what-answered_otherwise = The platform answered otherwise
outcome-what-no_answer = The platform has not answered
case-became =
    What became of it:
    { $lines }
case-became-line = { $day }: { $what } ({ $says })
became-up = there
became-gone = gone
became-removed = removed, as the platform says
became-back_up = there again
became-no_violation = the platform refused
became-answered_otherwise = the platform answered otherwise
became-no_answer = no answer from the platform
says-member = a member says so
says-officer = an officer says so
says-platform = the platform says so
case-related =
    Perhaps they belong together; nothing is merged by itself.
    { $lines }
case-same-account = The same account: cases { $cases }
case-same-hashtag = The same hashtag: cases { $cases }
standing-title = Case { $number }: status
standing-send = Set
standing-status-name = Where it stands
standing-status-open = Waits for an officer
standing-status-taken = I have it
standing-status-waiting = Waits for somebody outside
sheet-needed = Please choose or write something here.
sheet-no-answer = This is none of the answers I can take here.
closing-title = Close case { $number }
closing-send = Close it
closing-reason-name = Why it is done
case-close-why = Why is case { $number } done?
closing-reason-advised = The member was advised
closing-reason-removed = It was removed
closing-reason-passed_on = Passed on to somebody else
closing-reason-no_action = Nothing more to do
closing-reason-duplicate = The same as another case
case-closed-now = Case { $number } is closed. What members wrote is kept for 12 months from today.
not-officer = This is for officers only, and your name is not on the list. Whoever runs me can add it.
case-which = Which case? Write its number too, as in: open 12.
digest-day = { $lines }
digest-week = { $lines }
digest-heading-day = The day of { $day }
digest-heading-week = Week from { $starts } to { $ends }
digest-total-day = New reports: { $total }.
digest-total-week = New reports: { $total }; { $usual }. { $platforms }.
digest-usual = usually { $low } to { $high }
digest-usual-unknown = too early to say what is usual
digest-platforms-hidden = By platform: all hidden (fewer than { $under } members each)
digest-rest-hidden = the rest hidden (fewer than { $under })
digest-part = { $name } { $figure }
digest-replies = What platforms said, all together: { $replies }.
digest-tally-crisis = Members who were shown the emergency lines: { $figure }.
digest-tally-stop_rule = Reports stopped because a child may be shown: { $figure }.
digest-waiting = { $open ->
        [0] No case waits for an officer.
        [one] One case waits for an officer{ $oldest }.
       *[other] { $open } cases wait for an officer{ $oldest }.
    }
digest-oldest = {", "}the oldest since { $day }
digest-urgent = { $urgent ->
        [one] One of them is urgent.
       *[other] { $urgent } of them are urgent.
    }
digest-calls = { $calls ->
        [one] One member asked for a person.
       *[other] { $calls } members asked for a person.
    }
digest-heard = Last heard from { $adapters }.
digest-heard-from = { $adapter } { $time }
adapter-terminal = the terminal
adapter-telegram = Telegram
adapter-slack = Slack
adapter-web = the web page
figure = { $n }
figure-about = about { $n }
figure-hidden = fewer than { $under }
digest-not-over = That period is not over. Its digest comes on { $when }.

## Terminal

terminal-hello = Write your question and press Enter. Type the number of a button to press it. help lists what I can do; Ctrl-D leaves.
terminal-officer = You are an officer here. Ctrl-D leaves.
terminal-bye = Goodbye. Nothing is lost.

## Telegram

private-only = I talk in private chats only, so that nobody sees what you tell me. Please open a chat with me there; I have kept nothing from here.
command-start = Say hello
command-help = What I can do
command-report = Tell the union about a post or an account
command-status = Your reports
command-withdraw = Take back a report you sent
command-update = Say what became of a report
command-person = Ask a person to write to you
command-stop = No more messages you did not ask for
command-language = English or Welsh / Cymraeg neu Saesneg
command-privacy = What is kept, and who can read it
command-mydata = Everything held about you
command-forgetme = Erase everything about you

## Slack

slack-direct-only = I talk in direct messages only. Open my name and write to me there. What you write there is not shown in this channel.
slack-answered-in-direct = I have answered in our direct messages. Nobody in this channel sees what you wrote to me.
