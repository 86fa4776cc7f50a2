//! The real program, as the operator runs it: two nodes on one PostgreSQL, a process that is
//! killed again and again while it writes, and starts that must not succeed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const TORG: &str = env!("CARGO_BIN_EXE_torg");

/// A served city that is killed when the test ends.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn torg(arguments: &[&str]) -> Command {
    let mut command = Command::new(TORG);
    command
        .args(arguments)
        // Where a command that is given no folder would leave one.
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env("LANG", "en_GB.UTF-8")
        .env_remove("LC_ALL");
    command
}

fn run(arguments: &[&str]) -> Output {
    torg(arguments).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&text).into_owned()
}

fn well(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    said(output)
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, Stdio::null())
    }

    /// A server that writes its log somewhere.
    fn start_with(arguments: &[&str], log: Stdio) -> Self {
        let mut child = torg(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .env("TORG_LOG_LEVEL", "debug")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output is ours");
        let line = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find(|line| line.contains("http://"))
            .expect("it says where it listens");
        let address = line.split("http://").nth(1).unwrap_or_default();
        Self {
            child,
            address: address.trim_end_matches('/').to_owned(),
        }
    }

    /// Sends a request and reads all that comes back; `None` when the server died meanwhile.
    fn send(&self, request: &str) -> Option<String> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    fn get(&self, path: &str) -> String {
        self.get_as("", path).expect("the server answers")
    }

    fn get_as(&self, cookie: &str, path: &str) -> Option<String> {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n",
            self.address
        ))
    }

    fn post(&self, cookie: &str, path: &str, body: &str) -> Option<String> {
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn log_in(&self, email: &str, password: &str) -> String {
        let body = format!("email={}&password={}", email.replace('@', "%40"), password);
        let answer = self
            .post("", "/admin/log-in", &body)
            .expect("the server answers");
        let cookie = answer
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .unwrap_or_else(|| panic!("logged in: {answer}"));
        cookie.split(';').next().unwrap_or_default().to_owned()
    }
}

/// The value of a form's field, with the few entities that stand in it.
fn value(page: &str, name: &str) -> String {
    let at = page
        .find(&format!("name=\"{name}\""))
        .unwrap_or_else(|| panic!("{name} in {page}"));
    let from = page[..at].rfind('<').expect("a tag begins");
    let tag = &page[from..page[from..].find('>').map_or(page.len(), |end| from + end)];
    let value = tag
        .split("value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    value
        .unwrap_or_default()
        .replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// The body that saves a unit with another phone number, from the unit's form.
fn unit_form(page: &str, phone: &str) -> String {
    let mut body = String::new();
    for name in [
        "name_sv",
        "name_en",
        "email",
        "street",
        "postcode",
        "city",
        "version",
        "request_id",
    ] {
        body.push_str(&format!("{name}={}&", encoded(&value(page, name))));
    }
    body + "phone=" + &encoded(phone)
}

/// The demo city with small pictures: making large ones in all sizes takes longer than all else
/// that is tried here. Made once for its content, whichever test comes first.
fn demo() -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};

    let mut files = torg::city::demo_files();
    for (path, bytes) in &mut files {
        if path.ends_with(".jpg") {
            *bytes = include_bytes!("city/small.jpg").to_vec();
        }
    }
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    let folders = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = folders.join(format!("demo-{:016x}", hasher.finish()));
    if !folder.exists() {
        let own = folders.join(format!("demo-of-{}", std::process::id()));
        for (path, bytes) in &files {
            let file = own.join(path);
            std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder");
            std::fs::write(file, bytes).expect("writes");
        }
        if std::fs::rename(&own, &folder).is_err() {
            // Another test was quicker.
            std::fs::remove_dir_all(&own).expect("it is ours");
        }
    }
    folder.display().to_string()
}

fn new_admin(arguments: &[&str]) -> String {
    let mut all = vec!["user", "add", "alma@stad.example", "--name", "Alma Prov"];
    all.extend_from_slice(arguments);
    let output = well(&run(&all));
    output
        .trim()
        .rsplit(' ')
        .next()
        .expect("the password stands last")
        .to_owned()
}

