//! Methods that copy, convert or reinterpret: `astype`, `view`, `copy`, `byteswap`, `getfield`, `tolist`, `tobytes`…

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::error::{CastingError, Error};
use numpy_rs_core::interrupt::Rounds;
use numpy_rs_core::layout::{self, Order};
use pyo3::exceptions::{PyMemoryError, PyOSError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyType};

use super::shape::integer;
use super::{method, none, this};
use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::convert::{self, array_like, keyword, scalar, warning};
use crate::descr;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;
use crate::types::ndarray::attributes::{retype, retyped};
use crate::types::ndarray::subscript;

const CUSTOM_SETTER: &str = "numpy.ndarray.view() used a custom `dtype` setter to change the dtype of the view.  \
    Subclasses should implement `_set_dtype` instead. (Deprecated NumPy 2.5)";

pub(super) static METHODS: &[FunctionDef] = &[
    method("copy(self, /, order='C')", "A copy.", |a| {
        let array = this(a)?;
        let order = a
            .get(1)
            .map_or(Ok(Order::C), |o| keyword::order(&o, Order::C))?;
        copy_of(&array, order)
    }),
    method("__copy__(self, /)", "A copy for the module `copy`.", |a| {
        copy_of(&this(a)?, Order::K)
    }),
    method(
        "__deepcopy__(self, memo, /)",
        "A copy in which objects are copied too.",
        deepcopy,
    ),
    method(
        "astype(self, /, dtype, order='K', casting='unsafe', subok=True, copy=True)",
        "The elements converted to a dtype.",
        astype,
    ),
    method(
        "view(self, /, *args, dtype=None, type=None)",
        "The same memory as another dtype or class.",
        view,
    ),
    method(
        "byteswap(self, /, inplace=False)",
        "The elements with their bytes reversed.",
        byteswap,
    ),
    method(
        "getfield(self, /, dtype, offset=0)",
        "A view of a part of each element.",
        |a| {
            let array = this(a)?;
            Ok(field(&array, &a.required(1), a.get(2))?.into_any())
        },
    ),
    method(
        "setfield(self, /, val, dtype, offset=0)",
        "Stores a value into a part of each element.",
        |a| {
            let array = this(a)?;
            array.require_writeable("assignment destination")?;
            let part = field(&array, &a.required(2), a.get(3))?;
            subscript::store(&part, &a.required(1))?;
            none(a)
        },
    ),
    method(
        "fill(self, value, /)",
        "Stores one value everywhere.",
        |a| {
            let array = this(a)?;
            let value = a.required(1);
            array.require_writeable("assignment destination")?;
            fill(&array, &value)?;
            none(a)
        },
    ),
    method(
        "tolist(self, /)",
        "The elements as Python objects in nested lists.",
        |a| {
            let array = this(a)?;
            nested(
                &array,
                array.data(),
                array.shape(),
                array.strides(),
                &array.descr(),
                &Rounds::new(LOOK),
            )
        },
    ),
    method(
        "tobytes(self, /, order='C')",
        "The bytes of the elements.",
        |a| {
            let array = this(a)?;
            let order = a
                .get(1)
                .map_or(Ok(Order::C), |o| keyword::order(&o, Order::C))?;
            Ok(to_bytes(&array, order)?.into_any())
        },
    ),
    method(
        "tofile(self, fid, /, sep='', format='%s')",
        "Writes the elements to a file.",
        tofile,
    ),
    method("dumps(self, /)", "The pickle of the array.", |a| {
        a.py()
            .import("pickle")?
            .call_method1("dumps", (this(a)?.as_any(), 2))
    }),
    method(
        "dump(self, file, /)",
        "Writes the pickle of the array to a file.",
        |a| {
            let py = a.py();
            let (array, file) = (this(a)?, a.required(1));
            let pickle = py.import("pickle")?;
            if file.hasattr("write")? {
                return pickle.call_method1("dump", (array.as_any(), file, 2));
            }
            let opened = py.import("builtins")?.call_method1("open", (file, "wb"))?;
            let written = pickle.call_method1("dump", (array.as_any(), &opened, 2));
            opened.call_method0("close")?;
            written
        },
    ),
];

/// A copy of the array's class.
pub(crate) fn copy_of<'py>(array: &ArrayRef<'py>, order: Order) -> PyResult<Bound<'py, PyAny>> {
    let made = super::shape::copied(array, order, array.as_any().get_type_ptr())?;
    array::finalize(&made, Some(array.as_any()))?;
    Ok(made.into_any())
}

