//! Pages that only say something: errors, signing in and out.

use askama::Template;

/// What such a page says.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// Heading.
    pub(crate) title: String,
    /// One or two sentences: what happened, what is unaffected, what to do next.
    pub(crate) text: String,
    /// A command to run.
    pub(crate) command: Option<String>,
    /// Stable dotted code, for a support request.
    pub(crate) code: Option<&'static str>,
    /// A sign-in form: token and user.
    pub(crate) sign_in: Option<(String, String)>,
    /// Whether a link back to the contacts makes sense.
    pub(crate) home: bool,
}

impl Message {
    /// Title and text, with a link to the contacts.
    pub(crate) fn new(title: &str, text: &str) -> Self {
        Self { title: title.to_owned(), text: text.to_owned(), command: None, code: None, sign_in: None, home: true }
    }

    /// With a code.
    pub(crate) fn with_code(self, code: &'static str) -> Self {
        Self { code: Some(code), ..self }
    }

    /// What somebody without a session sees.
    pub(crate) fn signed_out() -> Self {
        let text = "This page needs a session. Start the server and open the link that it prints; the link works once.";
        Self { command: Some("velocity serve".to_owned()), home: false, ..Self::new("Signed out", text) }
    }

    /// The page behind a good link.
    pub(crate) fn sign_in(token: &str, user: &str) -> Self {
        let text = "The link is good for one browser. It is used up when you press the button, not before.";
        let sign_in = Some((token.to_owned(), user.to_owned()));
        Self { sign_in, home: false, ..Self::new("Velocity", text) }
    }

    /// The page behind a link that signed somebody in already.
    pub(crate) fn link_used() -> Self {
        let text = "This link was used already. Start the server again for a new one.";
        Self { command: Some("velocity serve".to_owned()), home: false, ..Self::new("Link used", text) }
    }

    /// The page behind a link that is not ours.
    pub(crate) fn link_wrong() -> Self {
        let text =
            "This is not the link of the server that runs now. Start the server and open the link that it prints.";
        Self { command: Some("velocity serve".to_owned()), home: false, ..Self::new("Wrong link", text) }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct MessagePage<'a> {
    /// What it says.
    pub(crate) message: &'a Message,
}
