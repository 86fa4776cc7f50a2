//! Who may, and what is refused with everything kept.

use torg_directory::MOST_SECTIONS;
use torg_kernel::Permission;
use torg_testkit::{TestDatabase, both};
use torg_ui::T;
use torg_ui::sample::show;

use super::{library, press};
use crate::town::{Migrator, Town, picture, set};
use crate::{attribute, texts};

#[tokio::test]
async fn others_may_not() {
    both!(Migrator, |test: TestDatabase| async move {
        let (town, own) = library(&test, "angereds-bibliotek").await;
        let (_, form) = town.get(&own).await;
        let fields = town.fields(&form);
        let bath = town.unit("valhallabadet").await.id;
        let foreign = format!("/admin/units/{bath}/page");
        assert_eq!(town.get(&foreign).await.0, 403);
        for button in ["save", "preview:sv", "add"] {
            assert_eq!(
                press(&town, &foreign, &fields, button).await.0,
                403,
                "{button}"
            );
        }
        let nobody = "/admin/units/00000000-0000-7000-8000-000000000000/page";
        assert_eq!(town.get(nobody).await.0, 404);
        assert_eq!(town.unit("valhallabadet").await.version, 2, "as imported");
        town.log_in("kulturforvaltningen", &[Permission::LogRead]);
        assert_eq!(town.get(&own).await.0, 403, "another permission");
        assert_eq!(press(&town, &own, &fields, "save").await.0, 403);

        let other = Town::build(torg_testkit::sqlite::<Migrator>().await.database).await;
        assert_ne!(other.get(&own).await.0, 200, "nobody is logged in");
    });
}

#[tokio::test]
async fn a_colour_that_cannot_be_read_is_told_and_mended() {
    both!(Migrator, |test: TestDatabase| async move {
        let (town, address) = library(&test, "angereds-bibliotek").await;
        let (_, form) = town.get(&address).await;
        for wrong in ["red", "#12", "", "url(/x)", "#fff;}", "hav"] {
            let mut fields = town.fields(&form);
            set(&mut fields, "accent", "own");
            set(&mut fields, "accent_own", wrong);
            let (status, again) = press(&town, &address, &fields, "save").await;
            // The name of a colour in the list is a colour, too.
            assert_eq!(status, if wrong == "hav" { 303 } else { 422 }, "{wrong}");
            if status == 422 {
                assert_eq!(attribute(&again, "#field_accent_own", "value"), [wrong]);
                assert_eq!(
                    attribute(&again, "#field_accent_own", "aria-invalid"),
                    ["true"]
                );
            }
        }
        let (_, form) = town.get(&address).await;
        let mut fields = town.fields(&form);
        set(&mut fields, "accent", "nonsense");
        assert_eq!(press(&town, &address, &fields, "save").await.0, 422);
        set(&mut fields, "accent", "own");
        set(&mut fields, "accent_own", "#FFD500");
        set(&mut fields, "lead_sv", "Nytt");
        let (status, told) = press(&town, &address, &fields, "save").await;
        assert_eq!(status, 422);
        show("admin-unit-page-weak", T::SV, &told);
        let said = texts(&told, ".judged p").join(" ");
        assert!(said.contains("1,4:1") && said.contains("4,5:1"), "{said}");
        let button = attribute(&told, ".judged button", "value");
        assert!(button[0].starts_with("accent:#"), "{button:?}");
        let (status, taken) = press(&town, &address, &town.fields(&told), &button[0]).await;
        assert_eq!(status, 200);
        assert_eq!(
            attribute(&taken, "#field_accent_own", "value"),
            [&button[0]["accent:".len()..]]
        );
        assert!(attribute(&taken, ".judged button", "value").is_empty());
        assert_eq!(
            press(&town, &address, &town.fields(&taken), "save").await.0,
            303
        );
        let unit = town.unit("angereds-bibliotek").await;
        let colour = unit.data.colour.expect("a colour");
        assert_eq!(colour.0, button[0]["accent:".len()..]);
        assert_eq!(town.get("/units/accent/ffd500-1.css").await.0, 404);
        assert_eq!(town.get("/units/accent/..%2fx").await.0, 404);
    });
}

