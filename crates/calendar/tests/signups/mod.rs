//! Signing up to an event: from the form to the door, the queue, what is moved and called off, and what
//! the staff do.

use std::collections::BTreeMap;
use std::sync::Arc;

use sea_orm::FromQueryResult;
use torg_calendar::{Calendar, SendSettings};
use torg_db::{Database, fetch_all};
use torg_kernel::{Actor, RequestId, SystemIds, Timestamp};
use torg_log::Author;
use torg_testkit::{TestDatabase, both};

use super::town::{Migrator, NOW, Town, Units, at, attribute, count, fields, set, texts};
use super::{BOTH, NEW, filled, id_of, send};

const HOME: &str = "/kalendarium/anmalan";

/// A mail as it lies in the outbox.
struct Letter {
    to: String,
    kind: String,
    subject: String,
    text: String,
    key: String,
}

async fn letters(database: &Database) -> Vec<Letter> {
    #[derive(FromQueryResult)]
    struct Row {
        recipient: String,
        kind: String,
        subject: String,
        body: String,
        fills: String,
    }
    let snapshot = database.snapshot().await.expect("reads");
    let sql = "SELECT m.recipient, m.kind, c.subject, c.text_body AS body, m.fills FROM mail_outbox m \
               JOIN mail_content c ON c.id = m.content_id ORDER BY m.since, m.id";
    let rows: Vec<Row> = fetch_all(&*snapshot, sql, vec![]).await.expect("reads");
    snapshot.end().await.expect("ends");
    let letters = rows.into_iter().map(|row| {
        let fills: BTreeMap<String, String> = serde_json::from_str(&row.fills).expect("JSON");
        Letter {
            to: row.recipient,
            kind: row.kind,
            subject: row.subject,
            text: row.body.replace('\u{a0}', " "),
            key: fills.get("key").cloned().unwrap_or_default(),
        }
    });
    letters.collect()
}

/// The latest mail of a kind to somebody.
async fn letter(database: &Database, to: &str, kind: &str) -> Letter {
    let all = letters(database).await;
    let found = all
        .into_iter()
        .rev()
        .find(|own| own.to == to && own.kind == kind);
    found.unwrap_or_else(|| panic!("{kind} to {to}"))
}

async fn written(database: &Database, kind: &str) -> usize {
    letters(database)
        .await
        .iter()
        .filter(|own| own.kind == kind)
        .count()
}

/// What is done each minute.
async fn tend(database: &Database, now: Timestamp) {
    let sending = SendSettings::new("https://torg.example", "Göteborgs Stad");
    let calendar = Arc::new(Calendar::new(Arc::new(Units), sending));
    let work = |night: bool| {
        let calendar = calendar.clone();
        database.write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("job:tend_sign_ups");
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &SystemIds,
                };
                if night {
                    calendar.weed_sign_ups(context, author).await?;
                }
                calendar.tend_sign_ups(context, author).await
            })
        })
    };
    work(false).await.expect("is tended");
    work(true).await.expect("is weeded");
}

/// An event with places: its id and its page.
async fn event(town: &Town, repeat: bool, rules: &[(&str, &str)]) -> (String, String) {
    town.log_in("kulturnamnden", BOTH);
    let mut form = filled(town).await;
    if repeat {
        set(&mut form, "repeat", "weekly");
        set(&mut form, "until", "2026-12-03");
    }
    let (status, to) = send(town, NEW, &form, "publish").await;
    assert_eq!(status, 303, "{to}");
    let id = id_of(&to);
    let path = format!("/admin/calendar/{id}/sign-up");
    let (status, page) = town.get(&path).await;
    assert_eq!(status, 200);
    let mut form = fields(&page, &path);
    set(&mut form, "on", "1");
    for (name, value) in rules {
        if value.is_empty() {
            form.retain(|(own, _)| own != name);
        } else {
            set(&mut form, name, value);
        }
    }
    let (status, to) = send(town, &path, &form, "save").await;
    assert_eq!(status, 303, "{to}");
    (
        id,
        "/kalendarium/sagostund-pa-svenska-2026-11-19".to_owned(),
    )
}

/// Fills in the form a minute after it was opened.
async fn ask(town: &Town, page: &str, of: &str, who: &str, party: &str) -> (u16, String) {
    let path = format!("{page}/anmalan");
    let (status, html) = town.get(&format!("{path}?occasion={of}")).await;
    assert_eq!(status, 200);
    town.clock.advance_seconds(10);
    let mut form = fields(&html, &path);
    set(&mut form, "occasion", of);
    set(&mut form, "name", who);
    set(&mut form, "email", &format!("{who}@exempel.se"));
    set(&mut form, "party", party);
    town.post(&path, &form).await
}

