# Versioner, förhandsvisning, granskning, papperskorg, språk.

history-heading = Versioner
history-hint = Välj två versioner och jämför dem. En gammal version kan tas tillbaka till utkastet.
history-one = Det finns bara en version än. När texten ändras går det att jämföra här.
history-count = { $count ->
    [one] { $count } version
   *[other] { $count } versioner
}
history-what = Vad som hände
history-when = När
history-who = Vem
history-draft = Utkastet just nu
history-public = Publicerat just nu
history-not-public = Sparat just nu, inte publicerat
history-nothing-to-restore = Utkastet säger redan det som den versionen säger.
history-reason-submitted = Skickades på granskning
history-reason-approved = Godkändes
history-reason-named = Sparades med namn
history-reason-scheduled = Schemalades
history-reason-discarded = Utkastet slängdes
history-unfinished-fields = { $count ->
    [one] Här ligger { $count } fält som inte är färdigt.
   *[other] Här ligger { $count } fält som inte är färdiga.
}
history-unfinished-conflicts = { $count ->
    [one] Här ligger { $count } text som skrivits på samma ställe som en annan.
   *[other] Här ligger { $count } texter som skrivits på samma ställen som andra.
}

compare-heading = Jämför versioner
compare-do = Jämför
compare-old = Äldre
compare-new = Nyare
compare-part = Del
compare-unsettled = Texter som skrivits på samma ställe som en annan
compare-unsettled-hint = Ingen har valt mellan dem än. De följer med när versionen tas tillbaka, och då går det att välja.
compare-same = Versionerna säger samma sak.
compare-added = Tillagt
compare-deleted = Borttaget
compare-changed = Ändrat
compare-moved = Flyttat
compare-folded = { $count ->
    [one] { $count } del är oförändrad
   *[other] { $count } delar är oförändrade
}
restore-do = Ta tillbaka versionen: { $version }
restore-hint = Orden läggs i utkastet. Läsarna ser dem först när du publicerar. Adress och ägare ändras inte.
done-version-restored = Den äldre versionen ligger nu i utkastet.

part-paragraph = Stycke
part-heading = Rubrik
part-list = Lista
part-table = Tabell
part-quote = Citat
part-notice = Ruta med viktigt
part-contact = Kontaktkort
part-facts = Fakta
part-actions = Knappar
part-tasks = Uppgifter
part-searches = Sökningar
part-picture = Bild
part-box = Faktaruta
part-accordion = Dragspel
part-video = Film
part-download = Fil
part-service = E-tjänst
part-anchor = Länkmål

as-of-heading = Sidan som den såg ut en viss dag
as-of-do = Visa sidan
as-of-date = Dag
as-of-time = Klockslag
as-of-time-hint = Till exempel 14.30. Utan klockslag visas sidan som den såg ut när dagen var slut.
as-of-date-wrong = Skriv dagen som 2026-03-03 och klockslaget som 14:30.
as-of-not-yet = Sidan fanns inte den dagen. Välj en senare dag.
as-of-banner = Så här såg sidan ut { $time }
as-of-public = Den här texten stod på webbplatsen från { $since }.
as-of-not-public = Texten var inte publicerad då. Den sparades { $since }.
as-of-facts = Text, titel och avgifter är från den dagen. Enheter, bilder, menyer och länkar visas som de är i dag.
as-of-back = Till sidans versioner

