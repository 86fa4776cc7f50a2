//! Saved copies of sites: made here, and a real one made by wget.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use torg_foreign::{ErrorKind, FileBytes, ForeignError, Migration, Options, Outcome, saved};
use torg_kernel::{Address, Locale, SeededIds, Timestamp};
use torg_markup::{NoNames, NoResolver, body_to_markdown};

const SITE: &str = "http://www.gamla.example";

/// A WARC file in the making.
#[derive(Default)]
struct Warc {
    records: Vec<Vec<u8>>,
}

impl Warc {
    fn record(&mut self, headers: &str, body: &[u8]) {
        let mut record = format!(
            "WARC/1.1\r\n{headers}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        record.extend_from_slice(body);
        record.extend_from_slice(b"\r\n\r\n");
        self.records.push(record);
    }

    fn answer(&mut self, path: &str, status: u16, headers: &str, body: &[u8]) {
        let mut http = format!("HTTP/1.1 {status} X\r\n{headers}\r\n").into_bytes();
        http.extend_from_slice(body);
        let url = if path.contains("://") {
            path.to_owned()
        } else {
            format!("{SITE}{path}")
        };
        self.record(
            &format!("WARC-Type: response\r\nWARC-Target-URI: {url}"),
            &http,
        );
    }

    fn page(&mut self, path: &str, html: &str) {
        self.answer(
            path,
            200,
            "Content-Type: text/html; charset=utf-8\r\n",
            html.as_bytes(),
        );
    }

    fn plain(&self) -> Vec<u8> {
        self.records.concat()
    }

    fn packed(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for record in &self.records {
            let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            member.write_all(record).expect("memory");
            out.extend(member.finish().expect("memory"));
        }
        out
    }
}

fn read_with(bytes: &[u8], options: &Options) -> Result<Migration, ForeignError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("site.warc");
    std::fs::write(&path, bytes).expect("written");
    saved::read(&saved::Source::at(&path)?, options)
}

fn read(warc: &Warc) -> Migration {
    read_with(&warc.plain(), &Options::default()).expect("a good archive")
}

fn addresses(migration: &Migration) -> Vec<&str> {
    let pages = migration.pages.iter();
    pages
        .filter_map(|page| page.front.address.as_ref().map(Address::as_str))
        .collect()
}

fn page<'a>(migration: &'a Migration, address: &str) -> &'a torg_markup::ParsedPage {
    let is_it = |page: &&torg_markup::ParsedPage| {
        page.front.address.as_ref().map(Address::as_str) == Some(address)
    };
    migration
        .pages
        .iter()
        .find(is_it)
        .unwrap_or_else(|| panic!("no {address} in {:?}", addresses(migration)))
}

fn markdown(migration: &Migration, address: &str) -> String {
    let page = page(migration, address);
    let (document, _) = page.resolve(&NoResolver, &SeededIds::new(1), Timestamp::default());
    body_to_markdown(&document, &NoNames)
}

fn remarks(migration: &Migration) -> String {
    let items = migration.report.items.iter();
    items
        .flat_map(|item| &item.remarks)
        .map(|remark| format!("{remark}\n"))
        .collect()
}

/// A page as an old system makes it: nothing marks its main part.
fn old_page(title: &str, text: &str) -> String {
    format!(
        "<html><head><title>{title} - Gamla staden</title></head><body><table><tr><td>\
         <p>Gamla staden, den gamla staden</p><p><a href='/'>Start</a> <a href='/bygga/'>Bygga</a></p></td></tr>\
         <tr><td><div class='text'><h2>{title}</h2>{text}</div></td></tr>\
         <tr><td><p>Telefon 031-390 06 00. Måndag till fredag.</p></td></tr></table></body></html>"
    )
}

fn old_site() -> Warc {
    let mut warc = Warc::default();
    let long = "Det här är en lång text om saken, som ingen annan sida har, och den fortsätter en bit till.";
    for (path, title) in [
        ("/", "Välkommen"),
        ("/bygga/", "Bygga"),
        ("/bada.html", "Bada"),
        ("/resa/index.html", "Resa"),
    ] {
        warc.page(path, &old_page(title, &format!("<p>{title}: {long}</p><p>Mer än {title}: <a href='{SITE}/bygga'>att bygga</a>.</p>")));
    }
    warc
}

