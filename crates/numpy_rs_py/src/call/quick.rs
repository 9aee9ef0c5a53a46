//! The shortest way for the commonest calls: arrays of one shape in C order, and Python numbers beside them.

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::fp_errors::FpEvents;
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::ufunc::quick_reduce::{self, Dense};
use numpy_rs_core::ufunc::table::Resolver;
use numpy_rs_core::ufunc::{Weak, quick};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyInt;
use smallvec::SmallVec;

use super::registry::Callee;
use super::weak::{self, Room};
use crate::array::{self, ArrayRef};
use crate::classes::{NDARRAY, num_of_scalar_class};
use crate::convert::scalar;
use crate::error::OrRaise;
use crate::errstate;
use crate::layout::{Scalar, flags};

/// `out=` as an array that a lane can be written to, if it is one: exact, writeable, of the result's dtype and shape,
/// and each input that shares its memory is the very same place.
fn taken<'py>(
    given: &Bound<'py, PyAny>,
    dtype: &DType,
    shape: &[isize],
    args: &[*mut u8],
    strides: &[isize],
) -> Option<ArrayRef<'py>> {
    if !NDARRAY.is_exact(given) {
        return None;
    }
    let out = ArrayRef::from_object(given)?;
    let wanted = LANE | flags::WRITEABLE;
    let warns = out.flags() & flags::WARN_ON_WRITE != 0;
    if out.flags() & wanted != wanted || warns || out.shape() != shape {
        return None;
    }
    let own = out.dtype().ok()?;
    if own != *dtype {
        return None;
    }
    let (size, begin) = (own.itemsize(), out.data() as usize);
    let end = begin + out.size() * size;
    let clear = args.iter().zip(strides).all(|(&p, &s)| {
        let from = p as usize;
        let to = from + if s == 0 { 32 } else { out.size() * s as usize };
        to <= begin || end <= from || (from == begin && s as usize == size)
    });
    clear.then_some(out)
}

/// Where a result goes: an array, or room for the one number that becomes a scalar.
enum Target<'py> {
    Array(ArrayRef<'py>),
    Number(Room),
}

impl<'py> Target<'py> {
    fn new(py: Python<'py>, dtype: &DType, shape: &[isize]) -> PyResult<Self> {
        if shape.is_empty() {
            return Ok(Self::Number(Room::ZERO));
        }
        array::empty(py, dtype, shape, Order::C).map(Self::Array)
    }

    /// The first item.
    fn place(&mut self) -> *mut u8 {
        match self {
            Self::Array(array) => array.data(),
            Self::Number(room) => room.0.as_mut_ptr(),
        }
    }

    /// The result as an object.
    ///
    /// # Safety
    ///
    /// Items of the dtype were written.
    unsafe fn finish(self, py: Python<'py>, dtype: &DType) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Array(array) => Ok(array.into_any()),
            // SAFETY: promised by the caller.
            Self::Number(room) => unsafe { scalar::core_to_object(py, room.0.as_ptr(), dtype) },
        }
    }
}

/// The most multiplications of numbers in a product that is done at once: more want threads, and looks for Ctrl-C.
const MOST_PRODUCTS: isize = 1 << 18;

