//! Handing one's roles to a colleague while away.

use jiff::civil::Date;
use serde_json::json;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{
    Actor, DelegationId, FieldError, GrantId, Message, PersonId, Problem, RequestId, Result,
    SessionId, civil_date,
};
use torg_log::{NewEvent, write_once};

use super::grants::{GrantEntry, GrantNames};
use super::people::normal_email;
use super::rights::Rights;
use super::{Accounts, Pen, person_event};
use crate::SecondFactorRule;
use crate::delegation::{Delegation, LONGEST_DAYS};
use crate::model::{self, Grant, Person, Role};
use crate::store;

/// Roles that somebody wants to hand to a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelegation {
    /// The colleague's e-mail.
    pub taker: String,
    /// Which of the giver's own grants; nothing for all of them as they are at each moment, which
    /// takes a log-in in which all of them can hold.
    pub grants: Option<Vec<GrantId>>,
    /// First day.
    pub valid_from: Date,
    /// Last day, itself included.
    pub valid_to: Date,
}

/// What somebody may hand over in a log-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Their own grants that hold in it, now or later.
    pub grants: Vec<GrantEntry>,
    /// Whether all that they have at each moment may go, which is more than the log-in itself gives
    /// where roles demand a second factor that was not proved in it.
    pub whole: bool,
    /// Whether they logged in lately enough.
    pub fresh: bool,
}

/// The same as rows.
struct Giving {
    grants: Vec<Grant>,
    whole: bool,
    fresh: bool,
}

/// A delegation with names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationEntry {
    /// The delegation.
    pub delegation: Delegation,
    /// Whose roles they are.
    pub giver: Person,
    /// Who acts with them.
    pub taker: Person,
    /// The grants that are handed over, as they are now.
    pub grants: Vec<GrantEntry>,
}

fn wrong(field: &str, key: &'static str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: Message::new(key),
    }
}

impl Accounts {
    /// Hands a person's own roles to a colleague, who acts with them in their own name; the log says
    /// on whose behalf. What is handed over is what the giver has at each moment, ends by itself and
    /// cannot be handed on. Nothing goes that does not hold in the log-in in which it is done:
    /// whoever has a password alone does not get past a second factor by way of a colleague.
    ///
    /// # Errors
    /// [`Problem::Invalid`] naming `taker`, `grants`, `valid_from` or `valid_to`;
    /// [`Problem::Conflict`] in a log-in that is too old; [`Problem::LogInNeeded`] in one that is
    /// over.
    pub async fn hand_over(
        &self,
        giver: PersonId,
        session: SessionId,
        request: RequestId,
        digest: &str,
        new: NewDelegation,
    ) -> Result<DelegationId> {
        let (pen, accounts) = (self.pen(&model::own(giver)), self.clone());
        let operation = format!("delegation.new {digest}");
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let (actor, now) = (pen.actor.clone(), pen.now);
                    let work = || -> futures::future::BoxFuture<'_, Result<DelegationId>> {
                        Box::pin(async move {
                            let roles = store::role::list(&**context).await?;
                            let giving = accounts.giving(&**context, giver, session, &roles);
                            hand_over(context, &pen, giver, giving.await?, &new).await
                        })
                    };
                    let done = write_once(context, request, &operation, &actor, now, work).await?;
                    Ok(done.answer)
                })
            })
            .await
    }

    /// What a person may hand over in a log-in of theirs.
    ///
    /// # Errors
    /// [`Problem::LogInNeeded`] when the log-in is over.
    pub async fn to_hand_over(&self, giver: PersonId, session: SessionId) -> Result<Offer> {
        let snapshot = self.0.database.snapshot().await?;
        let names = GrantNames::load(&*snapshot).await?;
        let giving = self.giving(&*snapshot, giver, session, &names.roles);
        let Giving {
            grants,
            whole,
            fresh,
        } = giving.await?;
        snapshot.end().await?;
        Ok(Offer {
            grants: names.entries(grants.iter()),
            whole,
            fresh,
        })
    }

    async fn giving<C: ConnectionTrait>(
        &self,
        on: &C,
        giver: PersonId,
        session: SessionId,
        roles: &[Role],
    ) -> Result<Giving> {
        let found = store::session::find(on, session).await?;
        let own = found.filter(|session| session.person == giver);
        let session = own.ok_or(Problem::LogInNeeded)?;
        let today = civil_date(self.now());
        let mut grants = store::role::grants_of(on, giver).await?;
        grants.retain(|grant| grant.valid_to.is_none_or(|last| today <= last));
        let rule = self.0.settings.second_factor;
        Ok(Giving {
            grants: self.grants_in(&session, grants, roles),
            whole: session.method.is_strong() || rule != SecondFactorRule::Required,
            fresh: self.is_fresh_session(&session),
        })
    }

    /// Ends what was handed over, at once. The giver and the taker may, and whoever manages people
    /// for all that the giver has. One that is over stays as it is.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for an unknown one, [`Problem::Forbidden`] for anybody else.
    pub async fn end_delegation(&self, actor: &Actor, id: DelegationId) -> Result<()> {
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let found = store::delegation::find(&**context, id).await?;
                    let found = found.ok_or(Problem::NotFound)?;
                    let who = pen.actor.person();
                    if who != Some(found.giver) && who != Some(found.taker) {
                        let rights = Rights::load(&**context, &pen).await?;
                        let grants = store::role::grants_of(&**context, found.giver).await?;
                        rights.looks_after(&grants)?;
                    }
                    if found.is_over(civil_date(pen.now)) {
                        return Ok(());
                    }
                    store::delegation::end(&**context, id, pen.now, who).await?;
                    tell(context, &pen, &found, true).await
                })
            })
            .await
    }

    /// What a person has handed over or been handed, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_delegations(&self, person: PersonId) -> Result<Vec<DelegationEntry>> {
        let snapshot = self.0.database.snapshot().await?;
        let on = &*snapshot;
        let names = GrantNames::load(on).await?;
        let mut entries = Vec::new();
        for delegation in store::delegation::list_of(on, person).await? {
            let giver = store::person::find(on, delegation.giver).await?;
            let taker = store::person::find(on, delegation.taker).await?;
            let (Some(giver), Some(taker)) = (giver, taker) else {
                continue;
            };
            let grants = store::role::grants_of(on, delegation.giver).await?;
            let handed = grants.iter().filter(|grant| {
                let chosen = delegation.grants.as_ref();
                chosen.is_none_or(|chosen| chosen.contains(&grant.id))
            });
            entries.push(DelegationEntry {
                grants: names.entries(handed),
                delegation,
                giver: giver.person,
                taker: taker.person,
            });
        }
        snapshot.end().await?;
        Ok(entries)
    }
}

