//! The environment of the process, as a value: tests give their own.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

/// Environment variables and the folder that relative paths of the command line start at.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    variables: BTreeMap<OsString, OsString>,
    here: PathBuf,
}

impl Environment {
    pub fn of_process() -> Self {
        Self { variables: std::env::vars_os().collect(), here: std::env::current_dir().unwrap_or_default() }
    }

    pub fn new<'a>(here: &Path, variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { variables, here: here.to_owned() }
    }

    /// The value of a variable; one that is empty counts as not set.
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }

    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.get(name).map(PathBuf::from)
    }

    pub fn here(&self) -> &Path {
        &self.here
    }

    pub fn home(&self) -> Option<PathBuf> {
        self.path("HOME")
    }

    /// Where handback keeps its ledger unless told otherwise: the folder systemd gives, else the user's own.
    pub fn data_dir(&self) -> Option<PathBuf> {
        // systemd joins several StateDirectory= entries with colons; the first is ours.
        let given = self.get("STATE_DIRECTORY").and_then(OsStr::to_str).and_then(|all| all.split(':').next());
        given
            .map(PathBuf::from)
            .or_else(|| Some(self.path("XDG_STATE_HOME")?.join("handback")))
            .or_else(|| Some(self.home()?.join(".local/state/handback")))
    }

    /// The user's folder for settings.
    pub fn settings_dir(&self) -> Option<PathBuf> {
        self.path("XDG_CONFIG_HOME").or_else(|| Some(self.home()?.join(".config"))).map(|dir| dir.join("handback"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: Option<&str>) {
        let environment = Environment::new(Path::new("/"), variables.iter().copied());
        assert_eq!(environment.data_dir(), expected.map(PathBuf::from));
    }

    #[test]
    fn the_folder_of_systemd_comes_before_the_users_own() {
        let home = ("HOME", "/home/ana");
        check(&[("STATE_DIRECTORY", "/var/lib/handback:/var/lib/other"), home], Some("/var/lib/handback"));
        check(&[("XDG_STATE_HOME", "/x"), home], Some("/x/handback"));
        check(&[("STATE_DIRECTORY", ""), home], Some("/home/ana/.local/state/handback"));
        check(&[], None);
    }
}
