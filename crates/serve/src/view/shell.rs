//! The frame around every page: sidebar, top bar, message line.

use crate::format;
use crate::session::{Flash, FormKey};

/// Which entry of the sidebar is current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// People.
    Contacts,
    /// Organisations.
    Accounts,
    /// Merge queue and questions.
    Review,
    /// Runs.
    Imports,
}

impl Section {
    const ALL: [Self; 4] = [Self::Contacts, Self::Accounts, Self::Review, Self::Imports];

    /// What the sidebar says.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Contacts => "Contacts",
            Self::Accounts => "Accounts",
            Self::Review => "Review",
            Self::Imports => "Imports",
        }
    }

    /// Where it leads.
    pub(crate) const fn href(self) -> &'static str {
        match self {
            Self::Contacts => "/contacts",
            Self::Accounts => "/accounts",
            Self::Review => "/review",
            Self::Imports => "/imports",
        }
    }

    /// Its 16-pixel outline icon as the data of one SVG path.
    pub(crate) const fn icon(self) -> &'static str {
        match self {
            Self::Contacts => {
                "M8 8.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.8 13.5c.5-2.4 2.6-3.6 5.2-3.6s4.7 1.2 5.2 3.6"
            }
            Self::Accounts => {
                "M3 13.5v-10h6v10M9 6.5h4v7M1.8 13.5h12.4M5.2 6h1.6M5.2 8.5h1.6M5.2 11h1.6M11 9h.6M11 11h.6"
            }
            Self::Review => {
                "M5 2.5v4.2c0 1.6 3 1.8 3 3.6v3.2M11 2.5v4.2c0 1.6-3 1.8-3 3.6M3.4 4.2 5 2.5l1.6 1.7M9.4 4.2 11 2.5l1.6 1.7"
            }
            Self::Imports => "M8 2.5v7.4M4.9 7 8 10l3.1-3M2.5 10.5v3h11v-3",
        }
    }
}

/// The frame.
#[derive(Clone, Debug)]
pub(crate) struct Shell {
    /// Title of the page.
    pub(crate) title: String,
    /// Current section.
    pub(crate) section: Section,
    /// Whose data this is.
    pub(crate) tenant: String,
    /// Who looks at it.
    pub(crate) user: String,
    /// Makes the tokens of forms.
    pub(crate) forms: FormKey,
    /// Open merge questions.
    pub(crate) waiting: u64,
    /// What the last action did.
    pub(crate) flash: Option<Flash>,
}

impl Shell {
    /// The sidebar's entries.
    pub(crate) fn sections(&self) -> &'static [Section] {
        &Section::ALL
    }

    /// Whether an entry of the sidebar is the current one.
    pub(crate) fn is_current(&self, section: &Section) -> bool {
        self.section == *section
    }

    /// The badge of an entry, if it has one.
    pub(crate) fn badge(&self, section: &Section) -> Option<String> {
        (*section == Section::Review && self.waiting > 0).then(|| format::count(self.waiting))
    }

    /// Where the search box looks.
    pub(crate) fn search_action(&self) -> &'static str {
        if self.section == Section::Accounts { "/accounts" } else { "/contacts" }
    }
}
