//! The calendar and other programs, on both databases: subscriptions, feeds, the API, and files that come
//! in.

mod print;
mod town;

use jiff::civil::{Weekday, date};
use scraper::{Html, Selector};
use serde_json::Value;
use torg_calendar::{Audience, Category, EventData, Place, Price, Spot, State, Status, Words};
use torg_kernel::Locale;
use torg_recurrence::ical::{self, Status as Stands};
use torg_recurrence::{Change, Pattern, Rule};
use torg_testkit::{TestDatabase, both};
use town::{Migrator, Town, unit};

fn data(name: &str, category: Category, pattern: Pattern) -> EventData {
    EventData::new(Words::swedish(name), category, pattern)
}

/// A story hour each Tuesday with one day called off, a concert, and three evenings of talk.
async fn fill(town: &Town) {
    let weekly = Pattern::once(date(2026, 11, 17).at(10, 0, 0, 0), 45)
        .with_rule("FREQ=WEEKLY;COUNT=10".parse::<Rule>().expect("a rule"));
    let mut stories = data(
        "Sagostund, på \"lätt\" svenska",
        Category::Literature,
        weekly,
    );
    stories.pattern.changes = vec![Change::cancelled(date(2026, 12, 1).at(10, 0, 0, 0))];
    stories.name.set(Locale::EN, "Story time");
    stories.place = Some(Place::Unit {
        unit: unit(1),
        room: Words::swedish("Sal 3"),
    });
    stories.audiences = vec![Audience::Children];
    town.put("sagostund", "kultur", stories).await;
    let mut concert = data(
        "Konsert",
        Category::Music,
        Pattern::once(date(2026, 11, 20).at(19, 0, 0, 0), 120),
    );
    concert.price = Price::Paid {
        from: 12_000,
        to: None,
    };
    concert.status = Status::SoldOut;
    concert.place = Some(Place::Free {
        name: Words::swedish("Parken"),
        street: "Parkgatan 1".to_owned(),
        postcode: "411 13".to_owned(),
        city: "Göteborg".to_owned(),
        spot: Spot::degrees(57.7, 11.97),
    });
    town.put("konsert", "kultur", concert).await;
    let mut talks = data(
        "Samtal",
        Category::Talk,
        Pattern::once(date(2026, 11, 18).at(18, 0, 0, 0), 90),
    );
    talks.pattern.dates = vec![
        date(2026, 11, 25).at(18, 0, 0, 0),
        date(2026, 12, 3).at(18, 30, 0, 0),
    ];
    talks.place = Some(Place::Unit {
        unit: unit(2),
        room: Words::default(),
    });
    town.put("samtal", "idrott", talks).await;
}

