//! The module-level functions of `numpy.random`: one `RandomState` for the process, seeded by the system.

use std::sync::Mutex;

use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::index::mask::index_dtype;
use numpy_rs_core::layout::Order;
use numpy_rs_random::legacy::RandomState;
use numpy_rs_random::pcg64::Pcg64;
use numpy_rs_random::seed_sequence::SeedSequence;
use pyo3::exceptions::{PyNotImplementedError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::array::{self, ArrayRef};
use crate::convert;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "random",
        signature: "seed(seed=None)",
        relevant: &[],
        doc: "Starts the global stream anew: from one number, from several, or from the system.",
        run: seed,
    },
    FunctionDef {
        module: "random",
        signature: "random_sample(size=None)",
        relevant: &[],
        doc: "Uniform doubles in [0, 1).",
        run: |a| doubles(a.py(), &size(a, 0)?, RandomState::random),
    },
    FunctionDef {
        module: "random",
        signature: "rand(*shape)",
        relevant: &[],
        doc: "Uniform doubles in [0, 1) of a shape given as arguments.",
        run: |a| doubles(a.py(), &shape_of(&a.required(0))?, RandomState::random),
    },
    FunctionDef {
        module: "random",
        signature: "randn(*shape)",
        relevant: &[],
        doc: "Standard normal doubles of a shape given as arguments.",
        run: |a| {
            doubles(
                a.py(),
                &shape_of(&a.required(0))?,
                RandomState::standard_normal,
            )
        },
    },
    FunctionDef {
        module: "random",
        signature: "standard_normal(size=None)",
        relevant: &[],
        doc: "Standard normal doubles.",
        run: |a| doubles(a.py(), &size(a, 0)?, RandomState::standard_normal),
    },
    FunctionDef {
        module: "random",
        signature: "randint(low, high=None, size=None, dtype=None)",
        relevant: &[],
        doc: "Integers from `low` up to but without `high` (from 0 where only one is given).",
        run: randint,
    },
    FunctionDef {
        module: "random",
        signature: "_pcg64_seeded(words)",
        relevant: &[],
        doc: "The state and increment of a PCG64 stream seeded with words, or from the system.",
        run: pcg64_seeded,
    },
    FunctionDef {
        module: "random",
        signature: "_pcg64_random(state, increment, size=None)",
        relevant: &[],
        doc: "Uniform doubles from a PCG64 stream, and the state behind them.",
        run: pcg64_random,
    },
    FunctionDef {
        module: "random",
        signature: "shuffle(x)",
        relevant: &[],
        doc: "Puts the items of a sequence in random order, in place.",
        run: |a| {
            let x = a.required(0);
            for i in (1..x.len()?).rev() {
                let j = draw(|s| s.interval(i as u64))? as usize;
                if i != j {
                    let copy = |k: usize| -> PyResult<Bound<'_, PyAny>> {
                        let item = x.get_item(k)?;
                        if ArrayRef::from_object(&item).is_some() {
                            item.call_method0("copy")
                        } else {
                            Ok(item)
                        }
                    };
                    let (left, right) = (copy(i)?, copy(j)?);
                    x.set_item(i, right)?;
                    x.set_item(j, left)?;
                }
            }
            Ok(a.py().None().into_bound(a.py()))
        },
    },
];

/// The state and increment of a PCG64 stream seeded with 32-bit words, the lowest first.
fn pcg64_seeded<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let words: Vec<u32> = match a.some(0) {
        Some(w) => w
            .try_iter()?
            .map(|v| v?.extract())
            .collect::<PyResult<_>>()?,
        None => system_words(),
    };
    let made = Pcg64::new(&SeedSequence::new(&words));
    Ok((made.state, made.increment)
        .into_pyobject(a.py())?
        .into_any())
}

/// Uniform doubles from a PCG64 stream, and the state behind them.
fn pcg64_random<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let mut bits = Pcg64 {
        state: a.required(0).extract()?,
        increment: a.required(1).extract()?,
    };
    let value = match size(a, 2)? {
        None => bits.next_f64().into_pyobject(py)?.into_any(),
        Some(shape) => {
            let out = array::empty(py, &DType::new(TypeNum::Double), &shape, Order::C)?;
            // SAFETY: the array was just made: contiguous doubles.
            let items =
                unsafe { std::slice::from_raw_parts_mut(out.data().cast::<f64>(), out.size()) };
            items.iter_mut().for_each(|x| *x = bits.next_f64());
            out.into_any()
        }
    };
    Ok((value, bits.state).into_pyobject(py)?.into_any())
}

static GLOBAL: Mutex<Option<RandomState>> = Mutex::new(None);

