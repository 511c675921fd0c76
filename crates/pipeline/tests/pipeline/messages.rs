//! Messages in the forms in which programs keep and export them.

use std::fs;

use velocity_model::FileOutcome;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_maildir_is_imported_message_by_message_whatever_its_files_are_called() {
    let world = World::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["box/cur", "box/new", "box/tmp", "box/.Sent/cur", "box/.Sent/new"] {
        fs::create_dir_all(folder.path().join(name)).expect("made");
    }
    let message = |number: u32| {
        format!(
            "Message-ID: <m{number}@own.example>\nDate: Mon, 2 Mar 2026 10:0{number}:00 +0100\nFrom: Ana Lind <ana@lind.example>\nTo: sam@own.example\nSubject: number {number}\n\nHello\n"
        )
    };
    let files = [
        "box/cur/1.M1P1.host:2,S",
        "box/new/2.M2P2.host",
        "box/.Sent/cur/3.host:2,RS",
        "box/tmp/4.host",
        "box/dovecot-uidlist",
    ];
    for (number, file) in (1..).zip(files) {
        fs::write(folder.path().join(file), message(number)).expect("written");
    }
    let report = world.import(&[folder.path().to_owned()]).await;
    let found: Vec<_> =
        report.files.iter().map(|file| (file.path.as_str(), file.outcome, file.profile.as_deref())).collect();
    let imported = |path| (path, FileOutcome::Imported, Some("mail/messages"));
    assert_eq!(found, [imported(files[2]), imported(files[0]), imported(files[1])]);
    assert_eq!((report.rows.read, report.rows.new), (3, 3));
    // A message that was read in the meantime has another name and is the same.
    fs::rename(folder.path().join(files[1]), folder.path().join("box/cur/2.M2P2.host:2,S")).expect("renamed");
    let again = world.import(&[folder.path().to_owned()]).await;
    assert_eq!((again.rows.new, again.rows.updated), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_is_asked_about_until_it_proves_the_order_of_its_dates() {
    let world = World::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let chat = folder.path().join("WhatsApp Chat with Ida.txt");
    let begun = "3/4/26, 7:05\u{202f}PM - Ida Holm: hello\n5/4/26, 8:00\u{202f}AM - +33 6 39 98 12 34: yes\n";
    fs::write(&chat, begun).expect("written");
    let report = world.import(std::slice::from_ref(&chat)).await;
    assert_eq!((report.rows.new, report.files[0].questions.len()), (2, 1), "{report:?}");
    fs::write(&chat, format!("{begun}4/13/26, 9:00\u{202f}AM - Ida Holm: and then\n")).expect("written");
    let report = world.import(&[chat]).await;
    assert_eq!((report.rows.read, report.rows.new, report.files[0].questions.len()), (3, 1, 0), "{report:?}");
}
