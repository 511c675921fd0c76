//! The router over a store in a temporary folder.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use tempfile::TempDir;
use tower::ServiceExt;
use velocity_model::{CanonicalLink, EntityKind, LinkRole, RecordId, RunId};
use velocity_pipeline::{Ambient, ImportOptions, Workspace, silent};
use velocity_store::{EntityRow, MemberRow, Publication, Receipt, StoredEvidence, WithdrawnRow};

use crate::SignIn;
use crate::view::record::RecordRows;
use crate::view::samples;
use crate::view::tests::html;

/// Every run has an id of its own.
static DICE: AtomicU8 = AtomicU8::new(5);

struct World {
    // Kept so that the folder lives as long as the store in it.
    _dir: TempDir,
    workspace: Arc<Workspace>,
    app: Router,
    cookie: String,
}

/// A tenant with the sample records, served to somebody who is signed in.
async fn world() -> World {
    let dir = tempfile::tempdir().unwrap();
    let random = || [DICE.fetch_add(1, Ordering::Relaxed); 16];
    let ambient = Ambient { now: || samples::NOW, random };
    let workspace = Arc::new(Workspace::open(dir.path(), "northwind", ambient).await.unwrap());
    publish(&workspace).await;
    let app = crate::router(Arc::clone(&workspace), SignIn::new("right".to_owned(), "Ana".to_owned()));
    let world = World { _dir: dir, workspace, app, cookie: String::new() };
    let (status, headers, _) = world.post("/sign-in", "token=right").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let cookie = headers[header::SET_COOKIE].to_str().unwrap();
    World { cookie: cookie.split(';').next().unwrap().to_owned(), ..world }
}

async fn publish(workspace: &Workspace) {
    let people = [samples::person(), samples::other_person(), samples::account()];
    let run = samples::runs().remove(0);
    let mut unit = workspace.store().begin().await.unwrap();
    let sequence = unit.start_run(run.id, run.started_at).await.unwrap();
    for stored in people.iter().flat_map(|rows| &rows.evidence) {
        unit.add_receipt(&receipt(run.id, sequence, stored), &stored.headers).await.unwrap();
    }
    for (path, headers, rows) in samples::quarantine() {
        let blob = people[0].evidence[0].evidence.locator.blob;
        unit.add_quarantine(run.id, &path, blob, 0, &headers, &rows).await.unwrap();
    }
    let asking = people[0].evidence[0].evidence.locator.blob;
    unit.put_questions(asking, 0, &samples::questions()).await.unwrap();
    for waiting in samples::waiting() {
        unit.put_waiting(run.id, &waiting).await.unwrap();
    }
    let publication = Publication {
        upsert: people.iter().flat_map(entities).collect(),
        members: people.iter().flat_map(|rows| members(rows, sequence)).collect(),
        reviews: samples::reviews().into_iter().take(1).collect(),
        withdrawn: vec![WithdrawnRow { record: id(99), first_seen: 1, sequence }],
        ..Publication::default()
    };
    unit.publish(&publication).await.unwrap();
    unit.finish_run(&run.report.unwrap(), run.started_at + 1).await.unwrap();
    unit.commit().await.unwrap();
}

fn receipt(run: RunId, sequence: u64, stored: &StoredEvidence) -> Receipt {
    Receipt {
        run,
        sequence,
        blob: stored.evidence.locator.blob,
        table: 0,
        path: stored.path.clone(),
        sheet: None,
        profile: "sample/contacts".to_owned(),
        evidence_file: stored.evidence.locator.blob.to_string(),
        snapshot: false,
    }
}

/// The record and what points at it; the deals of the account are those of its people, so they are there already.
fn entities(rows: &RecordRows) -> Vec<EntityRow> {
    let target = rows.entity.record.id;
    let own = rows.related.iter().filter(|_| rows.entity.record.kind == EntityKind::Person);
    let items = own.map(|item| {
        let mut record = item.record.clone();
        record.links = vec![CanonicalLink { role: LinkRole::Person, target, target_key: target }];
        EntityRow { record, summary: item.summary.clone(), names: Default::default() }
    });
    std::iter::once(rows.entity.clone()).chain(items).collect()
}

