### translation: unapproved
### Pob brawddeg y mae'r bot yn ei dweud, fesul allwedd, yn Gymraeg. / Every sentence the bot says, in Welsh.
### Nobody at the union has approved this translation yet. Until then the emergency and child-image texts stay in
### English behind one Welsh sentence. When it is approved: set translation-status below to approved.

translation-status = unapproved

## Darnau bach / Small pieces

nothing = {""}
words = { $words }
words-cut = { $words } ... (a { $more } nod arall, pob un wedi'i gadw)
list = { $items }
day = { $day }
date = { $day } { $month ->
        [1] Ionawr
        [2] Chwefror
        [3] Mawrth
        [4] Ebrill
        [5] Mai
        [6] Mehefin
        [7] Gorffennaf
        [8] Awst
        [9] Medi
        [10] Hydref
        [11] Tachwedd
       *[12] Rhagfyr
    } { $year }
moment = { $weekday ->
        [1] dydd Llun
        [2] dydd Mawrth
        [3] dydd Mercher
        [4] dydd Iau
        [5] dydd Gwener
        [6] dydd Sadwrn
       *[7] dydd Sul
    } { $day } { $month ->
        [1] Ionawr
        [2] Chwefror
        [3] Mawrth
        [4] Ebrill
        [5] Mai
        [6] Mehefin
        [7] Gorffennaf
        [8] Awst
        [9] Medi
        [10] Hydref
        [11] Tachwedd
       *[12] Rhagfyr
    }, { $time }
yes = Ie
no = Na
contact-unknown = rhif arferol eich undeb

## Botymau / Buttons

button-skip = Hepgor
button-enough = Dyna ddigon
button-done = Wedi gorffen
button-all = Dyna'r cyfan
button-anew = Dechrau hwn eto
button-today = Heddiw
button-yesterday = Ddoe
button-more = Ychwanegu mwy
button-change = Newid rhywbeth
button-pause = Nid nawr
button-keep = Ei gadw
button-delete = Ei ddileu
button-seen-by = Beth mae swyddogion yn ei weld
button-tidy = Ei dynnu allan
button-leave-it = Ei adael i mewn
button-aside = Ychwanegu hynny at fy hanes
button-go-on = Mynd ymlaen
button-start-again = Ei ddileu a dechrau eto
button-person = Siarad â pherson
button-report = Rhoi gwybod am rywbeth
button-help = Beth allwch chi ei wneud?
button-helped = Roedd hyn o help
button-not-helped = Doedd hyn ddim o help
button-none-of-these = Dim un o'r rhain
button-officer-writes = Gofyn i swyddog ysgrifennu ataf
button-evidence = Sut i gadw tystiolaeth
button-another-post = Rhoi gwybod am bostiad arall
button-child-images = Beth i'w wneud am luniau o'r fath
button-helplines = Pwy i'w ffonio
button-no-violation = Beth i'w wneud os cewch eich gwrthod
button-report-tiktok = Sut i roi gwybod amdano ar TikTok
button-first-steps = Beth i'w wneud gyntaf
button-my-reports = Fy adroddiadau
button-mydata = Beth rydych yn ei gadw amdanaf
button-forgetme = Dileu popeth
button-erase = Ie, dileu popeth
button-language-cy = Cymraeg
button-language-en = English
button-stay-cy = Aros yn Gymraeg
button-stay-en = Stay in English
button-correct = Ei gywiro
button-another-like-this = Rhoi gwybod am un tebyg
button-withdraw = Ei dynnu'n ôl
button-withdraw-sure = Ie, ei dynnu'n ôl
button-steps = Beth i'w wneud nesaf
button-packet = Dangoswch beth i'w anfon atynt
button-packet-police = Testun i'r heddlu
button-packet-revenge_porn_helpline = Testun i'r Revenge Porn Helpline
button-packet-impersonation = Testun i'r platfform: esgus
button-packet-school_impersonation = Testun i'r ysgol ei anfon
button-packet-platform = Testun i'r platfform
button-packet-youtube_privacy = Testun i YouTube: preifatrwydd
button-packet-group_admin = Testun i weinyddwr y grŵp
button-packet-true_vision = Testun i True Vision
button-packet-hate_police = Testun i'r heddlu: casineb
button-packet-posh = Testun i'r llinell gymorth
button-packet-platform_again = Testun i'r platfform: edrychwch eto
button-packet-rhc = Testun i Report Harmful Content
button-packet-ofcom = Testun i Ofcom
button-open = Agor
button-take = Cymryd
button-status = Statws
button-close = Cau
button-outcome = Beth ddaeth ohono
button-check-up = Yno o hyd
button-check-gone = Wedi mynd
button-check-unseen = Heb edrych
button-check-refused = Gwrthodwyd
button-check-otherwise = Ateb arall
button-check-none = Dim ateb
button-check-later = Gofyn wedyn
button-check-stop = Peidio â gofyn
button-check-again = Gofyn i mi eto
button-check-say = Dweud beth rydych yn ei wybod
switch-on = (x) { $name }
switch-off = ( ) { $name }

## Geiriau cyntaf, help, preifatrwydd / First words, help, privacy

start =
    Helo. Rhaglen ydw i, yma i sefyll gydag aelodau { $union }.
    Gofynnwch unrhyw beth am gam-drin ar-lein, yn eich geiriau eich hun. Neu dywedwch wrth yr undeb beth ddigwyddodd i chi: { COMMAND("report") }.
    I weld popeth y gallaf ei wneud: { COMMAND("help") }.
courtesy = Croeso. Ysgrifennwch pryd bynnag y bydd angen, ddydd neu nos.
started-again = Caf ysgrifennu atoch eto.
help =
    Ysgrifennwch gwestiwn yn eich geiriau eich hun, ac atebaf o ganllawiau { $union }. Pan nad oes gen i ateb, dywedaf hynny.
    Mae { COMMAND("report") } yn dweud wrth yr undeb am bostiad neu gyfrif. Does dim yn cael ei anfon cyn i chi ei weld.
    Mae { COMMAND("status") } yn dangos eich adroddiadau, neu un drwy ei dderbynneb. Mae { COMMAND("update") } yn derbyn beth ddaeth o un, ac mae { COMMAND("withdraw") } yn tynnu un yn ôl. Mae { COMMAND("person") } yn gofyn i berson ysgrifennu atoch.
    Mae { COMMAND("privacy") } yn dweud beth sy'n cael ei gadw. Mae { COMMAND("mydata") } yn ei ddangos. Mae { COMMAND("forgetme") } yn ei ddileu. Mae { COMMAND("stop") } yn atal negeseuon na ofynnoch amdanynt.
    Mae { COMMAND("language") } yn newid i'r Saesneg: change to English.
    Mewn adroddiad, mae'r geiriau hyn yn gweithio bob amser: yn ôl, hepgor, canslo, nid nawr, cymorth.
    Mewn perygl nawr? Ffoniwch 999. I siarad â rhywun, ddydd neu nos: y Samariaid, 116 123.
language-offer = Ysgrifennoch yn Gymraeg, felly rwy'n ateb yn Gymraeg. Ym mha iaith y dylwn i aros?
language-which = Ym mha iaith y dylwn i ysgrifennu? / Which language shall I write in?
language-set = O hyn ymlaen rwy'n ysgrifennu yn Gymraeg. I newid hynny: { COMMAND("language") }.{ $translation ->
        [unapproved] {" "}Nid yw'r cyfieithiad hwn wedi'i gymeradwyo gan { $union } eto.
       *[other] {""}
    }
notice =
    Rhaglen ydw i, yn cael ei rhedeg ar ran { $union }. Rwy'n cadw cyn lleied ag y gallaf; beth, ac am ba hyd: { COMMAND("privacy") }. { $carrier } Defnyddiwch eich ffôn eich hun, nid un yr ysgol.
