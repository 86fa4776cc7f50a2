# The service directory: finding, comparing, services, care of details, import and answers to programs.

unit-kind-theatre = Theatres
unit-kind-arena = Arenas and concert halls
unit-kind-ice_rink = Ice rinks
unit-kind-meeting_place = Meeting places
unit-kind-care_home = Care homes
unit-kind-playground = Playgrounds
unit-kind-nature = Nature and walks
unit-kind-adult_education = Adult education
unit-kind-market = Markets and market halls
unit-feature-step_free = Step-free entrance
unit-feature-door_opener = Automatic door
unit-feature-lift = Lift
unit-feature-accessible_toilet = Wheelchair-accessible toilet
unit-feature-accessible_parking = Permit parking near the entrance
unit-feature-hearing_loop = Hearing loop
unit-feature-tactile = Guide paths or tactile signs
unit-feature-quiet_place = Quiet place to withdraw to
unit-feature-baby_care = Baby-changing room
service-category-education = Preschool and education
service-category-care = Care and support
service-category-housing = Building and housing
service-category-environment = Waste, water and environment
service-category-traffic = Traffic and streets
service-category-leisure = Things to see and do
service-category-work = Work and business
service-category-advice = Advice, contact and democracy
service-audience-everyone = Everyone
service-audience-families = Children and parents
service-audience-youth = Young people
service-audience-older = Older people
service-audience-disability = People with disabilities
service-audience-newcomers = New in Sweden
service-audience-companies = Companies
service-audience-associations = Associations

# Finding
find-form = Search units
find-q = What are you looking for?
find-place = Near
find-place-hint = Address, place or coordinates
find-place-unknown = We cannot find “{ $place }”. Write a street, a place or coordinates.
find-from = Nearest to { $place }
find-from-number = “{ $asked }” is not in the register. Nearest { $place }, the nearest number
find-from-street = Nearest the middle of { $place }
find-here = your position
find-kind = Kind
find-district = District
find-organisation = Organisation
find-all = All
find-several = Several kinds
find-open = Open now
find-go = Show
find-near = My position
find-near-wait = Getting your position …
find-near-denied = The browser may not tell where you are. Write an address instead.
find-near-failed = Your position could not be found. Write an address instead.
find-chosen = Your selection
find-kinds = Choose a kind
find-count = 
    { $count ->
        [one] One unit
       *[other] { $count } units
    }
find-order = Order
find-order-near = Nearest first
find-order-fit = Best match first
find-order-name = By name
find-order-changed = Latest change first
find-access = Accessibility
find-map = Map
find-map-all = Show all on the map
find-print = List to print
find-print-cut = The list shows the first { $count }.
find-print-made = Printed { $date }
find-back = Back to the list
find-compare = Compare
find-compare-chosen = Take out of the comparison
find-comparing = To compare:
find-compare-go = Compare side by side
find-compare-more = Choose one more, at most four.
find-none = No unit fits.
find-none-clear = Show all units
find-changed = Changed lately
find-changed-all = Everything that has changed
find-changed-on = Changed { $date }
find-metres = { $count } m
find-kilometres = { $count } km

# Compare
compare-title = Compare units
compare-few = Choose two to four units in the list to compare them.
compare-remove = Remove
compare-open = Right now
compare-unknown = Not known

# The page of a unit
unit-given = Services you get here
unit-related = Belongs together with
unit-near = Near here
unit-near-all = Everything near here
unit-near-kind = { $kind } near here
unit-entrances = Entrances
unit-coordinates = Coordinates
unit-phones = More phone numbers
unit-web = On the web
unit-plan = All opening hours and exceptions
unit-ended = The unit has been closed for good since { $date }.
unit-ends = The unit closes for good on { $date }.
unit-instead = Go to { $name } instead

# Services
services-title = Services
services-lede = What you can do and get from the city, and where.
services-form = Search services
services-categories = Topics
services-count = 
    { $count ->
        [0] No service fits.
        [one] One service
       *[other] { $count } services
    }
services-online = Online service
services-none = There are no services here yet.
services-filter = Name or search word
service-how = How to do it
service-for = For whom
service-fees = What it costs
service-units = Where you get it
service-beside = Contact and similar services
service-related = Similar services
service-outside = (another site)
service-ended = The service ended on { $date }.
service-ends = The service ends on { $date }.
service-category = Topic
service-new = New service
service-see = See the service’s page
service-set-about = About the service
service-set-where = Where and how
service-field-name_sv = Name in Swedish
service-field-name_en = Name in English
service-field-category = Topic
service-field-organisation = Organisation in charge
service-field-key = Key
service-field-summary_sv = What one gets
service-field-summary_en = What one gets, in English
service-field-how_sv = How it is done
service-field-how_en = How it is done, in English
service-field-fees_sv = Fees
service-field-fees_en = Fees in English
service-field-eligibility_sv = Who may have it
service-field-eligibility_en = Who may have it, in English
service-field-units = Units
service-field-links = Links
service-field-phone = Phone
service-field-email = E-mail
service-field-keywords = Search words
service-field-key-hint = Used in files and addresses. Leave it empty and it is made from the name.
service-field-how_sv-hint = An empty line begins a new paragraph.
service-field-units-hint = One key on each line, for example stadsbiblioteket.
service-field-links-hint = One on each line: e_service, page or form | namn / name | address
service-field-keywords-hint = Other words that people search by. Separate with commas.