fn members(rows: &RecordRows, sequence: u64) -> Vec<MemberRow> {
    let entity = rows.entity.record.id;
    let member = |stored: &StoredEvidence| MemberRow {
        evidence: std::sync::Arc::new(stored.evidence.clone()),
        entity,
        first_seen: sequence,
        sequence,
    };
    rows.evidence.iter().map(member).collect()
}

impl World {
    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let (parts, body) = self.app.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 22).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(path).header("host", "localhost").header("cookie", &self.cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn fragment(&self, path: &str) -> String {
        let request = Request::get(path).header("hx-request", "true").header("cookie", &self.cookie);
        self.send(request.body(Body::empty()).unwrap()).await.2
    }

    async fn post(&self, path: &str, form: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::post(path).header("host", "localhost").header("origin", "http://localhost");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(request.header("cookie", &self.cookie).body(Body::from(form.to_owned())).unwrap()).await
    }
}

fn location(headers: &HeaderMap) -> &str {
    headers[header::LOCATION].to_str().unwrap()
}

fn id(number: u8) -> RecordId {
    samples::id(number)
}

#[tokio::test]
async fn every_page_answers_from_the_store() {
    let world = world().await;
    let item = samples::reviews()[0].id;
    let run = samples::runs()[0].id;
    for (path, wanted) in [
        ("/contacts".to_owned(), "Maeve O\u{2019}Hara"),
        ("/contacts?q=maeve&source=hubspot&review=1&sort=recent".to_owned(), "Maeve O\u{2019}Hara"),
        ("/contacts?q=nobody-at-all".to_owned(), "No contacts match"),
        ("/contacts?source=nowhere".to_owned(), "There is no source called"),
        ("/accounts".to_owned(), "Halden & Partners"),
        (format!("/contacts/{}", id(1)), "5 source rows from 3 sources"),
        (format!("/contacts/{}", id(1)), "Asked for a second viewing"),
        (format!("/contacts/{}", id(1)), "1 open review item"),
        (format!("/contacts/{}?timeline=2", id(1)), "older"),
        (format!("/accounts/{}", id(200)), "48,000,000 EUR"),
        (format!("/why/{}", id(1)), "Why are these one record?"),
        (format!("/why/{}/city", id(1)), "bytes 201,344 to 201,512"),
        (format!("/why/{}/birth_date", id(1)), "date.order_unknown"),
        (format!("/why/{}", id(101)), "Where does this come from?"),
        ("/review".to_owned(), "Same or not?"),
        (format!("/review/merges/{item}"), "the same person"),
        ("/review".to_owned(), "Files that wait for approval"),
        (format!("/review/mapping/{}", samples::waiting()[0].id), "No profile knows such a file"),
        (format!("/review/mapping/{}", samples::waiting()[1].id), "New columns"),
        (format!("/review/mapping/{}", samples::waiting()[2].id), "Columns that are gone"),
        (format!("/review/mapping/{}", samples::waiting()[3].id), "of 1,400 source records"),
        ("/imports".to_owned(), "Run 1"),
        (format!("/imports/{run}"), "Quarantined rows"),
    ] {
        let (status, headers, body) = world.get(&path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        assert!(html::text(&body).contains(wanted), "{path} does not say `{wanted}`");
        assert_eq!(html::problems(&body), Vec::<String>::new(), "{path}");
    }
}

#[tokio::test]
async fn old_and_wrong_addresses_lead_somewhere_or_say_so() {
    let world = world().await;
    let (status, headers, _) = world.get(&format!("/contacts/{}", id(31))).await;
    assert_eq!(status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(location(&headers), format!("/contacts/{}?merged={}", id(1), id(31)));
    let (_, _, body) = world.get(location(&headers)).await;
    assert!(html::text(&body).contains("merged into this one"));
    let (_, headers, _) = world.get(&format!("/contacts/{}", id(200))).await;
    assert_eq!(location(&headers), format!("/accounts/{}", id(200)));
    let (_, headers, _) = world.get("/").await;
    assert_eq!(location(&headers), "/contacts");
    let unknown = id(250);
    for path in [
        format!("/contacts/{unknown}"),
        format!("/why/{unknown}/city"),
        format!("/why/{}/gender", id(1)),
        format!("/why/{}/nonsense", id(1)),
        format!("/review/merges/{unknown}"),
        format!("/review/mapping/{unknown}"),
        format!("/imports/{unknown}"),
        "/contacts/not-an-id".to_owned(),
        "/settings".to_owned(),
    ] {
        let (status, _, body) = world.get(&path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(html::problems(&body), Vec::<String>::new(), "{path}");
    }
}

#[tokio::test]
async fn htmx_gets_the_part_that_changes() {
    let world = world().await;
    assert!(world.fragment("/contacts?q=maeve").await.trim_start().starts_with("<section id=\"results\""));
    for path in [format!("/why/{}", id(1)), format!("/why/{}/city", id(1))] {
        assert!(world.fragment(&path).await.trim_start().starts_with("<div class=\"why-body\">"), "{path}");
    }
}

#[tokio::test]
async fn the_api_says_what_the_pages_say() {
    let world = world().await;
    let json = async |path: String| -> serde_json::Value {
        let (status, headers, body) = world.get(&path).await;
        assert_eq!(
            (status, &headers[header::CONTENT_TYPE]),
            (StatusCode::OK, &"application/json".parse().unwrap()),
            "{path}"
        );
        serde_json::from_str(&body).unwrap()
    };
    let list = json("/api/contacts".to_owned()).await;
    assert_eq!(list["total"], 2);
    let one = json(format!("/api/contacts/{}", id(1))).await;
    assert_eq!(one["strip"]["rows"], "5 source rows from 3 sources");
    assert_eq!(json(format!("/api/contacts/{}", id(31))).await["id"], one["id"]);
    assert_eq!(json(format!("/api/accounts/{}", id(200))).await["title"], "Halden & Partners");
    assert_eq!(json("/api/review".to_owned()).await["total"], 1);
    assert_eq!(json(format!("/api/runs/{}", samples::runs()[0].id)).await["title"], "Run 1");
    let waiting = json(format!("/api/review/mapping/{}", samples::waiting()[1].id)).await;
    assert_eq!(waiting["columns"][0]["field"], "phone");
    assert_eq!(json("/api/review".to_owned()).await["waiting"].as_array().map(Vec::len), Some(4));
    let (status, headers, body) = world.get(&format!("/api/contacts/{}", id(200))).await;
    assert_eq!(
        (status, &headers[header::CONTENT_TYPE]),
        (StatusCode::NOT_FOUND, &"application/problem+json".parse().unwrap())
    );
    assert!(body.contains("serve.not_found"));
    let (status, _, body) = world.get(&format!("/contacts/{}", id(99))).await;
    assert_eq!(status, StatusCode::GONE);
    assert!(html::text(&body).contains("This record was withdrawn by import 1"), "{body}");
}

#[tokio::test]
async fn quarantined_rows_come_as_csv() {
    let world = world().await;
    let run = samples::runs()[0].id;
    let (status, headers, body) = world.get(&format!("/imports/{run}/quarantine.csv?file=hubspot_contacts.csv")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    assert!(body.starts_with("First name,Last name,Email,,,_line,_errors\r\n"), "{body}");
    let (status, ..) = world.get(&format!("/imports/{run}/quarantine.csv?file=other.csv")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_question_that_is_gone_is_said_and_skipped() {
    let world = world().await;
    let page = format!("/review/merges/{}", samples::reviews()[0].id);
    let (_, _, body) = world.get(&page).await;
    let tags = html::tags(&body);
    let action = format!("{page}/decide");
    let form = tags.iter().position(|tag| tag.get("action") == Some(&action)).unwrap();
    let token = tags[form..].iter().find(|tag| tag.get("name") == Some("_csrf")).unwrap().get("value").unwrap();
    let (status, ..) = world.post(&action, "decision=merge&_csrf=0").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, ..) = world.post(&action, &format!("decision=everything&_csrf={token}")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    let mut unit = world.workspace.store().begin().await.unwrap();
    let closed = samples::reviews().iter().map(|review| review.id).collect();
    unit.publish(&Publication { closed, ..Publication::default() }).await.unwrap();
    unit.commit().await.unwrap();
    let (status, headers, _) = world.post(&action, &format!("decision=merge&_csrf={token}")).await;
    assert_eq!((status, location(&headers)), (StatusCode::SEE_OTHER, "/review"));
    let (_, _, body) = world.get("/review").await;
    assert!(html::text(&body).contains("decided meanwhile. Nothing is left to decide."));
    // It is said once.
    assert!(!world.get("/review").await.2.contains("decided meanwhile"));
}

/// The token of a form on a page.
fn token(body: &str, action: &str) -> String {
    let tags = html::tags(body);
    let form = tags.iter().position(|tag| tag.get("action") == Some(action)).unwrap();
    tags[form..].iter().find(|tag| tag.get("name") == Some("_csrf")).unwrap().get("value").unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_about_a_column_is_answered_by_form_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let world = world().await;
    let file = dir.path().join("contacts.csv");
    let text = "Record ID,First Name,Last Name,Email,Phone Number\n1,Ana,Example,ana@mail.example,06 39 98 00 01\n";
    std::fs::write(&file, text).unwrap();
    world.workspace.import(&[file], &ImportOptions::default(), &silent()).await.unwrap();
    let action = "/review/columns/answer";
    let (_, _, body) = world.get("/review").await;
    assert_eq!(html::problems(&body), Vec::<String>::new());
    let sent = |country: &str| {
        let csrf = token(&body, action);
        format!("_csrf={csrf}&profile=hubspot%2Fcontacts&column=Phone+Number&value={country}")
    };

    assert_eq!(world.post(action, "_csrf=0&value=FR").await.0, StatusCode::FORBIDDEN);
    let (status, headers, _) = world.post(action, &sent("nowhere")).await;
    assert_eq!((status, location(&headers)), (StatusCode::SEE_OTHER, "/review"));
    assert!(html::text(&world.get("/review").await.2).contains("Not answered"), "the reason is told");
    let (status, headers, _) = world.post(action, &sent("fr")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, _, report) = world.get(location(&headers)).await;
    assert!(html::text(&report).contains("Answered: 1 row read again."), "{report}");
    // Somebody else had the page open, too.
    assert_eq!(world.post(action, &sent("de")).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_file_is_checked_approved_and_imported_by_form() {
    let dir = tempfile::tempdir().unwrap();
    let world = world().await;
    let file = dir.path().join("guests.csv");
    std::fs::write(&file, "first name,last name,born\nAna,Example,03/04/1988\n").unwrap();
    world.workspace.import(&[file], &ImportOptions::default(), &silent()).await.unwrap();
    let waiting = world.workspace.store().waiting().await.unwrap();
    let waiting = waiting.iter().find(|waiting| waiting.path == "guests.csv").unwrap();
    let page = format!("/review/mapping/{}", waiting.id);
    let (_, _, body) = world.get(&page).await;
    let action = format!("{page}/approve");
    let sent = |rest: &str| format!("_csrf={}&{rest}", token(&body, &action));

    assert_eq!(world.post(&action, "_csrf=0&then=import").await.0, StatusCode::FORBIDDEN);
    let (status, _, told) = world.post(&action, &sent("then=import")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html::text(&told).contains("column born"), "the open question is named");
    let (status, _, told) = world.post(&action, &sent("then=import&answer-0=dmy&field-0=nonsense")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html::text(&told).contains("nonsense is no field"));
    let (status, _, told) = world.post(&action, &sent("then=check&answer-0=dmy&field-0=nickname")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html::text(&told).contains("What an import would do"));
    assert_eq!(html::problems(&told), Vec::<String>::new());
    assert!(told.contains("value=\"nickname\""), "what was chosen stays in the form");

    let (status, headers, _) = world.post(&action, &sent("then=import&answer-0=dmy&field-0=nickname")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, _, report) = world.get(location(&headers)).await;
    assert!(html::text(&report).contains("Approved and imported: 1 row."), "{report}");
    assert_eq!(world.get(&page).await.0, StatusCode::NOT_FOUND);

    let leave = format!("/review/mapping/{}/leave", samples::waiting()[2].id);
    let (_, _, body) = world.get(leave.trim_end_matches("/leave")).await;
    let (status, ..) = world.post(&leave, &format!("_csrf={}", token(&body, &leave))).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let left = world.workspace.store().waiting().await.unwrap();
    assert!(left.iter().all(|waiting| waiting.id != samples::waiting()[2].id));
}
