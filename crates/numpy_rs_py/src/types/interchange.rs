//! Arrays from foreign memory and from iterables: `frombuffer`, `fromiter`.

use numpy_rs_core::buffer::memory;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::error::Error;
use numpy_rs_core::interrupt::Rounds;
use numpy_rs_core::layout;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;

use super::ndarray::create::borrow_bytes;
use crate::array::{self, Memory};
use crate::classes::NDARRAY;
use crate::convert::{self, scalar};
use crate::descr;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::descr_flags;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "frombuffer(buffer, dtype=None, count=-1, offset=0, *, like=None)",
        relevant: &["like!"],
        doc: "A one-dimensional array over the memory of an object with the buffer protocol.",
        run: frombuffer,
    },
    FunctionDef {
        module: "",
        signature: "fromiter(iter, dtype, count=-1, *, like=None)",
        relevant: &["like!"],
        doc: "A one-dimensional array of the items that an iterable gives.",
        run: fromiter,
    },
    FunctionDef {
        module: "_core.multiarray",
        signature: "_reconstruct(subtype, shape, dtype, /)",
        relevant: &[],
        doc: "An array of a class for `pickle`, which sets its state afterwards.",
        run: |a| {
            let py = a.py();
            let class = a.required(0);
            // SAFETY: a check on live objects.
            let fits = unsafe {
                ffi::PyType_Check(class.as_ptr()) != 0
                    && ffi::PyType_IsSubtype(class.as_ptr().cast(), NDARRAY.get()) != 0
            };
            if !fits {
                return Err(PyTypeError::new_err(
                    "_reconstruct: First argument must be a sub-type of ndarray",
                ));
            }
            let shape = convert::shape::from_object(&a.required(1))?;
            let dtype = convert::dtype::from_object(&a.required(2))?;
            let made = array::new_array(
                py,
                class.as_ptr().cast(),
                dtype,
                &shape,
                None,
                Memory::Uninit,
            )?;
            array::finalize(&made, None)?;
            Ok(made.into_any())
        },
    },
    FunctionDef {
        module: "_core.numeric",
        signature: "_frombuffer(buf, dtype, shape, order, axis_order=None)",
        relevant: &[],
        doc: "An array over a pickled buffer.",
        run: |a| {
            let py = a.py();
            let flat = crate::package::import(py, "")?
                .getattr("frombuffer")?
                .call1((a.required(0), a.required(1)))?;
            let kwargs = pyo3::types::PyDict::new(py);
            if a.some(4).is_none() {
                kwargs.set_item("order", a.required(3))?;
                return flat.call_method("reshape", (a.required(2),), Some(&kwargs));
            }
            let permuted = flat.call_method1("reshape", (a.required(2),))?;
            permuted.call_method1("transpose", (a.required(4),))
        },
    },
];

fn frombuffer<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    let dtype = match a.some(1) {
        Some(d) => convert::dtype::from_object(&d)?,
        None => descr::singleton(py, TypeNum::Double),
    };
    let count: isize = a.some(2).map_or(Ok(-1), |c| c.extract())?;
    let offset: isize = a.some(3).map_or(Ok(0), |c| c.extract())?;
    let d = descr::fields(&dtype);
    if d.flags & descr_flags::ITEM_HASOBJECT != 0 {
        return Err(PyValueError::new_err(
            "cannot create an OBJECT array from memory buffer",
        ));
    }
    if d.elsize == 0 {
        return Err(PyValueError::new_err("itemsize cannot be zero in type"));
    }
    // The memoryview holds the buffer for as long as the array lives.
    // SAFETY: a live object; null comes with an exception.
    let held = unsafe {
        if ffi::PyObject_CheckBuffer(object.as_ptr()) == 0 {
            return Err(PyTypeError::new_err(format!(
                "a bytes-like object is required, not '{}'",
                object.get_type().name()?
            )));
        }
        Bound::from_owned_ptr_or_err(py, ffi::PyMemoryView_FromObject(object.as_ptr()))?
    };
    let (data, n_bytes, writeable) = borrow_bytes(&held)?;
    if offset < 0 || offset as usize > n_bytes {
        return Err(PyValueError::new_err(format!(
            "offset must be non-negative and no greater than buffer length ({n_bytes})"
        )));
    }
    let left = n_bytes as isize - offset;
    let size = d.elsize;
    let n = if count < 0 {
        if left % size != 0 {
            return Err(PyValueError::new_err(
                "buffer size must be a multiple of element size",
            ));
        }
        left / size
    } else {
        if layout::checked_nbytes(&[count], size as usize).or_raise()? as isize > left {
            return Err(PyValueError::new_err(
                "buffer is smaller than requested size",
            ));
        }
        count
    };
    // Bytes never move: they may stand as the base themselves, as in NumPy.
    let base = if object.is_exact_instance_of::<pyo3::types::PyBytes>() {
        object
    } else {
        held
    };
    let memory = Memory::Borrowed {
        data: data.wrapping_offset(offset),
        base: Some(base),
        writeable,
    };
    Ok(array::new_array(py, NDARRAY.get(), dtype, &[n], None, memory)?.into_any())
}

