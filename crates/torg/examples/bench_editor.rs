//! What writing costs: see `bench/editor/run.sh`.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use torg::app::{self, Surroundings};
use torg::city::{Files, Importer, parse_pages};
use torg::{assemble, config::Config};
use torg_accounts::NewPerson;
use torg_kernel::{Actor, Ids, SystemClock, SystemIds};
use torg_web::{Service, service};

const PASSWORD: &str = "ett långt lösenord för mätning";
const EDITORS: usize = 200;
/// Autosaves of each editor.
const SAVES: usize = 10;

struct Desk {
    service: Service,
    cookie: String,
}

impl Desk {
    async fn ask(&self, request: Request<Body>) -> (u16, Vec<u8>, Duration) {
        let started = Instant::now();
        let response = self.service.answer(None, request).await;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.expect("a body");
        (status, body.to_bytes().to_vec(), started.elapsed())
    }

    async fn get(&self, path: &str) -> (String, Duration) {
        let request = Request::get(path)
            .header("host", "stad.example")
            .header("cookie", &self.cookie)
            .body(Body::empty())
            .expect("a request");
        let (status, body, took) = self.ask(request).await;
        assert_eq!(status, 200, "{path}");
        (String::from_utf8_lossy(&body).into_owned(), took)
    }

    async fn draft(&self, page: &str, body: &Value) -> (Value, Duration) {
        let request = Request::post(format!("{page}/draft"))
            .header("host", "stad.example")
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .expect("a request");
        let (status, body, took) = self.ask(request).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        (serde_json::from_slice(&body).expect("JSON"), took)
    }

    /// The edit pages of a list, in its order.
    async fn pages(&self, query: &str) -> Vec<String> {
        let (html, _) = self.get(&format!("/admin/pages?q={query}")).await;
        let mut pages: Vec<String> = html
            .split("href=\"/admin/pages/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|id| id.len() == 36)
            .map(|id| format!("/admin/pages/{id}"))
            .collect();
        pages.dedup();
        pages
    }
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 1_000).min(times.len() - 1)];
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "{what:<44} p50 {:>7.2} ms   p99 {:>7.2} ms   max {:>7.2} ms",
        ms(at(500)),
        ms(at(990)),
        ms(at(1_000))
    );
}

fn new_id() -> String {
    SystemIds
        .uuid(torg_kernel::Clock::now(&SystemClock))
        .to_string()
}

/// A patch that writes words into one paragraph.
fn patch(client: &str, block: &Value, from: &Value, words: &str) -> (Value, Value) {
    let mut after = block.clone();
    after["text"] = json!([{"type": "text", "text": words}]);
    let patch = json!({"id": new_id(), "client": client,
        "blocks": [{"block": after, "from": from, "base": block}]});
    (patch, after)
}

fn made_pages(count: usize) -> Files {
    let mut files = Files::new();
    let mut put = |path: String, text: String| {
        files.insert(path, text.into_bytes());
    };
    put(
        "sv/index.md".to_owned(),
        "---\ntype: start\n---\n# Staden\n\nVälkommen.\n".to_owned(),
    );
    put(
        "sv/mapp/index.md".to_owned(),
        "# Mapp\n\nAllt.\n".to_owned(),
    );
    for number in 0..count {
        let title = format!(
            "Sida {number:05} om {}",
            ["bygglov", "bad", "skola"][number % 3]
        );
        let blocks = if number == 0 { 199 } else { 12 };
        let mut text = format!("# {title}\n");
        for block in 0..blocks {
            text.push_str(&format!(
                "\nStycke {block} om hur man gör när man vill något av staden och var man ringer.\n"
            ));
        }
        put(format!("sv/mapp/sida-{number:05}.md"), text);
    }
    files
}

async fn city(count: usize, folder: &std::path::Path) -> Arc<Desk> {
    let flags = [
        ("data", Some(folder.display().to_string())),
        ("base_url", Some("https://stad.example".to_owned())),
    ];
    let config = Config::load(None, std::iter::empty(), &flags).expect("settings");
    let database = app::open_database(&config).await.expect("a database");
    let indexes = app::Indexes::in_memory().expect("indexes in memory");
    let around = Surroundings::default();
    let node = app::start(&config, database, indexes, "x", around)
        .await
        .expect("a node");
    let actor = Actor::system("bench");
    let accounts = &node.accounts;
    accounts.ensure_roles(&actor).await.expect("roles");
    let organisations = "key,kind,parent,name_sv,name_en\nstaden,city,,Staden,City\n";
    accounts
        .import_organisations(&actor, organisations.as_bytes())
        .await
        .expect("organisations");
    let importer = Importer {
        database: node.app.database.clone(),
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        accounts: node.accounts.clone(),
        blobs: node.media.blobs.clone(),
        actor: actor.clone(),
        notices: node.notice_board.settings,
    };
    let started = Instant::now();
    let parsed = parse_pages(&made_pages(count), &mut |_| {}).expect("pages");
    importer.pages(parsed, vec![]).await.expect("imports");
    eprintln!("{count} pages in {:.0} s", started.elapsed().as_secs_f64());
    let new = NewPerson {
        email: "vera@stad.example".to_owned(),
        name: "Vera".to_owned(),
    };
    accounts.add_person(&actor, &new).await.expect("a person");
    accounts
        .set_password(&actor, &new.email, PASSWORD)
        .await
        .expect("a password");
    accounts
        .grant(&actor, &new.email, "publisher", "staden", None, None)
        .await
        .expect("a grant");
    let service = service(&node.app, assemble::routes(&node));
    let mut desk = Desk {
        service,
        cookie: String::new(),
    };
    let form: String = form_urlencoded(&[("email", &new.email), ("password", PASSWORD)]);
    let request = Request::post("/admin/log-in")
        .header("host", "stad.example")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .expect("a request");
    let response = desk.service.answer(None, request).await;
    let cookie = response.headers().get("set-cookie").expect("a log-in");
    let cookie = cookie.to_str().expect("text").split(';').next();
    desk.cookie = cookie.unwrap_or_default().to_owned();
    Arc::new(desk)
}

