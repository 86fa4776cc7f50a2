//! From bytes on the wire to a route and back.
//!
//! A kept page is answered before any routing; everything else goes through axum's router.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, Request, State};
use axum::routing::{MethodFilter, MethodRouter, on};
use bytes::Bytes;
use http::header::HOST;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, Response};
use http_body_util::{BodyExt, Either, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use torg_kernel::{Access, Problem, Result};
use tower::ServiceExt;

use crate::context::{Context, Reply, session_token};
use crate::errors::{self, Wrong};
use crate::flights::Flights;
use crate::negotiate::{self, Alternative};
use crate::page::{Asker, Outcome, PageRequest};
use crate::pagecache::Ready;
use crate::query::{cache_key, declared_query, has_broken_percent};
use crate::routes::{ActionHandler, Handler, PageHandler, Route, Routes};
use crate::{App, admit, reads, request, upload};

/// The longest path that is looked at, in bytes.
const LONGEST_PATH: usize = 2_048;
/// The longest query, in bytes: somebody may paste a page of text into the search field, where
/// each letter can take six.
const LONGEST_QUERY: usize = 65_000;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

#[derive(Clone)]
struct Front {
    app: Arc<App>,
    flights: Arc<Flights>,
    routes: Arc<Vec<Route>>,
    fallback: Option<PageHandler>,
    with_query: Option<PageHandler>,
    alternatives: Arc<Vec<Alternative>>,
    counter: Arc<AtomicU64>,
}

/// The whole program as a service, for the server and for tests.
#[must_use]
pub fn service(app: &Arc<App>, routes: Routes) -> Service {
    let front = Front {
        app: app.clone(),
        flights: Arc::default(),
        routes: Arc::new(routes.list),
        fallback: routes.fallback,
        with_query: routes.with_query,
        alternatives: Arc::new(routes.alternatives),
        counter: Arc::default(),
    };
    let mut paths: Vec<(String, MethodRouter<Front>)> = Vec::new();
    for (at, route) in front.routes.iter().enumerate() {
        let filter = if route.method == Method::POST {
            MethodFilter::POST
        } else {
            MethodFilter::GET
        };
        let handler = move |State(front): State<Front>, params: RawPathParams, request: Request| async move {
            front.run(at, &params, request).await
        };
        match paths.iter_mut().find(|(path, _)| *path == route.path) {
            Some((_, methods)) => *methods = std::mem::take(methods).on(filter, handler),
            None => paths.push((route.path.clone(), on(filter, handler))),
        }
    }
    let mut router = Router::new();
    for (path, methods) in paths {
        router = router.route(&path, methods);
    }
    let router = router
        .method_not_allowed_fallback(|State(front): State<Front>, request: Request| async move {
            front.status(405, &request.into_parts().0).await
        })
        .fallback(|State(front): State<Front>, request: Request| async move {
            front.any_page(request).await
        })
        .with_state(front.clone());
    Service { front, router }
}

/// Answers requests. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    front: Front,
    router: Router,
}

impl Service {
    /// Answers one request.
    pub async fn answer(&self, peer: Option<SocketAddr>, request: Request) -> Response<Body> {
        let mut request = request;
        let depends = negotiate::lead(&self.front.alternatives, &mut request);
        let mut response = match self.front.kept(&request) {
            Some(reply) => respond(reply),
            None => self.made(peer, request).await,
        };
        if depends {
            negotiate::tell(response.headers_mut());
        }
        response
    }

    /// Answers on the wire: a kept page goes out without a box around its bytes.
    pub(crate) async fn serve(
        &self,
        peer: SocketAddr,
        request: hyper::Request<Incoming>,
    ) -> Response<Either<Full<Bytes>, Body>> {
        let mut request = request;
        let depends = negotiate::lead(&self.front.alternatives, &mut request);
        let mut response = match self.front.kept(&request) {
            Some(reply) => plain(
                reply.status,
                reply.headers,
                Either::Left(Full::new(reply.body)),
            ),
            None => {
                let answer = self.made(Some(peer), request.map(Body::new)).await;
                answer.map(Either::Right)
            }
        };
        if depends {
            negotiate::tell(response.headers_mut());
        }
        response
    }

    async fn made(&self, peer: Option<SocketAddr>, request: Request) -> Response<Body> {
        let started = Instant::now();
        let app = &self.front.app;
        let number = self.front.counter.fetch_add(1, Ordering::Relaxed);
        let mut random = [0_u8; 6];
        app.ids.fill(&mut random);
        let id = format!("{}{number:04x}", torg_kernel::hex(&random));
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.routed(peer, request, &id).await;
        let (status, took) = (response.status().as_u16(), started.elapsed());
        app.telemetry.answered(status, took);
        let duration_ms = took.as_secs_f64() * 1_000.0;
        let path = request::shown_path(&path);
        tracing::info!(request.id = %id, %method, path, status, duration_ms, "answered a request");
        response
    }

