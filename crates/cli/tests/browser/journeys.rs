//! What a person does, click by click.

use fantoccini::{Client, Locator};

use crate::browser::{Browser, Served, serve_demo};

async fn click(client: &Client, css: &str) {
    let wanted = client.wait().for_element(Locator::Css(css)).await;
    wanted.unwrap_or_else(|_| panic!("nothing on the page is `{css}`")).click().await.expect("it can be clicked");
}

/// Waits until the page has this element with these words in it: a page that is being left may still hold the element.
async fn see(client: &Client, element: &str, words: &str) {
    let path = format!("//{element}[contains(., '{words}')]");
    let wanted = client.wait().for_element(Locator::XPath(&path)).await;
    wanted.unwrap_or_else(|_| panic!("no {element} on the page says `{words}`"));
}

/// A window of somebody who has signed in. What is opened before the first page is there would be refused.
async fn signed_in(served: &Served, width: u32, height: u32) -> Browser {
    let browser = Browser::open(width, height).await;
    browser.client.goto(&served.url).await.expect("the page opens");
    click(&browser.client, "main button[type=submit]").await;
    see(&browser.client, "h1", "Contacts").await;
    browser
}

const FLASH: &str = "*[contains(@class, 'flash')]";

#[tokio::test(flavor = "multi_thread")]
async fn sign_in_open_a_client_ask_why_merge_and_undo() {
    let served = serve_demo();
    let browser = Browser::open(1440, 1000).await;
    let client = &browser.client;

    client.goto(&served.url).await.expect("the page opens");
    browser.picture("sign-in").await;
    click(client, "main button[type=submit]").await;
    see(client, "h1", "Contacts").await;
    browser.picture("contacts").await;

    click(client, "main table tbody tr a[href^='/contacts/']").await;
    client.wait().for_element(Locator::Css("a[href^='/why/']")).await.expect("every value has its why");
    browser.picture("client").await;
    click(client, "a[href^='/why/']").await;
    browser.picture("why").await;

    client.goto(&origin(&served.url, "/review")).await.expect("the page opens");
    browser.picture("review").await;
    click(client, "main a[href^='/review/merges/']").await;
    client.wait().for_element(Locator::Css("button[value=merge]")).await.expect("the question opens");
    let question = client.current_url().await.expect("an address").to_string();
    browser.picture("merge").await;
    let before = served.records().await;
    click(client, "button[value=merge]").await;
    see(client, FLASH, "Merged").await;
    browser.picture("merged").await;
    assert_eq!(served.records().await.len(), before.len() - 1, "two records became one");
    click(client, ".flash button").await;
    see(client, FLASH, "Undone").await;
    assert_eq!(served.records().await, before, "byte-identical records and ids");
    client.goto(&question).await.expect("the page opens");
    client.wait().for_element(Locator::Css("button[value=merge]")).await.expect("the question is open again");

    client.goto(&origin(&served.url, "/imports")).await.expect("the page opens");
    click(client, "main a[href^='/imports/']").await;
    see(client, "main", "hubspot-contacts.csv").await;
    browser.picture("report").await;
    browser.client.clone().close().await.expect("the window closes");
}

/// A file with a question whose columns nobody knows.
const GUESTS: &str = "guest no,first name,last name,e-mail,born,shade\n\
    1,Ana,Example,ana@mail.example,03/04/1988,blue\n2,Ben,Sample,ben@mail.example,05/06/1990,green\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_waits_is_checked_and_approved() {
    let served = serve_demo();
    served.import("guests.csv", GUESTS);
    let browser = signed_in(&served, 1440, 1000).await;
    let client = &browser.client;
    let before = served.records().await.len();

    client.goto(&origin(&served.url, "/imports")).await.expect("the page opens");
    browser.picture("imports-waiting").await;
    click(client, "main a[href^='/review/mapping/']").await;
    see(client, "h1", "guests.csv").await;
    browser.picture("mapping").await;
    click(client, "button[value=import]").await;
    see(client, "*[@role='alert']", "column born").await;
    click(client, "input[value=dmy]").await;
    click(client, "button[value=check]").await;
    see(client, "h2", "What an import would do").await;
    browser.picture("mapping-checked").await;
    assert_eq!(served.records().await.len(), before, "a check imports nothing");
    click(client, "button[value=import]").await;
    see(client, FLASH, "Approved and imported: 2 rows").await;
    browser.picture("approved").await;
    assert_eq!(served.records().await.len(), before + 2);
    browser.client.clone().close().await.expect("the window closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_about_a_column_is_answered_once() {
    let served = serve_demo();
    let browser = signed_in(&served, 1440, 1000).await;
    let client = &browser.client;
    client.goto(&origin(&served.url, "/review#questions")).await.expect("the page opens");
    see(client, "h2", "Questions about columns").await;
    browser.picture("columns").await;
    click(client, "input[value=dmy]").await;
    click(client, "form[action='/review/columns/answer'] button").await;
    see(client, FLASH, "read again.").await;
    browser.picture("answered").await;
    client.goto(&origin(&served.url, "/review")).await.expect("the page opens");
    let asked = client.find_all(Locator::Css("form[action='/review/columns/answer']")).await.expect("found");
    assert!(asked.is_empty(), "nothing is asked twice");
    browser.client.clone().close().await.expect("the window closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narrow_window_never_scrolls_sideways() {
    let served = serve_demo();
    served.import("guests.csv", GUESTS);
    let browser = signed_in(&served, 390, 844).await;
    let client = &browser.client;
    let contact = client.wait().for_element(Locator::Css("main a[href^='/contacts/']")).await.expect("a contact");
    let contact = contact.attr("href").await.expect("readable").expect("an address");
    client.goto(&origin(&served.url, "/review")).await.expect("the page opens");
    let waiting = client.wait().for_element(Locator::Css("main a[href^='/review/mapping/']")).await.expect("a file");
    let waiting = waiting.attr("href").await.expect("readable").expect("an address");
    for (name, path) in [
        ("contacts", "/contacts"),
        ("client", &contact),
        ("review", "/review"),
        ("mapping", &waiting),
        ("imports", "/imports"),
    ] {
        client.goto(&origin(&served.url, path)).await.expect("the page opens");
        let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let overflow = client.execute(overflow, Vec::new()).await.expect("measured");
        browser.picture(&format!("{name}-narrow")).await;
        assert_eq!(overflow.as_i64(), Some(0), "{path} scrolls sideways");
    }
    browser.client.clone().close().await.expect("the window closes");
}

/// Another page of the same server.
fn origin(url: &str, path: &str) -> String {
    let host = url.split('/').nth(2).expect("an absolute address");
    format!("http://{host}{path}")
}
