//! The raw table of a file, and how it was understood.

use crate::velocity::Velocity;

const EXPORT: &str = "\
Customers of the north
exported by hand

id;name;city
1;\"Example; Ana\";Lille
2;Ben;Metz;too much
3;Carla
Total: 3
";

#[test]
fn the_table_is_printed_as_it_was_read() {
    let velocity = Velocity::new();
    velocity.file("export.csv", EXPORT);
    let read = velocity.run(&["read", "export.csv"]).ok();
    assert_eq!(read.stdout, "id,name,city\r\n1,Example; Ana,Lille\r\n2,Ben,Metz,too much\r\n3,Carla,\r\n");
    assert!(read.stderr.contains("2 rows are not like the others"), "{}", read.stderr);

    let json = velocity.run(&["read", "export.csv", "--format", "json"]).ok().json();
    assert_eq!(json["headers"], serde_json::json!(["id", "name", "city"]));
    assert_eq!(json["rows"][2], serde_json::json!(["3", "Carla", null]));
}

#[test]
fn how_it_was_understood_is_said_with_the_reason() {
    let velocity = Velocity::new();
    velocity.file("export.csv", EXPORT);
    let why = velocity.run(&["read", "export.csv", "--explain"]).ok();
    for line in ["encoding", "UTF-8", "rows have 3 cells", "line 4", "Customers of the north", "read.too_many_cells"] {
        assert!(why.stdout.contains(line), "no `{line}` in\n{}", why.stdout);
    }
    let json = velocity.run(&["read", "export.csv", "--explain", "--format", "json"]).ok().json();
    assert_eq!(json[0]["detected"][1]["of"], "delimiter");
}

#[test]
fn every_table_of_a_file_is_printed_if_asked_for() {
    let velocity = Velocity::new();
    velocity.file("two.csv", "id,name\n1,Ana\n2,Ben\n\nday,sum,what\n2026-01-02,10,x\n2026-01-03,12,y\n");
    let first = velocity.run(&["read", "two.csv"]).ok();
    assert_eq!(first.stdout, "id,name\r\n1,Ana\r\n2,Ben\r\n");
    assert!(first.stderr.contains("--all"), "{}", first.stderr);
    let all = velocity.run(&["read", "two.csv", "--all", "--format", "json"]).ok().json();
    assert_eq!(all.as_array().map(Vec::len), Some(2));
}

#[test]
fn other_files_are_read_and_others_refused_with_what_to_do() {
    let velocity = Velocity::new();
    velocity.file(
        "cards.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Example\r\nTEL;TYPE=cell:+33 6 00 00 00 00\r\nEND:VCARD\r\n",
    );
    let read = velocity.run(&["read", "cards.vcf"]).ok();
    assert!(read.stdout.contains("Ana Example") && read.stdout.contains("TEL;type=cell"), "{}", read.stdout);
    velocity.file("people.json", "[{\"id\": 900719925474099312345, \"name\": \"Ana\"}]");
    assert_eq!(velocity.run(&["read", "people.json"]).ok().stdout, "id,name\r\n900719925474099312345,Ana\r\n");

    velocity.file("cut.json", "[{\"id\": 1,");
    let refused = velocity.run(&["read", "cut.json"]);
    assert_eq!(refused.code, Some(3));
    assert!(refused.stderr.contains("line 1, column 10") && refused.stderr.contains("next:"), "{}", refused.stderr);
    let usage = velocity.run(&["runs", "--format", "csv"]);
    assert_eq!(usage.code, Some(2), "{}", usage.stderr);
}
