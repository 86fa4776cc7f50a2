//! People, organisations, grants and log-ins, on both databases.

use std::net::IpAddr;
use std::sync::Arc;

use torg_accounts::{
    AccountSettings, Accounts, ImportReport, LogIn, LogInOutcome, NewPerson, Source,
};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, fetch_all, scalar};
use torg_kernel::{
    Actor, AuthorityId, Locale, ManualClock, OrganisationId, Permission, PersonId, Problem,
    SessionId, Subject, SystemIds, Timestamp,
};
use torg_log::{PayloadClass, PayloadState, history};
use torg_testkit::{TestDatabase, both};
use torg_web::{Caller, Identity, Organisations};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_notify::migrations::migrations());
        all.extend(torg_accounts::migrations::migrations());
        all
    }
}

/// 2026-03-03 13:00 in the city.
const NOON: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);
const DAY: i64 = 86_400;
const PASSWORD: &str = "tre gula spårvagnar";

const TREE: &str = "key,kind,parent,name_sv,name_en\n\
    stad,city,,Staden,The City\n\
    a,committee,stad,Äldrenämnden,Elderly Committee\n\
    b,committee,stad,Byggnadsnämnden,Planning Committee\n\
    b-plan,department,b,Planavdelningen,\n\
    b-karta,unit,b-plan,\"Kartor, mått\",Maps\n\
    hamn,company,stad,Hamnen AB,The Port\n";

struct House {
    accounts: Accounts,
    clock: Arc<ManualClock>,
    database: Database,
}

fn system() -> Actor {
    Actor::system("test")
}

async fn house(test: &TestDatabase) -> House {
    let clock = Arc::new(ManualClock::new(NOON));
    let accounts = Accounts::new(
        test.database.clone(),
        clock.clone(),
        Arc::new(SystemIds),
        AccountSettings::default(),
    );
    accounts.ensure_roles(&system()).await.expect("roles");
    accounts
        .import_organisations(&system(), TREE.as_bytes())
        .await
        .expect("organisations");
    House {
        accounts,
        clock,
        database: test.database.clone(),
    }
}

impl House {
    async fn person(&self, email: &str) -> PersonId {
        let new = NewPerson {
            email: email.to_owned(),
            name: "Åsa Öberg".to_owned(),
        };
        let id = self
            .accounts
            .add_person(&system(), &new)
            .await
            .expect("is added");
        self.accounts
            .set_password(&system(), email, PASSWORD)
            .await
            .expect("has a password");
        id
    }

    async fn log_in(&self, email: &str, password: &str, from: [u8; 4]) -> LogInOutcome {
        self.accounts
            .log_in(LogIn {
                email: email.to_owned(),
                password: password.to_owned(),
                source: Source::from(IpAddr::from(from)),
                user_agent: "Test\0läsare".to_owned(),
            })
            .await
            .expect("an answer")
    }

    async fn token(&self, email: &str) -> (String, SessionId) {
        match self.log_in(email, PASSWORD, [192, 0, 2, 1]).await {
            LogInOutcome::LoggedIn { token, session, .. } => (token, session),
            other => panic!("{other:?}"),
        }
    }

    async fn caller(&self, token: &str) -> Option<Arc<Caller>> {
        self.accounts.find_caller(token).await.expect("an answer")
    }

    async fn id(&self, key: &str) -> OrganisationId {
        let tree = self.accounts.organisations().await.expect("a tree");
        tree.find_by_key(key).expect("is there").id
    }

    async fn may(&self, token: &str, permission: Permission, key: &str) -> bool {
        let id = self.id(key).await;
        self.caller(token)
            .await
            .is_some_and(|caller| caller.may(permission, id))
    }

    async fn count(&self, sql: &str) -> i64 {
        let snapshot = self.database.snapshot().await.expect("reads");
        scalar(&*snapshot, sql, vec![]).await.expect("counts")
    }

    async fn kinds(&self, person: PersonId) -> Vec<String> {
        let snapshot = self.database.snapshot().await.expect("reads");
        let mut events = history(&*snapshot, &Subject::new("person", person), &[], 50)
            .await
            .expect("reads");
        events.reverse();
        events.into_iter().map(|event| event.kind).collect()
    }
}

