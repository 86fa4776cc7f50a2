//! An event from the form to the page, its occasions, filters, copies, and what people outside send in,
//! on both databases.

mod signups;
mod town;

use std::collections::HashMap;

use jiff::civil::{Weekday, date};
use torg_calendar::{
    Category, EventInput, Filter, NamedDays, OccasionQuery, State, Status, count_occasions,
    expand_after, export_events, find_by_key, import_events, list_all, list_occasions,
    list_occasions_of, list_pictured, list_with_picture, parse_events, sitemap_entries,
};
use torg_db::Database;
use torg_kernel::{Actor, Permission, Problem, SystemIds, UnitId};
use torg_log::Author;
use torg_recurrence::{End, Pattern, Rule};
use torg_testkit::{TestDatabase, both};
use town::{
    Migrator, NOW, Town, Units, at, attribute, bath, count, fields, library, organisations, set,
    texts,
};

const BOTH: &[Permission] = &[Permission::EventEdit, Permission::EventPublish];
const NEW: &str = "/admin/calendar/new";

/// A form that is filled in as most are.
async fn filled(town: &Town) -> Vec<(String, String)> {
    let (status, page) = town.get(NEW).await;
    assert_eq!(status, 200);
    let mut form = fields(&page, NEW);
    set(&mut form, "name_sv", "Sagostund på svenska");
    set(&mut form, "summary_sv", "Vi läser tillsammans.");
    set(&mut form, "category", "literature");
    set(&mut form, "start_date", "2026-11-19");
    set(&mut form, "start_time", "10");
    set(&mut form, "end_time", "10.45");
    set(&mut form, "place_unit", &library().to_string());
    set(&mut form, "audience_children", "1");
    form
}

async fn send(town: &Town, path: &str, form: &[(String, String)], button: &str) -> (u16, String) {
    let mut form = form.to_vec();
    set(&mut form, "do", button);
    set(&mut form, "request_id", &town.request_id());
    town.post(path, &form).await
}

fn id_of(location: &str) -> String {
    let path = location.split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_picture_is_chosen_in_the_form() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden", BOTH);
        let mut form = filled(&town).await;
        set(&mut form, "picture_words", "saga");
        let (_, none) = send(&town, NEW, &form, "pictures").await;
        assert!(none.contains("Ingen bild passar"), "{none}");
        // The key that ends a line looks for pictures too.
        set(&mut form, "picture_words", "sago");
        let (status, page) = send(&town, NEW, &form, "enter").await;
        assert_eq!(status, 200);
        let take = attribute(&page, ".pickpicture button", "value");
        assert_eq!(take, ["take:sagostund.jpg"]);
        assert_eq!(
            attribute(&page, ".pickpicture img", "src"),
            ["/pictures/sagostund.jpg"]
        );
        let (status, page) = send(&town, NEW, &form, &take[0]).await;
        assert_eq!(status, 200);
        assert_eq!(
            attribute(&page, "#field_picture", "value"),
            ["sagostund.jpg"]
        );
        assert_eq!(
            attribute(&page, "#picture[open] .thumb img", "alt").len(),
            1
        );
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM calendar_event").await,
            0,
            "nothing is saved by choosing"
        );
        // What was written is there still, and goes out with the picture.
        let form = fields(&page, NEW);
        let (status, to) = send(&town, NEW, &form, "publish").await;
        assert_eq!(status, 303, "{to}");
        let (_, list) = town.get("/kalendarium").await;
        assert_eq!(
            attribute(&list, ".ev img", "src"),
            ["/pictures/sagostund.jpg"]
        );
        let [shown, ended] = town::picture_entries();
        let snapshot = test.database.snapshot().await.expect("reads");
        let with = list_with_picture(&*snapshot, shown.id)
            .await
            .expect("reads");
        assert_eq!(with.len(), 1);
        let none = list_with_picture(&*snapshot, ended.id)
            .await
            .expect("reads");
        assert_eq!(none.len(), 0);
        assert_eq!(list_pictured(&*snapshot).await.expect("reads"), with);
        snapshot.end().await.expect("ends");

        // One that may not be shown, by its address; one that there is not.
        let path = to.split('?').next().expect("a path").to_owned();
        let (_, page) = town.get(&path).await;
        let mut form = fields(&page, &path);
        assert!(form.contains(&("picture".to_owned(), "sagostund.jpg".to_owned())));
        set(
            &mut form,
            "picture",
            &format!("https://torg.example/admin/media/pictures/{}", ended.id),
        );
        let (_, page) = send(&town, &path, &form, "look").await;
        assert!(page.contains("Bilden får inte visas nu"), "{page}");
        set(&mut form, "picture", "katt.jpg");
        let (status, page) = send(&town, &path, &form, "save").await;
        assert_eq!(status, 422);
        assert_eq!(attribute(&page, "#field_picture", "value"), ["katt.jpg"]);
        assert!(texts(&page, "#field_picture_error")[0].contains("finns inte i mediebanken"));
    });
}

