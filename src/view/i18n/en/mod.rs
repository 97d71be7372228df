//! Every word on the page in English.

mod compare;
mod doubt;
mod evaluation;
mod export;
mod holter;
mod main;
mod measurements;
mod quality;
mod read_errors;
mod records;
mod remarks;
mod sheet;
mod strip;

pub struct English;
