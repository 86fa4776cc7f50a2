//! Listening, and ending well: requests in flight are finished, new connections are not taken.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use crate::serve::Service;

/// How long a request in flight may take after shutdown was asked for.
const PATIENCE: Duration = Duration::from_secs(25);
/// The most connections at once; below the usual limit on open files of a service (see the operators guide).
const CONNECTIONS: usize = 4_000;
/// How long a reader may leave what it asked for lying.
const STALLED: Duration = Duration::from_secs(30);

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    service: Service,
}

impl Server {
    /// A server on a socket that listens already.
    #[must_use]
    pub const fn new(listener: TcpListener, service: Service) -> Self {
        Self { listener, service }
    }

    /// Where it listens, with the port that the system chose for port 0.
    ///
    /// # Errors
    /// When the system cannot tell.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is done, then finishes what is in flight, for 25 seconds at most.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let graceful = GracefulShutdown::new();
        let service = Arc::new(self.service);
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut stop = std::pin::pin!(stop);
        loop {
            // A place first: whoever finds the house full waits in the system's queue.
            let accepted = tokio::select! {
                accepted = async {
                    let place = places.clone().acquire_owned().await;
                    (self.listener.accept().await, place)
                } => accepted,
                () = &mut stop => break,
            };
            let (stream, peer, place) = match accepted {
                (Ok((stream, peer)), Ok(place)) => (stream, peer, place),
                (Err(error), _) => {
                    // Out of file descriptors, most likely: others will be closed.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
                (_, Err(_)) => break,
            };
            let _ = stream.set_nodelay(true);
            let service = service.clone();
            let answer = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
                let service = service.clone();
                async move { Ok::<_, Infallible>(service.serve(peer, request).await) }
            });
            // A reader that takes nothing for so long has gone, or means no good.
            let mut stream = TimeoutStream::new(stream);
            stream.set_write_timeout(Some(STALLED));
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(Duration::from_secs(20))
                .pipeline_flush(true)
                .serve_connection(TokioIo::new(Box::pin(stream)), answer);
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "a connection ended early");
                }
                drop(place);
            });
        }
        drop(self.listener);
        tokio::select! {
            () = graceful.shutdown() => {}
            () = tokio::time::sleep(PATIENCE) => {
                tracing::warn!("some requests were not finished in time");
            }
        }
    }
}
