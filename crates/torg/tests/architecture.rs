//! Holds the direction of dependencies: kernel ← db ← services ← ui, web ← features ← torg, and
//! which room may see which outside crate. Asks cargo itself, so no room can slip past. Also holds the
//! operator's guides to the settings that there are.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Rooms by floor: each may use those on floors below. A new room is put here first.
const FLOORS: [&[&str]; 6] = [
    &["torg-kernel"],
    &["torg-db"],
    &[
        "torg-almanac",
        "torg-log",
        "torg-search",
        "torg-jobs",
        "torg-files",
        "torg-notify",
        "torg-forms",
        "torg-document",
        "torg-markup",
        "torg-foreign",
        "torg-geo",
        "torg-quality",
        "torg-revision",
    ],
    &["torg-ui", "torg-web", "torg-recurrence"],
    &[
        "torg-accounts",
        "torg-site",
        "torg-directory",
        "torg-facts",
        "torg-map",
        "torg-noticeboard",
        "torg-subscriptions",
        "torg-calendar",
        "torg-cases",
        "torg-eservices",
        "torg-participation",
        "torg-steering",
        "torg-channels",
        "torg-records",
        "torg-insight",
        "torg-media",
        "torg-workspace",
    ],
    &["torg", "torg-documents"],
];

/// Steps on one floor, each with its reason.
const SIDEWAYS: [(&str, &str, &str); 5] = [
    (
        "torg-almanac",
        "torg-log",
        "the city's own days are rows, and each change is an event",
    ),
    (
        "torg-foreign",
        "torg-markup",
        "foreign HTML becomes blocks by the same rules as any other",
    ),
    ("torg-web", "torg-ui", "error pages are drawn by the frame"),
    (
        "torg-recurrence",
        "torg-ui",
        "a rule is said in the words of the interface",
    ),
    (
        "torg-files",
        "torg-log",
        "a picture's rows and its event are one write",
    ),
];

/// Outside crates that only some rooms may see, since they are dear to build or easy to spread.
const GUARDED: [(&str, &[&str]); 9] = [
    ("tantivy", &["torg-search"]),
    ("typst", &["torg-documents"]),
    ("sea-orm-migration", &["torg-db"]),
    ("sqlx", &[]),
    ("axum", &["torg-web"]),
    ("hyper", &["torg-web"]),
    ("quick_cache", &["torg-web", "torg-site"]),
    ("argon2", &["torg-accounts"]),
    ("fluent-templates", &["torg-ui"]),
];

/// Rooms without a store of their own: no SQL in them.
const WITHOUT_SQL: [&str; 9] = [
    "torg-kernel",
    "torg-ui",
    "torg-search",
    "torg-markup",
    "torg-foreign",
    "torg-geo",
    "torg-quality",
    "torg-revision",
    "torg-recurrence",
];

/// For tests only; may stand under `[dev-dependencies]` and nowhere else.
const TEST_ONLY: &str = "torg-testkit";

struct Room {
    /// What the room needs to run, and to build.
    uses: BTreeSet<String>,
    /// What its tests need.
    tests_use: BTreeSet<String>,
}

