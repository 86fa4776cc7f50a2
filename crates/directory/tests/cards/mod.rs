//! Finished cards are kept in memory: they change when the clock says so, and when the unit does.

use torg_directory::{UnitFacts, find_by_key};
use torg_kernel::{FactField, FactRef, FactSource, Locale, Timestamp, UnitId};
use torg_log::head;
use torg_testkit::{TestDatabase, both};
use torg_web::{FactResolver, Reading, Resolved, Wanted};

use crate::town::{DEMO, Migrator, NOW, import, organisations};

const HOUR: i64 = 3_600;

/// A document with a unit's card and its hours in running text.
struct Document<'a> {
    test: &'a TestDatabase,
    facts: &'a UnitFacts,
    unit: UnitId,
}

impl Document<'_> {
    const fn hours(&self) -> FactRef {
        FactRef {
            source: FactSource::Unit,
            id: self.unit.0,
            field: FactField::Hours,
        }
    }

    async fn at(&self, now: Timestamp, locale: Locale) -> Resolved {
        self.read(now, locale, true).await
    }

    async fn read(&self, now: Timestamp, locale: Locale, card: bool) -> Resolved {
        let reading = Reading::new(&self.test.database);
        let wanted = Wanted {
            facts: vec![self.hours()],
            contacts: Some(self.unit).filter(|_| card).into_iter().collect(),
            ..Wanted::default()
        };
        let mut resolved = Resolved::default();
        self.facts
            .resolve(&reading, &wanted, locale, now, &mut resolved)
            .await
            .expect("resolves");
        resolved
    }

    async fn open(&self, now: Timestamp, locale: Locale) -> (String, String) {
        let resolved = self.at(now, locale).await;
        let open = resolved.contacts[&self.unit].open.clone();
        let until = resolved.fresh_until.expect("a unit with hours changes");
        assert!(until > now, "a page is fresh for a while");
        let until = until.zoned().strftime("%d %H:%M").to_string();
        (
            open.expect("it has hours").text.replace('\u{a0}', " "),
            until,
        )
    }
}

async fn library(test: &TestDatabase) -> UnitId {
    let snapshot = test.database.snapshot().await.expect("reads");
    let unit = find_by_key(&*snapshot, "angereds-bibliotek").await;
    unit.expect("reads").expect("is there").id
}

#[tokio::test]
async fn a_kept_card_changes_at_closing_and_opening_time() {
    both!(Migrator, |test: TestDatabase| async move {
        import(&test.database, &organisations(), DEMO, NOW)
            .await
            .expect("imports");
        let facts = UnitFacts::default();
        let unit = library(&test).await;
        let shown = Document {
            test: &test,
            facts: &facts,
            unit,
        };
        let says = |text: &str, until: &str| (text.to_owned(), until.to_owned());
        let second = |hours: i64, seconds: i64| NOW.plus_seconds(hours * HOUR + seconds);
        // It is Tuesday 3 March, 13.00; the library is open 10–19.
        for (now, expected) in [
            (NOW, says("Öppet nu till 19", "03 19:00")),
            (second(0, 1), says("Öppet nu till 19", "03 19:00")),
            (second(6, -1), says("Öppet nu till 19", "03 19:00")),
            (second(6, 0), says("Öppnar i morgon kl. 10", "04 00:00")),
            (second(11, -1), says("Öppnar i morgon kl. 10", "04 00:00")),
            (second(11, 0), says("Öppnar i dag kl. 10", "04 10:00")),
            (second(21, -1), says("Öppnar i dag kl. 10", "04 10:00")),
            (second(21, 0), says("Öppet nu till 19", "04 19:00")),
            // Clocks of two requests may pass each other; a kept card says nothing of before.
            (NOW, says("Öppet nu till 19", "03 19:00")),
            (second(-4, 0), says("Öppnar i dag kl. 10", "03 10:00")),
        ] {
            let found = shown.open(now, Locale::SV).await;
            assert_eq!(found, expected, "{} on {}", now.zoned(), test.engine);
        }
        let english = shown.open(NOW, Locale::EN).await;
        assert_eq!(english, says("Open now until 19:00", "03 19:00"));
        let swedish = shown.open(NOW, Locale::SV).await;
        assert_eq!(swedish, says("Öppet nu till 19", "03 19:00"));
    });
}

#[tokio::test]
async fn hours_in_running_text_hold_for_the_day() {
    both!(Migrator, |test: TestDatabase| async move {
        let exception = r#""exceptions": [{"date":"2026-03-04","spans":["12:00-15:00"]}]"#;
        let json = format!(
            r#"[{{"key":"bad","kind":"swimming_pool","organisation":"kulturforvaltningen","name":{{"sv":"Badet"}},
                "hours":{{"weekly":{{"tue":["10:00-19:00"],"wed":["10:00-19:00"]}},{exception}}}}}]"#
        );
        import(&test.database, &organisations(), &json, NOW)
            .await
            .expect("imports");
        let snapshot = test.database.snapshot().await.expect("reads");
        let unit = find_by_key(&*snapshot, "bad").await.expect("reads");
        drop(snapshot);
        let facts = UnitFacts::default();
        let shown = Document {
            test: &test,
            facts: &facts,
            unit: unit.expect("is there").id,
        };
        for (hours, expected, until) in [
            (0, "Tisdag–onsdag 10–19", "04 00:00"),
            (7, "Tisdag–onsdag 10–19", "04 00:00"),
            (11, "Tisdag–onsdag 10–19, I dag 12–15", "05 00:00"),
            (30, "Tisdag–onsdag 10–19, I dag 12–15", "05 00:00"),
            (35, "Tisdag–onsdag 10–19", "06 00:00"),
        ] {
            let now = NOW.plus_seconds(hours * HOUR);
            // With and without a card beside it, which is made from the same.
            let alone = shown.read(now, Locale::SV, false).await;
            assert_eq!(alone.facts[&shown.hours()], expected, "{}", now.zoned());
            let fresh = alone.fresh_until.expect("the day ends").zoned();
            assert_eq!(fresh.strftime("%d %H:%M").to_string(), until);
            let beside = shown.at(now, Locale::SV).await;
            assert_eq!(beside.facts[&shown.hours()], expected);
            let card = &beside.contacts[&shown.unit];
            assert_eq!(card.hours.join(", "), expected);
        }
    });
}

#[tokio::test]
async fn a_kept_card_goes_when_the_unit_changes() {
    both!(Migrator, |test: TestDatabase| async move {
        let tree = organisations();
        import(&test.database, &tree, DEMO, NOW)
            .await
            .expect("imports");
        let facts = UnitFacts::default();
        let unit = library(&test).await;
        let shown = Document {
            test: &test,
            facts: &facts,
            unit,
        };
        let phone = async || {
            let resolved = shown.at(NOW, Locale::SV).await;
            resolved.contacts[&unit].phone.clone().expect("a phone")
        };
        assert_eq!(phone().await, "031-390 06 03");
        let changed = DEMO.replace("031-390 06 03", "031-390 99 03");
        import(&test.database, &tree, &changed, NOW.plus_seconds(60))
            .await
            .expect("imports");
        assert_eq!(phone().await, "031-390 06 03", "it is kept until told");
        let snapshot = test.database.snapshot().await.expect("reads");
        let position = head(&*snapshot).await.expect("reads");
        drop(snapshot);
        facts.drop_tag("unit:another", position);
        assert_eq!(phone().await, "031-390 06 03", "of its own change");
        facts.drop_tag(&format!("unit:{unit}"), position);
        assert_eq!(phone().await, "031-390 99 03", "{}", test.engine);
    });
}