carrier-terminal = Mae'r hyn rydych yn ei deipio yma yn aros ar y cyfrifiadur hwn.
carrier-telegram = Yn dechnegol, gall Telegram ddarllen y sgwrs hon: nid yw wedi'i hamgryptio o ben i ben, ac mae'n cael ei chadw y tu allan i'r DU.
carrier-slack = Efallai y gall perchnogion y gweithle Slack hwn ddarllen negeseuon uniongyrchol.
carrier-web = Mae'r dudalen hon yn anfon yr hyn rydych yn ei ysgrifennu at weinydd yr undeb ei hun yn unig.
privacy =
    Beth mae { $union } yn ei gadw, ac am ba hyd.
    Cwestiynau: y pwnc a ddarllenoch a'ch cwestiwn olaf, wedi'i amgryptio, er mwyn i chi allu gofyn mwy am ddeng munud. Cwestiwn nad oedd gen i ateb da iddo: wedi'i amgryptio, am hyd at 90 diwrnod, er mwyn i'r undeb allu ysgrifennu ateb. Dim ond yr hyn a ofynnodd o leiaf 5 aelod sy'n cael ei ddangos, fel ychydig eiriau a byth pwy ofynnodd.
    Adroddiad heb ei anfon: 14 diwrnod ar ôl eich gair olaf, yna caiff ei ddileu.
    Adroddiad a anfonoch: 12 mis ar ôl i'w achos gau, 24 mis ar ôl ei anfon fan bellaf. Wedi hynny dim ond cyfansymiau sy'n aros, hebddoch chi.
    Beth ddaeth o adroddiad: cyhyd â'r adroddiad, fesul diwrnod a byth wrth enw. Mae pwy bynnag arall a roddodd wybod am yr un postiad yn clywed ei fod wedi mynd neu yno eto, byth gan bwy; mwy na hynny dim ond pan roddodd o leiaf 5 aelod wybod amdano.
    Y cyfrifon a'r hashnodau rydych yn eu henwi: fel codau wedi'u gwneud ag allwedd yr undeb, er mwyn i swyddogion weld bod dau achos yn rhannu un.
    Negeseuon sy'n aros i'w hanfon atoch: wedi'u dileu o'r cofnod 7 diwrnod ar ôl eu hanfon. Derbynneb: ar unwaith.
    Derbynneb a gynigiwyd ac a oedd yn anghywir: y ffaith honno, am un awr, byth yr hyn a ysgrifennoch.
    Eich cyfrif yma: cod wedi'i wneud o'ch rhif defnyddiwr, eich iaith, a ble i'ch ateb, wedi'i amgryptio. Nid yw eich enw'n cael ei gadw oni bai eich bod yn ei roi.
    Mae swyddogion yn gweld y platfform a'r math yn gyntaf. Dim ond ar gais y mae eich geiriau'n agor, a chaiff pob agoriad ei gofnodi.
    { $carrier }
    Copïau wrth gefn: mae dileu yn dinistrio'r allwedd i'ch data ar unwaith; bydd copïau o allweddi wedi mynd ar ôl 30 diwrnod.
    Dim ond pan fydd o leiaf 5 aelod gwahanol y tu ôl iddynt y caiff cyfansymiau eu dangos.
    Defnyddiwch eich ffôn eich hun, nid un yr ysgol.
    { $address }
    { $contact }
privacy-address = Yr hysbysiad preifatrwydd llawn: { $address }
privacy-contact = Cwestiynau am eich data: { $contact }
stopped = Fydda i ddim yn ysgrifennu atoch heb i chi ofyn mwyach. Mae eich adroddiadau'n aros. Cewch ofyn unrhyw beth i mi o hyd, ac mae { COMMAND("start") } yn troi negeseuon ymlaen eto.
button-finished = Mae'r botwm hwnnw'n perthyn i rywbeth sydd wedi gorffen, felly does dim wedi newid. Beth hoffech chi ei wneud?
unknown-command = Dydw i ddim yn adnabod y gorchymyn hwnnw. Ysgrifennwch eich cwestiwn yn eich geiriau eich hun, neu edrychwch beth y gallaf ei wneud.
unknown-command-meant = Dydw i ddim yn adnabod y gorchymyn hwnnw. Ai { COMMAND($meant) } oeddech chi'n ei feddwl?
say-something = Alla i ddim darllen dim yn hwnna. Ysgrifennwch eich cwestiwn mewn ychydig eiriau, neu { COMMAND("report") } i ddweud wrth yr undeb beth ddigwyddodd.
no-uploads =
    Alla i ddim derbyn { $kind }, ac nid wyf wedi agor na chadw hyn. Gall llun ddal mwy nag y mae'n ei ddangos, ac mae rhai lluniau na ddylid byth eu pasio ymlaen.
    Disgrifiwch ef mewn geiriau, neu gludwch y ddolen. Cadwch eich tystiolaeth eich hun yn ddiogel, oni bai ei bod yn dangos unrhyw un dan 18 heb ddillad neu mewn ffordd rywiol: peidiwch byth â chopïo hynny.
upload-photo = lluniau
upload-voice = negeseuon llais
upload-video = fideos
upload-sticker = sticeri
upload-file = ffeiliau
too-fast = Mae hynny'n fwy na { $limit } neges mewn munud, felly nid wyf wedi darllen yr olaf. Arhoswch funud a'i hanfon eto. Mewn perygl nawr? Ffoniwch 999.
too-long = Roedd honno'n hir; darllenais y { $limit } nod cyntaf.
too-busy = Daeth sawl neges ar unwaith, ac ni allwn gadw'r olaf. Anfonwch hi eto.
trouble = Aeth rhywbeth o'i le ar ein hochr ni ac ni chadwyd eich neges olaf. Mae'r hyn a anfonoch o'r blaen yn ddiogel. Rhowch gynnig arall mewn munud. Os yw'n frys: { $contact } Mewn perygl nawr? Ffoniwch 999.
trouble-words = Rwyf wedi cadw'r hyn a ysgrifennoch, ond ni allaf ddod o hyd i'r geiriau i'w ateb. Bai ar ein hochr ni yw hynny. Ewch ymlaen. Mewn perygl nawr? Ffoniwch 999.
trouble-storage = Ni allwn gadw eich neges olaf nawr. Mae'r hyn a anfonoch o'r blaen yn ddiogel. Rhowch gynnig arall mewn tipyn. Os yw'n frys: { $contact } Mewn perygl nawr? Ffoniwch 999.
needs-invitation = I roi gwybod neu i alw am berson yma mae angen gwahoddiad arnoch gan { $union }. Gofynnwch i'ch cynrychiolydd, neu: { $contact }. Cewch ofyn cwestiynau i mi beth bynnag.

## Atebion / Answers

answer = {""}
quote-from = — "{ $heading }", o { $title }. { $status }
quote-sample = Canllaw enghreifftiol, gwiriwyd { $checked }, heb ei gymeradwyo gan { $union } eto.
quote-approved = Gwiriwyd { $checked }, cymeradwywyd gan { $role }.
quote-unchecked = heb ddyddiad eto
quote-translation = Nid yw'r testun Cymraeg hwn wedi'i gymeradwyo gan { $union } eto.
quote-language = Nid yw'r canllaw hwn ar gael yn Gymraeg eto, felly dyma'r testun Saesneg.
quote-source = Ffynhonnell: { $title }, { $link }
clarify = Dydw i ddim yn siŵr pa un o'r rhain rydych yn ei feddwl:
hand-over =
    Does gen i ddim am hynny yng nghanllawiau'r undeb, a dydw i ddim yn dyfalu.
    { $office }
    Llinell yr undeb ei hun: { $contact }.
helped = Da iawn. Rwyf yma pan fydd fy angen arnoch.
article-gone = Nid yw'r canllaw hwnnw'n cael ei ddangos mwyach.
back-to-form = Yn ôl i'r lle roeddech chi:
back-to-story = Yn ôl i'ch adroddiad: ewch ymlaen, neu dewiswch Dyna'r cyfan. Os oedd yr hyn rydych newydd ei ysgrifennu yn rhan o'ch hanes, ychwanegwch ef.

## Argyfwng / Crisis: in English until approved

crisis =
    Mewn perygl nawr? Ffoniwch 999. Mae'r cymorth isod yn Saesneg; mae llinell Gymraeg yn y rhestr os oes un.
    { $everywhere }
    I'm a program, and nobody at the union is reading this right now.
    { $office }
    { $nearer }
crisis-union = Llinell argyfwng yr undeb / The union's own emergency line: { $contact }
crisis-draft = Mae eich adroddiad yn ddiogel ac yn aros amdanoch. Your report is safe and waits for you. When you want to go on:
office-open = Mae swyddogion yr undeb yn darllen yn ystod oriau swyddfa, ac mae'r swyddfa ar agor nawr, ond efallai eu bod gyda rhywun arall.
office-opens = Y tro nesaf y bydd swyddogion yn darllen: { $opens }.
office-closed = Does neb yn darllen nawr. Y tro nesaf y bydd swyddogion yn darllen: { $opens }.
office-none = Does dim swyddog yn darllen yma. Llinell yr undeb ei hun: { $contact }

