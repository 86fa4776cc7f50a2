//! Stops sending when it is the transport that is at fault, and tells such a fault from people's
//! addresses that have ended. Pure.
//!
//! One fault of the transport stops everything for half a minute, doubled each time up to a
//! quarter of an hour, and then one mail is tried. When at least twenty answers of late were in and
//! at least half of them refusals, the refusals count as such a fault too. The price: after a real
//! heap of dead addresses has stopped it, sending goes on one mail at a time until one gets through.

use std::collections::VecDeque;

use torg_kernel::Timestamp;

use crate::model::Outcome;

/// Answers that are remembered.
const WINDOW: usize = 100;
/// Fewer answers than this say nothing.
const ENOUGH: usize = 20;
/// The first pause, in seconds.
const FIRST: i64 = 30;
/// The longest pause, in seconds.
const LONGEST: i64 = 900;

/// What may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leave {
    /// As many as there are.
    All,
    /// One, to see whether it works again.
    One,
    /// None before this time.
    NoneUntil(Timestamp),
}

#[derive(Debug, Default)]
pub(crate) struct Breaker {
    /// The latest answers; true for a refusal.
    recent: VecDeque<bool>,
    /// Set while it is open.
    until: Option<Timestamp>,
    pause: i64,
}

impl Breaker {
    pub(crate) fn leave(&self, now: Timestamp) -> Leave {
        match self.until {
            None => Leave::All,
            Some(until) if until <= now => Leave::One,
            Some(until) => Leave::NoneUntil(until),
        }
    }

    /// Takes in the answers to one batch. Tells whether the refusals among them are the
    /// recipients' own; if not, they say nothing about them.
    pub(crate) fn answered(&mut self, outcomes: &[&Outcome], now: Timestamp) -> bool {
        if outcomes.is_empty() {
            return true;
        }
        let refusal =
            |outcome: &&Outcome| matches!(outcome, Outcome::Refused(_) | Outcome::Rejected(_));
        for outcome in outcomes {
            match outcome {
                Outcome::Trouble(_) => {}
                outcome => self.recent.push_back(refusal(outcome)),
            }
        }
        while self.recent.len() > WINDOW {
            self.recent.pop_front();
        }
        let refused = self.recent.iter().filter(|refused| **refused).count();
        let storm = self.recent.len() >= ENOUGH && refused * 2 >= self.recent.len();
        let trouble = outcomes
            .iter()
            .any(|outcome| matches!(outcome, Outcome::Trouble(_)));
        let was_open = self.until.is_some();
        let through = outcomes
            .iter()
            .any(|outcome| matches!(outcome, Outcome::Delivered | Outcome::Later(_)));
        if was_open && through && !trouble {
            // The transport works; what it said in the storm is forgotten.
            *self = Self::default();
            return true;
        }
        if trouble || storm || was_open {
            self.pause = (self.pause * 2).clamp(FIRST, LONGEST);
            self.until = Some(now.plus_seconds(self.pause));
        }
        !(storm || was_open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

    fn refused() -> Outcome {
        Outcome::Refused("550 5.1.1".to_owned())
    }

    fn take(breaker: &mut Breaker, outcomes: &[Outcome], now: Timestamp) -> bool {
        breaker.answered(&outcomes.iter().collect::<Vec<_>>(), now)
    }

    #[test]
    fn a_few_dead_addresses_are_their_owners_matter() {
        let mut breaker = Breaker::default();
        let mut outcomes = vec![Outcome::Delivered; 30];
        outcomes.extend(vec![refused(); 10]);
        assert!(take(&mut breaker, &outcomes, T0));
        assert_eq!(breaker.leave(T0), Leave::All);
        // Three of three say nothing either way: a small town has few subscribers.
        let mut breaker = Breaker::default();
        assert!(take(&mut breaker, &vec![refused(); 3], T0));
        assert_eq!(breaker.leave(T0), Leave::All);
    }

    #[test]
    fn when_most_is_refused_it_is_the_transport() {
        let mut breaker = Breaker::default();
        assert!(!take(&mut breaker, &vec![refused(); 50], T0));
        assert_eq!(breaker.leave(T0), Leave::NoneUntil(T0.plus_seconds(FIRST)));
        let later = T0.plus_seconds(FIRST);
        assert_eq!(breaker.leave(later), Leave::One);
        // The one that is tried does not count either, and the pause grows.
        assert!(!take(&mut breaker, &[refused()], later));
        assert_eq!(
            breaker.leave(later),
            Leave::NoneUntil(later.plus_seconds(FIRST * 2))
        );
        let later = later.plus_seconds(FIRST * 2);
        assert!(take(&mut breaker, &[Outcome::Delivered], later));
        assert_eq!(breaker.leave(later), Leave::All);
        // And one refusal afterwards is one person's again.
        assert!(take(&mut breaker, &[refused()], later));
        assert_eq!(breaker.leave(later), Leave::All);
    }

    #[test]
    fn trouble_stops_at_once_and_the_pause_has_an_end() {
        let mut breaker = Breaker::default();
        let mut now = T0;
        for _ in 0..20 {
            take(
                &mut breaker,
                &[Outcome::Trouble("no route".to_owned())],
                now,
            );
            let Leave::NoneUntil(until) = breaker.leave(now) else {
                panic!("it goes on sending");
            };
            assert!(until <= now.plus_seconds(LONGEST));
            now = until;
        }
        take(&mut breaker, &[Outcome::Later("451".to_owned())], now);
        assert_eq!(breaker.leave(now), Leave::All);
    }
}
