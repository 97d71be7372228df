//! The page.

pub mod colour;
pub mod geometry;
