# Kvalitet och skötsel av sidor
desk-care = Skötsel
done-care-right = Klart. Sidan är märkt som granskad i dag.
done-care-reviewer = Sparat. Granskaren ser sidan i sin lista när det är dags.
done-care-settled = Sparat. Alla sidor gås igenom på nytt inom några minuter.
log-kind-page-reviewed = Sidan granskades och är fortfarande rätt
log-kind-page-reviewer-set = Sidan fick en ny granskare
log-kind-page-published-despite = Sidan publicerades trots hinder
log-field-reviewer = Granskare
log-field-reason = Skäl
log-field-rules = Regler

# Delen om kvalitet
quality-title = Kvalitet: { $title }
quality-heading = Så står sig texten
quality-draft = Det här gäller utkastet, inte den publicerade texten.
quality-verdict-must =
    { $count ->
        [one] 1 sak måste rättas innan texten kan publiceras.
       *[other] { $count } saker måste rättas innan texten kan publiceras.
    }
quality-verdict-should =
    { $count ->
        [one] Texten kan publiceras. 1 sak bör rättas.
       *[other] Texten kan publiceras. { $count } saker bör rättas.
    }
quality-verdict-hint =
    { $count ->
        [one] Texten är bra. Det finns 1 tips.
       *[other] Texten är bra. Det finns { $count } tips.
    }
quality-verdict-good = Texten är bra. Inget behöver rättas.
quality-weight-must = Måste
quality-weight-should = Bör
quality-weight-hint = Tips
quality-weight-off = Av
quality-more =
    { $count ->
        [one] Och 1 till.
       *[other] Och { $count } till.
    }
quality-figure-lix = LIX
quality-figure-lix-most = högst { $most }
quality-figure-lix-short = för kort text
quality-figure-minutes = Lästid
quality-minutes =
    { $count ->
        [one] 1 minut
       *[other] { $count } minuter
    }
quality-figure-words = Ord
quality-figure-headings = Rubriker
quality-figure-links = Länkar
quality-figure-pictures = Bilder
quality-figure-kilobytes = { $kilobytes } kB
quality-hardest = Det här gör texten tung
quality-hardest-about = Långa meningar och långa ord höjer LIX. Dela meningarna och byt de markerade orden där det går.
quality-sentence-note = { $words } ord, { $long } långa
quality-longest = Långa ord som kommer ofta
quality-times =
    { $count ->
        [one] 1 gång
       *[other] { $count } gånger
    }
quality-links = Länkar till andra webbplatser
quality-links-off = De här länkarna provas inte automatiskt. Webbstrategerna kan slå på det.
quality-tried-dead = Svarade inte { $date }.
quality-link-seen = Fanns senast { $date }.
quality-link-there = Fungerade { $date }.
quality-link-closed = Svarar inte på frågor från program, så vi vet inte. Provad { $date }.
quality-link-refused = Går inte att prova härifrån. Kontrollera den själv.
quality-link-silent = Svarade inte { $date }, men kan ha haft ett tillfälligt fel. Vi provar igen.
quality-link-untried = Inte provad än.

