//! Random streams of the package in capsules: how they are made, seeded, kept as words, and used alone.

use std::ffi::CStr;
use std::sync::Mutex;

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::interrupt::Patience;
use numpy_rs_core::layout::Order;
use numpy_rs_random::bits::Bits;
use numpy_rs_random::generator::Generator;
use numpy_rs_random::laws::Stream;
use numpy_rs_random::mt19937::Mt19937;
use numpy_rs_random::seed_sequence::SeedSequence;
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::random_c::{BitGen, CAPSULE};
use crate::array::{self, ArrayRef};
use crate::convert;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;

const NAME: &CStr = c"numpy_rs.random.stream";

/// What a capsule holds.
struct Held {
    /// For C, which gets this address; it points to the stream.
    c: BitGen,
    stream: Mutex<Stream>,
}

/// Items drawn between two looks for Ctrl-C; the stream is free for others in between.
pub(super) const PIECE: usize = 1 << 16;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "_stream(name, words, /)",
        "A stream of the named generator, seeded with an array of uint64.",
        |a| {
            let made = Generator::seeded(&a.required(0).extract::<String>()?, &of_array(a, 1)?)
                .ok_or_else(|| PyValueError::new_err("the seed does not fit the generator"))?;
            let held = Held {
                c: BitGen::new(),
                stream: Mutex::new(Stream {
                    bits: made,
                    spare: None,
                }),
            };
            let capsule = PyCapsule::new_with_value(a.py(), held, NAME)?;
            let held = capsule.pointer_checked(Some(NAME))?.cast::<Held>().as_ptr();
            // SAFETY: the value was just made, stays where it is, and nobody else knows it.
            unsafe { (*held).c.state = (&raw mut (*held).stream).cast() };
            Ok(capsule.into_any())
        },
    ),
    page(
        "_stream_words(stream, /)",
        "The state of a stream as an array of uint64.",
        |a| {
            let words = with(a, |s| s.bits.words())?;
            new_array(a.py(), TypeNum::ULong, &words)
        },
    ),
    page(
        "_stream_restore(stream, name, words, /)",
        "Puts a state back that `_stream_words` gave.",
        |a| {
            let name: String = a.required(1).extract()?;
            let made = Generator::restored(&name, &of_array(a, 2)?)
                .ok_or_else(|| PyValueError::new_err("the state does not fit the generator"))?;
            with(a, |s| s.bits = made)?;
            none(a)
        },
    ),
    page(
        "_stream_seed_legacy(stream, seed, /)",
        "Starts an MT19937 stream anew from one number below 2**32 or from an array of uint32.",
        |a| {
            let seed = a.required(1);
            let made = match ArrayRef::from_object(&seed) {
                Some(_) => Mt19937::from_words(&of_array(a, 1)?),
                None => Mt19937::from_seed(seed.extract()?),
            };
            with(a, |s| s.bits = Generator::Mt19937(Box::new(made)))?;
            none(a)
        },
    ),
    page(
        "_stream_advance(stream, steps, /)",
        "Goes on by a number given as four words, the lowest first.",
        |a| {
            let steps = <[u64; 4]>::try_from(of_array(a, 1)?)
                .map_err(|_| PyValueError::new_err("expected four words"))?;
            let can = with(a, |s| s.bits.advance(steps))?;
            Ok(can.into_pyobject(a.py())?.to_owned().into_any())
        },
    ),
    page(
        "_stream_jump(stream, /)",
        "Goes on by 2**128 steps of MT19937.",
        |a| {
            let can = with(a, |s| s.bits.jump())?;
            Ok(can.into_pyobject(a.py())?.to_owned().into_any())
        },
    ),
    page(
        "_stream_spare(stream, /)",
        "The spare normal number, or None.",
        |a| Ok(with(a, |s| s.spare)?.into_pyobject(a.py())?.into_any()),
    ),
    page(
        "_stream_keep(stream, spare, /)",
        "Sets the spare normal number, or None.",
        |a| {
            let spare = a.some(1).map(|x| x.extract()).transpose()?;
            with(a, |s| s.spare = spare)?;
            none(a)
        },
    ),
    page(
        "_stream_addresses(stream, /)",
        "For C: the addresses of the state, of the functions for 64 and 32 bits and doubles, and of the whole.",
        |a| {
            let c = for_c(a)?;
            // SAFETY: the argument keeps the struct alive; its fields do not change.
            let it = unsafe { &*c };
            let answer = (
                it.state as usize,
                it.next_u64 as usize,
                it.next_u32 as usize,
                it.next_f64 as usize,
                c as usize,
            );
            Ok(answer.into_pyobject(a.py())?.into_any())
        },
    ),
    page(
        "_stream_capsule(stream, /)",
        "For C: a capsule with a `bitgen_t`, which keeps the stream.",
        |a| {
            let c = for_c(a)?;
            let owner = a.required(0);
            // SAFETY: the capsule owns a reference to the stream, which its destructor gives back.
            unsafe {
                let raw = ffi::PyCapsule_New(c.cast(), CAPSULE.as_ptr(), Some(release_owner));
                let capsule = Bound::from_owned_ptr_or_err(a.py(), raw)?;
                if ffi::PyCapsule_SetContext(raw, owner.into_ptr().cast()) != 0 {
                    return Err(PyErr::fetch(a.py()));
                }
                Ok(capsule)
            }
        },
    ),
    page(
        "_stream_raw(stream, size, /)",
        "Words as the generator makes them: an int, or an array of uint64.",
        |a| {
            let py = a.py();
            let shape: Option<Dims> = a
                .some(1)
                .map(|s| convert::shape::from_object(&s))
                .transpose()?;
            let Some(shape) = shape else {
                let word = with(a, |s| s.bits.next_raw())?;
                return Ok(word.into_pyobject(py)?.into_any());
            };
            let out = array::empty(py, &DType::new(TypeNum::ULong), &shape, Order::C)?;
            pieces(a, items::<u64>(&out), |s, piece| {
                piece.iter_mut().for_each(|x| *x = s.bits.next_raw());
            })?;
            Ok(out.into_any())
        },
    ),
    page(
        "_seed_pool(entropy, size, /)",
        "The pool of a seed sequence of entropy, an array of uint32.",
        |a| {
            let size: usize = a.required(1).extract()?;
            let entropy = contiguous::<u32>(a, 0)?;
            let made = SeedSequence::new(items(&entropy), size);
            new_array(a.py(), TypeNum::UInt, made.pool())
        },
    ),
    page(
        "_seed_words(pool, n, /)",
        "`n` words of 32 bits for the state of a generator.",
        |a| {
            let n: isize = a.required(1).extract()?;
            let out = array::empty(a.py(), &DType::new(TypeNum::UInt), &[n], Order::C)?;
            let made = SeedSequence::from_pool(&of_array(a, 0)?);
            for (item, word) in items::<u32>(&out).iter_mut().zip(made.words()) {
                *item = word;
            }
            Ok(out.into_any())
        },
    ),
];

