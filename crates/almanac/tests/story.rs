//! The city's own days from a file to rows and back, on both databases.

use jiff::civil::date;
use torg_almanac::{
    Entry, EntryInput, ImportReport, Sort, export_almanac, import_almanac, list, list_canonical,
    load, parse_almanac, remove_entry, save_entry,
};
use torg_db::Database;
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_kernel::{Actor, AlmanacEntryId, Problem, Result, SystemIds, Timestamp};
use torg_log::{Author, PayloadClass, PayloadState, history};
use torg_testkit::{TestDatabase, both};

const DEMO: &[u8] = include_bytes!("../../../demo/almanac.json");
const NOW: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_almanac::migrations::migrations());
        all
    }
}

async fn import(database: &Database, bytes: &[u8]) -> Result<ImportReport> {
    let entries = parse_almanac(bytes)?;
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("import");
                let author = Author {
                    actor: &actor,
                    now: NOW,
                    ids: &SystemIds,
                };
                import_almanac(context, author, entries).await
            })
        })
        .await
}

async fn save(
    database: &Database,
    own: Option<AlmanacEntryId>,
    data: EntryInput,
) -> Result<(AlmanacEntryId, bool)> {
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("test");
                let author = Author {
                    actor: &actor,
                    now: NOW,
                    ids: &SystemIds,
                };
                save_entry(context, author, own, data).await
            })
        })
        .await
}

async fn remove(database: &Database, id: AlmanacEntryId) -> Result<()> {
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("test");
                let author = Author {
                    actor: &actor,
                    now: NOW,
                    ids: &SystemIds,
                };
                remove_entry(context, author, id).await
            })
        })
        .await
}

#[tokio::test]
async fn a_file_comes_in_once_and_comes_back_as_it_went() {
    both!(Migrator, |test: TestDatabase| async move {
        let database = &test.database;
        let first = import(database, DEMO).await.expect("imports");
        assert!(first.created >= 30, "the demo has breaks for four years");
        let again = import(database, DEMO).await.expect("imports");
        let unchanged = first.created;
        assert_eq!(
            again,
            ImportReport {
                created: 0,
                changed: 0,
                unchanged
            }
        );

        let snapshot = database.snapshot().await.expect("reads");
        let almanac = load(&*snapshot).await.expect("reads");
        for year in 2025..=2028 {
            let breaks = almanac.breaks(date(year, 1, 9), date(year, 12, 20));
            let keys: Vec<&str> = breaks.iter().map(|it| it.data.key.as_str()).collect();
            assert_eq!(
                keys,
                [
                    "sport_break",
                    "easter_break",
                    "summer_break",
                    "autumn_break"
                ],
                "{year}"
            );
        }
        for (subject, now) in list_canonical(&*snapshot).await.expect("reads") {
            let last = history(&*snapshot, &subject, &[PayloadClass::Public], 1)
                .await
                .expect("reads");
            let PayloadState::Whole { after, .. } = &last[0].payload else {
                panic!("the payload is there");
            };
            assert_eq!(after.as_deref(), Some(now.as_str()), "{}", test.engine);
        }
        let exported = export_almanac(&*snapshot).await.expect("exports");
        let exported = exported.expect("there are entries");
        drop(snapshot);
        let empty = torg_testkit::sqlite::<Migrator>().await;
        import(&empty.database, exported.as_bytes())
            .await
            .expect("imports");
        let snapshot = empty.database.snapshot().await.expect("reads");
        let copy = export_almanac(&*snapshot).await.expect("exports");
        assert_eq!(copy.as_deref(), Some(exported.as_str()));
    });
}

#[tokio::test]
async fn days_are_added_changed_and_taken_away() {
    both!(Migrator, |test: TestDatabase| async move {
        let database = &test.database;
        let snapshot = database.snapshot().await.expect("reads");
        assert_eq!(export_almanac(&*snapshot).await.expect("exports"), None);
        drop(snapshot);
        let night = EntryInput {
            sort: Sort::Own,
            key: "culture_night".to_owned(),
            name_sv: " Kulturnatta ".to_owned(),
            name_en: String::new(),
            first: date(2026, 10, 9),
            last: date(2026, 10, 9),
        };
        let (id, _) = save(database, None, night.clone()).await.expect("saves");
        let moved = EntryInput {
            last: date(2026, 10, 10),
            ..night.clone()
        };
        let (_, changed) = save(database, Some(id), moved.clone())
            .await
            .expect("saves");
        assert!(changed);
        let (_, changed) = save(database, Some(id), moved.clone())
            .await
            .expect("saves");
        assert!(!changed, "nothing differs");

        let fields = |outcome: Result<(AlmanacEntryId, bool)>| match outcome {
            Err(Problem::Invalid(errors)) => {
                errors.into_iter().map(|it| it.field).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        let over = EntryInput {
            first: date(2026, 10, 10),
            last: date(2026, 10, 11),
            ..night.clone()
        };
        assert_eq!(fields(save(database, None, over).await), ["first"]);
        let other_sort = EntryInput {
            sort: Sort::Break,
            first: date(2027, 10, 9),
            last: date(2027, 10, 9),
            ..night
        };
        assert_eq!(fields(save(database, None, other_sort).await), ["key"]);

        remove(database, id).await.expect("removes");
        assert!(matches!(remove(database, id).await, Err(Problem::NotFound)));
        let again = save(database, Some(id), moved).await;
        assert!(matches!(again, Err(Problem::NotFound)));
        let snapshot = database.snapshot().await.expect("reads");
        let left: Vec<Entry> = list(&*snapshot).await.expect("reads");
        assert!(left.is_empty());
    });
}

#[tokio::test]
async fn a_file_with_faults_changes_nothing_and_each_fault_is_named() {
    both!(Migrator, |test: TestDatabase| async move {
        let fields = |outcome: Result<Vec<EntryInput>>| match outcome {
            Err(Problem::Invalid(errors)) => {
                errors.into_iter().map(|it| it.field).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(fields(parse_almanac(b"{")), ["file"]);
        let wrong =
            br#"[{"sort":"break","key":"sport_break","first":"2026-02-13","last":"2026-02-09"},
            {"sort":"own","key":"a","first":"2026-02-30","last":"2026-03-01"},
            {"sort":"own","key":"B","name_sv":"B","first":"2026-03-01","last":"2026-03-01"},
            {"sort":"break","key":"sport_break","first":"2026-02-09","last":"2026-02-13"},
            {"sort":"break","key":"sport_break","first":"2026-02-13","last":"2026-02-14"},
            {"sort":"holiday","key":"x","first":"2026-02-13","last":"2026-02-14"}]"#;
        assert_eq!(
            fields(parse_almanac(wrong)),
            ["1:last", "2:first", "3:key", "5:first", "6:sort"]
        );
        let refused = import(&test.database, wrong).await;
        assert!(matches!(refused, Err(Problem::Invalid(_))));
        let snapshot = test.database.snapshot().await.expect("reads");
        assert!(list(&*snapshot).await.expect("reads").is_empty());
    });
}
