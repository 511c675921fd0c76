use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::{get, post};
use tower::ServiceExt;

use super::*;
use crate::form::SignedForm;
use crate::session::SignIn;

const HOST: &str = "127.0.0.1:8080";

fn app() -> Router {
    let inner = Router::new()
        .route("/contacts", get(async |Visitor(session): Visitor| session.forms.token("/write")))
        .route("/write", post(async |form: SignedForm| form.field("word").to_owned()));
    guard(inner, &Arc::new(Doors::new(SignIn::new("right".to_owned(), "Ana <b>".to_owned()))))
}

async fn send(app: &Router, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let response = app.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
}

fn ask(path: &str, cookie: &str) -> Request<Body> {
    Request::get(path).header("host", HOST).header("cookie", cookie).body(Body::empty()).unwrap()
}

fn post_form(path: &str, cookie: &str, origin: &str, body: &str) -> Request<Body> {
    let request = Request::post(path).header("host", HOST).header("cookie", cookie).header("origin", origin);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.body(Body::from(body.to_owned())).unwrap()
}

async fn signed_in(app: &Router) -> String {
    let form = post_form("/sign-in", "", "http://127.0.0.1:8080", "token=right");
    let (status, headers, _) = send(app, form).await;
    assert_eq!((status, headers[header::LOCATION].to_str().unwrap()), (StatusCode::SEE_OTHER, "/contacts"));
    let cookie = headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn without_a_session_there_is_a_page_that_says_how_to_get_one() {
    let app = app();
    for path in ["/contacts", "/nothing-here"] {
        let (status, _, body) = send(&app, ask(path, "velocity_session=guess")).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(body.contains("velocity serve"), "{body}");
    }
    let (status, headers, body) = send(&app, ask("/api/contacts", "")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json");
    assert!(body.contains("serve.signed_out"), "{body}");
}

#[tokio::test]
async fn a_link_preview_does_not_use_the_link_up() {
    let app = app();
    for _ in 0..2 {
        let (status, headers, body) = send(&app, ask("/sign-in?token=right", "")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!headers.contains_key(header::SET_COOKIE));
        assert!(body.contains("Sign in as Ana &#60;b&#62;"), "{body}");
    }
    let cookie = signed_in(&app).await;
    let (status, ..) = send(&app, ask("/contacts", &cookie)).await;
    assert_eq!(status, StatusCode::OK);
    let (status, headers, body) = send(&app, ask("/sign-in?token=right", "")).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(!headers.contains_key(header::SET_COOKIE) && body.contains("used"), "{body}");
    let again = post_form("/sign-in", "", "http://127.0.0.1:8080", "token=right");
    assert_eq!(send(&app, again).await.0, StatusCode::GONE);
}

#[tokio::test]
async fn a_wrong_token_lets_nobody_in() {
    let app = app();
    let wrong = post_form("/sign-in", "", "http://127.0.0.1:8080", "token=wrong");
    let (status, headers, _) = send(&app, wrong).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(!headers.contains_key(header::SET_COOKIE));
    assert_eq!(send(&app, ask("/sign-in?token=wrong", "")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(send(&app, ask("/sign-in", "")).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_write_needs_its_token_and_our_own_origin() {
    let app = app();
    let cookie = signed_in(&app).await;
    let (_, _, token) = send(&app, ask("/contacts", &cookie)).await;
    let good = format!("_csrf={token}&word=done");
    let ours = "http://127.0.0.1:8080";
    let (status, _, body) = send(&app, post_form("/write", &cookie, ours, &good)).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "done"));
    for (origin, body) in [
        (ours, "word=done"),
        (ours, "_csrf=0&word=done"),
        ("https://evil.example", good.as_str()),
        ("null", good.as_str()),
        ("http://127.0.0.1:9090", good.as_str()),
    ] {
        let (status, _, answer) = send(&app, post_form("/write", &cookie, origin, body)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{origin} {body}");
        assert!(answer.contains("Nothing was changed"), "{answer}");
    }
    let mut cross = post_form("/write", &cookie, ours, &good);
    cross.headers_mut().insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
    assert_eq!(send(&app, cross).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_answer_is_hardened() {
    let app = app();
    let cookie = signed_in(&app).await;
    for path in ["/contacts", "/nothing-here", "/sign-in", "/assets/velocity.css", "/assets/nothing"] {
        let (status, headers, _) = send(&app, ask(path, &cookie)).await;
        for (name, value) in HEADERS {
            assert_eq!(headers[&name], value, "{path}");
        }
        assert!(headers[header::VARY].to_str().unwrap().contains("HX-Request"), "{path}");
        if path.ends_with("nothing") || path.ends_with("here") {
            assert_eq!(status, StatusCode::NOT_FOUND);
        }
    }
    let (_, headers, _) = send(&app, ask("/contacts", &cookie)).await;
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn assets_are_revalidated_by_their_digest() {
    let app = app();
    let (status, headers, body) = send(&app, ask("/assets/velocity.css", "")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("--surface-0"));
    let tag = headers[header::ETAG].clone();
    let mut again = ask("/assets/velocity.css", "");
    again.headers_mut().insert(header::IF_NONE_MATCH, tag);
    assert_eq!(send(&app, again).await.0, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn signing_out_closes_the_door() {
    let app = app();
    let cookie = signed_in(&app).await;
    let without_token = post_form("/sign-out", &cookie, "http://127.0.0.1:8080", "");
    assert_eq!(send(&app, without_token).await.0, StatusCode::FORBIDDEN);
    assert_eq!(send(&app, ask("/contacts", &cookie)).await.0, StatusCode::OK);
}