/// Memory that grows while items come in; freed unless it is given away.
struct Growing {
    data: *mut u8,
    capacity: usize,
    itemsize: usize,
}

impl Growing {
    fn reserve(&mut self, n: usize) -> Result<(), Error> {
        if n <= self.capacity {
            return Ok(());
        }
        let wanted = n.max(self.capacity + self.capacity / 2).max(16);
        let bytes = wanted.checked_mul(self.itemsize).ok_or(Error::TooBig)?;
        let fresh = memory::allocate_zeroed(bytes);
        if fresh.is_null() {
            return Err(Error::ScratchMemory);
        }
        // SAFETY: the new memory is larger; the old one came from the same allocator.
        unsafe {
            if !self.data.is_null() {
                std::ptr::copy_nonoverlapping(self.data, fresh, self.capacity * self.itemsize);
                memory::release(self.data, self.capacity * self.itemsize);
            }
        }
        (self.data, self.capacity) = (fresh, wanted);
        Ok(())
    }
}

fn fromiter<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let iterator = a.required(0).try_iter()?;
    let dtype = match convert::dtype::from_option(a.get(1).as_ref())? {
        Some(d) => d,
        None => descr::singleton(py, TypeNum::Double),
    };
    let count: isize = a.some(2).map_or(Ok(-1), |c| c.extract())?;
    let d = descr::fields(&dtype);
    if d.elsize == 0 && matches!(d.kind as u8, b'S' | b'U') {
        return Err(PyValueError::new_err(
            "Must specify length when using variable-size data-type.",
        ));
    }
    let core = descr::to_dtype(&dtype)?;
    let mut items = Growing {
        data: std::ptr::null_mut(),
        capacity: 0,
        itemsize: d.elsize as usize,
    };
    let mut n = 0usize;
    let hint = if count >= 0 {
        layout::checked_nbytes(&[count], core.itemsize()).or_raise()?;
        count as usize
    } else {
        // SAFETY: a live object; a failing hint is an exception of the object.
        let hint = unsafe { ffi::PyObject_LengthHint(iterator.as_ptr(), 0) };
        if hint < 0 {
            return Err(PyErr::fetch(py));
        }
        hint as usize
    };
    let fill = || -> PyResult<()> {
        items.reserve(hint).or_raise()?;
        let watch = Rounds::new(1 << 10);
        for item in iterator {
            watch.check().or_raise()?;
            if count >= 0 && n == count as usize {
                break;
            }
            let item = item?;
            items.reserve(n + 1).or_raise()?;
            // SAFETY: room was made for one more item; fresh memory is zero.
            unsafe { scalar::store(&dtype, &item, items.data.add(n * items.itemsize))? };
            n += 1;
            if count >= 0 && n == count as usize {
                break;
            }
        }
        if count >= 0 && n < count as usize {
            return Err(PyValueError::new_err(format!(
                "iterator too short: Expected {count} but iterator had only {n} items."
            )));
        }
        Ok(())
    };
    let filled = fill();
    let made = filled.and_then(|()| {
        items.reserve(1).or_raise()?;
        array::new_array(
            py,
            NDARRAY.get(),
            dtype.clone(),
            &[n as isize],
            None,
            Memory::Owned(items.data),
        )
    });
    match made {
        Ok(array) => Ok(array.into_any()),
        Err(e) => {
            // SAFETY: nobody else owns the memory.
            unsafe {
                if !items.data.is_null() {
                    if core.has_objects() {
                        numpy_rs_core::references::release_items(&core, items.data, n);
                    }
                    memory::release(items.data, items.capacity * items.itemsize);
                }
            }
            Err(e)
        }
    }
}
