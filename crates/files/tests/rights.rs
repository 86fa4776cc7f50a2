//! Rights of pictures from a form's words to the end of their last day, on both databases.

use std::collections::HashSet;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use torg_db::Database;
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_files::{
    Blobs, Found, Licence, Owner, People, Picture, PictureData, PictureFilter, PictureMaker,
    PictureShow, ReadyPicture, Rights, add_picture, change_picture, export_pictures,
    filter_pictures, find_picture, list_alike, list_canonical, list_same, parse_picture_rows,
    ready_picture, tell_expired,
};
use torg_kernel::{
    Actor, Locale, OrganisationId, PictureId, Result, Subject, SystemIds, Timestamp,
};
use torg_log::{Author, PayloadClass, PayloadState, history};
use torg_testkit::{TestDatabase, both};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_files::migrations::migrations());
        all
    }
}

/// Tuesday 3 March 2026, 13.00 in the city.
const NOW: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

/// Stripes, so that pictures have a look; `turned` lets them lie down.
fn photo(width: u32, height: u32, turned: bool) -> Bytes {
    let image = RgbImage::from_fn(width, height, |x, y| {
        let at = if turned {
            y * 6 / height + x / width
        } else {
            x * 6 / width
        };
        let light = if at.is_multiple_of(2) { 20 } else { 230 };
        Rgb([light, light, 90])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90)
        .encode_image(&image)
        .expect("encodes");
    bytes.into()
}

struct Room {
    database: Database,
    blobs: Blobs,
    owner: Owner,
}

impl Room {
    fn of(test: &TestDatabase) -> Self {
        Self {
            database: test.database.clone(),
            blobs: Blobs::folder(&test.folder.path().join("files")).expect("a folder"),
            owner: Owner {
                organisation: OrganisationId::new(&SystemIds, NOW),
                authority: None,
            },
        }
    }

    async fn ready(&self, bytes: Bytes) -> ReadyPicture {
        ready_picture(&self.blobs, &PictureMaker::new(1), "a.jpg", bytes)
            .await
            .expect("a picture")
    }

    async fn add(&self, key: &'static str, data: PictureData, bytes: Bytes) -> Result<Picture> {
        let (owner, ready) = (self.owner, self.ready(bytes).await);
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    let author = Author {
                        actor: &actor,
                        now: NOW,
                        ids: &SystemIds,
                    };
                    add_picture(context, author, key, owner, data, &ready).await
                })
            })
            .await
    }

    async fn change(&self, id: PictureId, change: fn(&mut Rights)) -> Result<bool> {
        let mut picture = self.picture(id).await;
        change(&mut picture.data.rights);
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    let author = Author {
                        actor: &actor,
                        now: NOW,
                        ids: &SystemIds,
                    };
                    let version = picture.version;
                    change_picture(context, author, id, version, picture.data, None).await
                })
            })
            .await
    }

    async fn tell(&self, now: Timestamp) -> usize {
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    let author = Author {
                        actor: &actor,
                        now,
                        ids: &SystemIds,
                    };
                    tell_expired(context, author).await
                })
            })
            .await
            .expect("tells")
    }

    async fn picture(&self, id: PictureId) -> Picture {
        let snapshot = self.database.snapshot().await.expect("reads");
        let found = find_picture(&*snapshot, id).await.expect("reads");
        found.expect("is there")
    }

    async fn keys(&self, show: PictureShow, now: Timestamp) -> Vec<String> {
        let snapshot = self.database.snapshot().await.expect("reads");
        let filter = PictureFilter {
            words: "",
            show,
            organisations: Some(&[self.owner.organisation]),
            now,
        };
        let found: Found<Picture> = filter_pictures(&*snapshot, &filter, &HashSet::new(), 0, 9)
            .await
            .expect("reads");
        assert_eq!(found.total, found.items.len());
        found.items.into_iter().map(|own| own.key).collect()
    }
}

fn until(day: &str) -> PictureData {
    PictureData {
        rights: Rights {
            licence: Licence::Bought,
            people: People::Nobody,
            until: Some(day.parse().expect("a day")),
            reason: "Avtalet".to_owned(),
            ..Rights::default()
        },
        ..PictureData::default()
    }
}