# Regler
quality-title-missing-name = Sidan har en rubrik
quality-title-missing = Sidan saknar rubrik.
quality-title-missing-why = Rubriken syns i sökresultat, flikar och listor. Utan den vet ingen vad sidan handlar om.
quality-title-long-name = Rubriken är lagom lång
quality-title-long = Rubriken har { $length } tecken. Högst { $most } får plats i listor och sökresultat.
quality-title-long-why = En lång rubrik kapas. Börja med det viktigaste ordet och stryk resten.
quality-title-same-name = Rubriken finns bara en gång
quality-title-same = Sidan { $address } har samma rubrik.
quality-title-same-why = I en träfflista går två sidor med samma rubrik inte att skilja åt. Skriv vad som skiljer dem.
quality-description-missing-name = Sidan har en ingress
quality-description-missing = Sidan saknar ingress.
quality-description-missing-why = Ingressen visas i sökresultat och listor. Skriv en eller två meningar om vad man kan göra här.
quality-description-long-name = Ingressen är lagom lång
quality-description-long = Ingressen har { $length } tecken. Högst { $most } är bra.
quality-description-long-why = Sökmotorer kapar långa ingresser. Säg det viktigaste först.
quality-description-same-name = Ingressen finns bara en gång
quality-description-same = Sidan { $address } har samma ingress.
quality-description-same-why = Samma ingress på flera sidor gör det svårt att välja rätt i en träfflista.
quality-lix-name = Texten är lätt att läsa
quality-lix = LIX är { $lix }. Det ska vara högst { $most }.
quality-lix-why = LIX mäter hur långa meningarna är och hur många ord som har mer än sex bokstäver. Under 40 är lättläst för de flesta. Dela meningar och välj korta ord.
quality-sentence-long-name = Meningarna är lagom långa
quality-sentence-long = { $words } ord i en mening: { $excerpt }
quality-sentence-long-why = Den som läser långsamt eller lyssnar tappar tråden. Sätt punkt oftare.
quality-plain-word-name = Orden är vanliga
quality-plain-word = Skriv hellre ”{ $suggestion }” än ”{ $excerpt }”.
quality-plain-word-why = Vanliga ord når fler. Förslaget passar inte alltid, så läs meningen en gång till.
quality-paragraph-long-name = Styckena är lagom långa
quality-paragraph-long = { $words } ord i ett stycke: { $excerpt }
quality-paragraph-long-why = Ett långt stycke är svårt att överblicka, mest på mobil. En tanke i varje stycke räcker.
quality-all-caps-name = Inga ord i versaler
quality-all-caps = Skriv med vanliga bokstäver: { $excerpt }
quality-all-caps-why = Ord i versaler är svåra att läsa, och vissa skärmläsare läser dem bokstav för bokstav.
quality-reading-long-name = Sidan är lagom lång
quality-reading-long = Det tar { $minutes } minuter att läsa sidan. Högst { $most } är bra.
quality-reading-long-why = Få läser en lång sida till slut. Dela den, eller lyft fram det viktigaste.
quality-heading-order-name = Rubrikerna kommer i ordning
quality-heading-order = Rubriken är på nivå { $level } men kommer efter nivå { $before }: { $excerpt }
quality-heading-order-why = Den som hör sidan hoppar mellan rubriker. En nivå som saknas låter som något som fattas.
quality-heading-empty-name = Rubrikerna har ord
quality-heading-empty = En rubrik är tom.
quality-heading-empty-why = En tom rubrik läses upp som rubrik utan ord. Skriv något eller ta bort den.
quality-heading-long-name = Rubrikerna är korta
quality-heading-long = Rubriken har { $length } tecken, högst { $most } är bra: { $excerpt }
quality-heading-long-why = En rubrik ska gå att läsa med en blick.
quality-heading-none-name = Lång text har rubriker
quality-heading-none = { $words } ord och ingen rubrik. Över { $most } ord behövs rubriker.
quality-heading-none-why = De flesta letar och läser inte allt. Mellanrubriker visar var svaret finns.
quality-heading-fake-name = Rubriker är riktiga rubriker
quality-heading-fake = Ett stycke i fetstil ser ut som en rubrik: { $excerpt }
quality-heading-fake-why = Skärmläsare och innehållslistan ser bara riktiga rubriker. Gör stycket till en rubrik.
quality-alt-missing-name = Bilder har alternativtext
quality-alt-missing = En bild saknar alternativtext.
quality-alt-missing-why = Den som inte ser bilden får inte veta vad den visar. Skriv det i en mening, eller märk bilden som dekoration.
quality-alt-language-name = Alternativtexten är på sidans språk
quality-alt-language = En bild har bara alternativtext på ett annat språk.
quality-alt-language-why = Texten läses upp med fel uttal, eller inte alls. Lägg till den på sidans språk.
quality-alt-poor-name = Alternativtexten hjälper
quality-alt-poor = Alternativtexten säger inte vad bilden visar: { $excerpt }
quality-alt-poor-why = Filnamn, ”bild på” och samma ord som bildtexten hjälper ingen. Skriv vad som är viktigt i bilden, kort.
quality-video-text-name = Filmer har text
quality-video-text = Filmen saknar en text om vad den visar och säger: { $excerpt }
quality-video-text-why = Den som inte ser eller hör filmen behöver samma innehåll som text.
quality-link-empty-name = Länkar har ord
quality-link-empty = En länk saknar ord.
quality-link-empty-why = En länk utan ord går inte att se eller höra. Skriv vart den leder.
quality-link-words-name = Länkar säger vart de leder
quality-link-words = ”{ $excerpt }” säger inte vart länken leder.
quality-link-words-why = Den som hoppar mellan länkar hör bara länkens egna ord. Skriv vad man får, till exempel ”Ansök om bygglov”.
quality-link-bare-name = Länkar är ord och inte adresser
quality-link-bare = Länken är en adress: { $excerpt }
quality-link-bare-why = En adress läses upp tecken för tecken. Skriv vad sidan heter eller vad man gör där.
quality-link-same-name = Samma länkord leder till samma ställe
quality-link-same = Orden ”{ $excerpt }” leder till olika ställen.
quality-link-same-why = Två länkar med samma ord går inte att skilja åt. Skriv vad som skiljer dem.
quality-link-broken-name = Länkar inom webbplatsen leder någonstans
quality-link-broken = Länken ”{ $excerpt }” leder ingenstans. { $to }
quality-link-broken-why = Sidan är borta, avpublicerad eller inte publicerad än. Välj en annan sida eller ta bort länken.
quality-link-dead-name = Länkar till andra fungerar
quality-link-dead = ”{ $excerpt }” svarade inte { $seen }: { $to }
quality-link-dead-why = Sidan kan ha flyttat. Öppna länken, rätta den eller ta bort den.
quality-anchor-same-name = Platser har egna namn
quality-anchor-same = Namnet finns två gånger: { $excerpt }
quality-anchor-same-why = En länk till platsen hamnar alltid på den första.
quality-table-header-name = Tabeller har rubrikrad
quality-table-header = En tabell saknar ord i rubrikraden. { $excerpt }
quality-table-header-why = Skärmläsare läser kolumnens rubrik före varje cell. Skriv en rubrik för varje kolumn.
quality-table-caption-name = Tabeller har en titel
quality-table-caption = En tabell saknar titel. Kolumner: { $excerpt }
quality-table-caption-why = Titeln säger vad tabellen visar, också för den som hoppar direkt dit.
quality-table-wide-name = Tabeller får plats på mobilen
quality-table-wide = Tabellen har { $columns } kolumner. Högst { $most } går att läsa på en mobil. { $excerpt }
quality-table-wide-why = Dela tabellen, vänd den eller skriv som lista.
quality-page-heavy-name = Sidan är lätt att hämta
quality-page-heavy = Bilderna väger { $kilobytes } kB. Högst { $most } kB är bra.
quality-page-heavy-why = En tung sida är långsam på mobilen och kostar surf. Ta bort bilder som inte behövs.
quality-contrast-name = Färger går att skilja åt
quality-contrast = Färgen { $excerpt } har för liten kontrast.
quality-contrast-why = Text behöver kontrasten 4,5 till 1 mot bakgrunden. Välj en mörkare färg.

