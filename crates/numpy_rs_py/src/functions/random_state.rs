//! What the class `RandomState` of the package stands on: a legacy stream in a capsule, and bulk draws from it.

use std::ffi::CStr;
use std::sync::Mutex;

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::index::mask::index_dtype;
use numpy_rs_core::interrupt::Patience;
use numpy_rs_core::layout::Order;
use numpy_rs_random::legacy::{HeldWord, RandomState};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::random::system_words;
use crate::array::{self, ArrayRef};
use crate::convert;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;

const NAME: &CStr = c"numpy_rs.random.legacy";

/// The functions of this page. The first argument of each but the first is the capsule.
pub(crate) static DEFS: &[FunctionDef] = &[
    page("_legacy_new()", "A stream, seeded by the system.", |a| {
        let stream = Mutex::new(RandomState::from_words(&system_words()));
        Ok(PyCapsule::new_with_value(a.py(), stream, NAME)?.into_any())
    }),
    page(
        "_legacy_seed(stream, seed, /)",
        "Starts anew: from the system (None), from one number below 2**32, or from an array of uint32.",
        seed,
    ),
    page(
        "_legacy_state(stream, /)",
        "The words, the place of the next one, whether a normal number is spare, and that number.",
        |a| {
            let py = a.py();
            let (key, place, spare) = with(a, |s| {
                let (key, place, spare) = s.parts();
                (key.to_vec(), place, spare)
            })?;
            let out = array::empty(
                py,
                &DType::new(TypeNum::UInt),
                &[key.len() as isize],
                Order::C,
            )?;
            // SAFETY: a fresh array of as many 32-bit words.
            unsafe { std::ptr::copy_nonoverlapping(key.as_ptr(), out.data().cast(), key.len()) };
            let answer = (
                out.into_any(),
                place,
                i32::from(spare.is_some()),
                spare.unwrap_or(0.0),
            );
            Ok(answer.into_pyobject(py)?.into_any())
        },
    ),
    page(
        "_legacy_restore(stream, key, place, has_spare, spare, /)",
        "Puts a state back.",
        |a| {
            let key = words(&a.required(1))?;
            let has_spare: bool = a.required(3).is_truthy()?;
            let spare: f64 = a.required(4).extract()?;
            let made =
                RandomState::from_parts(&key, a.required(2).extract()?, has_spare.then_some(spare))
                    .ok_or_else(|| {
                        PyValueError::new_err(
                            "state must hold 624 words and a position from 0 to 624",
                        )
                    })?;
            with(a, |s| *s = made)?;
            Ok(a.py().None().into_bound(a.py()))
        },
    ),
    page(
        "_legacy_doubles(stream, size, /)",
        "Uniform doubles in [0, 1).",
        |a| doubles(a, RandomState::random),
    ),
    page(
        "_legacy_normals(stream, size, /)",
        "Standard normal doubles.",
        |a| doubles(a, RandomState::standard_normal),
    ),
    page(
        "_legacy_exponentials(stream, size, /)",
        "Standard exponential doubles.",
        |a| doubles(a, RandomState::standard_exponential),
    ),
    page(
        "_legacy_exp(x, /)",
        "The exponential of doubles just drawn, in place, by the mathematical library of C as the streams have it.",
        |a| {
            let object = a.required(0);
            let array = ArrayRef::from_object(&object)
                .filter(|x| {
                    x.type_num() == TypeNum::Double as i32 && x.flags() & flags::C_CONTIGUOUS != 0
                })
                .ok_or_else(|| PyTypeError::new_err("expected a contiguous array of float64"))?;
            items::<f64>(&array).iter_mut().for_each(|x| *x = x.exp());
            Ok(object)
        },
    ),
    page(
        "_legacy_integers(stream, low, last, size, dtype, /)",
        "Integers of a dtype from `low` to `last` inclusive.",
        integers,
    ),
    page(
        "_legacy_integers_between(stream, low, range, dtype, /)",
        "Integers from each item of `low` to `range` above it; both are contiguous uint64 of one shape.",
        integers_between,
    ),
    page(
        "_legacy_order(stream, n, /)",
        "The integers below `n` in random order.",
        |a| {
            let n: isize = a.required(1).extract()?;
            let out = array::empty(a.py(), &index_dtype(), &[n], Order::C)?;
            let items = items::<isize>(&out);
            for (i, x) in items.iter_mut().enumerate() {
                *x = i as isize;
            }
            with(a, |s| {
                let patience = Patience::new();
                for i in (1..items.len()).rev() {
                    items.swap(i, s.interval(i as u64) as usize);
                    if i.is_multiple_of(PIECE) {
                        patience.check()?;
                    }
                }
                Ok(())
            })?
            .or_raise()?;
            Ok(out.into_any())
        },
    ),
    page(
        "_legacy_interval(stream, last, /)",
        "One integer from 0 to `last` inclusive.",
        |a| {
            let last: u64 = a.required(1).extract()?;
            Ok(with(a, |s| s.interval(last))?
                .into_pyobject(a.py())?
                .into_any())
        },
    ),
];

