//! The tree, changed one organisation at a time.

use http::StatusCode;
use torg_kernel::{Permission, Problem};
use torg_testkit::{TestDatabase, both};

use crate::town::{Migrator, Staff, Town, system};

const TREE: &str = "/admin/organisations";

#[tokio::test]
async fn organisations_are_added_moved_and_ended() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let bo = town
            .staff("Bo", &[("editor", "b"), ("editor", "b-plan")])
            .await;
        let tree = town.get(&alma, TREE).await;
        assert_eq!(tree.count("section.branch"), 2, "committees and companies");
        assert!(tree.text(".branch").contains("Kranen AB"));
        assert!(
            town.get(&alma, &format!("{TREE}?q=kran"))
                .await
                .text(".tree")
                .contains("Kranen AB")
        );

        let (a, b) = (
            town.organisation("a").await.to_string(),
            town.organisation("b").await.to_string(),
        );
        let request = town
            .get(&alma, &format!("{TREE}/new?parent={b}"))
            .await
            .value("request_id");
        let new = |key: &'static str, kind: &'static str| {
            [
                ("request_id", request.as_str()),
                ("key", key),
                ("kind", kind),
                ("parent", b.as_str()),
                ("name_sv", "Bygglov"),
                ("name_en", ""),
            ]
        };
        for (key, kind) in [
            ("Bygg lov", "unit"),
            ("b-plan", "unit"),
            ("b-lov", "committee"),
            ("b-lov", "city"),
        ] {
            let seen = town
                .post(&alma, &format!("{TREE}/new"), &new(key, kind))
                .await;
            assert_eq!(
                seen.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{key} {kind}"
            );
            assert_eq!(seen.value("name_sv"), "Bygglov", "what was written stays");
        }
        let added = town
            .post(&alma, &format!("{TREE}/new"), &new("b-lov", "unit"))
            .await;
        let twice = town
            .post(&alma, &format!("{TREE}/new"), &new("b-lov", "unit"))
            .await;
        assert_eq!(added.to(), twice.to(), "a double click happens once");
        assert!(
            town.may(&bo, Permission::PageEdit, "b-lov").await,
            "a grant reaches what is new"
        );

        // Moved to another authority: the grant from before stays behind at its border.
        let page = added.to().split('?').next().expect("a path").to_owned();
        let seen = town.get(&alma, &page).await.value("seen");
        let moved = [
            ("seen", &*seen),
            ("kind", "unit"),
            ("parent", &*a),
            ("name_sv", "Bygglovsenheten"),
            ("name_en", "Permits"),
        ];
        assert!(
            town.post(&alma, &page, &moved)
                .await
                .to()
                .ends_with("organisation-saved")
        );
        assert!(!town.may(&bo, Permission::PageEdit, "b-lov").await);
        let shown = town.get(&alma, &page).await;
        assert!(shown.text(".facts").contains("Äldrenämnden"));
        assert!(
            shown
                .text("section[aria-labelledby=history]")
                .contains("Byggnadsnämnden → Äldrenämnden")
        );
        // Somebody who opened the form before: what they wrote stays and they are told.
        let late = [
            ("seen", &*seen),
            ("kind", "unit"),
            ("parent", &*b),
            ("name_sv", "Annat"),
            ("name_en", ""),
        ];
        let refused = town.post(&alma, &page, &late).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.value("name_sv"), "Annat");
        // Under itself, or a kind that what lies below cannot bear.
        let hamn = format!("{TREE}/{}", town.organisation("hamn").await);
        let kran = town.organisation("kran").await.to_string();
        let seen = town.get(&alma, &hamn).await.value("seen");
        for (kind, parent) in [("company", &*kran), ("department", &*a), ("city", &*a)] {
            let form = [
                ("seen", &*seen),
                ("kind", kind),
                ("parent", parent),
                ("name_sv", "Hamnen"),
                ("name_en", ""),
            ];
            let refused = town.post(&alma, &hamn, &form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        }

        // Ended: from below, with its grants; nothing new is given for it.
        let of_b = format!("{TREE}/{b}");
        let refused = town.post(&alma, &format!("{of_b}/end"), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text(".errsum").contains("Planavdelningen"));
        let plan = town.organisation("b-plan").await;
        let of_plan = format!("{TREE}/{plan}");
        for _ in 0..2 {
            town.post(&alma, &format!("{of_plan}/end"), &[]).await.to();
        }
        let of_bo = format!("/admin/people/{}", bo.id);
        assert_eq!(town.get(&alma, &of_bo).await.count("details tbody tr"), 1);
        assert!(
            !town
                .get(&alma, TREE)
                .await
                .text("main")
                .contains("Planavdelningen")
        );
        assert!(
            town.get(&alma, &format!("{TREE}?ended=1"))
                .await
                .text("main")
                .contains("Planavdelningen")
        );
        let role = town.role("editor").await.to_string();
        let form = [("role", &*role), ("organisation", &*plan.to_string())];
        let refused = town.post(&alma, &format!("{of_bo}/grants"), &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text(".errsum").contains("är avslutad"));
        town.post(&alma, &format!("{of_plan}/reopen"), &[])
            .await
            .to();
        let shown = town.get(&alma, &of_plan).await;
        assert!(
            shown
                .text("section[aria-labelledby=history]")
                .contains("togs upp igen")
        );
        assert!(
            shown
                .text("section[aria-labelledby=history]")
                .contains("Bo: Behörighet togs tillbaka")
        );
        let city = format!("{TREE}/{}/end", town.organisation("stad").await);
        assert_eq!(
            town.post(&alma, &city, &[]).await.status,
            StatusCode::CONFLICT
        );
    });
}

