//! From what there is to say to a finished letter.
