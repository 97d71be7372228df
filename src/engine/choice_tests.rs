use super::DeviceKind::{Cpu, Webgpu};
use super::*;

fn ready(device: DeviceKind, milliseconds: f64, software: bool) -> Heard {
    Heard::Ready(SelfTest { device, adapter: "an adapter".into(), software, milliseconds })
}

fn lost(reason: &str) -> Heard {
    Heard::Lost { reason: reason.into() }
}

/// A desk whose CPU has answered request 0, and whose GPU is starting.
fn warm() -> Desk {
    let mut desk = Desk::new(None);
    desk.begin();
    desk.ask(0);
    desk.hear(Cpu, ready(Cpu, 10.0, false));
    desk.hear(Cpu, Heard::Answered { id: 0 });
    desk
}

#[test]
fn the_cpu_answers_first_and_the_gpu_starts_after() {
    let mut desk = Desk::new(None);
    assert_eq!(desk.begin(), [Act::Start(Cpu)]);
    assert_eq!(desk.ask(0), [Act::Post { to: Cpu, id: 0 }]);
    assert_eq!(desk.hear(Cpu, Heard::Answered { id: 0 }), [], "it has yet to time itself");
    assert_eq!(desk.hear(Cpu, ready(Cpu, 10.0, false)), [Act::Start(Webgpu)]);
    assert_eq!(desk.ask(1), [Act::Post { to: Cpu, id: 1 }]);
    assert_eq!(desk.hear(Cpu, Heard::Answered { id: 1 }), []);
}

#[test]
fn the_faster_one_answers() {
    let mut desk = warm();
    desk.hear(Webgpu, ready(Webgpu, 4.0, false));
    assert_eq!((desk.preferred(), desk.gpu_unused()), (Some(Webgpu), None));
    assert_eq!(desk.ask(1), [Act::Post { to: Webgpu, id: 1 }]);

    let mut desk = warm();
    desk.hear(Webgpu, ready(Webgpu, 40.0, false));
    assert_eq!(desk.preferred(), Some(Cpu));
    assert_eq!(desk.gpu_unused(), Some(GpuUnused::Slower { gpu: 40.0, cpu: 10.0 }));
}

#[test]
fn a_software_adapter_is_never_preferred_unless_forced() {
    let mut desk = warm();
    desk.hear(Webgpu, ready(Webgpu, 1.0, true));
    assert_eq!(desk.preferred(), Some(Cpu));
    assert_eq!(desk.gpu_unused(), Some(GpuUnused::Software { adapter: "an adapter".into() }));

    let mut desk = Desk::new(Some(Webgpu));
    assert_eq!(desk.begin(), [Act::Start(Webgpu)]);
    desk.hear(Webgpu, ready(Webgpu, 100.0, true));
    assert_eq!((desk.preferred(), desk.gpu_unused()), (Some(Webgpu), None));
}

#[test]
fn a_forced_cpu_never_starts_the_gpu() {
    let mut desk = Desk::new(Some(Cpu));
    desk.begin();
    desk.hear(Cpu, ready(Cpu, 10.0, false));
    desk.ask(0);
    assert_eq!(desk.hear(Cpu, Heard::Answered { id: 0 }), []);
    assert_eq!(desk.gpu_unused(), Some(GpuUnused::NotAsked));
}

#[test]
fn a_forced_gpu_that_is_missing_stops_nobody() {
    let mut desk = Desk::new(Some(Webgpu));
    desk.begin();
    assert_eq!(desk.ask(0), [Act::Post { to: Webgpu, id: 0 }]);
    let acts = desk.hear(Webgpu, Heard::Unavailable { reason: "none here".into() });
    assert_eq!(acts, [Act::Stop(Webgpu), Act::Start(Cpu), Act::Post { to: Cpu, id: 0 }]);
    assert_eq!(desk.gpu_unused(), Some(GpuUnused::Gone { reason: "none here".into() }));
}

#[test]
fn what_a_lost_gpu_left_is_repeated_on_the_cpu() {
    let mut desk = warm();
    desk.hear(Webgpu, ready(Webgpu, 4.0, false));
    desk.ask(1);
    desk.ask(2);
    let acts = desk.hear(Webgpu, lost("device lost"));
    assert_eq!(acts, [Act::Stop(Webgpu), Act::Post { to: Cpu, id: 1 }]);
    assert_eq!(desk.hear(Cpu, Heard::Answered { id: 1 }), [Act::Post { to: Cpu, id: 2 }]);
    assert_eq!(desk.hear(Webgpu, lost("the worker's error event, too")), []);
    assert_eq!(desk.gpu_unused(), Some(GpuUnused::Gone { reason: "device lost".into() }));
}

#[test]
fn a_request_that_kills_the_engine_twice_is_given_up_and_the_next_one_is_answered() {
    let mut desk = Desk::new(Some(Cpu));
    desk.begin();
    desk.hear(Cpu, ready(Cpu, 10.0, false));
    desk.ask(0);
    desk.ask(1);
    let again = Act::Post { to: Cpu, id: 0 };
    assert_eq!(desk.hear(Cpu, lost("it broke")), [Act::Stop(Cpu), Act::Start(Cpu), again]);
    desk.hear(Cpu, ready(Cpu, 10.0, false));
    let acts = desk.hear(Cpu, lost("it broke"));
    let given_up = Act::GiveUp { id: 0, reason: "it broke".into() };
    assert_eq!(acts, [Act::Stop(Cpu), given_up, Act::Start(Cpu), Act::Post { to: Cpu, id: 1 }]);
}

#[test]
fn without_any_device_every_request_is_told_so() {
    let mut desk = Desk::new(None);
    desk.begin();
    desk.ask(0);
    let acts = desk.hear(Cpu, Heard::Unavailable { reason: "no SIMD".into() });
    let again = Act::Post { to: Webgpu, id: 0 };
    assert_eq!(acts, [Act::Stop(Cpu), Act::Start(Webgpu), again], "the other one is tried first");
    let acts = desk.hear(Webgpu, Heard::Unavailable { reason: "no WebGPU".into() });
    assert_eq!(acts, [Act::Stop(Webgpu), Act::GiveUp { id: 0, reason: "no SIMD".into() }]);
    assert_eq!(desk.ask(1), [Act::GiveUp { id: 1, reason: "no SIMD".into() }]);
}

#[test]
fn a_forgotten_request_is_not_posted() {
    let mut desk = warm();
    desk.ask(1);
    desk.ask(2);
    desk.ask(3);
    assert!(desk.forget(2));
    assert!(!desk.forget(1), "it is being answered already");
    assert_eq!(desk.hear(Cpu, Heard::Answered { id: 1 }), [Act::Post { to: Cpu, id: 3 }]);
}

/// An engine that dies before it is ready is not started for ever.
#[test]
fn a_cpu_that_dies_while_starting_gives_way() {
    let mut desk = Desk::new(Some(Cpu));
    desk.begin();
    desk.ask(0);
    let acts = desk.hear(Cpu, lost("out of memory"));
    assert_eq!(acts, [Act::Stop(Cpu), Act::GiveUp { id: 0, reason: "out of memory".into() }]);
}
