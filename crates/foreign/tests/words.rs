//! Every sentence of the room is translated, and no other.

use torg_foreign::{ErrorKind, Outcome, Remark};

/// Keys that the command uses by itself.
const COMMAND: &[&str] = &[
    "foreign-summary",
    "foreign-written",
    "foreign-media-taken",
    "foreign-no-folder",
    "foreign-dry-run",
    "foreign-refused-cut",
    "foreign-report-ending",
    "foreign-what-to-do",
];

#[test]
fn every_sentence_is_translated() {
    let mut keys = Remark::keys();
    keys.extend(ErrorKind::KEYS);
    keys.extend(Outcome::ALL.map(Outcome::key));
    keys.extend(COMMAND);
    let command = [
        include_str!("../../torg/src/command/foreign.rs"),
        include_str!("../../torg/src/command/foreign/media.rs"),
    ]
    .concat();
    for key in COMMAND {
        assert!(
            command.contains(&format!("\"{key}\"")),
            "{key} is used nowhere"
        );
    }
    for (name, text) in [
        ("sv", include_str!("../../../translations/sv/foreign.ftl")),
        ("en", include_str!("../../../translations/en/foreign.ftl")),
    ] {
        for key in &keys {
            let start = format!("{key} = ");
            let found = text.lines().filter(|line| line.starts_with(&start)).count();
            assert_eq!(found, 1, "{key} in {name}");
        }
        let lines = text.lines().filter(|line| line.contains(" = ")).count();
        assert_eq!(lines, keys.len(), "{name} holds more than there is");
    }
}