#[tokio::test]
async fn an_event_is_written_and_shown_in_every_view() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden", BOTH);
        let mut form = filled(&town).await;
        set(&mut form, "repeat", "weekly");
        set(&mut form, "until", "2027-02-25");
        set(&mut form, "skip_breaks", "1");
        // First only the dates.
        let (status, page) = send(&town, NEW, &form, "dates").await;
        assert_eq!(status, 200);
        let dates = texts(&page, ".datelist li");
        assert_eq!(dates.len(), 12, "{dates:?}");
        assert!(!dates.iter().any(|date| date.contains("24 december")));
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM calendar_event").await,
            0
        );
        let (status, to) = send(&town, NEW, &form, "publish").await;
        assert_eq!(
            (status, to.contains("done=event-published")),
            (303, true),
            "{to}"
        );
        let (_, list) = town.get("/kalendarium").await;
        assert_eq!(texts(&list, ".dateblock h3").len(), 12);
        assert_eq!(texts(&list, ".where")[0], "Stadsbiblioteket, Centrum");
        assert_eq!(texts(&list, ".tally [role=status]"), ["12 händelser"]);
        // Narrower in every way, and with nothing.
        for (query, found) in [
            ("when=week", 1),
            ("when=today", 0),
            ("when=next-week", 1),
            ("when=christmas_break-2026", 0),
            ("from=2026-12-01&to=2026-12-31", 3),
            ("category=literature,music", 12),
            ("category=music", 0),
            ("audience=children", 12),
            ("audience=seniors", 0),
            ("free=1", 12),
            ("ease=step_free", 0),
            ("language=sv", 12),
            ("language=so", 0),
            ("area=centrum", 12),
            ("area=hisingen", 0),
            ("near=57.698,11.980", 12),
            ("near=57.740,11.940", 0),
            ("near=57.740,11.940&within=10000", 12),
            ("age=4", 12),
            ("organisation=kulturnamnden", 12),
            ("organisation=miljonamnden", 0),
            ("q=saga", 0),
        ] {
            let (status, page) = town.get(&format!("/kalendarium?{query}")).await;
            assert_eq!(status, 200);
            assert_eq!(
                texts(&page, ".ev h3").len(),
                found,
                "{query} {}",
                test.engine
            );
        }
        let (status, month) = town.get("/kalendarium/manad?month=2026-12").await;
        assert_eq!(status, 200);
        assert_eq!(texts(&month, ".month td li").len(), 3);
        assert_eq!(texts(&month, ".month caption"), ["december 2026"]);
        assert_eq!(town.get("/kalendarium/manad?month=1999-12").await.0, 404);
        let (_, screen) = town.get("/kalendarium/skarm").await;
        assert_eq!(texts(&screen, "main li").len(), 5);
        assert!(
            screen.contains("http-equiv=\"refresh\" content=\"15;url=/kalendarium/skarm?page=2\"")
        );
        let (_, paused) = town.get("/kalendarium/skarm?page=1&pause=1").await;
        assert!(!paused.contains("http-equiv=\"refresh\""));
        let href = attribute(&list, ".ev h3 a", "href").remove(0);
        let (status, page) = town.get(&href).await;
        assert_eq!(status, 200);
        assert_eq!(texts(&page, "h1"), ["Sagostund på svenska"]);
        assert_eq!(texts(&page, ".occasions li").len(), 12);
        assert!(page.contains("031-390 06 00"));
        assert!(page.contains("\"@type\":\"LiteraryEvent\""));
        let (status, english) = town.get(&href.replace("/kalendarium", "/en/events")).await;
        assert_eq!(
            (status, attribute(&english, "h1", "lang")),
            (200, vec!["sv".to_owned()])
        );
        // Today and tomorrow belong to the clock.
        town.clock.set(at("2026-11-19T11:00"));
        let (_, page) = town.get("/kalendarium?when=today").await;
        assert_eq!(texts(&page, ".ev h3").len(), 0, "it is over");
        let snapshot = test.database.snapshot().await.expect("reads");
        let sitemap = sitemap_entries(&*snapshot, NOW).await.expect("reads");
        assert_eq!(sitemap.len(), 2);
    });
}

