use proptest::prelude::*;
use velocity_model::{EntityKind, LinkRole};

use super::{Draft, suggest};
use crate::fixture::{csv, table};
use crate::{map, parse, recognise, to_toml};

fn draft(text: &str) -> Draft {
    let (staged, frame) = csv(text, ',');
    let draft = suggest(&staged, &frame, "exports/Our Clients 2024.csv", &[]);
    assert_eq!(draft.columns.len(), staged.headers.len(), "every column has a proposal");
    draft
}

/// The targets of a table that has headers only, by name; `-` for none.
fn targets(headers: &[&str]) -> Vec<String> {
    let (staged, frame) = table(headers, &[]);
    let draft = suggest(&staged, &frame, "x.csv", &[]);
    draft.columns.iter().map(|column| column.target.as_ref().map_or("-".to_owned(), ToString::to_string)).collect()
}

#[test]
fn headers_are_understood_in_eleven_languages() {
    let fields = [
        "given_name",
        "family_name",
        "birth_date",
        "email",
        "phone",
        "organisation_name",
        "street",
        "postcode",
        "city",
        "country",
    ];
    for headers in [
        [
            "First Name",
            "Last Name",
            "Date of birth",
            "E-mail Address",
            "Mobile Phone",
            "Company",
            "Street",
            "Zip Code",
            "City",
            "Country",
        ],
        [
            "Pr\u{e9}nom",
            "Nom de famille",
            "Date de naissance",
            "Courriel",
            "T\u{e9}l. portable",
            "Soci\u{e9}t\u{e9}",
            "Rue",
            "Code postal",
            "Ville",
            "Pays",
        ],
        [
            "Vorname",
            "Nachname",
            "Geburtsdatum",
            "E-Mail-Adresse",
            "Handynummer",
            "Firma",
            "Stra\u{df}e",
            "PLZ",
            "Ort",
            "Land",
        ],
        [
            "Nombre de pila",
            "Apellidos",
            "Fecha de nacimiento",
            "Correo electr\u{f3}nico",
            "M\u{f3}vil",
            "Empresa",
            "Calle",
            "C\u{f3}digo postal",
            "Ciudad",
            "Pa\u{ed}s",
        ],
        [
            "Nome proprio",
            "Cognome",
            "Data di nascita",
            "Indirizzo email",
            "Cellulare",
            "Azienda",
            "Via",
            "CAP",
            "Citt\u{e0}",
            "Paese",
        ],
        [
            "Primeiro nome",
            "Sobrenome",
            "Data de nascimento",
            "Endere\u{e7}o de email",
            "Telem\u{f3}vel",
            "Empresa",
            "Rua",
            "CEP",
            "Cidade",
            "Pa\u{ed}s",
        ],
        [
            "Voornaam",
            "Achternaam",
            "Geboortedatum",
            "E-mailadres",
            "Mobiel",
            "Bedrijfsnaam",
            "Straat",
            "Postcode",
            "Woonplaats",
            "Land",
        ],
        [
            "Imi\u{119}",
            "Nazwisko",
            "Data urodzenia",
            "Adres e-mail",
            "Numer telefonu",
            "Nazwa firmy",
            "Ulica",
            "Kod pocztowy",
            "Miasto",
            "Kraj",
        ],
        [
            "F\u{f6}rnamn",
            "Efternamn",
            "F\u{f6}delsedatum",
            "E-postadress",
            "Mobilnummer",
            "F\u{f6}retag",
            "Gatuadress",
            "Postnummer",
            "Postort",
            "Land",
        ],
        [
            "Fornavn",
            "Efternavn",
            "F\u{f8}dselsdato",
            "E-mail",
            "Mobilnummer",
            "Virksomhed",
            "Gade",
            "Postnr",
            "Bynavn",
            "Land",
        ],
        [
            "Fornavn",
            "Etternavn",
            "F\u{f8}dselsdato",
            "E-post",
            "Mobilnummer",
            "Bedrift",
            "Gateadresse",
            "Postnummer",
            "Poststed",
            "Land",
        ],
    ] {
        assert_eq!(targets(&headers), fields, "{headers:?}");
    }
}