fn form_urlencoded(pairs: &[(&str, &str)]) -> String {
    let encode =
        |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

async fn alone(desk: &Desk) {
    let large = desk.pages("00000").await.pop().expect("the large page");
    let mut times = Vec::new();
    for _ in 0..300 {
        times.push(desk.get(&large).await.1);
    }
    tell("opening 200 blocks: the page", times.split_off(10));
    let open = json!({"client": "a", "since": 0});
    let mut times = Vec::new();
    let mut opened = Value::Null;
    for _ in 0..300 {
        let (told, took) = desk.draft(&large, &open).await;
        opened = told;
        times.push(took);
    }
    tell("opening 200 blocks: the draft as JSON", times.split_off(10));
    let blocks = opened["changes"]["blocks"]
        .as_array()
        .expect("blocks")
        .clone();
    let mut now: Vec<(Value, Value)> = blocks
        .iter()
        .map(|held| (held["value"].clone(), held["version"].clone()))
        .collect();
    let mut since = opened["revision"].clone();
    let mut times = Vec::new();
    for number in 0..600 {
        let at = number % now.len();
        let (block, version) = now[at].clone();
        let (patch, after) = patch("a", &block, &version, &format!("Ändrat {number} gånger."));
        let body = json!({"client": "a", "at": null, "since": since, "patches": [patch]});
        let (told, took) = desk.draft(&large, &body).await;
        since = told["revision"].clone();
        now[at] = (after, since.clone());
        times.push(took);
    }
    tell("autosave on 200 blocks", times.split_off(10));
    let poll = json!({"client": "a", "at": null, "since": since});
    let mut times = Vec::new();
    for _ in 0..300 {
        times.push(desk.draft(&large, &poll).await.1);
    }
    tell("asking for news", times);
    for query in [
        "/admin/pages",
        "/admin/pages?state=draft",
        "/admin/pages?q=bygglov&state=published&kind=article&locale=sv",
        "/admin/pages?q=finns-inte",
        "/admin/pages?page=150",
    ] {
        let mut times = Vec::new();
        for _ in 0..100 {
            times.push(desk.get(query).await.1);
        }
        tell(query, times);
    }
}

/// What one editor was told is saved.
struct Told {
    page: String,
    word: String,
}

async fn editor(desk: Arc<Desk>, page: String, number: usize) -> (Vec<Told>, Vec<Duration>) {
    let client = format!("editor-{number}");
    let (opened, _) = desk
        .draft(&page, &json!({"client": client, "since": 0}))
        .await;
    let mut since = opened["revision"].clone();
    let mut order = opened["changes"]["order"].clone();
    let (mut told, mut times) = (Vec::new(), Vec::new());
    for save in 0..SAVES {
        let word = format!("ord{number}x{save}");
        let id = new_id();
        let mut mine = order.as_array().expect("ids").clone();
        mine.push(json!(id));
        let block = json!({"id": id, "v": 1, "type": "paragraph",
            "text": [{"type": "text", "text": word}]});
        let patch = json!({"id": new_id(), "client": client,
            "blocks": [{"block": block, "from": 0}], "order": mine, "order_base": order});
        let body = json!({"client": client, "since": since, "patches": [patch]});
        let (answer, took) = desk.draft(&page, &body).await;
        times.push(took);
        since = answer["revision"].clone();
        order = answer["changes"]["order"].clone();
        told.push(Told {
            page: page.clone(),
            word,
        });
    }
    (told, times)
}

async fn together(desk: &Arc<Desk>) {
    let mut pages = Vec::new();
    for start in 1..=4 {
        pages.extend(desk.pages(&format!("sida&page={start}")).await);
    }
    pages.truncate(EDITORS);
    assert_eq!(pages.len(), EDITORS, "pages for everybody");
    // Ten of them meet on one page.
    let shared = pages[0].clone();
    for page in pages.iter_mut().take(10) {
        page.clone_from(&shared);
    }
    let started = Instant::now();
    let editors: Vec<_> = pages
        .into_iter()
        .enumerate()
        .map(|(number, page)| tokio::spawn(editor(desk.clone(), page, number)))
        .collect();
    let (mut told, mut times) = (Vec::new(), Vec::new());
    for editor in editors {
        let (own, took) = editor.await.expect("an editor writes");
        told.extend(own);
        times.extend(took);
    }
    let seconds = started.elapsed().as_secs_f64();
    let count = times.len();
    tell("200 editors autosaving at once", times);
    println!(
        "{count} autosaves in {seconds:.1} s: {:.0} a second",
        count as f64 / seconds
    );
    let mut lost = 0;
    for one in &told {
        let open = json!({"client": "check", "since": 0});
        let (draft, _) = desk.draft(&one.page, &open).await;
        lost += usize::from(
            !draft["changes"]
                .to_string()
                .contains(&format!("\"{}\"", one.word)),
        );
    }
    println!("{} acknowledged, {lost} lost", told.len());
    assert_eq!(lost, 0, "nothing that was acknowledged is lost");
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok());
    let folder = tempfile::tempdir().expect("a folder");
    let desk = city(count.unwrap_or(10_000), folder.path()).await;
    alone(&desk).await;
    together(&desk).await;
}
