//! Logging in by an identity provider that lies, sleeps and changes its mind, on both databases. That
//! a real one is understood is shown by the browser tests.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use crate::house::{EMAIL, House, Migrator, NOON, entry, house, system};
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use openidconnect::core::{CoreHmacKey, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, Nonce, StandardClaims,
    SubjectIdentifier,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use torg_accounts::{
    AccountSettings, Begin, Begun, Callback, Factors, GroupRule, LogInOutcome, NewDelegation,
    NewPerson, ProviderOutcome, ProviderRefusal, ProviderSettings, SealingKey,
};
use torg_kernel::{
    Actor, Clock, Locale, Permission, PersonId, Problem, RequestId, SystemIds, civil_date,
};
use torg_testkit::{TestDatabase, both};

const SECRET: &str = "a secret of sixteen bytes and more";

/// What the provider says next.
#[derive(Clone)]
struct Says {
    subject: String,
    email: String,
    verified: Option<bool>,
    groups: Value,
    /// Seconds by which its clock is ahead.
    ahead: i64,
    nonce: Option<String>,
    audience: String,
    issuer: Option<String>,
    signed_with: String,
    error: Option<&'static str>,
    /// What the token end was sent last.
    asked: String,
}

struct Provider {
    address: SocketAddr,
    says: Mutex<Says>,
    now: i64,
}

type Shared = Arc<Provider>;

fn issuer(provider: &Provider) -> String {
    format!("http://{}", provider.address)
}

async fn discovery(State(provider): State<Shared>) -> Json<Value> {
    let issuer = issuer(&provider);
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "jwks_uri": format!("{issuer}/keys"),
        "end_session_endpoint": format!("{issuer}/leave"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["HS256"],
    }))
}

async fn token(
    State(provider): State<Shared>,
    body: String,
) -> Result<Json<Value>, (http::StatusCode, Json<Value>)> {
    let says = {
        let mut says = provider.says.lock().expect("not poisoned");
        says.asked = body;
        says.clone()
    };
    if let Some(error) = says.error {
        let body = Json(json!({"error": error}));
        return Err((http::StatusCode::BAD_REQUEST, body));
    }
    let time = |seconds: i64| DateTime::<Utc>::from_timestamp(seconds, 0).expect("a time");
    let made = provider.now + says.ahead;
    let claims = StandardClaims::new(SubjectIdentifier::new(says.subject))
        .set_email(Some(EndUserEmail::new(says.email)))
        .set_email_verified(says.verified);
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(says.issuer.unwrap_or_else(|| issuer(&provider))).expect("an address"),
        vec![Audience::new(says.audience)],
        time(made + 600),
        time(made),
        claims,
        EmptyAdditionalClaims {},
    )
    .set_nonce(says.nonce.map(Nonce::new));
    let key = CoreHmacKey::new(says.signed_with);
    let id_token = CoreIdToken::new(
        claims,
        &key,
        CoreJwsSigningAlgorithm::HmacSha256,
        None,
        None,
    )
    .expect("is signed");
    Ok(Json(json!({
        "access_token": "open sesame",
        "token_type": "Bearer",
        "id_token": id_token.to_string(),
    })))
}

async fn me(State(provider): State<Shared>) -> Json<Value> {
    let says = provider.says.lock().expect("not poisoned").clone();
    Json(json!({"sub": says.subject, "name": "Åsa från katalogen", "grupper": says.groups}))
}

async fn start(now: i64) -> Shared {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let provider = Arc::new(Provider {
        address,
        says: Mutex::new(Says {
            subject: "subject-1".to_owned(),
            email: EMAIL.to_owned(),
            verified: Some(true),
            groups: json!(["webb"]),
            ahead: 0,
            nonce: None,
            audience: "torg".to_owned(),
            issuer: None,
            signed_with: SECRET.to_owned(),
            error: None,
            asked: String::new(),
        }),
        now,
    });
    let routes = Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/keys", get(|| async { Json(json!({"keys": []})) }))
        .route("/token", post(token))
        .route("/me", get(me))
        .with_state(provider.clone());
    tokio::spawn(async move { axum::serve(listener, routes).await.expect("serves") });
    provider
}

fn rule(group: &str, role: &str, organisation: &str) -> GroupRule {
    GroupRule {
        group: group.to_owned(),
        role: role.to_owned(),
        organisation: organisation.to_owned(),
    }
}

