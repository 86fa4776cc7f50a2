//! Mail into a folder, one `.eml` file each: the default, which sends nothing to anybody.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::{Parcel, Transport};
use crate::model::Outcome;

/// Writes each mail as a file named by its id. A mail that is sent twice is one file.
#[derive(Debug, Clone)]
pub struct FolderTransport {
    folder: PathBuf,
}

impl FolderTransport {
    /// Into this folder, which is made when it is needed.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }
}

/// Written beside and moved into place, so that nobody reads half a mail.
fn write(folder: &Path, parcel: &Parcel) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".{}.part", parcel.id));
    let mut file = fs::File::create(&beside)?;
    file.write_all(&parcel.bytes)?;
    file.sync_data()?;
    fs::rename(&beside, folder.join(format!("{}.eml", parcel.id)))
}

#[async_trait]
impl Transport for FolderTransport {
    async fn deliver(&self, parcel: &Parcel) -> Outcome {
        let (folder, parcel) = (self.folder.clone(), parcel.clone());
        let written = tokio::task::spawn_blocking(move || write(&folder, &parcel)).await;
        let failed = |error: &dyn std::fmt::Display| {
            let folder = self.folder.display();
            Outcome::Trouble(format!(
                "the mail folder {folder} cannot be written: {error}"
            ))
        };
        match written {
            Ok(Ok(())) => Outcome::Delivered,
            Ok(Err(error)) => failed(&error),
            Err(error) => failed(&error),
        }
    }
}
