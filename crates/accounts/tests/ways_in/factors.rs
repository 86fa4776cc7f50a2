//! Second factors from the first code to the last recovery code, on both databases.

use crate::house::{EMAIL, House, Migrator, entry, house, system};
use torg_accounts::{
    AccountSettings, LogInMethod, LogInOutcome, SealingKey, SecondFactorOutcome, SecondFactorRule,
};
use torg_db::{fetch_one, scalar};
use torg_kernel::{Permission, PersonId, Problem};
use torg_log::PayloadClass;
use torg_testkit::{TestDatabase, both};

fn sealed() -> AccountSettings {
    AccountSettings {
        sealing_key: SealingKey::from_hex(&"5a".repeat(32)),
        base_url: "http://localhost:8080".to_owned(),
        ..AccountSettings::default()
    }
}

fn is_in(outcome: &SecondFactorOutcome) -> bool {
    matches!(outcome, SecondFactorOutcome::LoggedIn(_))
}

fn conflict(problem: &Problem) -> &'static str {
    match problem {
        Problem::Conflict(message) => message.key,
        other => panic!("{other:?}"),
    }
}

async fn secret(house: &House, person: PersonId) -> Vec<u8> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        secret: Vec<u8>,
    }
    let snapshot = house.test.database.snapshot().await.expect("reads");
    let row: Option<Row> = fetch_one(
        &*snapshot,
        "SELECT secret FROM totp WHERE person_id = $1",
        vec![person.0.into()],
    )
    .await
    .expect("reads");
    row.expect("a row").secret
}

#[tokio::test]
async fn a_code_from_the_app_is_asked_for_and_works_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(test, sealed()).await;
        let person = house.person(EMAIL).await;
        let opened = house.weak(EMAIL).await;
        let accounts = &house.accounts;
        assert_eq!(accounts.app_key(person).await.expect("answers"), None);

        accounts.begin_app(person).await.expect("begins");
        let wrong = accounts.confirm_app(person, opened.session, "000000").await;
        assert!(matches!(wrong, Err(Problem::Invalid(_))), "{wrong:?}");
        assert!(
            matches!(house.log_in(EMAIL, 1).await, LogInOutcome::LoggedIn { .. }),
            "not asked for before its first code was right"
        );
        let app = house.add_app(&opened).await;
        let base32 = app.split("secret=").nth(1).expect("a secret");
        let base32 = base32.split('&').next().expect("a secret");
        let stored = secret(&house, person).await;
        let plain = totp_rs::Secret::try_from_base32(base32).expect("base 32");
        let plain = plain.as_bytes().to_vec();
        assert!(!stored.windows(plain.len()).any(|part| part == plain));
        assert_eq!(
            conflict(&accounts.begin_app(person).await.expect_err("is refused")),
            "app-there"
        );
        assert_eq!(
            accounts
                .log_in_method(opened.session)
                .await
                .expect("answers"),
            Some(LogInMethod::AppCode),
            "the session is as strong as what was proved in it"
        );
        let mails = house.mails().await;
        let [mail] = mails.as_slice() else {
            panic!("one letter to the owner: {mails:?}");
        };
        assert!(mail.contains("app för koder"), "{mail}");
        assert!(
            mail.contains("http://localhost:8080/admin/account"),
            "{mail}"
        );

        let token = house.half(EMAIL, 1).await;
        assert!(
            accounts
                .find_caller(&token)
                .await
                .expect("answers")
                .is_none()
        );
        let asked = accounts.asked(&token).await.expect("answers");
        assert!(asked.is_some_and(|asked| asked.app && asked.passkey.is_none()));
        let code = house.code(&app);
        let wrong = format!(
            "{:06}",
            (code.parse::<u32>().expect("digits") + 1) % 1_000_000
        );
        assert_eq!(
            house.answer(&token, &wrong, 1).await,
            SecondFactorOutcome::Refused
        );
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        let SecondFactorOutcome::LoggedIn(inside) = house.answer(&token, &spaced, 1).await else {
            panic!("the right code opens");
        };
        assert!(
            accounts
                .find_caller(&inside.token)
                .await
                .expect("answers")
                .is_some()
        );
        assert_eq!(
            house.answer(&token, &code, 1).await,
            SecondFactorOutcome::Over,
            "a log-in is finished once"
        );
        let again = house.half(EMAIL, 1).await;
        assert_eq!(
            house.answer(&again, &code, 1).await,
            SecondFactorOutcome::Refused,
            "a code works once"
        );
        house.clock.advance_seconds(30);
        assert!(is_in(&house.answer(&again, &house.code(&app), 1).await));

        let late = house.half(EMAIL, 1).await;
        house.clock.advance_seconds(601);
        assert_eq!(
            house.answer(&late, &house.code(&app), 1).await,
            SecondFactorOutcome::Over,
            "the second step waits ten minutes"
        );
        assert_eq!(accounts.asked(&late).await.expect("answers"), None);

        let events = house.events(person).await;
        let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
        for kind in [
            "person.app_added",
            "person.second_factor_asked",
            "person.second_factor_failed",
            "person.logged_in",
        ] {
            assert!(kinds.contains(&kind), "{kind}");
        }
        assert!(
            events
                .iter()
                .all(|event| event.class == PayloadClass::Internal)
        );
        accounts.remove_app(person).await.expect("is removed");
        assert!(matches!(
            house.log_in(EMAIL, 1).await,
            LogInOutcome::LoggedIn { .. }
        ));
    });
}

