# Prenumerationer: sidor, mejl och översikten för personalen.

subscribe-title = Prenumerera på nyheter
subscribe-lede = Välj vad du vill veta mer om, så mejlar vi när det händer något nytt.
subscribe-topics = Vad vill du få?
subscribe-group-sections = Nyheter och berättelser
subscribe-group-themes = Ämnen
subscribe-group-board = Anslagstavlan
subscribe-group-organisations = Förvaltningar och bolag
subscribe-topic-board = Hela anslagstavlan
subscribe-none = Det finns inget att prenumerera på än.
subscribe-email = Din e-postadress
subscribe-email-hint = Vi skickar ett mejl med en länk. Prenumerationen börjar när du har bekräftat.
subscribe-rhythm = Hur ofta?
subscribe-rhythm-at-once = Genast när det kommer något nytt
subscribe-rhythm-daily = Högst ett mejl om dagen
subscribe-rhythm-weekly = Högst ett mejl i veckan
subscribe-language = Språk i mejlen
subscribe-privacy = Vi använder adressen bara till detta och tar bort den när du slutar.
subscribe-privacy-link = Så hanterar vi personuppgifter
subscribe-button = Prenumerera

subscribe-error-topics = Välj minst en sak.
subscribe-error-many = Du kan välja högst 200. Ta bort några.
subscribe-error-gone = Något av det du valde finns inte längre. Välj på nytt.
subscribe-error-rhythm = Välj hur ofta du vill ha mejl.
subscribe-error-language = Välj svenska eller engelska.
subscribe-error-source = Det har kommit många anmälningar från din uppkoppling den senaste timmen. Vänta en stund och försök igen.
subscribe-error-busy = Det kommer ovanligt många anmälningar just nu. Vänta en timme och försök igen.

subscribe-sent-title = Titta i din e-post
subscribe-sent-text = Vi har skickat ett mejl till adressen. Öppna länken i det för att bekräfta. Kommer det inget? Titta i skräpposten.
subscribe-sent-next = Tillbaka till formuläret

subscribe-confirm-title = Bekräfta din prenumeration
subscribe-confirm-lede = { $address } får mejl om detta:
subscribe-confirm-button = Ja, börja skicka
subscribe-confirm-else = Har du inte bett om detta? Stäng sidan, så händer ingenting.

subscribe-manage-title = Din prenumeration
subscribe-manage-lede = Här ändrar du vad { $address } får.
subscribe-manage-button = Spara
subscribe-manage-end = Avsluta prenumerationen
subscribe-manage-paused = Mejlen till adressen har kommit tillbaka, så vi har gjort en paus. Spara för att börja igen.
subscribe-done-confirmed = Klart! Din prenumeration har börjat.
subscribe-done-changed = Ändringen är sparad.

subscribe-end-title = Avsluta prenumerationen?
subscribe-end-lede = { $address } får inga fler mejl, och vi tar bort adressen.
subscribe-end-button = Avsluta
subscribe-end-change = Ändra i stället
subscribe-ended-title = Prenumerationen är avslutad
subscribe-ended-text = Du får inga fler mejl från oss, och din adress är borttagen.
subscribe-ended-next = Prenumerera på nytt

subscribe-link-title = Länken gäller inte längre
subscribe-link-text = Den kan vara för gammal, eller så är prenumerationen avslutad. Inget har ändrats.
subscribe-link-next = Anmäl dig igen, så skickar vi en ny länk

subscribe-mail-confirm-subject = Bekräfta din prenumeration hos { $city }
subscribe-mail-confirm-title = Bekräfta din prenumeration
subscribe-mail-confirm-lede = Någon, troligen du, vill att den här adressen får mejl från { $city } om detta:
subscribe-mail-confirm-do = Öppna länken och bekräfta, så börjar vi:
subscribe-mail-confirm-button = Bekräfta
subscribe-mail-confirm-else = Var det inte du? Då behöver du inte göra något. Länken slutar gälla efter { $days ->
    [one] en dag
   *[other] { $days } dagar
  }.
subscribe-mail-rhythm = Hur ofta: { $rhythm }
subscribe-mail-subject-more = { $title } och { $count } till
subscribe-mail-digest-title = Nytt från { $city }
subscribe-mail-more = { $count ->
    [one] En nyhet till
   *[other] { $count } nyheter till
  } finns på webbplatsen
subscribe-mail-why = Du får mejlet för att du prenumererar hos { $city }.
subscribe-mail-manage = Ändra vad du får
subscribe-mail-end = Avsluta prenumerationen

desk-subscriptions = Prenumerationer
done-mail-retried = Mejlen skickas på nytt inom kort.
subscriptions-counts = { $active } prenumerationer. { $paused } pausade för att mejlen kommer tillbaka. { $unconfirmed } väntar på bekräftelse.
subscriptions-topics = Prenumerationer per ämne
subscriptions-topic = Ämne
subscriptions-kind = Grupp
subscriptions-number = Antal
subscriptions-none = Det finns inget att prenumerera på. Publicera en nyhetsavdelning eller ett tema först.
subscriptions-outbox = Utgående mejl
subscriptions-mail-counts = { $waiting } väntar. { $sent } är skickade den senaste tiden. { $failed } gick inte att skicka.
subscriptions-failed = Gick inte att skicka
subscriptions-waiting = Försöks igen
subscriptions-mail = Mejl
subscriptions-recipient = Till
subscriptions-since = Sedan
subscriptions-attempts = Försök
subscriptions-reason = Orsak
subscriptions-do = Gör
subscriptions-retry = Försök igen
subscriptions-retry-one = Försök igen med mejlet till { $recipient }
subscriptions-retry-all = Försök igen med alla
