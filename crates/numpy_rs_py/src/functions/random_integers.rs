//! Whole numbers drawn from a stream: in bounds, in random order, without repetition.

use std::collections::HashSet;

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::index::mask::index_dtype;
use numpy_rs_core::interrupt::Patience;
use numpy_rs_core::layout::Order;
use numpy_rs_random::bounded::{
    HeldWord, bounded, bounded_narrow, fill as bulk, fill_narrow as bulk_narrow, shuffle,
};
use numpy_rs_random::each_generator;
use numpy_rs_random::laws::Stream;
use pyo3::exceptions::{PyMemoryError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use super::random_stream::{PIECE, contiguous, items, none, page, pieces, with};
use crate::array::{self, ArrayRef};
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;

/// The functions of this page. `masked` chooses the way of `RandomState`.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "_integers(stream, low, last, masked, out, /)",
        "Fills a contiguous array of bool or integers with numbers from `low` to `last` inclusive.",
        |a| {
            let (low, last): (i128, i128) = (a.required(1).extract()?, a.required(2).extract()?);
            fill_alike(a, 3, low as u64, last.wrapping_sub(low) as u64)
        },
    ),
    page(
        "_integers_between(stream, low, range, masked, out, /)",
        "The same from each item of `low` to `range` above it; both are contiguous uint64 as long as `out`.",
        |a| {
            let (low, range) = (contiguous::<u64>(a, 1)?, contiguous::<u64>(a, 2)?);
            let (low, range) = (&*items::<u64>(&low), &*items::<u64>(&range));
            let mut each = low.iter().copied().zip(range.iter().copied());
            fill(a, 3, || each.next().unwrap_or_default())
        },
    ),
    page(
        "_interval(stream, last, masked, /)",
        "One integer from 0 to `last` inclusive.",
        |a| {
            let last: u64 = a.required(1).extract()?;
            let masked = a.required(2).is_truthy()?;
            Ok(with(a, |s| bounded(&mut s.bits, last, masked))?
                .into_pyobject(a.py())?
                .into_any())
        },
    ),
    page(
        "_order(stream, n, rows, masked, /)",
        "Rows of the integers below `n`, each in a random order of its own.",
        |a| {
            let n: isize = a.required(1).extract()?;
            let rows: isize = a.required(2).extract()?;
            let masked = a.required(3).is_truthy()?;
            let out = array::empty(a.py(), &index_dtype(), &[rows, n], Order::C)?;
            let patience = Patience::new();
            for row in items::<i64>(&out).chunks_exact_mut(n.max(1) as usize) {
                count_up(row);
                shuffled(a, row, 1, masked, &patience)?;
            }
            Ok(out.into_any())
        },
    ),
    page(
        "_shuffle(stream, x, masked, /)",
        "Shuffles a contiguous vector of plain numbers in place.",
        |a| {
            let out = ArrayRef::from_object(&a.required(1))
                .filter(|x| {
                    let needed = flags::C_CONTIGUOUS | flags::ALIGNED | flags::WRITEABLE;
                    x.ndim() == 1 && x.flags() & needed == needed
                })
                .ok_or_else(|| PyTypeError::new_err("expected a contiguous vector"))?;
            let num = out.dtype()?.num();
            let plain = num.is_number() || matches!(num, TypeNum::Bool);
            match out.itemsize() {
                1 if plain => shuffle_items::<u8>(a, &out),
                2 if plain => shuffle_items::<u16>(a, &out),
                4 if plain => shuffle_items::<u32>(a, &out),
                8 if plain => shuffle_items::<u64>(a, &out),
                _ => Err(PyTypeError::new_err(
                    "expected numbers of up to eight bytes",
                )),
            }
        },
    ),
    page(
        "_sample(stream, n, size, shuffle, /)",
        "`size` of the integers below `n`, none twice; in random order if asked.",
        sample,
    ),
];

/// An array whose items are moved as `T`.
fn shuffle_items<'py, T>(a: &Args<'py>, out: &ArrayRef<'py>) -> PyResult<Bound<'py, PyAny>> {
    let masked = a.required(2).is_truthy()?;
    if !out.data().cast::<T>().is_aligned() {
        return Err(PyTypeError::new_err("expected aligned items"));
    }
    shuffled(a, items::<T>(out), 1, masked, &Patience::new())?;
    none(a)
}

fn count_up(items: &mut [i64]) {
    for (i, x) in items.iter_mut().enumerate() {
        *x = i as i64;
    }
}

/// Shuffles down to the place `first`, looking for Ctrl-C on the way.
fn shuffled<T>(
    a: &Args<'_>,
    row: &mut [T],
    first: usize,
    masked: bool,
    patience: &Patience,
) -> PyResult<()> {
    let mut end = row.len();
    while end > first {
        let begin = end.saturating_sub(PIECE).max(first);
        with(a, |s| {
            each_generator!(&mut s.bits, bits => shuffle(bits, &mut row[..end], begin, masked));
        })?;
        patience.check().or_raise()?;
        end = begin;
    }
    Ok(())
}

/// The array to fill, the last argument: any contiguous bool or integers.
fn result<'py>(a: &Args<'py>, at: usize) -> PyResult<(ArrayRef<'py>, DType)> {
    let kept = flags::C_CONTIGUOUS | flags::F_CONTIGUOUS;
    let needed = flags::ALIGNED | flags::WRITEABLE;
    if let Some(out) = ArrayRef::from_object(&a.required(at))
        .filter(|out| out.flags() & kept != 0 && out.flags() & needed == needed)
    {
        let dtype = out.dtype()?;
        if dtype.num().is_integer() || dtype.num() == TypeNum::Bool {
            return Ok((out, dtype));
        }
    }
    Err(PyTypeError::new_err(
        "expected a contiguous array of integers",
    ))
}

