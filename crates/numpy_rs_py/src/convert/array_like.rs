//! Arrays from whatever stands for one: arrays, scalars, nested sequences, and objects with an array protocol.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::dims::{Dims, MAXDIMS};
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::interrupt::Rounds;
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::ufunc::options::Weak;
use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;

use crate::array::{self, ArrayRef, Memory};
use crate::classes::{NDARRAY, num_of_scalar_class};
use crate::convert::discover::{Content, Discovery, Wanted, item_at, length, shape_text};
use crate::convert::protocols::{self, NO_COPY};
use crate::convert::store::{self, scalar_descr, scalar_num};
use crate::convert::warning;
use crate::descr;
use crate::error::OrRaise;
use crate::errstate;
use crate::layout::flags;

/// Whether memory may or must be copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum CopyMode {
    /// Always.
    Always,
    /// Where needed.
    #[default]
    IfNeeded,
    /// Never: an error where needed.
    Never,
}

/// What an array must be like.
pub(crate) struct Request<'py> {
    /// The dtype; `S`, `U`, `V` and datetimes without parameters take them from the data.
    pub(crate) descr: Option<Bound<'py, PyAny>>,
    pub(crate) copy: CopyMode,
    /// `C` and `F` are asked for; `K` keeps what there is.
    pub(crate) order: Order,
    /// Whether instances of subclasses pass.
    pub(crate) subok: bool,
    pub(crate) ndmin: usize,
    pub(crate) ndmax: usize,
}

impl Default for Request<'_> {
    fn default() -> Self {
        Self {
            descr: None,
            copy: CopyMode::IfNeeded,
            order: Order::K,
            subok: true,
            ndmin: 0,
            ndmax: MAXDIMS,
        }
    }
}

/// The object as an array of any dtype, without a copy where it is one; subclasses pass.
#[inline]
pub(crate) fn as_array<'py>(object: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    if let Some(array) = ArrayRef::from_object(object) {
        return Ok(array);
    }
    make(object, &Request::default())
}

/// The object as an exact ndarray: `asarray`.
pub(crate) fn plain<'py>(object: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    match ArrayRef::from_object(object) {
        Some(array) if array.is_exact() => Ok(array),
        _ => make(
            object,
            &Request {
                subok: false,
                ..Request::default()
            },
        ),
    }
}

/// As [`as_array`] with a dtype, to which data is cast.
pub(crate) fn as_array_of<'py>(
    object: &Bound<'py, PyAny>,
    descr: Option<&Bound<'py, PyAny>>,
) -> PyResult<ArrayRef<'py>> {
    make(
        object,
        &Request {
            descr: descr.cloned(),
            ..Request::default()
        },
    )
}

/// As [`as_array_of`] for a core dtype.
pub(crate) fn as_array_of_core<'py>(
    object: &Bound<'py, PyAny>,
    dtype: &DType,
) -> PyResult<ArrayRef<'py>> {
    let descr = descr::from_dtype(object.py(), dtype)?;
    as_array_of(object, Some(&descr))
}

/// What an operand is under NEP 50: Python's own numbers are weak (bools and instances of subclasses are not).
#[inline]
pub(crate) fn classify(object: &Bound<'_, PyAny>) -> Weak {
    // SAFETY: checks of the type of a live object.
    unsafe {
        let p = object.as_ptr();
        let ty = ffi::Py_TYPE(p);
        if ty == NDARRAY.get() {
            return Weak::No;
        }
        if ty == &raw mut ffi::PyLong_Type {
            Weak::Int
        } else if ty == &raw mut ffi::PyFloat_Type {
            Weak::Float
        } else if ty == &raw mut ffi::PyComplex_Type {
            Weak::Complex
        } else {
            Weak::No
        }
    }
}

/// An array as a request wants it.
pub(crate) fn make<'py>(
    object: &Bound<'py, PyAny>,
    request: &Request<'py>,
) -> PyResult<ArrayRef<'py>> {
    let made = match ArrayRef::from_object(object) {
        Some(array) => from_array(&array, request)?,
        None => from_other(object, request)?,
    };
    with_ndmin(made, request.ndmin)
}

fn is_unsized(d: &DType) -> bool {
    d.itemsize() == 0 && d.num().is_flexible() && d.detail().is_none()
}

