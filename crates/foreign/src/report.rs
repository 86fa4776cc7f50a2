//! What became of each thing, to be read, sorted in a spreadsheet or counted by a program.

use serde::Serialize;
use torg_kernel::{Address, Message};

use crate::remark::{Remark, Weight};

/// What became of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Whole.
    Taken,
    /// But something of it was made simpler or is missing.
    Simplified,
    /// Not at all.
    LeftOut,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Taken, Self::Simplified, Self::LeftOut];

    /// The name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Simplified => "simplified",
            Self::LeftOut => "left_out",
        }
    }

    /// Translation key of the name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Taken => "foreign-taken",
            Self::Simplified => "foreign-simplified",
            Self::LeftOut => "foreign-left-out",
        }
    }
}

/// One thing of the old site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its old address, or what names it best.
    pub from: String,
    /// What it was called.
    pub title: String,
    /// What it was, in the words of the old system: `page`, `post`, `attachment`, `file` ….
    pub kind: String,
    /// Where its page lies now.
    pub to: Option<Address>,
    /// What there is to say.
    pub remarks: Vec<Remark>,
}

impl Item {
    pub(crate) fn new(from: impl Into<String>, title: &str, kind: &str) -> Self {
        Self {
            from: from.into(),
            title: title.to_owned(),
            kind: kind.to_owned(),
            to: None,
            remarks: Vec::new(),
        }
    }

    /// The same with one more remark.
    #[must_use]
    pub(crate) fn with(mut self, remark: impl Into<Remark>) -> Self {
        self.remarks.push(remark.into());
        self
    }

    /// What became of it: as its heaviest remark says.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self.remarks.iter().map(Remark::weight).max() {
            Some(Weight::LeftOut) => Outcome::LeftOut,
            Some(Weight::Simplified) => Outcome::Simplified,
            Some(Weight::Told) | None => Outcome::Taken,
        }
    }
}

/// What became of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Thing by thing.
    pub items: Vec<Item>,
}

/// One row of a report in a file: one remark, or a thing of which there is nothing to say.
#[derive(Serialize)]
struct Row<'a> {
    outcome: &'static str,
    kind: &'a str,
    from: &'a str,
    to: &'a str,
    title: &'a str,
    reason: String,
    what_to_do: String,
}

impl Report {
    /// How many things had this outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.items
            .iter()
            .filter(|item| item.outcome() == outcome)
            .count()
    }

    /// One row for each remark, and one for each thing without any.
    fn rows<'a>(&'a self, say: &dyn Fn(&Message) -> String) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        for item in &self.items {
            let row = |reason: String, what_to_do: String| Row {
                outcome: item.outcome().as_str(),
                kind: &item.kind,
                from: &item.from,
                to: item.to.as_ref().map_or("", Address::as_str),
                title: &item.title,
                reason,
                what_to_do,
            };
            if item.remarks.is_empty() {
                rows.push(row(String::new(), String::new()));
            }
            for remark in &item.remarks {
                rows.push(row(say(&remark.reason()), say(&remark.remedy())));
            }
        }
        rows
    }

    /// The report as CSV with a byte order mark, which Excel needs for å ä ö. A cell that a
    /// spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
    #[must_use]
    pub fn to_csv(&self, say: &dyn Fn(&Message) -> String) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let names = [
            "outcome",
            "kind",
            "from",
            "to",
            "title",
            "reason",
            "what_to_do",
        ];
        // Writing into memory cannot fail.
        let _ = writer.write_record(names);
        for row in self.rows(say) {
            let _ = writer.write_record([
                row.outcome,
                &inert(row.kind),
                &inert(row.from),
                row.to,
                &inert(row.title),
                &inert(&row.reason),
                &row.what_to_do,
            ]);
        }
        writer.into_inner().unwrap_or_default()
    }

    /// The report as JSON: a list of the same rows.
    #[must_use]
    pub fn to_json(&self, say: &dyn Fn(&Message) -> String) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(&self.rows(say)).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

fn inert(cell: &str) -> std::borrow::Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}
