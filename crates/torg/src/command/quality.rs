//! How the city's pages stand by the rules, for whoever sits at a terminal.

use std::process::ExitCode;

use torg_kernel::{Clock, Locale, SystemClock, civil_date};
use torg_quality::Rule;
use torg_site::{CityReport, city_report};
use torg_ui::T;

use super::maintain::current;
use super::{Failure, say};
use crate::config::Config;

/// `torg check quality`: looks at every public text and says what the rules find. Fails when
/// something is found that stops publishing.
pub async fn check_quality(config: &Config) -> Result<ExitCode, Failure> {
    let database = current(config).await?;
    let snapshot = database.snapshot().await?;
    let today = civil_date(SystemClock.now());
    let report = city_report(&*snapshot, today).await.map_err(Failure::of)?;
    snapshot.end().await?;
    database.close().await;
    for line in lines(&report, say::words()) {
        say::line(&line);
    }
    Ok(if report.stopped == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn lines(report: &CityReport, t: T) -> Vec<String> {
    let share = |part: u32| {
        (100 * part + report.texts / 2)
            .checked_div(report.texts)
            .unwrap_or(0)
    };
    let mut lines = vec![
        format!(
            "texts          {} public, {} words",
            report.texts, report.words
        ),
        format!(
            "good           {} ({} %) need no mending; {} have something that stops publishing",
            report.good,
            share(report.good),
            report.stopped
        ),
    ];
    let (cycle, without, overdue) = report.cycle;
    lines.push(format!(
        "care           {cycle} to be reviewed: {without} without reviewer, {overdue} overdue"
    ));
    for (locale, (texts, sum, above)) in &report.lix {
        let mean = (sum + u64::from(*texts) / 2)
            .checked_div(u64::from(*texts))
            .unwrap_or(0);
        lines.push(format!(
            "LIX {:<10} {mean} on average in {texts} texts, {above} above the limit",
            name(*locale)
        ));
    }
    let mut rules: Vec<(&Rule, &(u32, u32))> = report.rules.iter().collect();
    rules.sort_by_key(|(rule, (texts, _))| (std::cmp::Reverse(*texts), **rule));
    if !rules.is_empty() {
        lines.push(String::new());
        lines.push(format!("{:>6} {:>9}  rule", "texts", "findings"));
    }
    for (rule, (texts, findings)) in rules {
        lines.push(format!(
            "{texts:>6} {findings:>9}  {:<20} {}",
            rule.as_str(),
            t.get(rule.title())
        ));
    }
    if !report.worst.is_empty() {
        lines.push(String::new());
        lines.push(format!("{:>6} {:>9}  text", "must", "should"));
    }
    for (address, must, should) in &report.worst {
        lines.push(format!("{must:>6} {should:>9}  {address}"));
    }
    lines
}

fn name(locale: Locale) -> String {
    locale.endonym().to_owned()
}
