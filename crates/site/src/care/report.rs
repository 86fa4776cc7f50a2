//! The report: which texts are wanted, and how a city stands.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use torg_db::ConnectionTrait;
use torg_kernel::{Locale, OrganisationId, PersonId, Result};
use torg_quality::{Report, Rule, Weight};
use uuid::Uuid;

use super::around::Everything;
use super::model::{Cared, Standing};
use super::service::and_above;
use super::settings::CareSettings;
use torg_web::OrganisationList;

/// Which texts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// All of them.
    All,
    /// Those that the one who asks goes through, and that are due or soon will be.
    Mine,
    /// Those that are overdue.
    Overdue,
    /// Those that soon are due.
    Soon,
    /// Those that nobody goes through.
    NoReviewer,
    /// Those that break a rule that must or should hold.
    Failing,
    /// Those with links to others that do not answer.
    Dead,
    /// Those that nobody reads.
    Unread,
}

impl Show {
    /// All of them, in the order they are shown.
    pub(crate) const ALL: [Self; 8] = [
        Self::All,
        Self::Mine,
        Self::Overdue,
        Self::Soon,
        Self::NoReviewer,
        Self::Failing,
        Self::Dead,
        Self::Unread,
    ];

    /// The name in addresses.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::NoReviewer => "no-reviewer",
            Self::Failing => "failing",
            Self::Dead => "dead",
            Self::Unread => "unread",
        }
    }

    /// Whether a text belongs there.
    pub(crate) fn holds(
        self,
        text: &Cared,
        settings: &CareSettings,
        (today, me): (Date, PersonId),
    ) -> bool {
        let standing = text.standing(settings, today);
        match self {
            Self::All => true,
            Self::Mine => {
                text.reviewer == Some(me) && matches!(standing, Standing::Overdue | Standing::Soon)
            }
            Self::Overdue => standing == Standing::Overdue,
            Self::Soon => standing == Standing::Soon,
            Self::NoReviewer => text.lacks_reviewer(settings),
            Self::Failing => text.is_failing(),
            Self::Dead => text.dead > 0,
            Self::Unread => text.is_unread(settings, today),
        }
    }
}

/// What the address asks for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub show: Show,
    /// Key of an organisation, with those below it.
    pub organisation: String,
    pub rule: Option<Rule>,
}

impl Asked {
    /// Reads the parameters of an address; what it cannot read it leaves out.
    pub(crate) fn of<'a>(query: impl Fn(&str) -> Option<&'a str>) -> Self {
        let show = query("show").unwrap_or_default();
        Self {
            show: Show::ALL
                .into_iter()
                .find(|own| own.as_str() == show)
                .unwrap_or(Show::All),
            organisation: query("org").unwrap_or_default().chars().take(100).collect(),
            rule: query("rule").and_then(Rule::parse),
        }
    }

    /// The address of a list with these and a page number.
    pub(crate) fn href(&self, path: &str, page: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.show != Show::All {
            query.append_pair("show", self.show.as_str());
        }
        if !self.organisation.is_empty() {
            query.append_pair("org", &self.organisation);
        }
        if let Some(rule) = self.rule {
            query.append_pair("rule", rule.as_str());
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }
}

/// The texts of an organisation and those below it, of those that somebody may see.
pub(crate) fn within(
    texts: Vec<Cared>,
    organisations: &OrganisationList,
    chosen: &str,
    may_see: &dyn Fn(OrganisationId) -> bool,
) -> Vec<Cared> {
    let chosen = organisations.by_key(chosen).map(|entry| entry.id);
    let mut below: BTreeMap<OrganisationId, bool> = BTreeMap::new();
    texts
        .into_iter()
        .filter(|text| {
            *below.entry(text.organisation).or_insert_with(|| {
                may_see(text.organisation)
                    && chosen.is_none_or(|chosen| {
                        and_above(organisations, text.organisation).contains(&chosen)
                    })
            })
        })
        .collect()
}