fn fields(problem: Problem) -> Vec<String> {
    match problem {
        Problem::Invalid(errors) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn organisations_come_in_twice_and_go_out_the_same() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        let accounts = &house.accounts;
        let events = "SELECT count(*) FROM event WHERE subject_kind = 'organisation'";
        assert_eq!(house.count(events).await, 6);
        let again = accounts
            .import_organisations(&system(), TREE.as_bytes())
            .await
            .expect("comes in again");
        let unchanged = |unchanged| ImportReport {
            unchanged,
            ..ImportReport::default()
        };
        assert_eq!(again, unchanged(6), "{}", test.engine);
        assert_eq!(
            house.count(events).await,
            6,
            "nothing changed, nothing is told"
        );

        let out = accounts.export_organisations().await.expect("goes out");
        let head = TREE.lines().next().expect("a head");
        assert_eq!(out.lines().next(), Some(&*format!("{head},id,ended")));
        // å, ä and ö sort after z: Äldrenämnden comes last.
        assert!(
            out.lines()
                .last()
                .is_some_and(|line| line.starts_with("a,committee"))
        );
        let report = accounts
            .import_organisations(&system(), out.as_bytes())
            .await;
        assert_eq!(report.expect("comes in"), unchanged(6));

        let tree = accounts.organisations().await.expect("a tree");
        let maps = tree.find_by_key("b-karta").expect("is there");
        let keys = |found: Vec<&torg_accounts::Organisation>| -> Vec<String> {
            found.into_iter().map(|found| found.key.clone()).collect()
        };
        assert_eq!(keys(tree.ancestors(maps.id)), ["b-plan", "b", "stad"]);
        let b = house.id("b").await;
        assert_eq!(keys(tree.descendants(b)), ["b-plan", "b-karta"]);
        assert_eq!(tree.authority_of(maps.id), Some(AuthorityId(b.0)));
        assert_eq!(tree.authority_of(house.id("stad").await), None);
        assert_eq!(maps.name(Locale::EN), "Maps");
        let plan = tree.find_by_key("b-plan").expect("is there");
        assert_eq!(plan.name(Locale::EN), "Planavdelningen");

        let snapshot = test.database.snapshot().await.expect("reads");
        let list = accounts.list(&snapshot).await.expect("a list");
        drop(snapshot);
        assert_eq!(
            list.by_key("b-karta").and_then(|entry| entry.authority),
            Some(AuthorityId(b.0))
        );
        assert_eq!(list.root().map(|entry| entry.key.as_str()), Some("stad"));

        // Moving a department takes what lies under it to the other authority, with events.
        let moved = "key,kind,parent,name_sv,name_en\nb-plan,department,a,Planavdelningen,\n";
        let report = accounts
            .import_organisations(&system(), moved.as_bytes())
            .await
            .expect("moves");
        assert_eq!((report.added, report.changed, report.unchanged), (0, 2, 0));
        let tree = accounts.organisations().await.expect("a tree");
        let a = house.id("a").await;
        assert_eq!(tree.authority_of(maps.id), Some(AuthorityId(a.0)));
        assert_eq!(house.count(events).await, 8);
    });
}

#[tokio::test]
async fn the_demo_citys_file_comes_in_and_out() {
    let test = torg_testkit::sqlite::<Migrator>().await;
    let accounts = Accounts::new(
        test.database.clone(),
        Arc::new(ManualClock::new(NOON)),
        Arc::new(SystemIds),
        AccountSettings::default(),
    );
    let file = include_bytes!("../../../demo/organisations.csv");
    let report = accounts
        .import_organisations(&system(), file)
        .await
        .expect("comes in");
    assert!(report.added > 20, "{report:?}");
    let out = accounts.export_organisations().await.expect("goes out");
    let again = accounts
        .import_organisations(&system(), out.as_bytes())
        .await;
    assert_eq!(again.expect("comes in again").unchanged, report.added);
}

#[tokio::test]
async fn a_wrong_tree_changes_nothing() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        let head = "key,kind,parent,name_sv,name_en\n";
        for (rows, expected) in [
            ("c,committee,nobody,C,\nd,unit,c,D,\n", vec!["2:parent"]),
            ("stad2,city,,Andra,\n", vec!["2:kind"]),
            ("c,committee,hamn,C,\n", vec!["2:parent"]),
            (
                "b-plan,department,x,B,\nx,department,b-plan,X,\n",
                vec!["2:parent", "3:parent"],
            ),
            // The department under it is not in the file, but cannot lie under a unit.
            ("b,unit,stad,B,\n", vec!["2:kind"]),
        ] {
            let file = format!("{head}{rows}");
            let answer = house
                .accounts
                .import_organisations(&system(), file.as_bytes())
                .await;
            assert_eq!(fields(answer.expect_err("is refused")), expected, "{rows}");
        }
        let out = house
            .accounts
            .export_organisations()
            .await
            .expect("goes out");
        assert_eq!(out.lines().count(), 7);
        assert_eq!(house.count("SELECT count(*) FROM organisation").await, 6);
    });
}

