use askama::Template;
use torg_kernel::{FieldError, Message};
use torg_ui::DeskSection;
use torg_ui::sample::{desk, languages, say, shell, show};

use super::*;

#[test]
fn the_log_in_page_is_drawn() {
    for t in languages() {
        let mut frame = shell(t, say(t, "Logga in", "Log in"), "/log-in");
        frame.noindex = true;
        let mut page = LogInPage {
            shell: frame,
            action: "/log-in".to_owned(),
            next: "/admin".to_owned(),
            email: String::new(),
            errors: Vec::new(),
            said: None,
            failed: Some(say(t, "Det gick inte.", "It failed.").to_owned()),
            leave: None,
            provider: None,
            demo_accounts: vec![DemoAccount {
                email: "redaktor@goteborg.example".to_owned(),
                role: say(t, "Redaktör", "Editor").to_owned(),
            }],
            demo_password: "demo".to_owned(),
        };
        show("log-in", t, &page.render().unwrap());
        page.email = "fel@goteborg.example".to_owned();
        page.demo_accounts.clear();
        page.errors = vec![FieldError {
            field: "log-in".to_owned(),
            message: Message::new("error-required"),
        }];
        let html = page.render().unwrap();
        assert!(html.contains("value=\"fel@goteborg.example\"") && html.contains("role=\"alert\""));
        show("log-in-error", t, &html);
    }
}

#[test]
fn the_account_is_drawn() {
    for t in languages() {
        let session = |id: &str, current| SessionRow {
            id: id.to_owned(),
            browser: format!("Firefox {id}"),
            last_seen: say(t, "i går", "yesterday").to_owned(),
            since: say(t, "Sedan i förrgår, med lösenord", "With a password").to_owned(),
            current,
        };
        let mut page = AccountPage {
            desk: desk(t, DeskSection::Account, say(t, "Mitt konto", "My account")),
            name: "Maryam Ek".to_owned(),
            email: "maryam@goteborg.example".to_owned(),
            factors: say(t, "Du loggar in med lösenord.", "Password only.").to_owned(),
            safety: vec![NavLink::new("Lösenord", "/admin/account/password")],
            sessions: vec![session("1", true), session("2", false), session("3", false)],
            end_action: "/admin/account/sessions".to_owned(),
            grants: vec![GrantRow {
                role: say(t, "Redaktör", "Editor").to_owned(),
                source: Some(say(t, "Från inloggningen", "From the log-in").to_owned()),
                organisation: "Stadsmiljöförvaltningen".to_owned(),
                from: say(t, "1 januari 2026", "1 January 2026").to_owned(),
                to: None,
            }],
        };
        let html = page.render().unwrap();
        assert_eq!(html.matches("name=\"session\"").count(), 3);
        show("account", t, &html);
        page.grants.clear();
        page.sessions.truncate(1);
        show("account-new", t, &page.render().unwrap());
    }
}

fn wrong(field: &str) -> Vec<FieldError> {
    vec![FieldError {
        field: field.to_owned(),
        message: Message::new("error-required"),
    }]
}

