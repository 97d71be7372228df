//! The model card (Mitchell et al. 2019, arXiv:1810.03993): what the network is, and every figure that was measured of it.

use serde::{Deserialize, Serialize};

use super::intervals::Estimate;

/// What `public/model-card.json` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    /// Tells the weights that the figures are of.
    pub weights: String,
    /// What it is for.
    pub purpose: String,
    /// What it must not be used for.
    pub limits: String,
    /// What it was trained on, and that data's licence.
    pub data: String,
    /// How it was trained, in words.
    pub training: String,
    /// Recordings in each part of the split: training, validation, calibration, test.
    pub parts: [usize; 4],
    pub groups: Vec<FigureGroup>,
}

/// Figures that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureGroup {
    pub title: String,
    /// On what, and how, they were measured.
    pub how: String,
    pub figures: Vec<Figure>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub name: String,
    #[serde(flatten)]
    pub estimate: Estimate,
}
