//! From a place in a plan to the field of the form that it stands in.

/// `2].spans` as its number and the rest.
fn numbered(text: &str) -> Option<(usize, &str)> {
    let (at, rest) = text.split_once(']')?;
    Some((at.parse().ok()?, rest.trim_start_matches('.')))
}

/// The name of a field as the form has it, from a place in a plan.
pub(super) fn field_name(place: &str) -> String {
    inside(place).unwrap_or_else(|| match place.strip_prefix("weekly.") {
        Some(day) => format!("hours_{day}"),
        None => place.replace('.', "_"),
    })
}

fn inside(place: &str) -> Option<String> {
    let row = |before: &str| place.strip_prefix(before).and_then(numbered);
    if let Some((at, rest)) = row("turns[") {
        return Some(format!("turn_{at}_{}", of_turn(rest)));
    }
    if let Some((at, rest)) = row("periods[") {
        return Some(format!("period_{at}_{}", of_period(rest)));
    }
    if let Some((at, rest)) = row("days[") {
        return Some(format!("rule_{at}_{}", rest.replace('.', "_")));
    }
    let (at, rest) = row("exceptions[")?;
    Some(format!("day_{at}_{}", rest.replace('.', "_")))
}

fn of_turn(rest: &str) -> String {
    match rest {
        "days" => "mon".to_owned(),
        rest => rest.replace('.', "_"),
    }
}

fn of_period(rest: &str) -> String {
    if let Some((at, rest)) = rest.strip_prefix("turns[").and_then(numbered) {
        return format!("turn_{at}_{}", of_turn(rest));
    }
    match rest {
        "from" => "first".to_owned(),
        "to" => "last".to_owned(),
        "break" => "kind".to_owned(),
        rest => rest
            .strip_prefix("weekly.")
            .unwrap_or(rest)
            .replace('.', "_"),
    }
}
