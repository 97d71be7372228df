//! Recordings made by a published ECG model, for demonstration and tests.