/// Uses the global stream; seeds it from the system at the first use.
fn draw<T>(f: impl FnOnce(&mut RandomState) -> T) -> PyResult<T> {
    let mut held = GLOBAL
        .lock()
        .map_err(|_| PyValueError::new_err("the random state is unusable after a panic"))?;
    Ok(f(held.get_or_insert_with(|| {
        RandomState::from_words(&system_words())
    })))
}

/// Words that nobody can guess: from the keys of a fresh hash map, which the system seeds.
fn system_words() -> Vec<u32> {
    use std::hash::{BuildHasher, Hasher};
    (0..4u64)
        .flat_map(|i| {
            let mut hasher = std::collections::hash_map::RandomState::new().build_hasher();
            hasher.write_u64(i);
            let x = hasher.finish();
            [x as u32, (x >> 32) as u32]
        })
        .collect()
}

fn seed<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let state = match a.some(0) {
        None => RandomState::from_words(&system_words()),
        Some(s) => {
            let wrong = || PyValueError::new_err("Seed must be between 0 and 2**32 - 1");
            if let Ok(one) = s.extract::<i128>() {
                RandomState::from_seed(u32::try_from(one).map_err(|_| wrong())?)
            } else {
                let words = s
                    .try_iter()
                    .map_err(|_| {
                        PyTypeError::new_err("Cannot cast the seed to an array of integers")
                    })?
                    .map(|v| u32::try_from(v?.extract::<i128>()?).map_err(|_| wrong()))
                    .collect::<PyResult<Vec<u32>>>()?;
                if words.is_empty() {
                    return Err(PyValueError::new_err("Seed must be non-empty"));
                }
                RandomState::from_words(&words)
            }
        }
    };
    *GLOBAL
        .lock()
        .map_err(|_| PyValueError::new_err("the random state is unusable after a panic"))? =
        Some(state);
    Ok(py.None().into_bound(py))
}

/// `size=`: nothing for one number, else a shape.
fn size(a: &Args<'_>, at: usize) -> PyResult<Option<Dims>> {
    a.some(at)
        .map(|s| convert::shape::from_object(&s))
        .transpose()
}

/// The shape given as positional arguments; none of them means one number.
fn shape_of(args: &Bound<'_, PyAny>) -> PyResult<Option<Dims>> {
    let args: &Bound<'_, PyTuple> = args.cast()?;
    if args.is_empty() {
        return Ok(None);
    }
    convert::shape::from_object(args).map(Some)
}

fn doubles<'py>(
    py: Python<'py>,
    shape: &Option<Dims>,
    next: fn(&mut RandomState) -> f64,
) -> PyResult<Bound<'py, PyAny>> {
    let Some(shape) = shape else {
        return Ok(draw(next)?.into_pyobject(py)?.into_any());
    };
    let out = array::empty(py, &DType::new(TypeNum::Double), shape, Order::C)?;
    draw(|s| {
        // SAFETY: the array was just made: contiguous doubles.
        let items = unsafe { std::slice::from_raw_parts_mut(out.data().cast::<f64>(), out.size()) };
        items.iter_mut().for_each(|x| *x = next(s));
    })?;
    Ok(out.into_any())
}

fn randint<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let (low, high): (i64, i64) = match a.some(1) {
        Some(high) => (a.required(0).extract()?, high.extract()?),
        None => (0, a.required(0).extract()?),
    };
    if low >= high {
        return Err(PyValueError::new_err(if a.some(1).is_some() {
            "low >= high"
        } else {
            "high <= 0"
        }));
    }
    let range = (high as u64).wrapping_sub(low as u64) - 1;
    let wanted = a
        .some(3)
        .map(|d| convert::dtype::from_object(&d))
        .transpose()?;
    if let Some(d) = &wanted
        && crate::descr::fields(d).elsize < 4
    {
        // Narrow integers are cut from buffered words, which is another stream.
        return Err(PyNotImplementedError::new_err(
            "randint of integers narrower than 32 bits is not supported yet",
        ));
    }
    let Some(shape) = size(a, 2)? else {
        let one = draw(|s| s.bounded(low, range))?
            .into_pyobject(py)?
            .into_any();
        return match wanted {
            Some(d) => d.getattr("type")?.call1((one,)),
            None => Ok(one),
        };
    };
    let out = array::empty(py, &index_dtype(), &shape, Order::C)?;
    draw(|s| {
        // SAFETY: the array was just made: contiguous 64-bit integers.
        let items = unsafe { std::slice::from_raw_parts_mut(out.data().cast::<i64>(), out.size()) };
        items.iter_mut().for_each(|x| *x = s.bounded(low, range));
    })?;
    match wanted {
        Some(d) => out.as_any().call_method1("astype", (d,)),
        None => Ok(out.into_any()),
    }
}
