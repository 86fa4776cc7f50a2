//! The form for a unit's page.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, PictureView, T, decimal};

use super::admin::capital;
use crate::accent::{Accent, Judgement, PALETTE, judge};

/// The languages that a unit's page is written in.
const LOCALES: [Locale; 2] = [Locale::SV, Locale::EN];

/// A field that may be asked for several times on one page, once for each part.
#[derive(Template)]
#[template(path = "_page_field.html", whitespace = "minimize")]
pub struct PageField {
    t: T,
    name: String,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    value: String,
    lang: Option<Locale>,
    /// Lines shown; one line is another kind of field.
    rows: u16,
    /// The id of the words that the browser offers.
    list: Option<&'static str>,
    required: bool,
}

impl HtmlSafe for PageField {}

impl PageField {
    fn id(&self) -> String {
        format!("field_{}", self.name)
    }

    fn described(&self) -> String {
        let id = self.id();
        let hint = self.hint.is_some().then(|| format!("{id}_hint"));
        let error = self.error.is_some().then(|| format!("{id}_error"));
        let both: Vec<String> = hint.into_iter().chain(error).collect();
        both.join(" ")
    }
}

/// A colour to choose.
pub struct ColourChoice {
    /// What is sent.
    pub value: &'static str,
    /// What it is called.
    pub label: String,
    /// The colour itself; none for the city's own and for one's own.
    pub hex: Option<&'static str>,
    /// Whether it is chosen.
    pub checked: bool,
}

/// A section of one's own in the form, in Swedish and English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditSection {
    /// As saved, or as written before an error.
    pub heading: [String; 2],
    /// As saved, or as written before an error.
    pub text: [String; 2],
    /// Where it stood in the unit when the form was made.
    pub from: Option<usize>,
}

/// A part of the page in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditPart {
    /// The kind as stored.
    pub kind: &'static str,
    /// Whether readers do not see it.
    pub hidden: bool,
    /// What it holds, if it is one of the unit's own.
    pub own: Option<EditSection>,
}

/// The form for a unit's page. Posts `lead_sv`, `lead_en`, `picture`, `accent`, `accent_own`, for each
/// part `part_N` and what belongs to it, `version`, `request_id` and the pressed button as `do`.
#[derive(Template)]
#[template(path = "admin_unit_page.html", whitespace = "minimize")]
pub struct UnitPageEdit {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// The form with the unit's facts.
    pub edit_href: String,
    /// The log of the unit, if the person may read it.
    pub log_href: Option<String>,
    /// The media bank, if the person may use it.
    pub media_href: Option<String>,
    /// In Swedish and English.
    pub lead: [String; 2],
    /// The picture as it is named.
    pub picture_name: String,
    /// Names that the field offers.
    pub pictures: Vec<String>,
    /// The picture itself, where there is one of that name.
    pub picture: Option<PictureView>,
    /// Words that pictures were looked for by.
    pub picture_words: String,
    /// Pictures to choose from, with their names, when they were asked for.
    pub found: Option<Vec<(String, PictureView)>>,
    /// A name of the palette, `own`, or empty.
    pub accent: String,
    /// The colour of one's own as it was written.
    pub accent_own: String,
    /// In the order of the page, hidden ones too.
    pub parts: Vec<EditPart>,
    /// Whether there is room for one more section.
    pub can_add: bool,
    /// The version that the form was opened on.
    pub version: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong, by the names of fields.
    pub errors: Vec<FieldError>,
}

/// What the form says of the chosen colour.
struct Judged {
    own: Judgement,
    colour: String,
    light: String,
    dark: String,
}

impl UnitPageEdit {
    fn field(&self, name: String, label: &str, value: &str) -> PageField {
        let t = self.desk.t;
        // A text may point at several things that are not there: each is told.
        let own = self.errors.iter().filter(|error| error.field == name);
        let said: Vec<String> = own
            .map(|error| capital(&t.message(&error.message)))
            .map(|said| format!("{}.", said.trim_end_matches('.')))
            .collect();
        PageField {
            t,
            error: (!said.is_empty()).then(|| said.join(" ")),
            label: t.get(label).into_owned(),
            hint: None,
            value: value.to_owned(),
            lang: None,
            rows: 1,
            list: None,
            required: true,
            name,
        }
    }

    fn leads(&self) -> Vec<PageField> {
        let labels = ["unit-page-lead-sv", "unit-page-lead-en"];
        let made = LOCALES.into_iter().zip(labels).zip(&self.lead);
        made.map(|((locale, label), value)| PageField {
            lang: Some(locale),
            rows: 3,
            required: false,
            ..self.field(format!("lead_{locale}"), label, value)
        })
        .collect()
    }

    fn picture_field(&self) -> PageField {
        PageField {
            hint: Some(self.desk.t.get("unit-page-picture-hint").into_owned()),
            list: Some("pictures"),
            required: false,
            ..self.field(
                "picture".to_owned(),
                "unit-page-picture",
                &self.picture_name,
            )
        }
    }

