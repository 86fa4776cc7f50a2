//! What is said of the right to show pictures, many at once, and the end of their last day, on both
//! databases.

mod bank;

use bank::{Answer, Bank, Migrator, organisation};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use torg_files::UsePlace;
use torg_kernel::{Clock, Ids, Locale, PictureId, RequestId, SystemIds, Timestamp};
use torg_testkit::{TestDatabase, both};
use torg_web::{Resolved, Wanted};

const UPLOAD: &str = "/admin/media/upload";

/// A picture with stripes, of which no two are alike.
fn photo(stripes: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(400, 300, |x, y| {
        let at = x * stripes / 400 + y * 3 / 300;
        let light = if at.is_multiple_of(2) { 20 } else { 230 };
        Rgb([light, 90, light])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80)
        .encode_image(&image)
        .expect("encodes");
    bytes
}

fn request_id() -> String {
    RequestId(SystemIds.uuid(bank::NOW)).to_string()
}

/// The fields of a form for new pictures of an organisation, with others put over.
fn fields<'a>(id: &'a str, own: &'a str, over: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("request_id", id),
        ("organisation", own),
        ("licence", "own"),
        ("people", "nobody"),
    ];
    fields.retain(|(name, _)| !over.iter().any(|(other, _)| other == name));
    fields.extend(over);
    fields
}

/// The fields of the form on a page, as a browser would send them, with others put over.
fn filled(page: &Answer, over: &[(&str, &str)]) -> Vec<(String, String)> {
    let value = |css: &str| {
        page.attributes(css, "value")
            .into_iter()
            .next()
            .unwrap_or_default()
    };
    let mut fields = vec![
        ("request_id".to_owned(), request_id()),
        ("version".to_owned(), value("input[name=version]")),
    ];
    for name in [
        "credit",
        "terms",
        "consent",
        "until",
        "until_reason",
        "themes",
    ] {
        fields.push((name.to_owned(), value(&format!("input[name={name}]"))));
    }
    for name in ["licence", "people"] {
        let chosen = value(&format!("select[name={name}] option[selected]"));
        fields.push((name.to_owned(), chosen));
    }
    fields.retain(|(name, _)| !over.iter().any(|(other, _)| other == name));
    fields.extend(over.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())));
    fields
}

async fn save(bank: &Bank, path: &str, over: &[(&str, &str)]) -> Answer {
    let page = bank.get(path).await;
    let fields = filled(&page, over);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (&**a, &**b)).collect();
    bank.send(path, &fields, None).await
}

async fn resolved(bank: &Bank, picture: PictureId, locale: Locale) -> Resolved {
    let reading = bank.app.reading();
    let wanted = Wanted {
        pictures: vec![picture],
        ..Wanted::default()
    };
    let now = bank.clock.now();
    let found = bank.app.facts.resolve(&reading, &wanted, locale, now).await;
    found.expect("resolves")
}

/// The page of the picture that a form made.
fn place(answer: &Answer) -> (String, PictureId) {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let to = answer.header("location");
    let path = to.split('?').next().expect("a path").to_owned();
    let id = path.rsplit('/').next().expect("an id").parse();
    (path.clone(), id.expect("an id"))
}

