//! The form for a unit's page: what stands in its fields, what its buttons do with them, and what
//! they say of the unit. Works without script: a part is moved, added or taken away by a button that
//! sends the form and gets it back, with nothing saved.

use torg_kernel::{Document, FieldError, Ids, Locale, Message, Timestamp};
use torg_web::Form;

use crate::accent::{Accent, PALETTE};
use crate::check::{check, tidy};
use crate::model::{Unit, UnitData};
use crate::profile::{MOST_SECTIONS, Part, Section, Texts};
use crate::text::{PageAddress, UnitPlaces, Unresolved, written};

/// The languages that a unit's page is written in.
pub(super) const LOCALES: [Locale; 2] = [Locale::SV, Locale::EN];

/// The radio button for a colour of one's own.
pub(crate) const OWN: &str = "own";

/// Parts that a form may hold at most; one that holds more was not made here.
const MOST_PARTS: usize = 40;

/// What stands in the fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PageFields {
    /// Swedish and English.
    pub lead: [String; 2],
    pub picture: String,
    /// Words that pictures are looked for by.
    pub picture_words: String,
    /// A name of the palette, [`OWN`], or empty for the city's own.
    pub accent: String,
    pub accent_own: String,
    pub parts: Vec<PartFields>,
    pub version: String,
}

/// A part of the page in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PartFields {
    /// One that the program makes.
    BuiltIn { part: Part, hidden: bool },
    /// One of the unit's own, in Swedish and English.
    Own(OwnFields),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct OwnFields {
    pub heading: [String; 2],
    pub text: [String; 2],
    /// Where the section stood in the unit when the form was made.
    pub from: Option<usize>,
}

/// What a button of the form asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deed {
    Save,
    Preview(Locale),
    /// The form again, with pictures to choose from.
    Pictures,
    /// The form again, after a change of its own.
    Again,
}

/// Name of a field of a part: `heading_sv_3`.
pub(crate) fn field_of(name: &str, locale: Locale, at: usize) -> String {
    format!("{name}_{locale}_{at}")
}

impl PageFields {
    /// The page as it is.
    pub(super) fn of(unit: &Unit, places: &UnitPlaces, pages: &[PageAddress]) -> Self {
        let data = &unit.data;
        let own = |locale| data.summary.own(locale).unwrap_or_default().to_owned();
        let (accent, accent_own) = match &data.colour {
            None => (String::new(), String::new()),
            Some(colour) => match colour.named() {
                Some(name) => (name.to_owned(), String::new()),
                None => (OWN.to_owned(), colour.0.clone()),
            },
        };
        let shown = data.parts();
        let mut parts: Vec<PartFields> = shown
            .iter()
            .enumerate()
            .map(|(at, part)| match part {
                Part::Section(section) => {
                    PartFields::Own(OwnFields::of(section, at, places, pages))
                }
                built_in => PartFields::BuiltIn {
                    part: (*built_in).clone(),
                    hidden: false,
                },
            })
            .collect();
        let hidden = Part::BUILT_IN
            .into_iter()
            .filter(|part| !shown.contains(&part));
        parts.extend(hidden.map(|part| PartFields::BuiltIn { part, hidden: true }));
        Self {
            lead: LOCALES.map(own),
            picture: data
                .picture
                .map(|id| places.picture_name(id))
                .unwrap_or_default(),
            picture_words: String::new(),
            accent,
            accent_own,
            parts,
            version: unit.version.to_string(),
        }
    }

    /// What was sent.
    pub(super) fn sent(form: &Form) -> Self {
        let part = |at: usize| {
            let kind = form.text(&format!("part_{at}"));
            if let Some(part) = Part::built_in(&kind) {
                let hidden = part != Part::Contact && form.has(&format!("hide_{at}"));
                return Some(PartFields::BuiltIn { part, hidden });
            }
            let text = |name: &str| LOCALES.map(|locale| form.text(&field_of(name, locale, at)));
            (kind == "section").then(|| {
                PartFields::Own(OwnFields {
                    heading: text("heading"),
                    text: text("text"),
                    from: form.text(&format!("from_{at}")).parse().ok(),
                })
            })
        };
        Self {
            lead: LOCALES.map(|locale| form.text(&format!("lead_{locale}"))),
            picture: form.text("picture"),
            picture_words: form.text("picture_words").trim().to_owned(),
            accent: form.text("accent"),
            accent_own: form.text("accent_own"),
            parts: (0..MOST_PARTS).map_while(part).collect(),
            version: form.text("version"),
        }
    }

    /// Does what the pressed button says with the fields themselves.
    pub(super) fn press(&mut self, button: &str) -> Deed {
        let (what, value) = button.split_once(':').unwrap_or((button, ""));
        let at: Option<usize> = value.parse().ok().filter(|at| *at < self.parts.len());
        match (what, at) {
            ("preview", _) => {
                let locale = LOCALES.into_iter().find(|own| own.as_str() == value);
                return Deed::Preview(locale.unwrap_or(Locale::SV));
            }
            ("up", Some(at)) if at > 0 => self.parts.swap(at, at - 1),
            ("down", Some(at)) if at + 1 < self.parts.len() => self.parts.swap(at, at + 1),
            ("remove", Some(at)) => {
                if matches!(self.parts[at], PartFields::Own(_)) {
                    self.parts.remove(at);
                }
            }
            ("add", _) if self.sections() < MOST_SECTIONS => {
                self.parts.push(PartFields::Own(OwnFields::default()));
            }
            ("accent", _) => {
                OWN.clone_into(&mut self.accent);
                value.clone_into(&mut self.accent_own);
            }
            ("take", _) => {
                value.clone_into(&mut self.picture);
                self.picture_words.clear();
            }
            ("pictures", _) => return Deed::Pictures,
            // The key that ends a line, in the field for words as well.
            ("enter", _) if !self.picture_words.is_empty() => return Deed::Pictures,
            ("" | "save" | "enter", _) => return Deed::Save,
            _ => {}
        }
        Deed::Again
    }

