# Facts: faults in forms and files.

fact-error-too-long = The text may have at most 200 characters. Shorten it.
fact-error-dates = The last day is before the first. Change one of them.
fact-error-in-use = The fact is needed in { $count } texts and cannot be taken away. Let it end instead.

fact-import-unreadable = The file cannot be read as a list in JSON: { $detail }
fact-import-no-object = Item { $item }: a fact in braces is expected here.
fact-import-key = Item { $item } ({ $fact }): the key may hold only a–z, 0–9 and hyphens, at most 80 characters.
fact-import-id = Item { $item } ({ $fact }): the id must be a UUID. Take the line away if the fact is new.
fact-import-other-id = Item { $item } ({ $fact }): the key belongs to a fact with another id.
fact-import-organisation = Item { $item } ({ $fact }): there is no organisation “{ $value }”.
fact-import-two-owners = Item { $item } ({ $fact }): the same key has another id or organisation earlier in the file.
fact-import-day-twice = Item { $item } ({ $fact }): two values have the same first day.
fact-import-overlap = Item { $item } ({ $fact }): two values hold on the same day. Change their first or last days.
fact-import-field = Item { $item } ({ $fact }), { $field }: { $detail }

# The pages where facts are changed.
desk-facts = Facts
facts-filter = Search facts
facts-none = There are no facts that you may change. Make the first one.
facts-no-match = No fact fits. Try another word.
facts-label = Fact
facts-value = Says now
facts-organisation = Organisation
facts-ended = Holds no longer
facts-changes = Changes on { $date }
fact-new = New fact
fact-how = A fact stands in one place and is shown on all pages that point at it. If it shall change on a certain day, add a new value with that day as its first: the old one then ends the day before.
fact-key = Key
fact-key-hint = A short name with a–z, 0–9 and hyphens, for example fee-building-permit. It cannot be changed later.
fact-organisation = Organisation that answers for the fact
fact-value-number = Value { $number }
fact-value-new = New value
fact-label-sv = What the fact is, in Swedish
fact-label-en = What the fact is, in English
fact-value-sv = What it says, in Swedish
fact-value-en = What it says, in English
fact-from = Holds from
fact-to = Holds until and including
fact-preview = Preview
fact-preview-of = This is how the pages will read on { $date } if you save. Nothing is saved yet.
fact-remove = Remove the fact
fact-end = Let it end after today
fact-needed = { $count ->
    [one] One text needs the fact, so that it cannot be removed. Drafts, scheduled texts and the trash count too.
   *[other] { $count } texts need the fact, so that it cannot be removed. Drafts, scheduled texts and the trash count too.
}
fact-places-hidden = { $count ->
    [one] It also stands in a draft that you may not see.
   *[other] It also stands in { $count } drafts that you may not see.
}
fact-used = { $count ->
    [0] No page shows the fact
    [one] One page shows the fact
   *[other] { $count } pages show the fact
}
done-fact-saved = The fact is saved. The pages that show it are changed.
done-fact-removed = The fact is removed.
done-fact-ended = The fact holds until and including today.
fact-error-key = The key may only have a–z, 0–9 and hyphens, at most 80 characters, and not begin or end with a hyphen.
fact-error-key-taken = The key “{ $key }” is in use already. Choose another.
fact-error-date = Write the day as 2027-01-31, or leave the field empty.
fact-error-overlap = Two values hold on the same day. Change their first or last day.
fact-error-organisation = Choose an organisation whose facts you may change.
fact-error-conflict = Somebody else has changed the fact since you opened the form. What you wrote is still here. Look at the history, and save again if it shall hold.
