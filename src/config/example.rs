//! What an example file shows: which keys there are, and how a line with each looks.
//!
//! The example is the one list of known keys for people to read, so mistakes quote it. A line with a key may
//! be commented out (`# zone = "…"`), which is how a default is shown.

use super::nearest::nearest;

/// An example file, read line by line.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// What people call the file, in "… shows it as".
    pub name: &'static str,
    pub text: &'static str,
}

/// A line of an example that sets a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownLine<'a> {
    /// The table the key is in; empty at the top.
    pub section: &'a str,
    pub key: &'a str,
    /// The line without its comment mark.
    pub line: &'a str,
    /// Whether it is commented out, and so shows a default.
    pub commented: bool,
}

impl Example {
    /// The lines that set a key, in order.
    pub fn lines(self) -> impl Iterator<Item = ShownLine<'static>> {
        let mut section = "";
        self.text.lines().filter_map(move |written| {
            let (line, commented) = match written.strip_prefix("# ") {
                Some(line) => (line, true),
                None => (written, false),
            };
            if line.starts_with('[') {
                section = line.trim_matches(['[', ']']);
                return None;
            }
            let (key, _) = line.split_once(" = ")?;
            is_key(key).then_some(ShownLine { section, key, line, commented })
        })
    }

    /// How the example writes `section.key`.
    pub fn line(self, path: &str) -> Option<&'static str> {
        let (section, key) = path.rsplit_once('.').unwrap_or(("", path));
        self.lines().find(|shown| shown.section == section && shown.key == key).map(|shown| shown.line)
    }

    /// "config.example.toml shows it as …", where the example has the key.
    pub fn quote(self, path: &str) -> Option<String> {
        self.line(path).map(|line| format!("{} shows it as `{line}`", self.name))
    }

    /// The known key or table nearest to an unknown `section.key`: in its own table first, then elsewhere.
    pub fn nearest_to(self, section: &str, key: &str) -> Option<String> {
        let own = self.lines().filter(|shown| shown.section == section).map(|shown| shown.key);
        let tables = self.lines().map(|shown| shown.section).filter(|table| section.is_empty() && !table.is_empty());
        if let Some(near) = nearest(key, own.chain(tables)) {
            return Some(near.to_owned());
        }
        let elsewhere = self.lines().find(|shown| shown.key == key && !shown.section.is_empty())?;
        Some(format!("{} in [{}]", elsewhere.key, elsewhere.section))
    }
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: Example = Example {
        name: "the example",
        text: "[owner]\nname = \"Ana\"\n# At what hour = when.\n# zone = \"UTC\"\n\n[imap]\n# host = \"\"\n",
    };

    #[test]
    fn the_lines_of_an_example_are_found_commented_or_not() {
        assert_eq!(EXAMPLE.line("owner.name"), Some("name = \"Ana\""));
        assert_eq!(EXAMPLE.line("owner.zone"), Some("zone = \"UTC\""));
        assert_eq!(EXAMPLE.line("owner.host"), None);
        assert_eq!(EXAMPLE.lines().count(), 3, "a sentence with an equals sign is no key");
    }

    #[test]
    fn an_unknown_key_is_looked_for_in_its_table_and_then_elsewhere() {
        assert_eq!(EXAMPLE.nearest_to("owner", "zon").as_deref(), Some("zone"));
        assert_eq!(EXAMPLE.nearest_to("", "ownr").as_deref(), Some("owner"));
        assert_eq!(EXAMPLE.nearest_to("owner", "host").as_deref(), Some("host in [imap]"));
        assert_eq!(EXAMPLE.nearest_to("owner", "colour"), None);
    }
}
