//! What a person sees, tested in headless Chromium: the published files, served from a sub-path as a static host would,
//! driven over WebDriver.
//!
//! `make test` builds the page and runs these. By hand:
//! `ECG_LENS_DIST=dist cargo test --features cli --test browser -- --test-threads=2`.
//!
//! | file | what it tests |
//! | --- | --- |
//! | `harness/` | no test: the browser, the server, and the words the tests are written in |
//! | `first_visit` | the explained demonstration; CPU, WebGPU and native answers agree |
//! | `not_read` | stretches without a signal: shaded, and no part of the answer |
//! | `open_files` | recordings by drop, picker, folder and archive, with several leads or without a sampling rate |
//! | `language` | both languages: how one is chosen, and a switch without a reload |
//! | `list` | one's own recordings: each once, taken out, the browser's Back |
//! | `leads` | all leads at once, and annotations |
//! | `measure` | paper in true millimetres, calipers, beats, filters for the eye |
//! | `compare` | a second trace: another class or layer, another recording, panning together |
//! | `recent` | own recordings, kept for the next visit where that is wanted |
//! | `reader` | a large archive, and a reader that dies |
//! | `room` | a labelled set classified whole: counts, galleries, Stop, the synthetic set |
//! | `day` | a recording of hours: burden, episodes, a click that opens the moment, Stop |
//! | `strip` | a recording of more than a minute: episodes, the window in view, marked rhythms, what goes out |
//! | `doubt` | an answer that is not certain, where the map is highest, signs that disagree |
//! | `bad_input` | what cannot be read: sentences, and a page that goes on |
//! | `engines` | which device answers, and a GPU that goes away |
//! | `trace` | views, pan and zoom, axes, colours, read-out, other classes and layers, dark paper, phones |
//! | `out` | files to take away, held against the command line; the printed page |
//! | `share` | links, opened in a fresh profile on another host |
//! | `keep` | without a network after one visit; a newer version |
//! | `axe` | every view, without a violation that axe-core finds |
//! | `served` | the page as `make serve` serves it (`.ci/run` asks for this one) |
//! | `smoke` | the page starts, from a sub-path, within its content security policy, without a foreign request |

#[allow(dead_code, reason = "a vocabulary; not every word of it is in use at all times")]
mod harness;

mod axe;
mod bad_input;
mod compare;
mod day;
mod doubt;
mod engines;
mod first_visit;
mod keep;
mod language;
mod leads;
mod list;
mod measure;
mod not_read;
mod open_files;
mod out;
mod reader;
mod recent;
mod room;
mod served;
mod share;
mod smoke;
mod strip;
mod trace;
