//! What is asked for when many units are changed at once.

use torg_kernel::{FieldError, Locale, Message};
use torg_web::{Context, Form};

use super::form::read_date;
use crate::hours::Cell;
use crate::hours::change::{LONGEST, Order};
use crate::model::Words;

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub kind: String,
    pub organisation: String,
    pub words: String,
    pub silent: bool,
    pub first: String,
    pub last: String,
    pub what: String,
    pub note: [String; 2],
}

impl Fields {
    /// What the address says: a link can fill in a day.
    pub(super) fn asked(context: &Context) -> Self {
        let own = |name| context.query(name).unwrap_or_default().to_owned();
        Self {
            kind: own("kind"),
            organisation: own("organisation"),
            first: own("first"),
            silent: context.query("silent").is_some(),
            ..Self::default()
        }
    }

    pub(super) fn sent(form: &Form) -> Self {
        Self {
            kind: form.text("kind"),
            organisation: form.text("organisation"),
            words: form.text("words"),
            silent: form.has("silent"),
            first: form.text("first"),
            last: form.text("last"),
            what: form.text("what"),
            note: [form.text("note_sv"), form.text("note_en")],
        }
    }

    pub(super) fn order(&self) -> Result<Order, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: Message| {
            let field = field.to_owned();
            errors.push(FieldError { field, message });
        };
        let what = match Cell::read(&self.what) {
            Some(Cell::Empty) | None => {
                wrong("what", Message::new("hours-error-rule"));
                Cell::Empty
            }
            Some(Cell::Spans(mut spans)) => {
                spans.sort_unstable();
                if spans.windows(2).any(|pair| pair[1].from() < pair[0].to()) {
                    wrong("what", Message::new("unit-error-hours-overlap"));
                }
                Cell::Spans(spans)
            }
            Some(other) => other,
        };
        for (field, note) in ["note_sv", "note_en"].iter().zip(&self.note) {
            if note.chars().count() > 300 {
                wrong(field, Message::new("unit-error-hours-note"));
            }
        }
        let first = read_date(&mut errors, "first".to_owned(), &self.first);
        let last = match self.last.trim() {
            "" => first,
            text => read_date(&mut errors, "last".to_owned(), text),
        };
        if let (Some(first), Some(last)) = (first, last) {
            let mut wrong = |key| {
                let message = Message::new(key);
                let field = "last".to_owned();
                errors.push(FieldError { field, message });
            };
            if last < first {
                wrong("unit-error-hours-backwards");
            } else if (last - first).get_days() >= LONGEST {
                wrong("hours-bulk-long");
            }
        }
        let mut note = Words::default();
        note.set(Locale::SV, &self.note[0]);
        note.set(Locale::EN, &self.note[1]);
        match (first, last) {
            (Some(first), Some(last)) if errors.is_empty() => Ok(Order {
                first,
                last,
                what,
                note,
            }),
            _ => Err(errors),
        }
    }
}
