# Enheternas egna sidor: formuläret, förhandsgranskningen och det som kan vara fel.

unit-edit-page = Sidans innehåll och utseende
unit-page-title = Sidan för { $name }
unit-page-to-facts = Kontakt och öppettider
unit-page-intro = Här bestämmer du hur enhetens sida ser ut och vad som står på den. Telefon, adress och öppettider ändrar du för sig, så att de blir rätt överallt.
unit-page-lead-sv = Ingress
unit-page-lead-en = Ingress på engelska
unit-page-look = Bild och färg
unit-page-picture = Sidans stora bild
unit-page-picture-hint = Välj en bild här nedanför, eller skriv dess namn i mediebanken. Tomt betyder ingen bild.
unit-page-picture-words = Sök bland bilderna
unit-page-picture-choose = Visa bilder
unit-page-picture-none = Ingen bild passar. Sök på ett annat ord.
unit-page-picture-found = { $count ->
    [one] En bild. Tryck på den för att välja den.
   *[other] { $count } bilder. Tryck på en för att välja den.
}
unit-page-picture-take = Välj
unit-page-media = Se bilderna i mediebanken
unit-page-accent = Sidans färg
unit-page-accent-hint = Färgen syns i sidans topp, i linjer och på knappar.
unit-page-accent-own = Egen färg
unit-page-accent-own-hint = Skriv färgen med siffror, till exempel #1f6f78. Den gäller när du har valt Egen färg.
unit-page-parts = Sidans delar
unit-page-parts-hint = Delarna visas i den här ordningen. På breda skärmar står kontaktrutan alltid vid sidan om.
unit-page-contact-stays = Kontakt visas alltid.
unit-page-hide = Dölj
unit-page-up = Flytta upp
unit-page-down = Flytta ner
unit-page-remove = Ta bort
unit-page-add = Lägg till ett avsnitt
unit-page-full = Sidan har { $count } egna avsnitt. Det är så många som får plats.
unit-page-heading-sv = Rubrik
unit-page-heading-en = Rubrik på engelska
unit-page-text-sv = Text
unit-page-text-en = Text på engelska
unit-page-text-hint = Tom rad ger nytt stycke. ### ger en rubrik, - en punktlista och [ord](/adress) en länk.
unit-page-formats = Så formaterar du texten
unit-page-format-wanted = Du vill ha
unit-page-format-write = Skriv så här
unit-page-format-heading = En rubrik
unit-page-format-list = En punktlista
unit-page-format-steps = En numrerad lista
unit-page-format-bold = Fet text
unit-page-format-link = En länk
unit-page-format-picture = En bild ur mediebanken
unit-page-format-phone = Ett telefonnummer som alltid stämmer
unit-page-in-english = På engelska
unit-page-save = Spara sidan
unit-page-preview = Förhandsgranska
unit-page-preview-en = Förhandsgranska på engelska

unit-part-hours = Öppettider
unit-part-services = Det här kan du göra här
unit-part-find_here = Hitta hit
unit-part-accessibility = Komma in och runt
unit-part-contact = Kontakt
unit-part-section = Nytt avsnitt

unit-colour-city = Stadens blå
unit-colour-hav = Hav
unit-colour-tegel = Tegel
unit-colour-skog = Skog
unit-colour-ljung = Ljung
unit-colour-hallon = Hallon
unit-colour-skiffer = Skiffer
unit-colour-own = Egen färg

unit-accent-measured = Kontrasten är { $light }:1 mot vitt i ljust läge. I mörkt läge används en ljusare ton med { $dark }:1.
unit-accent-needed = Text på färgen kräver minst 4,5:1 och linjer minst 3:1 (WCAG 1.4.3 och 1.4.11).
unit-accent-too-weak = Vit text går inte att läsa på den här färgen. Ta den närmaste som fungerar, eller skriv en annan.
unit-accent-use = Använd { $colour }

unit-preview = Så här skulle sidan bli.
unit-preview-hint = Inget är sparat än.
unit-preview-back = Fortsätt skriva

unit-error-accent = ”{ $value }” är ingen färg. Skriv # och sex siffror, till exempel #1f6f78, eller välj en färg i listan.
unit-error-accent-weak = Färgen är för svag för att läsa mot. Den närmaste som fungerar är { $nearest }.
unit-error-picture = Det finns ingen bild som heter ”{ $value }” i mediebanken. Välj en annan eller töm fältet.
unit-error-text-picture = Det finns ingen bild som heter ”{ $value }” i mediebanken.
unit-error-text-file = Det finns ingen fil som heter ”{ $value }” i mediebanken.
unit-error-sections = Sidan får ha högst { $limit } egna avsnitt. Ta bort några.
unit-error-section-heading = Avsnittet behöver en rubrik. Skriv en eller ta bort texten.
unit-error-section-text = Avsnittet behöver en text. Skriv en eller ta bort avsnittet.
unit-error-part-twice = Samma del finns två gånger. Ta bort den ena.
unit-error-contact-hidden = Kontakt måste finnas på sidan. Lägg tillbaka den.

done-unit-page-saved = Sidan är sparad och syns nu för alla.
