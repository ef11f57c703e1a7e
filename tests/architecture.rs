//! Keeps the map in `src/lib.rs` true: who may use whom, what each folder lists, where SQL and the clock live.
//!
//! The checks read source as text. Each is a function from text to complaints, and is shown to complain below.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What a folder may use of the crate besides itself. `main.rs`, `lib.rs`, `daemon` and `cli` may use everything.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("understanding", &["domain"]),
    ("policy", &["domain"]),
    ("letters", &["domain", "policy"]),
    ("ledger", &["domain", "remedy"]),
    ("mailbox", &["domain", "remedy", "secret"]),
    ("post", &["domain", "remedy", "secret"]),
    ("config", &["domain", "remedy", "secret"]),
    ("clock", &[]),
    ("remedy", &[]),
    ("secret", &[]),
    ("telemetry", &["remedy"]),
];
const CORE: &[&str] = &["domain", "understanding", "policy", "letters"];
/// What would let the world into the core.
const WORLDLY: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "tokio",
    "rusqlite",
    "lettre",
    "async_imap",
    "println!",
    "eprintln!",
];
/// Words that make a string SQL. IMAP has a SELECT too, but never FROM.
const SQL: &[&[&str]] =
    &[&["SELECT ", "FROM "], &["INSERT ", "INTO "], &["UPDATE ", " SET "], &["DELETE FROM "], &["CREATE TABLE "]];
const CLOCKS: &[&str] = &["Utc::now", "Local::now", "SystemTime::now"];

// ---- source as text ----------------------------------------------------------------------------------------------

/// A source file taken apart.
#[derive(Debug, Default)]
struct Source {
    /// Without comments; strings are empty.
    code: String,
    strings: Vec<String>,
    /// The lines of the `//!` comment.
    head: String,
}

/// Takes Rust source apart as far as these checks need: comments, strings, and the rest.
fn take_apart(text: &str) -> Source {
    let head = text.lines().filter_map(|line| line.strip_prefix("//!")).collect::<Vec<_>>().join("\n");
    let mut source = Source { head, ..Source::default() };
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let word_before = source.code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| rest.split_at(end).1);
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some(fence) = raw_fence(rest).filter(|_| !word_before) {
            let (_, body) = rest.split_once('"').unwrap();
            let (string, after) = body.split_once(&format!("\"{fence}")).unwrap_or((body, ""));
            source.strings.push(string.to_owned());
            rest = after;
        } else if next == '"' {
            let end = closing_quote(rest);
            source.strings.push(rest.get(1..end).unwrap_or_default().to_owned());
            rest = rest.get(end + 1..).unwrap_or_default();
        } else if let Some(length) = char_literal(rest) {
            rest = rest.split_at(length).1;
        } else {
            source.code.push(next);
            rest = rest.split_at(next.len_utf8()).1;
        }
    }
    source
}

/// The `#`s of a raw string that begins here.
fn raw_fence(rest: &str) -> Option<String> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes: String = after.chars().take_while(|c| *c == '#').collect();
    after.strip_prefix(hashes.as_str())?.starts_with('"').then_some(hashes)
}

fn closing_quote(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a character literal that begins here; lifetimes are none.
fn char_literal(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let end = if let Some(escape) = inner.strip_prefix('\\') {
        escape.get(1..)?.find('\'')? + 2
    } else {
        let first = inner.chars().next()?.len_utf8();
        inner.get(first..)?.starts_with('\'').then_some(first)?
    };
    Some(1 + end + 1)
}

// ---- the checks --------------------------------------------------------------------------------------------------

/// The top-level modules of the crate that `code` names: after `crate::`, `handback::`, or a path up to the root.
fn modules_used(code: &str, known: &BTreeSet<String>) -> BTreeSet<String> {
    let tight: String =
        code.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ::", "::").replace(":: ", "::");
    let mut used = BTreeSet::new();
    for root in ["crate::", "handback::", "super::super::"] {
        for (at, _) in tight.match_indices(root) {
            let (before, path) = tight.split_at(at);
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let path = path.strip_prefix(root).unwrap().trim_start_matches("super::");
            used.extend(first_names(path).into_iter().filter(|name| known.contains(name)));
        }
    }
    used
}

/// `a::b` gives a; `{a::b, c::{d, e}}` gives a and c.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut names = Vec::new();
    let mut depth = 0;
    let mut item = String::new();
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => names.push(name(&std::mem::take(&mut item))),
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => item.push(c),
            _ => {}
        }
    }
    names.push(name(&item));
    names
}

fn complaints_about_use(module: &str, source: &Source, known: &BTreeSet<String>) -> Vec<String> {
    let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else { return Vec::new() };
    modules_used(&source.code, known)
        .into_iter()
        .filter(|used| used != module && !allowed.contains(&used.as_str()))
        .map(|used| format!("`{module}` may not use `{used}`"))
        .collect()
}

fn complaints_about_world(module: &str, source: &Source) -> Vec<String> {
    if !CORE.contains(&module) {
        return Vec::new();
    }
    WORLDLY
        .iter()
        .filter(|word| source.code.contains(**word))
        .map(|word| format!("`{module}` is core and may not reach for `{word}`"))
        .collect()
}