#[tokio::test]
async fn a_picture_goes_out_at_midnight_and_comes_back() {
    both!(Migrator, |test: TestDatabase| async move {
        let room = Room::of(&test);
        let picture = room
            .add("a.jpg", until("2026-03-10"), photo(60, 40, false))
            .await
            .expect("adds");
        room.add("b.jpg", until("2026-09-01"), photo(60, 40, true))
            .await
            .expect("adds");
        assert_eq!(room.picture(picture.id).await, picture, "{}", test.engine);
        assert_eq!(room.keys(PictureShow::Ending, NOW).await, ["a.jpg"]);
        assert!(room.keys(PictureShow::Ended, NOW).await.is_empty());
        assert_eq!(room.tell(NOW).await, 0);

        // The last second of the day, and the first of the next (UTC+1).
        let midnight = picture.data.rights.public_until().expect("an end");
        assert_eq!(midnight.rfc3339(), "2026-03-10T23:00:00Z");
        let before = Timestamp::from_micros(midnight.micros() - 1);
        assert!(picture.is_public(before) && !picture.is_public(midnight));
        assert_eq!(room.tell(before).await, 0);
        assert_eq!(room.tell(midnight).await, 1);
        assert_eq!(room.tell(midnight).await, 0, "told once");
        assert_eq!(room.keys(PictureShow::Ended, midnight).await, ["a.jpg"]);
        assert_eq!(room.keys(PictureShow::Public, midnight).await, ["b.jpg"]);
        let snapshot = room.database.snapshot().await.expect("reads");
        let subject = Subject::new("picture", picture.id);
        let events = history(&*snapshot, &subject, &[PayloadClass::Public], 9)
            .await
            .expect("reads");
        let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["picture.expired", "picture.added"]);
        let canonical = list_canonical(&*snapshot).await.expect("reads");
        let own = canonical.iter().find(|(own, _)| *own == subject);
        let PayloadState::Whole { after, .. } = &events[0].payload else {
            panic!("the payload is there");
        };
        assert_eq!(after.as_ref(), own.map(|own| &own.1));
        drop(snapshot);

        // A longer time, which goes out in its turn.
        let longer =
            |rights: &mut Rights| rights.until = Some("2026-03-20".parse().expect("a day"));
        assert!(room.change(picture.id, longer).await.expect("changes"));
        assert_eq!(room.tell(midnight).await, 0);
        assert!(room.picture(picture.id).await.is_public(midnight));
        assert_eq!(room.tell(midnight.plus_seconds(10 * 86_400)).await, 1);
    });
}

#[tokio::test]
async fn a_consent_taken_back_stops_a_picture_at_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let room = Room::of(&test);
        let mut data = until("2027-01-01");
        data.rights.people = People::Consent;
        data.rights.consent = "Dnr 12/2026".to_owned();
        data.standard = true;
        data.themes = vec!["Sommar".to_owned(), "Bad".to_owned()];
        let picture = room
            .add("a.jpg", data, photo(60, 40, false))
            .await
            .expect("adds");
        assert_eq!(room.keys(PictureShow::Standard, NOW).await, ["a.jpg"]);
        let withdrawn = |rights: &mut Rights| rights.people = People::Withdrawn;
        assert!(room.change(picture.id, withdrawn).await.expect("changes"));
        assert!(!room.picture(picture.id).await.is_public(NOW));
        assert!(room.keys(PictureShow::Standard, NOW).await.is_empty());
        assert_eq!(room.keys(PictureShow::Ended, NOW).await, ["a.jpg"]);
        assert_eq!(room.tell(NOW).await, 0, "its own event said so");
        // Where a consent is kept is for the staff.
        let snapshot = room.database.snapshot().await.expect("reads");
        let subject = Subject::new("picture", picture.id);
        let events = history(&*snapshot, &subject, &[PayloadClass::Public], 9)
            .await
            .expect("reads");
        assert_eq!(events.len(), 2);
        for event in &events {
            assert_eq!(event.class, PayloadClass::Internal);
            assert!(!matches!(event.payload, PayloadState::Whole { .. }));
        }
    });
}

