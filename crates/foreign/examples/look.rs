//! Shows what would be taken out of an export or a saved site, without any database:
//! `cargo run -p torg-foreign --example look -- wordpress export.xml` or `… site FOLDER`.

use std::io::Write;
use std::path::PathBuf;

use torg_foreign::{Migration, Options, Outcome, saved, wordpress};
use torg_kernel::{SeededIds, Timestamp};
use torg_markup::{NoNames, NoResolver, to_markdown};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let options = Options::default();
    let migration = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["wordpress", path, ..] => {
            wordpress::read(&wordpress::Source::File(PathBuf::from(path)), &options)?
        }
        ["site", path, ..] => saved::read(&saved::Source::at(&PathBuf::from(path))?, &options)?,
        _ => return Err("say wordpress FILE or site PATH".into()),
    };
    let brief = words.iter().any(|word| word == "--brief");
    show(&migration, brief, &mut std::io::stdout().lock())?;
    Ok(())
}

fn show(migration: &Migration, brief: bool, out: &mut dyn Write) -> std::io::Result<()> {
    for page in migration.pages.iter().filter(|_| !brief) {
        let (document, _) = page.resolve(&NoResolver, &SeededIds::new(1), Timestamp::default());
        writeln!(out, "######## {}", page.path)?;
        writeln!(out, "{}", to_markdown(&document, &page.front, &NoNames))?;
    }
    for item in &migration.report.items {
        let to = item
            .to
            .as_ref()
            .map(|to| format!(" → {to}"))
            .unwrap_or_default();
        writeln!(
            out,
            "{} {} {}{to}",
            item.outcome().as_str(),
            item.kind,
            item.from
        )?;
        for remark in &item.remarks {
            writeln!(out, "    - {remark}")?;
        }
    }
    for redirect in &migration.redirects {
        writeln!(out, "{} ⇒ {}", redirect.from, redirect.to)?;
    }
    for file in &migration.files {
        writeln!(out, "file {} {:?} {:?}", file.address, file.alt, file.bytes)?;
    }
    let count = |outcome| migration.report.count(outcome);
    writeln!(
        out,
        "{} pages; {} taken, {} simplified, {} left out; whole: {}",
        migration.pages.len(),
        count(Outcome::Taken),
        count(Outcome::Simplified),
        count(Outcome::LeftOut),
        migration.whole,
    )
}