#[tokio::test]
async fn delivered_roles_are_put_in_place_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        assert_eq!(
            house.accounts.ensure_roles(&system()).await.expect("again"),
            0
        );
        let roles = house.accounts.roles().await.expect("roles");
        let keys: Vec<&str> = roles.iter().map(|role| role.key.as_str()).collect();
        assert_eq!(
            keys,
            [
                "administrator",
                "archivist",
                "case_handler",
                "channel_owner",
                "committee_secretary",
                "contributor",
                "coordination_member",
                "crisis_publisher",
                "customer_representative",
                "data_protection_officer",
                "editor",
                "moderator",
                "open_data_publisher",
                "portfolio_manager",
                "publisher",
                "reader",
                "registrar",
                "service_guide",
                "service_owner",
                "unit_editor",
                "web_strategist"
            ]
        );
        assert_eq!(roles[0].permissions, Permission::ALL);
        // A city's own change stays; the administrator gets back what is missing.
        test.database
            .write(|context| {
                Box::pin(async move {
                    torg_db::execute(
                        &**context,
                        "DELETE FROM role_permission WHERE permission IN ('page.read', 'log.read')",
                        vec![],
                    )
                    .await?;
                    Ok(())
                })
            })
            .await
            .expect("changes");
        assert_eq!(
            house.accounts.ensure_roles(&system()).await.expect("again"),
            1
        );
        let roles = house.accounts.roles().await.expect("roles");
        assert_eq!(roles[0].permissions, Permission::ALL);
        let reader = roles
            .iter()
            .find(|role| role.key == "reader")
            .expect("is there");
        assert_eq!(reader.permissions, [Permission::WorkspaceUse]);
    });
}

/// A city that was there before the roles and permissions that came later: each comes once, to
/// roles of the city's own making too, and what the city takes away stays away.
#[tokio::test]
async fn a_city_that_has_roles_gets_what_is_new_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        let sql = |lines: &'static [&'static str]| {
            let database = test.database.clone();
            async move {
                database
                    .write(move |context| {
                        Box::pin(async move {
                            for line in lines {
                                torg_db::execute(&**context, line, vec![]).await?;
                            }
                            Ok(())
                        })
                    })
                    .await
                    .expect("changes");
            }
        };
        // As it stood when reader and editor were all there was, and the city had changed both and
        // made a role of its own from the publisher.
        sql(&[
            "DELETE FROM role_permission WHERE permission IN ('page.review', 'media.edit')",
            "DELETE FROM role_permission WHERE role_id IN \
             (SELECT id FROM role WHERE key NOT IN ('administrator', 'reader', 'editor', 'publisher'))",
            "DELETE FROM role WHERE key NOT IN ('administrator', 'reader', 'editor', 'publisher')",
            "UPDATE role SET key = 'own', name_sv = 'Egen' WHERE key = 'publisher'",
            "DELETE FROM role_permission WHERE permission = 'log.read' AND role_id IN \
             (SELECT id FROM role WHERE key = 'editor')",
            "DELETE FROM role_offer WHERE role_key NOT IN ('administrator', 'reader', 'editor')",
            "DELETE FROM role_offer WHERE permission IN ('page.review', 'media.edit')",
        ])
        .await;
        let written = house.accounts.ensure_roles(&system()).await.expect("new");
        // All delivered roles but reader, and the city's own.
        assert_eq!(written, 21);
        let held = async |key: &str| {
            let roles = house.accounts.roles().await.expect("roles");
            let role = roles.into_iter().find(|role| role.key == key);
            role.map(|role| role.permissions).unwrap_or_default()
        };
        let editor = held("editor").await;
        assert!(
            editor.contains(&Permission::PageReview) && editor.contains(&Permission::MediaEdit)
        );
        assert!(
            !editor.contains(&Permission::LogRead),
            "taken away by the city"
        );
        let own = held("own").await;
        assert!(own.contains(&Permission::PageReview) && own.contains(&Permission::MediaEdit));
        assert!(
            held("moderator")
                .await
                .contains(&Permission::CommentModerate)
        );
        // What the city takes away of the new is not given back, not even a whole role.
        sql(&[
            "DELETE FROM role_permission WHERE permission = 'media.edit' AND role_id IN \
             (SELECT id FROM role WHERE key IN ('editor', 'own'))",
            "DELETE FROM role_permission WHERE role_id IN (SELECT id FROM role WHERE key = 'moderator')",
            "DELETE FROM role WHERE key = 'moderator'",
        ])
        .await;
        assert_eq!(
            house.accounts.ensure_roles(&system()).await.expect("again"),
            0
        );
        assert!(!held("editor").await.contains(&Permission::MediaEdit));
        assert!(!held("own").await.contains(&Permission::MediaEdit));
        assert!(held("moderator").await.is_empty());
    });
}