#[tokio::test]
async fn a_calendar_to_subscribe_to() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        fill(&town).await;
        let answer = town.get("/kalendarium.ics").await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "text/calendar; charset=utf-8")
        );
        let read = ical::read(&answer.body);
        assert_eq!(read.errors, []);
        assert_eq!(read.calendar.name, "Kalendarium – Göteborgs Stad");
        assert!(
            answer
                .body
                .contains("REFRESH-INTERVAL;VALUE=DURATION:PT60M\r\n")
        );
        assert!(answer.body.contains("X-PUBLISHED-TTL:PT60M\r\n"));
        // The series, the concert, and the three talks by themselves.
        let entries = &read.calendar.entries;
        assert_eq!(entries.len(), 5);
        let series = entries
            .iter()
            .find(|own| own.summary.starts_with("Sagostund"))
            .expect("is there");
        assert_eq!(series.pattern.rules.len(), 1);
        assert_eq!(series.pattern.changes.len(), 1);
        assert!(series.pattern.changes[0].cancelled);
        assert_eq!(
            series.location,
            "Sal 3, Stadsbiblioteket, Götaplatsen 3, Göteborg"
        );
        assert_eq!(series.organiser.as_deref(), Some("Kulturförvaltningen"));
        assert_eq!(series.url, "https://torg.example/kalendarium/sagostund");
        let concert = entries
            .iter()
            .find(|own| own.summary.contains("Konsert"))
            .expect("is there");
        assert_ne!(concert.summary, "Konsert", "it is full, and says so");
        assert_eq!(concert.position, Some((57.7, 11.97)));
        // The same bytes again, and nothing at all for who has them.
        let tag = answer.header("etag").to_owned();
        let again = town.get_if_none_match("/kalendarium.ics", &tag).await;
        assert_eq!((again.status, again.body.len()), (304, 0));
        // Certain days: each occasion by itself, with a UID of its own.
        let days = town
            .get("/kalendarium.ics?from=2026-11-24&to=2026-12-01")
            .await;
        let read = ical::read(&days.body);
        let mut starts: Vec<String> = read
            .calendar
            .entries
            .iter()
            .map(|own| own.pattern.start.to_string())
            .collect();
        starts.sort();
        assert_eq!(
            starts,
            [
                "2026-11-24T10:00:00",
                "2026-11-25T18:00:00",
                "2026-12-01T10:00:00"
            ]
        );
        let off = read
            .calendar
            .entries
            .iter()
            .find(|own| own.status == Stands::Cancelled);
        assert!(
            off.is_some_and(|own| own.uid.ends_with("-20261201T100000")),
            "{off:?}"
        );
        // The same filters as the page, in English too.
        let music = town.get("/en/events.ics?category=music").await;
        assert_eq!(ical::read(&music.body).calendar.entries.len(), 1);
        let english = town.get("/en/events.ics?audience=children").await;
        assert!(
            english.body.contains("SUMMARY:Story time\r\n"),
            "{}",
            english.body
        );
    });
}

#[tokio::test]
async fn one_event_keeps_its_uid_and_counts_its_changes() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        fill(&town).await;
        let one = town.get("/kalendarium/sagostund.ics").await;
        assert_eq!(one.status, 200);
        let read = ical::read(&one.body);
        let id = town
            .events()
            .await
            .iter()
            .find(|own| own.key == "sagostund")
            .expect("is there")
            .id;
        assert_eq!(read.calendar.entries[0].uid, id.to_string());
        assert_eq!(read.calendar.entries[0].sequence, 1);
        assert!(
            one.body
                .contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Stockholm\r\n")
        );
        assert_eq!(town.get("/kalendarium/ingen.ics").await.status, 404);
        assert_eq!(town.get("/en/events/konsert.ics").await.status, 200);
        // What went out comes in again as the same event.
        town.log_in("kultur", true);
        let changed = one.body.replace("Sagostund", "Sagor");
        let fields = [
            ("do", "import"),
            ("request_id", &town.request_id()),
            ("state", "published"),
        ];
        let done = town
            .upload("/admin/calendar/import", &fields, changed.as_bytes())
            .await;
        assert_eq!(
            (done.status, done.header("location")),
            (303, "/admin/calendar?done=event-imported")
        );
        let events = town.events().await;
        assert_eq!(events.len(), 3, "nothing is new");
        let event = events.iter().find(|own| own.id == id).expect("is there");
        assert!(event.name(Locale::SV).starts_with("Sagor"));
        assert_eq!(event.version, 2);
        assert_eq!(
            event.data.audiences,
            [Audience::Children],
            "a calendar does not speak of it"
        );
        assert!(matches!(event.data.place, Some(Place::Unit { .. })));
        assert_eq!(event.data.pattern.changes.len(), 1);
    });
}

/// Imports a calendar as it stands.
async fn import(town: &Town, text: &str) {
    let id = town.request_id();
    let fields = [
        ("do", "import"),
        ("request_id", id.as_str()),
        ("state", "published"),
    ];
    let done = town
        .upload("/admin/calendar/import", &fields, text.as_bytes())
        .await;
    assert_eq!(done.status, 303, "{}", done.body);
}

