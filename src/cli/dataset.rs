//! temporary loader until the record room lands
use super::CommandError;
use crate::{
    network::{Class, training::LabelledRecording},
    signal::prepare,
};
use std::{io::Read, path::Path};
pub fn load(path: &Path) -> Result<Vec<LabelledRecording>, CommandError> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path)?)?;
    let mut csv = String::new();
    zip.by_name("training2017/REFERENCE.csv")?.read_to_string(&mut csv)?;
    let mut out = Vec::new();
    for line in csv.lines() {
        let (name, code) = line.split_once(',').unwrap();
        let Some(class) = Class::from_code(code.trim()) else { continue };
        let mut bytes = Vec::new();
        let Ok(mut f) = zip.by_name(&format!("training2017/{name}.mat")) else { continue };
        f.read_to_end(&mut bytes)?;
        let samples: Vec<f32> =
            bytes[24..].as_chunks::<2>().0.iter().map(|b| i16::from_le_bytes(*b) as f32 / 1000.0).collect();
        let Ok(prepared) = prepare(&samples, 300.0) else {
            eprintln!("skip {name}");
            continue;
        };
        out.push(LabelledRecording { name: name.into(), class, prepared });
    }
    Ok(out)
}
