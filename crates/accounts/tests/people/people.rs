//! Accounts and what they are given.

use http::StatusCode;
use torg_kernel::Permission;
use torg_testkit::{TestDatabase, both};

use crate::town::{Migrator, Town};

#[tokio::test]
async fn a_person_is_added_once_gets_roles_and_loses_one() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let form = town.get(&alma, "/admin/people/new").await;
        let request = form.value("request_id");
        let wrong = [("request_id", &*request), ("name", " "), ("email", "bo")];
        let again = town.post(&alma, "/admin/people/new", &wrong).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.value("email"), "bo", "what was written stays");
        assert_eq!(again.count(".errsum a"), 2);
        let right = [
            ("request_id", &*request),
            ("name", "Bo  Ek"),
            ("email", "Bo@stad.example"),
        ];
        let added = town.post(&alma, "/admin/people/new", &right).await;
        let twice = town.post(&alma, "/admin/people/new", &right).await;
        assert_eq!(added.to(), twice.to(), "a double click happens once");
        let page = added.to().split('?').next().expect("a path").to_owned();
        assert!(
            town.get(&alma, &page)
                .await
                .text(".empty")
                .contains("inga roller")
        );

        let (editor, moderator) = (town.role("editor").await, town.role("moderator").await);
        let b = town.organisation("b").await;
        let (editor, moderator, b) = (editor.to_string(), moderator.to_string(), b.to_string());
        let nothing = [("organisation", &*b), ("valid_from", "mars")];
        let wrong = town.post(&alma, &format!("{page}/grants"), &nothing).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.text(".errsum").contains("2026-03-31"),
            "{}",
            wrong.text(".errsum")
        );
        let both = [
            ("role", &*editor),
            ("role", &*moderator),
            ("organisation", &*b),
            ("valid_from", "2026-03-01"),
            ("valid_to", "2026-12-31"),
        ];
        for _ in 0..2 {
            let given = town.post(&alma, &format!("{page}/grants"), &both).await;
            assert!(given.to().ends_with("?done=grants-given"));
        }
        let shown = town.get(&alma, &page).await;
        assert_eq!(shown.count("section[aria-labelledby=held] tbody tr"), 2);
        let held = shown.text("section[aria-labelledby=held] tbody");
        assert!(held.contains("Redaktör") && held.contains("Byggnadsnämnden"));
        assert!(held.contains("av Alma"), "who gave it: {held}");

        let grant = shown.value("grant");
        let end = format!("{page}/grants/end");
        for _ in 0..2 {
            let ended = town.post(&alma, &end, &[("grant", &*grant)]).await;
            assert!(
                ended.to().ends_with("?done=grant-ended"),
                "an old page is no error"
            );
        }
        let shown = town.get(&alma, &page).await;
        assert_eq!(
            shown.count("section[aria-labelledby=held] > .rows tbody tr"),
            1
        );
        assert_eq!(
            shown.count("details tbody tr"),
            1,
            "it is kept among the earlier ones"
        );
        let history = shown.text("section[aria-labelledby=history]");
        assert!(history.contains("Behörighet gavs") && history.contains("togs tillbaka"));
        assert!(history.contains("Kontot skapades") && history.contains("Alma"));

        // In the list, by words, organisation and role, all in the address.
        let found = |query: String| {
            let (town, alma) = (&town, &alma);
            async move {
                let list = town.get(alma, &format!("/admin/people?{query}")).await;
                list.text("tbody th")
            }
        };
        assert_eq!(found("q=bo+stad".to_owned()).await.trim(), "Bo Ek");
        assert_eq!(found("q=nobody".to_owned()).await, "");
        let stad = town.organisation("stad").await;
        assert_eq!(found(format!("organisation={b}")).await.trim(), "Bo Ek");
        assert!(found(format!("organisation={stad}")).await.contains("Alma"));
        let a = town.organisation("a").await;
        assert_eq!(found(format!("organisation={a}")).await, "");
        let left = if held.starts_with("Redaktör") {
            &moderator
        } else {
            &editor
        };
        assert!(
            !found(format!("role={left}&organisation={b}"))
                .await
                .is_empty()
        );
    });
}

