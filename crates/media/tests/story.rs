//! A picture and a file from the desk to readers and away again, on both databases.

mod bank;

use axum::body::Body;
use bank::{Bank, Migrator, NOW, organisation};
use http::Method;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use torg_files::{UnseenPlaces, UsePlace};
use torg_kernel::{Clock, FileId, Ids, Locale, PictureId, RequestId, SystemIds};
use torg_testkit::{TestDatabase, both};
use torg_web::{FactResolver, Reading, Resolved, Wanted};

fn jpeg(width: u32, height: u32, tone: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new(&mut bytes)
        .encode_image(&RgbImage::from_pixel(width, height, Rgb([tone, 90, 20])))
        .expect("encodes");
    bytes
}

const UPLOAD: &str = "/admin/media/upload";

fn request_id() -> String {
    RequestId(SystemIds.uuid(NOW)).to_string()
}

async fn resolved(bank: &Bank, picture: PictureId, file: Option<FileId>) -> Resolved {
    let reading: Reading = bank.app.reading();
    let wanted = Wanted {
        pictures: vec![picture, picture],
        files: file.into_iter().collect(),
        ..Wanted::default()
    };
    let resolver = &bank.app.facts.0[0];
    let mut resolved = Resolved::default();
    let rooms: &dyn FactResolver = &**resolver;
    rooms
        .resolve(
            &reading,
            &wanted,
            Locale::EN,
            bank.clock.now(),
            &mut resolved,
        )
        .await
        .expect("resolves");
    resolved
}

