//! What an address asks for, and the address that asks for it. The address holds the whole filter,
//! so that it can be sent, kept and gone back to.

use torg_geo::Point;
use torg_kernel::{Locale, fold, squeeze};

use crate::details::Feature;
use crate::model::UnitKind;

/// The parameters of a list of units, in both languages.
pub(crate) const PARAMETERS: &[&str] = &[
    "q", "kind", "org", "district", "open", "access", "place", "near", "sort", "page", "view",
    "compare",
];

/// Characters of a query at most.
const LONGEST: usize = 100;
/// Units that are compared at most.
pub const MOST_COMPARED: usize = 4;

/// In what order units stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By name, or by how well they fit the words; nearest first where a place is named.
    #[default]
    Usual,
    /// By name also where a place is named.
    Name,
    /// What was changed last first.
    Changed,
}

/// How they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// A list in pages.
    #[default]
    List,
    /// All of them in one table, to print.
    Print,
}

/// From where distances are counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Near {
    /// What somebody wrote: an address, a place, coordinates.
    Written(String),
    /// A point, such as the browser gives when one asks for one's own position.
    Point(Point),
}

/// What a list of units is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Words.
    pub q: String,
    /// Any of these kinds; none is all.
    pub kinds: Vec<UnitKind>,
    /// The key of an organisation; those below it count too.
    pub organisation: Option<String>,
    /// The key of a district.
    pub district: Option<String>,
    /// Open now.
    pub open: bool,
    /// All of these.
    pub access: Vec<Feature>,
    /// From where.
    pub near: Option<Near>,
    /// In what order.
    pub sort: Sort,
    /// Which page, from 1.
    pub page: usize,
    /// How they are shown.
    pub view: View,
    /// Units that were chosen to be compared, by their part of the address.
    pub compare: Vec<String>,
}

/// Parts between commas, each once.
fn parts<T: PartialEq>(text: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let mut all = Vec::new();
    for part in text
        .split(',')
        .take(50)
        .filter_map(|part| read(part.trim()))
    {
        if !all.contains(&part) {
            all.push(part);
        }
    }
    all
}

fn short(text: &str) -> String {
    squeeze(text).chars().take(LONGEST).collect()
}

