//! The media bank's pages.

mod edit;
mod files;
mod list;
mod pictures;
mod public;
mod report;
mod upload;
mod words;

use std::sync::Arc;

use torg_files::{Blobs, LARGEST, MediaUse, PictureMaker};
use torg_kernel::{Access, Permission, Result};
use torg_web::{Context, Reply, Routes};

use crate::resolver::MediaFacts;

/// The media bank's pages and what they need of other rooms; wired by the binary.
pub struct Media {
    /// Where bytes lie.
    pub blobs: Blobs,
    /// Makes the sizes of pictures.
    pub maker: PictureMaker,
    /// Knows where pictures and files are used.
    pub used: Arc<dyn MediaUse>,
    /// Finds pictures and files; the same that the program's pages ask.
    pub facts: Arc<MediaFacts>,
}

/// The largest form: the largest file and the words round it.
const LARGEST_FORM: usize = LARGEST + 1024 * 1024;
/// The most pictures that are sent at once.
const MOST_AT_ONCE: usize = 50;
/// All pictures that are sent at once, in bytes. A form is held in memory whole, so this is what one
/// person at the desk can cost.
const LARGEST_AT_ONCE: usize = 120 * 1024 * 1024;

impl Media {
    /// The media bank's routes.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let edit = Access::Needs(Permission::MediaEdit);
        let (pictures, picture) = ("/admin/media", "/admin/media/pictures/{id}");
        let (files, file) = ("/admin/media/files", "/admin/media/files/{id}");
        let (upload, public) = ("/admin/media/upload", Access::Public);
        Routes::new()
            .get("/media/{id}/{file}", public, self.with(public::picture))
            .get("/files/{id}/{file}", public, self.with(public::file))
            .get(pictures, edit, self.with(list::pictures))
            .get(upload, edit, self.with(upload::get))
            .upload(
                upload,
                edit,
                LARGEST_AT_ONCE + 1024 * 1024,
                self.with(upload::post),
            )
            .get(
                "/admin/media/sizes/{id}/{file}",
                edit,
                self.with(public::staff_picture),
            )
            .get(picture, edit, self.with(pictures::get))
            .upload(picture, edit, LARGEST_FORM, self.with(pictures::post))
            .post(
                "/admin/media/pictures/{id}/remove",
                edit,
                self.with(pictures::remove),
            )
            .get(files, edit, self.with(list::files))
            .upload(files, edit, LARGEST_FORM, self.with(files::add))
            .get(file, edit, self.with(files::get))
            .upload(file, edit, LARGEST_FORM, self.with(files::post))
            .post(
                "/admin/media/files/{id}/remove",
                edit,
                self.with(files::remove),
            )
    }

    /// A handler with this room in its hands.
    fn with<F, R>(
        self: &Arc<Self>,
        run: F,
    ) -> impl Fn(Context) -> R + Send + Sync + 'static + use<F, R>
    where
        F: Fn(Arc<Self>, Context) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Reply>> + Send + 'static,
    {
        let media = self.clone();
        move |context| run(media.clone(), context)
    }
}
