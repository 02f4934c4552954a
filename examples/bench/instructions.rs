//! Instructions per stage on a fixed input: they are the same on a quiet machine and on a busy one.

use std::process::Command;

use anyhow::Context as _;
use archlint::judge::{Case, judge};
use archlint::sketch::{Sketch, sketch};

const STAGES: [&str; 4] = ["input", "extract", "resolve", "check"];

/// Runs the line up to a stage; `input` only makes up the texts.
pub(crate) fn stage(stage: &str) -> anyhow::Result<()> {
    let texts = texts();
    let last = STAGES.iter().position(|known| *known == stage).context("no such stage")?;
    if last == 0 {
        println!("{}", texts.iter().map(|(_, text)| text.lines().count()).sum::<usize>());
        return Ok(());
    }
    let sketch = sketch(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    if last > 1 {
        let resolution = sketch.resolve();
        if last > 2 {
            checked(sketch, resolution)?;
        }
    }
    Ok(())
}

fn checked(mut sketch: Sketch, resolution: archlint::resolve::Resolution) -> anyhow::Result<()> {
    let rules = (0..10).map(|at| {
        format!("[[rule]]\nid = \"rule-{at}\"\nforbid = \"crate{at} -> crate{}\"\n", at + 10)
    });
    let rules = format!("version = 1\n{}", rules.collect::<String>());
    let config = sketch.sources.add("boundaries.toml".into(), rules);
    let case = Case {
        built_in: true,
        ..Case::new(&sketch.workspace, &sketch.sources, &sketch.files, config)
    };
    let judged = judge(case, resolution)?;
    anyhow::ensure!(!judged.verdict.findings.is_empty(), "the input breaks its rules");
    Ok(())
}

/// Writes how many instructions each stage takes.
pub(crate) fn table() -> anyhow::Result<()> {
    let counts = STAGES.map(count);
    println!("| stage | million instructions |\n|---|---:|");
    let mut before = 0;
    for (stage, count) in STAGES.iter().zip(counts) {
        let count = count?;
        println!("| {stage} | {:.1} |", (count - before) as f64 / 1e6);
        before = count;
    }
    Ok(())
}

fn count(stage: &str) -> anyhow::Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["--stage", stage])
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .context("`valgrind` cannot be started")?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = text.lines().find_map(|line| line.split_once("Collected : "));
    let (_, count) = line.with_context(|| format!("callgrind counts nothing: {text}"))?;
    count.trim().parse().context("a number of instructions")
}

/// Forty crates of ten modules: imports, re-exports, globs, macros, methods and tests, about as
/// densely as in real code.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for krate in 0..40 {
        let modules =
            (0..10).map(|module| format!("pub mod m{module};\npub use m{module}::T{module};\n"));
        let root = modules.chain(["pub mod prelude {\n    pub use super::*;\n}\n".to_owned()]);
        texts.push((format!("crate{krate}/src/lib.rs"), root.collect()));
        for module in 0..10 {
            texts.push((format!("crate{krate}/src/m{module}.rs"), text(krate, module)));
        }
    }
    texts
}

fn text(krate: usize, module: usize) -> String {
    let (other, next) = ((krate + 10) % 40, (module + 1) % 10);
    let mut text = format!(
        "use std::collections::BTreeMap;\nuse std::fmt;\n\nuse crate{other}::prelude::*;\nuse super::m{next}::{{self, T{next} as Next}};\n\npub struct T{module} {{\n    pub map: BTreeMap<String, Next>,\n}}\n\nimpl fmt::Display for T{module} {{\n    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{\n        write!(f, \"{{}}\", self.map.len())\n    }}\n}}\n"
    );
    for function in 0..8 {
        text.push_str(&format!(
            "\nimpl T{module} {{\n    pub fn f{function}(&self, count: usize) -> Option<Next> {{\n        let mut all: Vec<crate{other}::m{next}::T{next}> = Vec::new();\n        for at in 0..count {{\n            if self.map.len() > at + {function} {{\n                all.push(crate{other}::T{next} {{ map: BTreeMap::new() }});\n            }}\n        }}\n        assert!(all.len() <= count, \"{{count}}\");\n        m{next}::helper(all.len());\n        None\n    }}\n}}\n"
        ));
    }
    text.push_str("\npub fn helper(_: usize) {}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn helps() {\n        helper(1);\n    }\n}\n");
    text
}
