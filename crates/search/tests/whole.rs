//! Search over all that a city publishes: what is counted and narrowed, what grows old, what editors
//! chose, suggestions while somebody types, and what a change would lose.

use torg_kernel::{Locale, Timestamp, Variant};
use torg_search::{
    BestBets, Change, Freshness, Index, Matched, Query, SearchDocument, SearchResponse, must_find,
};

const DAY: i64 = 86_400_000_000;
const NOW: Timestamp = Timestamp::from_micros(20_000 * DAY);

fn document(url: &str, kind: &str, title: &str, body: &str) -> SearchDocument {
    SearchDocument {
        key: format!("page:{url}"),
        kind: kind.to_owned(),
        locale: Locale::SV,
        variant: Variant::Standard,
        url: url.to_owned(),
        title: title.to_owned(),
        headings: Vec::new(),
        description: String::new(),
        keywords: Vec::new(),
        body: body.to_owned(),
        organisation: Some("parks".to_owned()),
        theme: Some("fritid".to_owned()),
        published_at: None,
        updated_at: NOW,
    }
}

fn news(url: &str, days_ago: i64, title: &str, body: &str) -> SearchDocument {
    SearchDocument {
        published_at: Some(NOW.plus_seconds(-days_ago * 86_400)),
        ..document(url, "news", title, body)
    }
}

fn index(documents: Vec<SearchDocument>) -> Index {
    let index = Index::in_memory().expect("an index");
    let changes: Vec<Change> = documents.into_iter().map(Change::put).collect();
    index.apply(&changes, 1).expect("applied");
    index
}

fn city() -> Index {
    index(vec![
        document("/bada", "article", "Badplatser", "Här kan du bada i sjön."),
        SearchDocument {
            theme: Some("bygga".to_owned()),
            organisation: Some("planning".to_owned()),
            ..document(
                "/bygga/brygga",
                "article",
                "Bygga brygga",
                "Vid badplatser krävs lov.",
            )
        },
        news(
            "/nyheter/ny",
            1,
            "Badplatser öppnar",
            "Nu går det att bada.",
        ),
        news(
            "/nyheter/gammal",
            700,
            "Badplatser öppnar",
            "Nu går det att bada.",
        ),
        SearchDocument {
            kind: "unit".to_owned(),
            theme: None,
            ..document(
                "/hitta/bad",
                "unit",
                "Hovås kallbadhus",
                "Badplats, bastu och kafé.",
            )
        },
    ])
}

fn asked(text: &str) -> Query {
    Query {
        facets: true,
        fresh: Some(Freshness {
            now: NOW,
            half_life_days: 30,
        }),
        ..Query::new(text, Locale::SV)
    }
}

fn urls(answer: &SearchResponse) -> Vec<&str> {
    answer.results.iter().map(|hit| hit.url.as_str()).collect()
}

fn counts(list: &[torg_search::FacetCount]) -> Vec<(&str, usize)> {
    list.iter()
        .map(|facet| (facet.value.as_str(), facet.count))
        .collect()
}

#[test]
fn choices_are_counted_as_they_would_be() {
    let index = city();
    let whole = index.search(&asked("badplatser")).expect("an answer");
    let facets = whole.facets.clone().expect("asked for");
    assert_eq!(
        counts(&facets.kinds),
        [("article", 2), ("news", 2), ("unit", 1)]
    );
    assert_eq!(counts(&facets.themes), [("fritid", 3), ("bygga", 1)]);
    assert_eq!(
        counts(&facets.organisations),
        [("parks", 4), ("planning", 1)]
    );
    assert_eq!((facets.dated, whole.total), (2, 5));
    // Each count is what choosing it gives, also beside another choice.
    for kind in ["article", "news", "unit"] {
        for theme in ["", "fritid", "bygga"] {
            let mut query = asked("badplatser");
            query.kinds = vec![kind.to_owned()];
            let without = index
                .search(&query)
                .expect("an answer")
                .facets
                .expect("asked");
            if theme.is_empty() {
                continue;
            }
            query.themes = vec![theme.to_owned()];
            let answer = index.search(&query).expect("an answer");
            let said = without.themes.iter().find(|facet| facet.value == theme);
            assert_eq!(
                said.map_or(0, |facet| facet.count),
                answer.total,
                "{kind} {theme}"
            );
            assert!(answer.results.iter().all(|hit| hit.kind == kind));
        }
    }
}

#[test]
fn days_leave_out_what_has_none() {
    let index = city();
    let mut query = asked("badplatser");
    query.published_from = Some(NOW.plus_seconds(-10 * 86_400));
    assert_eq!(
        urls(&index.search(&query).expect("an answer")),
        ["/nyheter/ny"]
    );
    query.published_from = None;
    query.published_before = Some(NOW.plus_seconds(-10 * 86_400));
    let answer = index.search(&query).expect("an answer");
    assert_eq!(urls(&answer), ["/nyheter/gammal"]);
    assert_eq!(counts(&answer.facets.expect("asked").kinds), [("news", 1)]);
}

