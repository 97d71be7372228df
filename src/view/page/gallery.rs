//! The list of recordings. Of thousands, only the rows that can be seen are in the document.

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{HtmlDivElement, KeyboardEvent, MouseEvent};

use super::language::{t, words};
use super::out::RecentRecordings;
use super::recordings::{Row, Source};
use super::room::DemoSet;
use super::state::Page;
use crate::reader::message::Finding;
use crate::view::i18n::Word;

/// Height of a row in pixels; `public/style.css` has the same.
const ROW: f64 = 52.0;

/// Both lists.
#[component]
pub fn Gallery() -> impl IntoView {
    let recordings = expect_context::<Page>().recordings;
    let any = move || !recordings.yours.with(Vec::is_empty);
    view! {
        <nav id="recordings" class="recordings" aria-label=t(|words| words.your_recordings())>
            <Show when=any>
                <List title=|words| words.your_recordings() rows=recordings.yours name="yours" />
            </Show>
            <List title=|words| words.demonstrations() rows=recordings.demos name="demos" />
            <DemoSet />
            <p class="progress" role="status">
                {move || recordings.progress.get().map(|(done, all)| words().progress(done, all))}
            </p>
            <p class="hint">{t(|words| words.drop_hint())}</p>
            <RecentRecordings />
        </nav>
    }
}

#[component]
fn List(title: Word, rows: RwSignal<Vec<Row>>, name: &'static str) -> impl IntoView {
    let page = expect_context::<Page>();
    let viewport = NodeRef::<Div>::new();
    let scrolled = RwSignal::new(0.0);
    let selected = Memo::new(move |_| {
        let read = page.reader.opening.get().map(|(_, row)| row);
        let asked = || page.recordings.asking.with(|asking| asking.as_ref().map(|question| question.row));
        read.or_else(asked).or_else(|| page.open.with(|open| open.as_ref().map(|open| open.row)))
    });
    let place = move |id: u32| rows.with(|rows| rows.iter().position(|row| row.id == id));
    let count = move || rows.with(Vec::len);
    let visible = move || {
        let height = viewport.get().map_or(0.0, |viewport| f64::from(viewport.client_height())).max(20.0 * ROW);
        let first = (scrolled.get() / ROW) as usize;
        let rows = rows.read();
        let first = first.min(rows.len());
        let end = (first + (height / ROW) as usize + 2).min(rows.len());
        rows[first..end].to_vec()
    };
    let walk = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if event.key() == "Delete" {
            // The one that is selected, if it is in this list.
            if let Some(id) = selected.get_untracked().filter(|id| untrack(|| place(*id)).is_some()) {
                page.remove_row(id);
                event.prevent_default();
            }
            return;
        }
        let count = rows.with_untracked(Vec::len);
        let at = selected.get_untracked().and_then(|id| untrack(|| place(id)));
        let to = match (event.key().as_str(), at) {
            ("ArrowDown", Some(at)) => at + 1,
            ("ArrowUp", Some(at)) => at.saturating_sub(1),
            ("PageDown", Some(at)) => at + 10,
            ("PageUp", Some(at)) => at.saturating_sub(10),
            ("ArrowDown" | "ArrowUp" | "Enter" | " ", None) | ("Home", _) => 0,
            ("End", _) => count.saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        let to = to.min(count.saturating_sub(1));
        if let Some(id) = rows.with_untracked(|rows| rows.get(to).map(|row| row.id)) {
            page.open_row(id);
        }
        if let Some(viewport) = viewport.get_untracked() {
            show_row(&viewport, to);
        }
    };
    // One that is opened from elsewhere, such as from a gallery of the evaluation, is seen to be selected as well.
    Effect::new(move |_| {
        let at = selected.get().and_then(|id| untrack(|| place(id)));
        if let (Some(at), Some(viewport)) = (at, viewport.get_untracked()) {
            show_row(&viewport, at);
        }
    });
    // The demonstrations stay.
    let hint_id = (name == "yours").then(|| format!("{name}-keys"));
    view! {
        <section class="list">
            <h2 id=format!("{name}-title")>{t(title)} <span class="count">{count}</span></h2>
            <div class="rows" role="grid" tabindex="0" aria-labelledby=format!("{name}-title") node_ref=viewport
                aria-rowcount=move || count().to_string() aria-describedby=hint_id
                aria-activedescendant=move || selected.get().filter(|id| place(*id).is_some()).map(row_id)
                on:keydown=walk
                on:scroll=move |_| scrolled.set(viewport.get_untracked().map_or(0.0, |it| f64::from(it.scroll_top())))>
                <div class="all-rows" role="rowgroup" style:height=move || format!("{}px", count() * ROW as usize)>
                    // A row stays the same element while the list grows and findings come: a click that has begun on it
                    // ends on it.
                    <For each=visible key=|row| row.id let(row)>
                        <Line row rows selected viewport />
                    </For>
                </div>
            </div>
            <p id=format!("{name}-keys") class="visually-hidden">{t(|words| words.records().remove_key())}</p>
        </section>
    }
}