#[tokio::test]
async fn the_clock_takes_a_picture_off_the_pages() {
    both!(Migrator, |test: TestDatabase| async move {
        let bank = Bank::build(&test);
        bank.log_in("kultur");
        let (id, own) = (request_id(), organisation("kultur").to_string());
        let over = [
            ("licence", "bought"),
            ("until", "2026-03-04"),
            ("until_reason", "Avtal 7"),
            ("credit", "Ada Alm"),
        ];
        let added = bank
            .send(
                UPLOAD,
                &fields(&id, &own, &over),
                Some(("a.jpg", &photo(6))),
            )
            .await;
        let (path, picture) = place(&added);

        // The day before: shown, with the moment at which that ends.
        let shown = resolved(&bank, picture, Locale::SV).await;
        let midnight: Timestamp = shown.fresh_until.expect("an end");
        assert_eq!(midnight.rfc3339(), "2026-03-04T23:00:00Z");
        let href = shown.pictures[&picture].src.clone();
        let answer = bank.get(&href).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (200, "public, max-age=3600")
        );
        bank.pages
            .0
            .lock()
            .expect("nobody panics here")
            .push(UsePlace {
                title: "Badplatser".to_owned(),
                href: "/badplatser".to_owned(),
            });
        let page = bank.get(&path).await;
        let told = page.texts(".standing-note[data-kind=todo] p");
        assert_eq!(
            told.len(),
            3,
            "until when, why, and where it is used: {told:?}"
        );
        assert_eq!(page.attributes(".places a", "href"), ["/badplatser"]);
        assert!(page.text().contains("Avtal 7"));
        let ending = bank.get("/admin/media?show=ending").await;
        assert_eq!(ending.texts(".media h2").len(), 1);

        // The last microsecond, and the first of the next day.
        bank.clock
            .set(Timestamp::from_micros(midnight.micros() - 1));
        assert_eq!(bank.get(&href).await.header("cache-control"), "no-cache");
        assert!(
            !resolved(&bank, picture, Locale::SV)
                .await
                .pictures
                .is_empty()
        );
        bank.clock.set(midnight);
        let gone = resolved(&bank, picture, Locale::SV).await;
        assert!(gone.pictures.is_empty(), "the page is drawn without it");
        assert_eq!(
            gone.tags,
            [format!("picture:{picture}")],
            "it may come back"
        );
        let answer = bank.get(&href).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (410, "no-store")
        );
        let ended = bank.get("/admin/media?show=ended").await;
        assert_eq!(ended.texts(".marks [data-kind=stopped]").len(), 1);
        let thumb = ended.attributes(".media img", "src").remove(0);
        assert!(thumb.starts_with("/admin/"), "{thumb}");
        let thumb = bank.get(&thumb).await;
        assert_eq!(
            (thumb.status, thumb.header("content-type")),
            (200, "image/jpeg")
        );
        let page = bank.get(&path).await;
        assert_eq!(page.texts(".standing-note[data-kind=stopped]").len(), 1);

        // Other things can be changed although the day has passed; the day cannot become another past one.
        let saved = save(&bank, &path, &[("alt_sv", "Ränder")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let past = save(&bank, &path, &[("until", "2026-03-03")]).await;
        assert_eq!(
            (past.status, past.texts("#field_until_error").len()),
            (422, 1)
        );
        assert_eq!(past.attributes("#field_until", "value"), ["2026-03-03"]);

        // Prolonged: back at once.
        let saved = save(&bank, &path, &[("until", "2026-12-31")]).await;
        assert_eq!(saved.status, 303);
        let back = resolved(&bank, picture, Locale::SV).await;
        assert_eq!(back.pictures[&picture].credit, "Ada Alm");
        assert_eq!(bank.get(&href).await.status, 200);

        // A consent taken back stops it at once too; so does a right that ended.
        for over in [("people", "withdrawn"), ("licence", "ended")] {
            assert_eq!(save(&bank, &path, &[over]).await.status, 303);
            assert!(
                resolved(&bank, picture, Locale::SV)
                    .await
                    .pictures
                    .is_empty()
            );
            assert_eq!(bank.get(&href).await.status, 410);
            let again = [("people", "nobody"), ("licence", "own")];
            assert_eq!(save(&bank, &path, &again).await.status, 303);
            assert_eq!(bank.get(&href).await.status, 200);
        }
    });
}

#[tokio::test]
async fn many_are_judged_one_by_one() {
    both!(Migrator, |test: TestDatabase| async move {
        let bank = Bank::build(&test);
        bank.log_in("kultur");
        let own = organisation("kultur").to_string();
        let (one, two, three) = (photo(4), photo(7), photo(11));
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
            <script>alert(1)</script><rect width='5' height='9' fill='red'/></svg>";
        let files: [(&str, &[u8]); 6] = [
            ("ett.jpg", &one),
            ("lögn.png", &two),
            ("två.jpg", &two),
            ("ett igen.jpg", &one),
            ("märke.svg", svg),
            ("tre.jpg", &three[..900]),
        ];
        let id = request_id();
        let over = [
            ("credit", "Ada Alm"),
            ("standard", "yes"),
            ("themes", "Bad, sommar, BAD"),
        ];
        let report = bank
            .send_many(UPLOAD, &fields(&id, &own, &over), &files)
            .await;
        assert_eq!(report.status, 200, "{}", report.text());
        let told = |verdict: &str| report.texts(&format!(".report [data-verdict={verdict}] h3"));
        assert_eq!(told("taken"), ["ett.jpg", "två.jpg", "märke.svg"]);
        assert_eq!(told("same"), ["ett igen.jpg"]);
        assert_eq!(told("refused"), ["lögn.png", "tre.jpg"]);
        assert_eq!(report.texts("[data-verdict=refused] p").len(), 2);
        let first = report
            .attributes("[data-verdict=taken] h3 a", "href")
            .remove(0);
        let same = report.attributes("[data-verdict=same] h3 a", "href");
        assert_eq!(
            same[..],
            *std::slice::from_ref(&first),
            "it leads to the one that is there"
        );

        // The same form once more: the same pictures.
        let again = bank
            .send_many(UPLOAD, &fields(&id, &own, &over), &files)
            .await;
        assert_eq!(
            again.attributes("[data-verdict=taken] h3 a", "href"),
            report.attributes("[data-verdict=taken] h3 a", "href")
        );
        // All of it in another form: they are there.
        let id = request_id();
        let other = bank
            .send_many(UPLOAD, &fields(&id, &own, &over), &files[2..5])
            .await;
        assert_eq!(other.texts("[data-verdict=same] h3").len(), 3);
        let id = request_id();
        let single = bank
            .send(UPLOAD, &fields(&id, &own, &[]), Some(("x.jpg", &one)))
            .await;
        assert_eq!(
            single.header("location"),
            format!("{first}?done=picture-there")
        );

        let list = bank.get("/admin/media?show=no-alt").await;
        assert_eq!(list.texts(".media h2").len(), 3, "work to be done");
        assert_eq!(list.texts(".chip[aria-current] .count"), ["3"]);
        let standard = bank.get("/admin/media?show=standard&q=sommar").await;
        assert_eq!(standard.texts(".media h2").len(), 3);
        assert_eq!(
            bank.get("/admin/media?show=unused")
                .await
                .texts(".media h2")
                .len(),
            3
        );
        assert_eq!(
            bank.get("/admin/media?show=nonsense&page=x").await.status,
            200
        );

        // Fifty-one are told to be too many, and nothing comes in.
        let id = request_id();
        let many = vec![("a.jpg", &three[..]); 51];
        let many = bank.send_many(UPLOAD, &fields(&id, &own, &[]), &many).await;
        assert_eq!(
            (many.status, many.texts("#field_file_error").len()),
            (422, 1)
        );
        assert_eq!(bank.get("/admin/media").await.texts(".media h2").len(), 3);

        // Somebody of another organisation sees them, but not their pages, and finds no work in them.
        bank.log_in("miljo");
        let list = bank.get("/admin/media").await;
        assert_eq!(list.texts(".media h2").len(), 3);
        assert!(list.attributes(".media h2 a", "href").is_empty());
        assert!(
            bank.get("/admin/media?show=no-alt")
                .await
                .texts(".media h2")
                .is_empty()
        );
        let refused = bank.get(&first).await.status;
        assert!(matches!(refused, 403 | 404), "{refused}");
        let refused = bank.send(&first, &[("version", "1")], None).await.status;
        assert!(matches!(refused, 403 | 404), "{refused}");
        let id = request_id();
        let theirs = organisation("miljo").to_string();
        let there = bank
            .send(UPLOAD, &fields(&id, &theirs, &[]), Some(("x.jpg", &one)))
            .await;
        assert_eq!(there.status, 200, "the report says whose it is");
        assert!(there.text().contains("kultur"));
        assert!(
            there
                .attributes("[data-verdict=same] h3 a", "href")
                .is_empty()
        );
    });
}