## Sgwrs, ar gyfer pob ffurflen / Conversation, for every form

ask-now = (nawr: { $value })
unclear = Ni allwn ddarllen hynny fel ateb. Does dim wedi'i golli.
unclear-review = Nid yw hynny'n rhan ohono eto. Ychwanegwch ef, neu dewiswch un o'r botymau isod.
unclear-twice = Alla i ddim darllen hynny fel ateb o hyd. Dewiswch un o'r rhain, neu gofynnwch am berson.
skip-cannot = Mae angen ateb i hwn arnaf. Os na allwch ei roi nawr, ysgrifennwch "nid nawr" ac fe fydd yn aros amdanoch.
back-first = Dyma'r cwestiwn cyntaf.
button-old = Nid yw'r botwm hwnnw'n ddilys mwyach, felly does dim wedi newid. Dyma ble rydym ni:
answer-cut = Mae hynny'n fwy nag y gallaf ei gadw yma: { $parts } ar y mwyaf mewn rhestr, neu { $limit } nod. Cedwais y dechrau.
edit-taken = Rwyf wedi cymryd eich geiriau newydd yn lle'r hen rai.
edit-nothing = Gwelais i chi newid neges gynharach. Dydw i ddim wedi newid dim; dyma ble rydym ni:
edit-too-late = Gwelais i chi newid neges gynharach. Mae'n perthyn i rywbeth sydd wedi gorffen, ac mae'r hyn a anfonoch yn aros fel yr oedd. I gywiro adroddiad, dewiswch ef o dan { COMMAND("status") }.
story-go-on = Rwy'n gwrando. Ewch ymlaen cyhyd ag y mynnwch, yna dewiswch Dyna'r cyfan.
story-full = Dyna'r holl le sydd gen i: { $limit } nod. Ni chaiff yr hyn a ddaeth wedyn ei gadw. Cewch ddweud y gweddill wrth swyddog yn nes ymlaen.
story-empty = Does dim yma eto. Ysgrifennwch beth ddigwyddodd mewn ychydig eiriau, neu gludwch y ddolen.
aside-added = Wedi'i ychwanegu at eich hanes.
personal-found = Mae'n ymddangos bod { $kinds } yn hwnna. A ddylwn i ei dynnu allan? Gall swyddogion helpu hebddo.
personal-phone = rhif ffôn
personal-email = cyfeiriad e-bost
personal-address = cyfeiriad
personal-name = enw rhywun
personal-card = rhif cerdyn
personal-tidied = Wedi'i dynnu allan. Mae'n darllen nawr: { $words }
review-line = { $name }: { $value }
review-read = (Darllenais beth o hyn o'r ddolen neu o'ch geiriau. Gwiriwch ef.)
review-change = Beth ddylen ni ei newid?
draft-leave = A ddylwn i ddileu hwn am byth?
draft-deleted = Wedi'i ddileu. Does dim ohono wedi'i gadw.
draft-stays = Mae'n aros.
draft-kept = Mae'n aros amdanoch, am 14 diwrnod. Ysgrifennwch { COMMAND("report") } i fynd ymlaen. Does dim wedi'i anfon.
draft-open = Rydych ar ganol adroddiad. Dyma ble rydym ni:
draft-resume = Mae gennych adroddiad o { $started } sydd heb ei anfon. Beth ddylen ni ei wneud ag ef?
draft-aside = Mae'r hyn rydych newydd ei ysgrifennu yn aros hefyd. A yw'n perthyn i'r adroddiad hwn?
draft-first = Mae gennych adroddiad sydd heb ei anfon eto. Gorffennwch neu dilëwch hwnnw gyntaf.
draft-gone = Nid yw'r ffurflen honno'n cael ei defnyddio mwyach, ac nid oes dim ohoni wedi'i gadw. Dechreuwch eto.
draft-reminder = Mae rhywbeth y dechreuoch chi yma heb ei orffen eto. Mae'n aros tan { $until }, ac wedyn caiff ei ddileu heb ei anfon. Ysgrifennwch { COMMAND("report") } i'w weld, neu { COMMAND("stop") } i beidio â chael rhagor o'r rhain.
send-not-yet = Ddim eto: mae rhywbeth ar agor o hyd.
send-changed = Newidiodd rhywbeth ers i hwnna gael ei ddangos. Dyma'r cyfan eto; edrychwch cyn i chi anfon.
too-many-reports = Rydych wedi anfon { $limit } adroddiad mewn diwrnod. Mae hwn wedi'i gadw; cewch ei anfon yfory. Gyda chynifer, gadewch i berson eich helpu nawr.

## Yr adroddiad / The report

report-intro = Diolch am ddweud wrthym. Mae dau gwestiwn diogelwch yn dod gyntaf.
report-held = Diolch. Dydw i ddim wedi cadw hynny eto; mae'n aros nes bod y ddau gwestiwn diogelwch wedi'u hateb.
report-in_danger = A oes unrhyw un mewn perygl ar hyn o bryd?
report-shows_child = A yw'n dangos unrhyw un dan 18 oed yn noeth neu mewn ffordd rywiol? Mae lluniau wedi'u golygu neu wedi'u gwneud gan AI yn cyfrif hefyd.
report-shows_child-no = Na
report-shows_child-not_sure = Ddim yn siŵr
report-shows_child-yes = Ydy
report-shows_child-stop =
    Arhoswch yma, a pheidiwch â'i agor na'i gopïo. Mae'r gweddill yn Saesneg nes i gyfieithiad gael ei gymeradwyo.
    Stop here, please. I have kept nothing of this report, and everything pasted before it is erased.
    Do not open it again. Do not copy it, take a screenshot, forward it, or delete it on your own.
    Write down where it is: the platform, the account name, the time. Not what it shows.
    Tell your school's safeguarding lead today. If a child is in danger now, call 999; otherwise the police on 101.
    If it is on the public web, the Internet Watch Foundation takes reports: report.iwf.org.uk. The young person can use Childline's Report Remove themself, 0800 1111.
    Being sent it, or having seen it, is not your fault. Ask your union before any police interview.
    You can report another post that shows no such picture.
