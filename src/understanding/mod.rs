//! From a mail to statements or owner commands. Always succeeds and never touches the world.

pub mod machine;
pub mod own_words;
pub mod amounts;
pub mod hours;
pub mod times;
