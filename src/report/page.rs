//! A rule page in Markdown → the same for a terminal: headings underlined, blocks indented.

use std::io;

use crate::report::visible::visible;

/// Writes the page.
pub fn write(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let mut in_block = false;
    for line in text.lines() {
        if let Some(info) = line.strip_prefix("```") {
            in_block = !in_block;
            if let Some((_, path)) = info.split_once(' ') {
                writeln!(out, "  {}\n", visible(path))?;
            }
        } else if in_block && !line.is_empty() {
            writeln!(out, "    {}", visible(line))?;
        } else {
            write_prose(line, out)?;
        }
    }
    Ok(())
}

fn write_prose(line: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let headings = [("# ", "="), ("## ", "-")];
    let heading = headings.iter().find_map(|(mark, rule)| Some((line.strip_prefix(mark)?, rule)));
    match heading {
        Some((title, rule)) => {
            let title = visible(title.trim());
            writeln!(out, "{title}\n{}", rule.repeat(title.chars().count()))
        }
        None => writeln!(out, "{}", visible(line)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn headings_prose_and_blocks() {
        let page = "\
# no-cycles

Modules that `need` each other.

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

Modules that `need` each other.

Two of them
-----------

  shop/src/cart.rs

    use crate::price; //~ no-cycles

    # not a heading

    [[rule]]
";
        let mut out = Vec::new();
        super::write(page, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
