//! The roles that the program brings with it. They are only a start: a city changes them as data.
//! Each permission is offered to a delivered role once; what the city then took away stays away.

use torg_kernel::Permission;

/// A role as it is delivered.
pub(crate) struct DeliveredRole {
    pub key: &'static str,
    pub name_sv: &'static str,
    pub name_en: &'static str,
    pub permissions: &'static [Permission],
}

/// The role that has every permission, whatever a city does: otherwise a new permission could be
/// given by nobody.
pub(crate) const ADMINISTRATOR: &str = "administrator";

/// What a new permission was a part of before it had a name of its own: when it comes to a city,
/// every role with the older one gets it, those of the city's own making too, so that nobody loses
/// what they could do the day before.
pub(crate) const GREW_FROM: &[(Permission, Permission)] = &[
    (Permission::MediaEdit, Permission::PageEdit),
    (Permission::PageReview, Permission::PagePublish),
];

const LOOK: &[Permission] = &[
    Permission::WorkspaceUse,
    Permission::PageRead,
    Permission::LogRead,
];

/// Delivered roles, from the most to the least. Roles whose own rooms do not stand yet hold what
/// their work asks of the rooms that do.
pub(crate) const DELIVERED: &[DeliveredRole] = &[
    DeliveredRole {
        key: ADMINISTRATOR,
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
            Permission::PageReview,
            Permission::PagePublish,
            Permission::NavigationEdit,
            Permission::MediaEdit,
            Permission::QualityManage,
            Permission::UnitEdit,
            Permission::AlmanacManage,
            Permission::FactEdit,
            Permission::NoticePublish,
            Permission::CommentModerate,
            Permission::EventEdit,
            Permission::EventPublish,
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
            Permission::PageReview,
            Permission::PagePublish,
            Permission::MediaEdit,
            Permission::NoticePublish,
            Permission::CommentModerate,
            Permission::EventEdit,
            Permission::EventPublish,
            Permission::LogRead,
            Permission::SearchManage,
        ],
    },
    DeliveredRole {
        key: "crisis_publisher",
        name_sv: "Krispublicist",
        name_en: "Crisis publisher",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::PageEdit,
            Permission::PageReview,
            Permission::PagePublish,
            Permission::NavigationEdit,
            Permission::MediaEdit,
            Permission::FactEdit,
            Permission::LogRead,
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
            Permission::PageReview,
            Permission::MediaEdit,
            Permission::EventEdit,
            Permission::LogRead,
        ],
    },
    DeliveredRole {
        key: "contributor",
        name_sv: "Skribent",
        name_en: "Contributor",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::PageEdit,
            Permission::EventEdit,
            Permission::LogRead,
        ],
    },
    DeliveredRole {
        key: "channel_owner",
        name_sv: "Kanalägare",
        name_en: "Channel owner",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::PageEdit,
            Permission::PageReview,
            Permission::MediaEdit,
            Permission::CommentModerate,
            Permission::LogRead,
        ],
    },
    DeliveredRole {
        key: "service_guide",
        name_sv: "Servicevägledare",
        name_en: "Service guide",
        permissions: LOOK,
    },
    DeliveredRole {
        key: "case_handler",
        name_sv: "Handläggare",
        name_en: "Case handler",
        permissions: LOOK,
    },
    DeliveredRole {
        key: "committee_secretary",
        name_sv: "Nämndsekreterare",
        name_en: "Committee secretary",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::NoticePublish,
            Permission::LogRead,
        ],
    },
    DeliveredRole {
        key: "registrar",
        name_sv: "Registrator",
        name_en: "Registrar",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::NoticePublish,
            Permission::LogRead,
        ],
    },
    DeliveredRole {
        key: "archivist",
        name_sv: "Arkivarie",
        name_en: "Archivist",
        permissions: LOOK,
    },
    DeliveredRole {
        key: "data_protection_officer",
        name_sv: "Dataskyddsombud",
        name_en: "Data-protection officer",
        permissions: LOOK,
    },
    DeliveredRole {
        key: "moderator",
        name_sv: "Moderator",
        name_en: "Moderator",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::CommentModerate,
            Permission::LogRead,
        ],
    },
    DeliveredRole {
        key: "open_data_publisher",
        name_sv: "Publicist av öppna data",
        name_en: "Open-data publisher",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::PageRead,
            Permission::PageEdit,
            Permission::FactEdit,
            Permission::LogRead,
        ],
    },
    DeliveredRole {
        key: "service_owner",
        name_sv: "Tjänsteägare",
        name_en: "Service owner",
        permissions: LOOK,
    },
    DeliveredRole {
        key: "portfolio_manager",
        name_sv: "Portföljansvarig",
        name_en: "Portfolio manager",
        permissions: LOOK,
    },
    DeliveredRole {
        key: "coordination_member",
        name_sv: "Ledamot i samordningsgruppen",
        name_en: "Member of the coordination group",
        permissions: LOOK,
    },
    DeliveredRole {
        key: "customer_representative",
        name_sv: "Kundens företrädare",
        name_en: "Customer’s representative",
        permissions: &[Permission::WorkspaceUse, Permission::PageRead],
    },
    DeliveredRole {
        key: "unit_editor",
        name_sv: "Enhetsredaktör",
        name_en: "Unit editor",
        permissions: &[
            Permission::WorkspaceUse,
            Permission::UnitEdit,
            Permission::FactEdit,
            Permission::EventEdit,
            Permission::EventPublish,
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
