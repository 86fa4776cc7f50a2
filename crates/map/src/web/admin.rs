//! Where the staff bring in layers and addresses.

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{
    FieldError, Locale, Message, OrganisationId, Permission, Problem, Result, sort_key,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, Field, FieldKind, NavLink, T, number};
use torg_web::{Caller, Context, OrganisationList, Reply, Upload, desk};

use crate::areas::{
    AreaReport, LayerInput, ReadLayer, preview_layer, read_layer, remove_layer, write_layer,
};
use crate::model::Words;
use crate::register::{AddressReport, preview_addresses, read_addresses, write_addresses};
use crate::store;
use crate::stored::LayerData;
use crate::views::{MapDeskPage, MapImportPage, MapLayerRow};

const HREF: &str = "/admin/map";

fn org_choices(
    caller: &Caller,
    organisations: &OrganisationList,
    locale: Locale,
    all: &[OrganisationId],
) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> = all
        .iter()
        .filter(|id| caller.may(Permission::UnitEdit, **id) && !organisations.has_ended(**id))
        .filter_map(|id| organisations.find(*id))
        .map(|own| (own.key.clone(), own.name(locale).to_owned()))
        .collect();
    choices.sort_by_cached_key(|(_, name)| sort_key(name));
    choices
}

/// The organisations that the person may do this for.
fn own_organisations(caller: &Caller) -> Vec<OrganisationId> {
    let scope = caller.scopes.get(&Permission::UnitEdit);
    scope
        .map(|own| own.organisations.keys().copied().collect())
        .unwrap_or_default()
}

/// The imported layers, and what there is of addresses.
pub(super) async fn list(context: Context) -> Result<Reply> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let layers = store::list_layers(&*snapshot).await?;
    let register = store::find_register(&*snapshot).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let caller = context.caller()?;
    let rows = layers.into_iter().map(|own| MapLayerRow {
        name: own.data.name.get(t.locale()).to_owned(),
        features: number(t, own.features),
        organisation: organisations
            .find(own.organisation)
            .map(|entry| entry.name(t.locale()).to_owned())
            .unwrap_or_default(),
        districts: own.data.districts,
        may: caller.may(Permission::UnitEdit, own.organisation),
        key: own.key,
    });
    let mut frame = desk(&context, DeskSection::Units, &t.get("map-desk-title"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
    frame.public_href = super::map_href(t.locale()).to_owned();
    let page = MapDeskPage {
        desk: frame,
        rows: rows.collect(),
        addresses: register.as_ref().map(|own| number(t, own.addresses)),
        source: register.map(|own| own.source).unwrap_or_default(),
        request_id: context.new_request_id(),
    };
    Ok(Reply::html(page.render()?))
}

/// What stands in the form.
#[derive(Default)]
struct Written {
    what: String,
    layer: String,
    name_sv: String,
    name_en: String,
    name_from: String,
    attribution: String,
    organisation: String,
    districts: bool,
    shown: bool,
}

impl Written {
    fn of(upload: &Upload) -> Self {
        let text = |name| torg_kernel::squeeze(&upload.form.text(name));
        Self {
            what: text("what"),
            layer: text("layer"),
            name_sv: text("name_sv"),
            name_en: text("name_en"),
            name_from: text("name_from"),
            attribution: text("attribution"),
            organisation: text("organisation"),
            districts: upload.form.has("districts"),
            shown: upload.form.has("shown"),
        }
    }

    fn is_addresses(&self) -> bool {
        self.what == "addresses"
    }
}

/// What an import did, or would do, in sentences.
struct Outcome {
    dry: bool,
    lines: Vec<String>,
}

/// The form.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let mut written = Written::default();
    if let Some(key) = context.query("layer") {
        let snapshot = context.app.database.snapshot().await?;
        let layer = store::find_layer(&*snapshot, key).await?;
        let (organisations, _) = context.app.organisations(&snapshot).await?;
        snapshot.end().await?;
        if let Some(own) = layer {
            written = Written {
                layer: own.key,
                name_sv: own.data.name.get(Locale::SV).to_owned(),
                name_en: own
                    .data
                    .name
                    .0
                    .get(&Locale::EN)
                    .cloned()
                    .unwrap_or_default(),
                attribution: own.data.attribution,
                districts: own.data.districts,
                shown: own.data.shown,
                organisation: organisations
                    .find(own.organisation)
                    .map(|entry| entry.key.clone())
                    .unwrap_or_default(),
                ..Written::default()
            };
        }
    }
    if context.query("what") == Some("addresses") {
        "addresses".clone_into(&mut written.what);
    }
    Ok(Reply::html(page(&context, &written, &[], None).await?))
}

