# Fakta: fel i formulär och filer.

fact-error-too-long = Texten får ha högst 200 tecken. Korta av den.
fact-error-dates = Sista dagen är före den första. Ändra en av dem.
fact-error-in-use = Uppgiften används på { $count } sidor och kan inte tas bort. Avsluta den i stället.

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
