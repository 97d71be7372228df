//! The recordings are measured as a stranger would measure them: from their samples.

use super::*;

#[test]
#[ignore = "writes the demonstrations as CSV to the folder in SYNTHETIC_CSV, to be looked at with other tools"]
fn write_csv() {
    let Ok(folder) = std::env::var("SYNTHETIC_CSV") else { return };
    for demo in demos() {
        let record = demo.record();
        let lines: Vec<String> = record.leads[0].samples.iter().map(|mv| format!("{mv}")).collect();
        std::fs::write(format!("{folder}/{}.csv", demo.id), lines.join("\n")).unwrap();
    }
}
