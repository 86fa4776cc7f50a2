//! A code for a token, and the token for what it proves.

use std::error::Error;

use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, Client, ClientId,
    ClientSecret, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IdTokenClaims, IdTokenFields, Nonce, OAuth2TokenResponse, PkceCodeVerifier,
    ProviderMetadataWithLogout, RedirectUrl, RequestTokenError, SignatureVerificationError,
    StandardErrorResponse, StandardTokenResponse, TokenResponse, UserInfoClaims,
};
use torg_kernel::{Result, Timestamp};

use super::claims::OtherClaims;
use super::http::HttpFault;
use super::{Provider, ProviderRefusal, Tried};

/// Clocks that differ by more than this are wrong, in seconds. A token is made and used at once.
const CLOCKS: i64 = 300;

type Fields = IdTokenFields<
    OtherClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Answer = StandardTokenResponse<Fields, CoreTokenType>;
type Refused = StandardErrorResponse<CoreErrorResponseType>;
type OurClient = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    Refused,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;
type Claims = IdTokenClaims<OtherClaims, CoreGenderClaim>;
type UserInfo = UserInfoClaims<OtherClaims, CoreGenderClaim>;

/// What is needed to finish a log-in.
pub(super) struct Flow {
    pub code: String,
    pub callback: String,
    pub nonce: Nonce,
    pub verifier: String,
    pub now: Timestamp,
}

/// Whom the provider vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Who {
    pub subject: String,
    /// E-mail that the provider has verified, or that we take its word for.
    pub email: Option<String>,
    pub name: Option<String>,
    pub groups: Vec<String>,
}

/// An error with all its causes, for the operator.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// What an error in the address means (RFC 6749, section 4.1.2.1; OpenID Connect Core, 3.1.2.6).
pub(super) fn said(error: &str) -> ProviderRefusal {
    match error {
        "access_denied" | "login_required" | "interaction_required" | "consent_required" => {
            ProviderRefusal::Cancelled
        }
        "temporarily_unavailable" | "server_error" => ProviderRefusal::Down,
        _ => ProviderRefusal::Misconfigured,
    }
}

