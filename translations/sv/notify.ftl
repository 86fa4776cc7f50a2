# Mejl: vad som är fel med en adress.

mail-address-missing = Skriv din e-postadress.
mail-address-at = Adressen ska se ut som namn@exempel.se. Kontrollera att du har skrivit hela.
mail-address-space = Adressen får inte ha mellanslag eller radbrytningar. Skriv en adress, inget mer.
mail-address-letters = Det finns tecken före @ som vi inte kan skicka till, till exempel å, ä eller ö. Ange en annan adress.
mail-address-wrong = Det står något före @ som inte kan vara med i en adress. Kontrollera stavningen.
mail-address-domain = Det som står efter @ är ingen adress som går att skicka till. Kontrollera stavningen.
mail-address-long = Adressen är för lång. Kontrollera att du bara har skrivit en adress.