preview-heading = Förhandsvisa
preview-own = Se utkastet som sida
preview-new = Ny hemlig länk
preview-what = Den som får länken ser utkastet som det är just då, utan att logga in. Andra hittar inte dit.
preview-note = Vem länken är till
preview-note-hint = Syns bara för er som redigerar, så att ni vet vilken länk som är vilken.
preview-ends = Sista dag
preview-ends-hint = { $days ->
    [one] Länken kan gälla högst i { $days } dag.
   *[other] Länken kan gälla i högst { $days } dagar.
}
preview-ends-wrong = Välj en dag från i dag och högst { $days } dagar framåt.
preview-do = Skapa länken
preview-made = Länken är klar
preview-made-hint = Kopiera den nu. Den visas bara den här gången, eftersom den inte sparas hos oss.
preview-links = Länkar till utkastet
preview-none = Ingen har gjort någon länk än.
preview-unnamed = Länk utan namn
preview-made-by = Gjord av { $person }, { $time }
preview-until = Gäller till { $time }
preview-over = Slutade gälla { $time }
preview-was-ended = Avslutad { $time }
preview-end = Avsluta
preview-banner = Förhandsvisning av ett utkast
preview-banner-staff = Läsarna ser inte det här än.
preview-banner-link = Sidan är inte publicerad. Länken gäller till { $time }. Sprid den inte vidare.
preview-back = Till redigeringen
preview-ended-heading = Länken gäller inte längre
preview-ended-text = Förhandsvisningen är slut. Be den som skickade länken om en ny.
done-preview-ended = Länken är avslutad.

review-heading = Granska
review-back = Till redigeringen
review-compare = Jämför med det publicerade
review-whole = Titel och ingress
review-gone = Del som inte finns kvar
review-open = { $count ->
    [0] Inget väntar på svar.
    [one] { $count } kommentar eller förslag väntar på svar.
   *[other] { $count } kommentarer och förslag väntar på svar.
}
review-comment-by = Kommentar av { $person }
review-suggestion-by = Förslag av { $person }
review-was = Nu
review-wanted = Förslag
review-reply = Svara
review-reply-label = Ditt svar
review-reply-do = Skicka svaret
review-accept = Ta in förslaget
review-decline = Avböj
review-resolve = Klart
review-reopen = Öppna igen
review-comment = Kommentera
review-comment-label = Din kommentar
review-comment-do = Skicka kommentaren
review-suggest = Föreslå ändring
review-suggest-label = Så här borde det stå
review-suggest-do = Skicka förslaget
review-why = Varför
review-settled = { $person }, { $time }
review-state-open = Väntar
review-state-resolved = Klart
review-state-accepted = Förslaget togs in
review-state-declined = Förslaget avböjdes
review-text-missing = Skriv något.
review-suggestion-same = Förslaget säger samma sak som texten. Ändra det, eller skriv en kommentar.
review-suggestion-one = Ett förslag gäller en del av texten. Skriv det utan tomma rader.
review-suggestion-link = En länk i förslaget leder ingenstans. Skriv hela adressen.
review-block-gone = Delen har tagits bort ur utkastet medan du skrev. Skriv kommentaren vid en annan del.
review-too-many = Det finns för många kommentarer på texten. Börja med att klara av dem som finns.
review-settled-already = Någon annan hann före. Ladda om sidan.
done-commented = Kommentaren är skickad.
done-suggested = Förslaget är skickat.
done-note-settled = Det är klart.
done-suggestion-accepted = Förslaget ligger nu i utkastet.
done-suggestion-conflict = Texten har ändrats sedan förslaget skrevs. Båda texterna finns nu i redigeringen, där du väljer.

delete-heading = Ta bort
delete-what = Det här tas bort
delete-below-heading = Först måste sidorna under flyttas eller tas bort
delete-below-hint = De här sidorna ligger under sidan.
delete-below-hidden = { $count ->
    [one] Dessutom ligger { $count } utkast under sidan som du inte får se.
   *[other] Dessutom ligger { $count } utkast under sidan som du inte får se.
}
delete-used = Sidor som länkar hit
delete-used-nowhere = Ingen sida länkar hit.
delete-used-hint = Länkarna blir vanlig text när sidan är borta.
delete-used-hidden = { $count ->
    [one] Dessutom länkar { $count } utkast som du inte får se.
   *[other] Dessutom länkar { $count } utkast som du inte får se.
}
delete-not-public = inte publicerad
delete-lead = Ny adress för den som söker sidan
delete-lead-hint = En sida på webbplatsen, till exempel /bygga-och-bo. Utan adress får läsarna veta att sidan inte finns.
delete-lead-wrong = Det finns ingen publicerad sida på { $address }.
delete-hint = Sidan hamnar i papperskorgen. Därifrån kan den tas tillbaka.
delete-do = Lägg i papperskorgen
delete-start = Startsidan kan inte tas bort.
delete-below = Sidor ligger under sidan. Flytta eller ta bort dem först.

