use super::{crates, files};

#[test]
fn broken_files_are_named_with_their_line() {
    let inline = ["fn a() {}", "mod tests {", "}", ""].join("\n");
    assert_eq!(files::check("a.rs", &inline), ["a.rs:2: tests belong into a sibling file"]);
    assert_eq!(
        files::check("a.md", "x \ny"),
        ["a.md:2: no line end at the end", "a.md:1: blanks at the end of the line"]
    );
    let path = format!("see /{}/x\n", "home");
    assert_eq!(files::check("a.md", &path), ["a.md:1: a path of one machine"]);
    assert!(files::check("a.md", "https://a.example/home/x\n").is_empty());
    assert_eq!(files::check("a.rs", &"\n".repeat(501)).len(), 1);
}

#[test]
fn a_dependency_needs_a_reason() {
    let manifest = "[workspace.dependencies]\n# Why.\ngood = \"1\"\nbad = \"1\"\n\n[profile.dev]\n";
    assert_eq!(crates::reasons(manifest), ["Cargo.toml does not say why bad is there"]);
}
