# The calendar: list, month, event, screen, form, copy, what others send in, and errors.

calendar-title = Events
calendar-lede = What is on in the city: at libraries, pools and museums, and with associations.
calendar-form = Search, days and area
calendar-search = Search events
calendar-words = Search
calendar-from = From
calendar-to = To
calendar-area = Area
calendar-all-areas = The whole city
calendar-show = Show
calendar-quick = Quick choices
calendar-more = More choices
calendar-sorts = Kind
calendar-for-whom = For whom
calendar-eases = Accessibility
calendar-languages = Language
calendar-when-today = Today
calendar-when-tomorrow = Tomorrow
calendar-when-weekend = This weekend
calendar-when-week = This week
calendar-when-next-week = Next week
calendar-near = Near me
calendar-near-failed = We could not see where you are. Choose an area instead.
calendar-age = { $age } years
calendar-by = By { $who }
calendar-at-place = One place
calendar-chip-off = { $choice }, chosen. Remove
calendar-clear = Show all events
calendar-count =
    { $count ->
        [one] 1 event
       *[other] { $count } events
    }
calendar-from-day = from { $day }
calendar-none = No events
calendar-none-how = Choose other days, or remove some of what you have chosen.
calendar-ongoing = On now
calendar-today = today, { $weekday }
calendar-tomorrow = tomorrow, { $weekday }
calendar-earlier = Earlier events
calendar-later = Show more events
calendar-views = Show as
calendar-view-list = List
calendar-view-month = Month
calendar-view-map = Map
calendar-about = More about your choice
calendar-follow = Follow your choice
calendar-follow-all = Get all events straight into your own calendar.
calendar-follow-some = Get the events you have chosen straight into your own calendar.
calendar-follow-ics = Add to calendar
calendar-follow-atom = Atom feed
calendar-follow-screen = Show on a screen
calendar-send = Are you arranging something?
calendar-send-text = Associations and venues can tell us about their own events. We read each one before it is shown.
calendar-send-do = Tell us about an event
calendar-month-title = Events { $month }
calendar-months = Change month
calendar-week = Week
calendar-week-short = wk
calendar-rest =
    { $count ->
        [one] 1 more
       *[other] { $count } more
    }
calendar-rest-named =
    { $count ->
        [one] 1 more { $day }
       *[other] { $count } more { $day }
    }

event-category-music = Music
event-category-stage = Theatre and dance
event-category-film = Film
event-category-exhibition = Exhibition
event-category-literature = Books and stories
event-category-talk = Talks
event-category-craft = Make and learn
event-category-meet = Meet people
event-category-sport = Sport and movement
event-category-swim = Swimming
event-category-outdoors = Nature and outdoors
event-category-tour = Tours and walks
event-category-play = Play and games
event-category-festival = Markets and festivals
event-category-civic = Dialogue and politics

event-audience-children = Children
event-audience-youth = Young people
event-audience-adults = Adults
event-audience-seniors = Older people
event-audience-families = Families
event-audience-newcomers = New in Sweden

event-ease-step_free = Step-free
event-ease-toilet = Accessible toilet
event-ease-hearing_loop = Hearing loop
event-ease-sign_language = Sign language
event-ease-described = Audio described
event-ease-easy_swedish = Easy Swedish
event-ease-calm = Calm surroundings
event-ease-companion = Companions enter free

event-status-scheduled = As planned
event-status-cancelled = Cancelled
event-status-moved = Moved
event-status-sold_out = Full
event-status-postponed = Postponed

event-state-draft = Draft
event-state-waiting = Waiting for approval
event-state-published = Published
event-state-trash = Trash

language-sv = Swedish
language-en = English
language-ar = Arabic
language-fi = Finnish
language-so = Somali
language-uk = Ukrainian

event-kronor = SEK { $amount }
event-free = Free
event-price-span = { $from }–{ $to }
event-age-from = From age { $from }
event-age-to = Up to age { $to }
event-age-span = Ages { $from }–{ $to }
event-for-all = Everyone
event-not-for-all = Not open to everyone
event-register-first = Sign up first
event-all-day = All day
event-until = until { $day }
event-until-day = { $from } until { $day } { $until }
event-moved-from = Moved from { $day }
event-online = Online
event-instead = Now at { $place }
event-over = This is over
event-part-of = Part of
event-when = When
event-no-day = The day is not settled.
event-later =
    { $count ->
        [one] Show 1 more time
       *[other] Show { $count } more times
    }
