# Sökning för redaktörer
desk-search = Sök
done-search-settled = Sparat. Sökningen använder det nu.
done-search-handled = Klart. Sökningen är borta från listan och kommer tillbaka om den misslyckas igen.
searching-settings = Inställningar för sök
searching-work-about = Det här söker invånarna efter utan att hitta något, eller utan att välja någon träff. Vi räknar ord, aldrig vem som söker, och samma sökning från samma plats räknas en gång om dagen. Val av träff räknas bara i webbläsare med skript. Sökningar som få har gjort visas inte.
searching-work-none = Här är tomt. Alla vanliga sökningar de senaste 90 dagarna har gett träffar som någon valt.
searching-work-count =
    { $count ->
        [one] 1 sökning att titta på, de senaste 90 dagarna
       *[other] { $count } sökningar att titta på, de senaste 90 dagarna
    }
searching-organisation = Visa för
searching-organisations-more = { $count ->
    [one] En organisation till
   *[other] { $count } organisationer till
}
searching-all = Alla
searching-unassigned = Ingen ansvarig än
searching-query = Sökning
searching-searches = Gånger
searching-no-result = Utan träff
searching-clicks = Valda träffar
searching-nearest = Närmaste sida
searching-nearest-none = Ingen sida är nära
searching-done = Vad har du gjort?
searching-how = Vad som gjorts
searching-how-synonym = Ny synonym
searching-how-best_bet = Vald sida
searching-how-page = Ny eller ändrad sida
searching-how-nothing = Inget behövs
searching-note = Anteckning
searching-note-about = Anteckningen syns i loggen. Skriv inget om enskilda personer.
searching-mark = Klart
searching-mend = Lägg till ord för sökningen
searching-language = Språk
searching-synonyms = Ord som betyder samma sak
searching-synonyms-hint = En grupp på varje rad, med | mellan orden. Exempel: sopor | avfall | skräp
searching-best-bets = Sidor som ska stå först
searching-best-bets-hint = En sökning på varje rad, med sidans adress efter |. Exempel: söka bygglov | /bygga-bo-och-miljo/bygglov
searching-must-find = Sökningar som måste hitta
searching-must-find-hint = Skriv sökningen, sidans adress och bland hur många träffar sidan ska finnas. Exempel: när hämtas soporna | /bygga-bo-och-miljo/avfall/sophamtning | 3
searching-half-life = Dagar tills en nyhet tappat hälften av sitt försprång
searching-half-life-hint = Nya nyheter hamnar högre upp i träfflistan. Det vanliga är 30 dagar.
searching-error-two-words = Rad { $line }: skriv minst två ord med | mellan.
searching-error-pair = Rad { $line }: skriv en sökning och en adress med | mellan.
searching-error-triple = Rad { $line }: skriv sökning, adress och antal träffar med | mellan.
searching-error-no-word = Rad { $line }: sökningen saknar ord.
searching-error-address = Rad { $line }: adressen ”{ $address }” ska börja med /.
searching-error-no-page = Rad { $line }: det finns ingen sida på { $address }.
searching-error-places = Rad { $line }: skriv antalet träffar som ett tal från 1 till { $most }.
searching-error-too-long = Rad { $line }: raden är för lång eller så är raderna fler än { $most }.
searching-error-half-life = Skriv ett antal dagar från 1 till { $most }.
searching-error-how = Välj vad du har gjort.
searching-conflict = Någon annan har sparat medan du skrev. Din text är kvar. Sparar du igen så ersätter den det som den andra skrev.
searching-lost-heading = Ändringen påverkar sökningen
searching-lost-about = Sökningarna här under har sidan som givet svar. Efter ändringen hittar de den inte.
searching-lost-count =
    { $count ->
        [one] En sökning som ska hitta sidan gör inte det längre. Bekräfta eller ändra texten.
       *[other] { $count } sökningar som ska hitta sidan gör inte det längre. Bekräfta eller ändra texten.
    }
searching-lost = Sökningen ”{ $query }” skulle inte längre hitta { $address } bland de första { $within } träffarna.
searching-lost-confirm = Jag vet, publicera ändå
