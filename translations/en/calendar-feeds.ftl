# The calendar for other programs, and imports into it.

event-ics-status = { $status }: { $name }
event-ics-register = Sign up: { $url }
calendar-api-value = { $name } cannot be “{ $value }”.
calendar-api-many = At most { $most } values at a time.
calendar-api-number = Write a whole number from 1 to { $most }.
calendar-api-keyword-kinds = Write either categories or audiences, not both.
calendar-api-circle = dwithin_origin (lon,lat) and dwithin_metres belong together: write both.
calendar-api-days = days cannot stand together with start or end.
calendar-api-end-before-start = end lies before start.

event-import-many = The file has more than { $most } events. Divide it.
event-import-encoding = The characters of the file cannot be read. Save it as UTF-8.
event-import-empty = The file is empty. The first line should be the names of the columns.
event-import-quotes = A quotation mark never ends, so the rest of the file cannot be read.
event-import-cells = The line has { $cells } cells, but only { $columns } columns have names.
event-import-twice = The key stands on line { $first } already.
event-import-column = There is no column “{ $column }”. There are: { $known }.
event-import-column-twice = The column stands twice.
event-import-no-key = The column key is missing. Each event needs a key, so that the same file can be sent again.
event-import-value = “{ $value }” cannot be read. Write for example: { $known }.
event-import-half-position = Write both lat and lon, or neither.
event-import-right = You may not change events of that organisation, or not publish them.
event-import-organisation = There is no organisation “{ $key }”. Name one in the file or choose one for the whole import.

event-import-title = Import events
event-import-organisation-file = The one in the file
event-import-category = Category, where the file names none
event-import-state = New events become
event-import-faults =
    { $count ->
        [one] One fault in the file
       *[other] { $count } faults in the file
    }
event-import-nothing = Nothing has been changed. Mend the faults and try again.
event-import-line = Line
event-import-column-heading = Column
event-import-fault = What is wrong
event-import-report = This would happen
event-import-created = new
event-import-changed = change
event-import-same = are so already
event-import-past = are over and left out
event-import-older = were changed here after the file was made, and are left as they are
event-import-no-occasion = The event has no occasion here that begins { $start }. Take it out of the file, or get a new file from the calendar.
event-import-note = Line { $line }, { $property }:
event-import-do =
    { $count ->
        [one] Import one event
       *[other] Import { $count } events
    }
event-import-what = What happens
event-import-new = New
event-import-other = Changes
event-import-more = and { $count } more
event-import-nothing-new = Nothing in the file is new.
event-import-file = File
event-import-choose = Choose a file
event-import-hint = A calendar (.ics) or a table (.csv). What would happen is shown first; nothing changes before you press the button.
event-import-paste = Or paste the text
event-import-try = Try
done-event-imported = The import is done.
event-import-key = Key
