//! What can go wrong with sound, as data; the words are in `Display` alone.

use std::fmt;

use numpy_rs_core::error as core;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There are no samples where some are needed.
    Empty,
    /// An argument that has no meaning; the whole message.
    Argument(Box<str>),
    /// A file or stream that is not what it says; the whole message.
    Malformed(Box<str>),
    /// A kind of file that is not read or written here; the whole message.
    Unsupported(Box<str>),
    /// A file could not be opened, read or written.
    Io(std::io::Error),
    /// Memory, an axis, a cast, Ctrl-C.
    Core(core::Error),
}

impl Error {
    /// An [`Error::Argument`] from text made at run time.
    #[cold]
    pub fn argument(message: impl Into<Box<str>>) -> Self {
        Self::Argument(message.into())
    }

    /// An [`Error::Malformed`] from text made at run time.
    #[cold]
    pub fn malformed(message: impl Into<Box<str>>) -> Self {
        Self::Malformed(message.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there are no samples (the array is empty)"),
            Self::Argument(s) | Self::Malformed(s) | Self::Unsupported(s) => f.write_str(s),
            Self::Io(e) => e.fmt(f),
            Self::Core(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<core::Error> for Error {
    fn from(e: core::Error) -> Self {
        Self::Core(e)
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Self::Io(e)
    }
}

impl From<Error> for core::Error {
    fn from(e: Error) -> Self {
        match e {
            Error::Core(e) => e,
            Error::Unsupported(s) => Self::Unsupported(s),
            other => Self::value(other.to_string()),
        }
    }
}
