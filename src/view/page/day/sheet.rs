//! The day's place on the sheet: burden, episodes, how far the classification is, the time line.

use leptos::prelude::*;

use super::line::TimeLine;
use super::state::Holter;
use crate::evaluate::burden::Burden;
use crate::view::i18n::format;
use crate::view::page::language::{t, words};
use crate::view::page::state::{Page, Shared};

/// So many episodes are listed; all are drawn.
const MOST_LISTED: usize = 200;

/// What is known of the AF in it.
pub type Known = Memo<Burden>;

#[component]
pub fn DaySheet(holter: Shared<Holter>) -> impl IntoView {
    let page = expect_context::<Page>();
    let day = page.day;
    let fs = holter.record.fs;
    let burden: Known = Memo::new(move |_| {
        let windows = day.windows.get();
        day.verdicts.with(|verdicts| Burden::of(&windows, verdicts, fs))
    });
    let state = move || {
        day.progress.with(|progress| match progress {
            Some(it) if it.is_running => "running",
            Some(it) if it.done < it.all => "stopped",
            Some(_) => "over",
            None => "none",
        })
    };
    let name = holter.record.name.clone();
    let (seconds, leads) = (holter.seconds(), holter.record.leads.len());
    let extent = move || words().extent(seconds, leads);
    view! {
        <section id="day" class="day" aria-label=t(|words| words.holter().whole_recording()) data-state=state>
            <p class="about"><strong>{name}</strong><span>{extent}</span><LeadOfDay holter=holter.clone() /></p>
            <Facts holter=holter.clone() burden />
            <RunLine holter=holter.clone() />
            <TimeLine holter=holter.clone() burden />
            <Episodes holter burden />
        </section>
    }
    .into_any()
}

/// The lead that is classified, where there are several.
#[component]
fn LeadOfDay(holter: Shared<Holter>) -> impl IntoView {
    let day = expect_context::<Page>().day;
    let choice = (holter.record.leads.len() > 1).then(|| {
        let option = |(index, name): (usize, String)| {
            view! { <option value=index.to_string() selected=move || day.lead.get() == index>{name}</option> }
        };
        let names: Vec<String> = holter.record.leads.iter().map(|lead| lead.name.clone()).collect();
        view! {
            <label class="select">
                <span>{t(|words| words.holter().lead())}</span>
                <select id="day-lead" on:change=move |event| {
                    if let Ok(lead) = event_target_value(&event).parse() {
                        day.lead.set(lead);
                    }
                }>{names.into_iter().enumerate().map(option).collect_view()}</select>
            </label>
        }
    });
    choice.into_any()
}

/// The figures. While windows are still being classified, of those that are.
#[component]
fn Facts(holter: Shared<Holter>, burden: Known) -> impl IntoView {
    let day = expect_context::<Page>().day;
    let facts = move || {
        let words = words().holter();
        let burden = burden.get();
        let windows = day.windows.get();
        let fs = holter.record.fs;
        let longest = burden.longest(&windows, fs).map(|episode| {
            let start = windows.get(episode.windows.start).map_or(0.0, |window| window.start as f64 / fs);
            words.longest_episode(episode.seconds(&windows, fs), &holter.time(start))
        });
        let share = |share: Option<f64>| {
            share.map_or_else(|| format::NOTHING.to_owned(), |share| format::percent(share as f32))
        };
        [
            ("day-burden", words.burden(), share(burden.share())),
            ("day-episodes", words.episodes(), burden.episodes.len().to_string()),
            ("day-longest", words.longest(), longest.unwrap_or_else(|| format::NOTHING.to_owned())),
            ("day-analysed", words.analysed(), words.hours_of(burden.analysed, holter.seconds())),
            ("day-noisy", words.lost(), share(burden.lost_share())),
        ]
        .map(|(id, name, value)| view! { <div class=id><dt>{name}</dt><dd id=id>{value}</dd></div> })
        .collect_view()
    };
    view! { <dl class="day-facts">{facts}</dl> }
}

/// How far it is.
#[component]
fn RunLine(holter: Shared<Holter>) -> impl IntoView {
    let page = expect_context::<Page>();
    let progress = page.day.progress;
    let is_running = Memo::new(move |_| progress.with(|it| it.is_some_and(|it| it.is_running)));
    let can_go_on = Memo::new(move |_| progress.with(|it| it.is_some_and(|it| !it.is_running && it.done < it.all)));
    let text = move || {
        progress.get().map(|it| words().holter().windows_done(it.done, it.all, it.done_now, it.seconds, it.is_running))
    };
    let value = move || progress.with(|it| it.map(|it| it.done.to_string()));
    let max = move || progress.with(|it| it.map(|it| it.all.max(1).to_string()));
    let go_on = move |_| page.classify_day(&holter);
    let go_on = StoredValue::new_local(go_on);
    view! {
        <div class="run-line">
            <Show when=move || is_running.get()>
                <progress aria-label=t(|words| words.holter().progress()) value=value max=max></progress>
            </Show>
            <span id="day-progress">{text}</span>
            <Show when=move || is_running.get()>
                <button type="button" class="button" id="stop-day" on:click=move |_| page.stop_day()>
                    {t(|words| words.holter().stop())}
                </button>
            </Show>
            <Show when=move || can_go_on.get()>
                <button type="button" class="button" id="go-on-day" on:click=move |event| go_on.with_value(|it| it(event))>
                    {t(|words| words.holter().go_on())}
                </button>
            </Show>
        </div>
    }
}

/// Every episode as a button, for those who do not look at the line.
#[component]
fn Episodes(holter: Shared<Holter>, burden: Known) -> impl IntoView {
    let page = expect_context::<Page>();
    let count = Memo::new(move |_| burden.with(|burden| burden.episodes.len()));
    let listed = move || {
        let windows = page.day.windows.get();
        let fs = holter.record.fs;
        let episodes = burden.with(|burden| burden.episodes.clone());
        let more = episodes.len().saturating_sub(MOST_LISTED);
        let button = |episode: &crate::evaluate::burden::Episode| {
            let start = windows.get(episode.windows.start).map_or(0.0, |window| window.start as f64 / fs);
            let text = words().holter().episode(&holter.time(start), episode.seconds(&windows, fs));
            view! { <li><button type="button" class="choice" on:click=move |_| page.open_moment(start)>{text}</button></li> }
        };
        let buttons = episodes.iter().take(MOST_LISTED).map(button).collect_view();
        view! { {buttons} {(more > 0).then(|| view! { <li>{words().and_more(more)}</li> })} }
    };
    let listed = StoredValue::new_local(listed);
    view! {
        <Show when=move || count.get() != 0>
            <details id="day-list" class="day-list">
                <summary>{t(|words| words.holter().list())}</summary>
                <ol>{move || listed.with_value(|listed| listed())}</ol>
            </details>
        </Show>
        <p class="hint">{t(|words| words.holter().how())}</p>
    }
}
