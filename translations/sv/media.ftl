# Mediebanken: rättigheter, bilder som går ut, många på en gång, standardbilder.

media-filter = Sök på bildtext, tema, fotograf eller filnamn
media-filter-files = Sök på titel eller filnamn
media-none-pictures = Här finns inga bilder än. Lägg till de första.
media-none-here = Här finns inget just nu.
media-picture-hint = JPEG, PNG, WebP, GIF eller SVG, högst { $limit } MB var. Uppgifter om plats, kamera och personer tas bort ur filerna. En SVG-teckning sparas som en vanlig bild.
media-gone = Bilden visas inte längre.

# Listan
media-show = Visa en del av bilderna
media-show-all = Alla
media-show-standard = Standardbilder
media-show-no-alt = Saknar bildtext
media-show-no-rights = Saknar rättigheter
media-show-ending = Går ut snart
media-show-ended = Visas inte längre
media-show-unused = Används inte
media-about-standard = Bilder för den som inte har någon egen. De kommer först när en redaktör väljer bild.
media-about-no-alt = Era bilder som ingen har beskrivit på svenska. Beskriv dem eller märk dem som dekoration.
media-about-no-rights = Era bilder där det inte står vem som äger rätten eller vilka som är med.
media-about-ending = Era bilder som får visas högst { $days } dagar till. Sedan försvinner de av sig själva från sidorna.
media-about-ended = Era bilder som besökarna inte ser. De är kvar här och kommer tillbaka om ni ändrar datum, samtycke eller licens.
media-about-unused = Era bilder som ingen publicerad sida visar.
media-mark-ended = Visas inte
media-mark-ending = { $days ->
    [0] Sista dagen i dag
    [one] Går ut i morgon
   *[other] Går ut om { $days } dagar
}
media-mark-no-alt = Saknar bildtext
media-mark-no-rights = Saknar rättigheter
media-mark-standard = Standardbild
media-mark-decorative = Dekoration

# Fälten
media-alt = Vad bilden visar
media-alt-hint = Beskriv det viktiga för den som inte ser bilden, på de språk som sidorna har. Språk utan egen text får den svenska.
media-decorative = Bilden är bara dekoration. Skärmläsare hoppar över den.
media-rights = Upphov och rättigheter
media-credit = Fotograf eller upphov
media-credit-hint = Namnet visas vid bilden.
media-licence = Rätten att använda bilden
media-licence-hint = Köpt rätt behöver ett slutdatum. Har rätten inget slut väljer du Andra villkor.
media-licence-unknown = Inte angivet
media-licence-own = Stadens egen bild
media-licence-cc0 = CC0, fri att använda
media-licence-cc-by = CC BY, med upphovets namn
media-licence-cc-by-sa = CC BY-SA, med upphovets namn och samma villkor
media-licence-bought = Köpt till ett visst datum
media-licence-other = Andra villkor
media-licence-ended = Rätten har upphört, visa inte bilden
media-terms = Villkor
media-terms-hint = Till exempel vad avtalet säger eller var det finns.
media-people = Människor som går att känna igen
media-people-hint = Ett samtycke får tas tillbaka när som helst. Då slutar bilden visas på en gång.
media-people-unknown = Inte angivet
media-people-nobody = Ingen går att känna igen
media-people-consented = Alla har samtyckt
media-people-withdrawn = Samtycke tillbakataget, visa inte bilden
media-consent = Var samtycket finns
media-consent-hint = Till exempel ärendets nummer. Visas aldrig för besökare.
media-until = Sista dagen som bilden får visas
media-until-hint = Lämna tomt om det inte finns något slut. Ni blir påminda innan.
media-until-reason = Varför den slutar visas då
media-until-reason-hint = Till exempel att samtycket gäller i två år.
media-standard-legend = Standardbild och teman
media-standard = Standardbild för den som inte har någon egen
media-themes = Teman
media-themes-hint = Ord som bilden hittas på, med komma emellan: bad, sommar, barn.