/// Scrolls no further than it takes to see row `at`.
fn show_row(viewport: &HtmlDivElement, at: usize) {
    let (top, height) = (f64::from(viewport.scroll_top()), f64::from(viewport.client_height()));
    let (row_top, row_end) = (at as f64 * ROW, (at + 1) as f64 * ROW);
    if row_top < top {
        viewport.set_scroll_top(row_top as i32);
    } else if row_end > top + height {
        viewport.set_scroll_top((row_end - height) as i32);
    }
}

fn row_id(id: u32) -> String {
    format!("row-{id}")
}

/// What of a row may change while it is drawn.
#[derive(Clone, Default, PartialEq)]
struct Standing {
    at: usize,
    finding: String,
    broken: bool,
    number: usize,
}

impl Standing {
    fn of(row: &Row, at: usize) -> Self {
        let finding = match (&row.source, &row.finding) {
            (Source::Demo(_), _) => words().synthetic().to_owned(),
            (_, None) => String::new(),
            (_, Some(Finding::Good { seconds, leads, .. } | Finding::Long { seconds, leads, .. })) => {
                words().extent(*seconds, *leads)
            }
            (_, Some(Finding::NeedsRate { .. })) if row.rate.is_some() => String::new(),
            (_, Some(Finding::NeedsRate { .. })) => words().rate_unknown().to_owned(),
            (_, Some(Finding::Broken(_))) => words().cannot_be_read().to_owned(),
        };
        Self { at, finding, broken: matches!(row.finding, Some(Finding::Broken(_))), number: row.number }
    }
}

#[component]
fn Line(row: Row, rows: RwSignal<Vec<Row>>, selected: Memo<Option<u32>>, viewport: NodeRef<Div>) -> impl IntoView {
    let page = expect_context::<Page>();
    let id = row.id;
    let standing = Memo::new(move |_| {
        let find = |rows: &Vec<Row>| rows.iter().position(|row| row.id == id).map(|at| Standing::of(&rows[at], at));
        rows.with(find).unwrap_or_default()
    });
    let heading = row.heading();
    let title = heading.note.unwrap_or_else(|| heading.name.clone());
    let name = move || heading.name.say(words());
    // Of several recordings of one name, which it is.
    let number = move || Some(standing.read().number).filter(|number| *number > 1);
    let number_said = move || number().map(|number| format!(" {}", words().records().of_that_name(number)));
    let remove = row.is_yours().then(|| {
        let name = name.clone();
        let label = move || words().records().remove(&(name() + &number_said().unwrap_or_default()));
        let press = move |event: MouseEvent| {
            // The row below it would be opened.
            event.stop_propagation();
            page.remove_row(id);
            // The button is gone; its list is where one goes on.
            if let Some(viewport) = viewport.get_untracked() {
                let _ = viewport.focus();
            }
        };
        // Only the selected row's is a stop of the Tab key: there may be thousands.
        let tab = move || if selected.get() == Some(id) { "0" } else { "-1" };
        view! {
            <span class="row-end" role="gridcell">
                <button type="button" class="row-remove" tabindex=tab aria-label=label.clone() title=label
                    on:click=press on:keydown=|event| {
                        if event.key() != "Delete" {
                            event.stop_propagation();
                        }
                    }>"\u{00d7}"</button>
            </span>
        }
    });
    view! {
        <div class="row" class:broken=move || standing.read().broken role="row" id=row_id(id)
            data-name=name.clone() data-number=move || number().map(|number| number.to_string())
            aria-selected=move || if selected.get() == Some(id) { "true" } else { "false" }
            aria-rowindex=move || (standing.read().at + 1).to_string()
            style:top=move || format!("{}px", standing.read().at * ROW as usize) on:click=move |_| page.open_row(id)>
            <span class="row-text" role="gridcell">
                <span class="row-head">
                    <span class="row-name" title=move || title.say(words())>{name.clone()}</span>
                    <span class="row-number">{number_said}</span>
                </span>
                <span class="row-finding">{move || standing.read().finding.clone()}</span>
            </span>
            {remove}
        </div>
    }
}