async fn press(town: &Town, key: &str, deed: &str, party: &str) -> (u16, String) {
    let form: Vec<(String, String)> = [("key", key), ("do", deed), ("party", party)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
    town.post(HOME, &form).await
}

/// Signs up and confirms; says what came of it.
async fn come(
    town: &Town,
    database: &Database,
    page: &str,
    of: &str,
    who: &str,
) -> (String, String) {
    let (status, to) = ask(town, page, of, who, "1").await;
    assert_eq!((status, to.ends_with("/anmalan/tack")), (303, true), "{to}");
    let to = format!("{who}@exempel.se");
    let key = letter(database, &to, "signup.confirmation").await.key;
    let (status, to) = press(town, &key, "confirm", "").await;
    assert_eq!(status, 303);
    let done = to.rsplit("done=").next().unwrap_or_default().to_owned();
    (key, done)
}

const OF: &str = "2026-11-19T10:00";

#[tokio::test]
async fn somebody_signs_up_confirms_becomes_more_and_stays_away() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        let rules = [("places", "3"), ("largest_party", "2")];
        let (id, page) = event(&town, true, &rules).await;
        let (_, public) = town.get(&page).await;
        assert_eq!(texts(&public, ".signups .places"), ["3 platser kvar"; 3]);
        assert!(public.contains("\"remainingAttendeeCapacity\":3"));
        // A mail program that opens the link does nothing.
        let (status, to) = ask(&town, &page, OF, "maryam", "2").await;
        assert_eq!((status, to), (303, format!("{page}/anmalan/tack")));
        let mail = letter(&test.database, "maryam@exempel.se", "signup.confirmation").await;
        assert!(
            !mail.text.contains("maryam"),
            "nothing that was written goes to strangers"
        );
        assert!(
            mail.text.contains("torsdag 19 november 2026")
                && mail.text.contains("Stadsbiblioteket")
        );
        let (_, own) = town.get(&format!("{HOME}?key={}", mail.key)).await;
        assert_eq!(
            attribute(&own, ".ownsignup", "data-state"),
            ["waiting_confirmation"]
        );
        let (_, public) = town.get(&page).await;
        assert_eq!(
            texts(&public, ".signups .places")[0],
            "1 plats kvar",
            "it is held"
        );
        for _ in 0..2 {
            let (status, to) = press(&town, &mail.key, "confirm", "").await;
            assert_eq!(
                (status, to.ends_with("signup-done-confirmed")),
                (303, true),
                "{to}"
            );
        }
        assert_eq!(
            written(&test.database, "signup.answer").await,
            1,
            "a double click"
        );
        let done = letter(&test.database, "maryam@exempel.se", "signup.answer").await;
        assert!(done.text.contains(".ics") && done.text.contains("maryam"));
        // The same address again: told by mail, and the page says what it says to all.
        let (status, to) = ask(&town, &page, OF, "maryam", "1").await;
        assert_eq!((status, to), (303, format!("{page}/anmalan/tack")));
        let known = letter(&test.database, "maryam@exempel.se", "signup.known").await;
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM calendar_signup").await,
            1
        );
        // Fewer, more than there is room for, and away.
        let (_, to) = press(&town, &known.key, "party", "1").await;
        assert!(to.ends_with("signup-done-changed"), "{to}");
        let (key, done) = come(&town, &test.database, &page, OF, "ali").await;
        assert_eq!(done, "signup-done-confirmed");
        let (_, done) = come(&town, &test.database, &page, OF, "eva").await;
        assert_eq!(done, "signup-done-confirmed");
        let (_, to) = press(&town, &key, "party", "2").await;
        assert!(to.ends_with("signup-done-no-room"), "{to}");
        let (_, to) = press(&town, &key, "party", "9999").await;
        assert!(to.ends_with("signup-done-no-room"), "{to}");
        // Full everywhere, by itself.
        let (_, list) = town.get("/kalendarium").await;
        assert_eq!(texts(&list, ".ev .flag"), ["Fullt"]);
        let (_, month) = town.get("/kalendarium/manad?month=2026-11").await;
        assert_eq!(texts(&month, ".month .flag"), ["Fullt"]);
        let (_, api) = town
            .get(&format!("/api/v1/events/{id}-20261119T1000"))
            .await;
        assert!(
            api.contains("\"sold_out\":true") && api.contains("\"remaining_attendee_capacity\":0")
        );
        let (_, to) = press(&town, &key, "cancel", "").await;
        assert!(to.ends_with("signup-done-cancelled"), "{to}");
        let (_, list) = town.get("/kalendarium").await;
        assert_eq!(texts(&list, ".ev .flag").len(), 0);
        // The log holds numbers and nobody.
        let names = "SELECT count(*) FROM event_payload WHERE \"after\" LIKE '%exempel.se%' OR \"after\" LIKE '%maryam%'";
        assert_eq!(count(&test.database, names).await, 0);
        let (status, _) = town.get(&format!("{HOME}?key={}", "0".repeat(32))).await;
        assert_eq!(status, 404);
        assert_eq!(press(&town, "' OR 1=1", "cancel", "").await.0, 404);
    });
}

