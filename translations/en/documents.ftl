# Printed documents: Word, Excel and PDF.

document-contents = Contents
document-page = Page { $page } of { $pages }
document-about = about
document-about-document = About the document
document-tables = Tables
document-date = Date
document-author = Sender
document-mark-demo = Demo: the contents are made up

document-error-busy = Many people are printing right now. Try again in a minute.
document-error-rows = The selection has { $rows } rows. At most { $most } can be taken out at once. Make the selection smaller.
document-error-bytes = The document is larger than { $megabytes } MB. Make the selection smaller.
document-error-no-program = PDF cannot be made here yet. Word and printing work. Whoever runs the site adds PDF with: { $command }
document-error-version = The PDF program is of another version than Torg. Whoever runs the site builds it anew with: { $command }
document-error-slow = The document was not ready within { $seconds } seconds. Make the selection smaller.
document-error-large = The PDF became too large. Make the selection smaller, or take it out as Word.
document-error-failed = The document could not be made. The fault has been noted.
