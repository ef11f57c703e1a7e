//! Speed.
pub(crate) fn run(_corpus: &str, _beside: Option<&str>) {}