#[test]
fn headers_of_well_known_exports() {
    let check = |headers: &[&str], expected: &[&str]| assert_eq!(targets(headers), expected, "{headers:?}");
    check(
        &["Salutation", "FirstName", "LastName", "OtherCity", "MailingCity", "HomePhone", "LeadSource", "CreatedDate"],
        &["name_prefix", "given_name", "family_name", "x_other_city", "city", "phone", "lead_source", "created_at"],
    );
    check(
        &[
            "Deal - Title",
            "Deal - Value",
            "Deal - Stage (pipeline)",
            "Deal - Expected close date",
            "Deal - Probability",
        ],
        &["title", "amount", "stage", "close_date", "probability"],
    );
    check(
        &["Organization - Name", "Organization - Address", "Organization - Labels", "Organization - Owner"],
        &["name", "address", "tag", "owner"],
    );
    check(
        &["Given Name", "Family Name", "E-mail 1 - Type", "E-mail 1 - Value", "Phone 2 - Value", "First Response Time"],
        &["given_name", "family_name", "-", "email", "phone", "x_first_response_time"],
    );
    check(
        &["Call Time", "Caller ID", "Status", "Talking", "Total Duration", "Call Type"],
        &["at", "phone", "status", "x_talking", "duration_seconds", "direction"],
    );
    check(
        &["Name", "Spouse Name", "Spouse Email", "Email"],
        &["full_name", "x_spouse_name", "x_spouse_email", "email"],
    );
}

#[test]
fn people_with_a_key() {
    let draft = draft(
        "record_id,full_name,first_and_surname,first_name,surname,dob,postcode_fake,gender,occupation,Shoe Size,Fax\n\
         r1,Ada Example,ada example,Ada,Example,1901-02-03,AB1 2CD,f,smith,38,\n\
         r2,Bo Example,bo example,Bo,Example,1902-02-03,AB1 2CE,m,,41,\n\
         r3,Cy Sample,cy sample,Cy,Sample,,,m,baker,,\n",
    );
    let named: Vec<String> =
        draft.columns.iter().map(|column| column.target.as_ref().map_or("-".to_owned(), ToString::to_string)).collect();
    assert_eq!(
        named,
        [
            "-",
            "full_name",
            "x_first_and_surname",
            "given_name",
            "family_name",
            "birth_date",
            "postcode",
            "gender",
            "occupation",
            "x_shoe_size",
            "-"
        ]
    );
    assert_eq!(draft.profile.entities[0].key, ["record_id"]);
    assert_eq!(draft.profile.name, "local/our-clients-2024");
    assert_eq!(draft.profile.ignore, ["Fax"]);
    assert!(draft.columns[2].reason.contains("taken from `surname`"));
    assert_eq!(draft.columns[5].sample_fill_percent, 66);
    assert!(draft.questions.is_empty());
}

#[test]
fn values_decide_where_the_header_does_not() {
    let draft = draft("Nom,Kontaktweg,Rating\nExample,a@example.com,5\nSample,b@example.com,4\n");
    assert_eq!(draft.columns[1].target.as_ref().map(|field| field.name()), Some("email"));
    let against = self::draft("Name,Email\nExample,yes\nSample,no\n");
    assert_eq!(against.columns[1].target.as_ref().map(|field| field.name()), Some("x_email"));
    assert!(against.columns[1].reason.contains("only 0 % of the values are e-mail addresses"));
}

#[test]
fn a_repeated_id_is_no_key() {
    let draft = draft("id,name,email\n1,Ada,a@example.com\n1,Bo,b@example.com\n");
    assert!(draft.profile.entities[0].key.is_empty());
    assert!(draft.columns[0].reason.contains("does not tell the rows apart"));
}

