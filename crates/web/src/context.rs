//! A request that is no public page: what was sent, and who sent it.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde::Serialize;
use torg_kernel::{
    Actor, Locale, Message, OrganisationId, Permission, Problem, RequestId, Result, Timestamp,
};
use torg_ui::T;

use crate::{App, Caller, preferred, request};

/// The cookie that holds a log-in, by plain HTTP on one's own machine; with HTTPS it gets the
/// prefix `__Host-`, which ties it to this host.
pub const SESSION_COOKIE: &str = "torg_session";

/// A cookie's value.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(own, _)| *own == name)
        .map(|(_, value)| value.to_owned())
}

/// The `Set-Cookie` for a log-in; an empty token ends it.
#[must_use]
pub fn session_cookie(token: &str, https: bool, seconds: i64) -> String {
    let (prefix, secure) = if https {
        ("__Host-", "; Secure")
    } else {
        ("", "")
    };
    format!(
        "{prefix}{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"
    )
}

pub(crate) fn session_token(headers: &HeaderMap, https: bool) -> Option<String> {
    let name = if https {
        format!("__Host-{SESSION_COOKIE}")
    } else {
        SESSION_COOKIE.to_owned()
    };
    cookie(headers, &name)
}

/// A form as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// A field's text with line ends as `\n`; empty when it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.replace("\r\n", "\n"))
            .unwrap_or_default()
    }

    /// A digest of all that was written, without the form's own id: tells a resend from another
    /// form under the same id, as when somebody goes back, changes the text and sends again.
    #[must_use]
    pub fn digest(&self) -> String {
        use sha2::{Digest, Sha256};
        let mut hasher = Sha256::new();
        for (name, value) in self.0.iter().filter(|(name, _)| name != "request_id") {
            hasher.update((name.len() as u64).to_be_bytes());
            hasher.update(name);
            hasher.update((value.len() as u64).to_be_bytes());
            hasher.update(value);
        }
        torg_kernel::hex(&hasher.finalize())
    }

    /// Whether a field was sent at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(own, _)| own == name)
    }

    /// The id under which the form was made, so that sending it twice happens once.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when it is missing or malformed.
    pub fn request_id(&self) -> Result<RequestId> {
        RequestId::from_str(&self.text("request_id"))
            .map_err(|_| Problem::field("request_id", Message::new("form-request-id")))
    }
}

/// A request with who sent it.
pub struct Context {
    /// The program.
    pub app: Arc<App>,
    /// Who asks, if logged in.
    pub caller: Option<Caller>,
    /// What for.
    pub method: Method,
    /// The path as it was sent.
    pub path: String,
    /// Parts of the path by name, decoded.
    pub params: Vec<(String, String)>,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: HeaderMap,
    /// What was sent along.
    pub body: Bytes,
    /// From where; `None` in tests.
    pub peer: Option<SocketAddr>,
    /// The number by which the log knows this request.
    pub request_id: String,
    /// What time it is.
    pub now: Timestamp,
}

impl Context {
    /// The language of the interface for this person.
    #[must_use]
    pub fn locale(&self) -> Locale {
        preferred(&self.headers)
    }

    /// The words of the interface.
    #[must_use]
    pub fn t(&self) -> T {
        T::of(self.locale())
    }

    /// A parameter of the query.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// A part of the path as an id or another type.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when it does not fit the type: no such thing can exist.
    pub fn param<V: FromStr>(&self, name: &str) -> Result<V> {
        self.params
            .iter()
            .find(|(own, _)| own == name)
            .and_then(|(_, value)| value.parse().ok())
            .ok_or(Problem::NotFound)
    }

    /// The form that was sent.
    #[must_use]
    pub fn form(&self) -> Form {
        Form(form_urlencoded::parse(&self.body).into_owned().collect())
    }

    /// Whoever is logged in.
    ///
    /// # Errors
    /// [`Problem::LogInNeeded`] when nobody is.
    pub fn caller(&self) -> Result<&Caller> {
        self.caller.as_ref().ok_or(Problem::LogInNeeded)
    }

    /// The actor for a change that needs a permission for an organisation.
    ///
    /// # Errors
    /// [`Problem::LogInNeeded`] or [`Problem::Forbidden`].
    pub fn acting(&self, permission: Permission, organisation: OrganisationId) -> Result<Actor> {
        self.caller()?.acting(permission, organisation)
    }

    /// A new id for a form.
    #[must_use]
    pub fn new_request_id(&self) -> String {
        RequestId::new(&*self.app.ids, self.now).to_string()
    }
}

/// What goes back.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub body: Bytes,
    /// Bytes that come piece by piece, instead of the body.
    pub(crate) pieces: Option<Pieces>,
}

type PieceStream = BoxStream<'static, std::io::Result<Bytes>>;

/// A stream that is taken once, by whoever sends the reply.
#[derive(Clone)]
pub(crate) struct Pieces(Arc<Mutex<Option<PieceStream>>>);

impl Pieces {
    pub(crate) fn take(&self) -> Option<PieceStream> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pieces")
    }
}

impl Reply {
    /// A reply whose bytes come piece by piece, for what is too large to hold for each reader.
    /// When the stream fails, so does the connection: the reader sees that it is not whole.
    #[must_use]
    pub fn streamed(
        content_type: &str,
        length: u64,
        pieces: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static,
    ) -> Self {
        let mut reply = Self::new(200, content_type, Bytes::new());
        reply.headers.insert(CONTENT_LENGTH, length.into());
        reply.pieces = Some(Pieces(Arc::new(Mutex::new(Some(pieces.boxed())))));
        reply
    }

    /// The same, kept by browsers and proxies as the directive says (RFC 9111, section 5.2.2), such
    /// as `public, max-age=31536000, immutable`.
    #[must_use]
    pub fn kept(mut self, directive: &'static str) -> Self {
        self.headers
            .insert(CACHE_CONTROL, HeaderValue::from_static(directive));
        self
    }

    /// A reply of a type. It is never stored by anybody.
    #[must_use]
    pub fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut headers = HeaderMap::with_capacity(12);
        let content_type = HeaderValue::from_str(content_type)
            .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
        headers.insert(CONTENT_TYPE, content_type);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        request::secure(&mut headers);
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self {
            status,
            headers,
            body: body.into(),
            pieces: None,
        }
    }

    /// An HTML page for one reader.
    #[must_use]
    pub fn html(body: String) -> Self {
        Self::new(200, "text/html; charset=utf-8", body)
    }

    /// The same form again, with what is wrong.
    #[must_use]
    pub fn form_again(body: String) -> Self {
        Self::new(422, "text/html; charset=utf-8", body)
    }

    /// Plain text.
    #[must_use]
    pub fn text(body: impl Into<Bytes>) -> Self {
        Self::new(200, "text/plain; charset=utf-8", body)
    }

    /// JSON.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn json<V: Serialize>(value: &V) -> Result<Self> {
        Ok(Self::new(
            200,
            "application/json",
            serde_json::to_vec(value)?,
        ))
    }

    /// On to another page, after something was done (`303`).
    #[must_use]
    pub fn see_other(to: &str) -> Self {
        Self::redirect(303, to)
    }

    pub(crate) fn redirect(status: u16, to: &str) -> Self {
        let reply = Self::new(status, "text/plain; charset=utf-8", Bytes::new());
        reply.with(LOCATION, to)
    }

    /// The same with a header; a value that no header can hold is left out.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(name, value);
        }
        self
    }

    /// The same with a cookie.
    #[must_use]
    pub fn with_cookie(self, cookie: &str) -> Self {
        self.with(SET_COOKIE, cookie)
    }
}
