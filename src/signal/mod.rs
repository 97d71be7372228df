//! What is done to samples before the network reads them. Pure functions of `&[f32]` and a sampling rate.
