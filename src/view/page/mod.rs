//! The page itself.
//!
//! - `app`: the whole of it; `state`: what it knows and what one can do; `language`: in which language it speaks (the words
//!   themselves are in `view::i18n`).
//! - Ways in: `drop` (drops and pickers), `reading` (files to recordings), `recordings` (the lists), and on the page
//!   `gallery`, `rate_form`, `problems`.
//! - The answer: `answer` (the class in words), `probabilities` (the bars, and which class to explain), `device`; `about` (the model
//!   card).
//! - The trace: `trace` (the drawing), made of `paper`, `gradient`, `ribbon`, `axes`, `cursor`; around it `toolbar`,
//!   `colour_bar`, and `gestures` (pan and zoom).
//! - Several leads: `lead_answers` (what is said of each), `all_leads` (the sheet), made of `lead_trace`; `lead_list`;
//! - `day`: recordings of more than a minute, window by window.
//! - `annotations`: beats and rhythms above the trace.
//! - `measure`: paper at a true scale, calipers, beats, filters for the eye.
//! - `compare`: a second trace under the first.
//! - `out`: what is taken away from the page: files, a print, a link; and the page itself, kept for use without a network.
//! - `room`: a labelled set, classified whole and looked at.
//! - `spoken`: where the importance lies, in a sentence for screen readers.
//! - `visits`: the browser's Back and Forward.
//! - `storage`, `kept`: what the browser remembers; `dialog`: what dialogs do alike.
//! - `theme`: light or dark; `timing`: User Timing measures.

mod about;
mod all_leads;
mod annotations;
mod answer;
mod app;
mod axes;
mod colour_bar;
mod compare;
mod cursor;
mod day;
mod device;
mod dialog;
mod drop;
mod errands;
mod gallery;
mod gestures;
mod gradient;
mod kept;
mod language;
mod lead_answers;
mod lead_list;
mod lead_trace;
mod measure;
mod not_read;
mod out;
mod paper;
mod probabilities;
mod problems;
mod rate_form;
mod reading;
mod recordings;
mod ribbon;
mod room;
mod spoken;
mod state;
mod storage;
mod theme;
mod timing;
mod toolbar;
mod trace;
mod visits;

pub use app::open_page;
