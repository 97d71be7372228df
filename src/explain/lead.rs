//! A whole lead: prepared, cut in windows, classified and explained, and the windows' maps joined.

use burn::tensor::{Device, Tensor, TensorData};

use super::{Explanation, ImportanceMap, Question, TimeGrid, grad_cam};
use crate::{
    network::{Class, Layer, Network, softmax},
    signal::{
        CELL_SAMPLES, MIN_SECONDS, NETWORK_FS, Prepared, Reading, Unusable, WINDOW_SAMPLES, normalise, read,
        window_starts,
    },
};

/// Windows that run through the network together: enough to fill a device, few enough to fit in a page's memory.
const BATCH: usize = 32;

/// Classifies and explains one lead. `samples` in mV (NaN where missing), `fs` in Hz.
pub async fn explain_lead(
    network: &Network,
    device: &Device,
    samples: &[f32],
    fs: f64,
    question: Question,
) -> Result<Explanation, Unusable> {
    Ok(explain_reading(network, device, &read(samples, fs)?, question).await)
}

/// The same for a lead whose usable stretches are known.
///
/// Each is explained by itself. The logits are the mean over the stretches, by their length; and so that a value means as
/// much in a short stretch as in a long one, each map is scaled to the gradient of that mean.
pub async fn explain_reading(network: &Network, device: &Device, reading: &Reading, question: Question) -> Explanation {
    if let ([part], true) = (reading.parts.as_slice(), reading.not_read.is_empty()) {
        return explain_prepared(network, device, &part.prepared, question).await;
    }
    let mut explained = Vec::with_capacity(reading.parts.len());
    for part in &reading.parts {
        explained.push(explain_prepared(network, device, &part.prepared, question).await);
    }
    let of_parts: Vec<[f32; 4]> = explained.iter().map(|it| it.logits).collect();
    let logits = weighted(&of_parts, &reading.weights());
    let label = Class::of_highest(&logits);
    let class = question.class.unwrap_or(label);
    // One class for all stretches.
    for (part, explanation) in reading.parts.iter().zip(&mut explained).filter(|(_, it)| it.class != class) {
        let question = Question { class: Some(class), ..question };
        *explanation = explain_prepared(network, device, &part.prepared, question).await;
    }
    let probabilities = softmax(&logits);
    let maps: Vec<ImportanceMap> = explained.into_iter().map(|it| it.importance).collect();
    Explanation {
        sets: network.set_thresholds.map(|thresholds| thresholds.sets(&probabilities)),
        probabilities,
        logits,
        label,
        class,
        layer: question.layer,
        score: question.score,
        importance: in_place(&maps, reading),
    }
}

/// The maps of a lead's parts, as one of the lead's.
fn in_place(maps: &[ImportanceMap], reading: &Reading) -> ImportanceMap {
    // One window's gradient is spread over as many values as the window has.
    let window = |seconds: f64| seconds.min(WINDOW_SAMPLES as f64 / NETWORK_FS);
    let all = window(reading.parts.iter().map(|part| part.seconds()).sum::<f64>()).max(MIN_SECONDS);
    let mut joined = ImportanceMap {
        grid: maps.first().map_or(TimeGrid { start: 0.0, fs: 1.0 }, |map| map.grid),
        values: Vec::new(),
        unusable: reading.not_read.clone(),
    };
    let cell_seconds = CELL_SAMPLES as f64 / NETWORK_FS;
    for (part, map) in reading.parts.iter().zip(maps) {
        let first = (part.cells_before as f64 * cell_seconds * map.grid.fs).round() as usize;
        let scale = (window(part.seconds()) / all) as f32;
        joined.values.resize(joined.values.len().max(first), 0.0);
        joined.values.truncate(first);
        joined.values.extend(map.values.iter().map(|value| value * scale));
    }
    // A moment that is not read has no value, though padding made one.
    let unread: Vec<usize> =
        joined.known().enumerate().filter(|(_, it)| it.is_none()).map(|(index, _)| index).collect();
    unread.into_iter().for_each(|index| joined.values[index] = 0.0);
    joined
}

