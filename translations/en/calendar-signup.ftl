signup-title = Sign up
signup-left =
    { $count ->
        [one] 1 place left
       *[other] { $count } places left
    }
signup-full = Fully booked
signup-full-queue = Fully booked, but you can join the waiting list
signup-closed = Sign-up has closed
signup-go = Sign up
signup-go-queue = Join the waiting list
signup-whole = You sign up to all occasions at once.
signup-opens = Sign-up opens { $time }.
signup-closes = Sign up no later than { $time }.
signup-back = Back to the event
signup-form-title = Sign up to { $title }
signup-note-queue = It is full right now. You join the waiting list and get an email if a place comes free.
signup-occasion = Which occasion?
signup-name = Name
signup-email = Email
signup-email-hint = We send you a link to confirm with.
signup-party = Number of people
signup-only-if = Answer only if you have answered { $answer } to “{ $question }”.
signup-yes = Yes
signup-no = No
signup-privacy = How we use your details
signup-privacy-what = We keep your name, your email address and how many you are. It is needed to give you a place and to reach you if something changes.
signup-privacy-what-answers = We keep your name, your email address, how many you are and your answers. It is needed to give you a place, arrange the event and reach you if something changes.
signup-privacy-days =
    { $days ->
        [0] The details are deleted the night after the event. They are never shown to other visitors.
        [one] The details are deleted one day after the event. They are never shown to other visitors.
       *[other] The details are deleted { $days } days after the event. They are never shown to other visitors.
    }
signup-privacy-who = { $owner } is the controller of your personal data. The details are used for a task in the public interest, and you can ask to see, correct or delete them.
signup-do = Send
signup-sent-title = Look in your email
signup-sent-text = We have sent an email. Open the link in it and confirm, and you are signed up.
signup-sent-next = No email? Look among the junk mail, or sign up again.
signup-link-old = The link is not whole, or the details have been deleted.
signup-see-event = See the event

signup-state-waiting = Not confirmed
signup-state-confirmed = Signed up
signup-state-queued = On the waiting list
signup-state-offered = Offered a place
signup-state-cancelled = Taken off

signup-own-title = Your sign-up
signup-own-held = Press the button to confirm. We hold the place for you until { $time }.
signup-own-free = Press the button to confirm. There is room.
signup-own-none = It is full right now. Confirm, and you get the place that comes free or join the waiting list.
signup-own-come = Welcome! You have a place.
signup-own-turn = You are number { $number } on the waiting list. We email you if a place comes free.
signup-own-offer = A place is free. Take it no later than { $time }, or it goes to the next in line.
signup-own-gone = You are not signed up.
signup-own-over = The sign-up cannot be changed. The event is over or called off.
signup-own-confirm = Confirm
signup-own-take = Take the place
signup-own-party-do = Change the number
signup-own-cancel = Can you not come?
signup-own-cancel-text = Cancel, and somebody else gets the place.
signup-own-cancel-do = Cancel my place

signup-done-confirmed = Done! You are signed up.
signup-done-queued = You are on the waiting list. We email you if a place comes free.
signup-done-full = It became full. You are not signed up.
signup-done-late = It is too late. The time is out or the event is called off.
signup-done-changed = The number is changed.
signup-done-no-room = There is no room for so many. Nothing is changed.
signup-done-cancelled = Your place is cancelled.

signup-error-name = Write your name.
signup-error-party = Choose how many you are, { $most } at most.
signup-error-occasion = One cannot sign up to that occasion. Choose another.
signup-error-early = Sign-up has not opened yet.
signup-error-closed = Sign-up has closed.
signup-error-full = It is fully booked.
signup-error-room = There are not so many places left. Choose fewer.
signup-error-twice = The address is signed up to that occasion already.
signup-error-places = Write how many places there are, 1 to { $most }.
signup-error-largest = Write how many one sign-up may be for, 1 to { $most }.
signup-error-hours = Write a number of hours, 0 to { $most }.
signup-error-keep = Write a number of days, 0 to { $most }.

signup-mail-confirm-subject = Confirm your sign-up to { $title }
signup-mail-confirm =
    Hello!

    Open the link to confirm your sign-up:
    { $link }

    { $title }
    { $when }
    { $place }
    Number of people: { $party }

    We hold the place for { $minutes } minutes. The link works after that too, if there is room.

    Was it not you? Then there is nothing to do.

    { $city }
signup-mail-confirm-queue =
    Hello!

    It is full right now. Open the link to confirm, and you get a place if there is one then, or join the waiting list:
    { $link }

    { $title }
    { $when }
    { $place }
    Number of people: { $party }

    Was it not you? Then there is nothing to do.

    { $city }
signup-mail-already-subject = You are signed up to { $title } already
signup-mail-already =
    Hello { $name }!

    Somebody, perhaps you, signed up your address once more. Your sign-up stands as before:

    { $title }
    { $when }
    { $place }
    Number of people: { $party }

    See, change or cancel it:
    { $link }

    { $city }
signup-mail-done-subject = You are signed up to { $title }
signup-mail-done =
    Hello { $name }! You are signed up.

    { $title }
    { $when }
    { $place }
    Number of people: { $party }

    Add it to your calendar:
    { $ics }

    Can you not come? Cancel here, and somebody else gets the place:
    { $link }

    More about the event:
    { $event }

    { $city }
signup-mail-queued-subject = You are on the waiting list for { $title }
signup-mail-queued =
    Hello { $name }! It is full, so you are on the waiting list.

    { $title }
    { $when }
    { $place }
    Number of people: { $party }

    We email you if a place comes free. See where in line you are, or leave it:
    { $link }

    { $city }
