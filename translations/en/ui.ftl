# Words of the frame, forms and components.
skip-to-content = Skip to content
demo-banner = This is a demo city. Times, prices and events are made up.
nav-shortcuts = Shortcuts
nav-search = Search
nav-menu = Menu
nav-themes = Topics
nav-crumbs = You are here
nav-start = Start
footer-phone = Phone:
footer-find = Find
footer-about = About this website
footer-accessibility = How accessible this website is
footer-privacy = Your personal data
footer-languages = Languages
footer-built-on = Built on Torg, open source
paging-name = Pages
paging-previous = Previous
paging-next = Next
paging-where = Page { $page } of { $pages }
table-name = Table
notice-info = Good to know:
notice-warning = Please note:
fact-missing = not available
contact-heading = Contact
contact-call = Call
contact-write = Send us an email
contact-hours = Opening hours:
contact-address = Address:
contact-map = Show on a map
contact-getting-there = Getting here:
contact-wrong = Is something wrong here?
field-optional = (optional)
form-wrong-title = Error:
form-errors =
    { $count ->
        [one] One answer needs to be changed
       *[other] { $count } answers need to be changed
    }
form-kept = What you wrote is still here.
error-required = Fill in this field.
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday

# Search
search-title = Search
search-title-for = Search: { $query }
search-label = Search for a service, a place or a phone number
search-button = Search
search-popular = Many search for:
search-count =
    { $count ->
        [one] 1 result
       *[other] { $count } results
    }
search-count-for =
    { $count ->
        [0] No results for “{ $query }”
        [one] 1 result for “{ $query }”
       *[other] { $count } results for “{ $query }”
    }
search-did-you-mean = Did you mean
search-results = Search results
search-empty-start = Write what you want to do, such as “apply for a building permit”, or the name of a place.
search-empty-help = How to get on
search-empty-spelling = Try another word or a shorter one.
search-empty-themes = Choose a topic
search-empty-contact = Or ask us
search-kind-start = Start page
search-kind-theme = Topic
search-kind-article = Article
search-kind-info = Information
search-kind-service = Service
search-kind-unit = Place

# Pages
page-actions = What you can do
page-toc = On this page
page-local = In this section
page-reviewed = Last reviewed { $date }
page-owner = Responsible: { $owner }
page-older-translation = This translation was made on { $date } and the Swedish page has changed since then.
page-older-easy-to-read = This easy-to-read text is from { $date }. The ordinary text has changed after that.
page-older-sign-language = The sign language film is from { $date }. The ordinary text has changed since then.
page-older-ordinary-link = Read the ordinary text
page-older-link = Read the Swedish page
start-heading = What would you like to do?
theme-children = Contents

# Errors
error-heading-400 = We could not understand the address
error-heading-403 = You may not see this page
error-heading-404 = There is no such page
error-heading-405 = The page cannot be used like that
error-heading-409 = Somebody else has changed the same thing
error-heading-410 = The page has been removed
error-heading-413 = What you sent is too large
error-heading-414 = The address is too long
error-heading-415 = The format cannot be read
error-heading-422 = We could not accept what you sent
error-heading-429 = Too many attempts in a short time
error-heading-500 = Something went wrong on our side
error-heading-503 = The website is closed for a while
error-heading-other = Something went wrong
error-text-400 = There is a mistake in the address. Check it or search for what you want.
error-text-403 = The page is only for those who have permission. Log in, or ask your manager for the right permission.
error-text-404 = It may have moved or been given a new address. Search for it or choose a topic.
error-api-404 = There is nothing here by that key. Check it in the list, which has the same address without the key, and in /api/openapi.json.
error-text-405 = Go back and try again from the page you came from.
error-text-409 = Nothing was overwritten. Go back, see what has changed and save again.
error-text-410 = The content no longer applies. Search for something similar or choose a topic.
error-text-413 = Nothing was saved. Split it up or send a smaller file.
error-text-414 = Shorten the address, or search for what you want.
error-text-415 = Nothing was saved. Send the content in another format.
error-text-422 = Nothing was saved. Go back, check the details and try again.
error-text-429 = Wait a while and then try again.
error-text-500 = The fault has been noted. Try again in a while. If it is urgent, call us.
error-text-503 = We will be back soon. If it is urgent, call us.
error-text-other = Try again in a while.
error-ways-on = Ways on
error-reference = Mention the number { $id } if you contact us about the fault.
error-to-start = Go to the start page
error-log-in = Log in

