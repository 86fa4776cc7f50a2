//! The staff's start page: what waits for me, what I worked on, and one search over everything that I
//! may see, also under Ctrl-K.
//!
//! The room knows no other. Whoever has something to do or to find says so through [`Workplace`],
//! which the program wires. The price is that each opening of the start page asks all of them: they
//! answer from indexes, with few rows.

mod model;
mod views;
mod web;

use std::sync::Arc;

use async_trait::async_trait;
use torg_db::Snapshot;
use torg_kernel::{Access, Permission, Result, Subject};
use torg_web::{Caller, Context, Routes};

pub use model::{Group, Hit, Urgency, Waiting, WaitingItem, matches};

/// Who asks, and for which moment.
pub struct Ask<'a> {
    /// The request.
    pub context: &'a Context,
    /// Whoever is logged in.
    pub caller: &'a Caller,
    /// What the database says now.
    pub on: &'a Snapshot,
}

/// A part of the program that has work for people, or things that they look for. Owned here,
/// answered by the program for each of its rooms. It answers only with what the caller may see.
#[async_trait]
pub trait Workplace: Send + Sync {
    /// What waits for the caller.
    ///
    /// # Errors
    /// When the database fails.
    async fn waiting(&self, _ask: &Ask<'_>) -> Result<Vec<Waiting>> {
        Ok(Vec::new())
    }

    /// What the caller may see that has these words in its name, at most `most` of each kind.
    ///
    /// # Errors
    /// When the database fails.
    async fn find(&self, _ask: &Ask<'_>, _words: &str, _most: usize) -> Result<Vec<Group>> {
        Ok(Vec::new())
    }

    /// Where the caller works with a thing that the log names, if it is one of these.
    fn door(&self, _ask: &Ask<'_>, _subject: &Subject) -> Option<String> {
        None
    }

    /// What the caller can begin, such as a new page.
    fn begin(&self, _ask: &Ask<'_>) -> Vec<Hit> {
        Vec::new()
    }
}

/// The start page and the search.
#[derive(Default)]
pub struct Workspace {
    /// Whom to ask, in the order in which their answers are shown.
    pub places: Vec<Arc<dyn Workplace>>,
}

impl Workspace {
    /// `/admin`, `/admin/find` and `/admin/find.json`.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let staff = Access::Needs(Permission::WorkspaceUse);
        Routes::new()
            .get("/admin", staff, {
                let workspace = self.clone();
                move |context| web::start::get(workspace.clone(), context)
            })
            .get("/admin/find", staff, {
                let workspace = self.clone();
                move |context| web::find::get(workspace.clone(), context)
            })
            .get("/admin/find.json", staff, {
                let workspace = self.clone();
                move |context| web::find::json(workspace.clone(), context)
            })
    }
}
