//! Request handlers: load rows, make a view, print it.

pub(crate) mod api;
mod columns;
mod decide;
mod imports;
mod list;
mod mapping;
mod record;
mod review;
pub(crate) mod sign_in;
mod why;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};

use crate::Server;

/// Every page and address behind the session.
pub(crate) fn routes() -> Router<Server> {
    Router::new()
        .route("/", get(async || Redirect::temporary("/contacts")))
        .route("/contacts", get(list::contacts))
        .route("/accounts", get(list::accounts))
        .route("/contacts/{id}", get(record::contact))
        .route("/accounts/{id}", get(record::account))
        .route("/why/{id}", get(why::record))
        .route("/why/{id}/{field}", get(why::field))
        .route("/review", get(review::queue))
        .route("/review/merges/{item}", get(review::item))
        .route("/review/merges/{item}/decide", post(decide::decide))
        .route("/review/columns/answer", post(columns::answer))
        .route("/review/mapping/{item}", get(mapping::item))
        .route("/review/mapping/{item}/approve", post(mapping::approve))
        .route("/review/mapping/{item}/leave", post(mapping::leave))
        .route("/decisions/{id}/withdraw", post(decide::withdraw))
        .route("/imports", get(imports::runs))
        .route("/imports/{run}", get(imports::run))
        .route("/imports/{run}/quarantine.csv", get(imports::quarantine))
        .route("/api/contacts", get(api::contacts))
        .route("/api/contacts/{id}", get(api::contact))
        .route("/api/accounts", get(api::accounts))
        .route("/api/accounts/{id}", get(api::account))
        .route("/api/review", get(api::review))
        .route("/api/review/mapping/{item}", get(api::mapping))
        .route("/api/runs/{run}", get(api::run))
}

/// The id in an address. What is no id is no record either.
pub(crate) fn id<T: std::str::FromStr>(text: &str, what: &'static str) -> Result<T, crate::error::Failure> {
    text.parse().map_err(|_| crate::error::Failure::NotFound(what))
}

#[cfg(test)]
mod tests;
