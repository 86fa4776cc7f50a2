# Öppettider: vad som sägs om dem, formuläret, ändring av många enheter och varningar.

hours-self-service-now = Bara självservice nu
hours-self-service-always = Självservice dygnet runt
hours-self-service-until = Bara självservice till { $time }
hours-self-service-today = Självservice i dag från kl. { $time }
hours-self-service-tomorrow = Självservice i morgon från kl. { $time }
hours-self-service-day = Självservice { $day } från kl. { $time }
hours-appointment-now = Bara bokade besök
hours-appointment-until = Bara bokade besök till { $time }
hours-appointment-today = Bokade besök i dag från kl. { $time }
hours-appointment-tomorrow = Bokade besök i morgon från kl. { $time }
hours-appointment-day = Bokade besök { $day } från kl. { $time }
hours-phone-now = Bara telefon nu
hours-phone-always = Telefon dygnet runt
hours-phone-until = Bara telefon till { $time }
hours-phone-today = Telefon i dag från kl. { $time }
hours-phone-tomorrow = Telefon i morgon från kl. { $time }
hours-phone-day = Telefon { $day } från kl. { $time }
hours-then-open = { $said }, sedan öppet med personal
hours-then-self-service = { $said }, sedan självservice
hours-then-appointment = { $said }, sedan bokade besök
hours-then-phone = { $said }, sedan telefon
hours-span-self-service = { $hours } självservice
hours-span-appointment = { $hours } bokade besök
hours-span-phone = { $hours } telefon
hours-osm-self-service = självservice
hours-osm-appointment = bokade besök

hours-when-the-day = { $day }en
hours-when-first = första { $day } i månaden
hours-when-second = andra { $day } i månaden
hours-when-third = tredje { $day } i månaden
hours-when-fourth = fjärde { $day } i månaden
hours-when-fifth = femte { $day } i månaden
hours-when-last = sista { $day } i månaden
hours-when-odd = { $day } udda veckor
hours-when-even = { $day } jämna veckor

hours-plan-usual = Ordinarie tider
hours-plan-period = { $name }, { $when }
hours-plan-from = från { $date } och tills vidare
hours-plan-yearly = { $from }–{ $to } varje år
hours-plan-break = { $name }, { $dates }
hours-plan-days = Helgdagar och andra särskilda dagar
hours-plan-exceptions = Enstaka dagar
hours-on-holidays = alla helgdagar
hours-on-eves = alla aftnar
hours-on-bridge-days = klämdagar
hours-as-usual = som vanligt
hours-closes-by = som vanligt, men senast till kl. { $time }

unit-error-hours-night = Dagen innan håller öppet förbi midnatt, in i de här tiderna. Ändra den ena.
unit-error-hours-backwards = Slutet ligger före början.
unit-error-hours-long = Det är för många dagar på en gång. Gör en period i stället.
unit-error-hours-usual-spans = Skriv antingen tider eller som vanligt, inte båda.
unit-error-hours-note = Texten är för lång. Skriv högst 300 tecken.
unit-error-hours-break = Välj ett lov.
unit-error-hours-periods = Perioden ligger över en annan. Ändra den enas dagar.
unit-error-hours-day-twice = Dagen står två gånger. Ta bort den ena.
unit-error-hours-turn-days = Bocka för minst en veckodag.
unit-error-hours-turn-twice = Samma veckor står två gånger för samma veckodag. Ta bort den ena.

