signup-title = Anmälan
signup-left =
    { $count ->
        [one] 1 plats kvar
       *[other] { $count } platser kvar
    }
signup-full = Fullbokat
signup-full-queue = Fullbokat, men du kan ställa dig i kö
signup-closed = Anmälan har stängt
signup-go = Anmäl dig
signup-go-queue = Ställ dig i kö
signup-whole = Du anmäler dig till alla tillfällen på en gång.
signup-opens = Anmälan öppnar { $time }.
signup-closes = Anmäl dig senast { $time }.
signup-back = Tillbaka till händelsen
signup-form-title = Anmäl dig till { $title }
signup-note-queue = Det är fullt just nu. Du ställer dig i kö och får ett mejl om det blir en plats ledig.
signup-occasion = Vilket tillfälle?
signup-name = Namn
signup-email = E-post
signup-email-hint = Vi skickar en länk som du bekräftar med.
signup-party = Antal personer
signup-only-if = Svara bara om du har svarat { $answer } på ”{ $question }”.
signup-yes = Ja
signup-no = Nej
signup-privacy = Så här använder vi dina uppgifter
signup-privacy-what = Vi sparar ditt namn, din e-postadress och hur många ni är. Det behövs för att ge dig en plats och nå dig om något ändras.
signup-privacy-what-answers = Vi sparar ditt namn, din e-postadress, hur många ni är och dina svar. Det behövs för att ge dig en plats, ordna händelsen och nå dig om något ändras.
signup-privacy-days =
    { $days ->
        [0] Uppgifterna raderas natten efter händelsen. De visas aldrig för andra besökare.
        [one] Uppgifterna raderas en dag efter händelsen. De visas aldrig för andra besökare.
       *[other] Uppgifterna raderas { $days } dagar efter händelsen. De visas aldrig för andra besökare.
    }
signup-privacy-who = { $owner } är personuppgiftsansvarig. Uppgifterna används för en uppgift av allmänt intresse, och du kan begära att få se, rätta eller radera dem.
signup-do = Skicka anmälan
signup-sent-title = Titta i din e-post
signup-sent-text = Vi har skickat ett mejl. Öppna länken i det och bekräfta, så är anmälan klar.
signup-sent-next = Kommer inget mejl? Titta bland skräpposten, eller anmäl dig igen.
signup-link-old = Länken är inte hel, eller så har uppgifterna redan raderats.
signup-see-event = Se händelsen

signup-state-waiting = Inte bekräftad
signup-state-confirmed = Anmäld
signup-state-queued = I kö
signup-state-offered = Erbjuden plats
signup-state-cancelled = Avanmäld

signup-own-title = Din anmälan
signup-own-held = Tryck på knappen för att bekräfta. Vi håller platsen åt dig till { $time }.
signup-own-free = Tryck på knappen för att bekräfta. Det finns plats.
signup-own-none = Det är fullt just nu. Bekräfta, så får du den plats som blir ledig eller ställs i kö.
signup-own-come = Välkommen! Du har en plats.
signup-own-turn = Du är nummer { $number } i kön. Vi mejlar dig om det blir en plats ledig.
signup-own-offer = En plats är ledig. Ta den senast { $time }, annars går den till nästa i kön.
signup-own-gone = Du är inte anmäld.
signup-own-over = Det går inte att ändra anmälan. Händelsen har varit eller är inställd.
signup-own-confirm = Bekräfta anmälan
signup-own-take = Ta platsen
signup-own-party-do = Ändra antal
signup-own-cancel = Kan du inte komma?
signup-own-cancel-text = Avanmäl dig, så får någon annan platsen.
signup-own-cancel-do = Avanmäl

signup-done-confirmed = Klart! Du är anmäld.
signup-done-queued = Du står i kö. Vi mejlar dig om det blir en plats ledig.
signup-done-full = Det hann bli fullt. Du är inte anmäld.
signup-done-late = Det går inte längre. Tiden har gått ut eller händelsen är inställd.
signup-done-changed = Antalet är ändrat.
signup-done-no-room = Så många får inte plats. Inget är ändrat.
signup-done-cancelled = Du är avanmäld.