/// The step that brings the table of offers into a city that has roles from before it.
#[tokio::test]
async fn roles_from_before_the_offers_count_as_offered() {
    struct First;
    impl MigratorTrait for First {
        fn migrations() -> Vec<Box<dyn MigrationTrait>> {
            let mut all = torg_log::migrations::migrations();
            all.extend(torg_accounts::migrations::migrations().into_iter().take(1));
            all
        }
    }
    both!(First, |test: TestDatabase| async move {
        test.database
            .write(|context| {
                Box::pin(async move {
                    for line in [
                        "INSERT INTO role (id, key, name_sv, name_en) \
                         SELECT id, 'editor', 'Redaktör', 'Editor' FROM person",
                        "INSERT INTO role_permission (role_id, permission) \
                         SELECT id, 'page.edit' FROM role",
                    ] {
                        if line.starts_with("INSERT INTO role (") {
                            let id = PersonId::new(&SystemIds, NOON);
                            torg_db::execute(
                                &**context,
                                "INSERT INTO person (id, email, name, created_at) \
                                 VALUES ($1, 'asa@stad.example', 'Åsa', 0)",
                                vec![id.0.into()],
                            )
                            .await?;
                        }
                        torg_db::execute(&**context, line, vec![]).await?;
                    }
                    Ok(())
                })
            })
            .await
            .expect("a role from before");
        torg_db::migrate::<Migrator>(&test.database)
            .await
            .expect("migrates");
        let accounts = Accounts::new(
            test.database.clone(),
            Arc::new(ManualClock::new(NOON)),
            Arc::new(SystemIds),
            AccountSettings::default(),
        );
        accounts.ensure_roles(&system()).await.expect("roles");
        let roles = accounts.roles().await.expect("roles");
        let editor = roles.iter().find(|role| role.key == "editor");
        // The permissions that the city had taken away are not given back; the new ones come.
        assert_eq!(
            editor.expect("is there").permissions,
            [
                Permission::PageEdit,
                Permission::PageReview,
                Permission::MediaEdit,
                Permission::EventEdit
            ]
        );
    });
}

