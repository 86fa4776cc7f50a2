//! Pictures and files from folders to rows and back, on both databases.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_db::{Database, DatabaseTransaction, scalar};
use torg_files::{
    AltTexts, BlobFault, BlobId, BlobReport, Blobs, FileInput, Focus, ImportReport, MayRead,
    MediaRef, MediaUse, Owner, PictureData, PictureInput, PictureMaker, Source, UnseenPlaces,
    UsePlace, add_file, change_picture, export_files, export_pictures, find_file_by_key,
    find_picture, find_picture_by_key, find_variant, import_files, import_pictures, list_blobs,
    list_canonical, list_files, list_pictures, list_pictures_by_id, parse_file_rows,
    parse_picture_rows, picture_tag, preview_files, preview_pictures, ready_file, remove_file,
    remove_picture, search_files, search_pictures, stage_files, stage_pictures, verify_blobs,
};
use torg_kernel::{
    Actor, Locale, OrganisationId, PictureId, Problem, Result, Subject, SystemIds, Timestamp,
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

const NOW: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

fn author(actor: &Actor, now: Timestamp) -> Author<'_> {
    Author {
        actor,
        now,
        ids: &SystemIds,
    }
}

fn jpeg(width: u32, height: u32, tone: u8) -> Bytes {
    let mut bytes = Vec::new();
    JpegEncoder::new(&mut bytes)
        .encode_image(&RgbImage::from_pixel(width, height, Rgb([tone, 90, 20])))
        .expect("encodes");
    bytes.into()
}

struct Room {
    blobs: Blobs,
    maker: PictureMaker,
    owner: Owner,
    database: Database,
}

impl Room {
    fn of(test: &TestDatabase) -> Self {
        Self {
            blobs: Blobs::folder(&test.folder.path().join("files")).expect("a folder"),
            maker: PictureMaker::new(2),
            owner: Owner {
                organisation: OrganisationId::new(&SystemIds, NOW),
                authority: None,
            },
            database: test.database.clone(),
        }
    }

    fn picture(&self, key: &str, alt: &str, bytes: Bytes) -> PictureInput {
        let mut words = AltTexts::default();
        words.set(Locale::SV, alt);
        PictureInput {
            id: None,
            key: key.to_owned(),
            name: None,
            owner: self.owner,
            data: PictureData {
                alt: words,
                credit: "Ada Alm".to_owned(),
                focus: Focus { x: 20, y: 70 },
                ..PictureData::default()
            },
            source: Source::Bytes(bytes),
        }
    }

    fn file(&self, key: &str, title: Option<&str>, bytes: &'static [u8]) -> FileInput {
        FileInput {
            id: None,
            key: key.to_owned(),
            owner: self.owner,
            title: title.map(str::to_owned),
            source: Source::Bytes(Bytes::from_static(bytes)),
        }
    }

    async fn import(&self, inputs: Vec<PictureInput>, now: Timestamp) -> Result<ImportReport> {
        let snapshot = self.database.snapshot().await?;
        let known = list_pictures(&*snapshot).await?;
        snapshot.end().await?;
        let staged = stage_pictures(&known, &self.blobs, &self.maker, inputs).await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("import");
                    import_pictures(context, author(&actor, now), staged).await
                })
            })
            .await
    }

    async fn import_files(&self, inputs: Vec<FileInput>) -> Result<ImportReport> {
        let snapshot = self.database.snapshot().await?;
        let known = list_files(&*snapshot).await?;
        snapshot.end().await?;
        let staged = stage_files(&known, &self.blobs, inputs).await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("import");
                    import_files(context, author(&actor, NOW), staged).await
                })
            })
            .await
    }

    async fn events(&self) -> i64 {
        let snapshot = self.database.snapshot().await.expect("reads");
        scalar(&*snapshot, "SELECT count(*) FROM event", vec![])
            .await
            .expect("counts")
    }
}

