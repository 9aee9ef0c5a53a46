//! Numbers of a law drawn from a stream: one, an array of them, or one for each item of arrays of parameters.

use numpy_rs::random::take_images;
use numpy_rs_core::buffer::Buffer;
use numpy_rs_core::interrupt::Patience;
use numpy_rs_random::laws::{Fill, Kind, Law, law};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use super::random_stream::{PIECE, contiguous, items, none, page, pieces, with};
use crate::array::ArrayRef;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::layout::flags;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "_draw(stream, law, a=None, b=None, c=None, /)",
        "One number of a law.",
        |a| {
            let (law, parameters) = asked(a, 2)?;
            let words = each_word(law, &parameters)?;
            let word = with(a, |s| (law.draw)(s, &words))?;
            let py = a.py();
            Ok(match law.gives {
                Kind::F64 => f64::from_bits(word).into_pyobject(py)?.into_any(),
                Kind::F32 => f64::from(f32::from_bits(word as u32))
                    .into_pyobject(py)?
                    .into_any(),
                Kind::I64 => (word as i64).into_pyobject(py)?.into_any(),
            })
        },
    ),
    page(
        "_fill(stream, law, out, a=None, b=None, c=None, /)",
        "Fills a contiguous array with numbers of a law; parameters are numbers, or arrays of the shape of `out`.",
        fill,
    ),
    page(
        "_multinomial(stream, legacy, n, p, out, /)",
        "Fills rows of `out` with counts of as many trials as `n` says for each row.",
        |a| {
            let legacy = a.required(1).is_truthy()?;
            let n = contiguous::<i64>(a, 2)?;
            let n = &*items::<i64>(&n);
            let p = contiguous::<f64>(a, 3)?;
            let p = &*items::<f64>(&p);
            let out = contiguous::<i64>(a, 4)?;
            let mut n = n.iter().copied();
            rows(a, items::<i64>(&out), p.len(), |s, rows| {
                s.multinomial(legacy, &mut n, p, rows);
            })
        },
    ),
    page(
        "_dirichlet(stream, legacy, alpha, tails, out, /)",
        "Fills rows of `out` with shares; `tails` are the sums of `alpha` from each place on.",
        |a| {
            let legacy = a.required(1).is_truthy()?;
            let (alpha, tails) = (contiguous::<f64>(a, 2)?, contiguous::<f64>(a, 3)?);
            let (alpha, tails) = (&*items::<f64>(&alpha), &*items::<f64>(&tails));
            let out = contiguous::<f64>(a, 4)?;
            if tails.len() != alpha.len() {
                return Err(PyValueError::new_err("the sums do not fit"));
            }
            rows(a, items::<f64>(&out), alpha.len(), |s, rows| {
                s.dirichlet(legacy, alpha, tails, rows);
            })
        },
    ),
    page(
        "_multivariate_hypergeometric(stream, colors, n, by_items, out, /)",
        "Fills rows of `out` with counts of a sample.",
        |a| {
            let colors = contiguous::<i64>(a, 1)?;
            let colors = &*items::<i64>(&colors);
            let n: i64 = a.required(2).extract()?;
            let out = contiguous::<i64>(a, 4)?;
            if !a.required(3).is_truthy()? {
                return rows(a, items::<i64>(&out), colors.len(), |s, rows| {
                    s.multivariate_hypergeometric(colors, n, rows);
                });
            }
            let total = colors.iter().sum::<i64>() as usize;
            let bytes = total.saturating_mul(size_of::<usize>());
            let buffer = Buffer::uninit(bytes).or_raise()?;
            // SAFETY: the buffer has room for as many words, and nobody else has it; each is written before it is read.
            let kinds =
                unsafe { std::slice::from_raw_parts_mut(buffer.as_ptr().cast::<usize>(), total) };
            let mut at = 0;
            for (kind, &n) in colors.iter().enumerate() {
                kinds[at..at + n as usize].fill(kind);
                at += n as usize;
            }
            rows(a, items::<i64>(&out), colors.len(), |s, rows| {
                s.multivariate_hypergeometric_by_items(colors, kinds, n as usize, rows);
            })
        },
    ),
];

/// The law asked for, and its parameters from the argument `at` on.
fn asked<'py>(a: &Args<'py>, at: usize) -> PyResult<(&'static Law, Vec<Bound<'py, PyAny>>)> {
    let name = a.required(1);
    let name: &str = name.extract()?;
    let law = law(name).ok_or_else(|| PyValueError::new_err(format!("no law {name}")))?;
    let parameters: Vec<_> = (at..at + 3).map_while(|i| a.some(i)).collect();
    if parameters.len() != law.takes.len() {
        return Err(PyTypeError::new_err(format!(
            "{name} takes {} parameters",
            law.takes.len()
        )));
    }
    Ok((law, parameters))
}

/// A number as a word of a kind.
fn word_of(kind: Kind, number: &Bound<'_, PyAny>) -> PyResult<u64> {
    Ok(match kind {
        Kind::F64 => number.extract::<f64>()?.to_bits(),
        Kind::I64 => number.extract::<i64>()? as u64,
        Kind::F32 => u64::from((number.extract::<f64>()? as f32).to_bits()),
    })
}