# Gränser
quality-limit-lix-sv = Högsta LIX på svenska
quality-limit-lix-en = Högsta LIX på engelska
quality-limit-lix-from = Ord innan LIX räknas
quality-limit-sentence = Ord i en mening
quality-limit-paragraph = Ord i ett stycke
quality-limit-title = Tecken i sidans rubrik
quality-limit-description = Tecken i ingressen
quality-limit-heading = Tecken i en mellanrubrik
quality-limit-without-heading = Ord utan mellanrubrik
quality-limit-minutes = Minuter att läsa
quality-limit-alt = Tecken i en alternativtext
quality-limit-columns = Kolumner i en tabell
quality-limit-kilobytes = Kilobyte bilder på en sida

# Hinder vid publicering
care-reason-label = Publicera ändå, därför att
care-reason-hint = Skälet sparas i loggen och syns för dem som får läsa den.
care-reason-missing = Skriv varför texten ska publiceras trots hindren.
care-reason-long = Skriv högst { $limit } tecken.

# Skötsel av en sida
care-heading = Skötsel
care-edit = Redigera
care-see = Se sidan
care-owner = Ansvarig
care-reviewed = Granskad
care-due = Granskas senast
care-reviewer = Granskare
care-reviewer-save = Spara granskare
care-right = Fortfarande rätt
care-right-about = Märker sidan som granskad i dag. Texten ändras inte.
care-right-for = Fortfarande rätt: { $title }
care-never = Aldrig
care-not-due = Granskas inte
care-nobody = Ingen
care-gone = En person som har slutat
care-waiting = Sidor att granska
care-waiting-note = Granskas senast { $date }