#[tokio::test]
async fn pictures_come_in_once_and_are_logged() {
    both!(Migrator, |test: TestDatabase| async move {
        let room = Room::of(&test);
        let (beach, tram) = (jpeg(700, 400, 10), jpeg(330, 330, 200));
        let inputs = || {
            vec![
                room.picture("bad.jpg", "Bad vid havet", beach.clone()),
                room.picture("trafik/spårvagn.jpg", "", tram.clone()),
            ]
        };
        let preview = preview_pictures(&[], inputs()).await.expect("plans");
        let report = room.import(inputs(), NOW).await.expect("imports");
        assert_eq!(report.created, ["bad.jpg", "trafik/spårvagn.jpg"]);
        assert_eq!(preview, report);
        assert_eq!(room.events().await, 2);

        let snapshot = room.database.snapshot().await.expect("reads");
        let picture = find_picture_by_key(&*snapshot, "bad.jpg")
            .await
            .expect("reads")
            .expect("is there");
        assert_eq!((picture.width, picture.height), (700, 400));
        assert_eq!(picture.data.focus, Focus { x: 20, y: 70 });
        let whole = list_pictures_by_id(&*snapshot, &[picture.id])
            .await
            .expect("reads");
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].1.len(), 4, "two widths in two formats");
        for variant in &whole[0].1 {
            assert!(room.blobs.is_whole(variant.blob).await.expect("reads"));
            let found = find_variant(&*snapshot, picture.id, variant.format, variant.width);
            assert_eq!(found.await.expect("reads").as_ref(), Some(variant));
            assert!(variant.href().contains(&variant.blob.short()));
        }
        let found = search_pictures(&*snapshot, "HAVET alm", 0, 10).await;
        assert_eq!(
            found.expect("reads").items[..],
            *std::slice::from_ref(&picture)
        );
        for (query, total) in [("", 2), ("100%", 0), ("a\0b_", 0), ("sparvagn", 1)] {
            let found = search_pictures(&*snapshot, query, 0, 1).await;
            assert_eq!(found.expect("reads").total, total, "{query}");
        }
        for (subject, now) in list_canonical(&*snapshot).await.expect("reads") {
            let last = history(&*snapshot, &subject, &[PayloadClass::Public], 1)
                .await
                .expect("reads");
            let PayloadState::Whole { after, .. } = &last[0].payload else {
                panic!("the payload is there");
            };
            assert_eq!(after.as_deref(), Some(now.as_str()), "{}", test.engine);
            assert_eq!(last[0].tags.len(), 1);
        }
        drop(snapshot);

        let again = room.import(inputs(), NOW).await.expect("imports");
        assert_eq!((again.unchanged, again.changed.len()), (2, 0));
        assert_eq!(room.events().await, 2, "nothing changed, nothing logged");

        // New words alone, then new pixels under the same key.
        let mut inputs = inputs();
        inputs[0].data.credit = "Bo Ek".to_owned();
        inputs[1].source = Source::Bytes(jpeg(700, 350, 90));
        let report = room.import(inputs, NOW.plus_seconds(9)).await.expect("ok");
        assert_eq!(report.changed, ["bad.jpg", "trafik/spårvagn.jpg"]);
        let snapshot = room.database.snapshot().await.expect("reads");
        let after = find_picture(&*snapshot, picture.id).await.expect("reads");
        let after = after.expect("is there");
        assert_eq!((after.blob, after.version), (picture.blob, 2));
        assert_eq!(after.updated_at, NOW.plus_seconds(9));
        let subject = Subject::new("picture", picture.id);
        let events = history(&*snapshot, &subject, &[PayloadClass::Public], 9)
            .await
            .expect("reads");
        let kinds: HashSet<&str> = events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, HashSet::from(["picture.added", "picture.changed"]));
        assert_eq!(events[0].tags, [picture_tag(picture.id)]);
    });
}

