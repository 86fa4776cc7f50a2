# Quality and care of pages
desk-care = Care
done-care-right = Done. The page is marked as reviewed today.
done-care-reviewer = Saved. The reviewer sees the page in their list when it is time.
done-care-settled = Saved. All pages are gone through again within a few minutes.
log-kind-page-reviewed = The page was reviewed and is still right
log-kind-page-reviewer-set = The page got a new reviewer
log-kind-page-published-despite = The page was published despite obstacles
log-field-reviewer = Reviewer
log-field-reason = Reason
log-field-rules = Rules

# The section on quality
quality-title = Quality: { $title }
quality-heading = How the text stands
quality-draft = This is about the draft, not the published text.
quality-verdict-must =
    { $count ->
        [one] 1 thing must be mended before the text can be published.
       *[other] { $count } things must be mended before the text can be published.
    }
quality-verdict-should =
    { $count ->
        [one] The text can be published. 1 thing should be mended.
       *[other] The text can be published. { $count } things should be mended.
    }
quality-verdict-hint =
    { $count ->
        [one] The text is good. There is 1 tip.
       *[other] The text is good. There are { $count } tips.
    }
quality-verdict-good = The text is good. Nothing needs mending.
quality-weight-must = Must
quality-weight-should = Should
quality-weight-hint = Tip
quality-weight-off = Off
quality-more =
    { $count ->
        [one] And 1 more.
       *[other] And { $count } more.
    }
quality-figure-lix = LIX
quality-figure-lix-most = at most { $most }
quality-figure-lix-short = too short a text
quality-figure-minutes = Reading time
quality-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
quality-figure-words = Words
quality-figure-headings = Headings
quality-figure-links = Links
quality-figure-pictures = Pictures
quality-figure-kilobytes = { $kilobytes } kB
quality-hardest = This makes the text heavy
quality-hardest-about = Long sentences and long words raise LIX. Split the sentences and replace the marked words where you can.
quality-sentence-note = { $words } words, { $long } long
quality-longest = Long words that come often
quality-times =
    { $count ->
        [one] once
       *[other] { $count } times
    }
quality-links = Links to other websites
quality-links-off = These links are not tried automatically. The web strategists can switch it on.
quality-tried-dead = Did not answer on { $date }.
quality-link-seen = Was last there on { $date }.
quality-link-there = Worked on { $date }.
quality-link-closed = Does not answer programs, so we cannot know. Tried on { $date }.
quality-link-refused = Cannot be tried from here. Check it yourself.
quality-link-silent = Did not answer on { $date }, but may have had a passing fault. We will try again.
quality-link-untried = Not tried yet.