#[tokio::test]
async fn sections_keep_their_limits_and_nothing_written_is_lost() {
    both!(Migrator, |test: TestDatabase| async move {
        let (town, address) = library(&test, "angereds-bibliotek").await;
        let (_, mut form) = town.get(&address).await;
        for _ in 0..MOST_SECTIONS + 1 {
            form = press(&town, &address, &town.fields(&form), "add").await.1;
        }
        let full = town.fields(&form);
        assert_eq!(
            texts(&form, ".parts .own").len(),
            MOST_SECTIONS,
            "no thirteenth"
        );
        assert!(!form.contains("value=\"add\""));
        let (status, empty) = press(&town, &address, &full, "save").await;
        assert_eq!(status, 422);
        show("admin-unit-page-wrong", T::SV, &empty);
        assert_eq!(texts(&empty, ".errsum li").len(), 2 * MOST_SECTIONS);
        assert!(empty.contains("href=\"#field_heading_sv_5\""));

        // A thirteenth that somebody sends by hand, all of them written.
        let mut many = full.clone();
        many.push(("part_17".to_owned(), "section".to_owned()));
        for at in 5..18 {
            for (name, text) in [("heading", "Rubrik"), ("text", "Text.")] {
                many.retain(|(own, _)| *own != format!("{name}_sv_{at}"));
                many.push((format!("{name}_sv_{at}"), text.to_owned()));
            }
        }
        let (status, refused) = press(&town, &address, &many, "save").await;
        assert_eq!(status, 422);
        assert!(texts(&refused, ".errsum li")[0].contains("12"));
        assert_eq!(
            texts(&refused, ".parts .own").len(),
            13,
            "kept to be chosen from"
        );

        let fields = |changes: &[(&str, &str)]| {
            let mut fields: Vec<(String, String)> = full
                .iter()
                .filter(|(name, _)| !name.ends_with(|end: char| end.is_ascii_digit()))
                .cloned()
                .collect();
            for (at, kind) in ["section", "contact"].iter().enumerate() {
                fields.push((format!("part_{at}"), (*kind).to_owned()));
            }
            for (name, value) in changes {
                fields.retain(|(own, _)| own != name);
                fields.push(((*name).to_owned(), (*value).to_owned()));
            }
            fields
        };
        let long = "å".repeat(100_000);
        let good = ("text_sv_0", "Text.");
        for (changes, wrong) in [
            (vec![good], "heading_sv_0"),
            (
                vec![("heading_sv_0", "Rubrik"), ("text_sv_0", " \n ")],
                "text_sv_0",
            ),
            (
                vec![("heading_sv_0", "Rubrik"), ("text_sv_0", long.as_str())],
                "text_sv_0",
            ),
            (vec![("heading_sv_0", long.as_str()), good], "heading_sv_0"),
            (
                vec![
                    ("heading_sv_0", "A"),
                    good,
                    ("heading_en_0", "Only a heading"),
                ],
                "text_en_0",
            ),
            (
                vec![("heading_sv_0", "A"), ("text_sv_0", "[x](/borta)")],
                "text_sv_0",
            ),
            (
                vec![("heading_sv_0", "A"), good, ("lead_sv", long.as_str())],
                "lead_sv",
            ),
            (
                vec![("heading_sv_0", "A"), good, ("picture", "borta.jpg")],
                "picture",
            ),
        ] {
            let sent = fields(&changes);
            let (status, again) = press(&town, &address, &sent, "save").await;
            assert_eq!(status, 422, "{wrong}");
            let id = format!("#field_{wrong}");
            assert_eq!(attribute(&again, &id, "aria-invalid"), ["true"], "{wrong}");
            for (name, value) in &changes {
                let kept = town.fields(&again);
                let kept = kept
                    .iter()
                    .find(|(own, _)| own == name)
                    .map(|(_, kept)| kept);
                assert_eq!(kept.map(String::as_str), Some(*value), "{name}");
            }
            assert!(texts(&again, ".errsum li").len() == 1, "{wrong} once");
        }
        assert!(
            texts(&town.get(&address).await.1, ".own").is_empty(),
            "nothing saved"
        );
        assert_eq!(town.unit("angereds-bibliotek").await.version, 1);

        // Contact cannot be left out, not even by hand.
        let mut without = fields(&[("heading_sv_0", "A"), good]);
        without.retain(|(name, _)| name != "part_1");
        assert_eq!(press(&town, &address, &without, "save").await.0, 422);
        without.push(("part_1".to_owned(), "contact".to_owned()));
        without.push(("hide_1".to_owned(), "yes".to_owned()));
        assert_eq!(press(&town, &address, &without, "save").await.0, 303);
        let (_, shown) = town.get("/hitta/angereds-bibliotek").await;
        assert_eq!(texts(&shown, ".side h2").len(), 1);
    });
}

