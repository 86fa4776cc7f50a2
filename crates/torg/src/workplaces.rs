//! What each room has to do and to find for the staff's start page.

use std::sync::Arc;

use async_trait::async_trait;
use torg_accounts::Accounts;
use torg_db::DatabaseTransaction;
use torg_facts::{FactPlace, FactPlaces, FactUse, MayRead, Piece};
use torg_kernel::{
    FactId, FactSource, Inline, Locale, OrganisationId, Permission, Result, Subject,
};
use torg_site::DraftWaits;
use torg_ui::DeskSection;
use torg_web::Caller;
use torg_workspace::{
    Ask, Group, Hit, Urgency, Waiting, WaitingItem, Workplace, Workspace, matches,
};

use crate::app::Node;
use crate::staff_search::StaffSearch;

/// The start page with all that it asks.
pub(crate) fn workspace(node: &Node) -> Arc<Workspace> {
    Arc::new(Workspace {
        places: vec![
            Arc::new(Pages {
                search: StaffSearch {
                    public: node.index.clone(),
                    staff: node.staff_index.clone(),
                },
            }),
            Arc::new(crate::care::Reviews),
            Arc::new(Units),
            Arc::new(crate::hours_work::Hours),
            Arc::new(crate::unit_care::UnitDesk {
                rules: node.unit_care.clone(),
            }),
            Arc::new(Facts),
            Arc::new(Media),
            Arc::new(crate::calendar_work::Events),
            Arc::new(Notices),
            Arc::new(People {
                accounts: node.accounts.clone(),
            }),
        ],
    })
}

/// The organisations for which the caller has a permission.
fn own(caller: &Caller, permission: Permission) -> Vec<OrganisationId> {
    let scope = caller.scopes.get(&permission);
    scope.map_or_else(Vec::new, |scope| {
        scope.organisations.keys().copied().collect()
    })
}

fn group(ask: &Ask<'_>, label: &str, hits: Vec<Hit>) -> Group {
    Group {
        label: ask.context.t().get(label).into_owned(),
        hits,
    }
}

/// The name of an organisation in the caller's language.
async fn organisation_names(ask: &Ask<'_>) -> Result<impl Fn(OrganisationId) -> String + use<>> {
    let (organisations, _) = ask.context.app.organisations(ask.on).await?;
    let locale = ask.context.locale();
    Ok(move |id| {
        let entry = organisations.find(id);
        entry.map_or_else(String::new, |entry| entry.name(locale).to_owned())
    })
}

struct Pages {
    search: StaffSearch,
}

impl Pages {
    /// Drafts for one reason, of organisations for which the caller has a permission.
    async fn drafts(
        &self,
        ask: &Ask<'_>,
        why: DraftWaits,
        (needs, label): (Permission, &str),
        urgency: Urgency,
    ) -> Result<Option<Waiting>> {
        if !ask.caller.has(needs) {
            return Ok(None);
        }
        let t = ask.context.t();
        let mut drafts = torg_site::waiting_drafts(&**ask.on, why, ask.caller.person).await?;
        drafts.retain(|draft| ask.caller.may(needs, draft.organisation));
        let names = organisation_names(ask).await?;
        let items = drafts.iter().take(5).map(|draft| WaitingItem {
            title: draft.title.clone(),
            lang: Some(draft.locale),
            href: format!("/admin/pages/{}", draft.id),
            note: format!(
                "{}, {}",
                names(draft.organisation),
                torg_ui::date_time(t, draft.at)
            ),
        });
        Ok(Some(Waiting {
            label: t.get(label).into_owned(),
            href: DeskSection::Pages.href().to_owned(),
            count: i64::try_from(drafts.len())?,
            urgency,
            symbol: "file-text",
            items: items.collect(),
        }))
    }

    /// Texts that the caller has to go through.
    async fn care(&self, ask: &Ask<'_>) -> Result<Vec<Waiting>> {
        let t = ask.context.t();
        let today = torg_kernel::civil_date(ask.context.now);
        let texts = torg_site::to_review(&**ask.on, ask.caller.person, today).await?;
        let (late, soon): (Vec<_>, Vec<_>) = texts.into_iter().partition(|text| text.overdue);
        let kind = |texts: Vec<torg_site::ToReview>, urgency| -> Result<Waiting> {
            Ok(Waiting {
                label: t.get("workspace-to-review").into_owned(),
                href: DeskSection::Care.href().to_owned(),
                count: i64::try_from(texts.len())?,
                urgency,
                symbol: "clipboard-list",
                items: texts
                    .into_iter()
                    .take(5)
                    .map(|text| WaitingItem {
                        title: text.title,
                        lang: Some(text.locale),
                        href: text.href,
                        note: torg_ui::date(t, text.due),
                    })
                    .collect(),
            })
        };
        Ok(vec![
            kind(late, Urgency::Late)?,
            kind(soon, Urgency::Later)?,
        ])
    }

