# Versions, previews, review, trash, languages.

history-heading = Versions
history-hint = Choose two versions and compare them. An old version can be brought back into the draft.
history-one = There is only one version yet. When the text changes, you can compare here.
history-count = { $count ->
    [one] { $count } version
   *[other] { $count } versions
}
history-what = What happened
history-when = When
history-who = Who
history-draft = The draft right now
history-public = Public right now
history-not-public = Saved right now, not public
history-nothing-to-restore = The draft already says what that version says.
history-reason-submitted = Submitted for review
history-reason-approved = Approved
history-reason-named = Saved with a name
history-reason-scheduled = Scheduled
history-reason-discarded = The draft was discarded
history-unfinished-fields = { $count ->
    [one] { $count } field that is not finished lies here.
   *[other] { $count } fields that are not finished lie here.
}
history-unfinished-conflicts = { $count ->
    [one] { $count } text that was written in the same place as another lies here.
   *[other] { $count } texts that were written in the same places as others lie here.
}

compare-heading = Compare versions
compare-do = Compare
compare-old = Older
compare-new = Newer
compare-part = Part
compare-unsettled = Texts that were written in the same place as another
compare-unsettled-hint = Nobody has chosen between them yet. They come along when the version is brought back, and then you can choose.
compare-same = The versions say the same.
compare-added = Added
compare-deleted = Removed
compare-changed = Changed
compare-moved = Moved
compare-folded = { $count ->
    [one] { $count } part is unchanged
   *[other] { $count } parts are unchanged
}
restore-do = Bring back the version: { $version }
restore-hint = The words go into the draft. Readers see them when you publish. Address and owner stay as they are.
done-version-restored = The older version is now in the draft.

part-paragraph = Paragraph
part-heading = Heading
part-list = List
part-table = Table
part-quote = Quote
part-notice = Important notice
part-contact = Contact card
part-facts = Facts
part-actions = Buttons
part-tasks = Tasks
part-searches = Searches
part-picture = Picture
part-box = Fact box
part-accordion = Accordion
part-video = Film
part-download = File
part-service = E-service
part-anchor = Link target

as-of-heading = The page as it stood on a day
as-of-do = Show the page
as-of-date = Day
as-of-time = Time
as-of-time-hint = For example 14:30. Without a time you see the page as it stood when the day was over.
as-of-date-wrong = Write the day as 2026-03-03 and the time as 14:30.
as-of-not-yet = The page did not exist on that day. Choose a later day.
as-of-banner = This is how the page looked { $time }
as-of-public = This text stood on the site from { $since }.
as-of-not-public = The text was not public then. It was saved { $since }.
as-of-facts = Text, title and fees are of that day. Units, pictures, menus and links are shown as they are today.
as-of-back = To the page’s versions

preview-heading = Preview
preview-own = See the draft as a page
preview-new = New secret link
preview-what = Whoever has the link sees the draft as it is at that moment, without logging in. Nobody else finds it.
preview-note = Whom the link is for
preview-note-hint = Only shown to you who edit, so that you know which link is which.
preview-ends = Last day
preview-ends-hint = { $days ->
    [one] The link can last for { $days } day at most.
   *[other] The link can last for { $days } days at most.
}
preview-ends-wrong = Choose a day from today and at most { $days } days ahead.
preview-do = Make the link
preview-made = The link is ready
preview-made-hint = Copy it now. It is shown this once, since we do not store it.
preview-links = Links to the draft
preview-none = Nobody has made a link yet.
preview-unnamed = Link without a name
preview-made-by = Made by { $person }, { $time }
preview-until = Works until { $time }
preview-over = Ended { $time }
preview-was-ended = Was ended { $time }
preview-end = End
preview-banner = Preview of a draft
preview-banner-staff = Readers do not see this yet.
preview-banner-link = The page is not public. The link works until { $time }. Do not pass it on.
preview-back = To the editor
preview-ended-heading = The link has ended
preview-ended-text = The preview is over. Ask whoever sent you the link for a new one.
done-preview-ended = The link has ended.

review-heading = Review
review-back = To the editor
review-compare = Compare with what is public
review-whole = Title and lead
review-gone = Part that is no longer there
review-open = { $count ->
    [0] Nothing waits for an answer.
    [one] { $count } comment or suggestion waits for an answer.
   *[other] { $count } comments and suggestions wait for an answer.
}
review-comment-by = Comment by { $person }
review-suggestion-by = Suggestion by { $person }
review-was = Now
review-wanted = Suggestion
review-reply = Reply
review-reply-label = Your reply
review-reply-do = Send the reply
review-accept = Accept
review-decline = Decline
review-resolve = Done
review-reopen = Open again
review-comment = Comment
review-comment-label = Your comment
review-comment-do = Send the comment
review-suggest = Suggest a change
review-suggest-label = What it should say
review-suggest-do = Send the suggestion
review-why = Why
review-settled = { $person }, { $time }
review-state-open = Waiting
review-state-resolved = Done
review-state-accepted = The suggestion was accepted
review-state-declined = The suggestion was declined
review-text-missing = Write something.
review-suggestion-same = The suggestion says the same as the text. Change it, or write a comment.
review-suggestion-one = A suggestion is about one part of the text. Write it without empty lines.
review-suggestion-link = A link in the suggestion leads nowhere. Write the whole address.
review-block-gone = The part was removed from the draft while you wrote. Write the comment at another part.
review-too-many = There are too many comments on the text. Settle those that are there first.
review-settled-already = Somebody else was quicker. Reload the page.
done-commented = The comment is sent.
done-suggested = The suggestion is sent.
done-note-settled = It is done.
done-suggestion-accepted = The suggestion is now in the draft.
done-suggestion-conflict = The text has changed since the suggestion was written. Both texts are now in the editor, where you choose.

