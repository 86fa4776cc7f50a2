use torg_ui::T;

use super::*;
use crate::hours::Hours;

fn plan(json: &str) -> Hours {
    let mut hours: Hours = serde_json::from_str(json).expect("the test's own JSON");
    hours.tidy();
    hours
}

const ALL: &str = r#"{"weekly":{"mon":["10:00-12:00","13:00-18:30"],"fri":["00:00-24:00 self_service"]},
    "turns":[{"days":["tue"],"when":"first","spans":[],"note":{"sv":"Städdag"}}],
    "periods":[{"from":"2026-06-01","to":"2026-08-31","name":{"sv":"Sommar","fi":"Kesä"},"weekly":{"mon":["10:00-14:00"]},"turns":[{"days":["wed"],"when":"last","spans":["10:00-12:00"]}]},{"break":"sport_break","weekly":{}},{"from":"11-01","to":"03-31","weekly":{}}],
    "days":[{"on":"holidays","spans":[]},{"on":"eves","until":"13:30"},{"on":"christmas_eve","as_usual":true}],
    "exceptions":[{"date":"2026-12-23","to":"2026-12-24","spans":["10:00-15:00"],"change":"00000000-0000-7000-8000-000000000001"}],"note":{"en":"Ring"}}"#;

#[test]
fn a_form_that_nobody_touched_changes_nothing() {
    for t in [T::SV, T::EN] {
        let hours = plan(ALL);
        let mut form = HoursForm::of(t, &hours, 3);
        assert_eq!(form.read(&hours), Ok(hours));
    }
}

#[test]
fn what_is_wrong_is_told_at_its_field() {
    let hours = plan(ALL);
    let mut form = HoursForm::of(T::SV, &hours, 3);
    form.week[0] = "sent".to_owned();
    form.turns[0].when = String::new();
    form.periods[0].first = "i sommar".to_owned();
    form.rules.push(RuleRow {
        on: "eves".to_owned(),
        ..RuleRow::default()
    });
    form.exceptions[0].spans = "till 13".to_owned();
    let fields = |form: &mut HoursForm| {
        let errors = form.read(&hours).expect_err("wrong");
        errors.into_iter().map(|it| it.field).collect::<Vec<_>>()
    };
    assert_eq!(
        fields(&mut form),
        [
            "hours_mon",
            "turn_0_when",
            "period_0_first",
            "rule_3_spans",
            "day_0_spans"
        ]
    );
    let mut form = HoursForm::of(T::SV, &hours, 3);
    form.exceptions.push(ExceptionRow {
        date: "2026-12-24".to_owned(),
        spans: "10-12, 11-13".to_owned(),
        ..ExceptionRow::default()
    });
    form.periods[0].last = "2026-05-01".to_owned();
    form.turns[0].days = [false; 7];
    assert_eq!(
        fields(&mut form),
        ["turn_0_mon", "period_0_last", "day_1_spans", "day_1_date"]
    );
    assert_eq!(
        form.exceptions[1].spans, "10-12, 11-13",
        "what was written stays"
    );
}

#[test]
fn buttons_change_rows_only() {
    let hours = plan(ALL);
    let mut form = HoursForm::of(T::SV, &hours, 3);
    assert!(form.press("add:day") && form.press("remove:turn:0") && form.press("add:turn"));
    assert!(!form.press("remove:turn:7") && !form.press("save") && !form.press("add:x"));
    assert_eq!((form.turns.len(), form.exceptions.len()), (1, 2));
    let read = form.read(&hours).expect("empty rows are passed over");
    assert!(read.turns.is_empty());
    assert_eq!(read.exceptions, hours.exceptions);
    form.exceptions[0].spans = "stängt".to_owned();
    let read = form.read(&hours).expect("right");
    assert_eq!(read.exceptions[0].change, None, "one's own now");
}

#[test]
fn weeks_within_a_period_are_written_too() {
    let hours = plan(ALL);
    let mut form = HoursForm::of(T::SV, &hours, 3);
    assert_eq!(form.periods[0].turns[0].spans, "10–12");
    assert!(form.press("add:turn-of:0") && form.press("add:turn-of:1"));
    assert!(!form.press("add:turn-of:9") && !form.press("remove:turn-of:0:5"));
    assert!(!form.press("add:turn-of") && !form.press("add:turn:0") && !form.press("add:day:x"));
    let read = form.read(&hours).expect("empty rows are passed over");
    assert_eq!(read, hours);

    assert!(form.press("add:turn-of:0"));
    let days = std::array::from_fn(|day| day == 4);
    form.periods[0].turns[1] = TurnRow {
        when: "even_weeks".to_owned(),
        days,
        spans: "10–18".to_owned(),
        note: ["Sommarkväll".to_owned(), String::new()],
        from: None,
    };
    let read = form.read(&hours).expect("right");
    let turns = &read.periods[0].turns;
    assert_eq!(turns.len(), 2);
    assert_eq!(turns[1].days, ["fri"]);
    assert_eq!(turns[0].note, hours.periods[0].turns[0].note);

    // What is wrong is told at the row of the period, though the rows change places.
    form.periods[0].turns.reverse();
    form.periods[0].turns[0].spans = "10–12, 11–13".to_owned();
    let errors = form.read(&hours).expect_err("overlaps");
    assert_eq!(errors[0].field, "period_0_turn_1_spans");
    assert_eq!(form.periods[0].turns[1].spans, "10–12, 11–13");
    form.periods[0].turns[1].days = [false; 7];
    let errors = form.read(&hours).expect_err("of no day");
    assert_eq!(errors[0].field, "period_0_turn_1_mon");
    form.periods[0].turns[1].when = String::new();
    let errors = form.read(&hours).expect_err("when?");
    // Without weeks it stands first: `None` comes before all that there are.
    assert_eq!(errors[0].field, "period_0_turn_0_when");
    assert!(form.press("remove:turn-of:0:0"));
    assert_eq!(form.read(&hours), Ok(hours));
}

#[test]
fn rows_stand_in_the_order_in_which_their_faults_are_told() {
    let hours = Hours::default();
    let mut form = HoursForm::of(T::SV, &hours, 1);
    let row = |day: usize, spans: &str| TurnRow {
        when: "first".to_owned(),
        days: std::array::from_fn(|own| own == day),
        spans: spans.to_owned(),
        ..TurnRow::default()
    };
    // Friday goes before Monday in a plan: days are kept by their names.
    form.turns = vec![row(0, "10–12, 11–13"), row(4, "10–12")];
    let errors = form.read(&hours).expect_err("overlaps");
    assert_eq!(errors[0].field, "turn_1_spans");
    assert_eq!(form.turns[1].spans, "10–12, 11–13");
}
