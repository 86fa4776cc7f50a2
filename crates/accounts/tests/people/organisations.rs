//! The tree, changed one organisation at a time.

use http::StatusCode;
use torg_kernel::Permission;
use torg_testkit::{TestDatabase, both};

use crate::town::{Migrator, Town};

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