#[test]
fn news_grows_old_and_pages_do_not() {
    let index = city();
    let answer = index.search(&asked("badplatser")).expect("an answer");
    let place = |url: &str| urls(&answer).iter().position(|own| *own == url);
    assert!(place("/nyheter/ny") < place("/nyheter/gammal"));
    // The page that holds today goes before old news of the same name.
    assert!(
        place("/bada") < place("/nyheter/gammal"),
        "{:?}",
        urls(&answer)
    );
    let plain = Query {
        fresh: None,
        ..asked("badplatser öppnar")
    };
    let answer = index.search(&plain).expect("an answer");
    let scores: Vec<f32> = answer.results.iter().take(2).map(|hit| hit.score).collect();
    assert!((scores[0] - scores[1]).abs() < 1e-5, "{scores:?}");
}

#[test]
fn the_page_about_all_of_them_goes_before_each_of_them() {
    let place = |url: &str, title: &str| {
        let body = "Förskola med tre avdelningar. Förskolan har öppet från sex.";
        document(url, "unit", title, body)
    };
    let index = index(vec![
        place("/hitta/ekorren", "Förskolan Ekorren"),
        place("/hitta/tranan", "Förskolan Tranan"),
        place("/hitta/vasen", "Förskola Vasen"),
        document(
            "/forskola",
            "article",
            "Förskola, familjedaghem och öppen förskola",
            "Alla barn mellan ett och fem år har rätt till plats i förskolan. Här kan du läsa om \
             avgifter, kö till förskola och hur dagarna i förskolan ser ut.",
        ),
    ]);
    let first = |text: &str| {
        let answer = index.search(&asked(text)).expect("an answer");
        urls(&answer).first().map(|url| (*url).to_owned())
    };
    for text in ["förskola", "forskola", "förskolor"] {
        assert_eq!(first(text).as_deref(), Some("/forskola"), "{text}");
    }
    // Whoever writes the name means the place.
    assert_eq!(first("förskolan tranan").as_deref(), Some("/hitta/tranan"));
    assert_eq!(first("vasen").as_deref(), Some("/hitta/vasen"));
}

#[test]
fn the_ordinary_text_goes_before_its_variants() {
    let easy = SearchDocument {
        key: "page:0".to_owned(),
        variant: Variant::EasyToRead,
        ..document(
            "/lattlast/bada",
            "article",
            "Badplatser",
            "Här kan du bada i sjön.",
        )
    };
    let index = index(vec![
        easy,
        document("/bada", "article", "Badplatser", "Här kan du bada i sjön."),
    ]);
    let answer = index.search(&asked("badplatser")).expect("an answer");
    assert_eq!(urls(&answer), ["/bada", "/lattlast/bada"]);
    assert_eq!(answer.results[1].variant, Variant::EasyToRead);
}

#[test]
fn what_editors_chose_goes_first_once_and_through_the_filters() {
    let index = city();
    let bets =
        "lang,query,address\nsv,badplatser,/hitta/bad\nsv,badplatser,/borta\nsv,xyzzy,/bada\n";
    index.set_best_bets(BestBets::parse_csv(bets).expect("right"));
    let answer = index.search(&asked("badplatserna")).expect("an answer");
    assert_eq!(urls(&answer)[0], "/hitta/bad");
    assert!(answer.results[0].best_bet && !answer.results[1].best_bet);
    assert_eq!(answer.total, 5);
    assert_eq!(
        urls(&answer)
            .iter()
            .filter(|url| **url == "/hitta/bad")
            .count(),
        1
    );
    assert_eq!(counts(&answer.facets.expect("asked").kinds)[2], ("unit", 1));
    // Pages of hits neither overlap nor leave anything out.
    let mut seen = Vec::new();
    for offset in 0..5 {
        let mut query = asked("badplatser");
        (query.limit, query.offset) = (1, offset);
        let answer = index.search(&query).expect("an answer");
        seen.extend(
            urls(&answer)
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        );
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5);
    let mut query = asked("badplatser");
    query.kinds = vec!["news".to_owned()];
    assert!(!index.search(&query).expect("an answer").results[0].best_bet);
    // A word that nothing holds is known by its chosen page.
    let answer = index.search(&asked("xyzzy")).expect("an answer");
    assert_eq!((urls(&answer), &answer.suggestion), (vec!["/bada"], &None));
    assert_eq!(answer.matched, Matched::All);
}

#[test]
fn names_with_digits_are_found_whole() {
    let index = index(vec![
        document(
            "/a",
            "article",
            "Plan",
            "Planen gäller Majorna 12:8 och ärende BN/2026:123.",
        ),
        document(
            "/b",
            "article",
            "Plan",
            "Planen gäller Majorna 8:12, tolv sidor, 12 kap. 8 §.",
        ),
    ]);
    for query in ["Majorna 12:8", "12:8", "bn 2026:123", "BN/2026-123"] {
        let answer = index.search(&asked(query)).expect("an answer");
        assert_eq!(urls(&answer).first(), Some(&"/a"), "{query}");
        assert_eq!(answer.suggestion, None, "{query}");
    }
}

