# Kartan, mitt område, stadens egna lager och adresser, och samma sak för andra program.

map-title = Karta
map-lede = Se var stadens verksamheter finns, vad som händer och hur staden är indelad. Listan bredvid kartan säger samma sak.
map-label = Karta över staden
map-search = Sök plats, adress eller verksamhet
map-find = Sök
map-clear = Rensa sökningen
map-places = Adresser
map-near = Vad finns nära?
map-layers = Lager på kartan
map-group-units = Platser och service
map-group-events = Det som händer
map-group-areas = Områden
map-no-layers = Välj minst ett lager att visa.
map-none = Inget här passar. Flytta kartan, välj fler lager eller sök på något annat.
map-count =
    { $count ->
        [one] 1 plats
       *[other] { $count } platser
    }
map-within = Listan visar det som syns på kartan.
map-whole = Visa hela staden
map-selection = Bara de händelser som du har valt i kalendariet.
map-selection-list = Visa dem som lista
map-selection-all = Visa alla händelser
map-show = Visa { $name } på kartan
map-picture =
    { $count ->
        [0] Karta utan platser
        [one] Karta med en plats, som står i listan
       *[other] Karta med { $count } numrerade platser, som står i listan
    }
map-steps = Flytta kartan
map-nearer = Zooma in
map-farther = Zooma ut
map-north = Norrut
map-south = Söderut
map-west = Västerut
map-east = Österut
map-gesture = Håll ned Ctrl och rulla för att zooma
map-gesture-mac = Håll ned ⌘ och rulla för att zooma
map-fingers = Använd två fingrar för att flytta kartan
map-here = Visa min plats
map-here-wrong = Det gick inte att hitta din plats. Sök på en adress i stället.
map-data = Kartans data
map-open = Öppna kartan hos { $city }
map-demo = Påhittade exempel
map-embed-title = Bädda in kartan
map-embed-lede = Visa den här kartan på en annan webbplats, med de lager och det utsnitt som du har valt.
map-embed-anybody = Alla webbplatser får visa kartan.
map-embed-some = De här webbplatserna får visa kartan:
map-embed-code = Kod att kopiera
map-embed-how = Klistra in koden där kartan ska synas. Kartan sparar inget om den som besöker sidan.
map-embed-see = Se hur den ser ut

area-title = Mitt område
area-lede = Skriv din adress och se vad som finns och händer nära dig.
area-field = Adress
area-field-hint = Till exempel Södra vägen 12
area-field-hint-point = Latitud och longitud, till exempel 57,7089, 11,9746
area-go = Visa
area-private = Adressen sparas inte.
area-unknown = Adressen ”{ $text }” finns inte i registret.
area-choose = Vilken adress menar du?
area-alike = Menar du någon av de här?
area-no-district = Platsen ligger utanför stadens områden.
area-units = Närmast dig
area-no-units = Det finns inga platser att visa.
area-events = Händer i området
area-news = Nytt om området
area-until = Pågår till { $day }
area-map = Öppna kartan här
area-picture = Karta över { $place } och det som ligger närmast

map-desk-title = Kartan
map-desk-import = Läs in ett lager
map-desk-addresses = Läs in adresser
map-desk-see = Se kartan
map-desk-register = Adressregistret har { $count } adresser.
map-desk-no-register = Det finns inget adressregister. Utan det går det inte att söka på adresser.
map-desk-none = Inga lager är inlästa. Läs in stadens områden från en GeoJSON-fil.
map-desk-layers = Inlästa lager
map-desk-name = Namn
map-desk-key = Nyckel
map-desk-features = Objekt
map-desk-organisation = Ansvarig
map-desk-districts = Stadens områden
map-desk-do = Gör
map-desk-yes = Ja
map-desk-no = Nej
map-desk-replace = Byt innehåll
map-desk-remove = Ta bort
done-map-removed = Lagret är borttaget.

