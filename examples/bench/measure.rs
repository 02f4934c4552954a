//! A command → the CPU time, wall time and memory that it and its children used.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use nix::sys::resource::{UsageWho, getrusage};

/// What a command used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    /// CPU seconds, of the user and the system together.
    pub(crate) cpu: f64,
    /// Wall seconds.
    pub(crate) wall: f64,
    /// Peak memory of the largest process, in megabytes.
    pub(crate) megabytes: f64,
}

/// Runs the command, and says in one line what it used. Only who has no other children knows.
pub(crate) fn child(command: &[&str]) -> anyhow::Result<()> {
    let (program, arguments) = command.split_first().context("nothing to measure")?;
    let started = Instant::now();
    let quiet = || Stdio::null();
    let status = Command::new(program).args(arguments).stdout(quiet()).stderr(quiet()).status()?;
    let wall = started.elapsed();
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let time =
        |value: nix::sys::time::TimeVal| value.tv_sec() as f64 + value.tv_usec() as f64 / 1e6;
    let cpu = time(used.user_time()) + time(used.system_time());
    let code = status.code().unwrap_or(-1);
    println!("{code} {cpu} {} {}", wall.as_secs_f64(), used.max_rss() as f64 / 1024.0);
    Ok(())
}

/// The best of several runs, by CPU time; `before` each of them is done what it takes.
pub(crate) fn best(
    runs: usize,
    command: &[&str],
    environment: &[(&str, &str)],
    mut before: impl FnMut(usize) -> anyhow::Result<()>,
) -> anyhow::Result<Usage> {
    let mut best: Option<Usage> = None;
    for run in 0..runs {
        before(run)?;
        // Writing back what was copied before is not the command's business.
        std::thread::sleep(Duration::from_millis(20));
        let usage = once(command, environment)?;
        best = best.filter(|best| best.cpu <= usage.cpu).or(Some(usage));
    }
    best.context("no runs")
}

fn once(command: &[&str], environment: &[(&str, &str)]) -> anyhow::Result<Usage> {
    let output = Command::new(std::env::current_exe()?)
        .arg("--measure")
        .args(command)
        .envs(environment.iter().copied())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let (code, numbers) = text.split_once(' ').with_context(|| command.join(" "))?;
    ensure!(["0", "1"].contains(&code), "`{}` ends with {code}", command.join(" "));
    let numbers: Vec<f64> = numbers.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [cpu, wall, megabytes] = numbers[..] else {
        anyhow::bail!("`{}` cannot be measured", command.join(" "))
    };
    Ok(Usage { cpu, wall, megabytes })
}
