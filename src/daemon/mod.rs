//! One round of work, and the loop around it.
