//! A strict reader of the HTML that our templates write: stricter than browsers, so that a slip in a template fails.

use std::collections::BTreeSet;

const VOID: [&str; 6] = ["meta", "link", "input", "br", "hr", "img"];
/// SVG shapes, which our templates close in place.
const SHAPES: [&str; 4] = ["path", "rect", "circle", "polyline"];

/// One opening tag.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, unescaped.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

enum Piece {
    Open(Tag, bool),
    Close(String),
    Text(String),
}

/// The opening tags of a page, in order; a page that does not read has fewer.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let open = |piece| if let Piece::Open(tag, _) = piece { Some(tag) } else { None };
    read(page).0.into_iter().filter_map(open).collect()
}

/// The text of a page as a reader sees it, unescaped, pieces joined by a line end.
pub(crate) fn text(page: &str) -> String {
    let text = |piece| if let Piece::Text(text) = piece { Some(text) } else { None };
    read(page).0.into_iter().filter_map(text).collect::<Vec<_>>().join("\n")
}

/// Everything that is wrong with a page.
pub(crate) fn problems(page: &str) -> Vec<String> {
    let (pieces, mut problems) = read(page);
    let mut stack: Vec<String> = Vec::new();
    let mut ids = BTreeSet::new();
    let (mut labels, mut fields, mut refs) = (BTreeSet::new(), Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Close(name) => match stack.pop() {
                Some(open) if open == name => {}
                other => problems.push(format!("</{name}> closes {other:?}")),
            },
            Piece::Open(tag, closed) => {
                check(&tag, &mut problems);
                if let Some(id) = tag.get("id")
                    && !ids.insert(id.to_owned())
                {
                    problems.push(format!("id {id} stands twice"));
                }
                labels.extend(tag.get("for").map(str::to_owned));
                refs.extend(["aria-labelledby", "for"].iter().filter_map(|name| tag.get(name)).map(str::to_owned));
                let hidden = matches!(tag.get("type"), Some("hidden" | "checkbox"));
                if matches!(tag.name.as_str(), "input" | "select") && !hidden {
                    fields.push(tag.get("id").unwrap_or_default().to_owned());
                }
                if tag.name == "a" && stack.iter().any(|open| open == "a") {
                    problems.push("a link inside a link".to_owned());
                }
                let inline = ["p", "span", "button"].contains(&stack.last().map_or("", String::as_str));
                if inline && ["div", "ol", "ul", "p", "section", "table", "dl", "h2", "h3"].contains(&tag.name.as_str())
                {
                    problems.push(format!("<{}> inside <{}>", tag.name, stack.last().map_or("", String::as_str)));
                }
                if !closed && !VOID.contains(&tag.name.as_str()) {
                    stack.push(tag.name);
                }
            }
        }
    }
    problems.extend(stack.iter().map(|open| format!("<{open}> is never closed")));
    problems.extend(fields.iter().filter(|id| !labels.contains(*id)).map(|id| format!("field `{id}` has no label")));
    problems.extend(refs.iter().filter(|id| !ids.contains(*id)).map(|id| format!("nothing has the id `{id}`")));
    problems
}

fn check(tag: &Tag, problems: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for (name, value) in &tag.attributes {
        if name == "style" || name.starts_with("on") {
            problems.push(format!("inline {name} on <{}>", tag.name));
        }
        if !seen.insert(name) {
            problems.push(format!("{name} stands twice on <{}>", tag.name));
        }
        let address = ["href", "src", "action", "hx-get"].contains(&name.as_str());
        let allowed = ["/", "#", "mailto:", "tel:", "http://", "https://"];
        if address && !allowed.iter().any(|start| value.starts_with(start)) {
            problems.push(format!("<{}> leads to `{value}`", tag.name));
        }
    }
    if tag.name == "script" && tag.get("src").is_none() {
        problems.push("inline script".to_owned());
    }
    if tag.name == "svg" && tag.get("aria-hidden").is_none() && tag.get("aria-label").is_none() {
        problems.push("an svg without a name".to_owned());
    }
}