/// What trying a calendar says: so many are new, change, are so already, are over, are older.
async fn tally(town: &Town, text: &str) -> Vec<String> {
    let id = town.request_id();
    let fields = [("do", "try"), ("request_id", id.as_str())];
    let tried = town
        .upload("/admin/calendar/import", &fields, text.as_bytes())
        .await;
    assert_eq!(tried.status, 200, "{}", tried.body);
    let page = Html::parse_document(&tried.body);
    let counts = Selector::parse(".tallies b").expect("a selector");
    page.select(&counts)
        .map(|own| own.text().collect())
        .collect()
}

/// The file without one of its events.
fn without(text: &str, mark: &str) -> String {
    let at = text.find(mark).expect("stands in the file");
    let begin = text[..at].rfind("BEGIN:VEVENT").expect("an event");
    let end = text[at..].find("END:VEVENT\r\n").expect("ends") + at + 12;
    format!("{}{}", &text[..begin], &text[end..])
}

#[tokio::test]
async fn what_went_out_comes_in_as_it_was() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        fill(&town).await;
        town.log_in("kultur", true);
        let before = town.events().await;
        // The talks are others' to change, and are not changed.
        for path in [
            "/kalendarium.ics",
            "/en/events.ics",
            "/kalendarium.ics?from=2026-11-18&to=2026-12-09",
            "/kalendarium/samtal.ics",
        ] {
            let file = town.get(path).await.body;
            import(&town, &file).await;
            assert_eq!(town.events().await, before, "{path}");
        }
        let whole = town.get("/kalendarium.ics").await.body;
        assert_eq!(tally(&town, &whole).await, ["0", "0", "3", "0", "0"]);

        // A calendar that lets go of what is called off: it stays called off.
        let dropped = without(
            &whole,
            "RECURRENCE-ID;TZID=Europe/Stockholm:20261201T100000",
        );
        import(&town, &dropped).await;
        assert_eq!(town.events().await, before);

        // One occasion by its own UID is moved; another is called off; the rest stays.
        let days = "/kalendarium.ics?from=2026-11-24&to=2026-12-08&category=literature";
        let file = town.get(days).await.body;
        let moved = file
            .replace(":20261124T100000\r\n", ":20261124T130000\r\n")
            .replace(":20261124T104500\r\n", ":20261124T134500\r\n");
        let at = moved.find("-20261208T100000").expect("the last one");
        let (head, tail) = moved.split_at(at);
        let moved = format!(
            "{head}{}",
            tail.replacen("STATUS:CONFIRMED", "STATUS:CANCELLED", 1)
        );
        town.clock.advance_seconds(60);
        import(&town, &moved).await;
        let after = town.events().await;
        assert_eq!(after.len(), 3, "nothing is new");
        let stories = after.iter().find(|own| own.key == "sagostund");
        let stories = stories.expect("is there");
        let day = |day: i8, hour: i8| date(2026, 12, day).at(hour, 0, 0, 0);
        let early = date(2026, 11, 24);
        assert_eq!(
            stories.data.pattern.changes,
            [
                Change::moved(early.at(10, 0, 0, 0), early.at(13, 0, 0, 0)),
                Change::cancelled(day(1, 10)),
                Change::cancelled(day(8, 10)),
            ]
        );
        let kept = before.iter().find(|own| own.key == "sagostund");
        let kept = &kept.expect("is there").data;
        assert_eq!(
            (&stories.data.name, &stories.data.text, &stories.data.place),
            (&kept.name, &kept.text, &kept.place)
        );

        // The file from before says nothing any more.
        let said = tally(&town, &whole.replace("Sagostund", "Gammalt namn")).await;
        assert_eq!(said, ["0", "0", "2", "0", "1"]);
        // An occasion that there is not: its line is told.
        let wrong = town.get(days).await.body;
        let wrong = wrong.replace("-20261208T100000", "-20261208T090000");
        let id = town.request_id();
        let told = town
            .upload(
                "/admin/calendar/import",
                &[("do", "try"), ("request_id", id.as_str())],
                wrong.as_bytes(),
            )
            .await;
        assert_eq!(told.status, 422);
        assert!(
            told.body.contains("ingen gång som börjar 2026-12-08 09:00"),
            "{}",
            told.body
        );
    });
}