#[tokio::test]
async fn a_picture_goes_from_the_desk_to_readers() {
    both!(Migrator, |test: TestDatabase| async move {
        let bank = Bank::build(&test);
        assert_eq!(bank.get("/admin/media").await.status, 303, "nobody is in");
        bank.log_in("kultur");
        let empty = bank.get("/admin/media").await;
        assert_eq!(empty.status, 200);
        assert_eq!(empty.texts(".empty").len(), 1);
        let own = organisation("kultur").to_string();
        let form = bank.get(UPLOAD).await;
        let choices = form.attributes("select[name=organisation] option", "value");
        assert_eq!(choices.join(" "), own, "own ones only");

        let id = request_id();
        let fields = [
            ("request_id", id.as_str()),
            ("licence", "own"),
            ("people", "nobody"),
            ("alt_sv", "Bad vid havet"),
            ("alt_en", "Bathing by the sea"),
            ("credit", "Ada Alm"),
            ("focus_x", "10"),
            ("focus_y", "80"),
            ("organisation", own.as_str()),
        ];
        let photo = jpeg(700, 350, 10);
        let added = bank
            .send(UPLOAD, &fields, Some(("Bad 1.JPG", &photo)))
            .await;
        assert_eq!(added.status, 303, "{}", added.text());
        let to = added.header("location").to_owned();
        let again = bank
            .send(UPLOAD, &fields, Some(("Bad 1.JPG", &photo)))
            .await;
        assert_eq!(again.header("location"), to, "a double click happens once");
        let list = bank.get("/admin/media?q=HAVET").await;
        assert_eq!(list.texts(".media h2"), ["Bad vid havet"]);
        let thumb = list.attributes(".media img", "src").remove(0);
        let small = bank.get(&thumb).await;
        assert_eq!(
            (small.status, small.header("content-type")),
            (200, "image/jpeg")
        );

        let edit = bank.get(&to).await;
        assert_eq!(edit.texts(".done").len(), 1);
        let action = to.split('?').next().expect("a path").to_owned();
        let picture: PictureId = action
            .rsplit('/')
            .next()
            .expect("an id")
            .parse()
            .expect("one");
        let shown = resolved(&bank, picture, None).await;
        let view = &shown.pictures[&picture];
        assert_eq!((view.width, view.height, view.focus), (640, 320, (10, 80)));
        assert_eq!(
            (view.alt.as_str(), view.credit.as_str()),
            ("Bathing by the sea", "Ada Alm")
        );
        assert_eq!(shown.tags, [format!("picture:{picture}")]);
        assert_eq!(view.sources.len(), 2);
        assert_eq!(view.sources[0].mime, "image/webp");
        for source in &view.sources {
            let widths: Vec<u32> = source.sizes.iter().map(|size| size.1).collect();
            assert_eq!(widths, [320, 640]);
            for (href, width) in &source.sizes {
                let answer = bank.get(href).await;
                assert_eq!(
                    (answer.status, answer.header("content-type")),
                    (200, source.mime)
                );
                assert!(answer.header("cache-control").contains("immutable"));
                assert_eq!(answer.header("x-content-type-options"), "nosniff");
                let read = image::load_from_memory(&answer.body).expect("a picture");
                assert_eq!(read.width(), *width);
            }
        }
        let (href, _) = &view.sources[0].sizes[0];
        let plain = href.split('?').next().expect("a path");
        let answer = bank.get(plain).await;
        assert_eq!(
            answer.header("cache-control"),
            "no-cache",
            "what is there now"
        );
        let tag = answer.header("etag").to_owned();
        let known = Bank::request(Method::GET, href).header("if-none-match", &tag);
        let known = bank
            .ask(known.body(Body::empty()).expect("a request"))
            .await;
        assert_eq!((known.status, known.body.len()), (304, 0));
        for wrong in [
            format!("/media/{picture}/321.webp"),
            format!("/media/{picture}/320.png"),
            format!("/media/{picture}/x"),
            format!("/media/{}/320.webp", PictureId::new(&SystemIds, NOW)),
            "/media/x/320.webp".to_owned(),
        ] {
            assert_eq!(bank.get(&wrong).await.status, 404, "{wrong}");
        }

        // New pixels and new words; the old address still gives a picture, but not for ever.
        let id = request_id();
        let version = edit.attributes("input[name=version]", "value").remove(0);
        let change = [
            ("request_id", id.as_str()),
            ("version", version.as_str()),
            ("alt_sv", "Brygga"),
            ("alt_en", ""),
            ("focus_x", ""),
        ];
        let other = jpeg(700, 350, 200);
        let saved = bank.send(&action, &change, Some(("b.jpg", &other))).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let after = resolved(&bank, picture, None).await;
        let now = &after.pictures[&picture];
        assert_eq!((now.alt.as_str(), now.focus), ("Brygga", (50, 50)));
        assert_ne!(
            now.sources[0].sizes[0].0, *href,
            "a new address for new bytes"
        );
        let old = bank.get(href).await;
        assert_eq!((old.status, old.header("cache-control")), (200, "no-cache"));

        // Somebody else had the form open since before.
        let id = request_id();
        let stale = [
            ("request_id", id.as_str()),
            ("version", "1"),
            ("alt_sv", "Kaj"),
        ];
        let conflict = bank.send(&action, &stale, None).await;
        assert_eq!(conflict.status, 409);
        assert_eq!(
            conflict.texts("textarea[name=alt_sv]"),
            ["Kaj"],
            "nothing is lost"
        );
        assert_eq!(conflict.attributes("input[name=version]", "value"), ["2"]);

        // It cannot go while a page shows it.
        let place = UsePlace {
            title: "Badplatser".to_owned(),
            href: "/badplatser".to_owned(),
        };
        bank.pages.0.lock().expect("nobody panics here").push(place);
        let used = bank.get(&action).await;
        assert_eq!(used.attributes(".places a", "href"), ["/badplatser"]);
        let remove = format!("{action}/remove");
        assert_eq!(bank.send(&remove, &[], None).await.status, 409);
        bank.pages.0.lock().expect("nobody panics here").clear();
        // Nor while a draft does: those that one may see are named, the others counted.
        *bank.pages.1.lock().expect("nobody panics here") = UnseenPlaces {
            seen: vec![UsePlace {
                title: "Utkastet om bad".to_owned(),
                href: "/admin/pages/1".to_owned(),
            }],
            hidden: 2,
        };
        let needed = bank.get(&action).await;
        assert_eq!(needed.attributes(".places a", "href"), ["/admin/pages/1"]);
        assert!(needed.text().contains("3 texter som läsarna inte ser"));
        assert!(
            needed
                .attributes("form", "action")
                .iter()
                .all(|to| *to != remove)
        );
        let refused = bank.send(&remove, &[], None).await;
        assert_eq!(refused.status, 409);
        assert!(refused.text().contains("3 texter som inte är publicerade"));
        *bank.pages.1.lock().expect("nobody panics here") = UnseenPlaces::default();
        assert_eq!(bank.send(&remove, &[], None).await.status, 303);
        assert_eq!(
            bank.send(&remove, &[], None).await.status,
            303,
            "a double click"
        );
        assert_eq!(bank.get(plain).await.status, 404);
        assert!(resolved(&bank, picture, None).await.pictures.is_empty());

        bank.log_in("miljo");
        assert_eq!(bank.get(&action).await.status, 404);
    });
}