map-import-title = Läs in ett lager
map-import-addresses = Läs in adresser
map-import-lede = Filen ersätter allt som lagret innehåller. Är något fel i filen läses ingenting in.
map-import-addresses-lede = Filen ersätter hela adressregistret. Är något fel i filen läses ingenting in.
map-import-file = Fil
map-import-file-hint = GeoJSON i WGS 84, högst 32 MB.
map-import-addresses-hint = CSV med rubrikerna street, number, letter, postcode, city, lat och lon, eller GeoJSON med punkter.
map-import-layer = Lagrets nyckel
map-import-layer-hint = Står i adresser. Små bokstäver, siffror och bindestreck, till exempel stadsomraden.
map-import-name-sv = Namn på svenska
map-import-name-hint = Behövs för ett nytt lager.
map-import-name-en = Namn på engelska
map-import-name-from = Egenskap som namnger objekten
map-import-name-from-hint = Till exempel namn. Lämnas den tom letar vi själva.
map-import-attribution = Källa
map-import-attribution-hint = Visas på kartan, till exempel © Lantmäteriet.
map-import-organisation = Ansvarig
map-import-districts = Lagret är en indelning av staden (visas på Mitt område)
map-import-shown = Visas på kartan från början
map-import-check = Kontrollera filen
map-import-do = Läs in
map-report-would = Så här skulle det bli
map-report-done = Filen är inläst
map-report-again = Ingenting är ändrat. Välj filen igen och tryck på Läs in.
map-report-faults = Filen kan inte läsas in
map-report-nothing = Ingenting är ändrat. Rätta felen och försök igen.
map-report-added =
    { $count ->
        [one] 1 nytt objekt
       *[other] { $count } nya objekt
    }
map-report-changed =
    { $count ->
        [one] 1 ändrat objekt
       *[other] { $count } ändrade objekt
    }
map-report-unchanged =
    { $count ->
        [one] 1 objekt som förut
       *[other] { $count } objekt som förut
    }
map-report-removed =
    { $count ->
        [one] 1 borttaget objekt
       *[other] { $count } borttagna objekt
    }
map-report-name-from = Namnen kommer från egenskapen ”{ $property }”.

map-error-version = Någon annan ändrade lagret samtidigt. Försök igen.
map-error-layer-key = Nyckeln ska ha 1–60 tecken: små bokstäver a–z, siffror, bindestreck och understreck.
map-error-layer-name = Skriv ett namn på svenska för lagret.
map-error-layer-owner = Lagret tillhör en annan organisation.
map-error-organisation = Det finns ingen organisation med nyckeln ”{ $key }”.
map-error-owner = Välj vem som ansvarar.
map-error-file = Välj en fil.
map-error-no-name = Saknar namn: egenskapen ”{ $property }” är tom eller finns inte.
map-error-long-name = Namnet har fler än { $most } tecken.
map-error-long-properties = Egenskaperna har fler än { $most } tecken.
map-error-id-twice = Två objekt har samma id, ”{ $id }”.
map-error-more =
    { $count ->
        [one] Och ett fel till.
       *[other] Och { $count } fel till.
    }
map-error-columns = Filen behöver rubrikerna street, number, lat och lon (eller address i stället för street och number).
map-error-no-addresses = Filen har inga adresser.
map-error-many-addresses = Filen har fler än { $most } adresser.
map-error-street = Saknar gata, eller så är namnet längre än 100 tecken.
map-error-number = ”{ $number }” är inget gatunummer.
map-error-postcode = Ett postnummer har fem siffror och en bokstav efter numret är högst fyra tecken.
map-error-address-twice = Adressen { $address } står två gånger.
map-error-not-a-point = En adress ska vara en punkt.

ogc-title = Kartans data
ogc-about = Stadens platser, händelser och områden för andra program, enligt OGC API Features. Alla får använda dem.
ogc-api = Beskrivning av API:et
ogc-api-about = Alla frågor som går att ställa, som OpenAPI 3.0.
ogc-conformance = Standarder
ogc-conformance-about = De delar av standarden som följs.
ogc-collections = Samlingar
ogc-collections-about = Varje lager på kartan är en samling.
ogc-items = Alla objekt
ogc-links = Andra former
ogc-before = Föregående
ogc-next = Nästa
ogc-count =
    { $count ->
        [one] 1 objekt
       *[other] { $count } objekt
    }
ogc-bbox = Bara det som ligger i rektangeln väst, syd, öst, nord, i grader.
ogc-limit = Så många objekt i ett svar.
ogc-datetime = Bara det som finns vid en tidpunkt eller under en tid, till exempel 2026-11-16/2026-11-22.
ogc-offset = Så många objekt hoppas över.
ogc-f = Svarets form.
ogc-error-any = Frågan kan inte besvaras.
ogc-error-not-found = Det finns inget här.
ogc-error-form = Svaret finns som JSON och HTML.
ogc-error-unknown = Parametern finns inte.
ogc-error-twice = Parametern får stå en gång.
ogc-error-f = Ska vara json eller html.
ogc-error-bbox = Ska vara fyra tal: väst, syd, öst, nord.
ogc-error-bbox-range = Ska vara grader: longitud högst 180 och latitud högst 90.
ogc-error-bbox-upside-down = Syd ligger norr om nord.
ogc-error-number = Ska vara ett helt tal.
ogc-error-datetime = Ska vara en tidpunkt som 2026-11-16T12:00:00Z, en dag som 2026-11-16, eller två med / emellan.
