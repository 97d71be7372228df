//! A long recording's place on the sheet: what is said of the whole, burden, episodes, heart rates, how far the
//! classification is, the time line.

use leptos::prelude::*;

use super::line::TimeLine;
use super::out::Whole;
use super::state::Holter;
use crate::evaluate::burden::Burden;
use crate::evaluate::trend::Extremes;
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
    let (fs, is_whole) = (holter.record.fs, holter.is_whole());
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
    // A strip's name, length and lead stand above its answer.
    let about = (!holter.is_whole()).then(|| {
        let name = holter.record.name.clone();
        let (seconds, leads) = (holter.seconds(), holter.record.leads.len());
        let extent = move || words().extent(seconds, leads);
        view! { <p class="about"><strong>{name}</strong><span>{extent}</span><LeadOfDay holter=holter.clone() /></p> }
    });
    let headline =
        move || Whole::now(page).map(|whole| words().strip().headline(&whole.overall(), page.is_classifying()));
    let agreement = move || {
        let agreement = Whole::now(page).and_then(|whole| whole.agreement());
        agreement.map(|agreement| words().strip().agreement(&agreement))
    };
    view! {
        <section id="day" class="day" class:day-strip=is_whole aria-label=t(|words| words.holter().whole_recording()) data-state=state>
            {about}
            <h2 class="day-headline" id="day-headline">{headline}</h2>
            <Facts holter=holter.clone() burden />
            <RunLine holter=holter.clone() />
            <TimeLine holter=holter.clone() burden />
            <p class="day-agreement" id="day-agreement">{agreement}</p>
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

/// The figures. While windows are still being classified, of those that are. Some of them one can go to.
#[component]
fn Facts(holter: Shared<Holter>, burden: Known) -> impl IntoView {
    let page = expect_context::<Page>();
    let day = page.day;
    let go_to = move |id: &'static str, text: String, title: &'static str, time: f64| {
        view! {
            <button type="button" class="link" id=id title=title on:click=move |_| page.open_moment(time)>{text}</button>
        }
        .into_any()
    };
    let facts = move || {
        let (strip, words) = (words().strip(), words().holter());
        let burden = burden.get();
        let windows = day.windows.get();
        let fs = holter.record.fs;
        let longest = burden.longest(&windows, fs).map(|episode| {
            let start = holter.begins(episode.windows.start);
            words.longest_episode(episode.seconds(&windows, fs), &holter.time(start))
        });
        let share = |share: Option<f64>| {
            share.map_or_else(|| format::NOTHING.to_owned(), |share| format::percent(share as f32))
        };
        let plain = |text: String| view! { {text} }.into_any();
        let extremes = Extremes::of(&day.beats.get(), &day.verdicts.get());
        let rates = match (extremes.lowest, extremes.highest) {
            (Some((low, at)), Some((high, fast))) => {
                let low = go_to("day-slowest", format::beats(low), strip.lowest_title(), holter.begins(at));
                let high = go_to("day-fastest", format::beats(high), strip.highest_title(), holter.begins(fast));
                view! { {low} "\u{2013}" {high} }.into_any()
            }
            _ => plain(format::NOTHING.to_owned()),
        };
        let longest_rr = match extremes.longest {
            Some((begins, seconds)) => {
                let text = strip.rr_at(seconds, &holter.time(begins));
                let from = if holter.is_whole() { begins - 3.0 } else { begins };
                go_to("day-pause", text, strip.longest_rr_title(), from)
            }
            None => plain(format::NOTHING.to_owned()),
        };
        let pauses = if extremes.longest.is_some() { extremes.pauses.to_string() } else { format::NOTHING.to_owned() };
        let analysed = match holter.is_whole() {
            true => strip.part_of(burden.analysed, holter.seconds()),
            false => words.hours_of(burden.analysed, holter.seconds()),
        };
        let mut facts = vec![
            ("day-burden", words.burden(), "", plain(share(burden.share()))),
            ("day-af-time", strip.time_in_af(), "", plain(strip.part_of(burden.af, burden.analysed))),
            ("day-episodes", words.episodes(), "", plain(burden.episodes.len().to_string())),
            ("day-longest", words.longest(), "", plain(longest.unwrap_or_else(|| format::NOTHING.to_owned()))),
            ("day-analysed", words.analysed(), "", plain(analysed)),
            ("day-noisy", words.lost(), "", plain(share(burden.lost_share()))),
        ];
        if burden.unusable > 0.0 {
            let unread = plain(format::length(burden.unusable));
            facts.push(("day-unread", strip.not_read(), strip.not_read_title(), unread));
        }
        facts.extend([
            ("day-rates", strip.rates(), "", rates),
            ("day-longest-rr", strip.longest_rr(), "", longest_rr),
            ("day-pauses", strip.pauses(), "", plain(pauses)),
        ]);
        let fact = |(id, name, title, value): (&'static str, &'static str, &'static str, AnyView)| {
            view! { <div class=id title=title><dt>{name}</dt><dd id=id>{value}</dd></div> }
        };
        facts.into_iter().map(fact).collect_view()
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
    let is_whole = holter.is_whole();
    let count = Memo::new(move |_| burden.with(|burden| burden.episodes.len()));
    let listed = move || {
        let windows = page.day.windows.get();
        let fs = holter.record.fs;
        let episodes = burden.with(|burden| burden.episodes.clone());
        let more = episodes.len().saturating_sub(MOST_LISTED);
        let button = |episode: &crate::evaluate::burden::Episode| {
            let start = holter.begins(episode.windows.start);
            let text = words().holter().episode(&holter.time(start), episode.seconds(&windows, fs));
            view! { <li><button type="button" class="choice" on:click=move |_| page.open_moment(start)>{text}</button></li> }
        };
        let buttons = episodes.iter().take(MOST_LISTED).map(button).collect_view();
        view! { {buttons} {(more > 0).then(|| view! { <li>{words().and_more(more)}</li> })} }
    };
    let listed = StoredValue::new_local(listed);
    view! {
        <Show when=move || count.get() != 0>
            <div class="day-episodes-out">
                <details id="day-list" class="day-list">
                    <summary>{t(|words| words.holter().list())}</summary>
                    <ol>{move || listed.with_value(|listed| listed())}</ol>
                </details>
                <button type="button" class="button small" id="save-episodes" on:click=move |_| page.save_episodes()>
                    {t(|words| words.strip().save())}
                </button>
            </div>
        </Show>
        <p class="hint">{t(if is_whole { |words| words.strip().how() } else { |words| words.holter().how() })}</p>
    }
}
