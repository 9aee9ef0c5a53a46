//! What a ufunc is: a name, a signature, and a table of rows from dtypes to loops. Filled by `numpy_rs_ufuncs`.

use std::sync::OnceLock;

use numpy_rs_kernels::abi::LoopFn;

use crate::dtype::TypeNum;

/// One row of a loop table.
#[derive(Clone, Copy)]
pub struct Row {
    /// Type numbers of the inputs, then of the outputs.
    pub types: &'static [TypeNum],
    /// The loop.
    pub run: LoopFn,
    /// Data handed to the loop as `LoopContext::aux`; null for most rows.
    pub aux: *const u8,
}

// SAFETY: `aux` points to immutable data with static lifetime.
unsafe impl Send for Row {}
// SAFETY: as above.
unsafe impl Sync for Row {}

/// What a reduction over nothing gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Identity {
    /// No identity: an empty reduction is an error.
    None,
    /// The identity 0.
    Zero,
    /// The identity 1.
    One,
    /// All bits set.
    MinusOne,
    /// Negative infinity (`logaddexp`).
    NegInf,
    /// `false`.
    False,
    /// `true`.
    True,
}

/// How the dtypes of a call lead to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolver {
    /// Inputs promote to a common dtype; the first row that they can be cast to safely serves.
    Default,
    /// Comparisons: as `Default`; int64 against uint64 compare exactly, and different-kind `==`/`!=` may answer at once.
    Comparison,
    /// `true_divide`: integers go to float64.
    TrueDivide,
    /// Any dtypes, tested for truth (`logical_and` and its family).
    Logical,
    /// `absolute`, `isnan`…: one operand; complex to its real type where the row says so.
    Unary,
}

/// A universal function.
pub struct Ufunc {
    /// NumPy's name.
    pub name: &'static str,
    /// The docstring.
    pub doc: &'static str,
    /// The number of inputs.
    pub nin: usize,
    /// The number of outputs.
    pub nout: usize,
    /// The generalized signature such as `(m,n),(n,p)->(m,p)`; `None` for elementwise functions.
    pub signature: Option<&'static str>,
    /// What a reduction over nothing gives.
    pub identity: Identity,
    /// Whether a reduction may visit elements in any order over several axes.
    pub reorderable: bool,
    /// How dtypes lead to a row.
    pub resolver: Resolver,
    /// Fills the table: rows in NumPy's order of preference.
    pub build: fn(&mut Vec<Row>),
    /// The table once filled.
    pub rows: OnceLock<Vec<Row>>,
}

impl Ufunc {
    /// The rows, in order of preference.
    pub fn rows(&self) -> &[Row] {
        self.rows.get_or_init(|| {
            let mut rows = Vec::new();
            (self.build)(&mut rows);
            rows
        })
    }

    /// The number of operands.
    #[inline]
    pub fn nargs(&self) -> usize {
        self.nin + self.nout
    }
}
