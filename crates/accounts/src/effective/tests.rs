use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use torg_kernel::{AuthorityId, GrantId, SeededIds, Timestamp};

use super::*;
use crate::organisation::{Organisation, OrganisationKind};

const KINDS: [OrganisationKind; 5] = [
    OrganisationKind::City,
    OrganisationKind::Committee,
    OrganisationKind::Company,
    OrganisationKind::Department,
    OrganisationKind::Unit,
];

fn organisation(number: usize) -> OrganisationId {
    OrganisationId(uuid::Uuid::from_u128(number as u128 + 1))
}

fn person(number: usize) -> PersonId {
    PersonId(uuid::Uuid::from_u128(number as u128 + 1_000))
}

/// A city and some organisations, each under one that came before it where its kind may lie.
fn trees() -> impl Strategy<Value = OrganisationTree> {
    vec((1..KINDS.len(), any::<prop::sample::Index>()), 0..24).prop_map(|wanted| {
        let mut all = vec![Organisation {
            id: organisation(0),
            key: "o0".to_owned(),
            kind: OrganisationKind::City,
            parent: None,
            authority: None,
            name_sv: "Staden".to_owned(),
            name_en: String::new(),
            ended_at: None,
        }];
        for (kind, place) in wanted {
            let kind = KINDS[kind];
            let parent = place.get(&all).clone();
            if !kind.fits_under(parent.kind) {
                continue;
            }
            let id = organisation(all.len());
            all.push(Organisation {
                id,
                key: format!("o{}", all.len()),
                kind,
                parent: Some(parent.id),
                authority: if kind.is_authority() {
                    Some(AuthorityId(id.0))
                } else {
                    parent.authority
                },
                name_sv: format!("Organisation {}", all.len()),
                name_en: String::new(),
                ended_at: None,
            });
        }
        OrganisationTree::new(all)
    })
}

fn day(number: i32) -> Date {
    jiff::civil::date(2026, 1, 1)
        .checked_add(jiff::Span::new().days(number))
        .expect("a day of this century")
}

#[derive(Debug, Clone)]
struct Plan {
    role: usize,
    place: prop::sample::Index,
    from: i32,
    to: Option<i32>,
    colleague: bool,
}

fn plans() -> impl Strategy<Value = Vec<Plan>> {
    let plan = (
        0..4_usize,
        any::<prop::sample::Index>(),
        0..20_i32,
        option::of(0..20_i32),
        any::<bool>(),
    );
    vec(
        plan.prop_map(|(role, place, from, length, colleague)| Plan {
            role,
            place,
            from,
            to: length.map(|length| from + length),
            colleague,
        }),
        0..8,
    )
}

/// Four roles with permissions as chance has it; each may be empty.
fn roles() -> impl Strategy<Value = Vec<Role>> {
    vec(vec(any::<bool>(), Permission::ALL.len()), 4).prop_map(|held| {
        let ids = SeededIds::new(7);
        held.into_iter()
            .enumerate()
            .map(|(number, held)| Role {
                id: RoleId::new(&ids, Timestamp::from_micros(0)),
                key: format!("r{number}"),
                name_sv: format!("Roll {number}"),
                name_en: format!("Role {number}"),
                permissions: Permission::ALL
                    .iter()
                    .zip(held)
                    .filter(|(_, held)| *held)
                    .map(|(permission, _)| *permission)
                    .collect(),
            })
            .collect()
    })
}

fn held(tree: &OrganisationTree, roles: &[Role], plans: &[Plan]) -> Vec<Held> {
    let ids = SeededIds::new(3);
    let all = tree.list();
    plans
        .iter()
        .map(|plan| Held {
            grant: Grant {
                id: GrantId::new(&ids, Timestamp::from_micros(0)),
                person: person(usize::from(plan.colleague)),
                role: roles[plan.role].id,
                organisation: plan.place.get(&all).id,
                valid_from: day(plan.from),
                valid_to: plan.to.map(day),
            },
            on_behalf_of: plan.colleague.then(|| person(1)),
        })
        .collect()
}