    pub(super) fn sections(&self) -> usize {
        let own = |part: &&PartFields| matches!(part, PartFields::Own(_));
        self.parts.iter().filter(own).count()
    }

    /// The colour that is chosen, as it was written.
    pub(super) fn chosen(&self) -> Option<Accent> {
        match self.accent.as_str() {
            "" => None,
            OWN => Some(Accent(self.accent_own.clone())),
            name => Some(Accent(name.to_owned())),
        }
    }

    /// Addresses of pages that the texts link to; texts that cannot be read ask for nothing.
    pub(super) fn addresses(&self, ids: &dyn Ids) -> Vec<String> {
        let texts = self.parts.iter().flat_map(|part| match part {
            PartFields::Own(own) => own.text.as_slice(),
            PartFields::BuiltIn { .. } => &[],
        });
        let mut all: Vec<String> = texts
            .filter_map(|text| Unresolved::read(text).ok())
            .flat_map(|text| text.addresses(ids))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The unit's data with what the fields say put in; all that the form does not show stays.
    ///
    /// # Errors
    /// All that is wrong, by the names of the form's fields.
    pub(super) fn apply(
        &self,
        before: &UnitData,
        places: &UnitPlaces,
        ids: &dyn Ids,
        now: Timestamp,
    ) -> Result<UnitData, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut data = before.clone();
        for (locale, text) in LOCALES.into_iter().zip(&self.lead) {
            data.summary.set(locale, text);
        }
        data.colour = self.chosen();
        let known = self.accent.is_empty()
            || self.accent == OWN
            || PALETTE.iter().any(|(name, _)| *name == self.accent);
        if self.accent == OWN && self.accent_own.trim().is_empty() || !known {
            errors.push(fault(
                "accent_own",
                Message::new("unit-error-accent").with("value", self.accent_own.trim()),
            ));
            data.colour = None;
        }
        data.picture = places.picture(&self.picture);
        if data.picture.is_none() && !self.picture.trim().is_empty() {
            errors.push(fault(
                "picture",
                Message::new("unit-error-picture").with("value", self.picture.trim()),
            ));
        }
        data.parts.clear();
        // Where each part of the data stands in the form: what is hidden is in the form only.
        let mut stands = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            match part {
                PartFields::BuiltIn { hidden: true, .. } => {}
                PartFields::BuiltIn { part, .. } => {
                    data.parts.push(part.clone());
                    stands.push(at);
                }
                PartFields::Own(own) => {
                    let (section, wrong) = own.read(at, before, places, ids, now);
                    data.parts.push(Part::Section(section));
                    stands.push(at);
                    errors.extend(wrong);
                }
            }
        }
        if data.parts == Part::BUILT_IN {
            data.parts.clear();
        }
        let data = tidy(data);
        for error in check(&data) {
            let field = in_form(&error.field, &stands);
            if !errors.iter().any(|own| own.field == field) {
                errors.push(FieldError { field, ..error });
            }
        }
        if errors.is_empty() {
            Ok(data)
        } else {
            Err(errors)
        }
    }
}

fn fault(field: &str, message: Message) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
    }
}

/// A field of the data as the form calls it.
fn in_form(field: &str, stands: &[usize]) -> String {
    if let Some(locale) = field.strip_prefix("summary.") {
        return format!("lead_{locale}");
    }
    if field == "colour" {
        return "accent_own".to_owned();
    }
    let part = || {
        let (at, rest) = field.strip_prefix("parts[")?.split_once("].")?;
        let at = stands.get(at.parse::<usize>().ok()?)?;
        let (name, locale) = rest.split_once('.')?;
        Some(format!("{name}_{locale}_{at}"))
    };
    part().unwrap_or_else(|| field.to_owned())
}

impl OwnFields {
    fn of(section: &Section, at: usize, places: &UnitPlaces, pages: &[PageAddress]) -> Self {
        Self {
            heading: LOCALES.map(|own| section.heading.own(own).unwrap_or_default().to_owned()),
            text: LOCALES.map(|locale| {
                let text = section.text.0.get(&locale);
                text.map(|text| written(text, places, pages, locale))
                    .unwrap_or_default()
            }),
            from: Some(at),
        }
    }

    /// The section that the fields make, with what is wrong with its texts. A text that is wrong is
    /// there all the same, so that nothing else is said of it.
    fn read(
        &self,
        at: usize,
        before: &UnitData,
        places: &UnitPlaces,
        ids: &dyn Ids,
        now: Timestamp,
    ) -> (Section, Vec<FieldError>) {
        let old = self.from.and_then(|from| match before.parts.get(from)? {
            Part::Section(section) => Some(section),
            _ => None,
        });
        let mut errors = Vec::new();
        let mut section = Section::default();
        let mut texts = Texts::default();
        for (number, locale) in LOCALES.into_iter().enumerate() {
            section.heading.set(locale, &self.heading[number]);
            if self.text[number].trim().is_empty() {
                continue;
            }
            let field = field_of("text", locale, at);
            let old = old.and_then(|old| old.text.0.get(&locale));
            let read = Unresolved::read(&self.text[number])
                .map_err(|message| vec![fault(&field, message)])
                .and_then(|text| text.resolve(places, old, ids, now, &field));
            match read {
                Ok(document) => {
                    texts.0.insert(locale, document);
                }
                Err(wrong) => {
                    errors.extend(wrong);
                    texts.0.insert(locale, Document::default());
                }
            }
        }
        section.text = texts;
        (section, errors)
    }
}
