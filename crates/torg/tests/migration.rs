//! Old sites come in by the command line: all or nothing, again without a change, and old addresses
//! lead on.

mod city;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use city::City;
use torg::migrator::Migrator;
use torg_testkit::{TestDatabase, both};

const TORG: &str = env!("CARGO_BIN_EXE_torg");

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../foreign/tests/fixtures")
        .join(name)
}

/// Runs a command on a database.
async fn torg(test: &TestDatabase, words: &[&str]) -> Output {
    let mut command = Command::new(TORG);
    command
        .arg("--data")
        .arg(test.folder.path().join("data"))
        .args(["--database", &test.url])
        .args(words)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("TORG_DATABASE");
    tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("the thread ends")
        .expect("torg runs")
}

fn said(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout);
    format!("{out}{}", String::from_utf8_lossy(&output.stderr))
}

async fn addresses(test: &TestDatabase) -> Vec<String> {
    let snapshot = test.database.snapshot().await.expect("reads");
    let pages = torg_site::list_addresses(&*snapshot).await.expect("lists");
    let mut addresses: Vec<String> = pages.into_iter().map(|page| page.address).collect();
    addresses.sort_unstable();
    addresses
}

async fn with_organisation(test: &TestDatabase) {
    let file = test.folder.path().join("organisations.csv");
    std::fs::write(
        &file,
        "key,kind,parent,name_sv,name_en\nsjovik,city,,Sjövik,Sjövik\n",
    )
    .expect("written");
    let output = torg(
        test,
        &["import", "organisations", &file.display().to_string()],
    )
    .await;
    assert!(output.status.success(), "{}", said(&output));
}

async fn export_story(test: TestDatabase) {
    with_organisation(&test).await;
    let file = fixture("wordpress.xml").display().to_string();
    let report = test.folder.path().join("report.json");
    let tried = torg(&test, &["import", "wordpress", &file, "--dry-run"]).await;
    assert!(said(&tried).contains("9 pages new"), "{}", said(&tried));
    assert!(
        addresses(&test).await.is_empty(),
        "a dry run writes nothing"
    );
    let words = [
        "import",
        "wordpress",
        &file,
        "--report",
        &report.display().to_string(),
    ];
    let first = torg(&test, &words).await;
    assert!(first.status.success(), "{}", said(&first));
    let here = addresses(&test).await;
    assert_eq!(here.len(), 9, "{here:?}");
    assert!(here.contains(&"/bygga-och-bo/bygglov/kostnad".to_owned()));
    let rows: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&report).expect("written")).expect("JSON");
    let rows = rows.as_array().expect("a list");
    assert!(
        rows.iter()
            .any(|row| row["outcome"] == "left_out" && row["title"] == "Utkast")
    );
    let snapshot = test.database.snapshot().await.expect("reads");
    let redirects = torg_site::list_redirects(&*snapshot).await.expect("lists");
    drop(snapshot);
    let old = (
        "/2026/03/bron-oppnar".to_owned(),
        "/nyheter/bron-oppnar".to_owned(),
    );
    assert!(redirects.contains(&old), "{redirects:?}");
    let again = torg(&test, &words).await;
    assert!(
        said(&again).contains("0 pages new, 0 changed, 9 as before"),
        "{}",
        said(&again)
    );
}
#[tokio::test(flavor = "multi_thread")]
async fn an_export_comes_in_once() {
    both!(Migrator, export_story);
}

async fn broken_story(test: TestDatabase) {
    with_organisation(&test).await;
    let write = |name: &str, bytes: &[u8]| {
        let path = test.folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path.display().to_string()
    };
    let text = std::fs::read_to_string(fixture("wordpress.xml")).expect("read");
    let broken = write(
        "broken.xml",
        text.replace("</wp:post_name>", "</x>").as_bytes(),
    );
    let output = torg(&test, &["import", "wordpress", &broken]).await;
    assert!(!output.status.success());
    assert!(said(&output).contains("broken.xml:"), "{}", said(&output));
    let whole = std::fs::read(fixture("small.warc.gz")).expect("read");
    let cut = write("cut.warc.gz", &whole[..whole.len() / 2]);
    let output = torg(&test, &["import", "site", &cut]).await;
    assert!(!output.status.success());
    assert!(
        said(&output).contains("--keep-what-is-there"),
        "{}",
        said(&output)
    );
    assert!(addresses(&test).await.is_empty());
    let kept = torg(
        &test,
        &[
            "import",
            "site",
            &cut,
            "--keep-what-is-there",
            "--under",
            "/gamla",
        ],
    )
    .await;
    assert!(kept.status.success(), "{}", said(&kept));
    let here = addresses(&test).await;
    assert!(
        !here.is_empty() && here.iter().all(|address| address.starts_with("/gamla")),
        "{here:?}"
    );
}
#[tokio::test(flavor = "multi_thread")]
async fn broken_and_cut_files_change_nothing() {
    both!(Migrator, broken_story);
}

/// A PDF that is no more than its first and last line.
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

async fn media(test: &TestDatabase) -> (Vec<torg_files::Picture>, Vec<torg_files::StoredFile>) {
    let snapshot = test.database.snapshot().await.expect("reads");
    let pictures = torg_files::list_pictures(&*snapshot).await.expect("lists");
    let files = torg_files::list_files(&*snapshot).await.expect("lists");
    (pictures, files)
}

/// The city that was taken in, as readers see it today.
async fn shown(test: TestDatabase) -> City {
    let city = City::empty(test).await;
    city.clock
        .set(torg_kernel::Clock::now(&torg_kernel::SystemClock));
    city
}

async fn uploads_story(test: TestDatabase) {
    with_organisation(&test).await;
    let file = fixture("wordpress.xml").display().to_string();
    let root = test.folder.path().join("uploads");
    let month = root.join("2026/03");
    std::fs::create_dir_all(&month).expect("a folder");
    // A PNG by the name of a JPEG, as old systems have them.
    std::fs::copy(fixture("boat.png"), month.join("bron.jpg")).expect("copied");
    std::fs::write(month.join("bryggan.jpg"), "not a picture").expect("written");
    std::fs::write(month.join("taxa.pdf"), PDF).expect("written");
    let folder = root.display().to_string();
    let words = ["import", "wordpress", &file, "--media", &folder];
    let tried = torg(&test, &[words.as_slice(), &["--dry-run"]].concat()).await;
    let line =
        "2 pictures and files new in the media bank, 0 changed, 0 as before; 1 refused, 0 not";
    assert!(said(&tried).contains(line), "{}", said(&tried));
    let (pictures, files) = media(&test).await;
    assert!(pictures.is_empty() && files.is_empty(), "a dry run");
    let blobs = test.folder.path().join("data/files");
    let put = std::fs::read_dir(&blobs).map_or(0, Iterator::count);
    assert_eq!(put, 0, "a dry run puts nothing on the disk");

    let first = torg(&test, &words).await;
    assert!(first.status.success(), "{}", said(&first));
    assert!(said(&first).contains(line), "{}", said(&first));
    assert!(
        said(&first).contains("bryggan.jpg was not taken into the media bank"),
        "{}",
        said(&first)
    );
    let (pictures, files) = media(&test).await;
    assert_eq!(pictures.len(), 1);
    assert_eq!(
        pictures[0].key,
        "127.0.0.1-18480/wp-content/uploads/2026/03/bron.jpg"
    );
    assert_eq!((files.len(), files[0].name.as_str()), (1, "taxa.pdf"));
    let again = torg(&test, &words).await;
    let line = "0 pictures and files new in the media bank, 0 changed, 2 as before";
    assert!(said(&again).contains(line), "{}", said(&again));
    let line = "0 pages new, 0 changed, 9 as before";
    assert!(said(&again).contains(line), "{}", said(&again));
    assert_eq!(media(&test).await, (pictures.clone(), files.clone()));

    let city = shown(test).await;
    let picture = format!("/media/{}/", pictures[0].id);
    let page = city.get("/nyheter/bron-oppnar").await;
    assert!(
        page.body.contains(&picture),
        "the lead picture: {}",
        page.body
    );
    let mut found = false;
    for address in addresses(&city.test).await {
        let page = city.get(&address).await;
        assert_eq!(page.status, 200, "{address}");
        let own = format!("/files/{}/", files[0].id);
        for href in page.attributes("main a", "href") {
            assert!(
                !href.ends_with("2026/03/taxa.pdf"),
                "{address} leads to the old server"
            );
            found |= href.starts_with(&own);
        }
    }
    assert!(found, "the price list can be taken home");
    // Told apart by the query only: the start page answers all but the exact one.
    for (from, to) in [
        ("/?page_id=11", "/bada"),
        ("/?utm_source=brev&page_id=11", "/bada"),
        ("/index.php?page_id=11", ""),
        ("/?page_id=4711", ""),
        ("/?q=bad", ""),
        ("/?utm_source=brev", ""),
    ] {
        for _ in 0..2 {
            let answer = city.get(from).await;
            assert_eq!(answer.header("location"), to, "{from}");
            assert_eq!(answer.status == 301, !to.is_empty(), "{from}");
        }
    }
    let twin = City::empty(torg_testkit::sqlite::<Migrator>().await).await;
    let out = city.test.folder.path().join("out");
    let (database, accounts) = (&city.node.app.database, &city.node.accounts);
    torg::export::write_city(
        database,
        accounts,
        &city.node.media.blobs,
        &out,
        torg::export::Personal::None,
        &mut |_| {},
    )
    .await
    .expect("exports");
    let taken = torg::city::read_files(&out).expect("reads");
    twin.clock.set(city.clock_now());
    twin.take_in(&taken).await;
    assert_eq!(twin.get("/?p=11").await.header("location"), "/bada");
}
#[tokio::test(flavor = "multi_thread")]
async fn pictures_and_files_come_into_the_media_bank() {
    both!(Migrator, uploads_story);
}

/// A folder as it was saved, with pages told apart by their queries.
fn saved_site(root: &Path) -> PathBuf {
    let site = root.join("www.gamla.example");
    let page = |title: &str, body: &str| {
        format!(
            "<html lang=sv><head><title>{title}</title></head><body><main><h1>{title}</h1>\
             <p>Här står det som {title} har att säga, och det är mer än en rad.</p>{body}</main></body></html>"
        )
    };
    std::fs::create_dir_all(site.join("filer")).expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(site.join(name), bytes).expect("written");
    std::fs::copy(fixture("boat.png"), site.join("filer/bat.png")).expect("copied");
    write("filer/plan.pdf", PDF);
    write("filer/dold.pdf", b"<html>log in</html>");
    let body = "<p><img src=filer/bat.png alt=\"En båt\"></p>\
        <p>Läs <a href=filer/plan.pdf>planen</a> i lugn och ro.</p>\
        <ul><li><a href=filer/plan.pdf>Planen som PDF</a></li></ul>\
        <p><a href=filer/dold.pdf>Dold</a> <a href=filer/borta.pdf>Borta</a></p>";
    write("index.html", page("Gamla staden", body).as_bytes());
    write("sida.aspx?id=3", page("Hamnen", "").as_bytes());
    write("sida.aspx?id=4", page("Torget", "").as_bytes());
    site
}

async fn folder_story(test: TestDatabase) {
    with_organisation(&test).await;
    let site = saved_site(test.folder.path()).display().to_string();
    let words = [
        "import",
        "site",
        &site,
        "--base",
        "https://www.gamla.example/",
        "--lang",
        "sv",
    ];
    let first = torg(&test, &words).await;
    assert!(first.status.success(), "{}", said(&first));
    let line =
        "2 pictures and files new in the media bank, 0 changed, 0 as before; 1 refused, 1 not";
    assert!(said(&first).contains(line), "{}", said(&first));
    let again = torg(&test, &words).await;
    assert!(
        said(&again).contains("0 changed, 2 as before; 1 refused"),
        "{}",
        said(&again)
    );
    assert!(
        said(&again).contains("0 pages new, 0 changed, 3 as before"),
        "{}",
        said(&again)
    );
    let (pictures, files) = media(&test).await;
    assert_eq!(pictures[0].data.alt.get(torg_kernel::Locale::SV), "En båt");
    let city = shown(test).await;
    let start = city.get("/").await;
    assert!(start.body.contains(&format!("/media/{}/", pictures[0].id)));
    let own = format!("/files/{}/plan.pdf", files[0].id);
    let links = start.attributes("main a", "href");
    let to_plan = links.iter().filter(|href| href.starts_with(&own)).count();
    assert_eq!(to_plan, 2, "in the sentence, and as a download: {links:?}");
    let got = city.get(&own).await;
    assert_eq!(got.body.as_bytes(), PDF);
    let mut hit = Vec::new();
    for id in [3, 4] {
        let answer = city.get(&format!("/sida.aspx?id={id}")).await;
        assert_eq!(answer.status, 301, "{id}");
        let page = city.get(answer.header("location")).await;
        hit.extend(page.texts("h1"));
    }
    assert_eq!(hit, ["Hamnen", "Torget"]);
    assert_eq!(city.get("/sida.aspx?id=5").await.status, 404);
}
#[tokio::test(flavor = "multi_thread")]
async fn a_saved_site_brings_its_pictures_and_queries() {
    both!(Migrator, folder_story);
}

