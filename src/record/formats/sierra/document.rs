//! Walks through a Sierra file and gathers what it says of its samples.

use crate::record::fault::XmlFault;
use crate::record::formats::xml::{Attributes, Path, Visitor, decode_base64};

/// All that is read of the file. What version 1.03 says in `signalcharacteristics`, 1.04 repeats in the attributes of
/// `parsedwaveforms`.
#[derive(Default)]
pub struct Document {
    /// In Hz.
    pub sampling_rate: Option<f64>,
    /// Microvolts in one unit of the samples.
    pub resolution: Option<f64>,
    pub bits_per_sample: Option<u32>,
    /// `Base64`.
    pub encoding: Option<String>,
    /// `XLI`; none where the samples are stored plainly.
    pub compression: Option<String>,
    /// The leads' names, parted by spaces; from version 1.04 on.
    labels: Option<String>,
    /// The samples, still compressed.
    pub data: Option<Vec<u8>>,
    /// Milliseconds.
    duration: Option<f64>,
    acquisition_type: String,
    n_channels: Option<usize>,
    date: Option<String>,
    time: Option<String>,
}

impl Document {
    /// Samples that each lead should have.
    pub fn stated_samples(&self) -> Option<usize> {
        let count = self.duration? * self.sampling_rate? / 1000.0;
        (1.0..1e9).contains(&count).then_some(count.round() as usize)
    }

    /// The leads' names, where they are stated.
    pub fn labels(&self) -> Vec<&str> {
        self.labels.as_deref().unwrap_or_default().split_whitespace().collect()
    }

    /// Leads that are in use, where that is stated.
    pub fn n_leads(&self) -> Option<usize> {
        Some(self.labels().len()).filter(|&count| count > 0).or(self.n_channels.filter(|&count| count > 0))
    }

    /// Whether the leads are the standard twelve, in their order.
    pub fn is_twelve_lead(&self) -> bool {
        ["STD-12", "10-WIRE"].contains(&self.acquisition_type.as_str())
    }

    /// When the ECG was taken, in ISO 8601.
    pub fn start(&self) -> Option<String> {
        let is_made_of = |text: &str, mark: char| text.chars().all(|c| c.is_ascii_digit() || c == mark);
        let date = self.date.as_ref().filter(|date| date.len() == 10 && is_made_of(date, '-'))?;
        Some(match self.time.as_ref().filter(|time| time.len() == 8 && is_made_of(time, ':')) {
            Some(time) => format!("{date}T{time}"),
            None => date.clone(),
        })
    }
}

fn positive(number: f64) -> Option<f64> {
    Some(number).filter(|number| number.is_finite() && *number > 0.0)
}

impl Visitor for Document {
    fn open(&mut self, path: &Path, attributes: &Attributes) -> Result<(), XmlFault> {
        match path.name() {
            "dataacquisition" => (self.date, self.time) = (attributes.get("date"), attributes.get("time")),
            "parsedwaveforms" => {
                let number = |name: &str| attributes.number(name).and_then(positive);
                self.encoding = attributes.get("dataencoding");
                self.compression = attributes.get("compressmethod").or_else(|| attributes.get("compression"));
                self.labels = attributes.get("leadlabels");
                self.duration = number("durationperchannel");
                // What stands with the samples is believed before what stands elsewhere.
                self.sampling_rate = number("samplespersecond").or(self.sampling_rate);
                self.resolution = number("resolution").or(self.resolution);
                let bits = attributes.get("bitspersample").or_else(|| attributes.get("nbitspersample"));
                self.bits_per_sample = bits.and_then(|bits| bits.parse().ok()).or(self.bits_per_sample);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, path: &Path, text: &str) -> Result<(), XmlFault> {
        if path.name() == "parsedwaveforms" {
            self.data = Some(decode_base64(text)?);
        } else if path.has("signalcharacteristics") {
            let number = || text.trim().parse().ok().and_then(positive);
            match path.name() {
                "samplingrate" => self.sampling_rate = self.sampling_rate.or_else(number),
                // Called `signalresolution` in version 1.03.
                "resolution" | "signalresolution" => self.resolution = self.resolution.or_else(number),
                "bitspersample" => self.bits_per_sample = self.bits_per_sample.or_else(|| text.trim().parse().ok()),
                "acquisitiontype" => self.acquisition_type = text.trim().to_string(),
                "numberchannelsvalid" => self.n_channels = text.trim().parse().ok(),
                _ => {}
            }
        }
        Ok(())
    }
}