#[tokio::test]
async fn what_cannot_be_comes_back_with_what_was_written() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden", BOTH);
        let base = filled(&town).await;
        let long = "å".repeat(50_000);
        for (name, value, field) in [
            ("end_time", "09", "end_time"),
            ("end_date", "2036-11-19", "end_date"),
            ("price", "-1", "price"),
            ("age_from", "200", "age_from"),
            ("age_to", "-3", "age_to"),
            (
                "place_unit",
                "01890000-0000-7000-8000-000000000000",
                "place_unit",
            ),
            ("text_sv", long.as_str(), "text_sv"),
            ("repeat", "daily", "until"),
            ("start_date", "2026-02-30", "start_date"),
            ("contact_phone", "ring oss", "contact_phone"),
            ("contact_email", "a@b", "contact_email"),
            (
                "registration_url",
                "javascript:alert(1)",
                "registration_url",
            ),
            ("part_of", "01890000-0000-7000-8000-000000000000", "part_of"),
            ("name_sv", " ", "name_sv"),
        ] {
            let mut form = base.clone();
            set(&mut form, name, value);
            let (status, page) = send(&town, NEW, &form, "publish").await;
            assert_eq!(status, 422, "{name} {value:.20}");
            let errors = attribute(&page, "[aria-invalid=true]", "name");
            assert_eq!(errors, [field], "{name}");
            if name == "place_unit" {
                continue; // What is in no list cannot be chosen in it.
            }
            let kept = fields(&page, NEW);
            let kept = kept
                .iter()
                .find(|(own, _)| own == name)
                .map(|(_, value)| value.as_str());
            assert_eq!(kept.map(str::trim), Some(value.trim()), "{name}");
        }
        // 2.30 does not exist on the last Sunday of March.
        let mut form = base.clone();
        for (name, value) in [
            ("start_date", "2027-03-28"),
            ("start_time", "2.30"),
            ("end_time", "4"),
        ] {
            set(&mut form, name, value);
        }
        let (status, page) = send(&town, NEW, &form, "publish").await;
        assert_eq!(
            (status, attribute(&page, "[aria-invalid=true]", "name")),
            (422, vec!["start_time".to_owned()])
        );
        let left = count(&test.database, "SELECT count(*) FROM calendar_event").await;
        assert_eq!(left, 0, "nothing half-written");
    });
}

#[tokio::test]
async fn a_double_click_happens_once_and_doubles_are_told() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden", BOTH);
        let mut form = filled(&town).await;
        set(&mut form, "do", "publish");
        let first = town.post(NEW, &form).await;
        assert_eq!(first.0, 303);
        assert_eq!(town.post(NEW, &form).await, first, "the same answer");
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM calendar_event").await,
            1
        );
        // A like name at the same place and hour is told of while it is written, and not forbidden.
        let mut again = filled(&town).await;
        set(&mut again, "name_sv", "Sagostund (svenska)");
        set(&mut again, "start_time", "10.15");
        let (_, piece) = town.post("/admin/calendar/dates", &again).await;
        assert_eq!(texts(&piece, ".doubles a"), ["Sagostund på svenska"]);
        set(&mut again, "place_unit", &bath().to_string());
        let (_, piece) = town.post("/admin/calendar/dates", &again).await;
        assert_eq!(texts(&piece, ".doubles a").len(), 0);
        set(&mut again, "place_unit", &library().to_string());
        assert_eq!(send(&town, NEW, &again, "publish").await.0, 303);
    });
}