pub(super) const fn page(
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

pub(super) fn none<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    Ok(a.py().None().into_bound(a.py()))
}

/// Uses the stream in the first argument, alone. No Python code runs meanwhile.
pub(super) fn with<T>(a: &Args<'_>, f: impl FnOnce(&mut Stream) -> T) -> PyResult<T> {
    let object = a.required(0);
    let capsule: &Bound<'_, PyCapsule> = object.cast()?;
    let place = capsule.pointer_checked(Some(NAME))?;
    // SAFETY: capsules of this name hold such a value, and the argument keeps the capsule alive.
    let held = unsafe { place.cast::<Held>().as_ref() };
    let mut held = held
        .stream
        .lock()
        .map_err(|_| PyRuntimeError::new_err("the random stream is unusable after a panic"))?;
    Ok(f(&mut held))
}

/// The struct for C of the stream in the first argument.
fn for_c(a: &Args<'_>) -> PyResult<*mut BitGen> {
    let object = a.required(0);
    let capsule: &Bound<'_, PyCapsule> = object.cast()?;
    let held = capsule.pointer_checked(Some(NAME))?.cast::<Held>().as_ptr();
    // SAFETY: only the address of a field is taken.
    Ok(unsafe { &raw mut (*held).c })
}

/// Lets the stream of a capsule for C go.
unsafe extern "C" fn release_owner(capsule: *mut ffi::PyObject) {
    // SAFETY: the context is a reference that the capsule owns, or null.
    unsafe { ffi::Py_XDECREF(ffi::PyCapsule_GetContext(capsule).cast()) };
}

