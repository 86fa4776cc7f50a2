//! Trying one address: HEAD, then GET where HEAD is not answered well; redirects by hand, so that
//! each step passes the guard.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, LOCATION, USER_AGENT};
use http::{Method, Request, Response};
use http_body_util::Empty;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::rt::TokioExecutor;
use url::{Host, Url};

use super::guard::is_public;

/// Most redirects that are followed, as browsers do at least.
const REDIRECTS: usize = 10;

/// What came of trying an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There is something.
    There,
    /// The server says that there is nothing: 404 or 410.
    Gone,
    /// The server does not answer programs, or not now: 401, 403, 405, 429 and the like. Nothing is
    /// known.
    Closed,
    /// No server answered, or only with an error of its own; it may be better tomorrow.
    Silent,
    /// It leads into a network where this program does not look, or is no address at all.
    Refused,
}

/// An answer with its status, if there was one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// What came of it.
    pub outcome: Outcome,
    /// The last status.
    pub status: Option<u16>,
}

impl Answer {
    const fn bare(outcome: Outcome) -> Self {
        Self {
            outcome,
            status: None,
        }
    }

    fn of(status: u16) -> Self {
        let outcome = match status {
            200..=299 | 304 => Outcome::There,
            404 | 410 => Outcome::Gone,
            300..=499 => Outcome::Closed,
            _ => Outcome::Silent,
        };
        Self {
            outcome,
            status: Some(status),
        }
    }
}

/// How addresses are tried.
#[derive(Debug, Clone)]
pub struct ProbeSettings {
    /// What the program calls itself, with an address where somebody can be asked to stop.
    pub agent: String,
    /// The longest wait for one answer.
    pub timeout: Duration,
    /// Whether the machine's own network may be asked as well, by any port: for tests.
    pub inside: bool,
}

/// Why no address can be tried.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// The certificates or the library of TLS.
    #[error("outside links cannot be tried: {0}")]
    Tls(#[from] rustls::Error),
}

/// Finds addresses for names, and keeps those back that may not be asked. It is asked at the moment
/// of connecting, so that a name that changes its address in between gains nothing.
#[derive(Clone)]
struct GuardedNames {
    inside: bool,
}

impl tower::Service<Name> for GuardedNames {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, io::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let inside = self.inside;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found
                .filter(|address| inside || is_public(address.ip()))
                .collect();
            if allowed.is_empty() {
                return Err(io::Error::from(io::ErrorKind::PermissionDenied));
            }
            Ok(allowed.into_iter())
        })
    }
}

type Connector = HttpsConnector<HttpConnector<GuardedNames>>;

/// Tries addresses. Keeps no connection and no cookie.
#[derive(Clone)]
pub struct Probe {
    client: Client<Connector, Empty<Bytes>>,
    settings: Arc<ProbeSettings>,
}

impl Probe {
    /// A client that trusts the certificates that the machine trusts.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(settings: ProbeSettings) -> Result<Self, ProbeError> {
        let mut roots = rustls::RootCertStore::empty();
        // One that cannot be read is one that is not trusted.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let mut http = HttpConnector::new_with_resolver(GuardedNames {
            inside: settings.inside,
        });
        http.enforce_http(false);
        http.set_connect_timeout(Some(settings.timeout));
        let connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build(connector);
        Ok(Self {
            client,
            settings: Arc::new(settings),
        })
    }

    /// Tries an address. Takes at most two timeouts for each step of redirects.
    pub async fn ask(&self, url: &str) -> Answer {
        let Ok(mut url) = Url::parse(url) else {
            return Answer::bare(Outcome::Refused);
        };
        for _ in 0..=REDIRECTS {
            if !self.may_ask(&url) {
                return Answer::bare(Outcome::Refused);
            }
            let (answer, next) = self.step(&url).await;
            match next.and_then(|next| url.join(&next).ok()) {
                Some(next) => url = next,
                None => return answer,
            }
        }
        // Round and round: a reader gets nowhere either.
        Answer::bare(Outcome::Silent)
    }

    /// Whether an address may be asked as far as can be seen from it. Names are looked at once more
    /// when their address is known.
    fn may_ask(&self, url: &Url) -> bool {
        if !matches!(url.scheme(), "http" | "https") {
            return false;
        }
        if self.settings.inside {
            return url.has_host();
        }
        let usual = matches!(url.port_or_known_default(), Some(80 | 443));
        let open = match url.host() {
            Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
            Some(Host::Domain(name)) => name.contains('.'),
            None => false,
        };
        let secret = !url.username().is_empty() || url.password().is_some();
        usual && open && !secret
    }

    /// One step: the answer, and where it sends one.
    async fn step(&self, url: &Url) -> (Answer, Option<String>) {
        let mut last = self.send(Method::HEAD, url).await;
        // Some servers answer HEAD with an error, or not at all, and GET well.
        if !matches!(last.0.outcome, Outcome::There) && last.1.is_none() {
            last = self.send(Method::GET, url).await;
        }
        last
    }

    async fn send(&self, method: Method, url: &Url) -> (Answer, Option<String>) {
        let request = Request::builder()
            .method(method)
            .uri(url.as_str())
            .header(USER_AGENT, &self.settings.agent)
            .header(ACCEPT, "text/html,*/*;q=0.8")
            .body(Empty::new());
        let Ok(request) = request else {
            return (Answer::bare(Outcome::Refused), None);
        };
        let asked: ResponseFuture = self.client.request(request);
        match tokio::time::timeout(self.settings.timeout, asked).await {
            Ok(Ok(response)) => read(&response),
            Ok(Err(error)) => (Answer::bare(fault(&error)), None),
            Err(_) => (Answer::bare(Outcome::Silent), None),
        }
    }
}

/// What a response says. Its body is not read: the connection is closed when it is dropped.
fn read<B>(response: &Response<B>) -> (Answer, Option<String>) {
    let status = response.status().as_u16();
    let next = matches!(status, 301 | 302 | 303 | 307 | 308)
        .then(|| response.headers().get(LOCATION))
        .flatten()
        .and_then(|to| to.to_str().ok())
        .map(str::to_owned);
    (Answer::of(status), next)
}

/// What the guard kept back is told from what did not answer.
fn fault(error: &(dyn std::error::Error + 'static)) -> Outcome {
    let mut source = Some(error);
    while let Some(error) = source {
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|io| io.kind() == io::ErrorKind::PermissionDenied) {
            return Outcome::Refused;
        }
        source = error.source();
    }
    Outcome::Silent
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower::Service;

    #[tokio::test]
    async fn a_name_that_leads_inside_is_found_out_when_its_address_is_known() {
        let name = || "localhost".parse::<Name>().expect("a name");
        let kept = GuardedNames { inside: false }.call(name()).await;
        let error = kept.expect_err("it leads to this machine");
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fault(&error), Outcome::Refused);
        let found = GuardedNames { inside: true }.call(name()).await;
        assert!(found.expect("it has an address").count() > 0);
    }

    #[test]
    fn an_answer_says_no_more_than_it_says() {
        for (status, outcome) in [
            (204, Outcome::There),
            (304, Outcome::There),
            (301, Outcome::Closed),
            (401, Outcome::Closed),
            (404, Outcome::Gone),
            (410, Outcome::Gone),
            (429, Outcome::Closed),
            (500, Outcome::Silent),
            (999, Outcome::Silent),
        ] {
            assert_eq!(Answer::of(status).outcome, outcome, "{status}");
        }
    }
}
