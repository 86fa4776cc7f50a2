//! Asks which of many units are open, with the plans of the demo's units, and prints how long it took.
//!
//! ```sh
//! cargo build --release -p torg-directory --example bench_hours
//! taskset -c 0 target/release/examples/bench_hours [UNITS]
//! ```
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::error::Error;
use std::time::{Duration, Instant};

use torg_almanac::{Almanac, Entry, parse_almanac};
use torg_directory::hours::{Hours, State, open_now};
use torg_kernel::{AlmanacEntryId, SeededIds, Timestamp};

/// Instants that are asked about, ten and a half hours apart: through a year and all hours of the day.
const ASKED: i64 = 1_000;
/// 2026-10-01 00:00 in the city.
const FROM: Timestamp = Timestamp::from_micros(1_790_805_600_000_000);

fn problem(problem: torg_kernel::Problem) -> Box<dyn Error> {
    format!("{problem:?}").into()
}

fn main() -> Result<(), Box<dyn Error>> {
    let wanted: usize = std::env::args()
        .nth(1)
        .map_or(Ok(5_000), |arg| arg.parse())?;
    let units = torg_directory::parse_units(include_bytes!("../../../demo/units.json"));
    let plans: Vec<Hours> = units
        .map_err(problem)?
        .into_iter()
        .filter_map(|unit| unit.data.hours)
        .collect();
    let units: Vec<Hours> = plans.iter().cycle().take(wanted).cloned().collect();
    let ids = SeededIds::new(1);
    let entries = parse_almanac(include_bytes!("../../../demo/almanac.json")).map_err(problem)?;
    let entries = entries.into_iter().map(|data| Entry {
        id: AlmanacEntryId::new(&ids, FROM),
        data,
    });
    let almanac = Almanac::new(entries.collect());
    let mut took: Vec<Duration> = Vec::new();
    let mut open = 0;
    for step in 0..ASKED {
        let now = FROM.plus_seconds(step * 37_800);
        let begun = Instant::now();
        let answer = open_now(&units, &almanac, now);
        took.push(begun.elapsed());
        let own = answer.states.iter().flatten();
        open += own
            .filter(|state| state.lets_in() || **state == State::Phone)
            .count();
    }
    took.sort_unstable();
    let at = |part: usize| took[(took.len() - 1) * part / 100].as_secs_f64() * 1_000.0;
    println!(
        "open now over {wanted} units ({} plans): p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms",
        plans.len(),
        at(50),
        at(99),
        at(100)
    );
    println!(
        "on average {:.0} of them answer",
        open as f64 / ASKED as f64
    );
    Ok(())
}
