//! Who has a place, and who gets the next one. Pure.

use torg_kernel::Timestamp;
use uuid::Uuid;

use super::entry::{SignUp, SignUpState};

/// What becomes of the sign-ups to one occasion now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Turn {
    /// Offers that nobody took in time.
    pub lapsed: Vec<Uuid>,
    /// Places held for who did not confirm in time.
    pub freed: Vec<Uuid>,
    /// Who is offered a place, in turn.
    pub offered: Vec<Uuid>,
    /// Places that nobody has after that.
    pub left: i64,
}

/// Lets go of what is held too long, and offers free places to those who have waited longest and whose
/// party fits. A large party is passed by rather than everybody behind it: the places would stand empty.
/// Nothing is offered when there is no time left to answer (`may_offer`).
pub(crate) fn turn(all: &[SignUp], places: i64, now: Timestamp, may_offer: bool) -> Turn {
    let late = |own: &&SignUp| own.place_until.is_some_and(|until| until <= now);
    let ids = |state| {
        let found = all
            .iter()
            .filter(move |own| own.state == state)
            .filter(late);
        found.map(|own| own.id).collect::<Vec<_>>()
    };
    let taken: i64 = all
        .iter()
        .filter(|own| own.holds_place(now))
        .map(|own| own.party)
        .sum();
    let mut left = (places - taken).max(0);
    let mut queue: Vec<&SignUp> = all
        .iter()
        .filter(|own| own.state == SignUpState::Queued)
        .collect();
    queue.sort_by_key(|own| (own.queued_at, own.created_at, own.id));
    let mut offered = Vec::new();
    for own in queue.into_iter().filter(|_| may_offer) {
        if own.party <= left {
            left -= own.party;
            offered.push(own.id);
        }
    }
    Turn {
        lapsed: ids(SignUpState::Offered),
        freed: ids(SignUpState::WaitingConfirmation),
        offered,
        left,
    }
}

#[cfg(test)]
mod tests {
    use torg_forms::Answers;
    use torg_kernel::{EventId, Locale};

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(0).plus_seconds(seconds)
    }

    fn own(number: u128, party: i64, state: SignUpState, until: Option<i64>) -> SignUp {
        let second = i64::try_from(number).expect("small");
        SignUp {
            id: Uuid::from_u128(number),
            event: EventId(Uuid::nil()),
            of: String::new(),
            email: String::new(),
            name: String::new(),
            party,
            answers: Answers::default(),
            locale: Locale::SV,
            state,
            place_until: until.map(at),
            queued_at: Some(at(second)),
            created_at: at(second),
            confirmed_at: None,
            cancelled_at: None,
            told: String::new(),
            told_version: 1,
            weed_at: at(0),
        }
    }

    #[test]
    fn the_first_whose_party_fits_is_offered_what_is_free() {
        use SignUpState::{Cancelled, Confirmed, Offered, Queued, WaitingConfirmation};
        let all = [
            own(1, 4, Confirmed, None),
            own(2, 2, Cancelled, None),
            own(3, 1, WaitingConfirmation, Some(99)),
            own(4, 1, WaitingConfirmation, Some(101)),
            own(5, 2, Offered, Some(100)),
            own(8, 4, Queued, None),
            own(7, 2, Queued, None),
            own(9, 1, Queued, None),
        ];
        let turn = turn(&all, 8, at(100), true);
        let ids = |ids: &[u128]| {
            ids.iter()
                .map(|id| Uuid::from_u128(*id))
                .collect::<Vec<_>>()
        };
        // 8 places, 4 + 1 are taken: 3 for the two that fit, the first in the queue first.
        assert_eq!(turn.offered, ids(&[7, 9]));
        assert_eq!(
            (turn.lapsed, turn.freed, turn.left),
            (ids(&[5]), ids(&[3]), 0)
        );
        // Shortly before it begins nobody is asked any more.
        let late = super::turn(&all, 8, at(100), false);
        assert_eq!((late.offered.len(), late.left), (0, 3));
        // Fewer places than people: nothing below zero.
        assert_eq!(super::turn(&all, 2, at(100), true).left, 0);
    }
}