#[tokio::test]
async fn fifty_at_once_for_ten_places_are_ten_and_a_queue() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Arc::new(Town::build(test.database.clone()));
        let (_, page) = event(&town, false, &[("places", "10")]).await;
        let path = format!("{page}/anmalan");
        let (_, html) = town.get(&path).await;
        town.clock.advance_seconds(10);
        let base = fields(&html, &path);
        let opened = NOW;
        let wishes = (0..50).map(|number| {
            let (town, path, mut form) = (town.clone(), path.clone(), base.clone());
            tokio::spawn(async move {
                let id = RequestId(torg_kernel::Ids::uuid(&SystemIds, opened)).to_string();
                set(&mut form, "request_id", &id);
                set(&mut form, "name", &format!("Person {number}"));
                set(&mut form, "email", &format!("p{number}@exempel.se"));
                town.post(&path, &form).await.0
            })
        });
        let wishes: Vec<_> = wishes.collect();
        for wish in wishes {
            assert_eq!(wish.await.expect("answers"), 303);
        }
        let held = "SELECT count(*) FROM calendar_signup WHERE place_until IS NOT NULL";
        assert_eq!(count(&test.database, held).await, 10);
        let keys: Vec<String> = letters(&test.database)
            .await
            .into_iter()
            .map(|it| it.key)
            .collect();
        assert_eq!(keys.len(), 50);
        let confirms: Vec<_> = keys
            .into_iter()
            .map(|key| {
                let town = town.clone();
                tokio::spawn(async move { press(&town, &key, "confirm", "").await.0 })
            })
            .collect();
        for confirm in confirms {
            assert_eq!(confirm.await.expect("answers"), 303);
        }
        for (state, number) in [
            ("confirmed", 10),
            ("queued", 40),
            ("waiting_confirmation", 0),
        ] {
            let sql = format!("SELECT count(*) FROM calendar_signup WHERE state = '{state}'");
            assert_eq!(
                count(&test.database, &sql).await,
                number,
                "{state} {}",
                test.engine
            );
        }
    });
}

#[tokio::test]
async fn a_place_that_comes_free_goes_along_the_queue_in_time() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        let (_, page) = event(&town, true, &[("places", "1")]).await;
        let of = "2026-11-26T10:00";
        let database = &test.database;
        let (first, _) = come(&town, database, &page, of, "forst").await;
        let (_, done) = come(&town, database, &page, of, "andra").await;
        assert_eq!(done, "signup-done-queued");
        come(&town, database, &page, of, "tredje").await;
        assert_eq!(written(database, "signup.offer").await, 0);
        press(&town, &first, "cancel", "").await;
        let offer = letter(database, "andra@exempel.se", "signup.offer").await;
        let (_, own) = town.get(&format!("{HOME}?key={}", offer.key)).await;
        assert_eq!(attribute(&own, ".ownsignup", "data-state"), ["offered"]);
        let (_, list) = town.get("/kalendarium").await;
        assert_eq!(
            texts(&list, ".ev .flag"),
            ["Fullt"],
            "it is offered, not free"
        );
        // Nobody answers within a day: the next, once, however often it is looked at.
        town.clock.advance_seconds(86_401);
        for _ in 0..3 {
            tend(database, at("2026-11-17T13:05")).await;
        }
        assert_eq!(written(database, "signup.offer").await, 2);
        let (_, to) = press(&town, &offer.key, "take", "").await;
        assert!(to.ends_with("signup-done-late"), "{to}");
        let offer = letter(database, "tredje@exempel.se", "signup.offer").await;
        let (_, to) = press(&town, &offer.key, "take", "").await;
        assert!(to.ends_with("signup-done-confirmed"), "{to}");
        // A place that is held and not confirmed comes free after half an hour; the link still works.
        let other = "2026-12-03T10:00";
        let (status, _) = ask(&town, &page, other, "sen", "1").await;
        assert_eq!(status, 303);
        let key = letter(database, "sen@exempel.se", "signup.confirmation")
            .await
            .key;
        assert_eq!(
            texts(&town.get(&page).await.1, ".signups .places.full").len(),
            2
        );
        town.clock.advance_seconds(1_801);
        tend(database, at("2026-11-17T14:00")).await;
        assert_eq!(
            texts(&town.get(&page).await.1, ".signups .places.full").len(),
            1
        );
        let (_, to) = press(&town, &key, "confirm", "").await;
        assert!(to.ends_with("signup-done-confirmed"), "{to}");
        // Too late to ask anybody: an hour before it begins.
        town.clock.set(at("2026-11-26T09:30"));
        let (status, html) = town.get(&format!("{page}/anmalan?occasion={of}")).await;
        assert_eq!(status, 200);
        assert!(
            html.contains("name=\"email\""),
            "one can still queue, or choose another day"
        );
        // Everything personal is gone 30 days after.
        tend(database, at("2027-01-10T04:00")).await;
        for table in ["calendar_signup", "calendar_signup_key", "mail_outbox"] {
            let sql = format!("SELECT count(*) FROM {table}");
            assert_eq!(count(database, &sql).await, 0, "{table}");
        }
    });
}

