# Kalendariet: listan, månaden, händelsen, skärmen, formuläret, kopian, tipset och felen.

calendar-title = Kalendarium
calendar-lede = Händelser i staden: på bibliotek, i badhus, på museer och hos föreningar.
calendar-form = Sök, dagar och område
calendar-search = Sök i kalendariet
calendar-words = Sök
calendar-from = Från
calendar-to = Till
calendar-area = Område
calendar-all-areas = Hela staden
calendar-show = Visa
calendar-quick = Snabba val
calendar-more = Fler val
calendar-sorts = Sort
calendar-for-whom = För vem
calendar-eases = Tillgänglighet
calendar-languages = Språk
calendar-when-today = I dag
calendar-when-tomorrow = I morgon
calendar-when-weekend = I helgen
calendar-when-week = Den här veckan
calendar-when-next-week = Nästa vecka
calendar-near = Nära mig
calendar-near-failed = Vi kunde inte se var du är. Välj ett område i stället.
calendar-age = { $age } år
calendar-by = Av { $who }
calendar-at-place = En viss plats
calendar-chip-off = { $choice }, valt. Ta bort
calendar-clear = Visa alla händelser
calendar-count =
    { $count ->
        [one] 1 händelse
       *[other] { $count } händelser
    }
calendar-from-day = från { $day }
calendar-none = Inga händelser
calendar-none-how = Välj andra dagar eller ta bort något av det du har valt.
calendar-ongoing = Pågår just nu
calendar-today = i dag, { $weekday }
calendar-tomorrow = i morgon, { $weekday }
calendar-earlier = Tidigare händelser
calendar-later = Visa fler händelser
calendar-views = Visa som
calendar-view-list = Lista
calendar-view-month = Månad
calendar-view-map = Karta
calendar-about = Mer om urvalet
calendar-follow = Följ ditt urval
calendar-follow-all = Få alla händelser rakt in i din egen kalender.
calendar-follow-some = Få händelserna du har valt rakt in i din egen kalender.
calendar-follow-ics = Lägg till i kalender
calendar-follow-atom = Atom-flöde
calendar-follow-screen = Visa på en skärm
calendar-send = Ordnar du något?
calendar-send-text = Föreningar och kulturhus kan tipsa om egna händelser. Vi läser varje tips innan det visas.
calendar-send-do = Tipsa om en händelse
calendar-month-title = Kalendarium { $month }
calendar-months = Byt månad
calendar-week = Vecka
calendar-week-short = v.
calendar-rest =
    { $count ->
        [one] 1 till
       *[other] { $count } till
    }
calendar-rest-named =
    { $count ->
        [one] 1 till { $day }
       *[other] { $count } till { $day }
    }

event-category-music = Musik
event-category-stage = Teater och dans
event-category-film = Film
event-category-exhibition = Utställning
event-category-literature = Böcker och berättande
event-category-talk = Föreläsning och samtal
event-category-craft = Skapa och lära
event-category-meet = Träffas
event-category-sport = Idrott och rörelse
event-category-swim = Bad
event-category-outdoors = Natur och friluftsliv
event-category-tour = Visning och vandring
event-category-play = Lek och spel
event-category-festival = Marknad och fest
event-category-civic = Dialog och politik

event-audience-children = Barn
event-audience-youth = Unga
event-audience-adults = Vuxna
event-audience-seniors = Äldre
event-audience-families = Familjer
event-audience-newcomers = Nya i Sverige

event-ease-step_free = Utan trappsteg
event-ease-toilet = Tillgänglig toalett
event-ease-hearing_loop = Hörslinga
event-ease-sign_language = Teckenspråkstolkat
event-ease-described = Syntolkat
event-ease-easy_swedish = Lätt svenska
event-ease-calm = Lugn miljö
event-ease-companion = Ledsagare går in gratis

event-status-scheduled = Som planerat
event-status-cancelled = Inställt
event-status-moved = Flyttat
event-status-sold_out = Fullt
event-status-postponed = Uppskjutet

event-state-draft = Utkast
event-state-waiting = Väntar på godkännande
event-state-published = Publicerad
event-state-trash = Papperskorg

language-sv = Svenska
language-en = Engelska
language-ar = Arabiska
language-fi = Finska
language-so = Somaliska
language-uk = Ukrainska