#[tokio::test]
async fn logging_in_right_wrong_slowed_and_closed() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        let person = house.person("Asa@Stad.Example").await;
        let home = [192, 0, 2, 1];
        let thief = [198, 51, 100, 9];

        let right = house.log_in(" asa@stad.EXAMPLE ", PASSWORD, home).await;
        let LogInOutcome::LoggedIn {
            token, expires_at, ..
        } = right
        else {
            panic!("{right:?}");
        };
        assert_eq!(expires_at, NOON.plus_seconds(DAY));
        assert_eq!(house.caller(&token).await.expect("is in").person, person);
        assert!(house.caller(&"0".repeat(32)).await.is_none());
        assert!(house.caller("").await.is_none());

        // The token itself is nowhere in the database.
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            token_hash: Vec<u8>,
            user_agent: String,
        }
        let snapshot = test.database.snapshot().await.expect("reads");
        let rows: Vec<Row> = fetch_all(
            &*snapshot,
            "SELECT token_hash, user_agent FROM session",
            vec![],
        )
        .await
        .expect("rows");
        drop(snapshot);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].token_hash.len(), 32);
        assert_ne!(torg_kernel::hex(&rows[0].token_hash)[..32], token);
        assert_eq!(rows[0].user_agent, "Test läsare");

        // The third wrong one makes the thief wait, and the waits grow; an unknown account too.
        for email in ["asa@stad.example", "ingen@stad.example"] {
            for _ in 0..3 {
                let answer = house.log_in(email, "fel lösenord här", thief).await;
                assert_eq!(answer, LogInOutcome::Refused, "{email}");
            }
            assert_eq!(
                house.log_in(email, PASSWORD, thief).await,
                LogInOutcome::Wait { seconds: 1 },
                "even the right one: {email}"
            );
        }
        house.clock.advance_seconds(1);
        let answer = house
            .log_in("asa@stad.example", "fel igen, suck", thief)
            .await;
        assert_eq!(answer, LogInOutcome::Refused);
        let answer = house
            .log_in("asa@stad.example", "fel igen, suck", thief)
            .await;
        assert_eq!(answer, LogInOutcome::Wait { seconds: 2 });
        // The person at home is not slowed.
        let answer = house.log_in("asa@stad.example", PASSWORD, home).await;
        assert!(
            matches!(answer, LogInOutcome::LoggedIn { .. }),
            "{answer:?}"
        );

        assert_eq!(
            house.kinds(person).await,
            [
                "person.added",
                "person.password_changed",
                "person.logged_in",
                "person.log_in_failed",
                "person.log_in_failed",
                "person.log_in_failed",
                "person.log_in_failed",
                "person.logged_in",
            ]
        );
        let told = "SELECT count(*) FROM event_payload WHERE after LIKE '%fel %' \
                    OR after LIKE '%spårvagnar%' OR after LIKE '%ingen@%'";
        assert_eq!(house.count(told).await, 0, "no password is written down");
        let classes = "SELECT count(*) FROM event WHERE subject_kind IN ('person', 'log_in') \
                       AND class <> 'internal'";
        assert_eq!(house.count(classes).await, 0);
        let unknown = "SELECT count(*) FROM event WHERE subject_kind = 'log_in'";
        assert_eq!(
            house.count(unknown).await,
            0,
            "anybody can make up accounts"
        );
        let counted = "SELECT count(*) FROM login_attempt WHERE failures = 3";
        assert_eq!(house.count(counted).await, 2, "the account's and the sum");

        house
            .accounts
            .set_disabled(&system(), "asa@stad.example", true)
            .await
            .expect("is closed");
        assert!(house.caller(&token).await.is_none(), "closed at once");
        let answer = house.log_in("asa@stad.example", PASSWORD, home).await;
        assert_eq!(answer, LogInOutcome::Refused);
        house
            .accounts
            .set_disabled(&system(), "asa@stad.example", false)
            .await
            .expect("is opened");
        assert!(
            house.caller(&token).await.is_none(),
            "old log-ins stay ended"
        );
        let answer = house.log_in("asa@stad.example", PASSWORD, home).await;
        assert!(
            matches!(answer, LogInOutcome::LoggedIn { .. }),
            "{answer:?}"
        );
    });
}

#[tokio::test]
async fn many_guesses_at_once_are_counted_like_many_in_a_row() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = Arc::new(house(&test).await);
        house.person("asa@stad.example").await;
        let guesses: Vec<_> = (0..20)
            .map(|n| {
                let house = house.clone();
                tokio::spawn(async move {
                    let guess = format!("gissning nummer {n}");
                    house
                        .log_in("asa@stad.example", &guess, [198, 51, 100, 9])
                        .await
                })
            })
            .collect();
        let mut looked_at = 0;
        for guess in guesses {
            looked_at += usize::from(guess.await.expect("answers") == LogInOutcome::Refused);
        }
        assert_eq!(looked_at, 3, "{}", test.engine);
    });
}

#[tokio::test]
async fn one_password_tried_on_all_accounts_is_slowed_for_its_source_alone() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        house.person("asa@stad.example").await;
        let (home, thief) = ([192, 0, 2, 1], [198, 51, 100, 9]);
        let spray = |n: i32| {
            let email = format!("namn{n}@stad.example");
            let house = &house;
            async move { house.log_in(&email, "Sommaren 2026!!", thief).await }
        };
        let events = "SELECT count(*) FROM event";
        let before = house.count(events).await;
        for n in 0..20 {
            assert_eq!(spray(n).await, LogInOutcome::Refused, "{n}");
        }
        assert_eq!(house.count(events).await, before, "the log does not grow");
        let mut waits = Vec::new();
        for n in 20..28 {
            let LogInOutcome::Wait { seconds } = spray(n).await else {
                panic!("number {n} is let in");
            };
            waits.push(seconds);
            house.clock.advance_seconds(seconds);
            assert_eq!(spray(n).await, LogInOutcome::Refused, "{n}");
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60], "{}", test.engine);
        // An account that is there waits as well, with the right password; elsewhere it does not.
        let right = |from| house.log_in("asa@stad.example", PASSWORD, from);
        assert_eq!(right(thief).await, LogInOutcome::Wait { seconds: 60 });
        assert!(matches!(right(home).await, LogInOutcome::LoggedIn { .. }));
        house.clock.advance_seconds(60);
        assert!(matches!(right(thief).await, LogInOutcome::LoggedIn { .. }));
        // An hour forgives twenty, a day everything.
        house.clock.advance_seconds(3_600);
        for n in 100..112 {
            assert_eq!(spray(n).await, LogInOutcome::Refused, "{n}");
        }
        house.clock.advance_seconds(2 * DAY);
        house.accounts.purge_sessions().await.expect("is tidied");
        let rows = "SELECT count(*) FROM login_attempt";
        assert_eq!(house.count(rows).await, 0);
    });
}

