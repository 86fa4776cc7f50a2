# Anslagstavlan: det som invånare ser, formulär, bevis, fel i formulär och filer.

board-title = Anslagstavla
board-lede = Här anslår stadens nämnder sina justerade protokoll och kungörelser. Varje anslag tas ner av sig självt på sin dag.
board-filter = Välj anslag
board-kind = Sort
board-words = Sök i anslagen
board-all-committees = Alla nämnder
board-all-kinds = Alla sorter
board-show = Visa
board-show-all = Visa alla anslag
board-empty = Just nu finns inga anslag.
board-no-match = Inget anslag passar det du valde.
board-count =
    { $count ->
        [one] 1 anslag på tavlan
       *[other] { $count } anslag på tavlan
    }
board-match-count =
    { $count ->
        [one] 1 anslag passar det du valde
       *[other] { $count } anslag passar det du valde
    }
board-about = Om anslagstavlan
board-appeal-title = Så överklagar du
board-appeal-weeks =
    { $count ->
        [one] Du som är medlem av kommunen kan begära att domstol prövar om ett beslut är lagligt. Det ska ske inom en vecka från den dag då anslaget om det justerade protokollet sattes upp.
       *[other] Du som är medlem av kommunen kan begära att domstol prövar om ett beslut är lagligt. Det ska ske inom { $count } veckor från den dag då anslaget om det justerade protokollet sattes upp.
    }
board-appeal-days =
    { $count ->
        [one] Du som är medlem av kommunen kan begära att domstol prövar om ett beslut är lagligt. Det ska ske inom en dag från den dag då anslaget om det justerade protokollet sattes upp.
       *[other] Du som är medlem av kommunen kan begära att domstol prövar om ett beslut är lagligt. Det ska ske inom { $count } dagar från den dag då anslaget om det justerade protokollet sattes upp.
    }
board-appeal-how = Skriv till förvaltningsrätten. Ange vilket beslut det gäller och alla skäl till att du tycker att beslutet är olagligt. Nya skäl får du inte lägga till när tiden är ute.
board-appeal-more = Mer om att överklaga
board-follow = Följ anslagstavlan
board-follow-text = Med ett flöde får du nya anslag i en läsare som du själv väljer.
board-subscribe = Få anslag med e-post
board-feed = Flöde (Atom)
board-feed-title = Anslagstavla: { $committee }

notice-kind-announcement = Kungörelse
notice-kind-minutes = Justerat protokoll
notice-kind-council_meeting = Sammanträde med fullmäktige
notice-committee = Nämnd
notice-meeting = Sammanträde
notice-adjusted = Justerat
notice-posted = Anslaget
notice-removed = Tas ner
notice-appeal-until = Överklaga senast
notice-kept-at = Här finns protokollet
notice-goes = Anslaget sitter uppe till och med { $date }.
notice-appeal-title = Om du vill överklaga
notice-appeal-text = Överklagandet ska ha kommit in senast { $date }.
notice-gone-title = Anslaget är nedtaget
notice-gone-text = Här fanns ett anslag från { $committee }. Det togs ner { $date }.
notice-gone-why = Ett anslag sitter uppe en viss tid och visas sedan inte längre.
notice-gone-where = Vill du läsa protokollet eller handlingen? Vänd dig till nämnden eller till stadens kontaktcenter.
notice-gone-board = Till anslagstavlan

desk-notice-board = Anslagstavla
notices-new = Nytt anslag
notices-see = Se anslagstavlan
notices-states = Läge
notices-all = Alla
notices-filter = Rubrik eller nämnd
notices-none = Här finns inga anslag än. Börja med Nytt anslag.
notices-no-match = Inget anslag passar filtret.
notices-title = Rubrik
notices-state = Läge
notices-kind = Sort
notices-committee = Nämnd
notice-state-coming = Kommande
notice-state-posted = Uppe
notice-state-removed = Nedtagna
notice-state-withdrawn = Återkallat
notice-stands-coming = Sätts upp { $from } och tas ner { $until }.
notice-stands-posted = Uppe sedan { $from }. Tas ner { $until }.
notice-stands-removed = Satt uppe från { $from } och togs ner { $until }.
notice-stands-never = Har aldrig suttit uppe.