fn each_word(law: &Law, parameters: &[Bound<'_, PyAny>]) -> PyResult<[u64; 3]> {
    let mut words = [0; 3];
    for (i, (parameter, &kind)) in parameters.iter().zip(law.takes).enumerate() {
        words[i] = word_of(kind, parameter)?;
    }
    Ok(words)
}

/// Goes through the rows of a result, several at once, looking for Ctrl-C in between.
fn rows<'py, T>(
    a: &Args<'py>,
    out: &mut [T],
    width: usize,
    mut fill: impl FnMut(&mut numpy_rs_random::laws::Stream, &mut [T]),
) -> PyResult<Bound<'py, PyAny>> {
    let patience = Patience::new();
    if width > 0 {
        // The slow laws take some microseconds a row.
        let together = (PIECE / 64).div_ceil(width) * width;
        for rows in out.chunks_mut(together) {
            with(a, |s| fill(s, rows))?;
            patience.check().or_raise()?;
        }
    }
    none(a)
}

/// A parameter that varies: where its items lie.
struct Varying<'a> {
    data: *const u8,
    strides: &'a [isize],
    kind: Kind,
}

impl Varying<'_> {
    fn word(&self, offset: isize) -> u64 {
        // SAFETY: offsets come from places inside the shape, which is that of the array.
        unsafe {
            let place = self.data.offset(offset);
            match self.kind {
                Kind::F32 => u64::from(place.cast::<u32>().read_unaligned()),
                Kind::F64 | Kind::I64 => place.cast::<u64>().read_unaligned(),
            }
        }
    }
}

fn fill<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let (law, parameters) = asked(a, 3)?;
    let out = ArrayRef::from_object(&a.required(2))
        .filter(|out| {
            let width = if law.gives == Kind::F32 { 4 } else { 8 };
            let kept = flags::C_CONTIGUOUS | flags::F_CONTIGUOUS;
            out.itemsize() == width
                && out.flags() & kept != 0
                && out.flags() & flags::ALIGNED != 0
                && out.flags() & flags::WRITEABLE != 0
        })
        .ok_or_else(|| PyTypeError::new_err("the result does not fit the law"))?;
    let arrays: Vec<Option<ArrayRef<'_>>> = parameters.iter().map(ArrayRef::from_object).collect();
    if arrays.iter().all(Option::is_none) {
        let words = each_word(law, &parameters)?;
        match law.fill {
            Fill::Wide(fill) => pieces(a, items::<u64>(&out), |s, piece| fill(s, &words, piece))?,
            Fill::Narrow(fill) => pieces(a, items::<u32>(&out), |s, piece| fill(s, &words, piece))?,
            Fill::Images { draw, image } => {
                let patience = Patience::new();
                for piece in items::<u64>(&out).chunks_mut(PIECE) {
                    with(a, |s| draw(s, &words, piece))?;
                    take_images(piece, &|part| image(&words, part)).or_raise()?;
                    patience.check().or_raise()?;
                }
            }
        }
        return none(a);
    }
    if out.ndim() > 1 && out.flags() & flags::C_CONTIGUOUS == 0 {
        return Err(PyTypeError::new_err("the result is not in C order"));
    }
    let mut words = [0; 3];
    let mut varying: [Option<Varying<'_>>; 3] = [None, None, None];
    for (i, (array, &kind)) in arrays.iter().zip(law.takes).enumerate() {
        let Some(array) = array else {
            words[i] = word_of(kind, &parameters[i])?;
            continue;
        };
        let width = if kind == Kind::F32 { 4 } else { 8 };
        if array.shape() != out.shape() || array.itemsize() != width {
            return Err(PyTypeError::new_err("a parameter does not fit the result"));
        }
        varying[i] = Some(Varying {
            data: array.data(),
            strides: array.strides(),
            kind,
        });
    }
    let mut places = Places::new(out.shape());
    let mut next = |s: &mut numpy_rs_random::laws::Stream| {
        for (i, parameter) in varying.iter().enumerate() {
            if let Some(parameter) = parameter {
                words[i] = parameter.word(places.offset(parameter.strides));
            }
        }
        places.step();
        (law.draw)(s, &words)
    };
    if law.gives == Kind::F32 {
        pieces(a, items::<u32>(&out), |s, piece| {
            piece.iter_mut().for_each(|x| *x = next(s) as u32);
        })?;
    } else {
        pieces(a, items::<u64>(&out), |s, piece| {
            piece.iter_mut().for_each(|x| *x = next(s));
        })?;
    }
    none(a)
}

/// The places of a shape, one after the other in C order.
struct Places<'a> {
    shape: &'a [isize],
    at: Vec<isize>,
}

impl<'a> Places<'a> {
    fn new(shape: &'a [isize]) -> Self {
        Self {
            shape,
            at: vec![0; shape.len()],
        }
    }

    fn offset(&self, strides: &[isize]) -> isize {
        self.at
            .iter()
            .zip(strides)
            .map(|(i, stride)| i * stride)
            .sum()
    }

    fn step(&mut self) {
        for (at, &length) in self.at.iter_mut().zip(self.shape).rev() {
            *at += 1;
            if *at < length {
                return;
            }
            *at = 0;
        }
    }
}