#[tokio::test]
async fn words_of_a_calendar_that_came_back_are_taken_where_they_are_others() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        fill(&town).await;
        town.log_in("kultur", true);
        let file = town.get("/en/events/konsert.ics").await.body;
        let changed = file
            .replace("SUMMARY:Full: Konsert", "SUMMARY:Full: Concert")
            .replace(
                "LOCATION:Parken\\, Parkgatan 1",
                "LOCATION:Slottet\\, Parkgatan 1",
            );
        assert_ne!(file, changed, "{file}");
        import(&town, &changed).await;
        let events = town.events().await;
        assert_eq!(events.len(), 3);
        let concert = events.iter().find(|own| own.key == "konsert");
        let data = &concert.expect("is there").data;
        assert_eq!(
            (data.name.get(Locale::SV), data.name.get(Locale::EN)),
            ("Konsert", "Concert"),
            "how it stands is no part of its name"
        );
        assert_eq!(data.status, Status::SoldOut);
        assert!(data.text.is_empty(), "{:?}", data.text);
        assert!(data.more_url.is_empty() && data.organiser.is_none());
        let Some(Place::Free { name, .. }) = &data.place else {
            panic!("{:?}", data.place);
        };
        assert!(name.get(Locale::SV).starts_with("Slottet, Parkgatan 1"));
    });
}

#[tokio::test]
async fn feeds_for_readers_and_search_engines() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        fill(&town).await;
        let atom = town.get("/kalendarium.atom").await;
        assert_eq!(atom.status, 200);
        assert!(
            atom.header("content-type")
                .starts_with("application/atom+xml")
        );
        assert_eq!(atom.body.matches("<entry>").count(), 3);
        assert!(
            atom.body.contains("varje tisdag kl. 10–10.45, 10 gånger"),
            "{}",
            atom.body
        );
        let json = town.get("/kalendarium.json?free=1").await;
        let told: Value = serde_json::from_str(&json.body).expect("JSON");
        assert_eq!(told["@context"], "https://schema.org");
        let items = told["itemListElement"].as_array().expect("a list");
        assert_eq!(items.len(), 2);
        assert_eq!(items[0]["@type"], "LiteraryEvent");
        assert_eq!(items[0]["startDate"], "2026-11-17T10:00:00+01:00");
        assert_eq!(items[0]["location"]["name"], "Stadsbiblioteket");
    });
}

