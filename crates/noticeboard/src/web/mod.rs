//! The notice board's pages.

mod admin;
mod attach;
mod draw;
mod form;
mod proof;
mod public;

use std::sync::Arc;

use async_trait::async_trait;
use torg_db::Snapshot;
use torg_files::{Blobs, LARGEST};
use torg_kernel::{Access, Locale, Permission, Result, UnitId};
use torg_web::Routes;

use crate::deadline::NoticeSettings;

/// A unit that can be named as the contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardUnit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
}

/// What the board asks of other rooms. Owned here, answered by the binary.
#[async_trait]
pub trait Neighbours: Send + Sync {
    /// The units that can be named as contacts, by name.
    ///
    /// # Errors
    /// When the database fails.
    async fn units(&self, on: &Snapshot, locale: Locale) -> Result<Vec<BoardUnit>>;
}

/// The notice board's pages and what they need of other rooms; wired by the binary.
pub struct NoticeBoard {
    /// Days set by law, and others.
    pub settings: NoticeSettings,
    /// The page that says how to appeal, by language; empty when there is none. The law wants that
    /// the board says how decisions are appealed (kommunallagen 8:10); a short text is always there.
    pub appeal_pages: Vec<(Locale, String)>,
    /// Where the bytes of files lie.
    pub blobs: Blobs,
    /// Units.
    pub neighbours: Arc<dyn Neighbours>,
}

/// The largest form: the largest file and the words round it.
const LARGEST_FORM: usize = LARGEST + 1024 * 1024;

const BOARD_QUERY: &[&str] = &["organisation", "kind", "q"];

impl NoticeBoard {
    /// The notice board's routes.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let mut routes = Routes::new();
        for (locale, board, one, feed) in [
            (
                Locale::SV,
                "/anslagstavla",
                "/anslagstavla/{key}",
                "/anslagstavla.atom",
            ),
            (
                Locale::EN,
                "/en/notice-board",
                "/en/notice-board/{key}",
                "/en/notice-board.atom",
            ),
        ] {
            let (list, page) = (self.clone(), self.clone());
            routes = routes
                .page(board, BOARD_QUERY, move |request| {
                    let board = list.clone();
                    Box::pin(async move { public::list(&board, request, locale).await })
                })
                .page(feed, &["organisation"], move |request| {
                    Box::pin(public::feed(request, locale))
                })
                .page(one, &[], move |request| {
                    let board = page.clone();
                    Box::pin(async move { public::one(&board, request, locale).await })
                });
        }
        routes.and(self.staff_routes())
    }

    fn staff_routes(self: &Arc<Self>) -> Routes {
        let needs = Access::Needs(Permission::NoticePublish);
        let with = || self.clone();
        Routes::new()
            .get("/admin/notice-board", needs, admin::list)
            .get("/admin/notice-board/new", needs, {
                let board = with();
                move |context| admin::get_new(board.clone(), context)
            })
            .post("/admin/notice-board/new", needs, {
                let board = with();
                move |context| admin::post_new(board.clone(), context)
            })
            .get("/admin/notice-board/{id}", needs, {
                let board = with();
                move |context| admin::get(board.clone(), context)
            })
            .post("/admin/notice-board/{id}", needs, {
                let board = with();
                move |context| admin::post(board.clone(), context)
            })
            .post("/admin/notice-board/{id}/withdraw", needs, {
                let board = with();
                move |context| admin::post_withdraw(board.clone(), context)
            })
            .upload("/admin/notice-board/{id}/files", needs, LARGEST_FORM, {
                let board = with();
                move |context| attach::add(board.clone(), context)
            })
            .post("/admin/notice-board/{id}/files/{file}/remove", needs, {
                let board = with();
                move |context| attach::remove(board.clone(), context)
            })
            .get("/admin/notice-board/{id}/proof", needs, {
                let board = with();
                move |context| proof::get(board.clone(), context)
            })
            .get(
                "/admin/notice-board/{id}/proof.json",
                needs,
                proof::download,
            )
    }

    fn appeal_page(&self, locale: Locale) -> String {
        self.appeal_pages
            .iter()
            .find(|(own, _)| *own == locale)
            .map(|(_, path)| path.clone())
            .unwrap_or_default()
    }
}