    async fn routed(&self, peer: Option<SocketAddr>, request: Request, id: &str) -> Response<Body> {
        let mut request = request;
        let front = &self.front;
        let wrong = front.refuse(request.uri(), request.headers());
        request
            .extensions_mut()
            .insert(RequestNumber(id.to_owned()));
        request.extensions_mut().insert(Peer(peer));
        let mut response = if let Some(status) = wrong {
            front.status(status, &request.into_parts().0).await
        } else {
            match self.router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        };
        if let Ok(value) = HeaderValue::from_str(id) {
            response.headers_mut().insert(REQUEST_ID.clone(), value);
        }
        request::only_https(response.headers_mut(), front.app.settings.is_https());
        response
    }
}

#[derive(Clone)]
struct RequestNumber(String);

#[derive(Clone, Copy)]
struct Peer(Option<SocketAddr>);

fn asker(asked: &Parts) -> Asker {
    let forwarded = asked.headers.get_all("x-forwarded-for").iter().next_back();
    Asker {
        peer: asked.extensions.get::<Peer>().and_then(|peer| peer.0),
        forwarded_for: forwarded
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
    }
}

fn number(asked: &Parts) -> String {
    asked
        .extensions
        .get::<RequestNumber>()
        .map(|id| id.0.clone())
        .unwrap_or_default()
}

fn plain<B>(status: http::StatusCode, headers: http::HeaderMap, body: B) -> Response<B> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// A page that lies elsewhere for good, asked for anew each time: it may move back.
fn moved(to: &str) -> Reply {
    let mut reply = Reply::redirect(301, to);
    reply.headers.insert(
        http::header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    );
    reply
}

fn respond(reply: Reply) -> Response<Body> {
    let body = match reply.pieces.and_then(|pieces| pieces.take()) {
        Some(pieces) => Body::from_stream(pieces),
        None => Body::from(reply.body),
    };
    plain(reply.status, reply.headers, body)
}

impl Front {
    /// A page that is kept, for the commonest question: a path without a query.
    fn kept<B>(&self, request: &http::Request<B>) -> Option<Reply> {
        let method = request.method();
        if (method != Method::GET && method != Method::HEAD) || request.uri().query().is_some() {
            return None;
        }
        if !self.app.settings.hosts.is_empty()
            && self.refuse(request.uri(), request.headers()).is_some()
        {
            return None;
        }
        let page = self
            .app
            .pages
            .find(request.uri().path(), self.app.clock.now())?;
        self.app.telemetry.hit();
        self.count(&page, method, request.headers());
        let mut reply = page.reply(method, request.headers(), true);
        request::only_https(&mut reply.headers, self.app.settings.is_https());
        Some(reply)
    }

    /// Counts a reading. What staff look at while they are logged in is none.
    fn count(&self, page: &Ready, method: &Method, asked: &http::HeaderMap) {
        if let Some(reads) = &page.reads
            && reads::is_reading(method, asked)
            && session_token(asked, self.app.settings.is_https()).is_none()
        {
            reads.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The status for a request that is not looked at further.
    fn refuse(&self, uri: &http::Uri, headers: &http::HeaderMap) -> Option<u16> {
        if uri.path().len() > LONGEST_PATH || uri.query().map_or(0, str::len) > LONGEST_QUERY {
            return Some(414);
        }
        let decoded = percent_encoding::percent_decode_str(uri.path()).decode_utf8();
        if decoded.is_err() || has_broken_percent(uri.path()) {
            return Some(400);
        }
        // No address holds a null character, and PostgreSQL knows no text with one.
        if decoded.is_ok_and(|path| path.contains('\0')) {
            return Some(404);
        }
        let hosts = &self.app.settings.hosts;
        if !hosts.is_empty() {
            let host = uri
                .authority()
                .map(|authority| authority.as_str())
                .or_else(|| headers.get(HOST).and_then(|value| value.to_str().ok()));
            let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name));
            if !name.is_some_and(|name| hosts.iter().any(|own| own.eq_ignore_ascii_case(name))) {
                return Some(421);
            }
        }
        None
    }

    async fn status(&self, status: u16, asked: &Parts) -> Response<Body> {
        let id = number(asked);
        let wrong = Wrong {
            path: asked.uri.path(),
            query: asked.uri.query(),
            headers: &asked.headers,
            request_id: &id,
        };
        respond(errors::reply(&self.app, status, &wrong).await)
    }

