# Enheter: öppettider i ord, fel i formulär och filer.

hours-open = Öppet nu
hours-open-until = Öppet nu till { $time }
hours-open-always = Öppet dygnet runt
hours-opens-today = Öppnar i dag kl. { $time }
hours-opens-tomorrow = Öppnar i morgon kl. { $time }
hours-opens-day = Öppnar { $day } kl. { $time }
hours-round-the-clock = dygnet runt
hours-every-day = alla dagar
hours-and = { $first } och { $last }
hours-today = I dag { $hours }

unit-error-phone = Skriv ett telefonnummer med siffror, till exempel 031-390 06 41.
unit-error-email = Skriv e-postadressen som namn@exempel.se.
unit-error-postcode = Skriv postnumret med fem siffror, till exempel 411 13.
unit-error-too-long = Texten får ha högst { $limit } tecken. Korta av den.
unit-error-too-many = Det är för många eller för långa uppgifter. Ta bort några.
unit-error-hours-overlap = Två av tiderna går in i varandra. Slå ihop dem eller ändra en av dem.
unit-error-hours-twice = Samma datum finns två gånger. Ta bort det ena.
unit-error-version = Någon annan har ändrat enheten sedan du öppnade den. Det du skrev står kvar här men är inte sparat. Jämför med enhetens sida och spara igen.
unit-error-in-use = Enheten används på { $count } sidor och kan inte tas bort. Ta först bort den från sidorna.

unit-import-unreadable = Filen går inte att läsa som en lista i JSON: { $detail }
unit-import-no-object = Post { $item }: här ska stå en enhet inom klammer.
unit-import-key = Post { $item } ({ $unit }), { $field }: använd bara a–z, 0–9 och bindestreck, högst 80 tecken.
unit-import-key-twice = Post { $item } ({ $unit }): nyckeln finns redan tidigare i filen.
unit-import-id = Post { $item } ({ $unit }): id ska vara ett UUID. Ta bort raden om enheten är ny.
unit-import-other-id = Post { $item } ({ $unit }): nyckeln tillhör en enhet med ett annat id.
unit-import-slug-taken = Post { $item } ({ $unit }): en annan enhet har redan den adressen.
unit-import-kind = Post { $item } ({ $unit }): sorten är okänd.
unit-import-organisation = Post { $item } ({ $unit }): organisationen ”{ $value }” finns inte.
unit-import-field = Post { $item } ({ $unit }), { $field }: { $detail }

done-unit-saved = Ändringen är sparad. Alla sidor som visar enheten är uppdaterade.
