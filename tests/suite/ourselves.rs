//! archlint on archlint: the line of stages is what `boundaries.toml` in our root says.

#[test]
fn our_own_boundaries_hold() {
    archlint::check_workspace(env!("CARGO_MANIFEST_DIR")).unwrap().assert_holds();
}