#[test]
fn a_mistake_in_a_page_is_not_taken_for_a_word() {
    let mut documents = vec![document(
        "/fel",
        "article",
        "Fel",
        "Här står biblotekek fel.",
    )];
    for number in 0..8 {
        documents.push(document(
            &format!("/b{number}"),
            "article",
            "Bibliotek",
            "Låna på biblioteket, biblioteket.",
        ));
    }
    let index = index(documents);
    let answer = index.search(&asked("biblotekek")).expect("an answer");
    assert_eq!(urls(&answer), ["/fel"]);
    assert_eq!(answer.matched, Matched::All);
    // Right words are left in peace however few hold them.
    assert_eq!(
        index.search(&asked("fel")).expect("an answer").suggestion,
        None
    );
    let near = index
        .nearest_words("biblotekt", Locale::SV, 3)
        .expect("words");
    assert!(
        near.iter().any(|word| word.starts_with("bibliotek")),
        "{near:?}"
    );
    assert!(
        index
            .nearest_words("", Locale::SV, 3)
            .expect("words")
            .is_empty()
    );
}

#[test]
fn titles_are_suggested_by_their_beginnings() {
    let index = city();
    let titles = |text: &str| -> Vec<String> {
        let found = index.suggest(text, Locale::SV, 8, None).expect("titles");
        found.into_iter().map(|title| title.title).collect()
    };
    assert_eq!(titles("badpl"), ["Badplatser", "Badplatser öppnar"]);
    assert_eq!(titles("oppnar bad"), ["Badplatser öppnar"]);
    assert_eq!(titles("kallbadhuset"), Vec::<String>::new());
    assert_eq!(titles("kallbadhus"), ["Hovås kallbadhus"]);
    assert_eq!(titles("hovas k"), ["Hovås kallbadhus"]);
    for nothing in ["", " ", "%%", "\u{0}", "bada i sjön"] {
        assert_eq!(titles(nothing), Vec::<String>::new(), "{nothing:?}");
    }
    assert!(
        index
            .suggest("bad", Locale::EN, 8, None)
            .expect("titles")
            .is_empty()
    );
}

#[test]
fn a_change_tells_which_searches_it_would_lose() {
    let index = city();
    let file = "lang,query,address,within\nsv,badplatser,/bada,2\nsv,bastu,/hitta/bad,1\n\
                sv,giraff,/bada,3\nen,bathing,/bada,3\n";
    let lines = must_find::parse(file).expect("right");
    let lost = |change: &Change, was_at: &str| -> Vec<(String, String)> {
        must_find::affected(&index, &lines, change, was_at)
            .expect("an answer")
            .into_iter()
            .map(|failure| (failure.query, failure.address))
            .collect()
    };
    let bath = ("badplatser".to_owned(), "/bada".to_owned());
    let sauna = ("bastu".to_owned(), "/hitta/bad".to_owned());
    // The words go from the page.
    let emptied = document("/bada", "article", "Sommar", "Här finns mycket att göra.");
    assert_eq!(
        lost(&Change::put(emptied), "/bada"),
        std::slice::from_ref(&bath)
    );
    // The page goes.
    let gone = Change::Delete {
        key: "page:/bada".to_owned(),
    };
    assert_eq!(lost(&gone, "/bada"), [bath]);
    // Another page pushes one aside.
    let loud = document(
        "/bygga/brygga",
        "article",
        "Bastu",
        "Bastu, bastu och bastu.",
    );
    assert_eq!(lost(&Change::put(loud), "/bygga/brygga"), [sauna]);
    // It moves, is written better, or is of another language: nothing is lost.
    let moved = SearchDocument {
        key: "page:/bada".to_owned(),
        ..document("/nytt/bada", "article", "Badplatser", "Badplatser i sjön.")
    };
    assert_eq!(lost(&Change::put(moved), "/bada"), []);
    let english = SearchDocument {
        locale: Locale::EN,
        ..document("/en/a", "article", "Bastu", "Bastu")
    };
    assert_eq!(lost(&Change::put(english), "/en/a"), []);
    // Saying the same again changes nothing.
    let same = document("/bada", "article", "Badplatser", "Här kan du bada i sjön.");
    assert_eq!(lost(&Change::put(same), "/bada"), []);
    // Nothing was written to the index by asking.
    assert_eq!((index.len(), index.position()), (5, 1));
}

#[test]
fn what_is_told_before_is_what_happens() {
    let lines =
        must_find::parse("lang,query,address,within\nsv,bada sjö,/bada,1\n").expect("right");
    for words in 0..12 {
        let index = city();
        let body = format!("Sjö. {}", "bada ".repeat(words));
        let change = Change::put(document("/bygga/brygga", "article", "Sjöbad", &body));
        let told = must_find::affected(&index, &lines, &change, "/bygga/brygga");
        let told = told.expect("an answer").len();
        index.apply(&[change], 2).expect("applied");
        // Without what was replaced, as the index will be sooner or later.
        index.purge().expect("purged");
        let first = index
            .search(&Query::new("bada sjö", Locale::SV))
            .expect("an answer");
        let lost = usize::from(urls(&first).first() != Some(&"/bada"));
        assert_eq!(told, lost, "{words} words");
    }
}
