//! Getting hold of the browser's GPU.

use burn::tensor::Device;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{
    message::{DeviceKind, FromEngine},
    worker::{Acquired, post},
};

/// Names by which adapters that compute on the CPU give themselves away; the standard's own sign is
/// `isFallbackAdapter`, which not every browser sets.
const SOFTWARE: [&str; 5] = ["swiftshader", "llvmpipe", "lavapipe", "basic render", "warp"];

/// The browser's GPU, or why there is none.
pub async fn acquire() -> Result<Acquired, String> {
    let (adapter, software) = adapter_info().await?;
    let (device, setup) = Device::wgpu_options()
        .init_with_setup_async()
        .await
        .map_err(|error| format!("the browser's GPU could not be opened ({error})"))?;
    setup.device.set_device_lost_callback(|_, message| {
        let reason = if message.is_empty() { "the browser took the GPU away".to_owned() } else { message };
        post(&FromEngine::Lost { reason });
    });
    Ok(Acquired { device, kind: DeviceKind::Webgpu, adapter, software })
}

/// The adapter's name, and whether it is software.
async fn adapter_info() -> Result<(String, bool), String> {
    let missing = || "this browser offers no WebGPU here".to_owned();
    let gpu = get(&get(&js_sys::global(), "navigator"), "gpu");
    if gpu.is_undefined() || gpu.is_null() {
        return Err(missing());
    }
    let request: Function = get(&gpu, "requestAdapter").dyn_into().map_err(|_| missing())?;
    let promise: Promise = request.call0(&gpu).and_then(|value| value.dyn_into()).map_err(|_| missing())?;
    let adapter = JsFuture::from(promise).await.map_err(|_| missing())?;
    if adapter.is_null() || adapter.is_undefined() {
        return Err("this browser has WebGPU but no adapter for it".to_owned());
    }
    let info = get(&adapter, "info");
    let texts =
        ["vendor", "architecture", "device", "description"].map(|key| get(&info, key).as_string().unwrap_or_default());
    let name = texts.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let fallback = get(&info, "isFallbackAdapter").is_truthy() || get(&adapter, "isFallbackAdapter").is_truthy();
    let lower = name.to_lowercase();
    Ok((name, fallback || SOFTWARE.iter().any(|software| lower.contains(software))))
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}