fn unit_path(server: &Server, cookie: &str) -> String {
    let list = server
        .get_as(cookie, "/admin/units?q=hisingens+bibliotek")
        .expect("answers");
    list.match_indices("\"/admin/units/")
        .filter_map(|(at, _)| list[at + 1..].split('"').next())
        .find(|href| href.len() == "/admin/units/".len() + 36)
        .unwrap_or_else(|| panic!("{list}"))
        .to_owned()
}

fn within_a_second(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(
            started.elapsed() < Duration::from_secs(1),
            "within a second: {what}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn a_write_on_one_node_is_on_the_other_within_a_second() {
    let url = torg_testkit::postgres_url().await;
    let folder = tempfile::tempdir().expect("a folder");
    let data = |name: &str| folder.path().join(name).display().to_string();
    let (one, two) = (data("one"), data("two"));
    well(&run(&[
        "import",
        "city",
        &demo(),
        "--database",
        &url,
        "--data",
        &one,
    ]));
    let password = new_admin(&["--database", &url, "--data", &one]);
    let first = Server::start(&["serve", "--database", &url, "--data", &one]);
    let second = Server::start(&["serve", "--database", &url, "--data", &two]);
    let cookie = first.log_in("alma@stad.example", &password);

    // A phone number, changed on the first, while the second has the page in its cache.
    let path = unit_path(&first, &cookie);
    let page = "/hitta/hisingens-bibliotek";
    assert!(second.get(page).contains("x-cache: miss"));
    assert!(second.get(page).contains("x-cache: hit"));
    let form = first.get_as(&cookie, &path).expect("answers");
    let saved = first
        .post(&cookie, &path, &unit_form(&form, "031-390 06 49"))
        .expect("answers");
    assert!(saved.starts_with("HTTP/1.1 303"), "{saved}");
    assert!(
        first.get(page).contains("031-390 06 49"),
        "at once where it was written"
    );
    within_a_second("the other node's page", || {
        second.get(page).contains("031-390 06 49")
    });
    within_a_second("the other node's search", || {
        second
            .get("/api/v1/search?q=0313900649")
            .contains("hisingens-bibliotek")
    });

    // A file, imported by a command beside the two.
    let source = folder
        .path()
        .join("sv/bygga-bo-och-miljo/avfall/sophamtning.md");
    std::fs::create_dir_all(source.parent().expect("a folder")).expect("a folder");
    let text = std::fs::read_to_string(
        Path::new(&demo()).join("pages/sv/bygga-bo-och-miljo/avfall/sophamtning.md"),
    );
    std::fs::write(
        &source,
        text.expect("the page") + "\nKvasthållaren är ny.\n",
    )
    .expect("writes");
    let root = folder.path().display().to_string();
    let file = source.display().to_string();
    let pages = [
        "import",
        "pages",
        &file,
        "--root",
        &root,
        "--database",
        &url,
        "--data",
        &one,
    ];
    assert!(well(&run(&pages)).contains("0 new, 1 changed"));
    for server in [&first, &second] {
        within_a_second("the imported page", || {
            server
                .get("/bygga-bo-och-miljo/avfall/sophamtning")
                .contains("Kvasthållaren")
        });
        within_a_second("search on the imported page", || {
            server
                .get("/api/v1/search?q=kvasth%C3%A5llaren")
                .contains("sophamtning")
        });
    }
    let verified = well(&run(&["verify", "--database", &url, "--data", &one]));
    assert!(verified.contains("all as it was written"), "{verified}");
}

/// Rounds in which the server is killed while it writes.
const ROUNDS: usize = 20;

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().display().to_string();
    well(&run(&["import", "city", &demo(), "--data", &data]));
    let password = new_admin(&["--data", &data]);
    let mut acknowledged = String::new();
    let mut writes = 0;
    for round in 0..ROUNDS {
        let server = Server::start(&["serve", "--data", &data]);
        let cookie = server.log_in("alma@stad.example", &password);
        let path = unit_path(&server, &cookie);
        let form = server.get_as(&cookie, &path).expect("answers");
        if !acknowledged.is_empty() {
            let found = value(&form, "phone");
            let later = found > acknowledged;
            assert!(
                found == acknowledged || later,
                "round {round}: {acknowledged} was acknowledged, {found} is there"
            );
            acknowledged = found;
        }
        // One writes; the other end of the wire is killed at some moment.
        let pid = server.child.id();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(60 + 17 * round as u64));
            let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
        });
        let mut form = Some(form);
        while let Some(page) = form {
            writes += 1;
            let phone = format!("031-390 {writes:05}");
            match server.post(&cookie, &path, &unit_form(&page, &phone)) {
                Some(answer) if answer.starts_with("HTTP/1.1 303") => acknowledged = phone,
                _ => break,
            }
            form = server
                .get_as(&cookie, &path)
                .filter(|page| page.contains("name=\"version\""));
        }
        killer.join().expect("the killer ends");
    }
    assert!(writes > ROUNDS, "{writes} writes");
    let verified = well(&run(&["verify", "--data", &data]));
    assert!(verified.contains("all as it was written"), "{verified}");
}

