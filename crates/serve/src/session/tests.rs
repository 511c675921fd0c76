use super::*;

fn doors() -> Doors {
    Doors::new(SignIn::new("right".to_owned(), "Ana".to_owned()))
}

#[test]
fn a_token_lets_one_browser_in() {
    let doors = doors();
    assert_eq!(doors.check("wrong"), TokenState::Wrong);
    assert!(!doors.enter("wrong", "c0", [0; 32]));
    assert_eq!(doors.check("right"), TokenState::Good);
    assert!(doors.enter("right", "c1", [1; 32]));
    assert_eq!(doors.check("right"), TokenState::Used);
    assert!(!doors.enter("right", "c2", [2; 32]));
    assert_eq!(doors.session("c1").map(|session| session.user.clone()).as_deref(), Some("Ana"));
    assert!(doors.session("c2").is_none());
}

#[test]
fn signing_out_ends_the_session_and_not_the_life_of_the_link() {
    let doors = doors();
    assert!(doors.enter("right", "c1", [1; 32]));
    doors.leave("unknown");
    assert!(doors.session("c1").is_some());
    doors.leave("c1");
    assert!(doors.session("c1").is_none());
    assert_eq!(doors.check("right"), TokenState::Used);
}

#[test]
fn a_form_token_is_good_for_one_form_of_one_session() {
    let (mine, other) = (FormKey::new([1; 32]), FormKey::new([2; 32]));
    let token = mine.token("/decisions/1/withdraw");
    assert!(mine.accepts("/decisions/1/withdraw", &token));
    assert!(!mine.accepts("/decisions/2/withdraw", &token));
    assert!(!other.accepts("/decisions/1/withdraw", &token));
    assert!(!mine.accepts("/decisions/1/withdraw", ""));
}

#[test]
fn secrets_are_not_printed() {
    let link = SignIn::new("hush".to_owned(), "Ana".to_owned());
    assert!(!format!("{link:?} {:?}", Doors::new(link.clone())).contains("hush"));
    assert_eq!(link.path(), "/sign-in?token=hush");
}