# More details of a unit
unit-details = More details
unit-details-title = More details of { $name }
unit-details-intro = What stands here is shown on the unit’s page, in lists and to other programs.
unit-details-reach = Phone and web
unit-details-where = Position and way
unit-details-find = Finding the unit
unit-details-notice = Temporary notice
unit-details-care = Who answers for the details
unit-details-end = Closing the unit for good
unit-details-end-hint = The unit is not taken away. Its address says that it is closed and where to go instead.
unit-details-steward-none = No one person
unit-details-phones = More phone numbers
unit-details-web = Addresses on the web
unit-details-position = Position
unit-details-entrances = Entrances
unit-details-way_sv = Getting there
unit-details-way_en = Getting there, in English
unit-details-related = Belongs together with
unit-details-keywords = Search words
unit-details-notice_sv = Notice
unit-details-notice_en = Notice in English
unit-details-notice_from = From
unit-details-notice_until = Until
unit-details-closed_on = First closed day
unit-details-closed_reason_sv = Reason
unit-details-closed_reason_en = Reason in English
unit-details-closed_instead = Go instead to
unit-details-steward = Person
unit-details-role = Role
unit-details-phones-hint = One on each line: Namn / Name | number
unit-details-web-hint = One on each line: Namn / Name | address
unit-details-position-hint = Latitude and longitude (57.7089, 11.9746) or SWEREF 99 TM (6400000 320000).
unit-details-entrances-hint = One on each line: Namn / Name | position | hur man kommer in / how one gets in
unit-details-related-hint = One unit’s key on each line.
unit-details-keywords-hint = Other words that people search by. Separate with commas.
unit-details-closed_instead-hint = The unit’s key, for example stadsbiblioteket.
unit-details-role-hint = For example head of unit. Shown to staff only.

# A new unit
unit-new = New unit
unit-new-intro = Begin with name, kind and organisation. You write the rest afterwards.
unit-new-key = Key
unit-new-key-hint = Used in files and addresses. Leave it empty and it is made from the name.
unit-new-do = Create the unit

# Faults in details
unit-error-web = Write the whole address with https://, or a path of this site that begins with /.
unit-error-most = There may be at most { $limit }.
unit-error-days = The last day is before the first.
unit-error-related = There is no other unit with the key “{ $value }”.
unit-error-line = Line { $line } cannot be read. Write the parts with | between them.
unit-error-steward = That person is no longer there. Choose another.
unit-error-key-taken = The key is in use already. Write another.
service-error-version = Somebody else has changed the service since you opened it. What you wrote is still here but not saved. Compare and save again.
service-error-related = There is no other service with the key “{ $value }”.
service-error-link = Line { $line }: write e_service, page or form | name | address.
service-import-category = Item { $item } ({ $unit }): the category is not known.

# Care
unit-confirm = All is right
unit-confirm-hint = Confirm that the details are right today.
due-title = Details to confirm
due-mine = Mine
due-all = All that I may change
due-hint = Details are confirmed every { $count } months.
due-none = Everything is confirmed.
due-steward = Answers for it
due-act = Confirm
due-confirm = All is right
done-unit-confirmed = The details are confirmed.
done-unit-created = The unit is created. Write the rest of its details.
done-units-imported = The import is done.
done-service-saved = The service is saved.
done-report-settled = The report is settled.
unit-mail-subject = 
    { $count ->
        [one] One unit to confirm
       *[other] { $count } units to confirm
    }
unit-mail-due = 
    { $count ->
        [one] One unit that you answer for needs to be confirmed. Read its details and press All is right.
       *[other] { $count } units that you answer for need to be confirmed. Read their details and press All is right.
    }
unit-mail-last = confirmed { $date }
unit-mail-never = never confirmed
unit-mail-more = And { $count } more.
unit-mail-all = All your units:
units-reports-waiting = Reported faults of units
units-due-waiting = Units to confirm

