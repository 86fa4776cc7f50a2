//! What can go wrong for the one who asked, in words that can be translated.

use std::fmt;

/// A translation key with its values: the sentence itself is made where the language is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Key in the translation files.
    pub key: &'static str,
    /// Values by name.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A sentence without values.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// What is wrong with one field of a form, an import or an API call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong and what to do.
    pub message: Message,
}

/// Why something was not done. "Not found" is an `Option` in the stores and becomes this at the
/// edge; an unknown error is logged and is nobody's business outside.
#[derive(Debug)]
pub enum Problem {
    /// There is no such thing, or none that the asker may know of.
    NotFound,
    /// The asker is not logged in.
    LogInNeeded,
    /// The asker may not do this.
    Forbidden,
    /// What was sent cannot be used; nothing was changed.
    Invalid(Vec<FieldError>),
    /// Somebody else changed the thing in between; nothing was changed.
    Conflict(Message),
    /// The program or something it stands on failed.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// The result of a use case.
pub type Result<T, E = Problem> = std::result::Result<T, E>;

impl Problem {
    /// One wrong field.
    #[must_use]
    pub fn field(field: &str, message: Message) -> Self {
        Self::Invalid(vec![FieldError {
            field: field.to_owned(),
            message,
        }])
    }

    /// An error of the program's own.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// The HTTP status that fits.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::LogInNeeded => 401,
            Self::Forbidden => 403,
            Self::Invalid(_) => 422,
            Self::Conflict(_) => 409,
            Self::Internal(_) => 500,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::LogInNeeded => f.write_str("log-in needed"),
            Self::Forbidden => f.write_str("not allowed"),
            Self::Invalid(fields) => {
                write!(f, "invalid:")?;
                for field in fields {
                    write!(f, " {} ({})", field.field, field.message.key)?;
                }
                Ok(())
            }
            Self::Conflict(message) => write!(f, "conflict: {}", message.key),
            Self::Internal(error) => write!(f, "{error}"),
        }
    }
}

/// Any error of the program's own becomes [`Problem::Internal`], so that `?` works in use cases.
/// That is why `Problem` itself is no [`std::error::Error`], as with other catch-all types.
impl<E: std::error::Error + Send + Sync + 'static> From<E> for Problem {
    fn from(error: E) -> Self {
        Self::Internal(Box::new(error))
    }
}
