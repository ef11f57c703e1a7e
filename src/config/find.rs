//! Where config.toml is.

use super::{environment::Environment, error::ConfigError};
use std::path::{Path, PathBuf};

/// Returns the config to use: the one named by `--config`, else by `$HANDBACK_CONFIG`, else the first there is.
pub fn find(named: Option<&Path>, environment: &Environment) -> Result<PathBuf, ConfigError> {
    let here = environment.here();
    if let Some(path) = named {
        return there_or(here.join(path), |path| ConfigError::Missing { path, named_by: "--config" });
    }
    if let Some(path) = environment.path("HANDBACK_CONFIG") {
        return there_or(here.join(path), |path| ConfigError::Missing { path, named_by: "$HANDBACK_CONFIG" });
    }
    let places = places(environment);
    match places.iter().find(|path| path.is_file()) {
        Some(path) => Ok(path.clone()),
        None => Err(ConfigError::NotFound { looked: places }),
    }
}

/// The places looked at when nothing names a config, the first that holds one wins.
fn places(environment: &Environment) -> Vec<PathBuf> {
    let own = environment.settings_dir().map(|dir| dir.join("config.toml"));
    [Some(environment.here().join("config.toml")), own, Some("/etc/handback/config.toml".into())]
        .into_iter()
        .flatten()
        .collect()
}

fn there_or(path: PathBuf, missing: impl FnOnce(PathBuf) -> ConfigError) -> Result<PathBuf, ConfigError> {
    // A path that may not be looked at is left for the reader, who can say why.
    if path.try_exists().unwrap_or(true) { Ok(path) } else { Err(missing(path)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_named_config_wins_and_else_the_nearest() {
        let dir = tempfile::tempdir().unwrap();
        let (here, home) = (dir.path().join("here"), dir.path().join("home"));
        fs::create_dir_all(&here).unwrap();
        fs::create_dir_all(home.join(".config/handback")).unwrap();
        let own = home.join(".config/handback/config.toml");
        fs::write(&own, "").unwrap();
        let environment = Environment::new(&here, [("HOME", home.to_str().unwrap())]);
        assert_eq!(find(None, &environment).unwrap(), own);

        fs::write(here.join("config.toml"), "").unwrap();
        assert_eq!(find(None, &environment).unwrap(), here.join("config.toml"));

        fs::write(here.join("other.toml"), "").unwrap();
        let environment = Environment::new(&here, [("HANDBACK_CONFIG", "other.toml")]);
        assert_eq!(find(None, &environment).unwrap(), here.join("other.toml"));
        assert_eq!(find(Some(&own), &environment).unwrap(), own);
    }

    #[test]
    fn a_named_config_that_is_not_there_is_not_replaced_by_another() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("config.toml"), "").unwrap();
        let environment = Environment::new(dir.path(), []);
        let error = find(Some(Path::new("nowhere.toml")), &environment).unwrap_err();
        assert!(matches!(error, ConfigError::Missing { named_by: "--config", .. }), "{error}");
    }
}
