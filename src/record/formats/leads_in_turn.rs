//! Leads that were recorded one after the other, on one time line.

use crate::record::Lead;
use crate::record::lead_name::numbered;

/// Samples that may be shown for each that a file holds. Twelve leads one after the other need twelve; a file that
/// claims far more is damaged, and would fill the memory with nothing.
const MOST_GAPS: usize = 16;

/// A lead and the place of its first sample, counted from wherever the file counts.
pub struct Placed {
    pub name: String,
    pub first: u64,
    pub samples: Vec<f32>,
}

/// All leads from the first sample of the earliest to the last of the latest, with missing samples where a lead was
/// not recorded; `None` where they are so far apart that the file must be damaged.
pub fn on_one_time_line(placed: Vec<Placed>) -> Option<Vec<Lead>> {
    let first = placed.iter().map(|lead| lead.first).min().unwrap_or(0);
    let offset = |lead: &Placed| usize::try_from(lead.first - first).unwrap_or(usize::MAX);
    let total = placed.iter().map(|lead| offset(lead).saturating_add(lead.samples.len())).max().unwrap_or(0);
    let there: usize = placed.iter().map(|lead| lead.samples.len()).sum();
    (total.saturating_mul(placed.len()) <= there.saturating_mul(MOST_GAPS)).then_some(())?;
    let names = numbered(placed.iter().map(|lead| lead.name.clone()).collect());
    let leads = names.into_iter().zip(placed).map(|(name, lead)| {
        let offset = offset(&lead);
        let mut samples = lead.samples;
        if offset > 0 {
            samples.splice(0..0, std::iter::repeat_n(f32::NAN, offset));
        }
        samples.resize(total, f32::NAN);
        Lead { name, samples }
    });
    Some(leads.collect())
}
