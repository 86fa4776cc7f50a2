# När något återkommer: i ord, och vad som kan vara fel.

recurrence-and = { $first } och { $last }
recurrence-clock = kl. { $hours }
recurrence-from-to = { $start } till { $end }
recurrence-no-days = inga dagar
recurrence-times-between = { $count } gånger från { $first } till { $last }
recurrence-times =
    { $count ->
        [one] { $said }, en gång
       *[other] { $said }, { $count } gånger
    }
recurrence-until = { $said } till { $day }
recurrence-also = även { $days }
recurrence-also-count = även { $count } dagar till
recurrence-except = utom { $days }
recurrence-except-count = utom { $count } dagar
recurrence-off = inställt { $days }
recurrence-off-count = inställt { $count } dagar
recurrence-own = enligt ett eget mönster
recurrence-daily = varje dag
recurrence-daily-second = varannan dag
recurrence-daily-many = var { $nth } dag
recurrence-weekly = varje { $days }
recurrence-weekly-run = { $days } varje vecka
recurrence-weekly-second = varannan { $day }
recurrence-weekly-second-days = { $days } varannan vecka
recurrence-weekly-many = { $days } var { $nth } vecka
recurrence-monthly = { $days } varje månad
recurrence-of-month = { $days } i månaden
recurrence-monthly-second = { $days } varannan månad
recurrence-monthly-many = { $days } var { $nth } månad
recurrence-yearly = { $days } varje år
recurrence-yearly-second = { $days } vartannat år
recurrence-yearly-many = { $days } vart { $nth } år
recurrence-day-of-month = den { $days } { $month }
recurrence-in-months = { $said } i { $months }
recurrence-last-day = sista dagen
recurrence-date = { $day }
recurrence-dates = den { $days }
recurrence-nth = { $nth } { $day }
recurrence-nth-workday = { $nth } dagen { $days }
recurrence-nth-1 = första
recurrence-nth-2 = andra
recurrence-nth-3 = tredje
recurrence-nth-4 = fjärde
recurrence-nth-5 = femte
recurrence-nth-last = sista
recurrence-nth-last-but-one = näst sista
recurrence-the-mon = måndagen
recurrence-the-tue = tisdagen
recurrence-the-wed = onsdagen
recurrence-the-thu = torsdagen
recurrence-the-fri = fredagen
recurrence-the-sat = lördagen
recurrence-the-sun = söndagen
recurrence-counted-a = { $count }:a
recurrence-counted-e = { $count }:e

recurrence-zone = Tidszonen ”{ $zone }” finns inte. Skriv till exempel Europe/Stockholm.
recurrence-start = Starten måste ligga mellan år 1900 och 2199.
recurrence-long = Ett tillfälle kan vara högst { $days } dagar långt. Något som pågår längre är en plats och hör hemma bland enheterna.
recurrence-whole-days = Heldagar börjar vid midnatt och är ett helt antal dagar.
recurrence-many-dates = Högst { $most } enstaka dagar, undantag och ändringar av varje sort kan finnas.
recurrence-many-rules = Högst 16 regler kan finnas.
recurrence-text = ”{ $text }” är ingen regel som går att läsa.
recurrence-part = Delen { $part } av regeln stöds inte.
recurrence-too-often = { $frequency }: kalendern har ingenting som återkommer oftare än varje dag, och högst 48 tider om dagen.
recurrence-number = { $part } kan inte vara ”{ $value }”.
recurrence-misplaced = { $part } kan inte stå i en regel med { $frequency }.
recurrence-lonely-position = BYSETPOS behöver något att välja bland, till exempel BYDAY.
recurrence-count = Antalet gånger måste vara mellan 1 och { $most }.
recurrence-two-ends = En regel slutar efter ett antal gånger eller en viss dag, inte båda.
recurrence-ends-before-start = Regeln slutar före det första tillfället.
recurrence-never = Regeln ger ingen dag alls, som till exempel 30 februari.
recurrence-change = Ett enstaka eller flyttat tillfälle ligger utanför 1900–2199 eller är för långt.
recurrence-too-many = Det blir fler än { $most } tillfällen. Välj kortare tid.

# Kalenderfiler (iCalendar).
ical-file-large = Filen är större än { $most } MB. Dela upp den.
ical-no-calendar = Filen är ingen kalender: den saknar BEGIN:VCALENDAR.
ical-broken-line = Raden är ingen egenskap: ”{ $text }”. Den ska vara NAMN:värde.
ical-not-ended = { $name } börjar här men slutar aldrig.
ical-not-begun = { $name } slutar här utan att ha börjat.
ical-many-events = Filen har fler än { $most } evenemang. Dela upp den.
ical-many-lines = Evenemanget har fler än { $most } rader.
ical-long-text = Texten är längre än { $most } byte.
ical-missing = { $property } saknas.
ical-value = ”{ $value }” går inte att läsa.
ical-time = ”{ $value }” är ingen tid. Skriv 20260303T180000 eller 20260303.
ical-zone-unknown = Tidszonen ”{ $zone }” är okänd. Använd ett namn som Europe/Stockholm.
ical-end-kind = Slutet har ett annat slag än starten: båda ska vara dagar, eller båda tider.
ical-end-before-start = Slutet ligger före starten.
ical-exrule = EXRULE stöds inte. Skriv undantagen som dagar med EXDATE.
ical-range = Ändringen gäller detta tillfälle och alla senare. Dela serien i två i stället.
ical-period = Tillfällena har egna längder i filen; de får seriens längd.
ical-double = Evenemanget { $uid } står två gånger; det med högst SEQUENCE gäller.