#[tokio::test]
async fn bad_uploads_keep_what_was_written() {
    both!(Migrator, |test: TestDatabase| async move {
        let bank = Bank::build(&test);
        bank.log_in("kultur");
        let (own, foreign) = (
            organisation("kultur").to_string(),
            organisation("miljo").to_string(),
        );
        let send = async |focus: &str, organisation: &str, file: Option<(&str, &[u8])>| {
            let id = request_id();
            let fields = [
                ("request_id", id.as_str()),
                ("licence", "own"),
                ("people", "nobody"),
                ("credit", "Ord <b>"),
                ("focus_x", focus),
                ("organisation", organisation),
            ];
            bank.send(UPLOAD, &fields, file).await
        };
        let good = jpeg(20, 20, 1);
        let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x02".to_vec();
        bomb.resize(60, 0);
        for (name, bytes, focus, organisation, wrong) in [
            ("a.png", &good[..], "50", &own, "#field_file_error"),
            ("a.jpg", &[], "50", &own, "#field_file_error"),
            ("a.png", &bomb, "50", &own, "#field_file_error"),
            ("a.svg", b"<svg><script/>", "50", &own, "#field_file_error"),
            ("a.jpg", &good[..60], "50", &own, "#field_file_error"),
            ("a.jpg", &good, "50", &foreign, "#field_organisation_error"),
        ] {
            let again = send(focus, organisation, Some((name, bytes))).await;
            assert_eq!(again.status, 422, "{name}");
            assert_eq!(again.texts(wrong).len(), 1, "{name} {wrong}");
            assert_eq!(again.attributes("input[name=credit]", "value"), ["Ord <b>"]);
            assert_eq!(again.texts(".errsum li").len(), 1);
        }
        let none = send("50", &own, None).await;
        assert_eq!(
            (none.status, none.texts("#field_file_error").len()),
            (422, 1)
        );
        let focus = send("mitten", &own, Some(("a.jpg", &good))).await;
        assert_eq!((focus.status, focus.texts(".errsum li").len()), (422, 1));
        // Everything that is wrong is told at once.
        let all = send("-1", "x", Some(("a.pdf", &good))).await;
        assert_eq!(all.texts(".errsum li").len(), 3);
        let broken = bank.send_raw(
            UPLOAD,
            "multipart/form-data; boundary=x",
            b"--x\r\nno".to_vec(),
        );
        assert_eq!(broken.await.status, 422);
        let large = vec![0xff; 60 * 1024 * 1024];
        let large = send("50", &own, Some(("a.jpg", &large))).await;
        assert_eq!(
            (large.status, large.texts("#field_file_error").len()),
            (422, 1)
        );
        let huge = vec![0xff; 130 * 1024 * 1024];
        assert_eq!(send("50", &own, Some(("a.jpg", &huge))).await.status, 413);
        let list = bank.get("/admin/media").await;
        assert_eq!(list.texts(".empty").len(), 1, "nothing came in");
        let elsewhere = Bank::request(Method::POST, "/admin/media/files")
            .header("origin", "http://evil.example")
            .body(Body::from(vec![0; 20_000]));
        let refused = bank.ask(elsewhere.expect("a request")).await;
        assert_ne!(refused.status, 303);
    });
}

#[tokio::test]
async fn a_file_is_taken_home_under_its_name() {
    both!(Migrator, |test: TestDatabase| async move {
        let bank = Bank::build(&test);
        bank.log_in("kultur");
        let own = organisation("kultur").to_string();
        let mut pdf = b"%PDF-1.7\n".to_vec();
        pdf.resize(1_000_000, b'x');
        pdf.extend_from_slice(b"\n%%EOF\n");
        let id = request_id();
        let fields = |title: &'static str| {
            vec![
                ("request_id", id.as_str()),
                ("title", title),
                ("organisation", own.as_str()),
            ]
        };
        let path = "/admin/media/files";
        let untitled = bank.send(path, &fields(" "), Some(("a.pdf", &pdf))).await;
        assert_eq!(untitled.texts("#field_title_error").len(), 1);
        let sent = ("Årsplan (2026).pdf", &pdf[..]);
        let added = bank.send(path, &fields("Årsplan 2026"), Some(sent)).await;
        assert_eq!(added.status, 303, "{}", added.text());
        let to = added.header("location").to_owned();
        let action = to.split('?').next().expect("a path").to_owned();
        let file: FileId = action
            .rsplit('/')
            .next()
            .expect("an id")
            .parse()
            .expect("one");
        let shown = resolved(&bank, PictureId::new(&SystemIds, NOW), Some(file)).await;
        let view = &shown.files[&file];
        assert_eq!(view.note(torg_ui::T::SV), "PDF, 1,0 MB");
        let answer = bank.get(&view.href).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "application/pdf")
        );
        assert_eq!(
            answer.header("content-disposition"),
            "attachment; filename=\"arsplan-2026.pdf\""
        );
        assert_eq!(answer.header("content-length"), pdf.len().to_string());
        assert!(answer.header("cache-control").contains("immutable"));
        assert_eq!(&answer.body[..], &pdf[..], "piece by piece, all of it");
        let head = Bank::request(Method::HEAD, &view.href).body(Body::empty());
        let head = bank.ask(head.expect("a request")).await;
        assert_eq!((head.status, head.body.len()), (200, 0));

        let list = bank.get("/admin/media/files?q=arsplan").await;
        assert_eq!(list.texts(".media h2"), ["Årsplan 2026"]);
        let id = request_id();
        let change = [
            ("request_id", id.as_str()),
            ("version", "1"),
            ("title", "Plan"),
        ];
        let saved = bank
            .send(&action, &change, Some(("plan.txt", b"kort")))
            .await;
        assert_eq!(saved.status, 303);
        let answer = bank.get(&format!("/files/{file}/whatever.pdf")).await;
        assert_eq!(answer.text(), "kort", "the id finds it");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(
            bank.send(&format!("{action}/remove"), &[], None)
                .await
                .status,
            303
        );
        assert_eq!(
            bank.get(&format!("/files/{file}/plan.txt")).await.status,
            404
        );
    });
}
