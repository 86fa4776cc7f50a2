# Dated pages: news, blogs, the magazine, vacancies; variants and guides.

dated-list = List
dated-stories = Stories
dated-categories = Topics
dated-all = All
dated-archive = Archive
dated-side = Follow and archive
dated-none = There is nothing here right now.
dated-subscribe = Get this by e-mail
dated-feed = Feed (Atom)
dated-related = Read also
dated-changed = Changed { $date }
dated-count = { $kind ->
    [news] { $count ->
        [one] One news item
       *[other] { $count } news items
     }
    [post] { $count ->
        [one] One post
       *[other] { $count } posts
     }
    [vacancy] { $count ->
        [one] One job
       *[other] { $count } jobs
     }
   *[other] { $count ->
        [one] One page
       *[other] { $count } pages
     }
 }
dated-count-category = { $kind ->
    [news] { $count ->
        [one] One news item about { $what }
       *[other] { $count } news items about { $what }
     }
    [post] { $count ->
        [one] One post about { $what }
       *[other] { $count } posts about { $what }
     }
    [vacancy] { $count ->
        [one] One job about { $what }
       *[other] { $count } jobs about { $what }
     }
   *[other] { $count ->
        [one] One page about { $what }
       *[other] { $count } pages about { $what }
     }
 }
page-steps = The steps
page-variants = This page in other ways
page-machine-translation = A machine translated this text. It may contain errors.
variant-standard = Ordinary text
variant-easy_to_read = Easy to read
variant-sign_language = In Swedish Sign Language
vacancy-apply = Apply
vacancy-until = Apply by { $date }
vacancy-apply-until = Apply by
vacancy-employment = Employment
vacancy-employment-permanent = Permanent
vacancy-employment-temporary = Temporary
vacancy-employment-hourly = Hourly
vacancy-employment-internship = Internship
vacancy-extent = Extent
vacancy-workplace = Workplace
vacancy-positions = Positions
vacancy-starts = Starts
vacancy-salary = Salary
vacancy-reference = Reference
vacancy-employer = Employer
start-news = News
chrome-board = Notice board
chrome-subscribe = Get news by e-mail
chrome-languages = Languages and easy Swedish
languages-title = Languages and easy Swedish
languages-lede = What there is in other languages, in easy Swedish and in Swedish Sign Language.
languages-count = { $count ->
    [one] One page.
   *[other] { $count } pages.
 }
languages-start = To the start page