#[tokio::test]
async fn a_picture_is_one_of_the_media_bank() {
    both!(Migrator, |test: TestDatabase| async move {
        let (town, address) = library(&test, "stadsbiblioteket").await;
        let unit = town.unit("stadsbiblioteket").await;
        let (_, form) = town.get(&address).await;
        assert_eq!(
            attribute(&form, "#field_picture", "value"),
            ["bibliotek.jpg"]
        );
        assert_eq!(
            attribute(&form, ".thumb img", "alt"),
            ["Bilden bibliotek.jpg"]
        );
        for (written, status) in [
            (unit.id.to_string(), 422),
            ("../../etc/passwd".to_owned(), 422),
            (picture(1).to_string(), 303),
            ("/pictures/museum.jpg".to_owned(), 303),
        ] {
            let (_, form) = town.get(&address).await;
            let mut fields = town.fields(&form);
            set(&mut fields, "picture", &written);
            assert_eq!(
                press(&town, &address, &fields, "save").await.0,
                status,
                "{written}"
            );
        }
        assert_eq!(
            town.unit("stadsbiblioteket").await.data.picture,
            Some(picture(2))
        );

        // Taken out of the bank: readers see a page without it, writers are told.
        *town.around.gone.lock().expect("nobody panics here") = true;
        town.clock
            .set(torg_kernel::Clock::now(&*town.clock).plus_seconds(86_400));
        let (status, bare) = town.get("/hitta/stadsbiblioteket").await;
        assert_eq!((status, texts(&bare, ".badge").len()), (200, 1));
        let (_, form) = town.get(&address).await;
        assert_eq!(
            attribute(&form, "#field_picture", "value"),
            [picture(2).to_string()]
        );
        let mut fields = town.fields(&form);
        assert_eq!(press(&town, &address, &fields, "save").await.0, 422);
        set(&mut fields, "picture", "");
        assert_eq!(press(&town, &address, &fields, "save").await.0, 303);

        // Two at once: the second is told, and what was written stays.
        let (_, form) = town.get(&address).await;
        let (mut one, mut other) = (town.fields(&form), town.fields(&form));
        set(&mut one, "lead_sv", "Först");
        set(&mut other, "lead_sv", "Sedan");
        set(&mut other, "request_id", &town.request_id());
        assert_eq!(press(&town, &address, &one, "save").await.0, 303);
        let (status, told) = press(&town, &address, &other, "save").await;
        assert_eq!(status, 409);
        assert_eq!(texts(&told, "#field_lead_sv"), ["Sedan"]);
        let again = town.fields(&told);
        assert_eq!(press(&town, &address, &again, "save").await.0, 303);
    });
}