/// The given dtype with the parameters that it leaves open taken from what is cast to it.
pub(crate) fn adapt<'py>(wanted: &Bound<'py, PyAny>, from: &DType) -> PyResult<Bound<'py, PyAny>> {
    let py = wanted.py();
    let to = descr::to_dtype(wanted)?;
    if is_unsized(&to) {
        let n = match (to.num(), from.num()) {
            (_, TypeNum::Str) => from.itemsize() / 4,
            (_, TypeNum::Bytes) => from.itemsize(),
            (TypeNum::Void, _) => from.itemsize(),
            _ => cast::level::text_length(from),
        };
        let made = match to.num() {
            TypeNum::Str => DType::str(n).with_byte_order(to.byte_order()),
            TypeNum::Bytes => DType::bytes(n),
            _ if from.num() == TypeNum::Void => from.clone(),
            _ => DType::void(n),
        };
        return descr::from_dtype(py, &made);
    }
    if matches!(to.kind(), b'M' | b'm')
        && to.detail().is_none_or(|_| to.datetime_unit().unit == 14)
        && from.num() == to.num()
    {
        let made = DType::datetime(to.num(), from.datetime_unit()).with_byte_order(to.byte_order());
        return descr::from_dtype(py, &made);
    }
    Ok(wanted.clone())
}

fn from_array<'py>(array: &ArrayRef<'py>, request: &Request<'py>) -> PyResult<ArrayRef<'py>> {
    let py = array.py();
    let f = array.flags();
    let order_fits = match request.order {
        Order::C => f & flags::C_CONTIGUOUS != 0,
        Order::F => f & flags::F_CONTIGUOUS != 0,
        _ => true,
    };
    let from = array.dtype()?;
    let descr = match &request.descr {
        Some(d) => {
            let own = array.descr();
            if d.is(&own) {
                own
            } else {
                let adapted = match descr::to_dtype(d)? {
                    t if from.num() == TypeNum::Object && is_unsized(&t) => {
                        let found = Discovery::of(
                            array.as_any(),
                            Wanted::Text(t.num()),
                            false,
                            MAXDIMS,
                            false,
                        )?;
                        found.descr()?
                    }
                    _ => adapt(d, &from)?,
                };
                if descr::to_dtype(&adapted)?.is_equivalent(&from) {
                    own
                } else {
                    adapted
                }
            }
        }
        None => array.descr(),
    };
    let same = descr.is(array.descr());
    if same && order_fits && request.copy != CopyMode::Always {
        if request.subok || array.is_exact() {
            return Ok(array.clone());
        }
        return array::view_of(
            array,
            NDARRAY.get(),
            array.descr(),
            0,
            array.shape(),
            array.strides(),
        );
    }
    if request.copy == CopyMode::Never {
        return Err(PyValueError::new_err(NO_COPY));
    }
    let class = if request.subok {
        array.as_any().get_type_ptr()
    } else {
        NDARRAY.get()
    };
    let to = descr::to_dtype(&descr)?;
    let (base, inner) = match to.subarray_parts() {
        Some((b, s)) => (b.clone(), Dims::from_slice(s)),
        None => (to.clone(), Dims::new()),
    };
    if !inner.is_empty() {
        // An item of a subarray dtype spreads over new axes at the end.
        let mut shape = Dims::from_slice(array.shape());
        shape.extend_from_slice(&inner);
        let base_descr = descr::from_dtype(py, &base)?;
        let made = array::new_array(py, class, base_descr, &shape, None, Memory::Uninit)?;
        let mut strides = Dims::from_slice(array.strides());
        strides.extend(inner.iter().map(|_| 0));
        // SAFETY: strides of 0 repeat each item over the inner axes.
        let spread = unsafe {
            numpy_rs_core::view::View::from_raw(array.data(), from.clone(), &shape, &strides)
        };
        let found =
            copy::assign(&mut made.view_mut_unchecked()?, &spread, Casting::Unsafe).or_raise()?;
        errstate::report(py, found, "cast")?;
        return Ok(made);
    }
    let strides = layout::strides_like(
        request.order,
        array.shape(),
        array.strides(),
        to.itemsize(),
        from.itemsize(),
    );
    let made = array::new_array(
        py,
        class,
        descr,
        array.shape(),
        Some(&strides),
        Memory::Uninit,
    )?;
    if from.is_complex_to_real(&to) {
        warning::imaginary(py)?;
    }
    let found = copy::assign(
        &mut made.view_mut_unchecked()?,
        &array.view()?,
        Casting::Unsafe,
    )
    .or_raise()?;
    errstate::report(py, found, "cast")?;
    if class != NDARRAY.get() {
        array::finalize(&made, Some(array.as_any()))?;
    }
    Ok(made)
}

