//! The four real pages, when they are there: `TORG_SEEDS` names their folder.

use std::path::PathBuf;

use torg_kernel::{SeededIds, Timestamp};
use torg_markup::{
    FrontMatter, NoNames, NoResolver, ParsedPage, SourceFile, body_to_markdown, parse,
};

fn seeds() -> Vec<(String, ParsedPage)> {
    let Some(folder) = std::env::var_os("TORG_SEEDS").map(PathBuf::from) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("TORG_SEEDS names a folder")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    // The fifth is a report of thirty pages torn out of a PDF, tables and all.
    paths.retain(|path| !path.to_string_lossy().contains("004_"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path
                .file_name()
                .expect("a file")
                .to_string_lossy()
                .into_owned();
            let bytes = std::fs::read(&path).expect("the file can be read");
            let file = SourceFile {
                path: name.clone(),
                bytes,
            };
            let page = parse(&file, &FrontMatter::default()).expect("the seeds are pages");
            (name, page)
        })
        .collect()
}

#[test]
fn seeds_become_well_structured_pages() {
    for (name, page) in seeds() {
        let (document, missing) =
            page.resolve(&NoResolver, &SeededIds::new(1), Timestamp::default());
        let markdown = body_to_markdown(&document, &NoNames);
        if std::env::var_os("TORG_SHOW").is_some() {
            eprintln!(
                "=== {name}: {}\n{:?} {:?}\n{:?}",
                page.title, page.description_from, page.description, page.counts
            );
            for note in page.notes.iter().chain(&missing) {
                eprintln!("  note: {note}");
            }
            eprintln!("{markdown}");
        }
        assert!(missing.is_empty(), "{name}: {missing:?}");
        assert!(!markdown.contains("${"), "{name}");
        assert!(!markdown.contains("Till sidans"), "{name}");
        assert!(!markdown.contains('•'), "{name}");
        assert!(page.counts.headings > 0, "{name}");
    }
}