#[tokio::test]
async fn an_account_is_closed_and_opened_and_the_last_administrator_stays() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let bo = town.staff("Bo", &[("editor", "b")]).await;
        let (of_alma, of_bo) = (
            format!("/admin/people/{}", alma.id),
            format!("/admin/people/{}", bo.id),
        );
        let closed = town.post(&alma, &format!("{of_bo}/close"), &[]).await;
        assert!(closed.to().ends_with("person-closed"));
        assert!(
            town.caller(&town.two, &bo).await.is_none(),
            "at once, everywhere"
        );
        let list = town.get(&alma, "/admin/people?state=closed").await;
        assert_eq!(list.count("tbody tr"), 1);
        town.post(&alma, &format!("{of_bo}/open"), &[]).await.to();

        // Nobody can make the city one without an administrator, by whatever way.
        let refused = town.post(&alma, &format!("{of_alma}/close"), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text(".errsum").contains("sista administratör"));
        let grant = town.get(&alma, &of_alma).await.value("grant");
        let end = format!("{of_alma}/grants/end");
        let refused = town.post(&alma, &end, &[("grant", &*grant)]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let accounts = &town.one.accounts;
        let operator = crate::town::system();
        let by_command = accounts
            .revoke_role(&operator, &alma.email, "administrator", "stad")
            .await;
        assert!(by_command.is_err(), "not even from the command line");
        assert!(
            accounts
                .set_disabled(&operator, &alma.email, true)
                .await
                .is_err()
        );
        assert!(town.may(&alma, Permission::SettingManage, "kran").await);

        // One whose time runs out is no other; one until further notice is.
        let until = Some(jiff::civil::date(2026, 6, 30));
        accounts
            .grant(&operator, &bo.email, "administrator", "stad", None, until)
            .await
            .expect("is granted");
        let refused = town.post(&alma, &end, &[("grant", &*grant)]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        accounts
            .grant(&operator, &bo.email, "administrator", "stad", None, None)
            .await
            .expect("is granted");
        let ended = town.post(&alma, &end, &[("grant", &*grant)]).await;
        assert!(ended.to().ends_with("grant-ended"));
        assert!(town.get(&alma, "/admin/people").await.status == StatusCode::FORBIDDEN);
    });
}

/// A role that is taken away works at once over HTTP: on the node that did it, and on another that
/// has heard nothing of it and has just asked.
#[tokio::test]
async fn a_permission_taken_away_works_at_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let bo = town.staff("Bo", &[("administrator", "b")]).await;
        let list = "/admin/people";
        assert_eq!(town.get(&bo, list).await.status, StatusCode::OK);
        assert_eq!(town.get_from_two(&bo, list).await.status, StatusCode::OK);
        let of_bo = format!("/admin/people/{}", bo.id);
        let grant = town.get(&alma, &of_bo).await.value("grant");
        town.post(&alma, &format!("{of_bo}/grants/end"), &[("grant", &*grant)])
            .await
            .to();
        assert_eq!(town.get(&bo, list).await.status, StatusCode::FORBIDDEN);
        let other = town.get_from_two(&bo, list).await;
        assert_eq!(other.status, StatusCode::FORBIDDEN);

        // The same for what a role holds, and for where an organisation lies.
        let cilla = town.staff("Cilla", &[("administrator", "b-plan")]).await;
        assert_eq!(town.get_from_two(&cilla, list).await.status, StatusCode::OK);
        town.post(&alma, &format!("/admin/people/{}/close", cilla.id), &[])
            .await
            .to();
        let gone = town.get_from_two(&cilla, list).await;
        assert!(gone.to().starts_with("/admin/log-in"));
    });
}

#[tokio::test]
async fn people_are_written_to_about_what_is_done_to_their_accounts() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let bo = town.staff("Bo", &[("editor", "b")]).await;
        let page = format!("/admin/people/{}", bo.id);
        let new_name = [("name", "Bo Ek"), ("email", &*bo.email)];
        town.post(&alma, &page, &new_name).await.to();
        assert!(
            town.letters().await.is_empty(),
            "a new name needs no letter"
        );
        let moved = [("name", "Bo Ek"), ("email", "bo.ek@stad.example")];
        town.post(&alma, &page, &moved).await.to();
        let letters = town.letters().await;
        let to: Vec<&str> = letters.iter().map(|(to, _)| to.as_str()).collect();
        assert_eq!(to, ["bo.ek@stad.example", "bo@stad.example"]);
        for (_, words) in &letters {
            let said = "från bo@stad.example till bo.ek@stad.example";
            assert!(words.contains(said), "{words}");
        }
        let factors = format!("{page}/second-factor/remove");
        town.post(&alma, &factors, &[]).await.to();
        let letters = town.letters().await;
        assert_eq!(letters.len(), 3);
        assert!(letters.iter().any(|(to, words)| {
            to == "bo.ek@stad.example" && words.contains("andra steget från ditt konto")
        }));
    });
}

#[tokio::test]
async fn a_linked_account_gets_no_password_here_and_the_page_says_why() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let bo = town.staff("Bo", &[("editor", "b")]).await;
        let page = format!("/admin/people/{}", bo.id);
        let password = format!("{page}/password");
        let form = format!("form[action='{password}']");
        assert_eq!(town.get(&alma, &page).await.count(&form), 1);
        town.run(
            "INSERT INTO person_identity (issuer, subject, person_id, linked_at) \
             VALUES ('https://login.stad.example', 'bo', $1, 1)",
            vec![bo.id.0.into()],
        )
        .await;
        let shown = town.get(&alma, &page).await;
        assert_eq!(shown.count(&form), 0);
        assert!(
            shown
                .text(".acts")
                .contains("Stadens gemensamma inloggning")
        );
        let refused = town.post(&alma, &password, &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text(".errsum").contains("inget lösenord"));
        assert_eq!(refused.count(".once"), 0);
        town.log_in(&bo.email).await;
    });
}
