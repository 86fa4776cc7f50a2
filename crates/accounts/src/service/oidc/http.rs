//! The client that asks the identity provider: HTTPS with rustls and ring, a few seconds of
//! patience, answers of bounded length, and no redirects, so that what an operator entered is what
//! is asked.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(4);
/// How long a whole answer may take.
const ANSWER: Duration = Duration::from_secs(8);
/// The longest answer: a discovery document has some thousand bytes, a set of keys some more.
const LONGEST: usize = 1_000_000;

/// Why the provider gave no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpFault {
    /// No connection, or none that can be trusted.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    /// The answer broke off or was too long.
    #[error("the answer could not be read: {0}")]
    Broken(String),
    /// It took too long.
    #[error("no answer within {} seconds", ANSWER.as_secs())]
    Late,
}

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SetUpFault {
    /// The certificates of the city's own authority.
    #[error("the certificates of the provider's authority cannot be read")]
    Authority,
    /// The protocol's versions.
    #[error(transparent)]
    Tls(#[from] rustls::Error),
}

type Connector = HttpsConnector<HttpConnector>;

/// The client. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Http(Client<Connector, Full<Bytes>>);

fn roots(authority: Option<&[u8]>) -> Result<RootCertStore, SetUpFault> {
    let mut roots = RootCertStore::empty();
    if let Some(pem) = authority {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|_| SetUpFault::Authority)?;
            roots.add(certificate).map_err(|_| SetUpFault::Authority)?;
        }
        if roots.is_empty() {
            return Err(SetUpFault::Authority);
        }
    } else {
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
    }
    Ok(roots)
}

impl Http {
    /// A client that trusts an authority of the city's own, or those of the machine.
    pub(crate) fn new(authority: Option<&[u8]>) -> Result<Self, SetUpFault> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots(authority)?)
            .with_no_client_auth();
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(CONNECT));
        // Plain HTTP is for providers on this machine only: see `is_safe_issuer`.
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector)))
    }

    async fn send(self, request: HttpRequest) -> Result<HttpResponse, HttpFault> {
        let request = request.map(|body| Full::new(Bytes::from(body)));
        let asking = async {
            let answer = self.0.request(request).await.map_err(|fault| {
                let cause = std::error::Error::source(&fault).map(ToString::to_string);
                HttpFault::Unreachable(cause.unwrap_or_else(|| fault.to_string()))
            })?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, LONGEST)
                .collect()
                .await
                .map_err(|fault| HttpFault::Broken(fault.to_string()))?;
            Ok(http::Response::from_parts(parts, body.to_bytes().to_vec()))
        };
        tokio::time::timeout(ANSWER, asking)
            .await
            .unwrap_or(Err(HttpFault::Late))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpFault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpFault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.clone().send(request))
    }
}
