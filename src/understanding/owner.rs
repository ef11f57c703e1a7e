//! owner placeholder