async fn page(
    context: &Context,
    written: &Written,
    errors: &[FieldError],
    done: Option<Outcome>,
) -> Result<String> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let caller = context.caller()?;
    let choices = org_choices(
        caller,
        &organisations,
        t.locale(),
        &own_organisations(caller),
    );
    let key = |name: &str| t.get(name).into_owned();
    let text = |name: &'static str, label: &str, value: &str| {
        Field::new(name, FieldKind::Text, key(label), value)
    };
    let mut fields = Vec::new();
    if !written.is_addresses() {
        fields.push(
            text("layer", "map-import-layer", &written.layer).hint(key("map-import-layer-hint")),
        );
        fields.push(
            text("name_sv", "map-import-name-sv", &written.name_sv)
                .optional()
                .hint(key("map-import-name-hint")),
        );
        fields.push(
            text("name_en", "map-import-name-en", &written.name_en)
                .optional()
                .lang(Locale::EN),
        );
        fields.push(
            text("name_from", "map-import-name-from", &written.name_from)
                .optional()
                .hint(key("map-import-name-from-hint")),
        );
    }
    fields.push(
        text(
            "attribution",
            "map-import-attribution",
            &written.attribution,
        )
        .optional()
        .hint(key("map-import-attribution-hint")),
    );
    fields.push(Field::new(
        "organisation",
        FieldKind::Choice(choices),
        key("map-import-organisation"),
        written.organisation.clone(),
    ));
    let fields: Vec<Field> = fields
        .into_iter()
        .map(|own| own.errors(t, errors))
        .collect();
    let known: Vec<&str> = fields.iter().map(|own| own.name).collect();
    let in_file = |own: &&FieldError| !known.contains(&own.field.as_str()) && own.field != "file";
    let faults = errors
        .iter()
        .filter(in_file)
        .map(|own| (own.field.clone(), t.message(&own.message)));
    let file_error = errors
        .iter()
        .find(|own| own.field == "file")
        .map(|own| t.message(&own.message));
    let title = key(if written.is_addresses() {
        "map-import-addresses"
    } else {
        "map-import-title"
    });
    let mut frame = desk(context, DeskSection::Units, &title)?;
    frame.crumbs = vec![
        NavLink::new(t.get("desk-units"), DeskSection::Units.href()),
        NavLink::new(t.get("map-desk-title"), HREF),
    ];
    let (dry, lines) = done.map_or((false, Vec::new()), |own| (own.dry, own.lines));
    Ok(MapImportPage {
        desk: frame,
        is_addresses: written.is_addresses(),
        faults: faults.collect(),
        file_error,
        fields,
        districts: written.districts,
        shown: written.shown,
        dry,
        lines,
        request_id: context.new_request_id(),
    }
    .render()?)
}

/// Takes the form: "check" tells what would be done, "import" does it.
pub(super) async fn post(context: Context) -> Result<Reply> {
    let upload = match context.upload().await {
        Ok(upload) => upload,
        Err(Problem::Invalid(errors)) => {
            return Ok(Reply::form_again(
                page(&context, &Written::default(), &errors, None).await?,
            ));
        }
        Err(other) => return Err(other),
    };
    let written = Written::of(&upload);
    match take(&context, &upload, &written).await {
        Ok(done) => {
            let errors: &[FieldError] = &[];
            Ok(Reply::html(
                page(&context, &written, errors, Some(done)).await?,
            ))
        }
        Err(Problem::Invalid(errors)) => Ok(Reply::form_again(
            page(&context, &written, &errors, None).await?,
        )),
        Err(other) => Err(other),
    }
}

