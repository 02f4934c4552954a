//! What git remembers: files and trees of earlier revisions.
//!
//! Reads objects only: no work tree, index or configuration is touched, no filter or hook runs, and
//! nothing is fetched.

use std::io::{BufRead, BufReader, ErrorKind, Read as _, Write as _};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, bail, ensure};
use camino::{Utf8Path, Utf8PathBuf};

/// A folder in a repository, at one of its commits.
#[derive(Debug)]
pub(super) struct Revision {
    folder: Utf8PathBuf,
    /// The folder's path below the repository's root.
    pub(super) prefix: Utf8PathBuf,
    commit: String,
}

/// A file in a tree.
#[derive(Debug)]
pub(super) struct TreeEntry {
    /// Below the repository's root.
    pub(super) path: Utf8PathBuf,
    pub(super) object: String,
    pub(super) is_link: bool,
    pub(super) size: u64,
}

impl Revision {
    /// Finds the commit that a name stands for, in the repository to which `folder` belongs.
    pub(super) fn find(folder: &Utf8Path, name: &str) -> anyhow::Result<Self> {
        ensure!(!name.starts_with('-') && !name.is_empty(), "`{name}` is no git revision");
        let prefix = told(folder, &["rev-parse", "--show-prefix"])
            .with_context(|| format!("`{folder}` has no history to compare with"))?;
        let commit = told(folder, &["rev-parse", "--verify", &format!("{name}^{{commit}}")])
            .with_context(|| format!("there is no git revision `{name}`"))?;
        Ok(Self {
            folder: folder.to_owned(),
            prefix: line(&prefix)?.into(),
            commit: line(&commit)?,
        })
    }

    /// The text of a file in the folder; none if it was not there.
    pub(super) fn file(&self, name: &str) -> anyhow::Result<Option<String>> {
        let path = self.prefix.join(name);
        let found = self.list(&[path.as_str()])?;
        let Some(entry) = found.first() else { return Ok(None) };
        let bytes = told(&self.folder, &["cat-file", "blob", &entry.object])?;
        Ok(Some(String::from_utf8(bytes).with_context(|| format!("`{path}` is not UTF-8"))?))
    }

    /// Every file of the commit's whole tree whose path is text; submodules are left out.
    pub(super) fn files(&self) -> anyhow::Result<Vec<TreeEntry>> {
        self.list(&[])
    }

    fn list(&self, paths: &[&str]) -> anyhow::Result<Vec<TreeEntry>> {
        let fixed = ["--literal-pathspecs", "ls-tree", "-r", "-z", "-l", "--full-tree"];
        let arguments: Vec<&str> = fixed.into_iter().chain([&*self.commit, "--"]).collect();
        let listed = told(&self.folder, &[&arguments[..], paths].concat())?;
        Ok(listed.split(|byte| *byte == 0).filter_map(tree_entry).collect())
    }

    /// Hands each entry's content to `take`, in their order.
    pub(super) fn contents(
        &self,
        entries: &[TreeEntry],
        mut take: impl FnMut(&TreeEntry, Vec<u8>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut child = command(&self.folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start `git`")?;
        let mut asks = child.stdin.take().context("`git` takes no questions")?;
        let mut answers = BufReader::new(child.stdout.take().context("`git` gives no answers")?);
        let objects: Vec<&str> = entries.iter().map(|entry| entry.object.as_str()).collect();
        let read = std::thread::scope(|scope| {
            // Both pipes are of limited length, so asking must not wait for the reading.
            scope.spawn(move || objects.iter().try_for_each(|object| writeln!(asks, "{object}")));
            let read = entries.iter().try_for_each(|entry| take(entry, answer(&mut answers)?));
            drop(answers);
            read
        });
        child.wait().context("`git` did not end")?;
        read
    }
}

/// `<object> blob <size>`, the content, and a line end.
fn answer(answers: &mut impl BufRead) -> anyhow::Result<Vec<u8>> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    let size = size.with_context(|| format!("git cannot read an object: {}", head.trim_end()))?;
    let mut content = Vec::new();
    answers.take(size).read_to_end(&mut content)?;
    ensure!(content.len() as u64 == size, "git stopped within an object");
    answers.read_until(b'\n', &mut Vec::new())?;
    Ok(content)
}

/// `<mode> blob <object> <size>\t<path>`.
fn tree_entry(line: &[u8]) -> Option<TreeEntry> {
    let (head, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
    let mut words = head.split_whitespace();
    let (mode, kind, object, size) = (words.next()?, words.next()?, words.next()?, words.next()?);
    (kind == "blob").then_some(())?;
    let is_link = mode == "120000";
    Some(TreeEntry { path: path.into(), object: object.into(), is_link, size: size.parse().ok()? })
}

fn told(folder: &Utf8Path, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
    let output = command(folder).args(arguments).stdin(Stdio::null()).output();
    let Output { status, stdout, stderr } = match output {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("cannot start `git`, which knows earlier revisions")
        }
        output => output.context("cannot start `git`")?,
    };
    let stderr = String::from_utf8_lossy(&stderr);
    let first = stderr.lines().next().unwrap_or("it does not say why");
    ensure!(status.success(), "git says: {}", first.trim_start_matches("fatal: "));
    Ok(stdout)
}

fn command(folder: &Utf8Path) -> Command {
    let mut command = Command::new("git");
    command
        .args(["-C", folder.as_str(), "--no-replace-objects", "-c", "core.fsmonitor=false"])
        .args(["-c", "protocol.allow=never"])
        .env("LC_ALL", "C")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0");
    command
}

fn line(bytes: &[u8]) -> anyhow::Result<String> {
    let text = std::str::from_utf8(bytes).context("git's answer is not UTF-8")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