#[test]
fn one_changed_byte_is_noticed_and_weeding_is_no_tampering() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().display().to_string();
    well(&run(&["import", "city", &demo(), "--data", &data]));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let url = format!("sqlite:{}", folder.path().join("torg.db").display());
    let change = |sql: &str| {
        runtime.block_on(async {
            use torg_db::ConnectionTrait;
            let database = torg_testkit::connect(&url).await;
            database
                .execute_unprepared(sql)
                .await
                .expect("the tamperer has the file");
        });
        let output = run(&["verify", "--data", &data]);
        (output.status.code(), said(&output))
    };
    let swap = |table: &str, column: &str, from: &str, to: &str, row: &str| {
        format!("UPDATE {table} SET {column} = replace({column}, '{from}', '{to}') WHERE {row}")
    };
    let unit = "key = 'hisingens-bibliotek'";
    let payload = "position = (SELECT max(position) FROM event_payload WHERE after LIKE '%hisingens-bibliotek%' AND after LIKE '%031-390%')";
    for (there, back, words) in [
        (
            swap("unit", "data", "031-390", "031-391", unit),
            swap("unit", "data", "031-391", "031-390", unit),
            "the unit",
        ),
        (
            swap("event_payload", "after", "031-390", "031-391", payload),
            swap(
                "event_payload",
                "after",
                "031-391",
                "031-390",
                &payload.replace("031-390", "031-391"),
            ),
            "the content of event",
        ),
        (
            swap("event", "kind", "created", "creatxd", "position = 150"),
            swap("event", "kind", "creatxd", "created", "position = 150"),
            "event 150 was changed",
        ),
        (
            swap(
                "page_content",
                "title",
                "Sophämtning",
                "Sophamtning",
                "address LIKE '%/sophamtning'",
            ),
            swap(
                "page_content",
                "title",
                "Sophamtning",
                "Sophämtning",
                "address LIKE '%/sophamtning'",
            ),
            "the page",
        ),
    ] {
        let (code, text) = change(&there);
        assert!(code == Some(1) && text.contains(words), "{there}: {text}");
        let (code, text) = change(&back);
        assert!(code == Some(0), "{back}: {text}");
    }
    one_turned_bit_of_a_file(folder.path());
    let list = well(&run(&[
        "export",
        &folder.path().join("out").display().to_string(),
        "--data",
        &data,
    ]));
    assert!(list.contains("pages in"), "{list}");
    let units = std::fs::read_to_string(folder.path().join("out/units.json")).expect("units");
    let id = units
        .split("\"id\": \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("an id");
    let refused = run(&["weed", "unit", id, "--decision", " ", "--data", &data]);
    assert_eq!(refused.status.code(), Some(1), "never without a decision");
    let weeded = well(&run(&[
        "weed",
        "unit",
        id,
        "--decision",
        "Gallringsbeslut 3/2026",
        "--data",
        &data,
    ]));
    assert!(weeded.contains("1 payloads weeded"), "{weeded}");
    let verified = well(&run(&["verify", "--data", &data]));
    assert!(
        verified.contains("1 weeded by decision") && verified.contains("all as it was written"),
        "{verified}"
    );
}

