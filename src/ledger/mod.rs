//! SQLite: events, projections, words, inbox, notices, outbox.
