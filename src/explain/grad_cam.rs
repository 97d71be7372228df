//! Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391) in one dimension.

use burn::tensor::{
    Tensor,
    activation::{relu, softmax},
};

use super::Score;
use crate::network::{Class, Layer, Network};

/// Logits and importance of a batch of windows, still on the device.
pub struct GradCam {
    /// `[windows, 4]`
    pub logits: Tensor<2>,
    /// `[windows, length of the layer's feature map]`, zero or more, un-normalised.
    pub maps: Tensor<2>,
}

/// Classifies `windows` (`[windows, 1, length]`, of one recording) and explains one class for all of them.
///
/// The weight of a channel is the gradient of the class's score with respect to that channel, averaged over time
/// (MATLAB sums: a constant factor); the map is the ReLU of the weighted sum of channels. Each window's map is of that
/// window's own score. `class` `None` explains the class with the highest mean logit; it is found on the device, so
/// that a GPU is read once and not twice.
pub fn grad_cam(network: &Network, layer: Layer, windows: Tensor<3>, class: Option<Class>, score: Score) -> GradCam {
    // Only what lies after the layer needs a graph; before it the plain device does without.
    let features = network.features_at(layer, windows);
    let (logits, gradient) = score_gradient(network, layer, features.clone(), class, score);
    let weights = gradient.mean_dim(2);
    let maps = relu((features * weights).sum_dim(1)).squeeze_dim::<2>(1);
    GradCam { logits, maps }
}

/// Logits (`[windows, 4]`) from a layer's `features` (`[windows, channels, length]`), and the gradient of the class's
/// score, summed over windows, with respect to those features.
pub fn score_gradient(
    network: &Network,
    layer: Layer,
    features: Tensor<3>,
    class: Option<Class>,
    score: Score,
) -> (Tensor<2>, Tensor<3>) {
    let features = features.autodiff().require_grad();
    let logits = network.logits_from(layer, features.clone());
    let chosen = one_hot(class, logits.clone().inner());
    let scores = match score {
        Score::Logit => logits.clone(),
        Score::Softmax => softmax(logits.clone(), 1),
    };
    let gradients = (scores * Tensor::from_inner(chosen)).sum().backward();
    let gradient = features.grad(&gradients).expect("the score depends on the features");
    (logits.inner(), gradient)
}

/// `[1, 4]`: 1 for the class, 0 for the others; without a class, 1 for the one with the highest mean logit.
fn one_hot(class: Option<Class>, logits: Tensor<2>) -> Tensor<2> {
    match class {
        Some(class) => {
            let mut values = [[0.0f32; 4]];
            values[0][class.index()] = 1.0;
            Tensor::from_data(values, &logits.device())
        }
        None => {
            let mean = logits.mean_dim(0);
            let highest = mean.clone().max_dim(1);
            mean.equal(highest.expand([1, 4])).float()
        }
    }
}

#[cfg(all(test, feature = "cpu"))]
mod tests {
    use burn::tensor::{Device, Distribution, TensorData};

    use super::*;

    fn random(shape: [usize; 3], device: &Device) -> Tensor<3> {
        Tensor::random(shape, Distribution::Normal(0.0, 1.0), device)
    }

    /// A trained-looking network: batch normalisation folded in, as shipped.
    fn network(device: &Device) -> Network {
        let bytes = Network::new(device).to_safetensors(Default::default());
        Network::from_safetensors(&bytes, device).unwrap()
    }

    fn score_of(network: &Network, layer: Layer, features: Tensor<3>, class: Class, score: Score) -> f64 {
        let logits = network.logits_from(layer, features);
        let scores = match score {
            Score::Logit => logits,
            Score::Softmax => softmax(logits, 1),
        };
        let values: Vec<f32> = scores.into_data().try_to_vec().unwrap();
        values.chunks(4).map(|window| window[class.index()] as f64).sum()
    }

    /// The directional derivative along a random direction, by central differences through the network's own head.
    #[test]
    fn gradients_match_central_differences_at_every_layer() {
        let device = Device::flex();
        device.seed(5);
        let network = network(&device);
        let input = random([2, 1, 640], &device);
        for layer in Layer::ALL {
            for (class, score) in [(Class::AtrialFibrillation, Score::Logit), (Class::Other, Score::Softmax)] {
                let features = network.features_at(layer, input.clone());
                let (_, gradient) = score_gradient(&network, layer, features.clone(), Some(class), score);
                // Along the gradient itself the derivative is its squared length: the largest signal over rounding.
                let direction = gradient.clone() + random(gradient.dims(), &device) * gradient.clone().abs();
                let length: f32 = direction.clone().square().sum().sqrt().into_scalar();
                let direction = direction / length;
                let expected: f32 = (gradient * direction.clone()).sum().into_scalar();
                let step = 2e-2;
                let up = score_of(&network, layer, features.clone() + direction.clone() * step, class, score);
                let down = score_of(&network, layer, features - direction * step, class, score);
                let measured = (up - down) / (2.0 * step);
                let error = (measured - expected as f64).abs() / (expected as f64).abs();
                assert!(error < 0.02, "{layer:?} {score:?}: {measured} against {expected}");
            }
        }
    }

    /// For global average pooling and a linear head, Grad-CAM at the last layer is class activation mapping: the
    /// channel's weight is the head's, over the map's length (Selvaraju et al., section 3.1).
    #[test]
    fn the_last_layers_map_has_its_closed_form() {
        let device = Device::flex();
        let network = network(&device);
        let input = random([3, 1, 800], &device);
        for class in Class::ALL {
            let result = grad_cam(&network, Layer::default(), input.clone(), Some(class), Score::Logit);
            let maps: Vec<f32> = result.maps.into_data().try_to_vec().unwrap();
            let features: Vec<f32> =
                network.features_at(Layer::default(), input.clone()).into_data().try_to_vec().unwrap();
            let head: Vec<f32> = network.head.weight.val().into_data().try_to_vec().unwrap();
            let (channels, cells) = (head.len() / 4, 50);
            for window in 0..3 {
                for cell in 0..cells {
                    let sum: f32 = (0..channels)
                        .map(|channel| {
                            features[(window * channels + channel) * cells + cell] * head[channel * 4 + class.index()]
                        })
                        .sum();
                    let expected = (sum / cells as f32).max(0.0);
                    assert!((maps[window * cells + cell] - expected).abs() < 1e-5);
                }
            }
        }
    }

    #[test]
    fn without_a_class_the_answer_is_explained() {
        let device = Device::flex();
        let network = network(&device);
        let input = random([1, 1, 600], &device);
        let free = grad_cam(&network, Layer::Stage3, input.clone(), None, Score::Logit);
        let logits: Vec<f32> = free.logits.into_data().try_to_vec().unwrap();
        let label = Class::of_highest(&[logits[0], logits[1], logits[2], logits[3]]);
        let asked = grad_cam(&network, Layer::Stage3, input, Some(label), Score::Logit);
        let (free, asked): (TensorData, TensorData) = (free.maps.into_data(), asked.maps.into_data());
        assert_eq!(free, asked);
    }
}