fn deepcopy<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = this(a)?;
    let made = super::shape::copied(&array, Order::K, array.as_any().get_type_ptr())?;
    let dtype = array.dtype()?;
    if dtype.has_objects() {
        let deep = py.import("copy")?.getattr("deepcopy")?;
        let memo = a.required(1);
        let mut failed = None;
        let n = made.size();
        for i in 0..n {
            // SAFETY: the copy is contiguous in some order; each reference inside an item is replaced by an owned one.
            unsafe {
                let item = made.data().add(i * dtype.itemsize());
                numpy_rs_core::references::each_reference(&dtype, item, &mut |slot| {
                    if failed.is_some() {
                        return;
                    }
                    let old = slot.read_unaligned().cast::<ffi::PyObject>();
                    let object = if old.is_null() {
                        py.None().into_bound(py)
                    } else {
                        Bound::<PyAny>::from_borrowed_ptr(py, old)
                    };
                    match deep.call1((object, &memo)) {
                        Ok(new) => {
                            slot.write_unaligned(new.into_ptr().cast());
                            ffi::Py_XDECREF(old);
                        }
                        Err(e) => failed = Some(e),
                    }
                });
            }
        }
        if let Some(e) = failed {
            return Err(e);
        }
    }
    array::finalize(&made, Some(array.as_any()))?;
    Ok(made.into_any())
}

fn astype<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = this(a)?;
    let wanted = match convert::dtype::from_option(Some(&a.required(1)))? {
        Some(d) => d,
        None => descr::singleton(py, TypeNum::Double),
    };
    let order = a
        .get(2)
        .map_or(Ok(Order::K), |o| keyword::order(&o, Order::K))?;
    let casting = keyword::casting(a.get(3).as_ref(), Casting::Unsafe)?;
    let subok = a.flag(4, true)?;
    let must_copy = match a.get(5) {
        Some(c) if c.is_none() => false,
        Some(c) => c.is_truthy()?,
        None => true,
    };
    let from = array.dtype()?;
    let new = adapted(&array, &wanted)?;
    let to = descr::to_dtype(&new)?;
    let class = if subok {
        array.as_any().get_type_ptr()
    } else {
        NDARRAY.get()
    };
    let f = array.flags();
    let order_fits = match order {
        Order::K => true,
        Order::C => f & flags::C_CONTIGUOUS != 0,
        Order::F => f & flags::F_CONTIGUOUS != 0,
        Order::A => f & (flags::C_CONTIGUOUS | flags::F_CONTIGUOUS) != 0,
    };
    if !must_copy && order_fits && (subok || array.is_exact()) && from.is_equivalent(&to) {
        return Ok(array.into_any());
    }
    if !cast::can_cast(&from, &to, casting) {
        return Err(Error::Casting(Box::new(CastingError {
            ufunc: None,
            operand: None,
            input: true,
            from,
            to,
            casting: casting.name(),
        })))
        .or_raise();
    }
    if to.subarray_parts().is_some() {
        let request = array_like::Request {
            descr: Some(new),
            subok,
            order,
            ..Default::default()
        };
        return Ok(array_like::make(array.as_any(), &request)?.into_any());
    }
    let strides = layout::strides_like(
        order,
        array.shape(),
        array.strides(),
        to.itemsize(),
        array.itemsize(),
    );
    let made = array::new_array(
        py,
        class,
        new,
        array.shape(),
        Some(&strides),
        Memory::Uninit,
    )?;
    warning::imaginary_dropped(py, from.num(), to.num())?;
    let events = copy::assign(
        &mut made.view_mut_unchecked()?,
        &array.view()?,
        Casting::Unsafe,
    )
    .or_raise()?;
    crate::convert::events::report(py, events, "cast")?;
    array::finalize(&made, Some(array.as_any()))?;
    Ok(made.into_any())
}

/// The dtype wanted, with sizes and units that it leaves open taken from the elements.
fn adapted<'py>(array: &ArrayRef<'py>, wanted: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let d = descr::fields(wanted);
    let open_size = d.elsize == 0 && d.names.is_null() && matches!(d.kind as u8, b'S' | b'U');
    let ticks = matches!(d.kind as u8, b'M' | b'm');
    if array.type_num() == TypeNum::Object as i32 && (open_size || ticks) {
        let request = array_like::Request {
            descr: Some(wanted.clone()),
            copy: array_like::CopyMode::Always,
            ..Default::default()
        };
        return Ok(array_like::make(array.as_any(), &request)?.descr());
    }
    array_like::adapt(wanted, &array.dtype()?)
}

