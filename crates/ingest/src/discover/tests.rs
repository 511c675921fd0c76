use super::*;

fn found(files: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, "x").expect("written");
    }
    let inputs = discover(&[folder.path().to_owned()]).expect("listed");
    inputs.into_iter().map(|input| input.display).collect()
}

#[test]
fn hidden_files_are_passed_over() {
    assert_eq!(found(&["a.csv", ".b.csv", ".c/d.csv", "e/f.csv", "tmp/g.csv"]), ["a.csv", "e/f.csv", "tmp/g.csv"]);
}

#[test]
fn of_a_maildir_the_messages_are_found() {
    let files = [
        "m/cur/1.M1P1.host:2,S",
        "m/new/2.M2P2.host",
        "m/tmp/3.M3P3.host",
        "m/dovecot-uidlist",
        "m/.Sent/cur/4.host:2,RS",
        "m/.Sent/new/5.host",
        "m/.git/config",
        "m/notes.csv",
    ];
    let expected =
        ["m/.Sent/cur/4.host:2,RS", "m/.Sent/new/5.host", "m/cur/1.M1P1.host:2,S", "m/new/2.M2P2.host", "m/notes.csv"];
    assert_eq!(found(&files), expected);
}
