//! handback: the daemon between owners and remote assistants.

use std::process::ExitCode;

fn main() -> ExitCode {
    handback::cli::run()
}
