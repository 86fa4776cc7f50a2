# The notice board: what residents see, forms, the proof, errors in forms and files.

board-title = Notice board
board-lede = The city's committees post their adjusted minutes and announcements here. Each notice is taken down by itself on its day.
board-filter = Choose notices
board-kind = Kind
board-words = Search in the notices
board-all-committees = All committees
board-all-kinds = All kinds
board-show = Show
board-show-all = Show all notices
board-empty = There are no notices right now.
board-no-match = No notice fits what you chose.
board-count =
    { $count ->
        [one] 1 notice on the board
       *[other] { $count } notices on the board
    }
board-match-count =
    { $count ->
        [one] 1 notice fits what you chose
       *[other] { $count } notices fit what you chose
    }
board-about = About the notice board
board-appeal-title = How to appeal
board-appeal-weeks =
    { $count ->
        [one] As a member of the municipality you can ask a court to try whether a decision is lawful. It must be done within a week from the day when the notice of the adjusted minutes was posted.
       *[other] As a member of the municipality you can ask a court to try whether a decision is lawful. It must be done within { $count } weeks from the day when the notice of the adjusted minutes was posted.
    }
board-appeal-days =
    { $count ->
        [one] As a member of the municipality you can ask a court to try whether a decision is lawful. It must be done within a day from the day when the notice of the adjusted minutes was posted.
       *[other] As a member of the municipality you can ask a court to try whether a decision is lawful. It must be done within { $count } days from the day when the notice of the adjusted minutes was posted.
    }
board-appeal-how = Write to the administrative court. Say which decision it is about and all your reasons why it is unlawful. You may not add new reasons when the time is up.
board-appeal-more = More about appeals
board-follow = Follow the notice board
board-follow-text = With a feed you get new notices in a reader of your own choice.
board-subscribe = Get notices by email
board-feed = Feed (Atom)
board-feed-title = Notice board: { $committee }

notice-kind-announcement = Announcement
notice-kind-minutes = Adjusted minutes
notice-kind-council_meeting = Meeting of the full council
notice-committee = Committee
notice-meeting = Meeting
notice-adjusted = Adjusted
notice-posted = Posted
notice-removed = Taken down
notice-appeal-until = Appeal by
notice-kept-at = Where the minutes are
notice-goes = The notice stays up until { $date }, that day included.
notice-appeal-title = If you want to appeal
notice-appeal-text = The appeal must have arrived by { $date }.
notice-gone-title = The notice has been taken down
notice-gone-text = There was a notice from { $committee } here. It was taken down on { $date }.
notice-gone-why = A notice stays up for a certain time and is then no longer shown.
notice-gone-where = Do you want to read the minutes or the document? Turn to the committee or to the city's contact centre.
notice-gone-board = To the notice board

desk-notice-board = Notice board
notices-new = New notice
notices-see = See the notice board
notices-states = State
notices-all = All
notices-filter = Heading or committee
notices-none = There are no notices yet. Begin with New notice.
notices-no-match = No notice fits the filter.
notices-title = Heading
notices-state = State
notices-kind = Kind
notices-committee = Committee
notice-state-coming = Coming
notice-state-posted = Posted
notice-state-removed = Taken down
notice-state-withdrawn = Withdrawn
notice-stands-coming = Goes up on { $from } and is taken down on { $until }.
notice-stands-posted = Up since { $from }. Taken down on { $until }.
notice-stands-removed = Was up from { $from } and was taken down on { $until }.
notice-stands-never = Has never been up.

notice-edit-new = New notice
notice-edit-see = See the notice
notice-edit-proof = Proof
notice-edit-kind = Kind
notice-edit-committee = Committee
notice-edit-title = Heading
notice-edit-text = Text
notice-edit-text-hint = Written in Markdown. Headings begin with ##, lists with -. Leave out sensitive personal data.
notice-edit-about-meeting = About the meeting
notice-edit-meeting = Day of the meeting
notice-edit-meeting-hint = Needed for minutes and for a meeting of the full council.
notice-edit-adjusted = Day of adjustment
notice-edit-adjusted-hint = Minutes must be posted by the second day after the adjustment.
notice-edit-days = When the notice is up
notice-edit-when = Post it
notice-edit-now = Now
notice-edit-date = On a certain day
notice-edit-posted = Day of posting
notice-edit-posted-hint = If you chose a certain day. The notice is shown from midnight.
notice-edit-appeal = Appeal by
notice-edit-appeal-hint = Leave it empty for minutes and the day is worked out. Posted on { $posted } the last day is { $until }.
notice-edit-removed = Taken down
notice-edit-removed-hint = The first day on which the notice is not shown. Leave it empty to take the day after the time is up.
notice-edit-where = Where and who
notice-edit-kept-at = Where the minutes are
notice-edit-kept-at-hint = Needed for minutes. Name the place, so that anyone can go there and read.
notice-edit-contact = Contact
notice-edit-no-contact = None
notice-edit-english = In English
notice-edit-title-en = Heading in English
notice-edit-text-en = Text in English
notice-edit-kept-at-en = Where the minutes are, in English
notice-edit-preview = Preview
notice-edit-correct = Correct the notice
notice-edit-kept = What you wrote is still in the form. It is not saved yet.
notice-edit-kept-drop = Show what is saved instead
notice-edit-files = Files
notice-edit-files-add = Add files
notice-edit-files-hint = PDF, Word, Excel and other documents, several at once. What they say is public as soon as the notice is posted.
notice-edit-files-do = Add
notice-edit-files-remove = Remove
notice-edit-files-remove-named = Remove { $title }
notice-error-file-twice = The notice has this file already: { $title }.
notice-error-files-many = A notice can have at most { $most } files.
notice-import-attachment = The file “{ $value }” is not here, or has other content. Import the files first.
notice-edit-withdraw = Take down early
notice-edit-withdraw-hint = Adjusted minutes may not be taken down before the time for appeal is up. Do it only if the notice is wrong.
notice-edit-withdraw-do = Take the notice down
notice-edit-reason = Why?
notice-edit-reason-hint = The reason is kept in the log and shows in the proof. Write no personal data.
notice-edit-withdrawn = Taken down early. Reason: { $reason }
notice-preview = What the notice will look like
notice-preview-hint = Nothing is saved yet.
notice-conflict-title = Somebody else saved the notice while you were writing
notice-conflict-text = It was saved { $time }. Your text is still here below. Compare, bring in what is missing and save again.
notice-conflict-saved = Show what is saved now
done-notice-saved = Saved. The board shows the notice on its days.
done-notice-withdrawn = The notice has been taken down.