/// Whether a cast drops imaginary parts.
trait ComplexToReal {
    fn is_complex_to_real(&self, to: &DType) -> bool;
}

impl ComplexToReal for DType {
    fn is_complex_to_real(&self, to: &DType) -> bool {
        self.num().is_complex()
            && to.num().is_number()
            && !to.num().is_complex()
            && to.num() != TypeNum::Bool
    }
}

/// A new array of one item, by storing a scalar.
fn from_scalar<'py>(
    object: &Bound<'py, PyAny>,
    descr: Bound<'py, PyAny>,
) -> PyResult<ArrayRef<'py>> {
    let made = array::new_array(object.py(), NDARRAY.get(), descr, &[], None, Memory::Uninit)?;
    // SAFETY: a 0-d array has one item, fresh.
    unsafe { store::store(&made.descr(), object, made.data())? };
    Ok(made)
}

/// The dtype of an exact Python number or a number scalar of ours.
fn quick_descr<'py>(object: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    let py = object.py();
    let ty = object.get_type_ptr();
    if let Some(num) = num_of_scalar_class(ty) {
        return num.is_number().then(|| descr::singleton(py, num));
    }
    if ty == &raw mut ffi::PyFloat_Type {
        return Some(descr::singleton(py, TypeNum::Double));
    }
    if ty == &raw mut ffi::PyBool_Type {
        return Some(descr::singleton(py, TypeNum::Bool));
    }
    if ty == &raw mut ffi::PyLong_Type {
        let mut overflow = 0;
        // SAFETY: the object is an int.
        unsafe { ffi::PyLong_AsLongLongAndOverflow(object.as_ptr(), &raw mut overflow) };
        return (overflow == 0).then(|| descr::singleton(py, crate::convert::dtype_text::INTP));
    }
    None
}

fn from_other<'py>(object: &Bound<'py, PyAny>, request: &Request<'py>) -> PyResult<ArrayRef<'py>> {
    let py = object.py();
    let never = request.copy == CopyMode::Never;
    if !never
        && request.descr.is_none()
        && let Some(d) = quick_descr(object)
    {
        return from_scalar(object, d);
    }
    // A scalar by itself is cast as an array of its own dtype is.
    if !never
        && let Some(d) = &request.descr
        && scalar_num(object).is_some_and(TypeNum::is_number)
        && TypeNum::from_c(descr::fields(d).type_num).is_some_and(TypeNum::is_number)
    {
        let own = of_scalar(object)?;
        return from_array(
            &own,
            &Request {
                descr: Some(d.clone()),
                copy: CopyMode::IfNeeded,
                order: request.order,
                subok: false,
                ndmin: 0,
                ndmax: request.ndmax,
            },
        );
    }
    let ty = object.get_type_ptr();
    let is_list = ty == &raw mut ffi::PyList_Type || ty == &raw mut ffi::PyTuple_Type;
    if !is_list && scalar_num(object).is_none() {
        let is_object = request
            .descr
            .as_ref()
            .is_some_and(|d| descr::fields(d).type_num == TypeNum::Object as i32);
        let pass = request
            .descr
            .as_ref()
            .filter(|_| !is_object || request.descr.is_some());
        if let Some(found) = protocols::array_of(object, pass, never)? {
            return from_array(
                &found,
                &Request {
                    descr: request.descr.clone(),
                    copy: request.copy,
                    order: request.order,
                    subok: request.subok,
                    ndmin: 0,
                    ndmax: request.ndmax,
                },
            );
        }
    }
    let wanted_core = match &request.descr {
        Some(d) => Some(descr::to_dtype(d)?),
        None => None,
    };
    let wanted = match &wanted_core {
        None => Wanted::Any,
        Some(d) if is_unsized(d) => Wanted::Text(d.num()),
        Some(d) if matches!(d.kind(), b'M' | b'm') && d.datetime_unit().unit == 14 => {
            Wanted::Ticks(d.num())
        }
        Some(_) => Wanted::Shape,
    };
    let structured = wanted_core.as_ref().is_some_and(|d| d.fields().is_some());
    let inner_dims = wanted_core
        .as_ref()
        .and_then(|d| d.subarray_parts().map(|(_, s)| Dims::from_slice(s)))
        .unwrap_or_default();
    let found = Discovery::of(object, wanted, structured, request.ndmax, never)?;
    let is_object = match &wanted_core {
        Some(d) => d.num() == TypeNum::Object,
        None => false,
    };
    if !inner_dims.is_empty() {
        return from_subarray_dtype(object, request, &found, &inner_dims);
    }
    if found.ragged && !is_object {
        return Err(ragged_error(&found, request.ndmax));
    }
    if never {
        return Err(PyValueError::new_err(NO_COPY));
    }
    let descr = match (&request.descr, wanted) {
        (Some(d), Wanted::Shape) => d.clone(),
        (Some(d), Wanted::Ticks(_)) => {
            let made = found.descr()?;
            let core = descr::to_dtype(&made)?;
            if matches!(core.kind(), b'M' | b'm') {
                adapt(d, &core)?
            } else {
                d.clone()
            }
        }
        (Some(d), _) => {
            let made = descr::to_dtype(&found.descr()?)?;
            let order = descr::to_dtype(d)?.byte_order();
            descr::from_dtype(py, &made.with_byte_order(order))?
        }
        (None, _) => found.descr()?,
    };
    fill(py, &found, object, descr, request.order)
}

