# Konton: inloggning, lösenord, behörigheter, organisationer i fil.

login-wrong = E-postadressen och lösenordet hör inte ihop. Kontrollera båda och försök igen.
login-wait-seconds =
    { $seconds ->
        [one] Just nu är det för många försök. Vänta { $seconds } sekund och försök igen.
       *[other] Just nu är det för många försök. Vänta { $seconds } sekunder och försök igen.
    }
login-wait-minutes =
    { $minutes ->
        [one] Just nu är det för många försök. Vänta { $minutes } minut och försök igen.
       *[other] Just nu är det för många försök. Vänta { $minutes } minuter och försök igen.
    }

session-browser = { $browser } på { $system }
session-browser-unknown = Okänd webbläsare
done-session-ended = Inloggningen är avslutad.

person-email-form = Skriv e-postadressen som namn@exempel.se.
person-email-taken = Det finns redan ett konto med den e-postadressen.
person-name-length = Skriv ett namn med 1 till 200 tecken.
person-unknown = Det finns inget konto med e-postadressen { $value }.

password-too-short = Lösenordet måste ha minst { $least } tecken. Flera ord i rad är lätta att minnas.
password-too-long = Lösenordet får ta högst { $most } byte. Korta av det.
password-is-email = Lösenordet får inte vara samma som e-postadressen.
password-current-wrong = Det nuvarande lösenordet stämmer inte.
password-changed-meanwhile = Lösenordet ändrades på ett annat ställe under tiden. Inget är sparat. Försök igen med det nya.

role-unknown = Det finns ingen roll som heter { $value }.
grant-ends-before = Behörigheten slutar innan den börjar. Ändra ett av datumen.
organisation-unknown = Det finns ingen organisation med nyckeln { $value }.

organisation-csv-unreadable = Rad { $line }: raden går inte att läsa som text i UTF-8 med kommatecken mellan fälten.
organisation-csv-column-missing = Rad { $line }: kolumnen { $column } saknas. Första raden ska vara key,kind,parent,name_sv,name_en.
organisation-csv-fields = Rad { $line }: antalet fält ({ $value }) är ett annat än i första raden.
organisation-key-form = Rad { $line }, { $column }: använd bara a–z, 0–9 och bindestreck, högst 80 tecken.
organisation-key-twice = Rad { $line }, { $column }: samma nyckel står redan på rad { $value }.
organisation-id-form = Rad { $line }, { $column }: { $value } är inget id. Lämna fältet tomt, så får organisationen ett nytt.
organisation-id-twice = Rad { $line }, { $column }: samma id står redan på en annan rad.
organisation-ended-form = Rad { $line }, { $column }: { $value } är ingen tid. Skriv till exempel 2026-03-01T10:00:00Z, eller lämna fältet tomt.
organisation-ended-city = Rad { $line }, { $column }: staden kan inte avslutas. Lämna fältet tomt.
organisation-ended-later = Rad { $line }, { $column }: tiden ligger i framtiden. Ta in filen på nytt den dagen.
organisation-parent-ended = Rad { $line }, { $column }: { $value } är avslutad. Det som ligger under måste också vara avslutat, eller flyttas.
organisation-child-open = Rad { $line }, { $column }: { $value } ligger under den här organisationen och är inte avslutad. Avsluta eller flytta den i samma fil.
organisation-kind-unknown = Rad { $line }, { $column }: ”{ $value }” finns inte. Skriv city, committee, company, department eller unit.
organisation-name-length = Rad { $line }, { $column }: skriv ett namn med högst 200 tecken.
organisation-city-parent = Rad { $line }, { $column }: staden kan inte höra till något annat.
organisation-parent-missing = Rad { $line }, { $column }: skriv nyckeln till den organisation som den hör till.
organisation-parent-unknown = Rad { $line }, { $column }: det finns ingen organisation med nyckeln { $value }.
organisation-parent-kind = Rad { $line }, { $column }: den här sortens organisation kan inte ligga under { $value }.
organisation-child-kind = Rad { $line }, { $column }: { $value } ligger redan under den här organisationen och kan inte göra det om den blir av den sorten.
organisation-circle = Rad { $line }, { $column }: organisationen hör till sig själv genom { $value }.
organisation-one-city = Rad { $line }, { $column }: det ska finnas precis en stad, men med filen blir de { $value }.

# Logga in
login-again = Logga in igen, så vet vi att det är du som ändrar hur du loggar in.
login-out = Du är utloggad.
login-over = Inloggningen tog för lång tid eller hade för många fel. Börja om med ditt lösenord.
login-provider = Logga in med { $name }
login-or-password = Eller med lösenord
login-leave-provider = Logga ut från { $name } också

