//! Colours beyond the window that the answer is about: where the view of a strip reaches into other windows, their maps for
//! the same class, on the same scale. What nobody has explained is dimmed.

use leptos::prelude::*;

use super::window::placed;
use crate::engine::client::Event;
use crate::evaluate::burden::window_at;
use crate::explain::{Explanation, ImportanceMap, Question};
use crate::view::geometry::{Frame, Span, pixels};
use crate::view::page::state::{Page, Shared};

/// In a view of more windows than this only the one in its middle is explained: six minutes, in which no beat can be told
/// from the next.
const MOST: usize = 12;

/// Another window than the answer's, and what speaks there for the same class; `None` where it cannot be read.
pub type Neighbour = (usize, Option<Shared<Explanation>>);

impl Page {
    /// The windows of a strip's single trace that show, unless they are too many.
    fn windows_in_view(self) -> Vec<usize> {
        let Some(holter) = self.day.shown.get().filter(|holter| holter.is_whole()) else { return Vec::new() };
        if self.shows_all_leads() {
            return Vec::new();
        }
        let (span, fs) = (self.span.get(), holter.record.fs);
        let at = |time: f64| window_at(&holter.windows, fs, time);
        // A window that shows with its last sample alone does not count.
        match (at(span.start + 0.1), at(span.end - 0.1)) {
            (Some(first), Some(last)) if last.saturating_sub(first) < MOST => (first..=last).collect(),
            _ => Vec::new(),
        }
    }

    /// Asks about the windows in view as they come into it, each after the other.
    pub fn follow_neighbours(self) {
        let in_view = Memo::new(move |_| self.windows_in_view());
        Effect::new(move |_| {
            in_view.track();
            self.answer.track();
            self.ask_next_neighbour();
        });
    }

    fn ask_next_neighbour(self) {
        let day = self.day;
        let is_busy = self.waiting.with_untracked(Option::is_some) || day.neighbour_asked.with_value(Option::is_some);
        let (Some(answer), Some(answered)) = (self.answer.get_untracked(), day.answered.get_untracked()) else {
            return;
        };
        if is_busy {
            return;
        }
        let known = day.neighbours.get_untracked();
        let is_new = |window: &usize| *window != answered && known.iter().all(|(its, _)| its != window);
        let windows = untrack(|| self.windows_in_view());
        let Some(window) = windows.into_iter().filter(is_new).min_by_key(|it| it.abs_diff(answered)) else { return };
        let explanation = &answer.explanation;
        let (layer, score) = (explanation.layer, explanation.score);
        let question = Question { class: Some(explanation.class), layer, score };
        self.with_open(|page, open| {
            let Some(part) = page.samples_of(window) else { return };
            let (len, fs) = (open.record.len(), open.record.fs);
            let Some(samples) = open.samples().get(part.clone()) else { return };
            let asked = page.with_client(|client| client.explain(samples, fs, question));
            day.neighbour_asked.set_value(asked);
            let Some(id) = asked else { return };
            let hear = move |event| {
                // What was asked about another answer is not wanted any more.
                if day.neighbour_asked.get_value() != Some(id) {
                    return;
                }
                day.neighbour_asked.set_value(None);
                let found = match event {
                    Event::Explained { explanation, .. } => Some(Shared::new(placed(*explanation, &part, len, fs))),
                    _ => None,
                };
                day.neighbours.update(|known| known.push((window, found)));
                page.ask_next_neighbour();
            };
            page.when_answered(id, Box::new(hear));
        });
    }

    /// The windows that are explained besides the answer's count no more.
    pub fn forget_neighbours(self) {
        self.day.neighbour_asked.set_value(None);
        if self.day.neighbours.with_untracked(|known| !known.is_empty()) {
            self.day.neighbours.set(Vec::new());
        }
    }