#[tokio::test]
async fn what_is_moved_or_called_off_is_told_once_to_those_who_come() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        let (id, page) = event(&town, true, &[("places", "5")]).await;
        let database = &test.database;
        for (of, who) in [
            (OF, "maryam"),
            ("2026-11-26T10:00", "ali"),
            ("2026-12-03T10:00", "eva"),
        ] {
            come(&town, database, &page, of, who).await;
        }
        let own = format!("/admin/calendar/{id}");
        for (of, what, date) in [
            ("2026-11-26T10:00", "cancel", ""),
            ("2026-12-03T10:00", "move", "2026-12-04"),
        ] {
            let (_, html) = town.get(&own).await;
            let mut form = fields(&html, &format!("{own}/occasion"));
            for (name, value) in [
                ("of", of),
                ("what", what),
                ("moved_date", date),
                ("note", "Ledaren är sjuk"),
            ] {
                set(&mut form, name, value);
            }
            let (status, to) = town.post(&format!("{own}/occasion"), &form).await;
            assert_eq!((status, to.contains("changed")), (303, true), "{to}");
        }
        for _ in 0..3 {
            tend(database, at("2026-11-16T13:10")).await;
        }
        let off = letter(database, "ali@exempel.se", "signup.called_off").await;
        assert!(off.text.contains("Ledaren är sjuk"), "{}", off.text);
        let moved = letter(database, "eva@exempel.se", "signup.moved").await;
        assert!(
            moved.text.contains("fredag 4 december 2026"),
            "{}",
            moved.text
        );
        assert_eq!(written(database, "signup.called_off").await, 1);
        assert_eq!(written(database, "signup.moved").await, 1);
        // Another hour of the pattern: all go along, by day.
        let (_, html) = town.get(&own).await;
        let mut form = fields(&html, &own);
        set(&mut form, "start_time", "11");
        set(&mut form, "end_time", "12");
        assert_eq!(send(&town, &own, &form, "save").await.0, 303);
        tend(database, at("2026-11-16T13:20")).await;
        let moved = letter(database, "maryam@exempel.se", "signup.moved").await;
        assert!(moved.text.contains("11.00"), "{}", moved.text);
        let still = "SELECT count(*) FROM calendar_signup WHERE of_start = '2026-11-19T11:00' AND state = 'confirmed'";
        assert_eq!(count(database, still).await, 1);
        // Away altogether.
        let (_, html) = town.get(&own).await;
        let version = attribute(&html, "form.eventform [name=version]", "value").remove(0);
        let form = vec![
            ("to".to_owned(), "trash".to_owned()),
            ("version".to_owned(), version),
            ("request_id".to_owned(), town.request_id()),
        ];
        assert_eq!(town.post(&format!("{own}/state"), &form).await.0, 303);
        for _ in 0..2 {
            tend(database, at("2026-11-16T13:30")).await;
        }
        letter(database, "maryam@exempel.se", "signup.called_off").await;
        let moved = letter(database, "eva@exempel.se", "signup.moved").await;
        assert!(
            moved.text.contains("fredag 4 december 2026"),
            "{}",
            moved.text
        );
        assert_eq!(
            written(database, "signup.moved").await,
            3,
            "Eva's day and both new hours"
        );
    });
}

