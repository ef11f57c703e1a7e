//! From a mail to statements or owner commands. Always succeeds and never touches the world.
