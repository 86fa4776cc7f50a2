# People, organisations, roles and absence in the workspace.

desk-accounts = People
desk-organisations = Organisations
desk-roles = Roles

# What a permission lets one do.
permission-workspace-use = Use the workspace
permission-page-read = See pages that are not public, and their history
permission-page-edit = Write and change drafts, and submit them for review
permission-page-review = Comment on, return and approve other people’s drafts
permission-page-publish = Publish, move, unpublish and remove pages
permission-navigation-edit = Change menus, the start page and what theme pages gather
permission-media-edit = Add, change and remove pictures and files
permission-quality-manage = Decide the rules of good writing and what each rule weighs
permission-unit-edit = Change units’ names, phones, addresses and opening hours
permission-almanac-manage = Change school breaks and the city’s own days in the calendar
permission-fact-edit = Change facts that several pages show
permission-notice-publish = Post, correct and take down announcements
permission-event-edit = Write and change events of the calendar
permission-event-publish = Publish events and approve what is sent in
permission-comment-moderate = Read comments before they are shown, and decide about them
permission-log-read = Read the log: who changed what
permission-search-manage = Look after synonyms, chosen pages and the work list of search
permission-person-manage = Add people and give roles
permission-organisation-manage = Add, rename, move and end organisations
permission-setting-manage = Change what roles hold, and the city’s settings

# The list of people.
people-new = Add a person
people-states = Open and closed accounts
people-open = Open accounts
people-closed = Closed
people-filter = Name or e-mail
people-organisation = Organisation
people-role = Role
people-any-organisation = All organisations
people-any-role = All roles
people-grants = Roles
people-no-grants = No roles
people-more-grants =
    { $count ->
        [one] and 1 more
       *[other] and { $count } more
    }
people-none = Nobody is here yet.
people-no-match = Nobody matches the filter. Try fewer words, or look among closed accounts.

# A person.
person-name = Name
person-email = E-mail
person-email-hint = The address that the person logs in with.
person-closed = Closed
person-closed-since = The account has been closed since { $time }. The person cannot log in.
person-new-lede = A new account may do nothing until you give it a role. You do that in the next step.
person-new-do = Add
person-email-not-yours = You cannot change the address: the person has permissions that you do not have yourself, and whoever changes the address can take the account over.
person-grants = Roles now and to come
person-grants-none = The person has no roles. Give one below, and work can begin.
person-grants-past =
    { $count ->
        [one] 1 earlier role
       *[other] { $count } earlier roles
    }
person-handed = Stand-ins
person-about = Details
person-entry = Log-in
person-password-new = Make a new password
person-password-hint = It is shown only once. The person is logged out everywhere and then changes the password under My account.
person-password-made = New password
person-password-made-hint = It is shown only now. Give it to the person themselves, preferably by word of mouth, and ask them to change it under My account.
person-password-linked = The person logs in with the city’s log-in. Therefore no password can be made here.
person-linked = The city’s log-in
person-linked-hint = The account opens in that way only, so no password can be made here. In an emergency whoever runs the site can make one from the command line.
person-sessions-end = Log out everywhere
person-sessions-hint = For example when a computer or phone has been lost.
person-factors-remove = Remove the second factor
person-factors-hint = When the person has lost both their phone and their recovery codes. First make sure that the right person is asking.
person-close = Close the account
person-close-hint = The person is logged out now and cannot log in. All that the person has done stays in the log, and the account can be opened again.
person-open = Open the account again
person-open-hint = Roles that are still in force begin to work again.
done-person-added = The account is there. Give it a role, and the person can begin to work.
done-person-saved = The details are saved.
done-person-closed = The account is closed.
done-person-opened = The account is open again.
done-grants-given = The roles are in force.
done-grant-ended = The role has ended and is no longer in force.
done-delegation-ended = The stand-in has ended.

# Roles that are given.
grant-new = Give roles
grant-roles = Roles
grant-roles-hint = Choose one or more. You can only give what you have yourself.
grant-roles-see = See what each role may do
grant-organisation = For the organisation
grant-organisation-choose = Choose an organisation
grant-organisation-hint = The role also holds for all that lies under it, within the same authority.
grant-from = From
grant-to = To and including
grant-to-hint = Leave empty for until further notice.
grant-do = Give the roles
grant-time = Time
grant-state = State
grant-state-now = In force
grant-state-coming = To come
grant-state-over = Time has run out
grant-state-ended = Ended
grant-time-to = { $from } – { $to }
grant-time-always = { $from } – until further notice
grant-given = Given { $time } by the program
grant-given-by = Given { $time } by { $name }
grant-ended = Ended { $time } by the program
grant-ended-by = Ended { $time } by { $name }
grant-end = End
grant-end-name = End { $role } for { $organisation }
grant-role-missing = Choose at least one role.
grant-organisation-missing = Choose an organisation.
grant-day-form = Write the day as 2026-03-31.
grant-more-than-own = The role { $role_en } may do things that you may not do yourself in that organisation. Choose another role, or ask somebody who may do more.
grant-longer-than-own = Your own permissions hold until { $last }. You cannot give anybody else longer than that.
grant-handed-over = You are a stand-in here. A stand-in cannot give roles to others.
administrator-last = This is the city’s last administrator. Make somebody else an administrator of the whole city first.

# Organisations.
organisation-kind = Kind
organisation-kind-hint = Committees and companies are authorities of their own: roles are not inherited across their border.
organisation-kind-city = City
organisation-kind-committee = Committee
organisation-kind-company = Company
organisation-kind-department = Department
organisation-kind-unit = Unit
organisations-new = Add an organisation
organisations-new-do = Add
organisations-filter = Name or key
organisations-total =
    { $count ->
        [one] 1 organisation.
       *[other] { $count } organisations.
    }
