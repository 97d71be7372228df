//! What a recording's leads may lack together: equal lengths, and limb leads that follow from others.

use super::lead_name::STANDARD_TWELVE;
use super::{Lead, Remark};

/// Makes all leads as long as the longest, with missing samples at the end; says so in the remarks.
pub fn equalise(leads: &mut [Lead], remarks: &mut Vec<Remark>) {
    let longest = leads.iter().map(|lead| lead.samples.len()).max().unwrap_or(0);
    let short: Vec<String> =
        leads.iter().filter(|lead| lead.samples.len() < longest).map(|lead| lead.name.clone()).collect();
    if short.is_empty() {
        return;
    }
    leads.iter_mut().for_each(|lead| lead.samples.resize(longest, f32::NAN));
    remarks.push(Remark::ShorterLeads { leads: short });
}

/// Adds those of III, aVR, aVL and aVF that are not there, where I and II are, and puts the standard leads in their
/// usual order; says so in the remarks.
///
/// By the laws of Einthoven (III = II − I) and Goldberger (aVR = −(I + II) / 2, aVL = (I − III) / 2,
/// aVF = (II + III) / 2): machines record eight leads and calculate these four.
pub fn derive_limb_leads(leads: &mut Vec<Lead>, remarks: &mut Vec<Remark>) {
    let samples = |name: &str| leads.iter().find(|lead| lead.name == name).map(|lead| lead.samples.as_slice());
    let (Some(i), Some(ii)) = (samples("I"), samples("II")) else { return };
    type Law = (&'static str, fn(f32, f32) -> f32);
    let laws: [Law; 4] = [
        ("III", |i, ii| ii - i),
        ("aVR", |i, ii| -(i + ii) / 2.0),
        ("aVL", |i, ii| i - ii / 2.0),
        ("aVF", |i, ii| ii - i / 2.0),
    ];
    let absent = laws.iter().filter(|(name, _)| samples(name).is_none());
    let derived: Vec<Lead> = absent
        .map(|(name, law)| Lead {
            name: name.to_string(),
            samples: i.iter().zip(ii).map(|(i, ii)| law(*i, *ii)).collect(),
        })
        .collect();
    if derived.is_empty() {
        return;
    }
    remarks.push(Remark::CalculatedLeads { leads: derived.iter().map(|lead| lead.name.clone()).collect() });
    leads.extend(derived);
    leads.sort_by_key(|lead| STANDARD_TWELVE.iter().position(|name| *name == lead.name).unwrap_or(usize::MAX));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(name: &str, samples: &[f32]) -> Lead {
        Lead { name: name.to_string(), samples: samples.to_vec() }
    }

    #[test]
    fn limb_leads_follow_from_i_and_ii() {
        let mut remarks = Vec::new();
        let mut leads = vec![lead("V1", &[9.0]), lead("I", &[1.0]), lead("II", &[4.0]), lead("aVR", &[7.0])];
        derive_limb_leads(&mut leads, &mut remarks);
        let expected = [("I", 1.0), ("II", 4.0), ("III", 3.0), ("aVR", 7.0), ("aVL", -1.0), ("aVF", 3.5), ("V1", 9.0)];
        assert_eq!(leads, expected.map(|(name, value)| lead(name, &[value])));
        assert!(remarks[0].to_string().contains("III, aVL, aVF"), "{remarks:?}");
        let mut one = vec![lead("I", &[1.0])];
        derive_limb_leads(&mut one, &mut remarks);
        assert_eq!((one.len(), remarks.len()), (1, 1));
    }

    #[test]
    fn short_leads_end_in_missing_samples() {
        let mut remarks = Vec::new();
        let mut leads = vec![lead("I", &[1.0, 2.0]), lead("II", &[1.0])];
        equalise(&mut leads, &mut remarks);
        assert!(leads[1].samples[1].is_nan() && remarks[0].to_string().contains("II"));
        equalise(&mut leads, &mut remarks);
        assert_eq!(remarks.len(), 1);
    }
}