    async fn comments(&self, ask: &Ask<'_>) -> Result<Vec<Waiting>> {
        let t = ask.context.t();
        let own = own(ask.caller, Permission::CommentModerate);
        let (waiting, reported) = torg_site::count_comments(&**ask.on, &own).await?;
        let kind = |label: &str, count, show: &str, urgency| Waiting {
            label: t.get(label).into_owned(),
            href: format!("{}?show={show}", DeskSection::Comments.href()),
            count,
            urgency,
            symbol: "message-square",
            items: Vec::new(),
        };
        Ok(vec![
            kind(
                "workspace-comments-reported",
                reported,
                "reported",
                Urgency::Waits,
            ),
            kind("workspace-comments", waiting, "waiting", Urgency::Waits),
        ])
    }

    /// Queries that found nothing good, nearest to pages of the caller's own organisations.
    async fn searches(&self, ask: &Ask<'_>) -> Result<Option<Waiting>> {
        /// As many as the list of the search desk shows.
        const MOST: i64 = 100;
        if !ask.caller.has(Permission::SearchManage) {
            return Ok(None);
        }
        let t = ask.context.t();
        let list =
            torg_site::searching::work_list(ask.on, &self.search.public, ask.context.now, MOST)
                .await?;
        let (organisations, _) = ask.context.app.organisations(ask.on).await?;
        let mine: Vec<_> = list
            .into_iter()
            .filter(|item| {
                let owner = item.organisation.as_deref();
                owner.is_none_or(|key| {
                    let entry = organisations.by_key(key);
                    entry.is_some_and(|entry| ask.caller.may(Permission::SearchManage, entry.id))
                })
            })
            .collect();
        let items = mine.iter().take(5).map(|item| WaitingItem {
            title: item.query.clone(),
            lang: Some(item.locale),
            href: DeskSection::Search.href().to_owned(),
            note: t.one("workspace-searches-note", "count", item.searches),
        });
        Ok(Some(Waiting {
            label: t.get("workspace-searches").into_owned(),
            href: DeskSection::Search.href().to_owned(),
            count: i64::try_from(mine.len())?,
            urgency: Urgency::Later,
            symbol: "search",
            items: items.collect(),
        }))
    }
}

#[async_trait]
impl Workplace for Pages {
    async fn waiting(&self, ask: &Ask<'_>) -> Result<Vec<Waiting>> {
        use Permission::{PageEdit, PagePublish, PageReview};
        let mut waiting = self.comments(ask).await?;
        for (why, needs, urgency) in [
            (
                DraftWaits::Failed,
                (PagePublish, "workspace-plan-failed"),
                Urgency::Late,
            ),
            (
                DraftWaits::Conflict,
                (PageEdit, "workspace-conflicts"),
                Urgency::Waits,
            ),
            (
                DraftWaits::InReview,
                (PageReview, "workspace-in-review"),
                Urgency::Waits,
            ),
            (
                DraftWaits::Own,
                (PageEdit, "workspace-own-drafts"),
                Urgency::Later,
            ),
        ] {
            waiting.extend(self.drafts(ask, why, needs, urgency).await?);
        }
        waiting.extend(self.care(ask).await?);
        waiting.extend(self.searches(ask).await?);
        Ok(waiting)
    }

