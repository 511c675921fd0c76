//! Tables in markup.

use velocity_ingest::RawTable;

use crate::cells;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Elements that repeat, their names those of the columns as far as names may be.
pub(crate) fn xml(table: &RawTable) -> Vec<u8> {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n".to_owned();
    for row in &table.rows {
        text += "<record kind=\"row\">";
        for (header, cell) in cells(table, row) {
            let name: String = header.chars().filter(char::is_ascii_alphabetic).collect();
            text += &format!("<a{name}>{}</a{name}>", escaped(cell));
        }
        text += "</record>\n";
    }
    (text + "</records>\n").into_bytes()
}

/// A page with the table.
pub(crate) fn html(table: &RawTable) -> Vec<u8> {
    let mut text = "<html><body><table>\n".to_owned();
    for row in header(table).chain(table.rows.iter().cloned()) {
        let cells = row.iter().flatten().map(|cell| format!("<td>{}", escaped(cell))).collect::<String>();
        text += &format!("<tr>{cells}\n");
    }
    (text + "</table></body></html>\n").into_bytes()
}

/// A workbook of Excel 2003.
pub(crate) fn spreadsheet_ml(table: &RawTable) -> Vec<u8> {
    let namespace = "urn:schemas-microsoft-com:office:spreadsheet";
    let mut text = format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"{namespace}\" xmlns:ss=\"{namespace}\"><Styles><Style ss:ID=\"d\">\
         <NumberFormat ss:Format=\"Short Date\"/></Style></Styles><Worksheet ss:Name=\"A\"><Table>\n"
    );
    for row in header(table).chain(table.rows.iter().cloned()) {
        text += "<Row>";
        for (number, cell) in (1..).zip(row.iter().flatten()).filter(|(_, cell)| !cell.is_empty()) {
            let kind = if cell.parse::<f64>().is_ok() { "Number" } else { "String" };
            text += &format!(
                "<Cell ss:Index=\"{number}\" ss:StyleID=\"d\"><Data ss:Type=\"{kind}\">{}</Data></Cell>",
                escaped(cell)
            );
        }
        text += "</Row>\n";
    }
    (text + "</Table></Worksheet></Workbook>\n").into_bytes()
}

/// The header as a row.
pub(crate) fn header(table: &RawTable) -> impl Iterator<Item = Vec<Option<String>>> {
    table.headers.iter().map(|headers| headers.iter().cloned().map(Some).collect())
}
