//! Handing over while away.

use http::StatusCode;
use torg_accounts::{AccountSettings, NewDelegation, SecondFactorRule};
use torg_kernel::{Actor, Permission, Problem, RequestId, Subject, SystemIds, civil_date};
use torg_log::{Author, NewEvent, PayloadClass, append, history};
use torg_testkit::{TestDatabase, both};

use crate::town::{DAY, Migrator, Staff, Town, system};

const AWAY: &str = "/admin/account/away";

async fn hand_over(
    town: &Town,
    by: &Staff,
    to: &Staff,
    from: &str,
    until: &str,
    grants: &[String],
) -> String {
    let request = town.get(by, AWAY).await.value("request_id");
    let which = if grants.is_empty() { "all" } else { "some" };
    let mut form = vec![
        ("request_id", &*request),
        ("taker", &*to.email),
        ("valid_from", from),
        ("valid_to", until),
        ("which", which),
    ];
    form.extend(grants.iter().map(|id| ("grant", id.as_str())));
    let seen = town.post(by, AWAY, &form).await;
    if seen.status == StatusCode::SEE_OTHER {
        let again = town.post(by, AWAY, &form).await;
        assert_eq!(seen.to(), again.to(), "a double click happens once");
        return String::new();
    }
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    seen.text(".errsum")
}

#[tokio::test]
async fn a_colleague_acts_in_their_own_name_for_a_time() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        town.staff("Alma", &[("administrator", "stad")]).await;
        let bo = town
            .staff("Bo", &[("editor", "b"), ("moderator", "a")])
            .await;
        let cilla = town.staff("Cilla", &[("reader", "b")]).await;
        let dag = town.staff("Dag", &[]).await;

        for (to, from, until, said) in [
            (&bo, "2026-03-05", "2026-03-07", "dig själv"),
            (
                &cilla,
                "2026-03-01",
                "2026-03-07",
                "i dag eller en senare dag",
            ),
            (&cilla, "2026-03-05", "2026-03-04", "slutar innan"),
            (&cilla, "2026-03-05", "2027-05-04", "högst 366 dagar"),
            (&cilla, "", "", "Frånvaro"),
        ] {
            let errors = hand_over(&town, &bo, to, from, until, &[]).await;
            assert!(!errors.is_empty(), "{said}");
            assert!(said == "Frånvaro" || errors.contains(said), "{errors}");
        }
        assert_eq!(
            hand_over(&town, &bo, &cilla, "2026-03-05", "2026-03-06", &[]).await,
            ""
        );
        assert!(
            !town.may(&cilla, Permission::PageEdit, "b").await,
            "not before"
        );
        town.clock.advance_seconds(2 * DAY);
        let cilla_then = Staff {
            token: town.log_in(&cilla.email).await,
            ..cilla
        };
        let cilla = cilla_then;
        assert!(town.may(&cilla, Permission::PageEdit, "b-plan").await);
        assert!(town.may(&cilla, Permission::CommentModerate, "a").await);

        // What she does is hers, for Bo; what she may by herself is for nobody.
        let b = town.organisation("b").await;
        let caller = town.caller(&town.one, &cilla).await.expect("logged in");
        let actor = caller.acting(Permission::PageEdit, b).expect("may");
        assert_eq!(actor.person(), Some(cilla.id));
        assert_eq!(actor.on_behalf_of(), Some(bo.id));
        let own = caller.acting(Permission::PageRead, b).expect("may");
        assert_eq!(own.on_behalf_of(), None);
        let subject = Subject::new(
            "page",
            torg_kernel::PageId::new(&torg_kernel::SystemIds, town.one.accounts.now()),
        );
        let (now, of, signed) = (town.one.accounts.now(), subject.clone(), actor.clone());
        town.database
            .write(move |context| {
                Box::pin(async move {
                    let author = Author {
                        actor: &signed,
                        now,
                        ids: &torg_kernel::SystemIds,
                    };
                    let event = NewEvent {
                        kind: "page.changed",
                        subject: of,
                        organisation: Some(b),
                        authority: None,
                        class: PayloadClass::Internal,
                        before: None,
                        after: None,
                        tags: Vec::new(),
                    };
                    append(context, author, event).await.map(drop)
                })
            })
            .await
            .expect("is written");
        let snapshot = town.database.snapshot().await.expect("reads");
        let events = history(&*snapshot, &subject, &[], 9).await.expect("reads");
        assert_eq!(events[0].actor, actor, "the log says on whose behalf");
        snapshot.end().await.expect("ends");
        let report = torg_log::verify(&town.database, &mut |_| {}).await;
        assert!(
            report.expect("reads").findings.is_empty(),
            "it is a part of the chain"
        );

        // Not to be handed on: what Cilla hands over is her own.
        assert_eq!(
            hand_over(&town, &cilla, &dag, "2026-03-05", "2026-03-20", &[]).await,
            ""
        );
        let dag = Staff {
            token: town.log_in(&dag.email).await,
            ..dag
        };
        assert!(town.may(&dag, Permission::PageRead, "b").await);
        assert!(!town.may(&dag, Permission::PageEdit, "b").await);

        // Never more than the giver has at that time.
        let accounts = &town.one.accounts;
        accounts
            .revoke_role(&system(), &bo.email, "moderator", "a")
            .await
            .expect("is taken");
        assert!(!town.may(&cilla, Permission::CommentModerate, "a").await);
        accounts
            .set_disabled(&system(), &bo.email, true)
            .await
            .expect("closes");
        assert!(!town.may(&cilla, Permission::PageEdit, "b").await);
        accounts
            .set_disabled(&system(), &bo.email, false)
            .await
            .expect("opens");
        assert!(town.may(&cilla, Permission::PageEdit, "b").await);

        // It ends by itself.
        town.clock.advance_seconds(2 * DAY);
        let cilla = Staff {
            token: town.log_in(&cilla.email).await,
            ..cilla
        };
        assert!(!town.may(&cilla, Permission::PageEdit, "b").await);
        assert!(town.may(&cilla, Permission::PageRead, "b").await);
    });
}

