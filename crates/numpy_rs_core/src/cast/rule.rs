//! The casting rules by name.

use crate::error::{Error, Result};

/// Which conversions a caller allows; each rule allows everything that the ones before it allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Casting {
    /// The dtypes are the same, byte order included.
    No,
    /// Only the byte order may differ.
    Equiv,
    /// Every value is preserved.
    Safe,
    /// Safe, or within a kind such as float64 to float32.
    #[default]
    SameKind,
    /// Anything that can be converted at all.
    Unsafe,
    /// As `Unsafe` between numbers, but a value that does not survive the way there and back is an error.
    SameValue,
}

impl Casting {
    /// NumPy's word for the rule.
    pub const fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Equiv => "equiv",
            Self::Safe => "safe",
            Self::SameKind => "same_kind",
            Self::Unsafe => "unsafe",
            Self::SameValue => "same_value",
        }
    }

    /// The rule with this name.
    pub fn from_name(name: &str) -> Result<Self> {
        [
            Self::No,
            Self::Equiv,
            Self::Safe,
            Self::SameKind,
            Self::Unsafe,
            Self::SameValue,
        ]
        .into_iter()
        .find(|c| c.name() == name)
        .ok_or_else(|| {
            Error::value(format!(
                "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value' (got '{name}')"
            ))
        })
    }
}
