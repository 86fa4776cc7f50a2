//! The layers for other programs: OGC API – Features, Part 1: Core (OGC 17-069r4), at `/api/ogc`, with
//! the requirements classes Core, GeoJSON, HTML and OpenAPI 3.0. Each layer of the map is a
//! collection; coordinates are WGS 84 with longitude first (CRS84), the only system of Part 1.

mod answer;
mod documents;
mod items;
mod openapi;
mod question;

use std::sync::Arc;

use torg_kernel::Access;
use torg_web::{Context, Reply, Routes};

use crate::web::MapRoom;

/// Where it begins.
pub const ROOT: &str = "/api/ogc";

/// Makes an answer out of a question; what goes wrong is told as the standard says.
async fn run<F>(room: Arc<MapRoom>, context: Context, work: F) -> torg_kernel::Result<Reply>
where
    F: AsyncFnOnce(&MapRoom, &Context) -> Result<Reply, question::Refusal>,
{
    match work(&room, &context).await {
        Ok(reply) => Ok(answer::open(reply)),
        Err(refusal) => refusal.reply(&context),
    }
}

/// The routes of the API.
pub(crate) fn routes(room: &Arc<MapRoom>) -> Routes {
    macro_rules! get {
        ($routes:expr, $path:expr, $work:path) => {{
            let room = room.clone();
            $routes.get(
                &format!("{ROOT}{}", $path),
                Access::Public,
                move |context| {
                    let room = room.clone();
                    run(room, context, async |room: &MapRoom, context: &Context| {
                        $work(room, context).await
                    })
                },
            )
        }};
    }
    let routes = get!(Routes::new(), "", documents::landing);
    let routes = get!(routes, "/conformance", documents::conformance);
    let routes = get!(routes, "/api", openapi::describe);
    let routes = get!(routes, "/collections", documents::collections);
    let routes = get!(routes, "/collections/{collection}", documents::collection);
    let routes = get!(routes, "/collections/{collection}/items", items::list);
    get!(
        routes,
        "/collections/{collection}/items/{feature}",
        items::one
    )
}
