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
organisation-id-form = Line { $line }, { $column }: { $value } is no id. Leave the field empty and the organisation gets a new one.
organisation-id-twice = Line { $line }, { $column }: the same id stands on another line already.
organisation-ended-form = Line { $line }, { $column }: { $value } is no time. Write for example 2026-03-01T10:00:00Z, or leave the field empty.
organisation-ended-city = Line { $line }, { $column }: the city cannot end. Leave the field empty.
organisation-ended-later = Line { $line }, { $column }: the time is in the future. Take the file in again on that day.
organisation-parent-ended = Line { $line }, { $column }: { $value } has ended. What lies below must have ended too, or be moved.
organisation-child-open = Line { $line }, { $column }: { $value } lies below this organisation and has not ended. End or move it in the same file.
organisation-kind-unknown = Line { $line }, { $column }: there is no “{ $value }”. Write city, committee, company, department or unit.
organisation-name-length = Line { $line }, { $column }: write a name of at most 200 characters.
organisation-city-parent = Line { $line }, { $column }: the city cannot belong to anything else.
organisation-parent-missing = Line { $line }, { $column }: write the key of the organisation that it belongs to.
organisation-parent-unknown = Line { $line }, { $column }: there is no organisation with the key { $value }.
organisation-parent-kind = Line { $line }, { $column }: this kind of organisation cannot lie under { $value }.
organisation-child-kind = Line { $line }, { $column }: { $value } lies under this organisation already, and could not if it became of that kind.
organisation-circle = Line { $line }, { $column }: the organisation belongs to itself by way of { $value }.
organisation-one-city = Line { $line }, { $column }: there must be exactly one city, but with this file there would be { $value }.

# Logging in
login-again = Log in once more, so that we know it is you who changes how you log in.
login-out = You are logged out.
login-over = The log-in took too long or had too many mistakes. Begin again with your password.
login-provider = Log in with { $name }
login-or-password = Or with a password
login-leave-provider = Log out of { $name } as well

# The second step
step-title = Confirm that it is you
step-lede = Your password is right. One more step is needed.
step-passkey = Use your passkey
step-code = Code
step-code-hint = Six digits from the app on your phone. You can also write a recovery code.
step-recovery = Recovery code
step-recovery-hint = One of the codes that you saved, such as abcd-efgh-jkmn-pqrs.
step-go-on = Continue
step-again = Begin again
step-lost = No phone, no passkey and no codes? Ask those who look after accounts to remove your second step.
step-code-wrong = The code is not right. Each code works once. Wait for the next one and try again.
step-passkey-wrong = The passkey could not be used. Try again, or write a code.
passkey-failed = There was no passkey this time. Try again.
passkey-script = Passkeys need JavaScript in the browser. Use a code instead.
passkey-not-here = Passkeys cannot be used at this address. They need HTTPS and a name instead of numbers.

# The city's log-in
provider-down = { $name } does not answer right now. Try again in a while, or log in with a password if you have one.
provider-misconfigured = { $name } does not accept this website. Those who run the website must look at its settings.
provider-cancelled = The log-in was cancelled at { $name }. Try again whenever you like.
provider-stale = The log-in has been used already, or is too old. Begin again from here.
provider-clock = The clocks of { $name } and of this website differ. Those who run the website must set them right.
provider-untrusted = The answer from { $name } could not be trusted, so nobody is logged in. Begin again from here.
provider-no-email = { $name } does not confirm your e-mail address, so we cannot tell which account is yours. Ask those who look after accounts for help.
provider-email-taken = The account with your e-mail address belongs to somebody else at { $name }. Ask those who look after accounts for help.
provider-no-access = You are logged in to { $name } but have no account here. Ask those who look after accounts for a role.
provider-closed = Your account is closed. Ask those who look after accounts for help.
group-rules-unreadable = Line { $line }: the line cannot be read as text with commas between the fields.
group-rules-columns = Line { $line }: the first line must be group,role,organisation.
group-rules-empty = Line { $line }: all three fields must be filled in.

# My account
account-safety = How you log in
account-with-password = You log in with a password. Add a second step, and it will not be enough for somebody to get hold of the password.
account-with-app = You log in with a password and a code from your phone.
account-with-passkey = You log in with a password and a passkey.
account-with-both = You log in with a password and a passkey or a code from your phone.
account-with-provider = You log in with the city’s common log-in.
account-grant-source = From { $name }, by your groups there
account-session-since = Logged in { $time }, { $method }
log-in-with-password = with a password
log-in-with-app = with a password and a code
log-in-with-passkey = with a password and a passkey
log-in-with-recovery = with a recovery code
log-in-with-provider = with the city’s log-in
password-title = Change password
password-current = Current password
password-new = New password
password-new-hint = At least { $least } characters. Several words in a row are easy to remember. Your other log-ins are ended.
password-change = Change password
done-password-changed = The password is changed. Your other log-ins are ended.
done-sessions-ended = The person’s log-ins are ended.
done-factors-removed = The person’s second step is removed, and the log-ins are ended.

