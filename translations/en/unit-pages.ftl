# Units' own pages: the form, the preview and what may be wrong.

unit-edit-page = The page's content and look
unit-page-title = The page of { $name }
unit-page-to-facts = Contact and opening hours
unit-page-intro = Here you decide how the unit's page looks and what it says. Phone, address and opening hours are changed elsewhere, so that they become right everywhere.
unit-page-lead-sv = Lead in Swedish
unit-page-lead-en = Lead in English
unit-page-look = Picture and colour
unit-page-picture = The page's large picture
unit-page-picture-hint = Choose a picture below, or write its name in the media bank. Empty means no picture.
unit-page-picture-words = Search the pictures
unit-page-picture-choose = Show pictures
unit-page-picture-none = No picture fits. Try another word.
unit-page-picture-found = { $count ->
    [one] One picture. Press it to choose it.
   *[other] { $count } pictures. Press one to choose it.
}
unit-page-picture-take = Choose
unit-page-media = See the pictures in the media bank
unit-page-accent = The page's colour
unit-page-accent-hint = The colour is seen at the top of the page, in lines and on buttons.
unit-page-accent-own = Colour of your own
unit-page-accent-own-hint = Write the colour in digits, such as #1f6f78. It counts when you have chosen Colour of your own.
unit-page-parts = The parts of the page
unit-page-parts-hint = The parts are shown in this order. On wide screens the contact card always stands at the side.
unit-page-contact-stays = Contact is always shown.
unit-page-hide = Hide
unit-page-up = Move up
unit-page-down = Move down
unit-page-remove = Remove
unit-page-add = Add a section
unit-page-full = The page has { $count } sections of its own. There is no room for more.
unit-page-heading-sv = Heading in Swedish
unit-page-heading-en = Heading in English
unit-page-text-sv = Text in Swedish
unit-page-text-en = Text in English
unit-page-text-hint = An empty line gives a new paragraph. ### gives a heading, - a list and [words](/address) a link.
unit-page-formats = How to format the text
unit-page-format-wanted = You want
unit-page-format-write = Write this
unit-page-format-heading = A heading
unit-page-format-list = A list
unit-page-format-steps = A numbered list
unit-page-format-bold = Bold text
unit-page-format-link = A link
unit-page-format-picture = A picture of the media bank
unit-page-format-phone = A phone number that is always right
unit-page-in-english = In English
unit-page-save = Save the page
unit-page-preview = Preview
unit-page-preview-en = Preview in English

unit-part-hours = Opening hours
unit-part-services = What you can do here
unit-part-find_here = How to get here
unit-part-accessibility = Getting in and around
unit-part-contact = Contact
unit-part-section = New section

unit-colour-city = The city's blue
unit-colour-hav = Sea
unit-colour-tegel = Brick
unit-colour-skog = Forest
unit-colour-ljung = Heather
unit-colour-hallon = Raspberry
unit-colour-skiffer = Slate
unit-colour-own = Colour of your own

unit-accent-measured = The contrast is { $light }:1 against white in light mode. Dark mode uses a lighter tone with { $dark }:1.
unit-accent-needed = Text on the colour needs at least 4.5:1 and lines at least 3:1 (WCAG 1.4.3 and 1.4.11).
unit-accent-too-weak = White text cannot be read on this colour. Take the nearest that works, or write another.
unit-accent-use = Use { $colour }

unit-preview = This is what the page would be.
unit-preview-hint = Nothing is saved yet.
unit-preview-back = Go on writing

unit-error-accent = “{ $value }” is not a colour. Write # and six digits, such as #1f6f78, or choose a colour in the list.
unit-error-accent-weak = The colour is too weak to read against. The nearest that works is { $nearest }.
unit-error-picture = There is no picture called “{ $value }” in the media bank. Choose another or empty the field.
unit-error-text-picture = There is no picture called “{ $value }” in the media bank.
unit-error-text-file = There is no file called “{ $value }” in the media bank.
unit-error-sections = The page may have { $limit } sections of its own at most. Remove some.
unit-error-section-heading = The section needs a heading. Write one or remove the text.
unit-error-section-text = The section needs a text. Write one or remove the section.
unit-error-part-twice = The same part is there twice. Remove one of them.
unit-error-contact-hidden = Contact has to be on the page. Put it back.

done-unit-page-saved = The page is saved and can now be seen by everybody.
