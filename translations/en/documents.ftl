# Printed documents: Word, Excel and PDF.

document-error-rows = The selection has { $rows } rows. At most { $most } can be taken out at once. Make the selection smaller.
document-error-bytes = The document is larger than { $megabytes } MB. Make the selection smaller.
document-error-no-program = PDF cannot be made here yet. Word and printing work. Whoever runs the site adds PDF with: { $command }
document-error-version = The PDF program is of another version than Torg. Whoever runs the site builds it anew with: { $command }
document-error-slow = The PDF was not ready within { $seconds } seconds. Make the selection smaller, or take it out as Word.
document-error-large = The PDF became too large. Make the selection smaller, or take it out as Word.
document-error-failed = The document could not be made. The fault has been noted.
