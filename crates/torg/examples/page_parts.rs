//! Where the time of one page goes: each part alone, the best of many runs, on the demo city in a
//! folder that `torg demo` has filled. `cargo run --release --example page_parts -- FOLDER ADDRESS`

use std::time::Instant;

use axum::body::Body;
use torg::app::{self, Surroundings};
use torg::{assemble, config::Config};

async fn best<F: AsyncFnMut()>(what: &str, mut run: F) {
    let mut best = f64::MAX;
    for _ in 0..400 {
        let started = Instant::now();
        for _ in 0..5 {
            run().await;
        }
        best = best.min(started.elapsed().as_secs_f64() / 5.0);
    }
    eprintln!("{what:<28} {:>8.1} µs", best * 1e6);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("a folder");
    let address = arguments.next().expect("an address");
    let flags = [
        ("data", Some(folder)),
        ("cache_bytes", Some("0".to_owned())),
    ];
    let config = Config::load(None, std::iter::empty(), &flags).expect("settings");
    let database = app::open_database(&config).await.expect("a database");
    let indexes = app::Indexes::in_memory().expect("indexes in memory");
    let node = app::start(
        &config,
        database.clone(),
        indexes,
        "x",
        Surroundings::default(),
    )
    .await
    .expect("a node");
    let service = torg_web::service(&node.app, assemble::routes(&node));
    best("one statement", async || {
        let one = torg_db::scalar(database.single(), "SELECT 1", vec![]).await;
        one.expect("an answer");
    })
    .await;
    best("begin and end", async || {
        database
            .snapshot()
            .await
            .expect("begins")
            .end()
            .await
            .expect("ends");
    })
    .await;
    let sql = "SELECT document FROM page_content WHERE address = $1";
    let rows = torg_db::fetch_rows(database.single(), sql, vec![address.clone().into()]).await;
    let json: String = rows.expect("rows")[0]
        .try_get_by_index(0)
        .expect("a document");
    best("document from JSON", async || {
        let document: torg_kernel::Document = serde_json::from_str(&json).expect("a document");
        std::hint::black_box(document);
    })
    .await;
    best("the whole page", async || {
        let request = http::Request::get(&address)
            .body(Body::empty())
            .expect("a request");
        std::hint::black_box(service.answer(None, request).await);
    })
    .await;
}
