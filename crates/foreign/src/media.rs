//! What pages become once the pictures and files that they use are in the media bank.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use torg_markup::{Counts, RawAction, RawBlock, RawContent, RawInline};

use crate::links::{each_run, inner_mut};
use crate::migration::Migration;
use crate::old;
use crate::remark::{Remark, RemarkKind};

/// What has come into the media bank, by old address.
#[derive(Debug, Clone, Default)]
pub struct TakenMedia {
    /// Pictures.
    pub pictures: HashSet<String>,
    /// Files to take home, with where they are had now.
    pub files: HashMap<String, String>,
    /// What could not be taken, with the reason in the words of whoever reads the report.
    pub refused: HashMap<String, String>,
}

impl Migration {
    /// Lets the pages use what came into the media bank: lead pictures are set, a link that stands
    /// alone becomes a download, one inside a sentence leads to the file. What came is no longer said
    /// to be missing; what was refused is said with its reason.
    pub fn use_media(&mut self, taken: &TakenMedia) {
        for page in &mut self.pages {
            if let Some(lead) = self.lead_pictures.get(&page.path)
                && taken.pictures.contains(lead)
            {
                page.front.picture = Some(lead.clone());
            }
            blocks(&mut page.blocks, &taken.files);
            page.counts = Counts::of(&page.blocks);
        }
        for item in &mut self.report.items {
            item.remarks.retain(|remark| !is_settled(remark, taken));
        }
        for file in &self.files {
            let undescribed = file.alt.is_none() && taken.pictures.contains(&file.address);
            let address = file.address.clone();
            let said = match taken.refused.get(&address) {
                Some(reason) => RemarkKind::MediaRefused {
                    address,
                    reason: reason.clone(),
                },
                None if undescribed => RemarkKind::PictureUndescribed { address },
                None => continue,
            };
            for item in &mut self.report.items {
                if file.pages.contains(&item.from) && item.to.is_some() {
                    item.remarks.push(said.clone().into());
                }
            }
        }
    }
}

fn is_settled(remark: &Remark, taken: &TakenMedia) -> bool {
    match remark {
        Remark::Own(RemarkKind::PictureElsewhere { address }) => taken.pictures.contains(address),
        Remark::Own(RemarkKind::FileElsewhere { address }) => {
            taken.files.contains_key(address) || taken.pictures.contains(address)
        }
        _ => false,
    }
}

/// The address of a link as files are known by.
fn plain(href: &str) -> Option<String> {
    let mut url = old::parse(href)?;
    url.set_fragment(None);
    Some(url.to_string())
}

fn blocks(list: &mut Vec<RawBlock>, files: &HashMap<String, String>) {
    let mut out = Vec::with_capacity(list.len());
    for mut block in std::mem::take(list) {
        for inner in inner_mut(&mut block.content) {
            blocks(inner, files);
        }
        if let Some(downloads) = downloads(&block, files) {
            out.extend(downloads);
            continue;
        }
        if let RawContent::Actions { actions: list } | RawContent::Tasks { items: list } =
            &mut block.content
        {
            for action in list {
                lead(&mut action.href, files);
            }
        }
        each_run(&mut block.content, &mut |run| {
            for inline in run {
                if let RawInline::Link { href, .. } = inline {
                    lead(href, files);
                }
            }
        });
        out.push(block);
    }
    *list = out;
}

fn lead(href: &mut String, files: &HashMap<String, String>) {
    if let Some(now) = plain(href).and_then(|address| files.get(&address)) {
        href.clone_from(now);
    }
}

/// The downloads that a paragraph or a list consists of; nothing where there is more to it.
fn downloads(block: &RawBlock, files: &HashMap<String, String>) -> Option<Vec<RawBlock>> {
    let runs: Vec<&[RawInline]> = match &block.content {
        RawContent::Paragraph { text } => vec![text],
        RawContent::List { items, .. } if items.iter().all(|item| item.items.is_empty()) => {
            items.iter().map(|item| item.text.as_slice()).collect()
        }
        _ => return None,
    };
    let links: Option<Vec<RawAction>> = runs.into_iter().map(|run| alone(run, files)).collect();
    let made: Vec<RawBlock> = links?
        .into_iter()
        .map(|link| RawBlock {
            line: block.line,
            content: RawContent::Download { link },
        })
        .collect();
    (!made.is_empty()).then_some(made)
}