fn settings(issuer: String) -> AccountSettings {
    AccountSettings {
        provider: Some(ProviderSettings {
            name: "stadens inloggning".to_owned(),
            issuer,
            client_id: "torg".to_owned(),
            client_secret: SECRET.to_owned(),
            scopes: vec!["email".to_owned()],
            groups_claim: "grupper".to_owned(),
            groups: vec![
                rule("webb", "editor", "a"),
                rule("webb", "reader", "nowhere"),
                rule("chefer", "publisher", "b"),
                rule("it", "administrator", "stad"),
            ],
            trusts_email: false,
            authority: None,
        }),
        sealing_key: SealingKey::from_hex(&"5a".repeat(32)),
        ..AccountSettings::default()
    }
}

struct City {
    house: House,
    provider: Shared,
}

/// A log-in that was begun: what the browser holds and what the address at the provider says.
struct Gone {
    browser: String,
    state: String,
    nonce: String,
    address: url::Url,
}

impl City {
    async fn open(test: TestDatabase) -> Self {
        let provider = start(NOON.micros() / 1_000_000).await;
        let house = house(test, settings(issuer(&provider))).await;
        Self { house, provider }
    }

    fn says(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.provider.says.lock().expect("not poisoned"));
    }

    async fn begin(&self) -> Gone {
        let begin = Begin {
            callback: "http://stad.example/callback".to_owned(),
            next: "/admin/pages".to_owned(),
            browser: None,
            again: false,
            locale: Locale::SV,
        };
        let begun = self.house.accounts.begin_provider_log_in(begin).await;
        let Begun::Go {
            address, browser, ..
        } = begun.expect("begins")
        else {
            panic!("is refused");
        };
        let address = url::Url::parse(&address).expect("an address");
        let part = |name: &str| {
            let found = address.query_pairs().find(|(own, _)| own == name);
            found
                .map(|(_, value)| value.into_owned())
                .expect("is there")
        };
        Gone {
            browser,
            state: part("state"),
            nonce: part("nonce"),
            address: address.clone(),
        }
    }

    async fn finish(&self, gone: &Gone) -> ProviderOutcome {
        let came = Callback {
            callback: "http://stad.example/callback".to_owned(),
            state: gone.state.clone(),
            code: "code-1".to_owned(),
            error: String::new(),
            issuer: None,
            browser: Some(gone.browser.clone()),
            entry: entry(1),
        };
        self.house
            .accounts
            .finish_provider_log_in(came)
            .await
            .expect("answers")
    }

    /// A whole log-in with the nonce as it should be.
    async fn log_in(&self) -> ProviderOutcome {
        let gone = self.begin().await;
        self.says(|says| says.nonce = Some(gone.nonce.clone()));
        self.finish(&gone).await
    }

    async fn inside(&self) -> torg_accounts::Opened {
        match self.log_in().await {
            ProviderOutcome::LoggedIn { opened, next } => {
                assert_eq!(next, "/admin/pages");
                opened
            }
            ProviderOutcome::Refused { why, .. } => panic!("{why:?}"),
        }
    }

    async fn refused(&self) -> ProviderRefusal {
        match self.log_in().await {
            ProviderOutcome::Refused { why, .. } => why,
            ProviderOutcome::LoggedIn { .. } => panic!("is let in"),
        }
    }

    /// What somebody has now, by role and organisation.
    async fn has(&self, person: PersonId) -> Vec<(String, String)> {
        let entry = self.house.accounts.find_person(person).await;
        let entry = entry.expect("answers").expect("is there");
        let mut has: Vec<_> = entry
            .grants
            .into_iter()
            .map(|own| (own.role.key, own.organisation.key))
            .collect();
        has.sort();
        has
    }
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(role, organisation)| ((*role).to_owned(), (*organisation).to_owned()))
        .collect()
}

