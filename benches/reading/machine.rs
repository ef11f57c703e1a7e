//! Who wrote it.
use crate::Options;
pub(crate) fn run(_corpus: &str, _options: &Options) {}
