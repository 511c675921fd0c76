//! Source profiles: shipped, parsed, checked, written.

mod check;
mod locate;

use std::sync::LazyLock;

use velocity_model::Profile;

use crate::ProfileError;
use locate::{position, span_of};

/// The profiles of `source-profiles/`, by path. A test compares the list with the folder.
const SOURCES: &[(&str, &str)] = &[
    ("3cx/calls", include_str!("../../../source-profiles/3cx/calls.toml")),
    ("3cx/calls-v18", include_str!("../../../source-profiles/3cx/calls-v18.toml")),
    ("3cx/cdr", include_str!("../../../source-profiles/3cx/cdr.toml")),
    ("asterisk/cdr", include_str!("../../../source-profiles/asterisk/cdr.toml")),
    ("calendly/events", include_str!("../../../source-profiles/calendly/events.toml")),
    ("espocrm/accounts", include_str!("../../../source-profiles/espocrm/accounts.toml")),
    ("espocrm/calls", include_str!("../../../source-profiles/espocrm/calls.toml")),
    ("espocrm/contacts", include_str!("../../../source-profiles/espocrm/contacts.toml")),
    ("espocrm/leads", include_str!("../../../source-profiles/espocrm/leads.toml")),
    ("espocrm/opportunities", include_str!("../../../source-profiles/espocrm/opportunities.toml")),
    ("espocrm/tasks", include_str!("../../../source-profiles/espocrm/tasks.toml")),
    ("eventbrite/attendees", include_str!("../../../source-profiles/eventbrite/attendees.toml")),
    ("facebook/leads", include_str!("../../../source-profiles/facebook/leads.toml")),
    ("followupboss/people", include_str!("../../../source-profiles/followupboss/people.toml")),
    ("freshdesk/tickets", include_str!("../../../source-profiles/freshdesk/tickets.toml")),
    ("freshsales/contacts", include_str!("../../../source-profiles/freshsales/contacts.toml")),
    ("freshsales/deals", include_str!("../../../source-profiles/freshsales/deals.toml")),
    ("google/contacts", include_str!("../../../source-profiles/google/contacts.toml")),
    ("google/contacts-old", include_str!("../../../source-profiles/google/contacts-old.toml")),
    ("hubspot/companies", include_str!("../../../source-profiles/hubspot/companies.toml")),
    ("hubspot/contacts", include_str!("../../../source-profiles/hubspot/contacts.toml")),
    ("hubspot/contacts-with-companies", include_str!("../../../source-profiles/hubspot/contacts-with-companies.toml")),
    ("hubspot/deals", include_str!("../../../source-profiles/hubspot/deals.toml")),
    ("hubspot/notes", include_str!("../../../source-profiles/hubspot/notes.toml")),
    ("icalendar/events", include_str!("../../../source-profiles/icalendar/events.toml")),
    ("kvcore/contacts", include_str!("../../../source-profiles/kvcore/contacts.toml")),
    ("legacy/clients", include_str!("../../../source-profiles/legacy/clients.toml")),
    ("linkedin/connections", include_str!("../../../source-profiles/linkedin/connections.toml")),
    ("mail/messages", include_str!("../../../source-profiles/mail/messages.toml")),
    ("mailchimp/audience", include_str!("../../../source-profiles/mailchimp/audience.toml")),
    ("monday/items", include_str!("../../../source-profiles/monday/items.toml")),
    ("odoo/partners", include_str!("../../../source-profiles/odoo/partners.toml")),
    ("outlook/contacts", include_str!("../../../source-profiles/outlook/contacts.toml")),
    ("outlook/people", include_str!("../../../source-profiles/outlook/people.toml")),
    ("pipedrive/activities", include_str!("../../../source-profiles/pipedrive/activities.toml")),
    ("pipedrive/deals", include_str!("../../../source-profiles/pipedrive/deals.toml")),
    ("pipedrive/notes", include_str!("../../../source-profiles/pipedrive/notes.toml")),
    ("pipedrive/organizations", include_str!("../../../source-profiles/pipedrive/organizations.toml")),
    ("pipedrive/people", include_str!("../../../source-profiles/pipedrive/people.toml")),
    ("portal/enquiries", include_str!("../../../source-profiles/portal/enquiries.toml")),
    ("portal/magicbricks", include_str!("../../../source-profiles/portal/magicbricks.toml")),
    ("quickbooks/customers", include_str!("../../../source-profiles/quickbooks/customers.toml")),
    ("reso/contacts", include_str!("../../../source-profiles/reso/contacts.toml")),
    ("reso/history", include_str!("../../../source-profiles/reso/history.toml")),
    ("reso/prospecting", include_str!("../../../source-profiles/reso/prospecting.toml")),
    ("salesforce/account", include_str!("../../../source-profiles/salesforce/account.toml")),
    ("salesforce/contact", include_str!("../../../source-profiles/salesforce/contact.toml")),
    ("salesforce/lead", include_str!("../../../source-profiles/salesforce/lead.toml")),
    ("salesforce/opportunity", include_str!("../../../source-profiles/salesforce/opportunity.toml")),
    ("salesforce/opportunity-report", include_str!("../../../source-profiles/salesforce/opportunity-report.toml")),
    ("salesforce/task", include_str!("../../../source-profiles/salesforce/task.toml")),
    ("stripe/customers", include_str!("../../../source-profiles/stripe/customers.toml")),
    ("stripe/payments", include_str!("../../../source-profiles/stripe/payments.toml")),
    ("suitecrm/accounts", include_str!("../../../source-profiles/suitecrm/accounts.toml")),
    ("suitecrm/contacts", include_str!("../../../source-profiles/suitecrm/contacts.toml")),
    ("suitecrm/leads", include_str!("../../../source-profiles/suitecrm/leads.toml")),
    ("suitecrm/opportunities", include_str!("../../../source-profiles/suitecrm/opportunities.toml")),
    ("twenty/companies", include_str!("../../../source-profiles/twenty/companies.toml")),
    ("twenty/people", include_str!("../../../source-profiles/twenty/people.toml")),
    ("vcard/contacts", include_str!("../../../source-profiles/vcard/contacts.toml")),
    ("velocity/notes", include_str!("../../../source-profiles/velocity/notes.toml")),
    ("velocity/scores", include_str!("../../../source-profiles/velocity/scores.toml")),
    ("velocity/tasks", include_str!("../../../source-profiles/velocity/tasks.toml")),
    ("whatsapp/chat", include_str!("../../../source-profiles/whatsapp/chat.toml")),
    ("xero/contacts", include_str!("../../../source-profiles/xero/contacts.toml")),
    ("zendesk/tickets", include_str!("../../../source-profiles/zendesk/tickets.toml")),
    ("zoho/accounts", include_str!("../../../source-profiles/zoho/accounts.toml")),
    ("zoho/calls", include_str!("../../../source-profiles/zoho/calls.toml")),
    ("zoho/contacts", include_str!("../../../source-profiles/zoho/contacts.toml")),
    ("zoho/deals", include_str!("../../../source-profiles/zoho/deals.toml")),
    ("zoho/leads", include_str!("../../../source-profiles/zoho/leads.toml")),
    ("zoho/notes", include_str!("../../../source-profiles/zoho/notes.toml")),
    ("zoho/tasks", include_str!("../../../source-profiles/zoho/tasks.toml")),
];

