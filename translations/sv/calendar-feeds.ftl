# Kalendariet för andra program, och import till det.

event-ics-status = { $status }: { $name }
event-ics-register = Anmälan: { $url }
calendar-api-value = { $name } kan inte vara ”{ $value }”.
calendar-api-many = Högst { $most } värden åt gången.
calendar-api-number = Skriv ett helt tal från 1 till { $most }.
calendar-api-keyword-kinds = Skriv antingen kategorier eller målgrupper, inte båda.
calendar-api-circle = dwithin_origin (lon,lat) och dwithin_metres hör ihop: skriv båda.
calendar-api-days = days kan inte stå tillsammans med start eller end.
calendar-api-end-before-start = end ligger före start.

event-import-many = Filen har fler än { $most } evenemang. Dela upp den.
event-import-encoding = Filens tecken går inte att läsa. Spara den som UTF-8.
event-import-empty = Filen är tom. Första raden ska vara kolumnernas namn.
event-import-quotes = Ett citattecken slutar aldrig, så resten av filen går inte att läsa.
event-import-cells = Raden har { $cells } celler men bara { $columns } kolumner har namn.
event-import-twice = Nyckeln står redan på rad { $first }.
event-import-column = Kolumnen ”{ $column }” finns inte. De som finns: { $known }.
event-import-column-twice = Kolumnen står två gånger.
event-import-no-key = Kolumnen key saknas. Varje evenemang behöver en nyckel, så att samma fil kan skickas igen.
event-import-value = ”{ $value }” går inte att läsa. Skriv till exempel: { $known }.
event-import-half-position = Skriv både lat och lon, eller ingen av dem.
event-import-right = Du får inte ändra evenemang för den organisationen, eller inte publicera dem.
event-import-organisation = Organisationen ”{ $key }” finns inte. Ange en i filen eller välj en för hela importen.

event-import-title = Importera evenemang
event-import-organisation-file = Den som står i filen
event-import-category = Sort, när filen inte säger någon
event-import-state = Nya evenemang blir
event-import-faults =
    { $count ->
        [one] Ett fel i filen
       *[other] { $count } fel i filen
    }
event-import-nothing = Ingenting har ändrats. Rätta felen och prova igen.
event-import-line = Rad
event-import-column-heading = Kolumn
event-import-fault = Vad som är fel
event-import-report = Det här skulle hända
event-import-created = nya
event-import-changed = ändras
event-import-same = är redan så
event-import-past = är över och tas inte med
event-import-older = har ändrats här sedan filen gjordes och lämnas som de är
event-import-no-occasion = Evenemanget har ingen gång som börjar { $start } här. Ta bort den ur filen, eller hämta en ny fil ur kalendern.
event-import-note = Rad { $line }, { $property }:
event-import-do =
    { $count ->
        [one] Importera ett evenemang
       *[other] Importera { $count } evenemang
    }
event-import-what = Vad som händer
event-import-new = Nytt
event-import-other = Ändras
event-import-more = och { $count } till
event-import-nothing-new = Ingenting är nytt i filen.
event-import-file = Fil
event-import-choose = Välj en fil
event-import-hint = En kalender (.ics) eller en tabell (.csv). Först visas vad som skulle hända; ingenting ändras förrän du trycker på knappen.
event-import-paste = Eller klistra in texten
event-import-try = Prova
done-event-imported = Importen är gjord.
event-import-key = Nyckel
