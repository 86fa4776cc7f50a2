//! The index as a store: positions, replacing and deleting, a second writer, a killed process, an
//! index of another version, weeding.

mod city;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use torg_kernel::{Locale, Timestamp};
use torg_search::{Change, Index, IndexOptions, Query, SearchDocument, SearchError};

fn document(key: &str, title: &str) -> SearchDocument {
    SearchDocument {
        key: key.to_owned(),
        kind: "page".to_owned(),
        locale: Locale::SV,
        url: format!("/{key}"),
        title: title.to_owned(),
        headings: Vec::new(),
        description: String::new(),
        keywords: Vec::new(),
        body: String::new(),
        organisation: Some("parker".to_owned()),
        theme: None,
        variant: torg_kernel::Variant::Standard,
        published_at: None,
        updated_at: Timestamp::from_micros(1),
    }
}

fn put(key: &str, title: &str) -> Change {
    Change::put(document(key, title))
}

fn open(dir: &Path) -> Result<Index, SearchError> {
    Index::open(dir, IndexOptions::default())
}

fn keys(index: &Index, text: &str) -> Vec<String> {
    let answer = index
        .search(&Query::new(text, Locale::SV))
        .expect("a search");
    answer.results.into_iter().map(|hit| hit.key).collect()
}

#[test]
fn changes_are_seen_at_once_and_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    {
        let index = open(dir.path()).expect("a new index");
        assert_eq!((index.position(), index.len()), (0, 0));
        index
            .apply(&[put("a", "Lekplats"), put("b", "Utegym")], 7)
            .expect("applied");
        assert_eq!(keys(&index, "lekplatser"), ["a"]);
        index
            .apply(
                &[
                    put("a", "Hundrastgård"),
                    Change::Delete {
                        key: "b".to_owned(),
                    },
                ],
                9,
            )
            .expect("applied");
        assert_eq!(keys(&index, "lekplats"), Vec::<String>::new());
        assert_eq!(keys(&index, "utegym"), Vec::<String>::new());
        assert_eq!(keys(&index, "hundrastgården"), ["a"]);
        index.apply(&[], 12).expect("a position alone");
    }
    let index = open(dir.path()).expect("the same index");
    assert_eq!((index.position(), index.len()), (12, 1));
    assert_eq!(keys(&index, "hundrastgård"), ["a"]);
}

#[test]
fn clearing_keeps_what_comes_after_it() {
    let index = Index::in_memory().expect("an index");
    index.apply(&[put("a", "Lekplats")], 1).expect("applied");
    index
        .apply(
            &[put("b", "Lekplats"), Change::Clear, put("c", "Lekplats")],
            2,
        )
        .expect("applied");
    assert_eq!(keys(&index, "lekplats"), ["c"]);
    assert_eq!(index.len(), 1);
}

#[test]
fn what_is_staged_is_invisible_until_committed() {
    let index = Index::in_memory().expect("an index");
    index.stage(&[put("a", "Lekplats")]).expect("staged");
    assert!(index.is_empty());
    index.commit(3).expect("committed");
    assert_eq!((index.len(), index.position()), (1, 3));
}

#[test]
fn one_writes_and_others_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let writer = open(dir.path()).expect("the writer");
    writer.apply(&[put("a", "Lekplats")], 1).expect("applied");
    let refused = open(dir.path()).expect_err("a second writer");
    assert!(matches!(refused, SearchError::Locked(_)), "{refused}");
    assert!(refused.to_string().contains("another process"));

    let reader = Index::open_read_only(dir.path(), IndexOptions::default()).expect("a reader");
    assert_eq!(keys(&reader, "lekplats"), ["a"]);
    assert!(matches!(reader.apply(&[], 2), Err(SearchError::ReadOnly)));
    writer.apply(&[put("b", "Lekplats")], 2).expect("applied");
    reader.refresh().expect("refreshed");
    assert_eq!((reader.len(), reader.position()), (2, 2));
    drop(writer);
    assert_eq!(open(dir.path()).expect("free again").position(), 2);
}

