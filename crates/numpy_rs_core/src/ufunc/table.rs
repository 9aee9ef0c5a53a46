//! What a ufunc is: a name, a signature, and a table of rows from dtypes to loops. Filled by `numpy_rs_ufuncs`.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering};

use numpy_rs_kernels::abi::LoopFn;
use numpy_rs_kernels::fold_rows::FoldRows;

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
    /// Folds dense rows into one row without a look at events, where the loop has such a form.
    pub fold_rows: Option<FoldRows>,
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
    pub rows: OnceLock<Table>,
}

/// Operand classes that a cached choice of row is filed under: 24 type numbers and three weak Python scalars.
pub(super) const CLASSES: usize = 27;

/// The rows of a ufunc, and which row the inputs met so far led to.
pub struct Table {
    rows: Vec<Row>,
    /// 1 + position of the row, by the classes of one or two inputs; 0 is not yet known. Only plain numbers of
    /// native byte order are filed, so the classes say all there is to say.
    choices: Box<[AtomicU16]>,
}

impl Table {
    /// The row that inputs of these classes led to before.
    #[inline]
    pub(super) fn known(&self, at: usize) -> Option<&Row> {
        let found = self.choices.get(at)?.load(Ordering::Relaxed);
        self.rows.get(usize::from(found).wrapping_sub(1))
    }

    /// Files a choice; of several threads that do so, all file the same.
    pub(super) fn remember(&self, at: usize, row: &Row) {
        if let Some(choice) = self.choices.get(at)
            && let Some(i) = self.rows.iter().position(|r| std::ptr::eq(r, row))
        {
            choice.store(i as u16 + 1, Ordering::Relaxed);
        }
    }
}

impl Ufunc {
    /// The rows, in order of preference.
    #[inline]
    pub fn rows(&self) -> &[Row] {
        &self.table().rows
    }

    #[inline]
    pub(super) fn table(&self) -> &Table {
        self.rows.get_or_init(|| {
            let mut rows = Vec::new();
            (self.build)(&mut rows);
            let n_choices = match self.nin {
                1 => CLASSES,
                2 => CLASSES * CLASSES,
                _ => 0,
            };
            let choices = (0..n_choices).map(|_| AtomicU16::new(0)).collect();
            Table { rows, choices }
        })
    }

    /// The number of operands.
    #[inline]
    pub fn nargs(&self) -> usize {
        self.nin + self.nout
    }
}