/// The same for a lead that is already prepared.
///
/// Up to 30 s are one window. Beyond, windows of 30 s overlap by half: the logits are the mean over windows, and where
/// maps overlap each counts by its distance from its window's nearer end.
pub async fn explain_prepared(
    network: &Network,
    device: &Device,
    prepared: &Prepared,
    question: Question,
) -> Explanation {
    let starts = window_starts(prepared.samples.len());
    let windows: Vec<Vec<f32>> = windows_at(&starts, &prepared.samples).collect();

    // One class for all windows. Where it is not given and more than one batch has to run, the answer comes first.
    let class = match question.class {
        None if windows.len() > BATCH => Some(Class::of_highest(&mean(&logits_of(network, device, &windows).await))),
        class => class,
    };
    let mut logits = Vec::with_capacity(windows.len());
    let mut maps = Vec::with_capacity(windows.len());
    for batch in windows.chunks(BATCH) {
        let result = grad_cam(network, question.layer, batch_tensor(batch, device), class, question.score);
        // Joined so that a GPU is read once.
        let joined = Tensor::cat(vec![result.logits, result.maps], 1);
        for row in rows(joined).await {
            logits.push([row[0], row[1], row[2], row[3]]);
            maps.push(row[4..].to_vec());
        }
    }
    let logits = mean(&logits);
    let label = Class::of_highest(&logits);
    let probabilities = softmax(&logits);
    Explanation {
        sets: network.set_thresholds.map(|thresholds| thresholds.sets(&probabilities)),
        probabilities,
        logits,
        label,
        class: question.class.unwrap_or(label),
        layer: question.layer,
        score: question.score,
        importance: join(&maps, &starts, question.layer),
    }
}

/// Probabilities of many prepared leads, without explaining them; windows of one length run together.
pub async fn classify_prepared(network: &Network, leads: &[&[f32]], device: &Device) -> Vec<[f32; 4]> {
    logits_of_prepared(network, leads, device).await.iter().map(softmax).collect()
}

/// The same for leads of which only stretches are read.
pub async fn classify_readings(network: &Network, readings: &[&Reading], device: &Device) -> Vec<[f32; 4]> {
    let parts: Vec<&[f32]> =
        readings.iter().flat_map(|it| &it.parts).map(|part| part.prepared.samples.as_slice()).collect();
    let logits = logits_of_prepared(network, &parts, device).await;
    let mut rest = logits.as_slice();
    let of_reading = |reading: &&Reading| {
        let (own, others) = rest.split_at(reading.parts.len());
        rest = others;
        softmax(&weighted(own, &reading.weights()))
    };
    readings.iter().map(of_reading).collect()
}

async fn logits_of_prepared(network: &Network, leads: &[&[f32]], device: &Device) -> Vec<[f32; 4]> {
    let mut windows: Vec<(usize, Vec<f32>)> = Vec::new();
    for (index, lead) in leads.iter().enumerate() {
        windows.extend(windows_at(&window_starts(lead.len()), lead).map(|window| (index, window)));
    }
    windows.sort_by_key(|(_, window)| window.len());
    let mut sums = vec![([0.0f32; 4], 0usize); leads.len()];
    for same_length in windows.chunk_by(|a, b| a.1.len() == b.1.len()) {
        for batch in same_length.chunks(BATCH) {
            let values: Vec<&[f32]> = batch.iter().map(|(_, window)| window.as_slice()).collect();
            let logits = rows(network.forward(batch_tensor(&values, device))).await;
            for ((index, _), row) in batch.iter().zip(logits) {
                let (sum, count) = &mut sums[*index];
                sum.iter_mut().zip(row).for_each(|(sum, logit)| *sum += logit);
                *count += 1;
            }
        }
    }
    sums.iter().map(|(sum, count)| sum.map(|value| value / *count as f32)).collect()
}

/// Probabilities of leads as they were recorded (mV, NaN where missing, and the sampling rate in Hz), each answer in its
/// lead's place.
pub async fn classify_leads(
    network: &Network,
    device: &Device,
    leads: &[(Vec<f32>, f64)],
) -> Vec<Result<[f32; 4], Unusable>> {
    let readings: Vec<Result<Reading, Unusable>> = leads.iter().map(|(samples, fs)| read(samples, *fs)).collect();
    let usable: Vec<&Reading> = readings.iter().flatten().collect();
    let mut classified = classify_readings(network, &usable, device).await.into_iter();
    readings
        .iter()
        .map(|reading| match reading {
            Ok(_) => Ok(classified.next().expect("an answer for each usable lead")),
            Err(unusable) => Err(*unusable),
        })
        .collect()
}

/// The windows of `signal` that begin at `starts`, as the network reads them.
fn windows_at(starts: &[usize], signal: &[f32]) -> impl Iterator<Item = Vec<f32>> {
    let len = signal.len().min(WINDOW_SAMPLES);
    starts.iter().map(move |&start| normalise(&signal[start..][..len]))
}