#[tokio::test]
async fn groups_give_roles_and_take_them_away_at_each_log_in() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::open(test).await;
        let accounts = &city.house.accounts;
        let gone = city.begin().await;
        let query: Vec<_> = gone.address.query_pairs().collect();
        for part in ["code_challenge", "state", "nonce", "redirect_uri"] {
            assert!(query.iter().any(|(name, _)| name == part), "{part}");
        }
        assert!(query.contains(&("code_challenge_method".into(), "S256".into())));
        assert!(query.contains(&("scope".into(), "openid email".into())));

        let opened = city.inside().await;
        let asked = city
            .provider
            .says
            .lock()
            .expect("not poisoned")
            .asked
            .clone();
        assert!(asked.contains("code_verifier="), "{asked}");
        assert!(asked.contains("grant_type=authorization_code"), "{asked}");
        let person = opened.person;
        assert_eq!(city.has(person).await, pairs(&[("editor", "a")]));
        let entry = accounts.find_person(person).await.expect("answers");
        let entry = entry.expect("is made");
        assert_eq!(
            (entry.person.name.as_str(), entry.person.email.as_str()),
            ("Åsa från katalogen", EMAIL)
        );
        assert!(
            city.house
                .may(&opened.token, Permission::PageEdit, "a")
                .await
        );
        assert_eq!(
            accounts
                .grants_from_provider(person)
                .await
                .expect("answers")
                .len(),
            1
        );

        // What somebody granted by hand stays; the same from a group comes and goes beside it.
        city.house.grant(EMAIL, "editor", "b").await;
        city.says(|says| says.groups = json!("chefer"));
        let opened = city.inside().await;
        assert_eq!(opened.person, person, "the same person by the same subject");
        let both = pairs(&[("editor", "b"), ("publisher", "b")]);
        assert_eq!(city.has(person).await, both);
        assert!(
            !city
                .house
                .may(&opened.token, Permission::PageEdit, "a")
                .await
        );
        let before = city.house.events(person).await.len();
        city.inside().await;
        assert_eq!(
            city.house.events(person).await.len(),
            before + 1,
            "the same groups again change nothing but the log-in"
        );

        // Another address, the same subject; no group any more.
        city.says(|says| {
            says.email = "gift@stad.example".to_owned();
            says.groups = json!([]);
        });
        assert_eq!(city.inside().await.person, person);
        assert_eq!(city.has(person).await, pairs(&[("editor", "b")]));
        let kinds = city.house.kinds(person).await;
        for kind in [
            "person.added",
            "person.identity_linked",
            "person.role_granted",
            "person.role_revoked",
            "person.logged_in",
        ] {
            assert!(kinds.iter().any(|own| own == kind), "{kind}");
        }
    });
}

#[tokio::test]
async fn people_are_matched_by_subject_and_then_by_verified_email() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::open(test).await;
        let accounts = &city.house.accounts;
        let local = city.house.person(EMAIL).await;
        city.says(|says| says.verified = None);
        assert_eq!(city.refused().await, ProviderRefusal::NoVerifiedEmail);
        city.says(|says| says.verified = Some(false));
        assert_eq!(city.refused().await, ProviderRefusal::NoVerifiedEmail);
        city.says(|says| {
            says.verified = Some(true);
            says.email = EMAIL.to_uppercase();
        });
        assert_eq!(city.inside().await.person, local);

        // Whoever gets the address after them does not get their account.
        city.says(|says| says.subject = "subject-2".to_owned());
        assert_eq!(city.refused().await, ProviderRefusal::EmailTaken);
        let parted = accounts.unlink_identities(&system(), EMAIL).await;
        assert_eq!(parted.expect("is parted"), 1);
        assert_eq!(city.inside().await.person, local);

        city.says(|says| {
            says.subject = "subject-3".to_owned();
            says.email = "ny@stad.example".to_owned();
            says.groups = json!(["okänd"]);
        });
        assert_eq!(city.refused().await, ProviderRefusal::NoAccess);
        let new = NewPerson {
            email: "ny@stad.example".to_owned(),
            name: "Ny".to_owned(),
        };
        accounts
            .add_person(&system(), &new)
            .await
            .expect("is added");
        city.inside().await;
        accounts
            .set_disabled(&system(), "ny@stad.example", true)
            .await
            .expect("is closed");
        assert_eq!(city.refused().await, ProviderRefusal::Closed);
    });
}

#[tokio::test]
async fn a_state_works_once_in_one_browser_and_for_ten_minutes() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::open(test).await;
        let stale = |outcome: ProviderOutcome| {
            assert!(
                matches!(
                    outcome,
                    ProviderOutcome::Refused {
                        why: ProviderRefusal::Stale,
                        ..
                    }
                ),
                "{outcome:?}"
            );
        };
        let gone = city.begin().await;
        city.says(|says| says.nonce = Some(gone.nonce.clone()));
        assert!(matches!(
            city.finish(&gone).await,
            ProviderOutcome::LoggedIn { .. }
        ));
        stale(city.finish(&gone).await);
        // An attacker's finished address in somebody else's browser.
        let gone = city.begin().await;
        let theirs = Gone {
            browser: city.begin().await.browser,
            state: gone.state.clone(),
            nonce: gone.nonce.clone(),
            address: gone.address.clone(),
        };
        stale(city.finish(&theirs).await);
        stale(city.finish(&gone).await);
        let gone = city.begin().await;
        city.house.clock.advance_seconds(601);
        stale(city.finish(&gone).await);
        let invented = Gone {
            state: "0".repeat(32),
            ..gone
        };
        stale(city.finish(&invented).await);
    });
}

