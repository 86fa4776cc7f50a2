# Subscriptions: pages, mails and the staff's overview.

subscribe-title = Subscribe to news
subscribe-lede = Choose what you want to know more about, and we will e-mail you when there is something new.
subscribe-topics = What do you want to get?
subscribe-group-sections = News and stories
subscribe-group-themes = Subjects
subscribe-group-board = The notice board
subscribe-group-organisations = Administrations and companies
subscribe-topic-board = The whole notice board
subscribe-none = There is nothing to subscribe to yet.
subscribe-email = Your e-mail address
subscribe-email-hint = We will send an e-mail with a link. The subscription begins when you have confirmed it.
subscribe-rhythm = How often?
subscribe-rhythm-at-once = At once when there is something new
subscribe-rhythm-daily = At most one e-mail a day
subscribe-rhythm-weekly = At most one e-mail a week
subscribe-language = Language of the e-mails
subscribe-privacy = We use the address for this only, and remove it when you end the subscription.
subscribe-privacy-link = How we handle personal data
subscribe-button = Subscribe

subscribe-error-topics = Choose at least one thing.
subscribe-error-many = You can choose 200 at most. Take some away.
subscribe-error-gone = Something that you chose is no longer there. Choose again.
subscribe-error-rhythm = Choose how often you want e-mail.
subscribe-error-language = Choose Swedish or English.
subscribe-error-source = Many requests have come from your connection within the last hour. Wait a while and try again.
subscribe-error-busy = There are unusually many requests just now. Wait an hour and try again.

subscribe-sent-title = Look in your e-mail
subscribe-sent-text = We have sent an e-mail to the address. Open the link in it to confirm. Nothing there? Look among the junk mail.
subscribe-sent-next = Back to the form

subscribe-confirm-title = Confirm your subscription
subscribe-confirm-lede = { $address } will get e-mail about this:
subscribe-confirm-button = Yes, begin sending
subscribe-confirm-else = Did you not ask for this? Close the page and nothing happens.

subscribe-manage-title = Your subscription
subscribe-manage-lede = Change what { $address } gets.
subscribe-manage-button = Save
subscribe-manage-end = End the subscription
subscribe-manage-paused = E-mails to the address have come back, so we have paused. Save to begin again.
subscribe-done-confirmed = Done! Your subscription has begun.
subscribe-done-changed = The change is saved.

subscribe-end-title = End the subscription?
subscribe-end-lede = { $address } will get no more e-mail, and we remove the address.
subscribe-end-button = End it
subscribe-end-change = Change it instead
subscribe-ended-title = The subscription has ended
subscribe-ended-text = You will get no more e-mail from us, and your address is removed.
subscribe-ended-next = Subscribe again

subscribe-link-title = The link no longer works
subscribe-link-text = It may be too old, or the subscription has ended. Nothing was changed.
subscribe-link-next = Subscribe again and we will send a new link

subscribe-mail-confirm-subject = Confirm your subscription with { $city }
subscribe-mail-confirm-title = Confirm your subscription
subscribe-mail-confirm-lede = Somebody, probably you, wants this address to get e-mail from { $city } about this:
subscribe-mail-confirm-do = Open the link and confirm, and we will begin:
subscribe-mail-confirm-button = Confirm
subscribe-mail-confirm-else = Was it not you? Then there is nothing you need to do. The link stops working after { $days ->
    [one] one day
   *[other] { $days } days
  }.
subscribe-mail-rhythm = How often: { $rhythm }
subscribe-mail-subject-more = { $title } and { $count } more
subscribe-mail-digest-title = News from { $city }
subscribe-mail-more = { $count ->
    [one] One more piece of news
   *[other] { $count } more pieces of news
  } on the website
subscribe-mail-why = You get this e-mail because you subscribe with { $city }.
subscribe-mail-manage = Change what you get
subscribe-mail-end = End the subscription

desk-subscriptions = Subscriptions
done-mail-retried = The e-mail will be sent again shortly.
subscriptions-counts = { $active } subscriptions. { $paused } paused since e-mails come back. { $unconfirmed } wait for confirmation.
subscriptions-topics = Subscriptions by topic
subscriptions-topic = Topic
subscriptions-kind = Group
subscriptions-number = Number
subscriptions-none = There is nothing to subscribe to. Publish a news section or a theme first.
subscriptions-outbox = Outgoing e-mail
subscriptions-mail-counts = { $waiting } wait. { $sent } were sent lately. { $failed } could not be sent.
subscriptions-failed = Could not be sent
subscriptions-waiting = Will be tried again
subscriptions-mail = E-mail
subscriptions-recipient = To
subscriptions-since = Since
subscriptions-attempts = Attempts
subscriptions-reason = Reason
subscriptions-do = Do
subscriptions-retry = Try again
subscriptions-retry-one = Try the e-mail to { $recipient } again
subscriptions-retry-all = Try all again