#[tokio::test]
async fn an_office_behind_one_address_is_not_slowed_by_a_few_who_type_wrong() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        let office = [192, 0, 2, 1];
        for n in 0..30 {
            let email = format!("namn{}@stad.example", n % 15);
            if n < 15 {
                house.person(&email).await;
            }
            let wrong = house.log_in(&email, "fel lösenord här", office).await;
            assert_eq!(wrong, LogInOutcome::Refused, "{n}");
            let right = house.log_in(&email, PASSWORD, office).await;
            assert!(
                matches!(right, LogInOutcome::LoggedIn { .. }),
                "{n} {right:?}"
            );
        }
    });
}

#[tokio::test]
async fn a_crowd_at_the_door_is_sent_away_and_not_counted() {
    both!(Migrator, |test: TestDatabase| async move {
        let settings = AccountSettings {
            checks_at_once: 1,
            ..AccountSettings::default()
        };
        let accounts = Accounts::new(
            test.database.clone(),
            Arc::new(ManualClock::new(NOON)),
            Arc::new(SystemIds),
            settings,
        );
        // More than one turn can look at in five seconds: each takes over five milliseconds.
        let crowd: Vec<_> = (0..1_000_u32)
            .map(|n| {
                let accounts = accounts.clone();
                tokio::spawn(async move {
                    let attempt = LogIn {
                        email: "ingen@stad.example".to_owned(),
                        password: PASSWORD.to_owned(),
                        source: Source::from(IpAddr::from((0x0A00_0000 + n).to_be_bytes())),
                        user_agent: String::new(),
                    };
                    accounts.log_in(attempt).await.expect("an answer")
                })
            })
            .collect();
        let (mut refused, mut sent_away) = (0, 0);
        for one in crowd {
            match one.await.expect("does not panic") {
                LogInOutcome::Refused => refused += 1,
                LogInOutcome::Wait { seconds: 5 } => sent_away += 1,
                other => panic!("{other:?}"),
            }
        }
        assert!(refused > 0 && sent_away > 0, "{refused} {sent_away}");
        let snapshot = test.database.snapshot().await.expect("reads");
        let sql = "SELECT count(*) FROM login_attempt WHERE failures = 1";
        let counted = scalar(&*snapshot, sql, vec![]).await.expect("counts");
        assert_eq!(
            counted,
            3 * refused,
            "for the account, the source and the unknown, and nobody sent away"
        );
    });
}