#[tokio::test]
async fn what_the_provider_cannot_prove_lets_nobody_in() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::open(test).await;
        let good = city.provider.says.lock().expect("not poisoned").clone();
        let restore = || city.says(|says| *says = good.clone());
        for ahead in [-3_600, -301, 301, 86_400] {
            city.says(|says| says.ahead = ahead);
            assert_eq!(city.refused().await, ProviderRefusal::Clock, "{ahead}");
        }
        city.says(|says| says.ahead = 200);
        city.inside().await;
        restore();
        city.says(|says| says.audience = "another site".to_owned());
        assert_eq!(city.refused().await, ProviderRefusal::Untrusted);
        restore();
        city.says(|says| says.issuer = Some("https://evil.example".to_owned()));
        assert_eq!(city.refused().await, ProviderRefusal::Untrusted);
        restore();
        city.says(|says| says.signed_with = "another secret".to_owned());
        assert_eq!(city.refused().await, ProviderRefusal::Untrusted);
        restore();
        let gone = city.begin().await;
        for nonce in [None, Some("another".to_owned())] {
            let gone = Gone {
                state: city.begin().await.state,
                browser: gone.browser.clone(),
                nonce: String::new(),
                address: gone.address.clone(),
            };
            city.says(|says| says.nonce = nonce);
            assert!(matches!(
                city.finish(&gone).await,
                ProviderOutcome::Refused { .. }
            ));
        }
        let gone = city.begin().await;
        city.says(|says| says.nonce = Some("another".to_owned()));
        assert!(matches!(
            city.finish(&gone).await,
            ProviderOutcome::Refused {
                why: ProviderRefusal::Untrusted,
                ..
            }
        ));
        for (error, why) in [
            ("invalid_grant", ProviderRefusal::Stale),
            ("invalid_client", ProviderRefusal::Misconfigured),
        ] {
            city.says(|says| says.error = Some(error));
            assert_eq!(city.refused().await, why);
        }
    });
}

#[tokio::test]
async fn a_provider_that_turns_back_or_sleeps_is_told_about() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::open(test).await;
        let accounts = &city.house.accounts;
        let come = |gone: Gone, error: &str, issuer: Option<&str>| Callback {
            callback: "http://stad.example/callback".to_owned(),
            state: gone.state,
            code: "code".to_owned(),
            error: error.to_owned(),
            issuer: issuer.map(str::to_owned),
            browser: Some(gone.browser),
            entry: entry(1),
        };
        for (error, issuer, expected) in [
            ("access_denied", None, ProviderRefusal::Cancelled),
            ("invalid_scope", None, ProviderRefusal::Misconfigured),
            ("", Some("https://evil.example"), ProviderRefusal::Untrusted),
        ] {
            let came = come(city.begin().await, error, issuer);
            let outcome = accounts.finish_provider_log_in(came).await;
            let ProviderOutcome::Refused { why, next } = outcome.expect("answers") else {
                panic!("is let in");
            };
            assert_eq!((why, next.as_str()), (expected, "/admin/pages"));
        }
        let leave = accounts.leave_provider("http://stad.example/out").await;
        let leave = leave.expect("answers").expect("an address");
        assert!(
            leave.contains("/leave?") && leave.contains("client_id=torg"),
            "{leave}"
        );

        // Nobody listens where this provider should be.
        let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = nobody.local_addr().expect("an address");
        drop(nobody);
        let asleep = torg_accounts::Accounts::new(
            city.house.test.database.clone(),
            city.house.clock.clone(),
            Arc::new(torg_kernel::SystemIds),
            settings(format!("http://{address}")),
        );
        let begun = asleep
            .begin_provider_log_in(Begin {
                callback: "http://stad.example/callback".to_owned(),
                next: String::new(),
                browser: None,
                again: true,
                locale: Locale::EN,
            })
            .await;
        assert_eq!(
            begun.expect("answers"),
            Begun::Refused(ProviderRefusal::Down)
        );
        assert!(city.house.clock.now() >= NOON);
    });
}

