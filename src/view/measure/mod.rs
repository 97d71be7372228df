//! Measuring on the trace, as plain functions without a page.
//!
//! - [`caliper`]: two moments and two levels, what lies between them, and how they are moved.
//! - [`rr_row`]: RR intervals above the trace.
//! - [`charts`]: the Poincaré plot, the mean beat and the beats' shares of the importance, as markup.

pub mod caliper;
pub mod charts;
pub mod rr_row;