event-register = Sign up
event-register-until = Sign up by { $day }.
event-register-closed = Sign-up closed on { $day }.
event-online-go = Go there online
event-ics = Add to calendar
event-facts = Good to know
event-price = Price
event-whom = For whom
event-eases = Accessibility
event-languages = Language
event-organiser = Organiser
event-co-organisers = Together with
event-contact = Questions
event-more = Read more
event-more-go = More about the event
event-where = Where
event-map = Show on the map
event-parts = What it holds
event-related = Similar events

screen-demo = made-up events
screen-pause = Pause
screen-go = Go on
screen-leave = Leave the screen

search-kind-event = Event
desk-calendar = Calendar
events-new = New event
events-see = See the calendar
events-import = Read a file
events-to-approve = Events to approve
events-states = State
events-all = All
events-filter = Name or place
events-category = Kind
events-all-categories = All kinds
events-place = Place
events-all-places = All places
events-name = Event
events-next = Next time
events-state = State
events-owner = Responsible
events-left =
    { $count ->
        [one] 1 left
       *[other] { $count } left
    }
events-none = There are no events yet. Begin with a new one.
events-no-match = No event fits what you chose.

event-edit-new = New event
event-edit-what = What
event-edit-name-sv = Name
event-edit-category = Kind
event-edit-category-hint = The kind chooses the picture too.
event-edit-summary-sv = In one sentence
event-edit-summary-sv-hint = Shown in lists and in the search.
event-edit-when = When
event-edit-start-date = Day
event-edit-start-time = Begins
event-edit-start-time-hint = Such as 18 or 18:30
event-edit-end-time = Ends
event-edit-end-date = Last day
event-edit-end-date-hint = If it ends on another day
event-edit-all-day = All day, without times
event-edit-repeat = Comes back
event-edit-until = Until and including
event-edit-until-hint = The last day of what comes back
event-edit-weekdays = Days of the week
event-edit-skip = Skip
event-edit-skip-breaks = School breaks
event-edit-skip-holidays = Holidays and eves
event-edit-single = Single days
event-edit-dates = More days
event-edit-dates-hint = One day on each line: 2026-12-03 or 2026-12-03 18:30
event-edit-except = Days left out
event-edit-except-hint = One day on each line: 2026-12-24
event-edit-show-dates = Show dates
event-edit-dates-given = Dates that this gives
event-edit-where = Where
event-edit-no-place = Choose a place
event-edit-place-free = Another place
event-edit-place-online = Online
event-edit-place-unit = Place
event-edit-place-unit-hint = Address, phone and opening hours come from the unit.
event-edit-room-sv = Room or hall
event-edit-room-en = Room in English
event-edit-other-place = Another place, or online
event-edit-place-name = Name of the place
event-edit-place-street = Street address
event-edit-place-postcode = Postcode
event-edit-place-city = Town
event-edit-place-point = Point on the map
event-edit-place-point-hint = Latitude and longitude, such as 57.7, 11.97
event-edit-online-url = Address online
event-edit-whom = For whom, and what it costs
event-edit-audiences = For whom
event-edit-price = Price in kronor
event-edit-price-hint = Leave empty if it is free.
event-edit-price-to = Highest price
event-edit-price-note-sv = More about the price
event-edit-price-note-en = More about the price in English
event-edit-text = Text
event-edit-text-sv = Tell more
event-edit-text-sv-hint = Plain text. An empty line begins a new paragraph, and a line that begins with - is a bullet.
event-edit-about-coming = Age, accessibility, language and sign-up
event-edit-eases = Accessibility
event-edit-closed = Only for members, pupils and the like
event-edit-age-from = From age
event-edit-age-to = To age
event-edit-languages = Languages
event-edit-languages-hint = Codes such as sv, en or so. Empty means Swedish.
event-edit-registration = One must sign up
event-edit-registration-url = Address for signing up
event-edit-registration-until = Sign up by
event-edit-more-url = Page with more
event-edit-organiser = Organiser, contact and picture
event-edit-organisation = Responsible
event-edit-organiser-unit = Organiser
event-edit-organiser-own = Whoever is responsible
event-edit-organiser-free = Another organiser
event-edit-organiser-name = Name of the organiser
event-edit-organiser-url = Website of the organiser
event-edit-co-organisers = Together with
event-edit-co-organisers-hint = One on each line
event-edit-contact-name = Contact
event-edit-contact-phone = Phone
event-edit-contact-email = E-mail
event-edit-part-of = Part of
event-edit-part-of-hint = The address of the larger event here in the workspace
event-edit-picture = Picture
event-edit-picture-title = Picture
event-edit-picture-hint = Choose a picture below, or write its name in the media bank. Empty gives the drawing of the kind.
event-picture-words = Search the pictures
event-picture-show = Show pictures
event-picture-none = No picture fits. Try another word.
event-picture-found = { $count ->
    [one] One picture. Press it to choose it.
   *[other] { $count } pictures. Press one to choose it.
}
event-picture-take = Choose
event-picture-ended = The picture may not be shown now, and readers see the drawing of the kind. Choose another, or settle its rights in the media bank.
event-picture-media = Add a new picture to the media bank
event-edit-english = In English
event-edit-name-en = Name in English
event-edit-summary-en = In one sentence in English
event-edit-text-en = Text in English
event-edit-standing = Cancelled, full or postponed
event-edit-status = All of the event is
event-edit-status-note-sv = Why
event-edit-publish = Publish
event-edit-save-public = Save and show
event-edit-save-draft = Save draft
event-edit-submit = Send for approval
event-edit-look = Preview
event-edit-see = See in the calendar
event-edit-copy = Copy to new dates
event-edit-not-yours = The event is published. You can read it but not change it.
event-edit-sent-in = Sent in by { $who } ({ $email }) { $time }.
event-edit-kept = There is text that you wrote here but did not save. It is back in the form.
event-edit-kept-drop = Remove it
event-look = How it looks
event-look-hint = Nothing is saved yet.
event-conflict-title = Somebody else has changed the event
event-repeat-none = No, only once
event-repeat-daily = Every day
event-repeat-weekly = Every week
event-repeat-biweekly = Every second week
event-repeat-monthly-nth = Every month on the same weekday
event-repeat-monthly-day = Every month on the same date
event-repeat-monthly-on-day = On day { $day } of every month
event-repeat-nth-1 = The first { $weekday } of every month
event-repeat-nth-2 = The second { $weekday } of every month
event-repeat-nth-3 = The third { $weekday } of every month
event-repeat-nth-4 = The fourth { $weekday } of every month
event-repeat-nth-last = The last { $weekday } of every month
event-repeat-dates = On days that I write
event-repeat-kept = As now: { $words }
event-dates-count =
    { $count ->
        [one] 1 time.
       *[other] { $count } times.
    }