#[tokio::test]
async fn a_committees_administrator_changes_nothing_outside() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let lisa = town.staff("Lisa", &[("administrator", "b")]).await;
        let form = [
            ("kind", "committee"),
            ("name_sv", "Nytt"),
            ("name_en", ""),
            ("parent", ""),
        ];
        for place in ["a", "a-hem", "hamn", "stad"] {
            let path = format!("{TREE}/{}", town.organisation(place).await);
            for path in [
                path.clone(),
                format!("{path}/end"),
                format!("{path}/reopen"),
            ] {
                let seen = town.post(&lisa, &path, &form).await;
                assert_eq!(seen.status, StatusCode::FORBIDDEN, "{place} {path}");
            }
        }
        // Not to another authority, nor to be another kind, nor to end by itself.
        let own = town.organisation("b").await;
        let page = format!("{TREE}/{own}");
        let (seen, stad) = (
            town.get(&lisa, &page).await.value("seen"),
            town.organisation("stad").await.to_string(),
        );
        let form = [
            ("seen", &*seen),
            ("kind", "company"),
            ("parent", &*stad),
            ("name_sv", "B"),
            ("name_en", ""),
        ];
        assert_eq!(
            town.post(&lisa, &page, &form).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            town.post(&lisa, &format!("{page}/end"), &[]).await.status,
            StatusCode::FORBIDDEN
        );
        let plan = format!("{TREE}/{}", town.organisation("b-plan").await);
        let (seen, a) = (
            town.get(&lisa, &plan).await.value("seen"),
            town.organisation("a").await.to_string(),
        );
        let form = [
            ("seen", &*seen),
            ("kind", "department"),
            ("parent", &*a),
            ("name_sv", "Plan"),
            ("name_en", ""),
        ];
        assert_eq!(
            town.post(&lisa, &plan, &form).await.status,
            StatusCode::FORBIDDEN
        );
        let form = [
            ("seen", &*seen),
            ("kind", "department"),
            ("parent", &*own.to_string()),
            ("name_sv", "Plan"),
            ("name_en", ""),
        ];
        assert!(
            town.post(&lisa, &plan, &form)
                .await
                .to()
                .ends_with("organisation-saved")
        );
    });
}

