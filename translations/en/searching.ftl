# Search for editors
desk-search = Search
done-search-settled = Saved. Search uses it now.
done-search-handled = Done. The search is off the list and comes back if it fails again.
searching-settings = Search settings
searching-work-about = This is what residents search for without finding anything, or without choosing any result. We count words, never who searches, and the same search from the same place counts once a day. Chosen results are counted only in browsers with scripts. Searches that few have made are not shown.
searching-work-none = Nothing here. All common searches of the last 90 days gave results that somebody chose.
searching-work-count =
    { $count ->
        [one] 1 search to look at, in the last 90 days
       *[other] { $count } searches to look at, in the last 90 days
    }
searching-organisation = Show for
searching-organisations-more = { $count ->
    [one] One more organisation
   *[other] { $count } more organisations
}
searching-all = All
searching-unassigned = Nobody responsible yet
searching-query = Search
searching-searches = Times
searching-no-result = Without result
searching-clicks = Results chosen
searching-nearest = Nearest page
searching-nearest-none = No page is near
searching-done = What have you done?
searching-how = What was done
searching-how-synonym = New synonym
searching-how-best_bet = Page chosen
searching-how-page = Page written or changed
searching-how-nothing = Nothing needed
searching-note = Note
searching-note-about = The note is shown in the log. Write nothing about individuals.
searching-mark = Done
searching-mend = Add words for the search
searching-language = Language
searching-synonyms = Words that mean the same
searching-synonyms-hint = One group on each line, with | between the words. Example: rubbish | waste | refuse
searching-best-bets = Pages that go first
searching-best-bets-hint = One search on each line, with the address of the page after |. Example: building permit | /en/building-permit
searching-must-find = Searches that must find
searching-must-find-hint = Write the search, the address of the page, and among how many results it must be. Example: when is rubbish collected | /en/waste | 3
searching-half-life = Days until news has lost half of its lead
searching-half-life-hint = New items stand higher among the results. The usual number is 30 days.
searching-error-two-words = Line { $line }: write at least two words with | between.
searching-error-pair = Line { $line }: write a search and an address with | between.
searching-error-triple = Line { $line }: write search, address and number of results with | between.
searching-error-no-word = Line { $line }: the search has no word.
searching-error-address = Line { $line }: the address “{ $address }” must begin with /.
searching-error-no-page = Line { $line }: there is no page at { $address }.
searching-error-places = Line { $line }: write the number of results as a number from 1 to { $most }.
searching-error-too-long = Line { $line }: the line is too long, or there are more than { $most } lines.
searching-error-half-life = Write a number of days from 1 to { $most }.
searching-error-how = Choose what you have done.
searching-conflict = Somebody else saved while you were writing. Your text is kept. If you save again it replaces what they wrote.
searching-lost-heading = The change affects search
searching-lost-about = The searches below have the page as their given answer. After the change they do not find it.
searching-lost-count =
    { $count ->
        [one] A search that must find the page no longer does. Confirm it or change the text.
       *[other] { $count } searches that must find the page no longer do. Confirm it or change the text.
    }
searching-lost = The search “{ $query }” would no longer find { $address } among the first { $within } results.
searching-lost-confirm = Save anyway