/// Items drawn between two looks for Ctrl-C.
const PIECE: usize = 1 << 16;

const fn page(
    signature: &'static str,
    doc: &'static str,
    run: for<'py> fn(&Args<'py>) -> PyResult<Bound<'py, PyAny>>,
) -> FunctionDef {
    FunctionDef {
        module: "random",
        signature,
        relevant: &[],
        doc,
        run,
    }
}

/// Uses the stream in the first argument, alone.
fn with<T>(a: &Args<'_>, f: impl FnOnce(&mut RandomState) -> T) -> PyResult<T> {
    let object = a.required(0);
    let capsule: &Bound<'_, PyCapsule> = object.cast()?;
    let place = capsule.pointer_checked(Some(NAME))?;
    // SAFETY: capsules of this name hold such a value, and the argument keeps the capsule alive.
    let stream = unsafe { place.cast::<Mutex<RandomState>>().as_ref() };
    let mut held = stream
        .lock()
        .map_err(|_| PyRuntimeError::new_err("the random stream is unusable after a panic"))?;
    Ok(f(&mut held))
}

/// The items of an array that was just made.
fn items<'a, T>(array: &'a ArrayRef<'_>) -> &'a mut [T] {
    // SAFETY: callers pass fresh contiguous arrays whose items are `T`.
    unsafe { std::slice::from_raw_parts_mut(array.data().cast::<T>(), array.size()) }
}

/// Fills items one by one.
fn fill<T>(items: &mut [T], mut next: impl FnMut() -> T) -> numpy_rs_core::error::Result<()> {
    let patience = Patience::new();
    for piece in items.chunks_mut(PIECE) {
        piece.iter_mut().for_each(|x| *x = next());
        patience.check()?;
    }
    Ok(())
}

/// The words of a contiguous array of uint32.
fn words(object: &Bound<'_, PyAny>) -> PyResult<Vec<u32>> {
    let array = ArrayRef::from_object(object)
        .filter(|x| x.type_num() == TypeNum::UInt as i32 && x.flags() & flags::C_CONTIGUOUS != 0)
        .ok_or_else(|| PyTypeError::new_err("expected a contiguous array of uint32"))?;
    Ok(items::<u32>(&array).to_vec())
}

fn seed<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let made = match a.some(1) {
        None => RandomState::from_words(&system_words()),
        Some(s) if ArrayRef::from_object(&s).is_some() => RandomState::from_words(&words(&s)?),
        Some(s) => RandomState::from_seed(s.extract()?),
    };
    with(a, |s| *s = made)?;
    Ok(a.py().None().into_bound(a.py()))
}

/// `size=`: nothing for one number, else a shape.
fn size(a: &Args<'_>, at: usize) -> PyResult<Option<Dims>> {
    a.some(at)
        .map(|s| convert::shape::from_object(&s))
        .transpose()
}

