//! The whole page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::about::About;
use super::all_leads::AllLeads;
use super::answer::{AnswerHeading, Notes};
use super::colour_bar::ColourBar;
use super::compare::ComparePlace;
use super::cursor::Readout;
use super::day::DayPlace;
use super::device::DeviceLine;
use super::drop::{Pickers, take_drops};
use super::gallery::Gallery;
use super::language::{self, LanguageButton, t};
use super::lead_list::LeadList;
use super::measure::{KeysButton, Panel, Tools};
use super::out::has_link;
use super::probabilities::Probabilities;
use super::problems::Problems;
use super::rate_form::RateForm;
use super::room::RoomPlace;
use super::spoken::Spoken;
use super::state::Page;
use super::theme::{ThemeToggle, Themes};
use super::toolbar::Toolbar;
use super::trace::Trace;
use super::visits::Visits;
use crate::engine::message::DeviceKind;
use crate::synthetic;

#[component]
pub fn App() -> impl IntoView {
    let themes = Themes::follow();
    let page = Page::new(themes.shown);
    provide_context(page);
    let dragged_over = take_drops(page);

    let address =
        window().location().search().ok().and_then(|query| web_sys::UrlSearchParams::new_with_str(&query).ok());
    let parameter = |name: &str| address.as_ref().and_then(|address| address.get(name));
    page.start_engine(match parameter("engine").as_deref() {
        Some("cpu") => Some(DeviceKind::Cpu),
        Some("webgpu") => Some(DeviceKind::Webgpu),
        _ => None,
    });
    page.start_reader();
    page.recordings.add_demos(synthetic::demos());
    Visits::follow(page);
    if !has_link() {
        page.open_demo(parameter("demo").as_deref());
    }

    view! {
        <div id="drop-zone" class="page" class:dragged-over=dragged_over>
            <SkipLink />
            <header class="head">
                <h1>{t(|words| words.title())}</h1>
                <Pickers />
                <LanguageButton />
                <ThemeToggle themes />
            </header>
            <Gallery />
            <main class="sheet" class:shows-room=page.room.is_shown>
                <Problems />
                <RateForm />
                <RoomPlace />
                <DayPlace />
                <div class="verdict">
                    <AnswerHeading />
                    <Probabilities />
                </div>
                <Toolbar />
                <Tools />
                <Trace />
                <ComparePlace />
                <AllLeads />
                <div class="below">
                    <Readout />
                    <ColourBar />
                </div>
                <Spoken />
                <Panel />
                <LeadList />
                <Notes />
                <footer class="foot">
                    <DeviceLine />
                    <p>{t(|words| words.aid())} " " <About /> " \u{00b7} " <KeysButton /></p>
                    <p>{t(|words| words.private())}</p>
                </footer>
            </main>
            <div class="drop-here" aria-hidden="true">{t(|words| words.drop_here())}</div>
        </div>
    }
}

/// For those who go through the page by keyboard. The address stays as it is: what follows `#` in it is a recording.
#[component]
fn SkipLink() -> impl IntoView {
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let trace = document().get_element_by_id("trace");
        if let Some(trace) = trace.and_then(|trace| trace.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = trace.focus();
        }
    };
    view! { <a class="skip" href="#trace" on:click=skip>{t(|words| words.skip_to_trace())}</a> }
}

/// Puts the page into the document, in place of what stood there while it was fetched.
pub fn open_page() {
    let Some(body) = document().body() else { return };
    language::begin();
    body.set_inner_html("");
    mount_to_body(App);
}
