//! Where mail comes from: IMAP, or a folder of .eml files.