#[test]
fn an_employer_and_a_table_of_both_kinds() {
    let employed = draft("Name,Company,Email\nAda Example,Bluebay,a@example.com\nBo Example,Bluebay,b@example.com\n");
    assert_eq!(employed.profile.entities[1].kind, EntityKind::Organisation);
    assert_eq!(employed.profile.entities[0].links[0].role, LinkRole::Employer);
    let both = "id,name_last,name_first,name_org,phone\n1,Example,Ada,,+33639980001\n2,,,Bluebay Ltd,+33639980002\n";
    let (staged, frame) = csv(both, ',');
    let mixed = suggest(&staged, &frame, "both.csv", &[]);
    let mapped = map(&mixed.profile, &staged, &frame);
    let stated: Vec<(EntityKind, &str, usize)> = mapped
        .evidence
        .iter()
        .map(|evidence| (evidence.kind, evidence.key.as_str(), evidence.assertions.len()))
        .collect();
    assert_eq!(stated, [(EntityKind::Person, "1", 3), (EntityKind::Organisation, "2", 2)]);
}

#[test]
fn what_cannot_be_decided_is_asked() {
    let codes = |text: &str| {
        draft(text)
            .questions
            .into_iter()
            .map(|question| (question.code, question.column, question.rows))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes("Name,Born\nAda,03/04/1980\nBo,05/06/1981\n"),
        [("date.order_unknown".to_owned(), "Born".to_owned(), 2)]
    );
    assert_eq!(codes("Name,Born\nAda,03/04/1980\nBo,25/06/1981\n"), []);
    assert_eq!(
        codes("Name,Born\nAda,03/04/1980\nBo,25/06/1981\nCy,6/25/81\n"),
        [("date.order_unknown".to_owned(), "Born".to_owned(), 1)]
    );
    assert_eq!(codes("record_id,entity_id\nr1,7\nr2,8\n"), [("profile.no_identity".to_owned(), String::new(), 2)]);
}

#[test]
fn items_link_to_people_by_address() {
    let draft = draft(
        "Task id,Subject,Due date,Priority,Contact email\n1,Call,2026-01-02,high,a@example.com\n2,Write,2026-01-03,low,b@example.com\n",
    );
    let entity = &draft.profile.entities[0];
    assert_eq!((entity.kind, entity.links[0].role), (EntityKind::Task, LinkRole::Person));
    assert_eq!(entity.links[0].mention_from.as_deref(), Some("Contact email"));
}

proptest! {
    #[test]
    fn a_draft_without_questions_is_a_valid_profile_that_knows_its_table(
        headers in prop::collection::vec(prop_oneof![
            3 => prop::sample::select(vec!["Name", "name", "Email", "id", "Company", "dob", "Subject", "Stage", "Due date", "Notes", "Phone", "E-mail 1 - Label", ""]).prop_map(str::to_owned),
            1 => "\\PC{0,12}",
        ], 1..7),
        rows in prop::collection::vec(prop::collection::vec(prop::option::of(prop_oneof!["[a-z]{0,6}", "[0-9]{1,4}", "[a-z]{1,4}@x\\.example", any::<String>()]), 0..8), 0..6),
    ) {
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let (staged, frame) = table(&headers, &rows);
        let draft = suggest(&staged, &frame, "any.csv", &[]);
        prop_assert_eq!(draft.columns.len(), headers.len());
        if draft.questions.is_empty() {
            let parsed = parse(&to_toml(&draft.profile));
            prop_assert_eq!(parsed.as_ref(), Ok(&draft.profile));
            prop_assert!(recognise(std::slice::from_ref(&draft.profile), &staged).is_some());
        }
        let mapped = map(&draft.profile, &staged, &frame);
        prop_assert_eq!(mapped.rows.len() + mapped.quarantined.len(), rows.len());
    }
}

