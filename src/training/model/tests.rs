use rand::SeedableRng;

use super::{super::objective::cross_entropy, *};

/// Small, with every kind of layer: strides of 1 and 2, widths that reach over the margins, blocks without a shortcut, and
/// one that is dilated.
fn small() -> Architecture {
    Architecture {
        channels: vec![4, 4, 6, 6, 6],
        widths: vec![15, 5, 3, 7, 5],
        strides: vec![2, 2, 2, 1, 1],
        dilations: vec![1, 1, 1, 1, 3],
    }
}

fn model(seed: u64) -> Model {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut model = Model::new(&small(), &mut rng);
    // Nothing at a special value.
    let count = model.parameters.len();
    let noise: Vec<f32> = (0..count).map(|_| 0.1 * normal(&mut rng)).collect();
    model.parameters.iter_mut().zip(noise).for_each(|(value, noise)| *value += noise);
    for statistics in &mut model.statistics {
        statistics.mean.fill_with(|| 0.2 * normal(&mut rng));
        statistics.variance.fill_with(|| 1.0 + rng.random::<f32>());
    }
    model
}

fn windows(count: usize) -> Vec<f32> {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    (0..count).map(|_| normal(&mut rng)).collect()
}

fn loss(model: &Model, windows: &[f32], length: usize, targets: &[f32], mode: Mode) -> f64 {
    let mut pool = Pool::default();
    let logits = model.forward(windows, length, mode, &mut pool).logits;
    f64::from(cross_entropy(&logits, targets).0)
}

/// Along a random direction that follows the gradient's signs, by central differences, in both modes and for lengths
/// that the strides do and do not divide.
#[test]
fn gradients_match_central_differences() {
    for (length, mode) in [(64, Mode::Own), (61, Mode::Own), (64, Mode::Running), (63, Mode::Running)] {
        let model = model(3);
        let windows = windows(3 * length);
        let targets = [0.4, 0.0, 0.1, 0.0, 0.0, 0.3, 0.0, 0.0, 0.05, 0.05, 0.05, 0.05];
        let mut pool = Pool::default();
        let trail = model.forward(&windows, length, mode, &mut pool);
        let (_, of_logits) = cross_entropy(&trail.logits, &targets);
        let mut gradient = vec![0.0; model.parameters.len()];
        let of_windows =
            model.backward(&trail, &trail.spread(&of_logits), Some(&mut gradient), true, &mut pool).unwrap();

        let mut rng = ChaCha8Rng::seed_from_u64(4);
        let direction = |gradient: &[f32], rng: &mut ChaCha8Rng| -> Vec<f32> {
            let raw: Vec<f32> = gradient.iter().map(|g| g + g.abs() * normal(rng)).collect();
            let norm = raw.iter().map(|v| v * v).sum::<f32>().sqrt();
            raw.iter().map(|v| v / norm).collect()
        };
        let moved = |from: &[f32], along: &[f32], step: f32| -> Vec<f32> {
            from.iter().zip(along).map(|(a, b)| a + step * b).collect()
        };
        let step = 2e-3;
        let along = direction(&gradient, &mut rng);
        let expected: f32 = gradient.iter().zip(&along).map(|(a, b)| a * b).sum();
        let at = |step: f32| {
            let moved = Model { parameters: moved(&model.parameters, &along, step), ..model.clone() };
            loss(&moved, &windows, length, &targets, mode)
        };
        let measured = ((at(step) - at(-step)) / f64::from(2.0 * step)) as f32;
        assert!((measured - expected).abs() < 0.02 * expected.abs(), "{mode:?} {length}: {measured}, {expected}");

        let along = direction(&of_windows, &mut rng);
        let expected: f32 = of_windows.iter().zip(&along).map(|(a, b)| a * b).sum();
        let at = |step: f32| loss(&model, &moved(&windows, &along, step), length, &targets, mode);
        let step = 5e-3;
        let measured = ((at(step) - at(-step)) / f64::from(2.0 * step)) as f32;
        assert!((measured - expected).abs() < 0.02 * expected.abs(), "{mode:?} {length}: {measured}, {expected}");
    }
}

#[test]
fn memory_that_was_used_before_changes_nothing() {
    let (model, windows, mut pool) = (model(1), windows(3 * 64), Pool::default());
    let first = model.forward(&windows, 64, Mode::Own, &mut pool);
    let logits = first.logits.clone();
    first.finish(&mut pool);
    let mut pool = Pool::default();
    (0..40).for_each(|_| pool.give(vec![f32::NAN; 10_000]));
    let again = model.forward(&windows, 64, Mode::Own, &mut pool);
    assert_eq!(again.logits, logits);
}