#[tokio::test]
async fn sessions_end_by_themselves_and_by_hand() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        let person = house.person("asa@stad.example").await;
        let (idle, _) = house.token("asa@stad.example").await;
        let (used, used_id) = house.token("asa@stad.example").await;
        // Used every seven hours, a session lives until the day is over; unused, eight hours.
        for _ in 0..3 {
            house.clock.advance_seconds(7 * 3_600);
            assert!(house.caller(&used).await.is_some());
        }
        assert!(house.caller(&idle).await.is_none());
        let shown = house
            .accounts
            .list_sessions(person, used_id)
            .await
            .expect("a list");
        assert_eq!(shown.len(), 1);
        assert!(shown[0].current);
        house.clock.advance_seconds(3 * 3_600 - 1);
        assert!(house.caller(&used).await.is_some());
        house.clock.advance_seconds(1);
        assert!(
            house.caller(&used).await.is_none(),
            "a day after the log-in, to the second"
        );
        assert_eq!(house.accounts.purge_sessions().await.expect("purges"), 2);

        let (one, one_id) = house.token("asa@stad.example").await;
        let (two, two_id) = house.token("asa@stad.example").await;
        let (three, _) = house.token("asa@stad.example").await;
        for token in [&one, &two, &three] {
            assert!(house.caller(token).await.is_some());
        }
        let other = house.person("bo@stad.example").await;
        let answer = house.accounts.end_session(other, two_id).await;
        assert!(matches!(answer, Err(Problem::NotFound)), "not one's own");
        house
            .accounts
            .end_session(person, two_id)
            .await
            .expect("ends");
        assert!(house.caller(&two).await.is_none());
        assert_eq!(
            house
                .accounts
                .end_other_sessions(person, one_id)
                .await
                .expect("ends"),
            1
        );
        assert!(house.caller(&three).await.is_none());
        assert!(house.caller(&one).await.is_some());

        // A new password ends the other log-ins, and the old one no longer works.
        let (two, _) = house.token("asa@stad.example").await;
        assert!(house.caller(&two).await.is_some());
        let change = |current: &'static str, new: &'static str| {
            let accounts = house.accounts.clone();
            async move {
                accounts
                    .change_own_password(person, one_id, current, new)
                    .await
            }
        };
        let wrong = change("fel", "ett helt nytt lösenord").await;
        assert_eq!(fields(wrong.expect_err("refuses")), ["current"]);
        let short = change(PASSWORD, "för kort").await;
        assert_eq!(fields(short.expect_err("refuses")), ["password"]);
        change(PASSWORD, "ett helt nytt lösenord")
            .await
            .expect("changes");
        assert!(house.caller(&two).await.is_none());
        assert!(house.caller(&one).await.is_some());
        let old = house
            .log_in("asa@stad.example", PASSWORD, [192, 0, 2, 1])
            .await;
        assert_eq!(old, LogInOutcome::Refused);

        house
            .accounts
            .log_out(person, one_id)
            .await
            .expect("logs out");
        assert!(house.caller(&one).await.is_none());
        house
            .accounts
            .log_out(person, one_id)
            .await
            .expect("is out already");
        let kinds = house.kinds(person).await;
        assert_eq!(
            kinds
                .iter()
                .filter(|kind| *kind == "person.logged_out")
                .count(),
            1
        );
        assert_eq!(
            kinds
                .iter()
                .filter(|kind| *kind == "person.session_ended")
                .count(),
            2
        );
    });
}

