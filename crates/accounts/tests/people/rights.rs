//! Nobody gives more than they have, nor touches what is not theirs.

use http::StatusCode;
use jiff::civil::date;
use torg_accounts::{AccountSettings, RoleChange, SecondFactorRule};
use torg_kernel::{Permission, RequestId, SystemIds};
use torg_testkit::{TestDatabase, both};

use crate::town::{Migrator, Staff, Town, system};

/// Somebody who manages people and edits pages in one committee, until midsummer.
async fn local_manager(town: &Town) -> Staff {
    let accounts = &town.one.accounts;
    let role = RoleChange {
        name_sv: "Lokal samordnare".to_owned(),
        name_en: "Local coordinator".to_owned(),
        permissions: vec![
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::PageEdit,
            Permission::EventEdit,
            Permission::PersonManage,
            Permission::LogRead,
        ],
    };
    let request = RequestId::new(&SystemIds, accounts.now());
    accounts
        .add_role(&system(), request, "local", role)
        .await
        .expect("a role");
    let lisa = town.staff("Lisa", &[]).await;
    let until = Some(date(2026, 6, 20));
    accounts
        .grant(&system(), &lisa.email, "local", "b", None, until)
        .await
        .expect("is granted");
    lisa
}

async fn give(
    town: &Town,
    by: &Staff,
    to: &Staff,
    role: &str,
    place: &str,
    until: &str,
) -> (StatusCode, String) {
    let (role, place) = (town.role(role).await, town.organisation(place).await);
    let form = [
        ("role", &*role.to_string()),
        ("organisation", &*place.to_string()),
        ("valid_from", ""),
        ("valid_to", until),
    ];
    let seen = town
        .post(by, &format!("/admin/people/{}/grants", to.id), &form)
        .await;
    (seen.status, seen.text(".errsum"))
}

#[tokio::test]
async fn nobody_gives_more_than_they_have_themselves() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        town.staff("Alma", &[("administrator", "stad")]).await;
        let lisa = local_manager(&town).await;
        let bo = town.staff("Bo", &[("editor", "a")]).await;
        let summer = "2026-06-20";

        let (status, _) = give(&town, &lisa, &bo, "contributor", "b", summer).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (status, _) = give(&town, &lisa, &bo, "contributor", "b-plan", summer).await;
        assert_eq!(
            status,
            StatusCode::SEE_OTHER,
            "what lies below, within the authority"
        );
        assert!(town.may(&bo, Permission::PageEdit, "b").await);

        // More than she has, in her own committee; also to herself.
        for to in [&bo, &lisa] {
            let (status, said) = give(&town, &lisa, to, "publisher", "b", summer).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(said.contains("Publicist"), "{said}");
        }
        assert!(!town.may(&bo, Permission::PagePublish, "b").await);
        // For longer than she has it.
        for until in ["", "2026-06-21"] {
            let (status, said) = give(&town, &lisa, &bo, "reader", "b", until).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(said.contains(summer), "{said}");
        }
        // Somewhere else, above or beside, by guessing the address.
        for place in ["a", "stad", "hamn"] {
            let (status, _) = give(&town, &lisa, &bo, "reader", place, summer).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{place}");
        }
        // Something of another's, taken away by guessing its id.
        let entry = town.one.accounts.find_person(bo.id).await.expect("reads");
        let entry = entry.expect("is there");
        let of_a = entry.grants.iter().find(|own| own.organisation.key == "a");
        let of_a = of_a.expect("is there").grant.id.to_string();
        let end = format!("/admin/people/{}/grants/end", bo.id);
        let seen = town.post(&lisa, &end, &[("grant", &*of_a)]).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);
        // Another's grant under one's own address is no such grant.
        let end = format!("/admin/people/{}/grants/end", lisa.id);
        let seen = town.post(&lisa, &end, &[("grant", &*of_a)]).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND);
    });
}

