//! Figures over labelled sets.
