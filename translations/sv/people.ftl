# Personer, organisationer, roller och frånvaro i arbetsytan.

desk-accounts = Personer
desk-organisations = Organisationer
desk-roles = Roller

# Vad en behörighet låter en göra.
permission-workspace-use = Använda arbetsytan
permission-page-read = Se sidor som inte är publika, och deras historik
permission-page-edit = Skriva och ändra utkast, och lämna dem för granskning
permission-page-review = Kommentera, lämna tillbaka och godkänna andras utkast
permission-page-publish = Publicera, flytta, avpublicera och ta bort sidor
permission-navigation-edit = Ändra menyer, startsidan och vad ämnessidor samlar
permission-media-edit = Lägga in, ändra och ta bort bilder och filer
permission-quality-manage = Bestämma reglerna för god text och vad varje regel väger
permission-unit-edit = Ändra enheters namn, telefon, adress och öppettider
permission-almanac-manage = Ändra skollov och stadens egna dagar i kalendern
permission-fact-edit = Ändra faktauppgifter som flera sidor visar
permission-notice-publish = Sätta upp, rätta och ta ner anslag
permission-event-edit = Skriva och ändra händelser i kalendariet
permission-event-publish = Publicera händelser och godkänna tips
permission-comment-moderate = Läsa kommentarer innan de visas, och bestämma om dem
permission-log-read = Läsa loggen: vem som ändrat vad
permission-search-manage = Sköta synonymer, valda sidor och sökningens arbetslista
permission-person-manage = Lägga till personer och ge roller
permission-organisation-manage = Lägga till, byta namn på, flytta och avsluta organisationer
permission-setting-manage = Ändra vad roller innehåller, och stadens inställningar

# Listan över personer.
people-new = Lägg till en person
people-states = Öppna och stängda konton
people-open = Öppna konton
people-closed = Stängda
people-filter = Namn eller e-post
people-organisation = Organisation
people-role = Roll
people-any-organisation = Alla organisationer
people-any-role = Alla roller
people-grants = Roller
people-no-grants = Inga roller
people-more-grants =
    { $count ->
        [one] och 1 till
       *[other] och { $count } till
    }
people-none = Här finns ingen än.
people-no-match = Ingen passar filtret. Pröva färre ord, eller titta bland stängda konton.

# En person.
person-name = Namn
person-email = E-post
person-email-hint = Adressen som personen loggar in med.
person-closed = Stängt
person-closed-since = Kontot är stängt sedan { $time }. Personen kan inte logga in.
person-new-lede = Ett nytt konto får inte göra något förrän du ger det en roll. Det gör du i nästa steg.
person-new-do = Lägg till
person-email-not-yours = Du kan inte ändra adressen: personen har behörigheter som du själv saknar, och den som ändrar adressen kan ta över kontot.
person-grants = Roller nu och framåt
person-grants-none = Personen har inga roller. Ge en nedan, så kan arbetet börja.
person-grants-past =
    { $count ->
        [one] 1 tidigare roll
       *[other] { $count } tidigare roller
    }
person-handed = Ersättare
person-about = Uppgifter
person-entry = Inloggning
person-password-new = Gör ett nytt lösenord
person-password-hint = Det visas en enda gång. Personen loggas ut överallt och byter sedan lösenordet själv under Mitt konto.
person-password-made = Nytt lösenord
person-password-made-hint = Det visas bara nu. Lämna det till personen själv, helst på tal, och be personen byta det under Mitt konto.
person-password-linked = Personen loggar in med stadens gemensamma inloggning. Därför kan inget lösenord göras här.
person-linked = Stadens gemensamma inloggning
person-linked-hint = Kontot öppnas bara så, och därför kan inget lösenord göras här. I nödfall kan den som driver webbplatsen göra ett från kommandoraden.
person-sessions-end = Logga ut överallt
person-sessions-hint = Till exempel när en dator eller telefon har kommit bort.
person-factors-remove = Ta bort andra faktorn
person-factors-hint = När personen har tappat både sin telefon och sina reservkoder. Kontrollera först att det är rätt person som frågar.
person-close = Stäng kontot
person-close-hint = Personen loggas ut nu och kan inte logga in. Allt som personen har gjort står kvar i loggen, och kontot kan öppnas igen.
person-open = Öppna kontot igen
person-open-hint = Rollerna som ännu gäller börjar fungera igen.
done-person-added = Kontot finns. Ge det en roll, så kan personen börja arbeta.
done-person-saved = Uppgifterna är sparade.
done-person-closed = Kontot är stängt.
done-person-opened = Kontot är öppet igen.
done-grants-given = Rollerna gäller.
done-grant-ended = Rollen är avslutad och gäller inte längre.
done-delegation-ended = Ersättningen är avslutad.