fn cargo(words: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO"))
        .args(words)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

fn metadata(more: &[&str]) -> Value {
    let words = ["metadata", "--format-version=1", "--locked", "--offline"];
    let output = cargo(&[&words, more].concat());
    serde_json::from_slice(&output).expect("cargo writes JSON")
}

/// The platform that this runs on: the sources for others need not have been fetched.
fn host() -> String {
    let version = String::from_utf8_lossy(&cargo(&["version", "--verbose"])).into_owned();
    version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("cargo tells its host")
        .to_owned()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn rooms() -> BTreeMap<String, Room> {
    let metadata = metadata(&["--no-deps"]);
    list(&metadata["packages"])
        .iter()
        .map(|package| {
            let of = |dev: bool| {
                list(&package["dependencies"])
                    .iter()
                    .filter(|dependency| (text(&dependency["kind"]) == "dev") == dev)
                    .map(|dependency| text(&dependency["name"]))
                    .collect()
            };
            let room = Room {
                uses: of(false),
                tests_use: of(true),
            };
            (text(&package["name"]), room)
        })
        .collect()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

fn is_ours(name: &str) -> bool {
    name == "torg" || name.starts_with("torg-")
}

/// What is wrong with a set of rooms: one sentence for each.
fn faults(rooms: &BTreeMap<String, Room>) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, room) in rooms.iter().filter(|(name, _)| *name != TEST_ONLY) {
        let Some(own) = floor(name) else {
            faults.push(format!("{name} stands on no floor: put it into FLOORS"));
            continue;
        };
        for other in room.uses.iter().filter(|other| is_ours(other)) {
            if other == TEST_ONLY {
                faults.push(format!("{name} uses {other}, which is for tests only"));
                continue;
            }
            let sideways = SIDEWAYS
                .iter()
                .any(|(from, to, _)| from == name && to == other);
            if floor(other).is_none_or(|floor| floor >= own) && !sideways {
                faults.push(format!(
                    "{name} may not use {other}: it is on no lower floor"
                ));
            }
        }
        for (guarded, may) in GUARDED {
            // The binary wires everything together and so may name what it starts.
            let allowed = may.contains(&name.as_str());
            if room.uses.contains(guarded) && !allowed {
                faults.push(format!("{name} may not see {guarded}: only {may:?} may"));
            }
        }
        if WITHOUT_SQL.contains(&name.as_str()) && room.uses.contains("sea-orm") {
            faults.push(format!("{name} has no store and may not see sea-orm"));
        }
        // Not even in tests: two features that meet do so in the tests of the binary.
        if FLOORS[4].contains(&name.as_str()) {
            let others = room
                .tests_use
                .iter()
                .filter(|other| FLOORS[4].contains(&other.as_str()) && *other != name);
            for other in others {
                faults.push(format!("the tests of {name} use the feature {other}"));
            }
        }
    }
    faults
}

#[test]
fn rooms_use_only_the_floors_below() {
    let rooms = rooms();
    assert!(rooms.len() >= 10, "cargo told of {} rooms", rooms.len());
    let faults = faults(&rooms);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Direct dependencies are not enough for the kernel: it must stay free of these however deep.
#[test]
fn the_kernel_carries_no_runtime_no_sql_and_no_web() {
    let metadata = metadata(&["--filter-platform", &host()]);
    let names: BTreeMap<String, String> = list(&metadata["packages"])
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let nodes: BTreeMap<String, &Value> = list(&metadata["resolve"]["nodes"])
        .iter()
        .map(|node| (text(&node["id"]), node))
        .collect();
    let kernel = names
        .iter()
        .find(|(_, name)| *name == "torg-kernel")
        .map(|(id, _)| id.clone())
        .expect("there is a kernel");
    let mut seen = BTreeSet::from([kernel.clone()]);
    let mut queue = vec![kernel];
    while let Some(id) = queue.pop() {
        for dependency in list(&nodes[&id]["deps"]) {
            let needed = list(&dependency["dep_kinds"])
                .iter()
                .any(|kind| text(&kind["kind"]) != "dev");
            let id = text(&dependency["pkg"]);
            if needed && seen.insert(id.clone()) {
                queue.push(id);
            }
        }
    }
    let carried: BTreeSet<&str> = seen.iter().map(|id| names[id].as_str()).collect();
    assert!(carried.contains("uuid"), "the walk went wrong: {carried:?}");
    for banned in ["tokio", "sea-orm", "sqlx", "axum", "hyper", "tantivy"] {
        assert!(!carried.contains(banned), "the kernel carries {banned}");
    }
}

#[test]
fn the_operators_guides_name_every_setting_with_its_default() {
    for guide in [
        include_str!("../../../docs/guides/operator.md"),
        include_str!("../../../docs/guides/operator.en.md"),
    ] {
        for setting in torg::config::SETTINGS {
            let default = match setting.default {
                "" => String::new(),
                value => format!("`{value}`"),
            };
            let row = format!("| `{}` | {default} |", setting.name);
            assert!(guide.contains(&row), "a guide lacks the row {row}");
        }
    }
}

#[test]
fn a_wrong_step_is_found() {
    let room = |uses: &[&str], tests: &[&str]| Room {
        uses: uses.iter().map(|name| (*name).to_owned()).collect(),
        tests_use: tests.iter().map(|name| (*name).to_owned()).collect(),
    };
    for (name, room) in [
        ("torg-site", room(&["torg-directory"], &[])),
        ("torg-site", room(&[], &["torg-facts"])),
        ("torg-db", room(&["torg-log"], &[])),
        ("torg-site", room(&["tantivy"], &[])),
        ("torg-kernel", room(&["sea-orm"], &[])),
        ("torg-log", room(&["torg-testkit"], &[])),
        ("torg-garage", room(&[], &[])),
    ] {
        let rooms = BTreeMap::from([(name.to_owned(), room)]);
        assert_eq!(faults(&rooms).len(), 1, "{name}");
    }
}
