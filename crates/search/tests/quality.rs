//! What people write and what they must find, over a small city of our own making; with the
//! figure that synonyms are worth.

mod city;

use torg_search::{Index, Synonyms, must_find};

const MUST_FIND: &str = include_str!("fixture/must-find.csv");
const SYNONYMS: &str = include_str!("fixture/synonyms.csv");

fn index() -> Index {
    let index = Index::in_memory().expect("an index in memory");
    index.set_synonyms(Synonyms::parse_csv(SYNONYMS).expect("the fixture is right"));
    index
        .apply(&city::changes(), 1)
        .expect("the documents are indexed");
    index
}

#[test]
fn everything_is_found_where_it_must() {
    let report = must_find::run(MUST_FIND, &index(), true).expect("the file is right");
    assert!(report.queries >= 60, "the file was cut short");
    let failures: Vec<String> = report
        .failures
        .iter()
        .map(|f| {
            format!(
                "{}: {:?} at {:?}, instead {:?}",
                f.query, f.address, f.place, f.instead
            )
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn without_synonyms_only_synonyms_are_lost() {
    let report = must_find::run(MUST_FIND, &index(), false).expect("the file is right");
    let lost: Vec<&str> = report.failures.iter().map(|f| f.query.as_str()).collect();
    assert_eq!(lost, ["soptipp", "trash"]);
    assert!(report.rate_10() > 0.95 && report.rate_10() < 1.0);
}

#[test]
fn a_failure_says_what_was_found_instead() {
    let file = "lang,query,address,within\nsv,hemtjänst,/finns-inte,3\nsv,bibliotek,/uppleva/bibliotek/,3\n";
    let report = must_find::run(file, &index(), true).expect("the file is right");
    assert_eq!(
        (report.queries, report.in_first_3, report.failures.len()),
        (2, 1, 1)
    );
    assert_eq!(
        report.failures[0].instead.first().map(String::as_str),
        Some("/omsorg/hemtjanst")
    );
    assert_eq!(report.failures[0].line, 2);
    assert!(must_find::run("lang,query,address,within\nsv,a,/b,40\n", &index(), true).is_err());
    assert!(must_find::run("lang,query\nsv,a\n", &index(), true).is_err());
}
