//! Who comes to an event.

use askama::Template;
use torg_db::Snapshot;
use torg_forms::Form;
use torg_kernel::{FieldError, Result, civil_date, fold, sort_key};
use torg_ui::{DeskSection, ErrorSummary, Field, FieldKind, NavLink, T, date_time};
use torg_web::{Context, Reply, desk};

use super::super::admin::HREF;
use super::super::edit::load;
use super::super::signup::ask::{answer_words, asks};
use super::{list_href, rules_href};
use crate::model::Event;
use crate::signup::{SignUp, SignUpRules, SignUpState, name_of, row_of, when_words};
use crate::store::{self, OccasionRow};
use crate::views::{AttendancePage, Entry, OccasionCount, SignUpsPage};

/// Everything about who comes to an event.
pub(super) struct Coming {
    pub event: Event,
    pub rules: Option<SignUpRules>,
    pub rows: Vec<OccasionRow>,
    /// Everybody, to every occasion.
    pub all: Vec<SignUp>,
    /// The forms that were answered, the present one first.
    pub forms: Vec<Form>,
    /// The occasion that is shown; empty for a series.
    pub of: String,
}

impl Coming {
    pub async fn read(context: &Context, on: &Snapshot, of: &str) -> Result<Self> {
        let event = load(context, on).await?;
        let rows = store::list_occasions_of(&**on, event.id).await?;
        let all = store::list_sign_ups_of(&**on, event.id).await?;
        let rules = event.sign_up().cloned();
        let mut versions: Vec<String> = all.iter().map(|own| own.answers.version.clone()).collect();
        versions.sort_unstable();
        versions.dedup();
        versions.retain(|version| !version.is_empty());
        let mut forms: Vec<Form> = rules.iter().map(|rules| rules.form.clone()).collect();
        forms.extend(store::list_forms(&**on, &versions).await?);
        let mut coming = Self {
            event,
            rules,
            rows,
            all,
            forms,
            of: String::new(),
        };
        let known = coming.occasions(context.t()).into_iter();
        let names: Vec<String> = known.map(|(name, _)| name).collect();
        let today = civil_date(context.now);
        let next = coming
            .rows
            .iter()
            .find(|row| row.start.date() >= today)
            .map(name_of);
        coming.of = if names.iter().any(|name| name == of) {
            of.to_owned()
        } else {
            next.filter(|next| names.contains(next))
                .or_else(|| names.last().cloned())
                .unwrap_or_default()
        };
        Ok(coming)
    }

    /// The occasions that somebody can have signed up to: name and when.
    fn occasions(&self, t: T) -> Vec<(String, String)> {
        let whole = self.rules.as_ref().is_some_and(|rules| rules.whole_series);
        let mut found: Vec<(String, String)> = if whole {
            vec![(String::new(), when_words(t, &self.event, None))]
        } else {
            let rows = self.rows.iter();
            rows.map(|row| (name_of(row), when_words(t, &self.event, Some(row))))
                .collect()
        };
        // What the table has forgotten still has its list.
        for own in &self.all {
            if !found.iter().any(|(of, _)| *of == own.of) {
                found.insert(0, (own.of.clone(), own.of.replace('T', " ")));
            }
        }
        found
    }

    pub fn when(&self, t: T) -> String {
        when_words(t, &self.event, row_of(&self.rows, &self.of))
    }

    fn counted(&self, of: &str, state: SignUpState) -> i64 {
        let own = self
            .all
            .iter()
            .filter(|own| own.of == of && own.state == state);
        own.map(|own| own.party).sum()
    }

    /// Those of the occasion in the order of a list, by state and name.
    pub fn listed(&self) -> Vec<&SignUp> {
        let mut own: Vec<&SignUp> = self.all.iter().filter(|own| own.of == self.of).collect();
        let rank = |state| SignUpState::ALL.iter().position(|own| *own == state);
        own.sort_by_cached_key(|own| {
            // A queue is in the order of the queue.
            let turn = own.queued_at.filter(|_| own.state == SignUpState::Queued);
            (rank(own.state), turn, sort_key(&own.name), own.id)
        });
        own
    }

    pub fn answers(&self, t: T, own: &SignUp) -> Vec<(String, String)> {
        let version = &own.answers.version;
        let form = self.forms.iter().find(|form| form.version() == *version);
        form.map_or_else(Vec::new, |form| answer_words(t, form, &own.answers))
    }

    pub fn entry(&self, t: T, own: &SignUp) -> Entry {
        Entry {
            id: own.id.to_string(),
            name: own.name.clone(),
            email: own.email.clone(),
            party: own.party,
            state: own.state.as_str(),
            standing: t.get(own.state.key()).into_owned(),
            since: date_time(t, own.created_at),
            answers: self.answers(t, own),
            alive: own.is_alive(),
        }
    }
}

/// What was written before an error.
#[derive(Default)]
pub(super) struct Written {
    pub sent: Vec<(String, String)>,
    pub errors: Vec<FieldError>,
    pub open: &'static str,
}

