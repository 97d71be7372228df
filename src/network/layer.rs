//! The places in the network whose feature maps can be looked at.

use serde::{Deserialize, Serialize};

/// The output of one of the network's stages, the signal's end first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Layer {
    Stem,
    Stage1,
    Stage2,
    Stage3,
    Stage4,
    Stage5,
    /// The last feature map, the one that global average pooling reads: Grad-CAM's usual place.
    #[default]
    Stage6,
}

impl Layer {
    /// All layers, from the signal's end to the answer's.
    pub const ALL: [Layer; 7] =
        [Layer::Stem, Layer::Stage1, Layer::Stage2, Layer::Stage3, Layer::Stage4, Layer::Stage5, Layer::Stage6];

    /// The name the command line and the page use.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Stem => "stem",
            Layer::Stage1 => "stage1",
            Layer::Stage2 => "stage2",
            Layer::Stage3 => "stage3",
            Layer::Stage4 => "stage4",
            Layer::Stage5 => "stage5",
            Layer::Stage6 => "stage6",
        }
    }

    pub fn from_name(name: &str) -> Option<Layer> {
        Layer::ALL.into_iter().find(|layer| layer.name() == name)
    }
}
