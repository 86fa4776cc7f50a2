//! Logging in by the city's identity provider: OpenID Connect Core 1.0, the code flow with PKCE
//! (RFC 7636), state and nonce.
//!
//! What is kept between the two halves of a log-in lies in the database under the digest of its
//! state, so that any node can finish what another began and a state works once. It belongs to the
//! browser that began it: whoever sends somebody else a finished address logs nobody in.

mod claims;
mod exchange;
mod http;
mod linking;
mod matching;

use std::sync::{Arc, Mutex, PoisonError};

use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow};
use openidconnect::{
    ClientId, CsrfToken, IssuerUrl, LanguageTag, LogoutRequest, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, Scope,
};
use serde::{Deserialize, Serialize};
use torg_kernel::{Locale, Problem, Result, Timestamp, secret_hex};

pub(super) use http::SetUpFault;

use super::entry::{Entry, Opened, step_key};
use super::{Accounts, log_in};
use crate::settings::ProviderSettings;
use crate::store;
use exchange::Flow;
use http::Http;

/// What the provider says of itself is asked for again after so many seconds.
const BELIEVED: i64 = 3_600;

/// Why a log-in by the provider came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderRefusal {
    /// The provider cannot be reached or answers with nonsense.
    Down,
    /// The provider does not accept this site: its settings and ours differ.
    Misconfigured,
    /// The person turned back.
    Cancelled,
    /// The state is unknown, used, too old or another browser's.
    Stale,
    /// The provider's clock and ours differ.
    Clock,
    /// The provider's answer does not prove what it should.
    Untrusted,
    /// Nobody is known by this identity, and no verified e-mail says who it is.
    NoVerifiedEmail,
    /// The account with this e-mail belongs to another identity.
    EmailTaken,
    /// The person has no account here and is in no group that gives one.
    NoAccess,
    /// The person's account is closed.
    Closed,
}

/// A log-in that stopped: for a reason to be told, or by a fault of our own.
pub(super) enum Stop {
    Refused(ProviderRefusal),
    Problem(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<ProviderRefusal> for Stop {
    fn from(why: ProviderRefusal) -> Self {
        Self::Refused(why)
    }
}

type Tried<V> = std::result::Result<V, Stop>;

/// A log-in by the provider that is to begin.
#[derive(Debug, Clone)]
pub struct Begin {
    /// Where the provider sends the browser back to.
    pub callback: String,
    /// Where the person was going: a path of ours.
    pub next: String,
    /// The browser's secret from an earlier beginning, so that two tabs do not disturb each other.
    pub browser: Option<String>,
    /// Whether the person is to prove who they are although the provider knows them.
    pub again: bool,
    /// The language to be asked in.
    pub locale: Locale,
}

/// How it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// The browser goes to the provider.
    Go {
        /// Where.
        address: String,
        /// The browser's secret, for a cookie.
        browser: String,
        /// How long it is good for.
        seconds: i64,
    },
    /// It cannot begin.
    Refused(ProviderRefusal),
}

/// What came back from the provider, in the address.
#[derive(Debug, Clone)]
pub struct Callback {
    /// The address itself, without what is asked in it.
    pub callback: String,
    /// Which beginning it belongs to.
    pub state: String,
    /// The code that buys the token.
    pub code: String,
    /// What went wrong there; empty for nothing.
    pub error: String,
    /// Who says so (RFC 9207).
    pub issuer: Option<String>,
    /// The browser's secret.
    pub browser: Option<String>,
    /// Where from.
    pub entry: Entry,
}

/// How a log-in by the provider ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderOutcome {
    /// The person is logged in.
    LoggedIn {
        /// The session.
        opened: Opened,
        /// Where the person was going.
        next: String,
    },
    /// Nobody is.
    Refused {
        /// Why.
        why: ProviderRefusal,
        /// Where the person was going, as far as that is known.
        next: String,
    },
}

