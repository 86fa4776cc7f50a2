//! What commands say: results on standard output, everything else on standard error.

use std::io::Write;

use indicatif::{ProgressBar, ProgressStyle};
use torg_kernel::{Locale, Problem};
use torg_ui::T;

/// A line of the result. A reader that has gone away (`| head`) is no error.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A line on the way.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// What went wrong.
pub fn error(text: &str) {
    let _ = writeln!(std::io::stderr(), "error: {text}");
}

/// The words for an operator, by the system's language.
pub fn words() -> T {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let swedish = named.is_some_and(|value| value.starts_with("sv"));
    T::of(if swedish { Locale::SV } else { Locale::EN })
}

/// A problem in words: each wrong field on a line of its own.
pub fn problem(problem: &Problem) -> String {
    let t = words();
    match problem {
        Problem::Invalid(fields) => {
            let mut text = t.get("cli-invalid").into_owned();
            for field in fields.iter().take(50) {
                text.push_str(&format!(
                    "\n  {}: {}",
                    field.field,
                    t.message(&field.message)
                ));
            }
            if fields.len() > 50 {
                text.push_str(&format!("\n  … {}", fields.len() - 50));
            }
            text
        }
        Problem::Conflict(message) => t.message(message),
        Problem::NotFound => t.get("cli-not-found").into_owned(),
        other => other.to_string(),
    }
}

/// A bar for long work; silent when nobody watches.
pub fn progress(of: Option<u64>, text: &str) -> ProgressBar {
    let bar = match of {
        Some(total) => ProgressBar::new(total).with_style(
            ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
                .unwrap_or_else(|_| ProgressStyle::default_bar()),
        ),
        None => ProgressBar::new_spinner().with_style(
            ProgressStyle::with_template("{spinner} {msg} {pos} {elapsed}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        ),
    };
    bar.set_message(text.to_owned());
    bar
}