    /// `next` is about to be the answer about `window`: what was explained for the same class stays, the answer before it
    /// too.
    pub(super) fn pass_on(self, next: Option<&Explanation>, window: Option<usize>) {
        let before = self.answer.get_untracked().map(|answer| answer.explanation);
        let is_alike = |one: &Explanation, other: &Explanation| {
            (one.class, one.layer, one.score) == (other.class, other.layer, other.score)
        };
        let (Some(before), Some(_)) = (before.filter(|it| next.is_some_and(|next| is_alike(it, next))), window) else {
            return self.forget_neighbours();
        };
        let its = self.day.answered.get_untracked();
        self.day.neighbour_asked.set_value(None);
        self.day.neighbours.update(|known| {
            known.retain(|(its, _)| Some(*its) != window);
            known.extend(its.filter(|its| Some(*its) != window).map(|its| (its, Some(before))));
            // Those far away are not in view, and are soon made anew.
            let far = known.len().saturating_sub(2 * MOST);
            known.drain(..far);
        });
    }

    /// The answer's explanation with the map of its neighbours, for the trace.
    pub fn coloured(self) -> Memo<Option<Shared<Explanation>>> {
        Memo::new(move |_| {
            let explanation = self.answer.with(|answer| answer.as_ref().map(|answer| answer.explanation.clone()))?;
            let known = self.day.neighbours.get();
            let (Some((own, _)), false) = (self.answered_window(), known.is_empty()) else { return Some(explanation) };
            let stretch = |window: usize| {
                self.day.shown.with_untracked(|shown| shown.as_ref().and_then(|holter| holter.stretch(window)))
            };
            let others =
                known.iter().filter_map(|(window, found)| Some((stretch(*window)?, &found.as_ref()?.importance)));
            let parts: Vec<((f64, f64), &ImportanceMap)> =
                [((own.start, own.end), &explanation.importance)].into_iter().chain(others).collect();
            let importance = ImportanceMap::joined(&parts);
            Some(Shared::new(Explanation { importance, ..(*explanation).clone() }))
        })
    }

    /// Importance of the open lead at `time`, and the highest of its answer's map; nothing where it is not explained.
    pub fn importance_at(self, time: f64) -> Option<(f32, f32)> {
        let explanation = self.answer.with(|answer| answer.as_ref().map(|answer| answer.explanation.clone()))?;
        let most = explanation.importance.max();
        match self.answered_window() {
            Some((own, _)) if !(own.start..own.end).contains(&time) => {
                let holter = self.day.shown.get()?;
                let window = window_at(&holter.windows, holter.record.fs, time)?;
                self.day.neighbours.with(|known| {
                    let (_, found) = known.iter().find(|(its, _)| *its == window)?;
                    Some((found.as_ref()?.importance.at(time), most))
                })
            }
            _ => Some((explanation.importance.at(time), most)),
        }
    }

    /// The parts of a strip that nobody has explained, in order.
    fn unexplained(self) -> Vec<Span> {
        let Some((own, _)) = self.answered_window() else { return Vec::new() };
        let Some(holter) = self.day.shown.get() else { return Vec::new() };
        let mut known = vec![(own.start, own.end)];
        self.day.neighbours.with(|others| {
            let explained = others.iter().filter(|(_, found)| found.is_some());
            known.extend(explained.filter_map(|(window, _)| holter.stretch(*window)));
        });
        known.sort_by(|a, b| a.0.total_cmp(&b.0));
        let ends = known.iter().map(|(_, end)| *end);
        let starts = known.iter().map(|(start, _)| *start).chain([holter.seconds()]);
        let between = [0.0].into_iter().chain(ends).zip(starts).map(|(start, end)| Span { start, end });
        between.filter(|span| span.length() > 1e-6).collect()
    }
}

/// Over what nobody has explained, in views whose windows are explained one by one: a whole half hour is not dimmed.
#[component]
pub fn Unexplained(frame: Memo<Frame>) -> impl IntoView {
    let page = expect_context::<Page>();
    let has_few_windows = Memo::new(move |_| !page.windows_in_view().is_empty());
    let spans = Memo::new(move |_| if has_few_windows.get() { page.unexplained() } else { Vec::new() });
    let dimmed = move || {
        let frame = frame.get();
        let shows = |span: &Span| span.start < frame.span.end && span.end > frame.span.start;
        let rect = |span: Span| {
            let (from, to) = (frame.x(span.start.max(frame.span.start)), frame.x(span.end.min(frame.span.end)));
            view! { <rect class="unexplained" x=pixels(from) width=pixels((to - from).max(0.0)) height=pixels(frame.height) /> }
        };
        spans.get().into_iter().filter(shows).map(rect).collect_view()
    };
    view! { <g class="unexplained-parts">{dimmed}</g> }
}