fn view<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = this(a)?;
    let args = a.required(1);
    let given = args.len()?;
    if given > 2 {
        return Err(PyTypeError::new_err(format!(
            "view() takes at most 2 arguments ({given} given)"
        )));
    }
    let mut dtype = a.get(2).or(if given > 0 {
        Some(args.get_item(0)?)
    } else {
        None
    });
    let mut class = a.some(3).or(if given > 1 {
        Some(args.get_item(1)?)
    } else {
        None
    });
    // A class in the place of the dtype is the class of the view.
    if let Some(d) = &dtype
        && class.is_none()
        && let Ok(ty) = d.cast::<PyType>()
        // SAFETY: both are live types.
        && unsafe { ffi::PyType_IsSubtype(ty.as_type_ptr(), NDARRAY.get()) != 0 }
    {
        class = dtype.take();
    }
    let class = match class {
        None => array.as_any().get_type_ptr(),
        Some(c) => {
            let ty = c
                .cast::<PyType>()
                .ok()
                .map(pyo3::types::PyTypeMethods::as_type_ptr);
            // SAFETY: both are live types.
            match ty.filter(|t| unsafe { ffi::PyType_IsSubtype(*t, NDARRAY.get()) != 0 }) {
                Some(ty) => ty,
                None => {
                    return Err(PyValueError::new_err(
                        "Type must be a sub-type of ndarray type",
                    ));
                }
            }
        }
    };
    let new = match dtype.filter(|d| !(d.is_none() && !a.given(2) && given == 0)) {
        None => None,
        Some(d) => Some(convert::dtype::from_argument(&d)?),
    };
    let Some(new) = new else {
        return Ok(array::view_of(
            &array,
            class,
            array.descr(),
            0,
            array.shape(),
            array.strides(),
        )?
        .into_any());
    };
    // SAFETY: the class is alive: it is the array's, or an argument.
    let ty = unsafe { PyType::from_borrowed_type_ptr(py, class) };
    let plain = NDARRAY.bound(py);
    let setter = ty.getattr_opt(pyo3::intern!(py, "_set_dtype"))?;
    let own_property = !ty.getattr("dtype")?.is(&plain.getattr("dtype")?);
    let has_none = setter.as_ref().is_some_and(PyAnyMethods::is_none);
    if class == NDARRAY.get() || has_none && !own_property {
        let (descr, shape, strides) = retyped(&array, new)?;
        return Ok(array::view_of(&array, class, descr, 0, &shape, &strides)?.into_any());
    }
    // `__array_finalize__` sees the view before its dtype changes.
    let made = array::view_of(
        &array,
        class,
        array.descr(),
        0,
        array.shape(),
        array.strides(),
    )?;
    let inherited = plain.getattr("_set_dtype")?;
    if setter.is_some_and(|s| !s.is_none() && !s.is(&inherited)) {
        made.as_any().call_method1("_set_dtype", (new,))?;
    } else if own_property {
        warning::deprecated(py, CUSTOM_SETTER)?;
        made.as_any().setattr("dtype", new)?;
    } else {
        retype(&made, new)?;
    }
    Ok(made.into_any())
}

fn byteswap<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = this(a)?;
    let target = if a.flag(1, false)? {
        array.require_writeable("array")?;
        array
    } else {
        let made = copy_of(&array, Order::K)?;
        array_like::as_array(&made)?
    };
    let dtype = target.dtype()?;
    let watch = Rounds::new(1 << 14);
    swap(
        &dtype,
        target.data(),
        target.shape(),
        target.strides(),
        &watch,
    )?;
    Ok(target.into_any())
}