#[tokio::test]
async fn grants_hold_between_their_dates_and_reach_downwards() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        let person = house.person("asa@stad.example").await;
        let date = |text: &str| Some(text.parse().expect("a date"));
        let grant = |role: &'static str, organisation: &'static str, from, to| {
            let accounts = house.accounts.clone();
            async move {
                accounts
                    .grant(&system(), "asa@stad.example", role, organisation, from, to)
                    .await
            }
        };
        let (token, _) = house.token("asa@stad.example").await;
        assert!(house.caller(&token).await.expect("is in").scopes.is_empty());

        let editor = grant("editor", "b", None, None).await.expect("is granted");
        assert_eq!(
            grant("editor", "b", None, None).await.expect("the same"),
            editor
        );
        for (key, expected) in [
            ("b", true),
            ("b-plan", true),
            ("b-karta", true),
            ("a", false),
            ("stad", false),
        ] {
            assert_eq!(
                house.may(&token, Permission::PageEdit, key).await,
                expected,
                "{key}"
            );
        }
        assert!(!house.may(&token, Permission::PagePublish, "b").await);
        let caller = house.caller(&token).await.expect("is in");
        let b = house.id("b").await;
        assert!(
            caller.scopes[&Permission::PageEdit]
                .authorities
                .contains(&AuthorityId(b.0))
        );

        // A grant for the city reaches everything but gives no authority its secrets.
        let publisher = grant("publisher", "stad", None, None)
            .await
            .expect("is granted");
        assert!(house.may(&token, Permission::PagePublish, "hamn").await);
        let caller = house.caller(&token).await.expect("is in");
        assert!(
            caller.scopes[&Permission::PagePublish]
                .authorities
                .is_empty()
        );
        let same = Identity::caller(&house.accounts, &token)
            .await
            .expect("an answer");
        assert_eq!(same.as_ref(), Some(&*caller));
        assert!(caller.may_within(Permission::PageEdit, AuthorityId(b.0)));
        assert!(!caller.may_within(Permission::PagePublish, AuthorityId(b.0)));
        // The nearest role is the one that is written down.
        let roles = house.accounts.roles().await.expect("roles");
        let role = |key: &str| {
            roles
                .iter()
                .find(|role| role.key == key)
                .expect("is there")
                .id
        };
        let edit = &caller.scopes[&Permission::PageEdit];
        assert_eq!(edit.organisations[&b], role("editor"));
        assert_eq!(edit.organisations[&house.id("a").await], role("publisher"));

        house
            .accounts
            .revoke(&system(), publisher)
            .await
            .expect("is taken away");
        assert!(
            !house.may(&token, Permission::PagePublish, "hamn").await,
            "at once"
        );
        let again = house.accounts.revoke(&system(), publisher).await;
        assert!(matches!(again, Err(Problem::NotFound)));
        let taken = house
            .accounts
            .revoke_role(&system(), "asa@stad.example", "editor", "b")
            .await;
        assert_eq!(taken.expect("is taken away"), 1);

        // From the fifth to the sixth, in the city's days: it is the third.
        grant("reader", "a", date("2026-03-05"), date("2026-03-06"))
            .await
            .expect("is granted");
        let mut days = Vec::new();
        for _ in 3..=7 {
            let (token, _) = house.token("asa@stad.example").await;
            days.push(house.may(&token, Permission::PageRead, "a").await);
            house.clock.advance_seconds(DAY);
        }
        assert_eq!(days, [false, false, true, true, false]);
        // A log-in that is open over midnight: 22:59:59 UTC on the fourth is 23:59:59 here.
        house.clock.set(NOON.plus_seconds(DAY + 10 * 3_600 + 3_599));
        let (token, _) = house.token("asa@stad.example").await;
        assert!(!house.may(&token, Permission::PageRead, "a").await);
        house.clock.advance_seconds(1);
        assert!(house.may(&token, Permission::PageRead, "a").await);

        let wrong = grant("reader", "a", date("2026-03-06"), date("2026-03-05")).await;
        assert_eq!(fields(wrong.expect_err("refuses")), ["valid_to"]);
        let wrong = grant("king", "a", None, None).await;
        assert_eq!(fields(wrong.expect_err("refuses")), ["role"]);
        let wrong = grant("reader", "nowhere", None, None).await;
        assert_eq!(fields(wrong.expect_err("refuses")), ["organisation"]);
        let kinds = house.kinds(person).await;
        assert_eq!(
            kinds
                .iter()
                .filter(|kind| *kind == "person.role_granted")
                .count(),
            3
        );
        assert_eq!(
            kinds
                .iter()
                .filter(|kind| *kind == "person.role_revoked")
                .count(),
            2
        );
        let entry = house
            .accounts
            .find_person_by_email("ASA@stad.example")
            .await
            .expect("reads");
        let entry = entry.expect("is there");
        assert_eq!(entry.grants.len(), 1);
        assert_eq!(entry.grants[0].role.key, "reader");
    });
}

#[tokio::test]
async fn accounts_are_checked_and_told_in_the_log() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(&test).await;
        let person = house.person("asa@stad.example").await;
        for (email, name, field) in [
            ("asa@stad.example", "Åsa", "email"),
            ("asa", "Åsa", "email"),
            ("a@b@c", "Åsa", "email"),
            ("a sa@stad.example", "Åsa", "email"),
            ("@stad.example", "Åsa", "email"),
            ("a@stad..example", "Åsa", "email"),
            ("bo@stad.example", " \0 ", "name"),
        ] {
            let new = NewPerson {
                email: email.to_owned(),
                name: name.to_owned(),
            };
            let answer = house.accounts.add_person(&system(), &new).await;
            assert_eq!(fields(answer.expect_err("refuses")), [field], "{email}");
        }
        let answer = house
            .accounts
            .set_password(&system(), "ingen@stad.example", PASSWORD)
            .await;
        assert_eq!(fields(answer.expect_err("refuses")), ["email"]);
        let generated = house.accounts.generate_password();
        house
            .accounts
            .set_password(&system(), "asa@stad.example", &generated)
            .await
            .expect("a generated password will do");
        let answer = house
            .log_in("asa@stad.example", &generated, [192, 0, 2, 1])
            .await;
        assert!(matches!(answer, LogInOutcome::LoggedIn { .. }));

        let snapshot = test.database.snapshot().await.expect("reads");
        let subject = Subject::new("person", person);
        let events = history(&*snapshot, &subject, &[PayloadClass::Internal], 50)
            .await
            .expect("reads");
        let added = events.last().expect("is there");
        assert_eq!(added.kind, "person.added");
        let PayloadState::Whole {
            after: Some(after), ..
        } = &added.payload
        else {
            panic!("{added:?}");
        };
        assert!(
            after.contains("asa@stad.example") && !after.contains("argon2"),
            "{after}"
        );
        assert_eq!(house.accounts.list_people().await.expect("a list").len(), 1);
    });
}
