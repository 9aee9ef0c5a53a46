//! The public functions of array printing.

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::format::float::{FloatOptions, Trim, positional, scientific};
use numpy_rs_core::interrupt::Rounds;
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::element::Element;
use super::lines::{Lines, shown};
use super::numbers::float_at;
use super::options::PrintOptions;
use crate::array::ArrayRef;
use crate::convert::array_like;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=' ', \
                    prefix='', *, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, \
                    suffix='', legacy=None)",
        relevant: &["a"],
        doc: "The text of an array: nested brackets, columns aligned, long arrays summarised.",
        run: array2string,
    },
    FunctionDef {
        module: "",
        signature: "array_repr(arr, max_line_width=None, precision=None, suppress_small=None)",
        relevant: &["arr"],
        doc: "The text of an array as an expression that makes it, with the dtype where it is not implied.",
        run: |a| {
            let options = with_common(a, 1)?;
            array_repr(&a.required(0), options)
        },
    },
    FunctionDef {
        module: "",
        signature: "array_str(a, max_line_width=None, precision=None, suppress_small=None)",
        relevant: &["a"],
        doc: "The text of the values of an array.",
        run: |a| {
            let options = with_common(a, 1)?;
            array_str(&a.required(0), options)
        },
    },
    FunctionDef {
        module: "",
        signature: "dragon4_positional(x, precision=-1, unique=True, fractional=True, trim='k', sign=False, \
                    pad_left=-1, pad_right=-1, min_digits=-1)",
        relevant: &[],
        doc: "A float in positional form; numbers below zero stand for options that are not given.",
        run: |a| dragon4(a, true),
    },
    FunctionDef {
        module: "",
        signature: "dragon4_scientific(x, precision=-1, unique=True, trim='k', sign=False, pad_left=-1, \
                    exp_digits=-1, min_digits=-1)",
        relevant: &[],
        doc: "A float in scientific form; numbers below zero stand for options that are not given.",
        run: |a| dragon4(a, false),
    },
];

/// The longest text of one float, as in NumPy.
const LONGEST: usize = 16_384;

/// The context's options with `max_line_width, precision, suppress_small` from position `at` on.
fn with_common<'py>(a: &Args<'py>, at: usize) -> PyResult<PrintOptions<'py>> {
    let mut options = PrintOptions::current(a.py())?;
    for (i, name) in ["linewidth", "precision", "suppress"]
        .into_iter()
        .enumerate()
    {
        if let Some(value) = a.some(at + i) {
            options.set(name, &value)?;
        }
    }
    Ok(options)
}

fn array2string<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let mut options = with_common(a, 1)?;
    for (i, name) in [
        (6, "formatter"),
        (7, "threshold"),
        (8, "edgeitems"),
        (9, "sign"),
        (10, "floatmode"),
        (12, "legacy"),
    ] {
        if let Some(value) = a.some(i) {
            options.set(name, &value)?;
        }
    }
    let text = |i: usize, default: &str| -> PyResult<String> {
        a.get(i).map_or(Ok(default.to_owned()), |v| v.extract())
    };
    let (separator, prefix, suffix) = (text(4, " ")?, text(5, "")?, text(11, "")?);
    if options.legacy > 113 {
        options.linewidth -= suffix.chars().count() as isize;
    }
    let out = body(&a.required(0), &options, &separator, &prefix)?;
    Ok(PyString::new(a.py(), &out).into_any())
}

/// The bracketed text of an array; `...` for one that is being written already, as it holds itself.
fn body<'py>(
    a: &Bound<'py, PyAny>,
    options: &PrintOptions<'py>,
    separator: &str,
    prefix: &str,
) -> PyResult<String> {
    // SAFETY: a live object, left again below.
    match unsafe { ffi::Py_ReprEnter(a.as_ptr()) } {
        0 => {}
        1 => return Ok("...".into()),
        _ => return Err(PyErr::fetch(a.py())),
    }
    let text = brackets(a, options, separator, prefix);
    // SAFETY: entered above.
    unsafe { ffi::Py_ReprLeave(a.as_ptr()) };
    text
}

