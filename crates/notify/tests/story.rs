//! The outbox: what is put in is sent, once as a rule, and what cannot be sent is told apart.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_kernel::{Ids, Locale, ManualClock, Problem, Subject, SystemIds, Timestamp};
use torg_notify::{
    Fills, FolderTransport, KeepDays, MailAddress, MailContent, MailState, NewMail, Outcome,
    Parcel, Rank, Sender, SenderOptions, Sending, SmtpSettings, SmtpTransport, Tls, Transport,
    count_mails, find_mail, forget_mail, list_bouncing, list_mails, mark, purge_mail, put_content,
    put_mails, read_bounces, retry_all, retry_mail,
};
use torg_testkit::TestDatabase;
use uuid::Uuid;

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        torg_notify::migrations::migrations()
    }
}

const NOON: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);
const DAY: i64 = 86_400;

fn content(subject: &str) -> MailContent {
    MailContent {
        locale: Locale::SV,
        subject: subject.to_owned(),
        text: format!("Hej!\n.\nLänken: {}\n", mark("key")),
        html: Some(format!("<p>Hej! {}</p>", mark("key"))),
        one_click: None,
    }
}

fn mail(to: &str, content: Uuid) -> NewMail {
    NewMail {
        kind: "test.mail",
        to: MailAddress::parse(&format!("{to}@stad.example")).expect("an address"),
        content,
        fills: Fills::one("key", "hemlig"),
        about: Some(Subject::new("subscription", about(to))),
        rank: Rank::Bulk,
    }
}

/// The same id for the same name.
fn about(name: &str) -> Uuid {
    let mut bytes = [0_u8; 16];
    for (at, byte) in name.bytes().take(16).enumerate() {
        bytes[at] = byte;
    }
    Uuid::from_bytes(bytes)
}

fn sending() -> Sending {
    Sending {
        name: "Göteborgs Stad".to_owned(),
        from: MailAddress::own("no-reply@stad.example").expect("an address"),
        reply_to: None,
        bounces: None,
    }
}

struct House {
    test: TestDatabase,
    clock: Arc<ManualClock>,
}

impl House {
    fn new(test: TestDatabase) -> Self {
        Self {
            test,
            clock: Arc::new(ManualClock::new(NOON)),
        }
    }

    fn now(&self) -> Timestamp {
        use torg_kernel::Clock;
        self.clock.now()
    }

    fn sender(&self, transport: Arc<dyn Transport>) -> Sender {
        Sender::new(
            self.test.database.clone(),
            transport,
            sending(),
            self.clock.clone(),
            Arc::new(SystemIds),
            SenderOptions::default(),
        )
    }

    async fn put(&self, names: &[&str]) -> Vec<Uuid> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let now = self.now();
        let write = self.test.database.write(move |context| {
            Box::pin(async move {
                let id = SystemIds.uuid(now);
                put_content(context, id, now, &content("Nytt")).await?;
                let mails: Vec<NewMail> = names.iter().map(|name| mail(name, id)).collect();
                put_mails(context, &SystemIds, now, &mails).await
            })
        });
        write.await.expect("are put in")
    }

    async fn state(&self, id: Uuid) -> (MailState, i64, Option<String>) {
        let snapshot = self.test.database.snapshot().await.expect("a snapshot");
        let found = find_mail(&*snapshot, id).await.expect("is looked up");
        found.expect("is there")
    }

    async fn counts(&self) -> (i64, i64, i64) {
        let snapshot = self.test.database.snapshot().await.expect("a snapshot");
        let counts = count_mails(&*snapshot).await.expect("are counted");
        (counts.waiting, counts.sent, counts.failed)
    }

    async fn bouncing(&self, days: u32) -> usize {
        let snapshot = self.test.database.snapshot().await.expect("a snapshot");
        let list = list_bouncing(&*snapshot, "subscription", days, self.now()).await;
        list.expect("are listed").len()
    }
}

/// Answers as it is told, and remembers what it was given.
#[derive(Default)]
struct Scripted {
    answers: Mutex<VecDeque<Outcome>>,
    otherwise: Mutex<Option<Outcome>>,
    given: Mutex<Vec<Parcel>>,
}

impl Scripted {
    fn say(&self, answers: Vec<Outcome>) {
        *self.answers.lock().expect("is free") = answers.into();
    }

    fn always(&self, answer: Outcome) {
        *self.otherwise.lock().expect("is free") = Some(answer);
    }

