//! New addresses, each given once.

use std::collections::{HashMap, HashSet};

use torg_kernel::{Address, AddressError, Locale};

use crate::error::ErrorKind;
use crate::options::Options;
use crate::remark::RemarkKind;

/// Gives new addresses. The same pages asked for in the same order get the same addresses.
pub(crate) struct Places {
    under: Address,
    taken: HashSet<String>,
    /// The number to try next for an address that was asked for before.
    next: HashMap<String, usize>,
}

impl Places {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            under: options.under.clone(),
            taken: HashSet::new(),
            next: HashMap::new(),
        }
    }

    /// The address nearest to `words` (a path) below the place of the import; `spare` names it where
    /// nothing of the words can stand in an address. Languages other than Swedish get their prefix.
    /// What lies below one of the program's own addresses lands below that address with a word added,
    /// so that a tree of pages stays together.
    ///
    /// # Errors
    /// When nothing near it can be an address. At most one number more than there are addresses is
    /// tried.
    pub(crate) fn claim(
        &mut self,
        words: &str,
        spare: &str,
        locale: Locale,
        remarks: &mut Vec<RemarkKind>,
    ) -> Result<Address, ErrorKind> {
        let wanted = self.wanted(words, spare, locale);
        if wanted == Address::start(locale) {
            remarks.push(RemarkKind::StartPage {});
        }
        let mut plain = wanted.clone();
        if is_reserved(&wanted) {
            remarks.push(RemarkKind::AddressReserved {
                address: wanted.to_string(),
            });
            plain = freed(&wanted);
        } else if self.taken.contains(wanted.as_str()) {
            remarks.push(RemarkKind::AddressTaken {
                address: wanted.to_string(),
            });
        }
        let from = self.next.get(plain.as_str()).copied().unwrap_or(1);
        // Each of the taken addresses stands in the way of one number at most.
        let last = from + self.taken.len() + 1;
        for number in from..=last {
            let address = match number {
                1 => plain.clone(),
                _ => numbered(&plain, number),
            };
            if Address::parse(address.as_str()).is_ok() && self.taken.insert(address.to_string()) {
                self.next.insert(plain.to_string(), number + 1);
                return Ok(address);
            }
        }
        let address = wanted.to_string();
        Err(ErrorKind::NoAddress { address })
    }

    fn wanted(&self, words: &str, spare: &str, locale: Locale) -> Address {
        let mut words = words.trim_matches('/');
        let tag = locale.to_string();
        let mut base = self.under.to_string();
        if locale != Locale::SV {
            // The old site may have had the prefix already.
            words = match words.split_once('/') {
                Some((first, rest)) if first.eq_ignore_ascii_case(&tag) => rest,
                None if words.eq_ignore_ascii_case(&tag) => "",
                _ => words,
            };
            let prefix = format!("/{tag}");
            if base != prefix && !base.starts_with(&format!("{prefix}/")) {
                base = format!("{prefix}{base}");
            }
        }
        let base_address = Address::from_words(&base);
        let address = Address::from_words(&format!("{base}/{words}"));
        // What cannot be written in a–z falls out: the page must not land on its parent.
        let depth = |address: &Address| {
            let path = address.as_str().trim_matches('/');
            path.split('/').filter(|part| !part.is_empty()).count()
        };
        let wished = words.split('/').filter(|part| !part.is_empty()).count();
        if depth(&address) < depth(&base_address) + wished {
            return address.child(spare);
        }
        address
    }
}

fn is_reserved(address: &Address) -> bool {
    matches!(
        Address::parse(address.as_str()),
        Err(AddressError::Reserved(_))
    )
}

/// The same address with a word behind the part that the program uses itself: the first one, or the
/// one behind a language.
fn freed(address: &Address) -> Address {
    let parts: Vec<&str> = address
        .as_str()
        .trim_start_matches('/')
        .split('/')
        .collect();
    [1, 0]
        .into_iter()
        .filter(|at| *at < parts.len())
        .map(|at| {
            let mut parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            parts[at] = with_end(&parts[at], "sida");
            Address::from_words(&parts.join("/"))
        })
        .find(|freed| !is_reserved(freed))
        .unwrap_or_else(|| address.clone())
}