#[tokio::test]
async fn recovery_codes_work_once_each_and_go_with_the_last_factor() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(test, AccountSettings::default()).await;
        let person = house.person(EMAIL).await;
        let opened = house.weak(EMAIL).await;
        let accounts = &house.accounts;
        let early = accounts.make_recovery_codes(person).await;
        assert_eq!(
            conflict(&early.expect_err("is refused")),
            "recovery-without-factor"
        );
        let app = house.add_app(&opened).await;
        let first = accounts.make_recovery_codes(person).await.expect("codes");
        let codes = accounts.make_recovery_codes(person).await.expect("codes");
        assert_eq!((first.len(), codes.len()), (10, 10));

        let token = house.half(EMAIL, 1).await;
        assert_eq!(
            house.answer(&token, &first[0], 1).await,
            SecondFactorOutcome::Refused,
            "new codes make the old ones invalid"
        );
        let spoken = codes[3].to_uppercase().replace('-', " ");
        assert!(is_in(&house.answer(&token, &spoken, 1).await));
        let token = house.half(EMAIL, 1).await;
        assert_eq!(
            house.answer(&token, &codes[3], 1).await,
            SecondFactorOutcome::Refused
        );
        assert!(is_in(&house.answer(&token, &codes[4], 1).await));
        let factors = accounts.factors(person).await.expect("answers");
        assert_eq!(factors.recovery_left, 8);
        let kinds = house.kinds(person).await;
        let used = kinds
            .iter()
            .filter(|kind| *kind == "person.recovery_code_used");
        assert_eq!(used.count(), 2);

        // Another person's code is none.
        let other = house.person("bo@stad.example").await;
        let theirs = house.weak("bo@stad.example").await;
        house.add_app(&theirs).await;
        accounts.make_recovery_codes(other).await.expect("codes");
        let token = house.half("bo@stad.example", 1).await;
        assert_eq!(
            house.answer(&token, &codes[5], 1).await,
            SecondFactorOutcome::Refused
        );

        accounts.remove_app(person).await.expect("is removed");
        let factors = accounts.factors(person).await.expect("answers");
        assert_eq!(factors.recovery_left, 0);
        assert_ne!(app, "");
    });
}

#[tokio::test]
async fn guessing_is_slowed_from_everywhere_and_the_owner_has_a_way_round() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(test, AccountSettings::default()).await;
        let person = house.person(EMAIL).await;
        let opened = house.weak(EMAIL).await;
        let app = house.add_app(&opened).await;
        let codes = house.accounts.make_recovery_codes(person).await;
        let codes = codes.expect("codes");

        // The attacker knows the password and comes from a new address each time.
        let mut waits = Vec::new();
        for from in 10..20 {
            let token = house.half(EMAIL, from).await;
            match house.answer(&token, "000000", from).await {
                SecondFactorOutcome::Refused => {}
                SecondFactorOutcome::Wait { seconds } => {
                    waits.push(seconds);
                    house.clock.advance_seconds(seconds);
                    let again = house.answer(&token, "000000", from).await;
                    assert_eq!(again, SecondFactorOutcome::Refused);
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64]);
        // The owner waits too, but not with what cannot be guessed.
        let token = house.half(EMAIL, 1).await;
        assert!(matches!(
            house.answer(&token, &house.code(&app), 1).await,
            SecondFactorOutcome::Wait { .. }
        ));
        assert!(is_in(&house.answer(&token, &codes[0], 1).await));
        // Nobody else is slowed.
        house.person("bo@stad.example").await;
        let theirs = house.weak("bo@stad.example").await;
        let other = house.add_app(&theirs).await;
        let token = house.half("bo@stad.example", 1).await;
        assert!(is_in(&house.answer(&token, &house.code(&other), 1).await));

        house.clock.advance_seconds(900);
        let token = house.half(EMAIL, 1).await;
        assert!(is_in(&house.answer(&token, &house.code(&app), 1).await));
        // Once right, the count begins anew.
        let token = house.half(EMAIL, 1).await;
        assert_eq!(
            house.answer(&token, "000000", 1).await,
            SecondFactorOutcome::Refused
        );
        let failed = house.kinds(person).await;
        let failed = failed
            .iter()
            .filter(|kind| *kind == "person.second_factor_failed");
        assert_eq!(failed.count(), 11);
    });
}