#[tokio::test]
async fn some_roles_are_handed_over_and_taken_back() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let bo = town
            .staff("Bo", &[("editor", "b"), ("administrator", "a")])
            .await;
        let cilla = town.staff("Cilla", &[]).await;
        let entry = town
            .one
            .accounts
            .find_person(bo.id)
            .await
            .expect("reads")
            .expect("is there");
        let grant = |key: &str| {
            let own = entry.grants.iter().find(|own| own.organisation.key == key);
            own.expect("is there").grant.id.to_string()
        };
        let of_alma = town.one.accounts.find_person(alma.id).await.expect("reads");
        let foreign = of_alma.expect("is there").grants[0].grant.id.to_string();
        let said = hand_over(&town, &bo, &cilla, "2026-03-03", "2026-03-09", &[foreign]).await;
        assert!(
            said.contains("minst en av dina"),
            "another's role by guessing its id: {said}"
        );
        assert_eq!(
            hand_over(
                &town,
                &bo,
                &cilla,
                "2026-03-03",
                "2026-03-09",
                &[grant("a")]
            )
            .await,
            ""
        );
        assert!(town.may(&cilla, Permission::PersonManage, "a").await);
        assert!(!town.may(&cilla, Permission::PageEdit, "b").await);

        // A stand-in who manages people does not make herself more than a stand-in.
        let (role, place) = (town.role("reader").await, town.organisation("a").await);
        let form = [
            ("role", &*role.to_string()),
            ("organisation", &*place.to_string()),
            ("valid_to", "2026-03-04"),
        ];
        let seen = town
            .post(&cilla, &format!("/admin/people/{}/grants", cilla.id), &form)
            .await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            seen.text(".errsum").contains("ersättare"),
            "{}",
            seen.text(".errsum")
        );

        // Both see it; Cilla gives it back; nobody else ends what is not theirs.
        let mine = town.get(&cilla, AWAY).await;
        assert!(mine.text(".handed").contains("Bo till Cilla"));
        let id = mine.value("delegation");
        let dag = town.staff("Dag", &[("editor", "b")]).await;
        let seen = town
            .post(
                &dag,
                &format!("{AWAY}/delegations/end"),
                &[("delegation", &*id)],
            )
            .await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);
        town.post(
            &cilla,
            &format!("{AWAY}/delegations/end"),
            &[("delegation", &*id)],
        )
        .await
        .to();
        assert!(!town.may(&cilla, Permission::PersonManage, "a").await);
        let shown = town
            .get(&alma, &format!("/admin/people/{}", cilla.id))
            .await;
        let history = shown.text("section[aria-labelledby=history]");
        assert!(
            history.contains("som ersättare") && history.contains("Bo till Cilla"),
            "{history}"
        );
        let kinds = {
            let snapshot = town.database.snapshot().await.expect("reads");
            let events = history_of(&town, &bo).await;
            snapshot.end().await.expect("ends");
            events
        };
        assert!(kinds.contains(&("person.handed_over".to_owned(), Some(bo.id))));
        assert!(kinds.contains(&("person.handed_back".to_owned(), Some(cilla.id))));
    });
}

