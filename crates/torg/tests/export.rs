//! Everything comes back: an export taken into an empty city gives the same bytes everywhere.

mod city;

use city::City;
use torg::migrator::Migrator;
use torg::{city as files, export};
use torg_testkit::{TestDatabase, both};

async fn addresses(city: &City) -> Vec<String> {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    let pages = torg_site::list_addresses(&*snapshot).await.expect("lists");
    let mut paths: Vec<String> = pages.into_iter().map(|page| page.address).collect();
    for unit in torg_directory::list(&*snapshot).await.expect("lists") {
        paths.push(unit.href(torg_kernel::Locale::SV));
        paths.push(unit.href(torg_kernel::Locale::EN));
    }
    paths.extend(["/hitta", "/en/find", "/sitemap.xml", "/robots.txt"].map(str::to_owned));
    paths
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_gives_the_same_city() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        // A page that was changed and moved, so that versions, notices and redirects are there.
        city.clock.advance_seconds(3 * 86_400);
        let cookie = city.log_in("edvin@stad.example", Some("publisher")).await;
        let form = city.page_form(&cookie, "Sophämtning").await;
        let mut fields = city.get_as(&cookie, &form).await.fields();
        city::set(
            &mut fields,
            "address",
            "/bygga-bo-och-miljo/avfall/hamtning",
        );
        city::set(&mut fields, "description", "En ny ingress.");
        city::set(&mut fields, "search_confirmed", "yes");
        assert_eq!(city.post_as(&cookie, &form, &fields).await.status, 303);

        let folder = city.test.folder.path().join("export");
        let written = export::write_city(
            &city.node.app.database,
            &city.node.accounts,
            &folder,
            &mut |_| {},
        )
        .await
        .expect("exports");
        let taken = files::read_files(&folder).expect("reads");
        assert_eq!(
            taken.keys().filter(|name| name.ends_with(".md")).count(),
            written
        );
        let twin = City::empty(torg_testkit::sqlite::<Migrator>().await).await;
        twin.clock.set(torg_kernel::Clock::now(&*city.clock));
        twin.take_in(&taken).await;
        for path in addresses(&city).await {
            let (one, other) = (city.get(&path).await, twin.get(&path).await);
            assert_eq!(one.status, 200, "{path}");
            assert_eq!(one.body, other.body, "{path}");
            assert_eq!(one.header("etag"), other.header("etag"), "{path}");
        }
        let old = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert_eq!(old.status, 301);
        let old = twin.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert_eq!(
            old.header("location"),
            "/bygga-bo-och-miljo/avfall/hamtning"
        );

        // And once more into the same: nothing happens.
        let snapshot = twin.node.app.database.snapshot().await.expect("reads");
        let before = torg_log::head(&*snapshot).await.expect("reads");
        drop(snapshot);
        twin.take_in(&taken).await;
        let snapshot = twin.node.app.database.snapshot().await.expect("reads");
        assert_eq!(torg_log::head(&*snapshot).await.expect("reads"), before);
    });
}