#[tokio::test]
async fn after_five_wrong_answers_the_password_is_asked_for_again() {
    both!(Migrator, |test: TestDatabase| async move {
        let settings = AccountSettings {
            free_attempts: 100,
            ..AccountSettings::default()
        };
        let house = house(test, settings).await;
        house.person(EMAIL).await;
        let opened = house.weak(EMAIL).await;
        let app = house.add_app(&opened).await;
        let token = house.half(EMAIL, 1).await;
        for _ in 0..4 {
            let wrong = house.answer(&token, "000000", 1).await;
            assert_eq!(wrong, SecondFactorOutcome::Refused);
        }
        for code in ["000000".to_owned(), house.code(&app)] {
            assert_eq!(
                house.answer(&token, &code, 1).await,
                SecondFactorOutcome::Over
            );
        }
        assert_eq!(
            house.answer("no token of ours", "000000", 1).await,
            SecondFactorOutcome::Over
        );
    });
}

#[tokio::test]
async fn a_role_that_demands_a_factor_gives_nothing_without_one() {
    both!(Migrator, |test: TestDatabase| async move {
        let settings = AccountSettings {
            second_factor: SecondFactorRule::Required,
            second_factor_roles: vec!["publisher".to_owned()],
            ..AccountSettings::default()
        };
        let house = house(test, settings).await;
        let accounts = &house.accounts;
        let person = house.person(EMAIL).await;
        house.grant(EMAIL, "reader", "a").await;
        let opened = house.weak(EMAIL).await;
        let lacks = |opened: &torg_accounts::Opened| {
            let (person, session) = (opened.person, opened.session);
            async move {
                accounts
                    .lacks_factor(person, session)
                    .await
                    .expect("answers")
            }
        };
        assert!(!lacks(&opened).await);
        house.grant(EMAIL, "publisher", "b").await;
        assert!(lacks(&opened).await, "at once, in the middle of a log-in");
        assert!(house.may(&opened.token, Permission::PageRead, "a").await);
        assert!(!house.may(&opened.token, Permission::PagePublish, "b").await);
        assert!(!house.may(&opened.token, Permission::PageRead, "b").await);

        house.add_app(&opened).await;
        assert!(!lacks(&opened).await);
        assert!(house.may(&opened.token, Permission::PagePublish, "b").await);
        let last = accounts.remove_app(person).await;
        assert_eq!(conflict(&last.expect_err("is refused")), "factor-demanded");
        let factors = accounts.factors(person).await.expect("answers");
        assert!(factors.demanded && factors.any());

        // The administrator takes it from somebody who has lost the phone, and ends the log-ins.
        accounts
            .remove_factors(&system(), person)
            .await
            .expect("is removed");
        assert!(
            accounts
                .find_caller(&opened.token)
                .await
                .expect("answers")
                .is_none()
        );
        let opened = house.weak(EMAIL).await;
        assert!(lacks(&opened).await);
        assert!(!house.may(&opened.token, Permission::PagePublish, "b").await);
        let kinds = house.kinds(person).await;
        assert!(kinds.contains(&"person.second_factors_removed".to_owned()));
    });
}

