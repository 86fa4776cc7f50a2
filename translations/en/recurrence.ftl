# When something recurs: in words, and what may be wrong.

recurrence-and = { $first } and { $last }
recurrence-clock = { $hours }
recurrence-from-to = { $start } to { $end }
recurrence-no-days = no days
recurrence-times-between = { $count } times from { $first } to { $last }
recurrence-times =
    { $count ->
        [one] { $said }, once
       *[other] { $said }, { $count } times
    }
recurrence-until = { $said } until { $day }
recurrence-also = also { $days }
recurrence-also-count = also { $count } more days
recurrence-except = except { $days }
recurrence-except-count = except { $count } days
recurrence-off = cancelled { $days }
recurrence-off-count = cancelled { $count } days
recurrence-own = by a pattern of its own
recurrence-daily = every day
recurrence-daily-second = every other day
recurrence-daily-many = every { $nth } days
recurrence-weekly = every { $days }
recurrence-weekly-run = { $days } every week
recurrence-weekly-second = every other { $day }
recurrence-weekly-second-days = { $days } every other week
recurrence-weekly-many = { $days } every { $nth } weeks
recurrence-monthly = { $days } every month
recurrence-of-month = { $days } of the month
recurrence-monthly-second = { $days } every other month
recurrence-monthly-many = { $days } every { $nth } months
recurrence-yearly = { $days } every year
recurrence-yearly-second = { $days } every other year
recurrence-yearly-many = { $days } every { $nth } years
recurrence-day-of-month = { $days } { $month }
recurrence-in-months = { $said } in { $months }
recurrence-last-day = the last day
recurrence-date =
    { $day ->
        [1] 1st
        [2] 2nd
        [3] 3rd
        [21] 21st
        [22] 22nd
        [23] 23rd
        [31] 31st
       *[other] { $day }th
    }
recurrence-dates = the { $days }
recurrence-nth = the { $nth } { $day }
recurrence-nth-workday = the { $nth } day { $days }
recurrence-nth-1 = first
recurrence-nth-2 = second
recurrence-nth-3 = third
recurrence-nth-4 = fourth
recurrence-nth-5 = fifth
recurrence-nth-last = last
recurrence-nth-last-but-one = last but one
recurrence-the-mon = Monday
recurrence-the-tue = Tuesday
recurrence-the-wed = Wednesday
recurrence-the-thu = Thursday
recurrence-the-fri = Friday
recurrence-the-sat = Saturday
recurrence-the-sun = Sunday
recurrence-counted-a = { $count }
recurrence-counted-e = { $count }

recurrence-zone = There is no time zone “{ $zone }”. Write for example Europe/Stockholm.
recurrence-start = The start must lie between the years 1900 and 2199.
recurrence-long = An occasion can be at most { $days } days long. What goes on longer is a place, and belongs among the units.
recurrence-whole-days = Whole days begin at midnight and are a whole number of days.
recurrence-many-dates = There can be at most { $most } single days, exceptions and changes of each kind.
recurrence-many-rules = There can be at most 16 rules.
recurrence-text = “{ $text }” is no rule that can be read.
recurrence-part = The part { $part } of the rule is not supported.
recurrence-too-often = { $frequency }: nothing in the calendar recurs more often than every day, and at most 48 times a day.
recurrence-number = { $part } cannot be “{ $value }”.
recurrence-misplaced = { $part } cannot stand in a rule with { $frequency }.
recurrence-lonely-position = BYSETPOS needs something to choose from, such as BYDAY.
recurrence-count = The number of times must be between 1 and { $most }.
recurrence-two-ends = A rule ends after a number of times or on a day, not both.
recurrence-ends-before-start = The rule ends before the first occasion.
recurrence-never = The rule means no day at all, as with 30 February.
recurrence-change = A single or moved occasion lies outside 1900–2199 or is too long.
recurrence-too-many = There are more than { $most } occasions. Choose a shorter time.

# Calendar files (iCalendar).
ical-file-large = The file is larger than { $most } MB. Divide it.
ical-no-calendar = The file is no calendar: it lacks BEGIN:VCALENDAR.
ical-broken-line = The line is no property: “{ $text }”. It should be NAME:value.
ical-not-ended = { $name } begins here and never ends.
ical-not-begun = { $name } ends here without having begun.
ical-many-events = The file has more than { $most } events. Divide it.
ical-many-lines = The event has more than { $most } lines.
ical-long-text = The text is longer than { $most } bytes.
ical-missing = { $property } is missing.
ical-value = “{ $value }” cannot be read.
ical-time = “{ $value }” is no time. Write 20260303T180000 or 20260303.
ical-zone-unknown = The time zone “{ $zone }” is not known. Use a name such as Europe/Stockholm.
ical-end-kind = The end is of another kind than the start: both should be days, or both times.
ical-end-before-start = The end lies before the start.
ical-exrule = EXRULE is not supported. Write the exceptions as days with EXDATE.
ical-range = The change is for this occasion and all later ones. Divide the series in two instead.
ical-period = The occasions have lengths of their own in the file; they get that of the series.
ical-double = The event { $uid } stands twice; the one with the highest SEQUENCE counts.