fn read(page: &str) -> (Vec<Piece>, Vec<String>) {
    let (mut pieces, mut problems) = (Vec::new(), Vec::new());
    let mut rest = page.strip_prefix("<!doctype html>").unwrap_or(page);
    while !rest.is_empty() {
        let Some(start) = rest.find('<') else {
            pieces.push(Piece::Text(unescaped(rest, &mut problems)));
            break;
        };
        if start > 0 {
            pieces.push(Piece::Text(unescaped(&rest[..start], &mut problems)));
        }
        let Some(end) = tag_end(&rest[start..]) else {
            problems.push(format!("a tag without an end: {}", rest[start..].chars().take(40).collect::<String>()));
            break;
        };
        let inside = &rest[start + 1..start + end];
        rest = &rest[start + end + 1..];
        match inside.strip_prefix('/') {
            Some(name) => pieces.push(Piece::Close(name.to_owned())),
            None => pieces.push(opening(inside, &mut problems)),
        }
    }
    (pieces, problems)
}

/// Place of the `>` that ends the tag at the start of `text`; a `>` inside quotes does not.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (index, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(index),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

fn opening(inside: &str, problems: &mut Vec<String>) -> Piece {
    let (body, closed) = inside.strip_suffix('/').map_or((inside, false), |body| (body, true));
    let name: String = body.chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect();
    if name.is_empty() || name.chars().any(|letter| letter.is_ascii_uppercase()) {
        problems.push(format!("`<{inside}>` is no tag"));
    }
    if closed && !SHAPES.contains(&name.as_str()) {
        problems.push(format!("<{name}/> does not close itself in HTML"));
    }
    let mut rest = body[name.len()..].trim();
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        if key.is_empty() || !key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') {
            problems.push(format!("`{key}` is no attribute of <{name}>"));
            break;
        }
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix('=') {
            let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''));
            let Some(length) = quote.and_then(|quote| quoted[1..].find(quote)) else {
                problems.push(format!("the value of {key} is not quoted"));
                break;
            };
            value = unescaped(&quoted[1..=length], problems);
            rest = &quoted[length + 2..];
        }
        attributes.push((key, value));
        rest = rest.trim_start();
    }
    Piece::Open(Tag { name, attributes }, closed)
}

/// Text without its character references; a bare `&` is a slip.
fn unescaped(text: &str, problems: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(';').filter(|end| *end < 10);
        let name = end.map(|end| &rest[1..end]);
        let letter = match name {
            Some("amp") => Some('&'),
            Some("lt") => Some('<'),
            Some("gt") => Some('>'),
            Some("quot") => Some('"'),
            Some(number) => number.strip_prefix('#').and_then(|digits| char::from_u32(digits.parse().ok()?)),
            None => None,
        };
        let (Some(letter), Some(end)) = (letter, end) else {
            problems.push(format!("a bare & in `{}`", rest.chars().take(20).collect::<String>()));
            break;
        };
        out.push(letter);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

#[test]
fn slips_are_found() {
    for slip in [
        "<p>",
        "<p><b></p></b>",
        "<p style=\"x\"></p>",
        "<a href=\"javascript:x\">y</a>",
        "<p>a & b</p>",
        "<input name=x>",
        "<input id=\"a\" type=\"text\">",
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<script>x</script>",
        "<p a=\"1\" a=\"2\"></p>",
        "<p><div></div></p>",
        "<p onclick=\"x\"></p>",
    ] {
        assert!(!problems(slip).is_empty(), "{slip}");
    }
    assert!(problems("<p title=\"a &gt; b\">1 &lt; 2 &#38; 3<br></p>").is_empty());
    assert_eq!(text("<p>1 &#60; 2</p>"), "1 < 2");
}
