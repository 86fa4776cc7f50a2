# The city's calendar of days: holidays, eves, school breaks and the city's own days.

almanac-new-years-day = New Year’s Day
almanac-twelfth-night = Twelfth Night
almanac-epiphany = Epiphany
almanac-maundy-thursday = Maundy Thursday
almanac-good-friday = Good Friday
almanac-easter-eve = Easter Eve
almanac-easter-day = Easter Day
almanac-easter-monday = Easter Monday
almanac-walpurgis-eve = Walpurgis Eve
almanac-may-day = May Day
almanac-ascension-day = Ascension Day
almanac-pentecost-eve = the eve of Pentecost
almanac-pentecost = Pentecost
almanac-national-day = the National Day
almanac-midsummer-eve = Midsummer’s Eve
almanac-midsummer-day = Midsummer’s Day
almanac-all-saints-eve = the eve of All Saints
almanac-all-saints-day = All Saints’ Day
almanac-christmas-eve = Christmas Eve
almanac-christmas-day = Christmas Day
almanac-boxing-day = Boxing Day
almanac-new-years-eve = New Year’s Eve
almanac-bridge-day = bridge day
almanac-sport-break = the winter sports break
almanac-easter-break = the Easter break
almanac-summer-break = the summer break
almanac-autumn-break = the autumn break
almanac-christmas-break = the Christmas break

almanac-title = Days and breaks
almanac-intro = Holidays, eves and bridge days are worked out for every year. Here you settle the school breaks and the city’s own days. Opening hours, events and filters follow what you write.
almanac-years = Other years
almanac-own = Breaks and own days of { $year }
almanac-own-empty = No breaks or own days are entered for { $year } yet. Add the first one below.
almanac-own-missing = Breaks are missing for { $year }: { $names }.
almanac-days = Holidays, eves and bridge days of { $year }
almanac-column-day = Day
almanac-column-name = Name
almanac-column-kind = Kind
almanac-kind-holiday = Holiday
almanac-kind-eve = Eve
almanac-kind-bridge = Bridge day
almanac-kind-break = School break
almanac-kind-own = Own day
almanac-add = Add a break or an own day
almanac-edit-title = Change { $name }
almanac-what = What is it?
almanac-what-other-break = Another break
almanac-what-own = A day of our own
almanac-name-sv = Name in Swedish
almanac-name-hint = Needed only for another break or a day of your own, such as Kulturnatta.
almanac-name-en = Name in English
almanac-key = Short name
almanac-key-hint = The same every year, so that opening hours find the day. Small letters a–z, digits and underscores, such as kulturnatta.
almanac-first = First day
almanac-last = Last day
almanac-last-hint = Empty means the same day.
almanac-save = Save
almanac-remove = Remove
almanac-remove-hint = Opening hours that name the day then go on as if it were not there.
almanac-log = History
almanac-unused = No unit’s opening hours use it.
almanac-used = { $count ->
    [one] Used in the opening hours of one unit.
   *[other] Used in the opening hours of { $count } units.
}

almanac-error-key = The short name may only have small letters a–z, digits and underscores, and begins with a letter.
almanac-error-key-taken = The short name is the name of something else already. Choose another.
almanac-error-long = The text is too long. Write at most { $limit } characters.
almanac-error-year = The year must lie between 2005 and 2200.
almanac-error-date = Write the day as 2026-10-26.
almanac-error-backwards = The last day lies before the first.
almanac-error-days = These are too many days. At most { $limit } days will do.
almanac-error-overlap = These days lie over a break or a day with the same short name. Change that one instead.
almanac-error-what = Choose what it is.
almanac-import-unreadable = The file could not be read as JSON: { $detail }
almanac-import-field = Item { $item }, the field { $field }: { $detail }

done-almanac-saved = Saved. Opening hours that follow the calendar are up to date.
done-almanac-removed = Removed. You can add it again.
