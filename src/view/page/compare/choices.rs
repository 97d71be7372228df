//! What one chooses about the second trace, and what the network says of it.

use leptos::prelude::*;

use super::second::{ClassChoice, Second, Subject};
use crate::network::{Class, Layer};
use crate::view::i18n::Sentence;
use crate::view::page::language::{t, words};
use crate::view::page::recordings::Row;
use crate::view::page::state::Page;

/// So many recordings are offered; who has more opens them from the list.
const MOST_OFFERED: usize = 200;

#[component]
pub fn Choices(second: Second) -> impl IntoView {
    let page = expect_context::<Page>();
    let rows = Memo::new(move |_| {
        let offered = |row: &Row| (row.id, row.name.clone());
        let mut rows: Vec<(u32, Sentence)> =
            page.recordings.yours.with(|rows| rows.iter().take(MOST_OFFERED).map(offered).collect());
        page.recordings.demos.with(|demos| rows.extend(demos.iter().map(offered)));
        rows
    });
    let choose_subject = move |event| {
        let chosen = event_target_value(&event).parse().map_or(Subject::Same, Subject::Row);
        // Another recording has an answer of its own; the same one is looked at for another class.
        let class = if chosen == Subject::Same { ClassChoice::Next } else { ClassChoice::Answer };
        second.class.set(class);
        second.subject.set(chosen);
    };
    let choose_class = move |event| {
        let chosen = event_target_value(&event);
        second.class.set(match chosen.as_str() {
            "answer" => ClassChoice::Answer,
            "next" => ClassChoice::Next,
            code => Class::from_code(code).map_or(ClassChoice::Answer, ClassChoice::This),
        });
    };
    let choose_layer = move |event| {
        if let Some(layer) = Layer::from_name(&event_target_value(&event)) {
            second.layer.set(layer);
        }
    };
    let is_class = move |choice: ClassChoice| second.class.get() == choice;
    let subjects = move || {
        rows.get()
            .into_iter()
            .map(|(id, name)| {
                view! {
                    <option value=id.to_string() selected=move || second.subject.get() == Subject::Row(id)>
                        {move || name.say(words())}
                    </option>
                }
            })
            .collect_view()
    };
    let said = move || {
        if let Some(failure) = second.failure() {
            return failure.say(words());
        }
        let Some(explanation) = second.explanation() else { return words().reading().to_owned() };
        let doubt = words().doubt();
        let (answer, sure) = (doubt.heading(&explanation), doubt.how_sure(&explanation));
        words().compare().said(&answer, &sure, explanation.class, explanation.layer)
    };
    view! {
        <div class="toolbar" role="group" aria-label=t(|words| words.compare().second())>
            <label class="select">
                <span>{t(|words| words.compare().recording())}</span>
                <select id="second-recording" on:change=choose_subject>
                    <option value="same" selected=move || second.subject.get() == Subject::Same>
                        {t(|words| words.compare().same())}
                    </option>
                    {subjects}
                </select>
            </label>
            <label class="select">
                <span>{t(|words| words.compare().class())}</span>
                <select id="second-class" on:change=choose_class>
                    <option value="next" selected=move || is_class(ClassChoice::Next)>
                        {t(|words| words.compare().next_class())}
                    </option>
                    <option value="answer" selected=move || is_class(ClassChoice::Answer)>
                        {t(|words| words.compare().answer())}
                    </option>
                    {Class::ALL.map(|class| view! {
                        <option value=class.code() selected=move || is_class(ClassChoice::This(class))>
                            {move || words().class_name(class)}
                        </option>
                    }).collect_view()}
                </select>
            </label>
            <label class="select">
                <span>{t(|words| words.layer())}</span>
                <select id="second-layer" on:change=choose_layer>
                    {Layer::ALL.into_iter().rev().map(|layer| view! {
                        <option value=layer.name() selected=move || second.layer.get() == layer>
                            {move || words().layer_name(layer)}
                        </option>
                    }).collect_view()}
                </select>
            </label>
        </div>
        <p class="second-said" id="second-said" role="status">{said}</p>
    }
}