fn brackets<'py>(
    a: &Bound<'py, PyAny>,
    options: &PrintOptions<'py>,
    separator: &str,
    prefix: &str,
) -> PyResult<String> {
    let py = a.py();
    let array = array_like::plain(a)?;
    if array.size() == 0 {
        return Ok("[]".into());
    }
    let dtype = array.dtype()?;
    let edgeitems = (array.size() > options.threshold).then_some(options.edgeitems);
    let (shape, strides) = (array.shape().to_vec(), array.strides().to_vec());
    let data = array.data().cast_const();
    let items = shown_items(data, &shape, &strides, edgeitems);
    // SAFETY: every address is that of an element of the array, which lives until the end.
    let element = unsafe { Element::choose(py, &dtype, &items, options, shape.is_empty())? };
    let lines = Lines {
        separator,
        linewidth: options.linewidth,
        edgeitems,
        legacy: options.legacy,
        watch: Rounds::new(256),
    };
    let indent = format!(" {}", " ".repeat(prefix.chars().count()));
    let mut write = |index: &[isize]| {
        let offset: isize = index.iter().zip(&strides).map(|(i, s)| i * s).sum();
        // SAFETY: the index is inside the shape.
        unsafe { element.text(py, &dtype, data.offset(offset)) }
    };
    lines.text(
        &shape,
        &mut Vec::new(),
        &indent,
        lines.linewidth,
        &mut write,
    )
}

/// Addresses of the elements that will be written.
fn shown_items(
    data: *const u8,
    shape: &[isize],
    strides: &[isize],
    edgeitems: Option<usize>,
) -> Vec<*const u8> {
    let mut items = vec![data];
    for (&len, &stride) in shape.iter().zip(strides) {
        let positions: Vec<isize> = shown(len, edgeitems).into_iter().flatten().collect();
        items = items
            .iter()
            .flat_map(|p| positions.iter().map(|i| p.wrapping_offset(i * stride)))
            .collect();
    }
    items
}

/// `repr(array)` with the context's options.
pub(crate) fn repr_of_array<'py>(array: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    array_repr(array, PrintOptions::current(array.py())?)
}

/// `str(array)` with the context's options.
pub(crate) fn str_of_array<'py>(array: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    array_str(array, PrintOptions::current(array.py())?)
}

fn array_repr<'py>(
    object: &Bound<'py, PyAny>,
    options: PrintOptions<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let array = array_like::plain(object)?;
    let exact = ArrayRef::from_object(object).is_none_or(|a| a.is_exact());
    let class = if exact {
        "array".to_owned()
    } else {
        object.get_type().name()?.to_string()
    };
    let prefix = format!("{class}(");
    let descr = array.descr();
    let dtype = array.dtype()?;
    let old = options.legacy <= 113;
    let list = if old && array.ndim() == 0 && dtype.fields().is_none() {
        array.as_any().call_method0("item")?.repr()?.to_string()
    } else {
        let mut inner = options.clone();
        inner.linewidth -= isize::from(!old);
        body(object, &inner, ", ", &prefix)?
    };
    let mut extras = Vec::new();
    let empty = array.size() == 0;
    if empty && array.shape() != [0] || options.legacy > 201 && array.size() > options.threshold {
        let shape = crate::array::shape_tuple(py, array.shape())?;
        extras.push(format!("shape={}", shape.repr()?));
    }
    if empty || !is_implied(&dtype, old) {
        extras.push(format!("dtype={}", short_dtype(&descr, &dtype)?));
    }
    if extras.is_empty() {
        return Ok(PyString::new(py, &format!("{prefix}{list})")).into_any());
    }
    let start = format!("{prefix}{list},");
    let extra = format!("{})", extras.join(", "));
    let last_line = start.rsplit('\n').next().map_or(0, |l| l.chars().count());
    let spacer = if old {
        if dtype.num().is_flexible() {
            format!("\n{}", " ".repeat("array(".len()))
        } else {
            " ".into()
        }
    } else if (last_line + extra.chars().count() + 1) as isize > options.linewidth {
        format!("\n{}", " ".repeat(prefix.chars().count()))
    } else {
        " ".into()
    };
    Ok(PyString::new(py, &format!("{start}{spacer}{extra}")).into_any())
}

/// Whether NumPy would choose this dtype by itself for the printed values.
fn is_implied(dtype: &DType, old: bool) -> bool {
    let plain = [
        TypeNum::Bool,
        TypeNum::Long,
        TypeNum::Double,
        TypeNum::CDouble,
    ]
    .contains(&dtype.num())
        || (numpy_rs_core::dtype::number::LONG == 4 && dtype.num() == TypeNum::LongLong);
    plain && dtype.is_native() && !(old && dtype.num() == TypeNum::Bool)
}