/// A password alone does not get past a second factor by way of a colleague.
#[tokio::test]
async fn only_what_holds_in_the_log_in_is_handed_over() {
    both!(Migrator, |test: TestDatabase| async move {
        let settings = AccountSettings {
            second_factor: SecondFactorRule::Required,
            second_factor_roles: vec!["administrator".to_owned()],
            ..AccountSettings::default()
        };
        let town = Town::open_with(test, settings).await;
        let bo = town
            .staff("Bo", &[("editor", "b"), ("administrator", "a")])
            .await;
        let cilla = town.staff("Cilla", &[]).await;
        let accounts = &town.one.accounts;
        let entry = accounts.find_person(bo.id).await.expect("reads");
        let entry = entry.expect("is there");
        let grant = |key: &str| {
            let own = entry.grants.iter().find(|own| own.organisation.key == key);
            own.expect("is there").grant.id
        };
        let (weak, strong) = (grant("b"), grant("a"));

        let page = town.get(&bo, AWAY).await;
        assert_eq!(
            (page.count("[name=grant]"), page.count("[value=all]")),
            (1, 0)
        );
        let said = hand_over(&town, &bo, &cilla, "2026-03-03", "2026-03-09", &[]).await;
        assert!(said.contains("ett andra steg"), "{said}");
        for chosen in [vec![strong], vec![weak, strong]] {
            let chosen: Vec<String> = chosen.iter().map(ToString::to_string).collect();
            let said = hand_over(&town, &bo, &cilla, "2026-03-03", "2026-03-09", &chosen).await;
            assert!(said.contains("minst en av dina"), "{said}");
        }
        let chosen = [weak.to_string()];
        let said = hand_over(&town, &bo, &cilla, "2026-03-03", "2026-03-09", &chosen).await;
        assert_eq!(said, "");
        assert!(town.may(&cilla, Permission::PageEdit, "b").await);
        assert!(!town.may(&cilla, Permission::PersonManage, "a").await);
        let letters = town.letters().await;
        assert_eq!(letters.len(), 1, "{letters:?}");
        assert_eq!(letters[0].0, bo.email);
        assert!(letters[0].1.contains("till en ersättare"), "{letters:?}");

        // Another's log-in is no log-in of the giver's.
        let other = town.caller(&town.one, &cilla).await.expect("logged in");
        let today = civil_date(accounts.now());
        let new = NewDelegation {
            taker: cilla.email.clone(),
            grants: Some(vec![weak]),
            valid_from: today,
            valid_to: today,
        };
        let request = RequestId::new(&SystemIds, accounts.now());
        let refused = accounts.hand_over(bo.id, other.session, request, "", new);
        assert!(matches!(refused.await, Err(Problem::LogInNeeded)));

        town.run("UPDATE session SET method = 'app_code'", vec![])
            .await;
        let page = town.get(&bo, AWAY).await;
        assert_eq!(
            (page.count("[name=grant]"), page.count("[value=all]")),
            (2, 1)
        );
        let said = hand_over(&town, &bo, &cilla, "2026-03-03", "2026-03-09", &[]).await;
        assert_eq!(said, "");
        assert!(town.caller(&town.two, &cilla).await.is_some());
        assert!(town.may(&cilla, Permission::PersonManage, "a").await);
    });
}

#[tokio::test]
async fn an_old_log_in_hands_nothing_over_and_loses_no_words() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let bo = town.staff("Bo", &[("editor", "b")]).await;
        let cilla = town.staff("Cilla", &[]).await;
        let request = town.get(&bo, AWAY).await.value("request_id");
        let form = [
            ("request_id", &*request),
            ("taker", &*cilla.email),
            ("valid_from", "2026-03-03"),
            ("valid_to", "2026-03-09"),
            ("which", "all"),
        ];
        town.clock.advance_seconds(15 * 60);
        let again = "a[href^='/admin/log-in?next=%2Fadmin%2Faccount%2Faway']";
        let page = town.get(&bo, AWAY).await;
        assert_eq!((page.count("[name=taker]"), page.count(again)), (0, 1));
        let refused = town.post(&bo, AWAY, &form).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text(".errsum").contains("Logga in igen"));
        assert_eq!(refused.value("taker"), cilla.email);
        assert_eq!(refused.count(again), 1);
        assert!(!town.may(&cilla, Permission::PageEdit, "b").await);
        let bo = Staff {
            token: town.log_in(&bo.email).await,
            ..bo
        };
        town.post(&bo, AWAY, &form).await.to();
        assert!(town.may(&cilla, Permission::PageEdit, "b").await);
    });
}

async fn history_of(town: &Town, who: &Staff) -> Vec<(String, Option<torg_kernel::PersonId>)> {
    let snapshot = town.database.snapshot().await.expect("reads");
    let events = history(&*snapshot, &Subject::new("person", who.id), &[], 50)
        .await
        .expect("reads");
    events
        .into_iter()
        .map(|event| (event.kind, Actor::person(&event.actor)))
        .collect()
}
