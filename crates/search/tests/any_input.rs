//! Any text is a legal query: no error, no panic, and an answer that keeps its promises.

mod city;

use std::sync::LazyLock;

use proptest::prelude::*;
use torg_kernel::{Locale, Timestamp};
use torg_search::{Change, Index, Matched, Query, SearchDocument, SearchResponse};

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let index = Index::in_memory().expect("an index");
    index.apply(&city::changes(), 1).expect("applied");
    index
});

fn check(text: &str, locale: Locale) -> SearchResponse {
    let query = Query::new(text, locale);
    let answer = INDEX.search(&query).expect("every query has an answer");
    assert!(answer.results.len() <= 10 && answer.results.len() <= answer.total);
    assert_eq!(
        answer.matched == Matched::Nothing,
        answer.total == 0,
        "{text:?}"
    );
    for hit in &answer.results {
        assert!(hit.score.is_finite());
        let shown: usize = hit
            .extract
            .iter()
            .map(|segment| segment.text.chars().count())
            .sum();
        assert!(shown <= 210, "an extract of {shown} characters");
    }
    answer
}

#[test]
fn strange_queries_have_an_answer() {
    let long = "bibliotek ".repeat(1_000);
    let one_word = "ö".repeat(10_000);
    let many: String = (0..2_000).map(|n| format!("ord{n} ")).collect();
    let digits = "0".repeat(10_000);
    for text in [
        "",
        " ",
        "\t\r\n",
        "\0",
        "\u{1}\u{2}\u{7f}",
        "🙂",
        "👨‍👩‍👧 🇸🇪",
        "AND",
        "OR NOT",
        "+-&&||!(){}[]^\"~*?:\\/",
        "title:bok",
        "\"bok",
        "bok*",
        "b?k",
        "-bok",
        "(((((",
        "'; drop table",
        "%",
        "…",
        "\u{feff}bok",
        "\u{202e}kob",
        "bok\u{0}",
        "a",
        "å",
        "1",
        "0 0 0 0 0 0 0 0",
        "垃圾收集",
        "נייר",
        "كتاب",
        "е́",
        "Ǆ",
        "ﬁ",
        "i̇",
        "ß",
        "İSTANBUL",
        &long,
        &one_word,
        &many,
        &digits,
    ] {
        for locale in ["sv", "en", "ar", "zh-hant", "fi", "xx"] {
            check(text, locale.parse().expect("a language"));
        }
    }
    assert!(check(&long, Locale::SV).total > 0);
    assert!(check("bok*", Locale::SV).total > 0);
    assert!(
        check("bo\u{308}cker", Locale::SV).total > 0,
        "a decomposed ö"
    );
    assert_eq!(check("", Locale::SV).total, 0);
    let none = INDEX.search(&Query {
        limit: 0,
        offset: usize::MAX,
        ..Query::new("bok", Locale::SV)
    });
    assert_eq!(none.expect("an answer").results.len(), 0);
    let most = INDEX.search(&Query {
        limit: usize::MAX,
        ..Query::new("bok", Locale::SV)
    });
    assert!(most.expect("an answer").results.len() <= 100);
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,80}",
        "[a-zåäö0-9 +()\\-\"*:]{0,60}",
        prop::collection::vec("[ -~åäöÅÄÖ🙂\u{0}-\u{1f}]{1,12}", 0..40)
            .prop_map(|words| words.join(" ")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_query_has_an_answer(text in any_text(), english: bool) {
        check(&text, if english { Locale::EN } else { Locale::SV });
    }

}

proptest! {
    // Every case makes an index with threads of its own.
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_document_can_be_indexed_and_shown(
        title in any_text(), body in any_text(), heading in any_text(), query in any_text()
    ) {
        let index = Index::in_memory().expect("an index");
        let word = "Lekplatsen";
        let document = SearchDocument {
            key: "k".to_owned(), kind: "page".to_owned(), locale: Locale::SV, url: "/".to_owned(),
            title: format!("{title} {word}"), headings: vec![heading], description: String::new(),
            keywords: vec![body.clone()], body: format!("{body} {word} {body}"),
            organisation: None, theme: None, variant: torg_kernel::Variant::Standard, published_at: None, updated_at: Timestamp::default(),
        };
        index.apply(&[Change::put(document)], 1).expect("applied");
        let answer = index.search(&Query::new("lekplatser", Locale::SV)).expect("an answer");
        prop_assert_eq!(answer.total, 1);
        prop_assert!(answer.results[0].extract.iter().any(|segment| segment.highlighted));
        index.search(&Query::new(query, Locale::SV)).expect("an answer");
    }
}