#[tokio::test]
async fn a_factor_that_is_there_is_asked_for_also_when_none_can_be_added() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(test, AccountSettings::default()).await;
        let person = house.person(EMAIL).await;
        let opened = house.weak(EMAIL).await;
        let app = house.add_app(&opened).await;
        let off = torg_accounts::Accounts::new(
            house.test.database.clone(),
            house.clock.clone(),
            std::sync::Arc::new(torg_kernel::SystemIds),
            AccountSettings {
                second_factor: SecondFactorRule::Off,
                ..AccountSettings::default()
            },
        );
        let begun = off.begin_passkey(person, opened.session).await;
        assert_eq!(conflict(&begun.expect_err("is refused")), "factor-off");
        let token = house.half(EMAIL, 1).await;
        let outcome = off
            .answer_with_code(&token, &house.code(&app), entry(1))
            .await;
        assert!(is_in(&outcome.expect("answers")));
        off.remove_app(person).await.expect("is removed");
        let begun = off.begin_app(person).await;
        assert_eq!(conflict(&begun.expect_err("is refused")), "factor-off");
    });
}

#[tokio::test]
async fn passkeys_are_asked_for_where_browsers_have_them() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(test, sealed()).await;
        let accounts = &house.accounts;
        let person = house.person(EMAIL).await;
        let opened = house.weak(EMAIL).await;
        let question = || async {
            let question = accounts.passkey_question(opened.session).await;
            question.expect("answers")
        };
        assert_eq!(question().await, None);
        let nothing = accounts
            .finish_passkey(person, opened.session, "Min dator", "{}")
            .await;
        assert!(matches!(nothing, Err(Problem::Invalid(_))), "{nothing:?}");
        accounts
            .begin_passkey(person, opened.session)
            .await
            .expect("begins");
        let asked = question().await.expect("a question");
        assert!(asked.contains("\"id\":\"localhost\""), "{asked}");
        assert!(
            asked.contains("\"userVerification\":\"required\""),
            "{asked}"
        );
        // A passkey of nobody's: well formed, signed by nobody.
        let forged = r#"{"id":"AAAA","rawId":"AAAA","type":"public-key","extensions":{},
            "response":{"attestationObject":"oA","clientDataJSON":"e30"}}"#;
        for (name, answer) in [
            ("", forged),
            ("Min dator", forged),
            ("Min dator", "nonsense"),
        ] {
            let refused = accounts
                .finish_passkey(person, opened.session, name, answer)
                .await;
            assert!(matches!(refused, Err(Problem::Invalid(_))), "{refused:?}");
        }
        assert!(!accounts.factors(person).await.expect("answers").any());
        let strange = accounts.remove_passkey(person, uuid::Uuid::nil()).await;
        assert!(matches!(strange, Err(Problem::NotFound)), "{strange:?}");

        // An answer to a question that was never asked counts as a wrong one.
        house.add_app(&opened).await;
        let token = house.half(EMAIL, 1).await;
        let answer = accounts.answer_with_passkey(&token, forged, entry(1)).await;
        assert_eq!(answer.expect("answers"), SecondFactorOutcome::Refused);

        let bare = AccountSettings {
            base_url: "https://192.0.2.7".to_owned(),
            ..AccountSettings::default()
        };
        let elsewhere = torg_accounts::Accounts::new(
            house.test.database.clone(),
            house.clock.clone(),
            std::sync::Arc::new(torg_kernel::SystemIds),
            bare,
        );
        let none = elsewhere.begin_passkey(person, opened.session).await;
        assert_eq!(conflict(&none.expect_err("is refused")), "passkey-not-here");
    });
}

#[tokio::test]
async fn an_administrator_ends_all_log_ins_of_a_person() {
    both!(Migrator, |test: TestDatabase| async move {
        let house = house(test, AccountSettings::default()).await;
        let person = house.person(EMAIL).await;
        let (one, two) = (house.weak(EMAIL).await, house.weak(EMAIL).await);
        house.person("bo@stad.example").await;
        let other = house.weak("bo@stad.example").await;
        let ended = house.accounts.end_sessions_of(&system(), person).await;
        assert_eq!(ended.expect("are ended"), 2);
        for (token, there) in [
            (&one.token, false),
            (&two.token, false),
            (&other.token, true),
        ] {
            let caller = house.accounts.find_caller(token).await.expect("answers");
            assert_eq!(caller.is_some(), there);
        }
        let kinds = house.kinds(person).await;
        assert_eq!(
            kinds.last().map(String::as_str),
            Some("person.sessions_ended")
        );
        let steps: i64 = {
            let snapshot = house.test.database.snapshot().await.expect("reads");
            scalar(&*snapshot, "SELECT count(*) FROM session", vec![])
                .await
                .expect("counts")
        };
        assert_eq!(steps, 1);
    });
}