/// A new array of the shape found, with the items stored.
fn fill<'py>(
    py: Python<'py>,
    found: &Discovery<'py>,
    object: &Bound<'py, PyAny>,
    descr: Bound<'py, PyAny>,
    order: Order,
) -> PyResult<ArrayRef<'py>> {
    let shape = Dims::from_slice(found.shape());
    let itemsize = descr::fields(&descr).elsize as usize;
    let strides = match order {
        Order::F => layout::f_strides(&shape, itemsize),
        _ => layout::c_strides(&shape, itemsize),
    };
    let made = array::new_array(
        py,
        NDARRAY.get(),
        descr,
        &shape,
        Some(&strides),
        Memory::Uninit,
    )?;
    let filler = Filler {
        found,
        descr: made.descr(),
        dtype: made.dtype()?,
        shape: &shape,
        strides: &strides,
        watch: Rounds::new(1 << 10),
    };
    let mut next = 0;
    // SAFETY: positions stay inside the shape that the walk found; each item is stored once.
    unsafe { filler.put(object, 0, made.data(), &mut next)? };
    Ok(made)
}

struct Filler<'a, 'py> {
    found: &'a Discovery<'py>,
    descr: Bound<'py, PyAny>,
    dtype: DType,
    shape: &'a [isize],
    strides: &'a [isize],
    watch: Rounds,
}

