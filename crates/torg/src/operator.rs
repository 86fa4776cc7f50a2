//! What the program answers for itself: probes, figures, static files, sitemap.

use std::fmt::Write;
use std::sync::Arc;

use serde_json::json;
use torg_kernel::{Access, Locale, Problem, Result, Variant};
use torg_search::Index;
use torg_ui::Encoding;
use torg_web::{Context, Outcome, Page, PageRequest, Reply, Routes};

/// Most addresses in one sitemap (sitemaps.org, protocol 0.9).
const SITEMAP_LIMIT: usize = 50_000;

/// The program's own routes.
#[must_use]
pub fn routes(index: &Arc<Index>) -> Routes {
    let index = index.clone();
    Routes::new()
        .get("/healthz", Access::Public, |_| async {
            Ok(Reply::text("ok\n"))
        })
        .get("/readyz", Access::Public, move |context| {
            ready(context, index.clone())
        })
        .get("/metrics", Access::Operator, |context| async move {
            Ok(Reply::text(context.app.telemetry.render()))
        })
        .get("/static/{file}", Access::Public, asset)
        .page("/robots.txt", &[], |request| Box::pin(robots(request)))
        .page("/sitemap.xml", &[], |request| {
            Box::pin(sitemap(request, None))
        })
        .page("/sitemap-{number}", &[], |request| {
            Box::pin(async move {
                let number = request.param("number").strip_suffix(".xml");
                let parsed = number.and_then(|text| text.parse::<usize>().ok());
                // One spelling for each: "01" is another address and leads nowhere.
                match parsed.filter(|parsed| number == Some(parsed.to_string().as_str())) {
                    Some(number) => sitemap(request, Some(number)).await,
                    None => Ok(Outcome::NotFound),
                }
            })
        })
        .and(crate::openapi::routes())
        .answer("/api/v1/log/seals", &[], |request| Box::pin(seals(request)))
}

/// Events that a node may be behind and still count as ready.
const BEHIND: i64 = 500;

/// Ready when the database answers and this node's views have followed the log.
async fn ready(context: Context, index: Arc<Index>) -> Result<Reply> {
    let position = async {
        let snapshot = context.app.database.snapshot().await?;
        let head = torg_log::head(&*snapshot).await?;
        snapshot.end().await?;
        Ok::<_, Problem>(head)
    };
    let Ok(head) = position.await else {
        let mut reply = Reply::json(&json!({"ready": false, "database": false}))?;
        reply.status = torg_web::StatusCode::SERVICE_UNAVAILABLE;
        return Ok(reply);
    };
    let behind = head - context.app.followed();
    let body = json!({
        "ready": behind <= BEHIND,
        "log_position": head,
        "behind": behind,
        "search_documents": index.len(),
    });
    let mut reply = Reply::json(&body)?;
    if behind > BEHIND {
        reply.status = torg_web::StatusCode::SERVICE_UNAVAILABLE;
    }
    Ok(reply)
}