#[tokio::test]
async fn an_export_comes_back_the_same() {
    both!(Migrator, |test: TestDatabase| async move {
        let room = Room::of(&test);
        let moving = Bytes::from_static(include_bytes!("fixtures/moving.gif"));
        let inputs = vec![
            room.picture("bad.jpg", "Bad", jpeg(400, 300, 10)),
            room.picture("rörlig.gif", "Rörlig", moving),
        ];
        let report = room.import(inputs, NOW).await.expect("imports");
        assert_eq!(report.animated, ["rörlig.gif"], "it is told");
        let pdf = b"%PDF-1.7\n%%EOF\n";
        let files = vec![
            room.file("protokoll/Nämnd 3.pdf", None, pdf),
            room.file("tider.csv", Some("Tider, 2026"), b"dag;tid\nm;1\n"),
        ];
        let report = room.import_files(files.clone()).await.expect("imports");
        assert_eq!(report.created.len(), 2);
        let snapshot = room.database.snapshot().await.expect("reads");
        let file = find_file_by_key(&*snapshot, "protokoll/Nämnd 3.pdf").await;
        let file = file.expect("reads").expect("is there");
        assert_eq!(
            (file.title.as_str(), file.name.as_str()),
            ("Nämnd 3", "namnd-3.pdf")
        );
        let found = search_files(&*snapshot, "namnd", 0, 9)
            .await
            .expect("reads");
        assert_eq!(found.items, [file]);
        let pictures = export_pictures(&*snapshot, |_| Some("stad".to_owned()));
        let pictures = pictures.await.expect("exports");
        let exported = export_files(&*snapshot, |_| Some("stad".to_owned()));
        let exported = exported.await.expect("exports");
        let known = list_files(&*snapshot).await.expect("reads");
        drop(snapshot);
        let preview = preview_files(&known, files).await.expect("plans");
        assert_eq!(preview.unchanged, 2);

        // Into an empty database, from what was written to a folder.
        let empty = Room::of(&torg_testkit::sqlite::<Migrator>().await);
        let folder = tempfile::tempdir().expect("a folder");
        for (path, blob) in pictures.files.iter().chain(&exported.files) {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            let bytes = room.blobs.get(*blob).await.expect("reads").expect("there");
            std::fs::write(path, bytes).expect("written");
        }
        let rows = parse_picture_rows(pictures.table.as_bytes()).expect("our own table");
        let inputs = rows.into_iter().map(|row| PictureInput {
            id: row.id,
            name: row.file.rsplit('/').next().map(str::to_owned),
            source: Source::Path(folder.path().join(&row.file)),
            key: row.key,
            owner: empty.owner,
            data: row.data,
        });
        empty.import(inputs.collect(), NOW).await.expect("imports");
        let rows = parse_file_rows(exported.table.as_bytes()).expect("our own table");
        let inputs = rows.into_iter().map(|row| FileInput {
            id: row.id,
            source: Source::Path(folder.path().join(&row.file)),
            key: row.key,
            owner: empty.owner,
            title: row.title,
        });
        empty.import_files(inputs.collect()).await.expect("imports");
        let snapshot = empty.database.snapshot().await.expect("reads");
        let copy = export_pictures(&*snapshot, |_| Some("stad".to_owned())).await;
        assert_eq!(copy.expect("exports"), pictures, "ids and bytes are kept");
        let copy = export_files(&*snapshot, |_| Some("stad".to_owned())).await;
        assert_eq!(copy.expect("exports"), exported);
    });
}

