//! What the page knows, and what one can do on it.

use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;

use super::compare::Compare;
use super::day::Day;
use super::errands::Errands;
use super::language::words;
use super::lead_answers::{AllLeads, LeadAnswer};
use super::measure::Measure;
use super::reading::Reader;
use super::recordings::Recordings;
use super::room::Room;
use super::timing;
use super::visits::Visits;
use crate::engine::choice::GpuUnused;
use crate::engine::client::{Client, Event};
use crate::engine::message::DeviceKind;
use crate::explain::{Disagreement, Explanation, Question, Score};
use crate::network::{Class, Layer};
use crate::record::Record;
use crate::view::colour::Theme;
use crate::view::geometry::{Envelope, Limits, STANDARD_SECONDS_OF_TWELVE, Span, standard_twelve};
use crate::view::i18n::Sentence;
use crate::view::link;

/// Something large that is passed around; equal only to itself.
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// What stands above an open recording, in whatever language the page speaks.
#[derive(Clone, PartialEq)]
pub struct Heading {
    pub name: Sentence,
    /// A sentence about what to look at.
    pub note: Option<Sentence>,
}

impl Heading {
    /// Of a recording of which nothing is known besides itself: one that came in a link has no name.
    pub fn of(record: &Record) -> Self {
        let name = match record.name.as_str() {
            "" => Sentence::word(|words| words.export().shared_name()),
            name => Sentence::text(name),
        };
        Self { name, note: None }
    }
}

/// The recording on the paper, and the lead that is looked at.
#[derive(Clone, PartialEq)]
pub struct Open {
    /// Its row in the list.
    pub row: u32,
    pub record: Shared<Record>,
    pub lead: usize,
    pub envelope: Shared<Envelope>,
    pub heading: Heading,
}

impl Open {
    fn new(row: u32, record: Shared<Record>, lead: usize, heading: Heading) -> Self {
        let envelope = Shared::new(Envelope::of(&record.leads[lead].samples));
        Self { row, record, lead, envelope, heading }
    }

    /// What it is called.
    pub fn name(&self) -> String {
        self.heading.name.say(words())
    }

    /// What kind of file it came from.
    pub fn format(&self) -> String {
        match self.record.provenance.format.as_str() {
            link::FORMAT => words().export().shared_format().to_owned(),
            format => format.to_owned(),
        }
    }

    /// The lead's samples, in mV.
    pub fn samples(&self) -> &[f32] {
        &self.record.leads[self.lead].samples
    }

    pub fn whole(&self) -> Span {
        Span::whole(self.record.len(), self.record.fs)
    }

    /// What shows at first: 500 samples of 60 Hz, as in the MathWorks example, or 10 s of twelve leads.
    pub fn first_view(&self) -> Span {
        let (len, fs) = (self.record.len(), self.record.fs);
        match self.has_twelve_leads() {
            true => Span::first_seconds(STANDARD_SECONDS_OF_TWELVE, len, fs),
            false => Span::first(len, fs),
        }
    }

    pub fn has_twelve_leads(&self) -> bool {
        let names: Vec<&str> = self.record.leads.iter().map(|lead| lead.name.as_str()).collect();
        standard_twelve(&names).is_some()
    }
}

/// What the network made of the open recording.
#[derive(Clone, PartialEq)]
pub struct Answer {
    pub explanation: Shared<Explanation>,
    pub device: DeviceKind,
    pub milliseconds: f64,
}

/// The unit of the time axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeUnit {
    #[default]
    Samples,
    Seconds,
}

/// The state of the page. Small and copied freely: the parts are handles of signals.
#[derive(Clone, Copy)]
pub struct Page {
    pub recordings: Recordings,
    pub reader: Reader,
    pub room: Room,
    pub compare: Compare,
    pub measure: Measure,
    pub day: Day,
    pub errands: Errands,
    pub visits: Visits,
    pub open: RwSignal<Option<Open>>,
    pub question: RwSignal<Question>,
    pub answer: RwSignal<Option<Answer>>,
    /// The measured signs that speak against the answer.
    pub disagreement: RwSignal<Option<Disagreement>>,
    pub all_leads: AllLeads,
    /// Why there is no answer.
    pub failure: RwSignal<Option<Sentence>>,
    /// The request whose answer is waited for, and when it was sent.
    pub waiting: RwSignal<Option<(u32, f64)>>,
    /// The highest raw importance seen for this choice of lead, layer and score: raw colours of all classes, and of all
    /// leads where they show, share one scale.
    pub raw_highest: RwSignal<f32>,
    pub normalised: RwSignal<bool>,
    pub time_unit: RwSignal<TimeUnit>,
    pub span: RwSignal<Span>,
    pub limits: RwSignal<Limits>,
    /// The moment that the read-out speaks of, in s.
    pub cursor: RwSignal<Option<f64>>,
    pub theme: Memo<Theme>,
    pub gpu_unused: RwSignal<Option<GpuUnused>>,
    client: StoredValue<Option<Client>, LocalStorage>,
}