notice-edit-new = Nytt anslag
notice-edit-see = Se anslaget
notice-edit-proof = Bevis
notice-edit-kind = Sort
notice-edit-committee = Nämnd
notice-edit-title = Rubrik
notice-edit-text = Text
notice-edit-text-hint = Skrivs i Markdown. Rubriker börjar med ##, listor med -. Ta inte med känsliga personuppgifter.
notice-edit-about-meeting = Om sammanträdet
notice-edit-meeting = Sammanträdesdag
notice-edit-meeting-hint = Krävs för protokoll och för sammanträde med fullmäktige.
notice-edit-adjusted = Justeringsdag
notice-edit-adjusted-hint = Protokollet ska anslås senast andra dagen efter justeringen.
notice-edit-days = När anslaget sitter uppe
notice-edit-when = Sätt upp
notice-edit-now = Nu
notice-edit-date = På en viss dag
notice-edit-posted = Anslagsdag
notice-edit-posted-hint = Om du valde en viss dag. Anslaget visas från midnatt.
notice-edit-appeal = Överklaga senast
notice-edit-appeal-hint = Lämna tomt för ett protokoll, så räknas dagen ut. Anslås det { $posted } är sista dagen { $until }.
notice-edit-removed = Tas ner
notice-edit-removed-hint = Den första dagen då anslaget inte visas. Lämna tomt så väljs dagen efter att tiden är ute.
notice-edit-where = Var och vem
notice-edit-kept-at = Var protokollet finns
notice-edit-kept-at-hint = Krävs för protokoll. Skriv stället, så att den som vill kan gå dit och läsa.
notice-edit-contact = Kontakt
notice-edit-no-contact = Ingen
notice-edit-english = På engelska
notice-edit-title-en = Rubrik på engelska
notice-edit-text-en = Text på engelska
notice-edit-kept-at-en = Var protokollet finns, på engelska
notice-edit-preview = Förhandsgranska
notice-edit-correct = Rätta anslaget
notice-edit-kept = Det du skrev finns kvar i formuläret. Det är inte sparat än.
notice-edit-kept-drop = Visa det sparade i stället
notice-edit-files = Filer
notice-edit-files-add = Lägg till filer
notice-edit-files-hint = PDF, Word, Excel och andra dokument, flera på en gång. Det som står i dem är offentligt så snart anslaget är uppe.
notice-edit-files-do = Lägg till
notice-edit-files-remove = Ta bort
notice-edit-files-remove-named = Ta bort { $title }
notice-error-file-twice = Filen finns redan i anslaget: { $title }.
notice-error-files-many = Ett anslag kan ha högst { $most } filer.
notice-import-attachment = Filen ”{ $value }” finns inte här, eller har ett annat innehåll. Läs in filerna först.
notice-edit-withdraw = Ta ner i förtid
notice-edit-withdraw-hint = Ett justerat protokoll får inte tas ner innan tiden för att överklaga är ute. Gör det bara om anslaget är fel.
notice-edit-withdraw-do = Ta ner anslaget
notice-edit-reason = Varför?
notice-edit-reason-hint = Skälet sparas i loggen och syns i beviset. Skriv inga personuppgifter.
notice-edit-withdrawn = Nedtaget i förtid. Skäl: { $reason }
notice-preview = Så här kommer anslaget att se ut
notice-preview-hint = Inget är sparat än.
notice-conflict-title = Någon annan har sparat anslaget medan du skrev
notice-conflict-text = Det sparades { $time }. Din text är kvar här nedanför. Jämför, för in det som saknas och spara igen.
notice-conflict-saved = Visa det som är sparat nu
done-notice-saved = Sparat. Anslagstavlan visar anslaget på sina dagar.
done-notice-withdrawn = Anslaget är nedtaget.

notice-remark-minutes = Protokollet skulle ha anslagits senast { $date }. Anslå det så fort du kan.
notice-remark-meeting = Sammanträdet skulle ha anslagits senast { $date }. Anslå det så fort du kan.

