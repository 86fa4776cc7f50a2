# Bilder och filer: mediebanken, fel i uppladdningar och importer.

desk-media = Bilder och filer
media-pictures = Bilder
media-files = Filer
media-kinds = Visa
media-none-files = Här finns inga filer än. Lägg till den första nedan.
media-no-match = Inget passar det du sökte på.
media-public = Det du lägger in här blir offentligt på en gång, också innan någon sida visar det.
media-add-file = Lägg till en fil
media-add-button = Lägg till
media-file = Fil
media-file-hint = PDF, Word, Excel, PowerPoint, ODT, ODS, CSV, text eller kalender, högst { $limit } MB.
media-replace = Byt ut mot en annan fil
media-replace-hint = Lämna tomt för att behålla filen. Adressen är densamma efteråt.
media-focus = Det som ska synas när bilden beskärs
media-focus-hint = Skriv procent från vänster och uppifrån. 50 och 50 är mitten.
media-crops = Så beskärs bilden
media-focus-x = Från vänster, procent
media-focus-y = Uppifrån, procent
media-title = Titel
media-organisation = Organisation
media-size = { $width } × { $height } bildpunkter
media-added = Tillagd { $date }
media-used = { $count ->
    [0] Ingen publicerad sida använder den.
    [one] Används på en sida:
   *[other] Används på { $count } sidor:
}
media-needed = { $count ->
    [one] En text som läsarna inte ser behöver den: ett utkast, en planerad text, en sida som inte är publicerad eller papperskorgen.
   *[other] { $count } texter som läsarna inte ser behöver den: utkast, planerade texter, sidor som inte är publicerade eller papperskorgen.
}
media-needed-hidden = { $count ->
    [one] En av dem hör till en organisation vars utkast du inte ser.
   *[other] { $count } av dem hör till organisationer vars utkast du inte ser.
}
media-remove = Ta bort
media-remove-hint = Det går bara när ingen sida och inget utkast behöver den.
media-open = Öppna filen

done-picture-saved = Ändringen är sparad. Alla sidor som visar bilden är uppdaterade.
done-picture-removed = Bilden är borttagen.
done-file-added = Filen är tillagd.
done-file-saved = Ändringen är sparad.
done-file-removed = Filen är borttagen.

file-error-missing = Välj en fil.
file-error-empty = Filen { $name } är tom. Kontrollera att den blev sparad och välj den igen.
file-error-too-large = Filen { $name } är större än { $limit } MB. Gör den mindre eller dela upp den.
file-error-lying = Filen { $name } säger sig vara { $claimed } men innehåller { $found }. Ge den rätt filändelse eller spara om den.
file-error-unknown = Filen { $name } är av en sort som inte kan tas emot.
file-error-format = Filen { $name } är { $found }, som inte kan läsas här. Spara den som JPEG eller PNG.
file-error-markup = Filen { $name } är en webbsida eller XML och tas inte emot. Spara en text som PDF, en bild som JPEG eller PNG.
file-error-macros = Filen { $name } innehåller makron. Spara den utan makron.
file-error-not-utf8 = Texten i { $name } är inte i UTF-8, så å, ä och ö blir fel. Spara den som UTF-8.
file-error-broken = Filen { $name } slutar för tidigt. Den är troligen inte färdigsparad.
file-error-is-picture = Det här är en bild. Lägg till den under Bilder, så tas platsuppgifter bort ur den.
file-error-too-long = Texten får ha högst { $limit } tecken. Korta av den.
file-error-title = Skriv vad filen heter, så som besökaren ska se det.
file-error-organisation = Välj en organisation som du får ändra sidor för.
file-error-version = Någon annan har ändrat detta sedan du öppnade det. Det du skrev står kvar här men är inte sparat. Jämför och spara igen.
file-error-key-taken = Det finns redan något med det namnet.
file-error-in-use = { $count ->
    [one] En sida använder den, så den kan inte tas bort.
   *[other] { $count } sidor använder den, så den kan inte tas bort.
}
file-error-needed = { $count ->
    [one] En text som inte är publicerad behöver den, så den kan inte tas bort. Det kan vara ett utkast, en planerad text eller något i papperskorgen.
   *[other] { $count } texter som inte är publicerade behöver den, så den kan inte tas bort. Det kan vara utkast, planerade texter eller något i papperskorgen.
}

picture-error-no-picture = Det här är ingen bild utan { $found }. Lägg till den under Filer.
picture-error-dimensions = Bilden är { $width } × { $height } bildpunkter. Den får ha högst { $side } på en sida och { $pixels } miljoner i allt. Gör den mindre.
picture-error-memory = Bilden tar för mycket minne när den packas upp. Spara om den med färre bildpunkter eller 8 bitars färg.
picture-error-broken = Bilden går inte att läsa. Den är skadad eller slutar för tidigt. Spara om den och försök igen.
picture-error-focus = Skriv ett heltal från 0 till 100.

upload-unreadable = Det som skickades gick inte att läsa som ett formulär. Försök igen.

file-import-unreadable = { $key }: filen går inte att läsa ({ $detail }).
file-import-table = Tabellen går inte att läsa: { $detail }
file-import-column = Kolumnen ”{ $column }” är okänd.
file-import-no-column = Kolumnen ”{ $column }” saknas.
file-import-key = ”{ $key }” kan inte vara en fils namn: skriv en sökväg utan .. och utan snedstreck först.
file-import-key-twice = ”{ $key }” finns två gånger.
file-import-id = Rad { $line }: id ska vara ett UUID. Lämna tomt om bilden eller filen är ny.
file-import-missing = ”{ $key }” finns i tabellen men inte bland filerna.
file-import-organisation = { $key }: organisationen ”{ $value }” finns inte.