/// Fills items piece by piece, looking for Ctrl-C between pieces.
pub(super) fn pieces<T>(
    a: &Args<'_>,
    items: &mut [T],
    mut fill: impl FnMut(&mut Stream, &mut [T]),
) -> PyResult<()> {
    let patience = Patience::new();
    for piece in items.chunks_mut(PIECE) {
        with(a, |s| fill(s, piece))?;
        patience.check().or_raise()?;
    }
    Ok(())
}

/// The items of a contiguous array; the caller has looked at its type, or just made it.
pub(super) fn items<'a, T>(array: &'a ArrayRef<'_>) -> &'a mut [T] {
    if array.size() == 0 {
        return &mut [];
    }
    // SAFETY: callers pass contiguous aligned arrays whose items are `T`, and hold one such slice at a time.
    unsafe { std::slice::from_raw_parts_mut(array.data().cast::<T>(), array.size()) }
}

/// An argument that must be a contiguous array of items like `T`, which the package promises.
pub(super) fn contiguous<'py, T: Item>(a: &Args<'py>, at: usize) -> PyResult<ArrayRef<'py>> {
    ArrayRef::from_object(&a.required(at))
        .filter(|x| {
            let kept = flags::C_CONTIGUOUS | flags::F_CONTIGUOUS;
            T::NUMS.iter().any(|&num| x.type_num() == num as i32)
                && x.flags() & kept != 0
                && x.flags() & flags::ALIGNED != 0
        })
        .ok_or_else(|| PyTypeError::new_err(format!("expected a contiguous array of {}", T::NAME)))
}

/// A copy of the items of such an argument.
pub(super) fn of_array<T: Item>(a: &Args<'_>, at: usize) -> PyResult<Vec<T>> {
    Ok(items::<T>(&contiguous::<T>(a, at)?).to_vec())
}

fn new_array<'py, T: Item>(
    py: Python<'py>,
    num: TypeNum,
    values: &[T],
) -> PyResult<Bound<'py, PyAny>> {
    let out = array::empty(py, &DType::new(num), &[values.len() as isize], Order::C)?;
    items::<T>(&out).copy_from_slice(values);
    Ok(out.into_any())
}

/// The types of items that the streams work with.
pub(super) trait Item: Copy {
    /// The numbers of the dtypes with such items.
    const NUMS: &'static [TypeNum];
    /// The name for messages.
    const NAME: &'static str;
}

impl Item for u32 {
    const NUMS: &'static [TypeNum] = &[TypeNum::UInt];
    const NAME: &'static str = "uint32";
}

impl Item for u64 {
    const NUMS: &'static [TypeNum] = &[TypeNum::ULong, TypeNum::ULongLong];
    const NAME: &'static str = "uint64";
}

impl Item for i64 {
    const NUMS: &'static [TypeNum] = &[TypeNum::Long, TypeNum::LongLong];
    const NAME: &'static str = "int64";
}

impl Item for f64 {
    const NUMS: &'static [TypeNum] = &[TypeNum::Double];
    const NAME: &'static str = "float64";
}
