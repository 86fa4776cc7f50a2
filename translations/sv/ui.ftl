# Words of the frame, forms and components. Addressed as du, plain, sentence case.
skip-to-content = Till innehållet
demo-banner = Det här är en demostad. Tider, priser och händelser är påhittade.
nav-shortcuts = Genvägar
nav-search = Sök
nav-menu = Meny
nav-themes = Ämnen
nav-crumbs = Du är här
nav-start = Start
footer-phone = Telefon:
footer-find = Hitta
footer-about = Om webbplatsen
footer-accessibility = Så tillgänglig är webbplatsen
footer-privacy = Dina personuppgifter
footer-languages = Språk
footer-built-on = Byggd på Torg, öppen källkod
paging-name = Sidor
paging-previous = Föregående
paging-next = Nästa
paging-where = Sida { $page } av { $pages }
table-name = Tabell
notice-info = Bra att veta:
notice-warning = Observera:
fact-missing = uppgift saknas
contact-heading = Kontakt
contact-call = Ring
contact-write = Skriv till oss
contact-hours = Öppettider:
contact-address = Besöksadress:
contact-map = Visa på karta
contact-getting-there = Resa hit:
contact-wrong = Stämmer något inte?
field-optional = (frivilligt)
form-wrong-title = Fel:
form-errors =
    { $count ->
        [one] Ett svar behöver ändras
       *[other] { $count } svar behöver ändras
    }
form-kept = Det du har skrivit är kvar.
error-required = Fyll i det här fältet.
month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
weekday-mon = måndag
weekday-tue = tisdag
weekday-wed = onsdag
weekday-thu = torsdag
weekday-fri = fredag
weekday-sat = lördag
weekday-sun = söndag

# Search
search-title = Sök
search-title-for = Sökning: { $query }
search-label = Sök tjänst, plats eller telefonnummer
search-button = Sök
search-popular = Många söker:
search-count =
    { $count ->
        [one] 1 träff
       *[other] { $count } träffar
    }
search-count-for =
    { $count ->
        [0] Inga träffar på ”{ $query }”
        [one] 1 träff på ”{ $query }”
       *[other] { $count } träffar på ”{ $query }”
    }
search-did-you-mean = Menade du
search-results = Sökresultat
search-empty-start = Skriv vad du vill göra, till exempel ”söka bygglov”, eller namnet på en plats.
search-empty-help = Så kan du komma vidare
search-empty-spelling = Prova ett annat eller ett kortare ord.
search-empty-themes = Välj ett ämne
search-empty-contact = Eller fråga oss
search-kind-start = Startsida
search-kind-theme = Ämne
search-kind-article = Artikel
search-kind-info = Information
search-kind-service = Tjänst
search-kind-unit = Plats

# Pages
page-actions = Det här kan du göra
page-toc = På sidan
page-local = I det här avsnittet
page-reviewed = Senast granskad { $date }
page-owner = Ansvarig: { $owner }
page-older-translation = Översättningen gjordes { $date } och den svenska sidan har ändrats sedan dess.
page-older-easy-to-read = Den lättlästa texten är från { $date }. Den vanliga texten är ändrad efter det.
page-older-sign-language = Filmen på teckenspråk är från { $date }. Den vanliga texten har ändrats sedan dess.
page-older-ordinary-link = Läs den vanliga texten
page-older-link = Läs den svenska sidan
start-heading = Vad vill du göra?
theme-children = Innehåll

# Errors
error-heading-400 = Adressen gick inte att förstå
error-heading-403 = Du får inte se den här sidan
error-heading-404 = Sidan finns inte
error-heading-405 = Så kan sidan inte användas
error-heading-409 = Någon annan har ändrat samma sak
error-heading-410 = Sidan är borttagen
error-heading-413 = Det du skickade är för stort
error-heading-414 = Adressen är för lång
error-heading-415 = Formatet går inte att läsa
error-heading-422 = Det gick inte att ta emot det du skickade
error-heading-429 = För många försök på kort tid
error-heading-500 = Något gick fel hos oss
error-heading-503 = Webbplatsen är tillfälligt stängd
error-heading-other = Något gick fel
error-text-400 = Det finns ett fel i adressen. Kontrollera den eller sök efter det du vill ha.
error-text-403 = Sidan är bara för den som har behörighet. Logga in, eller be din chef om rätt behörighet.
error-text-404 = Den kan ha flyttat eller fått en ny adress. Sök efter den eller välj ett ämne.
error-api-404 = Det finns inget här med den nyckeln. Kontrollera den i listan, som har samma adress utan nyckeln, och i /api/openapi.json.
error-text-405 = Gå tillbaka och försök igen från sidan du kom ifrån.
error-text-409 = Inget av det du skrev har sparats över. Gå tillbaka, se vad som ändrats och spara igen.
error-text-410 = Innehållet gäller inte längre. Sök efter något liknande eller välj ett ämne.
error-text-413 = Inget är sparat. Dela upp det eller skicka en mindre fil.
error-text-414 = Korta av adressen, eller sök efter det du vill ha.
error-text-415 = Inget är sparat. Skicka innehållet i ett annat format.
error-text-422 = Inget är sparat. Gå tillbaka, kontrollera uppgifterna och försök igen.
error-text-429 = Vänta en stund och försök sedan igen.
error-text-500 = Felet är antecknat. Försök igen om en stund. Är det bråttom kan du ringa oss.
error-text-503 = Vi är snart tillbaka. Är det bråttom kan du ringa oss.
error-text-other = Försök igen om en stund.
error-ways-on = Vägar vidare
error-reference = Ange numret { $id } om du hör av dig om felet.
error-to-start = Till startsidan
error-log-in = Logga in

