//! The form for hours: what stands in its fields, and what its buttons do to them.

mod place;
mod plan;
mod read;
mod sent;
#[cfg(test)]
mod tests;

pub(super) use read::read_date;

/// Rows of one sort that are read at most.
const MOST: usize = 1_000;

/// A note in Swedish and English.
pub(super) type Note = [String; 2];

/// Hours as seven texts, Monday first.
pub(super) type Week = [String; 7];

/// A weekday's hours in some weeks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TurnRow {
    pub when: String,
    pub days: [bool; 7],
    pub spans: String,
    pub note: Note,
    pub from: Option<usize>,
}

/// A period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PeriodRow {
    /// `dates`, `yearly` or the key of a break.
    pub kind: String,
    pub first: String,
    pub last: String,
    pub name: Note,
    pub week: Week,
    /// Days of its week that are otherwise in some weeks.
    pub turns: Vec<TurnRow>,
    pub note: Note,
    pub from: Option<usize>,
}

/// A named day of the almanac.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RuleRow {
    pub on: String,
    pub spans: String,
    pub note: Note,
    pub from: Option<usize>,
}

/// An exception.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ExceptionRow {
    pub date: String,
    pub to: String,
    pub spans: String,
    pub note: Note,
    pub from: Option<usize>,
}

/// What stands in the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HoursForm {
    pub week: Week,
    pub turns: Vec<TurnRow>,
    pub periods: Vec<PeriodRow>,
    pub rules: Vec<RuleRow>,
    pub exceptions: Vec<ExceptionRow>,
    pub note: Note,
    pub version: String,
}

/// Takes a row away, if there is such a one.
fn remove<R>(rows: &mut Vec<R>, at: usize) -> bool {
    let there = at < rows.len();
    if there {
        rows.remove(at);
    }
    there
}

impl HoursForm {
    /// Presses a button that changes the form only: `add:turn`, `remove:rule:2`, and for the weeks of
    /// a period `add:turn-of:1`, `remove:turn-of:1:0`. False for any other button.
    pub(super) fn press(&mut self, button: &str) -> bool {
        let parts: Vec<&str> = button.split(':').collect();
        let number = |text: &&str| text.parse::<usize>().ok();
        let at: Option<Vec<usize>> = parts.iter().skip(2).map(number).collect();
        let (Some(&deed), Some(&sort), Some(at)) = (parts.first(), parts.get(1), at) else {
            return false;
        };
        match (deed, sort, &at[..]) {
            ("add", "turn", []) => self.turns.push(TurnRow::default()),
            ("add", "period", []) => self.periods.push(PeriodRow::default()),
            ("add", "rule", []) => self.rules.push(RuleRow::default()),
            ("add", "day", []) => self.exceptions.push(ExceptionRow::default()),
            ("add", "turn-of", [period]) => match self.periods.get_mut(*period) {
                Some(period) => period.turns.push(TurnRow::default()),
                None => return false,
            },
            ("remove", "turn", [at]) => return remove(&mut self.turns, *at),
            ("remove", "period", [at]) => return remove(&mut self.periods, *at),
            ("remove", "rule", [at]) => return remove(&mut self.rules, *at),
            ("remove", "day", [at]) => return remove(&mut self.exceptions, *at),
            ("remove", "turn-of", [period, at]) => {
                let period = self.periods.get_mut(*period);
                return period.is_some_and(|period| remove(&mut period.turns, *at));
            }
            _ => return false,
        }
        true
    }
}