proof-title = Bevis: { $title }
proof-download = Hämta beviset som fil (JSON)
proof-address = Adress
proof-made = Beviset gjordes
proof-holds = Varje händelse har räknats om och stämmer med loggen.
proof-fails = Något stämmer inte med loggen. Se händelserna nedan och kör torg verify.
proof-shown = Det här visades
proof-never = Anslaget har inte visats här.
proof-span = { $from } till { $until }
proof-span-open = { $from } och fortfarande
proof-by-event = Enligt händelse { $position } i loggen
proof-events = Händelser i loggen
proof-events-hint = Kontrollsumman är gjord av innehållet. Länken binder händelsen till alla före den. Sigillet gäller hela dagen och är offentligt, så att ingen kan ändra i efterhand utan att det syns.
proof-event = Händelse { $position }
proof-event-holds = Omräknad och rätt.
proof-event-fails = Stämmer inte.
proof-weeded = Innehållet är gallrat genom händelse { $position }.
proof-digest = Kontrollsumma
proof-chain = Länk
proof-seal = Dagens sigill
proof-no-seal = Sätts när dagen är slut.
proof-instant = { $time }.{ $seconds }

log-kind-announcement-created = Anslaget skrevs
log-kind-announcement-changed = Anslaget ändrades
log-kind-announcement-posted = Anslaget sattes upp
log-kind-announcement-removed = Anslaget togs ner
log-kind-announcement-withdrawn = Anslaget togs ner i förtid
log-field-notice = Anslag

notice-error-version = Någon annan har ändrat anslaget sedan du öppnade det. Det du skrev står kvar här men är inte sparat.
notice-error-is-removed = Anslaget är redan nedtaget och går inte att ändra.
notice-error-title = Skriv en rubrik på svenska.
notice-error-too-long = Texten får ha högst { $limit } tecken. Korta av den.
notice-error-text-too-long = Texten är för lång för ett anslag. Korta av den.
notice-error-kept-at = Skriv var protokollet finns. Det kräver kommunallagen.
notice-error-meeting = Ange sammanträdets dag.
notice-error-meeting-past = Sammanträdet är före anslagsdagen. Ändra en av dagarna.
notice-error-adjusted = Justeringen kan inte vara före sammanträdet.
notice-error-posted = Ange vilken dag anslaget ska sättas upp, eller välj Nu.
notice-error-posted-early = Protokollet kan inte anslås före sammanträdet eller justeringen.
notice-error-posted-past = Anslagsdagen har varit. Välj i dag eller en senare dag.
notice-error-posted-fixed = Anslaget är uppe. Dagen då det sattes upp går inte att ändra.
notice-error-kind-fixed = Anslaget är uppe. Sorten går inte att ändra.
notice-error-organisation-fixed = Anslaget är uppe. Nämnden går inte att ändra.
notice-error-appeal = Tiden för att överklaga går ut tidigast { $date }.
notice-error-removed-order = Anslaget måste sitta uppe minst en dag. Välj en senare dag.
notice-error-removed-early = Anslaget får tas ner tidigast { $date }, när tiden för att överklaga är ute.
notice-error-removed-late = Anslaget skulle sitta uppe i mer än tre år. Kontrollera årtalet.
notice-error-removed-past = Dagen har varit. Ska anslaget ner nu, använd Ta ner i förtid.
notice-error-kind = Välj en sort.
notice-error-organisation = Välj en nämnd.
notice-error-contact = Välj en kontakt i listan.
notice-error-date = Skriv dagen som 2026-11-16.
notice-error-key-taken = Ett annat anslag har redan den nyckeln.
notice-error-reason = Skriv varför anslaget tas ner, med minst tio tecken.
notice-error-reference = Rad { $line }: skriv ut uppgiften. Ett anslag får inte visa något som kan ändras av sig självt.
notice-error-link = Länken till { $address } leder ingenstans. Skriv en adress som börjar med / eller https://.

notice-import-unreadable = Filen går inte att läsa som en lista i JSON: { $detail }
notice-import-field = Det går inte att läsa: { $detail }
notice-import-key = Nyckeln får bara ha a–z, 0–9 och bindestreck, högst 80 tecken.
notice-import-key-twice = Nyckeln finns redan tidigare i filen.
notice-import-other-id = Nyckeln och id hör till två olika anslag.
notice-import-organisation = Organisationen ”{ $value }” finns inte.
notice-import-contact = Enheten ”{ $value }” finns inte.
notice-import-posted-at = Ögonblicket ligger inte på anslagsdagen.