    async fn any_page(&self, request: Request) -> Response<Body> {
        let (asked, _) = request.into_parts();
        let get = matches!(asked.method, Method::GET | Method::HEAD);
        if get
            && let Some(run) = &self.with_query
            && let Some(query) = asked.uri.query().filter(|query| !query.is_empty())
        {
            match self.leads_to(run, &asked, query).await {
                Ok(Some(to)) => return respond(moved(&to)),
                Ok(None) => {}
                Err(problem) => return self.problem(&problem, &asked).await,
            }
        }
        match &self.fallback {
            Some(run) if get => self.page(run, &[], true, Vec::new(), &asked).await,
            Some(_) => self.status(405, &asked).await,
            None => self.status(404, &asked).await,
        }
    }

    async fn run(&self, at: usize, params: &RawPathParams, request: Request) -> Response<Body> {
        let route = &self.routes[at];
        let params: Vec<(String, String)> = params
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        match &route.handler {
            Handler::Page { query, keep, run } => {
                self.page(run, query, *keep, params, &request.into_parts().0)
                    .await
            }

            Handler::Action(run) => {
                let (parts, body) = request.into_parts();
                respond(self.act(run, route, params, parts, body).await)
            }
        }
    }

    /// Runs an action. Whatever goes wrong with a form that was sent, what was written goes back.
    async fn act(
        &self,
        run: &ActionHandler,
        route: &Route,
        params: Vec<(String, String)>,
        parts: Parts,
        body: Body,
    ) -> Reply {
        let id = number(&parts);
        let path = parts.uri.path().to_owned();
        let query = parts.uri.query().map(str::to_owned);
        let headers = parts.headers.clone();
        let wrong = Wrong {
            path: &path,
            query: query.as_deref(),
            headers: &headers,
            request_id: &id,
        };
        let context = match self.context(route, params, parts, body).await {
            Ok(context) => context,
            Err(Refused::Problem(problem)) => {
                return errors::problem(&self.app, &problem, &wrong).await;
            }
            Err(Refused::LoggedOut(body)) => {
                if errors::can_be_kept(&body) {
                    return errors::kept(&self.app, 401, &wrong, &body).await;
                }
                return errors::problem(&self.app, &Problem::LogInNeeded, &wrong).await;
            }
            Err(Refused::Status(status)) => return errors::reply(&self.app, status, &wrong).await,
        };
        // What is in files cannot be shown again.
        let sent = if upload::is_multipart(&headers) {
            Bytes::new()
        } else {
            context.body.clone()
        };
        match run(context).await {
            Ok(reply) => reply,
            Err(Problem::Internal(error)) if errors::can_be_kept(&sent) => {
                errors::log_failure(&wrong, &*error);
                errors::kept(&self.app, 500, &wrong, &sent).await
            }
            Err(problem) => errors::problem(&self.app, &problem, &wrong).await,
        }
    }

    async fn context(
        &self,
        route: &Route,
        params: Vec<(String, String)>,
        parts: Parts,
        body: Body,
    ) -> Result<Context, Refused> {
        let access = route.access;
        let app = self.app.clone();
        let request_id = number(&parts);
        let peer = parts.extensions.get::<Peer>().and_then(|peer| peer.0);
        let own = route.from_anywhere || request::same_origin(&parts.headers);
        if parts.method == Method::POST && !own {
            return Err(Refused::Status(403));
        }
        let token = app.settings.operator_token.as_deref();
        let local = app.settings.is_local();
        if access == Access::Operator
            && !request::is_operator(&parts.headers, peer.filter(|_| local), token)
        {
            return Err(Refused::Status(403));
        }
        let caller = match session_token(&parts.headers, app.settings.is_https()) {
            Some(token) => app.identity.caller(&token).await?,
            None => None,
        };
        let admitted = admit(access, caller.as_ref());
        // Only somebody who was logged in can have written something that must not be lost.
        let was_in = session_token(&parts.headers, app.settings.is_https()).is_some();
        let is_form =
            parts.method == Method::POST && was_in && !upload::is_multipart(&parts.headers);
        if matches!(admitted, Err(Problem::LogInNeeded)) && is_form {
            return Err(Refused::LoggedOut(
                read(body, app.settings.body_limit).await?,
            ));
        }
        admitted?;
        let body = match route.largest {
            Some(largest) => upload::read(body, largest).await.map_err(Refused::Status)?,
            None => read(body, app.settings.body_limit).await?,
        };
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        Ok(Context {
            query: query.into_owned().collect(),
            now: app.clock.now(),
            app,
            caller,
            method: parts.method,
            path: parts.uri.path().to_owned(),
            params,
            headers: parts.headers,
            body,
            peer,
            request_id,
        })
    }