#[tokio::test]
async fn faults_name_their_file_and_nothing_is_written() {
    both!(Migrator, |test: TestDatabase| async move {
        let room = Room::of(&test);
        let good = jpeg(20, 20, 1);
        let mut long = room.picture("long.jpg", "", good.clone());
        long.data.credit = "x".repeat(201);
        let mut lost = room.picture("lost.jpg", "", good.clone());
        lost.source = Source::Path(test.folder.path().join("nowhere.jpg"));
        let inputs = vec![
            room.picture("good.jpg", "", good.clone()),
            room.picture("lies.png", "", good.clone()),
            room.picture("cut.jpg", "", good.slice(..good.len() / 2)),
            long,
            lost,
        ];
        let Err(Problem::Invalid(errors)) = room.import(inputs, NOW).await else {
            panic!("they are refused");
        };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "lies.png:file",
                "cut.jpg:file",
                "long.jpg:credit",
                "lost.jpg:file"
            ]
        );
        assert!(
            errors
                .iter()
                .all(|it| it.message.args.iter().any(|arg| arg.0 == "key"))
        );
        let twice = vec![
            room.picture("a.jpg", "", good.clone()),
            room.picture("a.jpg", "", good.clone()),
            room.picture("../a.jpg", "", good.clone()),
        ];
        let Err(Problem::Invalid(errors)) = preview_pictures(&[], twice).await else {
            panic!("they are refused");
        };
        assert_eq!(errors.len(), 2);
        let picture = room.file("a.jpg", None, b"\xff\xd8\xff\xe0");
        assert!(matches!(
            room.import_files(vec![picture]).await,
            Err(Problem::Invalid(_))
        ));
        assert_eq!(room.events().await, 0, "all or nothing");

        // What was put on the disk for nothing goes when it is old, and nothing else does.
        room.import(vec![room.picture("good.jpg", "", good)], NOW)
            .await
            .expect("imports");
        let snapshot = room.database.snapshot().await.expect("reads");
        let named = list_blobs(&*snapshot).await.expect("reads");
        drop(snapshot);
        room.blobs
            .put(Bytes::from_static(b"orphan"))
            .await
            .expect("put");
        let future = Timestamp::from_micros(4_000_000_000_000_000);
        let swept = room.blobs.sweep(&named, future).await.expect("sweeps");
        assert_eq!(swept.removed, 1);
        assert_eq!(swept.kept, named.len());
        for blob in named {
            assert!(room.blobs.is_whole(blob).await.expect("reads"));
        }
    });
}

/// Where a blob lies on the disk.
fn place(test: &TestDatabase, blob: BlobId) -> std::path::PathBuf {
    let name = blob.to_string();
    let folder = test.folder.path().join("files");
    folder.join(&name[..2]).join(&name[2..4]).join(name)
}

#[tokio::test]
async fn lost_and_changed_bytes_are_told_with_those_who_need_them() {
    both!(Migrator, |test: TestDatabase| async move {
        let room = Room::of(&test);
        let verify = async || -> BlobReport {
            let mut last = (0, 0);
            let mut step = |done, all| last = (done, all);
            let report = verify_blobs(&room.database, &room.blobs, &mut step).await;
            let report = report.expect("verifies");
            assert_eq!(last, (report.blobs, report.blobs));
            report
        };
        assert_eq!(verify().await, BlobReport::default(), "nothing is well");
        let inputs = vec![
            room.picture("one.jpg", "", jpeg(700, 400, 10)),
            room.picture("other.jpg", "", jpeg(330, 330, 200)),
        ];
        room.import(inputs, NOW).await.expect("imports");
        let report = verify().await;
        let snapshot = room.database.snapshot().await.expect("reads");
        let picture = find_picture_by_key(&*snapshot, "one.jpg").await;
        let picture = picture.expect("reads").expect("is there");
        let other = find_picture_by_key(&*snapshot, "other.jpg").await;
        let other = other.expect("reads").expect("is there");
        let variants = list_pictures_by_id(&*snapshot, &[other.id]).await;
        let variant = variants.expect("reads")[0].1[0].clone();
        let named = list_blobs(&*snapshot).await.expect("reads");
        snapshot.end().await.expect("ends");
        assert_eq!((report.blobs, report.damaged.len()), (named.len(), 0));
        assert!(report.bytes > 1_000);

        // One bit turns: the length stays.
        let path = place(&test, picture.blob);
        let whole = std::fs::read(&path).expect("reads");
        let mut turned = whole.clone();
        turned[whole.len() / 2] ^= 1;
        std::fs::write(&path, &turned).expect("writes");
        std::fs::remove_file(place(&test, variant.blob)).expect("removed");
        let mut damaged = verify().await.damaged;
        damaged.sort_by_key(|one| one.fault != BlobFault::Changed);
        assert_eq!(damaged.len(), 2, "{damaged:?}");
        assert_eq!(
            (damaged[0].blob, &damaged[0].fault),
            (picture.blob, &BlobFault::Changed)
        );
        let original = (Subject::new("picture", picture.id), "original".to_owned());
        assert_eq!(damaged[0].needed_by, [original]);
        assert_eq!(
            (damaged[1].blob, &damaged[1].fault),
            (variant.blob, &BlobFault::Missing)
        );
        let part = format!("{} {}", variant.format.as_str(), variant.width);
        assert_eq!(damaged[1].needed_by[0].1, part);

        // A folder in its place cannot be read; that is told too.
        std::fs::create_dir(place(&test, variant.blob)).expect("made");
        std::fs::write(&path, &whole).expect("writes");
        let damaged = verify().await.damaged;
        assert_eq!(damaged.len(), 1, "{damaged:?}");
        assert_ne!(damaged[0].fault, BlobFault::Changed);
    });
}