#[test]
fn an_index_of_another_version_is_built_anew_and_other_files_stay() {
    let dir = tempfile::tempdir().expect("a folder");
    open(dir.path())
        .and_then(|index| index.apply(&[put("a", "Lekplats")], 5))
        .expect("made");
    std::fs::write(dir.path().join("notes.txt"), "mine").expect("written");
    let marker = dir.path().join("torg-search-version");
    std::fs::write(&marker, "0 other\n").expect("written");
    assert!(matches!(
        Index::open_read_only(dir.path(), IndexOptions::default()),
        Err(SearchError::Missing(_))
    ));
    let index = open(dir.path()).expect("built anew");
    assert_eq!((index.position(), index.len()), (0, 0));
    index.apply(&[put("b", "Utegym")], 1).expect("usable");
    assert!(dir.path().join("notes.txt").exists());
    drop(index);
    // A damaged one too.
    std::fs::write(dir.path().join("meta.json"), "{").expect("written");
    assert_eq!(open(dir.path()).expect("built anew").position(), 0);
}

#[test]
fn a_folder_that_is_none_is_an_error() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let error = open(file.path()).expect_err("a file is no folder");
    assert!(matches!(error, SearchError::Folder { .. }), "{error}");
}

#[test]
fn a_failed_write_leaves_the_index_as_it_was() {
    let parent = tempfile::tempdir().expect("a folder");
    let dir = parent.path().join("search");
    let away = parent.path().join("away");
    let index = open(&dir).expect("an index");
    index.apply(&[put("a", "Lekplats")], 1).expect("applied");
    // The disk is taken away and comes back.
    std::fs::rename(&dir, &away).expect("moved");
    for position in 2..5 {
        index
            .apply(&[put("b", "Lekplats")], position)
            .expect_err("nowhere to write");
        assert_eq!(index.position(), 1);
    }
    assert_eq!(keys(&index, "lekplats"), ["a"]);
    if dir.exists() {
        std::fs::remove_dir_all(&dir).expect("removed");
    }
    std::fs::rename(&away, &dir).expect("moved back");
    index.apply(&[put("b", "Lekplats")], 2).expect("applied");
    assert_eq!((index.len(), index.position()), (2, 2));
}

#[test]
fn weeded_text_is_gone_from_the_disk() {
    let dir = tempfile::tempdir().expect("a folder");
    let index = open(dir.path()).expect("an index");
    index
        .apply(
            &[put("a", "Xylofonisten Bertrandsson"), put("b", "Utegym")],
            1,
        )
        .expect("applied");
    let holds = || {
        std::fs::read_dir(dir.path())
            .expect("a folder")
            .any(|entry| {
                let bytes = std::fs::read(entry.expect("an entry").path()).unwrap_or_default();
                bytes
                    .windows(13)
                    .any(|window| window == b"bertrandsson\x00" || window == b"Bertrandsson\"")
            })
    };
    assert!(holds());
    index
        .apply(
            &[Change::Delete {
                key: "a".to_owned(),
            }],
            2,
        )
        .expect("applied");
    index.purge().expect("purged");
    assert!(!holds());
    assert_eq!((index.len(), index.position()), (1, 2));
    assert_eq!(keys(&index, "utegym"), ["b"]);
    drop(index);
    assert_eq!(open(dir.path()).expect("the same index").position(), 2);
}

#[test]
fn filters_narrow() {
    let index = Index::in_memory().expect("an index");
    let mut unit = document("u", "Lekplatsen i parken");
    unit.kind = "unit".to_owned();
    unit.organisation = None;
    unit.theme = Some("uppleva".to_owned());
    let mut english = document("e", "Lekplats playground");
    english.locale = Locale::EN;
    index
        .apply(
            &[
                put("a", "Lekplats"),
                Change::put(unit),
                Change::put(english),
            ],
            1,
        )
        .expect("applied");
    let found = |query: Query| -> Vec<String> {
        let answer = index.search(&query).expect("a search");
        assert_eq!(answer.total, answer.results.len());
        answer.results.into_iter().map(|hit| hit.key).collect()
    };
    let all = Query::new("lekplats", Locale::SV);
    assert_eq!(found(all.clone()), ["a", "u"]);
    assert_eq!(
        found(Query {
            kinds: vec!["unit".into()],
            ..all.clone()
        }),
        ["u"]
    );
    assert_eq!(
        found(Query {
            kinds: vec!["unit".into(), "page".into()],
            ..all.clone()
        })
        .len(),
        2
    );
    assert_eq!(
        found(Query {
            themes: vec!["uppleva".into()],
            ..all.clone()
        }),
        ["u"]
    );
    assert_eq!(
        found(Query {
            organisations: vec!["parker".into()],
            ..all.clone()
        }),
        ["a"]
    );
    assert_eq!(
        found(Query {
            locale: Locale::EN,
            ..all
        }),
        ["e"]
    );
}

