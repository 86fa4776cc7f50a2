//! The editors' lists as they write them, one line for each: `sopor | avfall | skräp`,
//! `bygglov | /bygga/bygglov`, `när hämtas soporna | /avfall/sophamtning | 3`. They are kept as
//! CSV, which is what an export holds and what people send each other.

use torg_kernel::{FieldError, Locale, Message, squeeze};
use torg_search::must_find::MOST_PLACES;
use torg_search::{BestBets, Synonyms};

/// Places among which a page must be found when the line does not say.
const USUAL_PLACES: usize = 3;
/// Most lines of one list in one language.
const MOST_LINES: usize = 2_000;
/// Longest line, in characters.
const LONGEST_LINE: usize = 500;

/// The three lists of one language as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lists {
    /// Words that mean the same.
    pub synonyms: String,
    /// Queries with the page that goes first.
    pub best_bets: String,
    /// Queries with the page that must be found.
    pub must_find: String,
}

/// Makes a row of CSV from the parts of a line.
type ReadLine<'a> = &'a mut dyn FnMut(&[String]) -> Result<Vec<String>, Message>;

/// Rows of CSV of a language.
type Rows = Vec<Vec<String>>;

impl Lists {
    /// The lists of a language out of the CSV of all.
    pub(super) fn of(locale: Locale, synonyms: &str, best_bets: &str, must_find: &str) -> Self {
        let synonyms = rows(synonyms)
            .into_iter()
            .filter(|row| is_of(row, locale))
            .filter_map(|row| Some(row.get(1)?.replace('|', " | ")))
            .map(|line| squeeze(&line));
        let pairs = |csv: &str| -> Vec<String> {
            rows(csv)
                .into_iter()
                .filter(|row| is_of(row, locale))
                .map(|row| row[1..].join(" | "))
                .collect()
        };
        Self {
            synonyms: synonyms.collect::<Vec<_>>().join("\n"),
            best_bets: pairs(best_bets).join("\n"),
            must_find: pairs(must_find).join("\n"),
        }
    }

    /// The rows of CSV that the text makes. `is_there` says whether a page lies at an address.
    pub(super) fn parsed(
        &self,
        locale: Locale,
        is_there: &dyn Fn(&str) -> bool,
    ) -> Result<[Rows; 3], Vec<FieldError>> {
        let mut errors = Vec::new();
        let synonyms = each_line("synonyms", &self.synonyms, &mut errors, &mut |parts| {
            if parts.len() < 2 {
                return Err(Message::new("searching-error-two-words"));
            }
            let row = vec![locale.to_string(), parts.join("|")];
            let csv = with_heading("lang,words", std::slice::from_ref(&row));
            Synonyms::parse_csv(&csv).map_err(|_| Message::new("searching-error-two-words"))?;
            Ok(row)
        });
        let best_bets = each_line("best_bets", &self.best_bets, &mut errors, &mut |parts| {
            let [query, address] = parts else {
                return Err(Message::new("searching-error-pair"));
            };
            let row = vec![locale.to_string(), query.clone(), page(address, is_there)?];
            let csv = with_heading("lang,query,address", std::slice::from_ref(&row));
            BestBets::parse_csv(&csv).map_err(|_| Message::new("searching-error-no-word"))?;
            Ok(row)
        });
        let must_find = each_line("must_find", &self.must_find, &mut errors, &mut |parts| {
            let (query, address, within) = match parts {
                [query, address] => (query, address, USUAL_PLACES),
                [query, address, within] => (query, address, places(within)?),
                _ => return Err(Message::new("searching-error-triple")),
            };
            let address = page(address, is_there)?;
            Ok(vec![
                locale.to_string(),
                query.clone(),
                address,
                within.to_string(),
            ])
        });
        if errors.is_empty() {
            Ok([synonyms, best_bets, must_find])
        } else {
            Err(errors)
        }
    }
}

fn places(text: &str) -> Result<usize, Message> {
    text.parse()
        .ok()
        .filter(|places| (1..=MOST_PLACES).contains(places))
        .ok_or_else(|| Message::new("searching-error-places").with("most", MOST_PLACES))
}

fn page(address: &str, is_there: &dyn Fn(&str) -> bool) -> Result<String, Message> {
    if !address.starts_with('/') {
        return Err(Message::new("searching-error-address").with("address", address));
    }
    let address = match address.trim_end_matches('/') {
        "" => "/",
        address => address,
    };
    if is_there(address) {
        Ok(address.to_owned())
    } else {
        Err(Message::new("searching-error-no-page").with("address", address))
    }
}

