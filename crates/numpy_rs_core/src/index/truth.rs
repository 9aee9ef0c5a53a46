//! Truth of items of any dtype, as bool arrays.

use crate::array::Array;
use crate::cast::{self, Casting};
use crate::copy;
use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};
use crate::iter::nest::Nest;
use crate::layout::Order;
use crate::object;
use crate::view::View;

/// Which items are true, in C order: numbers that are not zero, texts and bytes that are not all zero, objects as
/// they say, structs by any of their fields.
pub fn truth(view: &View<'_>) -> Result<Array> {
    let bool_dtype = DType::new(TypeNum::Bool);
    let dtype = view.dtype();
    if dtype.num().is_number() || matches!(dtype.kind(), b'm' | b'M') {
        return copy::cast_to(view, &bool_dtype, Order::C, Casting::Unsafe).map(|(array, _)| array);
    }
    let mut out = Array::empty(bool_dtype, view.shape(), Order::C)?;
    let strides = crate::dims::Dims::from_slice(out.strides());
    let to = out.view_mut()?.ptr_mut();
    let nest = Nest::new(view.shape(), 2, |op, axis| {
        if op == 0 {
            view.strides()[axis]
        } else {
            strides[axis]
        }
    });
    let (from, by) = (nest.strides(0)[0], nest.strides(0)[1]);
    nest.walk(&[view.ptr().cast_mut(), to], 0..nest.size(), |at, n| {
        for k in 0..n {
            // SAFETY: the nest stays inside the view and the result of the same shape.
            unsafe { *at[1].offset(k * by) = u8::from(item_truth(dtype, at[0].offset(k * from))?) };
        }
        Ok(())
    })?;
    Ok(out)
}

/// Whether one item is true.
///
/// # Safety
///
/// `ptr` addresses an item of `dtype`; objects need the thread that holds the interpreter.
pub unsafe fn item_truth(dtype: &DType, ptr: *const u8) -> Result<bool> {
    // SAFETY: promised by the caller; fields and inner items lie inside the item.
    unsafe {
        if let Some(fields) = dtype.fields() {
            for f in fields {
                if item_truth(&f.dtype, ptr.add(f.offset_bytes))? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some((base, _)) = dtype.subarray_parts() {
            let n = if base.itemsize() == 0 {
                0
            } else {
                dtype.itemsize() / base.itemsize()
            };
            for i in 0..n {
                if item_truth(base, ptr.add(i * base.itemsize()))? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if dtype.num() == TypeNum::Object {
            let item = ptr
                .cast::<numpy_rs_elements::object::Object>()
                .read_unaligned();
            let Some(ops) = object::ops() else {
                return Err(Error::Unsupported(
                    "objects need an owner of objects".into(),
                ));
            };
            if item.is_null() {
                return Ok(false);
            }
            (ops.incref)(item);
            let answer = (ops.truth)(item);
            (ops.decref)(item);
            return if answer < 0 {
                Err(Error::Object)
            } else {
                Ok(answer != 0)
            };
        }
        if dtype.num().is_flexible() {
            let bytes = std::slice::from_raw_parts(ptr, dtype.itemsize());
            return Ok(bytes.iter().any(|&b| b != 0));
        }
        let mut byte = 0u8;
        let run = cast::cast_loop(dtype, &DType::new(TypeNum::Bool))?;
        let status = run.run(ptr, 0, &raw mut byte, 0, 1, false);
        match status.error {
            Some(e) => Err(cast::convert::take_error(e)),
            None => Ok(byte != 0),
        }
    }
}

/// The number of true items.
pub fn count_nonzero(view: &View<'_>) -> Result<usize> {
    if view.dtype().num() == TypeNum::Bool {
        return Ok(super::mask::count_true(view));
    }
    Ok(super::mask::count_true(&truth(view)?.view()))
}

/// The indices of true items, an array of shape `(count,)` for each axis.
pub fn nonzero(view: &View<'_>) -> Result<Vec<Array>> {
    if view.ndim() == 0 {
        return Err(Error::Value {
            what: "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.",
        });
    }
    if view.dtype().num() == TypeNum::Bool {
        return super::mask::nonzero(view);
    }
    super::mask::nonzero(&truth(view)?.view())
}