/// What waits for the provider's answer.
#[derive(Serialize, Deserialize)]
struct Waiting {
    /// The digest of the browser's secret.
    browser: Vec<u8>,
    nonce: String,
    verifier: String,
    next: String,
}

type Metadata = Arc<ProviderMetadataWithLogout>;

/// The provider as this node knows it.
pub(super) struct Provider {
    settings: ProviderSettings,
    http: Http,
    known: Mutex<Option<(Timestamp, Metadata)>>,
}

fn key(state: &str) -> Vec<u8> {
    step_key("provider", state)
}

impl Provider {
    /// # Errors
    /// When the certificates of the provider's authority are no good.
    pub(super) fn new(settings: ProviderSettings) -> std::result::Result<Self, SetUpFault> {
        Ok(Self {
            http: Http::new(settings.authority.as_deref())?,
            settings,
            known: Mutex::new(None),
        })
    }

    /// What the provider says of itself: remembered for an hour, and longer while it is down.
    async fn metadata(&self, now: Timestamp) -> Tried<Metadata> {
        let known = self.known().clone();
        match known {
            Some((at, known)) if at <= now && now < at.plus_seconds(BELIEVED) => Ok(known),
            older => match self.ask(now).await {
                Ok(metadata) => Ok(metadata),
                Err(why) => older.map(|(_, known)| known).ok_or(why.into()),
            },
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Option<(Timestamp, Metadata)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(&self, now: Timestamp) -> std::result::Result<Metadata, ProviderRefusal> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone())
            .map_err(|_| ProviderRefusal::Misconfigured)?;
        let asked = ProviderMetadataWithLogout::discover_async(issuer, &self.http).await;
        match asked {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *self.known() = Some((now, metadata.clone()));
                Ok(metadata)
            }
            Err(error) => {
                let error = exchange::chain(&error);
                tracing::error!(issuer = self.settings.issuer, %error, "the identity provider does not answer");
                Err(ProviderRefusal::Down)
            }
        }
    }
}

impl Accounts {
    fn provider(&self) -> Result<&Provider> {
        self.0.provider.as_ref().ok_or(Problem::NotFound)
    }

    /// What the identity provider is called; nothing for a city without one.
    #[must_use]
    pub fn provider_name(&self) -> Option<&str> {
        let provider = self.0.provider.as_ref()?;
        Some(&provider.settings.name)
    }

