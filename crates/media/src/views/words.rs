//! What a form asks about a picture in words: the same fields on the page of a picture and, but for
//! what it shows, for many pictures at once.

use torg_files::{Licence, People, PictureData};
use torg_kernel::{FieldError, Locale};
use torg_ui::{Field, FieldKind, T};
use torg_web::Form;

/// The fields as they are saved, or as they were written before an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureWords {
    /// What it shows in each language that the city uses, Swedish first.
    pub alts: Vec<(Locale, String)>,
    /// Whether it only adorns.
    pub decorative: bool,
    /// Who took or drew it.
    pub credit: String,
    /// The ground on which it is shown, as stored.
    pub licence: String,
    /// Terms in words.
    pub terms: String,
    /// The people in it, as stored.
    pub people: String,
    /// Where the consents are kept.
    pub consent: String,
    /// The last day, such as `2026-12-31`.
    pub until: String,
    /// Why it ends then.
    pub until_reason: String,
    /// Whether it is a standard picture.
    pub standard: bool,
    /// Themes with commas between.
    pub themes: String,
    /// Percent from the left.
    pub focus_x: String,
    /// Percent from the top.
    pub focus_y: String,
}

/// The name of the field for what a picture shows in a language.
fn alt_name(locale: Locale) -> String {
    format!("alt_{locale}")
}

impl PictureWords {
    /// As they are saved, for these languages.
    #[must_use]
    pub fn saved(data: &PictureData, languages: &[Locale]) -> Self {
        let rights = &data.rights;
        let own = |locale: &Locale| data.alt.own(*locale).unwrap_or_default().to_owned();
        Self {
            alts: languages.iter().map(|own_| (*own_, own(own_))).collect(),
            decorative: data.decorative,
            credit: data.credit.clone(),
            licence: rights.licence.as_str().to_owned(),
            terms: rights.terms.clone(),
            people: rights.people.as_str().to_owned(),
            consent: rights.consent.clone(),
            until: rights
                .until
                .map(|until| until.to_string())
                .unwrap_or_default(),
            until_reason: rights.reason.clone(),
            standard: data.standard,
            themes: data.themes.join(", "),
            focus_x: data.focus.x.to_string(),
            focus_y: data.focus.y.to_string(),
        }
    }

    /// As they were written.
    #[must_use]
    pub fn written(form: &Form, languages: &[Locale]) -> Self {
        let alt = |locale: &Locale| (*locale, form.text(&alt_name(*locale)));
        Self {
            alts: languages.iter().map(alt).collect(),
            decorative: form.has("decorative"),
            credit: form.text("credit"),
            licence: form.text("licence"),
            terms: form.text("terms"),
            people: form.text("people"),
            consent: form.text("consent"),
            until: form.text("until"),
            until_reason: form.text("until_reason"),
            standard: form.has("standard"),
            themes: form.text("themes"),
            focus_x: form.text("focus_x"),
            focus_y: form.text("focus_y"),
        }
    }

    pub(super) fn fields(&self, t: T, errors: &[FieldError]) -> WordFields {
        let text = |name, key: &str, value: &str| {
            Field::new(name, FieldKind::Text, t.get(key), value)
                .optional()
                .errors(t, errors)
        };
        let choice = |name, key: &str, value: &str, choices| {
            let mut field = text(name, key, value);
            field.kind = FieldKind::Choice(choices);
            field.required = true;
            field
        };
        let licences = Licence::ALL
            .map(|own| (own.as_str().to_owned(), licence_name(t, own)))
            .to_vec();
        let people = People::ALL
            .map(|own| (own.as_str().to_owned(), people_name(t, own)))
            .to_vec();
        let mut until = text("until", "media-until", &self.until);
        until.kind = FieldKind::Date;
        WordFields {
            alts: self
                .alts
                .iter()
                .map(|(locale, words)| AltField::new(t, *locale, words, errors))
                .collect(),
            licence: choice("licence", "media-licence", &self.licence, licences)
                .hint(t.get("media-licence-hint")),
            terms: text("terms", "media-terms", &self.terms).hint(t.get("media-terms-hint")),
            credit: text("credit", "media-credit", &self.credit).hint(t.get("media-credit-hint")),
            people: choice("people", "media-people", &self.people, people)
                .hint(t.get("media-people-hint")),
            consent: text("consent", "media-consent", &self.consent)
                .hint(t.get("media-consent-hint")),
            until: until.hint(t.get("media-until-hint")),
            until_reason: text("until_reason", "media-until-reason", &self.until_reason)
                .hint(t.get("media-until-reason-hint")),
            themes: text("themes", "media-themes", &self.themes).hint(t.get("media-themes-hint")),
            focus_x: text("focus_x", "media-focus-x", &self.focus_x),
            focus_y: text("focus_y", "media-focus-y", &self.focus_y),
        }
    }
}

/// The field for what a picture shows in a language; its name is made from the language.
pub(super) struct AltField {
    pub locale: Locale,
    pub id: String,
    pub name: String,
    pub value: String,
    pub error: Option<String>,
}

impl AltField {
    fn new(t: T, locale: Locale, value: &str, errors: &[FieldError]) -> Self {
        let name = alt_name(locale);
        Self {
            locale,
            id: format!("field_{name}"),
            value: value.to_owned(),
            error: errors
                .iter()
                .find(|error| error.field == name)
                .map(|error| t.message(&error.message)),
            name,
        }
    }
}

/// The fields, ready to be drawn.
pub(super) struct WordFields {
    pub alts: Vec<AltField>,
    pub licence: Field,
    pub terms: Field,
    pub credit: Field,
    pub people: Field,
    pub consent: Field,
    pub until: Field,
    pub until_reason: Field,
    pub themes: Field,
    pub focus_x: Field,
    pub focus_y: Field,
}

impl WordFields {
    /// All but what the picture shows, in the order of the form.
    pub(super) fn plain(&self) -> [&Field; 10] {
        [
            &self.licence,
            &self.terms,
            &self.credit,
            &self.people,
            &self.consent,
            &self.until,
            &self.until_reason,
            &self.themes,
            &self.focus_x,
            &self.focus_y,
        ]
    }
}

/// A licence in words.
#[must_use]
pub fn licence_name(t: T, licence: Licence) -> String {
    t.get(match licence {
        Licence::Unknown => "media-licence-unknown",
        Licence::Own => "media-licence-own",
        Licence::Cc0 => "media-licence-cc0",
        Licence::CcBy => "media-licence-cc-by",
        Licence::CcBySa => "media-licence-cc-by-sa",
        Licence::Bought => "media-licence-bought",
        Licence::Other => "media-licence-other",
        Licence::Ended => "media-licence-ended",
    })
    .into_owned()
}

/// What is said of the people in a picture, in words.
fn people_name(t: T, people: People) -> String {
    t.get(match people {
        People::Unknown => "media-people-unknown",
        People::Nobody => "media-people-nobody",
        People::Consent => "media-people-consented",
        People::Withdrawn => "media-people-withdrawn",
    })
    .into_owned()
}