report-read-link = Rwyf wedi darllen y ddolen: { $platform }{ $posted }.
report-posted = {", "}postiwyd ar { $day }
report-short-link = Dolen fer yw honno, ac nid wyf byth yn agor rhai felly. Os gallwch, gludwch y ddolen lawn: agorwch hi, yna copïwch y cyfeiriad. Mae'n cyfrif y naill ffordd neu'r llall.
report-have = Mae gen i'r hyn a ysgrifennoch gyda hi.
report-held-lost = Dydw i'n cadw dim cyn i'r ddau gwestiwn diogelwch gael eu hateb, a chefais fy ailgychwyn yn y cyfamser: gludwch y ddolen, neu ysgrifennwch yr hanes, unwaith eto.
report-links = Gludwch y ddolen neu'r dolenni, hyd at ddeg. { $now }
report-links-name = Dolenni
report-what_happened = Dywedwch wrthyf beth ddigwyddodd, yn eich geiriau eich hun ac mewn cynifer o negeseuon ag y mynnwch. Peidiwch â rhoi enwau disgyblion na rhieni. { $now }
report-what_happened-name = Beth ddigwyddodd
report-platform = Ar ba blatfform y mae? { $now }
report-platform-name = Platfform
report-platform-tiktok = TikTok
report-platform-instagram = Instagram
report-platform-snapchat = Snapchat
report-platform-youtube = YouTube
report-platform-x = X
report-platform-facebook = Facebook
report-platform-whatsapp = WhatsApp
report-platform-telegram = Telegram
report-platform-discord = Discord
report-platform-review_site = Gwefan adolygu
report-platform-other = Rhywle arall
report-kinds = Beth ydyw yn bennaf? { $now }
report-kinds-name = Math
report-kinds-impersonation = Esgus bod yn fi neu'r ysgol
report-kinds-allegation = Cyhuddiad ffug
report-kinds-threat = Bygythiad
report-kinds-sexual = Rhywiol
report-kinds-hate = Casineb
report-kinds-doxxing = Manylion preifat
report-kinds-filming = Ffilmio'n gudd
report-kinds-altered = Wedi'i olygu neu ei wneud gan AI
report-kinds-mockery = Gwneud hwyl am ben
report-kinds-blackmail = Blacmel
report-kinds-other = Rhywbeth arall
report-platform_reply = A yw'r platfform wedi cael gwybod, a beth ddywedodd? { $now }
report-platform_reply-name = Beth ddywedodd y platfform
report-platform_reply-not_reported = Heb gael gwybod eto
report-platform_reply-none = Dim ateb
report-platform_reply-no_violation = Dim torri rheolau
report-platform_reply-removed = Wedi'i dynnu i lawr
report-platform_reply-partly = Rhan wedi'i thynnu i lawr
report-platform_reply-other = Rhywbeth arall
report-accounts = Pa gyfrif a'i postiodd? Cewch roi sawl un, gyda chomas. { $now }
report-accounts-name = Cyfrif
report-hashtags = A oes hashnodau? Cewch roi sawl un, gyda chomas. { $now }
report-hashtags-name = Hashnodau
report-target = Am bwy y mae? { $now }
report-target-name = Am bwy
report-target-me = Fi
report-target-colleague = Cydweithiwr
report-target-leader = Y pennaeth neu arweinydd
report-target-school = Yr ysgol
report-target_role = Beth yw rôl y person y mae amdano? { $now }
report-target_role-name = Rôl
report-target_role-head = Pennaeth
report-target_role-senior_leader = Uwch arweinydd
report-target_role-teacher = Athro neu athrawes
report-target_role-support = Staff cymorth
report-target_role-governor = Llywodraethwr
report-target_role-other = Rôl arall
report-posted_by = Pwy ydych chi'n meddwl a'i postiodd? Rôl, byth enw. { $now }
report-posted_by-name = Postiwyd gan
report-posted_by-pupil = Disgybl
report-posted_by-parent = Rhiant
report-posted_by-colleague = Cydweithiwr
report-posted_by-unknown = Dydw i ddim yn gwybod
report-posted_by-other = Rhywun arall
report-seen_on = Pryd welsoch chi ef gyntaf? { $now }
report-seen_on-name = Gwelwyd gyntaf
report-reported_to_platform-name = Cafodd y platfform wybod
report-route = Sut cafodd y platfform wybod? { $now }
report-route-name = Cafodd wybod drwy
report-route-app = Yn yr ap
report-route-web_form = Ffurflen we
report-route-helpline = Llinell gymorth (POSH)
report-route-rhc = Report Harmful Content
report-route-revenge_porn_helpline = Revenge Porn Helpline
report-route-stopncii = StopNCII
report-route-true_vision = True Vision
report-route-ofcom = Ofcom
report-route-police = Yr heddlu
report-route-school = Yr ysgol
report-route-union = Yr undeb
report-route-other = Ffordd arall
report-reported_on = Pryd cafodd y platfform wybod? { $now }
report-reported_on-name = Cafodd wybod ar
report-still_online = A yw yno o hyd? Does dim angen edrych eto; dywedwch yr hyn rydych yn ei wybod yn unig. { $now }
report-still_online-name = Yno o hyd
report-still_online-yes = Ydy
report-still_online-no = Nac ydy
report-still_online-unknown = Dydw i ddim yn gwybod
report-nation = Ble mae'r ysgol? { $now }
report-nation-name = Gwlad
report-nation-england = Lloegr
report-nation-wales = Cymru
report-nation-scotland = Yr Alban
report-nation-northern_ireland = Gogledd Iwerddon
report-region = Pa sir neu ddinas? { $now }
report-region-name = Ardal
report-phase = Pa fath o ysgol ydyw? { $now }
report-phase-name = Ysgol
report-phase-early = Blynyddoedd cynnar
report-phase-primary = Cynradd
report-phase-secondary = Uwchradd
report-phase-special = Ysgol arbennig
report-phase-college = Coleg
report-phase-other = Rhywbeth arall
report-wish = Beth fyddai fwyaf o help i chi? { $now }
report-wish-name = Dymuniad
report-wish-advice = Cyngor
report-wish-removal = Ei dynnu i lawr
report-wish-raise = Ei godi gyda'r platfform
report-wish-record = Dim ond ei gofnodi
report-contact_name = Beth caiff swyddog eich galw? Caiff hwn ei gadw dan sêl a dim ond ar gais y mae'n agor. { $now }
report-contact_name-name = Enw i swyddogion
report-not_officer = A oes swyddog yn eich ysgol eich hun na ddylai weld hwn? { $now }
report-not_officer-name = Nid i swyddog fy ysgol
report-may_contact-name = Caiff swyddog ysgrifennu ataf yma
report-keep_me_posted-name = Dywedwch wrthyf beth ddaw ohono
report-may_pass_on-name = Caiff yr undeb basio'r ddolen i'r platfform neu i linell gymorth
report-review =
    Yn barod i'w anfon:
    { $lines }
    { $read }
    Mae anfon yn golygu y caiff yr undeb gadw a defnyddio'r adroddiad hwn. Dim ond y platfform, y math a'r hyn a ddywedodd y platfform y mae swyddogion yn ei weld yn gyntaf. Nid yw eich enw gydag ef.
report-seen-by =
    Beth mae swyddogion yn ei weld gyntaf: y platfform, y math, beth ddywedodd y platfform, beth rydych ei eisiau, pa mor frys ydyw, a faint a roddodd wybod am yr un peth.
    Dim ond ar gais y mae'r ddolen, y cyfrif a'ch geiriau yn agor, a chaiff pob agoriad ei gofnodi. Mae swyddogion yn gweld rhif achos, nid pwy ydych chi.
    Dim ond pan fydd o leiaf 5 aelod gwahanol y tu ôl iddynt y bydd cyfansymiau'n gadael yr undeb.
report-send = Anfon
correct-intro = Gadewch i ni gywiro'r adroddiad hwnnw. Mae'r ddau gwestiwn diogelwch yn dod gyntaf, fel bob amser. Nes i chi ei anfon, mae'r adroddiad yn aros fel yr anfonoch ef.
correct-leave = A ddylwn i ollwng y newidiadau hyn? Mae'r adroddiad yn aros fel yr anfonoch ef.
correct-dropped = Wedi'u gollwng. Mae'r adroddiad yn aros fel yr anfonoch ef.
correct-kept = Mae eich newidiadau'n aros amdanoch, am 14 diwrnod. Nes i chi eu hanfon, mae'r adroddiad a anfonoch yn aros fel y mae. Ysgrifennwch { COMMAND("report") } i fynd ymlaen.
report-corrected = Wedi'i gywiro. Mae swyddogion yn gweld y fersiwn newydd.
report-not-found = Alla i ddim dod o hyd i'r adroddiad hwnnw. Efallai ei fod wedi'i ddileu.
receipt-others = Mae { $count } aelod arall wedi rhoi gwybod am yr un peth.
receipt =
    Wedi'i anfon. Eich derbynneb: { $code }, ail air: { $word }. Unwaith yn unig rwy'n eu dangos; mae angen y ddau arnoch i edrych ar hwn o rywle arall.
    { $others }
    { $next }

## What to do next with a report

next-best = Y cam gorau nesaf: { $when }{ $step }
next-best-or =
    Y cam gorau nesaf: { $when }{ $step }
    Fel arall: { $otherwise }
next-evidence = Y cam gorau nesaf: cadwch eich tystiolaeth yn ddiogel, ac ysgrifennwch beth sy'n digwydd nesaf.
next-steps =
    Y camau nesaf ar gyfer eich adroddiad o { $day }, yn eu trefn:
    { $lines }
    Mae botwm yn rhoi'r testun i chi ei ludo. Nid wyf i'n anfon dim fy hun.