# Formuläret för en enhets öppettider.
hours-cell-closed = stängt
hours-cell-usual = som vanligt
hours-cell-until = till { $time }
hours-edit-title = Öppettider för { $name }
hours-edit-to-facts = Kontakt och adress
hours-edit-open = Öppettider
hours-edit-place = { $row }, { $field }
hours-edit-go = Vad vill du ändra?
hours-edit-go-week = Tiderna en vanlig vecka
hours-edit-go-days = En eller några bestämda dagar
hours-edit-go-rules = Jul, påsk och andra helger
hours-edit-go-periods = Sommaren, ett lov eller nya tider från ett datum
hours-edit-go-turns = Bara vissa veckor, som jämna veckor eller första tisdagen i månaden
hours-edit-clocks = När klockan ställs om
hours-clock-gone = Natten till { $date } ställs klockan fram en timme, så kl. { $times } finns inte. Det räknas som kl. { $after }.
hours-clock-twice = Natten till { $date } ställs klockan tillbaka en timme, så kl. { $times } kommer två gånger. Den första gången räknas.
hours-clock-shorter = Natten till { $date } ställs klockan fram. Tiden som står blir en timme kortare än andra nätter.
hours-clock-longer = Natten till { $date } ställs klockan tillbaka. Tiden som står blir en timme längre än andra nätter.
hours-edit-week = Vanlig vecka
hours-edit-how = Skriv tiden som 10–18. Är det stängt mitt på dagen: 10–12 och 13–16. Öppet efter midnatt: 22–02. Lämna dagen tom när det är stängt.
hours-edit-how-states = Är det inte vanligt öppet skriver du det efter tiden: 18–22 självservice, 9–11 bokade besök, 16–18 telefon.
hours-edit-hours = Tider
hours-edit-choose = Välj
hours-edit-weekdays = Veckodagar
hours-edit-rules = Jul, påsk och andra helger
hours-edit-rules-hint = Gäller varje år, du behöver inte skriva några datum. Skriv stängt, 10–14, till 13 eller som vanligt. Har du skrivit både julafton och alla aftnar gäller det som står vid julafton.
hours-edit-rule-row = Helgdag eller afton { $number }
hours-edit-rule-add = Lägg till helgdag eller afton
hours-edit-on = Vilken dag?
hours-edit-days = Bestämda dagar
hours-edit-days-hint = Till exempel en städdag. Skriv stängt, 10–14 eller som vanligt. De här dagarna går före allt annat.
hours-edit-day-row = Bestämd dag { $number }
hours-edit-day-add = Lägg till en dag
hours-edit-date = Datum
hours-edit-to = Till och med
hours-edit-to-hint = Lämna tomt när det bara är en dag.
hours-edit-periods = Sommaren, lov och andra perioder
hours-edit-periods-hint = Under perioden gäller veckan som du skriver här i stället för den vanliga. Använd det också när ni får nya tider från ett visst datum.
hours-edit-period-row = Period { $number }
hours-edit-period-add = Lägg till en period
hours-edit-kind = När är perioden?
hours-edit-kind-dates = Från ett datum till ett datum
hours-edit-kind-yearly = Samma dagar varje år
hours-edit-first = Första dag
hours-edit-first-hint = Skriv 2026-06-01. Ska det vara samma dagar varje år: 06-01. För ett lov lämnar du tomt: lovens dagar står i stadens kalender.
hours-edit-last = Sista dag
hours-edit-last-hint = Lämna tomt när perioden inte har något slut.
hours-edit-name-sv = Namn
hours-edit-name-en = Namn på engelska
hours-edit-turns = Bara vissa veckor
hours-edit-turns-hint = Till exempel första tisdagen i månaden eller jämna veckor. De tiderna gäller i stället för den vanliga veckans. Tomt betyder stängt.
hours-edit-turns-inner-hint = Till exempel jämna veckor under sommaren. De tiderna gäller i stället för periodens vecka. Tomt betyder stängt.
hours-edit-turn-row = Vissa veckor { $number }
hours-edit-turn-add = Lägg till vissa veckor
hours-edit-when = Vilka veckor?
hours-edit-when-first = Första gången i månaden
hours-edit-when-second = Andra gången i månaden
hours-edit-when-third = Tredje gången i månaden
hours-edit-when-fourth = Fjärde gången i månaden
hours-edit-when-fifth = Femte gången i månaden
hours-edit-when-last = Sista gången i månaden
hours-edit-when-odd = Udda veckor
hours-edit-when-even = Jämna veckor
hours-edit-note = Mer om öppettiderna
hours-edit-note-sv = Kommentar som visas för besökare
hours-edit-note-en = Kommentar på engelska
hours-edit-save = Spara öppettiderna
hours-edit-preview = Visa hur det blir
hours-edit-preview-title = Så här blir det
hours-edit-preview-hint = Inget är sparat än.
hours-edit-coming = De närmaste dagarna
hours-edit-silent = Inget är sagt om de här dagarna, så de visas som vanligt öppna:
hours-edit-silent-do = Skriv vad som gäller under

