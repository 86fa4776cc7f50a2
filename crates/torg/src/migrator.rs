//! All rooms' steps, in the order in which they may be taken.

use torg_db::sea_orm_migration::{MigrationTrait, MigratorTrait};

/// Every table of the program.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut steps = torg_log::migrations::migrations();
        steps.extend(torg_jobs::migrations::migrations());
        steps.extend(torg_accounts::migrations::migrations());
        steps.extend(torg_almanac::migrations::migrations());
        steps.extend(torg_calendar::migrations::migrations());
        steps.extend(torg_directory::migrations::migrations());
        steps.extend(torg_facts::migrations::migrations());
        steps.extend(torg_files::migrations::migrations());
        steps.extend(torg_site::migrations::migrations());
        steps.extend(torg_map::migrations::migrations());
        steps.extend(torg_noticeboard::migrations::migrations());
        steps.extend(torg_notify::migrations::migrations());
        steps.extend(torg_subscriptions::migrations::migrations());
        steps
    }
}
