# Facts: faults in forms and files.

fact-error-too-long = The text may have at most 200 characters. Shorten it.
fact-error-dates = The last day is before the first. Change one of them.
fact-error-in-use = The fact is used on { $count } pages and cannot be taken away. End it instead.

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
