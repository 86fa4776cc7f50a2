# Tjänstekatalogen: hitta, jämföra, tjänster, vård av uppgifter, import och svar till program.

unit-kind-theatre = Teatrar
unit-kind-arena = Arenor och konserthus
unit-kind-ice_rink = Isbanor
unit-kind-meeting_place = Mötesplatser
unit-kind-care_home = Vård- och omsorgsboenden
unit-kind-playground = Lekplatser
unit-kind-nature = Natur och promenader
unit-kind-adult_education = Vuxenutbildning
unit-kind-market = Torg och saluhallar
unit-feature-step_free = Ingång utan trappsteg
unit-feature-door_opener = Dörröppnare
unit-feature-lift = Hiss
unit-feature-accessible_toilet = Rullstolsanpassad toalett
unit-feature-accessible_parking = Parkering med tillstånd nära entrén
unit-feature-hearing_loop = Hörslinga
unit-feature-tactile = Ledstråk eller taktila skyltar
unit-feature-quiet_place = Lugn plats att dra sig undan till
unit-feature-baby_care = Skötrum
service-category-education = Förskola och utbildning
service-category-care = Omsorg och stöd
service-category-housing = Bygga och bo
service-category-environment = Avfall, vatten och miljö
service-category-traffic = Trafik och gator
service-category-leisure = Uppleva och göra
service-category-work = Arbete och företag
service-category-advice = Råd, kontakt och demokrati
service-audience-everyone = Alla
service-audience-families = Barn och föräldrar
service-audience-youth = Unga
service-audience-older = Äldre
service-audience-disability = Personer med funktionsnedsättning
service-audience-newcomers = Nya i Sverige
service-audience-companies = Företag
service-audience-associations = Föreningar

# Hitta
find-form = Sök enheter
find-q = Vad söker du?
find-place = Nära
find-place-hint = Adress, plats eller koordinater
find-place-unknown = Vi hittar inte ”{ $place }”. Skriv en gata, en plats eller koordinater.
find-from = Närmast { $place }
find-from-number = ”{ $asked }” finns inte i registret. Närmast { $place }, som är närmaste nummer
find-from-street = Närmast mitten av { $place }
find-here = din plats
find-kind = Sort
find-district = Stadsdel
find-organisation = Ansvarig
find-all = Alla
find-several = Flera sorter
find-open = Öppet nu
find-go = Visa
find-near = Min plats
find-near-wait = Hämtar din plats …
find-near-denied = Webbläsaren får inte visa var du är. Skriv en adress i stället.
find-near-failed = Din plats gick inte att hämta. Skriv en adress i stället.
find-chosen = Ditt urval
find-kinds = Välj sort
find-count = 
    { $count ->
        [one] En enhet
       *[other] { $count } enheter
    }
find-order = Ordning
find-order-near = Närmast först
find-order-fit = Bäst träff först
find-order-name = Efter namn
find-order-changed = Senast ändrat först
find-access = Tillgänglighet
find-map = Karta
find-map-all = Visa alla på karta
find-print = Utskriftslista
find-print-cut = Listan visar de första { $count }.
find-print-made = Utskriven { $date }
find-back = Tillbaka till listan
find-compare = Jämför
find-compare-chosen = Ta bort ur jämförelsen
find-comparing = Att jämföra:
find-compare-go = Jämför sida vid sida
find-compare-more = Välj en till, högst fyra.
find-none = Ingen enhet passar.
find-none-clear = Visa alla enheter
find-changed = Senast ändrat
find-changed-all = Allt som har ändrats
find-changed-on = Ändrad { $date }
find-metres = { $count } m
find-kilometres = { $count } km

# Jämför
compare-title = Jämför enheter
compare-few = Välj två till fyra enheter i listan för att jämföra dem.
compare-remove = Ta bort
compare-open = Just nu
compare-unknown = Uppgift saknas

# Enhetens sida
unit-given = Tjänster du får här
unit-related = Hör ihop med
unit-near = Nära härifrån
unit-near-all = Allt nära härifrån
unit-near-kind = { $kind } nära härifrån
unit-entrances = Entréer
unit-coordinates = Koordinater
unit-phones = Fler telefonnummer
unit-web = På webben
unit-plan = Alla öppettider och undantag
unit-ended = Enheten är stängd för gott sedan { $date }.
unit-ends = Enheten stänger för gott { $date }.
unit-instead = Gå till { $name } i stället