signup-error-name = Skriv ditt namn.
signup-error-party = Välj hur många ni är, högst { $most }.
signup-error-occasion = Det tillfället går inte att anmäla sig till. Välj ett annat.
signup-error-early = Anmälan har inte öppnat än.
signup-error-closed = Anmälan har stängt.
signup-error-full = Det är fullbokat.
signup-error-room = Så många platser finns inte kvar. Välj färre.
signup-error-twice = Adressen är redan anmäld till det tillfället.
signup-error-places = Skriv hur många platser det finns, 1 till { $most }.
signup-error-largest = Skriv hur många en anmälan får gälla, 1 till { $most }.
signup-error-hours = Skriv antal timmar, 0 till { $most }.
signup-error-keep = Skriv antal dagar, 0 till { $most }.

signup-mail-confirm-subject = Bekräfta din anmälan till { $title }
signup-mail-confirm =
    Hej!

    Öppna länken för att bekräfta din anmälan:
    { $link }

    { $title }
    { $when }
    { $place }
    Antal personer: { $party }

    Vi håller platsen i { $minutes } minuter. Länken fungerar efter det också, om det finns plats kvar.

    Var det inte du? Då behöver du inte göra något.

    { $city }
signup-mail-confirm-queue =
    Hej!

    Det är fullt just nu. Öppna länken för att bekräfta, så får du en plats om det finns en då, eller ställs i kö:
    { $link }

    { $title }
    { $when }
    { $place }
    Antal personer: { $party }

    Var det inte du? Då behöver du inte göra något.

    { $city }
signup-mail-already-subject = Du är redan anmäld till { $title }
signup-mail-already =
    Hej { $name }!

    Någon, kanske du, anmälde din adress en gång till. Din anmälan gäller som förut:

    { $title }
    { $when }
    { $place }
    Antal personer: { $party }

    Se, ändra eller ta bort anmälan:
    { $link }

    { $city }
signup-mail-done-subject = Du är anmäld till { $title }
signup-mail-done =
    Hej { $name }! Du är anmäld.

    { $title }
    { $when }
    { $place }
    Antal personer: { $party }

    Lägg till i din kalender:
    { $ics }

    Kan du inte komma? Avanmäl dig här, så får någon annan platsen:
    { $link }

    Läs mer om händelsen:
    { $event }

    { $city }
signup-mail-queued-subject = Du står i kö till { $title }
signup-mail-queued =
    Hej { $name }! Det är fullt, så du står i kö.

    { $title }
    { $when }
    { $place }
    Antal personer: { $party }

    Vi mejlar dig om det blir en plats ledig. Se var i kön du är, eller lämna den:
    { $link }

    { $city }
signup-mail-offer-subject = En plats är ledig: { $title }
signup-mail-offer =
    Hej { $name }! En plats är ledig för dig.

    { $title }
    { $when }
    { $place }
    Antal personer: { $party }

    Öppna länken och ta platsen senast { $until }:
    { $link }

    Tar du den inte i tid går den till nästa i kön, och du behöver anmäla dig igen om du vill komma.

    { $city }
signup-mail-changed-subject = Din anmälan är ändrad: { $title }
signup-mail-changed =
    Hej { $name }! Din anmälan är ändrad.

    { $title }
    { $when }
    { $place }
    Antal personer: { $party }

    Se din anmälan:
    { $link }

    { $city }
signup-mail-cancelled-subject = Du är avanmäld från { $title }
signup-mail-cancelled =
    Hej { $name }! Du är avanmäld.

    { $title }
    { $when }

    Vill du komma ändå? Anmäl dig igen om det finns plats:
    { $event }

    { $city }
signup-mail-moved-subject = Ändrat: { $title }
signup-mail-moved =
    Hej { $name }! Händelsen som du är anmäld till har ändrats. Så här är det nu:

    { $title }
    { $when }
    { $place }
    { $note }

    Din anmälan gäller. Lägg till den nya tiden i din kalender:
    { $ics }

    Kan du inte komma? Avanmäl dig här:
    { $link }

    { $city }
signup-mail-off-subject = Inställt: { $title }
signup-mail-off =
    Hej { $name }! Händelsen som du är anmäld till blir inte av.

    { $title }
    { $when }
    { $note }

    Du behöver inte göra något.

    { $city }
signup-mail-message-subject = Om { $title }
signup-mail-message =
    Du får det här för att du är anmäld till { $title }.

    { $text }

    Se eller ta bort din anmälan:
    { $link }

    { $city }