#[tokio::test]
async fn what_is_said_is_asked_for_and_kept() {
    both!(Migrator, |test: TestDatabase| async move {
        let bank = Bank::build(&test);
        bank.log_in("kultur");
        let own = organisation("kultur").to_string();
        let bytes = photo(5);
        for (over, wrong) in [
            (vec![("licence", "unknown")], "licence"),
            (vec![("licence", "mine")], "licence"),
            (vec![("people", "unknown")], "people"),
            (vec![("people", "consent")], "consent"),
            (vec![("licence", "other")], "terms"),
            (vec![("licence", "cc_by")], "credit"),
            (vec![("licence", "bought")], "until"),
            (vec![("until", "31/12")], "until"),
            (vec![("until", "2026-02-30")], "until"),
            (vec![("until", "2026-03-02")], "until"),
        ] {
            let id = request_id();
            let again = bank
                .send(UPLOAD, &fields(&id, &own, &over), Some(("a.jpg", &bytes)))
                .await;
            assert_eq!(again.status, 422, "{over:?}");
            assert_eq!(
                again.texts(&format!("#field_{wrong}_error")).len(),
                1,
                "{over:?}"
            );
        }
        let id = request_id();
        let over = [
            ("licence", "cc_by_sa"),
            ("credit", "Ada Alm"),
            ("people", "consent"),
            ("consent", "Dnr 9/26"),
            ("alt_sv", "Ränder"),
            ("focus_x", "20"),
            ("focus_y", "30"),
        ];
        let added = bank
            .send(UPLOAD, &fields(&id, &own, &over), Some(("a.jpg", &bytes)))
            .await;
        let (path, picture) = place(&added);
        let shown = resolved(&bank, picture, Locale::EN).await;
        let view = &shown.pictures[&picture];
        assert_eq!((view.alt.as_str(), view.focus), ("Ränder", (20, 30)));
        assert_eq!(view.credit, "Ada Alm, CC BY-SA");
        let page = bank.get(&path).await;
        let languages = page.attributes("textarea[lang]", "lang");
        assert_eq!(languages, ["sv", "en"], "the languages of the city");
        assert_eq!(page.attributes("#field_consent", "value"), ["Dnr 9/26"]);
        let list = bank.get("/admin/media").await;
        assert!(!list.text().contains("Dnr 9/26"));
        assert!(list.text().contains("CC BY-SA"));

        // A decoration is passed over, and its words are kept for the day when it is none.
        let saved = save(
            &bank,
            &path,
            &[("decorative", "yes"), ("alt_en", "Stripes")],
        )
        .await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let shown = resolved(&bank, picture, Locale::EN).await;
        assert_eq!(shown.pictures[&picture].alt, "");
        assert_eq!(save(&bank, &path, &[]).await.status, 303);
        let shown = resolved(&bank, picture, Locale::EN).await;
        assert_eq!(shown.pictures[&picture].alt, "Stripes");
    });
}