# Roller som ges.
grant-new = Ge roller
grant-roles = Roller
grant-roles-hint = Välj en eller flera. Du kan bara ge det du själv har.
grant-roles-see = Se vad varje roll får göra
grant-organisation = För organisationen
grant-organisation-choose = Välj en organisation
grant-organisation-hint = Rollen gäller också allt som ligger under, inom samma myndighet.
grant-from = Från och med
grant-to = Till och med
grant-to-hint = Lämna tomt för tills vidare.
grant-do = Ge rollerna
grant-time = Tid
grant-state = Läge
grant-state-now = Gäller
grant-state-coming = Kommande
grant-state-over = Tiden är slut
grant-state-ended = Avslutad
grant-time-to = { $from } – { $to }
grant-time-always = { $from } – tills vidare
grant-given = Gavs { $time } av programmet
grant-given-by = Gavs { $time } av { $name }
grant-ended = Avslutades { $time } av programmet
grant-ended-by = Avslutades { $time } av { $name }
grant-end = Avsluta
grant-end-name = Avsluta { $role } för { $organisation }
grant-role-missing = Välj minst en roll.
grant-organisation-missing = Välj en organisation.
grant-day-form = Skriv dagen som 2026-03-31.
grant-more-than-own = Rollen { $role_sv } får göra sådant som du själv inte får göra i den organisationen. Välj en annan roll, eller be någon som får mer.
grant-longer-than-own = Dina egna behörigheter gäller till och med { $last }. Du kan inte ge någon annan längre tid än så.
grant-handed-over = Du är ersättare här. Den som är ersättare kan inte ge roller åt andra.
administrator-last = Det här är stadens sista administratör. Gör någon annan till administratör för hela staden först.

# Organisationer.
organisation-kind = Slag
organisation-kind-hint = Nämnder och bolag är egna myndigheter: roller ärvs inte över deras gräns.
organisation-kind-city = Stad
organisation-kind-committee = Nämnd
organisation-kind-company = Bolag
organisation-kind-department = Förvaltning eller avdelning
organisation-kind-unit = Enhet
organisations-new = Lägg till en organisation
organisations-new-do = Lägg till
organisations-filter = Namn eller nyckel
organisations-total =
    { $count ->
        [one] 1 organisation.
       *[other] { $count } organisationer.
    }
organisations-show-ended = Visa också avslutade
organisations-hide-ended = Göm avslutade
organisations-people =
    { $count ->
        [one] 1 person
       *[other] { $count } personer
    }
organisations-below =
    { $count ->
        [one] 1 del
       *[other] { $count } delar
    }
organisations-committees = Nämnder
organisations-companies = Bolag
organisations-departments = Förvaltningar och avdelningar
organisations-units = Enheter
organisations-found = Träffar
organisations-no-match = Ingen organisation passar. Pröva färre ord.
organisation-name-sv = Namn på svenska
organisation-name-en = Namn på engelska
organisation-key = Nyckel
organisation-key-hint = Kort namn i filer och kommandon, till exempel kultur-biblioteken. Ändras aldrig.
organisation-parent = Hör till
organisation-authority = Myndighet
organisation-authority-own = Egen myndighet
organisation-authority-none = Ingen: staden är en avsändare, inte en myndighet
organisation-ended = Avslutad
organisation-ended-since = Organisationen avslutades { $time }. Inga roller kan ges för den.
organisation-below = Delar
organisation-below-none = Inget ligger under den här organisationen.
organisation-add-below = Lägg till en del
organisation-holders = Personer med roller här
organisation-holders-none = Ingen har en roll just för den här organisationen. Roller kan ändå gälla uppifrån.
organisation-end = Avsluta organisationen
organisation-end-hint = Rollerna för den slutar gälla nu. Sidor och annat som den ansvarar för ligger kvar tills den som är ansvarig ovanför lämnar över dem.
organisation-reopen = Ta upp organisationen igen
organisation-reopen-hint = Roller som avslutades med organisationen måste ges på nytt.
organisation-has-ended = { $name } är avslutad. Välj en annan organisation.
organisation-has-below = { $name } ligger under den här organisationen. Flytta eller avsluta den först.
organisation-city-stays = Staden kan inte flyttas eller avslutas.
organisation-city-one = Det finns en stad, och den förblir det.
organisation-city-on-top = Staden hör inte till något annat.
organisation-above-missing = Välj vad organisationen hör till.
organisation-above-kind = En organisation av det slaget kan inte ligga där. Nämnder ligger direkt under staden, bolag under staden eller ett bolag.
organisation-above-ended = Det som organisationen skulle höra till är avslutat.
organisation-below-kind = Det som ligger under organisationen kan inte göra det om den blir av det slaget.
organisation-in-itself = En organisation kan inte ligga under sig själv.
organisation-kind-missing = Välj ett slag.
organisation-key-shape = Använd bara a–z, 0–9 och bindestreck, högst 80 tecken.
organisation-key-taken = Nyckeln är upptagen. Välj en annan.
organisation-name-size = Skriv ett namn med högst 200 tecken.
organisation-changed-meanwhile = Någon annan ändrade organisationen medan du skrev. Det du skrev står kvar. Se historiken längst ner och spara igen om ditt ska gälla.
done-organisation-added = Organisationen är tillagd.
done-organisation-saved = Organisationen är sparad.
done-organisation-ended = Organisationen är avslutad.
done-organisation-reopened = Organisationen är upptagen igen.