event-dates-more = and { $count } more
event-doubles = Could this be there already?
event-occasions = Change one occasion
event-occasions-hint = What is cancelled or moved is shown as that in the calendar and in everybody's own.
event-occasions-which = Occasion
event-occasions-what = What happens?
event-occasions-cancel = Cancel
event-occasions-cancel-from = Cancel this and all after it
event-occasions-move = Move
event-occasions-full = Full
event-occasions-restore = As planned again
event-occasions-date = New day
event-occasions-time = New time
event-occasions-note = Why
event-occasions-do = Change the occasion
event-state-title = State
event-state-approve = Approve and publish
event-state-return = Return as a draft
event-state-unpublish = Take down from the calendar
event-state-to-trash = Move to trash
event-state-restore = Bring back as a draft
event-copy-title = Copy { $title }
event-copy-hint = The same weekdays and times on new dates. What you do not change goes along.
event-copy-first = First day
event-copy-last = Last day
event-copy-left-out =
    { $count ->
        [one] 1 day is skipped
       *[other] { $count } days are skipped
    }
event-copy-publish = Publish the copy
event-copy-draft = Save as a draft

done-event-saved = Saved.
done-event-draft = The event is a draft now.
done-event-waiting = Sent. Somebody who may publish looks at the event.
done-event-published = Published. The event is in the calendar.
done-event-trash = The event is in the trash. You can bring it back at the bottom.
done-event-copied = The copy is made.
done-event-not-yet = The event cannot be published yet. Save the form to see what is missing.
done-event-changed-meanwhile = Somebody else had changed the event. Look at it as it is now and try again.
done-event-occasion-changed = The occasion is changed.
done-event-occasion-wrong = The occasion was not changed. Write a new day or time that exists.