# Rules
quality-title-missing-name = The page has a title
quality-title-missing = The page has no title.
quality-title-missing-why = The title is shown in search results, tabs and lists. Without it nobody knows what the page is about.
quality-title-long-name = The title is not too long
quality-title-long = The title has { $length } characters. Lists and search results have room for { $most }.
quality-title-long-why = A long title is cut. Begin with the word that matters most and leave out the rest.
quality-title-same-name = The title is used only once
quality-title-same = The page { $address } has the same title.
quality-title-same-why = In a list of results two pages with the same title cannot be told apart. Write what differs.
quality-description-missing-name = The page has a lead
quality-description-missing = The page has no lead.
quality-description-missing-why = The lead is shown in search results and lists. Write a sentence or two on what one can do here.
quality-description-long-name = The lead is not too long
quality-description-long = The lead has { $length } characters. At most { $most } is good.
quality-description-long-why = Search engines cut long leads. Say what matters most first.
quality-description-same-name = The lead is used only once
quality-description-same = The page { $address } has the same lead.
quality-description-same-why = The same lead on several pages makes it hard to choose in a list of results.
quality-lix-name = The text is easy to read
quality-lix = LIX is { $lix }. It should be at most { $most }.
quality-lix-why = LIX measures how long the sentences are and how many words have more than six letters. Split sentences and choose short words.
quality-sentence-long-name = The sentences are not too long
quality-sentence-long = { $words } words in one sentence: { $excerpt }
quality-sentence-long-why = Whoever reads slowly or listens loses the thread. Use full stops more often.
quality-plain-word-name = The words are plain
quality-plain-word = Rather write “{ $suggestion }” than “{ $excerpt }”.
quality-plain-word-why = Plain words reach more people. The suggestion does not always fit, so read the sentence once more.
quality-paragraph-long-name = The paragraphs are not too long
quality-paragraph-long = { $words } words in one paragraph: { $excerpt }
quality-paragraph-long-why = A long paragraph is hard to take in, most of all on a phone. One thought in each paragraph is enough.
quality-all-caps-name = No words in capitals
quality-all-caps = Write with ordinary letters: { $excerpt }
quality-all-caps-why = Words in capitals are hard to read, and some screen readers spell them out.
quality-reading-long-name = The page is not too long
quality-reading-long = It takes { $minutes } minutes to read the page. At most { $most } is good.
quality-reading-long-why = Few read a long page to its end. Split it, or put first what matters most.
quality-heading-order-name = The headings are in order
quality-heading-order = The heading is of level { $level } but comes after level { $before }: { $excerpt }
quality-heading-order-why = Whoever hears the page moves from heading to heading. A level left out sounds like something missing.
quality-heading-empty-name = The headings have words
quality-heading-empty = A heading is empty.
quality-heading-empty-why = An empty heading is read out as a heading without words. Write something or take it away.
quality-heading-long-name = The headings are short
quality-heading-long = The heading has { $length } characters, at most { $most } is good: { $excerpt }
quality-heading-long-why = A heading should be read at a glance.
quality-heading-none-name = Long texts have headings
quality-heading-none = { $words } words and no heading. Above { $most } words headings are needed.
quality-heading-none-why = Most people look for something and do not read everything. Headings show where the answer is.
quality-heading-fake-name = Headings are real headings
quality-heading-fake = A paragraph in bold looks like a heading: { $excerpt }
quality-heading-fake-why = Screen readers and the table of contents only see real headings. Make the paragraph a heading.
quality-alt-missing-name = Pictures have alternative text
quality-alt-missing = A picture has no alternative text.
quality-alt-missing-why = Whoever does not see the picture is not told what it shows. Write it in a sentence, or mark the picture as decoration.
quality-alt-language-name = Alternative text is in the language of the page
quality-alt-language = A picture only has alternative text in another language.
quality-alt-language-why = The text is read out with the wrong pronunciation, or not at all. Add it in the language of the page.
quality-alt-poor-name = Alternative text helps
quality-alt-poor = The alternative text does not say what the picture shows: { $excerpt }
quality-alt-poor-why = File names, “picture of” and the words of the caption help nobody. Write shortly what matters in the picture.
quality-video-text-name = Films have a text
quality-video-text = The film has no text on what it shows and says: { $excerpt }
quality-video-text-why = Whoever does not see or hear the film needs the same as text.
quality-link-empty-name = Links have words
quality-link-empty = A link has no words.
quality-link-empty-why = A link without words cannot be seen or heard. Write where it leads.
quality-link-words-name = Links say where they lead
quality-link-words = “{ $excerpt }” does not say where the link leads.
quality-link-words-why = Whoever moves from link to link only hears the words of the link. Write what one gets, such as “Apply for planning permission”.
quality-link-bare-name = Links are words and not addresses
quality-link-bare = The link is an address: { $excerpt }
quality-link-bare-why = An address is read out character by character. Write what the page is called or what one does there.
quality-link-same-name = The same words lead to the same place
quality-link-same = The words “{ $excerpt }” lead to different places.
quality-link-same-why = Two links with the same words cannot be told apart. Write what differs.
quality-link-broken-name = Links within the site lead somewhere
quality-link-broken = The link “{ $excerpt }” leads nowhere. { $to }
quality-link-broken-why = The page is gone, unpublished or not published yet. Choose another page or take the link away.
quality-link-dead-name = Links to others work
quality-link-dead = “{ $excerpt }” did not answer on { $seen }: { $to }
quality-link-dead-why = The page may have moved. Open the link, correct it or take it away.
quality-anchor-same-name = Places have names of their own
quality-anchor-same = The name is used twice: { $excerpt }
quality-anchor-same-why = A link to the place always ends at the first.
quality-table-header-name = Tables have a header row
quality-table-header = A table has no words in its header row. { $excerpt }
quality-table-header-why = Screen readers read the heading of the column before each cell. Write a heading for each column.
quality-table-caption-name = Tables have a title
quality-table-caption = A table has no title. Columns: { $excerpt }
quality-table-caption-why = The title says what the table shows, also to whoever goes straight there.
quality-table-wide-name = Tables fit on a phone
quality-table-wide = The table has { $columns } columns. At most { $most } can be read on a phone. { $excerpt }
quality-table-wide-why = Split the table, turn it round or write a list.
quality-page-heavy-name = The page is light to fetch
quality-page-heavy = The pictures weigh { $kilobytes } kB. At most { $most } kB is good.
quality-page-heavy-why = A heavy page is slow on a phone and costs data. Take away pictures that are not needed.
quality-contrast-name = Colours can be told apart
quality-contrast = The colour { $excerpt } has too little contrast.
quality-contrast-why = Text needs a contrast of 4.5 to 1 with its background. Choose a darker colour.

# Limits
quality-limit-lix-sv = Highest LIX in Swedish
quality-limit-lix-en = Highest LIX in English
quality-limit-lix-from = Words before LIX is counted
quality-limit-sentence = Words in a sentence
quality-limit-paragraph = Words in a paragraph
quality-limit-title = Characters in the title of a page
quality-limit-description = Characters in the lead
quality-limit-heading = Characters in a heading
quality-limit-without-heading = Words without any heading
quality-limit-minutes = Minutes to read
quality-limit-alt = Characters in an alternative text
quality-limit-columns = Columns in a table
quality-limit-kilobytes = Kilobytes of pictures on a page

