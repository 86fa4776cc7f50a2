//! Finished pages, packed, with their headers ready.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use torg_kernel::Timestamp;
use xxhash_rust::xxh3::xxh3_128;

use crate::context::Reply;
use crate::encode::{Packing, chosen, pack};
use crate::page::Page;
use crate::{TagCache, request};

/// One packing of a page with the headers it goes out with.
#[derive(Debug)]
struct Packed {
    body: Bytes,
    headers: HeaderMap,
}

/// A page ready to be sent.
#[derive(Debug)]
pub struct Ready {
    etag: String,
    identity: Packed,
    gzip: OnceLock<Packed>,
    brotli: OnceLock<Packed>,
    content_type: &'static str,
    policy: Option<HeaderValue>,
    fresh_until: Option<Timestamp>,
    /// Where its readings are counted.
    pub(crate) reads: Option<Arc<AtomicU64>>,
}

/// Whether a reply came from the cache; shown so that tests and operators can see it.
static X_CACHE: HeaderName = HeaderName::from_static("x-cache");

impl Ready {
    /// Makes a page ready; its packings are made when first asked for.
    ///
    /// The entity tag is XXH3 of the body with 128 bits: it only has to tell two versions of one
    /// page apart, and a page that nobody keeps is digested for each reader. It is no cryptographic
    /// digest; who could search for a collision is who may write the page, and wins that readers
    /// see the older of their two pages.
    pub fn new(page: &Page, reads: Option<Arc<AtomicU64>>) -> Self {
        let etag = format!("{:032x}", xxh3_128(page.body.as_bytes()));
        let body = Bytes::copy_from_slice(page.body.as_bytes());
        let policy = page.elsewhere.as_ref().map(request::policy_for);
        let policy = policy.and_then(|policy| HeaderValue::try_from(policy).ok());
        let identity = Packed {
            headers: headers(page.content_type, &etag, Packing::Identity, policy.as_ref()),
            body,
        };
        Self {
            etag,
            identity,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            content_type: page.content_type,
            policy,
            fresh_until: page.fresh_until,
            reads,
        }
    }

    fn packed(&self, packing: Packing) -> &Packed {
        let make = || Packed {
            body: pack(&self.identity.body, packing),
            headers: headers(self.content_type, &self.etag, packing, self.policy.as_ref()),
        };
        match packing {
            Packing::Identity => &self.identity,
            Packing::Gzip => self.gzip.get_or_init(make),
            Packing::Brotli => self.brotli.get_or_init(make),
        }
    }

    /// The reply to a reader: the page in the best packing, or `304` if the reader has it.
    pub fn reply(&self, method: &Method, asked: &HeaderMap, from_cache: bool) -> Reply {
        let packed = self.packed(chosen(asked));
        let mut headers = packed.headers.clone();
        if !from_cache {
            headers.insert(X_CACHE.clone(), HeaderValue::from_static("miss"));
        }
        if asked
            .get(IF_NONE_MATCH)
            .is_some_and(|known| self.is_known(known))
        {
            headers.remove(CONTENT_TYPE);
            headers.remove(CONTENT_ENCODING);
            return Reply {
                status: StatusCode::NOT_MODIFIED,
                headers,
                body: Bytes::new(),
                pieces: None,
            };
        }
        let body = if *method == Method::HEAD {
            Bytes::new()
        } else {
            packed.body.clone()
        };
        Reply {
            status: StatusCode::OK,
            headers,
            body,
            pieces: None,
        }
    }

    /// Entity tags are compared weakly (RFC 9110, section 13.1.2): the packings of one page share
    /// the digest and differ in a suffix.
    fn is_known(&self, known: &HeaderValue) -> bool {
        let Ok(known) = known.to_str() else {
            return false;
        };
        known.trim() == "*"
            || known.split(',').any(|tag| {
                let tag = tag.trim().trim_start_matches("W/").trim_matches('"');
                tag.strip_prefix(self.etag.as_str())
                    .is_some_and(|rest| matches!(rest, "" | "-gzip" | "-br"))
            })
    }

    fn weight(&self) -> u64 {
        // Bytes of all packings, about, and the headers.
        (self.identity.body.len() + self.identity.body.len() / 2 + 3_000) as u64
    }
}

fn headers(
    content_type: &'static str,
    etag: &str,
    packing: Packing,
    policy: Option<&HeaderValue>,
) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(16);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    let suffix = packing
        .name()
        .map(|name| format!("-{name}"))
        .unwrap_or_default();
    let tag = format!("\"{etag}{suffix}\"");
    headers.insert(
        ETAG,
        HeaderValue::from_str(&tag).expect("hexadecimal digits fit in a header"),
    );
    if let Some(name) = packing.name() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    headers.insert(X_CACHE.clone(), HeaderValue::from_static("hit"));
    request::secure(&mut headers);
    if let Some(policy) = policy {
        headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
    }
    headers
}

/// The pages that are kept.
pub struct PageCache {
    pages: TagCache<String, Arc<Ready>>,
}

impl PageCache {
    /// A cache of at most `bytes`; 0 keeps nothing.
    #[must_use]
    pub fn new(bytes: u64) -> Self {
        Self {
            pages: TagCache::new(10_000, bytes),
        }
    }

    pub(crate) fn find(&self, key: &str, now: Timestamp) -> Option<Arc<Ready>> {
        let (page, _) = self.pages.get(key)?;
        if page.fresh_until.is_some_and(|until| until <= now) {
            self.pages.remove(key);
            return None;
        }
        Some(page)
    }

    pub(crate) fn keep(&self, key: String, page: &Page, ready: &Arc<Ready>, position: i64) -> bool {
        let weight = ready.weight();
        self.pages
            .insert(key, ready.clone(), page.tags.clone(), position, weight)
    }

    /// Throws out every page that shows what `tag` names; see [`TagCache::drop_tag`].
    pub fn drop_tag(&self, tag: &str, position: i64) -> usize {
        self.pages.drop_tag(tag, position)
    }

    /// How many pages are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// About how many bytes the kept pages take.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.pages.weight()
    }
}