# Tjänster
services-title = Tjänster
services-lede = Vad du kan göra och få hos staden, och var.
services-form = Sök tjänster
services-categories = Ämnen
services-count = 
    { $count ->
        [0] Ingen tjänst passar.
        [one] En tjänst
       *[other] { $count } tjänster
    }
services-online = E-tjänst
services-none = Det finns inga tjänster här än.
services-filter = Namn eller sökord
service-how = Så gör du
service-for = För vem
service-fees = Vad det kostar
service-units = Här får du tjänsten
service-beside = Kontakt och liknande tjänster
service-related = Liknande tjänster
service-outside = (annan webbplats)
service-ended = Tjänsten finns inte längre sedan { $date }.
service-ends = Tjänsten upphör { $date }.
service-category = Ämne
service-new = Ny tjänst
service-see = Se tjänstens sida
service-set-about = Om tjänsten
service-set-where = Var och hur
service-field-name_sv = Namn på svenska
service-field-name_en = Namn på engelska
service-field-category = Ämne
service-field-organisation = Ansvarig organisation
service-field-key = Nyckel
service-field-summary_sv = Vad man får
service-field-summary_en = Vad man får, på engelska
service-field-how_sv = Så gör man
service-field-how_en = Så gör man, på engelska
service-field-fees_sv = Avgifter
service-field-fees_en = Avgifter på engelska
service-field-eligibility_sv = Vem som kan få tjänsten
service-field-eligibility_en = Vem som kan få tjänsten, på engelska
service-field-units = Enheter
service-field-links = Länkar
service-field-phone = Telefon
service-field-email = E-post
service-field-keywords = Sökord
service-field-key-hint = Används i filer och adresser. Lämna tomt så görs den av namnet.
service-field-how_sv-hint = En tom rad ger ett nytt stycke.
service-field-units-hint = En nyckel på varje rad, till exempel stadsbiblioteket.
service-field-links-hint = En på varje rad: e_service, page eller form | namn / name | adress
service-field-keywords-hint = Andra ord som folk söker med. Skilj med komma.

# Fler uppgifter om en enhet
unit-details = Fler uppgifter
unit-details-title = Fler uppgifter om { $name }
unit-details-intro = Det som står här visas på enhetens sida, i listor och för andra program.
unit-details-reach = Telefon och webb
unit-details-where = Läge och väg
unit-details-find = Hitta enheten
unit-details-notice = Tillfälligt meddelande
unit-details-care = Vem som svarar för uppgifterna
unit-details-end = Stänga enheten för gott
unit-details-end-hint = Enheten tas inte bort. Adressen berättar att den är stängd och vart man går i stället.
unit-details-steward-none = Ingen bestämd person
unit-details-phones = Fler telefonnummer
unit-details-web = Adresser på webben
unit-details-position = Läge
unit-details-entrances = Entréer
unit-details-way_sv = Hitta hit
unit-details-way_en = Hitta hit på engelska
unit-details-related = Hör ihop med
unit-details-keywords = Sökord
unit-details-notice_sv = Meddelande
unit-details-notice_en = Meddelande på engelska
unit-details-notice_from = Från och med
unit-details-notice_until = Till och med
unit-details-closed_on = Första stängda dagen
unit-details-closed_reason_sv = Skäl
unit-details-closed_reason_en = Skäl på engelska
unit-details-closed_instead = Gå i stället till
unit-details-steward = Person
unit-details-role = Roll
unit-details-phones-hint = Ett på varje rad: Namn / Name | nummer
unit-details-web-hint = En på varje rad: Namn / Name | adress
unit-details-position-hint = Latitud och longitud (57.7089, 11.9746) eller SWEREF 99 TM (6400000 320000).
unit-details-entrances-hint = En på varje rad: Namn / Name | läge | hur man kommer in / how one gets in
unit-details-related-hint = En enhets nyckel på varje rad.
unit-details-keywords-hint = Andra ord som folk söker med. Skilj med komma.
unit-details-closed_instead-hint = Enhetens nyckel, till exempel stadsbiblioteket.
unit-details-role-hint = Till exempel enhetschef. Visas bara för personal.

# Ny enhet
unit-new = Ny enhet
unit-new-intro = Börja med namn, sort och ansvarig. Resten skriver du sedan.
unit-new-key = Nyckel
unit-new-key-hint = Används i filer och adresser. Lämna tomt så görs den av namnet.
unit-new-do = Skapa enheten

