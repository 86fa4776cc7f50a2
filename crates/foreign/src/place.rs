//! New addresses, each given once.

use std::collections::HashSet;

use torg_kernel::{Address, AddressError, Locale};

use crate::options::Options;
use crate::remark::RemarkKind;

/// Gives new addresses. The same pages asked for in the same order get the same addresses.
pub(crate) struct Places {
    under: Address,
    taken: HashSet<String>,
}

impl Places {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            under: options.under.clone(),
            taken: HashSet::new(),
        }
    }

    /// The address nearest to `words` (a path) below the place of the import; `spare` names it where
    /// nothing of the words can stand in an address. Languages other than Swedish get their prefix.
    pub(crate) fn claim(
        &mut self,
        words: &str,
        spare: &str,
        locale: Locale,
        remarks: &mut Vec<RemarkKind>,
    ) -> Address {
        let wanted = self.wanted(words, spare, locale);
        if wanted == Address::start(locale) {
            remarks.push(RemarkKind::StartPage {});
        }
        let mut address = wanted.clone();
        if let Err(AddressError::Reserved(_)) = Address::parse(address.as_str()) {
            remarks.push(RemarkKind::AddressReserved {
                address: address.to_string(),
            });
            address = beside(&address, "sida", 0);
        } else if self.taken.contains(address.as_str()) {
            remarks.push(RemarkKind::AddressTaken {
                address: address.to_string(),
            });
        }
        let plain = address.clone();
        let mut number = 2;
        while self.taken.contains(address.as_str()) || Address::parse(address.as_str()).is_err() {
            address = beside(&plain, "", number);
            number += 1;
        }
        self.taken.insert(address.to_string());
        address
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

fn beside(address: &Address, word: &str, number: usize) -> Address {
    let mut last = address
        .as_str()
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    // Room for the number at the end of a part that is as long as it may be.
    last.truncate(70);
    for extra in [
        word.to_owned(),
        if number > 0 {
            number.to_string()
        } else {
            String::new()
        },
    ] {
        if !extra.is_empty() {
            last.push('-');
            last.push_str(&extra);
        }
    }
    let above = address.parent().unwrap_or_else(|| address.clone());
    let room = Address::MAX - 80;
    let above: String = above.as_str().chars().take(room).collect();
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
            address.to_string()
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
        let reserved = top.claim("/kontakt", "7", Locale::SV, &mut remarks);
        assert_eq!(reserved.as_str(), "/kontakt-sida");
        assert!(matches!(remarks[1], RemarkKind::AddressReserved { .. }));
        assert_eq!(top.claim("/", "7", Locale::SV, &mut remarks).as_str(), "/");
        let long = "a".repeat(900);
        for _ in 0..3 {
            let address = top.claim(&long, "7", Locale::SV, &mut remarks);
            assert!(Address::parse(address.as_str()).is_ok());
        }
    }
}
