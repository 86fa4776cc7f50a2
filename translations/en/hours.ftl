# Opening hours: what is said of them, the form, changes for many units and warnings.

hours-self-service-now = Only self-service now
hours-self-service-always = Self-service around the clock
hours-self-service-until = Only self-service until { $time }
hours-self-service-today = Self-service today from { $time }
hours-self-service-tomorrow = Self-service tomorrow from { $time }
hours-self-service-day = Self-service { $day } from { $time }
hours-appointment-now = Only booked visits
hours-appointment-until = Only booked visits until { $time }
hours-appointment-today = Booked visits today from { $time }
hours-appointment-tomorrow = Booked visits tomorrow from { $time }
hours-appointment-day = Booked visits { $day } from { $time }
hours-phone-now = Only by phone now
hours-phone-always = By phone around the clock
hours-phone-until = Only by phone until { $time }
hours-phone-today = By phone today from { $time }
hours-phone-tomorrow = By phone tomorrow from { $time }
hours-phone-day = By phone { $day } from { $time }
hours-then-open = { $said }, then open with staff
hours-then-self-service = { $said }, then self-service
hours-then-appointment = { $said }, then booked visits
hours-then-phone = { $said }, then by phone
hours-span-self-service = { $hours } self-service
hours-span-appointment = { $hours } booked visits
hours-span-phone = { $hours } by phone
hours-osm-self-service = self-service
hours-osm-appointment = by appointment

hours-when-the-day = { $day }
hours-when-first = first { $day } of the month
hours-when-second = second { $day } of the month
hours-when-third = third { $day } of the month
hours-when-fourth = fourth { $day } of the month
hours-when-fifth = fifth { $day } of the month
hours-when-last = last { $day } of the month
hours-when-odd = { $day } in odd weeks
hours-when-even = { $day } in even weeks

hours-plan-usual = Ordinary hours
hours-plan-period = { $name }, { $when }
hours-plan-from = from { $date } until further notice
hours-plan-yearly = { $from }–{ $to } every year
hours-plan-break = { $name }, { $dates }
hours-plan-days = Holidays and other special days
hours-plan-exceptions = Single days
hours-on-holidays = all holidays
hours-on-eves = all eves
hours-on-bridge-days = bridge days
hours-as-usual = as usual
hours-closes-by = as usual, but closes at { $time } at the latest

unit-error-hours-night = The day before is open past midnight, into these hours. Change one of them.
unit-error-hours-backwards = The end lies before the beginning.
unit-error-hours-long = These are too many days at once. Make a period instead.
unit-error-hours-usual-spans = Write either hours or as usual, not both.
unit-error-hours-note = The text is too long. Write at most 300 characters.
unit-error-hours-break = Choose a break.
unit-error-hours-periods = The period lies over another. Change the days of one of them.
unit-error-hours-day-twice = The day stands twice. Remove one of them.
unit-error-hours-turn-days = Tick at least one weekday.
unit-error-hours-turn-twice = The same weeks stand twice for the same weekday. Remove one of them.

# The form for a unit's opening hours.
hours-cell-closed = closed
hours-cell-usual = as usual
hours-cell-until = until { $time }
hours-edit-title = Opening hours of { $name }
hours-edit-to-facts = Contact and address
hours-edit-open = Opening hours
hours-edit-place = { $row }, { $field }
hours-edit-go = What do you want to change?
hours-edit-go-week = The hours of an ordinary week
hours-edit-go-days = One day, or some days
hours-edit-go-rules = Christmas, Easter and other holidays
hours-edit-go-periods = The summer, a break, or new hours from a date
hours-edit-go-turns = Some weeks only, such as even weeks or the first Tuesday of the month
hours-edit-clocks = When the clocks are moved
hours-clock-gone = In the night to { $date } the clocks go forward an hour, so { $times } does not exist. It counts as { $after }.
hours-clock-twice = In the night to { $date } the clocks go back an hour, so { $times } comes twice. The first time counts.
hours-clock-shorter = In the night to { $date } the clocks go forward. The hours that stand there are one hour shorter than on other nights.
hours-clock-longer = In the night to { $date } the clocks go back. The hours that stand there are one hour longer than on other nights.
hours-edit-week = Ordinary week
hours-edit-how = Write the hours as 10–18. Closed in the middle of the day: 10–12 and 13–16. Open past midnight: 22–02. Leave the day empty when it is closed.
hours-edit-how-states = Where it is not simply open, say so after the time: 18–22 self-service, 9–11 by appointment, 16–18 by phone.
hours-edit-hours = Hours
hours-edit-choose = Choose
hours-edit-weekdays = Weekdays
hours-edit-rules = Christmas, Easter and other holidays
hours-edit-rules-hint = Every year: you need not write any dates. Write closed, 10–14, until 13 or as usual. Where both Christmas Eve and all eves are written, what stands at Christmas Eve holds.
hours-edit-rule-row = Holiday or eve { $number }
hours-edit-rule-add = Add a holiday or an eve
hours-edit-on = Which day?
hours-edit-days = Certain days
hours-edit-days-hint = For example a day of cleaning. Write closed, 10–14 or as usual. These days go before everything else.
hours-edit-day-row = Certain day { $number }
hours-edit-day-add = Add a day
hours-edit-date = Date
hours-edit-to = To and including
hours-edit-to-hint = Leave it empty when it is one day only.
hours-edit-periods = The summer, breaks and other periods
hours-edit-periods-hint = During the period the week that you write here holds instead of the ordinary one. Use it also when your hours change from a certain date.
hours-edit-period-row = Period { $number }
hours-edit-period-add = Add a period
hours-edit-kind = When is the period?
hours-edit-kind-dates = From a date to a date
hours-edit-kind-yearly = The same days every year
hours-edit-first = First day
hours-edit-first-hint = Write 2026-06-01. For the same days every year: 06-01. Leave it empty for a break: its days stand in the city’s calendar.
hours-edit-last = Last day
hours-edit-last-hint = Leave it empty when the period has no end.
hours-edit-name-sv = Name in Swedish
hours-edit-name-en = Name in English
hours-edit-turns = Some weeks only
hours-edit-turns-hint = For example the first Tuesday of the month, or even weeks. Those hours hold instead of the ordinary week’s. Empty means closed.
hours-edit-turns-inner-hint = For example even weeks during the summer. Those hours hold instead of the period’s week. Empty means closed.
hours-edit-turn-row = Some weeks { $number }
hours-edit-turn-add = Add some weeks
hours-edit-when = Which weeks?
hours-edit-when-first = The first time in the month
hours-edit-when-second = The second time in the month
hours-edit-when-third = The third time in the month
hours-edit-when-fourth = The fourth time in the month
hours-edit-when-fifth = The fifth time in the month
hours-edit-when-last = The last time in the month
hours-edit-when-odd = Odd weeks
hours-edit-when-even = Even weeks
hours-edit-note = More about the hours
hours-edit-note-sv = Comment for visitors, in Swedish
hours-edit-note-en = Comment for visitors, in English
hours-edit-save = Save the opening hours
hours-edit-preview = See how it will be
hours-edit-preview-title = This is how it will be
hours-edit-preview-hint = Nothing is saved yet.
hours-edit-coming = The coming days
hours-edit-silent = Nothing is said of these days, so they are shown as open as usual:
hours-edit-silent-do = Write what holds under

