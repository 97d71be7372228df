//! Opens what a link brings.

use leptos::prelude::*;

use crate::view::i18n::Word;
use crate::view::link::{FORMAT, Link, LinkError, Shared as Sent};
use crate::view::page::recordings::{Problem, Row, Source};
use crate::view::page::state::{Heading, Page, Shared, TimeUnit};

/// Opens the link in the page's address, and any that is put there later.
pub fn follow(page: Page) {
    open_address(page);
    let handle = window_event_listener_untyped("hashchange", move |_| open_address(page));
    on_cleanup(move || handle.remove());
}

fn open_address(page: Page) {
    let fragment = window().location().hash().unwrap_or_default();
    let opened = match Link::from_fragment(&fragment) {
        None => {
            // What looked like a link, and is none: somebody waits for the first recording.
            if page.open.with_untracked(Option::is_none) {
                page.open_demo(None);
            }
            return;
        }
        Some(Ok(link)) => open(page, link),
        Some(Err(error)) => Err(Problem::of_nothing(word(error))),
    };
    if let Err(problem) = opened {
        page.recordings.complain(problem);
        if page.open.with_untracked(Option::is_none) {
            page.open_demo(None);
        }
    }
}

fn word(error: LinkError) -> Word {
    match error {
        LinkError::Damaged => |words| words.export().damaged_link(),
        LinkError::TooNew => |words| words.export().newer_link(),
    }
}

fn open(page: Page, link: Link) -> Result<(), Problem> {
    let (row, record, heading) = match &link.shared {
        Sent::Demo(id) => {
            let is = |row: &&Row| matches!(row.source, Source::Demo(demo) if demo.id == id);
            let row = page.recordings.demos.with_untracked(|rows| rows.iter().find(is).cloned());
            let unknown = || Problem::of_file(id, |words| words.unknown_demo());
            let row = row.ok_or_else(unknown)?;
            let heading = row.heading();
            let Source::Demo(demo) = row.source else { return Err(unknown()) };
            (row.id, Shared::new(demo.record()), heading)
        }
        packed => {
            let record = packed.record("", FORMAT);
            let record = record.map_err(|error| Problem::of_nothing(word(error)))?;
            let record = record.ok_or_else(|| Problem::of_nothing(word(LinkError::Damaged)))?;
            let record = Shared::new(record);
            (page.recordings.hold(record.clone()), record.clone(), Heading::of(&record))
        }
    };
    page.forget_reading();
    page.recordings.asking.set(None);
    page.room.leave();
    page.normalised.set(link.normalised);
    page.time_unit.set(if link.seconds { TimeUnit::Seconds } else { TimeUnit::Samples });
    // The address is the link's; another recording will have one without (see `visits`).
    page.visits.at_its_step(row);
    page.show_as(row, record, heading, link.question, |open| link.part.span(open.first_view(), open.whole()));
    Ok(())
}