event-send-title = Tell us about an event
event-send-lede = Is your association arranging something that everyone may come to? Write it here. You get a mail in which you confirm your address, and then we read it before it is shown.
event-send-more = Good to know
event-send-who = Who are you?
event-send-sender = Your name
event-send-dates = More days
event-send-dates-hint = One day on each line: 2026-12-03
event-send-place-unit-hint = Choose a place in the list, or write it below.
event-send-organiser-name = Association or organiser
event-send-sender-hint = Not shown in the calendar.
event-send-email = Your e-mail
event-send-email-hint = We use it only to confirm and to answer you.
event-send-trap = Leave this box empty
event-send-privacy = We keep your address for at most 400 days. It is never shown.
event-send-do = Send
event-sent-title = Look in your mail
event-sent-text = We have sent a mail with a link. Open it within { $days } days, and we have your event.
event-sent-next = No mail? Look among the spam, or send it again.
event-confirm-title = Confirm what you sent
event-confirm-text = Press the button, and those who approve events get yours.
event-confirm-do = Confirm
event-confirmed-title = Thank you
event-confirmed-text = We have it. You get a mail when the event is in the calendar.
event-link-old = The link does not hold
event-link-old-text = The link is too old, or not whole. Please send the event again.
event-mail-confirm-subject = Confirm what you sent to { $city }
event-mail-confirm =
    Hello!

    You or somebody else has told { $city } about the event { $title }.

    Open the link to confirm. It holds for { $days } days:
    { $link }

    Was it not you? Then you need not do anything.
event-mail-public-subject = { $title } is in the calendar
event-mail-public =
    Hello!

    The event { $title } that you told us about is now in the calendar of { $city }:
    { $link }

    Thank you!
event-mail-refused-subject = { $title } is not shown in the calendar
event-mail-refused =
    Hello!

    { $city } has read what you sent about { $title } and does not show it in the calendar. The calendar is for events that are open to everyone.

event-error-name = Write what the event is called.
event-error-category = Choose a kind.
event-error-key = The key may hold a–z, 0–9 and hyphens, at most 80 characters.
event-error-key-taken = Another event has that key.
event-error-organisation = Choose who is responsible.
event-error-too-long = The text has { $letters } characters. Shorten it to at most { $limit }.
event-error-many = At most { $most } have room.
event-error-version = The event has been changed since you opened it. What you wrote is below. Open the event in a new tab and compare.
event-error-date = Write a day that exists, such as 2026-12-03.
event-error-time = Write a time such as 18 or 18:30.
event-error-start-date = Write which day it is.
event-error-start-time = Write when it begins, such as 18 or 18:30, or choose all day.
event-error-end-date = The last day cannot be before the first.
event-error-end-time-needed = Write when it ends on the last day.
event-error-end-before = The end is before the beginning. Does it end after midnight? Then write the last day too.
event-error-long = One occasion may be at most { $days } days.
event-error-skipped = { $time } does not exist on { $date }: the clocks go forward. Choose another time.
event-error-until = Write when it stops coming back.
event-error-until-before = The end is before the beginning.
event-error-line = The line “{ $line }” cannot be read. Write a day such as 2026-12-03, with a time if you like.
event-error-dates = Write the days, one on each line.
event-error-many-occasions = That gives too many occasions. At most { $most } within two years have room.
event-error-no-occasion = No occasion is left. Look at the days.
event-error-price = The price must be between 0 and { $most } kronor.
event-error-price-number = Write the price as a number, such as 40 or 40.50.
event-error-price-order = The highest price is lower than the lowest.
event-error-age = Write an age between 0 and { $most }.
event-error-age-order = The highest age is lower than the lowest.
event-error-language = “{ $tag }” is no language code. Write for example sv, en or so.
event-error-url = Write a whole address that begins with https://.
event-error-phone = Write a phone number without letters.
event-error-email = Write an e-mail address, such as name@example.com.
event-error-unit = The place is no longer in the list. Choose another.
event-error-unit-key = There is no unit with the key { $key }.
event-error-place-name = Write what the place is called.
event-error-postcode = The postcode must have five digits.
event-error-organiser-name = Write who arranges it.
event-error-part-of = The larger event is not there, or is itself part of something.
event-error-picture = The picture is not in the media bank. Choose one of the pictures, or leave the field empty.
event-error-moved = Write a new day or a new time.
event-error-moved-skipped = That time does not exist on that day: the clocks go forward.
event-error-copy-long = A series may be at most two years.
event-error-sender = Write your name, at most 150 characters.
event-error-trap = A box that should be empty is filled in. Empty it and send again.
event-error-quick = That was very quick. Wait a few seconds and send again.
event-error-old = The form is too old. Send again, all you wrote is kept.
event-error-busy = Many events have been sent in. Wait a while and send again.

# The selection on paper.
calendar-print-pdf = Print as PDF
calendar-print-word = Download as Word
calendar-print-list = Show the selection as a list, which can be printed
calendar-print-no-pdf = A PDF could not be made
calendar-print-no-word = A Word document could not be made
calendar-print-first = The first { $shown } of { $count } events. Choose fewer days to get the rest.
calendar-print-source = The latest is at
calendar-print-caption = Events: { $period }
calendar-print-when = When
calendar-print-what = What
calendar-print-where = Where
