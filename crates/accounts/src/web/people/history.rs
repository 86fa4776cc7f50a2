//! A history in words.

use serde_json::Value;
use torg_kernel::{Actor, OrganisationId, Permission, PersonId, RoleId};
use torg_ui::{T, date_time};

use super::time_of;
use crate::service::{History, HistoryEntry};
use crate::views::HistoryRow;

/// The lines of a history, the latest first.
pub(super) fn rows(t: T, history: &History) -> Vec<HistoryRow> {
    history
        .entries
        .iter()
        .map(|entry| HistoryRow {
            time: date_time(t, entry.at),
            machine_time: entry.at.rfc3339(),
            who: who(t, history, &entry.actor),
            what: what(t, history, entry),
            details: details(t, history, entry),
        })
        .collect()
}

/// The name of a person, who may be gone.
fn name(t: T, history: &History, id: PersonId) -> String {
    let gone = || t.get("log-actor-gone").into_owned();
    history.people.get(&id).cloned().unwrap_or_else(gone)
}

fn who(t: T, history: &History, actor: &Actor) -> String {
    match actor {
        Actor::Anonymous => t.get("log-actor-anonymous").into_owned(),
        Actor::System { name } if name.is_empty() => t.get("history-program").into_owned(),
        Actor::System { name } => t.one("log-actor-system", "name", name.as_str()),
        Actor::Person {
            id, on_behalf_of, ..
        } => match on_behalf_of {
            Some(colleague) => t.two(
                "log-actor-for",
                "name",
                name(t, history, *id),
                "colleague",
                name(t, history, *colleague),
            ),
            None => name(t, history, *id),
        },
    }
}

fn what(t: T, history: &History, entry: &HistoryEntry) -> String {
    let key = format!("log-kind-{}", entry.kind.replace(['.', '_'], "-"));
    let kind = t
        .find(&key)
        .map_or_else(|| entry.kind.clone(), str::to_owned);
    match entry.person {
        Some(person) => format!("{}: {kind}", name(t, history, person)),
        None => kind,
    }
}

fn text<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field)?.as_str()
}

fn details(t: T, history: &History, entry: &HistoryEntry) -> Vec<String> {
    let empty = Value::Null;
    let before = entry.before.as_ref().unwrap_or(&empty);
    let after = entry.after.as_ref().unwrap_or(&empty);
    let either = if after.is_null() { before } else { after };
    if either.get("taker").is_some() {
        return handed(t, history, either).into_iter().collect();
    }
    if either.get("role").is_some() {
        return grant(t, history, either).into_iter().collect();
    }
    let mut lines = permissions(t, before, after);
    for (field, key) in [
        ("name", "person-name"),
        ("email", "person-email"),
        ("name_sv", "organisation-name-sv"),
        ("name_en", "organisation-name-en"),
        ("parent", "organisation-parent"),
        ("kind", "organisation-kind"),
    ] {
        let shown = |value: &Value| -> Option<String> {
            let text = text(value, field)?;
            Some(match field {
                "parent" => {
                    let id = text.parse().ok().map(OrganisationId)?;
                    history.tree.name(id, t.locale())?.to_owned()
                }
                "kind" => t.get(&format!("organisation-kind-{text}")).into_owned(),
                _ => text.to_owned(),
            })
        };
        let (old, new) = (shown(before), shown(after));
        if let (Some(old), Some(new)) = (&old, &new)
            && old != new
        {
            let label = t.get(key);
            lines.push(format!("{label}: {old} → {new}"));
        }
    }
    lines
}

/// What a role got and lost.
fn permissions(t: T, before: &Value, after: &Value) -> Vec<String> {
    let held = |value: &Value| -> Vec<Permission> {
        let list = value.get("permissions").and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(|name| name.as_str()?.parse().ok())
            .collect()
    };
    let (old, new) = (held(before), held(after));
    let less = |from: &[Permission], than: &[Permission]| -> Vec<String> {
        from.iter()
            .filter(|it| !than.contains(it))
            .map(|it| permission_name(t, *it))
            .collect()
    };
    let mut lines = Vec::new();
    for (key, list) in [
        ("history-permissions-more", less(&new, &old)),
        ("history-permissions-less", less(&old, &new)),
    ] {
        if !list.is_empty() {
            lines.push(t.one(key, "list", list.join(", ")));
        }
    }
    lines
}

/// What a permission lets one do, in words.
pub(super) fn permission_name(t: T, permission: Permission) -> String {
    let key = format!("permission-{}", permission.as_str().replace('.', "-"));
    t.get(&key).into_owned()
}

fn grant(t: T, history: &History, said: &Value) -> Option<String> {
    let role = RoleId(text(said, "role")?.parse().ok()?);
    let role = history.roles.iter().find(|own| own.id == role)?;
    let organisation = OrganisationId(text(said, "organisation")?.parse().ok()?);
    let organisation = history.tree.name(organisation, t.locale())?;
    let from = text(said, "valid_from")?.parse().ok()?;
    let to = text(said, "valid_to").and_then(|day| day.parse().ok());
    Some(format!(
        "{}, {}",
        super::grant_words(t, role, organisation),
        time_of(t, from, to)
    ))
}

fn handed(t: T, history: &History, said: &Value) -> Option<String> {
    let person = |field| Some(PersonId(text(said, field)?.parse().ok()?));
    let from = text(said, "valid_from")?.parse().ok()?;
    let to = text(said, "valid_to").and_then(|day| day.parse().ok());
    let what = t.two(
        "away-what",
        "giver",
        name(t, history, person("giver")?),
        "taker",
        name(t, history, person("taker")?),
    );
    Some(format!("{what}, {}", time_of(t, from, to)))
}