/// A bit of a stored picture turns on the disk; then the whole of it is lost.
fn one_turned_bit_of_a_file(data: &Path) {
    let mut at = data.join("files");
    while at.is_dir() {
        let mut inside: Vec<_> = std::fs::read_dir(&at)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        inside.sort();
        at = inside.remove(0);
    }
    let name = at
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let whole = std::fs::read(&at).expect("reads");
    let mut turned = whole.clone();
    turned[whole.len() / 2] ^= 1;
    let verify = || {
        let output = run(&["verify", "--data", &data.display().to_string()]);
        (output.status.code(), said(&output))
    };
    std::fs::write(&at, &turned).expect("writes");
    let (code, text) = verify();
    assert_eq!(code, Some(1), "{text}");
    for words in [&name, "was changed", "needed by the picture", "1 faults"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    std::fs::remove_file(&at).expect("removed");
    let (code, text) = verify();
    assert!(code == Some(1) && text.contains("is lost"), "{text}");
    std::fs::write(&at, &whole).expect("writes");
    let (code, text) = verify();
    assert!(
        code == Some(0) && text.contains("all as it was written"),
        "{text}"
    );
}

/// A full disk, as a limit on the size of files: writes fail, pages stand, nothing written in a
/// form is lost, and what was acknowledged is there when there is room again.
#[test]
#[cfg(unix)]
fn a_full_disk_stops_writes_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().display().to_string();
    well(&run(&["import", "city", &demo(), "--data", &data]));
    let password = new_admin(&["--data", &data]);
    // Build the index first: it needs room of its own.
    drop(Server::start(&["serve", "--data", &data]));
    let largest = std::fs::read_dir(folder.path())
        .expect("the folder")
        .filter_map(|entry| entry.ok()?.metadata().ok())
        .map(|file| file.len())
        .max()
        .expect("there are files");
    let script = format!(
        "trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"",
        (largest + 200_000) / 512
    );
    let mut child = Command::new("sh")
        .args([
            "-c",
            &script,
            TORG,
            "serve",
            "--data",
            &data,
            "--listen",
            "127.0.0.1:0",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let line = BufReader::new(child.stdout.take().expect("its output"))
        .lines()
        .map_while(Result::ok)
        .find(|line| line.contains("http://"))
        .expect("it says where");
    let address = line
        .split("http://")
        .nth(1)
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_owned();
    let server = Server { child, address };
    let cookie = server.log_in("alma@stad.example", &password);
    let path = unit_path(&server, &cookie);
    let mut acknowledged = String::new();
    let mut refused = None;
    for write in 0..2_000 {
        let form = server.get_as(&cookie, &path).expect("pages stand");
        let phone = format!("031-390 {write:05}");
        let answer = server
            .post(&cookie, &path, &unit_form(&form, &phone))
            .expect("answers");
        if answer.starts_with("HTTP/1.1 303") {
            acknowledged = phone;
        } else {
            refused = Some((phone, answer));
            break;
        }
    }
    let (phone, answer) = refused.expect("the disk filled up");
    assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
    assert!(answer.contains(&phone), "what was written is still there");
    assert!(server.get("/").starts_with("HTTP/1.1 200"), "pages stand");
    assert!(
        server.get("/sok?q=sopor").starts_with("HTTP/1.1 200"),
        "search stands"
    );
    drop(server);
    let server = Server::start(&["serve", "--data", &data]);
    let cookie = server.log_in("alma@stad.example", &password);
    let form = server.get_as(&cookie, &path).expect("answers");
    assert_eq!(value(&form, "phone"), acknowledged);
    assert!(well(&run(&["verify", "--data", &data])).contains("all as it was written"));
}

#[test]
fn starts_that_must_not_succeed_say_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("city").display().to_string();
    let demo = Server::start(&["demo", "--data", &data]);
    let refused = |arguments: &[&str], words: &[&str]| {
        let output = run(arguments);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {text}");
        for word in words {
            assert!(text.contains(word), "{arguments:?}: “{word}” in {text}");
        }
    };
    // A second server on the same folder, and one on the same port.
    refused(
        &["demo", "--data", &data],
        &["another Torg is running", "--data"],
    );
    let other = folder.path().join("other").display().to_string();
    refused(
        &["demo", "--data", &other, "--listen", &demo.address],
        &["cannot be listened on", "--listen"],
    );
    // Commands beside the running server work.
    assert!(well(&run(&["verify", "--data", &data])).contains("all as it was written"));
    assert!(well(&run(&["check", "--data", &data])).contains("public"));

    // A data folder that is a file, and one below a file.
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("writes");
    let file = file.display().to_string();
    refused(&["demo", "--data", &file], &["cannot be written"]);
    refused(
        &["demo", "--data", &format!("{file}/below")],
        &["cannot be written"],
    );

    // A database that a newer version wrote.
    let newer = folder.path().join("newer").display().to_string();
    well(&run(&["migrate", "--data", &newer]));
    let database = Path::new(&newer).join("torg.db");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        use torg_db::ConnectionTrait;
        let url = format!("sqlite:{}", database.display());
        let database = torg_testkit::connect(&url).await;
        database
            .execute_unprepared("INSERT INTO seaql_migrations VALUES ('site_9999_future', 1)")
            .await
            .expect("the future is written");
    });
    for command in ["serve", "migrate", "verify"] {
        refused(
            &[command, "--data", &newer],
            &["newer version", "site_9999_future"],
        );
    }
    // A database that is none.
    std::fs::write(
        Path::new(&other).join("torg.db"),
        "this is no database, by any means".repeat(99),
    )
    .expect("writes");
    refused(&["migrate", "--data", &other], &["cannot be opened"]);

    // Settings.
    refused(
        &["serve", "--database", "mysql://x"],
        &["mysql://x", "sqlite:PATH"],
    );
    let misspelt = torg(&["settings"])
        .env("TORG_LISSTEN", "x")
        .output()
        .expect("runs");
    let verified = torg(&["verify", "--data", &data])
        .env("TORG_LISSTEN", "x")
        .output()
        .expect("runs");
    assert!(misspelt.status.success(), "listing settings needs none");
    assert!(
        said(&verified).contains("“TORG_LISTEN”"),
        "{}",
        said(&verified)
    );
}