/// An account is more than its owner's name: who can take it over has what it has.
#[tokio::test]
async fn nobody_takes_over_a_stronger_account() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let lisa = local_manager(&town).await;
        let bo = town.staff("Bo", &[("publisher", "b")]).await;
        let cilla = town.staff("Cilla", &[("editor", "a")]).await;
        let of = |who: &Staff, what: &str| format!("/admin/people/{}{what}", who.id);
        // Bo works in her committee: she looks after the account, but it may do more than she.
        let page = town.get(&lisa, &of(&bo, "")).await;
        assert_eq!(
            page.count(&format!("form[action='{}']", of(&bo, "/password"))),
            0
        );
        for (who, what) in [
            (&bo, "/password"),
            (&cilla, "/password"),
            (&alma, "/password"),
            (&alma, "/close"),
        ] {
            let seen = town.post(&lisa, &of(who, what), &[]).await;
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{what}");
        }
        let mine = [("name", "Bo"), ("email", "lisa.two@stad.example")];
        let seen = town.post(&lisa, &of(&bo, ""), &mine).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.text(".errsum").contains("ta över kontot"));
        let named = [("name", "Bo Ek"), ("email", &*bo.email)];
        town.post(&lisa, &of(&bo, ""), &named).await.to();
        let elsewhere = [("name", "Cilla Al"), ("email", &*cilla.email)];
        let seen = town.post(&lisa, &of(&cilla, ""), &elsewhere).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);

        // Nor that of a stand-in for a stronger one, as long as it lasts.
        let dag = town.staff("Dag", &[("reader", "b")]).await;
        let request = town
            .get(&bo, "/admin/account/away")
            .await
            .value("request_id");
        let form = [
            ("request_id", &*request),
            ("taker", &*dag.email),
            ("valid_from", "2026-03-03"),
            ("valid_to", "2026-03-09"),
            ("which", "all"),
        ];
        town.post(&bo, "/admin/account/away", &form).await.to();
        for what in ["/password", "/second-factor/remove"] {
            let seen = town.post(&lisa, &of(&dag, what), &[]).await;
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{what}");
        }

        // The administrator may; the new password is shown once and logs the person out.
        let seen = town.post(&alma, &of(&bo, "/password"), &[]).await;
        assert_eq!(seen.status, StatusCode::OK);
        let password = seen.text(".once code");
        assert!(password.chars().count() >= 15, "{password}");
        assert!(
            !town
                .get(&alma, &of(&bo, ""))
                .await
                .text("main")
                .contains(&password)
        );
        assert!(town.caller(&town.two, &bo).await.is_none());
    });
}

/// A log-in with a password alone does nothing to others that takes a role which demands more.
#[tokio::test]
async fn what_is_done_to_others_takes_permissions_that_hold_in_the_log_in() {
    both!(Migrator, |test: TestDatabase| async move {
        let settings = AccountSettings {
            second_factor: SecondFactorRule::Required,
            second_factor_roles: vec!["administrator".to_owned()],
            ..AccountSettings::default()
        };
        let town = Town::open_with(test, settings).await;
        let wanted = RoleChange {
            name_sv: "Personsamordnare".to_owned(),
            name_en: "Coordinator".to_owned(),
            permissions: vec![Permission::WorkspaceUse, Permission::PersonManage],
        };
        let request = RequestId::new(&SystemIds, town.one.accounts.now());
        let accounts = &town.one.accounts;
        let made = accounts
            .add_role(&system(), request, "people", wanted)
            .await;
        made.expect("is made");
        let bo = town
            .staff("Bo", &[("people", "a"), ("administrator", "stad")])
            .await;
        let cilla = town.staff("Cilla", &[]).await;
        let alma = town.staff("Alma", &[("administrator", "a")]).await;

        let of_cilla = format!("/admin/people/{}/grants", cilla.id);
        let (place, role) = (
            town.organisation("a").await.to_string(),
            town.role("administrator").await.to_string(),
        );
        let form = [("role", &*role), ("organisation", &*place)];
        let of_alma = format!("/admin/people/{}/password", alma.id);
        let refused = town.post(&bo, &of_cilla, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text(".errsum").contains("själv inte får göra"));
        let refused = town.post(&bo, &of_alma, &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let own = town.role("people").await.to_string();
        let form_own = [("role", &*own), ("organisation", &*place)];
        town.post(&bo, &of_cilla, &form_own).await.to();

        let bo = Staff {
            token: town.log_in(&bo.email).await,
            ..bo
        };
        town.run("UPDATE session SET method = 'app_code'", vec![])
            .await;
        town.post(&bo, &of_cilla, &form).await.to();
        assert_eq!(town.post(&bo, &of_alma, &[]).await.status, StatusCode::OK);
    });
}
