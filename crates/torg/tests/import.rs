//! Files that come in again after something changed, and what goes out: nothing is doubled or lost.

mod city;

use city::{City, set};
use torg::city::{Files, demo_files, parse_pages};
use torg::export;
use torg::migrator::Migrator;
use torg_kernel::{Actor, Problem};
use torg_site::ImportReport;
use torg_testkit::{TestDatabase, both};

/// A city with organisations and these pages.
async fn with_pages(test: TestDatabase, pages: &[(&str, &str)]) -> City {
    let city = City::empty(test).await;
    let demo = demo_files();
    let name = "organisations.csv".to_owned();
    let organisations = demo[&name].clone();
    city.take_in(&Files::from([(name, organisations)])).await;
    pages_into(&city, pages).await.expect("the pages come in");
    city.follow().await;
    city
}

async fn pages_into(city: &City, pages: &[(&str, &str)]) -> Result<ImportReport, Problem> {
    let files: Files = pages
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let parsed = parse_pages(&files, &mut |_| {}).expect("parses");
    city.importer().pages(parsed, Vec::new()).await
}

/// The fields and translation keys that were refused.
fn refused<T>(result: Result<T, Problem>) -> Vec<(String, &'static str)> {
    match result {
        Err(Problem::Invalid(errors)) => errors
            .into_iter()
            .map(|error| (error.field, error.message.key))
            .collect(),
        Err(other) => panic!("refused with fields, not {other}"),
        Ok(_) => panic!("refused"),
    }
}

async fn addresses(city: &City) -> Vec<String> {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    let pages = torg_site::list_addresses(&*snapshot).await.expect("lists");
    let mut addresses: Vec<String> = pages.into_iter().map(|page| page.address).collect();
    addresses.sort_unstable();
    addresses
}

async fn differing(city: &City) -> usize {
    let found = torg::rows::differing(&city.node.app.database).await;
    found.expect("compares").len()
}

async fn write(city: &City, name: &str) -> Files {
    let folder = city.test.folder.path().join(name);
    let (database, accounts) = (&city.node.app.database, &city.node.accounts);
    let blobs = &city.node.media.blobs;
    let written = export::write_city(
        database,
        accounts,
        blobs,
        &folder,
        export::Personal::None,
        &mut |_| {},
    )
    .await;
    written.expect("exports");
    torg::city::read_files(&folder).expect("reads")
}

/// Opens a page's form, changes a field, and sends it.
async fn save(city: &City, cookie: &str, title: &str, changes: &[(&str, &str)]) -> city::Answer {
    let form = city.page_form(cookie, title).await;
    let mut fields = city.get_as(cookie, &form).await.fields();
    for (name, value) in changes {
        set(&mut fields, name, value);
    }
    set(&mut fields, "then", "publish");
    city.post_as(cookie, &form, &fields).await
}

const START: (&str, &str) = (
    "index.md",
    "---\ntype: start\n---\n# Staden\n\nVälkommen.\n",
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_has_a_file_of_its_own() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = with_pages(
            test,
            &[
                START,
                (
                    "a.md",
                    "---\naddress: /index\n---\n# Register\n\nA till Ö.\n",
                ),
                ("b.md", "---\naddress: /foo\nlang: en\n---\n# Foo\n\nOne.\n"),
                (
                    "c.md",
                    "---\naddress: /en/foo\nlang: en\n---\n# Other foo\n\nTwo.\n",
                ),
                (
                    "d.md",
                    "---\naddress: /england\nlang: en\n---\n# England\n\nThree.\n",
                ),
                (
                    "e.md",
                    "---\naddress: /en\nlang: en\ntype: start\n---\n# City\n\nHello.\n",
                ),
                (
                    "f.md",
                    "---\naddress: /gland\nlang: en\n---\n# Gland\n\nFour.\n",
                ),
                (
                    "g.md",
                    "---\naddress: /en/gland\nlang: en\n---\n# A gland\n\nFive.\n",
                ),
                (
                    "h.md",
                    "---\naddress: /en/index\nlang: en\n---\n# Index\n\nSix.\n",
                ),
            ],
        )
        .await;
        let files = write(&city, "out").await;
        let mut json: Vec<&str> = files
            .keys()
            .filter_map(|name| name.strip_prefix("pages/")?.strip_suffix(".json"))
            .collect();
        json.sort_unstable();
        assert_eq!(
            json,
            [
                "en/_other/england",
                "en/_other/foo",
                "en/_other/gland",
                "en/_start",
                "en/foo",
                "en/gland",
                "en/index",
                "sv/_start",
                "sv/index"
            ]
        );
        let twin = City::empty(torg_testkit::sqlite::<Migrator>().await).await;
        twin.take_in(&files).await;
        assert_eq!(addresses(&twin).await, addresses(&city).await);
        assert_eq!(addresses(&city).await.len(), 9);
    });
}

