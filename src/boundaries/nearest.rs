//! A misspelled word and the words there are → the one that was meant, if one is near enough.

/// The candidate most like `word`; none where all are too far off.
///
/// Near are words with few typing errors for their length, and words that the given one begins or
/// that begin it. Of equally near ones the first in alphabetical order is taken.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let allowed = (word.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().filter(|candidate| !candidate.is_empty()) {
        let distance = distance(word, candidate);
        if distance <= allowed && best.is_none_or(|found| (distance, candidate) < found) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// ``; did you mean `x`?`` or nothing: the end of many a message.
pub(crate) fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    nearest(word, candidates).map(|found| format!("did you mean `{found}`?"))
}

fn distance(word: &str, candidate: &str) -> usize {
    let (word, candidate) = (word.to_lowercase(), candidate.to_lowercase());
    let begins = word.len() >= 3 && candidate.len() >= 3;
    if begins && (candidate.starts_with(&word) || word.starts_with(&candidate)) {
        return 1;
    }
    strsim::damerau_levenshtein(&word, &candidate)
}
