//! The ribbon under the trace: importance as the height of a grey band, for eyes and prints without colour.

use leptos::prelude::*;

use super::gradient::{Stops, top};
use super::state::Page;
use super::trace::Layout;
use crate::view::geometry::{Frame, pixels, ribbon_path};

#[component]
pub fn Ribbon(frame: Memo<Frame>, layout: Memo<Layout>, stops: Memo<Option<Stops>>) -> impl IntoView {
    let page = expect_context::<Page>();
    let band = move || {
        let layout = layout.get();
        let frame = Frame { height: layout.ribbon_height, ..frame.get() };
        stops.with(|stops| stops.as_ref().map(|stops| ribbon_path(&stops.window, top(page), &frame)))
    };
    let place = move || format!("translate({} {})", pixels(layout.get().left), pixels(layout.get().ribbon_top));
    let (width, height) = (move || pixels(layout.get().width), move || pixels(layout.get().ribbon_height));
    view! {
        <g transform=place>
            <clipPath id="ribbon-clip">
                <rect width=width height=height />
            </clipPath>
            <rect class="paper" width=width height=height />
            <path id="ribbon" class="ribbon" d=band clip-path="url(#ribbon-clip)" />
            <rect class="box" width=width height=height />
        </g>
    }
}
