//! Counted references inside items: taking and dropping them for object and structured dtypes.

use numpy_rs_elements::object::Object;

use crate::dtype::{DType, Detail, TypeNum};
use crate::object;

/// Calls `f` with the address of every reference inside the item at `ptr`.
///
/// # Safety
///
/// `ptr` addresses an item of `dtype`.
pub unsafe fn each_reference(dtype: &DType, ptr: *mut u8, f: &mut dyn FnMut(*mut Object)) {
    if dtype.num() == TypeNum::Object {
        f(ptr.cast());
        return;
    }
    match dtype.detail() {
        Some(Detail::Struct(s)) => {
            for field in s.fields.iter().filter(|f| f.dtype.has_objects()) {
                // SAFETY: a field lies inside its item.
                unsafe { each_reference(&field.dtype, ptr.add(field.offset_bytes), f) };
            }
        }
        Some(Detail::Subarray { base, .. }) if base.has_objects() && base.itemsize() > 0 => {
            for i in 0..dtype.itemsize() / base.itemsize() {
                // SAFETY: inner items lie inside the item.
                unsafe { each_reference(base, ptr.add(i * base.itemsize()), f) };
            }
        }
        _ => {}
    }
}

/// Drops every reference in `n` consecutive items and leaves null.
///
/// # Safety
///
/// `ptr` addresses `n` items of `dtype`; the caller holds the interpreter.
pub unsafe fn release_items(dtype: &DType, ptr: *mut u8, n: usize) {
    let Some(ops) = object::ops() else { return };
    for i in 0..n {
        // SAFETY: promised by the caller; a reference is nulled before it is dropped, since dropping runs code.
        unsafe {
            each_reference(dtype, ptr.add(i * dtype.itemsize()), &mut |slot| {
                let old = slot.read_unaligned();
                // Fresh memory that is only read stays without pages of its own.
                if !old.is_null() {
                    slot.write_unaligned(std::ptr::null_mut());
                    (ops.decref)(old);
                }
            });
        }
    }
}

/// Takes one more reference to everything in `n` consecutive items.
///
/// # Safety
///
/// As for [`release_items`].
pub unsafe fn retain_items(dtype: &DType, ptr: *mut u8, n: usize) {
    let Some(ops) = object::ops() else { return };
    for i in 0..n {
        // SAFETY: promised by the caller.
        unsafe {
            each_reference(dtype, ptr.add(i * dtype.itemsize()), &mut |slot| {
                (ops.incref)(slot.read_unaligned());
            });
        }
    }
}
