//! The typeface of everything that is printed: Atkinson Hyperlegible Next, made by the Braille Institute
//! for readers with low vision (SIL Open Font License 1.1, `fonts/OFL.txt`).

/// Its name in files.
pub const FAMILY: &str = "Atkinson Hyperlegible Next";

/// Regular, italic, bold and bold italic as TrueType: a file of each, since a drawing's text is set by a
/// program that knows no variable typefaces.
pub const OWN: [&[u8]; 4] = [
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-Italic.ttf"),
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-BoldItalic.ttf"),
];