#[test]
fn the_main_part_is_found_by_comparing_pages() {
    let migration = read(&old_site());
    assert_eq!(addresses(&migration), ["/", "/bada", "/bygga", "/resa"]);
    let bathing = markdown(&migration, "/bada");
    assert_eq!(page(&migration, "/bada").title, "Bada");
    let lead = page(&migration, "/bada").description.as_deref();
    assert!(lead.is_some_and(|lead| lead.starts_with("Bada: Det här är en lång text")));
    assert!(bathing.contains("[att bygga](/bygga)"), "{bathing}");
    for around in ["Telefon", "Gamla staden", "Start", "## Bada"] {
        assert!(!bathing.contains(around), "{around} in {bathing}");
    }
    assert_eq!(page(&migration, "/bada").front.locale, Some(Locale::SV));
    let told = remarks(&migration);
    assert!(
        told.contains("weighing text") && told.contains("stand on many pages"),
        "{told}"
    );
}

#[test]
fn old_addresses_redirects_and_faults_are_kept_and_told() {
    let mut warc = old_site();
    warc.answer("/gammal", 301, "Location: /nyare\r\n", b"");
    warc.answer(
        "/nyare",
        302,
        "Location: /bada.html?utm_source=brev\r\n",
        b"",
    );
    warc.answer("/bort", 301, "Location: /finns-inte\r\n", b"");
    warc.answer(
        "/finns-inte",
        404,
        "Content-Type: text/html\r\n",
        b"<h1>Nej</h1>",
    );
    warc.answer("/runt", 301, "Location: /runt2\r\n", b"");
    warc.answer("/runt2", 301, "Location: /runt\r\n", b"");
    warc.page(
        "/sida.aspx?id=5",
        "<html lang='en'><title>x</title><main><h1>Housing</h1><p>Text.</p></main>",
    );
    warc.page(
        "/kopia",
        "<html lang='en'><title>x</title><main><h1>Housing</h1><p>Text.</p></main>",
    );
    warc.page(
        "/egen",
        "<html lang='sv'><link rel=canonical href='/bygga/'><main><h1>Bygga</h1></main>",
    );
    warc.page(
        "/dold",
        "<meta name=robots content='noindex'><main><h1>Dold</h1></main>",
    );
    warc.page("/nyheter/page/2/", "<main><h1>Nyheter</h1></main>");
    warc.page(
        "/in",
        "<main><h1>Logga in</h1><form><input type=password></form></main>",
    );
    let migration = read(&warc);
    let mut found = addresses(&migration);
    found.sort_unstable();
    assert_eq!(
        found,
        ["/", "/bada", "/bygga", "/en/sida-aspx-id-5", "/resa"]
    );
    let leads = |from: &str| {
        let found = migration
            .redirects
            .iter()
            .find(|redirect| redirect.from == from);
        found.map(|redirect| redirect.to.to_string())
    };
    assert_eq!(leads("/gammal").as_deref(), Some("/bada"));
    assert_eq!(leads("/nyare").as_deref(), Some("/bada"));
    assert_eq!(leads("/bada.html").as_deref(), Some("/bada"));
    assert_eq!(leads("/resa/index.html").as_deref(), Some("/resa"));
    assert_eq!(leads("/egen").as_deref(), Some("/bygga"));
    assert_eq!(
        leads("/sida.aspx?id=5").as_deref(),
        leads("/kopia").as_deref()
    );
    let stored = |from: &str| {
        let found = migration
            .redirects
            .iter()
            .find(|redirect| redirect.from == from);
        found.and_then(|redirect| redirect.stored())
    };
    assert_eq!(stored("/bada.html").as_deref(), Some("/bada-html"));
    assert_eq!(
        stored("/sida.aspx?id=5").as_deref(),
        Some("/sida-aspx?id=5")
    );
    let told = remarks(&migration);
    for part in [
        "answered 404",
        "leads on to",
        "says the same as",
        "noindex",
        "further page",
        "log in",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn titles_languages_pictures_and_translations_are_found() {
    let mut warc = Warc::default();
    for (path, lang, title) in [
        ("/bo", "sv", "Bo"),
        ("/bad", "sv-SE", "Bad"),
        ("/en/live", "en", "Live"),
    ] {
        let alternate = "<link rel=alternate hreflang=sv href='/bo'>";
        let alternate = if path == "/en/live" { alternate } else { "" };
        warc.page(path, &format!(
            "<!DOCTYPE html><html lang={lang}><head><title>{title} | Staden</title>{alternate}\
             <meta name=description content='Om {title}'></head><body><header><h1>Staden</h1></header>\
             <nav>Meny</nav><main><div class='breadcrumbs'>Start / {title}</div><h1>{title}</h1><p>Text om {title}.</p>\
             <figure><img src='/bild-{lang}.jpg' alt='Ett hus'><figcaption>Huset</figcaption></figure>\
             <p><img src=\"data:image/gif;base64,AA\" data-src='sen.png'></p>\
             <iframe src='https://www.youtube.com/embed/abc' title='Filmen'></iframe>\
             <p>Se <a href='taxa.pdf'>taxan</a> och <a href='mailto:a@b.example'>skriv</a>.</p></main>\
             <footer>Adress</footer></body></html>"));
    }
    warc.answer(
        "/bild-sv.jpg",
        200,
        "Content-Type: image/jpeg\r\n",
        b"\xff\xd8JPEG",
    );
    let migration = read(&warc);
    assert_eq!(addresses(&migration), ["/bad", "/bo", "/en/live"]);
    let live = page(&migration, "/en/live");
    assert_eq!(live.title, "Live");
    assert_eq!(live.description.as_deref(), Some("Om Live"));
    assert_eq!(
        live.front.translates.as_ref().map(Address::as_str),
        Some("/bo")
    );
    let text = markdown(&migration, "/bo");
    assert!(text.starts_with("Text om Bo."), "{text}");
    assert!(
        text.contains("[Filmen](https://www.youtube.com/watch?v=abc)"),
        "{text}"
    );
    assert!(
        text.contains("mailto:a@b.example") && text.contains("/taxa.pdf"),
        "{text}"
    );
    let picture = migration
        .files
        .iter()
        .find(|file| file.address.ends_with("/bild-sv.jpg"))
        .expect("shown");
    assert_eq!(
        (picture.alt.as_deref(), picture.caption.as_str()),
        (Some("Ett hus"), "Huset")
    );
    assert_eq!(picture.bytes, FileBytes::InCopy);
    assert!(
        migration
            .files
            .iter()
            .any(|file| file.address.ends_with("/en/sen.png"))
    );
}

#[test]
fn packing_chunks_and_encodings_make_no_difference() {
    let mut warc = Warc::default();
    let html = "<html lang=sv><main><h1>Åka</h1><p>Åk båt på sjön.</p></main></html>";
    let latin: Vec<u8> = html
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    warc.answer(
        "/a",
        200,
        "Content-Type: text/html; charset=ISO-8859-1\r\n",
        &latin,
    );
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(html.replace("<h1>Åka", "<h1>Ro").as_bytes())
        .expect("memory");
    let gz = gz.finish().expect("memory");
    let mut chunked = format!("{:x}\r\n", gz.len()).into_bytes();
    chunked.extend_from_slice(&gz);
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    warc.answer(
        "/b",
        200,
        "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
        &chunked,
    );
    warc.record("WARC-Type: revisit\r\nWARC-Target-URI: http://www.gamla.example/c\r\nWARC-Refers-To-Target-URI: http://www.gamla.example/b", b"");
    warc.record("WARC-Type: resource\r\nContent-Type: text/html\r\nWARC-Target-URI: http://www.gamla.example/d", html.replace("Åka", "Gå").as_bytes());
    let plain = read(&warc);
    let packed = read_with(&warc.packed(), &Options::default()).expect("packed");
    assert_eq!(format!("{:?}", plain.pages), format!("{:?}", packed.pages));
    assert_eq!(addresses(&plain), ["/a", "/b", "/d"]);
    assert_eq!(page(&plain, "/a").title, "Åka");
    assert!(
        plain
            .redirects
            .iter()
            .any(|redirect| redirect.from == "/c" && redirect.to.as_str() == "/b")
    );
}

#[test]
fn an_archive_cut_short_gives_what_came_before_and_says_so() {
    let warc = old_site();
    for bytes in [warc.plain(), warc.packed()] {
        let whole = read_with(&bytes, &Options::default()).expect("whole");
        assert!(whole.whole);
        let cut = read_with(&bytes[..bytes.len() - 40], &Options::default()).expect("three pages");
        assert!(!cut.whole);
        assert_eq!(cut.pages.len(), 3);
        assert!(remarks(&cut).contains("cut short"));
    }
    let empty = read_with(b"WARC/1.0\r\n", &Options::default()).expect_err("nothing in it");
    assert_eq!(empty.kind, ErrorKind::NoPages {});
    let other = read_with(b"PK\x03\x04", &Options::default()).expect_err("no archive");
    assert_eq!(other.kind, ErrorKind::NotWarc {});
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(path, text).expect("written");
}

#[test]
fn a_mirrored_folder_is_a_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let html = |title: &str, text: &str| {
        format!("<html lang=sv><main><h1>{title}</h1>{text}</main></html>")
    };
    write(
        root,
        "gamla.example/index.html",
        &html("Start", "<p><a href='bygga/lov.html'>Lov</a></p>"),
    );
    write(
        root,
        "gamla.example/bygga/lov.html",
        &html(
            "Lov",
            "<p><a href='../index.html%3Fp=5.html#a'>Fem</a> <img src='../b%20c.jpg' alt=''></p>",
        ),
    );
    write(
        root,
        "gamla.example/index.html?p=5.html",
        &html("Fem", "<p>5</p>"),
    );
    write(
        root,
        "gamla.example/sida@id=7.html",
        &html("Sju", "<p>7</p>"),
    );
    write(root, "gamla.example/b c.jpg", "JPEG");
    write(root, "gamla.example/robots.txt", "User-agent: *");
    write(root, "wget.log", "log");
    let source = saved::Source::at(root).expect("a folder");
    let migration = saved::read(&source, &Options::default()).expect("a site");
    let mut found = addresses(&migration);
    found.sort_unstable();
    assert_eq!(found, ["/", "/bygga/lov", "/p-5", "/sida-id-7"]);
    assert!(markdown(&migration, "/bygga/lov").contains("[Fem](/p-5#a)"));
    assert!(
        migration
            .redirects
            .iter()
            .any(|redirect| redirect.from == "/?p=5")
    );
    let wanted = migration
        .files
        .iter()
        .map(|file| file.address.clone())
        .collect();
    let mut given = Vec::new();
    saved::read_files(
        &source,
        &Options::default(),
        &wanted,
        100,
        &mut |address, bytes| {
            given.push((address.to_owned(), bytes));
        },
    )
    .expect("read");
    assert_eq!(
        given,
        [(
            "http://gamla.example/b%20c.jpg".to_owned(),
            b"JPEG".to_vec()
        )]
    );
    // The same without a folder named after the host.
    let inner = saved::Source::at(&root.join("gamla.example")).expect("a folder");
    let options = Options {
        base: Some("https://gamla.example/".into()),
        ..Options::default()
    };
    let again = saved::read(&inner, &options).expect("a site");
    assert_eq!(again.pages.len(), 4);
}

#[test]
fn a_real_archive_of_wget_comes_over() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small.warc.gz");
    let source = saved::Source::at(&path).expect("a WARC");
    let migration = saved::read(&source, &Options::default()).expect("a site");
    let mut found = addresses(&migration);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "/",
            "/2026/02/tecken-marken-i-rubrik",
            "/2026/03/bron-oppnar",
            "/bada",
            "/bygga-och-bo",
            "/bygga-och-bo/bygglov",
            "/bygga-och-bo/bygglov/kostnad",
            "/kontakt-sida"
        ]
    );
    let permit = markdown(&migration, "/bygga-och-bo/bygglov");
    assert!(
        permit.contains("[vad det kostar](/bygga-och-bo/bygglov/kostnad)"),
        "{permit}"
    );
    assert!(permit.contains("| Garage | 9 800 kr |"), "{permit}");
    let everything = format!("{:?}", migration.pages);
    for hidden in ["redaktor", "Kim", "Gravatar", "PROTECTED-TEXT"] {
        assert!(!everything.contains(hidden), "{hidden} came along");
    }
    assert_eq!(migration.report.count(Outcome::LeftOut), 3);
}