fn complaints_about_sql(module: &str, source: &Source) -> Vec<String> {
    let is_sql = |string: &str| SQL.iter().any(|words| words.iter().all(|word| string.contains(word)));
    let strings = source.strings.iter().filter(|string| module != "ledger" && is_sql(string));
    strings.map(|string| format!("SQL outside src/ledger: {string}")).collect()
}

fn complaints_about_clock(module: &str, source: &Source) -> Vec<String> {
    let read = CLOCKS.iter().filter(|clock| module != "clock" && source.code.contains(**clock));
    read.map(|clock| format!("`{clock}` outside src/clock.rs")).collect()
}

/// Compares the map of lib.rs, or the list of a mod.rs, with the names that are there.
fn complaints_about_list(head: &str, names: &BTreeSet<String>) -> Vec<String> {
    let words: BTreeSet<&str> = head.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    names.iter().filter(|name| !words.contains(name.as_str())).map(|name| format!("`{name}` is not listed")).collect()
}

/// Names in the map of lib.rs (`domain/`, `clock.rs`) that nothing stands behind.
fn complaints_about_ghosts(head: &str, names: &BTreeSet<String>) -> Vec<String> {
    let map = head.split("```").nth(1).unwrap_or_default();
    map.split_whitespace()
        .filter_map(|word| word.strip_suffix('/').or_else(|| word.strip_suffix(".rs")))
        .filter(|name| !names.contains(*name))
        .map(|name| format!("the map names `{name}`, which is not there"))
        .collect()
}

/// Rows of a mod.rs table (`| `name` | … |`) that no file stands behind.
fn complaints_about_rows(head: &str, names: &BTreeSet<String>) -> Vec<String> {
    head.lines()
        .filter_map(|line| line.trim().strip_prefix("| `")?.split_once('`'))
        .map(|(name, _)| name.trim_end_matches(".rs").trim_end_matches('/'))
        .filter(|name| !name.contains(['.', '*', '/']) && !names.contains(*name))
        .map(|name| format!("the list names `{name}`, which is not there"))
        .collect()
}

// ---- the source as it is -----------------------------------------------------------------------------------------