trash-heading = Papperskorg
trash-hint = { $days ->
    [one] Det som ligger här försvinner för gott efter { $days } dag.
   *[other] Det som ligger här försvinner för gott efter { $days } dagar.
}
trash-none = Papperskorgen är tom.
trash-when = Togs bort
trash-gone = Försvinner
trash-restore-column = Åtgärd
trash-restore = Ta tillbaka
trash-address-taken = En annan sida ligger nu på { $address }. Flytta den först.
trash-parent-gone = Sidan ovanför { $address } finns inte längre. Ta tillbaka den först.
trash-text-taken = Sidan på { $address } har fått en ny text på samma språk. Ta bort den först.
done-trashed = Sidan ligger i papperskorgen.
done-untrashed = Sidan är tillbaka. Den är inte publicerad.

copy-do = Kopiera sidan
copy-title = Kopia av { $title }
done-copied = Kopian är klar. Bara ni som redigerar ser den.

bulk-heading = Flera sidor på en gång
bulk-select = Välj
bulk-open = Gör något med de valda
bulk-chosen = { $count ->
    [one] { $count } vald sida
   *[other] { $count } valda sidor
}
bulk-what = Vad ska göras?
bulk-publish = Publicera
bulk-unpublish = Avpublicera
bulk-archive = Arkivera
bulk-trash = Lägg i papperskorgen
bulk-owner = Byt ansvarig organisation
bulk-organisation = Ny ansvarig organisation
bulk-organisation-missing = Välj en organisation.
bulk-do = Gör det
bulk-none = Välj minst en sida.
bulk-too-many = Välj högst { $most } sidor.
bulk-result = { $done } av { $all } är klara.
bulk-back = Till listan över sidor
bulk-published = Publicerad
bulk-unpublished = Avpublicerad
bulk-archived = Arkiverad
bulk-owner-changed = Har fått ny ansvarig organisation
bulk-trashed = Ligger i papperskorgen
bulk-nothing = Inget behövde göras.
bulk-conflict = Två texter gör anspråk på samma plats. Öppna sidan och välj.
bulk-forbidden = Du får inte göra det med den här sidan.
bulk-gone = Sidan finns inte längre.

translations-heading = Språk
translations-source = Svensk text
translations-none = saknas
translations-new = utkast
translations-away = inte publicerad
translations-older = äldre än svenskan
translations-current = aktuell
translations-unknown = osäkert ursprung

translation-heading = Jämför med svenskan
translation-edit = Redigera översättningen
translation-source-history = Den svenska textens versioner
translation-is-current = Översättningen är gjord från den svenska text som gäller nu. Den ändrades senast { $date }.
translation-is-older = Den svenska texten har ändrats sedan översättningen gjordes { $date }.
translation-is-unknown = Det är inte känt vilken svensk text som översättningen är gjord från. Den ändrades senast { $date }.
translation-changes = Det som har ändrats i svenskan
translation-then = När översättningen gjordes
translation-now = Nu
translation-settle = Översättningen stämmer ändå
translation-settle-hint = Använd knappen när ändringen inte behöver översättas. Anteckningen om äldre text försvinner för läsarna.
translation-beside = Sida vid sida
done-translation-settled = Översättningen räknas nu som aktuell.

log-kind-page-restored = En äldre version togs tillbaka till utkastet
log-kind-page-preview-made = En hemlig länk till utkastet gjordes
log-kind-page-preview-ended = En hemlig länk till utkastet avslutades
log-kind-page-commented = Utkastet kommenterades
log-kind-page-suggested = En ändring föreslogs
log-kind-page-suggestion-accepted = Ett förslag togs in
log-kind-page-suggestion-declined = Ett förslag avböjdes
log-kind-page-thread-resolved = En kommentar blev klar
log-kind-page-thread-reopened = En kommentar öppnades igen
log-kind-page-trashed = Sidan lades i papperskorgen
log-kind-page-untrashed = Sidan togs tillbaka ur papperskorgen
