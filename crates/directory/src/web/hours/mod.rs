//! Pages about hours: of one unit, of many at once, and holidays that nobody has thought of; and the
//! addresses of the calendar of days.

mod bulk;
mod bulk_fields;
mod bulk_read;
mod edit;
mod form;
mod missing;
mod rows;

use std::sync::Arc;

use torg_kernel::{Access, Permission};
use torg_web::Routes;

use super::{Directory, almanac_page};

pub use missing::count_silent;

impl Directory {
    pub(super) fn hours_routes(self: &Arc<Self>) -> Routes {
        let edit = Access::Needs(Permission::UnitEdit);
        let days = Access::Needs(Permission::AlmanacManage);
        Routes::new()
            .get("/admin/hours", edit, bulk::get)
            .post("/admin/hours", edit, bulk::post)
            .get("/admin/hours/missing", edit, missing::get)
            .post("/admin/hours/{id}/undo", edit, bulk::undo)
            .get("/admin/almanac", days, almanac_page::list)
            .post("/admin/almanac", days, almanac_page::add)
            .get("/admin/almanac/{id}", days, almanac_page::get)
            .post("/admin/almanac/{id}", days, almanac_page::post)
            .post("/admin/almanac/{id}/remove", days, almanac_page::remove)
            .get("/admin/units/{id}/hours", edit, {
                let directory = self.clone();
                move |context| edit::get(directory.clone(), context)
            })
            .post("/admin/units/{id}/hours", edit, {
                let directory = self.clone();
                move |context| edit::post(directory.clone(), context)
            })
    }
}