# Andra steget
step-title = Bekräfta att det är du
step-lede = Ditt lösenord stämmer. Nu behövs ett steg till.
step-passkey = Använd din nyckel
step-code = Kod
step-code-hint = Sex siffror från appen i din telefon. Du kan också skriva en återställningskod.
step-recovery = Återställningskod
step-recovery-hint = En av de koder som du sparade, till exempel abcd-efgh-jkmn-pqrs.
step-go-on = Fortsätt
step-again = Börja om
step-lost = Har du varken telefon, nyckel eller koder? Be den som sköter konton att ta bort ditt andra steg.
step-code-wrong = Koden stämmer inte. Varje kod gäller en gång. Vänta på nästa och försök igen.
step-passkey-wrong = Nyckeln gick inte att använda. Försök igen eller skriv en kod.
passkey-failed = Det blev ingen nyckel den här gången. Försök igen.
passkey-script = Nycklar kräver JavaScript i webbläsaren. Använd en kod i stället.
passkey-not-here = Nycklar går inte att använda på den här adressen. De kräver HTTPS och ett namn i stället för siffror.

# Stadens inloggning
provider-down = { $name } svarar inte just nu. Försök igen om en stund, eller logga in med lösenord om du har ett.
provider-misconfigured = { $name } tar inte emot den här webbplatsen. Den som driver webbplatsen måste se över inställningarna.
provider-cancelled = Inloggningen avbröts hos { $name }. Försök igen när du vill.
provider-stale = Inloggningen är redan använd eller för gammal. Börja om härifrån.
provider-clock = Klockorna hos { $name } och på den här webbplatsen går olika. Den som driver webbplatsen måste ställa dem rätt.
provider-untrusted = Svaret från { $name } gick inte att lita på, så ingen är inloggad. Börja om härifrån.
provider-no-email = { $name } bekräftar inte din e-postadress, så vi vet inte vilket konto som är ditt. Be den som sköter konton om hjälp.
provider-email-taken = Kontot med din e-postadress hör till någon annan hos { $name }. Be den som sköter konton om hjälp.
provider-no-access = Du är inloggad hos { $name } men har inget konto här. Be den som sköter konton om en roll.
provider-closed = Ditt konto är stängt. Be den som sköter konton om hjälp.
group-rules-unreadable = Rad { $line }: raden går inte att läsa som text med kommatecken mellan fälten.
group-rules-columns = Rad { $line }: första raden ska vara group,role,organisation.
group-rules-empty = Rad { $line }: alla tre fälten måste vara ifyllda.

# Mitt konto
account-safety = Så loggar du in
account-with-password = Du loggar in med lösenord. Lägg till ett andra steg, så räcker det inte att någon får tag i lösenordet.
account-with-app = Du loggar in med lösenord och en kod från din telefon.
account-with-passkey = Du loggar in med lösenord och en nyckel.
account-with-both = Du loggar in med lösenord och en nyckel eller en kod från din telefon.
account-with-provider = Du loggar in med stadens gemensamma inloggning.
account-grant-source = Från { $name }, efter dina grupper där
account-session-since = Inloggad { $time }, { $method }
log-in-with-password = med lösenord
log-in-with-app = med lösenord och kod
log-in-with-passkey = med lösenord och nyckel
log-in-with-recovery = med återställningskod
log-in-with-provider = med stadens inloggning
password-title = Byt lösenord
password-current = Nuvarande lösenord
password-new = Nytt lösenord
password-new-hint = Minst { $least } tecken. Flera ord i rad är lätta att minnas. Dina andra inloggningar avslutas.
password-change = Byt lösenord
done-password-changed = Lösenordet är bytt. Dina andra inloggningar är avslutade.
done-sessions-ended = Personens inloggningar är avslutade.
done-factors-removed = Personens andra steg är borttaget, och inloggningarna är avslutade.

# Andra steget: lägga till och ta bort
factors-title = Andra steget
factors-lead = Med ett andra steg kan ingen logga in som du bara genom att veta ditt lösenord. Ha gärna två sätt, så står du inte utanför när telefonen är borta.
factors-missing = Din roll kräver ett andra steg. Lägg till en app eller en nyckel, så får du dina behörigheter.
factors-go-on = Fortsätt dit du var på väg
factors-elsewhere = Du loggar in med { $name }. Det är där du ställer in hur du loggar in.
factors-app = Kod från telefonen
factors-app-text = En app visar en ny kod på sex siffror varje halvminut. Den behöver ingen täckning.
factors-app-there = Appen är kopplad
factors-since = Sedan { $time }
factors-app-add = Koppla en app
factors-app-remove = Ta bort appen
factors-passkeys = Nycklar
factors-passkeys-text = En nyckel ligger i din dator, i din telefon eller på en säkerhetsnyckel. Du låser upp den med finger, ansikte eller pinkod. Den går inte att lura till en falsk webbplats.
factors-passkey-add = Lägg till en nyckel
factors-passkey-remove = Ta bort
factors-passkey-remove-name = Ta bort nyckeln { $name }
factors-passkey-added = Tillagd { $added }. Inte använd än.
factors-passkey-used = Tillagd { $added }, senast använd { $used }
factors-recovery = Återställningskoder
factors-recovery-text = Varje kod släpper in dig en gång när du varken har telefon eller nyckel. Nya koder gör de gamla ogiltiga.
factors-recovery-left =
    { $count ->
        [0] Du har inga återställningskoder. Gör nya nu, medan du kommer in.
        [one] Du har en återställningskod kvar.
       *[other] Du har { $count } återställningskoder kvar.
    }