/// The link to a file, when a run of text is nothing else.
fn alone(run: &[RawInline], files: &HashMap<String, String>) -> Option<RawAction> {
    let mut found = None;
    for inline in run {
        match inline {
            RawInline::Link { href, text, line } if found.is_none() => {
                let address = plain(href).filter(|address| files.contains_key(address))?;
                let label = torg_kernel::squeeze(&RawInline::plain(text));
                found = Some(RawAction {
                    icon: String::new(),
                    label: if label.is_empty() {
                        address.clone()
                    } else {
                        label
                    },
                    href: address,
                    note: String::new(),
                    line: *line,
                });
            }
            // WordPress shows a file as its name and a button, both of which lead to it.
            RawInline::Link { href, .. }
                if plain(href).as_deref() == found.as_ref().map(|link| link.href.as_str()) => {}
            RawInline::Text { text, .. } if text.trim().is_empty() => {}
            RawInline::Break => {}
            _ => return None,
        }
    }
    found
}

/// Where a file of an old site lies in a copy of its folder, which may be the whole site, its
/// `wp-content`, or the uploads only. For a smaller size of a picture it is the whole picture, if that
/// is there. Nothing outside the folder is ever found, whatever an address says.
#[must_use]
pub fn in_folder(root: &Path, address: &str) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let url = old::parse(address)?;
    let path = percent_encoding::percent_decode_str(url.path())
        .decode_utf8()
        .ok()?;
    find(&root, &old::full_size(&path)).or_else(|| find(&root, &path))
}

fn find(root: &Path, path: &str) -> Option<PathBuf> {
    let mut inner: Vec<&str> = vec![path];
    for folder in ["/wp-content/uploads/", "/wp-content/"] {
        inner.extend(path.split_once(folder).map(|(_, inner)| inner));
    }
    inner.into_iter().find_map(|inner| {
        let inner = inner.trim_start_matches('/');
        let bad = |part: &str| matches!(part, "" | "." | "..") || part.contains(['\\', '\0']);
        if inner.split('/').any(bad) {
            return None;
        }
        // A link in the folder may lead out of it.
        let file = root.join(inner).canonicalize().ok()?;
        (file.starts_with(root) && file.is_file()).then_some(file)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_the_folder_and_nowhere_else() {
        let outer = tempfile::tempdir().expect("a folder");
        let root = outer.path().join("uploads");
        std::fs::create_dir_all(root.join("2026/03")).expect("a folder");
        let write = |path: &Path| std::fs::write(path, "x").expect("written");
        write(&root.join("2026/03/år.jpg"));
        write(&root.join("2026/03/small-300x200.jpg"));
        write(&outer.path().join("secret.txt"));
        let found = |root: &Path, address: &str| {
            in_folder(root, &format!("https://old.example{address}")).map(|path| {
                path.file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned()
            })
        };
        let whole = Some("år.jpg".to_owned());
        for address in [
            "/wp-content/uploads/2026/03/%C3%A5r.jpg",
            "/blogg/wp-content/uploads/2026/03/%C3%A5r.jpg?v=2",
            "/wp-content/uploads/2026/03/%C3%A5r-300x200.jpg",
            "/2026/03/%C3%A5r.jpg",
        ] {
            assert_eq!(found(&root, address), whole, "{address}");
        }
        let small = Some("small-300x200.jpg".to_owned());
        let address = "/wp-content/uploads/2026/03/small-300x200.jpg";
        assert_eq!(found(&root, address), small);
        for address in [
            "/wp-content/uploads/%2e%2e/secret.txt",
            "/wp-content/uploads/..%2fsecret.txt",
            "/wp-content/uploads/..%5csecret.txt",
            "/wp-content/uploads/2026/03",
            "/wp-content/uploads/2026/03/",
            "/wp-content/uploads/2026/03/borta.jpg",
            "/%2Fetc/passwd",
            "/wp-content/uploads//etc/passwd",
        ] {
            assert_eq!(found(&root, address), None, "{address}");
        }
        #[cfg(unix)]
        {
            let link = root.join("link.txt");
            std::os::unix::fs::symlink(outer.path().join("secret.txt"), link).expect("linked");
            assert_eq!(found(&root, "/link.txt"), None);
        }
    }
}