/// Reads each line that is not empty; what is wrong is told with the number of the line.
fn each_line(
    field: &'static str,
    text: &str,
    errors: &mut Vec<FieldError>,
    read: ReadLine<'_>,
) -> Rows {
    let mut rows: Rows = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let parts: Vec<String> = line
            .split('|')
            .map(squeeze)
            .filter(|part| !part.is_empty())
            .collect();
        let read = if line.chars().count() > LONGEST_LINE || rows.len() >= MOST_LINES {
            Err(Message::new("searching-error-too-long").with("most", MOST_LINES))
        } else {
            read(&parts)
        };
        match read {
            Ok(row) if !rows.contains(&row) => rows.push(row),
            Ok(_) => {}
            Err(message) => errors.push(FieldError {
                field: field.to_owned(),
                message: message.with("line", at + 1),
            }),
        }
    }
    rows
}

/// The rows of CSV without its heading; rows that cannot be read are left out.
pub(super) fn rows(csv: &str) -> Rows {
    csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes())
        .records()
        .flatten()
        .map(|record| record.iter().map(str::to_owned).collect())
        .filter(|row: &Vec<String>| row.len() > 1)
        .collect()
}

fn is_of(row: &[String], locale: Locale) -> bool {
    row.first().and_then(|lang| lang.parse().ok()) == Some(locale)
}

/// CSV with the rows of one language replaced.
pub(super) fn replaced(csv: &str, heading: &str, locale: Locale, own: Rows) -> String {
    let mut all: Rows = rows(csv)
        .into_iter()
        .filter(|row| !is_of(row, locale))
        .collect();
    all.extend(own);
    // Languages in order, the rows of each as they were written.
    all.sort_by(|a, b| a[0].cmp(&b[0]));
    with_heading(heading, &all)
}

fn with_heading(heading: &str, rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let written = rows.iter().try_for_each(|row| writer.write_record(row));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok());
    let text = bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .expect("text written to memory is text");
    format!("{heading}\n{text}")
}

/// Reads a file of chosen pages as an import does.
///
/// # Errors
/// What is wrong with it, with the line.
pub fn checked_best_bets(csv: &str) -> Result<(), String> {
    match BestBets::parse_csv(csv) {
        Ok(_) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

/// Reads a file of queries that must find as an import does.
///
/// # Errors
/// What is wrong with it, with the line.
pub fn checked_must_find(csv: &str) -> Result<(), String> {
    match torg_search::must_find::parse(csv) {
        Ok(_) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_csv_and_back_and_other_languages_stay() {
        let lists = Lists {
            synonyms: "sopor | avfall|skräp\n\nsopor|avfall|skräp".to_owned(),
            best_bets: "söka bygglov | /bygga/lov/".to_owned(),
            must_find: "när hämtas soporna | /avfall\nlåna bok, \"nu\" | /bibliotek | 10"
                .to_owned(),
        };
        let [synonyms, best_bets, must_find] =
            lists.parsed(Locale::SV, &|_| true).expect("right lines");
        let synonyms = replaced(
            "lang,words\nen,a|b\nsv,x|y\n",
            "lang,words",
            Locale::SV,
            synonyms,
        );
        assert_eq!(synonyms, "lang,words\nen,a|b\nsv,sopor|avfall|skräp\n");
        let best_bets = replaced("", "lang,query,address", Locale::SV, best_bets);
        assert_eq!(
            best_bets,
            "lang,query,address\nsv,söka bygglov,/bygga/lov\n"
        );
        let must_find = replaced("", "lang,query,address,within", Locale::SV, must_find);
        assert!(must_find.ends_with("\nsv,\"låna bok, \"\"nu\"\"\",/bibliotek,10\n"));
        let again = Lists::of(Locale::SV, &synonyms, &best_bets, &must_find);
        assert_eq!(again.synonyms, "sopor | avfall | skräp");
        assert_eq!(again.best_bets, "söka bygglov | /bygga/lov");
        assert_eq!(
            again.must_find,
            "när hämtas soporna | /avfall | 3\nlåna bok, \"nu\" | /bibliotek | 10"
        );
    }

    #[test]
    fn wrong_lines_are_told_with_field_and_number() {
        let lists = Lists {
            synonyms: "sopor | avfall\nensam".to_owned(),
            best_bets: "bygglov\nlov | bygga\n!! | /a\nlov | /borta".to_owned(),
            must_find: "a b | /a | 40\n| /a".to_owned(),
        };
        let errors = lists
            .parsed(Locale::SV, &|address| address == "/a")
            .expect_err("wrong lines");
        let told: Vec<(&str, &str)> = errors
            .iter()
            .map(|error| (error.field.as_str(), error.message.key))
            .collect();
        assert_eq!(
            told,
            [
                ("synonyms", "searching-error-two-words"),
                ("best_bets", "searching-error-pair"),
                ("best_bets", "searching-error-address"),
                ("best_bets", "searching-error-no-word"),
                ("best_bets", "searching-error-no-page"),
                ("must_find", "searching-error-places"),
                ("must_find", "searching-error-triple"),
            ]
        );
        assert!(
            errors[0]
                .message
                .args
                .iter()
                .any(|(name, value)| *name == "line" && value == "2")
        );
    }
}
