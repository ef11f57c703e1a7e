//! The command line, one file a command. Data goes to stdout, talk to stderr, and nothing is ever asked.
//!
//! | file | knows |
//! |---|---|
//! | `args` | what can be typed |
//! | `exit` | exit codes, and how trouble is told |
//! | `check` | `handback check` |
//! | `init` | `handback init`: config.toml from flags |
//! | `help` | `handback help TOPIC`, from the texts in `help/` |
//! | `brief` | a task from a brief or from flags |
//! | `assistant_file` | assistants from a file or from flags |
//! | `desk` | what most commands work at: ledger, rules, key, clock |
//! | `table` | tables on a terminal |
//! | `task`, `task_view` | `handback task`: deciding, and showing |
//! | `assistant`, `mail`, `digest`, `ledger`, `status`, `hold`, `explain` | the commands of those names |
//! | `backup`, `restored` | `handback backup`, `handback restore`, and what has to be seen after one |
//! | `run` | `handback run`: the daemon |
//! | `demo` | `handback demo`: a made-up week on embedded parts |

pub mod args;
pub mod assistant;
pub mod assistant_file;
mod backup;
pub mod brief;
mod check;
pub mod demo;
pub mod desk;
mod digest;
pub mod exit;
pub mod explain;
mod help;
mod hold;
pub mod init;
mod ledger;
mod mail;
mod restored;
mod run;
mod status;
pub mod table;
pub mod task;
mod task_view;

use crate::config::{self, Config, Environment, Mistakes};
use args::{Cli, Command, Global};
use clap::Parser;
use exit::{Exit, Trouble};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Does what the command line says.
pub fn run() -> ExitCode {
    // clap ends the process by itself for --help (0) and for what it cannot read (2).
    let cli = Cli::parse();
    let environment = Environment::of_process();
    let ended = dispatch(&cli, &environment).unwrap_or_else(|trouble| {
        eprintln!("{}", trouble.words.trim_end());
        trouble.exit
    });
    ended.into()
}

fn dispatch(cli: &Cli, environment: &Environment) -> Result<Exit, Trouble> {
    match &cli.command {
        Command::Check => check::run(&cli.global, environment),
        Command::Help { topic } => help::run(topic.as_deref()),
        Command::Init { settings } => init::run(settings.as_ref(), &cli.global, environment),
        Command::Run(args) => run::run(args, &cli.global, environment),
        Command::Demo => demo::run(&cli.global),
        Command::Task(command) => task::run(command, &cli.global, environment),
        Command::Assistant(command) => assistant::run(command, &cli.global, environment),
        Command::Mail(command) => mail::run(command, &cli.global, environment),
        Command::Digest(args) => digest::run(args, &cli.global, environment),
        Command::Explain(args) => explain::run(args, &cli.global, environment),
        Command::Ledger(command) => ledger::run(command, &cli.global, environment),
        Command::Status(args) => status::run(*args, &cli.global, environment),
        Command::Hold { why } => hold::hold(why.as_deref(), &cli.global, environment),
        Command::Resume { seen } => hold::resume(*seen, &cli.global, environment),
        Command::Backup { to } => backup::back_up(to, &cli.global, environment),
        Command::Restore { from } => backup::restore(from, &cli.global, environment),
    }
}

/// Finds and checks the config; warnings are told on stderr.
pub fn load_config(global: &Global, environment: &Environment) -> Result<Config, Trouble> {
    let path = config::find(global.config.as_deref(), environment)?;
    let (config, warnings) = config::load(&path, environment)?;
    tell_warnings(&warnings);
    Ok(config)
}

fn tell_warnings(warnings: &Mistakes) {
    if !warnings.list.is_empty() {
        eprint!("{}", warnings.picture(exit::colours(), config::mistake::WIDTH));
    }
}

/// Writes to stdout. A reader that went away, such as `head`, is no trouble.
pub fn print(text: &str) -> Result<(), Trouble> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Trouble::from_error(Exit::Failed, &error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
