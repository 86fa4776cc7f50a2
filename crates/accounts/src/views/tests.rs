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
