//! The log: sentences that stand alone, with fields to search by. Words and addresses of people stay in the ledger.
