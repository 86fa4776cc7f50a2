//! Forms with files in them: `multipart/form-data` (RFC 7578). The whole of it is held in memory,
//! which suits pictures and documents from the staff; nobody else may send any.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http_body_util::BodyExt;
use torg_kernel::{Message, Problem, Result};

use crate::context::{Context, Form};

/// A slow line may take so long for the largest file.
const PATIENCE: Duration = Duration::from_secs(300);
/// The most fields of a form.
const MOST_FIELDS: usize = 100;
/// How many times what is allowed is still read, only to be thrown away: a browser that is cut off
/// while it sends shows no answer, and the person never learns that the file was too large.
const STILL_READ: usize = 4;

/// A file of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// The field's name.
    pub field: String,
    /// What the sender calls the file; proves nothing.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// A form with files, taken apart.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// The fields that are text.
    pub form: Form,
    /// The files. A field that was left empty is not among them.
    pub files: Vec<UploadedFile>,
}

impl Upload {
    /// The file of a field, if one was chosen.
    #[must_use]
    pub fn file(&self, field: &str) -> Option<&UploadedFile> {
        self.files.iter().find(|file| file.field == field)
    }
}

impl Context {
    /// The form with files that was sent; a plain form is taken as one without files.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the field `upload` when it cannot be taken apart.
    pub async fn upload(&self) -> Result<Upload> {
        if !is_multipart(&self.headers) {
            return Ok(Upload {
                form: self.form(),
                files: Vec::new(),
            });
        }
        let content_type = self.headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        take_apart(content_type.unwrap_or_default(), self.body.clone())
            .await
            .map_err(|error| {
                tracing::info!(%error, "a form with files could not be read");
                Problem::field("upload", Message::new("upload-unreadable"))
            })
    }
}

async fn take_apart(content_type: &str, body: Bytes) -> Result<Upload, multer::Error> {
    let boundary = multer::parse_boundary(content_type)?;
    let once = futures::stream::once(async move { Ok::<_, Infallible>(body) });
    let mut parts = multer::Multipart::new(once, boundary);
    let mut upload = Upload::default();
    let mut count = 0;
    while let Some(part) = parts.next_field().await? {
        count += 1;
        let Some(field) = part
            .name()
            .map(str::to_owned)
            .filter(|_| count <= MOST_FIELDS)
        else {
            continue;
        };
        match part.file_name().map(str::to_owned) {
            Some(name) => {
                let bytes = part.bytes().await?;
                // Browsers send a nameless, empty file for a field that was left empty.
                if !name.is_empty() || !bytes.is_empty() {
                    upload.files.push(UploadedFile { field, name, bytes });
                }
            }
            None => {
                let bytes = part.bytes().await?;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                upload.form.0.push((field, text));
            }
        }
    }
    Ok(upload)
}

/// Whether a form with files is sent.
pub(crate) fn is_multipart(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .trim_start()
                .get(..10)
                .is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
        })
}

/// Reads a body of at most `largest` bytes.
///
/// # Errors
/// The status to answer with.
pub(crate) async fn read(body: Body, largest: usize) -> Result<Bytes, u16> {
    match tokio::time::timeout(PATIENCE, collect(body, largest)).await {
        Ok(read) => read,
        Err(_) => Err(408),
    }
}

async fn collect(mut body: Body, largest: usize) -> Result<Bytes, u16> {
    let mut read = BytesMut::new();
    let mut total: usize = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| 400_u16)?.into_data() else {
            continue;
        };
        total = total.saturating_add(data.len());
        if total <= largest {
            read.extend_from_slice(&data);
        } else if total > largest.saturating_mul(STILL_READ) {
            break;
        } else {
            read = BytesMut::new();
        }
    }
    if total > largest {
        return Err(413);
    }
    Ok(read.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=x1";

    fn part(head: &str, body: &str) -> String {
        format!("--x1\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    }

    #[tokio::test]
    async fn a_form_with_files_is_taken_apart() {
        let body = [
            part("name=\"title\"", "Åsa"),
            part("name=\"file\"; filename=\"a.pdf\"", "%PDF"),
            part("name=\"other\"; filename=\"\"", ""),
            "--x1--\r\n".to_owned(),
        ]
        .concat();
        let upload = take_apart(TYPE, body.into()).await.unwrap();
        assert_eq!(upload.form.text("title"), "Åsa");
        let file = upload.file("file").unwrap();
        assert_eq!(
            (file.name.as_str(), &file.bytes[..]),
            ("a.pdf", &b"%PDF"[..])
        );
        assert_eq!(upload.file("other"), None, "nothing was chosen");
    }

    #[tokio::test]
    async fn half_a_form_is_none() {
        let body = part("name=\"file\"; filename=\"a.pdf\"", "%PDF");
        assert!(take_apart(TYPE, body.into()).await.is_err());
        assert!(
            take_apart("multipart/form-data", Bytes::new())
                .await
                .is_err()
        );
    }

    #[tokio::test]
    async fn what_is_too_large_is_told_and_not_kept() {
        let pieces = |count: usize| {
            let piece = || Ok::<_, Infallible>(Bytes::from(vec![7; 1_000]));
            Body::from_stream(futures::stream::iter((0..count).map(move |_| piece())))
        };
        assert_eq!(read(pieces(3), 3_000).await.unwrap().len(), 3_000);
        assert_eq!(read(pieces(4), 3_000).await, Err(413));
        assert_eq!(
            read(pieces(1_000_000), 3_000).await,
            Err(413),
            "not read to its end"
        );
    }
}