    /// What one may want, and how that is written.
    fn formats(&self) -> [(String, &'static str); 7] {
        let all = [
            ("unit-page-format-heading", "### Verkstaden"),
            ("unit-page-format-list", "- Bad\n- Bastu"),
            ("unit-page-format-steps", "1. Ring\n2. Boka"),
            ("unit-page-format-bold", "**viktigt**"),
            (
                "unit-page-format-link",
                "[alla bibliotek](/uppleva-och-gora/bibliotek)",
            ),
            ("unit-page-format-picture", "![](/pictures/simhall.jpg)"),
            ("unit-page-format-phone", "{{unit:stadsbiblioteket:phone}}"),
        ];
        all.map(|(key, text)| (self.desk.t.get(key).into_owned(), text))
    }

    fn accent_field(&self) -> PageField {
        PageField {
            hint: Some(self.desk.t.get("unit-page-accent-own-hint").into_owned()),
            required: false,
            ..self.field(
                "accent_own".to_owned(),
                "unit-page-accent-own",
                &self.accent_own,
            )
        }
    }

    fn colours(&self) -> Vec<ColourChoice> {
        let t = self.desk.t;
        let choice = |value: &'static str, hex| ColourChoice {
            value,
            label: t
                .get(&format!(
                    "unit-colour-{}",
                    if value.is_empty() { "city" } else { value }
                ))
                .into_owned(),
            hex,
            checked: self.accent == value,
        };
        let palette = PALETTE.iter().map(|(name, hex)| choice(name, Some(*hex)));
        [choice("", None)]
            .into_iter()
            .chain(palette)
            .chain([choice("own", None)])
            .collect()
    }

    /// What is measured of the colour of one's own, where one is written.
    fn judged(&self) -> Option<Judged> {
        let mut accent = Accent(self.accent_own.clone());
        accent.tidy();
        let colour = accent.colour().filter(|_| self.accent == "own")?;
        let own = judge(colour);
        let said = |ratio: f64| {
            // Rounded down, so that 4.48 is not said to be enough.
            #[expect(clippy::cast_possible_truncation, reason = "from 1 to 21")]
            let tenths = (ratio * 10.0).floor() as i64;
            decimal(self.desk.t, tenths, 1)
        };
        Some(Judged {
            own,
            colour: colour.to_string(),
            light: said(own.light),
            dark: said(own.dark),
        })
    }

    fn section_fields(&self, at: &usize, own: &EditSection, number: usize) -> [PageField; 2] {
        let locale = LOCALES[number];
        let keys = [
            ["unit-page-heading-sv", "unit-page-text-sv"],
            ["unit-page-heading-en", "unit-page-text-en"],
        ][number];
        let made = |name: &str, label, value: &str| PageField {
            lang: Some(locale),
            required: locale == Locale::SV,
            ..self.field(format!("{name}_{locale}_{at}"), label, value)
        };
        let heading = made("heading", keys[0], &own.heading[number]);
        let text = PageField {
            rows: 8,
            hint: (locale == Locale::SV)
                .then(|| self.desk.t.get("unit-page-text-hint").into_owned()),
            ..made("text", keys[1], &own.text[number])
        };
        [heading, text]
    }

    /// Whether the English half of a section is to be seen at once.
    fn open(&self, at: &usize, own: &EditSection) -> bool {
        let english = [format!("heading_en_{at}"), format!("text_en_{at}")];
        own.heading[1].len() + own.text[1].len() > 0
            || self
                .errors
                .iter()
                .any(|error| english.contains(&error.field))
    }

    fn part_name(&self, part: &EditPart) -> String {
        let heading = part.own.as_ref().map(|own| own.heading[0].trim());
        match heading.filter(|heading| !heading.is_empty()) {
            Some(heading) => heading.to_owned(),
            None => self
                .desk
                .t
                .get(&format!("unit-part-{}", part.kind))
                .into_owned(),
        }
    }

    fn summary(&self) -> ErrorSummary {
        let t = self.desk.t;
        let mut fields = self.leads();
        fields.extend([self.picture_field(), self.accent_field()]);
        for (at, part) in self.parts.iter().enumerate() {
            if let Some(own) = &part.own {
                let name = self.part_name(part);
                fields.extend((0..2).flat_map(|number| {
                    let mut both = self.section_fields(&at, own, number);
                    for field in &mut both {
                        field.label = format!("{name}, {}", field.label);
                    }
                    both
                }));
            }
        }
        let mut errors: Vec<(String, String)> = fields
            .iter()
            .filter_map(|field| {
                let error = field.error.as_ref()?;
                Some((field.id(), format!("{}: {error}", field.label)))
            })
            .collect();
        let others = self.errors.iter();
        let others = others.filter(|error| !fields.iter().any(|own| own.name == error.field));
        errors.extend(others.map(|error| {
            let place = if error.field == "parts" { "parts" } else { "" };
            (place.to_owned(), t.message(&error.message))
        }));
        ErrorSummary { errors }
    }
}