    async fn find(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Group>> {
        let hits = self.search.pages(ask, words, most).await?;
        Ok(vec![group(ask, "workspace-pages", hits)])
    }

    fn begin(&self, ask: &Ask<'_>) -> Vec<Hit> {
        if !ask.caller.has(Permission::PageEdit) {
            return Vec::new();
        }
        vec![Hit {
            title: ask.context.t().get("workspace-new-page").into_owned(),
            lang: None,
            href: "/admin/pages/new".to_owned(),
            note: String::new(),
        }]
    }

    fn door(&self, ask: &Ask<'_>, subject: &Subject) -> Option<String> {
        (subject.kind == "page" && ask.caller.has(Permission::PageRead))
            .then(|| format!("/admin/pages/{}", subject.id))
    }
}

struct Units;

#[async_trait]
impl Workplace for Units {
    async fn find(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Group>> {
        let edits = ask.caller.has(Permission::UnitEdit);
        let units = torg_directory::list(&**ask.on).await?;
        let hits = units
            .into_iter()
            .filter(|unit| matches(unit.name(Locale::SV), words) || matches(&unit.key, words))
            .take(most)
            .map(|unit| Hit {
                href: if edits && ask.caller.may(Permission::UnitEdit, unit.organisation) {
                    format!("/admin/units/{}", unit.id)
                } else {
                    format!("/hitta/{}", unit.slug)
                },
                title: unit.name(Locale::SV).to_owned(),
                lang: Some(Locale::SV),
                note: unit.key,
            })
            .collect();
        Ok(vec![group(ask, "workspace-units", hits)])
    }

    fn door(&self, ask: &Ask<'_>, subject: &Subject) -> Option<String> {
        (subject.kind == "unit" && ask.caller.has(Permission::UnitEdit))
            .then(|| format!("/admin/units/{}", subject.id))
    }
}

struct Facts;

#[async_trait]
impl Workplace for Facts {
    async fn find(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Group>> {
        if !ask.caller.has(Permission::FactEdit) {
            return Ok(Vec::new());
        }
        let locale = ask.context.locale();
        let facts = torg_facts::list(&**ask.on).await?;
        let hits = facts.into_iter().filter_map(|fact| {
            let latest = fact.values.last()?;
            let (label, lang) = latest.label.get(locale);
            let own = ask.caller.may(Permission::FactEdit, fact.organisation);
            (own && matches(&format!("{label} {}", fact.key), words)).then(|| Hit {
                title: label.to_owned(),
                lang: Some(lang),
                href: format!("/admin/facts/{}", fact.id),
                note: latest.value.get(locale).0.to_owned(),
            })
        });
        let hits = hits.take(most).collect();
        Ok(vec![group(ask, "workspace-facts", hits)])
    }

    fn door(&self, ask: &Ask<'_>, subject: &Subject) -> Option<String> {
        (subject.kind == "fact" && ask.caller.has(Permission::FactEdit))
            .then(|| format!("/admin/facts/{}", subject.id))
    }
}

/// Where facts stand in texts.
pub(crate) struct SiteFactUse;

#[async_trait]
impl FactUse for SiteFactUse {
    async fn pages_using(&self, on: &DatabaseTransaction, fact: FactId) -> Result<i64> {
        Ok(torg_site::pages_using(on, "fact", fact.0).await?)
    }

    async fn texts_needing(&self, on: &DatabaseTransaction, fact: FactId) -> Result<i64> {
        let pages = torg_site::texts_needing(on, "fact", fact.0).await?;
        let units = crate::unit_pages::with_fact(on, fact).await?;
        Ok(pages + i64::try_from(units)?)
    }

    async fn places(
        &self,
        on: &DatabaseTransaction,
        fact: FactId,
        most: usize,
        may_read: MayRead<'_>,
    ) -> Result<FactPlaces> {
        let (contents, hidden) = torg_site::contents_with_fact(on, fact.0, most, may_read).await?;
        let place = |content: torg_site::Content| {
            let mut runs = Vec::new();
            content.document.walk(&mut |block| {
                for run in block.content.inlines() {
                    runs.extend(pieces(run, fact));
                }
            });
            FactPlace {
                title: content.title.clone(),
                href: content.address.to_string(),
                locale: content.locale,
                runs,
            }
        };
        Ok(FactPlaces {
            seen: contents.into_iter().map(place).collect(),
            hidden,
        })
    }
}

/// A run of text in pieces, if the fact stands in it.
fn pieces(run: &[Inline], own: FactId) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    Inline::walk(run, &mut |inline| match inline {
        Inline::Text { text, .. } => pieces.push(Piece::Words(text.clone())),
        Inline::Fact { fact } if fact.source == FactSource::Fact && fact.id == own.0 => {
            pieces.push(Piece::ThisFact);
        }
        Inline::Fact { .. } => pieces.push(Piece::OtherFact),
        Inline::Break => pieces.push(Piece::Words(" ".to_owned())),
        Inline::Link { .. } => {}
    });
    pieces.contains(&Piece::ThisFact).then_some(pieces)
}

struct Media;

#[async_trait]
impl Workplace for Media {
    async fn waiting(&self, ask: &Ask<'_>) -> Result<Vec<Waiting>> {
        crate::media_work::waiting(ask).await
    }

