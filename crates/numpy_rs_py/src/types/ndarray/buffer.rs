//! The buffer protocol of arrays: what consumers may ask, and the format text of each dtype (PEP 3118).

use std::ffi::{CString, c_char, c_int};

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::layout;
use pyo3::exceptions::PyValueError;
use pyo3::ffi::{self, Py_buffer, PyObject};
use pyo3::prelude::*;

use crate::array::ArrayRef;
use crate::gate;
use crate::layout::flags;

/// What one view needs for as long as it is held.
struct Held {
    format: CString,
    layout: Box<[isize]>,
}

pub(super) unsafe extern "C" fn get(
    object: *mut PyObject,
    view: *mut Py_buffer,
    asked: c_int,
) -> c_int {
    // SAFETY: Python passes an instance and a structure to fill, with the interpreter held.
    unsafe {
        gate::enter(|py| {
            let array = ArrayRef::from_owned(py, ffi::Py_NewRef(object))?;
            (*view).obj = std::ptr::null_mut();
            fill(&array, &mut *view, asked)?;
            (*view).obj = ffi::Py_NewRef(object);
            Ok(0)
        })
    }
}

pub(super) unsafe extern "C" fn release(_: *mut PyObject, view: *mut Py_buffer) {
    // SAFETY: the structure was filled by `get`.
    unsafe {
        let held = (*view).internal.cast::<Held>();
        if !held.is_null() {
            drop(Box::from_raw(held));
            (*view).internal = std::ptr::null_mut();
        }
    }
}

fn has(asked: c_int, bits: c_int) -> bool {
    asked & bits == bits
}

fn fill(array: &ArrayRef<'_>, view: &mut Py_buffer, asked: c_int) -> PyResult<()> {
    let f = array.flags();
    let c = f & flags::C_CONTIGUOUS != 0;
    let fortran = f & flags::F_CONTIGUOUS != 0;
    if has(asked, ffi::PyBUF_C_CONTIGUOUS) && !c {
        return Err(PyValueError::new_err("ndarray is not C-contiguous"));
    }
    if has(asked, ffi::PyBUF_F_CONTIGUOUS) && !fortran {
        return Err(PyValueError::new_err("ndarray is not Fortran contiguous"));
    }
    if has(asked, ffi::PyBUF_ANY_CONTIGUOUS) && !c && !fortran {
        return Err(PyValueError::new_err("ndarray is not contiguous"));
    }
    if !has(asked, ffi::PyBUF_STRIDES) && has(asked, ffi::PyBUF_ND) && !c {
        return Err(PyValueError::new_err("ndarray is not C-contiguous"));
    }
    if !has(asked, ffi::PyBUF_STRIDES) && !c {
        return Err(PyValueError::new_err("ndarray is not C-contiguous"));
    }
    if has(asked, ffi::PyBUF_WRITABLE) && f & flags::WRITEABLE == 0 {
        return Err(PyValueError::new_err("buffer source array is read-only"));
    }
    let n = array.ndim();
    let format = if has(asked, ffi::PyBUF_FORMAT) {
        format_of(array)?
    } else {
        String::new()
    };
    let itemsize = array.itemsize() as isize;
    let mut sizes: Vec<isize> = array.shape().to_vec();
    // Strides of axes that are never walked are those of a contiguous array, which consumers check for.
    let strides = if c {
        layout::c_strides(array.shape(), array.itemsize())
    } else if fortran {
        layout::f_strides(array.shape(), array.itemsize())
    } else {
        numpy_rs_core::dims::Dims::from_slice(array.strides())
    };
    sizes.extend_from_slice(&strides);
    let mut held = Box::new(Held {
        format: CString::new(format)?,
        layout: sizes.into_boxed_slice(),
    });
    view.buf = array.data().cast();
    view.len = array.size() as isize * itemsize;
    view.itemsize = itemsize;
    // Writing through an array that warns first would go unseen.
    view.readonly = c_int::from(f & flags::WRITEABLE == 0 || f & flags::WARN_ON_WRITE != 0);
    // Who asks for no shape sees plain bytes.
    view.ndim = if has(asked, ffi::PyBUF_ND) {
        n as c_int
    } else {
        0
    };
    view.format = if has(asked, ffi::PyBUF_FORMAT) {
        held.format.as_ptr().cast_mut()
    } else {
        std::ptr::null_mut::<c_char>()
    };
    let lengths = held.layout.as_mut_ptr();
    view.shape = if has(asked, ffi::PyBUF_ND) {
        lengths
    } else {
        std::ptr::null_mut()
    };
    view.strides = if has(asked, ffi::PyBUF_STRIDES) {
        lengths.wrapping_add(n)
    } else {
        std::ptr::null_mut()
    };
    view.suboffsets = std::ptr::null_mut();
    view.internal = Box::into_raw(held).cast();
    Ok(())
}

/// The format of an array's items.
pub(crate) fn format_of(array: &ArrayRef<'_>) -> PyResult<String> {
    let dtype = array.dtype()?;
    let mut text = String::new();
    let mut state = State {
        order: b'@',
        at: 0,
        base: array.data() as usize,
        strides_aligned: |alignment| {
            array
                .shape()
                .iter()
                .zip(array.strides())
                .all(|(&d, &s)| d <= 1 || s % alignment as isize == 0)
        },
    };
    write(&dtype, &mut text, &mut state, 0)?;
    Ok(text)
}

/// Where the text stands: byte order in force, offset in the item, and how items are aligned in memory.
struct State<F: Fn(usize) -> bool> {
    order: u8,
    at: usize,
    base: usize,
    strides_aligned: F,
}

