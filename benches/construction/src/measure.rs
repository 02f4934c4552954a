//! A case → what a call costs in either way.
//!
//! Calls are timed in batches. Batches of the two ways alternate, so that a slow phase of the
//! machine meets both of them; medians are taken, so that a few slow batches do not matter.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

/// A thing that a rule wants to be built once, in the right hands and in the wrong ones.
pub(crate) struct Case {
    /// The rule that finds it.
    pub(crate) rule: &'static str,
    /// What is built, and used.
    pub(crate) name: &'static str,
    /// Builds it, uses it once, drops it.
    pub(crate) build_and_use: Work,
    /// The same use of one that is there.
    pub(crate) use_only: Work,
}

/// Does its work so many times.
pub(crate) type Work = Box<dyn FnMut(u32)>;

impl Case {
    pub(crate) fn new<B, U>(
        rule: &'static str,
        name: &'static str,
        build_and_use: impl FnMut() -> B + 'static,
        use_only: impl FnMut() -> U + 'static,
    ) -> Self {
        Self { rule, name, build_and_use: repeated(build_and_use), use_only: repeated(use_only) }
    }
}

/// The loop is inside of the box: calls of nanoseconds are not to pay for finding it.
fn repeated<T>(mut call: impl FnMut() -> T + 'static) -> Work {
    Box::new(move |times| {
        for _ in 0..times {
            black_box(call());
        }
    })
}

/// A case, measured.
pub(crate) struct Row {
    pub(crate) rule: &'static str,
    pub(crate) name: &'static str,
    pub(crate) build_and_use: Cost,
    pub(crate) use_only: Cost,
}

/// Of one call, in nanoseconds.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// Time of all processors in this process.
    pub(crate) cpu: f64,
    /// Time on the clock.
    pub(crate) wall: f64,
}

/// Runs the two ways in turns for this long, and a few batches at least.
pub(crate) fn measure(case: &mut Case, time: Duration) -> Row {
    let (build_times, use_times) = (batch(&mut case.build_and_use), batch(&mut case.use_only));
    let (mut builds, mut uses) = (Vec::new(), Vec::new());
    let start = Instant::now();
    while start.elapsed() < time || builds.len() < 5 {
        builds.push(cost(&mut case.build_and_use, build_times));
        uses.push(cost(&mut case.use_only, use_times));
    }
    let (build_and_use, use_only) = (median(&builds), median(&uses));
    Row { rule: case.rule, name: case.name, build_and_use, use_only }
}

/// How many calls keep the processor busy for long enough to be timed; warms up on the way.
fn batch(work: &mut Work) -> u32 {
    const LONG_ENOUGH: f64 = 10e6;
    const MOST: u32 = 1 << 24;
    let mut times = 1;
    while times < MOST && cost(work, times).cpu * f64::from(times) < LONG_ENOUGH {
        times *= 2;
    }
    times
}

fn cost(work: &mut Work, times: u32) -> Cost {
    let (cpu, wall) = (ProcessTime::now(), Instant::now());
    work(times);
    let (cpu, wall) = (cpu.elapsed(), wall.elapsed());
    let per_call = |time: Duration| time.as_secs_f64() * 1e9 / f64::from(times);
    Cost { cpu: per_call(cpu), wall: per_call(wall) }
}

fn median(costs: &[Cost]) -> Cost {
    let middle = |time: fn(&Cost) -> f64| {
        let mut times: Vec<f64> = costs.iter().map(time).collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    Cost { cpu: middle(|cost| cost.cpu), wall: middle(|cost| cost.wall) }
}
