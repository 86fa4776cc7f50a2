//! Figures for the operator, in Prometheus' text form. Counters hold no personal data.

use std::time::Duration;

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

/// Seconds that divide answers into classes.
const SECONDS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0];

/// The program's own counters. One for each running program, so that tests do not share them.
pub struct Telemetry {
    handle: PrometheusHandle,
    classes: [Counter; 5],
    durations: Histogram,
    hits: Counter,
    misses: Counter,
    drops: Counter,
    position: Gauge,
    _recorder: PrometheusRecorder,
}

const METADATA: Metadata<'static> = Metadata::new("torg", Level::INFO, None);

impl Telemetry {
    /// Fresh counters.
    ///
    /// # Panics
    /// Never: the classes above are not empty.
    #[must_use]
    pub fn new() -> Self {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&SECONDS)
            .expect("there are classes to divide into")
            .build_recorder();
        let counter = |name: &'static str, labels: Vec<Label>| {
            recorder.register_counter(&Key::from_parts(name, labels), &METADATA)
        };
        let describe = |name: &'static str, text: &'static str| {
            recorder.describe_counter(KeyName::from_const_str(name), None, text.into());
        };
        describe("torg_requests_total", "Answers by class of status");
        describe(
            "torg_page_cache_total",
            "Public pages from the cache (hit) or made (miss)",
        );
        describe(
            "torg_page_cache_dropped_total",
            "Pages thrown out because a fact changed",
        );
        let classes = ["1xx", "2xx", "3xx", "4xx", "5xx"]
            .map(|class| counter("torg_requests_total", vec![Label::new("status", class)]));
        let cache = |result: &'static str| {
            counter("torg_page_cache_total", vec![Label::new("result", result)])
        };
        Self {
            classes,
            hits: cache("hit"),
            misses: cache("miss"),
            drops: counter("torg_page_cache_dropped_total", Vec::new()),
            durations: recorder
                .register_histogram(&Key::from_name("torg_request_seconds"), &METADATA),
            position: recorder
                .register_gauge(&Key::from_name("torg_log_followed_position"), &METADATA),
            handle: recorder.handle(),
            _recorder: recorder,
        }
    }

    pub(crate) fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.classes[class].increment(1);
        self.durations.record(took.as_secs_f64());
    }

    pub(crate) fn hit(&self) {
        self.classes[1].increment(1);
        self.hits.increment(1);
    }

    pub(crate) fn miss(&self) {
        self.misses.increment(1);
    }

    pub(crate) fn dropped(&self, pages: usize) {
        self.drops.increment(pages as u64);
    }

    pub(crate) fn followed(&self, position: i64) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a gauge is a float; 2^53 events are far off"
        )]
        self.position.set(position as f64);
    }

    /// All figures as text.
    #[must_use]
    pub fn render(&self) -> String {
        self.handle.run_upkeep();
        self.handle.render()
    }
}

impl Default for Telemetry {
    fn default() -> Self {
        Self::new()
    }
}
