//! Any table to its entities, from the command line.

use crate::velocity::Velocity;

const PEOPLE: &str = "\
id,first_name,last_name,date of birth,email,city
1,Ana,Example,1980-03-04,ana.example@mail.example,Lyon
2,ANA,Exampel,1980-03-04,ana.example@mail.example,Lyon
3,Ben,Sample,1975-11-20,ben@post.example,Nantes
4,Benjamin,Sample,1975-11-20,,Nantes
5,Carla,Test,1991-01-30,carla.test@mail.example,Paris
";

#[test]
fn a_table_becomes_entities_and_every_pair_can_be_explained() {
    let velocity = Velocity::new();
    velocity.file("people.csv", PEOPLE);
    let found = velocity.run(&["dedupe", "people.csv", "--format", "json"]).ok().json();
    assert_eq!((&found["records"], &found["entities"], &found["id_column"]), (&5.into(), &3.into(), &"id".into()));
    let clusters = std::fs::read_to_string(velocity.path("clusters.csv")).expect("written");
    assert_eq!(clusters, "record_id,entity_id\n1,1\n2,1\n3,3\n4,3\n5,5\n");

    velocity.run(&["dedupe", "people.csv", "--pairs", "pairs.csv"]).ok();
    let pairs = std::fs::read_to_string(velocity.path("pairs.csv")).expect("written");
    assert!(pairs.starts_with("a,b,bits,probability\n1,2,"), "{pairs}");

    let why = velocity.run(&["explain", "people.csv", "1", "2"]).ok();
    for word in ["typing error in the family name", "same e-mail", "One, rather than", "one entity"] {
        assert!(why.stdout.contains(word), "no `{word}` in\n{}", why.stdout);
    }
    let why = velocity.run(&["explain", "people.csv", "1", "5"]).ok();
    assert!(why.stdout.contains("two entities"), "{}", why.stdout);
}

#[test]
fn a_report_shows_what_was_learnt_and_what_came_of_it() {
    let velocity = Velocity::new();
    velocity.file("people.csv", PEOPLE);
    velocity.file("truth.csv", "record_id,entity_id\n1,a\n2,a\n3,b\n4,b\n5,c\n");
    velocity.run(&["dedupe", "people.csv", "--report", "why", "--truth", "truth.csv"]).ok();
    let page = std::fs::read_to_string(velocity.path("why/report.html")).expect("written");
    for part in ["Pairs by weight", "by the known truth", "typing error in the family name", "Ana", "Exampel"] {
        assert!(page.contains(part), "no `{part}`");
    }
    assert!(!page.contains("src=") && !page.contains("href=\"http"), "the page needs nothing else");
    let report = std::fs::read_to_string(velocity.path("why/report.json")).expect("written");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!((&report["records"], &report["entities"]), (&5.into(), &3.into()));
    // A table in which nobody is like anybody has a report too.
    velocity.file("strangers.csv", "id,first_name\n1,Ana\n2,Benjamin\n3,Zoe\n");
    velocity.run(&["dedupe", "strangers.csv", "--report", "none"]).ok();
    assert!(velocity.path("none/report.html").exists());
}

#[test]
fn what_was_learnt_of_one_table_resolves_another() {
    let velocity = Velocity::new();
    velocity.file("people.csv", PEOPLE);
    velocity.run(&["dedupe", "people.csv", "--out", "learnt.csv"]).ok();
    velocity.run(&["train", "people.csv"]).ok();
    velocity.run(&["dedupe", "people.csv", "--plan", "plan.json", "--out", "by-plan.csv"]).ok();
    let read = |name: &str| std::fs::read_to_string(velocity.path(name)).expect("written");
    assert_eq!(read("learnt.csv"), read("by-plan.csv"));
    // Another table of the same columns, and one more that the plan does not know.
    velocity.file(
        "more.csv",
        "id,first_name,last_name,date of birth,email,shoe\n7,Zoe,Other,1980-03-04,zoe@x.example,41\n8,Zoe,Other,1980-03-04,zoe@x.example,\n",
    );
    let found = velocity.run(&["dedupe", "more.csv", "--plan", "plan.json", "--format", "json"]).ok().json();
    assert_eq!(found["entities"], 1, "{found}");

    velocity.file("labels.csv", "a,b,is_match\n1,2,true\n3,4,yes\n1,5,false\n2,5,true\n5,2,false\n");
    let learnt = velocity.run(&["train", "people.csv", "--labels", "labels.csv", "--format", "json"]).ok().json();
    assert_eq!((&learnt["labels"], &learnt["contradicting"]), (&5.into(), &1.into()), "{learnt}");
    velocity.file("bad.csv", "a,b,is_match\n1,2,maybe\n");
    let failed = velocity.run(&["train", "people.csv", "--labels", "bad.csv"]);
    assert_eq!(failed.code, Some(2));
    assert!(failed.stderr.contains("line 2") && failed.stderr.contains("maybe"), "{}", failed.stderr);
    velocity.file("no-plan.json", "{}");
    assert_eq!(velocity.run(&["dedupe", "people.csv", "--plan", "no-plan.json"]).code, Some(2));
}