const HEAD: &str = "key,kind,parent,name_sv,name_en,id,ended\n";
const ENDED: &str = "2026-03-01T10:00:00Z";

async fn import(town: &Town, rows: &str) -> Vec<String> {
    let file = format!("{HEAD}{rows}");
    match town
        .one
        .accounts
        .import_organisations(&system(), file.as_bytes())
        .await
    {
        Ok(_) => Vec::new(),
        Err(Problem::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_ends_an_organisation_as_the_page_does() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let bo = town.staff("Bo", &[("editor", "b-plan")]).await;
        assert!(town.may(&bo, Permission::PageEdit, "b-plan").await);
        for (rows, wrong) in [
            // What lies below is open, and the file says nothing of it.
            (format!("b,committee,stad,B,,,{ENDED}\n"), "2:ended"),
            // It says that it is open.
            (
                format!("b,committee,stad,B,,,{ENDED}\nb-plan,department,b,Plan,,,\n"),
                "3:parent",
            ),
            (format!("stad,city,,Staden,,,{ENDED}\n"), "2:ended"),
            (
                "a-hem,unit,a,Hem,,,2026-03-04T00:00:00Z\n".to_owned(),
                "2:ended",
            ),
            (
                format!("ny,unit,stad,Ny,,,{ENDED}\nny-ny,unit,ny,Ny,,,\n"),
                "3:parent",
            ),
        ] {
            assert_eq!(import(&town, &rows).await, [wrong], "{rows}");
        }
        assert!(
            town.may(&bo, Permission::PageEdit, "b-plan").await,
            "nothing changed"
        );

        let plan = format!("b-plan,department,b,Planavdelningen,Planning,,{ENDED}\n");
        assert_eq!(import(&town, &plan).await, [""; 0]);
        assert!(!town.may(&bo, Permission::PageEdit, "b-plan").await);
        assert!(
            town.may(&alma, Permission::PageEdit, "b-plan").await,
            "from above it can be handed over"
        );
        let shown = town.get(&alma, &format!("/admin/people/{}", bo.id)).await;
        assert_eq!(shown.count("details tbody tr"), 1, "the role has ended");
        // The file from before, without a word of ends, takes nothing up again.
        let before = "b-plan,department,b,Planavdelningen,Planning,,\n";
        assert_eq!(import(&town, before).await, [""; 0]);
        let page = format!("{TREE}/{}", town.organisation("b-plan").await);
        let history = town.get(&alma, &page).await;
        let history = history.text("section[aria-labelledby=history]");
        assert!(history.contains("Organisationen avslutades"), "{history}");
        assert!(!history.contains("togs upp igen"), "{history}");
        assert!(
            history.contains("Bo: Behörighet togs tillbaka"),
            "{history}"
        );

        // A grant that was left by some other way gives nothing.
        town.run("UPDATE role_grant SET ended_at = NULL", vec![])
            .await;
        let bo = Staff {
            token: town.log_in(&bo.email).await,
            ..bo
        };
        assert!(!town.may(&bo, Permission::PageEdit, "b-plan").await);

        // Into an empty city: the same have ended.
        let out = town
            .one
            .accounts
            .export_organisations()
            .await
            .expect("goes out");
        let empty = torg_testkit::sqlite::<Migrator>().await;
        let elsewhere = torg_accounts::Accounts::new(
            empty.database.clone(),
            town.clock.clone(),
            std::sync::Arc::new(torg_kernel::SystemIds),
            torg_accounts::AccountSettings::default(),
        );
        let come = elsewhere
            .import_organisations(&system(), out.as_bytes())
            .await;
        assert_eq!(come.expect("comes in").added, 7);
        assert_eq!(
            elsewhere.export_organisations().await.expect("goes out"),
            out
        );
        assert!(out.contains(ENDED), "{out}");
    });
}
