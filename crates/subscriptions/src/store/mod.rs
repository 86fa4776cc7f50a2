//! This feature's only SQL.

mod news;
mod people;

pub(crate) use news::*;
pub(crate) use people::*;

/// `$1, $2 …`: marks for `count` values after the first `before`.
fn marks(before: usize, count: usize) -> String {
    let marks: Vec<String> = (before + 1..=before + count)
        .map(|at| format!("${at}"))
        .collect();
    marks.join(", ")
}

/// Keys of topics as one column. They hold no white space.
fn joined(topics: &[String]) -> String {
    topics.join(" ")
}

fn split(topics: &str) -> Vec<String> {
    topics.split_whitespace().map(str::to_owned).collect()
}
