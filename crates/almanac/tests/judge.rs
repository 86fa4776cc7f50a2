//! The PyPI package `holidays` has the same holidays as our rules.

use std::path::Path;
use std::process::Command;

use jiff::civil::date;
use torg_almanac::Almanac;

/// What the judge calls each of our days.
const NAMES: [(&str, &str); 13] = [
    ("new_years_day", "Nyårsdagen"),
    ("epiphany", "Trettondedag jul"),
    ("good_friday", "Långfredagen"),
    ("easter_day", "Påskdagen"),
    ("easter_monday", "Annandag påsk"),
    ("may_day", "Första maj"),
    ("ascension_day", "Kristi himmelsfärdsdag"),
    ("pentecost", "Pingstdagen"),
    ("national_day", "Nationaldagen"),
    ("midsummer_day", "Midsommardagen"),
    ("all_saints_day", "Alla helgons dag"),
    ("christmas_day", "Juldagen"),
    ("boxing_day", "Annandag jul"),
];

#[test]
fn holidays_agree_with_the_judge_from_2020_to_2035() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../judges/holidays_se.py");
    let output = Command::new(torg_testkit::judges().join("bin/python"))
        .arg(script)
        .args(["2020", "2035"])
        .output()
        .expect("the judge runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut theirs: Vec<(String, String)> =
        serde_json::from_slice(&output.stdout).expect("the judge writes JSON");
    let almanac = Almanac::default();
    let mut ours: Vec<(String, String)> = Vec::new();
    let mut on = date(2020, 1, 1);
    while on.year() <= 2035 {
        // All names of a day: 1 May may be Ascension Day too.
        for name in almanac.named(on) {
            let judged = NAMES.iter().find(|(key, _)| *key == name.key());
            assert_eq!(
                judged.is_some(),
                name.kind() == torg_almanac::Kind::Holiday,
                "{}",
                name.key()
            );
            if let Some((_, judged)) = judged {
                ours.push((on.to_string(), (*judged).to_owned()));
            }
        }
        assert_eq!(
            almanac.holiday(on).is_some(),
            ours.last().is_some_and(|(day, _)| *day == on.to_string())
        );
        on = on.tomorrow().expect("in the calendar");
    }
    theirs.sort();
    ours.sort();
    assert_eq!(ours.len(), 16 * 13);
    assert_eq!(ours, theirs);
}
