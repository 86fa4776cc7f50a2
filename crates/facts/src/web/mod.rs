//! Where the staff change facts, in one place for all pages that show them.

mod edit;
mod form;
mod list;

use std::sync::Arc;

use torg_kernel::{Access, Permission};
use torg_web::Routes;

use crate::service::FactUse;

/// The pages, and what they need of other rooms; wired by the program.
pub struct FactPages {
    /// Knows where facts are used.
    pub used: Arc<dyn FactUse>,
}

impl FactPages {
    /// `/admin/facts`, `/admin/facts/new` and `/admin/facts/{id}`.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let needs = Access::Needs(Permission::FactEdit);
        Routes::new()
            .get("/admin/facts", needs, list::get)
            .get("/admin/facts/new", needs, edit::get_new)
            .post("/admin/facts/new", needs, {
                let pages = self.clone();
                move |context| edit::post_new(pages.clone(), context)
            })
            .get("/admin/facts/{id}", needs, {
                let pages = self.clone();
                move |context| edit::get(pages.clone(), context)
            })
            .post("/admin/facts/{id}", needs, {
                let pages = self.clone();
                move |context| edit::post(pages.clone(), context)
            })
    }
}
