# Stadens kalender över dagar: helgdagar, aftnar, skollov och stadens egna dagar.

almanac-new-years-day = nyårsdagen
almanac-twelfth-night = trettondagsafton
almanac-epiphany = trettondedag jul
almanac-maundy-thursday = skärtorsdagen
almanac-good-friday = långfredagen
almanac-easter-eve = påskafton
almanac-easter-day = påskdagen
almanac-easter-monday = annandag påsk
almanac-walpurgis-eve = valborgsmässoafton
almanac-may-day = första maj
almanac-ascension-day = Kristi himmelsfärdsdag
almanac-pentecost-eve = pingstafton
almanac-pentecost = pingstdagen
almanac-national-day = nationaldagen
almanac-midsummer-eve = midsommarafton
almanac-midsummer-day = midsommardagen
almanac-all-saints-eve = allhelgonaafton
almanac-all-saints-day = alla helgons dag
almanac-christmas-eve = julafton
almanac-christmas-day = juldagen
almanac-boxing-day = annandag jul
almanac-new-years-eve = nyårsafton
almanac-bridge-day = klämdag
almanac-sport-break = sportlov
almanac-easter-break = påsklov
almanac-summer-break = sommarlov
almanac-autumn-break = höstlov
almanac-christmas-break = jullov

almanac-title = Dagar och lov
almanac-intro = Helgdagar, aftnar och klämdagar räknas ut för varje år. Här bestämmer du skolloven och stadens egna dagar. Öppettider, evenemang och filter följer det du skriver.
almanac-years = Andra år
almanac-own = Lov och egna dagar { $year }
almanac-own-empty = Inga lov eller egna dagar är inlagda för { $year } än. Lägg till det första här nedanför.
almanac-own-missing = Det saknas lov för { $year }: { $names }.
almanac-days = Helgdagar, aftnar och klämdagar { $year }
almanac-column-day = Dag
almanac-column-name = Namn
almanac-column-kind = Slag
almanac-kind-holiday = Helgdag
almanac-kind-eve = Afton
almanac-kind-bridge = Klämdag
almanac-kind-break = Skollov
almanac-kind-own = Egen dag
almanac-add = Lägg till lov eller egen dag
almanac-edit-title = Ändra { $name }
almanac-what = Vad är det?
almanac-what-other-break = Ett annat lov
almanac-what-own = En egen dag
almanac-name-sv = Namn
almanac-name-hint = Behövs bara för ett annat lov eller en egen dag, till exempel Kulturnatta.
almanac-name-en = Namn på engelska
almanac-key = Kortnamn
almanac-key-hint = Samma varje år, så att öppettider hittar dagen. Små bokstäver a–z, siffror och understreck, till exempel kulturnatta.
almanac-first = Första dag
almanac-last = Sista dag
almanac-last-hint = Tomt betyder samma dag.
almanac-save = Spara
almanac-remove = Ta bort
almanac-remove-hint = Öppettider som nämner dagen gäller då som om den inte fanns.
almanac-log = Historik
almanac-unused = Används inte av någon enhets öppettider.
almanac-used = { $count ->
    [one] Används i en enhets öppettider.
   *[other] Används i { $count } enheters öppettider.
}

almanac-error-key = Kortnamnet får bara ha små bokstäver a–z, siffror och understreck, och ska börja med en bokstav.
almanac-error-key-taken = Kortnamnet är redan namn på något annat. Välj ett annat.
almanac-error-long = Texten är för lång. Skriv högst { $limit } tecken.
almanac-error-year = Året måste ligga mellan 2005 och 2200.
almanac-error-date = Skriv dagen som 2026-10-26.
almanac-error-backwards = Sista dagen ligger före den första.
almanac-error-days = Det är för många dagar. Högst { $limit } dagar går bra.
almanac-error-overlap = De här dagarna ligger över ett lov eller en dag med samma kortnamn. Ändra den i stället.
almanac-error-what = Välj vad det är.
almanac-import-unreadable = Filen gick inte att läsa som JSON: { $detail }
almanac-import-field = Post { $item }, fältet { $field }: { $detail }

done-almanac-saved = Sparat. Öppettider som följer kalendern är uppdaterade.
done-almanac-removed = Borttaget. Du kan lägga till det igen.