#[test]
fn pairs_of_names_are_judged_word_by_word() {
    let velocity = Velocity::new();
    velocity.file(
        "names.csv",
        "schema,name1,name2,is_match\nPerson,Ana Example,\"Example, Ana\",true\nPerson,Ana Example,Ben Example,false\n\
         Company,Example Trading Ltd,Example Trading,true\n",
    );
    let found = velocity.run(&["explain", "--pairs", "names.csv"]).ok();
    for words in ["one", "different words", "Against the known answers: precision 1.0000  recall 1.0000"] {
        assert!(found.stdout.contains(words), "no `{words}` in\n{}", found.stdout);
    }
    velocity.run(&["explain", "--pairs", "names.csv", "--out", "judged.csv"]).ok();
    let judged = std::fs::read_to_string(velocity.path("judged.csv")).expect("written");
    assert!(judged.starts_with("name1,name2,are_one,bits,probability\nAna Example,\"Example, Ana\",true,"), "{judged}");
}

#[test]
fn tables_of_different_columns_are_linked_and_measured() {
    let velocity = Velocity::new();
    velocity.file("crm.csv", PEOPLE);
    velocity.file(
        "shop.csv",
        "Customer ID;Nom;Prénom;Courriel\n1;Example;Ana;ana.example@mail.example\n9;Other;Zoe;zoe@x.example\n",
    );
    velocity.run(&["link", "crm.csv", "shop.csv", "--out", "linked.csv"]).ok();
    let linked = std::fs::read_to_string(velocity.path("linked.csv")).expect("written");
    assert!(linked.starts_with("source,record_id,entity_id\n"), "{linked}");
    assert!(linked.contains("shop,1,crm:1\n") && linked.contains("shop,9,shop:9\n"), "{linked}");

    velocity.file("truth.csv", "source,record_id,entity_id\nCRM,1,a\ncrm,2,a\ncrm,5,c\nshop,1,a\nshop,9,z\n");
    let measured = velocity.run(&["evaluate", "truth.csv", "linked.csv", "--format", "json"]).ok().json();
    assert_eq!(measured["pairwise"]["f1"], 1.0, "{measured}");
}

#[test]
fn a_mistake_is_named_with_what_to_do() {
    let velocity = Velocity::new();
    velocity.file("people.csv", PEOPLE);
    velocity.file("twice.csv", "id,first_name\n1,Ana\n1,Ben\n");
    velocity.file("header.csv", "id,first_name\n");
    for (args, code, words) in [
        (&["dedupe", "nothing.csv"][..], 3, &["nothing.csv"][..]),
        (&["dedupe", "header.csv"], 3, &["has no rows"]),
        (&["dedupe", "twice.csv", "--id-column", "id"], 2, &["`1` stands in more than one row", "--id-column"]),
        (&["dedupe", "people.csv", "--ignore-column", "nope"], 2, &["no column `nope`", "first_name"]),
        (&["dedupe", "people.csv", "--threshold", "1.5"], 2, &["between 0 and 1"]),
        (&["explain", "people.csv", "1", "77"], 2, &["`77`"]),
        (&["evaluate", "people.csv", "people.csv"], 2, &["record_id and entity_id"]),
    ] {
        let ended = velocity.run(args);
        assert_eq!(ended.code, Some(code), "{args:?}: {}", ended.stderr);
        for word in words {
            assert!(ended.stderr.contains(word), "{args:?}: no `{word}` in\n{}", ended.stderr);
        }
    }
}

/// Forty people, each twice: with another birth date, so that somebody is asked.
fn doubtful() -> (String, String) {
    let mut people = "id,first_name,last_name,email,phone,birth_date\n".to_owned();
    let mut truth = "record_id,entity_id\n".to_owned();
    for person in 0..40 {
        let (given, family) = (["Ana", "Ben", "Carla", "Dora"][person % 4], ["Example", "Sample", "Test"][person % 3]);
        let number = 39_980_000 + person;
        let (born, other) = (1950 + person % 30, 1960 + person % 25);
        people += &format!("{person}a,{given},{family},p{person}@mail.example,+336{number},{born}-03-14\n");
        people += &format!("{person}b,{given},{family},p{person}@mail.example,+336{number},{other}-11-29\n");
        truth += &format!("{person}a,{person}\n{person}b,{person}\n");
    }
    (people, truth)
}