#[tokio::test]
async fn who_may_not_is_refused_and_who_may_approves() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden", &[Permission::EventEdit]);
        let form = filled(&town).await;
        assert_eq!(send(&town, NEW, &form, "publish").await.0, 403);
        let (status, to) = send(&town, NEW, &form, "submit").await;
        assert_eq!(status, 303);
        let id = id_of(&to);
        let own = format!("/admin/calendar/{id}");
        assert_eq!(texts(&town.get("/kalendarium").await.1, ".ev h3").len(), 0);
        // Somebody of another organisation neither sees nor changes it.
        town.log_in("miljonamnden", BOTH);
        assert_eq!(town.get(&own).await.0, 403);
        let state = vec![
            ("to".to_owned(), "published".to_owned()),
            ("version".to_owned(), "1".to_owned()),
            ("request_id".to_owned(), town.request_id()),
        ];
        assert_eq!(town.post(&format!("{own}/state"), &state).await.0, 403);
        town.log_in("kulturnamnden", BOTH);
        let (status, _) = town.post(&format!("{own}/state"), &state).await;
        assert_eq!(status, 303);
        assert_eq!(texts(&town.get("/kalendarium").await.1, ".ev h3").len(), 1);
        // What is public is changed by those who may publish.
        town.log_in("kulturnamnden", &[Permission::EventEdit]);
        let (_, page) = town.get(&own).await;
        let shown = fields(&page, &own);
        assert_eq!(send(&town, &own, &shown, "save").await.0, 403);
        // Two who open the same version: the second is told.
        town.log_in("kulturnamnden", BOTH);
        let mut one = shown.clone();
        set(&mut one, "name_sv", "Sagostund i dag");
        assert_eq!(send(&town, &own, &one, "save").await.0, 303);
        let mut other = shown;
        set(&mut other, "name_sv", "Sagostund i morgon");
        let (status, page) = send(&town, &own, &other, "save").await;
        assert_eq!(status, 409);
        assert!(page.contains("Sagostund i morgon"));
        // Away and back again.
        for (to, shown) in [("trash", 0), ("draft", 0), ("published", 1)] {
            let (_, page) = town.get(&own).await;
            let version = attribute(&page, "form.eventform [name=version]", "value").remove(0);
            let form = vec![
                ("to".to_owned(), to.to_owned()),
                ("version".to_owned(), version),
                ("request_id".to_owned(), town.request_id()),
            ];
            assert_eq!(
                town.post(&format!("{own}/state"), &form).await.0,
                303,
                "{to}"
            );
            assert_eq!(
                texts(&town.get("/kalendarium").await.1, ".ev h3").len(),
                shown,
                "{to}"
            );
        }
    });
}

#[tokio::test]
async fn single_occasions_are_called_off_moved_and_full_and_stay_visible() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden", BOTH);
        let mut form = filled(&town).await;
        set(&mut form, "repeat", "weekly");
        set(&mut form, "until", "2026-12-17");
        let (_, to) = send(&town, NEW, &form, "publish").await;
        let own = format!("/admin/calendar/{}", id_of(&to));
        for (of, what, date, time) in [
            ("2026-11-26T10:00", "cancel", "", ""),
            ("2026-12-03T10:00", "move", "2026-12-04", "11"),
            ("2026-12-10T10:00", "full", "", ""),
        ] {
            let (_, page) = town.get(&own).await;
            let mut form = fields(&page, &format!("{own}/occasion"));
            set(&mut form, "of", of);
            set(&mut form, "what", what);
            set(&mut form, "moved_date", date);
            set(&mut form, "moved_time", time);
            set(&mut form, "note", "Ledaren är sjuk");
            let (status, to) = town.post(&format!("{own}/occasion"), &form).await;
            assert_eq!(
                (status, to.contains("event-occasion-changed")),
                (303, true),
                "{to}"
            );
        }
        let (_, list) = town.get("/kalendarium").await;
        assert_eq!(texts(&list, ".ev h3").len(), 5);
        assert_eq!(
            texts(&list, ".ev .flag"),
            ["Inställt", "Flyttat från 3 december", "Fullt"]
        );
        let (_, month) = town.get("/kalendarium/manad?month=2026-12").await;
        assert_eq!(texts(&month, ".month .flag").len(), 2);
        let href = attribute(&list, ".ev h3 a", "href").remove(0);
        let (_, page) = town.get(&href).await;
        assert!(page.contains("Ledaren är sjuk") && page.contains("EventRescheduled"));
        // What cannot be done changes nothing.
        let (_, page) = town.get(&own).await;
        let mut form = fields(&page, &format!("{own}/occasion"));
        set(&mut form, "what", "move");
        set(&mut form, "moved_time", "25.99");
        let (_, to) = town.post(&format!("{own}/occasion"), &form).await;
        assert!(to.contains("event-occasion-wrong"), "{to}");
        // From one on, and as planned again.
        for (what, off) in [("cancel_from", 2), ("restore", 1)] {
            let (_, page) = town.get(&own).await;
            let mut form = fields(&page, &format!("{own}/occasion"));
            set(&mut form, "of", "2026-12-17T10:00");
            set(&mut form, "what", what);
            assert_eq!(town.post(&format!("{own}/occasion"), &form).await.0, 303);
            let (_, list) = town.get("/kalendarium").await;
            assert_eq!(texts(&list, ".ev.off").len(), off, "{what}");
        }
    });
}

