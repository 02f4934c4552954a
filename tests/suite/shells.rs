//! What shells and manuals are told is what the program knows.

use std::process::Command;

use super::{archlint, fixture};

const COMMANDS: [&str; 4] = ["check", "graph", "baseline", "explain"];

fn said(arguments: &[&str]) -> String {
    let output = archlint(&fixture("cli/clean")).args(arguments).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn completions_know_the_commands_in_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = said(&["completions", shell]);
        for command in COMMANDS {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
}

/// Where bash is there, it must understand the script.
#[test]
fn bash_completes_a_command() {
    let script = said(&["completions", "bash"]);
    let ask = "COMP_WORDS=(cargo-archlint expl); COMP_CWORD=1; \
        _cargo__archlint cargo-archlint expl cargo-archlint; echo \"${COMPREPLY[@]}\"";
    let Ok(output) = Command::new("bash").args(["-c", &format!("{script}\n{ask}")]).output() else {
        return eprintln!("there is no bash here");
    };
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "explain");
}

#[test]
fn the_manual_has_every_command_and_option() {
    let page = said(&["man"]);
    assert!(page.starts_with(".ie") && page.contains(".TH cargo-archlint 1"));
    for command in COMMANDS {
        assert!(page.contains(&format!(".SH \"CARGO ARCHLINT {}\"", command.to_uppercase())));
    }
    for option in ["max\\-findings", "manifest\\-path", "changed\\-since", "unreached"] {
        assert!(page.contains(option), "{option}");
    }
}