    /// Begins a log-in by the provider.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for a city without one.
    pub async fn begin_provider_log_in(&self, begin: Begin) -> Result<Begun> {
        let provider = self.provider()?;
        let now = self.now();
        let metadata = match provider.metadata(now).await {
            Ok(metadata) => metadata,
            Err(Stop::Refused(why)) => return Ok(Begun::Refused(why)),
            Err(Stop::Problem(problem)) => return Err(problem),
        };
        let ids = &*self.0.ids;
        let (state, nonce) = (secret_hex(ids), secret_hex(ids));
        // 43 to 128 characters (RFC 7636, section 4.1): 256 bits in hexadecimal are 64.
        let verifier = PkceCodeVerifier::new(format!("{}{}", secret_hex(ids), secret_hex(ids)));
        let browser = begin.browser.clone().unwrap_or_else(|| secret_hex(ids));
        let address = authorize(provider, &metadata, &begin, (&state, &nonce), &verifier)?;
        let waiting = Waiting {
            browser: log_in::token_hash(&browser),
            nonce,
            verifier: verifier.into_secret(),
            next: begin.next,
        };
        let waiting = serde_json::to_string(&waiting)?;
        let seconds = self.0.settings.log_in_step_seconds;
        let until = now.plus_seconds(seconds);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let key = key(&state);
                    store::log_in_step::save(&**context, &key, &waiting, now, until).await?;
                    Ok(())
                })
            })
            .await?;
        Ok(Begun::Go {
            address,
            browser,
            seconds,
        })
    }

    /// Finishes a log-in with what came back. A state works once, whatever comes of it.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for a city without a provider.
    pub async fn finish_provider_log_in(&self, came: Callback) -> Result<ProviderOutcome> {
        let waiting = self.take_waiting(&came.state).await?;
        let next = waiting
            .as_ref()
            .map_or_else(String::new, |waiting| waiting.next.clone());
        match self.finish(came, waiting).await {
            Ok(opened) => Ok(ProviderOutcome::LoggedIn { opened, next }),
            Err(Stop::Refused(why)) => Ok(ProviderOutcome::Refused { why, next }),
            Err(Stop::Problem(problem)) => Err(problem),
        }
    }

    async fn take_waiting(&self, state: &str) -> Result<Option<Waiting>> {
        let (now, key) = (self.now(), key(state));
        let waiting = self
            .0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let waiting = store::log_in_step::find(&**context, &key, now).await?;
                    let first = store::log_in_step::delete(&**context, &key).await?;
                    Ok(waiting.filter(|_| first))
                })
            })
            .await?;
        Ok(waiting
            .map(|waiting| serde_json::from_str(&waiting))
            .transpose()?)
    }

    async fn finish(&self, came: Callback, waiting: Option<Waiting>) -> Tried<Opened> {
        let provider = self.provider()?;
        let now = self.now();
        let browser = came.browser.as_deref().map(log_in::token_hash);
        let waiting = waiting
            .filter(|waiting| browser.as_ref() == Some(&waiting.browser))
            .ok_or(ProviderRefusal::Stale)?;
        if came
            .issuer
            .is_some_and(|who| who != provider.settings.issuer)
        {
            return Err(ProviderRefusal::Untrusted.into());
        }
        if !came.error.is_empty() {
            // What the provider writes beside it is for its own operator.
            tracing::warn!(error = came.error, "the identity provider refused a log-in");
            return Err(exchange::said(&came.error).into());
        }
        let flow = Flow {
            code: came.code,
            callback: came.callback,
            nonce: Nonce::new(waiting.nonce),
            verifier: waiting.verifier,
            now,
        };
        let who = provider.exchange(flow).await?;
        self.enter(provider.settings.clone(), who, came.entry).await
    }

    /// Where the browser goes to end the provider's own log-in, and then back.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for a city without a provider, or one that has no such place.
    pub async fn leave_provider(
        &self,
        back: &str,
    ) -> Result<std::result::Result<String, ProviderRefusal>> {
        let provider = self.provider()?;
        let metadata = match provider.metadata(self.now()).await {
            Ok(metadata) => metadata,
            Err(Stop::Refused(why)) => return Ok(Err(why)),
            Err(Stop::Problem(problem)) => return Err(problem),
        };
        let end = metadata.additional_metadata().end_session_endpoint.clone();
        let back = PostLogoutRedirectUrl::new(back.to_owned())?;
        let request = LogoutRequest::from(end.ok_or(Problem::NotFound)?)
            .set_client_id(ClientId::new(provider.settings.client_id.clone()))
            .set_post_logout_redirect_uri(back);
        Ok(Ok(request.http_get_url().to_string()))
    }
}

/// The address at the provider where the person says who they are.
fn authorize(
    provider: &Provider,
    metadata: &ProviderMetadataWithLogout,
    begin: &Begin,
    (state, nonce): (&str, &str),
    verifier: &PkceCodeVerifier,
) -> Result<String> {
    let client = provider.client(metadata)?;
    let callback = RedirectUrl::new(begin.callback.clone())?;
    let (state, nonce) = (state.to_owned(), nonce.to_owned());
    let mut request = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            || CsrfToken::new(state),
            || Nonce::new(nonce),
        )
        .set_redirect_uri(std::borrow::Cow::Owned(callback))
        .add_ui_locale(LanguageTag::new(begin.locale.as_str().to_owned()))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(verifier));
    for scope in &provider.settings.scopes {
        request = request.add_scope(Scope::new(scope.clone()));
    }
    if begin.again {
        request = request.add_prompt(CoreAuthPrompt::Login);
    }
    let (address, ..) = request.url();
    Ok(address.to_string())
}