/// Reverses the bytes of every number in the elements, in place.
fn swap(
    dtype: &numpy_rs_core::dtype::DType,
    data: *mut u8,
    shape: &[isize],
    strides: &[isize],
    watch: &Rounds,
) -> PyResult<()> {
    if let Some(fields) = dtype.fields() {
        for f in fields {
            let at = data.wrapping_add(f.offset_bytes);
            swap(&f.dtype, at, shape, strides, watch)?;
        }
        return Ok(());
    }
    if let Some((base, inner)) = dtype.subarray_parts() {
        let (mut all, mut steps) = (Dims::from_slice(shape), Dims::from_slice(strides));
        all.extend_from_slice(inner);
        steps.extend_from_slice(&layout::c_strides(inner, base.itemsize()));
        return swap(base, data, &all, &steps, watch);
    }
    let unit = match dtype.num() {
        TypeNum::Str => 4,
        n if n.is_complex() => dtype.itemsize() / 2,
        TypeNum::Object | TypeNum::Bytes | TypeNum::Void => 1,
        _ => dtype.itemsize(),
    };
    let size = dtype.itemsize();
    if unit <= 1 || size == 0 {
        return Ok(());
    }
    let mut index = Dims::from_elem(0, shape.len());
    let total: isize = shape.iter().product();
    for _ in 0..total {
        watch.check().or_raise()?;
        let at: isize = index.iter().zip(strides).map(|(i, s)| i * s).sum();
        // SAFETY: the element lies inside the array.
        unsafe {
            let item = std::slice::from_raw_parts_mut(data.wrapping_offset(at), size);
            for part in item.chunks_exact_mut(unit) {
                part.reverse();
            }
        }
        for axis in (0..shape.len()).rev() {
            index[axis] += 1;
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    Ok(())
}

/// A view of a part of each element.
fn field<'py>(
    array: &ArrayRef<'py>,
    dtype: &Bound<'py, PyAny>,
    offset: Option<Bound<'py, PyAny>>,
) -> PyResult<ArrayRef<'py>> {
    let new = convert::dtype::from_object(dtype)?;
    let offset = offset.map_or(Ok(0), |o| integer(&o))?;
    if array.dtype()?.has_objects() || descr::to_dtype(&new)?.has_objects() {
        let module = crate::package::import(array.py(), "_core._internal")?;
        module
            .getattr("_getfield_is_safe")?
            .call1((array.descr(), &new, offset))?;
    }
    let size = descr::fields(&new).elsize;
    if offset < 0 || offset + size > array.itemsize() as isize {
        return Err(PyValueError::new_err(
            "new type plus offset is larger than original type",
        ));
    }
    array::view_of(
        array,
        array.as_any().get_type_ptr(),
        new,
        offset,
        array.shape(),
        array.strides(),
    )
}

/// Stores one value everywhere.
fn fill<'py>(array: &ArrayRef<'py>, value: &Bound<'py, PyAny>) -> PyResult<()> {
    let one = match ArrayRef::from_object(value) {
        Some(v) if v.ndim() == 0 => v,
        _ => {
            let made = array::new_array(
                array.py(),
                NDARRAY.get(),
                array.descr(),
                &[],
                None,
                Memory::Zeroed,
            )?;
            // SAFETY: a fresh 0-d array has one element.
            unsafe { scalar::store(&made.descr(), value, made.data())? };
            made
        }
    };
    let events = copy::assign(
        &mut array.view_mut_unchecked()?,
        &one.view()?,
        Casting::Unsafe,
    )
    .or_raise()?;
    crate::convert::events::report(array.py(), events, "cast")
}

/// Python objects made between two looks for Ctrl-C.
const LOOK: u32 = 1 << 10;

/// Elements as Python objects in nested lists; arrays have at most 64 axes, which bounds the depth.
fn nested<'py>(
    array: &ArrayRef<'py>,
    data: *mut u8,
    shape: &[isize],
    strides: &[isize],
    dtype: &Bound<'py, PyAny>,
    watch: &Rounds,
) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let ([n, shape @ ..], [step, strides @ ..]) = (shape, strides) else {
        // SAFETY: the address of an element.
        return unsafe { convert::item::to_python(py, data, dtype) };
    };
    // SAFETY: every place of the new list is filled, or the list dropped with nulls, which Python allows.
    unsafe {
        let list = Bound::from_owned_ptr_or_err(py, ffi::PyList_New(*n))?;
        for i in 0..*n {
            let at = data.wrapping_offset(i * step);
            let item = watch.check().or_raise().and_then(|()| {
                if shape.is_empty() {
                    convert::item::to_python(py, at, dtype)
                } else {
                    nested(array, at, shape, strides, dtype, watch)
                }
            });
            let item = item.inspect_err(|_| {
                // The list ends here: places that were never filled need no look when it is dropped.
                (*list.as_ptr().cast::<ffi::PyVarObject>()).ob_size = i;
            })?;
            ffi::PyList_SET_ITEM(list.as_ptr(), i, item.into_ptr());
        }
        Ok(list.cast_into::<PyList>()?.into_any())
    }
}