#[tokio::test]
async fn questions_and_bad_input_keep_what_was_written() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        let (id, page) = event(&town, false, &[("places", "2"), ("waiting_list", "")]).await;
        // A question is added, moved and refused without script.
        let rules = format!("/admin/calendar/{id}/sign-up");
        let (_, html) = town.get(&rules).await;
        let mut form = fields(&html, &rules);
        for _ in 0..2 {
            let (status, html) = send(&town, &rules, &form, "add").await;
            assert_eq!(status, 200);
            form = fields(&html, &rules);
        }
        for (name, value) in [
            ("q0_label_sv", "Kommer ni med barnvagn?"),
            ("q0_kind", "yes_no"),
            ("q1_label_sv", "Mat"),
            ("q1_kind", "one"),
            ("q1_choices", "Vegetariskt | Vegetarian"),
            ("q1_required", "1"),
        ] {
            set(&mut form, name, value);
        }
        let (status, html) = send(&town, &rules, &form, "save").await;
        assert_eq!(
            (status, texts(&html, ".question .err").len()),
            (422, 1),
            "one answer is no choice"
        );
        set(&mut form, "q1_choices", "Vegetariskt | Vegetarian\nKött");
        let (_, html) = send(&town, &rules, &form, "up-1").await;
        assert_eq!(attribute(&html, "[name=q0_label_sv]", "value"), ["Mat"]);
        assert_eq!(send(&town, &rules, &form, "save").await.0, 303);
        // Somebody else had it open.
        assert_eq!(send(&town, &rules, &form, "save").await.0, 409);
        let path = format!("{page}/anmalan");
        let (_, html) = town.get(&path).await;
        assert_eq!(
            attribute(&html, "[name=q_q2]", "value"),
            ["vegetariskt", "kott"]
        );
        let (_, english) = town
            .get("/en/events/sagostund-pa-svenska-2026-11-19/sign-up")
            .await;
        assert_eq!(
            texts(&english, ".checks label")[2..],
            ["Vegetarian", "Kött"]
        );
        let base = fields(&html, &path);
        let good = [
            ("name", "Åsa"),
            ("email", "asa@exempel.se"),
            ("party", "2"),
            ("q_q2", "kott"),
            ("q_q1", "no"),
        ];
        let mut form: Vec<(String, String)> = base.clone();
        form.retain(|(name, _)| !name.starts_with("q_"));
        for (name, value) in good {
            set(&mut form, name, value);
        }
        assert_eq!(town.post(&path, &form).await.0, 422, "nobody is so quick");
        town.clock.advance_seconds(60);
        let long = "å".repeat(10_000);
        for (name, value) in [
            ("name", " "),
            ("name", long.as_str()),
            ("email", "asa"),
            ("party", "0"),
            ("party", "-1"),
            ("party", "99999999999999999999"),
            ("q_q2", "fisk"),
            ("q_q2", ""),
            ("q_q1", "kanske"),
            ("website", "https://spam.example"),
            ("occasion", "2099-01-01T10:00"),
            ("request_id", "nonsens"),
        ] {
            let mut wrong = form.clone();
            set(&mut wrong, name, value);
            let (status, html) = town.post(&path, &wrong).await;
            assert_eq!(status, 422, "{name} {value:.20}");
            assert_eq!(texts(&html, ".errsum li").len(), 1, "{name} {value:.20}");
            if name != "email" {
                let kept = attribute(&html, "[name=email]", "value");
                assert_eq!(kept, ["asa@exempel.se"], "{name}");
            }
        }
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM calendar_signup").await,
            0
        );
        let mut null = form.clone();
        set(&mut null, "name", "Å\0sa");
        assert_eq!(town.post(&path, &null).await.0, 303);
        // Full, and nobody queues here: the same words to known and unknown.
        for who in ["asa", "nobody"] {
            let mut form = form.clone();
            set(&mut form, "email", &format!("{who}@exempel.se"));
            set(
                &mut form,
                "request_id",
                &RequestId(torg_kernel::Ids::uuid(&SystemIds, NOW)).to_string(),
            );
            let (status, html) = town.post(&path, &form).await;
            assert_eq!(
                (status, html.contains("Det är fullbokat.")),
                (422, true),
                "{who}"
            );
        }
        // No such event, and one that takes no sign-ups.
        assert_eq!(town.get("/kalendarium/finns-inte/anmalan").await.0, 404);
        town.clock.set(at("2026-11-19T10:30"));
        let (_, html) = town.get(&path).await;
        assert!(html.contains("Anmälan har stängt") && !html.contains("name=\"email\""));
        assert_eq!(town.post(&path, &form).await.0, 422);
    });
}