#[tokio::test]
async fn last_terms_series_comes_again_in_two_clicks() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden", BOTH);
        let mut form = filled(&town).await;
        set(&mut form, "start_date", "2026-09-03");
        set(&mut form, "repeat", "weekly");
        set(&mut form, "until", "2026-12-03");
        let (_, to) = send(&town, NEW, &form, "publish").await;
        let copy = format!("/admin/calendar/{}/copy", id_of(&to));
        let (status, page) = town.get(&copy).await;
        assert_eq!(status, 200);
        let mut form = fields(&page, &copy);
        assert_eq!(
            form.iter()
                .find(|(name, _)| name == "first")
                .map(|(_, day)| day.as_str()),
            Some("2027-03-04")
        );
        set(&mut form, "last", "2027-01-01");
        let (status, page) = send(&town, &copy, &form, "publish").await;
        assert_eq!(
            (status, attribute(&page, "[aria-invalid=true]", "name")),
            (422, vec!["last".to_owned()])
        );
        set(&mut form, "first", "2026-12-10");
        set(&mut form, "last", "2027-01-28");
        let (status, to) = send(&town, &copy, &form, "publish").await;
        assert_eq!(status, 303, "{to}");
        let snapshot = test.database.snapshot().await.expect("reads");
        let all = list_all(&*snapshot).await.expect("reads");
        let new = all
            .iter()
            .find(|event| event.data.pattern.start.date() > date(2026, 12, 1));
        let new = new.expect("the copy is there");
        let rows = list_occasions_of(&*snapshot, new.id).await.expect("reads");
        let days: Vec<String> = rows
            .iter()
            .map(|row| row.start.date().to_string())
            .collect();
        assert_eq!(
            days,
            [
                "2026-12-10",
                "2026-12-17",
                "2027-01-14",
                "2027-01-21",
                "2027-01-28"
            ],
            "without the break"
        );
    });
}

/// The secret in the last mail.
async fn secret(database: &Database) -> String {
    let snapshot = database.snapshot().await.expect("reads");
    let rows = torg_db::fetch_rows(
        &*snapshot,
        "SELECT fills FROM mail_outbox ORDER BY id DESC",
        vec![],
    )
    .await
    .expect("reads");
    let fills: String = rows[0].try_get_by_index(0).expect("text");
    let fills: HashMap<String, String> = serde_json::from_str(&fills).expect("JSON");
    fills["key"].clone()
}

