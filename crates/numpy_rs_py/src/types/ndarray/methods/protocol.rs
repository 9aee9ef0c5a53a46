//! Protocols: `__array__`, `__array_wrap__`, `__array_function__`, `__array_namespace__`, and pickles.

use numpy_rs_core::dims::Dims;
use numpy_rs_core::layout::{self, Order};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString, PyTuple};

use super::convert::{copy_of, to_bytes};
use super::{method, none, this};
use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::convert::{self, array_like, scalar};
use crate::descr;
use crate::error::OrRaise;
use crate::function::{FunctionDef, default_array_function};
use crate::layout::flags;
use crate::signature::Args;
use crate::types::ndarray::attributes::set_layout;
use crate::types::ndarray::subscript;

pub(super) static METHODS: &[FunctionDef] = &[
    method(
        "__array__(self, dtype=None, *, copy=None)",
        "The array itself, or converted.",
        as_array,
    ),
    method(
        "__array_wrap__(self, array, context=None, return_scalar=False, /)",
        "A result as an instance of this class.",
        wrap,
    ),
    method(
        "__array_function__(self, /, func, types, args, kwargs)",
        "Runs a function's own implementation, unless a foreign type takes part.",
        |a| {
            default_array_function(
                &a.required(1),
                &a.required(2),
                &a.required(3),
                &a.required(4),
            )
        },
    ),
    method(
        "__array_namespace__(self, /, *, api_version=None)",
        "The package, for the array API.",
        |a| {
            if let Some(version) = a.some(1) {
                let text: String = version.extract().map_err(|_| {
                PyValueError::new_err(format!(
                    "Only None and strings are allowed as the Array API version, but received: {}.",
                    version.str().map_or_else(|_| "?".into(), |s| s.to_string())
                ))
            })?;
                if !["2021.12", "2022.12", "2023.12", "2024.12", "2025.12"].contains(&text.as_str())
                {
                    return Err(PyValueError::new_err(format!(
                        "Version \"{text}\" of the Array API Standard is not supported."
                    )));
                }
            }
            Ok(crate::package::import(a.py(), "")?.into_any())
        },
    ),
    method(
        "__reduce__(self, /)",
        "What `pickle` needs to make the array again.",
        |a| reduce(&this(a)?),
    ),
    method(
        "__reduce_ex__(self, protocol, /)",
        "As `__reduce__`, with buffers outside from protocol 5 on.",
        reduce_ex,
    ),
    method(
        "__setstate__(self, state, /)",
        "Takes the state of a pickle.",
        set_state,
    ),
    method(
        "_set_shape(self, shape, /)",
        "Changes the shape in place.",
        |a| {
            let array = this(a)?;
            crate::types::ndarray::attributes::reshape_in_place(&array, &a.required(1))?;
            none(a)
        },
    ),
    method(
        "_set_dtype(self, dtype, /)",
        "Changes the dtype in place.",
        |a| {
            let array = this(a)?;
            crate::types::ndarray::attributes::retype(
                &array,
                convert::dtype::from_object(&a.required(1))?,
            )?;
            none(a)
        },
    ),
];

fn as_array<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let copy = match a.some(2) {
        None => array_like::CopyMode::IfNeeded,
        Some(c) if c.is_truthy()? => array_like::CopyMode::Always,
        Some(_) => array_like::CopyMode::Never,
    };
    let descr = a
        .some(1)
        .map(|d| convert::dtype::from_object(&d))
        .transpose()?;
    // An array of a subclass gives an exact one, which is a view.
    let request = array_like::Request {
        descr,
        copy,
        subok: false,
        ..Default::default()
    };
    Ok(array_like::make(array.as_any(), &request)?.into_any())
}

fn wrap<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let object = a.required(1);
    let Some(given) = ArrayRef::from_object(&object) else {
        return Err(PyTypeError::new_err(
            "can only be called with ndarray object",
        ));
    };
    if a.flag(3, false)? && given.ndim() == 0 {
        return subscript::element_at(&given, given.data());
    }
    let class = array.as_any().get_type_ptr();
    if object.get_type_ptr() == class {
        return Ok(object);
    }
    let view = array::view_of(
        &given,
        class,
        given.descr(),
        0,
        given.shape(),
        given.strides(),
    )?;
    if !view.is_exact() {
        array::finalize(&view, Some(array.as_any()))?;
    }
    Ok(view.into_any())
}

fn reduce<'py>(array: &ArrayRef<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let rebuild = crate::package::import(py, "_core.multiarray")?.getattr("_reconstruct")?;
    let class = array.as_any().get_type();
    let args = PyTuple::new(
        py,
        [
            class.into_any(),
            PyTuple::new(py, [0])?.into_any(),
            PyBytes::new(py, b"b").into_any(),
        ],
    )?;
    let fortran =
        array.flags() & flags::F_CONTIGUOUS != 0 && array.flags() & flags::C_CONTIGUOUS == 0;
    let dtype = array.dtype()?;
    let list_pickle =
        descr::fields(&array.descr()).flags & crate::layout::descr_flags::LIST_PICKLE != 0;
    let content = if dtype.has_objects() || list_pickle {
        let list = PyList::empty(py);
        let order = if fortran { Order::F } else { Order::C };
        let flat = super::shape::reshaped(array, &[array.size() as isize], order, None)?;
        for item in flat.try_iter()? {
            list.append(item?)?;
        }
        list.into_any()
    } else {
        to_bytes(array, if fortran { Order::F } else { Order::C })?.into_any()
    };
    let state = PyTuple::new(
        py,
        [
            1i32.into_pyobject(py)?.into_any(),
            array::shape_tuple(py, array.shape())?.into_any(),
            array.descr(),
            fortran.into_pyobject(py)?.to_owned().into_any(),
            content,
        ],
    )?;
    Ok(PyTuple::new(py, [rebuild, args.into_any(), state.into_any()])?.into_any())
}