# Obstacles at publishing
care-reason-label = Publish all the same, because
care-reason-hint = The reason is kept in the log and shown to those who may read it.
care-reason-missing = Write why the text shall be published despite the obstacles.
care-reason-long = Write at most { $limit } characters.

# Care of one page
care-heading = Care
care-edit = Edit
care-see = See the page
care-owner = Responsible
care-reviewed = Reviewed
care-due = To be reviewed by
care-reviewer = Reviewer
care-reviewer-save = Save reviewer
care-right = Still right
care-right-about = Marks the page as reviewed today. The text is not changed.
care-right-for = Still right: { $title }
care-never = Never
care-not-due = Not reviewed
care-nobody = Nobody
care-gone = Somebody who has left
care-waiting = Pages to review
care-waiting-note = To be reviewed by { $date }

# The report
care-rules = Rules and limits
care-csv = Download as CSV
care-choose = Show
care-rule = Rule
care-all-organisations = All
care-all-rules = All rules
care-show = Selection
care-show-all = All
care-show-mine = Waiting for me
care-show-overdue = Overdue
care-show-soon = Due soon
care-show-no-reviewer = Without reviewer
care-show-failing = Breaking rules
care-show-dead = Dead links
care-show-unread = Unread
care-none-all = There are no published pages here.
care-none-mine = Nothing waits for you. Pages appear here when it is time to review them.
care-none-overdue = No pages are overdue.
care-none-soon = No pages need reviewing in the near future.
care-none-no-reviewer = All pages have a reviewer.
care-none-failing = No pages break rules that must or should be kept.
care-none-dead = No links to others are dead, of those that were tried.
care-none-unread = No page is known to be unread. When counting began is said at the foot.
care-count =
    { $count ->
        [one] 1 page
       *[other] { $count } pages
    }
care-text = Page
care-findings = To mend
care-do = Do
care-pick = Choose { $title }
care-not-looked = Not gone through yet
care-row-must = { $count } must
care-row-should = { $count } should
care-row-dead =
    { $count ->
        [one] 1 dead link
       *[other] { $count } dead links
    }
care-bulk = Give the chosen pages a reviewer
care-organisations = By organisation
care-texts = Pages
care-without = Without reviewer
care-overdue = Overdue
care-failing = Breaking rules
care-dead = Dead links
care-lix = LIX
care-lix-mean = on average
care-percent = { $percent }%
care-trend = Week by week
care-trend-drawing = Number of pages that are overdue, break rules or have no reviewer, week by week. At most { $top }. The table below gives the numbers.
care-trend-short = How things stand is kept every week. When there are two weeks, the trend is shown here.
care-week = The week from
care-unread = Unread
care-reads = Read
care-unread-about =
    { $months ->
        [one] Read counts the last twelve months, without anybody knowing who reads. Unread is a page that nobody has opened for a month.
       *[other] Read counts the last twelve months, without anybody knowing who reads. Unread is a page that nobody has opened for { $months } months.
    }
care-unread-from = Counting has not gone on for that long yet. The first unread pages can be shown on { $date }.

# Rules and limits
care-rules-about = This holds for all pages of the city. Changes are kept in the log.
care-rules-weights = What the rules weigh
care-rules-weights-about = Must stops publishing, unless somebody gives a reason. Should and Tip are shown to whoever writes.
care-rules-why = Why
care-rules-limits = Limits
care-rules-months = Months between reviews
care-rules-months-about = 0 means that pages of that kind are not reviewed again.
care-rules-others = Reminders and links
care-days-soon = Days before: show as due soon
care-days-above = Days after: tell the organisation above
care-months-unread = Months without a reader: show as unread
care-mail = Reminders by e-mail
care-links = Try links to other websites
care-links-operator = Links to other websites are not tried in this installation.
care-on = On
care-off = Off
care-range = Between { $least } and { $most }.
care-error-number = Write a whole number between { $least } and { $most }.
care-error-choice = Choose one of the options.
care-error-none = Choose at least one page.
care-error-many = Choose at most { $most } pages at a time.
care-error-reviewer = Choose somebody who may change all the chosen pages.
care-conflict = Somebody else saved while you were writing. What you wrote is still here. Save again if it shall hold.

# E-mail
care-mail-due-subject =
    { $count ->
        [one] 1 page needs to be reviewed
       *[other] { $count } pages need to be reviewed
    }
care-mail-due =
    { $count ->
        [one] Hello! This page needs to be reviewed. Read it and choose Still right, or change what is wrong.
       *[other] Hello! These { $count } pages need to be reviewed. Read them and choose Still right, or change what is wrong.
    }
care-mail-above-subject =
    { $count ->
        [one] 1 page was not reviewed in time
       *[other] { $count } pages were not reviewed in time
    }
care-mail-above =
    { $count ->
        [one] Hello! This page should have been reviewed a while ago. It belongs to an organisation below yours.
       *[other] Hello! These { $count } pages should have been reviewed a while ago. They belong to organisations below yours.
    }
care-mail-line = { $title } (by { $date })
care-mail-more =
    { $count ->
        [one] And 1 more page.
       *[other] And { $count } more pages.
    }
care-mail-all = All pages are here:
