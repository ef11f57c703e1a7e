//! config.toml as written, then as checked.