/// `matmul(a, b)` of small vectors and matrices of one dtype that need no conversion; `None` where the long way must be
/// taken.
fn product<'py>(
    callee: &Callee<'py>,
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    if !NDARRAY.is_exact(a) || !NDARRAY.is_exact(b) {
        return Ok(None);
    }
    let (Some(a), Some(b)) = (ArrayRef::from_object(a), ArrayRef::from_object(b)) else {
        return Ok(None);
    };
    let dtype = a.dtype()?;
    let plain = dtype.num().is_number()
        && dtype.is_native()
        && b.dtype()? == dtype
        && a.flags() & b.flags() & flags::ALIGNED != 0;
    // Rows, columns and what is summed over, each with its strides; a vector lacks the first or the second.
    let (m, k, left) = match (a.shape(), a.strides()) {
        (&[k], &[s]) => (None, k, [0, s]),
        (&[m, k], &[r, s]) => (Some(m), k, [r, s]),
        _ => return Ok(None),
    };
    let (n, right) = match (b.shape(), b.strides()) {
        (&[d], &[s]) if d == k => (None, [s, 0]),
        (&[d, n], &[r, s]) if d == k => (Some(n), [r, s]),
        _ => return Ok(None),
    };
    let dims = [1, m.unwrap_or(1), k, n.unwrap_or(1)];
    let most = match dtype.num() {
        TypeNum::CFloat | TypeNum::CDouble => MOST_PRODUCTS / 4,
        _ => MOST_PRODUCTS,
    };
    let few = dims.iter().all(|&d| d > 0 && d <= most)
        && dims[1].saturating_mul(k).saturating_mul(dims[3]) <= most;
    if !plain || !few {
        return Ok(None);
    }
    let Some(row) = quick::row(ufunc, &[(dtype.num(), Weak::No); 2]) else {
        return Ok(None);
    };
    if row.types.iter().any(|&t| t != dtype.num()) {
        return Ok(None);
    }
    let shape: Dims = m.into_iter().chain(n).collect();
    let mut target = Target::new(py, &dtype, &shape)?;
    let out = target.place();
    let size = dtype.itemsize() as isize;
    let across = if n.is_some() { size } else { 0 };
    let down = if m.is_some() { size * dims[3] } else { 0 };
    let strides = [0, 0, 0, left[0], left[1], right[0], right[1], down, across];
    let watch = errstate::watch(py)?;
    // SAFETY: aligned native operands of the row's type with the core dimensions of matmul, and a new result.
    let events =
        unsafe { quick::run_core(row, &[a.data(), b.data(), out], &dims, &strides, watch) }
            .or_raise()?;
    errstate::report(py, events, callee.name)?;
    // SAFETY: an item of the dtype was written.
    unsafe { target.finish(py, &dtype) }.map(Some)
}

/// `ufunc.reduce(array, axis)` for an exact array of numbers without gaps and an axis that is an integer or `None`;
/// `None` where the long way must be taken.
pub(crate) fn reduce<'py>(
    callee: &Callee<'py>,
    object: &Bound<'py, PyAny>,
    axis: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    if !NDARRAY.is_exact(object) {
        return Ok(None);
    }
    let Some(array) = ArrayRef::from_object(object) else {
        return Ok(None);
    };
    let n = array.size();
    if array.flags() & LANE != LANE || array.ndim() == 0 || n == 0 || n > quick::MOST {
        return Ok(None);
    }
    let axis = match axis {
        None => Some(0),
        Some(a) if a.is_none() => None,
        Some(a) if a.is_exact_instance_of::<PyInt>() => {
            match layout::normalize_axis(a.extract()?, array.ndim()) {
                Ok(axis) => Some(axis),
                Err(_) => return Ok(None),
            }
        }
        Some(_) => return Ok(None),
    };
    let dtype = array.dtype()?;
    if !dtype.is_native() {
        return Ok(None);
    }
    let Some(row) = quick_reduce::row(ufunc, dtype.num()) else {
        return Ok(None);
    };
    let shape = array.shape();
    let dense = Dense::new(shape, axis);
    let watch = errstate::watch(py)?;
    let mut left = Dims::new();
    if let Some(axis) = axis {
        left.extend_from_slice(&shape[..axis]);
        left.extend_from_slice(&shape[axis + 1..]);
    }
    let mut target = Target::new(py, &dtype, &left)?;
    let out = target.place();
    // SAFETY: the array is dense, aligned and native, and the result is new and as large as its shape says.
    let events = unsafe { quick_reduce::run(ufunc, row, dense, array.data(), out, watch) };
    let Some(events) = events.or_raise()? else {
        return Ok(None);
    };
    errstate::report(py, events, "reduce")?;
    // SAFETY: an item of the dtype was written.
    unsafe { target.finish(py, &dtype) }.map(Some)
}

/// What the lane of an array must be.
const LANE: i32 = flags::C_CONTIGUOUS | flags::ALIGNED;