signup-mail-offer-subject = A place is free: { $title }
signup-mail-offer =
    Hello { $name }! A place is free for you.

    { $title }
    { $when }
    { $place }
    Number of people: { $party }

    Open the link and take the place no later than { $until }:
    { $link }

    If you do not, it goes to the next in line, and you need to sign up again if you want to come.

    { $city }
signup-mail-changed-subject = Your sign-up is changed: { $title }
signup-mail-changed =
    Hello { $name }! Your sign-up is changed.

    { $title }
    { $when }
    { $place }
    Number of people: { $party }

    See your sign-up:
    { $link }

    { $city }
signup-mail-cancelled-subject = Your place at { $title } is cancelled
signup-mail-cancelled =
    Hello { $name }! Your place is cancelled.

    { $title }
    { $when }

    Do you want to come after all? Sign up again if there is room:
    { $event }

    { $city }
signup-mail-moved-subject = Changed: { $title }
signup-mail-moved =
    Hello { $name }! The event that you are signed up to has changed. This is how it is now:

    { $title }
    { $when }
    { $place }
    { $note }

    Your sign-up stands. Add the new time to your calendar:
    { $ics }

    Can you not come? Cancel here:
    { $link }

    { $city }
signup-mail-off-subject = Cancelled: { $title }
signup-mail-off =
    Hello { $name }! The event that you are signed up to will not take place.

    { $title }
    { $when }
    { $note }

    There is nothing you need to do.

    { $city }
signup-mail-message-subject = About { $title }
signup-mail-message =
    You get this because you are signed up to { $title }.

    { $text }

    See or cancel your sign-up:
    { $link }

    { $city }

event-edit-sign-ups = Sign-ups
signups-title = Sign-ups to { $title }
signups-event = The event
signups-rules = Places and questions
signups-see = See sign-ups
signups-off = This event takes no sign-ups.
signups-turn-on = Begin to take sign-ups
signups-occasion = Occasion
signups-occasion-count = { $when } ({ $count } come)
signups-words = Name or email
signups-none = Nobody has signed up.
signups-party = Number
signups-state = State
signups-answers = Answers
signups-since = Signed up
signups-deeds = Do
signups-cancel = Take off
signups-cancel-one = Take { $name } off
signups-add = Sign up somebody who called
signups-add-hint = Whoever you sign up gets a place at once, or joins the waiting list if it is full. With an email address they get a confirmation and can cancel by themselves.
signups-add-do = Sign up
signups-mail = Write to all
signups-mail-text = Text
signups-mail-queued = Send to those on the waiting list too
signups-mail-do = Send
signups-print = Attendance list
signups-csv = CSV
signups-excel = Excel
signups-sheet = Sign-ups
signups-attendance = Tick off those who come
signups-here = Here
signups-people =
    { $count ->
        [one] 1 person is signed up.
       *[other] { $count } people are signed up.
    }
signups-back = Back to the sign-ups
signups-count-places = Places
signups-count-come = Come
signups-count-left = Free
signups-count-queued = Waiting list
signups-count-offered = Offered
signups-count-waiting = Not confirmed
signups-error-name = Write a name of 150 characters at most.
signups-error-text = Write what you want to say.
signups-error-nobody = There is nobody with an email address to send to.
done-signups-added = The sign-up is saved.
done-signups-cancelled = The sign-up is taken away.
done-signups-mailed = The email is on its way to all.
done-signup-rules-saved = Places and questions are saved.

signup-rules-title = Places and questions: { $title }
signup-rules-places = Number of places
signup-rules-on = Take sign-ups here
signup-rules-largest-party = At most so many in one sign-up
signup-rules-opens-date = Opens on
signup-rules-opens-date-hint = Empty: one can sign up at once.
signup-rules-opens-time = Opens at
signup-rules-closes-hours = Closes so many hours before the start
signup-rules-closes-hours-hint = 0: at the start. A last day in the event's form goes before this.
signup-rules-keep-days = Delete details so many days after
signup-rules-waiting-list = Those who come when it is full can join a waiting list
signup-rules-whole-series = One sign-up is for all occasions, as for a course
signup-rules-questions = Questions
signup-rules-questions-hint = Name, email and number are always asked for. Ask only for what you need. Never ask for identity numbers. Details about health, such as allergies, must be voluntary.
signup-rules-question = Question { $number }
signup-rules-label = Question
signup-rules-label-en = Question in English
signup-rules-kind = How one answers
signup-rules-help = Explanation
signup-rules-help-en = Explanation in English
signup-rules-required = Must be answered
signup-rules-more = Answers to choose from, limits and conditions
signup-rules-choices = Answers to choose from
signup-rules-choices-hint = One on each line. Write English after a vertical bar: Vegetariskt | Vegetarian
signup-rules-least = Least number
signup-rules-most = Largest number
signup-rules-when = Ask only if
signup-rules-always = Ask always
signup-rules-is = is answered with
signup-rules-up = Move up
signup-rules-up-one = Move question { $number } up
signup-rules-down = Move down
signup-rules-down-one = Move question { $number } down
signup-rules-remove = Take away
signup-rules-remove-one = Take question { $number } away
signup-rules-add = Add a question
signup-rules-save = Save
signup-rules-error-used = Somebody has signed up already. Call the event off or take everybody off before you stop taking sign-ups.
signup-rules-error-series = Somebody has signed up already, so it cannot change between each occasion and the whole series.
signup-kind-short-text = Short text
signup-kind-long-text = Long text
signup-kind-yes-no = Yes or no
signup-kind-one = Choose one answer
signup-kind-several = Choose several answers
signup-kind-number = Number
signup-kind-email = Email address
signup-kind-phone = Phone number
signup-kind-date = Date
