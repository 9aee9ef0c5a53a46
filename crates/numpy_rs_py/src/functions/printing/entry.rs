//! The public functions of array printing.

use numpy_rs_core::interrupt::Rounds;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};

use super::column::{Column, Form};
use super::dragon::{dragon4_positional, dragon4_scientific};
use super::dtype_words;
use super::guard::{Guard, Task};
use super::lines::{Lines, ends};
use super::options::PrintOptions;
use crate::array::ArrayRef;
use crate::classes::NDARRAY;
use crate::convert::{array_like, scalar};
use crate::descr;
use crate::function::{FunctionDef, page};
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', *, \
         formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix='', legacy=None)",
        &["a"],
        "The text of an array: nested brackets, columns aligned, long arrays summarised.",
        array2string,
    ),
    page(
        "array_repr(arr, max_line_width=None, precision=None, suppress_small=None)",
        &["arr"],
        "The text of an array as an expression that makes it, with the dtype where it is not implied.",
        |a| array_repr(&a.required(0), &common(a)),
    ),
    page(
        "array_str(a, max_line_width=None, precision=None, suppress_small=None)",
        &["a"],
        "The text of the values of an array.",
        |a| array_str(&a.required(0), &common(a)),
    ),
    page(
        "dragon4_positional(x, precision=-1, unique=True, fractional=False, trim='k', sign=False, pad_left=-1, \
         pad_right=-1, min_digits=-1)",
        &[],
        "A float in positional form; numbers below zero stand for options that are not given.",
        dragon4_positional,
    ),
    page(
        "dragon4_scientific(x, precision=-1, unique=True, trim='k', sign=False, pad_left=-1, exp_digits=-1, \
         min_digits=-1)",
        &[],
        "A float in scientific form; numbers below zero stand for options that are not given.",
        dragon4_scientific,
    ),
];

/// Options that are given, by name.
type Given<'py> = Vec<(&'static str, Option<Bound<'py, PyAny>>)>;

/// The arguments that the three functions share.
fn common<'py>(a: &Args<'py>) -> Given<'py> {
    vec![
        ("linewidth", a.some(1)),
        ("precision", a.some(2)),
        ("suppress", a.some(3)),
    ]
}

fn array2string<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let mut given = common(a);
    for (i, name) in [
        (6, "formatter"),
        (7, "threshold"),
        (8, "edgeitems"),
        (9, "sign"),
        (10, "floatmode"),
        (12, "legacy"),
    ] {
        given.push((name, a.some(i)));
    }
    let text = |i: usize, default: &str| -> PyResult<String> {
        a.get(i).map_or(Ok(default.to_owned()), |v| v.extract())
    };
    let frame = Frame {
        separator: &text(4, " ")?,
        prefix: &text(5, "")?,
        suffix: &text(11, "")?,
    };
    whole(&a.required(0), PrintOptions::with(a.py(), &given)?, &frame)
}

/// What stands around the text of an array.
struct Frame<'a> {
    separator: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

/// The shape of an array, or of an object that is like one.
fn shape_of(a: &Bound<'_, PyAny>) -> PyResult<Vec<isize>> {
    match ArrayRef::from_object(a) {
        Some(array) => Ok(array.shape().to_vec()),
        None => a.getattr("shape")?.extract(),
    }
}

/// Whether the oldest form writes an array as the Python object that it holds.
fn is_old_item(a: &Bound<'_, PyAny>, legacy: i64) -> PyResult<bool> {
    if legacy > 113 || !shape_of(a)?.is_empty() {
        return Ok(false);
    }
    Ok(descr::fields(&array_like::plain(a)?.descr())
        .names
        .is_null())
}

