//! `torg import pictures` and `torg import files`: folders and single files, dry and for good.

mod city;

use city::City;
use torg::migrator::Migrator;
use torg_kernel::{Locale, Problem};
use torg_testkit::{TestDatabase, both};

const SMALL: &[u8] = include_bytes!("city/small.jpg");

fn fields<T: std::fmt::Debug>(result: Result<T, Problem>) -> Vec<String> {
    match result {
        Err(Problem::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

async fn head(city: &City) -> i64 {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    torg_log::head(&*snapshot).await.expect("reads")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_come_from_folders_and_single_files() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::empty(test).await;
        let mut files = torg::city::Files::new();
        let organisations = "key,kind,parent,name_sv,name_en\nstaden,city,,Staden,The city\n";
        files.insert("organisations.csv".into(), organisations.into());
        city.take_in(&files).await;
        let importer = city.importer();

        let folder = city.test.folder.path().join("bilder");
        std::fs::create_dir_all(folder.join("bad")).expect("a folder");
        std::fs::write(folder.join("bad/brygga.jpg"), SMALL).expect("written");
        std::fs::write(folder.join(".dold.jpg"), b"nothing").expect("written");
        let table = folder.join("pictures.csv");
        let row = "file,alt_sv,focus_x\nbad/brygga.jpg,En brygga,20\n";
        std::fs::write(&table, row).expect("written");

        let before = head(&city).await;
        let told = importer.pictures_from(&[&folder], true).await;
        assert_eq!(told.expect("reads").created, ["bad/brygga.jpg"]);
        assert_eq!(head(&city).await, before, "a dry run writes nothing");
        let done = importer.pictures_from(&[&folder], false).await;
        assert_eq!(done.expect("is taken in").created, ["bad/brygga.jpg"]);
        let again = importer.pictures_from(&[&folder], false).await;
        assert_eq!(again.expect("is taken in").unchanged, 1);

        // Without a table, what was said of a picture stays.
        std::fs::remove_file(&table).expect("taken away");
        let again = importer.pictures_from(&[&folder], false).await;
        assert_eq!(again.expect("is taken in").unchanged, 1);
        let single = [folder.join("bad/brygga.jpg")];
        let done = importer.pictures_from(&single, false).await;
        assert_eq!(done.expect("is taken in").created, ["brygga.jpg"]);
        let snapshot = city.node.app.database.snapshot().await.expect("reads");
        let kept = torg_files::find_picture_by_key(&*snapshot, "bad/brygga.jpg").await;
        let kept = kept.expect("reads").expect("is there");
        assert_eq!(kept.data.alt.get(Locale::SV), "En brygga");
        assert_eq!(kept.data.focus.x, 20);
        snapshot.end().await.expect("ends");

        // All that is wrong is named, and nothing comes in.
        let before = head(&city).await;
        std::fs::write(&table, "file\nborta.jpg\nborta2.jpg\n").expect("written");
        let missing = fields(importer.pictures_from(&[&folder], false).await);
        assert_eq!(
            missing,
            ["pictures.csv:borta.jpg", "pictures.csv:borta2.jpg"]
        );
        std::fs::remove_file(&table).expect("taken away");
        std::fs::write(folder.join("ljuger.png"), SMALL).expect("written");
        let lying = fields(importer.pictures_from(&[&folder], true).await);
        assert_eq!(lying, ["ljuger.png:file"]);
        assert_eq!(
            fields(importer.pictures_from(&[&folder], false).await),
            lying
        );
        let twice = [folder.join("bad"), folder.join("bad/brygga.jpg")];
        let twice = fields(importer.pictures_from(&twice, false).await);
        assert_eq!(twice, [folder.join("bad/brygga.jpg").display().to_string()]);
        let nowhere = [folder.join("nowhere")];
        assert_eq!(
            fields(importer.pictures_from(&nowhere, false).await).len(),
            1
        );
        assert_eq!(head(&city).await, before);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_from_folders_and_single_files() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::empty(test).await;
        let mut files = torg::city::Files::new();
        let organisations = "key,kind,parent,name_sv,name_en\nstaden,city,,Staden,The city\n";
        files.insert("organisations.csv".into(), organisations.into());
        city.take_in(&files).await;
        let importer = city.importer();

        let folder = city.test.folder.path().join("filer");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("plan.csv"), "ort;antal\nHisingen;3\n").expect("written");
        std::fs::write(folder.join("files.csv"), "file,title\nplan.csv,Planen\n").expect("written");
        let told = importer.downloads_from(&[&folder], true).await;
        assert_eq!(told.expect("reads").created, ["plan.csv"]);
        let done = importer.downloads_from(&[&folder], false).await;
        assert_eq!(done.expect("is taken in").created, ["plan.csv"]);
        let single = [folder.join("plan.csv")];
        let again = importer.downloads_from(&single, false).await;
        assert_eq!(again.expect("is taken in").unchanged, 1, "the title stays");
        // A picture is no file to take home: its place and camera would go along.
        std::fs::write(folder.join("bild.jpg"), SMALL).expect("written");
        let wrong = fields(importer.downloads_from(&[&folder], false).await);
        assert_eq!(wrong, ["bild.jpg:file"]);
    });
}