# Fel i uppgifter
unit-error-web = Skriv hela adressen med https:// eller en väg på den här webbplatsen som börjar med /.
unit-error-most = Det får vara högst { $limit } stycken.
unit-error-days = Sista dagen är före den första.
unit-error-related = Det finns ingen annan enhet med nyckeln ”{ $value }”.
unit-error-line = Rad { $line } går inte att läsa. Skriv delarna med | emellan.
unit-error-steward = Personen finns inte längre. Välj en annan.
unit-error-key-taken = Nyckeln används redan. Skriv en annan.
service-error-version = Någon annan har ändrat tjänsten sedan du öppnade den. Det du skrev står kvar här men är inte sparat. Jämför och spara igen.
service-error-related = Det finns ingen annan tjänst med nyckeln ”{ $value }”.
service-error-link = Rad { $line }: skriv e_service, page eller form | namn | adress.
service-import-category = Post { $item } ({ $unit }): ämnet är okänt.

# Vård
unit-confirm = Allt stämmer
unit-confirm-hint = Bekräfta att uppgifterna stämmer i dag.
due-title = Uppgifter att bekräfta
due-mine = Mina
due-all = Alla jag får ändra
due-hint = Uppgifter bekräftas var { $count }:e månad.
due-none = Allt är bekräftat.
due-steward = Svarar för uppgifterna
due-act = Bekräfta
due-confirm = Allt stämmer
done-unit-confirmed = Uppgifterna är bekräftade.
done-unit-created = Enheten är skapad. Skriv resten av uppgifterna.
done-units-imported = Importen är klar.
done-service-saved = Tjänsten är sparad.
done-report-settled = Felanmälan är klar.
unit-mail-subject = 
    { $count ->
        [one] En enhet att bekräfta
       *[other] { $count } enheter att bekräfta
    }
unit-mail-due = 
    { $count ->
        [one] En enhet som du svarar för behöver bekräftas. Läs igenom uppgifterna och tryck på Allt stämmer.
       *[other] { $count } enheter som du svarar för behöver bekräftas. Läs igenom uppgifterna och tryck på Allt stämmer.
    }
unit-mail-last = bekräftad { $date }
unit-mail-never = aldrig bekräftad
unit-mail-more = Och { $count } till.
unit-mail-all = Alla dina enheter:
units-reports-waiting = Fel i enheters uppgifter
units-due-waiting = Enheter att bekräfta

# Stämmer något inte?
wrong-title = Stämmer något inte?
wrong-lede = Berätta vad som är fel. Den som svarar för uppgifterna får det direkt. Det gäller
wrong-text = Vad är fel?
wrong-text-hint = Skriv kort, högst { $most } tecken. Lämna inga personuppgifter.
wrong-email = E-post
wrong-email-hint = Bara om du vill ha svar. Adressen glöms när svaret är skickat.
wrong-send = Skicka
wrong-privacy = Du behöver inte säga vem du är.
wrong-privacy-link = Så hanterar vi personuppgifter
wrong-thanks = Tack, vi har fått det
wrong-thanks-more = Den som svarar för uppgifterna tittar på det. Tillbaka till
wrong-trap = Fyll inte i det här fältet
wrong-error-empty = Skriv vad som är fel.
wrong-error-trap = Ett fält som ska vara tomt är ifyllt. Töm det och skicka igen.
wrong-error-quick = Det gick för fort. Vänta några sekunder och skicka igen.
wrong-error-old = Formuläret är för gammalt. Det du skrev står kvar. Skicka igen.
wrong-error-used = Formuläret är redan skickat med en annan text. Skicka igen om den här också ska med.
wrong-error-source = Du har skickat många på kort tid. Försök igen om en stund.
wrong-error-many = Vi har redan fått många om den här enheten. Försök igen om en stund.
wrong-mail-subject = Svar om { $name }
wrong-mail-intro = Tack för att du berättade vad som inte stämde om { $name }. Här är vårt svar:
wrong-mail-yours = Du skrev:
reports-title = Fel som läsare har anmält
reports-states = Läge
reports-state-open = Nya
reports-state-answered = Besvarade
reports-state-closed = Stängda
reports-none = Här finns inget.
reports-wants-answer = vill ha svar
reports-answer = Svar eller anteckning om
reports-answer-mailed = Svaret skickas med e-post.
reports-answer-kept = Läsaren har ingen adress. Anteckningen står kvar i loggen.
reports-do-answer = Besvara
reports-do-close = Stäng utan svar
reports-error-answer = Skriv ett svar eller en anteckning, eller stäng utan svar.
reports-weeding = Avgjorda anmälningar gallras efter { $days } dagar, enligt beslut { $decision }.
reports-weeding-none = Avgjorda anmälningar sparas. De gallras först när inställningen unit_report_weeding_decision har numret på ett gallringsbeslut.