    fn given(&self) -> usize {
        self.given.lock().expect("is free").len()
    }
}

#[async_trait]
impl Transport for Scripted {
    async fn deliver(&self, parcel: &Parcel) -> Outcome {
        self.given.lock().expect("is free").push(parcel.clone());
        let next = self.answers.lock().expect("is free").pop_front();
        next.or_else(|| self.otherwise.lock().expect("is free").clone())
            .unwrap_or(Outcome::Delivered)
    }
}

async fn into_a_folder(test: TestDatabase) {
    let house = House::new(test);
    let folder = house.test.folder.path().join("mail");
    let ids = house.put(&["eva", "bo"]).await;
    // A write that fails leaves no mail behind.
    let now = house.now();
    let failed = house.test.database.write(move |context| {
        Box::pin(async move {
            let id = SystemIds.uuid(now);
            put_content(context, id, now, &content("Ångrat")).await?;
            put_mails(context, &SystemIds, now, &[mail("ingen", id)]).await?;
            Err::<(), _>(Problem::Forbidden)
        })
    });
    assert!(failed.await.is_err());
    let mut sender = house.sender(Arc::new(FolderTransport::new(&folder)));
    assert_eq!(sender.turn().await.expect("sends"), 2);
    assert_eq!(sender.turn().await.expect("sends"), 0);
    assert_eq!(house.counts().await, (0, 2, 0));
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    files.sort();
    let mut expected: Vec<String> = ids.iter().map(|id| format!("{id}.eml")).collect();
    expected.sort();
    assert_eq!(files, expected, "no half-written files either");
    let text = std::fs::read_to_string(folder.join(&expected[0])).expect("a mail");
    assert!(
        text.contains("hemlig") && text.contains("Message-ID: <"),
        "{text}"
    );

    // Weeded when their time is over, with what was written in them.
    let purge = |now| {
        house.test.database.write(move |context| {
            Box::pin(async move { purge_mail(context, KeepDays::default(), now).await })
        })
    };
    assert_eq!(
        purge(house.now().plus_seconds(6 * DAY))
            .await
            .expect("weeds"),
        0
    );
    assert_eq!(
        purge(house.now().plus_seconds(8 * DAY))
            .await
            .expect("weeds"),
        2
    );
    let snapshot = house.test.database.snapshot().await.expect("a snapshot");
    let left = torg_db::scalar(&*snapshot, "SELECT COUNT(*) FROM mail_content", vec![]).await;
    assert_eq!(left.expect("a number"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn folder() {
    torg_testkit::both!(Migrator, into_a_folder);
}

async fn at_least_once(test: TestDatabase) {
    let house = House::new(test);
    let ids = house.put(&["eva"]).await;
    let transport = Arc::new(Scripted::default());
    // Dies after it handed the mail over and before it wrote so down.
    {
        struct Dying(Arc<Scripted>);
        #[async_trait]
        impl Transport for Dying {
            async fn deliver(&self, parcel: &Parcel) -> Outcome {
                self.0.deliver(parcel).await;
                std::future::pending().await
            }
        }
        let mut sender = house.sender(Arc::new(Dying(transport.clone())));
        let turn = tokio::time::timeout(std::time::Duration::from_millis(400), sender.turn());
        assert!(turn.await.is_err());
    }
    assert_eq!(house.state(ids[0]).await.0, MailState::Sending);
    let mut sender = house.sender(transport.clone());
    assert_eq!(sender.turn().await.expect("sends"), 0, "the lease holds");
    house.clock.advance_seconds(601);
    assert_eq!(sender.turn().await.expect("sends"), 1);
    assert_eq!(house.state(ids[0]).await.0, MailState::Sent);
    let given = transport.given.lock().expect("is free");
    assert_eq!(given.len(), 2);
    assert_eq!(given[0], given[1], "the same to the last byte");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sender_that_dies() {
    torg_testkit::both!(Migrator, at_least_once);
}

async fn retries(test: TestDatabase) {
    let house = House::new(test);
    let transport = Arc::new(Scripted::default());
    let mut sender = house.sender(transport.clone());
    let later = || Outcome::Later("451 later".to_owned());
    let id = house.put(&["eva"]).await[0];
    transport.say(vec![later(), later()]);
    assert_eq!(sender.turn().await.expect("sends"), 1);
    assert_eq!(
        house.state(id).await,
        (MailState::Waiting, 1, Some("451 later".to_owned()))
    );
    house.clock.advance_seconds(59);
    assert_eq!(sender.turn().await.expect("sends"), 0);
    house.clock.advance_seconds(1);
    assert_eq!(sender.turn().await.expect("sends"), 1);
    house.clock.advance_seconds(119);
    assert_eq!(sender.turn().await.expect("sends"), 0, "the wait doubles");
    house.clock.advance_seconds(1);
    assert_eq!(sender.turn().await.expect("sends"), 1);
    assert_eq!(house.state(id).await, (MailState::Sent, 3, None));

    // One that never gets through is given up after three days, with the reason.
    let id = house.put(&["bo"]).await[0];
    transport.always(later());
    let begun = house.now();
    while house.state(id).await.0 != MailState::Failed {
        sender.turn().await.expect("sends");
        house.clock.advance_seconds(1_800);
        assert!(house.now() < begun.plus_seconds(4 * DAY));
    }
    let (_, attempts, error) = house.state(id).await;
    assert!(house.now() >= begun.plus_seconds(3 * DAY));
    assert!((10..40).contains(&attempts), "{attempts}");
    assert_eq!(error.as_deref(), Some("given up after 72 hours: 451 later"));
    let snapshot = house.test.database.snapshot().await.expect("a snapshot");
    let failed = list_mails(&*snapshot, MailState::Failed, 10)
        .await
        .expect("a list");
    snapshot.end().await.expect("ends");
    assert_eq!((failed.len(), failed[0].subject.as_str()), (1, "Nytt"));

    // And may be tried anew by hand.
    transport.always(Outcome::Delivered);
    let now = house.now();
    let retry = |id| {
        house
            .test
            .database
            .write(move |context| Box::pin(async move { retry_mail(context, id, now).await }))
    };
    retry(id).await.expect("is tried anew");
    assert!(matches!(retry(id).await, Err(Problem::NotFound)));
    assert_eq!(sender.turn().await.expect("sends"), 1);
    assert_eq!(house.state(id).await.0, MailState::Sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn temporary_refusals() {
    torg_testkit::both!(Migrator, retries);
}

async fn faults_of_the_transport(test: TestDatabase) {
    let house = House::new(test);
    let transport = Arc::new(Scripted::default());
    let mut sender = house.sender(transport.clone());
    let names: Vec<String> = (0..300).map(|at| format!("p{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    house.put(&names).await;
    // The server is gone: a handful of mails find out, none has an attempt the less.
    transport.always(Outcome::Trouble("connection refused".to_owned()));
    sender.turn().await.expect("sends");
    assert!(transport.given() < 10, "{}", transport.given());
    assert_eq!(
        sender.turn().await.expect("sends"),
        0,
        "it is left in peace"
    );
    assert_eq!(house.counts().await, (300, 0, 0));
    // It is back, and refuses everybody: that is no fault of theirs.
    transport.always(Outcome::Refused("550 5.1.1 unknown".to_owned()));
    for _ in 0..50 {
        house.clock.advance_seconds(900);
        sender.turn().await.expect("sends");
    }
    let (waiting, sent, failed) = house.counts().await;
    assert_eq!(sent, 0);
    assert!(failed < 25 && waiting > 275, "{failed} failed");
    house.clock.advance_seconds(2 * DAY);
    assert_eq!(house.bouncing(1).await, 0, "nobody is counted out");
    // At last it works: all that waits gets out.
    transport.always(Outcome::Delivered);
    let now = house.now();
    let all = house
        .test
        .database
        .write(move |context| Box::pin(async move { retry_all(context, now).await }));
    all.await.expect("are tried anew");
    for _ in 0..10 {
        house.clock.advance_seconds(900);
        sender.turn().await.expect("sends");
    }
    assert_eq!(house.counts().await, (0, 300, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_faulty_transport_counts_against_nobody() {
    torg_testkit::both!(Migrator, faults_of_the_transport);
}

fn report(id: Uuid, status: &str) -> String {
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\
         Status: {status}\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Message-ID: <{id}@stad.example>\r\n\r\n--b--\r\n"
    )
}

async fn reports(test: TestDatabase) {
    let house = House::new(test);
    let folder = house.test.folder.path().join("bounces");
    let read = || read_bounces(&house.test.database, &folder, NOON);
    assert_eq!(read().await.expect("no folder yet").files, 0);
    std::fs::create_dir_all(&folder).expect("a folder");
    let transport = Arc::new(Scripted::default());
    let mut sender = house.sender(transport);
    let names: Vec<String> = (0..100).map(|at| format!("p{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ids = house.put(&names).await;
    while sender.turn().await.expect("sends") > 0 {}
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(format!("{name}.eml")), text).expect("is written");
    };
    write("dead", &report(ids[0], "5.1.1"));
    write("twice", &report(ids[0], "5.1.1"));
    write("full", &report(ids[1], "4.2.2"));
    write("foreign", &report(Uuid::from_u128(9), "5.1.1"));
    write("answer", "Subject: Semester\r\n\r\nJag är borta.");
    let counts = read().await.expect("reads");
    assert_eq!((counts.files, counts.bounced, counts.other), (5, 1, 1));
    assert!(folder.join("other/answer.eml").exists());
    assert_eq!(read().await.expect("reads").files, 0, "each is read once");
    house.clock.advance_seconds(2 * DAY);
    assert_eq!(house.bouncing(1).await, 1);
    assert_eq!(house.bouncing(2).await, 0);
    // What is forgotten is gone from here too.
    let who = Subject::new("subscription", about("p0"));
    let forget = house
        .test
        .database
        .write(move |context| Box::pin(async move { forget_mail(context, &who).await }));
    forget.await.expect("is forgotten");
    assert_eq!(house.bouncing(1).await, 0);
    assert_eq!(house.counts().await.1, 99);

    // The relay sends everything back: a storm, and nobody's fault.
    for (at, id) in ids.iter().enumerate().skip(1) {
        write(&format!("storm{at}"), &report(*id, "5.1.1"));
    }
    assert_eq!(read().await.expect("reads").bounced, 99);
    assert_eq!(house.bouncing(1).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn delivery_reports() {
    torg_testkit::both!(Migrator, reports);
}

/// The SMTP server that `./test` starts: `FOLDER plain=PORT starttls=PORT tls=PORT`.
struct Server {
    folder: std::path::PathBuf,
    line: String,
}

impl Server {
    fn there() -> Self {
        let line = std::env::var("TORG_TEST_SMTP").unwrap_or_else(|_| {
            panic!(
                "TORG_TEST_SMTP is not set: run ./test, which starts an SMTP server for the tests"
            )
        });
        let (folder, ports) = line.split_once(' ').expect("a folder and ports");
        Self {
            folder: folder.into(),
            line: ports.to_owned(),
        }
    }

    fn settings(&self, kind: &str) -> SmtpSettings {
        let port = self
            .line
            .split(' ')
            .find_map(|word| word.strip_prefix(kind)?.strip_prefix('='))
            .expect("a port")
            .parse()
            .expect("a number");
        let tls = Tls::parse(if kind == "plain" { "none" } else { kind }).expect("a kind");
        SmtpSettings {
            host: if kind == "plain" {
                "127.0.0.1"
            } else {
                "localhost"
            }
            .to_owned(),
            port,
            tls,
            login: (kind != "plain").then(|| ("torg".to_owned(), "hemligt".to_owned())),
            hello: "stad.example".to_owned(),
            authority: Some(include_bytes!("smtp/authority.pem").to_vec()),
        }
    }

    /// The mail to a name that nobody else uses.
    fn mail(&self, name: &str) -> Option<Vec<u8>> {
        let end = format!("-{name}.eml");
        std::fs::read_dir(&self.folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .find(|path| path.to_string_lossy().ends_with(&end))
            .map(|path| std::fs::read(path).expect("a mail"))
    }

    /// Over which connections these came.
    fn connections(&self, names: &[String]) -> std::collections::BTreeSet<String> {
        let lines = std::fs::read_to_string(self.folder.join("connections")).expect("a list");
        lines
            .lines()
            .filter_map(|line| line.split_once(' '))
            .filter(|(_, name)| names.iter().any(|own| own == name))
            .map(|(port, _)| port.to_owned())
            .collect()
    }
}

/// A name for a mailbox that no other run has used.
fn fresh(kind: &str) -> String {
    let now = torg_kernel::Clock::now(&torg_kernel::SystemClock);
    format!("{kind}{}", &SystemIds.uuid(now).simple().to_string()[8..24])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_server_is_understood() {
    let server = Server::there();
    let house = House::new(torg_testkit::sqlite::<Migrator>().await);
    let transport = SmtpTransport::new(server.settings("plain")).expect("a transport");
    let mut sender = house.sender(Arc::new(transport));
    let kinds = ["ok", "greylist", "unknown", "full", "policy", "content"];
    let names: Vec<String> = kinds.iter().map(|kind| fresh(kind)).collect();
    let named: Vec<&str> = names.iter().map(String::as_str).collect();
    let ids = house.put(&named).await;
    assert_eq!(sender.turn().await.expect("sends"), 6);
    let state = |at: usize| house.state(ids[at]);
    assert_eq!(state(0).await, (MailState::Sent, 1, None));
    let (waiting, _, error) = state(1).await;
    assert_eq!(waiting, MailState::Waiting);
    assert!(error.is_some_and(|error| error.contains("451")));
    let (failed, attempts, error) = state(2).await;
    assert_eq!((failed, attempts), (MailState::Failed, 1));
    assert!(error.is_some_and(|error| error.contains("550") && error.contains("5.1.1")));
    assert_eq!(
        state(3).await.0,
        MailState::Waiting,
        "a full mailbox may be emptied"
    );
    assert_eq!(state(4).await.0, MailState::Failed);
    assert_eq!(state(5).await.0, MailState::Failed);
    house.clock.advance_seconds(61);
    assert_eq!(sender.turn().await.expect("sends"), 2);
    assert_eq!(state(1).await, (MailState::Sent, 2, None));
    // Only the unknown one counts as a bounce.
    house.clock.advance_seconds(2 * DAY);
    assert_eq!(house.bouncing(1).await, 1);
    // What the server got is what was written: the lone full stop too.
    let got = server.mail(&names[0]).expect("the mail came");
    let mail = mail_parser::MessageParser::new()
        .parse(&got)
        .expect("a mail");
    let text = mail.body_text(0).expect("a text");
    assert!(text.contains("Hej!\r\n.\r\nLänken: hemlig"), "{text:?}");
    assert_eq!(
        mail.message_id(),
        Some(format!("{}@stad.example", ids[0]).as_str())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_are_used_again_and_protected() {
    let server = Server::there();
    for kind in ["plain", "starttls", "tls"] {
        let house = House::new(torg_testkit::sqlite::<Migrator>().await);
        let transport = SmtpTransport::new(server.settings(kind)).expect("a transport");
        let mut sender = house.sender(Arc::new(transport));
        let names: Vec<String> = (0..40).map(|_| fresh("many")).collect();
        let named: Vec<&str> = names.iter().map(String::as_str).collect();
        house.put(&named).await;
        assert_eq!(sender.turn().await.expect("sends"), 40, "{kind}");
        assert_eq!(house.counts().await, (0, 40, 0), "{kind}");
        let used = server.connections(&names).len();
        assert!((1..=4).contains(&used), "{kind}: {used} connections");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_cannot_be_trusted_gets_nothing() {
    let server = Server::there();
    let wrong_password = SmtpSettings {
        login: Some(("torg".to_owned(), "fel".to_owned())),
        ..server.settings("tls")
    };
    let unknown_authority = SmtpSettings {
        authority: None,
        ..server.settings("starttls")
    };
    let no_tls_there = SmtpSettings {
        tls: Tls::StartTls,
        ..server.settings("plain")
    };
    let nobody_there = SmtpSettings {
        port: 1,
        ..server.settings("plain")
    };
    for (settings, what) in [
        (wrong_password, "a wrong password"),
        (unknown_authority, "an unknown authority"),
        (no_tls_there, "no STARTTLS"),
        (nobody_there, "nobody there"),
    ] {
        let house = House::new(torg_testkit::sqlite::<Migrator>().await);
        let Ok(transport) = SmtpTransport::new(settings) else {
            panic!("{what}: no transport");
        };
        let mut sender = house.sender(Arc::new(transport));
        let id = house.put(&["eva"]).await[0];
        let begun = std::time::Instant::now();
        sender.turn().await.expect("sends");
        assert!(begun.elapsed().as_secs() < 20, "{what} takes too long");
        let (state, attempts, error) = house.state(id).await;
        assert_eq!(
            (state, attempts),
            (MailState::Waiting, 0),
            "{what}: {error:?}"
        );
        assert!(error.is_some(), "{what}");
        house.clock.advance_seconds(2 * DAY);
        assert_eq!(house.bouncing(1).await, 0, "{what}");
    }
}