hours-error-cell = Skriv tiden som 10–18. Flera tider skiljs med komma, som 10–12, 13–16. Tomt betyder stängt.
hours-error-rule = Skriv stängt, tider som 10–14, till 13 eller som vanligt.
hours-error-day = Skriv stängt, tider som 10–14 eller som vanligt.
hours-error-date = Skriv datumet som 2026-12-23.
hours-error-yearly = Skriv dagen som 06-01 för 1 juni.
hours-error-when = Välj vilka veckor det gäller.
hours-error-on = Välj en dag.
hours-error-kind = Välj när perioden är.

done-hours-saved = Öppettiderna är sparade. Alla sidor som visar dem är uppdaterade.

# Ändra många enheters öppettider, och dagar som ingen har tänkt på.
hours-bulk-title = Ändra många enheters öppettider
hours-bulk-intro = Till exempel: alla bibliotek stänger kl. 15 den 23 december. Du ser först vad som ändras för varje enhet. Ingenting sparas förrän du säger ja.
hours-bulk-which = Vilka enheter?
hours-bulk-kind = Sort
hours-bulk-all-kinds = Alla sorter
hours-bulk-organisation = Organisation
hours-bulk-all-organisations = Alla organisationer
hours-bulk-words = Ord i namnet
hours-bulk-silent = Bara enheter som inget har sagt om den första dagen
hours-bulk-when = Vilka dagar?
hours-bulk-what = Vad gäller?
hours-bulk-what-hint = Skriv till 15, stängt, 10–14 eller som vanligt.
hours-bulk-note-sv = Varför? Visas för besökare
hours-bulk-note-en = Varför, på engelska
hours-bulk-preview = Visa vad som ändras
hours-bulk-found = { $count ->
    [one] En enhet ändras
   *[other] { $count } enheter ändras
}
hours-bulk-found-hint = Ta bort bocken för enheter som inte ska ändras. Allt sparas på en gång och går att ångra.
hours-bulk-unchanged = { $count ->
    [one] En enhet till valdes, men har redan de tiderna eller är stängd då.
   *[other] { $count } enheter till valdes, men har redan de tiderna eller är stängda då.
}
hours-bulk-nothing = Ingen enhet skulle ändras. Välj andra enheter, dagar eller tider.
hours-bulk-before = Förut
hours-bulk-after = Nu
hours-bulk-more = { $count ->
    [one] och en dag till
   *[other] och { $count } dagar till
}
hours-bulk-own = Enhetens öppettider
hours-bulk-save = Ändra enheterna
hours-bulk-earlier = Tidigare ändringar
hours-bulk-earlier-none = Ingen har ändrat flera enheter på en gång än.
hours-bulk-made = { $count ->
    [one] En enhet, { $made }
   *[other] { $count } enheter, { $made }
}
hours-bulk-ended = Återtagen { $date }
hours-bulk-undo = Ångra
hours-bulk-end = Avsluta från och med i dag
hours-bulk-long = Det är för många dagar på en gång. Högst 100 dagar går bra.
hours-bulk-none = Bocka för minst en enhet.
hours-bulk-version = En av enheterna ändrades nyss. Nu ser du den som den är. Titta igenom listan och spara igen.
hours-bulk-refused = { $name } kan inte få de tiderna. Ändra den för sig och ta bort bocken här.

hours-missing-title = Helgdagar utan besked
hours-missing-intro = De här enheterna har inte sagt något om en helgdag eller afton de närmaste 60 dagarna. De visas som vanligt öppna.
hours-missing-none = Alla enheter har sagt vad som gäller de närmaste 60 dagarna.
hours-missing-units = { $count ->
    [one] En enhet visas som öppen.
   *[other] { $count } enheter visas som öppna.
}
hours-missing-all = Skriv vad som gäller för dem
hours-missing-unknown = { $count ->
    [one] En enhet har inga öppettider alls
   *[other] { $count } enheter har inga öppettider alls
}
hours-waiting = Enheter utan besked om en helgdag

done-hours-bulk = Enheterna är ändrade. Du kan ångra här nedanför.
done-hours-undone = Ändringen är återtagen. Det som gällde förut gäller igen.
