//! The families, by the recurrences of their bases.

/// A family of polynomials `P0, P1, …`, each one of its degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// `1, x, x², …`
    Power,
    /// Chebyshev's of the first kind.
    Chebyshev,
    /// Legendre's.
    Legendre,
    /// Hermite's of the physicists.
    Hermite,
    /// Hermite's of the probabilists.
    HermiteE,
    /// Laguerre's.
    Laguerre,
}

/// `x P = up P' + same P + down P''` for the polynomials of the next degree and of the one before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) up: f64,
    pub(super) same: f64,
    pub(super) down: f64,
}

impl Family {
    /// All six.
    pub const ALL: [Self; 6] = [
        Self::Power,
        Self::Chebyshev,
        Self::Legendre,
        Self::Hermite,
        Self::HermiteE,
        Self::Laguerre,
    ];

    /// What `x` times the polynomial of degree `n` is.
    pub(super) fn step(self, n: usize) -> Step {
        let k = n as f64;
        let (up, same, down) = match self {
            Self::Power => (1.0, 0.0, 0.0),
            Self::Chebyshev if n == 0 => (1.0, 0.0, 0.0),
            Self::Chebyshev => (0.5, 0.0, 0.5),
            Self::Legendre => ((k + 1.0) / (2.0 * k + 1.0), 0.0, k / (2.0 * k + 1.0)),
            Self::Hermite => (0.5, 0.0, k),
            Self::HermiteE => (1.0, 0.0, k),
            Self::Laguerre => (-(k + 1.0), 2.0 * k + 1.0, -k),
        };
        Step { up, same, down }
    }
}
