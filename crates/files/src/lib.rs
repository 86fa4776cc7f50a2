//! Pictures and files: their bytes by content, what they are by content, pictures in all the sizes
//! that pages send, and the rows that say what they show and whose they are.
//!
//! What is sent to readers is made from pixels alone, so that no position or name can follow a
//! picture out. The price is that the file as it was sent is not kept: an export gives back the
//! original without its metadata.

mod blob;
mod expiry;
mod import;
mod kind;
pub mod migrations;
mod model;
mod picture;
mod rights;
mod said;
mod service;
mod store;
mod verify;

pub use blob::{BlobError, BlobId, BlobIdError, BlobStream, Blobs, ORPHAN_SECONDS, Swept};
pub use expiry::tell_expired;
pub use import::{
    Exported, FileInput, FileRow, ImportReport, PictureInput, PictureRow, Source, StagedFile,
    StagedPicture, export_files, export_pictures, import_files, import_pictures, parse_file_rows,
    parse_picture_rows, preview_files, preview_pictures, stage_files, stage_pictures,
};
pub use kind::{FileKind, LARGEST, recognise};
pub use model::{
    AltTexts, Focus, Owner, Picture, PictureData, PictureVariant, StoredFile, is_key, parse_themes,
    safe_name,
};
pub use picture::{
    LONGEST_SIDE, MOST_PIXELS, MadePicture, MadeVariant, PictureFormat, PictureMaker, WIDTHS,
    check_picture, look_alike,
};
pub use rights::{Licence, People, Rights, WARNING_DAYS, parse_until};
pub use service::{
    MayRead, MediaRef, MediaUse, ReadyFile, ReadyPicture, UnseenPlaces, UsePlace, add_file,
    add_picture, change_file, change_picture, file_tag, picture_tag, ready_file, ready_picture,
    remove_file, remove_picture,
};
pub use store::{
    Found, PictureFilter, PictureShow, count_pictures, filter_pictures, find_file,
    find_file_by_key, find_picture, find_picture_by_key, find_variant, list_alike, list_blobs,
    list_canonical, list_files, list_files_by_id, list_pictures, list_pictures_by_id, list_same,
    search_files, search_pictures,
};
pub use verify::{BlobFault, BlobReport, DamagedBlob, verify_blobs};