#[test]
fn files_that_cannot_be_taken_in_are_named_and_nothing_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    well(&run(&["import", "city", &demo(), "--data", &data]));
    let pages = folder.path().join("pages");
    std::fs::create_dir_all(pages.join("a")).expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(pages.join(name), bytes).expect("writes");
    };
    let import = || {
        let output = run(&[
            "import",
            "pages",
            &pages.display().to_string(),
            "--data",
            &data,
        ]);
        (output.status.code(), said(&output))
    };
    write("good.md", b"# En bra sida\n\nText.\n");
    let bad: [(&str, &[u8], &str); 5] = [
        ("empty.md", b"", "empty.md"),
        ("binary.txt", b"\x00\x01\x02\x03PNG", "binary.txt"),
        (
            "front.md",
            b"---\ntitel: Fel nyckel\n---\ntext",
            "front.md:2",
        ),
        ("open.md", b"---\ntitle: Aldrig slut\n", "open.md"),
        ("a/good.md", b"---\naddress: /good\n---\n# Samma", "/good"),
    ];
    for (name, bytes, words) in bad {
        write(name, bytes);
        let (code, text) = import();
        assert_eq!(code, Some(1), "{name}: {text}");
        assert!(
            text.contains(words) && text.contains("Nothing was changed"),
            "{name}: {text}"
        );
        std::fs::remove_file(pages.join(name)).expect("removes");
    }
    let large = std::fs::File::create(pages.join("large.txt")).expect("creates");
    large
        .set_len(100 * 1024 * 1024)
        .expect("a hundred megabytes");
    let (code, text) = import();
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("large.txt") && text.contains("100 MB"),
        "{text}"
    );
    std::fs::remove_file(pages.join("large.txt")).expect("removes");
    // Latin-1 is read, and said.
    write(
        "latin.txt",
        b"\xd6ppettider\n\nVi har \xf6ppet hela \xe5ret.\n",
    );
    let (code, text) = import();
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("2 new") && text.contains("converted"),
        "{text}"
    );
    // Once more: nothing.
    let (_, text) = import();
    assert!(text.contains("0 new, 0 changed, 2 as before"), "{text}");
}