/// So many pages and so many drafts.
struct Places(usize, usize);

#[async_trait]
impl MediaUse for Places {
    async fn places(&self, _: &DatabaseTransaction, _: MediaRef) -> Result<Vec<UsePlace>> {
        let place = UsePlace {
            title: "Bad".to_owned(),
            href: "/bad".to_owned(),
        };
        Ok(vec![place; self.0])
    }

    async fn unseen(
        &self,
        _: &DatabaseTransaction,
        _: MediaRef,
        _: MayRead<'_>,
    ) -> Result<UnseenPlaces> {
        Ok(UnseenPlaces {
            seen: Vec::new(),
            hidden: self.1,
        })
    }

    async fn used_pictures(&self, _: &DatabaseTransaction) -> Result<HashSet<PictureId>> {
        Ok(HashSet::new())
    }

    async fn needed_pictures(&self, _: &DatabaseTransaction) -> Result<HashSet<PictureId>> {
        Ok(HashSet::new())
    }
}

#[tokio::test]
async fn what_is_used_stays_and_two_editors_are_told_of_each_other() {
    both!(Migrator, |test: TestDatabase| async move {
        let room = Room::of(&test);
        room.import(vec![room.picture("a.jpg", "A", jpeg(20, 20, 1))], NOW)
            .await
            .expect("imports");
        let snapshot = room.database.snapshot().await.expect("reads");
        let picture = list_pictures(&*snapshot).await.expect("reads").remove(0);
        drop(snapshot);
        let change = |version: i64, credit: &str| {
            let mut data = picture.data.clone();
            data.credit = credit.to_owned();
            let id = picture.id;
            room.database.write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    change_picture(context, author(&actor, NOW), id, version, data, None).await
                })
            })
        };
        assert!(change(1, "Bo").await.expect("changes"));
        assert!(matches!(change(1, "Eva").await, Err(Problem::Conflict(_))));
        assert!(!change(2, " Bo ").await.expect("nothing to change"));
        assert!(matches!(change(2, "a\0b").await, Err(Problem::Invalid(_))));

        let ready = ready_file(&room.blobs, "b.txt", Bytes::from_static(b"hej")).await;
        let (ready, owner) = (Arc::new(ready.expect("is text")), room.owner);
        let add = |title: &'static str| {
            let ready = ready.clone();
            room.database.write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    add_file(context, author(&actor, NOW), "b.txt", owner, title, &ready).await
                })
            })
        };
        assert!(
            matches!(add(" ").await, Err(Problem::Invalid(_))),
            "no title"
        );
        let file = add("Hej").await.expect("adds");
        assert!(
            matches!(add("Hej").await, Err(Problem::Conflict(_))),
            "the key is taken"
        );

        for (pages, drafts, count) in [(1, 0, 2), (0, 1, 2), (0, 0, 0)] {
            let (picture, file) = (picture.id, file.id);
            for is_file in [false, true] {
                let removed = room
                    .database
                    .write(move |context| {
                        Box::pin(async move {
                            let actor = Actor::system("test");
                            let (who, used) = (author(&actor, NOW), Places(pages, drafts));
                            if is_file {
                                remove_file(context, who, file, &used).await
                            } else {
                                remove_picture(context, who, picture, &used).await
                            }
                        })
                    })
                    .await;
                assert_eq!(removed.is_err(), pages + drafts > 0);
            }
            let snapshot = room.database.snapshot().await.expect("reads");
            let left = list_canonical(&*snapshot).await.expect("reads");
            assert_eq!(left.len(), count);
        }
        let snapshot = room.database.snapshot().await.expect("reads");
        assert!(list_blobs(&*snapshot).await.expect("reads").is_empty());
    });
}