#[tokio::test]
async fn the_api_answers_as_linked_events() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        fill(&town).await;
        let ask = async |query: &str| -> Value {
            let answer = town.get(&format!("/api/v1/events{query}")).await;
            assert_eq!(answer.status, 200, "{query}: {}", answer.body);
            serde_json::from_str(&answer.body).expect("JSON")
        };
        let count = async |query: &str| {
            ask(query).await["meta"]["count"]
                .as_i64()
                .expect("a number")
        };
        assert_eq!(count("").await, 14);
        assert_eq!(count("?start=2026-11-20&end=2026-11-20").await, 1);
        assert_eq!(count("?start=today&end=2026-11-25").await, 5);
        assert_eq!(count("?days=2").await, 1);
        assert_eq!(count("?keyword=music,talk").await, 4);
        assert_eq!(count("?keyword=children").await, 10);
        assert_eq!(count("?location=stadsbiblioteket").await, 10);
        assert_eq!(count("?division=centrum").await, 11);
        assert_eq!(count("?bbox=11.85,57.71,11.95,57.73").await, 3);
        assert_eq!(
            count("?dwithin_origin=11.9802,57.6969&dwithin_metres=100").await,
            10
        );
        assert_eq!(count("?is_free=true&event_status=EventCancelled").await, 1);
        assert_eq!(count("?publisher=idrott").await, 3);
        assert_eq!(count("?last_modified_since=2026-11-17").await, 0);
        let page = ask("?sort=-start_time&page_size=5&page=2").await;
        assert_eq!(page["data"].as_array().map(Vec::len), Some(5));
        assert_eq!(
            page["meta"]["next"],
            "https://torg.example/api/v1/events?page_size=5&sort=-start_time&page=3"
        );
        let starts: Vec<&str> = page["data"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|own| own["start_time"].as_str())
            .collect();
        assert!(starts.is_sorted_by(|one, other| one >= other), "{starts:?}");
        let one =
            &ask("?keyword=literature&include=location,keywords&page_size=1").await["data"][0];
        assert_eq!(one["name"]["en"], "Story time");
        assert_eq!(one["location"]["name"]["sv"], "Stadsbiblioteket");
        assert_eq!(one["keywords"][0]["id"], "literature");
        let series = one["super_event"]["@id"]
            .as_str()
            .expect("an address")
            .to_owned();
        let path = series
            .strip_prefix("https://torg.example")
            .expect("our own");
        let whole: Value = serde_json::from_str(&town.get(path).await.body).expect("JSON");
        assert_eq!(whole["super_event_type"], "recurring");
        assert_eq!(whole["sub_events"].as_array().map(Vec::len), Some(10));
        let id = one["id"].as_str().expect("an id");
        let again: Value =
            serde_json::from_str(&town.get(&format!("/api/v1/events/{id}")).await.body)
                .expect("JSON");
        assert_eq!(again["start_time"], one["start_time"]);
        assert_eq!(town.get("/api/v1/events/nobody").await.status, 404);
        // Nothing is guessed.
        let wrong = town
            .get("/api/v1/events?keyword=musik&bbox=57,11,58,12,1&start=i+morgon&page_size=1000&sort=name&dwithin_metres=5")
            .await;
        assert_eq!(wrong.status, 422);
        for name in [
            "keyword",
            "bbox",
            "start",
            "page_size",
            "sort",
            "dwithin_origin",
        ] {
            assert!(wrong.body.contains(name), "{name}: {}", wrong.body);
        }
    });
}

const TABLE: &str = "key;name;category;start;end;rule;unit;audience;price;state\n\
    dans;Dans i parken;stage;2026-12-05 18:00;20:00;FREQ=WEEKLY;badhuset;adults;gratis;\n\
    natt;Nattvandring;outdoors;2026-12-05 23:00;02:00;;;;80-120;draft\n";

#[tokio::test]
async fn a_table_is_tried_and_then_taken_in_and_changed() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kultur", true);
        let owner = town::organisations()
            .by_key("kultur")
            .expect("is there")
            .id
            .to_string();
        let id = town.request_id();
        let fields = |todo: &'static str, id: &'static str| {
            [
                ("do", todo),
                ("organisation", ""),
                ("category", "meet"),
                ("state", "published"),
                ("request_id", id),
            ]
        };
        let id: &'static str = id.leak();
        let owner: &'static str = owner.leak();
        let with = |mut fields: [(&'static str, &'static str); 5]| {
            fields[1].1 = owner;
            fields
        };
        // Without an organisation nothing can be new.
        let tried = town
            .upload(
                "/admin/calendar/import",
                &fields("try", id),
                TABLE.as_bytes(),
            )
            .await;
        assert_eq!(tried.status, 422);
        let tried = town
            .upload(
                "/admin/calendar/import",
                &with(fields("try", id)),
                TABLE.as_bytes(),
            )
            .await;
        assert_eq!(tried.status, 200, "{}", tried.body);
        assert!(
            tried.body.contains("Dans i parken") && tried.body.contains("Importera 2 evenemang")
        );
        assert!(town.events().await.is_empty(), "it was only tried");
        for _ in 0..2 {
            // A double click.
            let done = town
                .upload(
                    "/admin/calendar/import",
                    &with(fields("import", id)),
                    TABLE.as_bytes(),
                )
                .await;
            assert_eq!(done.status, 303, "{}", done.body);
        }
        let events = town.events().await;
        let [dance, night] = events.as_slice() else {
            panic!("{events:?}");
        };
        assert_eq!((dance.state, night.state), (State::Published, State::Draft));
        assert_eq!(
            dance.data.place.as_ref().and_then(Place::unit),
            Some(unit(2))
        );
        assert_eq!(dance.data.pattern.start.weekday(), Weekday::Saturday);
        assert_eq!(night.data.pattern.minutes, 180);
        assert_eq!(
            night.data.price,
            Price::Paid {
                from: 8_000,
                to: Some(12_000)
            }
        );
        // Again: nothing. Otherwise: what is otherwise.
        let again = town
            .upload(
                "/admin/calendar/import",
                &with(fields("try", id)),
                TABLE.as_bytes(),
            )
            .await;
        assert!(again.body.contains("Ingenting är nytt"), "{}", again.body);
        let more: &'static str = town.request_id().leak();
        let changed = "key,name\nnatt,Nattvandring med ficklampa\n";
        let done = town
            .upload(
                "/admin/calendar/import",
                &with(fields("import", more)),
                changed.as_bytes(),
            )
            .await;
        assert_eq!(done.status, 303, "{}", done.body);
        let events = town.events().await;
        assert_eq!(events[1].name(Locale::SV), "Nattvandring med ficklampa");
        assert_eq!(
            (events[1].version, events[1].data.pattern.minutes),
            (2, 180)
        );
        assert_eq!(events[0].version, 1);
    });
}