impl<'py> Filler<'_, 'py> {
    /// Stores what stands at a depth.
    ///
    /// # Safety
    ///
    /// `ptr` addresses the part of the array that belongs to this object.
    unsafe fn put(
        &self,
        object: &Bound<'py, PyAny>,
        depth: usize,
        ptr: *mut u8,
        next: &mut usize,
    ) -> PyResult<()> {
        let node = self.found.nodes.get(*next).filter(|n| n.object.is(object));
        let Some(node) = node else {
            // SAFETY: promised by the caller.
            return unsafe { store::store(&self.descr, object, ptr) };
        };
        *next += 1;
        if depth == self.shape.len() {
            // Objects go in whole; what looks like an array of one item tells itself what its value is.
            let is_item = self.dtype.num() == TypeNum::Object
                || matches!(&node.content, Content::Array(a) if a.ndim() == 0)
                    && ArrayRef::from_object(object).is_none_or(|a| !a.is_exact());
            if is_item {
                self.skip(node, next);
                // SAFETY: promised by the caller.
                return unsafe { store::store(&self.descr, object, ptr) };
            }
        }
        match &node.content {
            Content::Array(array) => {
                let (shape, strides) = (&self.shape[depth..], &self.strides[depth..]);
                // SAFETY: promised by the caller: this part has this layout.
                let mut part = unsafe {
                    numpy_rs_core::view::ViewMut::from_raw(ptr, self.dtype.clone(), shape, strides)
                };
                let from = array.dtype()?;
                if from.is_complex_to_real(&self.dtype) {
                    warning::imaginary(object.py())?;
                }
                let found = copy::assign(&mut part, &array.view()?, Casting::Unsafe).or_raise()?;
                errstate::report(object.py(), found, "cast")
            }
            Content::Sequence(parts) => {
                let n = length(parts);
                if depth >= self.shape.len() {
                    return Err(PyValueError::new_err(
                        "setting an array element with a sequence.",
                    ));
                }
                if n as isize != self.shape[depth] {
                    return Err(pyo3::exceptions::PyRuntimeError::new_err(
                        "Inconsistent object during array creation? Content of sequences changed (length inconsistent).",
                    ));
                }
                let stride = self.strides[depth];
                let last = depth + 1 == self.shape.len();
                for i in 0..n {
                    self.watch.check().or_raise()?;
                    let Some(item) = item_at(parts, i) else {
                        return Err(pyo3::exceptions::PyRuntimeError::new_err(
                            "Inconsistent object during array creation? Content of sequences changed (length inconsistent).",
                        ));
                    };
                    // SAFETY: the position is inside the axis.
                    unsafe {
                        let at = ptr.offset(i as isize * stride);
                        if last && self.number(&item, at) {
                            continue;
                        }
                        self.put(&item, depth + 1, at, next)?;
                    }
                }
                Ok(())
            }
        }
    }

    /// Passes over the inner nodes of an object that is stored whole.
    fn skip(&self, node: &crate::convert::discover::Node<'py>, next: &mut usize) {
        if let Content::Sequence(parts) = &node.content {
            for i in 0..length(parts) {
                let Some(item) = item_at(parts, i) else {
                    return;
                };
                let Some(inner) = self.found.nodes.get(*next).filter(|n| n.object.is(&item)) else {
                    continue;
                };
                *next += 1;
                self.skip(inner, next);
            }
        }
    }

    /// Stores exact Python floats and small ints straight; false for anything else.
    #[inline]
    unsafe fn number(&self, item: &Bound<'py, PyAny>, at: *mut u8) -> bool {
        if !self.dtype.is_native() {
            return false;
        }
        // SAFETY: promised by the caller; the type of the object is checked.
        unsafe {
            let p = item.as_ptr();
            let ty = ffi::Py_TYPE(p);
            match self.dtype.num() {
                TypeNum::Double if ty == &raw mut ffi::PyFloat_Type => {
                    at.cast::<f64>().write_unaligned(ffi::PyFloat_AS_DOUBLE(p));
                    true
                }
                TypeNum::Long | TypeNum::LongLong
                    if ty == &raw mut ffi::PyLong_Type && self.dtype.itemsize() == 8 =>
                {
                    let mut overflow = 0;
                    let v = ffi::PyLong_AsLongLongAndOverflow(p, &raw mut overflow);
                    if overflow != 0 {
                        return false;
                    }
                    at.cast::<i64>().write_unaligned(v);
                    true
                }
                TypeNum::Bool if ty == &raw mut ffi::PyBool_Type => {
                    at.write(u8::from(p == ffi::Py_True()));
                    true
                }
                _ => false,
            }
        }
    }
}