# Workspace
desk-name = Workspace
desk-nav = Parts of the workspace
desk-pages = Pages
desk-units = Units
desk-log = Log
desk-account = My account
desk-public = See the website
desk-logged-in-as = Logged in as
desk-log-out = Log out
desk-log-out-unsent = There is text in the browser that is not saved. It goes away if you log out. Do you want to log out?
desk-filter = Filter
desk-filter-clear = Show all
desk-save = Save
desk-cancel = Cancel
desk-history = Show log
desk-count =
    { $count ->
        [one] 1 row
       *[other] { $count } rows
    }
pages-filter = Title or address
pages-title = Title
pages-address = Address
pages-language = Language
pages-owner = Responsible
pages-reviewed = Reviewed
pages-never = Never
pages-none = No page matches the filter.
edit-text = Text
edit-text-hint = Written in Markdown. Headings begin with ##, lists with -.
edit-see = See the page
log-title = Log of { $subject }
log-time = Time
log-actor = Who
log-organisation = Organisation
log-kind = Event
log-kind-person-logged-in = Somebody logged in
log-kind-person-logged-out = Somebody logged out
log-kind-person-log-in-failed = A log-in failed
log-kind-person-session-ended = A log-in was ended
log-kind-person-password-changed = The password was changed
log-kind-person-disabled = The account was closed
log-kind-person-enabled = The account was opened again
log-kind-person-role-granted = A role was granted
log-kind-person-role-revoked = A role was withdrawn
log-kind-organisation-added = The organisation was added
log-kind-role-added = The role was added
log-change = Change
log-position = No.
log-before = Before
log-after = After
log-weeded = Weeded. The content was removed under the retention rules. The seal shows that the event is genuine.
log-none = Nothing has happened yet.
log-empty-value = empty
log-field = Detail

# Units
unit-hours = Opening hours
unit-all-hours = All hours
unit-week = Week { $week }, { $dates }
unit-today = { $day }, today
unit-closed = Closed
unit-deviations = Other hours
unit-services = What you can do here
unit-getting-there = Getting here
unit-accessibility = Getting in and around
unit-map = Show on a map
unit-confirmed = Details confirmed { $date }
unit-no-hours = Opening hours are missing.
units-title = Find
units-lede = Addresses, opening hours and phone numbers of the city’s services.
units-none = There are no units yet.
units-filter = Name or town
units-name = Name
units-kind = Kind
units-phone = Phone
units-organisation = Organisation
units-confirmed = Confirmed
units-no-match = No unit matches the filter.
unit-edit-name-sv = Name in Swedish
unit-edit-name-en = Name in English
unit-edit-phone = Phone
unit-edit-phone-hint = As it should be shown, for example 031-390 06 41.
unit-edit-email = Email
unit-edit-street = Street address
unit-edit-postcode = Postcode
unit-edit-city = Town
unit-edit-contact = Contact
unit-edit-address = Address
unit-edit-see = See the unit’s page
unit-edit-used =
    { $count ->
        [0] No page shows these details but the unit’s own.
        [one] One page shows these details and changes as soon as you save.
       *[other] { $count } pages show these details and change as soon as you save.
    }
unit-kind-library = Libraries
unit-kind-museum = Museums
unit-kind-swimming_pool = Swimming pools
unit-kind-recycling_centre = Recycling centres
unit-kind-citizen_office = Citizen offices
unit-kind-school = Schools
unit-kind-preschool = Preschools
unit-kind-sports_hall = Sports halls
unit-kind-park = Parks
unit-kind-health = Health
unit-kind-culture = Culture
unit-kind-office = Offices
unit-kind-contact_centre = Contact centre
unit-kind-beach = Beaches
unit-kind-social_service = Social services

# Accounts
login-title = Log in
login-lede = For those who work with the website.
login-email = Email
login-password = Password
login-button = Log in
login-demo = Accounts in the demo city
login-demo-text = The password is { $password } for all of them.
account-sessions = Where you are logged in
account-session-this = This log-in
account-session-seen = Last used { $time }
account-session-end = End
account-session-end-name = End the log-in in { $browser }
account-sessions-end-others = End all others
account-grants = Your permissions
account-grants-none = You have no permissions yet. Ask whoever manages accounts.
account-grant-role = Role
account-grant-organisation = For
account-grant-from = From
account-grant-to = To
account-grant-always = Until further notice
account-you = Your details
account-name = Name
account-email = Email

video-elsewhere = Opens at { $host }, which will then know that you watch the film.
video-sign-language = In Swedish Sign Language. Opens at { $host }, which will then know that you watch the film.