factors-recovery-make = Gör nya koder
factor-off = Den här webbplatsen använder inget andra steg.
factor-demanded = Din roll kräver ett andra steg. Lägg till ett annat innan du tar bort det sista.
app-there = Du har redan en app. Ta bort den innan du kopplar en ny.
app-code-wrong = Koden stämmer inte. Kontrollera att telefonens klocka går rätt, vänta på nästa kod och försök igen.
passkey-many = Du har redan { $most } nycklar. Ta bort en som du inte använder.
passkey-name-length = Skriv ett namn med 1 till { $most } tecken.
passkey-not-taken = Nyckeln gick inte att lägga till. Försök igen.
passkey-known = Nyckeln är redan tillagd.
recovery-without-factor = Lägg först till en app eller en nyckel.
recovery-title = Dina återställningskoder
recovery-once = Koderna visas bara nu. Skriv ut dem eller spara dem där bara du kommer åt dem.
recovery-keep = Spara dem inte i samma telefon som appen. Varje kod gäller en gång.
recovery-kept = Jag har sparat dem
add-app-title = Koppla en app
add-app-first = Öppna en app för engångskoder
add-app-first-text = De flesta telefoner har en i sin lösenordshanterare. Annars finns gratis appar, till exempel Aegis, FreeOTP eller den som din arbetsgivare använder.
add-app-scan = Läs av bilden med appen
add-app-picture = Bild att läsa av med appen. Nyckeln står också som text efter bilden.
add-app-or-type = Eller skriv in den här nyckeln:
add-app-here = Öppna i en app på den här enheten
add-app-answer = Skriv koden som appen visar
add-app-code = Kod
add-app-code-hint = Sex siffror.
add-app-done = Koppla appen
add-passkey-title = Lägg till en nyckel
add-passkey-text = Ge nyckeln ett namn, så känner du igen den. Sedan frågar webbläsaren var den ska ligga.
add-passkey-name = Namn
add-passkey-name-hint = Till exempel ”Jobbdatorn” eller ”Blå säkerhetsnyckeln”.
add-passkey-go-on = Fortsätt
done-app-added = Appen är kopplad. Koden frågas efter nästa gång du loggar in.
done-app-removed = Appen är borttagen.
done-passkey-added = Nyckeln är tillagd. Den frågas efter nästa gång du loggar in.
done-passkey-removed = Nyckeln är borttagen.

# Händelser i loggen
log-kind-person-second-factor-asked = Lösenordet stämde, och det andra steget frågades efter
log-kind-person-second-factor-failed = Det andra steget misslyckades
log-kind-person-second-factors-removed = Det andra steget togs bort av någon annan
log-kind-person-app-added = En app för koder kopplades
log-kind-person-app-removed = Appen för koder togs bort
log-kind-person-passkey-added = En nyckel lades till
log-kind-person-passkey-removed = En nyckel togs bort
log-kind-person-recovery-codes-made = Nya återställningskoder gjordes
log-kind-person-recovery-code-used = En återställningskod användes
log-kind-person-sessions-ended = Alla inloggningar avslutades av någon annan
log-kind-person-identity-linked = Kontot kopplades till stadens inloggning
log-kind-person-identity-unlinked = Kontot skildes från stadens inloggning

# Brev om det egna kontot
account-mail-subject = Ändrat på ditt konto hos { $city }
account-mail-app-added = En app för koder lades till ditt konto { $time }.
account-mail-app-removed = Appen för koder togs bort från ditt konto { $time }.
account-mail-passkey-added = En nyckel lades till ditt konto { $time }.
account-mail-passkey-removed = En nyckel togs bort från ditt konto { $time }.
account-mail-codes-made = Nya återställningskoder gjordes till ditt konto { $time }. De gamla gäller inte längre.
account-mail-code-used = Någon loggade in på ditt konto med en återställningskod { $time }.
account-mail-password = Lösenordet till ditt konto byttes { $time }. Andra inloggningar avslutades.
account-mail-linked = Någon loggade in med stadens gemensamma inloggning och din e-postadress { $time }. Kontot öppnas nu bara så. Lösenord, andra steg, inloggningar och överlämnade roller som fanns på kontot före det är borttagna.
account-mail-factors-removed = Den som sköter konton tog bort det andra steget från ditt konto { $time }. Alla inloggningar avslutades.
account-mail-handed-over = Roller på ditt konto lämnades över till en ersättare { $time }. Under Frånvaro ser du till vem, och där kan du avsluta det.
account-mail-moved = E-postadressen till ditt konto ändrades från { $old } till { $new } { $time }. Du loggar in med den nya.
account-mail-own = Var det du, eller hade du bett om det? Då behöver du inte göra något. Här ser du hur du loggar in:
account-mail-not-you = Var det inte du? Berätta det genast för den som sköter konton i din organisation, och byt lösenord om du har ett.
grant-from-group = Kommer från en grupp i stadens inloggning. Tas rollen bort här kommer den tillbaka vid nästa inloggning.
