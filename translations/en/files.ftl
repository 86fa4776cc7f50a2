# Pictures and files: the media bank, errors in uploads and imports.

desk-media = Pictures and files
media-pictures = Pictures
media-files = Files
media-kinds = Show
media-none-files = There are no files yet. Add the first one below.
media-no-match = Nothing matches your search.
media-public = What you add here is public at once, even before any page shows it.
media-add-file = Add a file
media-add-button = Add
media-file = File
media-file-hint = PDF, Word, Excel, PowerPoint, ODT, ODS, CSV, text or calendar, at most { $limit } MB.
media-replace = Replace with another file
media-replace-hint = Leave empty to keep the file. Its address stays the same.
media-focus = What must be seen when the picture is cropped
media-focus-hint = Write percent from the left and from the top. 50 and 50 is the middle.
media-crops = How the picture is cropped
media-focus-x = From the left, percent
media-focus-y = From the top, percent
media-title = Title
media-organisation = Organisation
media-size = { $width } × { $height } pixels
media-added = Added { $date }
media-used = { $count ->
    [0] No published page uses it.
    [one] Used on one page:
   *[other] Used on { $count } pages:
}
media-needed = { $count ->
    [one] One text that readers do not see needs it: a draft, a planned text, a page that is not published, or the trash.
   *[other] { $count } texts that readers do not see need it: drafts, planned texts, pages that are not published, or the trash.
}
media-needed-hidden = { $count ->
    [one] One of them belongs to an organisation whose drafts you do not see.
   *[other] { $count } of them belong to organisations whose drafts you do not see.
}
media-remove = Remove
media-remove-hint = It is possible only when no page and no draft needs it.
media-open = Open the file

done-picture-saved = Your change is saved. Every page that shows the picture is up to date.
done-picture-removed = The picture has been removed.
done-file-added = The file has been added.
done-file-saved = Your change is saved.
done-file-removed = The file has been removed.

file-error-missing = Choose a file.
file-error-empty = The file { $name } is empty. Check that it was saved and choose it again.
file-error-too-large = The file { $name } is larger than { $limit } MB. Make it smaller or split it.
file-error-lying = The file { $name } claims to be { $claimed } but contains { $found }. Give it the right extension or save it again.
file-error-unknown = The file { $name } is of a kind that cannot be accepted.
file-error-format = The file { $name } is { $found }, which cannot be read here. Save it as JPEG or PNG.
file-error-markup = The file { $name } is a web page or XML and is not accepted. Save a text as PDF, a picture as JPEG or PNG.
file-error-macros = The file { $name } contains macros. Save it without macros.
file-error-not-utf8 = The text in { $name } is not in UTF-8, so å, ä and ö would be wrong. Save it as UTF-8.
file-error-broken = The file { $name } ends too early. It was probably not completely saved.
file-error-is-picture = This is a picture. Add it under Pictures, so that details of place are removed from it.
file-error-too-long = The text may have at most { $limit } characters. Shorten it.
file-error-title = Write what the file is called, the way visitors should see it.
file-error-organisation = Choose an organisation whose pages you may edit.
file-error-version = Somebody else has changed this since you opened it. What you wrote is still here but is not saved. Compare and save again.
file-error-key-taken = There is already something with that name.
file-error-in-use = { $count ->
    [one] A page uses it, so it cannot be removed.
   *[other] { $count } pages use it, so it cannot be removed.
}
file-error-needed = { $count ->
    [one] A text that is not published needs it, so it cannot be removed. That may be a draft, a planned text or something in the trash.
   *[other] { $count } texts that are not published need it, so it cannot be removed. They may be drafts, planned texts or things in the trash.
}

picture-error-no-picture = This is not a picture but { $found }. Add it under Files.
picture-error-dimensions = The picture is { $width } × { $height } pixels. At most { $side } on one side and { $pixels } million in all are allowed. Make it smaller.
picture-error-memory = The picture takes too much memory when unpacked. Save it again with fewer pixels or with 8-bit colour.
picture-error-broken = The picture cannot be read. It is damaged or ends too early. Save it again and retry.
picture-error-focus = Write a whole number from 0 to 100.

upload-unreadable = What was sent could not be read as a form. Try again.

file-import-unreadable = { $key }: the file cannot be read ({ $detail }).
file-import-table = The table cannot be read: { $detail }
file-import-column = The column “{ $column }” is unknown.
file-import-no-column = The column “{ $column }” is missing.
file-import-key = “{ $key }” cannot be the name of a file: write a path without .. and without a slash first.
file-import-key-twice = “{ $key }” stands twice.
file-import-id = Line { $line }: the id must be a UUID. Leave it empty if the picture or file is new.
file-import-missing = “{ $key }” is in the table but not among the files.
file-import-organisation = { $key }: there is no organisation “{ $value }”.