# Rapporten
care-rules = Regler och gränser
care-csv = Hämta som CSV
care-choose = Visa
care-rule = Regel
care-all-organisations = Alla
care-all-rules = Alla regler
care-show = Urval
care-show-all = Alla
care-show-mine = Väntar på mig
care-show-overdue = Försenade
care-show-soon = Snart dags
care-show-no-reviewer = Utan granskare
care-show-failing = Bryter mot regler
care-show-dead = Döda länkar
care-show-unread = Olästa
care-none-all = Här finns inga publicerade sidor.
care-none-mine = Inget väntar på dig. Här dyker sidor upp när det är dags att granska dem.
care-none-overdue = Inga sidor är försenade.
care-none-soon = Inga sidor behöver granskas den närmaste tiden.
care-none-no-reviewer = Alla sidor har en granskare.
care-none-failing = Inga sidor bryter mot regler som måste eller bör följas.
care-none-dead = Inga länkar till andra är döda, av dem som är provade.
care-none-unread = Ingen sida är känd som oläst. Längst ner står när räkningen började.
care-count =
    { $count ->
        [one] 1 sida
       *[other] { $count } sidor
    }
care-text = Sida
care-findings = Att rätta
care-do = Gör
care-pick = Välj { $title }
care-not-looked = Inte genomgången än
care-row-must = { $count } måste
care-row-should = { $count } bör
care-row-dead =
    { $count ->
        [one] 1 död länk
       *[other] { $count } döda länkar
    }
care-bulk = Ge valda sidor en granskare
care-organisations = Per organisation
care-texts = Sidor
care-without = Utan granskare
care-overdue = Försenade
care-failing = Bryter mot regler
care-dead = Döda länkar
care-lix = LIX
care-lix-mean = i genomsnitt
care-percent = { $percent } %
care-trend = Vecka för vecka
care-trend-drawing = Antal sidor som är försenade, bryter mot regler eller saknar granskare, vecka för vecka. Högst { $top }. Tabellen under visar talen.
care-trend-short = Läget sparas varje vecka. När det finns två veckor visas utvecklingen här.
care-week = Veckan från
care-unread = Olästa
care-reads = Läst
care-unread-about =
    { $months ->
        [one] Läst räknar de senaste tolv månaderna, utan att någon vet vem som läser. Oläst är en sida som ingen har öppnat på en månad.
       *[other] Läst räknar de senaste tolv månaderna, utan att någon vet vem som läser. Oläst är en sida som ingen har öppnat på { $months } månader.
    }
care-unread-from = Räkningen har inte pågått så länge än. De första olästa sidorna kan visas { $date }.

# Regler och gränser
care-rules-about = Det här gäller alla sidor i staden. Ändringar sparas i loggen.
care-rules-weights = Hur mycket regler väger
care-rules-weights-about = Måste hindrar publicering, om ingen skriver ett skäl. Bör och Tips visas för den som skriver.
care-rules-why = Varför
care-rules-limits = Gränser
care-rules-months = Månader mellan granskningar
care-rules-months-about = 0 betyder att sidor av det slaget inte granskas igen.
care-rules-others = Påminnelser och länkar
care-days-soon = Dagar före: visa som snart dags
care-days-above = Dagar efter: berätta för organisationen ovanför
care-months-unread = Månader utan läsare: visa som oläst
care-mail = Påminnelser med e-post
care-links = Prova länkar till andra webbplatser
care-links-operator = Länkar till andra webbplatser provas inte i den här installationen.
care-on = På
care-off = Av
care-range = Mellan { $least } och { $most }.
care-error-number = Skriv ett heltal mellan { $least } och { $most }.
care-error-choice = Välj ett av alternativen.
care-error-none = Välj minst en sida.
care-error-many = Välj högst { $most } sidor i taget.
care-error-reviewer = Välj någon som får ändra alla de valda sidorna.
care-conflict = Någon annan sparade medan du skrev. Det du skrev finns kvar. Spara igen om det ska gälla.

# E-post
care-mail-due-subject =
    { $count ->
        [one] 1 sida behöver granskas
       *[other] { $count } sidor behöver granskas
    }
care-mail-due =
    { $count ->
        [one] Hej! Den här sidan behöver granskas. Läs den och välj Fortfarande rätt, eller ändra det som inte stämmer.
       *[other] Hej! De här { $count } sidorna behöver granskas. Läs dem och välj Fortfarande rätt, eller ändra det som inte stämmer.
    }
care-mail-above-subject =
    { $count ->
        [one] 1 sida har inte granskats i tid
       *[other] { $count } sidor har inte granskats i tid
    }
care-mail-above =
    { $count ->
        [one] Hej! Den här sidan skulle ha granskats för ett tag sedan. Den hör till en organisation under din.
       *[other] Hej! De här { $count } sidorna skulle ha granskats för ett tag sedan. De hör till organisationer under din.
    }
care-mail-line = { $title } (senast { $date })
care-mail-more =
    { $count ->
        [one] Och 1 sida till.
       *[other] Och { $count } sidor till.
    }
care-mail-all = Alla sidor finns här:
