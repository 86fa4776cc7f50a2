//! Old sites come in by the command line: all or nothing, again without a change, and old addresses
//! lead on.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