impl Provider {
    pub(super) fn client(&self, metadata: &ProviderMetadataWithLogout) -> Result<OurClient> {
        let settings = &self.settings;
        let secret = (!settings.client_secret.is_empty())
            .then(|| ClientSecret::new(settings.client_secret.clone()));
        let client = OurClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(settings.client_id.clone()),
            secret,
        );
        // Basic is what every provider must know (RFC 6749, section 2.3.1), but some know it not.
        let methods = metadata.token_endpoint_auth_methods_supported();
        let in_body = methods.is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        Ok(if in_body {
            client.set_auth_type(AuthType::RequestBody)
        } else {
            client
        })
    }

    /// Buys the token and looks at all of it.
    pub(super) async fn exchange(&self, flow: Flow) -> Tried<Who> {
        let metadata = self.metadata(flow.now).await?;
        let client = self.client(&metadata)?;
        let answer = self.buy(&client, &flow).await?;
        let claims = match self.check(&client, &answer, &flow) {
            // The provider has changed its keys since we last asked for them.
            Err(Unproved::UnknownKey) => {
                let client = self.client(&*self.ask(flow.now).await?)?;
                self.check(&client, &answer, &flow)
            }
            checked => checked,
        };
        let claims = claims.map_err(|unproved| match unproved {
            Unproved::Clock => ProviderRefusal::Clock,
            Unproved::UnknownKey | Unproved::Other => ProviderRefusal::Untrusted,
        })?;
        let claim = &self.settings.groups_claim;
        let complete =
            claims.email().is_some() && claims.additional_claims().groups(claim).is_some();
        let more = if complete {
            None
        } else {
            self.user_info(&client, &answer, &claims).await?
        };
        Ok(self.who(&claims, more.as_ref()))
    }

    async fn buy(&self, client: &OurClient, flow: &Flow) -> Tried<Answer> {
        let callback = RedirectUrl::new(flow.callback.clone())
            .map_err(|error| super::Stop::Problem(error.into()))?;
        let request = client
            .exchange_code(AuthorizationCode::new(flow.code.clone()))
            .map_err(|_| ProviderRefusal::Misconfigured)?
            .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.clone()))
            .set_redirect_uri(std::borrow::Cow::Owned(callback));
        let bought = request.request_async(&self.http).await;
        bought.map_err(|error| {
            let why = match &error {
                RequestTokenError::ServerResponse(answer) => match answer.error() {
                    // The code was used, is too old or was never given.
                    CoreErrorResponseType::InvalidGrant => ProviderRefusal::Stale,
                    _ => ProviderRefusal::Misconfigured,
                },
                _ => ProviderRefusal::Down,
            };
            let error = chain(&error);
            tracing::error!(%error, "the identity provider gave no token");
            why.into()
        })
    }

    fn check(
        &self,
        client: &OurClient,
        answer: &Answer,
        flow: &Flow,
    ) -> std::result::Result<Claims, Unproved> {
        let token = answer.id_token().ok_or(Unproved::Other)?;
        let now = flow.now;
        let clock = move || {
            DateTime::<Utc>::from_timestamp_micros(now.micros()).unwrap_or(DateTime::UNIX_EPOCH)
        };
        let verifier = client.id_token_verifier().set_time_fn(clock);
        let claims = token.claims(&verifier, &flow.nonce).map_err(|error| {
            let text = chain(&error);
            tracing::error!(
                error = text,
                "the identity provider's token is not accepted"
            );
            match error {
                ClaimsVerificationError::Expired(_) => Unproved::Clock,
                ClaimsVerificationError::SignatureVerification(
                    SignatureVerificationError::NoMatchingKey
                    | SignatureVerificationError::AmbiguousKeyId(_),
                ) => Unproved::UnknownKey,
                _ => Unproved::Other,
            }
        })?;
        let made = claims.issue_time().timestamp_micros();
        if (made - now.micros()).abs() > CLOCKS * 1_000_000 {
            let seconds = (made - now.micros()) / 1_000_000;
            tracing::error!(
                seconds,
                "the identity provider's clock is ahead of ours by this much"
            );
            return Err(Unproved::Clock);
        }
        if let Some(expected) = claims.access_token_hash() {
            let key = token.signing_key(&verifier).map_err(|_| Unproved::Other)?;
            let algorithm = token.signing_alg().map_err(|_| Unproved::Other)?;
            let found = AccessTokenHash::from_token(answer.access_token(), algorithm, key)
                .map_err(|_| Unproved::Other)?;
            if found != *expected {
                return Err(Unproved::Other);
            }
        }
        Ok(claims.clone())
    }

    /// What the token does not say, from the provider's own page for it. One that has no such page,
    /// or says nothing there, leaves us with the token.
    async fn user_info(
        &self,
        client: &OurClient,
        answer: &Answer,
        claims: &Claims,
    ) -> Tried<Option<UserInfo>> {
        let subject = Some(claims.subject().clone());
        let Ok(request) = client.user_info(answer.access_token().clone(), subject) else {
            return Ok(None);
        };
        let asked: std::result::Result<UserInfo, openidconnect::UserInfoError<HttpFault>> =
            request.request_async(&self.http).await;
        match asked {
            Ok(more) => Ok(Some(more)),
            Err(error) => {
                let text = chain(&error);
                tracing::error!(
                    error = text,
                    "the identity provider says nothing of a person"
                );
                Err(match error {
                    openidconnect::UserInfoError::ClaimsVerification(_) => {
                        ProviderRefusal::Untrusted
                    }
                    _ => ProviderRefusal::Down,
                }
                .into())
            }
        }
    }

    fn who(&self, claims: &Claims, more: Option<&UserInfo>) -> Who {
        let settings = &self.settings;
        let from_token = claims.email().map(|email| (email, claims.email_verified()));
        let from_page =
            more.and_then(|more| more.email().map(|email| (email, more.email_verified())));
        let email = from_token.or(from_page).filter(|(_, verified)| {
            *verified == Some(true) || *verified != Some(false) && settings.trusts_email
        });
        let name = claims.name().or_else(|| more.and_then(|more| more.name()));
        let groups = claims
            .additional_claims()
            .groups(&settings.groups_claim)
            .or_else(|| more.and_then(|it| it.additional_claims().groups(&settings.groups_claim)));
        Who {
            subject: claims.subject().to_string(),
            email: email.map(|(email, _)| email.to_string()),
            name: name
                .and_then(|name| {
                    name.get(None)
                        .or_else(|| name.iter().next().map(|(_, it)| it))
                })
                .map(|name| name.to_string()),
            groups: groups.unwrap_or_default(),
        }
    }
}

/// Why a token proves nothing.
enum Unproved {
    Clock,
    UnknownKey,
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_in_the_address_are_told_apart() {
        assert_eq!(said("access_denied"), ProviderRefusal::Cancelled);
        assert_eq!(said("temporarily_unavailable"), ProviderRefusal::Down);
        assert_eq!(said("invalid_scope"), ProviderRefusal::Misconfigured);
    }
}
