//! Changes to services: the row and its event, in one transaction.

use torg_db::WriteContext;
use torg_kernel::{FieldError, Message, Problem, Result, ServiceId, Subject};
use torg_log::{Author, NewEvent, PayloadClass, append};

use super::check::{check, tidy};
use super::model::{Category, Service, ServiceData};
use super::store;
use crate::store as units;

/// The tag of everything that lists services, or shows which a unit gives.
pub const SERVICES_TAG: &str = "services";

/// The tag of lists for programs, which tell all of a service.
pub const SERVICE_DETAILS_TAG: &str = "service-details";

/// The tag of everything that shows much of a service, such as its own page.
#[must_use]
pub fn service_tag(id: ServiceId) -> String {
    format!("service:{id}")
}

/// Tags of all that shows something that differs between the two.
fn tags(before: Option<&Service>, after: &Service) -> Vec<String> {
    let mut tags = vec![service_tag(after.id), SERVICE_DETAILS_TAG.to_owned()];
    if before.is_none_or(|before| !before.lists_like(after)) {
        tags.push(SERVICES_TAG.to_owned());
    }
    tags
}

async fn record(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: Option<&Service>,
    after: &Service,
) -> Result<()> {
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: Subject::new("service", after.id),
            organisation: Some(after.organisation),
            authority: after.authority,
            class: PayloadClass::Public,
            before: before.map(Service::canonical).transpose()?,
            after: Some(after.canonical()?),
            tags: tags(before, after),
        },
    )
    .await?;
    Ok(())
}

/// What a service names and that is not there. Services of `coming` keys are on their way.
async fn dangling(
    context: &WriteContext,
    service: &Service,
    coming: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Vec<FieldError>> {
    let mut errors = Vec::new();
    let keys: std::collections::HashSet<String> = units::list_keys(&**context).await?;
    for key in service.data.units.iter().filter(|key| !keys.contains(*key)) {
        errors.push(FieldError {
            field: "units".to_owned(),
            message: Message::new("unit-error-related").with("value", key),
        });
    }
    let others: Vec<String> = store::list_keys(&**context).await?;
    let closed = service.data.closed.as_ref();
    let instead = closed.and_then(|closed| closed.instead.as_ref());
    for key in service.data.related.iter().chain(instead) {
        if *key == service.key || !(coming(key) || others.contains(key)) {
            errors.push(FieldError {
                field: "related".to_owned(),
                message: Message::new("service-error-related").with("value", key),
            });
        }
    }
    Ok(errors)
}

/// Puts a new service in. The caller has checked that the author may.
pub(crate) async fn create(
    context: &WriteContext,
    author: Author<'_>,
    service: &Service,
    coming: &(dyn Fn(&str) -> bool + Sync),
) -> Result<()> {
    let errors = dangling(context, service, coming).await?;
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    store::insert(&**context, service).await?;
    record(context, author, "service.created", None, service).await
}

/// Writes a service over the one before; nothing at all when they are alike.
pub(super) async fn change(
    context: &WriteContext,
    author: Author<'_>,
    before: &Service,
    mut after: Service,
    coming: &(dyn Fn(&str) -> bool + Sync),
) -> Result<bool> {
    if before.canonical()? == after.canonical()? {
        return Ok(false);
    }
    let errors = dangling(context, &after, coming).await?;
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    after.version = before.version + 1;
    after.updated_at = author.now;
    store::update(&**context, &after).await?;
    record(context, author, "service.changed", Some(before), &after).await?;
    Ok(true)
}

/// What a form says of a service that was opened at a version.
pub(crate) struct Order {
    pub id: ServiceId,
    pub version: i64,
    pub category: Category,
    pub data: ServiceData,
}

/// The order of a form.
pub(crate) const fn order(
    id: ServiceId,
    version: i64,
    category: Category,
    data: ServiceData,
) -> Order {
    Order {
        id,
        version,
        category,
        data,
    }
}

/// Saves what a form says. True when anything changed. The caller has checked that the author may.
pub(crate) async fn save(context: &WriteContext, author: Author<'_>, order: Order) -> Result<bool> {
    let before = store::find(&**context, order.id)
        .await?
        .ok_or(Problem::NotFound)?;
    let data = tidy(order.data);
    let errors = check(&data);
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    if before.version != order.version {
        return Err(Problem::Conflict(Message::new("service-error-version")));
    }
    let after = Service {
        data,
        category: order.category,
        ..before.clone()
    };
    change(context, author, &before, after, &|_| false).await
}