#[test]
fn pages_of_hits_do_not_overlap() {
    let index = Index::in_memory().expect("an index");
    let both = (0..4).map(|n| put(&format!("both{n}"), "Lekplats med gungor"));
    let one = (0..9).map(|n| put(&format!("one{n}"), "Lekplats"));
    index
        .apply(&both.chain(one).collect::<Vec<_>>(), 1)
        .expect("applied");
    let mut seen = Vec::new();
    for offset in (0..20).step_by(3) {
        let query = Query {
            limit: 3,
            offset,
            ..Query::new("lekplats gungor", Locale::SV)
        };
        let answer = index.search(&query).expect("a search");
        assert_eq!(answer.total, 13);
        seen.extend(answer.results.into_iter().map(|hit| hit.key));
    }
    assert_eq!(seen.len(), 13);
    assert!(
        seen[..4].iter().all(|key| key.starts_with("both")),
        "{seen:?}"
    );
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 13);
}

/// The child of the test below: commits one document after the other and says so.
#[test]
#[ignore = "a child process of `a_killed_writer_leaves_its_last_commit`"]
fn child_that_writes() {
    let Some(dir) = std::env::var_os("TORG_SEARCH_TEST_DIR") else {
        return;
    };
    let index = open(Path::new(&dir)).expect("the index");
    let mut out = std::io::stdout();
    for position in index.position() + 1.. {
        index
            .apply(&[put(&format!("k{position}"), "Lekplats")], position)
            .expect("applied");
        writeln!(out, "committed {position}")
            .and_then(|()| out.flush())
            .expect("said");
    }
}

#[test]
fn a_killed_writer_leaves_its_last_commit() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut last = 0;
    for round in 1..=3 {
        let program = std::env::current_exe().expect("this program");
        let mut child = Command::new(program)
            .args(["child_that_writes", "--ignored", "--exact", "--nocapture"])
            .env("TORG_SEARCH_TEST_DIR", dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut said = 0;
        for line in lines.map_while(Result::ok) {
            if let Some(position) = line.strip_prefix("committed ") {
                last = position.parse().expect("a number");
                said += 1;
            }
            if said == 5 * round {
                break;
            }
        }
        child.kill().expect("killed");
        child.wait().expect("gone");
        assert_eq!(said, 5 * round, "the child died by itself");
        let index = open(dir.path()).expect("the index of the killed process");
        // It may have committed once more before it was killed.
        assert!(
            (last..=last + 1).contains(&index.position()),
            "{last} {}",
            index.position()
        );
        assert_eq!(index.len(), index.position());
        last = index.position();
    }
}

#[test]
fn the_whole_fixture_is_in() {
    let index = Index::in_memory().expect("an index");
    let changes = city::changes();
    index.apply(&changes, 1).expect("applied");
    assert_eq!(index.len(), changes.len() as u64);
}

#[test]
fn a_strict_query_finds_only_what_holds_every_word_as_typed() {
    let index = Index::in_memory().expect("an index");
    let english = SearchDocument {
        locale: Locale::EN,
        ..document("e", "Playground")
    };
    let changes = [
        put("a", "Lekplats med gungor"),
        put("b", "Lekplats"),
        Change::put(english),
    ];
    index.apply(&changes, 1).expect("applied");
    let strictly = |text: &str| {
        let answer = index.search(&Query {
            strict: true,
            ..Query::new(text, Locale::SV)
        });
        let answer = answer.expect("a search");
        assert_eq!(
            (answer.total, answer.suggestion),
            (answer.results.len(), None)
        );
        let hits = answer.results.into_iter();
        hits.map(|hit| hit.key).collect::<Vec<_>>()
    };
    assert_eq!(strictly("lekplatser gunga"), ["a"]);
    assert_eq!(strictly("lekplats"), ["b", "a"]);
    for text in ["lekplatz", "lekplats karusell", "gungor karusell", ""] {
        assert_eq!(strictly(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(
        index.locales().expect("languages"),
        [Locale::EN, Locale::SV]
    );
}