/// How a whole city stands by the rules, worked out now.
#[derive(Debug, Default)]
pub struct CityReport {
    /// Public texts.
    pub texts: u32,
    /// Those with findings that stop publishing.
    pub stopped: u32,
    /// Those without findings that must or should be mended.
    pub good: u32,
    /// For each rule that found anything: texts and findings.
    pub rules: BTreeMap<Rule, (u32, u32)>,
    /// For each language with LIX: texts, the sum of LIX, and texts above the limit.
    pub lix: BTreeMap<Locale, (u32, u64, u32)>,
    /// Words of all texts.
    pub words: u64,
    /// The texts with the most findings that must or should be mended: address, must, should.
    pub worst: Vec<(String, u32, u32)>,
    /// Texts whose kind is gone through, those that nobody goes through, and those overdue.
    pub cycle: (u32, u32, u32),
}

/// Texts that are named as the worst.
const WORST: usize = 15;

impl CityReport {
    fn add(&mut self, content: &crate::model::Content, report: &Report) {
        self.texts += 1;
        let (must, should) = (
            report.of_weight(Weight::Must),
            report.of_weight(Weight::Should),
        );
        self.stopped += u32::from(must > 0);
        self.good += u32::from(must + should == 0);
        self.words += u64::from(report.figures.words);
        for (rule, count) in &report.counts {
            let (texts, findings) = self.rules.entry(*rule).or_default();
            *texts += 1;
            *findings = findings.saturating_add(*count);
        }
        if let (Some(lix), Some(most)) = (report.figures.lix, report.figures.lix_most) {
            let (texts, sum, above) = self.lix.entry(content.locale).or_default();
            *texts += 1;
            *sum += u64::from(lix);
            *above += u32::from(lix > most);
        }
        if must + should > 0 {
            self.worst.push((content.address.to_string(), must, should));
            self.worst
                .sort_by_key(|(_, must, should)| std::cmp::Reverse((*must, *should)));
            self.worst.truncate(WORST);
        }
    }
}

/// Looks at every public text now; nothing is written.
///
/// # Errors
/// When the database fails.
pub async fn city_report<C: ConnectionTrait>(on: &C, today: Date) -> Result<CityReport> {
    let settings = CareSettings::find(on).await?;
    let everything = Everything::read(on).await?;
    let mut city = CityReport::default();
    let mut after = Uuid::nil();
    loop {
        let contents = crate::store::list_after(on, after, 100).await?;
        let Some(last) = contents.last() else { break };
        after = last.id.0;
        for content in contents.iter().filter(|content| content.published) {
            let known = everything.around(on, content).await?;
            city.add(content, &known.report(content, &settings.rules));
        }
    }
    for text in super::store::list_cared(on).await? {
        let standing = text.standing(&settings, today);
        city.cycle.0 += u32::from(standing != Standing::Never);
        city.cycle.1 += u32::from(text.lacks_reviewer(&settings));
        city.cycle.2 += u32::from(standing == Standing::Overdue);
    }
    Ok(city)
}

/// A text that waits for somebody to go through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToReview {
    /// Its title.
    pub title: String,
    /// Its language.
    pub locale: Locale,
    /// Where its quality is shown.
    pub href: String,
    /// The day on which it is due.
    pub due: Date,
    /// Whether that day has come.
    pub overdue: bool,
}

/// What waits for a person, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub async fn to_review<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    today: Date,
) -> Result<Vec<ToReview>> {
    let texts = super::store::list_of_reviewer(on, person).await?;
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let settings = CareSettings::find(on).await?;
    let mut waiting: Vec<ToReview> = texts
        .into_iter()
        .filter(|text| Show::Mine.holds(text, &settings, (today, person)))
        .filter_map(|text| {
            Some(ToReview {
                due: text.due_on(&settings)?,
                overdue: text.standing(&settings, today) == Standing::Overdue,
                href: format!("/admin/pages/{}/quality", text.content),
                locale: text.locale,
                title: text.title,
            })
        })
        .collect();
    waiting.sort_by_key(|text| text.due);
    Ok(waiting)
}

/// The organisations that have texts among these, with all above them.
pub(crate) fn shown_organisations(
    texts: &[Cared],
    organisations: &OrganisationList,
) -> HashSet<OrganisationId> {
    let own: HashSet<OrganisationId> = texts.iter().map(|text| text.organisation).collect();
    own.into_iter()
        .flat_map(|id| and_above(organisations, id))
        .collect()
}
