# Dated pages: news, blogs, the magazine, vacancies; variants and guides.

dated-list = Lista
dated-stories = Artiklar
dated-categories = Ämnen
dated-all = Alla
dated-archive = Arkiv
dated-side = Följ och arkiv
dated-none = Här finns inget just nu.
dated-subscribe = Få det här med e-post
dated-feed = Flöde (Atom)
dated-related = Läs också
dated-changed = Ändrad { $date }
dated-count = { $kind ->
    [news] { $count ->
        [one] En nyhet
       *[other] { $count } nyheter
     }
    [post] { $count ->
        [one] Ett inlägg
       *[other] { $count } inlägg
     }
    [vacancy] { $count ->
        [one] Ett ledigt jobb
       *[other] { $count } lediga jobb
     }
   *[other] { $count ->
        [one] En sida
       *[other] { $count } sidor
     }
 }
dated-count-category = { $kind ->
    [news] { $count ->
        [one] En nyhet om { $what }
       *[other] { $count } nyheter om { $what }
     }
    [post] { $count ->
        [one] Ett inlägg om { $what }
       *[other] { $count } inlägg om { $what }
     }
    [vacancy] { $count ->
        [one] Ett ledigt jobb om { $what }
       *[other] { $count } lediga jobb om { $what }
     }
   *[other] { $count ->
        [one] En sida om { $what }
       *[other] { $count } sidor om { $what }
     }
 }
page-steps = Stegen
page-variants = Sidan på andra sätt
page-machine-translation = En maskin har översatt texten. Den kan innehålla fel.
variant-standard = Vanlig text
variant-easy_to_read = Lättläst
variant-sign_language = På teckenspråk
vacancy-apply = Ansök
vacancy-until = Sök senast { $date }
vacancy-apply-until = Sök senast
vacancy-employment = Anställning
vacancy-employment-permanent = Tills vidare
vacancy-employment-temporary = Tidsbegränsad
vacancy-employment-hourly = Timanställning
vacancy-employment-internship = Praktik
vacancy-extent = Omfattning
vacancy-workplace = Arbetsplats
vacancy-positions = Antal platser
vacancy-starts = Start
vacancy-salary = Lön
vacancy-reference = Referensnummer
vacancy-employer = Arbetsgivare
start-news = Nyheter
chrome-board = Anslagstavla
chrome-subscribe = Få nyheter med e-post
chrome-languages = Språk och lättläst
languages-title = Språk och lättläst
languages-lede = Här ser du vad som finns på andra språk, på lättläst svenska och på teckenspråk.
languages-count = { $count ->
    [one] En sida.
   *[other] { $count } sidor.
 }
languages-start = Till startsidan