/// Records of which nearly all are pictures, written as they are read.
fn many(records: usize) -> tempfile::NamedTempFile {
    let mut warc = Warc::default();
    warc.answer("/bild.jpg", 200, "Content-Type: image/jpeg\r\n", &[7; 200]);
    let picture = warc.plain();
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let mut out = std::io::BufWriter::new(file.as_file_mut());
    for number in 0..records {
        if number % 500 == 0 {
            let mut warc = Warc::default();
            warc.page(
                &format!("/sida/{number}"),
                &old_page(
                    &format!("Sida {number}"),
                    &format!("<p>Text nummer {number} om något.</p>"),
                ),
            );
            out.write_all(&warc.plain()).expect("written");
        } else {
            out.write_all(&picture).expect("written");
        }
    }
    drop(out);
    file
}

fn read_many(records: usize) {
    let file = many(records);
    let source = saved::Source::at(file.path()).expect("a WARC");
    let migration = saved::read(&source, &Options::default()).expect("a site");
    assert_eq!(migration.pages.len(), records.div_ceil(500));
}

#[test]
fn many_records_are_streamed() {
    read_many(20_000);
}

/// `cargo test --release -p torg-foreign -- --ignored million`
#[test]
#[ignore = "writes 400 MB"]
fn a_million_records_are_streamed() {
    read_many(1_000_000);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(at in 0_usize..4_000, bytes in proptest::collection::vec(any::<u8>(), 1..40)) {
        let mut archive = old_site().plain();
        let at = at.min(archive.len());
        archive.splice(at..at, bytes);
        let _ = read_with(&archive, &Options::default());
    }

    #[test]
    fn no_html_makes_it_fail(html in "(</?[a-z]{1,8}( (class|role|href|src)=[a-z/]{0,6})?>|\\PC){0,60}") {
        let mut warc = Warc::default();
        warc.page("/a", &html);
        warc.page("/b", "<main><p>b</p></main>");
        prop_assert!(read_with(&warc.plain(), &Options::default()).is_ok());
    }
}

