# Accounts: log-in, passwords, permissions, organisations in a file.

login-wrong = The email address and the password do not belong together. Check both and try again.
login-wait-seconds =
    { $seconds ->
        [one] There are too many attempts right now. Wait { $seconds } second and try again.
       *[other] There are too many attempts right now. Wait { $seconds } seconds and try again.
    }
login-wait-minutes =
    { $minutes ->
        [one] There are too many attempts right now. Wait { $minutes } minute and try again.
       *[other] There are too many attempts right now. Wait { $minutes } minutes and try again.
    }

session-browser = { $browser } on { $system }
session-browser-unknown = Unknown browser
done-session-ended = The log-in has ended.

person-email-form = Write the email address as name@example.com.
person-email-taken = There is already an account with that email address.
person-name-length = Write a name of 1 to 200 characters.
person-unknown = There is no account with the email address { $value }.

password-too-short = The password must have at least { $least } characters. Several words in a row are easy to remember.
password-too-long = The password may take at most { $most } bytes. Make it shorter.
password-is-email = The password must not be the same as the email address.
password-current-wrong = The current password is not right.
password-changed-meanwhile = The password was changed elsewhere in the meantime. Nothing was saved. Try again with the new one.

role-unknown = There is no role called { $value }.
grant-ends-before = The permission ends before it begins. Change one of the dates.
organisation-unknown = There is no organisation with the key { $value }.

organisation-csv-unreadable = Line { $line }: the line cannot be read as UTF-8 text with commas between the fields.
organisation-csv-column-missing = Line { $line }: the column { $column } is missing. The first line must be key,kind,parent,name_sv,name_en.
organisation-csv-fields = Line { $line }: the number of fields ({ $value }) differs from the first line.
organisation-key-form = Line { $line }, { $column }: use only a–z, 0–9 and hyphens, at most 80 characters.
organisation-key-twice = Line { $line }, { $column }: the same key stands already on line { $value }.
organisation-kind-unknown = Line { $line }, { $column }: there is no “{ $value }”. Write city, committee, company, department or unit.
organisation-name-length = Line { $line }, { $column }: write a name of at most 200 characters.
organisation-city-parent = Line { $line }, { $column }: the city cannot belong to anything else.
organisation-parent-missing = Line { $line }, { $column }: write the key of the organisation that it belongs to.
organisation-parent-unknown = Line { $line }, { $column }: there is no organisation with the key { $value }.
organisation-parent-kind = Line { $line }, { $column }: this kind of organisation cannot lie under { $value }.
organisation-child-kind = Line { $line }, { $column }: { $value } lies under this organisation already, and could not if it became of that kind.
organisation-circle = Line { $line }, { $column }: the organisation belongs to itself by way of { $value }.
organisation-one-city = Line { $line }, { $column }: there must be exactly one city, but with this file there would be { $value }.