impl Page {
    pub fn new(theme: Memo<Theme>) -> Self {
        Self {
            recordings: Recordings::default(),
            reader: Reader::default(),
            room: Room::default(),
            compare: Compare::default(),
            measure: Measure::default(),
            day: Day::default(),
            errands: Errands::default(),
            visits: Visits::default(),
            open: RwSignal::new(None),
            question: RwSignal::default(),
            answer: RwSignal::new(None),
            disagreement: RwSignal::new(None),
            all_leads: AllLeads::default(),
            failure: RwSignal::new(None),
            waiting: RwSignal::new(None),
            raw_highest: RwSignal::new(0.0),
            normalised: RwSignal::new(true),
            time_unit: RwSignal::default(),
            span: RwSignal::new(Span { start: 0.0, end: 1.0 }),
            limits: RwSignal::new(Limits::padded(None)),
            cursor: RwSignal::new(None),
            theme,
            gpu_unused: RwSignal::new(None),
            client: StoredValue::new_local(None),
        }
    }

    /// Starts the engines.
    pub fn start_engine(self, forced: Option<DeviceKind>) {
        let client = Client::start(forced, move |event| self.hear(event));
        self.client.set_value(Some(client));
    }

    /// Puts a recording on the paper and asks what the network makes of it.
    pub fn show(self, row: u32, record: Shared<Record>, heading: Heading) {
        let question = Question { class: None, ..self.question.get_untracked() };
        self.show_as(row, record, heading, question, Open::first_view);
    }

    /// The same with a question and a view of one's own.
    pub fn show_as(
        self,
        row: u32,
        record: Shared<Record>,
        heading: Heading,
        question: Question,
        view: impl FnOnce(&Open) -> Span,
    ) {
        let lead = record.preferred_lead();
        let open = Open::new(row, record, lead, heading);
        self.day.make_room(&open);
        self.show_span(&open, view(&open));
        self.open.set(Some(open));
        self.question.set(question);
        self.all_leads.start.set(0.0);
        self.forget_lead_answers();
        self.start_over();
    }

    pub fn choose_lead(self, lead: usize) {
        let Some(open) = self.open.get_untracked().filter(|open| lead < open.record.leads.len()) else { return };
        let open = Open::new(open.row, open.record, lead, open.heading);
        self.limits.set(Limits::padded(self.extent(&open, self.span.get_untracked())));
        self.open.set(Some(open));
        self.start_over();
    }

    /// Opens one lead alone, at `span` or where the view is.
    pub fn open_alone(self, lead: usize, span: Option<Span>) {
        if self.open.with_untracked(|open| open.as_ref().is_some_and(|open| open.lead != lead)) {
            self.choose_lead(lead);
        }
        self.with_open(|page, open| {
            let start = page.all_leads.start.get_untracked();
            page.show_span(open, span.unwrap_or(page.span.get_untracked().placed_at(start, open.whole())));
        });
        self.show_all_leads(false);
    }

    pub fn choose_class(self, class: Class) {
        self.question.update(|question| question.class = Some(class));
        self.ask_anew();
    }

    pub fn choose_layer(self, layer: Layer) {
        self.question.update(|question| question.layer = layer);
        self.raw_highest.set(0.0);
        self.ask_anew();
    }

    pub fn choose_score(self, score: Score) {
        self.question.update(|question| question.score = score);
        self.raw_highest.set(0.0);
        self.ask_anew();
    }

    /// One of the two standard views: the paper is fitted to what it shows.
    pub fn show_first(self) {
        self.measure.leave_paper();
        self.with_open(|page, open| page.show_span(open, open.first_view()));
    }

