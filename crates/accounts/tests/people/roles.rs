//! Roles as data.

use http::StatusCode;
use torg_kernel::Permission;
use torg_testkit::{TestDatabase, both};

use crate::town::{Migrator, Town};

const ROLES: &str = "/admin/roles";

#[tokio::test]
async fn roles_are_made_and_changed_for_all_who_have_them() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let table = town.get(&alma, ROLES).await;
        assert_eq!(table.count("thead th.up"), 21);
        assert_eq!(table.count("tbody tr"), Permission::ALL.len() + 1);
        // The administrator's column is the first, and all of it is ticked.
        assert_eq!(
            table.count("tbody td:nth-child(2) svg"),
            Permission::ALL.len()
        );

        let request = town
            .get(&alma, &format!("{ROLES}/new"))
            .await
            .value("request_id");
        let wrong = [
            ("request_id", &*request),
            ("key", "Fel nyckel"),
            ("name_sv", "Egen"),
            ("name_en", ""),
        ];
        let seen = town.post(&alma, &format!("{ROLES}/new"), &wrong).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(seen.count(".errsum li"), 3, "{}", seen.text(".errsum"));
        let right = [
            ("request_id", &*request),
            ("key", "own"),
            ("name_sv", "Egen"),
            ("name_en", "Own"),
            ("permission", "workspace.use"),
            ("permission", "page.read"),
        ];
        let added = town.post(&alma, &format!("{ROLES}/new"), &right).await;
        let twice = town.post(&alma, &format!("{ROLES}/new"), &right).await;
        assert_eq!(added.to(), twice.to());
        let page = added.to().split('?').next().expect("a path").to_owned();
        let bo = town.staff("Bo", &[("own", "b")]).await;
        assert!(!town.may(&bo, Permission::UnitEdit, "b").await);

        let seen = town.get(&alma, &page).await.value("seen");
        let more = [
            ("seen", &*seen),
            ("name_sv", "Egen"),
            ("name_en", "Own"),
            ("permission", "workspace.use"),
            ("permission", "unit.edit"),
        ];
        town.post(&alma, &page, &more).await.to();
        assert!(town.may(&bo, Permission::UnitEdit, "b").await);
        let two = town.caller(&town.two, &bo).await.expect("logged in");
        assert!(two.has(Permission::UnitEdit) && !two.has(Permission::PageRead));
        let shown = town.get(&alma, &page).await;
        assert!(
            shown
                .text("section[aria-labelledby=holders]")
                .contains("Bo")
        );
        let history = shown.text("section[aria-labelledby=history]");
        assert!(
            history.contains("Fick: Ändra enheters") && history.contains("Förlorade: Se sidor"),
            "{history}"
        );
        assert!(history.contains("Bo: Behörighet gavs"));
        let late = [
            ("seen", &*seen),
            ("name_sv", "Sen"),
            ("name_en", "Late"),
            ("permission", "workspace.use"),
        ];
        let refused = town.post(&alma, &page, &late).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.value("name_sv"), "Sen", "what was written stays");

        // The administrator's permissions stay whole, whatever is sent; the name may change.
        let of_admin = format!("{ROLES}/{}", town.role("administrator").await);
        let seen = town.get(&alma, &of_admin).await.value("seen");
        let form = [
            ("seen", &*seen),
            ("name_sv", "Huvudadministratör"),
            ("name_en", "Administrator"),
            ("permission", "page.read"),
        ];
        town.post(&alma, &of_admin, &form).await.to();
        assert!(town.may(&alma, Permission::SettingManage, "stad").await);
    });
}

#[tokio::test]
async fn only_the_citys_own_administrators_change_roles() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::open(test).await;
        let lisa = town.staff("Lisa", &[("administrator", "b")]).await;
        let page = format!("{ROLES}/{}", town.role("reader").await);
        assert_eq!(town.get(&lisa, &page).await.status, StatusCode::OK);
        let form = [
            ("name_sv", "Läsare"),
            ("name_en", "Reader"),
            ("permission", "page.publish"),
        ];
        assert_eq!(
            town.post(&lisa, &page, &form).await.status,
            StatusCode::FORBIDDEN
        );
        let request = town
            .get(&lisa, &format!("{ROLES}/new"))
            .await
            .value("request_id");
        let new = [
            ("request_id", &*request),
            ("key", "x"),
            ("name_sv", "X"),
            ("name_en", "X"),
            ("permission", "page.read"),
        ];
        let seen = town.post(&lisa, &format!("{ROLES}/new"), &new).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);

        // One who may change roles, but has not all permissions, puts no more into a role than that.
        let alma = town.staff("Alma", &[("administrator", "stad")]).await;
        let request = town
            .get(&alma, &format!("{ROLES}/new"))
            .await
            .value("request_id");
        let keeper = [
            ("request_id", &*request),
            ("key", "keeper"),
            ("name_sv", "Rollansvarig"),
            ("name_en", "Keeper of roles"),
            ("permission", "workspace.use"),
            ("permission", "page.read"),
            ("permission", "person.manage"),
            ("permission", "setting.manage"),
        ];
        town.post(&alma, &format!("{ROLES}/new"), &keeper)
            .await
            .to();
        let kim = town.staff("Kim", &[("keeper", "stad")]).await;
        let seen = town.get(&kim, &page).await.value("seen");
        let form = [
            ("seen", &*seen),
            ("name_sv", "Läsare"),
            ("name_en", "Reader"),
            ("permission", "page.read"),
            ("permission", "page.publish"),
        ];
        let refused = town.post(&kim, &page, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text(".errsum").contains("själv inte har"));
    });
}