# Bildens sida
media-standing-withdrawn = Bilden visas inte för besökare: någon har tagit tillbaka sitt samtycke.
media-standing-licence = Bilden visas inte för besökare: rätten att använda den har upphört.
media-standing-ended = Bilden visas inte för besökare. Sista dagen var { $date }. Den kommer tillbaka om du skriver ett senare datum.
media-standing-ending = { $days ->
    [0] Bilden visas sista dagen i dag, { $date }. Vid midnatt försvinner den från sidorna.
    [one] Bilden visas till och med i morgon, { $date }. Sedan försvinner den från sidorna.
   *[other] Bilden visas till och med { $date }, { $days } dagar till. Sedan försvinner den från sidorna.
}
media-standing-reason = Skäl: { $reason }
media-standing-used = { $count ->
    [one] En sida visar den, se nedan.
   *[other] { $count } sidor visar den, se nedan.
}
media-standing-was-used = { $count ->
    [one] En sida skulle ha visat den, se nedan. Sidan visas utan bild.
   *[other] { $count } sidor skulle ha visat den, se nedan. De visas utan bild.
}
media-alike = Liknande bilder
media-alike-hint = De här ser nästan likadana ut. Ta bort den som inte behövs.
media-used-note = { $count ->
    [one] på en sida
   *[other] på { $count } sidor
}

# Många på en gång
media-sending-label = Så mycket är skickat
media-sending = Skickar: # procent. Stanna kvar på sidan.
media-making = Allt är framme. Nu görs bilderna i alla storlekar. Det tar några sekunder för varje bild.
media-sending-failed = Förbindelsen bröts, så det kom inte fram. Välj knappen igen. Det som redan kom in läggs inte in två gånger.
media-upload = Lägg till bilder
media-many-hint = Välj upp till { $most } bilder på en gång, högst { $total } MB tillsammans.
media-common-hint = Det du anger nedan gäller alla bilderna. Vad var och en visar skriver du efteråt.
media-upload-button = Lägg till bilderna
media-upload-more = Lägg till fler
media-report = Det här hände
media-report-sum = { $count ->
    [0] Inga nya bilder lades till.
    [one] En ny bild är tillagd.
   *[other] { $count } nya bilder är tillagda.
}
media-report-taken = { $count ->
    [one] En tillagd
   *[other] { $count } tillagda
}
media-report-same = { $count ->
    [one] En fanns redan
   *[other] { $count } fanns redan
}
media-report-refused = { $count ->
    [one] En gick inte att lägga till
   *[other] { $count } gick inte att lägga till
}
media-report-still = Filen var rörlig, så bara den första rutan används.
media-report-is-there = Finns redan hos { $owner }: { $title }
media-report-alike = Den liknar en bild som redan finns: { $title }.
media-report-describe = Beskriv bilderna
media-report-list = Till alla bilder

done-picture-added = Bilden är tillagd. Skriv vad den visar.
done-picture-added-still = Bilden är tillagd. Filen var rörlig, så bara den första rutan används. Skriv vad den visar.
done-picture-there = Bilden fanns redan. Här är den.

workspace-media-missed = Bilder som sidor saknar
workspace-media-ending = Bilder som går ut snart
workspace-media-no-alt = Bilder utan bildtext

media-error-too-many = Välj högst { $most } bilder åt gången. Inget är tillagt.
picture-error-licence = Välj på vilken grund bilden får användas.
picture-error-people = Välj om det finns människor på bilden som går att känna igen.
picture-error-terms = Skriv vilka villkor som gäller.
picture-error-bought = Skriv till och med vilken dag rätten är köpt. Saknas slutdatum väljer du Andra villkor.
picture-error-consent = Skriv var samtycket finns, till exempel ärendets nummer.
picture-error-credit = Licensen kräver att upphovets namn står vid bilden. Skriv det.
picture-error-until = Skriv dagen som år, månad och dag: 2026-12-31.
picture-error-past = Dagen har redan varit. Ska bilden sluta visas på en gång väljer du att rätten har upphört eller att samtycket är tillbakataget.
picture-error-themes = Skriv högst { $most } teman med högst { $limit } tecken var.
picture-error-svg-large = Teckningen är större än { $limit } MB. Spara den som PNG.
picture-error-svg-many = Teckningen har för många delar för att kunna ritas. Spara den som PNG.
picture-error-svg-text = Teckningen har text som behöver ett typsnitt. Gör om texten till konturer i ritprogrammet, eller spara teckningen som PNG.
picture-error-svg-image = Teckningen har en bild i sig. Spara den som PNG, eller lägg till bilden för sig.

file-import-yes-no = Rad { $line }: ”{ $value }” i kolumnen { $column } ska vara yes eller no.
file-import-name = Rad { $line }: ”{ $value }” i kolumnen { $column } ska vara något av { $names }.


log-kind-picture-added = Bilden lades till
log-kind-picture-changed = Bilden ändrades
log-kind-picture-removed = Bilden togs bort
log-kind-picture-expired = Bildens sista dag gick ut
log-kind-file-added = Filen lades till
log-kind-file-changed = Filen ändrades
log-kind-file-removed = Filen togs bort