next-none = Ni wn am gam pellach ar gyfer eich adroddiad o { $day }. Gallwch siarad â pherson o hyd: { COMMAND("person") }.
next-changed = Nid yw'r cam hwnnw'n addas i'r adroddiad hwn mwyach.
next-line = { $number }. { $when }{ $step } { $who }
next-when-now = {""}
next-when-if_afraid = Os oes ofn arnoch, neu os oes rhywun yn eich dilyn neu'n eich gwylio:{" "}
next-when-if_private_picture = Os yw'n dangos oedolyn mewn ffordd rywiol breifat, gan gynnwys lluniau wedi'u golygu:{" "}
next-when-after_48_hours = Pan fydd y platfform wedi cael 48 awr, yn gynt os gallai plentyn fod mewn perygl:{" "}
next-when-after_week = Pan na fydd y platfform wedi ateb ers dros wythnos, neu wedi gwrthod:{" "}
next-when-after_refusal_or_week = Pan fydd y platfform wedi gwrthod, neu heb ateb ers dros wythnos:{" "}
next-who-anyone = {""}
next-who-staff = Chi sy'n ei anfon, fel rhywun sy'n gweithio gyda phlant.
next-who-person_shown = Mae ar gyfer y person a ddangosir, neu rywun sy'n cael gweithredu ar ei ran.
next-who-school = Yr ysgol sy'n ei anfon.
next-step-safeguarding = Peidiwch â'i gopïo, ei gadw na'i anfon. Dywedwch wrth arweinydd diogelu'r ysgol heddiw.
next-step-police = { $nation ->
        [scotland] Dywedwch wrth yr heddlu yn gyntaf. 999 os oes unrhyw un mewn perygl nawr, fel arall Police Scotland ar 101 (gwiriwch y rhif ar eu gwefan). Cadwch y ddolen ac enw'r cyfrif.
        [northern_ireland] Dywedwch wrth yr heddlu yn gyntaf. 999 os oes unrhyw un mewn perygl nawr, fel arall y PSNI ar 101 (gwiriwch y rhif ar eu gwefan). Cadwch y ddolen ac enw'r cyfrif.
       *[other] Dywedwch wrth yr heddlu yn gyntaf. 999 os oes unrhyw un mewn perygl nawr, fel arall 101 neu wefan eich heddlu. Cadwch y ddolen ac enw'r cyfrif.
    }
next-step-stopncii = Mae StopNCII.org yn gwneud ôl bys o'r llun ar eich dyfais eich hun ac yn rhannu hwnnw'n unig â'r platfformau sy'n cymryd rhan. Nid yw'n gweithio mewn sgyrsiau wedi'u hamgryptio.
next-step-revenge_porn_helpline = Revenge Porn Helpline, i oedolion: 0345 6000 459 (gwiriwch y rhif ar eu gwefan).
next-step-impersonation = { $platform ->
        [tiktok] Rhowch wybod i TikTok fod y cyfrif yn esgus bod yn rhywun arall, a chadwch ateb TikTok.
       *[other] Rhowch wybod i'r platfform fod y cyfrif yn esgus bod yn rhywun arall, a chadwch ei ateb.
    }
next-step-school_impersonation = Gofynnwch i'r ysgol roi gwybod i'r platfform fod y cyfrif yn esgus bod yr ysgol, a chadwch yr ateb.
next-step-platform = { $platform ->
        [tiktok] Rhowch wybod i TikTok amdano, a chadwch ateb TikTok.
        [review_site] Defnyddiwch ddolen adrodd y wefan adolygu, a chadwch ei hateb.
       *[other] Rhowch wybod i'r platfform amdano, a chadwch ei ateb.
    }
next-step-youtube_privacy = Cwyn preifatrwydd YouTube. Rhaid iddi ddod oddi wrth y person y gellir ei adnabod.
next-step-group_admin = Gofynnwch i bwy bynnag sy'n rhedeg y grŵp ei ddileu i bawb.
next-step-true_vision = Mae True Vision yn derbyn adroddiadau am droseddau casineb ar-lein: report-it.org.uk (gwiriwch yno ei fod yn cynnwys eich ardal chi).
next-step-hate_police = Rhowch wybod i Police Scotland am y casineb: 101 neu eu gwefan (gwiriwch y rhif ar eu gwefan).
next-step-posh = Mae llinell gymorth POSH (Professionals Online Safety Helpline) yn cynghori staff ysgolion ac yn gallu mynd â rhai achosion at y platfform: 0344 381 4772 (gwiriwch y rhif ar eu gwefan).
next-step-platform_again = Gofynnwch i'r platfform am adolygiad lle mae'n cynnig un, neu rhowch wybod amdano unwaith eto dan y rheswm sy'n gweddu orau.
next-step-rhc = Mae Report Harmful Content yn gofyn am weld ateb y platfform. Ni all addo y caiff ei dynnu i lawr: reportharmfulcontent.com
next-step-ofcom = Dywedwch wrth Ofcom sut y gwnaeth y platfform ymdrin â'r mater. Ni all Ofcom weithredu ar un postiad; mae'n dysgu pa blatfformau sy'n methu.
next-step-evidence = Cadwch eich tystiolaeth yn ddiogel, ac ysgrifennwch beth sy'n digwydd nesaf.

packet-about =
    { $how } { $who }
    Y neges nesaf yw'r testun i'w gopïo. Dim ond eich atebion chi sydd ynddi. Llenwch yr hyn sydd mewn cromfachau, a pheidiwch â rhoi enwau disgyblion na rhieni.
    Ffynhonnell: { $source }, gwiriwyd ar { $checked }. { $link }
packet =
    { $lines }
    { $ask }
