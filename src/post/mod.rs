//! Where letters leave: SMTP, or a folder of .eml files.
