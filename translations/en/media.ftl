# The media bank: rights, pictures that go out, many at once, standard pictures.

media-filter = Search by description, theme, photographer or file name
media-filter-files = Search by title or file name
media-none-pictures = There are no pictures yet. Add the first ones.
media-none-here = There is nothing here right now.
media-picture-hint = JPEG, PNG, WebP, GIF or SVG, at most { $limit } MB each. Details of place, camera and people are removed from the files. An SVG drawing is saved as an ordinary picture.
media-gone = The picture is no longer shown.

# The list
media-show = Show a part of the pictures
media-show-all = All
media-show-standard = Standard pictures
media-show-no-alt = No description
media-show-no-rights = No rights stated
media-show-ending = Going out soon
media-show-ended = No longer shown
media-show-unused = Not used
media-about-standard = Pictures for those who have none of their own. They come first when an editor chooses a picture.
media-about-no-alt = Your pictures that nobody has described in Swedish. Describe them or mark them as decoration.
media-about-no-rights = Your pictures that do not say who owns the right or who is in them.
media-about-ending = Your pictures that may be shown for at most { $days } days more. After that they leave the pages by themselves.
media-about-ended = Your pictures that visitors do not see. They are still here and come back if you change date, consent or licence.
media-about-unused = Your pictures that no published page shows.
media-mark-ended = Not shown
media-mark-ending = { $days ->
    [0] Last day today
    [one] Goes out tomorrow
   *[other] Goes out in { $days } days
}
media-mark-no-alt = No description
media-mark-no-rights = No rights stated
media-mark-standard = Standard picture
media-mark-decorative = Decoration

# The fields
media-alt = What the picture shows
media-alt-hint = Describe what matters to somebody who cannot see it, in the languages that the pages have. A language without words of its own gets the Swedish ones.
media-decorative = The picture is only decoration. Screen readers pass it over.
media-rights = Origin and rights
media-credit = Photographer or source
media-credit-hint = The name is shown with the picture.
media-licence = The right to use the picture
media-licence-hint = A bought right needs an end date. If it has no end, choose Other terms.
media-licence-unknown = Not stated
media-licence-own = The city’s own picture
media-licence-cc0 = CC0, free to use
media-licence-cc-by = CC BY, with the maker’s name
media-licence-cc-by-sa = CC BY-SA, with the maker’s name and the same terms
media-licence-bought = Bought until a certain date
media-licence-other = Other terms
media-licence-ended = The right has ended, do not show the picture
media-terms = Terms
media-terms-hint = For example what the contract says or where it is kept.
media-people = People who can be recognised
media-people-hint = A consent may be taken back at any time. The picture then stops being shown at once.
media-people-unknown = Not stated
media-people-nobody = Nobody can be recognised
media-people-consented = Everybody has consented
media-people-withdrawn = Consent taken back, do not show the picture
media-consent = Where the consent is kept
media-consent-hint = For example the number of a case. Never shown to visitors.
media-until = Last day on which the picture may be shown
media-until-hint = Leave empty if there is no end. You will be reminded before it.
media-until-reason = Why it stops being shown then
media-until-reason-hint = For example that the consent is for two years.
media-standard-legend = Standard picture and themes
media-standard = Standard picture for those who have none of their own
media-themes = Themes
media-themes-hint = Words by which the picture is found, with commas between: bathing, summer, children.

# The page of a picture
media-standing-withdrawn = Visitors do not see the picture: somebody has taken back the consent.
media-standing-licence = Visitors do not see the picture: the right to use it has ended.
media-standing-ended = Visitors do not see the picture. The last day was { $date }. It comes back if you write a later date.
media-standing-ending = { $days ->
    [0] Today, { $date }, is the last day the picture is shown. At midnight it leaves the pages.
    [one] The picture is shown until tomorrow, { $date }. Then it leaves the pages.
   *[other] The picture is shown until { $date }, for { $days } days more. Then it leaves the pages.
}
media-standing-reason = Reason: { $reason }
media-standing-used = { $count ->
    [one] One page shows it, see below.
   *[other] { $count } pages show it, see below.
}
media-standing-was-used = { $count ->
    [one] One page would have shown it, see below. The page is shown without a picture.
   *[other] { $count } pages would have shown it, see below. They are shown without a picture.
}
media-alike = Similar pictures
media-alike-hint = These look almost the same. Remove the one that is not needed.
media-used-note = { $count ->
    [one] on one page
   *[other] on { $count } pages
}

# Many at once
media-sending-label = How much has been sent
media-sending = Sending: # per cent. Stay on this page.
media-making = All of it has arrived. Now the pictures are made in all sizes, which takes some seconds for each.
media-sending-failed = The connection broke, so it did not arrive. Use the button again. What has come in already is not added twice.
media-upload = Add pictures
media-many-hint = Choose up to { $most } pictures at once, at most { $total } MB together.
media-common-hint = What you state below holds for all the pictures. What each of them shows you write afterwards.
media-upload-button = Add the pictures
media-upload-more = Add more
media-report = What happened
media-report-sum = { $count ->
    [0] No new pictures were added.
    [one] One new picture has been added.
   *[other] { $count } new pictures have been added.
}
media-report-taken = { $count ->
    [one] One added
   *[other] { $count } added
}
media-report-same = { $count ->
    [one] One was there already
   *[other] { $count } were there already
}
media-report-refused = { $count ->
    [one] One could not be added
   *[other] { $count } could not be added
}
media-report-still = The file was animated, so only its first frame is used.
media-report-is-there = Already there at { $owner }: { $title }
media-report-alike = It looks like a picture that is there already: { $title }.
media-report-describe = Describe the pictures
media-report-list = To all pictures

done-picture-added = The picture has been added. Write what it shows.
done-picture-added-still = The picture has been added. The file was animated, so only its first frame is used. Write what it shows.
done-picture-there = The picture was there already. Here it is.

workspace-media-missed = Pictures that pages lack
workspace-media-ending = Pictures going out soon
workspace-media-no-alt = Pictures without a description

media-error-too-many = Choose at most { $most } pictures at a time. Nothing was added.
picture-error-licence = Choose on what ground the picture may be used.
picture-error-people = Choose whether there are people in the picture who can be recognised.
picture-error-terms = Write which terms hold.
picture-error-bought = Write until which day the right was bought. If there is no end date, choose Other terms.
picture-error-consent = Write where the consent is kept, for example the number of a case.
picture-error-credit = The licence demands that the maker’s name stands with the picture. Write it.
picture-error-until = Write the day as year, month and day: 2026-12-31.
picture-error-past = That day has passed. To stop showing the picture at once, choose that the right has ended or that the consent is taken back.
picture-error-themes = Write at most { $most } themes with at most { $limit } characters each.
picture-error-svg-large = The drawing is larger than { $limit } MB. Save it as PNG.
picture-error-svg-many = The drawing has too many parts to be drawn. Save it as PNG.
picture-error-svg-text = The drawing has text that needs a typeface. Turn the text into outlines in the drawing program, or save the drawing as PNG.
picture-error-svg-image = The drawing has a picture within it. Save it as PNG, or add the picture by itself.

file-import-yes-no = Line { $line }: “{ $value }” in the column { $column } must be yes or no.
file-import-name = Line { $line }: “{ $value }” in the column { $column } must be one of { $names }.


log-kind-picture-added = The picture was added
log-kind-picture-changed = The picture was changed
log-kind-picture-removed = The picture was removed
log-kind-picture-expired = The picture’s last day ended
log-kind-file-added = The file was added
log-kind-file-changed = The file was changed
log-kind-file-removed = The file was removed