/// Writes the format of a dtype whose item begins at `state.at`; fields nest at most 64 deep.
fn write<F: Fn(usize) -> bool>(
    dtype: &DType,
    text: &mut String,
    state: &mut State<F>,
    depth: usize,
) -> PyResult<()> {
    if depth > 64 {
        return Err(PyValueError::new_err(
            "dtype is nested too deeply for a buffer format",
        ));
    }
    if let Some((base, shape)) = dtype.subarray_parts() {
        let lengths: Vec<String> = shape.iter().map(ToString::to_string).collect();
        text.push('(');
        text.push_str(&lengths.join(","));
        text.push(')');
        let start = state.at;
        write(base, text, state, depth + 1)?;
        state.at = start + dtype.itemsize();
        return Ok(());
    }
    if let Some(fields) = dtype.fields() {
        text.push_str("T{");
        let start = state.at;
        let mut sorted: Vec<_> = fields.iter().collect();
        sorted.sort_by_key(|f| f.offset_bytes);
        if sorted
            .iter()
            .zip(fields)
            .any(|(a, b)| a.offset_bytes != b.offset_bytes)
        {
            return Err(PyValueError::new_err(
                "dtypes with overlapping or out-of-order fields are not representable as buffers. Consider reordering \
                 the fields.",
            ));
        }
        for f in fields {
            let wanted = start + f.offset_bytes;
            if state.at > wanted {
                return Err(PyValueError::new_err(
                    "dtypes with overlapping or out-of-order fields are not representable as buffers. Consider \
                     reordering the fields.",
                ));
            }
            text.extend(std::iter::repeat_n('x', wanted - state.at));
            state.at = wanted;
            write(&f.dtype, text, state, depth + 1)?;
            if f.name.contains(':') {
                return Err(PyValueError::new_err(
                    "':' is not an allowed character in buffer field names",
                ));
            }
            text.push(':');
            text.push_str(&f.name);
            text.push(':');
        }
        let end = start + dtype.itemsize();
        text.extend(std::iter::repeat_n('x', end.saturating_sub(state.at)));
        state.at = end;
        text.push('}');
        return Ok(());
    }
    leaf(dtype, text, state)
}

fn leaf<F: Fn(usize) -> bool>(
    dtype: &DType,
    text: &mut String,
    state: &mut State<F>,
) -> PyResult<()> {
    let num = dtype.num();
    let little = cfg!(target_endian = "little") == dtype.is_native();
    let alignment = dtype.alignment().max(1);
    let aligned =
        (state.base + state.at).is_multiple_of(alignment) && (state.strides_aligned)(alignment);
    // Native order and size where the item is aligned, else native order and standard size; `^` for types that have no
    // standard size; '<' and '>' for orders given.
    let native_only = matches!(num, TypeNum::LongDouble | TypeNum::CLongDouble);
    let order = if !dtype.is_native() {
        let order = if little { b'<' } else { b'>' };
        if native_only {
            return Err(PyValueError::new_err(format!(
                "cannot expose native-only dtype '{}' in non-native byte order '{}' via buffer interface",
                num.facts().char as char,
                order as char
            )));
        }
        order
    } else if aligned {
        b'@'
    } else if native_only {
        b'^'
    } else {
        b'='
    };
    let order = if matches!(
        num,
        TypeNum::Bytes | TypeNum::Void | TypeNum::Bool | TypeNum::Byte | TypeNum::UByte
    ) {
        state.order
    } else {
        order
    };
    if order != state.order {
        text.push(order as char);
        state.order = order;
    }
    // In standard sizes `l` is 4 bytes.
    let standard = matches!(order, b'<' | b'>' | b'=');
    let code: String = match num {
        TypeNum::Bool => "?".into(),
        TypeNum::Byte => "b".into(),
        TypeNum::UByte => "B".into(),
        TypeNum::Short => "h".into(),
        TypeNum::UShort => "H".into(),
        TypeNum::Int => "i".into(),
        TypeNum::UInt => "I".into(),
        TypeNum::Long if standard && dtype.itemsize() == 8 => "q".into(),
        TypeNum::ULong if standard && dtype.itemsize() == 8 => "Q".into(),
        TypeNum::Long => "l".into(),
        TypeNum::ULong => "L".into(),
        TypeNum::LongLong => "q".into(),
        TypeNum::ULongLong => "Q".into(),
        TypeNum::Half => "e".into(),
        TypeNum::Float => "f".into(),
        TypeNum::Double => "d".into(),
        TypeNum::LongDouble => "g".into(),
        TypeNum::CFloat => "Zf".into(),
        TypeNum::CDouble => "Zd".into(),
        TypeNum::CLongDouble => "Zg".into(),
        TypeNum::Object => "O".into(),
        TypeNum::Bytes => format!("{}s", dtype.itemsize()),
        TypeNum::Str => format!("{}w", dtype.itemsize() / 4),
        TypeNum::Void => format!("{}x", dtype.itemsize()),
        TypeNum::Datetime | TypeNum::Timedelta => {
            return Err(PyValueError::new_err(format!(
                "cannot include dtype '{}' in a buffer",
                num.facts().char as char
            )));
        }
    };
    text.push_str(&code);
    state.at += dtype.itemsize();
    Ok(())
}

/// The slots.
pub(super) fn procs() -> ffi::PyBufferProcs {
    ffi::PyBufferProcs {
        bf_getbuffer: Some(get),
        bf_releasebuffer: Some(release),
    }
}