event-kronor = { $amount } kr
event-free = Gratis
event-price-span = { $from }–{ $to }
event-age-from = Från { $from } år
event-age-to = Upp till { $to } år
event-age-span = { $from }–{ $to } år
event-for-all = Alla
event-not-for-all = Inte öppet för alla
event-register-first = Anmäl dig först
event-all-day = Hela dagen
event-until = till { $day }
event-until-day = { $from } till { $day } { $until }
event-moved-from = Flyttat från { $day }
event-online = På nätet
event-instead = Nu på { $place }
event-over = Det här har varit
event-part-of = En del av
event-when = När
event-no-day = Dagen är inte bestämd.
event-later =
    { $count ->
        [one] Visa 1 tillfälle till
       *[other] Visa { $count } tillfällen till
    }
event-register = Anmäl dig
event-register-until = Anmäl dig senast { $day }.
event-register-closed = Anmälan stängde { $day }.
event-online-go = Gå dit på nätet
event-ics = Lägg till i kalendern
event-facts = Bra att veta
event-price = Pris
event-whom = För vem
event-eases = Tillgänglighet
event-languages = Språk
event-organiser = Arrangör
event-co-organisers = Medarrangörer
event-contact = Frågor
event-more = Läs mer
event-more-go = Mer om händelsen
event-where = Var
event-map = Visa på kartan
event-parts = Det här ingår
event-related = Liknande händelser

screen-demo = påhittade händelser
screen-pause = Pausa
screen-go = Fortsätt
screen-leave = Lämna skärmen

search-kind-event = Händelse
desk-calendar = Kalendarium
events-new = Ny händelse
events-see = Visa kalendariet
events-import = Läs in en fil
events-to-approve = Händelser att godkänna
events-states = Läge
events-all = Alla
events-filter = Namn eller plats
events-category = Sort
events-all-categories = Alla sorter
events-place = Plats
events-all-places = Alla platser
events-name = Händelse
events-next = Nästa tillfälle
events-state = Läge
events-owner = Ansvarig
events-left =
    { $count ->
        [one] 1 kvar
       *[other] { $count } kvar
    }
events-none = Här finns inga händelser än. Börja med en ny.
events-no-match = Ingen händelse passar det du valde.

