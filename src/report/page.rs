//! A rule page in Markdown → the same for a terminal: headings underlined, blocks indented,
//! paragraphs filled, marks put into words.

use std::io;

use crate::boundaries::flag::Flag;
use crate::boundaries::page::parse_page;
use crate::boundaries::parse;
use crate::boundaries::written::{Rule, Statement};
use crate::model::{FileId, Severity};
use crate::report::Style;
use crate::report::visible::visible;

/// No line of prose is longer.
const WIDTH: usize = 100;

/// Writes the page. Below the title stands what its rule says of itself.
pub fn write(text: &str, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = Writer { style, paragraph: String::new(), out };
    let mut in_block = false;
    for line in text.lines() {
        if let Some(info) = line.strip_prefix("```") {
            writer.end_paragraph()?;
            in_block = !in_block;
            if let Some((_, path)) = info.split_once(' ') {
                writeln!(writer.out, "  {}\n", visible(path))?;
            }
        } else if in_block && !line.is_empty() {
            writer.code(line)?;
        } else {
            writer.prose(line, text)?;
        }
    }
    writer.end_paragraph()
}

struct Writer<'o> {
    style: Style,
    /// What has been read of a paragraph or of an entry of a list.
    paragraph: String,
    out: &'o mut dyn io::Write,
}

impl Writer<'_> {
    fn prose(&mut self, line: &str, page: &str) -> io::Result<()> {
        let headings = [("# ", "="), ("## ", "-")];
        let heading =
            headings.iter().find_map(|(mark, rule)| Some((line.strip_prefix(mark)?, *rule)));
        if let Some((title, rule)) = heading {
            self.end_paragraph()?;
            self.heading(title.trim(), rule)?;
            let levels = if rule == "=" { levels(page) } else { Vec::new() };
            return levels.iter().try_for_each(|level| writeln!(self.out, "\n{}", visible(level)));
        }
        let begins = line.starts_with("- ") || line.starts_with('|');
        if line.trim().is_empty() || begins {
            self.end_paragraph()?;
        }
        if line.trim().is_empty() {
            return writeln!(self.out);
        }
        let gap = if self.paragraph.is_empty() { "" } else { " " };
        self.paragraph.extend([gap, line.trim()]);
        Ok(())
    }

    fn heading(&mut self, title: &str, rule: &str) -> io::Result<()> {
        let title = visible(title);
        let line = rule.repeat(title.chars().count());
        writeln!(self.out, "{}\n{line}", self.painted(&title, "1"))
    }

    /// A line of code; a mark at its end says what is found there.
    fn code(&mut self, line: &str) -> io::Result<()> {
        let arrow = if self.style.ascii { "<-" } else { "←" };
        let mark = [("//~ ", "//"), ("#~ ", "#")].into_iter().find_map(|(sign, comment)| {
            line.rsplit_once(sign).map(|(code, rules)| (code, comment, rules))
        });
        match mark {
            None => writeln!(self.out, "    {}", visible(line)),
            Some((code, comment, rules)) => {
                let words = format!("{comment} {arrow} found: {}", visible(rules.trim()));
                let words = self.painted(&words, "33");
                writeln!(self.out, "    {}{words}", visible(code))
            }
        }
    }

    /// Fills the lines; those of a list's entry stand below its first word.
    fn end_paragraph(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.paragraph);
        if text.starts_with('|') {
            return writeln!(self.out, "{}", visible(&text));
        }
        let indent = if text.starts_with("- ") { "  " } else { "" };
        let text = with_plain_links(&text);
        let mut line = String::new();
        for word in text.split_whitespace() {
            let needed = line.chars().count() + 1 + word.chars().count();
            if !line.is_empty() && needed > WIDTH {
                writeln!(self.out, "{}", visible(&line))?;
                line = format!("{indent}{word}");
            } else {
                let gap = if line.is_empty() { "" } else { " " };
                line.extend([gap, word]);
            }
        }
        if line.is_empty() { Ok(()) } else { writeln!(self.out, "{}", visible(&line)) }
    }

    fn painted(&self, text: &str, codes: &str) -> String {
        if self.style.color { format!("\u{1b}[{codes}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// `[regex](https://docs.rs/regex)` → `regex (https://docs.rs/regex)`.
fn with_plain_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(middle) = rest.find("](http") {
        let open = rest[..middle].rfind('[');
        let close = rest[middle..].find(')').map(|at| middle + at);
        let (Some(open), Some(close)) = (open, close) else { break };
        let (label, link) = (&rest[open + 1..middle], &rest[middle + 2..close]);
        plain.push_str(&rest[..open]);
        let bare = label == link;
        plain.extend(if bare { [link, "", "", ""] } else { [label, " (", link, ")"] });
        rest = &rest[close + 1..];
    }
    plain + rest
}

/// A line for each rule about code shapes on the page.
fn levels(page: &str) -> Vec<String> {
    let page = parse_page(page, FileId(0)).0;
    let rules = parse(&page.boundaries, FileId(0)).0.rules;
    let flags = rules.iter().filter_map(|rule| match &rule.statement {
        Statement::Flag { flag, .. } if rule.id == page.title => Some(level(rule, flag)),
        _ => None,
    });
    flags.collect()
}

fn level(rule: &Rule, flag: &Flag) -> String {
    let severity = match rule.severity {
        Severity::Deny => "an error",
        Severity::Warn => "a warning",
        Severity::Info => "information",
    };
    let default = if flag.default { ", on unless told otherwise" } else { "" };
    let effort = flag.effort.iter().map(|effort| format!(", about {effort} to mend"));
    let fix = flag
        .fix
        .iter()
        .map(|fix| if fix.machine { ", fixed by `--fix`" } else { ", with a proposal" });
    let confidence = flag.confidence.name();
    let head = format!("{severity}{default}, confidence {confidence}");
    effort.chain(fix.map(str::to_owned)).fold(head, |line, more| line + &more)
}

#[cfg(test)]
mod tests {
    #[test]
    fn headings_prose_and_blocks() {
        let page = "\
# no-cycles

Modules that `need`
each other; see [the book](https://x.y/z).

- one
- two

## Two of them

```rust shop/src/cart.rs
use crate::price; //~ no-cycles

# not a heading
```

```toml
[[rule]]
```
";
        let expected = "\
no-cycles
=========

Modules that `need` each other; see the book (https://x.y/z).

- one
- two

Two of them
-----------

  shop/src/cart.rs

    use crate::price; // ← found: no-cycles

    # not a heading

    [[rule]]
";
        let mut out = Vec::new();
        super::write(page, super::Style::default(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn long_lines_are_filled_and_rules_introduce_themselves() {
        let words = "word ".repeat(30);
        let page = format!(
            "# no-get\n\n{words}\n\n```toml\n[[rule]]\nid = \"no-get\"\nseverity = \"warn\"\neffort = \"5min\"\nflag = [\"reqwest::get\"]\n```\n"
        );
        let mut out = Vec::new();
        super::write(&page, super::Style::default(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[3], "a warning, confidence high, about 5min to mend");
        assert_eq!(lines[5], ["word"; 20].join(" "));
        assert_eq!(lines[6], ["word"; 10].join(" "));
    }
}