async fn take(context: &Context, upload: &Upload, written: &Written) -> Result<Outcome> {
    let file = upload
        .file("file")
        .ok_or_else(|| Problem::field("file", Message::new("map-error-file")))?;
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let owner = organisations
        .by_key(&written.organisation)
        .ok_or_else(|| Problem::field("organisation", Message::new("map-error-owner")))?
        .id;
    let dry = upload.form.text("do") != "import";
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
    if written.is_addresses() {
        // The register is the whole city's.
        let root = organisations.root().map_or(owner, |own| own.id);
        context.acting(Permission::UnitEdit, root)?;
        let all = read_addresses(name, &file.bytes)?;
        let report = if dry {
            let report = preview_addresses(&*snapshot, &all).await?;
            snapshot.end().await?;
            report
        } else {
            snapshot.end().await?;
            let (request, digest) = (upload.form.request_id()?, upload.form.digest());
            let operation = format!("map.addresses {digest} {}", file.bytes.len());
            let (actor, source) = (
                context.acting(Permission::UnitEdit, root)?,
                written.attribution.clone(),
            );
            let (now, ids) = (context.now, context.app.ids.clone());
            context
                .app
                .database
                .write(move |write| {
                    Box::pin(async move {
                        let who = actor.clone();
                        let once = write_once(write, request, &operation, &who, now, move || {
                            Box::pin(async move {
                                let author = Author {
                                    actor: &actor,
                                    now,
                                    ids: &*ids,
                                };
                                write_addresses(write, author, root, all, &source).await
                            })
                        })
                        .await?;
                        Ok(once.answer)
                    })
                })
                .await?
        };
        return Ok(Outcome {
            dry,
            lines: address_lines(context.t(), &report),
        });
    }
    context.acting(Permission::UnitEdit, owner)?;
    let read = read_layer(name, &file.bytes, input(&snapshot, written, owner).await?)?;
    let report = if dry {
        let (report, _) = preview_layer(&*snapshot, &read).await?;
        snapshot.end().await?;
        report
    } else {
        snapshot.end().await?;
        write(context, upload, read, owner).await?
    };
    Ok(Outcome {
        dry,
        lines: area_lines(context.t(), &report),
    })
}

async fn input(
    snapshot: &Snapshot,
    written: &Written,
    owner: OrganisationId,
) -> Result<LayerInput> {
    let before = store::find_layer(&**snapshot, &written.layer).await?;
    let data = LayerData {
        name: Words::new(&written.name_sv, &written.name_en),
        about: before.map(|own| own.data.about).unwrap_or_default(),
        attribution: written.attribution.clone(),
        districts: written.districts,
        shown: written.shown,
    };
    Ok(LayerInput {
        key: written.layer.clone(),
        organisation: owner,
        data: Some(data),
        name_from: written.name_from.clone(),
    })
}

async fn write(
    context: &Context,
    upload: &Upload,
    read: ReadLayer,
    owner: OrganisationId,
) -> Result<AreaReport> {
    let request = upload.form.request_id()?;
    let size = upload.file("file").map_or(0, |file| file.bytes.len());
    let operation = format!("map.layer {} {size}", upload.form.digest());
    let actor = context.acting(Permission::UnitEdit, owner)?;
    let (now, ids) = (context.now, context.app.ids.clone());
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                let once = write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        write_layer(write, author, read).await
                    })
                })
                .await?;
                Ok(once.answer)
            })
        })
        .await
}

fn counted(t: T, key: &str, count: usize) -> String {
    t.one(key, "count", i64::try_from(count).unwrap_or(i64::MAX))
}

fn area_lines(t: T, report: &AreaReport) -> Vec<String> {
    vec![
        counted(t, "map-report-added", report.added),
        counted(t, "map-report-changed", report.changed),
        counted(t, "map-report-unchanged", report.unchanged),
        counted(t, "map-report-removed", report.removed),
        t.one("map-report-name-from", "property", &report.name_from),
    ]
}

fn address_lines(t: T, report: &AddressReport) -> Vec<String> {
    vec![
        counted(t, "map-report-added", report.added),
        counted(t, "map-report-unchanged", report.unchanged),
        counted(t, "map-report-removed", report.removed),
    ]
}

/// Takes a layer away.
pub(super) async fn remove(context: Context) -> Result<Reply> {
    let key: String = context.param("key")?;
    let snapshot = context.app.database.snapshot().await?;
    let layer = store::find_layer(&*snapshot, &key)
        .await?
        .ok_or(Problem::NotFound)?;
    snapshot.end().await?;
    let actor = context.acting(Permission::UnitEdit, layer.organisation)?;
    let (now, ids) = (context.now, context.app.ids.clone());
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*ids,
                };
                remove_layer(write, author, &key).await
            })
        })
        .await?;
    Ok(Reply::see_other(&format!("{HREF}?done=map-removed")))
}