event-edit-new = Ny händelse
event-edit-what = Vad
event-edit-name-sv = Namn
event-edit-category = Sort
event-edit-category-hint = Sorten väljer också bilden.
event-edit-summary-sv = I en mening
event-edit-summary-sv-hint = Syns i listor och i sökningen.
event-edit-when = När
event-edit-start-date = Dag
event-edit-start-time = Börjar
event-edit-start-time-hint = Till exempel 18 eller 18.30
event-edit-end-time = Slutar
event-edit-end-date = Sista dag
event-edit-end-date-hint = Om det slutar en annan dag
event-edit-all-day = Hela dagen, utan klockslag
event-edit-repeat = Kommer tillbaka
event-edit-until = Till och med
event-edit-until-hint = Sista dagen för det som kommer tillbaka
event-edit-weekdays = Veckodagar
event-edit-skip = Hoppa över
event-edit-skip-breaks = Skollov
event-edit-skip-holidays = Helgdagar och aftnar
event-edit-single = Enstaka dagar
event-edit-dates = Fler dagar
event-edit-dates-hint = En dag på varje rad: 2026-12-03 eller 2026-12-03 18.30
event-edit-except = Dagar som utgår
event-edit-except-hint = En dag på varje rad: 2026-12-24
event-edit-show-dates = Visa datum
event-edit-dates-given = Datum som det här ger
event-edit-where = Var
event-edit-no-place = Välj plats
event-edit-place-free = En annan plats
event-edit-place-online = På nätet
event-edit-place-unit = Plats
event-edit-place-unit-hint = Adress, telefon och öppettider hämtas från enheten.
event-edit-room-sv = Rum eller sal
event-edit-room-en = Rum på engelska
event-edit-other-place = En annan plats eller nätet
event-edit-place-name = Platsens namn
event-edit-place-street = Gatuadress
event-edit-place-postcode = Postnummer
event-edit-place-city = Postort
event-edit-place-point = Punkt på kartan
event-edit-place-point-hint = Latitud och longitud: 57,7 skrivs 57.7, som i 57.7, 11.97
event-edit-online-url = Adress på nätet
event-edit-whom = För vem och vad det kostar
event-edit-audiences = För vem
event-edit-price = Pris i kronor
event-edit-price-hint = Lämna tomt om det är gratis.
event-edit-price-to = Högsta pris
event-edit-price-note-sv = Mer om priset
event-edit-price-note-en = Mer om priset på engelska
event-edit-text = Text
event-edit-text-sv = Berätta mer
event-edit-text-sv-hint = Vanlig text. En tom rad ger ett nytt stycke och en rad som börjar med - blir en punkt.
event-edit-about-coming = Ålder, tillgänglighet, språk och anmälan
event-edit-eases = Tillgänglighet
event-edit-closed = Bara för till exempel medlemmar eller elever
event-edit-age-from = Från ålder
event-edit-age-to = Till ålder
event-edit-languages = Språk
event-edit-languages-hint = Koder som sv, en eller so. Tomt betyder svenska.
event-edit-registration = Man måste anmäla sig
event-edit-registration-url = Adress för anmälan
event-edit-registration-until = Anmäl senast
event-edit-more-url = Sida med mer
event-edit-organiser = Arrangör, kontakt och bild
event-edit-organisation = Ansvarig
event-edit-organiser-unit = Arrangör
event-edit-organiser-own = Den som är ansvarig
event-edit-organiser-free = En annan arrangör
event-edit-organiser-name = Arrangörens namn
event-edit-organiser-url = Arrangörens webbplats
event-edit-co-organisers = Medarrangörer
event-edit-co-organisers-hint = En på varje rad
event-edit-contact-name = Kontakt
event-edit-contact-phone = Telefon
event-edit-contact-email = E-post
event-edit-part-of = En del av
event-edit-part-of-hint = Adressen till den större händelsen här i arbetsytan
event-edit-picture = Bild
event-edit-picture-title = Bild
event-edit-picture-hint = Välj en bild här nedanför, eller skriv dess namn i mediebanken. Tomt ger sortens egen bild.
event-picture-words = Sök bland bilderna
event-picture-show = Visa bilder
event-picture-none = Ingen bild passar. Sök på ett annat ord.
event-picture-found = { $count ->
    [one] En bild. Tryck på den för att välja den.
   *[other] { $count } bilder. Tryck på en för att välja den.
}
event-picture-take = Välj
event-picture-ended = Bilden får inte visas nu, och läsarna ser sortens egen bild. Välj en annan, eller ordna rättigheterna i mediebanken.
event-picture-media = Lägg in en ny bild i mediebanken
event-edit-english = På engelska
event-edit-name-en = Namn på engelska
event-edit-summary-en = I en mening på engelska
event-edit-text-en = Text på engelska
event-edit-standing = Inställt, fullt eller uppskjutet
event-edit-status = Hela händelsen är
event-edit-status-note-sv = Varför
event-edit-publish = Publicera
event-edit-save-public = Spara och visa
event-edit-save-draft = Spara utkast
event-edit-submit = Skicka för godkännande
event-edit-look = Förhandsgranska
event-edit-see = Visa i kalendariet
event-edit-copy = Kopiera till nya datum
event-edit-not-yours = Händelsen är publicerad. Du kan läsa den men inte ändra den.
event-edit-sent-in = Tipset kom från { $who } ({ $email }) { $time }.
event-edit-kept = Det finns text som du skrev här men inte sparade. Den är tillbaka i formuläret.
event-edit-kept-drop = Ta bort den
event-look = Så ser den ut
event-look-hint = Inget är sparat än.
event-conflict-title = Någon annan har ändrat händelsen
event-repeat-none = Nej, bara en gång
event-repeat-daily = Varje dag
event-repeat-weekly = Varje vecka
event-repeat-biweekly = Varannan vecka
event-repeat-monthly-nth = Varje månad på samma veckodag
event-repeat-monthly-day = Varje månad på samma datum
event-repeat-monthly-on-day = Den { $day } varje månad
event-repeat-nth-1 = Första { $weekday }en varje månad
event-repeat-nth-2 = Andra { $weekday }en varje månad
event-repeat-nth-3 = Tredje { $weekday }en varje månad
event-repeat-nth-4 = Fjärde { $weekday }en varje månad
event-repeat-nth-last = Sista { $weekday }en varje månad
event-repeat-dates = På dagar som jag skriver
event-repeat-kept = Som nu: { $words }
event-dates-count =
    { $count ->
        [one] 1 tillfälle.
       *[other] { $count } tillfällen.
    }