/// `ufunc(*inputs, out=given)` for exact arrays, exact scalars and exact Python numbers that need no conversion but
/// that of the Python numbers; `None` where the long way must be taken.
pub(crate) fn call<'py>(
    callee: &Callee<'py>,
    inputs: &[Bound<'py, PyAny>],
    given: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (py, ufunc) = (callee.py, callee.ufunc);
    if ufunc.nout != 1 || ufunc.nin != inputs.len() || ufunc.nin > 2 {
        return Ok(None);
    }
    if ufunc.signature.is_some() {
        return match (ufunc.name, inputs) {
            ("matmul", [a, b]) if given.is_none() => product(callee, a, b),
            _ => Ok(None),
        };
    }
    let mut model: Option<ArrayRef<'py>> = None;
    let mut kinds: SmallVec<[(TypeNum, Weak); 2]> = SmallVec::new();
    let mut args: SmallVec<[*mut u8; 3]> = SmallVec::new();
    let mut strides: SmallVec<[isize; 3]> = SmallVec::new();
    for x in inputs {
        let ty = x.get_type_ptr();
        if ty == NDARRAY.get() {
            let Some(array) = ArrayRef::from_object(x) else {
                return Ok(None);
            };
            if array.flags() & LANE != LANE {
                return Ok(None);
            }
            let dtype = array.dtype()?;
            if !dtype.num().is_number() || !dtype.is_native() {
                return Ok(None);
            }
            kinds.push((dtype.num(), Weak::No));
            args.push(array.data());
            if array.ndim() == 0 {
                strides.push(0);
                continue;
            }
            strides.push(dtype.itemsize() as isize);
            match &model {
                None => model = Some(array),
                Some(first) if first.shape() == array.shape() => {}
                Some(_) => return Ok(None),
            }
            continue;
        }
        strides.push(0);
        if let Some(num) = num_of_scalar_class(ty) {
            if !num.is_number() {
                return Ok(None);
            }
            kinds.push((num, Weak::No));
            let value = std::mem::offset_of!(Scalar<u64>, obval);
            args.push(x.as_ptr().cast::<u8>().wrapping_add(value));
            continue;
        }
        args.push(std::ptr::null_mut());
        if ty == &raw mut ffi::PyFloat_Type {
            kinds.push((TypeNum::Double, Weak::Float));
        } else if ty == &raw mut ffi::PyLong_Type && ufunc.nin == 2 {
            kinds.push((TypeNum::Double, Weak::Int));
        } else {
            return Ok(None);
        }
    }
    // Integers alone may be of any size.
    let alone = kinds.iter().all(|k| k.1 != Weak::No);
    if alone && kinds.iter().any(|k| k.1 == Weak::Int) {
        return Ok(None);
    }
    let n = model.as_ref().map_or(1, ArrayRef::size);
    if n == 0 || n > quick::MOST {
        return Ok(None);
    }
    let Some(row) = quick::row(ufunc, &kinds) else {
        return Ok(None);
    };
    let mut events = FpEvents::NONE;
    let mut rooms = [Room::ZERO; 2];
    for (i, room) in rooms.iter_mut().enumerate().take(inputs.len()) {
        if args[i].is_null() {
            // Comparisons have an answer for integers that the type of the array cannot hold.
            let holds = row.types[i] == TypeNum::Long || row.types[i].is_float();
            if ufunc.resolver == Resolver::Comparison
                && kinds[i].1 == Weak::Int
                && !(holds && weak::fits_long(&inputs[i])?)
            {
                return Ok(None);
            }
            let wanted = DType::new(row.types[i]);
            let (stored, met) = weak::store(&inputs[i], kinds[i].1, &wanted, room)?;
            if stored.num() != row.types[i] {
                return Ok(None);
            }
            events |= met.in_cast();
            args[i] = room.0.as_mut_ptr();
        }
    }
    let dtype = DType::new(row.types[ufunc.nin]);
    if model.is_none() && !dtype.num().is_number() {
        return Ok(None);
    }
    let watch = errstate::watch(py)?;
    let shape = model.as_ref().map_or(&[][..], ArrayRef::shape);
    let mut target = match given {
        None => Target::new(py, &dtype, shape)?,
        Some(_) if shape.is_empty() => return Ok(None),
        Some(given) => match taken(given, &dtype, shape, &args, &strides) {
            Some(out) => Target::Array(out),
            None => return Ok(None),
        },
    };
    args.push(target.place());
    strides.push(dtype.itemsize() as isize);
    // SAFETY: arrays have `n` aligned native items of the row's types without gaps, scalars, rooms and 0-d arrays one;
    // the result is new, or the very place of an input, or apart from all.
    events |= unsafe { quick::run(row, &args, n as isize, &strides, watch) }.or_raise()?;
    errstate::report(py, events, callee.name)?;
    // SAFETY: an item of the dtype was written.
    unsafe { target.finish(py, &dtype) }.map(Some)
}