async fn logits_of(network: &Network, device: &Device, windows: &[Vec<f32>]) -> Vec<[f32; 4]> {
    let mut logits = Vec::with_capacity(windows.len());
    for batch in windows.chunks(BATCH) {
        let batch = rows(network.forward(batch_tensor(batch, device))).await;
        logits.extend(batch.iter().map(|row| [row[0], row[1], row[2], row[3]]));
    }
    logits
}

/// `[windows, 1, length]`
fn batch_tensor<W: AsRef<[f32]>>(windows: &[W], device: &Device) -> Tensor<3> {
    let len = windows.first().map_or(0, |window| window.as_ref().len());
    let values: Vec<f32> = windows.iter().flat_map(|window| window.as_ref()).copied().collect();
    Tensor::from_data(TensorData::new(values, [windows.len(), 1, len]), device)
}

async fn rows(tensor: Tensor<2>) -> Vec<Vec<f32>> {
    let [_, columns] = tensor.dims();
    let data = tensor.into_data_async().await.expect("the device answers, or is reported lost");
    let values: Vec<f32> = data.try_to_vec().expect("f32 tensors");
    values.chunks(columns).map(<[f32]>::to_vec).collect()
}

fn weighted(logits: &[[f32; 4]], weights: &[f32]) -> [f32; 4] {
    // A single one is passed on as it is.
    if let [only] = logits {
        return *only;
    }
    std::array::from_fn(|class| logits.iter().zip(weights).map(|(logits, weight)| logits[class] * weight).sum())
}

fn mean(logits: &[[f32; 4]]) -> [f32; 4] {
    std::array::from_fn(|class| logits.iter().map(|window| window[class]).sum::<f32>() / logits.len() as f32)
}

/// One map from those of overlapping windows, which start at `starts` (in samples at the network's rate).
fn join(maps: &[Vec<f32>], starts: &[usize], layer: Layer) -> ImportanceMap {
    let stride = Network::stride(layer);
    // Padding is symmetric, so value i of a feature map is centred on sample i · stride.
    let grid = TimeGrid { start: 0.0, fs: NETWORK_FS / stride as f64 };
    let cells = maps.first().map_or(0, Vec::len);
    if maps.len() == 1 {
        return ImportanceMap { grid, values: maps[0].clone(), unusable: Vec::new() };
    }
    let last = starts.last().map_or(0, |start| start / stride);
    let mut values = vec![0.0f32; last + cells];
    let mut weights = vec![0.0f32; last + cells];
    for (map, start) in maps.iter().zip(starts) {
        for (cell, value) in map.iter().enumerate() {
            let weight = (cell + 1).min(cells - cell) as f32;
            values[start / stride + cell] += weight * value;
            weights[start / stride + cell] += weight;
        }
    }
    values.iter_mut().zip(&weights).for_each(|(value, weight)| *value /= weight);
    ImportanceMap { grid, values, unusable: Vec::new() }
}

#[cfg(all(test, feature = "cpu"))]
mod tests {
    use super::*;

    #[test]
    fn maps_of_overlapping_windows_that_agree_join_to_the_same_map() {
        let starts = window_starts(7000);
        let whole: Vec<f32> = (0..600).map(|i| (i as f32 * 0.1).sin() + 1.0).collect();
        let maps: Vec<Vec<f32>> = starts.iter().map(|start| whole[start / 16..start / 16 + 188].to_vec()).collect();
        let joined = join(&maps, &starts, Layer::default());
        assert_eq!(joined.values.len(), starts.last().unwrap() / 16 + 188);
        assert!(joined.values.iter().zip(&whole).all(|(a, b)| (a - b).abs() < 1e-5));
    }

    #[test]
    fn classifying_in_batches_agrees_with_explaining_one_by_one() {
        let device = Device::flex();
        let bytes = Network::new(&device).to_safetensors(Default::default());
        let network = Network::from_safetensors(&bytes, &device).unwrap();
        let leads: Vec<Prepared> = [900, 3000, 6100]
            .map(|len| Prepared { samples: (0..len).map(|i| (i as f32 * 0.07).sin().powi(9)).collect() })
            .to_vec();
        let slices: Vec<&[f32]> = leads.iter().map(|lead| lead.samples.as_slice()).collect();
        let classified = pollster::block_on(classify_prepared(&network, &slices, &device));
        for (lead, expected) in leads.iter().zip(classified) {
            let explanation = pollster::block_on(explain_prepared(&network, &device, lead, Question::default()));
            for (a, b) in explanation.probabilities.iter().zip(expected) {
                assert!((a - b).abs() < 1e-5);
            }
        }
    }
}
