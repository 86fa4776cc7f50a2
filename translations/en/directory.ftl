# Units: opening hours in words, faults in forms and files.

hours-open = Open now
hours-open-until = Open now until { $time }
hours-open-always = Open around the clock
hours-opens-today = Opens today at { $time }
hours-opens-tomorrow = Opens tomorrow at { $time }
hours-opens-day = Opens { $day } at { $time }
hours-round-the-clock = around the clock
hours-every-day = every day
hours-and = { $first } and { $last }
hours-today = Today { $hours }

unit-error-phone = Write a phone number in digits, for example 031-390 06 41.
unit-error-email = Write the e-mail address as name@example.com.
unit-error-postcode = Write the postcode with five digits, for example 411 13.
unit-error-too-long = The text may have at most { $limit } characters. Shorten it.
unit-error-too-many = There are too many entries, or they are too long. Take some away.
unit-error-hours-overlap = Two of the spans overlap. Join them or change one of them.
unit-error-hours-twice = The same date is there twice. Take one away.
unit-error-version = Somebody else has changed the unit since you opened it. What you wrote is still here but not saved. Compare with the unit’s page and save again.
unit-error-in-use = The unit is used on { $count } pages and cannot be taken away. Take it off the pages first.

unit-import-unreadable = The file cannot be read as a list in JSON: { $detail }
unit-import-no-object = Item { $item }: a unit in braces is expected here.
unit-import-key = Item { $item } ({ $unit }), { $field }: use only a–z, 0–9 and hyphens, at most 80 characters.
unit-import-key-twice = Item { $item } ({ $unit }): the key stands earlier in the file already.
unit-import-id = Item { $item } ({ $unit }): the id must be a UUID. Take the line away if the unit is new.
unit-import-other-id = Item { $item } ({ $unit }): the key belongs to a unit with another id.
unit-import-slug-taken = Item { $item } ({ $unit }): another unit has that address already.
unit-import-kind = Item { $item } ({ $unit }): the kind is not known.
unit-import-organisation = Item { $item } ({ $unit }): there is no organisation “{ $value }”.
unit-import-field = Item { $item } ({ $unit }), { $field }: { $detail }

done-unit-saved = The change is saved. All pages that show the unit are up to date.
