//! Threads for work that nobody waits for: jobs and outgoing mail.

use std::io;

use tokio::runtime::{Builder, Handle, Runtime};

/// How far the threads stand back, in steps of the system's niceness (0 to 19). With 10 they get a
/// tenth of a processor that somebody else wants, and all of one that nobody does.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;
const THREADS: usize = 2;

/// A runtime of its own whose threads give way to those that answer people. The trade-off: beside
/// readers who keep every processor busy, a digest or a picture takes longer. What is written by it
/// goes through the one writer like everything else, and is not held back. On systems other than
/// Linux, niceness belongs to the whole program, and the threads are ordinary ones.
pub(crate) struct Background(Option<Runtime>);

impl Background {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the system gives no more threads.
    pub(crate) fn start() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("torg-background")
            .on_thread_start(stand_back)
            .enable_all()
            .build()?;
        Ok(Self(Some(runtime)))
    }

    /// Where to spawn.
    pub(crate) fn handle(&self) -> &Handle {
        let runtime = self.0.as_ref();
        runtime.expect("it is taken when dropped alone").handle()
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // A runtime must not wait for its threads inside another one.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(target_os = "linux")]
fn stand_back() {
    // Of the calling thread alone (setpriority(2), "C library/kernel differences").
    if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::debug!(%error, "a thread keeps its priority");
    }
}

#[cfg(not(target_os = "linux"))]
fn stand_back() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn only_the_threads_behind_stand_back() {
        let own = || rustix::process::getpriority_process(None).expect("a priority");
        let before = own();
        let background = Background::start().expect("threads");
        let there = background.handle().spawn(async move { own() }).await;
        assert_eq!(there.expect("runs"), before.max(NICENESS));
        let blocking = background.handle().spawn_blocking(own).await;
        assert_eq!(blocking.expect("runs"), before.max(NICENESS));
        assert_eq!(own(), before);
    }
}
