# The staff's start page, and the search over everything that one may see.
desk-start = Start
workspace-title = What waits for you
workspace-find = Search and go to
workspace-find-label = Search everything you may see
workspace-find-hint = Pages, drafts, units, facts, pictures, files, notices, people. Ctrl + K opens the search wherever you are.
workspace-find-button = Search
workspace-find-open = Search (Ctrl + K)
workspace-find-close = Close
workspace-find-more = Show all results
workspace-find-failed = The search got no answer. Try again, or open the search page.
workspace-found = { $count ->
    [0] No results
    [one] One result
   *[other] { $count } results
}
workspace-not-found = Nothing that you may see holds “{ $query }”. Try fewer words, or another form of the word.
workspace-go = Go to
workspace-begin = Begin something new
workspace-waiting = Waiting for you
workspace-nothing-waits = Nothing waits for you right now.
workspace-late = The time is over
workspace-mine = What you worked on last
workspace-none-of-mine = What you change will stand here, so that you find your way back.
workspace-others = What others have changed
workspace-pages = Pages
workspace-units = Units
workspace-facts = Facts
workspace-pictures = Pictures
workspace-files = Files
workspace-notices = Notices
workspace-people = People
workspace-organisations = Organisations
workspace-comments = Comments to review
workspace-comments-reported = Reported comments
workspace-searches = Searches without a good answer
workspace-not-public = not published
workspace-in-draft = in what is being written
workspace-searches-note = { $count ->
    [one] one search
   *[other] { $count } searches
}
workspace-plan-failed = Planned but could not be done
workspace-conflicts = Two people wrote in the same place
workspace-in-review = Texts to review
workspace-own-drafts = Your drafts
workspace-to-review = Pages to go through
workspace-new-page = New page
