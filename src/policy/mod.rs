//! From state and time to the next step, and from statements to what follows.