packet-how-police = Darllenwch ef ar y ffôn, neu gludwch ef i'r ffurflen ar wefan yr heddlu. Mewn perygl nawr, ffoniwch 999 yn lle hynny.
packet-how-revenge_porn_helpline = Ysgrifennwch at help@revengepornhelpline.org.uk neu ffoniwch (gwiriwch y cyfeiriad, y rhif a'r oriau ar eu gwefan; yr oriau y gwyddom amdanynt yw dydd Llun i ddydd Gwener, 10am i 4pm). Peidiwch ag anfon y llun. Os hoffech efallai i'r heddlu weithredu, meddyliwch am siarad â nhw cyn iddo gael ei dynnu i lawr.
packet-how-impersonation = Agorwch y proffil a dewiswch roi gwybod, yna'r rheswm am esgus bod yn rhywun arall. Efallai y bydd y platfform eisiau gweld pwy ydych chi. Mae bwydlenni'n newid, felly gall y geiriau fod yn wahanol.
packet-how-school_impersonation = Rhowch wybod amdano yn enw'r ysgol, o gyfrif ysgol neu ar ffurflen we'r platfform. Mae bwydlenni'n newid, felly gall y geiriau fod yn wahanol.
packet-how-platform = Agorwch y postiad a dewiswch roi gwybod, yna'r rheswm sy'n gweddu orau. Gludwch hwn lle mae gan y ffurflen le i eiriau. Mae bwydlenni'n newid, felly gall y geiriau fod yn wahanol.
packet-how-youtube_privacy = Chwiliwch am y gŵyn preifatrwydd yn nhudalennau cymorth YouTube. Ni all cydweithiwr, pennaeth na pherthynas ei gwneud dros y person a ddangosir.
packet-how-group_admin = Anfonwch ef at bwy bynnag sy'n rhedeg y grŵp, os ydych yn ei adnabod ac os yw hynny'n ddiogel i chi.
packet-how-true_vision = Gludwch ef i'r ffurflen ar report-it.org.uk. Mewn perygl nawr, ffoniwch 999 yn lle hynny.
packet-how-hate_police = Darllenwch ef ar y ffôn, neu gludwch ef i'r ffurflen ar wefan yr heddlu. Mewn perygl nawr, ffoniwch 999 yn lle hynny.
packet-how-posh = Ysgrifennwch at helpline@saferinternet.org.uk neu ffoniwch (gwiriwch y cyfeiriad, y rhif a'r oriau ar eu gwefan; yr oriau y gwyddom amdanynt yw dydd Llun i ddydd Gwener, 10am i 4pm). Mae'n cynghori ac yn mynd â rhai achosion at blatfform; ni all addo y caiff ei dynnu i lawr na darganfod pwy a'i postiodd.
packet-how-platform_again = Defnyddiwch yr adolygiad yn yr ap lle mae un, neu rhowch wybod unwaith eto dan reswm arall neu ar ffurflen arbennig y platfform. Mae un adroddiad da yn well na llawer.
packet-how-rhc = Gludwch ef i'r ffurflen ar reportharmfulcontent.com ac ychwanegwch ateb y platfform. Mae ar gyfer unrhyw un 13 oed neu hŷn, a gall gytuno â'r platfform ac esbonio pam.
packet-how-ofcom = Gludwch ef i'r ffurflen gwyno ar ofcom.org.uk. Ni chewch benderfyniad am y postiad hwn.
packet-link = Dolen: { $link }
packet-no-link = Dolen: (ychwanegwch hi)
packet-on = Ble: { $platform }
packet-kinds = Beth ydyw: { $kinds }
packet-kind-impersonation = cyfrif neu bostiad sy'n esgus bod yn rhywun mewn ysgol, neu'r ysgol
packet-kind-allegation = cyhuddiad yn erbyn rhywun mewn ysgol y mae'n dweud ei fod yn ffug
packet-kind-threat = bygythiad
packet-kind-sexual = cynnwys rhywiol am rywun mewn ysgol
packet-kind-hate = casineb
packet-kind-doxxing = manylion preifat a ddangoswyd heb gytundeb
packet-kind-filming = recordiad a wnaed heb gytundeb
packet-kind-altered = llun, fideo neu lais wedi'i olygu neu wedi'i wneud gan gyfrifiadur
packet-kind-mockery = gwawdio neu fwlio
packet-kind-blackmail = mynnu rhywbeth drwy fygwth
packet-kind-other = cam-drin rhywun mewn ysgol
packet-seen_on = Gwelwyd ar: { $day }
packet-seen_by = Gwelwyd ar neu cyn: { $day }
packet-reported_on = Rhoddwyd gwybod i'r platfform ar: { $day }
packet-number = Rhif y platfform ar gyfer fy adroddiad: (ychwanegwch ef, os oes un)
packet-reply-not_reported = Nid yw'r platfform wedi cael gwybod eto.
packet-reply-none = Nid yw'r platfform wedi ateb.
packet-reply-no_violation = Atebodd y platfform nad oedd yn torri ei reolau.
packet-reply-removed = Atebodd y platfform ei fod wedi'i dynnu i lawr.
packet-reply-partly = Tynnodd y platfform ran ohono i lawr.
packet-reply-other = Atebodd y platfform: (ychwanegwch yr hyn a ddywedodd)
packet-ask-police = Dywedwch wrthyf beth fyddwch chi'n ei wneud, a rhowch rif trosedd neu rif cofnod i mi.
packet-ask-revenge_porn_helpline = Dywedwch wrthyf beth y gellir ei wneud. Gallaf ddisgrifio'r llun ac nid wyf yn ei anfon.
packet-ask-impersonation = Mae'r cyfrif hwn yn esgus bod yn fi. Ni chytunais i hyn. Tynnwch ef i lawr, os gwelwch yn dda.
packet-ask-school_impersonation = Mae'r cyfrif hwn yn esgus bod ein hysgol ni. Ni chytunodd yr ysgol i hyn. Tynnwch ef i lawr, os gwelwch yn dda.
packet-ask-platform = Edrychwch ar hwn dan eich rheolau a dywedwch wrthyf beth yw eich penderfyniad. Y rheol y credaf ei bod yn cael ei thorri: (enwch hi)
packet-ask-youtube_privacy = Fi yw'r person a ddangosir a gellir fy adnabod. Ni chytunais i hyn. Edrychwch arno dan eich proses breifatrwydd.
packet-ask-group_admin = Dilëwch hwn i bawb yn y grŵp, os gwelwch yn dda.
packet-ask-true_vision = Credaf fod gelyniaeth at grŵp o bobl yn rhan o hyn, oherwydd: (ychwanegwch pam)
packet-ask-hate_police = Credaf fod gelyniaeth at grŵp o bobl yn rhan o hyn, oherwydd: (ychwanegwch pam)
packet-ask-posh = Rwy'n gweithio mewn ysgol. Dywedwch wrthyf pa adroddiad i'w wneud nesaf, ac a allwch fynd â hyn at y platfform.
packet-ask-platform_again = Edrychwch ar hwn eto, os gwelwch yn dda. Y rheol y credaf ei bod yn cael ei thorri: (enwch hi)
packet-ask-rhc = Edrychwch ar hwn, os gwelwch yn dda. Mae ateb y platfform, lle bu un, gyda'r neges hon.
packet-ask-ofcom = Rwy'n dweud wrthych sut y gwnaeth y platfform ymdrin â hyn. Gwn na allwch weithredu ar un postiad.

## Eich adroddiadau / Your reports

status-none = Dydych chi ddim wedi anfon adroddiad. I ddweud wrth yr undeb am rywbeth: { COMMAND("report") }.
status-head = { $count ->
        [zero] Dydych chi ddim wedi anfon adroddiad.
        [one] Rydych wedi anfon un adroddiad.
        [two] Rydych wedi anfon dau adroddiad. Y diweddaraf:
        [few] Rydych wedi anfon tri adroddiad. Y diweddaraf:
        [many] Rydych wedi anfon chwe adroddiad. Y diweddaraf:
       *[other] Rydych wedi anfon { $count } adroddiad. Y diweddaraf:
    }
status-line = { $day } · { $platform } · { $kinds } · { $status }{ $became }
status-became = {" "}· { $what }
came-up = yno o hyd ar { $day }
came-gone = wedi mynd ers { $day }
came-removed = tynnwyd gan y platfform, { $day }
came-back_up = roedd wedi mynd, yno eto ers { $day }
came-no_violation = gwrthododd y platfform
came-answered_otherwise = rhoddodd y platfform ateb arall
came-no_answer = dim ateb gan y platfform
report-short = { $day } · { $platform } · { $kinds }
report-short-call = { $day } · dymuniad i siarad â pherson
receipt-status =
    { $what }
    Ble mae'n sefyll: { $status }.
    { $became }
    Nid yw hyn yn dangos geiriau na dolenni, na phwy a'i hanfonodd.
receipt-word = Diolch. I edrych ar hwnnw mae angen arnaf hefyd yr ail air a ddaeth gyda'r dderbynneb. Ysgrifennwch ef ar ei ben ei hun, neu'r ddau gyda'i gilydd: { COMMAND($meant) } { $code } a'r gair.
receipt-letter = Mae hynny'n edrych fel derbynneb, ond mae un llythyren o'r cod i'w gweld yn anghywir neu ar goll. Mae cod yn edrych fel STW-7K3M-Q9XD: dau grŵp o bedwar ar ôl STW. Nid wyf wedi cadw'r hyn a ysgrifennoch.
receipt-unread = Alla i ddim darllen derbynneb yn hynny. Cod fel STW-7K3M-Q9XD ac ail air ydyw, y ddau mewn un neges. Mae eich adroddiadau eich hun wedi'u rhestru hebddi.
receipt-wrong = Nid yw'r cod hwnnw a'r gair hwnnw yn perthyn i'w gilydd, neu nid yw'r adroddiad yn cael ei gadw mwyach. Cymharwch y ddau â'ch derbynneb. Os ydych wedi'i cholli, gall person helpu o hyd.
receipt-later = Bu sawl cynnig nad oedd yn ffitio, felly dydw i ddim yn edrych ar dderbynebau am ychydig. Gallwch roi cynnig arall arni am { $time }. Mae eich adroddiadau eich hun wedi'u rhestru heb dderbynneb.
became-nothing = Beth ddaeth ohono: does dim yn hysbys eto.
became-what = Beth ddaeth ohono: { $what }.
withdraw-none = Dydych chi ddim wedi anfon adroddiad o'r fan hon. Gyda derbynneb o rywle arall: { COMMAND("withdraw") }, y cod a'r ail air mewn un neges.
withdraw-which =
    Pa adroddiad yr hoffech ei dynnu'n ôl? Byddaf yn gofyn unwaith eto cyn i ddim gael ei ddileu.
    { $more }
withdraw-more = Dyma'r rhai diweddaraf. Ar gyfer un hŷn: { COMMAND("withdraw") }, ei god a'i ail air mewn un neges.
withdraw-sure =
    { $what }
    Mae tynnu'n ôl yn dileu'r adroddiad hwn am byth: eich geiriau, dolenni ac atebion, beth bynnag oedd eto i'w anfon atoch amdano, a'i dderbynneb. Ni all swyddogion ei agor na helpu gydag ef mwyach, ac mae eu cerdyn yn dweud yn unig bod aelod wedi tynnu adroddiad yn ôl.
    Beth sy'n aros: cyfansymiau a gyhoeddwyd eisoes, nad ydynt yn eich dangos chi, a'r hyn a ddywedodd eraill am yr un postiad. Ni ellir dadwneud yr hyn y mae swyddog wedi'i ddarllen neu ei wneud eisoes.
    A ddylwn i ei dynnu'n ôl?
withdraw-kept = Iawn. Mae'n aros fel y mae; does dim wedi newid.
withdrawn = Wedi'i dynnu'n ôl: mae'r adroddiad hwnnw wedi'i ddileu, ac nid yw ei dderbynneb yn gweithio mwyach. Rydw i yma os bydd fy angen arnoch eto.
case-open = yn aros am swyddog
case-taken = mae swyddog wedi'i gymryd
case-waiting = yn aros am rywun y tu allan i'r undeb
case-closed = wedi cau
mydata =
    Dyma bopeth sy'n cael ei gadw amdanoch:
    { $lines }
mydata-nothing = dim byd
forget-sure =
    Mae hyn yn dileu eich cyfrif yma, drafftiau, adroddiadau a negeseuon, am byth. Wedi hynny ni all { $union } helpu gyda nhw mwyach.
    Beth sy'n aros: cyfansymiau a gyhoeddwyd eisoes, nad ydynt yn eich dangos chi. Dim ond negeseuon iau na 48 awr y mae Telegram yn gadael i mi eu dileu; cliriwch y sgwrs eich hun.
    A ddylwn i ddileu popeth?
forgotten = Mae popeth amdanoch wedi'i ddileu. Ni fydd modd darllen copïau mewn copïau wrth gefn o allweddi ar ôl 30 diwrnod fan bellaf. Cewch ysgrifennu at { $union } yma eto unrhyw bryd, fel pe bai am y tro cyntaf.

## Beth ddaeth ohono / What became of it

check-in =
    Gofynnoch i mi roi gwybod i chi am rywbeth a anfonoch yma ar { $day }, { $time }.
    Does dim angen edrych eto; dywedwch ddim ond yr hyn rydych yn ei wybod. Roedd ar { $platform }. Mae pob dewis yn cyfrif ar ei ben ei hun.
check-ins =
    Gofynnoch i mi roi gwybod i chi am rai pethau a anfonoch yma: { $count } ohonynt.
    Does dim angen edrych eto; dywedwch ddim ond yr hyn rydych yn ei wybod. Dewiswch un i'w ddweud.
check-in-pick = { $day }, { $time }, { $platform }
check-in-one = Yr hyn a anfonoch ar { $day }, { $time } ({ $platform }). Does dim angen edrych eto; dywedwch ddim ond yr hyn rydych yn ei wybod. Mae pob dewis yn cyfrif ar ei ben ei hun.
check-noted-up = Nodwyd: yno o hyd.
check-noted-back = Nodwyd: roedd wedi mynd ac mae yno eto.
check-noted-gone = Nodwyd: wedi mynd. Fydda i ddim yn gofyn am hwn eto.
check-noted-unseen = Nodwyd. Does dim angen edrych.
check-noted-refused = Nodwyd: gwrthodwyd.
check-noted-otherwise = Nodwyd: cafwyd ateb arall.
check-noted-none = Nodwyd: dim ateb.
check-later = Gofynnaf eto yfory, neu ar y diwrnod nesaf y byddaf yn gofyn.
check-later-enough = Rwyf wedi gohirio hwn ychydig o weithiau eisoes, felly gofynnaf eto ar yr adegau arferol yn unig. Cewch ei ddweud unrhyw bryd: { COMMAND("update") }.
check-ended = Dydw i ddim yn gofyn am hwn mwyach. Cewch ddweud beth ddaeth ohono unrhyw bryd: { COMMAND("update") }.
check-stopped = Fydda i ddim yn gofyn am hwn eto. Cewch ddweud beth ddaeth ohono unrhyw bryd: { COMMAND("update") }.
check-again = Gofynnaf eto, gan ddechrau ymhen rhyw ddiwrnod.
update-which = Am ba un o'r rhain rydych yn gwybod rhywbeth?
told-gone = Mae'n ymddangos nad yw rhywbeth a anfonoch yma ar { $day } yno mwyach. Roedd ar { $platform }. Does dim angen edrych; os gwyddoch yn well, dywedwch.
told-back_up = Roedd rhywbeth a anfonoch yma ar { $day } wedi mynd, ac mae'n ymddangos ei fod yno eto. Mae ar { $platform }. Does dim angen edrych; os gwyddoch yn well, dywedwch.
told-news =
    Dyma'r hyn a ddaeth yn hysbys ers i mi ysgrifennu atoch ddiwethaf am yr hyn a anfonoch yma.
    { $lines }
told-line = { $day }, { $platform }: mae { $saying } o'r { $reporting } aelod a roddodd wybod amdano yn dweud: { $what }.
told-line-some = { $day }, { $platform }: mae rhai o'r aelodau a roddodd wybod amdano yn dweud: { $what }.
told-line-officer = { $day }, { $platform }: mae swyddog wedi nodi: { $what }.
told-line-gone = { $day }, { $platform }: mae'n ymddangos nad yw yno mwyach.
told-line-back_up = { $day }, { $platform }: roedd wedi mynd, ac mae'n ymddangos ei fod yno eto.
told-what-no_violation = ni welodd y platfform fod rheol wedi'i thorri
told-what-answered_otherwise = rhoddodd y platfform ateb arall

## Person / A person

person-intro =
    Cewch ofyn i swyddog ysgrifennu atoch. { $office }
    Llinell yr undeb ei hun: { $contact }.
person-nobody = Does dim swyddog yn darllen yma. Ffoniwch neu ysgrifennwch at { $union }: { $contact }.
person-about = Am beth y mae? Mae un llinell yn ddigon, a chewch ei hepgor. Peidiwch â rhoi enwau disgyblion na rhieni. { $now }
person-about-name = Am beth
person-may_contact = A gaiff swyddog ysgrifennu atoch yma? { $now }
person-may_contact-name = Caiff swyddog ysgrifennu ataf yma
person-review =
    Yn barod i'w anfon:
    { $lines }
    { $read }
    Mae swyddog yn gweld bod rhywun yn gofyn am berson. Dim ond ar gais y mae eich llinell yn agor.
person-seen-by = Mae swyddogion yn gweld bod aelod yn gofyn am berson, a phryd. Dim ond ar gais y mae eich llinell yn agor, a chaiff pob agoriad ei gofnodi.
person-send = Anfon
person-receipt = Wedi'i anfon. { $office } Eich derbynneb: { $code }, ail air: { $word }. Unwaith yn unig rwy'n eu dangos.

## Swyddogion / Officers

officer-hello = Ystafell achosion. Ysgrifennwch: cases; open, take, status, outcome neu close a rhif; digest; digest day.
officer-unknown = Doeddwn i ddim yn deall hynny. Ysgrifennwch: cases; open, take, status, outcome neu close a rhif; digest; digest day.
cases-none = Does dim achos yn aros.
cases-head = { $count ->
        [zero] Does dim achos:
        [one] Un achos:
        [two] Dau achos:
        [few] Tri achos:
        [many] Chwe achos:
       *[other] { $count } achos:
    }
card = { $urgent }Achos { $number } · { $platform } · { $kinds } · platfform: { $reply }{ $wish } · { $reports ->
        [zero] 0 adroddiad
        [one] 1 adroddiad
        [two] 2 adroddiad
        [few] 3 adroddiad
        [many] 6 adroddiad
       *[other] { $reports } adroddiad
    }{ $unverified } · { $status }, agorwyd { $opened }
card-call = { $urgent }Achos { $number } · mae aelod yn gofyn am berson{ $unverified } · { $status }, agorwyd { $opened }
card-empty = Achos { $number } · wedi'i ddileu
card-urgent = BRYS ·{" "}
card-unverified = {" "}· heb ei wirio
card-wish = {" "}· eisiau: { $wish }
card-joined = { $urgent }Achos { $number }: + un adroddiad arall, { $reports } nawr ({ $at })
card-corrected = { $urgent }Achos { $number }: cywirodd aelod adroddiad ({ $at })
card-withdrawn = Achos { $number }: tynnodd aelod adroddiad yn ôl, ac mae wedi'i ddileu. Dilëwch unrhyw gopi a wnaed ohono. ({ $at })
card-erased = Achos { $number }: mae un adroddiad wedi'i ddileu, oherwydd efallai ei fod yn dangos plentyn. Dilëwch unrhyw gopi a wnaed ohono. ({ $at })
case-opened = Achos { $number }, wedi'i agor. Mae hyn wedi'i gofnodi. { $reports ->
        [zero] Dim adroddiad.
        [one] Un adroddiad.
        [two] Dau adroddiad.
        [few] Tri adroddiad.
        [many] Chwe adroddiad.
       *[other] { $reports } adroddiad.
    }
case-report =
    Adroddiad { $place }, { $day }
    { $lines }
case-no-more = Dim byd y tu hwnt i'r hyn y mae'r cerdyn yn ei ddangos.
case-unknown = Does dim achos { $number }.
case-taken-now = Chi biau achos { $number } nawr. Mae hyn wedi'i gofnodi, ac mae'r aelod yn gweld bod swyddog wedi'i gymryd.
case-is-closed = Mae achos { $number } wedi cau. Mae adroddiad newydd am yr un postiad yn ei agor eto, ac felly hefyd Statws.
case-status-which = Ble mae achos { $number } arni? Nawr: { $status }.
case-status-same = Mae achos { $number } yno eisoes: { $status }.
case-status-now = Achos { $number }: { $status }. Mae hyn wedi'i gofnodi, ac mae'r aelod yn ei weld.
case-status-again = Mae achos { $number } ar agor eto: { $status }. Mae hyn wedi'i gofnodi, ac mae'r aelod yn ei weld. Caiff yr hyn a ysgrifennodd aelodau ei gadw tan 12 mis ar ôl iddo gau unwaith eto.
case-outcome-which = Beth ddaeth o'r hyn y mae achos { $number } yn ei gylch? Dywedwch ddim ond yr hyn rydych yn ei wybod.
case-outcome-now = Achos { $number }: nodwyd. Mae hyn wedi'i gofnodi, a bydd aelodau sydd am glywed yn clywed, cyn belled nad yw'n datgelu dim am ei gilydd.
case-outcome-none = Cais i siarad â pherson yw achos { $number }: ni all dim ddod o hynny yma. Mae Cau yn dweud sut y daeth i ben.
outcome-title = Achos { $number }: beth ddaeth ohono
outcome-send = Nodi
outcome-what-name = Beth ddaeth ohono
outcome-what-gone = Mae wedi mynd
outcome-what-still_up = Mae yno o hyd
outcome-what-no_violation = Gwrthododd y platfform
outcome-what-answered_otherwise = Rhoddodd y platfform ateb arall
outcome-what-no_answer = Nid yw'r platfform wedi ateb
case-became =
    Beth ddaeth ohono:
    { $lines }
case-became-line = { $day }: { $what } ({ $says })
became-up = yno
became-gone = wedi mynd
became-removed = wedi'i dynnu, yn ôl y platfform
became-back_up = yno eto
became-no_violation = gwrthododd y platfform
became-answered_otherwise = rhoddodd y platfform ateb arall
became-no_answer = dim ateb gan y platfform
says-member = aelod sy'n dweud
says-officer = swyddog sy'n dweud
says-platform = y platfform sy'n dweud
case-related =
    Efallai eu bod yn perthyn i'w gilydd; does dim yn cael ei gyfuno ohono'i hun.
    { $lines }
case-same-account = Yr un cyfrif: achosion { $cases }
case-same-hashtag = Yr un hashnod: achosion { $cases }
standing-title = Achos { $number }: statws
standing-send = Gosod
standing-status-name = Ble mae arni
standing-status-open = Yn aros am swyddog
standing-status-taken = Mae gen i
standing-status-waiting = Yn aros am rywun y tu allan
sheet-needed = Dewiswch neu ysgrifennwch rywbeth yma.
sheet-no-answer = Nid yw hwn yn un o'r atebion y gallaf eu derbyn yma.
closing-title = Cau achos { $number }
closing-send = Ei gau
closing-reason-name = Pam mae wedi'i gwblhau
case-close-why = Pam mae achos { $number } wedi'i gwblhau?
closing-reason-advised = Cafodd yr aelod gyngor
closing-reason-removed = Cafodd ei dynnu i lawr
closing-reason-passed_on = Wedi'i basio i rywun arall
closing-reason-no_action = Dim mwy i'w wneud
closing-reason-duplicate = Yr un peth ag achos arall
case-closed-now = Mae achos { $number } wedi cau. Caiff yr hyn a ysgrifennodd aelodau ei gadw am 12 mis o heddiw.
not-officer = I swyddogion yn unig y mae hyn, ac nid yw eich enw ar y rhestr. Gall pwy bynnag sy'n fy rhedeg ei ychwanegu.
case-which = Pa achos? Ysgrifennwch ei rif hefyd, fel yn: open 12.
digest-day = { $lines }
digest-week = { $lines }
digest-heading-day = Diwrnod { $day }
digest-heading-week = Wythnos o { $starts } i { $ends }
digest-total-day = Adroddiadau newydd: { $total }.
digest-total-week = Adroddiadau newydd: { $total }; { $usual }. { $platforms }.
digest-usual = { $low } i { $high } fel arfer
digest-usual-unknown = rhy gynnar i ddweud beth sy'n arferol
digest-platforms-hidden = Fesul platfform: y cyfan wedi'i guddio (llai na { $under } aelod yr un)
digest-rest-hidden = y gweddill wedi'i guddio (llai na { $under })
digest-part = { $name } { $figure }
digest-replies = Beth ddywedodd platfformau, i gyd gyda'i gilydd: { $replies }.
digest-tally-crisis = Aelodau y dangoswyd y llinellau argyfwng iddynt: { $figure }.
digest-tally-stop_rule = Adroddiadau a ataliwyd oherwydd y gallai plentyn gael ei ddangos: { $figure }.
digest-waiting = { $open ->
        [0] Does dim achos yn aros am swyddog.
        [one] Mae un achos yn aros am swyddog{ $oldest }.
        [two] Mae dau achos yn aros am swyddog{ $oldest }.
        [few] Mae tri achos yn aros am swyddog{ $oldest }.
        [many] Mae chwe achos yn aros am swyddog{ $oldest }.
       *[other] Mae { $open } achos yn aros am swyddog{ $oldest }.
    }
digest-oldest = {", "}yr hynaf: { $day }
digest-urgent = { $urgent ->
        [zero] Nid oes un ohonynt yn frys.
        [one] Mae un ohonynt yn frys.
        [two] Mae dau ohonynt yn frys.
        [few] Mae tri ohonynt yn frys.
        [many] Mae chwech ohonynt yn frys.
       *[other] Mae { $urgent } ohonynt yn frys.
    }
digest-calls = { $calls ->
        [zero] Ni ofynnodd aelod am berson.
        [one] Gofynnodd un aelod am berson.
        [two] Gofynnodd dau aelod am berson.
        [few] Gofynnodd tri aelod am berson.
        [many] Gofynnodd chwe aelod am berson.
       *[other] Gofynnodd { $calls } aelod am berson.
    }
digest-heard = Clywyd ddiwethaf gan { $adapters }.
digest-heard-from = { $adapter } { $time }
adapter-terminal = y derfynell
adapter-telegram = Telegram
adapter-slack = Slack
adapter-web = y dudalen we
figure = { $n }
figure-about = tua { $n }
figure-hidden = llai na { $under }
digest-not-over = Nid yw'r cyfnod hwnnw ar ben. Pryd y daw ei grynodeb: { $when }.

## Terfynell / Terminal

terminal-hello = Ysgrifennwch eich cwestiwn a phwyswch Enter. Teipiwch rif botwm i'w bwyso. Mae cymorth yn rhestru'r hyn y gallaf ei wneud; mae Ctrl-D yn gadael.
terminal-officer = Rydych yn swyddog yma. Mae Ctrl-D yn gadael.
terminal-bye = Hwyl fawr. Does dim wedi'i golli.

## Telegram

private-only = Dim ond mewn sgyrsiau preifat rwy'n siarad, fel na all neb weld yr hyn rydych yn ei ddweud wrthyf. Agorwch sgwrs gyda mi yno; dydw i ddim wedi cadw dim o'r fan hon.
command-start = Dweud helo
command-help = Beth y gallaf ei wneud
command-report = Dweud wrth yr undeb am bostiad neu gyfrif
command-status = Eich adroddiadau
command-withdraw = Tynnu adroddiad a anfonoch yn ôl
command-update = Dweud beth ddaeth o adroddiad
command-person = Gofyn i berson ysgrifennu atoch
command-stop = Dim mwy o negeseuon na ofynnoch amdanynt
command-language = Cymraeg neu Saesneg / English or Welsh
command-privacy = Beth sy'n cael ei gadw, a phwy all ei ddarllen
command-mydata = Popeth sy'n cael ei gadw amdanoch
command-forgetme = Dileu popeth amdanoch

## Slack

slack-direct-only = Dim ond mewn negeseuon uniongyrchol rwy'n siarad. Agorwch fy enw ac ysgrifennwch ataf yno. Nid yw'r hyn rydych yn ei ysgrifennu yno yn cael ei ddangos yn y sianel hon.
slack-answered-in-direct = Rwyf wedi ateb yn ein negeseuon uniongyrchol. Does neb yn y sianel hon yn gweld yr hyn a ysgrifennoch ataf.
