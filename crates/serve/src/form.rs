//! Forms that prove that this session's own page made them.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Form, FromRequest, Request};
use axum::response::{IntoResponse, Response};

use crate::error::Failure;
use crate::session::Session;

/// The fields of a posted form whose `_csrf` token belongs to this session and this address.
pub(crate) struct SignedForm {
    fields: BTreeMap<String, String>,
}

impl SignedForm {
    /// A field; empty if the form has none of that name.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// A field, if the form has it.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// A path of this site that the form wants to come back to; `otherwise` if it names none.
    pub(crate) fn back<'a>(&'a self, otherwise: &'a str) -> &'a str {
        let path = self.field("back");
        // `//host` and `/\host` would leave the site; a line end would end the header.
        let is_local = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
        if is_local { path } else { otherwise }
    }
}

impl<S: Send + Sync> FromRequest<S> for SignedForm {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let session = request.extensions().get::<Arc<Session>>().cloned();
        let action = request.uri().path().to_owned();
        let fields = Form::<Vec<(String, String)>>::from_request(request, state).await;
        let fields = fields.map_err(IntoResponse::into_response)?.0;
        let form = Self { fields: fields.into_iter().collect() };
        match session {
            Some(session) if session.forms.accepts(&action, form.field("_csrf")) => Ok(form),
            _ => Err(Failure::StaleForm.into_response()),
        }
    }
}