organisations-show-ended = Show ended ones too
organisations-hide-ended = Hide ended ones
organisations-people =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
organisations-below =
    { $count ->
        [one] 1 part
       *[other] { $count } parts
    }
organisations-committees = Committees
organisations-companies = Companies
organisations-departments = Departments
organisations-units = Units
organisations-found = Found
organisations-no-match = No organisation matches. Try fewer words.
organisation-name-sv = Name in Swedish
organisation-name-en = Name in English
organisation-key = Key
organisation-key-hint = A short name in files and commands, for example kultur-biblioteken. Never changes.
organisation-parent = Belongs to
organisation-authority = Authority
organisation-authority-own = An authority of its own
organisation-authority-none = None: the city is a sender, not an authority
organisation-ended = Ended
organisation-ended-since = The organisation ended { $time }. No roles can be given for it.
organisation-below = Parts
organisation-below-none = Nothing lies under this organisation.
organisation-add-below = Add a part
organisation-holders = People with roles here
organisation-holders-none = Nobody has a role for this very organisation. Roles may still hold from above.
organisation-end = End the organisation
organisation-end-hint = Its roles stop working now. Pages and other things that it answers for stay until whoever is responsible above hands them over.
organisation-reopen = Take the organisation up again
organisation-reopen-hint = Roles that ended with the organisation have to be given anew.
organisation-has-ended = { $name } has ended. Choose another organisation.
organisation-has-below = { $name } lies under this organisation. Move or end it first.
organisation-city-stays = The city can neither move nor end.
organisation-city-one = There is one city, and it stays so.
organisation-city-on-top = The city belongs to nothing else.
organisation-above-missing = Choose what the organisation belongs to.
organisation-above-kind = An organisation of that kind cannot lie there. Committees lie directly under the city, companies under the city or a company.
organisation-above-ended = What the organisation would belong to has ended.
organisation-below-kind = What lies under the organisation cannot do so if it becomes of that kind.
organisation-in-itself = An organisation cannot lie under itself.
organisation-kind-missing = Choose a kind.
organisation-key-shape = Use only a–z, 0–9 and hyphens, at most 80 characters.
organisation-key-taken = The key is taken. Choose another.
organisation-name-size = Write a name of at most 200 characters.
organisation-changed-meanwhile = Somebody else changed the organisation while you were writing. What you wrote is still there. See the history below and save again if yours is to stand.
done-organisation-added = The organisation has been added.
done-organisation-saved = The organisation is saved.
done-organisation-ended = The organisation has ended.
done-organisation-reopened = The organisation has been taken up again.

# What roles hold.
roles-lede = A role is a name for several permissions. It is given to a person for an organisation.
roles-new = Make a new role
roles-new-do = Make the role
roles-table = What each role may do
roles-permission = Permission
roles-yes = Yes
roles-no = No
roles-people = People who have the role now
role-name-sv = Name in Swedish
role-name-en = Name in English
role-key = Key
role-key-hint = A short name in commands, for example library_editor. Never changes.
role-key-is = Key: { $key }
role-permissions = What the role may do
role-whole = The administrator always has every permission. Otherwise a new permission could be given by nobody.
role-holders = People who have the role
role-holders-none = Nobody has the role.
role-name-length = Write a name of at most 100 characters.
role-permissions-none = Choose at least one permission.
role-administrator-whole = The administrator always has every permission.
role-more-than-own = You cannot add permissions that you do not have yourself for the whole city.
role-key-form = Begin with a letter and use only a–z, 0–9 and underscores, at most 60 characters.
role-key-taken = There is a role with that key already.
role-changed-meanwhile = Somebody else changed the role while you were working. What you chose is still there. See the history below and save again if yours is to stand.
done-role-added = The role is there and can be given.
done-role-saved = The role is saved and holds now for all who have it.

# Absence.
away-open = Hand over while you are away
away-title = Absence
away-lede = While you are away a colleague can do what you may do. The colleague works in their own name, and the log shows that it was for you. It ends by itself.
away-taker = The colleague’s e-mail
away-taker-hint = The address that the colleague logs in with.
away-to = To and including
away-grants = What the colleague may do
away-all = All that I may do myself
away-some = Only this:
away-do = Hand over
away-nothing = You have no roles to hand over.
away-needs-factor = Your roles hold only when you have logged in with a second step. Then you can hand them over too.
away-weak = You can hand over everything only when you have logged in with a second step.
away-log-in = Log in again, so that we know that it is you who hands over.
away-log-in-do = Log in again
away-log-in-tab = Log in again (in a new tab)
away-handed = Handed over to and by me
away-what = { $giver } to { $taker }
away-end = End
away-end-name = End: { $what }
done-handed-over = Handed over. It begins and ends by itself on the days that you chose.
delegation-to-self = Choose somebody other than yourself.
delegation-to-closed = That account is closed. Choose another colleague.
delegation-starts-before = Choose today or a later day.
delegation-too-long = Choose at most { $days } days.
delegation-of-nothing = Choose at least one of your roles.
delegation-whole-weak = You can hand over everything only when you have logged in with a second step. Choose among the roles.
delegation-log-in-old = It is a while since you logged in. Log in again in a new tab, then choose Hand over here once more.

# History.
history-title = History
history-program = The program
history-permissions-more = Got: { $list }
history-permissions-less = Lost: { $list }
log-kind-person-changed = Name or e-mail was changed
log-kind-person-handed-over = Handed over roles
log-kind-person-taken-over = Got roles as a stand-in
log-kind-person-handed-back = Roles handed over were taken back
log-kind-person-taken-back = Stopped as a stand-in
log-kind-organisation-ended = The organisation ended
log-kind-organisation-reopened = The organisation was taken up again