    /// A public page: kept, or made by one for all who wait.
    async fn page(
        &self,
        run: &PageHandler,
        declared: &'static [&'static str],
        keep: bool,
        params: Vec<(String, String)>,
        asked: &Parts,
    ) -> Response<Body> {
        let query = declared_query(asked.uri.query(), declared);
        let path = percent_encoding::percent_decode_str(asked.uri.path()).decode_utf8_lossy();
        let key = cache_key(&path, &query);
        // Pages that are never kept are not waited for: each is made for the one who asks.
        let lane = (keep && self.app.pages_are_kept()).then(|| self.flights.lane(&key));
        let made = {
            let _turn = match &lane {
                Some(lane) => Some(lane.turn.lock().await),
                None => None,
            };
            match self.app.pages.find(&key, self.app.clock.now()) {
                Some(page) => {
                    self.app.telemetry.hit();
                    Ok(Made::Ready(page, true))
                }
                None => {
                    let asker = (!keep).then(|| asker(asked));
                    self.make(run, &path, params, query, &key, asker).await
                }
            }
        };
        drop(lane);
        match made {
            Ok(Made::Ready(page, hit)) => {
                self.count(&page, &asked.method, &asked.headers);
                respond(page.reply(&asked.method, &asked.headers, hit))
            }
            Ok(Made::Gone(page)) => {
                let mut reply = page.reply(&asked.method, &asked.headers, false);
                if reply.status == http::StatusCode::OK {
                    reply.status = http::StatusCode::GONE;
                }
                respond(reply)
            }
            Ok(Made::Moved(to)) => respond(moved(&to)),
            Ok(Made::Nothing) => self.status(404, asked).await,
            Err(problem) => self.problem(&problem, asked).await,
        }
    }

    async fn problem(&self, problem: &Problem, asked: &Parts) -> Response<Body> {
        let id = number(asked);
        let wrong = Wrong {
            path: asked.uri.path(),
            query: asked.uri.query(),
            headers: &asked.headers,
            request_id: &id,
        };
        respond(errors::problem(&self.app, problem, &wrong).await)
    }

    /// Where an address leads that is told apart by its query.
    async fn leads_to(
        &self,
        run: &PageHandler,
        asked: &Parts,
        query: &str,
    ) -> Result<Option<String>> {
        let path = percent_encoding::percent_decode_str(asked.uri.path()).decode_utf8_lossy();
        let question = PageRequest {
            app: self.app.clone(),
            path: path.into_owned(),
            params: Vec::new(),
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            reading: self.app.reading(),
            now: self.app.clock.now(),
            asker: None,
        };
        let outcome = run(&question).await;
        question.reading.end().await?;
        Ok(match outcome? {
            Outcome::Moved(to) => Some(to),
            _ => None,
        })
    }

    async fn make(
        &self,
        run: &PageHandler,
        path: &str,
        params: Vec<(String, String)>,
        query: Vec<(String, String)>,
        key: &str,
        asker: Option<Asker>,
    ) -> Result<Made> {
        self.app.telemetry.miss();
        let path = path.to_owned();
        let question = PageRequest {
            app: self.app.clone(),
            path,
            params,
            query,
            reading: self.app.reading(),
            now: self.app.clock.now(),
            asker,
        };
        let outcome = run(&question).await;
        let position = question.reading.position();
        question.reading.end().await?;
        Ok(match outcome? {
            Outcome::Page(page) => {
                let reads = page.counted.map(|text| self.app.reads.counter(text));
                let ready = Arc::new(Ready::new(&page, reads));
                if page.keep && self.app.pages_are_kept() {
                    self.app.pages.keep(key.to_owned(), &page, &ready, position);
                }
                Made::Ready(ready, false)
            }
            Outcome::Gone(page) => Made::Gone(Arc::new(Ready::new(&page, None))),
            Outcome::Moved(to) => Made::Moved(to),
            Outcome::NotFound => Made::Nothing,
        })
    }
}

enum Made {
    Ready(Arc<Ready>, bool),
    Gone(Arc<Ready>),
    Moved(String),
    Nothing,
}

enum Refused {
    Status(u16),
    /// A form from somebody whose log-in has ended: what was written must not be lost.
    LoggedOut(Bytes),
    Problem(Problem),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

async fn read(body: Body, limit: usize) -> Result<Bytes, Refused> {
    let reading = Limited::new(body, limit).collect();
    match tokio::time::timeout(Duration::from_secs(30), reading).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refused::Status(413)),
        Ok(Err(_)) => Err(Refused::Status(400)),
        Err(_) => Err(Refused::Status(408)),
    }
}

impl App {
    /// Whether the page cache is on at all.
    fn pages_are_kept(&self) -> bool {
        self.cache_is_on
    }
}
