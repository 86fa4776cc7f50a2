# Dokument som skrivs ut: Word, Excel och PDF.

document-contents = Innehåll
document-page = Sida { $page } av { $pages }
document-about = cirka
document-about-document = Om dokumentet
document-tables = Tabeller
document-date = Datum
document-author = Avsändare
document-mark-demo = Demo: uppgifterna är påhittade

document-error-busy = Många skriver ut just nu. Försök igen om en minut.
document-error-rows = Urvalet har { $rows } rader. Högst { $most } går att ta ut på en gång. Gör urvalet mindre.
document-error-bytes = Dokumentet är större än { $megabytes } MB. Gör urvalet mindre.
document-error-no-program = Här går det inte att göra PDF än. Word och utskrift fungerar. Den som sköter driften lägger till PDF med: { $command }
document-error-version = PDF-programmet är av en annan version än Torg. Den som sköter driften bygger om det med: { $command }
document-error-slow = Dokumentet blev inte klart inom { $seconds } sekunder. Gör urvalet mindre.
document-error-large = PDF-filen blev för stor. Gör urvalet mindre, eller ta ut det som Word.
document-error-failed = Dokumentet gick inte att göra. Felet är antecknat.