fn doubles<'py>(a: &Args<'py>, next: fn(&mut RandomState) -> f64) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let Some(shape) = size(a, 1)? else {
        return Ok(with(a, next)?.into_pyobject(py)?.into_any());
    };
    let out = array::empty(py, &DType::new(TypeNum::Double), &shape, Order::C)?;
    with(a, |s| fill(items(&out), || next(s)))?.or_raise()?;
    Ok(out.into_any())
}

/// The type of the integers that a dtype argument asks for.
fn wanted(object: &Bound<'_, PyAny>) -> PyResult<DType> {
    let dtype = crate::descr::to_dtype(object)?;
    if dtype.num().is_integer() || dtype.num() == TypeNum::Bool {
        return Ok(dtype);
    }
    Err(PyTypeError::new_err(format!(
        "Unsupported dtype {} for randint",
        dtype.repr()
    )))
}

fn integers<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let (low, last): (i128, i128) = (a.required(1).extract()?, a.required(2).extract()?);
    let (low, range) = (low as u64, last.wrapping_sub(low) as u64);
    let dtype = wanted(&a.required(4))?;
    let shape = size(a, 3)?;
    let dims = shape.clone().unwrap_or_default();
    let out = array::empty(py, &dtype, &dims, Order::C)?;
    with(a, |s| {
        let mut held = HeldWord::default();
        match (dtype.num(), dtype.itemsize()) {
            (TypeNum::Bool, _) => fill(items(&out), || {
                low as u8 + s.bounded_narrow(range as u32, 1, &mut held) as u8
            }),
            (_, 1) => fill(items(&out), || {
                (low as u8).wrapping_add(s.bounded_narrow(range as u32, 8, &mut held) as u8)
            }),
            (_, 2) => fill(items(&out), || {
                (low as u16).wrapping_add(s.bounded_narrow(range as u32, 16, &mut held) as u16)
            }),
            (_, 4) => fill(items(&out), || {
                (low as u32).wrapping_add(s.bounded(range) as u32)
            }),
            _ => fill(items(&out), || low.wrapping_add(s.bounded(range))),
        }
    })?
    .or_raise()?;
    if shape.is_some() {
        return Ok(out.into_any());
    }
    out.into_any().get_item(pyo3::types::PyTuple::empty(py))
}

fn integers_between<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let bound = |i: usize| -> PyResult<ArrayRef<'py>> {
        ArrayRef::from_object(&a.required(i))
            .filter(|x| {
                x.type_num() == TypeNum::ULong as i32
                    && x.itemsize() == 8
                    && x.flags() & flags::C_CONTIGUOUS != 0
            })
            .ok_or_else(|| PyTypeError::new_err("expected a contiguous array of uint64"))
    };
    let (low, range) = (bound(1)?, bound(2)?);
    if low.shape() != range.shape() {
        return Err(PyValueError::new_err("bounds must have one shape"));
    }
    let dtype = wanted(&a.required(3))?;
    let out = array::empty(py, &dtype, low.shape(), Order::C)?;
    let (low, range) = (&*items::<u64>(&low), &*items::<u64>(&range));
    let mut each = low.iter().copied().zip(range.iter().copied());
    let mut next = || each.next().unwrap_or_default();
    with(a, |s| {
        let mut held = HeldWord::default();
        match (dtype.num(), dtype.itemsize()) {
            (TypeNum::Bool, _) => fill(items(&out), || {
                let (low, range) = next();
                low as u8 + s.bounded_narrow(range as u32, 1, &mut held) as u8
            }),
            (_, 1) => fill(items(&out), || {
                let (low, range) = next();
                (low as u8).wrapping_add(s.bounded_narrow(range as u32, 8, &mut held) as u8)
            }),
            (_, 2) => fill(items(&out), || {
                let (low, range) = next();
                (low as u16).wrapping_add(s.bounded_narrow(range as u32, 16, &mut held) as u16)
            }),
            (_, 4) => fill(items(&out), || {
                let (low, range) = next();
                (low as u32).wrapping_add(s.bounded(range) as u32)
            }),
            _ => fill(items(&out), || {
                let (low, range) = next();
                low.wrapping_add(s.bounded(range))
            }),
        }
    })?
    .or_raise()?;
    Ok(out.into_any())
}
