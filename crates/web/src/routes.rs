//! Routes that say what they need. There is no way to add one without.

use std::sync::Arc;

use futures::future::BoxFuture;
use http::Method;
use torg_kernel::{Access, Result};

use crate::context::{Context, Reply};
use crate::negotiate::Alternative;
use crate::page::{Outcome, PageRequest};

pub(crate) type PageHandler =
    Arc<dyn for<'a> Fn(&'a PageRequest) -> BoxFuture<'a, Result<Outcome>> + Send + Sync>;
pub(crate) type ActionHandler =
    Arc<dyn Fn(Context) -> BoxFuture<'static, Result<Reply>> + Send + Sync>;

#[derive(Clone)]
pub(crate) enum Handler {
    Page {
        query: &'static [&'static str],
        keep: bool,
        run: PageHandler,
    },
    Action(ActionHandler),
}

#[derive(Clone)]
pub(crate) struct Route {
    pub method: Method,
    pub path: String,
    pub access: Access,
    pub handler: Handler,
    /// The most bytes of a body, where it is more than a form's.
    pub largest: Option<usize>,
    /// Whether a write may come from elsewhere than our own pages.
    pub from_anywhere: bool,
}

/// A route as it is declared, for the table of routes and roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// `GET` or `POST`.
    pub method: Method,
    /// The pattern, with parts like `{id}`.
    pub path: String,
    /// What it needs.
    pub access: Access,
    /// Whether a write may come from elsewhere than our own pages.
    pub from_anywhere: bool,
    /// The parameters of a public page; none of what is no page, which reads them as it likes.
    pub query: Option<&'static [&'static str]>,
}

/// The routes of a feature, or of the whole program.
#[derive(Clone, Default)]
pub struct Routes {
    pub(crate) list: Vec<Route>,
    pub(crate) fallback: Option<PageHandler>,
    pub(crate) with_query: Option<PageHandler>,
    pub(crate) alternatives: Vec<Alternative>,
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A public page, kept in the cache by its path and the declared parameters of its query.
    #[must_use]
    pub fn page<F>(self, path: &str, query: &'static [&'static str], run: F) -> Self
    where
        F: for<'a> Fn(&'a PageRequest) -> BoxFuture<'a, Result<Outcome>> + Send + Sync + 'static,
    {
        self.made(path, query, true, run)
    }

    /// A public answer that is made anew for each who asks, such as a search: there are too many
    /// of them to keep.
    #[must_use]
    pub fn answer<F>(self, path: &str, query: &'static [&'static str], run: F) -> Self
    where
        F: for<'a> Fn(&'a PageRequest) -> BoxFuture<'a, Result<Outcome>> + Send + Sync + 'static,
    {
        self.made(path, query, false, run)
    }

    fn made<F>(mut self, path: &str, query: &'static [&'static str], keep: bool, run: F) -> Self
    where
        F: for<'a> Fn(&'a PageRequest) -> BoxFuture<'a, Result<Outcome>> + Send + Sync + 'static,
    {
        self.list.push(Route {
            method: Method::GET,
            path: path.to_owned(),
            access: Access::Public,
            handler: Handler::Page {
                query,
                keep,
                run: Arc::new(run),
            },
            largest: None,
            from_anywhere: false,
        });
        self
    }

    /// The public page for every address that no route names.
    #[must_use]
    pub fn fallback<F>(mut self, run: F) -> Self
    where
        F: for<'a> Fn(&'a PageRequest) -> BoxFuture<'a, Result<Outcome>> + Send + Sync + 'static,
    {
        self.fallback = Some(Arc::new(run));
        self
    }

    /// Asked before [`Routes::fallback`] where an address has a query, of which no page there makes
    /// anything: an old system may have told its pages apart by it. The question holds all
    /// parameters; only [`Outcome::Moved`] is an answer, and it is never kept.
    #[must_use]
    pub fn with_query<F>(mut self, run: F) -> Self
    where
        F: for<'a> Fn(&'a PageRequest) -> BoxFuture<'a, Result<Outcome>> + Send + Sync + 'static,
    {
        self.with_query = Some(Arc::new(run));
        self
    }

    /// Whoever accepts a media type at `path`, and does not want `application/json` more, is answered
    /// as at `instead`. Both are pages of their own for the cache.
    #[must_use]
    pub fn also_as(mut self, path: &str, media: &'static str, instead: &str) -> Self {
        self.alternatives.push(Alternative {
            path: path.to_owned(),
            media,
            instead: instead.to_owned(),
        });
        self
    }

    /// Something to be seen that is no public page.
    #[must_use]
    pub fn get<F, R>(self, path: &str, access: Access, run: F) -> Self
    where
        F: Fn(Context) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Reply>> + Send + 'static,
    {
        self.action(Method::GET, path, access, run)
    }

    /// Something to be done. Refused unless it is sent from our own pages.
    #[must_use]
    pub fn post<F, R>(self, path: &str, access: Access, run: F) -> Self
    where
        F: Fn(Context) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Reply>> + Send + 'static,
    {
        self.action(Method::POST, path, access, run)
    }

    /// Something to be done with files, as `multipart/form-data` of at most `largest` bytes, which
    /// are held in memory: for the staff only. Refused unless it is sent from our own pages.
    #[must_use]
    pub fn upload<F, R>(self, path: &str, access: Access, largest: usize, run: F) -> Self
    where
        F: Fn(Context) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Reply>> + Send + 'static,
    {
        let mut routes = self.action(Method::POST, path, access, run);
        if let Some(route) = routes.list.last_mut() {
            route.largest = Some(largest);
        }
        routes
    }

    /// Something to be done by a program elsewhere that holds a secret in the address, such as a
    /// mail provider that ends a subscription (RFC 8058). No log-in of a browser may give it more
    /// than the secret does, since any page in the world can make a browser send it.
    #[must_use]
    pub fn post_from_anywhere<F, R>(self, path: &str, run: F) -> Self
    where
        F: Fn(Context) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Reply>> + Send + 'static,
    {
        let mut routes = self.action(Method::POST, path, Access::Public, run);
        if let Some(route) = routes.list.last_mut() {
            route.from_anywhere = true;
        }
        routes
    }

    fn action<F, R>(mut self, method: Method, path: &str, access: Access, run: F) -> Self
    where
        F: Fn(Context) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Reply>> + Send + 'static,
    {
        let handler = Handler::Action(Arc::new(move |context| Box::pin(run(context))));
        self.list.push(Route {
            method,
            path: path.to_owned(),
            access,
            handler,
            largest: None,
            from_anywhere: false,
        });
        self
    }

    /// These routes and those of another feature.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        self.fallback = self.fallback.or(other.fallback);
        self.with_query = self.with_query.or(other.with_query);
        self.alternatives.extend(other.alternatives);
        self
    }

    /// What each route needs, in the order of declaration.
    #[must_use]
    pub fn declared(&self) -> Vec<Declared> {
        self.list
            .iter()
            .map(|route| Declared {
                method: route.method.clone(),
                path: route.path.clone(),
                access: route.access,
                from_anywhere: route.from_anywhere,
                query: match route.handler {
                    Handler::Page { query, .. } => Some(query),
                    Handler::Action(_) => None,
                },
            })
            .collect()
    }
}