/// Room for an end in a part that is as long as it may be.
fn with_end(part: &str, end: &str) -> String {
    let part: String = part.chars().take(70).collect();
    format!("{part}-{end}")
}

fn numbered(address: &Address, number: usize) -> Address {
    let text = address.as_str();
    let last = text.rsplit('/').next().unwrap_or_default();
    let above = address.parent().unwrap_or_else(|| address.clone());
    let room = Address::MAX - 90;
    let above: String = above.as_str().chars().take(room).collect();
    let last = with_end(last, &number.to_string());
    Address::from_words(&format!("{above}/{last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_given_once_and_never_reserved() {
        let under = Address::from_words("/gamla");
        let mut places = Places::new(&Options {
            under,
            ..Options::default()
        });
        let mut remarks = Vec::new();
        let mut claim = |words: &str, locale| {
            let address = places.claim(words, "7", locale, &mut remarks);
            address.expect("there is room").to_string()
        };
        assert_eq!(claim("/Bygga/Lov", Locale::SV), "/gamla/bygga/lov");
        assert_eq!(claim("/bygga/löv", Locale::SV), "/gamla/bygga/lov-2");
        assert_eq!(claim("/en/housing", Locale::EN), "/en/gamla/housing");
        assert_eq!(
            claim("/ar/\u{645}\u{631}", "ar".parse().expect("a tag")),
            "/ar/gamla/7"
        );
        assert_eq!(claim("", Locale::SV), "/gamla");
        assert_eq!(remarks.len(), 1);
        let mut top = Places::new(&Options::default());
        let mut claim = |words: &str, locale| {
            let address = top.claim(words, "7", locale, &mut remarks);
            address.expect("there is room")
        };
        assert_eq!(claim("/kontakt", Locale::SV).as_str(), "/kontakt-sida");
        assert_eq!(claim("/", Locale::SV).as_str(), "/");
        let long = "a".repeat(900);
        for _ in 0..3 {
            let address = claim(&long, Locale::SV);
            assert!(Address::parse(address.as_str()).is_ok());
        }
        assert!(matches!(remarks[1], RemarkKind::AddressReserved { .. }));
    }

    #[test]
    fn what_lies_below_an_address_of_the_program_stays_together() {
        let mut places = Places::new(&Options::default());
        let mut remarks = Vec::new();
        for (words, locale, to) in [
            ("/hitta", Locale::SV, "/hitta-sida"),
            ("/hitta/b", Locale::SV, "/hitta-sida/b"),
            ("/hitta/b", Locale::SV, "/hitta-sida/b-2"),
            ("/hitta/b", Locale::SV, "/hitta-sida/b-3"),
            ("/admin/a/b", Locale::SV, "/admin-sida/a/b"),
            ("/search/en", Locale::SV, "/search-sida/en"),
            ("/search/x", Locale::EN, "/en/search-sida/x"),
            ("/en/search", Locale::SV, "/en/search-sida"),
            ("/media-sida", Locale::SV, "/media-sida"),
            ("/media", Locale::SV, "/media-sida-2"),
        ] {
            let address = places.claim(words, "7", locale, &mut remarks);
            assert_eq!(address.expect("there is room").as_str(), to, "{words}");
        }
        let reserved = |it: &&RemarkKind| matches!(it, RemarkKind::AddressReserved { .. });
        assert_eq!(remarks.iter().filter(reserved).count(), 9);
    }

    #[test]
    fn a_hundred_thousand_that_want_the_same_end() {
        let mut places = Places::new(&Options::default());
        for number in 1..=100_000_u32 {
            let address = places.claim("/a", "7", Locale::SV, &mut Vec::new());
            let address = address.expect("there is room").to_string();
            let wanted = if number == 1 {
                "/a".to_owned()
            } else {
                format!("/a-{number}")
            };
            assert_eq!(address, wanted);
        }
    }
}
