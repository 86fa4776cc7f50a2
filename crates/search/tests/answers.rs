//! What an answer says beside its hits: extracts, suggestions, how it came about, synonyms.

mod city;

use torg_kernel::Locale;
use torg_search::{Index, Matched, Query, SearchResponse, Synonyms};

fn index() -> Index {
    let index = Index::in_memory().expect("an index");
    index.apply(&city::changes(), 1).expect("applied");
    index
}

fn ask(index: &Index, text: &str) -> SearchResponse {
    index
        .search(&Query::new(text, Locale::SV))
        .expect("an answer")
}

/// The extract of the first hit with marks around what is highlighted.
fn extract(answer: &SearchResponse) -> String {
    let segments = &answer.results[0].extract;
    segments
        .iter()
        .map(|s| {
            if s.highlighted {
                format!("[{}]", s.text)
            } else {
                s.text.clone()
            }
        })
        .collect()
}

#[test]
fn extracts_show_the_sentence_with_the_words() {
    let index = index();
    assert_eq!(
        extract(&ask(&index, "bokbuss")),
        "… Den som bor långt bort får boken hem med [bokbussen]."
    );
    assert_eq!(
        extract(&ask(&index, "031-3900641")),
        "… Telefon [031-390 06 41]. Läsesal, kafé och barnavdelning."
    );
    let answer = ask(&index, "stränder");
    assert!(
        extract(&answer).contains("Vid [stränderna] finns"),
        "{}",
        extract(&answer)
    );
    // Nothing to mark in the text: the description stands there plain.
    assert_eq!(
        extract(&ask(&index, "socialbidrag")),
        "När pengarna inte räcker till hyra och mat."
    );
}

/// A document about something else, whose text holds the parts of a compound.
fn with(text: &str) -> Index {
    let mut changes = city::changes();
    let torg_search::Change::Put(model) = changes[0].clone() else {
        panic!("the first change is a document");
    };
    changes.push(torg_search::Change::Put(Box::new(
        torg_search::SearchDocument {
            key: "page:parts".to_owned(),
            url: "/delar".to_owned(),
            title: "Läsning".to_owned(),
            headings: Vec::new(),
            keywords: Vec::new(),
            description: String::new(),
            body: text.to_owned(),
            ..*model
        },
    )));
    let index = Index::in_memory().expect("an index");
    index.apply(&changes, 1).expect("applied");
    index
}

#[test]
fn parts_of_a_compound_are_marked_only_where_they_stand_together() {
    let shown = |text: &str| {
        let answer = ask(&with(text), "simhallstider");
        let hit = answer.results.iter().find(|hit| hit.url == "/delar");
        let hit = hit.expect("both parts are in the text");
        let marked = hit.extract.iter().filter(|part| part.highlighted);
        marked.map(|part| part.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        shown("Tider för simhallen finns här, och vår högtid i ishallen."),
        ["Tider", "simhallen"]
    );
    let apart = "Simhallen är stängd. Det som står i den här texten handlar mest om annat, och till sist om tider.";
    assert_eq!(shown(apart), Vec::<String>::new());
}

#[test]
fn words_without_accents_find_what_the_words_find() {
    let index = index();
    for (plain, word) in [
        ("forskola", "förskola"),
        ("hemtjanst", "hemtjänst"),
        ("snorojning", "snöröjning"),
        ("parkeringstillstand", "parkeringstillstånd"),
        ("ATERVINNINGSCENTRAL", "återvinningscentral"),
    ] {
        let (plain_answer, answer) = (ask(&index, plain), ask(&index, word));
        assert_eq!(
            plain_answer.results[0].url, answer.results[0].url,
            "{plain}"
        );
        assert_eq!(plain_answer.suggestion, None, "{plain}");
        assert_eq!(plain_answer.matched, Matched::All, "{plain}");
    }
}

#[test]
fn a_right_word_without_accents_is_not_made_another_word() {
    // Nobody is called borgmästare here; the word list still knows the word.
    let answer = ask(&index(), "borgmastare");
    assert_eq!(answer.suggestion, None);
    assert_eq!(answer.total, 0);
}

#[test]
fn typing_errors_are_mended_and_said() {
    let index = index();
    for (typed, meant) in [
        ("öppettider biblotek", "öppettider bibliotek"),
        ("parkeringstillstond", "parkeringstillstånd"),
        ("Bygglvo!", "bygglov!"),
        ("snöröjnign", "snöröjning"),
        ("hemtjnst i kommunen", "hemtjänst i kommunen"),
    ] {
        let answer = ask(&index, typed);
        assert_eq!(answer.suggestion.as_deref(), Some(meant), "{typed}");
        assert_eq!(answer.matched, Matched::Corrected, "{typed}");
        assert!(answer.total > 0, "{typed}");
    }
    // Right words get no suggestion, even if the index has no such page.
    for right in [
        "badplatserna",
        "oppettider",
        "kon",
        "giraff",
        "031-390 06 41",
        "bada i sjön",
    ] {
        assert_eq!(ask(&index, right).suggestion, None, "{right}");
    }
}

#[test]
fn all_words_come_before_some_words() {
    let index = index();
    let answer = ask(&index, "avgift förskola");
    assert_eq!(answer.matched, Matched::All);
    assert_eq!(answer.results[0].url, "/skola/forskola");
    assert!(
        answer.results.len() > 1,
        "documents with some of the words follow"
    );
    let answer = ask(&index, "giraff hemtjänst");
    assert_eq!(answer.matched, Matched::Some);
    assert_eq!(answer.results[0].url, "/omsorg/hemtjanst");
    assert_eq!(ask(&index, "giraff").matched, Matched::Nothing);
}

#[test]
fn the_beginning_of_a_word_is_enough_when_nothing_else_is_found() {
    let index = index();
    let answer = ask(&index, "rivningsanm");
    assert_eq!(answer.results[0].url, "/bygga/riva");
}

#[test]
fn synonyms_change_while_running_and_can_be_left_out() {
    let index = index();
    let found = |synonyms| {
        let query = Query {
            synonyms,
            ..Query::new("pulkabacke", Locale::SV)
        };
        let hits = index.search(&query).expect("an answer").results;
        hits.iter().any(|hit| hit.url == "/uppleva/badplatser")
    };
    assert!(!found(true));
    index.set_synonyms(
        Synonyms::parse_csv("lang,words\nsv,pulkabacke|badplats|hyra en lokal\n").expect("right"),
    );
    assert!(found(true));
    assert!(!found(false));
    // A phrase stands for a word, too.
    let answer = ask(&index, "hyra en lokal");
    assert!(
        answer
            .results
            .iter()
            .any(|hit| hit.url == "/uppleva/badplatser")
    );
}