#[tokio::test]
async fn a_slip_in_a_group_does_not_take_the_last_administrator_away() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::open(test).await;
        city.says(|says| says.groups = json!(["it", "webb"]));
        let person = city.inside().await.person;
        let has = pairs(&[("administrator", "stad"), ("editor", "a")]);
        assert_eq!(city.has(person).await, has);
        city.says(|says| says.groups = json!(["chefer"]));
        city.inside().await;
        let kept = pairs(&[("administrator", "stad"), ("publisher", "b")]);
        assert_eq!(city.has(person).await, kept, "nobody else is one");
        let other = "bo@stad.example";
        city.house.person(other).await;
        city.house.grant(other, "administrator", "stad").await;
        city.inside().await;
        assert_eq!(city.has(person).await, pairs(&[("publisher", "b")]));
    });
}

/// Somebody makes the boss an account and settles in it before the boss comes: with a password, a
/// code app, recovery codes, and all that the boss will have handed over to themselves.
#[tokio::test]
async fn an_account_made_before_its_owner_came_is_the_owners_alone() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::open(test).await;
        let (house, accounts) = (&city.house, &city.house.accounts);
        let boss = house.person(EMAIL).await;
        house.grant(EMAIL, "reader", "a").await;
        let early = house.weak(EMAIL).await;
        let app = house.add_app(&early).await;
        let codes = accounts.make_recovery_codes(boss).await.expect("codes");
        let waiting = house.half(EMAIL, 1).await;
        let other = "dag@stad.example";
        house.person(other).await;
        let today = civil_date(house.clock.now());
        let new = NewDelegation {
            taker: other.to_owned(),
            grants: None,
            valid_from: today,
            valid_to: today,
        };
        let request = RequestId::new(&SystemIds, house.clock.now());
        accounts
            .hand_over(boss, early.session, request, "", new)
            .await
            .expect("is handed over");
        let taker = house.weak(other).await;
        assert!(house.may(&taker.token, Permission::PageRead, "a").await);
        let letters = house.mails().await.len();

        city.says(|says| says.groups = json!(["it"]));
        let opened = city.inside().await;
        assert_eq!(opened.person, boss, "joined by verified e-mail");
        let stad = async |token: &str| house.may(token, Permission::PersonManage, "stad").await;
        assert!(stad(&opened.token).await);
        assert!(!stad(&early.token).await, "an older log-in is over");
        assert!(!stad(&taker.token).await, "nothing stays handed over");
        assert_eq!(house.log_in(EMAIL, 1).await, LogInOutcome::Refused);
        for code in [house.code(&app), codes[0].clone()] {
            let outcome = house.answer(&waiting, &code, 1).await;
            assert!(!matches!(
                outcome,
                torg_accounts::SecondFactorOutcome::LoggedIn(_)
            ));
        }
        let factors = accounts.factors(boss).await.expect("answers");
        let none = Factors {
            can_add: true,
            can_add_passkey: factors.can_add_passkey,
            ..Factors::default()
        };
        assert_eq!(factors, none);
        let events = house.events(boss).await;
        let linked = events.iter().find(|it| it.kind == "person.identity_linked");
        let before = format!("{:?}", linked.expect("is told").payload);
        assert!(
            before.contains("sessions_ended") && before.contains("passkeys"),
            "{before}"
        );
        let mails = house.mails().await;
        assert_eq!(mails.len(), letters + 1, "one letter to the owner");
        let told = |mail: &String| mail.contains("stadens gemensamma inloggning");
        assert!(mails.iter().any(told), "{mails:?}");

        // No way back in: nobody but the operator makes a password for it.
        let alma = house.person("alma@stad.example").await;
        house
            .grant("alma@stad.example", "administrator", "stad")
            .await;
        let alma = Actor::Person {
            id: alma,
            role: None,
            organisation: None,
            on_behalf_of: None,
        };
        let refused = accounts
            .set_password(&alma, EMAIL, crate::house::PASSWORD)
            .await;
        match refused {
            Err(Problem::Conflict(message)) => assert_eq!(message.key, "person-password-linked"),
            other => panic!("{other:?}"),
        }
        assert!(accounts.is_linked(boss).await.expect("answers"));
        let by_command = accounts
            .set_password(&system(), EMAIL, crate::house::PASSWORD)
            .await;
        by_command.expect("for the day when the provider is down");
        house.weak(EMAIL).await;
        // That one stays when the owner comes by the provider again.
        city.inside().await;
        house.weak(EMAIL).await;
    });
}

#[tokio::test]
async fn an_account_that_a_log_in_made_is_no_news_to_its_owner() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::open(test).await;
        city.inside().await;
        assert!(city.house.mails().await.is_empty());
    });
}
