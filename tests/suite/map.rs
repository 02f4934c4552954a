//! The map of `graph --format html`, in a real browser where there is one.

use std::path::Path;
use std::process::Command;

use super::{archlint, fixture};

fn page(workspace: &str) -> String {
    let output =
        archlint(&fixture(workspace)).args(["graph", "--format", "html"]).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// What the page holds after a script has worked on it; none without a browser.
fn played(page: &str, script: &str) -> Option<String> {
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let runs = |name: &&&str| Command::new(name).arg("--version").output().is_ok();
    let Some(browser) = browsers.iter().find(runs) else {
        eprintln!("there is no browser here");
        return None;
    };
    let folder = snapbox::dir::DirRoot::mutable_temp().unwrap();
    let file = folder.path().unwrap().join("map.html");
    let report = "addEventListener('error', (event) => document.body.append('FAI' + 'LED ' + event.message));";
    let head = format!("<head>\n<script>{report}</script>");
    let page = page
        .replacen("<head>", &head, 1)
        .replace("</body>", &format!("<script>{script}</script></body>"));
    std::fs::write(&file, page).unwrap();
    Some(dump(browser, &file, folder.path().unwrap()))
}

/// The part of the page that scripts write into.
fn end(dom: &str) -> &str {
    &dom[dom.len().saturating_sub(1500)..]
}

fn dump(browser: &str, file: &Path, profile: &Path) -> String {
    let quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--window-size=1400,900",
        ])
        .args(quiet)
        .arg(format!("--user-data-dir={}", profile.join("profile").display()))
        .arg("--dump-dom")
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_click_on_a_forbidden_crossing_leads_to_its_lines() {
    let script = r#"
        const grip = [...document.querySelectorAll(".grip")].find((one) => one.textContent.startsWith("accounts uses im_api:"));
        grip.dispatchEvent(new MouseEvent("click"));
    "#;
    let Some(dom) = played(&page("acmetrade/0-tangled"), script) else { return };
    assert!(!dom.contains("FAILED"), "{}", end(&dom));
    assert!(dom.contains("<h2>accounts → im_api</h2>"), "{}", end(&dom));
    assert!(dom.contains("accounts/src/mail/confirmation.rs:5:5"));
    assert!(dom.contains("because accounts is the core domain"));
}

#[test]
fn one_walks_down_to_a_module_by_search_and_back_by_key() {
    let script = r#"
        const key = (name) => document.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
        search.value = "accounts mail confirmation";
        search.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
        const found = document.querySelector("aside h2").textContent;
        key("Backspace");
        key("m");
        document.body.append(`[${found}] [${document.querySelector("nav").textContent}] [${document.querySelectorAll("table.matrix tbody tr").length > 1}]`);
    "#;
    let Some(dom) = played(&page("acmetrade/0-tangled"), script) else { return };
    assert!(!dom.contains("FAILED"), "{}", end(&dom));
    assert!(
        dom.contains("[accounts::mail::confirmation] [workspace › accounts] [true]"),
        "{}",
        end(&dom)
    );
}

/// Nothing on the page asks for anything outside of it.
#[test]
fn the_page_is_one_file() {
    let page = page("acmetrade/0-tangled");
    for outside in ["src=", "<link", "@import", "fetch(", "XMLHttpRequest", "http://", "url(h"] {
        let found = page.replace("http://www.w3.org/2000/svg", "").contains(outside);
        assert!(!found, "{outside}");
    }
}

/// Of the 18 references of `accounts` to `im_api` ten break a rule; the arrow says so in any picture.
#[test]
fn pictures_mark_what_breaks_a_rule() {
    let picture = |format| {
        let arguments = ["graph", "--grain", "crate", "--format", format];
        let output = archlint(&fixture("acmetrade/0-tangled")).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let dot = picture("dot");
    let arrow = dot.lines().find(|line| line.contains("\"accounts\" -> \"im_api\"")).unwrap();
    assert!(arrow.ends_with("color=red, penwidth=2];"), "{arrow}");
    assert!(picture("mermaid").contains("stroke:red,stroke-width:3px"));
}
