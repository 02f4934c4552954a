//! What starts threads, and waits for them when it is dropped.

use std::hint::black_box;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::runtime::{Builder, Runtime};

use crate::measure::Case;

pub(super) fn two_workers() -> Case {
    let build = || Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime_case("`tokio::runtime`, two workers", move || build().expect("a runtime"))
}

pub(super) fn current_thread() -> Case {
    runtime_case("`tokio::runtime`, current thread", small_runtime)
}

fn runtime_case(name: &'static str, build: impl Fn() -> Runtime + 'static) -> Case {
    let runtime = build();
    Case::new(
        "runtime-per-call",
        name,
        move || build().block_on(async { black_box(17) }),
        move || runtime.block_on(async { black_box(17) }),
    )
}

/// One that works on the thread that waits for it.
pub(super) fn small_runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

pub(super) fn two_threads() -> Case {
    pool_case("`rayon::ThreadPool`, 2 threads", 2)
}

pub(super) fn eight_threads() -> Case {
    pool_case("`rayon::ThreadPool`, 8 threads", 8)
}

fn pool_case(name: &'static str, threads: usize) -> Case {
    let build = move || ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let pool = build();
    Case::new("thread-pool-per-call", name, move || sum(&build()), move || sum(&pool))
}

fn sum(pool: &ThreadPool) -> u64 {
    pool.install(|| (0..black_box(100_u64)).into_par_iter().sum())
}
