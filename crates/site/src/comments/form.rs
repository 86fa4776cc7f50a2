//! The form for a comment: what was sent, and the form again.

use torg_kernel::{FieldError, Ids, Message, RequestId, Timestamp, secret_hex};
use torg_web::{Context, Form};

use super::model::Words;

/// Seconds after which a form is too old: its id would soon be forgotten.
const OLDEST: i64 = 86_400;

/// A form as it was made or sent.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub name: String,
    pub email: String,
    pub text: String,
    /// What people do not see and programs fill in.
    trap: String,
    pub request: Option<RequestId>,
    /// By which the writer finds the comment again.
    pub key: String,
}

fn is_key(key: &str) -> bool {
    key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The writer's key in an address or form; empty, which no comment has, for anything else.
pub(super) fn key_of(text: Option<&str>) -> String {
    text.filter(|key| is_key(key))
        .unwrap_or_default()
        .to_ascii_lowercase()
}

impl Written {
    /// An empty form for one reader.
    pub(super) fn new(ids: &dyn Ids, now: Timestamp) -> Self {
        Self {
            name: String::new(),
            email: String::new(),
            text: String::new(),
            trap: String::new(),
            request: Some(RequestId::new(ids, now)),
            key: secret_hex(ids),
        }
    }

    pub(super) fn sent(form: &Form) -> Self {
        Self {
            name: form.text("name"),
            email: form.text("email"),
            text: form.text("text"),
            trap: form.text("website"),
            request: form.request_id().ok(),
            key: key_of(Some(&form.text("key"))),
        }
    }

    /// The same words in a form that is made now.
    pub(super) fn renewed(mut self, context: &Context) -> Self {
        let ids = &*context.app.ids;
        self.request = Some(RequestId::new(ids, context.now));
        self.key = secret_hex(ids);
        self.trap = String::new();
        self
    }

    /// Seconds since the form was made, by the time that its id holds (RFC 9562, section 5.7).
    /// Whoever makes up an id can make up its time: this stops programs that fill in whatever form
    /// they find, not those that were made for this one, which the limits and the people who read
    /// are there for.
    fn age(&self, now: Timestamp) -> Option<i64> {
        let (seconds, nanos) = self.request?.0.get_timestamp()?.to_unix();
        let made = i64::try_from(seconds)
            .ok()?
            .checked_mul(1_000_000)?
            .checked_add(i64::from(nanos / 1_000))?;
        now.micros().checked_sub(made).map(|age| age / 1_000_000)
    }

    /// What is wrong with the form itself, and whether it must be made anew.
    pub(super) fn fault(&self, least: i64, now: Timestamp) -> Option<(FieldError, bool)> {
        let error = |key| FieldError {
            field: "form".to_owned(),
            message: Message::new(key),
        };
        if !self.trap.is_empty() {
            return Some((error("comment-error-trap"), false));
        }
        match self.age(now) {
            Some(age) if age >= 0 && age < least => Some((error("comment-error-quick"), false)),
            Some(0..OLDEST) if !self.key.is_empty() => None,
            _ => Some((error("comment-error-old"), true)),
        }
    }

    pub(super) fn words(&self) -> Result<Words, Vec<FieldError>> {
        Words::read(&self.name, &self.email, &self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::SeededIds;

    const T0: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

    fn key(written: &Written, now: Timestamp) -> Option<(&'static str, bool)> {
        let (error, anew) = written.fault(3, now)?;
        Some((error.message.key, anew))
    }

    #[test]
    fn a_form_tells_by_itself_whether_a_person_filled_it_in() {
        let written = Written::new(&SeededIds::new(1), T0);
        let after = |seconds| T0.plus_seconds(seconds);
        assert_eq!(
            key(&written, after(2)),
            Some(("comment-error-quick", false))
        );
        assert_eq!(key(&written, after(3)), None);
        assert_eq!(key(&written, after(OLDEST - 1)), None);
        let old = Some(("comment-error-old", true));
        assert_eq!(key(&written, after(OLDEST)), old);
        assert_eq!(key(&written, after(-60)), old, "made in days to come");
        let without = Written {
            request: None,
            ..written.clone()
        };
        assert_eq!(key(&without, after(9)), old);
        let unknown = Written {
            key: key_of(Some("' OR 1=1")),
            ..written.clone()
        };
        assert_eq!(key(&unknown, after(9)), old);
        let filled = Written {
            trap: "http://x.example".to_owned(),
            ..written
        };
        assert_eq!(key(&filled, after(9)), Some(("comment-error-trap", false)));
    }
}
