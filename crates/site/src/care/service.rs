//! What can be done about care: saying that a text is still right, and who looks after it.

use serde_json::json;
use torg_db::WriteContext;
use torg_kernel::{ContentId, OrganisationId, Permission, PersonId, Problem, Result, civil_date};
use torg_log::{Author, NewEvent, PayloadClass, append};
use torg_web::OrganisationList;

use super::model::CarePerson;
use super::store;
use crate::model::Content;
use crate::service::put;

/// Most texts that are changed by one press of a button.
pub(crate) const MOST_AT_ONCE: usize = 200;

/// Says that a text is still right today. Nothing happens when somebody said so today already.
///
/// # Errors
/// [`Problem::NotFound`], or when the database fails.
pub(crate) async fn still_right(
    context: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    id: ContentId,
) -> Result<()> {
    let before = crate::store::find(&**context, id)
        .await?
        .filter(|content| content.published)
        .ok_or(Problem::NotFound)?;
    let today = civil_date(author.now).to_string();
    if before.reviewed.as_deref() == Some(&*today) {
        return Ok(());
    }
    let after = Content {
        reviewed: Some(today),
        ..before.clone()
    }
    .next_after(&before, author.now);
    put(
        context,
        author,
        organisations,
        "page.reviewed",
        Some(&before),
        &after,
    )
    .await?;
    Ok(())
}

/// Settles who looks after a text.
///
/// # Errors
/// When the database fails.
pub(crate) async fn set_reviewer(
    context: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    content: &Content,
    reviewer: Option<&CarePerson>,
) -> Result<()> {
    let before = store::find_cared(&**context, content.id)
        .await?
        .ok_or(Problem::NotFound)?;
    let wanted = reviewer.map(|person| person.id);
    if before.reviewer == wanted {
        return Ok(());
    }
    store::save_reviewer(context, content.id, wanted).await?;
    let told = |person: Option<PersonId>| {
        json!({
            "content": content.id,
            "title": content.title,
            "address": content.address.as_str(),
            "reviewer": person,
        })
        .to_string()
    };
    append(
        context,
        author,
        NewEvent {
            kind: "page.reviewer_set",
            subject: content.subject(),
            organisation: Some(content.organisation),
            authority: organisations
                .find(content.organisation)
                .and_then(|entry| entry.authority),
            class: PayloadClass::Internal,
            before: Some(told(before.reviewer)),
            after: Some(told(wanted)),
            tags: Vec::new(),
        },
    )
    .await?;
    Ok(())
}

/// An organisation and those above it, the nearest first.
pub(crate) fn and_above(
    organisations: &OrganisationList,
    of: OrganisationId,
) -> Vec<OrganisationId> {
    let mut line = vec![of];
    while let Some(above) = line
        .last()
        .and_then(|id| organisations.find(*id))
        .and_then(|entry| entry.parent)
        // A tree that bites its tail must not stop the program.
        .filter(|above| !line.contains(above))
    {
        line.push(above);
    }
    line
}

/// Those who hold a permission for an organisation, by a grant there or above, the nearest first.
pub(crate) fn holders<'a>(
    people: &'a [CarePerson],
    organisations: &OrganisationList,
    permission: Permission,
    organisation: OrganisationId,
) -> Vec<&'a CarePerson> {
    let line = and_above(organisations, organisation);
    let distance = |person: &CarePerson| {
        person
            .grants
            .iter()
            .filter(|(own, _)| *own == permission)
            .filter_map(|(_, at)| line.iter().position(|own| own == at))
            .min()
    };
    let mut found: Vec<(usize, &CarePerson)> = people
        .iter()
        .filter_map(|person| Some((distance(person)?, person)))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
    found.into_iter().map(|(_, person)| person).collect()
}

/// Those who hold one of the permissions by a grant for the nearest organisation at which anybody
/// does, from a given one upwards.
pub(crate) fn nearest_holders<'a>(
    people: &'a [CarePerson],
    organisations: &OrganisationList,
    permissions: &[Permission],
    from: OrganisationId,
) -> Vec<&'a CarePerson> {
    for at in and_above(organisations, from) {
        let there: Vec<&CarePerson> = people
            .iter()
            .filter(|person| {
                person
                    .grants
                    .iter()
                    .any(|(permission, own)| *own == at && permissions.contains(permission))
            })
            .collect();
        if !there.is_empty() {
            return there;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_web::OrganisationEntry;
    use uuid::Uuid;

    fn organisation(id: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(id))
    }

    /// City 1, committee 2, unit 3.
    fn tree() -> OrganisationList {
        let entry = |id: u128, parent: Option<u128>| OrganisationEntry {
            id: organisation(id),
            key: id.to_string(),
            parent: parent.map(organisation),
            authority: None,
            name_sv: String::new(),
            name_en: String::new(),
        };
        OrganisationList::new(vec![entry(1, None), entry(2, Some(1)), entry(3, Some(2))])
    }

    fn person(id: u128, grants: &[(Permission, u128)]) -> CarePerson {
        CarePerson {
            id: PersonId(Uuid::from_u128(id)),
            name: format!("Person {id}"),
            email: format!("p{id}@stad.example"),
            grants: grants
                .iter()
                .map(|(permission, at)| (*permission, organisation(*at)))
                .collect(),
        }
    }

    #[test]
    fn those_nearest_come_first_and_are_told_first() {
        let people = [
            person(
                1,
                &[(Permission::PageEdit, 1), (Permission::PagePublish, 1)],
            ),
            person(2, &[(Permission::PageEdit, 3)]),
            person(
                3,
                &[(Permission::PageEdit, 2), (Permission::QualityManage, 2)],
            ),
            person(4, &[(Permission::UnitEdit, 3)]),
        ];
        let ids = |people: Vec<&CarePerson>| -> Vec<u128> {
            people.iter().map(|person| person.id.0.as_u128()).collect()
        };
        let tree = tree();
        let editors = holders(&people, &tree, Permission::PageEdit, organisation(3));
        assert_eq!(ids(editors), [2, 3, 1]);
        // Nobody below holds anything for those above.
        let editors = holders(&people, &tree, Permission::PageEdit, organisation(1));
        assert_eq!(ids(editors), [1]);
        let told = [Permission::PagePublish, Permission::QualityManage];
        let of = |from| ids(nearest_holders(&people, &tree, &told, organisation(from)));
        assert_eq!(of(3), [3]);
        assert_eq!(of(1), [1]);
        assert_eq!(
            ids(nearest_holders(&[], &tree, &told, organisation(3))),
            [0; 0]
        );
        assert_eq!(and_above(&tree, organisation(9)), [organisation(9)]);
    }
}