/// Fills the array behind the argument `masked` with numbers from `low` to `range` above it.
fn fill_alike<'py>(
    a: &Args<'py>,
    masked: usize,
    low: u64,
    range: u64,
) -> PyResult<Bound<'py, PyAny>> {
    let (out, dtype) = result(a, masked + 1)?;
    let masked = a.required(masked).is_truthy()?;
    let mut held = HeldWord::default();
    let narrow = (low as u32, range as u32);
    match (dtype.num(), dtype.itemsize()) {
        (TypeNum::Bool, _) => pieces(a, items::<u8>(&out), |s, piece| {
            each_generator!(&mut s.bits, bits =>
                bulk_narrow(bits, narrow, 1, masked, &mut held, piece, |x| x as u8));
        })?,
        (_, 1) => pieces(a, items::<u8>(&out), |s, piece| {
            each_generator!(&mut s.bits, bits =>
                bulk_narrow(bits, narrow, 8, masked, &mut held, piece, |x| x as u8));
        })?,
        (_, 2) => pieces(a, items::<u16>(&out), |s, piece| {
            each_generator!(&mut s.bits, bits =>
                bulk_narrow(bits, narrow, 16, masked, &mut held, piece, |x| x as u16));
        })?,
        (_, 4) => pieces(a, items::<u32>(&out), |s, piece| {
            each_generator!(&mut s.bits, bits => bulk(bits, low, range, masked, piece, |x| x as u32));
        })?,
        _ => pieces(a, items::<u64>(&out), |s, piece| {
            each_generator!(&mut s.bits, bits => bulk(bits, low, range, masked, piece, |x| x));
        })?,
    }
    none(a)
}

/// Fills the array behind the argument `masked` with numbers in the bounds that `next` gives: low end and range.
fn fill<'py>(
    a: &Args<'py>,
    masked: usize,
    mut next: impl FnMut() -> (u64, u64),
) -> PyResult<Bound<'py, PyAny>> {
    let (out, dtype) = result(a, masked + 1)?;
    let masked = a.required(masked).is_truthy()?;
    let mut held = HeldWord::default();
    let mut narrow = |s: &mut Stream, width: u32, bounds: (u64, u64)| {
        let drawn = bounded_narrow(&mut s.bits, bounds.1 as u32, width, masked, &mut held);
        (bounds.0 as u32).wrapping_add(drawn)
    };
    let mut wide = |s: &mut Stream| {
        let (low, range) = next();
        low.wrapping_add(bounded(&mut s.bits, range, masked))
    };
    match (dtype.num(), dtype.itemsize()) {
        (TypeNum::Bool, _) => pieces(a, items::<u8>(&out), |s, piece| {
            piece
                .iter_mut()
                .for_each(|x| *x = narrow(s, 1, next()) as u8);
        })?,
        (_, 1) => pieces(a, items::<u8>(&out), |s, piece| {
            piece
                .iter_mut()
                .for_each(|x| *x = narrow(s, 8, next()) as u8);
        })?,
        (_, 2) => pieces(a, items::<u16>(&out), |s, piece| {
            piece
                .iter_mut()
                .for_each(|x| *x = narrow(s, 16, next()) as u16);
        })?,
        (_, 4) => pieces(a, items::<u32>(&out), |s, piece| {
            piece.iter_mut().for_each(|x| *x = wide(s) as u32);
        })?,
        _ => pieces(a, items::<u64>(&out), |s, piece| {
            piece.iter_mut().for_each(|x| *x = wide(s));
        })?,
    }
    none(a)
}

fn sample<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let (n, size): (isize, isize) = (a.required(1).extract()?, a.required(2).extract()?);
    let reorder = a.required(3).is_truthy()?;
    if size < 0 || size > n {
        return Err(PyValueError::new_err("the sample does not fit"));
    }
    let patience = Patience::new();
    let cutoff = if reorder { 50 } else { 20 };
    if n > 10_000 && size > n / cutoff {
        // A large share: the end of a shuffle that goes no further.
        let all = array::empty(a.py(), &index_dtype(), &[n], Order::C)?;
        count_up(items(&all));
        shuffled(
            a,
            items::<i64>(&all),
            (n - size).max(1) as usize,
            false,
            &patience,
        )?;
        let out = array::empty(a.py(), &index_dtype(), &[size], Order::C)?;
        items::<i64>(&out).copy_from_slice(&items::<i64>(&all)[(n - size) as usize..]);
        return Ok(out.into_any());
    }
    // Floyd's algorithm: each step adds one number that was not there.
    let out = array::empty(a.py(), &index_dtype(), &[size], Order::C)?;
    let mut taken = HashSet::new();
    taken
        .try_reserve(size as usize)
        .map_err(|_| PyMemoryError::new_err(()))?;
    let mut j = (n - size) as u64;
    pieces(a, items::<i64>(&out), |s, piece| {
        for item in piece {
            let drawn = bounded(&mut s.bits, j, false);
            let fresh = if taken.insert(drawn) { drawn } else { j };
            taken.insert(fresh);
            *item = fresh as i64;
            j += 1;
        }
    })?;
    if reorder {
        shuffled(a, items::<i64>(&out), 1, false, &patience)?;
    }
    Ok(out.into_any())
}
