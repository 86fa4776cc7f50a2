//! A small city with people, for tests of the ways in.

use std::net::IpAddr;
use std::sync::Arc;

use torg_accounts::{
    AccountSettings, Accounts, Entry, LogIn, LogInOutcome, NewPerson, Opened, SecondFactorOutcome,
    Source,
};
use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};
use torg_kernel::{Actor, Clock, ManualClock, Permission, PersonId, Subject, SystemIds, Timestamp};
use torg_log::{LogEvent, PayloadClass, history};
use torg_testkit::TestDatabase;

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = torg_log::migrations::migrations();
        all.extend(torg_notify::migrations::migrations());
        all.extend(torg_accounts::migrations::migrations());
        all
    }
}

/// 2026-03-03 13:00 in the city.
pub const NOON: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);
pub const PASSWORD: &str = "tre gula spårvagnar";
pub const EMAIL: &str = "asa@stad.example";

const TREE: &str = "key,kind,parent,name_sv,name_en\n\
    stad,city,,Staden,The City\n\
    a,committee,stad,Äldrenämnden,Elderly Committee\n\
    b,committee,stad,Byggnadsnämnden,Planning Committee\n";

pub struct House {
    pub accounts: Accounts,
    pub clock: Arc<ManualClock>,
    pub test: TestDatabase,
}

pub fn system() -> Actor {
    Actor::system("test")
}

pub fn entry(from: u8) -> Entry {
    Entry {
        source: Source::from(IpAddr::from([192, 0, 2, from])),
        user_agent: "Test\0läsare".to_owned(),
    }
}

pub async fn house(test: TestDatabase, settings: AccountSettings) -> House {
    let clock = Arc::new(ManualClock::new(NOON));
    let accounts = Accounts::new(
        test.database.clone(),
        clock.clone(),
        Arc::new(SystemIds),
        settings,
    );
    accounts.ensure_roles(&system()).await.expect("roles");
    accounts
        .import_organisations(&system(), TREE.as_bytes())
        .await
        .expect("organisations");
    House {
        accounts,
        clock,
        test,
    }
}

impl House {
    pub async fn person(&self, email: &str) -> PersonId {
        let new = NewPerson {
            email: email.to_owned(),
            name: "Åsa Öberg".to_owned(),
        };
        let id = self.accounts.add_person(&system(), &new).await;
        let id = id.expect("is added");
        let set = self.accounts.set_password(&system(), email, PASSWORD).await;
        set.expect("has a password");
        id
    }

    pub async fn grant(&self, email: &str, role: &str, organisation: &str) {
        self.accounts
            .grant(&system(), email, role, organisation, None, None)
            .await
            .expect("is granted");
    }

    pub async fn log_in(&self, email: &str, from: u8) -> LogInOutcome {
        let entry = entry(from);
        self.accounts
            .log_in(LogIn {
                email: email.to_owned(),
                password: PASSWORD.to_owned(),
                source: entry.source,
                user_agent: entry.user_agent,
            })
            .await
            .expect("an answer")
    }

    /// What was written to people about their accounts.
    pub async fn mails(&self) -> Vec<String> {
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            text_body: String,
        }
        let snapshot = self.test.database.snapshot().await.expect("reads");
        let rows: Vec<Row> = torg_db::fetch_all(
            &*snapshot,
            "SELECT c.text_body FROM mail_outbox m JOIN mail_content c ON c.id = m.content_id \
             WHERE m.kind = 'account.changed' ORDER BY m.id",
            vec![],
        )
        .await
        .expect("reads");
        rows.into_iter().map(|row| row.text_body).collect()
    }

    /// A log-in with the password alone.
    pub async fn weak(&self, email: &str) -> Opened {
        match self.log_in(email, 1).await {
            LogInOutcome::LoggedIn {
                token,
                session,
                person,
                expires_at,
            } => Opened {
                token,
                session,
                person,
                expires_at,
            },
            other => panic!("{other:?}"),
        }
    }

    /// The token of a log-in that waits for its second factor.
    pub async fn half(&self, email: &str, from: u8) -> String {
        match self.log_in(email, from).await {
            LogInOutcome::SecondFactor { token, .. } => token,
            other => panic!("{other:?}"),
        }
    }

    pub async fn answer(&self, token: &str, code: &str, from: u8) -> SecondFactorOutcome {
        self.accounts
            .answer_with_code(token, code, entry(from))
            .await
            .expect("an answer")
    }

    /// Adds a code app to the account and gives the address that the app was told.
    pub async fn add_app(&self, opened: &Opened) -> String {
        let accounts = &self.accounts;
        accounts.begin_app(opened.person).await.expect("begins");
        let key = accounts.app_key(opened.person).await.expect("an answer");
        let address = key.expect("a key").address;
        accounts
            .confirm_app(opened.person, opened.session, &self.code(&address))
            .await
            .expect("is confirmed");
        // The code was used; the next one is another.
        self.clock.advance_seconds(30);
        address
    }

    /// What the app shows now.
    pub fn code(&self, address: &str) -> String {
        let app = totp_rs::Totp::from_url(address).expect("an address");
        let seconds = u64::try_from(self.clock.now().micros() / 1_000_000).expect("after 1970");
        app.generate(seconds).to_string()
    }

    pub async fn may(&self, token: &str, permission: Permission, key: &str) -> bool {
        let tree = self.accounts.organisations().await.expect("a tree");
        let id = tree.find_by_key(key).expect("is there").id;
        let caller = self.accounts.find_caller(token).await.expect("an answer");
        caller.is_some_and(|caller| caller.may(permission, id))
    }

    /// What the log says of a person, the earliest first.
    pub async fn events(&self, person: PersonId) -> Vec<LogEvent> {
        let snapshot = self.test.database.snapshot().await.expect("reads");
        let (person, classes) = (Subject::new("person", person), [PayloadClass::Internal]);
        let mut events = history(&*snapshot, &person, &classes, 100)
            .await
            .expect("reads");
        events.reverse();
        events
    }

    pub async fn kinds(&self, person: PersonId) -> Vec<String> {
        let events = self.events(person).await;
        events.into_iter().map(|event| event.kind).collect()
    }
}