/// Static files have the digest of their content in their name: they never change.
async fn asset(context: Context) -> Result<Reply> {
    let file: String = context.param("file")?;
    let asset = torg_ui::asset(&format!("/static/{file}")).ok_or(Problem::NotFound)?;
    let accepts = context
        .headers
        .get("accept-encoding")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let wanted = if accepts.contains("br") {
        Encoding::Brotli
    } else if accepts.contains("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Identity
    };
    let (encoding, bytes) = asset.encoded(wanted);
    let mut reply = Reply::new(200, asset.mime, bytes.to_vec());
    reply.headers.insert(
        "cache-control",
        torg_web::HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    reply.headers.insert(
        "vary",
        torg_web::HeaderValue::from_static("accept-encoding"),
    );
    let name = match encoding {
        Encoding::Identity => None,
        Encoding::Gzip => Some("gzip"),
        Encoding::Brotli => Some("br"),
    };
    if let Some(name) = name {
        reply
            .headers
            .insert("content-encoding", torg_web::HeaderValue::from_static(name));
    }
    Ok(reply)
}

async fn robots(request: &PageRequest) -> Result<Outcome> {
    let body = format!(
        "User-agent: *\nDisallow: /admin\nDisallow: /api/\nDisallow: /sok?\nDisallow: /en/search?\n\
         Sitemap: {}/sitemap.xml\n",
        request.app.settings.base_url
    );
    Ok(Outcome::Page(Page {
        content_type: "text/plain; charset=utf-8",
        ..Page::html(body, vec![])
    }))
}

/// An address with its languages.
struct Entry {
    path: String,
    changed: Option<String>,
    others: Vec<(String, String)>,
}

async fn entries(request: &PageRequest) -> Result<Vec<Entry>> {
    let pages = torg_site::list_public_addresses(&**request.snapshot().await?, request.now).await?;
    let mut entries = Vec::with_capacity(pages.len());
    for group in pages.chunk_by(|a, b| a.page_id == b.page_id) {
        let others: Vec<(String, String)> = group
            .iter()
            .filter(|page| page.variant == Variant::Standard.as_str())
            .map(|page| (page.locale.clone(), page.address.clone()))
            .collect();
        for page in group {
            let standard = page.variant == Variant::Standard.as_str();
            let changed = torg_kernel::Timestamp::from_micros(page.updated_at).rfc3339();
            entries.push(Entry {
                path: page.address.clone(),
                changed: Some(changed),
                others: if others.len() > 1 && standard {
                    others.clone()
                } else {
                    Vec::new()
                },
            });
        }
    }
    for unit in torg_directory::list(&**request.snapshot().await?).await? {
        if unit.is_closed_on(torg_kernel::civil_date(request.now)) {
            continue;
        }
        let others: Vec<(String, String)> = [Locale::SV, Locale::EN]
            .into_iter()
            .map(|locale| (locale.to_string(), unit.href(locale)))
            .collect();
        for (_, path) in &others {
            entries.push(Entry {
                path: path.clone(),
                changed: None,
                others: others.clone(),
            });
        }
    }
    for service in torg_directory::services::list(&**request.snapshot().await?).await? {
        if service.is_closed_on(torg_kernel::civil_date(request.now)) {
            continue;
        }
        let others: Vec<(String, String)> = [Locale::SV, Locale::EN]
            .into_iter()
            .map(|locale| (locale.to_string(), service.href(locale)))
            .collect();
        for (_, path) in &others {
            entries.push(Entry {
                path: path.clone(),
                changed: None,
                others: others.clone(),
            });
        }
    }
    let board = torg_noticeboard::sitemap_entries(&**request.snapshot().await?, request.now);
    for entry in board.await? {
        let others: Vec<(String, String)> = entry
            .addresses
            .iter()
            .map(|(locale, path)| (locale.to_string(), path.clone()))
            .collect();
        for (_, path) in &others {
            entries.push(Entry {
                path: path.clone(),
                changed: entry.updated_at.map(torg_kernel::Timestamp::rfc3339),
                others: others.clone(),
            });
        }
    }
    let events = torg_calendar::sitemap_entries(&**request.snapshot().await?, request.now);
    for entry in events.await? {
        let others: Vec<(String, String)> = entry
            .addresses
            .iter()
            .map(|(locale, path)| (locale.to_string(), path.clone()))
            .collect();
        for (_, path) in &others {
            entries.push(Entry {
                path: path.clone(),
                changed: entry.updated_at.map(torg_kernel::Timestamp::rfc3339),
                others: others.clone(),
            });
        }
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

async fn sitemap(request: &PageRequest, number: Option<usize>) -> Result<Outcome> {
    let entries = entries(request).await?;
    let base = &request.app.settings.base_url;
    let parts = entries.len().div_ceil(SITEMAP_LIMIT).max(1);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    match number {
        None if parts > 1 => {
            out.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
            for part in 1..=parts {
                let _ = writeln!(
                    out,
                    "<sitemap><loc>{base}/sitemap-{part}.xml</loc></sitemap>"
                );
            }
            out.push_str("</sitemapindex>\n");
        }
        _ => {
            let part = number.unwrap_or(1);
            if part == 0 || part > parts {
                return Ok(Outcome::NotFound);
            }
            out.push_str(
                "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
                 xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
            );
            for entry in entries
                .iter()
                .skip((part - 1) * SITEMAP_LIMIT)
                .take(SITEMAP_LIMIT)
            {
                write_entry(&mut out, base, entry);
            }
            out.push_str("</urlset>\n");
        }
    }
    let tags = vec![
        "sitemap".to_owned(),
        torg_directory::UNITS_TAG.to_owned(),
        torg_directory::services::SERVICES_TAG.to_owned(),
    ];
    Ok(Outcome::Page(Page {
        content_type: "application/xml; charset=utf-8",
        ..Page::html(out, tags)
    }))
}

/// Paths hold nothing that XML would need escaped; the base address is the operator's own.
fn write_entry(out: &mut String, base: &str, entry: &Entry) {
    let _ = write!(out, "<url><loc>{base}{}</loc>", entry.path);
    if let Some(changed) = &entry.changed {
        let _ = write!(out, "<lastmod>{changed}</lastmod>");
    }
    for (locale, path) in &entry.others {
        let _ = write!(
            out,
            "<xhtml:link rel=\"alternate\" hreflang=\"{locale}\" href=\"{base}{path}\"/>"
        );
    }
    out.push_str("</url>\n");
}

/// The seals of finished days, to be kept by others: see the guide for operators.
async fn seals(request: &PageRequest) -> Result<Outcome> {
    let seals = torg_log::list_seals(&**request.snapshot().await?).await?;
    let list: Vec<_> = seals
        .iter()
        .map(|seal| {
            json!({
                "day": seal.day,
                "first_position": seal.first_position,
                "last_position": seal.last_position,
                "root": seal.root_hex(),
            })
        })
        .collect();
    Ok(Outcome::Page(Page {
        content_type: "application/json",
        keep: false,
        ..Page::html(json!({"seals": list}).to_string(), vec![])
    }))
}