#[test]
fn what_was_decided_teaches() {
    let velocity = Velocity::new();
    velocity.file("people.csv", &doubtful().0);
    velocity.run(&["import", "people.csv", "--yes"]).ok();
    let untaught = velocity.run(&["train", "people.csv", "--decisions"]).ok();
    assert!(untaught.stdout.contains("nothing was decided about rows of these files"), "{}", untaught.stdout);
    let open = velocity.run(&["review", "--format", "json", "--limit", "500"]).ok().json();
    let ids: Vec<&str> =
        open["items"].as_array().expect("questions").iter().filter_map(|item| item["id"].as_str()).take(6).collect();
    for id in &ids[..5] {
        velocity.run(&["review", "--merge", id]).ok();
    }
    velocity.run(&["review", "--apart", ids[5]]).ok();
    let taught = velocity.run(&["train", "people.csv", "--decisions", "--format", "json", "--out", "taught.json"]);
    assert_eq!(taught.ok().json()["labels"], 6);
    let plan = |name: &str| std::fs::read_to_string(velocity.path(name)).expect("written");
    assert_ne!(plan("plan.json"), plan("taught.json"));
    // Of a file that is not in the client base nothing was decided.
    velocity.file("others.csv", format!("{}x,Zoe,Other,z@mail.example,,\n", doubtful().0));
    let others = velocity.run(&["train", "others.csv", "--decisions", "--format", "json"]).ok().json();
    assert_eq!(others["labels"], 0);
}

#[test]
fn what_decisions_are_worth_is_measured_without_deciding() {
    let velocity = Velocity::new();
    let (people, truth) = doubtful();
    velocity.file("people.csv", &people);
    velocity.file("truth.csv", &truth);
    velocity.run(&["import", "people.csv", "--yes"]).ok();
    let before = velocity.run(&["review", "--format", "json", "--limit", "500"]).ok().stdout;
    let found = velocity.run(&["review", "--simulate", "truth.csv", "--format", "json"]).ok().json();
    let f1 = |place: usize| found["queue"][place]["agreement"]["f1"].as_f64().expect("a share");
    assert_eq!(found["queue"][0]["decisions"], 0);
    assert!(f1(1) > f1(0), "{found}");
    assert_eq!(found["shuffled"][0], found["queue"][0]);
    assert_eq!(
        velocity.run(&["review", "--format", "json", "--limit", "500"]).ok().stdout,
        before,
        "nothing was decided"
    );
}

#[test]
fn columns_of_one_meaning_are_one_whatever_they_are_called_and_identifiers_never() {
    let velocity = Velocity::new();
    let person = |number: usize| {
        let given = ["Ana", "Ben", "Carla", "Dominic", "Elena"][number % 5];
        format!("{given},{}{number}", ["Albrecht", "Castellano", "Dubois", "Eriksen"][number % 4])
    };
    let rows = |row: &dyn Fn(usize) -> String| (0..40).map(|number| row(number) + "\n").collect::<String>();
    let passport = |number: usize| format!("K{}", 480_113 + number * 7919);
    let tax = |number: usize| format!("{}", 20_114_377 + number * 104_729);
    velocity.file(
        "a.csv",
        &("id,first name,surname,tax id\n".to_owned() + &rows(&|n| format!("{n},{},{}", person(n), tax(n)))),
    );
    velocity.file(
        "b.csv",
        &("id,given name,last name,passport number\n".to_owned()
            + &rows(&|n| format!("{n},{},{}", person(n), passport(n)))),
    );
    velocity.file(
        "c.csv",
        &("id,given name,last name,tax id,passport number\n".to_owned()
            + &rows(&|n| format!("{n},{},{},{}", person(n), tax(n), passport(n)))),
    );
    let of = |files: [&str; 3]| {
        velocity.run(&["link", files[0], files[1], files[2], "--id-column", "id"]).ok();
        let clusters = std::fs::read_to_string(velocity.path("clusters.csv")).expect("written");
        let mut lines: Vec<String> = clusters.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        let entities: std::collections::BTreeSet<&str> =
            clusters.lines().skip(1).filter_map(|line| line.rsplit(',').next()).collect();
        assert_eq!(entities.len(), 40, "each person stands in three files: {clusters}");
        lines
    };
    let found = of(["a.csv", "b.csv", "c.csv"]);
    for files in [["c.csv", "a.csv", "b.csv"], ["b.csv", "c.csv", "a.csv"]] {
        assert_eq!(of(files), found, "the order of files reaches no result");
    }
}