# Is something wrong?
wrong-title = Is something wrong?
wrong-lede = Tell us what is wrong. Whoever answers for the details gets it at once. It is about
wrong-text = What is wrong?
wrong-text-hint = Write briefly, at most { $most } characters. Leave no personal details.
wrong-email = E-mail
wrong-email-hint = Only if you want an answer. The address is forgotten once the answer is sent.
wrong-send = Send
wrong-privacy = You need not say who you are.
wrong-privacy-link = How we handle personal data
wrong-thanks = Thank you, we have it
wrong-thanks-more = Whoever answers for the details will look at it. Back to
wrong-trap = Leave this field empty
wrong-error-empty = Write what is wrong.
wrong-error-trap = A field that must be empty is filled in. Empty it and send again.
wrong-error-quick = That was too quick. Wait some seconds and send again.
wrong-error-old = The form is too old. What you wrote is still here. Send again.
wrong-error-used = The form was sent already with another text. Send again if this one is meant too.
wrong-error-source = You have sent many in a short time. Try again in a while.
wrong-error-many = We have had many about this unit already. Try again in a while.
wrong-mail-subject = Answer about { $name }
wrong-mail-intro = Thank you for telling us what was wrong about { $name }. This is our answer:
wrong-mail-yours = You wrote:
reports-title = Faults that readers have reported
reports-states = State
reports-state-open = New
reports-state-answered = Answered
reports-state-closed = Closed
reports-none = There is nothing here.
reports-wants-answer = wants an answer
reports-answer = Answer or note about
reports-answer-mailed = The answer is sent by e-mail.
reports-answer-kept = The reader left no address. The note stays in the log.
reports-do-answer = Answer
reports-do-close = Close without an answer
reports-error-answer = Write an answer or a note, or close without an answer.
reports-weeding = Settled reports are weeded after { $days } days, by decision { $decision }.
reports-weeding-none = Settled reports are kept. They are weeded only when the setting unit_report_weeding_decision has the number of a decision.

# Import
units-import-title = Import units
units-export = Get all units as CSV
units-import-file = The file
units-import-choose = CSV file
units-import-hint = UTF-8 with semicolons or commas. The column key must be there. Columns that are missing change nothing, empty cells take away.
units-import-paste = Or paste
units-import-try = Show what would change
units-import-do = Carry out the import
units-import-report = This would change
units-import-created = new
units-import-changed = changed
units-import-closed = closed
units-import-same = as before
units-import-line = Line
units-import-column = Column
units-import-fault = What is wrong
units-import-what = Becomes
units-import-what-created = New
units-import-what-changed = Changed
units-import-what-closed = Closed
units-import-changes = Changes
units-import-more = And { $count } more lines.
units-import-faults = 
    { $count ->
        [one] One fault in the file
       *[other] { $count } faults in the file
    }
units-import-nothing = Nothing was changed. Mend the file and try again.
csv-error-encoding = The file is not UTF-8. The fault begins on line { $line }. Save it as “CSV UTF-8” in the spreadsheet program.
csv-error-unreadable = Line { $line } cannot be read as CSV. See whether a quotation mark is missing.
csv-error-empty = The file is empty.
csv-error-lines = The file may have at most { $most } lines.
csv-error-cells = Line { $line } has { $cells } cells but the heading has { $columns }.
csv-error-column = The column “{ $column }” is not known. Known columns: { $known }.
csv-error-column-twice = The column “{ $column }” is there twice.
csv-error-no-key = The column key is missing. It says which unit a line is about.
csv-error-key = Use only a–z, 0–9 and hyphens, at most 80 characters.
csv-error-twice = The key stands on line { $first } already.
csv-error-kind = The kind “{ $value }” is not known. Known kinds: { $known }.
csv-error-organisation = There is no organisation “{ $value }”.
csv-error-right = You may not change this organisation’s units.
csv-error-number = “{ $value }” is no number.
csv-error-half = A position needs two numbers. This one is missing.
csv-error-day = “{ $value }” is no date. Write it as 2026-12-31.
csv-error-hours = “{ $value }” is no span of time. Write it as 10:00-18:00.
csv-error-plan = “{ $value }” cannot be read. Write for example { $example }
csv-error-pair = Write “{ $value }” as Name: value.
csv-error-feature = “{ $value }” is not known. Choose among: { $known }.
csv-error-not-closed = Write the day on which the unit closes too.

# Answers to programs
api-error-number = Write a whole number from { $least } to { $most }.
api-error-kind = The kind “{ $value }” is not known.
api-error-category = The category “{ $value }” is not known.
api-error-audience = The audience “{ $value }” is not known.
api-error-organisation = There is no organisation “{ $value }”.
api-error-district = There is no district “{ $value }”.
api-error-unit = There is no unit “{ $value }”.
api-error-access = “{ $value }” is no known fact of accessibility.
api-error-flag = Write true or false.
api-error-near = Write latitude and longitude in Sweden, for example 57.7089,11.9746. Did you swap the numbers?
api-error-bbox = Write west,south,east,north in degrees.
api-error-moment = “{ $value }” is no moment. Write it as 2026-03-03T12:00:00Z or 2026-03-03.