/// Items of a subarray dtype: the inner axes follow those of the sequences.
fn from_subarray_dtype<'py>(
    object: &Bound<'py, PyAny>,
    request: &Request<'py>,
    found: &Discovery<'py>,
    inner: &[isize],
) -> PyResult<ArrayRef<'py>> {
    let py = object.py();
    let Some(d) = &request.descr else {
        return Err(PyValueError::new_err("a subarray dtype is needed"));
    };
    let core = descr::to_dtype(d)?;
    let Some((base, _)) = core.subarray_parts() else {
        return Err(PyValueError::new_err("a subarray dtype is needed"));
    };
    let n = found.shape().len();
    let outer = if n >= inner.len() && !found.ragged && found.shape()[n - inner.len()..] == *inner {
        Dims::from_slice(&found.shape()[..n - inner.len()])
    } else {
        Dims::from_slice(found.shape())
    };
    let values = make(
        object,
        &Request {
            descr: Some(descr::from_dtype(py, base)?),
            ..Request::default()
        },
    )?;
    let mut shape = outer.clone();
    shape.extend_from_slice(inner);
    let made = array::new_array(
        py,
        NDARRAY.get(),
        descr::from_dtype(py, base)?,
        &shape,
        None,
        Memory::Uninit,
    )?;
    let mut strides = Dims::from_slice(values.strides());
    let mut value_shape = Dims::from_slice(values.shape());
    if values.ndim() == outer.len() {
        strides.extend(inner.iter().map(|_| 0));
        value_shape.extend_from_slice(inner);
    }
    // SAFETY: strides of 0 repeat each item over the inner axes.
    let spread = unsafe {
        numpy_rs_core::view::View::from_raw(values.data(), base.clone(), &value_shape, &strides)
    };
    copy::assign(&mut made.view_mut_unchecked()?, &spread, Casting::Unsafe).or_raise()?;
    Ok(made)
}

/// Parts of different lengths, or nested too deep.
#[cold]
fn ragged_error(found: &Discovery<'_>, ndmax: usize) -> PyErr {
    if found.too_deep {
        return PyValueError::new_err(format!(
            "setting an array element with a sequence. The requested array would exceed the maximum number of dimension of {ndmax}."
        ));
    }
    PyValueError::new_err(format!(
        "setting an array element with a sequence. The requested array has an inhomogeneous shape after {} dimensions. The detected shape was {} + inhomogeneous part.",
        found.shape().len(),
        shape_text(found.shape())
    ))
}

/// The array with axes of length 1 in front, up to a number of axes.
fn with_ndmin(array: ArrayRef<'_>, ndmin: usize) -> PyResult<ArrayRef<'_>> {
    let n = array.ndim();
    if n >= ndmin {
        return Ok(array);
    }
    let mut shape: Dims = std::iter::repeat_n(1, ndmin - n).collect();
    shape.extend_from_slice(array.shape());
    let itemsize = array.itemsize() as isize;
    let first = array
        .strides()
        .first()
        .zip(array.shape().first())
        .map_or(itemsize, |(s, d)| s.wrapping_mul(*d));
    let mut strides: Dims = std::iter::repeat_n(first, ndmin - n).collect();
    strides.extend_from_slice(array.strides());
    array::relayout(&array, 0, &shape, &strides)
}

/// Stores an object into a subarray item: converted to an array and repeated over the inner shape.
fn store_subarray<'py>(
    descr: &Bound<'py, PyAny>,
    object: &Bound<'py, PyAny>,
    ptr: *mut u8,
) -> PyResult<()> {
    let core = descr::to_dtype(descr)?;
    let Some((base, shape)) = core.subarray_parts() else {
        return Err(PyValueError::new_err("not a subarray dtype"));
    };
    let values = as_array_of_core(object, base)?;
    let strides = layout::c_strides(shape, base.itemsize());
    // SAFETY: the item holds the inner array in C order; the caller of `store` promised it is writable.
    let mut part =
        unsafe { numpy_rs_core::view::ViewMut::from_raw(ptr, base.clone(), shape, &strides) };
    let found = copy::assign(&mut part, &values.view()?, Casting::Unsafe)
        .map_err(|_| numpy_rs_core::error::Error::BroadcastInto {
            from: Dims::from_slice(values.shape()),
            to: Dims::from_slice(shape),
        })
        .or_raise()?;
    errstate::report(object.py(), found, "cast")
}

/// Connects the conversion of items to that of arrays; called once when the module initialises.
pub(crate) fn initialise() {
    store::register_subarray(store_subarray);
}

/// A 0-d array of a scalar, for methods that scalars share with arrays.
pub(crate) fn of_scalar<'py>(object: &Bound<'py, PyAny>) -> PyResult<ArrayRef<'py>> {
    match scalar_descr(object)? {
        Some(d) => from_scalar(object, d),
        None => as_array(object),
    }
}
