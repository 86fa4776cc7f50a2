//! Trying links against a server of the test's own, which behaves well and badly.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use torg_site::{Outcome, Probe, ProbeSettings};

/// What was asked for, as method and path.
type Asked = Arc<Mutex<Vec<String>>>;

/// Answers each path in its own way until the test ends.
fn server() -> (SocketAddr, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let asked: Asked = Arc::default();
    let noted = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let noted = noted.clone();
            std::thread::spawn(move || {
                let mut reader = BufReader::new(stream.try_clone().expect("the same stream"));
                let mut line = String::new();
                let _ = reader.read_line(&mut line);
                let mut parts = line.split(' ');
                let method = parts.next().unwrap_or_default().to_owned();
                let path = parts.next().unwrap_or_default().to_owned();
                noted
                    .lock()
                    .expect("whole")
                    .push(format!("{method} {path}"));
                let mut stream = stream;
                let _ = stream.write_all(answer(&method, &path).as_bytes());
            });
        }
    });
    (address, asked)
}

fn answer(method: &str, path: &str) -> String {
    let plain = |status: &str, more: &str| {
        format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n")
    };
    match (method, path) {
        (_, "/there") => plain("200 OK", ""),
        (_, "/gone") => plain("410 Gone", ""),
        (_, "/lost") => plain("404 Not Found", ""),
        (_, "/closed") => plain("403 Forbidden", ""),
        (_, "/ill") => plain("503 Service Unavailable", ""),
        ("HEAD", "/no-head") => plain("501 Not Implemented", ""),
        ("GET", "/no-head") => plain("200 OK", ""),
        (_, "/moved") => plain("301 Moved Permanently", "Location: /there\r\n"),
        (_, "/round") => plain("302 Found", "Location: /round\r\n"),
        (_, "/to-file") => plain("302 Found", "Location: file:///etc/passwd\r\n"),
        (_, "/slow") => {
            std::thread::sleep(Duration::from_secs(5));
            plain("200 OK", "")
        }
        (_, "/rubbish") => "this is no HTTP\r\n\r\n".to_owned(),
        _ => plain("418 I'm a teapot", ""),
    }
}

fn probe(inside: bool) -> Probe {
    Probe::new(ProbeSettings {
        agent: "Torg link check (+https://stad.example)".to_owned(),
        timeout: Duration::from_millis(800),
        inside,
    })
    .expect("TLS can be set up")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_answer_is_understood() {
    let (address, asked) = server();
    let probe = probe(true);
    for (path, outcome, status) in [
        ("/there", Outcome::There, Some(200)),
        ("/gone", Outcome::Gone, Some(410)),
        ("/lost", Outcome::Gone, Some(404)),
        ("/closed", Outcome::Closed, Some(403)),
        ("/ill", Outcome::Silent, Some(503)),
        ("/no-head", Outcome::There, Some(200)),
        ("/moved", Outcome::There, Some(200)),
        ("/round", Outcome::Silent, None),
        ("/to-file", Outcome::Refused, None),
        ("/slow", Outcome::Silent, None),
        ("/rubbish", Outcome::Silent, None),
    ] {
        let answer = probe.ask(&format!("http://{address}{path}")).await;
        assert_eq!((answer.outcome, answer.status), (outcome, status), "{path}");
    }
    let asked = asked.lock().expect("whole").clone();
    // What HEAD answers well is not fetched.
    assert!(asked.contains(&"HEAD /there".to_owned()) && !asked.contains(&"GET /there".to_owned()));
    assert!(asked.contains(&"GET /no-head".to_owned()));
    // Nobody listens there.
    let free = TcpListener::bind("127.0.0.1:0").and_then(|own| own.local_addr());
    let nobody = format!("http://{}/", free.expect("a port"));
    assert_eq!(probe.ask(&nobody).await.outcome, Outcome::Silent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_can_look_into_the_citys_own_network() {
    let (address, asked) = server();
    let probe = probe(false);
    let port = address.port();
    for url in [
        format!("http://127.0.0.1:{port}/there"),
        "http://127.0.0.1/there".to_owned(),
        "http://127.1/there".to_owned(),
        "http://2130706433/there".to_owned(),
        "http://0x7f.0.0.1/there".to_owned(),
        "http://[::1]/there".to_owned(),
        "http://[::ffff:127.0.0.1]/there".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://localhost/there".to_owned(),
        "http://user:word@1.1.1.1/".to_owned(),
        "http://1.1.1.1:25/".to_owned(),
        "ftp://1.1.1.1/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "http:///".to_owned(),
        "not an address".to_owned(),
    ] {
        let answer = probe.ask(&url).await;
        assert_eq!(answer.outcome, Outcome::Refused, "{url}");
    }
    assert!(asked.lock().expect("whole").is_empty(), "{asked:?}");
}
