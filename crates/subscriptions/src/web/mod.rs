//! The pages of subscriptions.

mod admin;
mod form;
mod one;
mod start;

use std::sync::Arc;

use torg_kernel::{Access, Locale, Permission};
use torg_web::Routes;

use crate::service::Subscriptions;

/// The pages with what they stand on; wired by the binary.
pub struct SubscriptionPages {
    /// Subscriptions.
    pub subscriptions: Arc<Subscriptions>,
}

/// A page of subscriptions, whatever the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where one begins.
    Start,
    /// "Look in your mail".
    Sent,
    /// Where the link in the first mail leads.
    Confirm,
    /// Where one changes what one gets.
    Manage,
    /// Where one ends it.
    End,
    /// "It has ended".
    Ended,
}

impl Place {
    /// The page's path. Secrets are put into the query: paths are written to the log of requests,
    /// queries are not.
    pub(crate) fn path(self, locale: Locale) -> &'static str {
        let english = locale == Locale::EN;
        match (self, english) {
            (Self::Start, false) => "/prenumerera",
            (Self::Start, true) => "/en/subscribe",
            (Self::Sent, false) => "/prenumerera/skickat",
            (Self::Sent, true) => "/en/subscribe/sent",
            (Self::Confirm, false) => "/prenumerera/bekrafta",
            (Self::Confirm, true) => "/en/subscribe/confirm",
            (Self::Manage, false) => "/prenumerera/hantera",
            (Self::Manage, true) => "/en/subscribe/manage",
            (Self::End, false) => "/prenumerera/avsluta",
            (Self::End, true) => "/en/subscribe/end",
            (Self::Ended, false) => "/prenumerera/avslutad",
            (Self::Ended, true) => "/en/subscribe/ended",
        }
    }
}

/// The page where staff see how it goes.
pub(crate) const ADMIN: &str = "/admin/subscriptions";

impl SubscriptionPages {
    /// The routes of both languages, and the staff's page.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let set = Access::Needs(Permission::SettingManage);
        let mut routes = Routes::new();
        for locale in [Locale::SV, Locale::EN] {
            routes = routes.and(self.public(locale));
        }
        let (get, post) = (self.clone(), self.clone());
        routes
            .get(ADMIN, set, move |context| admin::get(get.clone(), context))
            .post(&format!("{ADMIN}/retry"), set, move |context| {
                admin::retry(post.clone(), context)
            })
    }

    fn public(self: &Arc<Self>, locale: Locale) -> Routes {
        let open = Access::Public;
        let pages = self.clone();
        let mut routes =
            Routes::new().answer(Place::Start.path(locale), &["topic"], move |request| {
                let pages = pages.clone();
                Box::pin(async move { start::get(&pages, request, locale).await })
            });
        for place in [Place::Sent, Place::Ended] {
            routes = routes.page(place.path(locale), &[], move |request| {
                Box::pin(start::said(request, place, locale))
            });
        }
        let own = || self.clone();
        let (start, confirm, confirmed) = (own(), own(), own());
        let (manage, changed, end, ended) = (own(), own(), own(), own());
        routes
            .post(Place::Start.path(locale), open, move |context| {
                start::post(start.clone(), context, locale)
            })
            .get(Place::Confirm.path(locale), open, move |context| {
                one::confirm(confirm.clone(), context, locale)
            })
            .post(Place::Confirm.path(locale), open, move |context| {
                one::confirmed(confirmed.clone(), context, locale)
            })
            .get(Place::Manage.path(locale), open, move |context| {
                one::manage(manage.clone(), context, locale)
            })
            .post(Place::Manage.path(locale), open, move |context| {
                one::changed(changed.clone(), context, locale)
            })
            .get(Place::End.path(locale), open, move |context| {
                one::end(end.clone(), context, locale)
            })
            // RFC 8058: sent by the receiver's mail provider, not by a page of ours. The secret in
            // the address is what allows it.
            .post_from_anywhere(Place::End.path(locale), move |context| {
                one::ended(ended.clone(), context, locale)
            })
    }
}