#[tokio::test]
async fn work_is_found_and_the_same_is_known() {
    both!(Migrator, |test: TestDatabase| async move {
        let room = Room::of(&test);
        let bytes = photo(900, 600, false);
        let mut described = PictureData::default();
        described.alt.set(Locale::SV, "Ränder");
        let first = room
            .add("a.jpg", described, bytes.clone())
            .await
            .expect("adds");
        let mut english = PictureData::default();
        english.alt.set(Locale::EN, "Stripes \"sv\":\"");
        room.add("b.jpg", english, photo(50, 50, true))
            .await
            .expect("adds");
        let decoration = PictureData {
            decorative: true,
            ..PictureData::default()
        };
        let small = room
            .add("c.jpg", decoration, photo(330, 220, false))
            .await
            .expect("adds");
        assert_eq!(room.keys(PictureShow::NoAlt, NOW).await, ["b.jpg"]);
        assert_eq!(room.keys(PictureShow::NoRights, NOW).await.len(), 3);
        let snapshot = room.database.snapshot().await.expect("reads");
        let used = HashSet::from([first.id]);
        let filter = |show, organisations| PictureFilter {
            words: "",
            show,
            organisations,
            now: NOW,
        };
        let wanted = filter(PictureShow::Unused, None);
        let unused = filter_pictures(&*snapshot, &wanted, &used, 1, 1).await;
        let unused = unused.expect("reads");
        assert_eq!((unused.total, unused.items.len()), (2, 1));
        let nobodys = filter(PictureShow::All, Some(&[]));
        let nobodys = filter_pictures(&*snapshot, &nobodys, &used, 0, 9).await;
        assert_eq!(nobodys.expect("reads").total, 0);

        // The same bytes; the same pixels with a comment in the file; another size.
        let source = torg_files::BlobId::of(&bytes);
        let same = list_same(&*snapshot, source, None).await.expect("reads");
        assert_eq!(same[0].id, first.id);
        let mut other = bytes[..2].to_vec();
        other.extend_from_slice(&[0xff, 0xfe, 0, 5, b'h', b'e', b'j']);
        other.extend_from_slice(&bytes[2..]);
        let other = Bytes::from(other);
        let source = torg_files::BlobId::of(&other);
        assert!(
            list_same(&*snapshot, source, None)
                .await
                .expect("reads")
                .is_empty()
        );
        let ready = room.ready(other).await;
        let same = list_same(&*snapshot, source, Some(&ready)).await;
        assert_eq!(same.expect("reads")[0].id, first.id);
        let look = first.look.expect("stripes");
        let alike = list_alike(&*snapshot, look, first.id, 9)
            .await
            .expect("reads");
        assert_eq!(alike, [small.id]);
    });
}

#[tokio::test]
async fn rights_come_back_from_a_table() {
    both!(Migrator, |test: TestDatabase| async move {
        let room = Room::of(&test);
        let mut data = until("2026-12-31");
        data.rights.people = People::Consent;
        data.rights.consent = "Pärm \"3\", hylla 2".to_owned();
        data.rights.terms = "Avtal 7".to_owned();
        data.standard = true;
        data.themes = vec!["Bad".to_owned(), "Sommar".to_owned()];
        room.add("a.jpg", data.clone(), photo(60, 40, false))
            .await
            .expect("adds");
        let snapshot = room.database.snapshot().await.expect("reads");
        let table = export_pictures(&*snapshot, |_| None)
            .await
            .expect("exports");
        let rows = parse_picture_rows(table.table.as_bytes()).expect("reads");
        assert_eq!(rows[0].data, data, "{}", table.table);
        // A table that knows nothing of rights takes none away.
        let plain = parse_picture_rows(b"file,alt_sv\na.jpg,Ord\n").expect("reads");
        let over = plain[0].over(Some(&data));
        assert_eq!((over.rights, over.standard), (data.rights, true));
        assert_eq!(over.alt.get(Locale::SV), "Ord");
        let bad = parse_picture_rows(b"file,licence,until,standard\na.jpg,mine,31/12,maybe\n");
        let torg_kernel::Problem::Invalid(errors) = bad.expect_err("is wrong") else {
            panic!("faults have places");
        };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["2:standard", "2:licence", "2:until"]);
    });
}