/// The dtype as it stands in `dtype=…`.
fn short_dtype(descr: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<String> {
    if dtype.fields().is_some() {
        return Ok(descr.str()?.to_string());
    }
    if dtype.num().is_flexible() || !dtype.is_native() {
        return Ok(format!("'{}'", descr.str()?));
    }
    let name: String = descr.getattr("name")?.extract()?;
    let word = name.starts_with(char::is_alphabetic) && name.chars().all(char::is_alphanumeric);
    Ok(if word {
        name
    } else {
        PyString::new(descr.py(), &name).repr()?.to_string()
    })
}

fn array_str<'py>(
    object: &Bound<'py, PyAny>,
    options: PrintOptions<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let array = array_like::plain(object)?;
    if array.ndim() == 0 && !(options.legacy <= 113 && array.dtype()?.fields().is_none()) {
        let value = {
            // SAFETY: a 0-d array holds one element.
            unsafe { crate::convert::scalar::to_object(py, array.data(), &array.descr())? }
        };
        if let Some(inner) = ArrayRef::from_object(&value)
            && inner.ndim() == 0
        {
            // An array inside a 0-d object array could hold itself.
            return Ok(PyString::new(py, "...").into_any());
        }
        return Ok(value.str()?.into_any());
    }
    let text = body(array.as_any(), &options, " ", "")?;
    Ok(PyString::new(py, &text).into_any())
}

/// `dragon4_positional` and `dragon4_scientific`.
fn dragon4<'py>(a: &Args<'py>, is_positional: bool) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let x = a.required(0);
    let array = array_like::plain(&x)?;
    let mut dtype = array.dtype()?;
    let mut array = array;
    if dtype.num().is_integer() || dtype.num() == TypeNum::Bool {
        array = array_like::as_array_of_core(&x, &DType::new(TypeNum::Double))?;
        dtype = array.dtype()?;
    }
    if array.ndim() != 0 || !dtype.num().is_float() {
        return Err(PyTypeError::new_err("must be real number"));
    }
    let at = |name_positional: usize, name_scientific: usize| {
        if is_positional {
            name_positional
        } else {
            name_scientific
        }
    };
    let count = |i: usize| -> PyResult<Option<usize>> {
        let n: isize = a
            .get(i)
            .filter(|v| !v.is_none())
            .map_or(Ok(-1), |v| v.extract())?;
        Ok(usize::try_from(n).ok())
    };
    let trim = match a
        .get(at(4, 3))
        .map_or(Ok("k".to_owned()), |v| v.extract::<String>())?
        .as_str()
    {
        "k" => Trim::Keep,
        "." => Trim::Zeros,
        "0" => Trim::LeaveOneZero,
        "-" => Trim::DecimalPoint,
        _ => {
            return Err(PyTypeError::new_err(
                "if supplied, trim must be 'k', '.', '0' or '-'",
            ));
        }
    };
    let mut options = FloatOptions {
        precision: count(1)?,
        exact: !a.flag(2, true)?,
        trim,
        sign: a.flag(at(5, 4), false)?,
        pad_left: count(at(6, 5))?.unwrap_or(0),
        ..FloatOptions::default()
    };
    if is_positional {
        options.significant = !a.flag(3, true)?;
        options.pad_right = count(7)?.unwrap_or(0);
        options.min_digits = count(8)?;
    } else {
        options.exp_digits = count(6)?;
        options.min_digits = count(7)?;
    }
    if options.pad_left.max(options.pad_right) > LONGEST {
        return Err(PyRuntimeError::new_err("Float formatting result too large"));
    }
    if options.exact && options.precision.is_none() {
        return Err(PyValueError::new_err(
            "in non-unique mode `precision` must be supplied",
        ));
    }
    if options
        .min_digits
        .zip(options.precision)
        .is_some_and(|(min, most)| min > most)
    {
        return Err(PyValueError::new_err(
            "min_digits must be less than or equal to precision",
        ));
    }
    // SAFETY: a 0-d array holds one element.
    let value = unsafe { float_at(&dtype, dtype.num(), array.data()) };
    let text = if is_positional {
        positional(value, &options)
    } else {
        scientific(value, &options)
    };
    Ok(PyString::new(py, &text).into_any())
}