#[tokio::test]
async fn the_staff_see_sign_up_write_and_print() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        let (id, page) = event(&town, true, &[("places", "2")]).await;
        let database = &test.database;
        let list = format!("/admin/calendar/{id}/signups");
        // By phone, without an address; a name that a spreadsheet would take for a formula.
        let (_, html) = town.get(&format!("{list}?occasion={OF}")).await;
        let mut form = fields(&html, &list);
        set(&mut form, "name", "=HYPERLINK(\"http://x\")");
        set(&mut form, "occasion", OF);
        let (status, to) = send(&town, &list, &form, "add").await;
        assert_eq!((status, to.contains("signups-added")), (303, true), "{to}");
        come(&town, database, &page, OF, "maryam").await;
        set(&mut form, "name", "Eva");
        set(&mut form, "email", "maryam@exempel.se");
        let (status, html) = send(&town, &list, &form, "add").await;
        assert_eq!(
            (status, html.contains("Adressen är redan anmäld")),
            (422, true)
        );
        let (_, html) = town.get(&format!("{list}?occasion={OF}&q=MARYAM")).await;
        assert_eq!(texts(&html, "tbody th"), ["maryam"]);
        let (_, csv) = town.get(&format!("{list}.csv?occasion={OF}")).await;
        assert!(
            csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && csv.contains("maryam@exempel.se"),
            "{csv}"
        );
        let (_, paper) = town.get(&format!("{list}/print?occasion={OF}")).await;
        assert_eq!(texts(&paper, ".attendance tbody th").len(), 2);
        // To all who have an address.
        set(&mut form, "text", "Ta med regnkläder.");
        let (status, to) = send(&town, &list, &form, "mail").await;
        assert_eq!((status, to.contains("signups-mailed")), (303, true), "{to}");
        let mail = letter(database, "maryam@exempel.se", "signup.message").await;
        assert!(mail.text.contains("Ta med regnkläder.") && mail.subject.contains("Sagostund"));
        set(&mut form, "text", " ");
        assert_eq!(send(&town, &list, &form, "mail").await.0, 422);
        // Somebody else's event: neither seen nor changed.
        let signup = attribute(&html, "[name=signup]", "value").remove(0);
        town.log_in("miljonamnden", BOTH);
        for path in [
            list.clone(),
            format!("{list}.csv"),
            format!("{list}.xlsx"),
            format!("{list}/print"),
        ] {
            assert_eq!(town.get(&path).await.0, 403, "{path}");
        }
        set(&mut form, "signup", &signup);
        assert_eq!(send(&town, &list, &form, "cancel").await.0, 403);
        assert_eq!(
            town.get(&format!("/admin/calendar/{id}/sign-up")).await.0,
            403
        );
        town.log_in("kulturnamnden", BOTH);
        let (status, to) = send(&town, &list, &form, "cancel").await;
        assert_eq!(
            (status, to.contains("signups-cancelled")),
            (303, true),
            "{to}"
        );
        letter(database, "maryam@exempel.se", "signup.answer").await;
        // Places cannot be taken away from under those who come.
        let rules = format!("/admin/calendar/{id}/sign-up");
        let (_, html) = town.get(&rules).await;
        let mut form = fields(&html, &rules);
        form.retain(|(name, _)| name != "on");
        assert_eq!(send(&town, &rules, &form, "save").await.0, 422);
        for (name, value) in [
            ("places", "0"),
            ("places", "-4"),
            ("places", "många"),
            ("largest_party", "51"),
            ("keep_days", "9999"),
            ("closes_hours", "1e9"),
            ("opens_date", "2026-02-30"),
            ("opens_time", "25"),
        ] {
            let mut wrong = fields(&html, &rules);
            if name == "opens_time" {
                set(&mut wrong, "opens_date", "2026-11-01");
            }
            set(&mut wrong, name, value);
            let (status, page) = send(&town, &rules, &wrong, "save").await;
            assert_eq!(
                (status, attribute(&page, "[aria-invalid=true]", "name")),
                (422, vec![name.to_owned()]),
                "{value}"
            );
        }
    });
}
