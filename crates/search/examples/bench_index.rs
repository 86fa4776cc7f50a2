//! Builds an index of made-up documents on disk and searches it, and prints the figures of
//! `bench/search/README.md`. Words are drawn from the word list with the frequencies of a natural
//! language (Zipf), so that the term lists are as uneven as in real text.
//!
//! ```sh
//! cargo build --release -p torg-search --example bench_index
//! taskset -c 0 target/release/examples/bench_index [DOCUMENTS] [FOLDER]
//! ```
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use torg_kernel::{Locale, Timestamp};
use torg_search::{Change, Index, IndexOptions, Matched, Query, SearchDocument};

/// Words that make up the vocabulary.
const VOCABULARY: usize = 60_000;
/// Documents staged at a time.
const BATCH: usize = 500;

/// A small generator of repeatable numbers (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % limit
    }

    /// A rank of Zipf's law: rank r with a frequency of about 1/r.
    fn zipf(&mut self, ranks: usize) -> usize {
        let share = f64::from(u32::try_from(self.next() >> 40).unwrap_or(0)) / f64::from(1 << 24);
        let rank = (ranks as f64).powf(share);
        // Truncation is meant: ranks are whole.
        (rank as usize).clamp(1, ranks) - 1
    }
}

/// Words of the Swedish word list in an order without meaning.
fn vocabulary(random: &mut Random) -> Vec<String> {
    let mut words = torg_search::sample_words(VOCABULARY);
    for at in (1..words.len()).rev() {
        words.swap(at, random.below(at + 1));
    }
    words
}

fn text(random: &mut Random, words: &[String], length: usize) -> String {
    let mut text = String::with_capacity(length + 30);
    while text.len() < length {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&words[random.zipf(words.len())]);
        if random.below(12) == 0 {
            text.push('.');
        }
    }
    text
}

fn document(number: usize, random: &mut Random, words: &[String]) -> SearchDocument {
    SearchDocument {
        key: format!("page:{number}:sv"),
        kind: "page".to_owned(),
        locale: Locale::SV,
        url: format!("/sida/{number}"),
        title: text(random, words, 25),
        headings: (0..3).map(|_| text(random, words, 20)).collect(),
        description: text(random, words, 100),
        keywords: Vec::new(),
        body: text(random, words, 850),
        organisation: None,
        theme: None,
        variant: torg_kernel::Variant::Standard,
        published_at: None,
        updated_at: Timestamp::default(),
    }
}

/// Turns two letters around.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    if middle > 0 {
        letters.swap(middle - 1, middle);
    }
    letters.into_iter().collect()
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!(
        "{name}: p50 {:?}, p99 {:?}, most {:?}",
        at(50),
        at(99),
        at(100)
    );
}

fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.unwrap_or("VmRSS unknown")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Processor time of all threads so far, in seconds; the machine may have other work.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: f64 = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}

/// What the search page and its field ask beside: hits counted by what they are, old news behind
/// new, and titles for the first letters of a word.
fn more(index: &Index, random: &mut Random, words: &[String]) -> Result<(), Box<dyn Error>> {
    let mut counted = Vec::new();
    let mut suggested = Vec::new();
    for _ in 0..1_000 {
        let word = words[random.zipf(words.len())].clone();
        let beginning: String = word.chars().take(3).collect();
        let other = &words[random.zipf(words.len())];
        let query = Query {
            facets: true,
            fresh: Some(index.freshness(Timestamp::default())),
            ..Query::new(format!("{word} {other}"), Locale::SV)
        };
        let start = Instant::now();
        index.search(&query)?;
        counted.push(start.elapsed());
        let start = Instant::now();
        index.suggest(&beginning, Locale::SV, 8, None)?;
        suggested.push(start.elapsed());
    }
    report("two words, counted by what they are", counted);
    report("titles for three letters", suggested);
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let documents: usize = arguments.next().map_or(Ok(100_000), |text| text.parse())?;
    let temporary;
    let folder = match arguments.next() {
        Some(folder) => PathBuf::from(folder),
        None => {
            temporary = tempfile::tempdir()?;
            temporary.path().to_owned()
        }
    };
    println!("before anything: {}", resident());
    let start = Instant::now();
    let small = Index::in_memory()?;
    small.search(&Query::new("badplatserna", Locale::SV))?;
    println!(
        "word list and an empty index, with a first search: {:?}; {}",
        start.elapsed(),
        resident()
    );

    let mut random = Random(2026);
    let words = vocabulary(&mut random);
    let index = Index::open(&folder, IndexOptions::default())?;
    let start = Instant::now();
    let processor = processor_seconds();
    let mut making = Duration::ZERO;
    let mut bytes = 0;
    for first in (0..documents).step_by(BATCH) {
        let made = Instant::now();
        let batch: Vec<Change> = (first..documents.min(first + BATCH))
            .map(|number| Change::put(document(number, &mut random, &words)))
            .collect();
        bytes += batch
            .iter()
            .map(|change| match change {
                Change::Put(document) => document.body.len() + document.description.len(),
                _ => 0,
            })
            .sum::<usize>();
        making += made.elapsed();
        index.stage(&batch)?;
    }
    index.commit(1)?;
    let took = start.elapsed().saturating_sub(making);
    println!(
        "{documents} documents of {} bytes: built in {took:?}, {:.1} s of processor time with \
         making them ({making:?}); {}",
        bytes / documents.max(1),
        processor_seconds() - processor,
        resident()
    );
    let on_disk: u64 = std::fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok()?.metadata().ok())
        .map(|data| data.len())
        .sum();
    println!("{:.0} MB on disk", on_disk as f64 / 1e6);

    let queries = [
        ("one word", 1, false),
        ("two words", 2, false),
        ("three words", 3, false),
        ("six words", 6, false),
        ("two words, one misspelt", 2, true),
    ];
    for (name, count, wrong) in queries {
        let mut times = Vec::new();
        let mut nothing = 0;
        for _ in 0..1_000 {
            let mut chosen: Vec<String> = (0..count)
                .map(|_| words[random.zipf(words.len())].clone())
                .collect();
            if wrong {
                chosen[0] = misspelt(&chosen[0]);
            }
            let query = Query::new(chosen.join(" "), Locale::SV);
            let start = Instant::now();
            let answer = index.search(&query)?;
            times.push(start.elapsed());
            nothing += usize::from(answer.matched == Matched::Nothing);
        }
        report(&format!("{name} ({nothing} of 1000 found nothing)"), times);
    }
    more(&index, &mut random, &words)?;
    let start = Instant::now();
    for number in 0..20 {
        index.apply(
            &[Change::put(document(number, &mut random, &words))],
            2 + number as u64,
        )?;
    }
    println!("one changed document, visible: {:?}", start.elapsed() / 20);
    println!("at the end: {}", resident());
    Ok(())
}
