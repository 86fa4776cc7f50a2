//! The roles that the program brings with it. They are only a start: a city changes them as data.

use torg_kernel::Permission;

/// A role as it is delivered.
pub(crate) struct DeliveredRole {
    pub key: &'static str,
    pub name_sv: &'static str,
    pub name_en: &'static str,
    pub permissions: &'static [Permission],
}

/// Delivered roles, from the most to the least.
pub(crate) const DELIVERED: &[DeliveredRole] = &[
    DeliveredRole {
        key: "administrator",
        name_sv: "Administratör",
        name_en: "Administrator",
        permissions: Permission::ALL,
    },
    DeliveredRole {
        key: "web_strategist",
        name_sv: "Webbstrateg",
        name_en: "Web strategist",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::PageEdit,
            Permission::PagePublish,
            Permission::UnitEdit,
            Permission::FactEdit,
            Permission::NoticePublish,
            Permission::CommentModerate,
            Permission::LogRead,
            Permission::SearchManage,
        ],
    },
    DeliveredRole {
        key: "publisher",
        name_sv: "Publicist",
        name_en: "Publisher",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::PageEdit,
            Permission::PagePublish,
            Permission::NoticePublish,
            Permission::CommentModerate,
            Permission::LogRead,
            Permission::SearchManage,
        ],
    },
    DeliveredRole {
        key: "editor",
        name_sv: "Redaktör",
        name_en: "Editor",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::PageEdit,
            Permission::LogRead,
        ],
    },
    DeliveredRole {
        key: "unit_editor",
        name_sv: "Enhetsredaktör",
        name_en: "Unit editor",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::UnitEdit,
            Permission::FactEdit,
            Permission::LogRead,
        ],
    },
    DeliveredRole {
        key: "reader",
        name_sv: "Läsare",
        name_en: "Reader",
        permissions: &[Permission::WorkspaceUse, Permission::PageRead],
    },
];
