//! The site's name in the titles of its pages, found by comparing them.

use std::collections::HashMap;

/// What stands between a page's title and the site's name.
const MARKS: &[&str] = &[
    " | ", " – ", " — ", " - ", " :: ", " « ", " » ", " · ", ": ",
];

/// The parts that many titles begin or end with.
#[derive(Debug, Default)]
pub(super) struct Titles {
    ends: HashMap<String, u32>,
    starts: HashMap<String, u32>,
    count: u32,
}

impl Titles {
    pub(super) fn take(&mut self, title: &str) {
        self.count += 1;
        for mark in MARKS {
            if let Some((_, end)) = title.rsplit_once(mark) {
                *self.ends.entry(format!("{mark}{end}")).or_default() += 1;
            }
            if let Some((start, _)) = title.split_once(mark) {
                *self.starts.entry(format!("{start}{mark}")).or_default() += 1;
            }
        }
    }

    fn common(&self, count: Option<&u32>) -> bool {
        count.is_some_and(|count| *count >= 2 && *count * 2 >= self.count)
    }

    /// A title without what most titles of the site have in common.
    pub(super) fn own(&self, title: &str) -> String {
        let mut title = title.trim().to_owned();
        // Twice: the name and what the city says of itself may be two parts.
        for _ in 0..2 {
            for mark in MARKS {
                if let Some((words, end)) = title.rsplit_once(mark)
                    && !words.trim().is_empty()
                    && self.common(self.ends.get(&format!("{mark}{end}")))
                {
                    title = words.trim().to_owned();
                }
                if let Some((start, words)) = title.split_once(mark)
                    && !words.trim().is_empty()
                    && self.common(self.starts.get(&format!("{start}{mark}")))
                {
                    title = words.trim().to_owned();
                }
            }
        }
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_is_what_titles_share() {
        let mut titles = Titles::default();
        for title in [
            "Bygglov – Staden",
            "Förskola - så söker du – Staden",
            "Bad – Staden",
            "Staden",
        ] {
            titles.take(title);
        }
        assert_eq!(
            titles.own("Förskola - så söker du – Staden"),
            "Förskola - så söker du"
        );
        assert_eq!(titles.own("Bad – Staden"), "Bad");
        assert_eq!(titles.own("Staden"), "Staden");
    }
}