/// The text of an array, brackets and all.
fn whole<'py>(
    a: &Bound<'py, PyAny>,
    mut options: PrintOptions<'py>,
    frame: &Frame<'_>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    if is_old_item(a, options.legacy)? {
        return Ok(a.call_method0("item")?.repr()?.into_any());
    }
    if options.legacy > 113 {
        options.linewidth -= frame.suffix.chars().count() as isize;
    }
    let size = match ArrayRef::from_object(a) {
        Some(array) => array.size(),
        None => a.getattr("size")?.extract()?,
    };
    if size == 0 {
        return Ok(PyString::new(py, "[]").into_any());
    }
    let Some(_guard) = Guard::enter(Task::Array, a) else {
        return Ok(PyString::new(py, "...").into_any());
    };
    brackets(a, &options, frame)
}

/// Whether elements are what lies in memory: not where a class has its own way to give them.
fn has_own_elements(a: &Bound<'_, PyAny>) -> bool {
    let Some(array) = ArrayRef::from_object(a) else {
        return true;
    };
    let ours = |ty: *mut pyo3::ffi::PyTypeObject| {
        // SAFETY: a live type object.
        unsafe { (*ty).tp_as_mapping.as_ref().and_then(|m| m.mp_subscript) }
    };
    !array.is_exact()
        && ours(a.get_type_ptr()).map(|f| f as usize) != ours(NDARRAY.get()).map(|f| f as usize)
}

fn brackets<'py>(
    a: &Bound<'py, PyAny>,
    options: &PrintOptions<'py>,
    frame: &Frame<'_>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let array = array_like::plain(a)?;
    let edgeitems = (array.size() > options.threshold).then_some(options.edgeitems);
    let (shape, strides) = (shape_of(a)?, array.strides().to_vec());
    let (descr, data) = (array.descr(), array.data().cast_const());
    let items = shown_items(data, array.shape(), &strides, edgeitems);
    // SAFETY: every address is that of an element of the array, which lives until the end.
    let column = unsafe { Column::choose(&descr, &items, options, array.ndim() == 0)? };
    if shape.is_empty()
        && let Form::User(f) = &column.form
    {
        // SAFETY: a 0-d array has one element.
        return f.call1((unsafe { scalar::to_object(py, data, &descr)? },));
    }
    let lines = Lines {
        separator: frame.separator,
        linewidth: options.linewidth,
        edgeitems,
        legacy: options.legacy,
        watch: Rounds::new(256),
    };
    let indent = format!(" {}", " ".repeat(frame.prefix.chars().count()));
    let mut from_memory = |index: &[isize]| {
        let offset: isize = index
            .iter()
            .zip(&shape)
            .zip(&strides)
            .map(|((i, n), s)| if *i < 0 { i + n } else { *i } * s)
            .sum();
        // SAFETY: the index is inside the shape.
        unsafe { column.text(data.offset(offset)) }
    };
    let mut from_class = |index: &[isize]| column.text_of(&a.get_item(PyTuple::new(py, index)?)?);
    let write: &mut dyn FnMut(&[isize]) -> PyResult<String> =
        if shape.is_empty() || !has_own_elements(a) && array.shape() == shape.as_slice() {
            &mut from_memory
        } else {
            &mut from_class
        };
    let text = lines.text(&shape, &mut Vec::new(), &indent, lines.linewidth, write)?;
    Ok(PyString::new(py, &text).into_any())
}

/// Addresses of the elements that count for the widths of columns.
fn shown_items(
    data: *const u8,
    shape: &[isize],
    strides: &[isize],
    edgeitems: Option<isize>,
) -> Vec<*const u8> {
    let mut items = vec![data];
    for (&len, &stride) in shape.iter().zip(strides) {
        let (first, last) = match edgeitems {
            Some(edge) if len > edge.saturating_mul(2) => ends(len, edge),
            _ => (0..len, 0..0),
        };
        items = items
            .iter()
            .flat_map(|p| {
                first
                    .clone()
                    .chain(last.clone())
                    .map(move |i| p.wrapping_offset(i * stride))
            })
            .collect();
    }
    items
}