fn reduce_ex<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = this(a)?;
    let protocol: i32 = a.required(1).extract()?;
    let f = array.flags();
    let plain = protocol < 5
        || array.dtype()?.has_objects()
        || !array.is_exact()
            && array.as_any().get_type().hasattr("__reduce__")?
            && overrides_reduce(&array)?
        || array.itemsize() == 0;
    if plain {
        return array.as_any().call_method0("__reduce__");
    }
    let (array, order) = if f & flags::C_CONTIGUOUS != 0 {
        (array, "C")
    } else if f & flags::F_CONTIGUOUS != 0 {
        (array, "F")
    } else {
        (array_like::as_array(&copy_of(&array, Order::C)?)?, "C")
    };
    let rebuild = crate::package::import(py, "_core.numeric")?.getattr("_frombuffer")?;
    let source = if order == "F" {
        super::shape::permuted(&array, None)?
    } else {
        array.as_any().clone()
    };
    let buffer = py
        .import("pickle")?
        .getattr("PickleBuffer")?
        .call1((source,))?;
    let args = PyTuple::new(
        py,
        [
            buffer,
            array.descr(),
            array::shape_tuple(py, array.shape())?.into_any(),
            PyString::new(py, order).into_any(),
        ],
    )?;
    Ok(PyTuple::new(py, [rebuild, args.into_any()])?.into_any())
}

/// Whether a subclass pickles itself in its own way; such classes keep their way, as do all subclasses in NumPy.
fn overrides_reduce(array: &ArrayRef<'_>) -> PyResult<bool> {
    Ok(!array.is_exact())
}

fn set_state<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = this(a)?;
    let state = a.required(1);
    let wrong = |n: usize| {
        PyTypeError::new_err(format!(
            "__setstate__() argument 1 must be sequence of length 4, not {n}"
        ))
    };
    let Ok(state) = state.cast::<PyTuple>() else {
        return Err(PyTypeError::new_err(format!(
            "__setstate__() argument 1 must be 4-item sequence, not {}",
            state.get_type().name()?
        )));
    };
    // Version 1 stands in front; the older form lacks it.
    let from = match state.len() {
        5 => 1,
        4 => 0,
        n => return Err(wrong(n)),
    };
    let shape = convert::shape::from_object(&state.get_item(from)?)?;
    let descr = state.get_item(from + 1)?;
    if !descr::is_descr(&descr) {
        return Err(PyTypeError::new_err("descriptor must be a dtype"));
    }
    let fortran = state.get_item(from + 2)?.is_truthy()?;
    let content = state.get_item(from + 3)?;
    let dtype = descr::to_dtype(&descr)?;
    let strides = if fortran {
        layout::f_strides(&shape, dtype.itemsize())
    } else {
        layout::c_strides(&shape, dtype.itemsize())
    };
    let n_bytes = layout::checked_nbytes(&shape, dtype.itemsize()).or_raise()?;
    let fresh = array::new_array(
        py,
        NDARRAY.get(),
        descr,
        &shape,
        Some(&strides),
        Memory::Zeroed,
    )?;
    if let Ok(list) = content.cast::<PyList>() {
        if list.len() != fresh.size() {
            return Err(PyTypeError::new_err("object pickle not returning list"));
        }
        for (i, item) in list.iter().enumerate() {
            // SAFETY: one place for each item.
            unsafe {
                scalar::store(
                    &fresh.descr(),
                    &item,
                    fresh.data().add(i * dtype.itemsize()),
                )?;
            };
        }
    } else {
        if dtype.has_objects() {
            return Err(PyTypeError::new_err("object pickle not returning list"));
        }
        // Text comes from pickles that Python 2 wrote.
        let bytes = if content.is_instance_of::<PyString>() {
            content.call_method1("encode", ("latin1",)).map_err(|_| {
                PyValueError::new_err("failed to encode latin1 string when unpickling a Numpy array. pickle.load(a, encoding='latin1') is assumed.")
            })?
        } else {
            content
        };
        let bytes: &Bound<'py, PyBytes> = bytes
            .cast()
            .map_err(|_| PyTypeError::new_err("pickle not returning string or list"))?;
        let bytes = bytes.as_bytes();
        if bytes.len() != n_bytes {
            return Err(PyValueError::new_err(
                "buffer size does not match array size",
            ));
        }
        // SAFETY: the new array has as many bytes.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), fresh.data(), n_bytes) };
    }
    adopt(&array, &fresh, &shape, &strides)?;
    none(a)
}

/// Gives the memory and layout of a fresh array to an existing one.
fn adopt(array: &ArrayRef<'_>, fresh: &ArrayRef<'_>, shape: &Dims, strides: &Dims) -> PyResult<()> {
    // SAFETY: both are live arrays; each field goes to exactly one of them.
    unsafe {
        let (a, b) = (&mut *array.raw(), &mut *fresh.raw());
        // The old content leaves with the fresh object.
        std::mem::swap(&mut a.data, &mut b.data);
        std::mem::swap(&mut a.base, &mut b.base);
        std::mem::swap(&mut a.descr, &mut b.descr);
        std::mem::swap(&mut a.flags, &mut b.flags);
        std::mem::swap(&mut a.mem_handler, &mut b.mem_handler);
        let (old_nd, old_dims, old_strides) = (a.nd, a.dimensions, a.strides);
        a.nd = b.nd;
        a.dimensions = b.dimensions;
        a.strides = b.strides;
        b.nd = old_nd;
        b.dimensions = old_dims;
        b.strides = old_strides;
    }
    set_layout(array, shape, strides)?;
    Ok(())
}
