//! Who may go where: every route asked in every role, against a table that is read in review.
//!
//! To write the table anew after a route was added: `TORG_TEST_WRITE=1 cargo test -p torg --test
//! access`, then look at what changed.

mod city;

use std::collections::BTreeMap;

use axum::body::Body;
use city::City;
use http::{Method, Request};
use torg::assemble;
use torg::migrator::Migrator;

/// Nobody, somebody without any role, and everybody with one of the delivered roles.
const ROLES: [&str; 23] = [
    "anonymous",
    "nobody",
    "reader",
    "customer_representative",
    "case_handler",
    "archivist",
    "data_protection_officer",
    "service_guide",
    "service_owner",
    "portfolio_manager",
    "coordination_member",
    "moderator",
    "committee_secretary",
    "registrar",
    "contributor",
    "editor",
    "open_data_publisher",
    "channel_owner",
    "publisher",
    "crisis_publisher",
    "unit_editor",
    "web_strategist",
    "administrator",
];

/// What a role gets: in, sent to log in, or refused.
fn word(status: u16) -> &'static str {
    match status {
        303 => "on",
        401 | 403 => "refused",
        _ => "in",
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_in_every_role() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let mut cookies = BTreeMap::new();
    for role in ROLES {
        let cookie = match role {
            "anonymous" => String::new(),
            "nobody" => city.log_in("nobody@stad.example", None).await,
            role => {
                city.log_in(&format!("{role}@stad.example"), Some(role))
                    .await
            }
        };
        cookies.insert(role, cookie);
    }
    let admin = &cookies["administrator"];
    let page = city.page_form(admin, "Sophämtning").await;
    let page = page.rsplit('/').next().expect("an id");
    let list = city.get_as(admin, "/admin/units?q=hisingens").await;
    let unit = list.attributes("main table a", "href");
    let unit = unit
        .iter()
        .find(|href| href.starts_with("/admin/units/"))
        .expect("a unit");
    let unit = unit.rsplit('/').next().expect("an id");
    let list = city.get_as(admin, "/admin/notice-board?q=vallokaler").await;
    let notice = list.attributes("main table a", "href");
    let notice = notice.first().expect("an announcement");
    let notice = notice.rsplit('/').next().expect("an id");
    let asset = torg_ui::assets().first().expect("there are static files");
    let asset = asset.url.rsplit('/').next().unwrap_or_default().to_owned();

    // Somebody, something and some role that the walk may close, end and change.
    city.log_in("gone@stad.example", None).await;
    let accounts = &city.node.accounts;
    let gone = accounts.find_person_by_email("gone@stad.example").await;
    let gone = gone.expect("reads").expect("is there").person.id;
    let tree = accounts.organisations().await.expect("a tree");
    let leaf = tree.list().into_iter().rev();
    let mut leaf = leaf.filter(|it| tree.children(Some(it.id)).next().is_none());
    let leaf = leaf.next();
    let leaf = leaf.expect("a part without parts").id;
    let roles = accounts.roles().await.expect("roles");
    let mut known: Vec<&str> = roles.iter().map(|role| role.key.as_str()).collect();
    known.extend(["anonymous", "nobody"]);
    known.sort_unstable();
    let mut walked = ROLES;
    walked.sort_unstable();
    assert_eq!(known, walked, "every delivered role has a column");
    let role = roles.first().expect("a role").id;

    let mut table = format!("method,path,needs,{}\n", ROLES.join(","));
    for route in assemble::routes(&city.node).declared() {
        let id = if route.path.starts_with("/admin/units") {
            unit
        } else if route.path.starts_with("/admin/notice-board") {
            notice
        } else {
            page
        };
        let path = route
            .path
            .replace("{kind}/{id}", &format!("unit/{unit}"))
            .replace("{id}", id)
            .replace("{person}", &gone.to_string())
            .replace("{organisation}", &leaf.to_string())
            .replace("{role}", &role.to_string())
            .replace("{slug}", "hisingens-bibliotek")
            .replace("{key}", "vallokaler")
            .replace("{file}", &asset)
            .replace("{number}", "1.xml");
        let mut row = format!("{},{},{}", route.method, route.path, route.access);
        for role in ROLES {
            // Logging out must not end the session that the next routes are asked with.
            let own = if route.path == "/admin/log-out" {
                ""
            } else {
                cookies[role].as_str()
            };
            let request = Request::builder()
                .method(route.method.clone())
                .uri(&path)
                .header("host", "stad.example")
                .header("sec-fetch-site", "same-origin")
                .header("cookie", own)
                .body(Body::empty())
                .expect("a request");
            let answer = city.ask(request).await;
            assert!(
                answer.status < 500,
                "{} {path} as {role}: {}",
                route.method,
                answer.status
            );
            row.push(',');
            let to = answer.header("location").to_owned();
            row.push_str(
                if to.starts_with("/admin/log-in")
                    && own.is_empty()
                    && route.path != "/admin/log-out"
                {
                    "log-in"
                } else {
                    word(answer.status)
                },
            );
        }
        table.push_str(&row);
        table.push('\n');
        // A write from another site is refused, whoever is logged in.
        if route.method == Method::POST && !route.from_anywhere {
            let request = Request::post(&path)
                .header("host", "stad.example")
                .header("sec-fetch-site", "cross-site")
                .header("cookie", admin)
                .body(Body::empty())
                .expect("a request");
            assert_eq!(
                city.ask(request).await.status,
                403,
                "{path} from another site"
            );
        }
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/access.csv");
    if std::env::var_os("TORG_TEST_WRITE").is_some() {
        std::fs::write(file, &table).expect("the table can be written");
    }
    let committed = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(
        table, committed,
        "the table of routes and roles has changed"
    );
}