static SHIPPED: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    // Each of them parses: a test reads them one by one, so that none is lost here.
    SOURCES.iter().filter_map(|(_, text)| parse(text).ok()).collect()
});

/// The profiles that come with the program, by name.
pub fn shipped() -> &'static [Profile] {
    &SHIPPED
}

/// Reads and checks a profile.
///
/// # Errors
/// [`ProfileError::Syntax`] if the text is not TOML or has a key that profiles do not have, [`ProfileError::Invalid`] if it
/// contradicts itself; both with the line and column of the fault.
pub fn parse(text: &str) -> Result<Profile, ProfileError> {
    let profile: Profile = toml::from_str(text).map_err(|error| {
        let (line, column) = position(text, error.span().map_or(0, |span| span.start));
        ProfileError::Syntax { line, column, message: error.message().replace('\n', " ") }
    })?;
    match check::first_fault(&profile) {
        None => Ok(profile),
        Some(fault) => {
            let (line, column) = position(text, span_of(text, &fault.path));
            Err(ProfileError::Invalid {
                line,
                column,
                key: locate::key(&fault.path),
                message: fault.message,
                allowed: fault.allowed,
            })
        }
    }
}

/// The JSON Schema (2020-12) of profiles, as `source-profiles/profile.schema.json` publishes it. It says what form a profile
/// has; [`parse`] checks the meaning as well.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Profile);
    // Plain data with text keys always has a JSON form.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// Writes a profile as [`parse`] reads it.
pub fn to_toml(profile: &Profile) -> String {
    // Plain data with text keys always has a TOML form.
    toml::to_string(profile).unwrap_or_default()
}

#[cfg(test)]
mod tests;