#[tokio::test]
async fn what_people_outside_send_in_waits_for_two_others() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        let (status, page) = town.get("/kalendarium/tipsa").await;
        assert_eq!(status, 200);
        let mut form: Vec<(String, String)> =
            attribute(&page, "form[method=post] [name=request_id]", "value")
                .into_iter()
                .map(|id| ("request_id".to_owned(), id))
                .collect();
        for (name, value) in [
            ("name_sv", "Loppis på gården"),
            ("category", "festival"),
            ("start_date", "2026-11-28"),
            ("start_time", "11"),
            ("place_unit", "free"),
            ("place_name", "Gården"),
            ("organiser_name", "Föreningen Exempel"),
            ("sender", "Maryam Ek"),
            ("email", "maryam@forening.example"),
            ("website", ""),
        ] {
            set(&mut form, name, value);
        }
        let send = |form: Vec<(String, String)>| {
            let town = &town;
            async move { town.post("/kalendarium/tipsa", &form).await }
        };
        // No person is so quick, and nobody sees the box.
        let (status, page) = send(form.clone()).await;
        assert_eq!(status, 422);
        assert!(page.contains("Loppis på gården"), "what was written stays");
        town.clock.advance_seconds(60);
        let mut trapped = form.clone();
        set(&mut trapped, "website", "https://spam.example");
        assert_eq!(send(trapped).await.0, 422);
        let mut wrong = form.clone();
        set(&mut wrong, "email", "maryam");
        let (status, page) = send(wrong).await;
        assert_eq!(
            (status, attribute(&page, "[aria-invalid=true]", "name")),
            (422, vec!["email".to_owned()])
        );
        let (status, to) = send(form.clone()).await;
        assert_eq!((status, to.as_str()), (303, "/kalendarium/tipsa/tack"));
        assert_eq!(send(form).await.0, 303, "a double click");
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM calendar_submission").await,
            1
        );
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM calendar_event").await,
            0
        );
        let key = secret(&test.database).await;
        let link = format!("/kalendarium/tipsa/bekrafta?key={key}");
        let (_, page) = town.get(&link).await;
        assert_eq!(
            attribute(&page, "[name=key]", "value"),
            std::slice::from_ref(&key)
        );
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM calendar_event").await,
            0,
            "looking is not enough"
        );
        let confirm = vec![("key".to_owned(), key)];
        for _ in 0..2 {
            assert_eq!(
                town.post("/kalendarium/tipsa/bekrafta", &confirm).await.0,
                200
            );
        }
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM calendar_event").await,
            1
        );
        let unknown = vec![("key".to_owned(), "0".repeat(32))];
        let (_, page) = town.post("/kalendarium/tipsa/bekrafta", &unknown).await;
        assert_eq!(texts(&page, "h1"), ["Länken gäller inte"]);
        assert_eq!(texts(&town.get("/kalendarium").await.1, ".ev h3").len(), 0);
        // Somebody approves; the sender is told.
        town.log_in("staden", BOTH);
        let (_, list) = town.get("/admin/calendar?state=waiting").await;
        let own = attribute(&list, "tbody a", "href").remove(0);
        let (_, page) = town.get(&own).await;
        assert!(page.contains("maryam@forening.example"));
        let form = vec![
            ("to".to_owned(), "published".to_owned()),
            ("version".to_owned(), "1".to_owned()),
            ("request_id".to_owned(), town.request_id()),
        ];
        assert_eq!(town.post(&format!("{own}/state"), &form).await.0, 303);
        assert_eq!(
            texts(&town.get("/kalendarium").await.1, ".ev h3"),
            ["Loppis på gården"]
        );
        let public = town.get("/kalendarium/loppis-pa-garden-2026-11-28").await.1;
        assert!(!public.contains("maryam@forening.example"), "never shown");
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM mail_outbox").await,
            2
        );
    });
}

async fn import(
    database: &Database,
    inputs: Vec<EventInput>,
) -> Result<torg_calendar::ImportReport, Problem> {
    database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("import");
                let author = Author {
                    actor: &actor,
                    now: NOW,
                    ids: &SystemIds,
                };
                let units: HashMap<String, UnitId> = HashMap::from([
                    ("stadsbiblioteket".to_owned(), library()),
                    ("badet".to_owned(), bath()),
                ]);
                import_events(context, author, &Units, inputs, &organisations(), &units).await
            })
        })
        .await
}

fn input(key: &str, pattern: Pattern) -> EventInput {
    let name = torg_calendar::Words::swedish(key);
    EventInput {
        id: None,
        key: key.to_owned(),
        organisation: "kulturnamnden".to_owned(),
        state: State::Published,
        at: Some("stadsbiblioteket".to_owned()),
        by: None,
        version: None,
        created_at: None,
        updated_at: None,
        data: torg_calendar::EventData::new(name, Category::Meet, pattern),
    }
}