# Workspace
desk-name = Arbetsyta
desk-nav = Arbetsytans delar
desk-pages = Sidor
desk-units = Enheter
desk-log = Logg
desk-account = Mitt konto
desk-public = Se webbplatsen
desk-logged-in-as = Inloggad som
desk-log-out = Logga ut
desk-log-out-unsent = Det finns text i webbläsaren som inte är sparad. Loggar du ut försvinner den. Vill du logga ut?
desk-filter = Filtrera
desk-filter-clear = Visa alla
desk-save = Spara
desk-cancel = Avbryt
desk-history = Visa logg
desk-count =
    { $count ->
        [one] 1 rad
       *[other] { $count } rader
    }
pages-filter = Titel eller adress
pages-title = Titel
pages-address = Adress
pages-language = Språk
pages-owner = Ansvarig
pages-reviewed = Granskad
pages-never = Aldrig
pages-none = Ingen sida passar filtret.
edit-text = Text
edit-text-hint = Skrivs i Markdown. Rubriker börjar med ##, listor med -.
edit-see = Se sidan
log-title = Logg för { $subject }
log-time = Tid
log-actor = Vem
log-organisation = Organisation
log-kind = Händelse
log-kind-person-logged-in = Någon loggade in
log-kind-person-logged-out = Någon loggade ut
log-kind-person-log-in-failed = En inloggning misslyckades
log-kind-person-session-ended = En inloggning avslutades
log-kind-person-password-changed = Lösenordet byttes
log-kind-person-disabled = Kontot stängdes
log-kind-person-enabled = Kontot öppnades igen
log-kind-person-role-granted = Behörighet gavs
log-kind-person-role-revoked = Behörighet togs tillbaka
log-kind-organisation-added = Organisationen lades till
log-kind-role-added = Rollen lades till
log-change = Ändring
log-position = Nr
log-before = Före
log-after = Efter
log-weeded = Gallrad. Innehållet är borttaget enligt gallringsregler. Sigillet visar att händelsen är äkta.
log-none = Inget har hänt än.
log-empty-value = tomt
log-field = Uppgift

# Units
unit-hours = Öppettider
unit-all-hours = Alla tider
unit-week = Vecka { $week }, { $dates }
unit-today = { $day }, i dag
unit-closed = Stängt
unit-deviations = Andra tider
unit-services = Det här kan du göra här
unit-getting-there = Hitta hit
unit-accessibility = Komma in och runt
unit-map = Visa på karta
unit-confirmed = Uppgifterna bekräftade { $date }
unit-no-hours = Öppettider saknas.
units-title = Hitta
units-lede = Adresser, öppettider och telefonnummer till stadens verksamheter.
units-none = Det finns inga enheter än.
units-filter = Namn eller ort
units-name = Namn
units-kind = Sort
units-phone = Telefon
units-organisation = Organisation
units-confirmed = Bekräftad
units-no-match = Ingen enhet passar filtret.
unit-edit-name-sv = Namn på svenska
unit-edit-name-en = Namn på engelska
unit-edit-phone = Telefon
unit-edit-phone-hint = Som det ska visas, till exempel 031-390 06 41.
unit-edit-email = E-post
unit-edit-street = Gatuadress
unit-edit-postcode = Postnummer
unit-edit-city = Ort
unit-edit-contact = Kontakt
unit-edit-address = Besöksadress
unit-edit-see = Se enhetens sida
unit-edit-used =
    { $count ->
        [0] Ingen sida visar uppgifterna utom enhetens egen.
        [one] En sida visar uppgifterna och ändras direkt när du sparar.
       *[other] { $count } sidor visar uppgifterna och ändras direkt när du sparar.
    }
unit-kind-library = Bibliotek
unit-kind-museum = Museer
unit-kind-swimming_pool = Simhallar
unit-kind-recycling_centre = Återvinningscentraler
unit-kind-citizen_office = Medborgarkontor
unit-kind-school = Skolor
unit-kind-preschool = Förskolor
unit-kind-sports_hall = Idrottshallar
unit-kind-park = Parker
unit-kind-health = Hälsa
unit-kind-culture = Kultur
unit-kind-office = Kontor
unit-kind-contact_centre = Kontaktcenter
unit-kind-beach = Badplatser
unit-kind-social_service = Socialtjänst

# Accounts
login-title = Logga in
login-lede = För dig som arbetar med webbplatsen.
login-email = E-post
login-password = Lösenord
login-button = Logga in
login-demo = Konton i demostaden
login-demo-text = Lösenordet är { $password } för alla.
account-sessions = Här är du inloggad
account-session-this = Den här inloggningen
account-session-seen = Senast använd { $time }
account-session-end = Avsluta
account-session-end-name = Avsluta inloggningen i { $browser }
account-sessions-end-others = Avsluta alla andra
account-grants = Dina behörigheter
account-grants-none = Du har inga behörigheter än. Be den som sköter konton.
account-grant-role = Roll
account-grant-organisation = För
account-grant-from = Från
account-grant-to = Till
account-grant-always = Tills vidare
account-you = Dina uppgifter
account-name = Namn
account-email = E-post

video-elsewhere = Öppnas hos { $host }, som då får veta att du ser filmen.
video-sign-language = På teckenspråk. Öppnas hos { $host }, som då får veta att du ser filmen.