#[test]
fn the_second_step_is_drawn() {
    for t in languages() {
        let mut frame = shell(t, say(t, "Bekräfta", "Confirm"), "/admin/log-in");
        frame.noindex = true;
        let mut page = SecondStepPage {
            shell: frame,
            action: "/admin/log-in/second-factor".to_owned(),
            next: "/admin/pages".to_owned(),
            app: true,
            passkey: Some(r#"{"publicKey":{"challenge":"a\"b"}}"#.to_owned()),
            written: String::new(),
            errors: Vec::new(),
            again_href: "/admin/log-in".to_owned(),
        };
        let html = page.render().unwrap();
        assert!(html.contains("passkey.") && html.contains("one-time-code"));
        assert!(!html.contains(r#"a\"b"#), "the question is escaped");
        show("second-step", t, &html);
        page.passkey = None;
        page.app = false;
        page.written = "abcd-efgh".to_owned();
        page.errors = wrong("code");
        let html = page.render().unwrap();
        assert!(html.contains("role=\"alert\"") && html.contains("value=\"abcd-efgh\""));
        assert!(!html.contains("passkey."));
        show("second-step-recovery", t, &html);
    }
}

#[test]
fn factors_are_drawn_in_every_state() {
    for t in languages() {
        let frame = || {
            desk(
                t,
                DeskSection::Account,
                say(t, "Andra steget", "Second step"),
            )
        };
        let mut page = FactorsPage {
            desk: frame(),
            error: None,
            missing: true,
            next: Some("/admin/pages".to_owned()),
            elsewhere: None,
            app_since: None,
            passkeys: Vec::new(),
            recovery_left: None,
            can_add: true,
            can_add_passkey: false,
            action: "/admin/account/second-factor".to_owned(),
        };
        let html = page.render().unwrap();
        assert!(
            !html.contains("ds-button\" href=\"/admin/pages\""),
            "not before all is done"
        );
        assert!(html.contains("value=\"begin-app\"") && !html.contains("begin-passkey"));
        show("factors-missing", t, &html);
        page.missing = false;
        page.app_since = Some("3 mars 2026".to_owned());
        page.recovery_left = Some(0);
        let html = page.render().unwrap();
        let at = |part: &str| html.find(part).expect(part);
        assert!(
            at("recovery-codes") < at("remove-app"),
            "what is missing first"
        );
        page.recovery_left = Some(2);
        page.can_add_passkey = true;
        page.error = Some(say(t, "Det går inte.", "It cannot be done.").to_owned());
        page.passkeys = vec![PasskeyRow {
            id: "1".to_owned(),
            name: "Jobb <dator>".to_owned(),
            about: say(t, "Tillagd i går", "Added yesterday").to_owned(),
        }];
        let html = page.render().unwrap();
        let at = |part: &str| html.find(part).expect(part);
        assert!(at("recovery-codes") > at("remove-app"));
        assert!(html.contains("ds-button\" href=\"/admin/pages\""));
        assert!(html.contains("Jobb &#60;dator&#62;") || html.contains("Jobb &lt;dator&gt;"));
        show("factors", t, &html);
        page.can_add = false;
        page.can_add_passkey = false;
        show("factors-off", t, &page.render().unwrap());
        page.elsewhere = Some("stadens inloggning".to_owned());
        let html = page.render().unwrap();
        assert!(!html.contains("<form method=\"post\" action=\"/admin/account/second-factor\""));
        show("factors-elsewhere", t, &html);
    }
}

#[test]
fn adding_a_factor_is_drawn() {
    for t in languages() {
        let frame = || desk(t, DeskSection::Account, say(t, "Lägg till", "Add"));
        let mut app = AddAppPage {
            desk: frame(),
            action: "/admin/account/second-factor/app".to_owned(),
            next: None,
            cancel_href: "/admin/account/second-factor".to_owned(),
            picture: "data:image/svg+xml,%3Csvg%3E".to_owned(),
            address: "otpauth://totp/a?secret=b".to_owned(),
            text: "ABCD EFGH".to_owned(),
            errors: Vec::new(),
        };
        show("add-app", t, &app.render().unwrap());
        app.errors = wrong("code");
        let html = app.render().unwrap();
        assert!(html.contains("ABCD EFGH") && html.contains("aria-invalid"));
        let passkey = AddPasskeyPage {
            desk: frame(),
            action: "/admin/account/second-factor/passkey".to_owned(),
            next: Some("/admin/units".to_owned()),
            cancel_href: "/admin/account/second-factor".to_owned(),
            question: "{}".to_owned(),
            name: "Firefox".to_owned(),
            errors: wrong("name"),
        };
        let html = passkey.render().unwrap();
        assert!(html.contains("value=\"Firefox\"") && html.contains("value=\"/admin/units\""));
        show("add-passkey", t, &html);
        let codes = RecoveryCodesPage {
            desk: frame(),
            codes: vec!["abcd-efgh-jkmn-pqrs".to_owned(); 10],
            next_href: "/admin".to_owned(),
        };
        let html = codes.render().unwrap();
        assert_eq!(html.matches("<code>").count(), 10);
        show("recovery-codes", t, &html);
        let password = PasswordPage {
            desk: frame(),
            action: "/admin/account/password".to_owned(),
            cancel_href: "/admin/account".to_owned(),
            least: 15,
            errors: wrong("current"),
        };
        show("password", t, &password.render().unwrap());
    }
}