# Rollernas innehåll.
roles-lede = En roll är ett namn på flera behörigheter. Den ges till en person för en organisation.
roles-new = Gör en ny roll
roles-new-do = Gör rollen
roles-table = Vad varje roll får göra
roles-permission = Behörighet
roles-yes = Ja
roles-no = Nej
roles-people = Personer som har rollen nu
role-name-sv = Namn på svenska
role-name-en = Namn på engelska
role-key = Nyckel
role-key-hint = Kort namn i kommandon, till exempel biblioteksredaktor. Ändras aldrig.
role-key-is = Nyckel: { $key }
role-permissions = Vad rollen får göra
role-whole = Administratören har alltid alla behörigheter. Annars kunde en ny behörighet inte ges av någon.
role-holders = Personer som har rollen
role-holders-none = Ingen har rollen.
role-name-length = Skriv ett namn med högst 100 tecken.
role-permissions-none = Välj minst en behörighet.
role-administrator-whole = Administratören har alltid alla behörigheter.
role-more-than-own = Du kan inte lägga till behörigheter som du själv inte har för hela staden.
role-key-form = Börja med en bokstav och använd bara a–z, 0–9 och understreck, högst 60 tecken.
role-key-taken = Det finns redan en roll med den nyckeln.
role-changed-meanwhile = Någon annan ändrade rollen medan du arbetade. Det du valde står kvar. Se historiken längst ner och spara igen om ditt ska gälla.
done-role-added = Rollen finns och kan ges.
done-role-saved = Rollen är sparad och gäller nu för alla som har den.

# Frånvaro.
away-open = Lämna över när du är borta
away-title = Frånvaro
away-lede = När du är borta kan en kollega göra det du får göra. Kollegan arbetar i sitt eget namn, och loggen visar att det var för dig. Det slutar av sig självt.
away-taker = Kollegans e-post
away-taker-hint = Adressen som kollegan loggar in med.
away-to = Till och med
away-grants = Vad kollegan får göra
away-all = Allt som jag själv får göra
away-some = Bara det här:
away-do = Lämna över
away-nothing = Du har inga roller att lämna över.
away-needs-factor = Dina roller gäller först när du har loggat in med ett andra steg. Då kan du också lämna över dem.
away-weak = Allt kan du lämna över först när du har loggat in med ett andra steg.
away-log-in = Logga in igen, så vet vi att det är du som lämnar över.
away-log-in-do = Logga in igen
away-log-in-tab = Logga in igen (i en ny flik)
away-handed = Överlämnat till och från mig
away-what = { $giver } till { $taker }
away-end = Avsluta
away-end-name = Avsluta: { $what }
done-handed-over = Överlämnat. Det börjar och slutar av sig självt på de dagar du valde.
delegation-to-self = Välj någon annan än dig själv.
delegation-to-closed = Det kontot är stängt. Välj en annan kollega.
delegation-starts-before = Välj i dag eller en senare dag.
delegation-too-long = Välj högst { $days } dagar.
delegation-of-nothing = Välj minst en av dina roller.
delegation-whole-weak = Allt kan du lämna över först när du har loggat in med ett andra steg. Välj bland rollerna.
delegation-log-in-old = Det var ett tag sedan du loggade in. Logga in igen i en ny flik, och välj sedan Lämna över en gång till här.

# Historik.
history-title = Historik
history-program = Programmet
history-permissions-more = Fick: { $list }
history-permissions-less = Förlorade: { $list }
log-kind-person-changed = Namn eller e-post ändrades
log-kind-person-handed-over = Lämnade över roller
log-kind-person-taken-over = Fick roller som ersättare
log-kind-person-handed-back = Överlämnade roller togs tillbaka
log-kind-person-taken-back = Slutade som ersättare
log-kind-organisation-ended = Organisationen avslutades
log-kind-organisation-reopened = Organisationen togs upp igen
