//! Logging in and one's own account.

mod account;
mod browser;
mod cookies;
mod factors;
mod log_in;
mod next;
mod others;
mod password;
mod people;
mod provider;
mod second_step;

use std::sync::Arc;

use torg_kernel::{Access, Permission, Result};
use torg_web::{Context, Routes};

use crate::Accounts;
use crate::views::DemoAccount;

const LOG_IN: &str = "/admin/log-in";
const LOG_OUT: &str = torg_ui::Desk::LOG_OUT;
const ACCOUNT: &str = "/admin/account";
const END_SESSION: &str = "/admin/account/sessions/end";
const SECOND_STEP: &str = "/admin/log-in/second-factor";
const PROVIDER: &str = "/admin/log-in/provider";
/// Where the provider sends people back to; an operator enters it there.
const CALLBACK: &str = "/admin/log-in/provider/callback";
const LEAVE_PROVIDER: &str = "/admin/log-in/provider/leave";
const FACTORS: &str = "/admin/account/second-factor";
const APP: &str = "/admin/account/second-factor/app";
const PASSKEY: &str = "/admin/account/second-factor/passkey";
const PASSWORD: &str = "/admin/account/password";

/// The accounts that the demo city tells everybody.
#[derive(Debug, Clone, Default)]
pub struct DemoAccounts {
    /// Who they are.
    pub accounts: Vec<DemoAccount>,
    /// The password that they share.
    pub password: String,
}

/// The pages of this room.
pub struct AccountPages {
    /// People and log-ins.
    pub accounts: Accounts,
    /// Accounts to be shown on the log-in page; none outside a demonstration.
    pub demo: DemoAccounts,
}

impl AccountPages {
    /// People and log-ins as the caller meets them, for all that is done to others.
    fn for_caller(&self, context: &Context) -> Result<Accounts> {
        Ok(self.accounts.in_session(context.caller()?.session))
    }

    /// This room's routes. Logging in and out is open to all: whoever logs out may be out already.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        macro_rules! run {
            ($handler:path) => {{
                let pages = self.clone();
                move |context| $handler(pages.clone(), context)
            }};
        }
        let (open, own) = (Access::Public, Access::LoggedIn);
        let people = Access::Needs(Permission::PersonManage);
        Routes::new()
            .get(LOG_IN, open, run!(log_in::get))
            .post(LOG_IN, open, run!(log_in::post))
            .post(LOG_OUT, open, run!(log_in::log_out))
            .get(SECOND_STEP, open, run!(second_step::get))
            .post(SECOND_STEP, open, run!(second_step::post))
            .get(PROVIDER, open, run!(provider::begin))
            .get(CALLBACK, open, run!(provider::callback))
            .get(LEAVE_PROVIDER, open, run!(provider::leave))
            .get(ACCOUNT, own, run!(account::get))
            .post(END_SESSION, own, run!(account::end_session))
            .get(FACTORS, own, run!(factors::get))
            .post(FACTORS, own, run!(factors::post))
            .get(APP, own, run!(factors::get_app))
            .post(APP, own, run!(factors::post_app))
            .get(PASSKEY, own, run!(factors::get_passkey))
            .post(PASSKEY, own, run!(factors::post_passkey))
            .get(PASSWORD, own, run!(password::get))
            .post(PASSWORD, own, run!(password::post))
            .post(
                "/admin/people/{person}/sessions/end",
                people,
                run!(others::end_sessions),
            )
            .post(
                "/admin/people/{person}/second-factor/remove",
                people,
                run!(others::remove_factors),
            )
            .and(people::routes(self))
    }
}