/// The bytes of the elements in an order.
pub(crate) fn to_bytes<'py>(array: &ArrayRef<'py>, order: Order) -> PyResult<Bound<'py, PyBytes>> {
    let py = array.py();
    let n = array.size() * array.itemsize();
    let order = match order {
        Order::A | Order::K => {
            if array.flags() & flags::F_CONTIGUOUS != 0 && array.flags() & flags::C_CONTIGUOUS == 0
            {
                Order::F
            } else {
                Order::C
            }
        }
        o => o,
    };
    let strides = match order {
        Order::F => layout::f_strides(array.shape(), array.itemsize()),
        _ => layout::c_strides(array.shape(), array.itemsize()),
    };
    let length = isize::try_from(n).map_err(|_| PyMemoryError::new_err(()))?;
    // SAFETY: a fresh object without contents, all of which are written before anyone else sees it.
    unsafe {
        let made = ffi::PyBytes_FromStringAndSize(std::ptr::null(), length);
        let made = Bound::from_owned_ptr_or_err(py, made)?;
        let bytes = ffi::PyBytes_AsString(made.as_ptr()).cast::<u8>();
        let size = array.itemsize();
        let contiguous = array.strides() == strides.as_slice() || array.size() <= 1;
        // References are copied as numbers, not counted.
        if contiguous {
            const PIECE: usize = 1 << 22;
            let watch = Rounds::new(1);
            for at in (0..n).step_by(PIECE) {
                let count = PIECE.min(n - at);
                std::ptr::copy_nonoverlapping(array.data().add(at), bytes.add(at), count);
                watch.check().or_raise()?;
            }
        } else {
            let raw = numpy_rs_core::dtype::DType::void(size);
            let from = numpy_rs_core::view::View::from_raw(
                array.data(),
                raw.clone(),
                array.shape(),
                array.strides(),
            );
            let mut to =
                numpy_rs_core::view::ViewMut::from_raw(bytes, raw, array.shape(), &strides);
            copy::assign(&mut to, &from, Casting::Unsafe).or_raise()?;
        }
        Ok(made.cast_into::<PyBytes>()?)
    }
}

fn tofile<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = this(a)?;
    let file = a.required(1);
    let separator: String = a.get(2).map_or(Ok(String::new()), |s| s.extract())?;
    let opened;
    let file = if file.hasattr("write")? {
        // What the buffered object holds goes first, and its place is kept.
        file
    } else {
        opened = py.import("builtins")?.call_method1("open", (&file, "wb"))?;
        opened.clone()
    };
    let written = write_elements(a, &array, &file, &separator);
    if !file.is(a.required(1)) {
        file.call_method0("close")?;
    }
    written?;
    none(a)
}

fn write_elements<'py>(
    a: &Args<'py>,
    array: &ArrayRef<'py>,
    file: &Bound<'py, PyAny>,
    separator: &str,
) -> PyResult<()> {
    let py = a.py();
    if separator.is_empty() {
        if array.dtype()?.has_objects() {
            return Err(PyOSError::new_err(
                "cannot write object arrays to a file in binary mode",
            ));
        }
        let bytes = to_bytes(array, Order::C)?;
        let n = bytes.as_bytes().len();
        let written: usize = file.call_method1("write", (bytes,))?.extract()?;
        if written != n {
            return Err(PyOSError::new_err(format!(
                "{} requested and {} written",
                array.size(),
                written / array.itemsize().max(1)
            )));
        }
        return Ok(());
    }
    let format: String = a.get(3).map_or(Ok("%s".to_owned()), |s| s.extract())?;
    let mut text = String::new();
    for (i, item) in array.as_any().getattr("flat")?.try_iter()?.enumerate() {
        if i > 0 {
            text.push_str(separator);
        }
        let item = item?.call_method0("item")?;
        let one = if format == "%s" || format.is_empty() {
            item.repr()?.to_string()
        } else {
            pyo3::types::PyString::new(py, &format)
                .call_method1("__mod__", (item,))?
                .extract()?
        };
        text.push_str(&one);
    }
    file.call_method1("write", (PyBytes::new(py, text.as_bytes()),))?;
    Ok(())
}