const SOURCE: (&str, &str) = ("sopor.md", "# Sopor\n\nVi hämtar dem.\n");
const TRANSLATION: (&str, &str) = (
    "en/waste.md",
    "---\ntranslates: /sopor\n---\n# Waste\n\nWe take it away.\n",
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_translation_is_older_only_when_words_changed() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = with_pages(test, &[START, SOURCE, TRANSLATION]).await;
        let cookie = city.log_in("edvin@stad.example", Some("publisher")).await;
        let notices = async |path: &str| city.get(path).await.texts(".notice.older").len();
        assert_eq!(notices("/en/waste").await, 0);
        let moved = [("address", "/avfall"), ("reviewed", "2026-03-01")];
        assert_eq!(save(&city, &cookie, "Sopor", &moved).await.status, 303);
        assert_eq!(notices("/en/waste").await, 0, "a move says nothing new");
        let text = [("text", "Vi hämtar dem varje vecka.")];
        assert_eq!(save(&city, &cookie, "Sopor", &text).await.status, 303);
        assert_eq!(notices("/en/waste").await, 1);
        let moved = [("address", "/en/rubbish"), ("reviewed", "2026-03-02")];
        assert_eq!(save(&city, &cookie, "Waste", &moved).await.status, 303);
        assert_eq!(notices("/en/rubbish").await, 1, "moved, not translated");
        let text = [("text", "We take it away every week.")];
        assert_eq!(save(&city, &cookie, "Waste", &text).await.status, 303);
        assert_eq!(notices("/en/rubbish").await, 0);
        // Moved once more, the Swedish text is still the one that it was made from.
        let moved = [("address", "/sopor")];
        assert_eq!(save(&city, &cookie, "Sopor", &moved).await.status, 303);
        assert_eq!(notices("/en/rubbish").await, 0);
        assert_eq!(differing(&city).await, 0, "rows and log agree");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_a_moved_page_changes_that_page() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = with_pages(test, &[START, SOURCE, TRANSLATION]).await;
        let cookie = city.log_in("edvin@stad.example", Some("publisher")).await;
        let moved = [("address", "/avfall")];
        assert_eq!(save(&city, &cookie, "Sopor", &moved).await.status, 303);
        let before = addresses(&city).await;
        let again = ("sopor.md", "# Sopor\n\nVi hämtar dem ofta.\n");
        let linking = ("lank.md", "# Länk\n\nSe [sopor](/sopor).\n");
        let report = pages_into(&city, &[again, linking, TRANSLATION]).await;
        let report = report.expect("comes in");
        let of = |path: &str| {
            let file = report.files.iter().find(|file| file.path == path);
            file.expect("reported")
        };
        assert_eq!(of("sopor.md").outcome, "changed");
        assert_eq!(of("sopor.md").address.as_str(), "/avfall");
        let told = of("sopor.md").moved.as_ref().expect("said so");
        assert_eq!(told.key, "import-moved");
        assert_eq!(of("en/waste.md").outcome, "same");
        assert!(of("en/waste.md").moved.is_none());
        assert!(of("lank.md").notes.is_empty(), "old addresses are known");
        let mut after = addresses(&city).await;
        after.retain(|address| address != "/lank");
        assert_eq!(after, before, "no double");
        assert_eq!(city.get("/sopor").await.header("location"), "/avfall");
        assert!(city.get("/avfall").await.body.contains("ofta"));
        assert_eq!(differing(&city).await, 0);
        // Two files for one page, one of them by its old address.
        let by_new = ("avfall.md", "# Avfall\n\nNytt.\n");
        let found = refused(pages_into(&city, &[again, by_new]).await);
        assert_eq!(found[0].1, "import-address-twice");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_keeps_its_language_and_variant() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = with_pages(test, &[START, SOURCE, TRANSLATION]).await;
        for front in ["lang: en", "variant: easy_to_read"] {
            let text = format!("---\n{front}\n---\n# Sopor\n\nNytt.\n");
            let found = refused(pages_into(&city, &[("sopor.md", &text)]).await);
            let wanted = ("sopor.md".to_owned(), "import-text-differs");
            assert_eq!(found, [wanted], "{front}");
        }
        // Not said: as it is.
        let unsaid = (
            "x.md",
            "---\naddress: /en/waste\n---\n# Waste\n\nNew words.\n",
        );
        let report = pages_into(&city, &[unsaid]).await.expect("comes in");
        assert_eq!(report.count("changed"), 1);
        assert_eq!(
            city.get("/en/waste").await.attributes("html", "lang"),
            ["en"]
        );
        // A second English text of the same page, alone or two at once.
        let second = (
            "en/rubbish.md",
            "---\ntranslates: /sopor\n---\n# Rubbish\n\nAgain.\n",
        );
        let found = refused(pages_into(&city, &[second]).await);
        let wanted = ("en/rubbish.md".to_owned(), "import-text-elsewhere");
        assert_eq!(found, [wanted]);
        let two = [
            ("ny.md", "# Ny\n\nText.\n"),
            ("en/a.md", "---\ntranslates: /ny\n---\n# A\n\nA.\n"),
            ("en/b.md", "---\ntranslates: /ny\n---\n# B\n\nB.\n"),
        ];
        let found = refused(pages_into(&city, &two).await);
        assert_eq!(found, [("en/b.md".to_owned(), "import-text-elsewhere")]);
        assert_eq!(city.get("/ny").await.status, 404, "all or nothing");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_takes_only_pages_that_one_may_publish() {
    both!(Migrator, |test: TestDatabase| async move {
        let owned =
            |owner: &str, title: &str| format!("---\nowner: {owner}\n---\n# {title}\n\nText.\n");
        let city = with_pages(
            test,
            &[
                START,
                ("om.md", &owned("arkivnamnden", "Om arkivet")),
                ("om/nara.md", &owned("arkivnamnden", "Nära")),
                ("om/annat.md", &owned("namnden-inkop", "Annat")),
                (
                    "en/index.md",
                    "---\ntype: start\n---\n# The city\n\nWelcome.\n",
                ),
                ("en/about.md", "# About\n\nText.\n"),
            ],
        )
        .await;
        let email = "arkiv@stad.example";
        let cookie = city.log_in(email, None).await;
        let actor = Actor::system("test");
        let grant =
            city.node
                .accounts
                .grant(&actor, email, "publisher", "arkivnamnden", None, None);
        grant.await.expect("a grant");
        let moved = [("address", "/om-arkivet")];
        let answer = save(&city, &cookie, "Om arkivet", &moved).await;
        assert_eq!(answer.status, 422);
        assert!(
            answer.body.contains("/om/annat"),
            "which one stands in the way"
        );
        assert_eq!(city.get("/om/nara").await.status, 200, "nothing moved");
        let all = city.log_in("edvin@stad.example", Some("publisher")).await;
        assert_eq!(save(&city, &all, "Om arkivet", &moved).await.status, 303);
        assert_eq!(
            city.get("/om/annat").await.header("location"),
            "/om-arkivet/annat"
        );
        // The start page of another language stays, and so does what lies below it.
        let away = save(&city, &all, "The city", &[("address", "/english")]).await;
        assert_eq!(away.status, 422);
        assert_eq!(city.get("/en/about").await.status, 200);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redirects_are_logged_and_give_way_to_pages() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = with_pages(test, &[START, SOURCE, TRANSLATION]).await;
        let head = async || {
            let snapshot = city.node.app.database.snapshot().await.expect("reads");
            torg_log::head(&*snapshot).await.expect("reads")
        };
        let before = head().await;
        let csv = b"from,to\n/gammal,/sopor\n/rubbish,/sopor\n";
        city.importer().redirects(csv).await.expect("comes in");
        assert_eq!(head().await, before + 2);
        city.importer().redirects(csv).await.expect("comes in");
        assert_eq!(head().await, before + 2, "nothing changed");
        let other = b"from,to\n/gammal,/en/waste\n";
        city.importer().redirects(other).await.expect("comes in");
        assert_eq!(head().await, before + 3);
        assert_eq!(differing(&city).await, 0, "no page changed");

        // A city where a page lies at one of those addresses, taken in from its export.
        let name = "organisations.csv".to_owned();
        let donor = City::empty(torg_testkit::sqlite::<Migrator>().await).await;
        donor
            .take_in(&Files::from([(name.clone(), demo_files()[&name].clone())]))
            .await;
        let page = ("rubbish.md", "# Skräp\n\nText.\n");
        pages_into(&donor, &[page]).await.expect("comes in");
        let mut files = write(&donor, "donor").await;
        files.retain(|name, _| name.starts_with("pages/"));
        city.take_in(&files).await;
        assert_eq!(city.get("/rubbish").await.texts("h1"), ["Skräp"]);
        let snapshot = city.node.app.database.snapshot().await.expect("reads");
        let redirects = torg_site::list_redirects(&*snapshot).await.expect("lists");
        let wanted = ("/gammal".to_owned(), "/en/waste".to_owned());
        assert_eq!(redirects, [wanted]);
        snapshot.end().await.expect("ends");
        // What went out comes in: also where a page now is.
        let twin = City::empty(torg_testkit::sqlite::<Migrator>().await).await;
        twin.take_in(&write(&city, "out").await).await;
        assert_eq!(addresses(&twin).await, addresses(&city).await);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_moves_takes_its_translations_along_in_the_log_too() {
    both!(Migrator, |test: TestDatabase| async move {
        let swedish = |front: &str| format!("---\n{front}---\n# Sopor\n\nVarje vecka.\n");
        let city = with_pages(
            test,
            &[
                START,
                ("sv/sopor.md", &swedish("order: 1\n")),
                (
                    "fi/jate.md",
                    "---\ntranslates: /sopor\n---\n# Jäte\n\nJoka viikko.\n",
                ),
            ],
        )
        .await;
        assert_eq!(differing(&city).await, 0);
        let changed = swedish("order: 7\nowner: arkivnamnden\n");
        pages_into(&city, &[("sv/sopor.md", &changed)])
            .await
            .expect("the Swedish text alone comes in");
        assert_eq!(
            differing(&city).await,
            0,
            "the log knows of the Finnish text"
        );
        city.follow().await;
        let finnish = city.get("/fi/jate").await;
        assert!(finnish.body.contains("Arkivnämnden"), "{}", finnish.body);
    });
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_brings_nothing_from_outside_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("secret.txt");
    std::fs::write(&secret, "Hemligt").expect("writes");
    let sent = folder.path().join("sent");
    std::fs::create_dir(&sent).expect("makes");
    std::fs::write(sent.join("a.txt"), "Öppet").expect("writes");
    std::os::unix::fs::symlink(&secret, sent.join("b.txt")).expect("links");
    std::os::unix::fs::symlink(folder.path(), sent.join("c")).expect("links");
    let read = torg::city::read_files(&sent).expect("reads");
    assert_eq!(read.keys().collect::<Vec<_>>(), ["a.txt"]);

    let city = with_pages(torg_testkit::sqlite::<Migrator>().await, &[START]).await;
    let report = city
        .importer()
        .downloads_from(&[&sent], false)
        .await
        .expect("comes in");
    assert_eq!(report.created.len(), 1, "{report:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn weeding_one_thing_hides_no_other_that_is_gone() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = with_pages(test, &[START]).await;
        let files = ["a.txt", "b.txt"].map(|name| (format!("files/{name}"), name.into()));
        let came = city.importer().downloads(&Files::from(files)).await;
        assert_eq!(came.expect("comes in").created.len(), 2);
        let database = &city.node.app.database;
        let now = city.clock_now();
        let gone = database.write(move |context| {
            Box::pin(async move {
                let weeded = torg_files::find_file_by_key(&**context, "a.txt").await?;
                let weeded = weeded.expect("is there");
                let author = torg_log::Author {
                    actor: &Actor::system("test"),
                    now,
                    ids: &torg_kernel::SystemIds,
                };
                let subject = torg_kernel::Subject::new("file", weeded.id);
                torg_log::weed(context, author, &subject, "KN 1/26").await?;
                let sql = "DELETE FROM file WHERE key = 'b.txt'";
                Ok(torg_db::execute(&**context, sql, vec![]).await?)
            })
        });
        assert_eq!(gone.await.expect("is written"), 1);
        assert_eq!(differing(&city).await, 1, "the file that is gone");
    });
}
