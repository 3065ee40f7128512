//! The stacks and clusters of this repository: systems that people built by hand, as typed programs.

pub mod backend;
pub mod clusters;
pub mod course;
pub mod lifecycle;
pub mod mysql;
pub mod wordpress;

pub use clusters::clusters;

/// The documents' examples, run as tests.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../../README.md")]
    struct Readme;
    #[doc = include_str!("../../docs/guide.md")]
    struct Guide;
}