impl Filter {
    /// Reads the parameters of an address. What cannot be read is passed over: an old or mistyped
    /// address shows more, not an error.
    #[must_use]
    pub fn read<'a>(query: impl Fn(&str) -> Option<&'a str>) -> Self {
        let text = |name| query(name).unwrap_or_default();
        let some = |name| Some(short(text(name))).filter(|it| crate::check::is_key(it));
        let point = Some(text("near")).and_then(read_near).map(Near::Point);
        let written = Some(short(text("place"))).filter(|it| !it.is_empty());
        Self {
            q: short(text("q")),
            kinds: parts(text("kind"), UnitKind::parse),
            organisation: some("org"),
            district: some("district"),
            open: matches!(text("open"), "1" | "yes" | "on" | "true"),
            access: parts(text("access"), Feature::parse),
            near: written.map(Near::Written).or(point),
            sort: match text("sort") {
                "name" => Sort::Name,
                "changed" => Sort::Changed,
                _ => Sort::Usual,
            },
            page: text("page").parse().unwrap_or(1).clamp(1, 10_000),
            view: if text("view") == "print" {
                View::Print
            } else {
                View::List
            },
            compare: {
                let key = |part: &str| crate::check::is_key(part).then(|| part.to_owned());
                let mut all = parts(text("compare"), key);
                all.truncate(MOST_COMPARED);
                all
            },
        }
    }

    /// Whether nothing is asked for: the first page of the directory.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let bare = Self {
            page: self.page,
            compare: self.compare.clone(),
            ..Self::default()
        };
        *self == bare
    }

    /// Whether it narrows down which units there are.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !(self.q.is_empty()
            && self.kinds.is_empty()
            && self.organisation.is_none()
            && self.district.is_none()
            && !self.open
            && self.access.is_empty())
    }

    /// Whether its page may be kept: there are not too many like it.
    #[must_use]
    pub fn is_common(&self) -> bool {
        let chosen = self.kinds.len()
            + usize::from(self.organisation.is_some())
            + usize::from(self.district.is_some())
            + usize::from(self.open)
            + self.access.len();
        self.q.is_empty() && self.near.is_none() && self.compare.is_empty() && chosen <= 2
    }

    /// Whether kinds are all that is chosen: what is listed and counted then is told by units of those
    /// kinds, and by which units there are.
    #[must_use]
    pub fn is_by_kind(&self) -> bool {
        let bare = Self {
            kinds: self.kinds.clone(),
            page: self.page,
            view: self.view,
            ..Self::default()
        };
        !self.kinds.is_empty() && *self == bare
    }

    /// The words that it asks for, folded.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let folded = fold(&self.q);
        folded.split_whitespace().map(str::to_owned).collect()
    }

    /// The parameters that it is written with.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: String| {
            if !value.is_empty() {
                pairs.push((name, value));
            }
        };
        let joined = |parts: Vec<&str>| parts.join(",");
        add("q", self.q.clone());
        add(
            "kind",
            joined(self.kinds.iter().map(|it| it.as_str()).collect()),
        );
        add("org", self.organisation.clone().unwrap_or_default());
        add("district", self.district.clone().unwrap_or_default());
        add("open", if self.open { "1" } else { "" }.to_owned());
        add(
            "access",
            joined(self.access.iter().map(|it| it.as_str()).collect()),
        );
        match &self.near {
            Some(Near::Written(words)) => add("place", words.clone()),
            Some(Near::Point(at)) => add("near", format!("{:.4},{:.4}", at.lat, at.lon)),
            None => {}
        }
        let sort = match self.sort {
            Sort::Usual => "",
            Sort::Name => "name",
            Sort::Changed => "changed",
        };
        add("sort", sort.to_owned());
        let page = Some(self.page).filter(|page| *page > 1);
        add(
            "page",
            page.map(|page| page.to_string()).unwrap_or_default(),
        );
        add(
            "view",
            if self.view == View::Print {
                "print"
            } else {
                ""
            }
            .to_owned(),
        );
        add("compare", self.compare.join(","));
        pairs
    }

    /// The address that asks for it.
    #[must_use]
    pub fn href(&self, locale: Locale) -> String {
        let path = crate::web::list_href(locale);
        let pairs = self.pairs();
        if pairs.is_empty() {
            return path.to_owned();
        }
        // Commas are kept as they are, for an address that people can read.
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
            .replace("%2C", ",");
        format!("{path}?{query}")
    }

    /// The same from its first page on, with something changed.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = self.clone();
        other.page = 1;
        change(&mut other);
        other
    }
}

/// A point as an address writes it: `57.7089,11.9746`, latitude first.
#[must_use]
pub fn read_near(text: &str) -> Option<Point> {
    let (lat, lon) = text.split_once(',')?;
    let point = Point::new(lon.trim().parse().ok()?, lat.trim().parse().ok()?);
    point.in_sweden().then_some(point)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Filter {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        Filter::read(|name| {
            let found = pairs.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.as_str())
        })
    }

    #[test]
    fn an_address_holds_the_whole_filter_and_is_always_written_the_same_way() {
        let whole = "q=bad+sommar&kind=beach,library&org=kulturforvaltningen&district=majorna&open=1&access=step_free,lift&place=J%C3%A4rntorget&sort=name&page=3&view=print&compare=a,b";
        let filter = read(whole);
        assert_eq!(filter.href(Locale::SV), format!("/hitta?{whole}"));
        assert_eq!(
            read(&filter.href(Locale::EN).replace("/en/find?", "")),
            filter
        );
        assert_eq!(filter.words(), ["bad", "sommar"]);
        assert_eq!(
            read("kind=library,library&open=yes").href(Locale::EN),
            "/en/find?kind=library&open=1"
        );
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        let odd =
            read("kind=castle,&access=x&org=%00&near=11.97,57.7&page=-2&sort=up&view=x&compare=Å");
        assert!(odd.is_empty(), "{odd:?}");
        assert_eq!(odd.href(Locale::SV), "/hitta");
        assert_eq!(
            read("near=57.70890,11.97460").pairs(),
            [("near", "57.7089,11.9746".to_owned())]
        );
        assert!(!read("q=x").is_common() && read("kind=library&open=1").is_common());
        assert!(!read("kind=library,museum,beach").is_common());
        let next = read("kind=library&page=4").with(|filter| filter.open = true);
        assert_eq!(next.href(Locale::SV), "/hitta?kind=library&open=1");
    }
}