#[tokio::test]
async fn an_export_comes_in_again_as_it_went() {
    both!(Migrator, |test: TestDatabase| async move {
        let weekly = Pattern::once(date(2026, 11, 17).at(18, 0, 0, 0), 60).with_rule(
            Rule::weekly([Weekday::Tuesday]).end(End::Until(date(2027, 2, 1).at(23, 0, 0, 0))),
        );
        let mut put_off = input(
            "uppskjutet",
            Pattern::once(date(2026, 12, 1).at(9, 0, 0, 0), 0),
        );
        put_off.data.status = Status::Postponed;
        let inputs = vec![input("varje-vecka", weekly), put_off];
        let report = import(&test.database, inputs.clone())
            .await
            .expect("comes in");
        assert_eq!((report.created, report.changed), (2, 0));
        let events = count(&test.database, "SELECT count(*) FROM event").await;
        let report = import(&test.database, inputs).await.expect("comes in");
        assert_eq!(
            (report.created, report.changed, report.unchanged),
            (0, 0, 2)
        );
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM event").await,
            events
        );
        let keys = |unit: UnitId| (unit == library()).then(|| "stadsbiblioteket".to_owned());
        let snapshot = test.database.snapshot().await.expect("reads");
        let text = export_events(&*snapshot, &organisations(), &keys)
            .await
            .expect("reads");
        snapshot.end().await.expect("ends");
        let again = parse_events(text.as_bytes()).expect("is read");
        assert_eq!(again.len(), 2);
        let report = import(&test.database, again).await.expect("comes in");
        assert_eq!(report.unchanged, 2);
        // All or nothing, each fault by its key and field.
        let mut bad = input("bra", Pattern::once(date(2026, 12, 2).at(9, 0, 0, 0), 0));
        bad.at = Some("ingenstans".to_owned());
        let good = input("ny", Pattern::once(date(2026, 12, 3).at(9, 0, 0, 0), 0));
        let Err(Problem::Invalid(errors)) = import(&test.database, vec![good, bad]).await else {
            panic!("a unit that is not there is refused");
        };
        assert_eq!(errors[0].field, "bra.at");
        let snapshot = test.database.snapshot().await.expect("reads");
        assert!(
            find_by_key(&*snapshot, "ny")
                .await
                .expect("reads")
                .is_none()
        );
        assert!(parse_events(b"[{\"key\": 1}]").is_err());
    });
}

#[tokio::test]
async fn days_come_into_sight_by_themselves() {
    both!(Migrator, |test: TestDatabase| async move {
        let endless = Pattern::once(date(2026, 11, 17).at(18, 0, 0, 0), 60)
            .with_rule(Rule::weekly([Weekday::Tuesday]));
        import(&test.database, vec![input("utan-slut", endless)])
            .await
            .expect("comes in");
        let known = || count(&test.database, "SELECT count(*) FROM calendar_occasion");
        let before = known().await;
        assert!(
            (104..=106).contains(&before),
            "two years of Tuesdays: {before}"
        );
        let later = NOW.plus_seconds(90 * 86_400);
        test.database
            .write(move |context| {
                Box::pin(
                    async move { expand_after(context, &Units, &SystemIds, None, later).await },
                )
            })
            .await
            .expect("expands");
        let snapshot = test.database.snapshot().await.expect("reads");
        let all = OccasionQuery::default();
        let rows = list_occasions(&*snapshot, &all, 0, 1_000)
            .await
            .expect("reads");
        assert!(
            rows[0].start.date() >= date(2027, 1, 12),
            "what is long over is gone"
        );
        assert!(
            rows.last()
                .is_some_and(|row| row.start.date() > date(2029, 2, 1))
        );
        assert_eq!(
            count_occasions(&*snapshot, &all).await.expect("counts"),
            i64::try_from(rows.len()).unwrap()
        );
    });
}

#[test]
fn named_days_are_asked_for_by_their_key() {
    let breaks = [NamedDays {
        key: "christmas_break-2026".to_owned(),
        name: "Jullov".to_owned(),
        first: date(2026, 12, 21),
        last: date(2027, 1, 10),
    }];
    let filter = Filter::read(|name| (name == "when").then_some("christmas_break-2026"));
    let asked = filter.asked(NOW, &breaks);
    assert_eq!(asked.from, at("2026-12-21T00:00"));
    assert_eq!(asked.until, Some(at("2027-01-11T00:00")));
    assert_eq!(
        filter.href("/kalendarium"),
        "/kalendarium?when=christmas_break-2026"
    );
}