event-dates-more = och { $count } till
event-doubles = Kan den här redan finnas?
event-occasions = Ändra ett tillfälle
event-occasions-hint = Det som är inställt eller flyttat syns så i kalendariet och i allas kalendrar.
event-occasions-which = Tillfälle
event-occasions-what = Vad händer?
event-occasions-cancel = Ställ in
event-occasions-cancel-from = Ställ in det här och alla efter
event-occasions-move = Flytta
event-occasions-full = Fullt
event-occasions-restore = Som planerat igen
event-occasions-date = Ny dag
event-occasions-time = Ny tid
event-occasions-note = Varför
event-occasions-do = Ändra tillfället
event-state-title = Läge
event-state-approve = Godkänn och publicera
event-state-return = Lämna tillbaka som utkast
event-state-unpublish = Ta ner från kalendariet
event-state-to-trash = Lägg i papperskorgen
event-state-restore = Ta tillbaka som utkast
event-copy-title = Kopiera { $title }
event-copy-hint = Samma veckodagar och tider på nya datum. Det du inte ändrar följer med.
event-copy-first = Första dagen
event-copy-last = Sista dagen
event-copy-left-out =
    { $count ->
        [one] 1 dag hoppas över
       *[other] { $count } dagar hoppas över
    }
event-copy-publish = Publicera kopian
event-copy-draft = Spara som utkast

done-event-saved = Sparat.
done-event-draft = Händelsen är ett utkast nu.
done-event-waiting = Skickat. Någon som får publicera tittar på händelsen.
done-event-published = Publicerat. Händelsen syns i kalendariet.
done-event-trash = Händelsen ligger i papperskorgen. Du kan ta tillbaka den här nere.
done-event-copied = Kopian är klar.
done-event-not-yet = Händelsen kan inte publiceras än. Spara formuläret för att se vad som fattas.
done-event-changed-meanwhile = Någon annan hade ändrat händelsen. Titta på den som den är nu och försök igen.
done-event-occasion-changed = Tillfället är ändrat.
done-event-occasion-wrong = Tillfället ändrades inte. Skriv en ny dag eller tid som finns.

event-send-title = Tipsa om en händelse
event-send-lede = Ordnar din förening något som alla får komma till? Skriv det här. Du får ett mejl där du bekräftar adressen, och sedan läser vi tipset innan det visas.
event-send-more = Bra att veta
event-send-who = Vem är du?
event-send-sender = Ditt namn
event-send-dates = Fler dagar
event-send-dates-hint = En dag på varje rad: 2026-12-03
event-send-place-unit-hint = Välj ett ställe i listan, eller skriv platsen nedanför.
event-send-organiser-name = Förening eller arrangör
event-send-sender-hint = Syns inte i kalendariet.
event-send-email = Din e-post
event-send-email-hint = Vi använder den bara för att bekräfta och svara dig.
event-send-trap = Lämna den här rutan tom
event-send-privacy = Vi sparar din adress i högst 400 dagar. Den visas aldrig.
event-send-do = Skicka tipset
event-sent-title = Titta i din e-post
event-sent-text = Vi har skickat ett mejl med en länk. Öppna den inom { $days } dagar, så får vi tipset.
event-sent-next = Kommer inget mejl? Titta bland skräpposten, eller skicka tipset igen.
event-confirm-title = Bekräfta ditt tips
event-confirm-text = Tryck på knappen, så lägger vi tipset hos dem som godkänner händelser.
event-confirm-do = Bekräfta
event-confirmed-title = Tack för tipset
event-confirmed-text = Vi har fått tipset. Du får ett mejl när händelsen visas i kalendariet.
event-link-old = Länken gäller inte
event-link-old-text = Länken är för gammal eller inte hel. Skicka gärna tipset igen.
event-mail-confirm-subject = Bekräfta ditt tips till { $city }
event-mail-confirm =
    Hej!

    Du eller någon annan har tipsat { $city } om händelsen { $title }.

    Öppna länken för att bekräfta. Den gäller i { $days } dagar:
    { $link }

    Var det inte du? Då behöver du inte göra något.
event-mail-public-subject = { $title } syns i kalendariet
event-mail-public =
    Hej!

    Händelsen { $title } som du tipsade om visas nu i kalendariet hos { $city }:
    { $link }

    Tack för tipset!