event-edit-sign-ups = Anmälningar
signups-title = Anmälningar till { $title }
signups-event = Händelsen
signups-rules = Platser och frågor
signups-see = Se anmälningar
signups-off = Den här händelsen tar inte emot anmälningar.
signups-turn-on = Börja ta emot anmälningar
signups-occasion = Tillfälle
signups-occasion-count = { $when } ({ $count } kommer)
signups-words = Namn eller e-post
signups-none = Ingen har anmält sig.
signups-party = Antal
signups-state = Läge
signups-answers = Svar
signups-since = Anmäld
signups-deeds = Gör
signups-cancel = Avanmäl
signups-cancel-one = Avanmäl { $name }
signups-add = Anmäl någon som har ringt
signups-add-hint = Den du anmäler får en plats direkt, eller ställs i kö om det är fullt. Med en e-postadress får den bekräftelse och kan avanmäla sig själv.
signups-add-do = Anmäl
signups-mail = Skriv till alla
signups-mail-text = Text
signups-mail-queued = Skicka också till dem som står i kö
signups-mail-do = Skicka
signups-print = Närvarolista
signups-csv = CSV
signups-excel = Excel
signups-sheet = Anmälningar
signups-attendance = Kryssa för dem som kommer
signups-here = Här
signups-people =
    { $count ->
        [one] 1 person är anmäld.
       *[other] { $count } personer är anmälda.
    }
signups-back = Tillbaka till anmälningarna
signups-count-places = Platser
signups-count-come = Kommer
signups-count-left = Lediga
signups-count-queued = I kö
signups-count-offered = Erbjudna
signups-count-waiting = Inte bekräftade
signups-error-name = Skriv ett namn med högst 150 tecken.
signups-error-text = Skriv det du vill säga.
signups-error-nobody = Det finns ingen med e-postadress att skicka till.
done-signups-added = Anmälan är sparad.
done-signups-cancelled = Anmälan är borttagen.
done-signups-mailed = Mejlet är på väg till alla.
done-signup-rules-saved = Platser och frågor är sparade.

signup-rules-title = Platser och frågor: { $title }
signup-rules-places = Antal platser
signup-rules-on = Ta emot anmälningar här
signup-rules-largest-party = Högst så många i en anmälan
signup-rules-opens-date = Öppnar dag
signup-rules-opens-date-hint = Tomt: anmälan är öppen direkt.
signup-rules-opens-time = Öppnar klockan
signup-rules-closes-hours = Stänger så många timmar före start
signup-rules-closes-hours-hint = 0: vid start. Står det en sista dag i händelsens formulär gäller den.
signup-rules-keep-days = Radera uppgifter så många dagar efter
signup-rules-waiting-list = Den som kommer när det är fullt kan ställa sig i kö
signup-rules-whole-series = En anmälan gäller alla tillfällen, som till en kurs
signup-rules-questions = Frågor
signup-rules-questions-hint = Namn, e-post och antal frågar vi alltid om. Fråga bara efter det ni behöver. Fråga aldrig efter personnummer. Uppgifter om hälsa, som allergier, ska vara frivilliga.
signup-rules-question = Fråga { $number }
signup-rules-label = Fråga
signup-rules-label-en = Fråga på engelska
signup-rules-kind = Hur man svarar
signup-rules-help = Förklaring
signup-rules-help-en = Förklaring på engelska
signup-rules-required = Måste besvaras
signup-rules-more = Svar att välja på, gränser och villkor
signup-rules-choices = Svar att välja på
signup-rules-choices-hint = Ett på varje rad. Skriv engelska efter ett lodrätt streck: Vegetariskt | Vegetarian
signup-rules-least = Minsta tal
signup-rules-most = Största tal
signup-rules-when = Fråga bara om
signup-rules-always = Fråga alltid
signup-rules-is = är besvarad med
signup-rules-up = Flytta upp
signup-rules-up-one = Flytta upp fråga { $number }
signup-rules-down = Flytta ner
signup-rules-down-one = Flytta ner fråga { $number }
signup-rules-remove = Ta bort
signup-rules-remove-one = Ta bort fråga { $number }
signup-rules-add = Lägg till en fråga
signup-rules-save = Spara
signup-rules-error-used = Någon är redan anmäld. Ställ in händelsen eller avanmäl alla innan du slutar ta emot anmälningar.
signup-rules-error-series = Någon är redan anmäld, så det går inte att byta mellan varje tillfälle och hela serien.
signup-kind-short-text = Kort text
signup-kind-long-text = Lång text
signup-kind-yes-no = Ja eller nej
signup-kind-one = Välj ett svar
signup-kind-several = Välj flera svar
signup-kind-number = Tal
signup-kind-email = E-postadress
signup-kind-phone = Telefonnummer
signup-kind-date = Datum