delete-heading = Delete
delete-what = This is deleted
delete-below-heading = First the pages below have to be moved or deleted
delete-below-hint = These pages lie below the page.
delete-below-hidden = { $count ->
    [one] { $count } draft that you may not see also lies below.
   *[other] { $count } drafts that you may not see also lie below.
}
delete-used = Pages that link here
delete-used-nowhere = No page links here.
delete-used-hint = The links become plain text when the page is gone.
delete-used-hidden = { $count ->
    [one] { $count } draft that you may not see also links here.
   *[other] { $count } drafts that you may not see also link here.
}
delete-not-public = not public
delete-lead = New address for those who look for the page
delete-lead-hint = A page of the site, for example /en/housing. Without an address readers are told that there is no such page.
delete-lead-wrong = There is no public page at { $address }.
delete-hint = The page goes into the trash. It can be brought back from there.
delete-do = Move to the trash
delete-start = The start page cannot be deleted.
delete-below = Pages lie below the page. Move or delete them first.

trash-heading = Trash
trash-hint = { $days ->
    [one] What lies here is gone for good after { $days } day.
   *[other] What lies here is gone for good after { $days } days.
}
trash-none = The trash is empty.
trash-when = Deleted
trash-gone = Gone
trash-restore-column = Action
trash-restore = Bring back
trash-address-taken = Another page now lies at { $address }. Move it first.
trash-parent-gone = The page above { $address } is no longer there. Bring it back first.
trash-text-taken = The page at { $address } has a new text in the same language. Delete it first.
done-trashed = The page is in the trash.
done-untrashed = The page is back. It is not public.

copy-do = Copy the page
copy-title = Copy of { $title }
done-copied = The copy is ready. Only you who edit see it.

bulk-heading = Several pages at once
bulk-select = Choose
bulk-open = Do something with the chosen
bulk-chosen = { $count ->
    [one] { $count } chosen page
   *[other] { $count } chosen pages
}
bulk-what = What shall be done?
bulk-publish = Publish
bulk-unpublish = Unpublish
bulk-archive = Archive
bulk-trash = Move to the trash
bulk-owner = Change the responsible organisation
bulk-organisation = New responsible organisation
bulk-organisation-missing = Choose an organisation.
bulk-do = Do it
bulk-none = Choose at least one page.
bulk-too-many = Choose at most { $most } pages.
bulk-result = { $done } of { $all } are done.
bulk-back = To the list of pages
bulk-published = Published
bulk-unpublished = Unpublished
bulk-archived = Archived
bulk-owner-changed = Has a new responsible organisation
bulk-trashed = Is in the trash
bulk-nothing = Nothing had to be done.
bulk-conflict = Two texts claim the same place. Open the page and choose.
bulk-forbidden = You may not do that with this page.
bulk-gone = The page is no longer there.

translations-heading = Languages
translations-source = Swedish text
translations-none = missing
translations-new = draft
translations-away = not public
translations-older = older than the Swedish
translations-current = up to date
translations-unknown = unknown source

translation-heading = Compare with the Swedish
translation-edit = Edit the translation
translation-source-history = Versions of the Swedish text
translation-is-current = The translation is made from the present Swedish text. It was last changed { $date }.
translation-is-older = The Swedish text has changed since the translation was made { $date }.
translation-is-unknown = It is not known which Swedish text the translation was made from. It was last changed { $date }.
translation-changes = What has changed in the Swedish
translation-then = When the translation was made
translation-now = Now
translation-settle = The translation is right all the same
translation-settle-hint = Use the button when the change needs no translation. The note on an older text goes away for readers.
translation-beside = Side by side
done-translation-settled = The translation now counts as up to date.

log-kind-page-restored = An older version was brought back into the draft
log-kind-page-preview-made = A secret link to the draft was made
log-kind-page-preview-ended = A secret link to the draft was ended
log-kind-page-commented = The draft was commented on
log-kind-page-suggested = A change was suggested
log-kind-page-suggestion-accepted = A suggestion was accepted
log-kind-page-suggestion-declined = A suggestion was declined
log-kind-page-thread-resolved = A comment was settled
log-kind-page-thread-reopened = A comment was opened again
log-kind-page-trashed = The page was moved to the trash
log-kind-page-untrashed = The page was brought back from the trash
