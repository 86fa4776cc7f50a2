//! What the templates show.

use askama::Template;
use torg_ui::{Desk, Field, FieldKind, T};

use crate::{Group, Hit, Urgency, Waiting};

/// A thing that was worked on lately.
pub(crate) struct LatelyRow {
    pub title: String,
    pub href: String,
    pub what: String,
    pub time: String,
    pub iso: String,
}

/// `/admin`.
#[derive(Template)]
#[template(path = "start.html", whitespace = "minimize")]
pub(crate) struct StartPage {
    pub desk: Desk,
    pub waiting: Vec<Waiting>,
    pub begin: Vec<Hit>,
    pub mine: Vec<LatelyRow>,
    pub others: Vec<LatelyRow>,
}

impl StartPage {
    fn is_late(kind: &Waiting) -> bool {
        kind.urgency == Urgency::Late
    }

    fn find(&self) -> Field {
        find_field(self.desk.t(), "")
    }
}

/// `/admin/find`.
#[derive(Template)]
#[template(path = "find.html", whitespace = "minimize")]
pub(crate) struct FindPage {
    pub desk: Desk,
    pub query: String,
    pub status: String,
    pub nothing: bool,
    pub groups: Vec<Group>,
}

impl FindPage {
    fn find(&self) -> Field {
        find_field(self.desk.t(), &self.query)
    }
}

fn find_field(t: T, query: &str) -> Field {
    Field::new("q", FieldKind::Text, t.get("workspace-find-label"), query)
        .hint(t.get("workspace-find-hint"))
}