# Import
units-import-title = Importera enheter
units-export = Hämta alla enheter som CSV
units-import-file = Filen
units-import-choose = CSV-fil
units-import-hint = UTF-8 med semikolon eller komma. Kolumnen key måste finnas. Kolumner som saknas ändrar inget, tomma celler tar bort.
units-import-paste = Eller klistra in
units-import-try = Visa vad som skulle ändras
units-import-do = Genomför importen
units-import-report = Det här skulle ändras
units-import-created = nya
units-import-changed = ändrade
units-import-closed = stängda
units-import-same = som förut
units-import-line = Rad
units-import-column = Kolumn
units-import-fault = Vad som är fel
units-import-what = Händer
units-import-what-created = Ny
units-import-what-changed = Ändras
units-import-what-closed = Stängs
units-import-changes = Ändringar
units-import-more = Och { $count } rader till.
units-import-faults = 
    { $count ->
        [one] Ett fel i filen
       *[other] { $count } fel i filen
    }
units-import-nothing = Inget är ändrat. Rätta filen och försök igen.
csv-error-encoding = Filen är inte UTF-8. Felet börjar på rad { $line }. Spara den som ”CSV UTF-8” i kalkylprogrammet.
csv-error-unreadable = Rad { $line } går inte att läsa som CSV. Se efter om ett citattecken saknas.
csv-error-empty = Filen är tom.
csv-error-lines = Filen får ha högst { $most } rader.
csv-error-cells = Rad { $line } har { $cells } celler men rubrikraden { $columns }.
csv-error-column = Kolumnen ”{ $column }” är okänd. Kända kolumner: { $known }.
csv-error-column-twice = Kolumnen ”{ $column }” finns två gånger.
csv-error-no-key = Kolumnen key saknas. Den säger vilken enhet raden gäller.
csv-error-key = Använd bara a–z, 0–9 och bindestreck, högst 80 tecken.
csv-error-twice = Nyckeln finns redan på rad { $first }.
csv-error-kind = Sorten ”{ $value }” är okänd. Kända sorter: { $known }.
csv-error-organisation = Organisationen ”{ $value }” finns inte.
csv-error-right = Du får inte ändra den här organisationens enheter.
csv-error-number = ”{ $value }” är inget tal.
csv-error-half = Läget behöver två tal. Det här saknas.
csv-error-day = ”{ $value }” är inget datum. Skriv som 2026-12-31.
csv-error-hours = ”{ $value }” är ingen tid. Skriv som 10:00-18:00.
csv-error-plan = ”{ $value }” går inte att läsa. Skriv till exempel { $example }
csv-error-pair = Skriv ”{ $value }” som Namn: värde.
csv-error-feature = ”{ $value }” är okänt. Välj bland: { $known }.
csv-error-not-closed = Skriv också dagen då enheten stänger.

# Svar till program
api-error-number = Skriv ett heltal från { $least } till { $most }.
api-error-kind = Sorten ”{ $value }” är okänd.
api-error-category = Ämnet ”{ $value }” är okänt.
api-error-audience = Målgruppen ”{ $value }” är okänd.
api-error-organisation = Organisationen ”{ $value }” finns inte.
api-error-district = Stadsdelen ”{ $value }” finns inte.
api-error-unit = Enheten ”{ $value }” finns inte.
api-error-access = ”{ $value }” är ingen känd uppgift om tillgänglighet.
api-error-flag = Skriv true eller false.
api-error-near = Skriv latitud och longitud i Sverige, till exempel 57.7089,11.9746. Har talen bytt plats?
api-error-bbox = Skriv väster,söder,öster,norr i grader.
api-error-moment = ”{ $value }” är ingen tidpunkt. Skriv som 2026-03-03T12:00:00Z eller 2026-03-03.