/// Through the file and back; half precision is what is lost.
#[test]
fn answers_survive_the_weights_file() {
    let (model, windows, mut pool) = (model(2), windows(2 * 80), Pool::default());
    let bytes = model.to_safetensors(Default::default());
    let read = Model::from_safetensors(&bytes, &small()).unwrap();
    let before = model.forward(&windows, 80, Mode::Running, &mut pool).logits;
    let after = read.forward(&windows, 80, Mode::Running, &mut pool).logits;
    assert!(before.iter().zip(&after).all(|(a, b)| (a - b).abs() < 5e-3), "{before:?} {after:?}");
}

/// The module that ships, on burn: the same answers, and by its automatic gradients the same gradient of the input.
#[cfg(feature = "cpu")]
#[test]
fn burn_answers_the_same_and_its_gradients_agree() {
    use burn::{
        module::Module,
        tensor::{Device, Tensor, TensorData},
    };

    let mut model = Model::new(&Architecture::default(), &mut ChaCha8Rng::seed_from_u64(6));
    for statistics in &mut model.statistics {
        // Random weights of so many layers would else let the answers explode.
        statistics.variance.fill(2.0);
    }
    let bytes = model.to_safetensors(Default::default());
    let model = Model::from_safetensors(&bytes, &Architecture::default()).unwrap();
    let (length, count) = (800, 2);
    let windows = windows(count * length);
    let mut pool = Pool::default();
    let trail = model.forward(&windows, length, Mode::Running, &mut pool);
    // The gradient of the first window's AF logit minus the second's Normal one.
    let of_logits = [0.0, 1.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0];
    let gradient = model.backward(&trail, &trail.spread(&of_logits), None, true, &mut pool).unwrap();

    let device = Device::flex();
    let network = crate::network::Network::from_safetensors(&bytes, &device).unwrap();
    let mut unpacked = network.clone().freeze();
    unpacked.unpack();
    let input = Tensor::<3>::from_data(TensorData::new(windows, [count, 1, length]), &device);
    let answers: Vec<f32> = network.forward(input.clone()).into_data().try_to_vec().unwrap();
    let scale = answers.iter().fold(0.0f32, |most, value| most.max(value.abs()));
    assert!(
        answers.iter().zip(&trail.logits).all(|(a, b)| (a - b).abs() < 1e-4 * scale),
        "{answers:?} {:?}",
        trail.logits
    );

    let input = input.autodiff().require_grad();
    let logits = unpacked.forward(input.clone());
    let wanted = Tensor::<2>::from_data(TensorData::new(of_logits.to_vec(), [count, 4]), &device);
    let gradients = (logits * Tensor::from_inner(wanted)).sum().backward();
    let expected: Vec<f32> = input.grad(&gradients).unwrap().into_data().try_to_vec().unwrap();
    let scale = expected.iter().fold(0.0f32, |most, value| most.max(value.abs()));
    assert!(gradient.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4 * scale));
}

/// As `common_term` says: adding one function of the features to every logit moves the maps of logits, and neither
/// probabilities nor the maps of these.
#[cfg(feature = "cpu")]
#[test]
fn what_all_logits_have_in_common_moves_their_maps_alone() {
    use burn::tensor::{Device, Tensor, TensorData, activation::softmax};

    use crate::explain::{Score, grad_cam};
    use crate::network::{Class, Layer, Network};

    let mut model = Model::new(&Architecture::default(), &mut ChaCha8Rng::seed_from_u64(8));
    model.statistics.iter_mut().for_each(|statistics| statistics.variance.fill(2.0));
    let mut moved = model.clone();
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let common: Vec<f32> = (0..model.head().0.len() / CLASSES).map(|_| 0.1 * normal(&mut rng)).collect();
    moved.add_to_all_logits(&common);

    let device = Device::flex();
    let input = Tensor::<3>::from_data(TensorData::new(windows(800), [1, 1, 800]), &device);
    let explained = |model: &Model, score| {
        let network = Network::from_safetensors(&model.to_safetensors(Default::default()), &device).unwrap();
        let cam = grad_cam(&network, Layer::Stage6, input.clone(), Some(Class::AtrialFibrillation), score);
        let values = |tensor: Tensor<2>| -> Vec<f32> { tensor.into_data().try_to_vec().unwrap() };
        (values(softmax(cam.logits, 1)), values(cam.maps))
    };
    let apart = |a: &[f32], b: &[f32]| {
        let scale = a.iter().fold(0.0f32, |most, value| most.max(value.abs()));
        a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max) / scale
    };
    let (before, after) = (explained(&model, Score::Logit), explained(&moved, Score::Logit));
    // As far as the weights file's half precision goes.
    assert!(apart(&before.0, &after.0) < 0.02, "{:?} {:?}", before.0, after.0);
    assert!(apart(&before.1, &after.1) > 0.1, "the maps of the logit");
    let (before, after) = (explained(&model, Score::Softmax), explained(&moved, Score::Softmax));
    assert!(apart(&before.1, &after.1) < 0.02, "the maps of the probability: {}", apart(&before.1, &after.1));
}