    pub fn show_whole(self) {
        self.measure.leave_paper();
        self.with_open(|page, open| page.show_span(open, open.whole()));
    }

    /// The paper is fitted to what it shows.
    pub fn show_span(self, open: &Open, span: Span) {
        self.limits.set(Limits::padded(self.extent(open, span)));
        self.span.set(span);
        self.cursor.set(None);
    }

    /// Panned or zoomed by hand: the paper grows where the trace needs it, and keeps still otherwise.
    pub fn move_to(self, change: impl FnOnce(Span, &Open) -> Span) {
        self.with_open(|page, open| {
            let before = page.span.get_untracked();
            let span = change(before, open);
            if span != before {
                let limits = page.limits.get_untracked();
                let held = limits.holding(page.extent(open, span));
                if held != limits {
                    page.limits.set(held);
                }
                page.span.set(span);
            }
        });
    }

    pub fn with_open(self, act: impl FnOnce(Self, &Open)) {
        if let Some(open) = self.open.get_untracked() {
            act(self, &open);
        }
    }

    /// The class that is explained, or will be.
    pub fn explained_class(self) -> Option<Class> {
        let answered = self.answer.with(|answer| answer.as_ref().map(|answer| answer.explanation.label));
        self.question.get().class.or(answered)
    }

    fn start_over(self) {
        self.answer.set(None);
        self.forget_answered();
        self.raw_highest.set(self.highest_of_leads());
        self.ask();
    }

    /// Another question, of every lead.
    pub(super) fn ask_anew(self) {
        self.forget_lead_answers();
        self.ask();
    }

    /// Asks for the open lead's explanation, on a strip that of the window in view; what was asked before is not wanted any more.
    fn ask(self) {
        let question = self.question.get_untracked();
        self.failure.set(None);
        self.with_open(|page, open| {
            page.with_client(|client| {
                if let Some((before, _)) = page.waiting.get_untracked() {
                    client.forget(before);
                }
                let sent = timing::now();
                let (part, window) = page.part_in_view(open);
                page.note_asked(window);
                let id = client.explain(&open.samples()[part], open.record.fs, question);
                page.waiting.set(Some((id, sent)));
            });
        });
    }

    /// Asks the engines, once they are there.
    pub fn with_client<T>(self, ask: impl FnOnce(&Client) -> T) -> Option<T> {
        self.client.with_value(|client| client.as_ref().map(ask))
    }

    fn hear(self, event: Event) {
        let event = match event.question() {
            Some(question) => self.unless_errand(question, event),
            None => Some(event),
        };
        let Some(event) = event else { return };
        match event {
            Event::Explained { id, explanation, device, milliseconds } => {
                let Some(sent) = self.awaited(id) else { return self.hear_lead(id, Ok(*explanation)) };
                self.waiting.set(None);
                let highest = explanation.importance.max();
                self.raw_highest.update(|before| *before = before.max(highest));
                let explanation = Shared::new(self.on_recordings_time(*explanation));
                self.note_answered(Some(&explanation));
                self.answer.set(Some(Answer { explanation: explanation.clone(), device, milliseconds }));
                timing::explained(sent);
                self.with_open(|page, open| page.note_lead_answer(open.lead, LeadAnswer::Known(explanation)));
                // By the next frame the trace is drawn, and the network free for what may be wanted next.
                request_animation_frame(move || self.prefetch_reader());
            }
            Event::Failed { id, reason } => {
                if self.awaited(id).is_none() {
                    return self.hear_lead(id, Err(reason));
                }
                self.waiting.set(None);
                // On a strip, that of another window.
                self.answer.set(None);
                self.note_answered(None);
                self.with_open(|page, open| {
                    let name = open.heading.name.clone();
                    let why = Sentence::new(move |words| words.not_classified(&name.say(words), &reason));
                    page.failure.set(Some(why.clone()));
                    page.note_lead_answer(open.lead, LeadAnswer::Refused(why));
                });
            }
            // Only ever asked for on an errand; this answer was forgotten.
            Event::Classified { .. } | Event::DevicesChanged => {}
        }
        self.with_client(|client| self.gpu_unused.set(client.gpu_unused()));
    }

    /// When request `id` was sent, if its answer is the one that is waited for.
    fn awaited(self, id: u32) -> Option<f64> {
        self.waiting.get_untracked().filter(|(waiting, _)| *waiting == id).map(|(_, sent)| sent)
    }
}
