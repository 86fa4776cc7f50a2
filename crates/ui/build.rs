//! Lists the translation files, so that a new one is taken up without being named anywhere.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default())
        .join("../../translations");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut table = String::from("pub(crate) const FILES: &[(&str, &str, &str)] = &[\n");
    for language in sorted(&root)? {
        if !language.is_dir() {
            continue;
        }
        println!("cargo:rerun-if-changed={}", language.display());
        let tag = language.file_name().unwrap_or_default().to_string_lossy();
        for file in sorted(&language)? {
            if file.extension().is_some_and(|end| end == "ftl") {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let path = fs::canonicalize(&file)?;
                let _ = writeln!(table, "    ({tag:?}, {name:?}, include_str!({path:?})),");
            }
        }
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("translations.rs"), table)
}