notice-remark-minutes = The minutes should have been posted by { $date }. Post them as soon as you can.
notice-remark-meeting = The meeting should have been posted by { $date }. Post it as soon as you can.

proof-title = Proof: { $title }
proof-download = Download the proof as a file (JSON)
proof-address = Address
proof-made = The proof was made
proof-holds = Every event has been recomputed and fits the log.
proof-fails = Something does not fit the log. See the events below and run torg verify.
proof-shown = What was shown
proof-never = The notice has not been shown here.
proof-span = { $from } to { $until }
proof-span-open = { $from } and still
proof-by-event = By event { $position } of the log
proof-events = Events of the log
proof-events-hint = The digest is made from the content. The link ties the event to all before it. The seal covers the whole day and is public, so that nobody can change anything afterwards unseen.
proof-event = Event { $position }
proof-event-holds = Recomputed and right.
proof-event-fails = Does not fit.
proof-weeded = The content was weeded by event { $position }.
proof-digest = Digest
proof-chain = Link
proof-seal = The day's seal
proof-no-seal = Set when the day is over.
proof-instant = { $time }:{ $seconds }

log-kind-announcement-created = The notice was written
log-kind-announcement-changed = The notice was changed
log-kind-announcement-posted = The notice was posted
log-kind-announcement-removed = The notice was taken down
log-kind-announcement-withdrawn = The notice was taken down early
log-field-notice = Notice

notice-error-version = Somebody else has changed the notice since you opened it. What you wrote is still here but is not saved.
notice-error-is-removed = The notice has been taken down and cannot be changed.
notice-error-title = Write a heading in Swedish.
notice-error-too-long = The text may have { $limit } characters at most. Shorten it.
notice-error-text-too-long = The text is too long for a notice. Shorten it.
notice-error-kept-at = Write where the minutes are. The Local Government Act demands it.
notice-error-meeting = Give the day of the meeting.
notice-error-meeting-past = The meeting is before the day of posting. Change one of the days.
notice-error-adjusted = The adjustment cannot be before the meeting.
notice-error-posted = Say on which day the notice goes up, or choose Now.
notice-error-posted-early = Minutes cannot be posted before the meeting or the adjustment.
notice-error-posted-past = The day of posting has passed. Choose today or a later day.
notice-error-posted-fixed = The notice is up. The day it was posted cannot be changed.
notice-error-kind-fixed = The notice is up. Its kind cannot be changed.
notice-error-organisation-fixed = The notice is up. Its committee cannot be changed.
notice-error-appeal = The time for appeal ends on { $date } at the earliest.
notice-error-removed-order = The notice must be up for a day at least. Choose a later day.
notice-error-removed-early = The notice may be taken down on { $date } at the earliest, when the time for appeal is up.
notice-error-removed-late = The notice would be up for more than three years. Check the year.
notice-error-removed-past = The day has passed. To take the notice down now, use Take down early.
notice-error-kind = Choose a kind.
notice-error-organisation = Choose a committee.
notice-error-contact = Choose a contact from the list.
notice-error-date = Write the day as 2026-11-16.
notice-error-key-taken = Another notice has that key.
notice-error-reason = Write why the notice is taken down, with ten characters at least.
notice-error-reference = Line { $line }: write it out. A notice may not show anything that can change by itself.
notice-error-link = The link to { $address } leads nowhere. Write an address that begins with / or https://.

notice-import-unreadable = The file cannot be read as a list in JSON: { $detail }
notice-import-field = It cannot be read: { $detail }
notice-import-key = A key may have only a–z, 0–9 and hyphens, at most 80 characters.
notice-import-key-twice = The key stands earlier in the file too.
notice-import-other-id = The key and the id belong to two different notices.
notice-import-organisation = There is no organisation “{ $value }”.
notice-import-contact = There is no unit “{ $value }”.
notice-import-posted-at = The instant is not on the day of posting.
