//! The text of an event: plain text in, paragraphs, lists and links out.

/// A run of text, or an address that is a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// An address on the web.
    Link(String),
}

/// A paragraph or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// Lines of a paragraph.
    Paragraph(Vec<Vec<Piece>>),
    /// Items of a list.
    List(Vec<Vec<Piece>>),
}

/// The addresses in a line as links. The full stop or bracket after one is no part of it.
fn pieces(line: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = line;
    let mut text = String::new();
    while let Some(at) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| rest.find(scheme))
        .min()
    {
        let tail = &rest[at..];
        let end = tail.find(char::is_whitespace).unwrap_or(tail.len());
        let address =
            tail[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '”', '>']);
        text.push_str(&rest[..at]);
        if address
            .split_once("://")
            .is_some_and(|(_, host)| !host.is_empty())
        {
            if !text.is_empty() {
                found.push(Piece::Text(std::mem::take(&mut text)));
            }
            found.push(Piece::Link(address.to_owned()));
        } else {
            text.push_str(address);
        }
        rest = &tail[address.len()..];
    }
    text.push_str(rest);
    if !text.is_empty() {
        found.push(Piece::Text(text));
    }
    found
}

/// The text in passages: an empty line ends one, and lines that begin with `- ` are a list.
#[must_use]
pub fn passages(text: &str) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            open = false;
            continue;
        }
        let item = ["- ", "* ", "• "]
            .iter()
            .find_map(|mark| line.strip_prefix(mark));
        match (item, found.last_mut().filter(|_| open)) {
            (Some(item), Some(Passage::List(items))) => items.push(pieces(item)),
            (Some(item), _) => found.push(Passage::List(vec![pieces(item)])),
            (None, Some(Passage::Paragraph(lines))) => lines.push(pieces(line)),
            (None, _) => found.push(Passage::Paragraph(vec![pieces(line)])),
        }
        open = true;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_paragraphs_lists_and_links() {
        let text = |words: &str| Piece::Text(words.to_owned());
        let found = passages(
            "Kom och sjung!\nAlla får vara med.\n\nTa med:\n- vatten\n- https://exempel.example/not.pdf.\n\n\nhttps://",
        );
        assert_eq!(
            found,
            vec![
                Passage::Paragraph(vec![
                    vec![text("Kom och sjung!")],
                    vec![text("Alla får vara med.")]
                ]),
                Passage::Paragraph(vec![vec![text("Ta med:")]]),
                Passage::List(vec![
                    vec![text("vatten")],
                    vec![
                        Piece::Link("https://exempel.example/not.pdf".to_owned()),
                        text(".")
                    ],
                ]),
                Passage::Paragraph(vec![vec![text("https://")]]),
            ]
        );
        assert!(passages(" \n ").is_empty());
    }
}