/// `repr(array)` with the context's options.
pub(crate) fn repr_of_array<'py>(array: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    array_repr(array, &[])
}

/// `str(array)` with the context's options.
pub(crate) fn str_of_array<'py>(array: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    array_str(array, &[])
}

fn array_repr<'py>(
    object: &Bound<'py, PyAny>,
    given: &[(&'static str, Option<Bound<'py, PyAny>>)],
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let current = PrintOptions::current(py)?;
    if let Some(write) = &current.override_repr {
        return write.call1((object,));
    }
    let options = PrintOptions::with(py, given)?;
    let linewidth = options.linewidth;
    let exact = object.get_type_ptr() == NDARRAY.get();
    let class = if exact {
        "array".to_owned()
    } else {
        object.get_type().name()?.to_string()
    };
    let prefix = format!("{class}(");
    let frame = Frame {
        separator: ", ",
        prefix: &prefix,
        suffix: ")",
    };
    let list = whole(object, options, &frame)?;
    if !list.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(format!(
            "can only concatenate str (not \"{}\") to str",
            list.get_type().name()?
        )));
    }
    let list: String = list.extract()?;
    let array = array_like::plain(object)?;
    let (descr, dtype, empty) = (array.descr(), array.dtype()?, array.size() == 0);
    let mut extras = Vec::new();
    // NumPy: the form of 2.2 has no shape either, though that of 2.2 itself had one.
    if empty && array.shape() != [0] || current.legacy > 210 && array.size() > current.threshold {
        let shape = crate::array::shape_tuple(py, array.shape())?;
        extras.push(format!("shape={}", shape.repr()?));
    }
    if empty || !dtype_words::is_implied(&descr, &dtype, current.legacy) {
        extras.push(format!("dtype={}", dtype_words::short(&descr, &dtype)?));
    }
    if extras.is_empty() {
        return Ok(PyString::new(py, &format!("{prefix}{list})")).into_any());
    }
    let start = format!("{prefix}{list},");
    let extra = format!("{})", extras.join(", "));
    let last_line = start.rsplit('\n').next().map_or(0, |l| l.chars().count());
    let wrap = if current.legacy <= 113 {
        dtype.num().is_flexible()
    } else {
        (last_line + extra.chars().count() + 1) as isize > linewidth
    };
    let spacer = if wrap {
        format!("\n{}", " ".repeat(prefix.chars().count()))
    } else {
        " ".into()
    };
    Ok(PyString::new(py, &format!("{start}{spacer}{extra}")).into_any())
}

fn array_str<'py>(
    object: &Bound<'py, PyAny>,
    given: &[(&'static str, Option<Bound<'py, PyAny>>)],
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let legacy = super::options::legacy_mode(py)?;
    if is_old_item(object, legacy)? {
        return Ok(object.call_method0("item")?.str()?.into_any());
    }
    if !shape_of(object)?.is_empty() {
        let frame = Frame {
            separator: " ",
            prefix: "",
            suffix: "",
        };
        return whole(object, PrintOptions::with(py, given)?, &frame);
    }
    let Some(array) = ArrayRef::from_object(object) else {
        return Err(PyTypeError::new_err(format!(
            "descriptor '__getitem__' requires a 'numpy.ndarray' object but received a '{}'",
            object.get_type().fully_qualified_name()?
        )));
    };
    // An array without dimensions looks like its scalar; an array inside it could hold it again.
    // SAFETY: a 0-d array holds one element.
    let value =
        unsafe { scalar::to_object_of(py, array.data(), &array.descr(), Some(array.as_any()))? };
    let Some(_guard) = Guard::enter(Task::Element, &value) else {
        return Ok(PyString::new(py, "...").into_any());
    };
    if value.is_instance_of::<PyBytes>() {
        return Ok(value.repr()?.into_any());
    }
    Ok(value.str()?.into_any())
}
