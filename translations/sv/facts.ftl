# Fakta: fel i formulär och filer.

fact-error-too-long = Texten får ha högst 200 tecken. Korta av den.
fact-error-dates = Sista dagen är före den första. Ändra en av dem.
fact-error-in-use = Uppgiften behövs i { $count } texter och kan inte tas bort. Låt den sluta gälla i stället.

fact-import-unreadable = Filen går inte att läsa som en lista i JSON: { $detail }
fact-import-no-object = Post { $item }: här ska stå en uppgift inom klammer.
fact-import-key = Post { $item } ({ $fact }): nyckeln får bara ha a–z, 0–9 och bindestreck, högst 80 tecken.
fact-import-id = Post { $item } ({ $fact }): id ska vara ett UUID. Ta bort raden om uppgiften är ny.
fact-import-other-id = Post { $item } ({ $fact }): nyckeln tillhör en uppgift med ett annat id.
fact-import-organisation = Post { $item } ({ $fact }): organisationen ”{ $value }” finns inte.
fact-import-two-owners = Post { $item } ({ $fact }): samma nyckel har ett annat id eller en annan organisation tidigare i filen.
fact-import-day-twice = Post { $item } ({ $fact }): två värden har samma första dag.
fact-import-overlap = Post { $item } ({ $fact }): två värden gäller samma dag. Ändra deras första eller sista dag.
fact-import-field = Post { $item } ({ $fact }), { $field }: { $detail }

# Sidorna där uppgifter ändras.
desk-facts = Uppgifter
facts-filter = Sök uppgift
facts-none = Det finns inga uppgifter som du får ändra. Skapa den första.
facts-no-match = Ingen uppgift passar. Pröva ett annat ord.
facts-label = Uppgift
facts-value = Säger nu
facts-organisation = Organisation
facts-ended = Gäller inte längre
facts-changes = Ändras { $date }
fact-new = Ny uppgift
fact-how = En uppgift står på ett ställe och visas på alla sidor som pekar på den. Ska den ändras en viss dag, lägg till ett nytt värde med den dagen som första dag: det gamla slutar då gälla dagen före.
fact-key = Nyckel
fact-key-hint = Kort namn med a–z, 0–9 och bindestreck, till exempel avgift-bygglov. Den går inte att ändra sedan.
fact-organisation = Organisation som svarar för uppgiften
fact-value-number = Värde { $number }
fact-value-new = Nytt värde
fact-label-sv = Vad uppgiften är, på svenska
fact-label-en = Vad uppgiften är, på engelska
fact-value-sv = Vad den säger, på svenska
fact-value-en = Vad den säger, på engelska
fact-from = Gäller från och med
fact-to = Gäller till och med
fact-preview = Förhandsgranska
fact-preview-of = Så här står det på sidorna { $date }, om du sparar. Inget är sparat än.
fact-remove = Ta bort uppgiften
fact-end = Låt den sluta gälla efter i dag
fact-needed = { $count ->
    [one] Uppgiften behövs i en text och kan inte tas bort. Utkast, schemalagda texter och papperskorgen räknas också.
   *[other] Uppgiften behövs i { $count } texter och kan inte tas bort. Utkast, schemalagda texter och papperskorgen räknas också.
}
fact-places-hidden = { $count ->
    [one] Den står också i ett utkast som du inte får se.
   *[other] Den står också i { $count } utkast som du inte får se.
}
fact-used = { $count ->
    [0] Ingen sida visar uppgiften
    [one] En sida visar uppgiften
   *[other] { $count } sidor visar uppgiften
}
done-fact-saved = Uppgiften är sparad. Sidorna som visar den är ändrade.
done-fact-removed = Uppgiften är borttagen.
done-fact-ended = Uppgiften gäller till och med i dag.
fact-error-key = Nyckeln får bara ha a–z, 0–9 och bindestreck, högst 80 tecken, och inte börja eller sluta med bindestreck.
fact-error-key-taken = Nyckeln ”{ $key }” används redan. Välj en annan.
fact-error-date = Skriv dagen som 2027-01-31, eller lämna fältet tomt.
fact-error-overlap = Två värden gäller samma dag. Ändra deras första eller sista dag.
fact-error-organisation = Välj en organisation vars uppgifter du får ändra.
fact-error-conflict = Någon annan har ändrat uppgiften sedan du öppnade formuläret. Det du skrev står kvar. Titta i historiken och spara igen om det ska gälla.