# The second step: adding and removing
factors-title = Second step
factors-lead = With a second step, nobody can log in as you just by knowing your password. Have two ways if you can, so that you are not locked out when the phone is gone.
factors-missing = Your role demands a second step. Add an app or a passkey, and you get your permissions.
factors-go-on = Go on to where you were going
factors-elsewhere = You log in with { $name }. That is where you set how you log in.
factors-app = Code from the phone
factors-app-text = An app shows a new code of six digits every half minute. It needs no reception.
factors-app-there = The app is connected
factors-since = Since { $time }
factors-app-add = Connect an app
factors-app-remove = Remove the app
factors-passkeys = Passkeys
factors-passkeys-text = A passkey lies in your computer, in your phone or on a security key. You unlock it with a finger, your face or a PIN. It cannot be tricked into a false website.
factors-passkey-add = Add a passkey
factors-passkey-remove = Remove
factors-passkey-remove-name = Remove the passkey { $name }
factors-passkey-added = Added { $added }. Not used yet.
factors-passkey-used = Added { $added }, last used { $used }
factors-recovery = Recovery codes
factors-recovery-text = Each code lets you in once when you have neither phone nor passkey. New codes make the old ones invalid.
factors-recovery-left =
    { $count ->
        [0] You have no recovery codes. Make new ones now, while you can get in.
        [one] You have one recovery code left.
       *[other] You have { $count } recovery codes left.
    }
factors-recovery-make = Make new codes
factor-off = This website uses no second step.
factor-demanded = Your role demands a second step. Add another before you remove the last one.
app-there = You have an app already. Remove it before you connect a new one.
app-code-wrong = The code is not right. Check that the phone’s clock is right, wait for the next code and try again.
passkey-many = You have { $most } passkeys already. Remove one that you do not use.
passkey-name-length = Write a name of 1 to { $most } characters.
passkey-not-taken = The passkey could not be added. Try again.
passkey-known = The passkey has been added already.
recovery-without-factor = First add an app or a passkey.
recovery-title = Your recovery codes
recovery-once = The codes are shown only now. Print them, or save them where only you can reach them.
recovery-keep = Do not keep them in the same phone as the app. Each code works once.
recovery-kept = I have saved them
add-app-title = Connect an app
add-app-first = Open an app for one-time codes
add-app-first-text = Most phones have one in their password manager. Otherwise there are free apps, such as Aegis, FreeOTP or the one that your employer uses.
add-app-scan = Scan the picture with the app
add-app-picture = Picture to scan with the app. The key is also written out after the picture.
add-app-or-type = Or type this key:
add-app-here = Open in an app on this device
add-app-answer = Write the code that the app shows
add-app-code = Code
add-app-code-hint = Six digits.
add-app-done = Connect the app
add-passkey-title = Add a passkey
add-passkey-text = Give the passkey a name, so that you will know it. Then the browser asks where it is to lie.
add-passkey-name = Name
add-passkey-name-hint = Such as “Work computer” or “Blue security key”.
add-passkey-go-on = Continue
done-app-added = The app is connected. The code is asked for the next time you log in.
done-app-removed = The app is removed.
done-passkey-added = The passkey is added. It is asked for the next time you log in.
done-passkey-removed = The passkey is removed.

# Events in the log
log-kind-person-second-factor-asked = The password was right, and the second step was asked for
log-kind-person-second-factor-failed = The second step failed
log-kind-person-second-factors-removed = Somebody else removed the second step
log-kind-person-app-added = A code app was connected
log-kind-person-app-removed = The code app was removed
log-kind-person-passkey-added = A passkey was added
log-kind-person-passkey-removed = A passkey was removed
log-kind-person-recovery-codes-made = New recovery codes were made
log-kind-person-recovery-code-used = A recovery code was used
log-kind-person-sessions-ended = Somebody else ended all log-ins
log-kind-person-identity-linked = The account was connected to the city’s log-in
log-kind-person-identity-unlinked = The account was parted from the city’s log-in

# Letters about one's own account
account-mail-subject = Changed on your account at { $city }
account-mail-app-added = An app for codes was added to your account on { $time }.
account-mail-app-removed = The app for codes was removed from your account on { $time }.
account-mail-passkey-added = A passkey was added to your account on { $time }.
account-mail-passkey-removed = A passkey was removed from your account on { $time }.
account-mail-codes-made = New recovery codes were made for your account on { $time }. The old ones no longer work.
account-mail-code-used = Somebody logged in to your account with a recovery code on { $time }.
account-mail-password = The password of your account was changed on { $time }. Other log-ins were ended.
account-mail-linked = On { $time } somebody logged in with the city’s log-in and your mail address. Your account now opens in that way only. Password, second step, log-ins and handed-over roles that the account had before are gone.
account-mail-factors-removed = On { $time } whoever looks after accounts removed the second step from your account. All log-ins were ended.
account-mail-handed-over = On { $time } roles of your account were handed over to a stand-in. Under Absence you see to whom, and can end it.
account-mail-moved = The mail address of your account was changed from { $old } to { $new } on { $time }. You log in with the new one.
account-mail-own = Was it you, or had you asked for it? Then you need not do anything. Here you see how you log in:
account-mail-not-you = Was it not you? Tell whoever looks after accounts in your organisation at once, and change your password if you have one.
grant-from-group = Comes from a group in the city's log-in. If the role is taken away here it comes back at the next log-in.