impl Written {
    fn text(&self, name: &str) -> String {
        let found = self.sent.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// The page.
pub(super) fn view(context: &Context, coming: &Coming, written: &Written) -> Result<SignUpsPage> {
    let t = context.t();
    let title = t.one("signups-title", "title", coming.event.name(t.locale()));
    let mut frame = desk(context, DeskSection::Calendar, &title)?;
    let own = format!("{HREF}/{}", coming.event.id);
    frame.crumbs = vec![
        NavLink::new(t.get("desk-calendar"), HREF),
        NavLink::new(coming.event.name(t.locale()), own.clone()),
    ];
    let words: String = context
        .query("q")
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let wanted = fold(&words);
    let entries = coming.listed().into_iter().filter(|own| {
        let text = fold(&format!("{} {}", own.name, own.email));
        wanted.split_whitespace().all(|word| text.contains(word))
    });
    let entries = entries.map(|own| coming.entry(t, own)).collect();
    let occasions = coming.occasions(t).into_iter().map(|(of, when)| {
        let come = coming.counted(&of, SignUpState::Confirmed);
        OccasionCount {
            text: t.two("signups-occasion-count", "when", when, "count", come),
            current: of == coming.of,
            of,
        }
    });
    let href = list_href(&coming.event);
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("occasion", &coming.of)
        .finish();
    let file = |key: &str, path: &str| (t.get(key).into_owned(), format!("{href}{path}?{query}"));
    let field = |name, kind, key: &str| {
        Field::new(name, kind, t.get(key), written.text(name)).errors(t, &written.errors)
    };
    let mut fields = vec![field("name", FieldKind::Text, "signup-name")];
    fields.push(field("email", FieldKind::Email, "signup-email").optional());
    let party = match written.text("party") {
        text if text.is_empty() => "1".to_owned(),
        text => text,
    };
    if let Some(rules) = &coming.rules {
        let party = super::super::signup::party_field(t, rules, &party);
        fields.push(party.errors(t, &written.errors));
    }
    let asks = coming.rules.as_ref().map_or_else(Vec::new, |rules| {
        asks(t, &rules.form, &written.sent, &written.errors)
    });
    let message = field("text", FieldKind::Lines(6), "signups-mail-text");
    let mut shown: Vec<&Field> = fields.iter().collect();
    shown.push(&message);
    let other = |error: &&FieldError| !asks.iter().any(|ask| ask.name == error.field);
    let others: Vec<FieldError> = written.errors.iter().filter(other).cloned().collect();
    let mut errors = ErrorSummary::of(t, &shown, &others);
    for ask in &asks {
        if let Some(error) = &ask.error {
            errors
                .errors
                .push((ask.id(), format!("{}: {error}", ask.label)));
        }
    }
    Ok(SignUpsPage {
        on: coming.rules.is_some() || !coming.all.is_empty(),
        occasions: occasions.collect(),
        counts: counts(t, coming),
        files: vec![
            file("signups-print", "/print"),
            file("signups-csv", ".csv"),
            file("signups-excel", ".xlsx"),
        ],
        of: coming.of.clone(),
        rules_href: rules_href(&coming.event),
        event_href: own,
        words,
        entries,
        message,
        fields,
        asks,
        errors,
        open: written.open,
        request_id: context.new_request_id(),
        href,
        desk: frame,
    })
}

fn counts(t: T, coming: &Coming) -> Vec<(String, i64)> {
    let mut counts = Vec::new();
    let mut put = |key: &str, number: i64| counts.push((t.get(key).into_owned(), number));
    let row = row_of(&coming.rows, &coming.of);
    let left = match row {
        Some(row) => row.left,
        None => coming.rows.iter().find_map(|row| row.left),
    };
    if let Some(rules) = &coming.rules {
        put("signups-count-places", i64::from(rules.places));
    }
    put(
        "signups-count-come",
        coming.counted(&coming.of, SignUpState::Confirmed),
    );
    if let Some(left) = left {
        put("signups-count-left", left);
    }
    put(
        "signups-count-queued",
        coming.counted(&coming.of, SignUpState::Queued),
    );
    let offered = coming.counted(&coming.of, SignUpState::Offered);
    put("signups-count-offered", offered);
    let waiting = coming.counted(&coming.of, SignUpState::WaitingConfirmation);
    put("signups-count-waiting", waiting);
    counts
}

/// The list.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let of = context.query("occasion").unwrap_or_default().to_owned();
    let snapshot = context.app.database.snapshot().await?;
    let coming = Coming::read(&context, &snapshot, &of).await?;
    snapshot.end().await?;
    let page = view(&context, &coming, &Written::default())?;
    Ok(Reply::html(page.render()?))
}

/// Those who have a place, on paper.
pub(super) async fn print(context: Context) -> Result<Reply> {
    let of = context.query("occasion").unwrap_or_default().to_owned();
    let snapshot = context.app.database.snapshot().await?;
    let coming = Coming::read(&context, &snapshot, &of).await?;
    snapshot.end().await?;
    let t = context.t();
    let frame = desk(
        &context,
        DeskSection::Calendar,
        coming.event.name(t.locale()),
    )?;
    let own = coming.listed().into_iter();
    let come = own.filter(|own| own.state == SignUpState::Confirmed);
    let entries: Vec<Entry> = come.map(|own| coming.entry(t, own)).collect();
    let page = AttendancePage {
        when: coming.when(t),
        people: entries.iter().map(|entry| entry.party).sum(),
        entries,
        href: list_href(&coming.event),
        desk: frame,
    };
    Ok(Reply::html(page.render()?))
}