hours-error-cell = Write the hours as 10–18, several with a comma, such as 10–12, 13–16. Empty means closed.
hours-error-rule = Write closed, hours such as 10–14, until 13 or as usual.
hours-error-day = Write closed, hours such as 10–14, or as usual.
hours-error-date = Write the date as 2026-12-23.
hours-error-yearly = Write the day as 06-01 for 1 June.
hours-error-when = Choose in which weeks.
hours-error-on = Choose a day.
hours-error-kind = Choose when the period is.

done-hours-saved = The opening hours are saved. All pages that show them are up to date.

# Changing the hours of many units, and days that nobody has thought of.
hours-bulk-title = Change the hours of many units
hours-bulk-intro = For example: all libraries close at 15 on 23 December. You see first what changes for each unit. Nothing is saved until you say yes.
hours-bulk-which = Which units?
hours-bulk-kind = Kind
hours-bulk-all-kinds = All kinds
hours-bulk-organisation = Organisation
hours-bulk-all-organisations = All organisations
hours-bulk-words = Words in the name
hours-bulk-silent = Only units that have said nothing of the first day
hours-bulk-when = Which days?
hours-bulk-what = What holds?
hours-bulk-what-hint = Write until 15, closed, 10–14 or as usual.
hours-bulk-note-sv = Why, in Swedish? Visitors see it
hours-bulk-note-en = Why, in English
hours-bulk-preview = Show what changes
hours-bulk-found = { $count ->
    [one] One unit changes
   *[other] { $count } units change
}
hours-bulk-found-hint = Untick units that are not to change. All is saved at once and can be undone.
hours-bulk-unchanged = { $count ->
    [one] One more unit was chosen, but has those hours already or is closed then.
   *[other] { $count } more units were chosen, but have those hours already or are closed then.
}
hours-bulk-nothing = No unit would change. Choose other units, days or hours.
hours-bulk-before = Before
hours-bulk-after = Now
hours-bulk-more = { $count ->
    [one] and one more day
   *[other] and { $count } more days
}
hours-bulk-own = The unit’s hours
hours-bulk-save = Change the units
hours-bulk-earlier = Earlier changes
hours-bulk-earlier-none = Nobody has changed several units at once yet.
hours-bulk-made = { $count ->
    [one] One unit, { $made }
   *[other] { $count } units, { $made }
}
hours-bulk-ended = Taken back { $date }
hours-bulk-undo = Undo
hours-bulk-end = End from today on
hours-bulk-long = These are too many days at once. At most 100 days will do.
hours-bulk-none = Tick at least one unit.
hours-bulk-version = One of the units was changed just now. You see it as it is. Look through the list and save again.
hours-bulk-refused = { $name } cannot have those hours. Change it by itself and untick it here.

hours-missing-title = Holidays without word
hours-missing-intro = These units have said nothing of a holiday or an eve within 60 days. They are shown as open as usual.
hours-missing-none = All units have said what holds in the next 60 days.
hours-missing-units = { $count ->
    [one] One unit is shown as open.
   *[other] { $count } units are shown as open.
}
hours-missing-all = Write what holds for them
hours-missing-unknown = { $count ->
    [one] One unit has no hours at all
   *[other] { $count } units have no hours at all
}
hours-waiting = Units without word about a holiday

done-hours-bulk = The units are changed. You can undo it below.
done-hours-undone = The change is taken back. What held before holds again.
