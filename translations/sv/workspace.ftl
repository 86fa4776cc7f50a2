# Personalens startsida, och sökningen över allt som man får se.
desk-start = Start
workspace-title = Det här väntar
workspace-find = Sök och gå till
workspace-find-label = Sök bland allt du får se
workspace-find-hint = Sidor, utkast, enheter, uppgifter, bilder, filer, anslag, personer. Ctrl + K öppnar sökningen var du än är.
workspace-find-button = Sök
workspace-find-open = Sök (Ctrl + K)
workspace-find-close = Stäng
workspace-find-more = Visa alla träffar
workspace-find-failed = Sökningen fick inget svar. Försök igen, eller öppna sidan för sökning.
workspace-found = { $count ->
    [0] Inga träffar
    [one] En träff
   *[other] { $count } träffar
}
workspace-not-found = Inget som du får se innehåller ”{ $query }”. Pröva färre ord, eller en annan form av ordet.
workspace-go = Gå till
workspace-begin = Börja på något nytt
workspace-waiting = Väntar på dig
workspace-nothing-waits = Inget väntar på dig just nu.
workspace-late = Tiden har gått ut
workspace-mine = Det du arbetade med senast
workspace-none-of-mine = Här kommer det du ändrar att stå, så att du hittar tillbaka.
workspace-others = Det andra har ändrat
workspace-pages = Sidor
workspace-units = Enheter
workspace-facts = Uppgifter
workspace-pictures = Bilder
workspace-files = Filer
workspace-notices = Anslag
workspace-people = Personer
workspace-organisations = Organisationer
workspace-comments = Kommentarer att granska
workspace-comments-reported = Anmälda kommentarer
workspace-searches = Sökningar utan bra svar
workspace-not-public = inte publicerad
workspace-in-draft = i det som skrivs
workspace-searches-note = { $count ->
    [one] en sökning
   *[other] { $count } sökningar
}
workspace-plan-failed = Planerat som inte gick att göra
workspace-conflicts = Två skrev olika på samma ställe
workspace-in-review = Texter att granska
workspace-own-drafts = Dina utkast
workspace-to-review = Sidor att gå igenom
workspace-new-page = Ny sida
