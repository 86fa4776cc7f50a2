//! Addresses of the staff's pages about hours and the calendar of days.

use std::sync::Arc;

use torg_kernel::{Access, Permission};
use torg_web::Routes;

use super::{Directory, almanac_page, hours_bulk, hours_edit, hours_missing};

impl Directory {
    pub(super) fn hours_routes(self: &Arc<Self>) -> Routes {
        let edit = Access::Needs(Permission::UnitEdit);
        let days = Access::Needs(Permission::AlmanacManage);
        Routes::new()
            .get("/admin/hours", edit, hours_bulk::get)
            .post("/admin/hours", edit, hours_bulk::post)
            .get("/admin/hours/missing", edit, hours_missing::get)
            .post("/admin/hours/{id}/undo", edit, hours_bulk::undo)
            .get("/admin/almanac", days, almanac_page::list)
            .post("/admin/almanac", days, almanac_page::add)
            .get("/admin/almanac/{id}", days, almanac_page::get)
            .post("/admin/almanac/{id}", days, almanac_page::post)
            .post("/admin/almanac/{id}/remove", days, almanac_page::remove)
            .get("/admin/units/{id}/hours", edit, {
                let directory = self.clone();
                move |context| hours_edit::get(directory.clone(), context)
            })
            .post("/admin/units/{id}/hours", edit, {
                let directory = self.clone();
                move |context| hours_edit::post(directory.clone(), context)
            })
    }
}
