//! The fixture's documents as changes.

use torg_kernel::Timestamp;
use torg_search::{Change, SearchDocument};

/// All documents of `tests/fixture/documents.csv`.
pub fn changes() -> Vec<Change> {
    let text = include_str!("../fixture/documents.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| {
            let record = record.expect("the fixture is right");
            let list = |at: usize| -> Vec<String> {
                record[at]
                    .split('|')
                    .filter(|text| !text.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            Change::put(SearchDocument {
                key: format!("page:{}", &record[2]),
                kind: record[1].to_owned(),
                locale: record[0].parse().expect("a language"),
                variant: torg_kernel::Variant::Standard,
                url: record[2].to_owned(),
                title: record[3].to_owned(),
                headings: list(4),
                keywords: list(5),
                description: record[6].to_owned(),
                body: record[7].to_owned(),
                organisation: None,
                theme: record[2].split('/').nth(1).map(str::to_owned),
                published_at: None,
                updated_at: Timestamp::default(),
            })
        })
        .collect()
}
