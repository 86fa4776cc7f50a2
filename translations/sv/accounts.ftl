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
organisation-kind-unknown = Rad { $line }, { $column }: ”{ $value }” finns inte. Skriv city, committee, company, department eller unit.
organisation-name-length = Rad { $line }, { $column }: skriv ett namn med högst 200 tecken.
organisation-city-parent = Rad { $line }, { $column }: staden kan inte höra till något annat.
organisation-parent-missing = Rad { $line }, { $column }: skriv nyckeln till den organisation som den hör till.
organisation-parent-unknown = Rad { $line }, { $column }: det finns ingen organisation med nyckeln { $value }.
organisation-parent-kind = Rad { $line }, { $column }: den här sortens organisation kan inte ligga under { $value }.
organisation-child-kind = Rad { $line }, { $column }: { $value } ligger redan under den här organisationen och kan inte göra det om den blir av den sorten.
organisation-circle = Rad { $line }, { $column }: organisationen hör till sig själv genom { $value }.
organisation-one-city = Rad { $line }, { $column }: det ska finnas precis en stad, men med filen blir de { $value }.
