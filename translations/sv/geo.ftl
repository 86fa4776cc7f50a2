# Platser: det som människor skriver, och filer med kartdata.

geo-point-empty = Skriv en plats, till exempel 57,7089, 11,9746.
geo-point-unreadable = Det gick inte att läsa som en plats. Skriv latitud och longitud, till exempel 57,7089, 11,9746, eller SWEREF 99 TM, till exempel 6399348, 319440.
geo-point-range = Siffrorna är ingen plats på jorden. Minuter och sekunder ska vara mindre än 60, latitud högst 90 och longitud högst 180.
geo-point-swapped = Latitud och longitud har bytt plats. Menar du { $meant }?
geo-point-outside = Platsen { $point } ligger utanför Sverige.
geo-point-old-grid = Siffrorna är i RT 90, det gamla rikets nät. Räkna om dem till SWEREF 99 TM eller WGS 84.
geo-point-local-grid = Siffrorna är i en lokal zon av SWEREF 99. Skriv ”SWEREF 99 12 00” före dem, eller räkna om dem till SWEREF 99 TM.

geo-fault-unreadable = Går inte att läsa som en GeoJSON-feature: { $reason }
geo-fault-no-geometry = Saknar geometri och kan inte visas någonstans på kartan.
geo-fault-few-numbers = En position ska ha två tal: longitud och latitud.
geo-fault-few-points = För få punkter: en linje har minst två, en ring minst fyra där den sista är den första.
geo-fault-many-points = Fler än { $most } punkter. Förenkla formen.
geo-fault-swapped = Latitud står före longitud. GeoJSON vill ha longitud först.
geo-fault-outside = Platsen { $point } ligger utanför Sverige.
geo-fault-not-degrees = Talen är inte grader. De är kanske meter i SWEREF 99: spara filen i WGS 84.
geo-fault-unclosed = Ringen är inte sluten: sista punkten ska vara densamma som den första.
geo-fault-self-crossing = Ringen korsar sig själv.
geo-fault-hole-outside = Hålet ligger utanför sin yta.
geo-fault-rings-cross = Två ringar korsar varandra.
geo-fault-parts-overlap = Ytans delar ligger över varandra.
geo-fault-nested = En samling geometrier som är tom eller innehåller en annan samling.

geo-file-large = Filen är större än { $most } MB.
geo-file-not-json = Filen är inte JSON: rad { $line }, kolumn { $column }: { $reason }
geo-file-not-geojson = Filen är JSON men inte GeoJSON. Den ska vara en FeatureCollection eller en Feature.
geo-file-system = Filen säger att den är i referenssystemet { $name }. GeoJSON ska vara i WGS 84: spara om den.
geo-file-features = Filen har fler än { $most } objekt.
geo-file-points = Filen har fler än { $most } punkter. Förenkla formerna.
geo-file-empty = Filen har inga objekt.