/// The city's own pages, when they are at hand: see CONTRIBUTING.md.
#[test]
fn real_pages_come_in_well() {
    let Some(seeds) = std::env::var_os("TORG_SEEDS") else {
        eprintln!("TORG_SEEDS is not set: the fixtures of torg-markup stand for the real pages");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    well(&run(&["import", "city", &demo(), "--data", &data]));
    let pages = folder.path().join("pages/sv/intranat");
    std::fs::create_dir_all(&pages).expect("a folder");
    let mut files: Vec<_> = std::fs::read_dir(seeds)
        .expect("the seeds are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.metadata().is_ok_and(|file| file.len() < 20_000))
        .collect();
    files.sort();
    assert_eq!(files.len(), 4, "the four short texts");
    for (number, file) in files.iter().enumerate() {
        std::fs::copy(file, pages.join(format!("sida-{number}.txt"))).expect("copies");
    }
    let root = folder.path().join("pages").display().to_string();
    let report = well(&run(&["import", "pages", &root, "--data", &data]));
    assert!(report.contains("4 new"), "{report}");
    let server = Server::start(&["serve", "--data", &data]);
    for number in 0..4 {
        let page = server.get(&format!("/intranat/sida-{number}"));
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(
            page.matches("<h2").count() >= 3,
            "page {number} has headings"
        );
        assert!(page.contains("<li>"), "page {number} has lists");
        assert!(!page.contains("${loading}") && !page.contains("Till sidans huvudinnehåll"));
    }
}

/// In a file the codes of colours are noise.
#[test]
fn a_log_in_a_file_holds_no_colours() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    well(&run(&["migrate", "--data", &data]));
    let file = folder.path().join("torg.log");
    let log = std::fs::File::create(&file).expect("a file");
    let server = Server::start_with(&["serve", "--data", &data], log.into());
    assert!(server.get("/").starts_with("HTTP/1.1"));
    drop(server);
    let log = std::fs::read_to_string(&file).expect("text");
    assert!(!log.is_empty(), "something was told");
    assert!(!log.contains('\u{1b}'), "{log}");
}

/// Who asks about a city that is not there leaves nothing behind.
#[test]
fn a_dry_run_makes_no_folder_and_no_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("nowhere");
    let shown = data.display().to_string();
    let page = folder.path().join("page.md");
    std::fs::write(&page, "# Sida\n\nText.\n").expect("written");
    let page = page.display().to_string();
    let asks: [&[&str]; 5] = [
        &["import", "pages", &page, "--dry-run"],
        &["import", "site", &page, "--dry-run"],
        &["import", "files", &page, "--dry-run"],
        &["verify"],
        &["user", "list"],
    ];
    for ask in asks {
        let output = run(&[ask, &["--data", &shown]].concat());
        assert!(!output.status.success());
        let told = said(&output);
        assert!(
            told.contains("there is no database") && told.contains("torg.db"),
            "{told}"
        );
        assert!(!data.exists(), "{ask:?}");
    }
}
