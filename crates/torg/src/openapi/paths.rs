//! What each address of the API answers.

/// How a value is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Text,
    Day,
    Yes,
    Id,
    Language,
    /// Values with commas between.
    List,
    /// So many numbers with commas between.
    Numbers(usize),
    /// From least to most.
    Number(u64, u64),
    /// What it is when it is not said, least, most.
    Usual(u64, u64, u64),
    One(&'static [&'static str]),
}

/// What comes back.
#[derive(Debug, Clone, Copy)]
pub(super) enum Answer {
    /// 204.
    Nothing,
    /// An object of JSON: names of fields that are always there, and their types.
    Json(&'static [(&'static str, &'static str)]),
    /// GeoJSON.
    Features,
    /// Another type.
    As(&'static str),
}

/// A parameter: name, what it is, how it is written.
type Parameter = (&'static str, &'static str, Kind);

/// One thing that a program can ask.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    pub id: &'static str,
    pub tag: &'static str,
    pub summary: &'static str,
    /// What the variable part of the path is.
    pub of_path: &'static str,
    pub query: &'static [Parameter],
    pub form: &'static [Parameter],
    pub answer: Answer,
    /// What the answer is.
    pub told: &'static str,
    /// Whether a parameter can be refused.
    pub refuses: bool,
    /// Whether one source may ask too often.
    pub limited: bool,
    /// Where more is told: what, and the address.
    pub more: Option<(&'static str, &'static str)>,
}

/// What most of them are.
const GET: Operation = Operation {
    method: "get",
    path: "",
    id: "",
    tag: "",
    summary: "",
    of_path: "",
    query: &[],
    form: &[],
    answer: Answer::Json(&[]),
    told: "",
    refuses: false,
    limited: false,
    more: None,
};

const LIMIT: Parameter = (
    "limit",
    "Results in one answer: 100 when it is not said, 500 at most. Of GeoJSON and CSV all, 10 000 at most",
    Kind::Number(1, 10_000),
);
const OFFSET: Parameter = (
    "offset",
    "Results to leave out",
    Kind::Usual(0, 0, u32::MAX as u64),
);
const CHANGED_SINCE: Parameter = (
    "changed_since",
    "Only what was changed then or later: a day, or an instant as RFC 3339 has it",
    Kind::Text,
);
const ORGANISATION: Parameter = (
    "organisation",
    "Only what this organisation answers for, by its key",
    Kind::Text,
);
const WORDS: Parameter = ("q", "Words that must be found", Kind::Text);

const KEY: &str = "The id or the key";
const UNITS: &str = "units";
const SERVICES: &str = "services";
const HSDS: &str = "HSDS";
const EVENTS: &str = "events";
const OGC: &str = "OGC API Features";
const SEARCH: &str = "search";

/// What one may ask of units, in whatever form they are told.
const OF_UNITS: &[Parameter] = &[
    WORDS,
    ("kind", "Kinds of units", Kind::List),
    ORGANISATION,
    (
        "district",
        "Only within this district, by its key",
        Kind::Text,
    ),
    ("open", "Only what is open now", Kind::Yes),
    (
        "access",
        "What must be so for getting in, all of them",
        Kind::List,
    ),
    (
        "near",
        "Latitude and longitude (WGS 84): nearest first, with the distance in metres",
        Kind::Numbers(2),
    ),
    (
        "radius",
        "Metres around `near` at most",
        Kind::Number(1, 1_000_000),
    ),
    (
        "bbox",
        "West, south, east, north in degrees",
        Kind::Numbers(4),
    ),
    CHANGED_SINCE,
    ("closed", "Also what has closed for good", Kind::Yes),
    LIMIT,
    OFFSET,
];

const OF_HSDS: &[Parameter] = &[
    ("search", "Words that must be found", Kind::Text),
    ("page", "Which page", Kind::Usual(1, 1, 1_000_000)),
    ("per_page", "Things on one page", Kind::Usual(50, 1, 500)),
    (
        "modified_after",
        "Only what was changed then or later",
        Kind::Text,
    ),
    ("organization_id", "Only of this organisation", Kind::Id),
];

const HSDS_PAGE: Answer = Answer::Json(&[
    ("total_items", "integer"),
    ("total_pages", "integer"),
    ("page_number", "integer"),
    ("size", "integer"),
    ("first_page", "boolean"),
    ("last_page", "boolean"),
    ("empty", "boolean"),
    ("contents", "array"),
]);

const HSDS_MORE: Option<(&str, &str)> = Some((
    "Human Services Data Specification 3.0",
    "https://docs.openreferral.org/en/v3.0/hsds/",
));

const OGC_MORE: Option<(&str, &str)> = Some((
    "All collections and their parameters, as OpenAPI 3.0",
    "/api/ogc/api",
));

const LINKED_EVENTS: Option<(&str, &str)> = Some((
    "The Linked Events API, whose names these are",
    "https://dev.hel.fi/apis/linkedevents",
));

const INCLUDE: Parameter = (
    "include",
    "What is told in full instead of by its address: location, keywords",
    Kind::List,
);

/// All of them.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/v1/search",
        id: "search",
        tag: SEARCH,
        summary: "Search all that is public",
        query: &[
            ("q", "What to search for; any text", Kind::Text),
            ("lang", "Language tag", Kind::Language),
            ("limit", "Most results", Kind::Usual(10, 0, 100)),
            ("offset", "Results to leave out", Kind::Usual(0, 0, 10_000)),
            ("type", "Only this type", Kind::Text),
            ("theme", "Only this theme", Kind::Text),
            ("org", "Only what this organisation answers for", Kind::Text),
            (
                "from",
                "Only what was published on this day or later",
                Kind::Day,
            ),
            (
                "to",
                "Only what was published on this day or before",
                Kind::Day,
            ),
            (
                "facets",
                "Whether to count the results by type, theme and organisation",
                Kind::Yes,
            ),
        ],
        answer: Answer::Json(&[("total", "integer"), ("results", "array")]),
        told: "What was found",
        refuses: true,
        ..GET
    },
    Operation {
        path: "/api/v1/suggest",
        id: "suggest",
        tag: SEARCH,
        summary: "Common searches and titles that begin as somebody types",
        query: &[
            ("q", "What is typed so far", Kind::Text),
            ("lang", "Language tag", Kind::Language),
        ],
        answer: Answer::Json(&[("suggestions", "array")]),
        told: "At most eight suggestions, best first",
        refuses: true,
        limited: true,
        ..GET
    },
    Operation {
        method: "post",
        path: "/api/v1/search/click",
        id: "countChoice",
        tag: SEARCH,
        summary: "Count that a result was chosen; for the city’s own pages only",
        form: &[
            ("q", "What was searched for", Kind::Text),
            ("lang", "Language tag", Kind::Language),
            (
                "position",
                "Which of the results, from 1",
                Kind::Number(1, 10_000),
            ),
            ("url", "What was chosen", Kind::Text),
        ],
        answer: Answer::Nothing,
        told: "It was counted, or there is nothing to count",
        refuses: true,
        limited: true,
        ..GET
    },
    Operation {
        path: "/api/v1/units",
        id: "listUnits",
        tag: UNITS,
        summary: "Units: phones, addresses, opening hours, how to get in",
        query: OF_UNITS,
        answer: Answer::Json(&[("total", "integer"), ("units", "array")]),
        told: "Units by name, or nearest first",
        refuses: true,
        ..GET
    },
    Operation {
        path: "/api/v1/units.geojson",
        id: "mapUnits",
        tag: UNITS,
        summary: "Units with a position, as GeoJSON; also /api/v1/units when application/geo+json is accepted",
        query: OF_UNITS,
        answer: Answer::Features,
        told: "Points in WGS 84",
        refuses: true,
        ..GET
    },
    Operation {
        path: "/api/v1/units.csv",
        id: "tableUnits",
        tag: UNITS,
        summary: "Units as a table, in the columns that an import reads",
        query: OF_UNITS,
        answer: Answer::As("text/csv"),
        told: "One line for each unit (RFC 4180, UTF-8)",
        refuses: true,
        ..GET
    },
    Operation {
        path: "/api/v1/units/{id}",
        id: "getUnit",
        tag: UNITS,
        summary: "One unit",
        of_path: KEY,
        answer: Answer::Json(&[("id", "string"), ("key", "string"), ("name", "object")]),
        told: "The unit",
        ..GET
    },
    Operation {
        path: "/api/v1/services",
        id: "listServices",
        tag: SERVICES,
        summary: "Services: what they are, for whom, where and how",
        query: &[
            WORDS,
            ("category", "Only of this category", Kind::Text),
            ("audience", "Only for this audience", Kind::Text),
            ORGANISATION,
            (
                "unit",
                "Only what is given at this unit, by id or key",
                Kind::Text,
            ),
            CHANGED_SINCE,
            LIMIT,
            OFFSET,
        ],
        answer: Answer::Json(&[("total", "integer"), ("services", "array")]),
        told: "Services by name",
        refuses: true,
        ..GET
    },
    Operation {
        path: "/api/v1/services/{id}",
        id: "getService",
        tag: SERVICES,
        summary: "One service",
        of_path: KEY,
        answer: Answer::Json(&[("id", "string"), ("key", "string"), ("name", "object")]),
        told: "The service",
        ..GET
    },
    Operation {
        path: "/api/hsds/v3",
        id: "hsdsRoot",
        tag: HSDS,
        summary: "The directory as Open Referral has it: what is followed",
        answer: Answer::Json(&[
            ("version", "string"),
            ("profile", "string"),
            ("openapi_url", "string"),
        ]),
        told: "Version and profile",
        more: HSDS_MORE,
        ..GET
    },
    Operation {
        path: "/api/hsds/v3/services",
        id: "hsdsServices",
        tag: HSDS,
        summary: "Services, each with its organisation",
        query: OF_HSDS,
        answer: HSDS_PAGE,
        told: "A page of services",
        refuses: true,
        more: HSDS_MORE,
        ..GET
    },
    Operation {
        path: "/api/hsds/v3/services/{id}",
        id: "hsdsService",
        tag: HSDS,
        summary: "One service, with the places where it is given",
        of_path: "The id",
        answer: Answer::Json(&[("id", "string"), ("name", "string"), ("status", "string")]),
        told: "The service",
        more: HSDS_MORE,
        ..GET
    },
    Operation {
        path: "/api/hsds/v3/organizations",
        id: "hsdsOrganizations",
        tag: HSDS,
        summary: "Organisations that answer for a unit or a service",
        query: OF_HSDS,
        answer: HSDS_PAGE,
        told: "A page of organisations",
        refuses: true,
        more: HSDS_MORE,
        ..GET
    },
    Operation {
        path: "/api/hsds/v3/organizations/{id}",
        id: "hsdsOrganization",
        tag: HSDS,
        summary: "One organisation with its locations",
        of_path: "The id",
        answer: Answer::Json(&[
            ("id", "string"),
            ("name", "string"),
            ("description", "string"),
        ]),
        told: "The organisation",
        more: HSDS_MORE,
        ..GET
    },
    Operation {
        path: "/api/hsds/v3/service_at_locations",
        id: "hsdsServiceAtLocations",
        tag: HSDS,
        summary: "Where each service is given",
        query: OF_HSDS,
        answer: HSDS_PAGE,
        told: "A page of places",
        refuses: true,
        more: HSDS_MORE,
        ..GET
    },
    Operation {
        path: "/api/v1/events",
        id: "listEvents",
        tag: EVENTS,
        summary: "Occasions of events, in the order of their time",
        query: &[
            (
                "bbox",
                "West, south, east, north in degrees",
                Kind::Numbers(4),
            ),
            ("days", "From now on so many days", Kind::Number(1, 800)),
            ("division", "Only within these districts", Kind::List),
            (
                "dwithin_metres",
                "Metres around `dwithin_origin`",
                Kind::Number(1, 100_000),
            ),
            ("dwithin_origin", "Longitude and latitude", Kind::Numbers(2)),
            (
                "end",
                "Begun before then: a day, an instant, today or now",
                Kind::Text,
            ),
            (
                "event_status",
                "EventScheduled, EventRescheduled, EventCancelled, EventPostponed",
                Kind::List,
            ),
            ("ids", "Only these events", Kind::List),
            INCLUDE,
            ("is_free", "Only what costs nothing", Kind::Yes),
            ("keyword", "Categories, or audiences", Kind::List),
            ("language", "Only in this language", Kind::Text),
            (
                "last_modified_since",
                "Only what was changed then or later",
                Kind::Text,
            ),
            ("location", "Only at these units", Kind::List),
            ("page", "Which page", Kind::Usual(1, 1, 10_000)),
            (
                "page_size",
                "Occasions on one page",
                Kind::Usual(20, 1, 100),
            ),
            (
                "publisher",
                "Only what these organisations answer for",
                Kind::List,
            ),
            (
                "sort",
                "By the beginning, or the latest first",
                Kind::One(&["start_time", "-start_time"]),
            ),
            (
                "start",
                "Not ended before then: a day, an instant, today or now",
                Kind::Text,
            ),
            ("text", "Words that must be found", Kind::Text),
        ],
        answer: Answer::Json(&[("meta", "object"), ("data", "array")]),
        told: "A page of occasions",
        refuses: true,
        more: LINKED_EVENTS,
        ..GET
    },
    Operation {
        path: "/api/v1/events/{id}",
        id: "getEvent",
        tag: EVENTS,
        summary: "One event, or one occasion of it",
        of_path: "The id of the event; of an occasion the id, a hyphen and when it is",
        query: &[INCLUDE],
        answer: Answer::Json(&[("id", "string"), ("name", "object")]),
        told: "The event",
        refuses: true,
        more: LINKED_EVENTS,
        ..GET
    },
    Operation {
        path: "/api/ogc",
        id: "ogcLanding",
        tag: OGC,
        summary: "What is on the map, for programs of maps: the beginning",
        answer: Answer::Json(&[("links", "array")]),
        told: "The landing page",
        more: OGC_MORE,
        ..GET
    },
    Operation {
        path: "/api/ogc/conformance",
        id: "ogcConformance",
        tag: OGC,
        summary: "The parts of the standard that are followed",
        answer: Answer::Json(&[("conformsTo", "array")]),
        told: "The conformance classes",
        more: OGC_MORE,
        ..GET
    },
    Operation {
        path: "/api/ogc/api",
        id: "ogcApi",
        tag: OGC,
        summary: "This part of the API as OpenAPI 3.0, collection by collection",
        answer: Answer::As("application/vnd.oai.openapi+json;version=3.0"),
        told: "The description",
        more: OGC_MORE,
        ..GET
    },
    Operation {
        path: "/api/ogc/collections",
        id: "ogcCollections",
        tag: OGC,
        summary: "The collections that there are",
        answer: Answer::Json(&[("collections", "array"), ("links", "array")]),
        told: "The collections",
        more: OGC_MORE,
        ..GET
    },
    Operation {
        path: "/api/ogc/collections/{collection}",
        id: "ogcCollection",
        tag: OGC,
        summary: "One collection",
        of_path: "The key of the collection",
        answer: Answer::Json(&[("id", "string"), ("links", "array")]),
        told: "The collection",
        more: OGC_MORE,
        ..GET
    },
    Operation {
        path: "/api/ogc/collections/{collection}/items",
        id: "ogcItems",
        tag: OGC,
        summary: "What a collection holds",
        of_path: "The key of the collection",
        query: &[
            (
                "bbox",
                "West, south, east, north in degrees",
                Kind::Numbers(4),
            ),
            (
                "datetime",
                "An instant or an interval (RFC 3339)",
                Kind::Text,
            ),
            LIMIT,
            OFFSET,
        ],
        answer: Answer::Features,
        told: "A page of features",
        more: OGC_MORE,
        ..GET
    },
    Operation {
        path: "/api/ogc/collections/{collection}/items/{feature}",
        id: "ogcItem",
        tag: OGC,
        summary: "One feature",
        of_path: "The key of the collection, and the id of the feature",
        answer: Answer::As("application/geo+json"),
        told: "The feature",
        more: OGC_MORE,
        ..GET
    },
    Operation {
        path: "/api/v1/log/seals",
        id: "listSeals",
        tag: "log",
        summary: "Merkle roots of the log, day by day",
        answer: Answer::Json(&[("seals", "array")]),
        told: "The seals",
        ..GET
    },
    Operation {
        path: "/api/openapi.json",
        id: "describe",
        tag: "about",
        summary: "This description",
        answer: Answer::Json(&[("openapi", "string"), ("paths", "object")]),
        told: "OpenAPI 3.1",
        ..GET
    },
];