/// The slow and plain way to say whether one grant gives a permission for an organisation on a day:
/// go upwards from the organisation, and stop at the border of an authority unless the grant is for
/// what lies in none.
fn gives(
    tree: &OrganisationTree,
    roles: &[Role],
    it: &Held,
    permission: Permission,
    target: OrganisationId,
    on: Date,
) -> bool {
    let role = roles.iter().find(|role| role.id == it.grant.role);
    let holds = role.is_some_and(|role| role.permissions.contains(&permission));
    let runs = it.grant.valid_from <= on && it.grant.valid_to.is_none_or(|last| on <= last);
    let mut at = tree.find(target);
    let mut below = false;
    while let Some(organisation) = at {
        if organisation.id == it.grant.organisation {
            below = true;
            break;
        }
        at = organisation.parent.and_then(|id| tree.find(id));
    }
    let top = tree.find(it.grant.organisation);
    let own = tree.find(target);
    let inside = match (
        top.and_then(|it| it.authority),
        own.and_then(|it| it.authority),
    ) {
        (None, _) => true,
        (Some(authority), of) => of == Some(authority),
    };
    holds && runs && below && inside
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Nobody may do anything but what a grant that holds on the day gives within its authority, and
    /// whatever such a grant gives they may do; whose role it is follows the grant.
    #[test]
    fn effective_permissions_are_what_the_grants_of_the_day_give(
        tree in trees(), roles in roles(), plans in plans(), on in 0..45_i32,
    ) {
        let (held, on) = (held(&tree, &roles, &plans), day(on));
        let scopes = scopes(&held, &roles, &tree, on);
        for permission in Permission::ALL {
            let scope = scopes.get(permission).cloned().unwrap_or_default();
            for target in tree.list() {
                let giving: Vec<&Held> = held
                    .iter()
                    .filter(|it| gives(&tree, &roles, it, *permission, target.id, on))
                    .collect();
                prop_assert_eq!(
                    scope.organisations.contains_key(&target.id),
                    !giving.is_empty()
                );
                // For a colleague only where nothing of one's own gives it.
                let colleague = !giving.is_empty()
                    && giving.iter().all(|it| it.on_behalf_of.is_some());
                prop_assert_eq!(
                    scope.on_behalf_of.get(&target.id).copied(),
                    colleague.then(|| person(1))
                );
                if let Some(role) = scope.organisations.get(&target.id) {
                    prop_assert!(giving.iter().any(|it| it.grant.role == *role));
                }
            }
            // Secrets: only the authorities for which something was granted itself.
            for authority in &scope.authorities {
                let granted = held.iter().any(|it| {
                    let own = it.grant.organisation;
                    tree.authority_of(own) == Some(*authority)
                        && gives(&tree, &roles, it, *permission, own, on)
                });
                prop_assert!(granted);
            }
        }
    }

    /// Whoever gets a role from somebody can do nothing that the giver could not do by themselves, on
    /// any day.
    #[test]
    fn nobody_gives_more_than_they_have(
        tree in trees(),
        roles in roles(),
        plans in plans(),
        today in 0..25_i32,
        wanted in 0..4_usize,
        place in any::<prop::sample::Index>(),
        until in option::of(0..30_i32),
    ) {
        let held = held(&tree, &roles, &plans);
        let own: Vec<Held> =
            held.iter().filter(|it| it.on_behalf_of.is_none()).cloned().collect();
        let grants: Vec<Grant> = own.iter().map(|it| it.grant.clone()).collect();
        let all = tree.list();
        let organisation = place.get(&all).id;
        let until = until.map(|days| day(today + days));
        let role = &roles[wanted];
        let answer = may_give(
            &grants, &roles, &tree, day(today), (role, organisation, until),
        );
        if answer.is_ok() {
            let given = vec![Held {
                grant: Grant {
                    id: GrantId(uuid::Uuid::nil()),
                    person: person(2),
                    role: role.id,
                    organisation,
                    valid_from: day(today),
                    valid_to: until,
                },
                on_behalf_of: None,
            }];
            for later in today..today + 60 {
                let theirs = scopes(&given, &roles, &tree, day(later));
                let mine = scopes(&own, &roles, &tree, day(later));
                for (permission, scope) in theirs {
                    for organisation in scope.organisations.keys() {
                        prop_assert!(
                            mine.get(&permission)
                                .is_some_and(|own| own.organisations.contains_key(organisation)),
                            "{permission} on day {later}"
                        );
                    }
                    for authority in &scope.authorities {
                        // The city's administrators have no authority by themselves but may let
                        // somebody into one: an act that stands in the log.
                        let inside = mine.get(&permission).is_some_and(|own| {
                            own.organisations
                                .keys()
                                .any(|id| tree.authority_of(*id) == Some(*authority))
                        });
                        prop_assert!(inside);
                    }
                }
            }
        }
    }
}

/// The border lies where the tests draw it, too: a company under a company is out of reach, a
/// department is not, and the city reaches all without any authority.
#[test]
fn reach_stops_at_another_authority() {
    let mut all = Vec::new();
    for (number, kind, parent, authority) in [
        (0, OrganisationKind::City, None, None),
        (1, OrganisationKind::Company, Some(0), Some(1)),
        (2, OrganisationKind::Company, Some(1), Some(2)),
        (3, OrganisationKind::Department, Some(1), Some(1)),
        (4, OrganisationKind::Unit, Some(3), Some(1)),
    ] {
        all.push(Organisation {
            id: organisation(number),
            key: format!("o{number}"),
            kind,
            parent: parent.map(organisation),
            authority: authority.map(|number| AuthorityId(organisation(number).0)),
            name_sv: String::new(),
            name_en: String::new(),
            ended_at: None,
        });
    }
    let mut ended = all.clone();
    let tree = OrganisationTree::new(all);
    let reached = |number| {
        let mut found = reach(&tree, organisation(number));
        found.sort_unstable();
        found
    };
    assert_eq!(reached(1), [1, 3, 4].map(organisation));
    assert_eq!(reached(2), [organisation(2)]);
    assert_eq!(reached(0), [0, 1, 2, 3, 4].map(organisation));
    assert!(reach(&tree, organisation(9)).is_empty());

    // A grant for what has ended gives nothing; one further up reaches what is left of it.
    ended[3].ended_at = Some(Timestamp::from_micros(1));
    let tree = OrganisationTree::new(ended);
    assert!(reach(&tree, organisation(3)).is_empty());
    assert!(reach(&tree, organisation(1)).contains(&organisation(3)));
}