#[test]
fn what_known_exports_mean_by_a_header_decides_where_phrases_do_not() {
    let (staged, frame) = csv("Full name,Contact key,Ruling\nAda Example,7,a\n", ',');
    let known = |to: &str| {
        let head = "version = 1\nlabel = \"L\"\ntrust = 50\nrecognise = { headers = [\"Id\"] }\n[[entity]]\nkind = \"person\"\nid = \"p\"\n";
        let field = format!("field = [{{ to = \"{to}\", from = \"Ruling\" }}]\n");
        move |vendor: &str| parse(&format!("name = \"{vendor}/x\"\nsource = \"{vendor}\"\n{head}{field}")).unwrap()
    };
    let target = |known: &[velocity_model::Profile]| {
        let draft = suggest(&staged, &frame, "x.csv", known);
        draft.columns[2].target.as_ref().map_or("-".to_owned(), ToString::to_string)
    };
    assert_eq!(target(&[]), "x_ruling");
    assert_eq!(target(&[known("status")("a")]), "status");
    // As many that keep it beside the fields as that map it: nothing is learnt.
    assert_eq!(target(&[known("status")("a"), known("x_ruling")("b")]), "x_ruling");
    assert_eq!(target(&[known("status")("a"), known("status")("b"), known("x_ruling")("c")]), "status");
}

#[test]
fn further_addresses_further_lines_and_the_company_of_a_person() {
    let headers = [
        "First Name",
        "Company",
        "Industry",
        "Business Street",
        "Business Street 2",
        "Business City",
        "Home Street",
        "Home City",
        "Home Address",
        "Title",
        "Job Title",
    ];
    let expected = [
        "given_name",
        "organisation_name",
        "industry",
        "street",
        "street",
        "city",
        "address",
        "address",
        "address",
        "name_prefix",
        "job_title",
    ];
    assert_eq!(targets(&headers), expected);
    let text = format!("{}\nAda,Loom Ltd,Cloth,1 High St,Floor 2,Leeds,3 Low St,York,,Dr,Weaver\n", headers.join(","));
    let draft = draft(&text);
    let (staged, frame) = csv(&text, ',');
    let mapped = map(&draft.profile, &staged, &frame);
    let value = |kind: EntityKind, field: &str| -> Vec<String> {
        let of_kind = mapped.evidence.iter().filter(|evidence| evidence.kind == kind);
        let values = of_kind.flat_map(|evidence| &evidence.assertions).filter(|value| value.field.name() == field);
        values.map(|value| value.value.clone()).collect()
    };
    assert_eq!(value(EntityKind::Person, "street"), ["1 High St, Floor 2"]);
    assert_eq!(value(EntityKind::Person, "address"), ["3 Low St, York"]);
    assert_eq!(value(EntityKind::Organisation, "industry"), ["Cloth"]);
}

#[test]
fn a_deal_belongs_to_the_organisation_it_names() {
    let draft = draft("Deal name,Stage,Close date,Account name\nRoof,Won,2026-01-02,Loom Ltd\n");
    let [deal, organisation] = draft.profile.entities.as_slice() else { panic!("{:?}", draft.profile.entities) };
    assert_eq!((deal.kind, deal.links[0].role), (EntityKind::Opportunity, LinkRole::Organisation));
    assert_eq!(organisation.fields[0].from.as_deref(), Some("Account name"));
}

#[test]
fn terms_of_a_vocabulary_are_understood_by_their_last_part() {
    let headers = ["http://terms.example/person#phone_number", "https://terms.example/schema/birthDate"];
    assert_eq!(targets(&headers), ["phone", "birth_date"]);
}

#[test]
fn a_genre_of_many_sorts_is_no_gender() {
    let of = |sorts: &[&str]| {
        let rows = sorts.iter().enumerate().map(|(row, sort)| format!("Album {row},{sort}\n"));
        let draft = draft(&format!("album,genre\n{}", rows.collect::<String>()));
        draft.columns[1].target.as_ref().map(ToString::to_string)
    };
    let sorts = "pop rock jazz blues folk soul funk house techno opera swing ska punk".split(' ').collect::<Vec<_>>();
    assert_eq!(of(&["f", "m", "f", "m"]), Some("gender".to_owned()));
    assert_ne!(of(&sorts), Some("gender".to_owned()));
}