event-mail-refused-subject = { $title } visas inte i kalendariet
event-mail-refused =
    Hej!

    { $city } har läst ditt tips om { $title } och visar det inte i kalendariet. Kalendariet är för händelser som är öppna för alla.

event-error-name = Skriv vad händelsen heter.
event-error-category = Välj en sort.
event-error-key = Nyckeln får ha a–z, 0–9 och bindestreck, högst 80 tecken.
event-error-key-taken = En annan händelse har den nyckeln.
event-error-organisation = Välj vem som är ansvarig.
event-error-too-long = Texten har { $letters } tecken. Korta den till högst { $limit }.
event-error-many = Högst { $most } får plats.
event-error-version = Händelsen har ändrats sedan du öppnade den. Det du skrev finns kvar nedan. Öppna händelsen i en ny flik och jämför.
event-error-date = Skriv en dag som finns, till exempel 2026-12-03.
event-error-time = Skriv ett klockslag som 18 eller 18.30.
event-error-start-date = Skriv vilken dag det är.
event-error-start-time = Skriv när det börjar, till exempel 18 eller 18.30, eller välj hela dagen.
event-error-end-date = Sista dagen kan inte vara före den första.
event-error-end-time-needed = Skriv när det slutar den sista dagen.
event-error-end-before = Slutet är före början. Slutar det efter midnatt? Skriv då också sista dag.
event-error-long = Ett tillfälle får vara högst { $days } dagar.
event-error-skipped = Klockan { $time } finns inte { $date }: då ställs klockan fram. Välj en annan tid.
event-error-until = Skriv när det slutar komma tillbaka.
event-error-until-before = Slutet är före början.
event-error-line = Raden ”{ $line }” går inte att läsa. Skriv en dag som 2026-12-03, gärna med klockslag.
event-error-dates = Skriv dagarna, en på varje rad.
event-error-many-occasions = Det blir för många tillfällen. Högst { $most } under två år får plats.
event-error-no-occasion = Det blir inget tillfälle kvar. Titta på dagarna.
event-error-price = Priset ska vara mellan 0 och { $most } kronor.
event-error-price-number = Skriv priset som ett tal, till exempel 40 eller 40,50.
event-error-price-order = Det högsta priset är lägre än det lägsta.
event-error-age = Skriv en ålder mellan 0 och { $most }.
event-error-age-order = Den högsta åldern är lägre än den lägsta.
event-error-language = ”{ $tag }” är ingen språkkod. Skriv till exempel sv, en eller so.
event-error-url = Skriv en hel adress som börjar med https://.
event-error-phone = Skriv ett telefonnummer utan bokstäver.
event-error-email = Skriv en e-postadress, till exempel namn@exempel.se.
event-error-unit = Platsen finns inte i listan längre. Välj en annan.
event-error-unit-key = Det finns ingen enhet med nyckeln { $key }.
event-error-place-name = Skriv vad platsen heter.
event-error-postcode = Postnumret ska ha fem siffror.
event-error-organiser-name = Skriv vem som ordnar det.
event-error-part-of = Den större händelsen finns inte, eller är själv en del av något.
event-error-picture = Bilden finns inte i mediebanken. Välj en bland bilderna, eller lämna fältet tomt.
event-error-moved = Skriv en ny dag eller en ny tid.
event-error-moved-skipped = Den tiden finns inte den dagen: då ställs klockan fram.
event-error-copy-long = En serie får vara högst två år.
event-error-sender = Skriv ditt namn, högst 150 tecken.
event-error-trap = En ruta som ska vara tom är ifylld. Töm den och skicka igen.
event-error-quick = Det gick väldigt fort. Vänta några sekunder och skicka igen.
event-error-old = Formuläret är för gammalt. Skicka igen, allt du skrev är kvar.
event-error-busy = Det har kommit många tips. Vänta en stund och skicka igen.

# Urvalet på papper.
calendar-print-pdf = Skriv ut som PDF
calendar-print-word = Hämta som Word
calendar-print-list = Visa urvalet som lista, som går att skriva ut
calendar-print-no-pdf = Det gick inte att göra en PDF
calendar-print-no-word = Det gick inte att göra ett Word-dokument
calendar-print-first = De första { $shown } av { $count } händelser. Välj färre dagar för att få med resten.
calendar-print-source = Aktuella uppgifter finns på
calendar-print-caption = Händelser: { $period }
calendar-print-when = När
calendar-print-what = Vad
calendar-print-where = Var