#[tokio::test]
async fn a_file_with_faults_changes_nothing_and_tells_them_all() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kultur", false);
        let owner = town::organisations()
            .by_key("kultur")
            .expect("is there")
            .id
            .to_string();
        let id = town.request_id();
        let send = async |text: &str, state: &str| {
            let fields = [
                ("do", "import"),
                ("organisation", owner.as_str()),
                ("state", state),
                ("request_id", id.as_str()),
            ];
            town.upload("/admin/calendar/import", &fields, text.as_bytes())
                .await
        };
        let bad = "key;name;start;end;unit;organisation;price\n\
                   bra;Bra;2026-12-05 18:00;20:00;finns-inte;;\n\
                   bra;Samma nyckel;2026-12-05 18:00;20:00;;;\n\
                   Fel Nyckel;x;2026-13-05;20:00;;;\n\
                   baklanges;x;2026-12-05 18:00;2026-12-04 18:00;;;dyrt\n";
        let answer = send(bad, "draft").await;
        assert_eq!(answer.status, 422);
        for (line, column) in [
            (2, "unit"),
            (3, "key"),
            (4, "key"),
            (4, "start"),
            (5, "end"),
            (5, "price"),
        ] {
            let cell = format!("<th scope=\"row\">{line}</th><td>{column}</td>");
            assert!(answer.body.contains(&cell), "{cell}: {}", answer.body);
        }
        assert!(
            answer.body.contains("baklanges;x"),
            "what was sent stays in the form"
        );
        let unknown = "key;name;start;unit;organisation\na;A;2026-12-05 18:00;finns-inte;\nb;B;2026-12-05 18:00;;idrott\n";
        let answer = send(unknown, "draft").await;
        assert!(
            answer.body.contains("<td>unit</td>") && answer.body.contains("<td>organisation</td>"),
            "{}",
            answer.body
        );
        // One who may only write cannot publish by a file either.
        assert_eq!(
            send("key;name;start\na;A;2026-12-05 18:00\n", "published")
                .await
                .status,
            422
        );
        for broken in [
            "",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Nowhere:20261205T180000\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n",
            "namn;start\nx;y\n",
            "key;hittepå\n",
            "key;name\n\"a;b\n",
        ] {
            assert_eq!(send(broken, "draft").await.status, 422, "{broken}");
        }
        assert!(town.events().await.is_empty());
        assert_eq!(
            send("key;name;start\na;A;2026-12-05 18:00\n", "draft")
                .await
                .status,
            303
        );
        assert_eq!(town.events().await.len(), 1);
    });
}

