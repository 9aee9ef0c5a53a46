//! Our loops in NumPy's legacy form `(char **args, intp *dims, intp *steps, void *data)`, for C code that takes them
//! from `PyUFuncObject.functions`.

use std::ffi::c_void;

use numpy_rs_core::dtype::DType;
use numpy_rs_core::object;
use numpy_rs_core::ufunc::table::{Row, Ufunc};
use numpy_rs_kernels::abi::{LoopContext, LoopError};
use pyo3::exceptions::{PyMemoryError, PyValueError};
use pyo3::prelude::*;

/// What a thunk needs besides its arguments.
struct Data {
    row: &'static Row,
    itemsizes: Box<[usize]>,
    nargs: usize,
    /// Core dimensions and core strides behind the loop's own.
    n_core_dims: usize,
    n_core_strides: usize,
}

unsafe extern "C" fn run(
    args: *mut *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the caller follows the legacy form: `nargs` pointers, the dimensions, and steps in bytes; `data` is ours.
    unsafe {
        let d = &*data.cast::<Data>();
        let context = LoopContext {
            itemsizes: &d.itemsizes,
            watch: false,
            watch_underflow: false,
            objects: object::ops(),
            aux: d.row.aux,
            crew: None,
        };
        let status = (d.row.run)(
            &context,
            std::slice::from_raw_parts(args, d.nargs),
            std::slice::from_raw_parts(dims, 1 + d.n_core_dims),
            std::slice::from_raw_parts(steps, d.nargs + d.n_core_strides),
        );
        let Some(error) = status.error else { return };
        if error == LoopError::Object {
            return;
        }
        let py = Python::assume_attached();
        match error {
            LoopError::Memory => PyMemoryError::new_err(()),
            LoopError::NegativeIntegerPower => {
                PyValueError::new_err("Integers to negative integer powers are not allowed.")
            }
            _ => PyValueError::new_err("a value does not fit its new dtype"),
        }
        .restore(py);
    }
}

/// The tables `functions` and `data` of a ufunc; they live as long as the process.
pub(super) fn tables(ufunc: &'static Ufunc) -> (*mut *mut c_void, *mut *mut c_void) {
    let (n_dims, n_strides) = core_counts(ufunc);
    let mut functions = Vec::new();
    let mut data = Vec::new();
    for row in ufunc.rows() {
        functions.push(run as *mut c_void);
        let d = Data {
            row,
            itemsizes: row
                .types
                .iter()
                .map(|&t| DType::new(t).itemsize())
                .collect(),
            nargs: ufunc.nargs(),
            n_core_dims: n_dims,
            n_core_strides: n_strides,
        };
        data.push(Box::into_raw(Box::new(d)).cast());
    }
    (
        crate::static_type::leak_table(functions),
        crate::static_type::leak_table(data),
    )
}

/// The numbers of core dimensions and of core strides that a signature names.
fn core_counts(ufunc: &Ufunc) -> (usize, usize) {
    let Some(signature) = ufunc.signature else {
        return (0, 0);
    };
    let mut names: Vec<&str> = Vec::new();
    let mut strides = 0;
    for word in signature
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
    {
        strides += 1;
        if !names.contains(&word) {
            names.push(word);
        }
    }
    (names.len(), strides)
}