async fn hidden_story(test: TestDatabase) {
    with_organisation(&test).await;
    // A page that nobody may read lies where the old site had one that is called otherwise here.
    let folder = test.folder.path().join("pages");
    std::fs::create_dir_all(&folder).expect("a folder");
    let page = "---\naddress: /2026-03-bron-oppnar\n---\n# Egen\n\nText.\n";
    let page = page.replace("/2026-03-bron-oppnar", "/2026/03/bron-oppnar");
    std::fs::write(folder.join("egen.md"), page).expect("written");
    let pages = folder.display().to_string();
    let output = torg(&test, &["import", "pages", &pages]).await;
    assert!(output.status.success(), "{}", said(&output));
    let hidden = test.database.write(|context| {
        Box::pin(async move {
            torg_db::execute(
                &**context,
                "UPDATE page_content SET state = 'unpublished' WHERE address = $1",
                vec!["/2026/03/bron-oppnar".into()],
            )
            .await?;
            Ok(())
        })
    });
    hidden.await.expect("written");
    let file = fixture("wordpress.xml").display().to_string();
    let output = torg(&test, &["import", "wordpress", &file]).await;
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output)
            .contains("/2026/03/bron-oppnar/ is here an address of a page that is not public"),
        "{}",
        said(&output)
    );
    assert!(
        addresses(&test)
            .await
            .contains(&"/nyheter/bron-oppnar".to_owned())
    );
}
#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_page_at_an_old_address_is_told() {
    both!(Migrator, hidden_story);
}

/// Old pages that lay below what is the program's own here: in a saved site and in an export.
async fn own_addresses_story(test: TestDatabase) {
    with_organisation(&test).await;
    let root = test.folder.path().join("old.example");
    for (folder, title) in [
        ("hitta", "Hitta"),
        ("hitta/bad", "Bad"),
        ("admin/x", "Kansli"),
    ] {
        std::fs::create_dir_all(root.join(folder)).expect("a folder");
        let html = format!(
            "<html lang=sv><title>{title}</title><main><h1>{title}</h1><p>Det här är {title}.</p></main>"
        );
        std::fs::write(root.join(folder).join("index.html"), html).expect("written");
    }
    let site = root.display().to_string();
    let export = fixture("below-own.xml").display().to_string();
    for words in [["import", "site", &site], ["import", "wordpress", &export]] {
        let tried = torg(&test, &[words.as_slice(), &["--dry-run"]].concat()).await;
        assert!(tried.status.success(), "{}", said(&tried));
        assert!(said(&tried).contains("/hitta-sida/bad"), "{}", said(&tried));
    }
    assert!(
        addresses(&test).await.is_empty(),
        "a dry run writes nothing"
    );
    let done = torg(&test, &["import", "site", &site]).await;
    assert!(done.status.success(), "{}", said(&done));
    assert_eq!(
        addresses(&test).await,
        ["/admin-sida/x", "/hitta-sida", "/hitta-sida/bad"]
    );
    let done = torg(
        &test,
        &["import", "wordpress", &export, "--under", "/gamla"],
    )
    .await;
    let told = said(&done);
    assert!(done.status.success(), "{told}");
    assert!(
        told.contains("“/?page_id=4711” leads nowhere"),
        "a page that the export does not hold: {told}"
    );
    let city = shown(test).await;
    let page = city.get("/gamla/hitta/bad").await;
    let links = page.attributes(".prose a", "href");
    assert_eq!(
        links,
        ["/gamla/hitta", "/gamla"],
        "nothing leads to the start page"
    );
    assert!(page.body.contains("cykelsidan"), "the words stay");
}
#[tokio::test(flavor = "multi_thread")]
async fn what_lay_below_an_own_address_comes_in() {
    both!(Migrator, own_addresses_story);
}
