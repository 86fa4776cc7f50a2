//! The proof: as a page to read and print, and as a file to keep.

use std::sync::Arc;

use askama::Template;
use http::header::CONTENT_DISPOSITION;
use torg_kernel::Result;
use torg_log::check_evidence;
use torg_ui::{DeskSection, NavLink};
use torg_web::{Context, Reply, desk};

use super::{NoticeBoard, admin, draw};
use crate::proof::{Proof, check_proof, make_proof};
use crate::views::{NoticeView, ProofEvent, ProofPage, ProofSpan};

/// The page.
pub(super) async fn get(_: Arc<NoticeBoard>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let announcement = admin::load(&context, &snapshot).await?;
    let base = &context.app.settings.base_url;
    let proof = make_proof(&*snapshot, &announcement, base, context.now).await?;
    let holds = check_proof(&*snapshot, &proof).await?.is_empty();
    let mut events = Vec::with_capacity(proof.events.len());
    let t = context.t();
    for event in &proof.events {
        let key = format!("log-kind-{}", event.kind.replace('.', "-"));
        events.push(ProofEvent {
            position: event.position,
            at: draw::instant(t, event.at),
            what: t
                .find(&key)
                .map_or_else(|| event.kind.clone(), str::to_owned),
            digest: event.digest.clone(),
            chain: event.chain.clone(),
            seal: event
                .seal
                .as_ref()
                .map(|seal| (seal.day.clone(), seal.root.clone())),
            holds: check_evidence(&*snapshot, event).await?.is_empty(),
            weeded_by: event.weeded_by,
        });
    }
    snapshot.end().await?;
    let href = format!("{}/{}", DeskSection::NoticeBoard.href(), announcement.id);
    let title = t.one(
        "proof-title",
        "title",
        announcement.notice.title.get(t.locale()),
    );
    let mut frame = desk(&context, DeskSection::NoticeBoard, &title)?;
    frame.crumbs = vec![
        NavLink::new(t.get("desk-notice-board"), DeskSection::NoticeBoard.href()),
        NavLink::new(announcement.notice.title.get(t.locale()), href.as_str()),
    ];
    let page = ProofPage {
        desk: frame,
        address: proof.address.clone(),
        committee: announcement.notice.sender.get(t.locale()).to_owned(),
        made: draw::instant(t, proof.made_at),
        json_href: format!("{href}/proof.json"),
        spans: spans(&context, &proof),
        events,
        holds,
    };
    Ok(Reply::html(page.render()?))
}

fn spans(context: &Context, proof: &Proof) -> Vec<ProofSpan> {
    let t = context.t();
    proof
        .shown
        .iter()
        .map(|shown| ProofSpan {
            from: draw::instant(t, shown.from),
            until: shown.until.map(|until| draw::instant(t, until)),
            title: shown.notice.title.get(t.locale()).to_owned(),
            view: NoticeView {
                digests: true,
                ..draw::notice_view(t, &shown.notice, shown.kind)
            },
            position: shown.position,
        })
        .collect()
}

/// The file.
pub(super) async fn download(context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let announcement = admin::load(&context, &snapshot).await?;
    let base = &context.app.settings.base_url;
    let proof = make_proof(&*snapshot, &announcement, base, context.now).await?;
    snapshot.end().await?;
    let mut body = serde_json::to_vec_pretty(&proof)?;
    body.push(b'\n');
    // A key holds nothing that would end the quoted name.
    let name = format!("attachment; filename=\"proof-{}.json\"", announcement.key);
    Ok(Reply::new(200, "application/json", body).with(CONTENT_DISPOSITION, &name))
}