/// What a page says first is its lead; nobody reads it twice.
#[test]
fn a_lead_is_said_once() {
    let mut warc = Warc::default();
    for (title, first) in [
        ("avfall", "<p class=lead>Så sorterar du avfall.</p>"),
        (
            "bild",
            "<p><img src=/a.jpg alt=A></p><p> Så sorterar du bild. </p>",
        ),
        ("länk", "<p>Så sorterar du <a href=/avfall>länk</a>.</p>"),
        ("annat", "<p>Något annat står här.</p>"),
    ] {
        warc.page(
            &format!("/{}", title.replace('ä', "a")),
            &format!(
                "<html lang=sv><head><title>{title}</title>\
                 <meta name=description content='Så sorterar du {title}.'></head>\
                 <body><main><h1>{title}</h1>{first}<p>Mer om {title} finns.</p></main></body></html>"
            ),
        );
    }
    let migration = read(&warc);
    for address in ["/avfall", "/bild", "/lank", "/annat"] {
        let lead = page(&migration, address).description.clone();
        let text = lead.unwrap_or_default() + &markdown(&migration, address);
        assert_eq!(
            text.matches("Så sorterar du").count(),
            1,
            "{address}: {text}"
        );
    }
    let lead = page(&migration, "/avfall").description.as_deref();
    assert_eq!(lead, Some("Så sorterar du avfall."));
    assert!(markdown(&migration, "/lank").contains("[länk](/avfall)"));
    assert!(markdown(&migration, "/annat").contains("Något annat"));
}
