//! Subscriptions from the first form to the last click, on both databases.

mod city;

use std::collections::BTreeMap;
use std::sync::Arc;

use city::{City, DAY, HOUR, Migrator, NOON, version};
use torg_db::{SqlValue, execute, scalar};
use torg_kernel::{Ids, Locale, SystemIds};
use torg_subscriptions::{SubscriptionSettings, Subscriptions};
use torg_testkit::TestDatabase;

const FORM: &str = "topic=section%3Anews&rhythm=at_once&language=sv&email=eva%40stad.example";

/// The secret in a digest.
fn end_key(mail: &city::Got) -> String {
    let link = mail.link("/prenumerera/avsluta");
    link.rsplit('=').next().expect("a key").to_owned()
}

async fn from_the_form_to_the_last_click(test: TestDatabase) {
    let city = City::new(test, SubscriptionSettings::default()).await;
    let page = city.get("/prenumerera?topic=section:news").await;
    assert_eq!(page.status, 200);
    assert_eq!(
        page.values("input[name=topic][checked]", "value"),
        ["section:news"]
    );

    // A mail with a link; a scanner that follows it confirms nothing.
    assert_eq!(
        city.post("/prenumerera", FORM).await.to(),
        "/prenumerera/skickat"
    );
    let mails = city.mail().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "eva@stad.example");
    assert!(mails[0].text.contains("Nyheter"), "{}", mails[0].text);
    let confirm = mails[0].link("/prenumerera/bekrafta");
    let shown = city.get(&confirm).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text("main").concat().contains("eva@stad.example"));
    assert_eq!(shown.headers["referrer-policy"], "same-origin");
    assert_eq!(city.count("subscription").await, 0, "a look is no yes");
    assert_eq!(
        city.post_from_outside(&confirm, "").await.status,
        403,
        "only our own button confirms"
    );

    // What was there before is no news to a new subscriber.
    city.publish(&["section:news"], vec![version(Locale::SV, "Gammalt")]);
    city.subscriptions.make_digests().await.expect("digests");
    let manage = city.post(&confirm, "").await.to().to_owned();
    assert!(manage.starts_with("/prenumerera/hantera?key="), "{manage}");
    assert_eq!(city.count("subscription").await, 1);
    let again = city.post(&confirm, "").await;
    assert!(again.to().starts_with("/prenumerera/hantera?key="));
    assert_eq!(city.count("subscription").await, 1, "twice is once");
    city.subscriptions.make_digests().await.expect("digests");
    assert!(city.mail().await.is_empty());

    // News, and things that are none of hers.
    city.clock.advance_seconds(60);
    let news = vec![
        version(Locale::SV, "Badet öppnar"),
        version(Locale::EN, "The pool opens"),
    ];
    city.publish(&["section:news"], news);
    city.publish(&["section:blog"], vec![version(Locale::SV, "Bloggen")]);
    let counts = city.subscriptions.make_digests().await.expect("digests");
    assert_eq!((counts.noted, counts.due, counts.mails), (2, 1, 1));
    let mails = city.mail().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Badet öppnar");
    assert!(!mails[0].text.contains("Bloggen"));
    assert!(
        mails[0]
            .raw
            .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
        "{}",
        mails[0].raw
    );
    city.subscriptions.make_digests().await.expect("digests");
    assert!(city.mail().await.is_empty(), "nothing new, no mail");
    let key = end_key(&mails[0]);
    assert!(
        !city.everything().await.contains(&key),
        "what was said to one alone is forgotten when it is sent"
    );

    // The provider's own button, twice; a wrong link gets the same answer.
    let end = mails[0].link("/prenumerera/avsluta");
    assert_eq!(city.get(&end).await.status, 200);
    assert_eq!(city.count("subscription").await, 1, "a look ends nothing");
    for _ in 0..2 {
        let ended = city
            .post_from_outside(&end, "List-Unsubscribe=One-Click")
            .await;
        assert_eq!(ended.status, 200, "{}", ended.html);
    }
    let other = "/prenumerera/avsluta?key=00000000000000000000000000000000";
    let unknown = city
        .post_from_outside(other, "List-Unsubscribe=One-Click")
        .await;
    assert_eq!(unknown.status, 200);
    assert_eq!(city.count("subscription").await, 0);
    assert_eq!(city.count("subscription_link").await, 0);
    assert!(
        !city.everything().await.contains("eva@"),
        "the person is forgotten everywhere"
    );
    for link in [&confirm, &manage, &end] {
        assert_eq!(city.get(link).await.status, 404, "{link}");
    }
    let report = torg_log::verify(&city.test.database, &mut |_| {}).await;
    assert!(report.is_ok_and(|report| report.findings.is_empty()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn story() {
    torg_testkit::both!(Migrator, from_the_form_to_the_last_click);
}

async fn one_address_is_one_subscription(test: TestDatabase) {
    let city = City::new(test, SubscriptionSettings::default()).await;
    let manage = city.subscribe(FORM).await;
    let more = "topic=board&rhythm=weekly&language=en&email=+EVA%40Stad.example+";
    // Nothing tells that the address is known: the answer and the mail are as the first time.
    let manage_en = city.subscribe(more).await;
    assert!(manage_en.starts_with("/en/subscribe/manage?key="));
    assert_eq!(city.count("subscription").await, 1);
    let page = city.get(&manage).await;
    assert_eq!(
        page.values("input[name=topic][checked]", "value"),
        ["section:news", "board"],
        "what was chosen before is kept, the rest is as it was said last"
    );
    assert_eq!(
        page.values("select[name=rhythm] option[selected]", "value"),
        ["weekly"]
    );

    // Changing, with something wrong first.
    let wrong = city.post(&manage, "rhythm=daily&language=sv").await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.values(".errsum a", "href"), ["#field_topics"]);
    assert_eq!(
        wrong.values("select[name=rhythm] option[selected]", "value"),
        ["daily"]
    );
    let changed = city
        .post(&manage, "topic=section%3Ablog&rhythm=daily&language=sv")
        .await;
    assert!(changed.to().ends_with("&done=changed"));
    let page = city.get(&manage).await;
    assert_eq!(
        page.values("input[name=topic][checked]", "value"),
        ["section:blog"]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_twice() {
    torg_testkit::both!(Migrator, one_address_is_one_subscription);
}

async fn nobody_is_bombed(test: TestDatabase) {
    let settings = SubscriptionSettings {
        per_source: 12,
        per_hour: 6,
        ..SubscriptionSettings::default()
    };
    let city = City::new(test, settings).await;
    let form = |topic: &str, email: &str| {
        format!("topic={topic}&rhythm=daily&language=sv&email={email}%40stad.example")
    };
    // The same form twice is one mail; three mails a day to one address, whatever is asked.
    for topic in [
        "board",
        "board",
        "section%3Anews",
        "section%3Ablog",
        "board&topic=section%3Anews",
    ] {
        let answer = city.post("/prenumerera", &form(topic, "eva")).await;
        assert_eq!(
            answer.to(),
            "/prenumerera/skickat",
            "the answer is the same"
        );
    }
    assert_eq!(city.mail().await.len(), 3);
    // Everybody together.
    for name in ["a", "b", "c"] {
        city.post("/prenumerera", &form("board", name)).await.to();
    }
    let busy = city.post("/prenumerera", &form("board", "d")).await;
    assert_eq!(busy.status, 429);
    assert_eq!(
        busy.values("input[name=email]", "value"),
        ["d@stad.example"]
    );
    assert_eq!(city.mail().await.len(), 3);
    // One source.
    for _ in 0..3 {
        city.post("/prenumerera", &form("board", "d")).await;
    }
    city.clock.advance_seconds(HOUR / 2);
    assert_eq!(
        city.post("/prenumerera", &form("board", "d")).await.status,
        429
    );
    city.clock.advance_seconds(HOUR);
    city.post("/prenumerera", &form("board", "d")).await.to();

    // What nobody confirmed is forgotten after a week, and its link with it.
    let mails = city.mail().await;
    let link = mails[0].link("/prenumerera/bekrafta");
    city.clock.advance_seconds(7 * DAY + 1);
    assert_eq!(city.post(&link, "").await.status, 404);
    assert_eq!(city.subscriptions.weed().await.expect("weeds"), 7);
    assert_eq!(city.count("subscription_request").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits() {
    torg_testkit::both!(Migrator, nobody_is_bombed);
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field() {
    let test = torg_testkit::sqlite::<Migrator>().await;
    let city = City::new(test, SubscriptionSettings::default()).await;
    for (email, key) in [
        ("", "mail-address-missing"),
        (
            "eva%40stad.example%0D%0ABcc%3A+alla%40stad.example",
            "mail-address-space",
        ),
        ("%C3%A5sa%40stad.example", "mail-address-letters"),
        ("eva", "mail-address-at"),
        ("eva%40localhost", "mail-address-domain"),
    ] {
        for (path, t) in [
            ("/prenumerera", torg_ui::T::SV),
            ("/en/subscribe", torg_ui::T::EN),
        ] {
            let form = format!("topic=board&rhythm=daily&language=sv&email={email}");
            let page = city.post(path, &form).await;
            assert_eq!(page.status, 422, "{email}");
            assert_eq!(page.text("#field_email_error span"), [t.get(key)]);
            assert_eq!(
                page.values("input[name=topic][checked]", "value"),
                ["board"]
            );
            assert_eq!(page.values(".errsum a", "href"), ["#field_email"]);
        }
    }
    let page = city
        .post("/prenumerera", "topic=gone&rhythm=x&language=xx&email=")
        .await;
    let links = page.values(".errsum a", "href");
    assert_eq!(
        links,
        [
            "#field_topics",
            "#field_email",
            "#field_rhythm",
            "#field_language"
        ]
    );
    let page = city.post("/prenumerera", "%FF=%FE&topic=%00").await;
    assert_eq!(page.status, 422);
    // An address with a domain in its own letters is answered.
    let form = "topic=board&rhythm=daily&language=sv&email=eva%40b%C3%A5gen.example";
    city.post("/prenumerera", form).await.to();
    let mails = city.mail().await;
    assert_eq!(mails[0].to, "eva@xn--bgen-qoa.example");
    // Links that were never made lead nowhere, and say what to do.
    for key in ["", "x", "00000000000000000000000000000000", "%00", "å"] {
        let page = city.get(&format!("/prenumerera/hantera?key={key}")).await;
        assert_eq!(page.status, 404, "{key}");
        assert_eq!(page.values("main p a", "href"), ["/prenumerera"]);
    }
}

async fn digests_have_their_rhythm(test: TestDatabase) {
    let city = City::new(test, SubscriptionSettings::default()).await;
    city.subscriptions.make_digests().await.expect("digests");
    for (name, rhythm, language) in [
        ("genast", "at_once", "sv"),
        ("daglig", "daily", "en"),
        ("vecka", "weekly", "sv"),
    ] {
        let form = format!(
            "topic=section%3Anews&rhythm={rhythm}&language={language}&email={name}%40stad.example"
        );
        city.subscribe(&form).await;
    }
    let told = |mails: &[city::Got]| -> Vec<String> {
        let mut told: Vec<String> = mails
            .iter()
            .map(|mail| {
                format!(
                    "{}: {}",
                    mail.to.split('@').next().expect("a name"),
                    mail.subject
                )
            })
            .collect();
        told.sort();
        told
    };
    // Tuesday afternoon.
    city.clock.advance_seconds(HOUR);
    let first = city.publish(
        &["section:news"],
        vec![
            version(Locale::SV, "Bron"),
            version(Locale::EN, "The bridge"),
        ],
    );
    city.subscriptions.make_digests().await.expect("digests");
    assert_eq!(told(&city.mail().await), ["genast: Bron"]);
    city.clock.advance_seconds(60);
    city.publish(&["section:news"], vec![version(Locale::SV, "Parken")]);
    city.publish(&["section:news"], vec![version(Locale::SV, "Misstaget")]);
    city.subscriptions.make_digests().await.expect("digests");
    assert_eq!(city.mail().await.len(), 1);
    // Taken back before the daily digest, and another changed: news is told once.
    {
        let mut items = city.press.0.lock().expect("is free");
        items.retain(|item| item.versions[0].title != "Misstaget");
        let item = items.iter_mut().find(|item| item.subject == first);
        item.expect("is there").versions[0].title = "Nya bron".to_owned();
    }
    city.subscriptions.make_digests().await.expect("digests");
    assert!(city.mail().await.is_empty());
    // Wednesday at six: not yet; at seven: the daily ones, in English where there is English.
    city.clock.set(NOON.plus_seconds(17 * HOUR));
    city.subscriptions.make_digests().await.expect("digests");
    assert!(city.mail().await.is_empty());
    city.clock.set(NOON.plus_seconds(18 * HOUR));
    city.subscriptions.make_digests().await.expect("digests");
    let mails = city.mail().await;
    assert_eq!(told(&mails), ["daglig: Parken and 1 more"]);
    assert!(mails[0].text.contains("The bridge"), "{}", mails[0].text);
    // A day without news: no mail. Monday at seven: the weekly one.
    city.clock.advance_seconds(DAY);
    city.subscriptions.make_digests().await.expect("digests");
    assert!(city.mail().await.is_empty());
    city.clock.advance_seconds(4 * DAY);
    city.subscriptions.make_digests().await.expect("digests");
    let mails = city.mail().await;
    assert_eq!(told(&mails), ["vecka: Parken och 1 till"]);
    assert!(mails[0].text.contains("Nya bron"), "as it is called now");
    assert_eq!(city.count("subscription_item").await, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rhythms() {
    torg_testkit::both!(Migrator, digests_have_their_rhythm);
}

/// Puts many confirmed subscriptions in, past the forms.
async fn crowd(city: &City, number: usize) {
    city.test
        .database
        .write(move |context| {
            Box::pin(async move {
                for at in 0..number {
                    let topics = ["section:news", "board", "board section:news"][at % 3];
                    let locale = ["sv", "en"][at % 2];
                    let address = format!("p{at}@stad.example");
                    let values: Vec<SqlValue> = vec![
                        SystemIds.uuid(NOON).into(),
                        address.into(),
                        locale.into(),
                        topics.into(),
                        NOON.micros().into(),
                    ];
                    execute(
                        &**context,
                        "INSERT INTO subscription (id, address, address_key, locale, rhythm, state, \
                         topics, told, confirmed_at) \
                         VALUES ($1, $2, $2, $3, 'at_once', 'active', $4, 0, $5)",
                        values,
                    )
                    .await?;
                }
                Ok(())
            })
        })
        .await
        .expect("are put in");
}

async fn killed_in_the_middle(test: TestDatabase) {
    let city = City::new(test, SubscriptionSettings::default()).await;
    crowd(&city, 2_300).await;
    city.publish(&["section:news"], vec![version(Locale::SV, "Nytt")]);
    city.publish(&["board"], vec![version(Locale::SV, "Anslag")]);
    // Runs that are dropped at ever later points, as when the program is killed, and at the end
    // two nodes that run to the end beside each other.
    for stop in 0..12_u64 {
        let run = city.subscriptions.make_digests();
        let patience = std::time::Duration::from_millis(stop * 9);
        let _ = tokio::time::timeout(patience, run).await;
    }
    let other = Subscriptions::new(
        city.test.database.clone(),
        city.clock.clone(),
        Arc::new(SystemIds),
        city.press.clone(),
        SubscriptionSettings::default(),
    );
    let (one, two) = tokio::join!(city.subscriptions.make_digests(), other.make_digests());
    one.expect("digests");
    two.expect("digests");
    let snapshot = city.test.database.snapshot().await.expect("a snapshot");
    let number = |sql: &'static str| {
        let snapshot = &snapshot;
        async move { scalar(&**snapshot, sql, vec![]).await.expect("a number") }
    };
    assert_eq!(number("SELECT COUNT(*) FROM mail_outbox").await, 2_300);
    assert_eq!(
        number("SELECT COUNT(DISTINCT recipient) FROM mail_outbox").await,
        2_300,
        "nobody got two and nobody none"
    );
    assert_eq!(
        number("SELECT COUNT(*) FROM subscription WHERE told < 2").await,
        0
    );
    assert_eq!(
        number("SELECT COUNT(*) FROM subscription_link").await,
        2_300,
        "each mail has a link of its own"
    );
    let contents = number("SELECT COUNT(DISTINCT content_id) FROM mail_outbox").await;
    assert!(contents <= 6 * 14, "{contents} were drawn");
    snapshot.end().await.expect("ends");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn digests_bear_being_killed() {
    torg_testkit::both!(Migrator, killed_in_the_middle);
}

async fn dead_addresses_are_paused(test: TestDatabase) {
    let city = City::new(test, SubscriptionSettings::default()).await;
    let dead = city.subscribe(FORM).await;
    let live = city
        .subscribe("topic=section%3Anews&rhythm=at_once&language=sv&email=bo%40stad.example")
        .await;
    let bounces = city.mails.join("bounces");
    std::fs::create_dir_all(&bounces).expect("a folder");
    let database = &city.test.database;
    let mut days = 0;
    for day in 0..3 {
        city.publish(
            &["section:news"],
            vec![version(Locale::SV, &format!("Dag {day}"))],
        );
        city.subscriptions.make_digests().await.expect("digests");
        for mail in city
            .mail()
            .await
            .iter()
            .filter(|mail| mail.to.starts_with("eva@"))
        {
            let id = mail.raw.split("Message-ID: <").nth(1).expect("an id");
            let id = id.split('>').next().expect("an id");
            let report = format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n\r\n\
                 --b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n\
                 Status: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
                 Message-ID: <{id}>\r\n\r\n--b--\r\n"
            );
            std::fs::write(bounces.join(format!("{day}.eml")), report).expect("is written");
        }
        let counts = torg_notify::read_bounces(database, &bounces, NOON)
            .await
            .expect("reads");
        assert_eq!((counts.files, counts.bounced, counts.other), (1, 1, 0));
        city.clock.advance_seconds(DAY);
        days += city.subscriptions.pause_bouncing().await.expect("pauses");
    }
    assert_eq!(days, 0, "the last day is not over for a day yet");
    city.clock.advance_seconds(DAY);
    assert_eq!(
        city.subscriptions.pause_bouncing().await.expect("pauses"),
        1
    );
    assert_eq!(
        city.subscriptions.pause_bouncing().await.expect("pauses"),
        0
    );
    let page = city.get(&dead).await;
    let t = torg_ui::T::SV;
    assert!(
        page.text("main")
            .concat()
            .contains(&*t.get("subscribe-manage-paused"))
    );
    assert!(
        !city
            .get(&live)
            .await
            .text("main")
            .concat()
            .contains(&*t.get("subscribe-manage-paused"))
    );
    city.publish(&["section:news"], vec![version(Locale::SV, "Efteråt")]);
    city.subscriptions.make_digests().await.expect("digests");
    let to: Vec<String> = city.mail().await.into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, ["bo@stad.example"]);
    // She comes back: from now on, and the old bounces are forgotten.
    city.post(&dead, "topic=section%3Anews&rhythm=at_once&language=sv")
        .await
        .to();
    assert_eq!(
        city.subscriptions.pause_bouncing().await.expect("pauses"),
        0
    );
    city.publish(&["section:news"], vec![version(Locale::SV, "Igen")]);
    city.subscriptions.make_digests().await.expect("digests");
    let mails = city.mail().await;
    let mut told: BTreeMap<&str, &str> = BTreeMap::new();
    for mail in &mails {
        told.insert(&mail.to, &mail.subject);
    }
    assert_eq!(told.get("eva@stad.example"), Some(&"Igen"));
    assert_eq!(mails.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bounces() {
    torg_testkit::both!(Migrator, dead_addresses_are_paused);
}

#[tokio::test]
async fn the_staff_see_how_it_goes() {
    let test = torg_testkit::sqlite::<Migrator>().await;
    let city = City::new(test, SubscriptionSettings::default()).await;
    city.subscribe(FORM).await;
    let page = city.get("/admin/subscriptions").await;
    assert_eq!(page.status, 200);
    let first: Vec<String> = page.text("tbody tr").into_iter().take(1).collect();
    assert!(first[0].contains('1'), "{first:?}");
    // A mail that cannot be sent, and the button that tries again.
    city.post("/prenumerera", &FORM.replace("eva", "bo"))
        .await
        .to();
    let broken = "UPDATE mail_outbox SET state = 'failed', finished_at = 1, \
                  last_error = '550 <nobody>' WHERE state = 'waiting'";
    city.test
        .database
        .write(move |context| {
            Box::pin(async move { Ok(execute(&**context, broken, vec![]).await?) })
        })
        .await
        .expect("is written");
    let page = city.get("/admin/subscriptions").await;
    assert!(
        page.text("tbody td")
            .iter()
            .any(|cell| cell == "550 <nobody>")
    );
    let mail = page.values("input[name=mail]", "value");
    assert_eq!(mail.len(), 1);
    assert!(city.mail().await.is_empty());
    let retried = city
        .post("/admin/subscriptions/retry", &format!("mail={}", mail[0]))
        .await;
    assert_eq!(retried.to(), "/admin/subscriptions?done=mail-retried");
    city.post("/admin/subscriptions/retry", &format!("mail={}", mail[0]))
        .await
        .to();
    assert_eq!(city.mail().await.len(), 1);
    let wrong = city.post("/admin/subscriptions/retry", "mail=x").await;
    assert_eq!(wrong.status, 404);
    // Who sets what holds for one organisation sees no addresses of the city's residents.
    for (method, path) in [
        (http::Method::GET, "/admin/subscriptions"),
        (http::Method::POST, "/admin/subscriptions/retry"),
    ] {
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header("cookie", "torg_session=branch")
            .body(axum::body::Body::empty())
            .expect("a request");
        assert_eq!(city.ask(request).await.status, 403, "{path}");
    }
}