async fn hand_over(
    context: &WriteContext,
    pen: &Pen,
    giver: PersonId,
    giving: Giving,
    new: &NewDelegation,
) -> Result<DelegationId> {
    if !giving.fresh {
        return Err(Problem::Conflict(Message::new("delegation-log-in-old")));
    }
    let taker = store::person::find_by_email(&**context, &normal_email(&new.taker)).await?;
    let taker = taker.map(|stored| stored.person);
    let mut errors = Vec::new();
    match &taker {
        None => errors.push(FieldError {
            field: "taker".to_owned(),
            message: Message::new("person-unknown").with("value", &new.taker),
        }),
        Some(taker) if taker.id == giver => {
            errors.push(wrong("taker", "delegation-to-self"));
        }
        Some(taker) if taker.disabled_at.is_some() => {
            errors.push(wrong("taker", "delegation-to-closed"));
        }
        Some(_) => {}
    }
    errors.extend(wrong_days(new, civil_date(pen.now)));
    errors.extend(wrong_grants(new, &giving));
    let (true, Some(taker)) = (errors.is_empty(), taker) else {
        return Err(Problem::Invalid(errors));
    };
    let delegation = Delegation {
        id: DelegationId::new(&*pen.ids, pen.now),
        giver,
        taker: taker.id,
        valid_from: new.valid_from,
        valid_to: new.valid_to,
        grants: new.grants.clone(),
        created_at: pen.now,
        ended_at: None,
    };
    store::delegation::insert(&**context, &delegation).await?;
    tell(context, pen, &delegation, false).await?;
    Ok(delegation.id)
}

fn wrong_days(new: &NewDelegation, today: Date) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if new.valid_from < today {
        errors.push(wrong("valid_from", "delegation-starts-before"));
    }
    if new.valid_to < new.valid_from {
        errors.push(wrong("valid_to", "grant-ends-before"));
    } else if (new.valid_to - new.valid_from).get_days() > LONGEST_DAYS {
        errors.push(FieldError {
            field: "valid_to".to_owned(),
            message: Message::new("delegation-too-long").with("days", LONGEST_DAYS),
        });
    }
    errors
}

fn wrong_grants(new: &NewDelegation, giving: &Giving) -> Option<FieldError> {
    let may_give = |id: &GrantId| giving.grants.iter().any(|grant| grant.id == *id);
    match &new.grants {
        None if !giving.whole => Some(wrong("grants", "delegation-whole-weak")),
        None if giving.grants.is_empty() => Some(wrong("grants", "delegation-of-nothing")),
        Some(chosen) if chosen.is_empty() || !chosen.iter().all(may_give) => {
            Some(wrong("grants", "delegation-of-nothing"))
        }
        None | Some(_) => None,
    }
}

/// Ends all that somebody has handed over. Returns how many.
pub(super) async fn take_back_all(
    context: &WriteContext,
    pen: &Pen,
    giver: PersonId,
) -> Result<usize> {
    let (today, who) = (civil_date(pen.now), pen.actor.person());
    let mut ended = 0;
    for own in store::delegation::list_of(&**context, giver).await? {
        if own.giver == giver && !own.is_over(today) {
            store::delegation::end(&**context, own.id, pen.now, who).await?;
            tell(context, pen, &own, true).await?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Tells the log, with both people.
async fn tell(context: &WriteContext, pen: &Pen, it: &Delegation, ended: bool) -> Result<()> {
    let kinds = if ended {
        ["person.handed_back", "person.taken_back"]
    } else {
        ["person.handed_over", "person.taken_over"]
    };
    for (kind, person) in kinds.into_iter().zip([it.giver, it.taker]) {
        let said = json!(it).to_string();
        let event = NewEvent {
            before: ended.then(|| said.clone()),
            after: (!ended).then_some(said),
            ..person_event(kind, person)
        };
        pen.note(context, event).await?;
    }
    Ok(())
}