#[tokio::test]
async fn faults_of_a_calendar_stand_at_its_own_lines_and_properties() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kultur", true);
        let owner = town::organisations();
        let owner = owner.by_key("kultur").expect("is there").id.to_string();
        let event = |uid: &str, start: &str, more: &str| {
            format!(
                "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;TZID=Europe/Stockholm:{start}\r\nSUMMARY:Prov\r\n{more}END:VEVENT\r\n"
            )
        };
        let events = [
            event("a", "20261203T180000", "GEO:11.97;57.7\r\n"),
            event("b", "20261203T180000", "GEO:40.7;-74.0\r\n"),
            // The clocks skip this hour, and show the other one twice.
            event("c", "20270328T023000", ""),
            event("d", "20271031T023000", ""),
            event("e", "20261203T180000", "URL:https://\r\n"),
        ];
        let file = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
            events.concat()
        );
        let id = town.request_id();
        let fields = [
            ("do", "try"),
            ("organisation", owner.as_str()),
            ("request_id", id.as_str()),
        ];
        let told = town
            .upload("/admin/calendar/import", &fields, file.as_bytes())
            .await;
        assert_eq!(told.status, 422);
        let page = Html::parse_document(&told.body);
        let rows = Selector::parse("table tbody tr").expect("a selector");
        let told: Vec<String> = page
            .select(&rows)
            .map(|row| row.text().collect::<Vec<_>>().join(" "))
            .collect();
        let starts = ["3 GEO", "9 GEO", "15 DTSTART", "25 URL"];
        assert_eq!(told.len(), starts.len(), "{told:?}");
        for (row, start) in told.iter().zip(starts) {
            assert!(row.trim().starts_with(start), "{row}");
        }
        assert!(told[0].contains("har bytt plats") && told[1].contains("utanför Sverige"));
        assert_eq!(town.events().await.len(), 0);
    });
}

#[tokio::test]
async fn a_calendar_of_another_system_is_found_again_by_its_uid() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kultur", true);
        let owner = town::organisations()
            .by_key("kultur")
            .expect("is there")
            .id
            .to_string();
        let send = async |text: &str| {
            let id = town.request_id();
            let fields = [
                ("do", "import"),
                ("organisation", owner.as_str()),
                ("state", "published"),
                ("category", "talk"),
                ("request_id", id.as_str()),
            ];
            let answer = town
                .upload("/admin/calendar/import", &fields, text.as_bytes())
                .await;
            assert_eq!(answer.status, 303, "{}", answer.body);
        };
        let file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:0400@outlook\r\n\
            DTSTART;TZID=W. Europe Standard Time:20261201T180000\r\nDTEND;TZID=W. Europe Standard Time:20261201T193000\r\n\
            RRULE:FREQ=WEEKLY;COUNT=4\r\nSUMMARY:Föreläsning\r\nLOCATION:Aulan\r\nCATEGORIES:Musik\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:0400@outlook\r\nRECURRENCE-ID;TZID=W. Europe Standard Time:20261208T180000\r\n\
            DTSTART;TZID=W. Europe Standard Time:20261209T190000\r\nDTEND;TZID=W. Europe Standard Time:20261209T203000\r\n\
            SUMMARY:Föreläsning\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:gammalt\r\nDTSTART:20200101T180000Z\r\nSUMMARY:Länge sedan\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        send(file).await;
        let events = town.events().await;
        let [event] = events.as_slice() else {
            panic!("what is over is left out: {events:?}");
        };
        assert_eq!(event.data.pattern.zone, "Europe/Stockholm");
        assert_eq!(
            event.data.pattern.changes[0].to,
            Some(date(2026, 12, 9).at(19, 0, 0, 0))
        );
        assert!(
            matches!(&event.data.place, Some(Place::Free { name, .. }) if name.get(Locale::SV) == "Aulan")
        );
        send(
            &file
                .replace("Föreläsning", "Stor föreläsning")
                .replace("COUNT=4", "COUNT=5"),
        )
        .await;
        let events = town.events().await;
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].name(Locale::SV), "Stor föreläsning");
        assert_eq!(events[0].id, event.id);
    });
}