/// All files of `src`, by path from there.
fn sources() -> BTreeMap<String, Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, take_apart(&fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// `ledger` for `ledger/outbox.rs`, `clock` for `clock.rs`.
fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

fn top_level(sources: &BTreeMap<String, Source>) -> BTreeSet<String> {
    let names = sources.keys().map(|file| module_of(file).to_owned());
    names.filter(|name| name != "lib" && name != "main").collect()
}

/// The files and folders beside `folder`'s mod.rs.
fn siblings(folder: &str, sources: &BTreeMap<String, Source>) -> BTreeSet<String> {
    let within = sources.keys().filter_map(|file| file.strip_prefix(folder)?.strip_prefix('/'));
    within.map(|file| module_of(file).to_owned()).filter(|name| name != "mod").collect()
}

#[track_caller]
fn assert_no_complaint(check: impl Fn(&str, &Source) -> Vec<String>) {
    let sources = sources();
    assert!(sources.len() > 20, "the source was not found");
    let complaints: Vec<String> = sources
        .iter()
        .flat_map(|(file, source)| check(file, source).into_iter().map(move |words| format!("src/{file}: {words}")))
        .collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn each_folder_uses_only_what_it_may() {
    let known = top_level(&sources());
    assert_no_complaint(|file, source| complaints_about_use(module_of(file), source, &known));
}

#[test]
fn the_core_has_no_clock_no_file_and_no_socket() {
    assert_no_complaint(|file, source| complaints_about_world(module_of(file), source));
}

#[test]
fn sql_lives_in_the_ledger_alone() {
    assert_no_complaint(|file, source| complaints_about_sql(module_of(file), source));
}

#[test]
fn the_time_is_read_in_one_place() {
    assert_no_complaint(|file, source| complaints_about_clock(module_of(file), source));
}

#[test]
fn the_map_names_all_there_is_and_nothing_else() {
    let sources = sources();
    let names = top_level(&sources);
    let head = &sources.get("lib.rs").unwrap().head;
    assert_eq!(complaints_about_list(head, &names), [""; 0]);
    assert_eq!(complaints_about_ghosts(head, &names), [""; 0]);
    let ruled: BTreeSet<&str> = MAY_USE.iter().map(|(name, _)| *name).chain(["daemon", "cli"]).collect();
    assert_eq!(names.iter().map(String::as_str).collect::<BTreeSet<_>>(), ruled);
}

#[test]
fn each_folder_lists_its_files() {
    let sources = sources();
    assert_no_complaint(|file, source| {
        let Some(folder) = file.strip_suffix("/mod.rs") else { return Vec::new() };
        let names = siblings(folder, &sources);
        [complaints_about_list(&source.head, &names), complaints_about_rows(&source.head, &names)].concat()
    });
}

// ---- each check complains ----------------------------------------------------------------------------------------

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[track_caller]
fn check_use(module: &str, code: &str, expected: &[&str]) {
    let known =
        names(&["domain", "understanding", "policy", "letters", "ledger", "post", "daemon", "clock", "remedy"]);
    assert_eq!(complaints_about_use(module, &take_apart(code), &known), expected, "{code}");
}

#[test]
fn a_use_in_the_wrong_direction_is_found_however_it_is_written() {
    let bad = &["`policy` may not use `ledger`"];
    check_use("policy", "use crate::ledger::Ledger;", bad);
    check_use("policy", "use crate::{domain::{task::Task, id::{TaskId, PersonId}}, ledger::{self, outbox}};", bad);
    check_use("policy", "use crate::{\n    domain::task::Task,\n    ledger,\n};", bad);
    check_use("policy", "fn f() { crate :: ledger::open(); }", bad);
    check_use("policy", "use super::super::ledger::Ledger;", bad);
    check_use("policy", "#[cfg(test)] mod tests { use super::super::super::ledger; }", bad);
    check_use(
        "domain",
        "use crate::{clock, remedy::Remedy};",
        &["`domain` may not use `clock`", "`domain` may not use `remedy`"],
    );
    check_use("ledger", "use crate::clock::Clock;", &["`ledger` may not use `clock`"]);
}

#[test]
fn a_use_in_the_right_direction_is_left_alone() {
    check_use("policy", "use crate::domain::{task::Task, ledger_like::X};", &[]);
    check_use("policy", "use crate::policy::reminder;", &[]);
    check_use("policy", "/// See [`crate::ledger`].\n// crate::ledger\n/* crate::ledger */", &[]);
    check_use("policy", "const X: &str = \"crate::ledger\"; const Y: &str = r#\"\"crate::ledger\"#;", &[]);
    check_use("policy", "use othercrate::ledger; use super::super::domain;", &[]);
    check_use("daemon", "use crate::{ledger, post, clock};", &[]);
    check_use("post", "use crate::{domain::id::Address, remedy::Remedy};", &[]);
}

#[test]
fn the_core_is_caught_reaching_for_the_world() {
    let reading = take_apart("fn f() { std::fs::read(\"x\").ok(); }");
    assert_eq!(complaints_about_world("letters", &reading), ["`letters` is core and may not reach for `std::fs`"]);
    assert_eq!(complaints_about_world("post", &reading), [""; 0]);
}

#[test]
fn sql_outside_the_ledger_is_found_and_imap_is_not_sql() {
    for sql in [
        "const A: &str = \"SELECT id FROM event\";",
        "const A: &str = r\"\n  SELECT id\n  FROM event\";",
        "const A: &str = \"INSERT OR IGNORE INTO inbox VALUES (1)\";",
        "const A: &str = \"UPDATE inbox SET state = 1\";",
    ] {
        assert_eq!(complaints_about_sql("daemon", &take_apart(sql)).len(), 1, "{sql}");
        assert_eq!(complaints_about_sql("ledger", &take_apart(sql)).len(), 0, "{sql}");
    }
    for other in ["format!(\"SELECT {mailbox}\")", "// SELECT id FROM event", "\"Select the files from June\""] {
        assert_eq!(complaints_about_sql("mailbox", &take_apart(other)), [""; 0], "{other}");
    }
}

#[test]
fn a_clock_elsewhere_is_found() {
    let reads = take_apart("let now = chrono::Utc::now();");
    assert_eq!(complaints_about_clock("daemon", &reads), ["`Utc::now` outside src/clock.rs"]);
    assert_eq!(complaints_about_clock("clock", &reads), [""; 0]);
    assert_eq!(complaints_about_clock("daemon", &take_apart("// not Utc::now()\nlet c = '\"'; f(now)")), [""; 0]);
}

#[test]
fn a_list_that_left_a_file_out_or_kept_one_too_many_is_found() {
    let head = " The post.\n\n| `smtp` | connections |\n| `folder` | files |";
    assert_eq!(complaints_about_list(head, &names(&["smtp", "folder"])), [""; 0]);
    assert_eq!(complaints_about_list(head, &names(&["smtp", "fold"])), ["`fold` is not listed"]);
    assert_eq!(complaints_about_rows(head, &names(&["smtp"])), ["the list names `folder`, which is not there"]);
    let map = "\n```text\ndomain/   values   core\nclock.rs remedy.rs   the time\n```\n";
    assert_eq!(complaints_about_ghosts(map, &names(&["domain", "clock", "remedy"])), [""; 0]);
    assert_eq!(
        complaints_about_ghosts(map, &names(&["domain", "clock"])),
        ["the map names `remedy`, which is not there"]
    );
}

#[test]
fn source_is_taken_apart_at_the_right_places() {
    let source = take_apart(
        "//! Head.\nlet a = \"x // \\\" y\"; // gone\nlet b = 'c'; let d: &'static str = br#\"r\"#; '\\'' '\"' '\\u{85}'",
    );
    assert_eq!(source.head, " Head.");
    assert_eq!(source.strings, ["x // \\\" y", "r"]);
    assert_eq!(
        source.code.split_whitespace().collect::<Vec<_>>().join(" "),
        "let a = ; let b = ; let d: &'static str = ;"
    );
}
