//! The stylesheet, the script and the vendored htmx, compiled in.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::error::Failure;

/// The stylesheet.
pub(crate) const STYLESHEET: &str = include_str!("../assets/velocity.css");
/// The script: keys, focus, live region.
pub(crate) const SCRIPT: &str = include_str!("../assets/velocity.js");
const HTMX: &str = include_str!("../assets/htmx-2.0.11.min.js");
const ICON: &str = include_str!("../assets/velocity.svg");

/// Routes of the assets.
pub(crate) fn routes() -> Router {
    Router::new().route("/assets/{name}", get(asset))
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let (kind, text) = match name.as_str() {
        "velocity.css" => ("text/css; charset=utf-8", STYLESHEET),
        "velocity.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "htmx-2.0.11.min.js" => ("text/javascript; charset=utf-8", HTMX),
        "velocity.svg" => ("image/svg+xml", ICON),
        _ => return Failure::NotFound("file").into_response(),
    };
    let digest = blake3::hash(text.as_bytes()).to_hex();
    let tag = format!("\"{}\"", digest.get(..16).unwrap_or_default());
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    // Revalidated each time: a page never meets the assets of another version.
    let headers = [(header::ETAG, tag), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, [(header::CONTENT_TYPE, kind)], text).into_response()
}
