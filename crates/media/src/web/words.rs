//! What was written about a picture, taken out of a form.

use jiff::civil::Date;
use torg_files::{Focus, Licence, People, PictureData, parse_themes, parse_until};
use torg_kernel::{FieldError, Locale, Message};
use torg_web::Form;

/// What a form is read with.
pub(super) struct Reader<'a> {
    pub form: &'a Form,
    /// Languages that are asked for.
    pub languages: &'a [Locale],
    /// The day in the city.
    pub today: Date,
    /// Whether ground and people have to be told.
    pub complete: bool,
}

fn wrong(field: &str, message: Message) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
    }
}

impl Reader<'_> {
    /// The words of a field, laid over what was there if the field was sent at all.
    fn over(&self, field: &str, target: &mut String) {
        if self.form.has(field) {
            *target = self.form.text(field);
        }
    }

    /// What was written, laid over what was there before; and all that is wrong with it.
    pub(super) fn read(&self, before: &PictureData) -> (PictureData, Vec<FieldError>) {
        let (form, mut errors) = (self.form, Vec::new());
        let mut data = before.clone();
        for locale in self.languages {
            let field = format!("alt_{locale}");
            if form.has(&field) {
                data.alt.set(*locale, &form.text(&field));
            }
        }
        data.decorative = form.has("decorative");
        data.standard = form.has("standard");
        if form.has("themes") {
            data.themes = parse_themes(&form.text("themes"));
        }
        self.over("credit", &mut data.credit);
        if form.has("focus_x") || form.has("focus_y") {
            match Focus::parse(&form.text("focus_x"), &form.text("focus_y")) {
                Ok(focus) => data.focus = focus,
                Err(faults) => errors.extend(faults),
            }
        }
        self.rights(&mut data, &mut errors);
        let data = data.tidy();
        errors.extend(data.check());
        if data.rights.is_newly_past(before.rights.until, self.today) {
            errors.push(wrong("until", Message::new("picture-error-past")));
        }
        (data, errors)
    }

    fn rights(&self, data: &mut PictureData, errors: &mut Vec<FieldError>) {
        let (form, rights) = (self.form, &mut data.rights);
        if form.has("licence") {
            match Licence::parse(&form.text("licence")) {
                Some(licence) => rights.licence = licence,
                None => errors.push(wrong("licence", Message::new("picture-error-licence"))),
            }
        }
        if form.has("people") {
            match People::parse(&form.text("people")) {
                Some(people) => rights.people = people,
                None => errors.push(wrong("people", Message::new("picture-error-people"))),
            }
        }
        if self.complete && rights.licence == Licence::Unknown {
            errors.push(wrong("licence", Message::new("picture-error-licence")));
        }
        if self.complete && rights.people == People::Unknown {
            errors.push(wrong("people", Message::new("picture-error-people")));
        }
        self.over("terms", &mut rights.terms);
        self.over("consent", &mut rights.consent);
        self.over("until_reason", &mut rights.reason);
        if form.has("until") {
            match parse_until(&form.text("until")) {
                Ok(until) => rights.until = until,
                Err(message) => errors.push(wrong("until", message)),
            }
        }
    }
}
