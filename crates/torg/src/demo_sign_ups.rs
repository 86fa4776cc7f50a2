//! Events of the demo city that one signs up to here, with places and a question each.

use jiff::civil::Date;
use torg_calendar::{EventInput, SignUpRules, State, Words};
use torg_forms::{Choice, Kind, Question};
use torg_kernel::Locale;

/// Places of the events that one signs up to here.
const PLACES: [u32; 6] = [8, 12, 16, 20, 30, 40];

fn two(sv: &str, en: &str) -> Words {
    let mut words = Words::swedish(sv);
    words.set(Locale::EN, en);
    words
}

/// What is asked of those who come, besides name and address.
fn question(number: usize) -> Question {
    let choice = |id: &str, sv, en| Choice {
        id: id.to_owned(),
        label: two(sv, en),
    };
    match number % 3 {
        0 => Question::new(
            "age",
            Kind::Number {
                least: Some(0),
                most: Some(17),
            },
            two("Hur gammalt är barnet?", "How old is the child?"),
        ),
        1 => Question::new(
            "know",
            Kind::LongText,
            two("Något vi bör veta?", "Anything that we should know?"),
        ),
        _ => Question::new(
            "before",
            Kind::One {
                choices: vec![
                    choice(
                        "no",
                        "Nej, det är första gången",
                        "No, it is the first time",
                    ),
                    choice("yes", "Ja, några gånger", "Yes, some times"),
                    choice("often", "Ja, många gånger", "Yes, many times"),
                ],
            },
            two("Har du varit med förut?", "Have you been before?"),
        ),
    }
}

/// Some of the events that one signs up to give their places out here.
pub(crate) fn give_places(found: &mut [EventInput], today: Date) {
    let signed = found.iter_mut().filter(|own| {
        own.state == State::Published
            && own.data.registration.is_some()
            && !own.data.status.is_off()
            && (own.data.pattern.start.date() > today || own.data.pattern.repeats())
    });
    for ((number, own), places) in signed.enumerate().zip(PLACES) {
        let mut rules = SignUpRules::new(places);
        rules.largest_party = 4;
        rules.waiting_list = number != 3;
        rules.form.questions = vec![question(number)];
        if let Some(registration) = &mut own.data.registration {
            registration.sign_up = Some(rules);
        }
    }
}
