//! Logging in and one's own account.

mod account;
mod browser;
mod log_in;
mod next;

use std::sync::Arc;

use torg_kernel::Access;
use torg_web::Routes;

use crate::Accounts;
use crate::views::DemoAccount;

const LOG_IN: &str = "/admin/log-in";
const LOG_OUT: &str = torg_ui::Desk::LOG_OUT;
const ACCOUNT: &str = "/admin/account";
const END_SESSION: &str = "/admin/account/sessions/end";

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
    /// This room's routes. Logging in and out is open to all: whoever logs out may be out already.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        Routes::new()
            .get(LOG_IN, Access::Public, {
                let pages = self.clone();
                move |context| log_in::get(pages.clone(), context)
            })
            .post(LOG_IN, Access::Public, {
                let pages = self.clone();
                move |context| log_in::post(pages.clone(), context)
            })
            .post(LOG_OUT, Access::Public, {
                let pages = self.clone();
                move |context| log_in::log_out(pages.clone(), context)
            })
            .get(ACCOUNT, Access::LoggedIn, {
                let pages = self.clone();
                move |context| account::get(pages.clone(), context)
            })
            .post(END_SESSION, Access::LoggedIn, {
                let pages = self.clone();
                move |context| account::end_session(pages.clone(), context)
            })
    }
}