    async fn find(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Group>> {
        if !ask.caller.has(Permission::MediaEdit) {
            return Ok(Vec::new());
        }
        let pictures = torg_files::search_pictures(&**ask.on, words, 0, most).await?;
        let files = torg_files::search_files(&**ask.on, words, 0, most).await?;
        let pictures = pictures.items.into_iter().map(|picture| Hit {
            title: picture.key,
            lang: None,
            href: format!("/admin/media/pictures/{}", picture.id),
            note: String::new(),
        });
        let files = files.items.into_iter().map(|file| Hit {
            title: file.title,
            lang: None,
            href: format!("/admin/media/files/{}", file.id),
            note: file.name,
        });
        Ok(vec![
            group(ask, "workspace-pictures", pictures.collect()),
            group(ask, "workspace-files", files.collect()),
        ])
    }

    fn door(&self, ask: &Ask<'_>, subject: &Subject) -> Option<String> {
        if !ask.caller.has(Permission::MediaEdit) {
            return None;
        }
        match subject.kind.as_str() {
            "picture" => Some(format!("/admin/media/pictures/{}", subject.id)),
            "file" => Some(format!("/admin/media/files/{}", subject.id)),
            _ => None,
        }
    }
}

struct Notices;

#[async_trait]
impl Workplace for Notices {
    async fn find(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Group>> {
        if !ask.caller.has(Permission::NoticePublish) {
            return Ok(Vec::new());
        }
        let names = organisation_names(ask).await?;
        let notices = torg_noticeboard::list_all(&**ask.on).await?;
        let hits = notices
            .into_iter()
            .filter(|notice| {
                ask.caller
                    .may(Permission::NoticePublish, notice.organisation)
                    && (matches(notice.notice.title.get(Locale::SV), words)
                        || matches(&notice.key, words))
            })
            .take(most)
            .map(|notice| Hit {
                title: notice.notice.title.get(Locale::SV).to_owned(),
                lang: Some(Locale::SV),
                href: format!("/admin/notice-board/{}", notice.id),
                note: names(notice.organisation),
            })
            .collect();
        Ok(vec![group(ask, "workspace-notices", hits)])
    }

    fn door(&self, ask: &Ask<'_>, subject: &Subject) -> Option<String> {
        (subject.kind == "announcement" && ask.caller.has(Permission::NoticePublish))
            .then(|| format!("/admin/notice-board/{}", subject.id))
    }
}

struct People {
    accounts: Accounts,
}

impl People {
    /// Organisations that the caller looks after, with what each belongs to.
    async fn organisations(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Hit>> {
        if !ask.caller.has(Permission::OrganisationManage) {
            return Ok(Vec::new());
        }
        let (tree, locale) = (self.accounts.organisations().await?, ask.context.locale());
        let hits = tree
            .list()
            .into_iter()
            .filter(|own| ask.caller.may(Permission::OrganisationManage, own.id))
            .filter(|own| {
                matches(
                    &format!("{} {} {}", own.name_sv, own.name_en, own.key),
                    words,
                )
            })
            .take(most)
            .map(|own| Hit {
                title: own.name(locale).to_owned(),
                lang: None,
                href: format!("/admin/organisations/{}", own.id),
                note: own
                    .parent
                    .and_then(|above| tree.name(above, locale))
                    .unwrap_or_default()
                    .to_owned(),
            });
        Ok(hits.collect())
    }
}

#[async_trait]
impl Workplace for People {
    async fn find(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Group>> {
        let organisations = self.organisations(ask, words, most).await?;
        let mut groups = vec![group(ask, "workspace-organisations", organisations)];
        if !ask.caller.has(Permission::PersonManage) {
            return Ok(groups);
        }
        let people = self.accounts.list_people().await?;
        let hits = people
            .into_iter()
            .map(|entry| entry.person)
            .filter(|person| matches(&format!("{} {}", person.name, person.email), words))
            .take(most)
            .map(|person| Hit {
                title: person.name,
                lang: None,
                href: format!("/admin/people/{}", person.id),
                note: person.email,
            })
            .collect();
        groups.insert(0, group(ask, "workspace-people", hits));
        Ok(groups)
    }
}
