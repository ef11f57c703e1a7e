//! Did a machine write it.
