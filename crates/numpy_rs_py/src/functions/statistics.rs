//! `mean`, `var`, `std` and `ptp`, in NumPy's order of operations.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_ufuncs::{arithmetic, elementary, extrema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::reductions::{asks_method, axis_or_all, given};
use crate::array::{self, ArrayRef};
use crate::call::arguments::Outs;
use crate::call::elementwise;
use crate::call::reduction::{self, Written};
use crate::call::registry::Callee;
use crate::call::request::Request;
use crate::call::{self, arguments};
use crate::classes::{AbstractScalar, num_of_scalar_class};
use crate::convert::target::Target;
use crate::convert::{array_like, warning};
use crate::descr;
use crate::error::OrRaise;
use crate::function::{FunctionDef, page};
use crate::signature::Args;

/// The functions of this page.
pub(crate) static DEFS: &[FunctionDef] = &[
    page(
        "mean(a, axis=None, dtype=None, out=None, keepdims=<no value>, *, where=<no value>)",
        &["a", "where", "out"],
        "The arithmetic mean over axes; over all of them by default.",
        |a| {
            let object = a.required(0);
            if let Some(answer) = own_method(
                a,
                &object,
                "mean",
                &[("axis", 1), ("dtype", 2), ("out", 3)],
                &[("keepdims", 4), ("where", 5)],
            )? {
                return Ok(answer);
            }
            mean_of(a)
        },
    ),
    page(
        "std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=<no value>, *, where=<no value>, mean=<no value>, \
         correction=<no value>)",
        &["a", "where", "out", "mean"],
        "The standard deviation over axes.",
        |a| spread_function(a, "std"),
    ),
    page(
        "var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=<no value>, *, where=<no value>, mean=<no value>, \
         correction=<no value>)",
        &["a", "where", "out", "mean"],
        "The variance over axes.",
        |a| spread_function(a, "var"),
    ),
    page(
        "ptp(a, axis=None, out=None, keepdims=<no value>)",
        &["a", "out"],
        "The largest item minus the smallest over axes.",
        ptp,
    ),
];

/// The methods of arrays on this page.
pub(crate) static METHODS: &[FunctionDef] = &[
    page(
        "mean(self, axis=None, dtype=None, out=None, keepdims=False, *, where=True)",
        &[],
        "The arithmetic mean over axes.",
        mean_of,
    ),
    page(
        "var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=<no value>)",
        &[],
        "The variance over axes.",
        |a| spread(a, None, false),
    ),
    page(
        "std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=<no value>)",
        &[],
        "The standard deviation over axes.",
        |a| spread(a, None, true),
    ),
];

/// The answer of the object's own method, where it is no plain array and has one.
fn own_method<'py>(
    a: &Args<'py>,
    object: &Bound<'py, PyAny>,
    name: &str,
    always: &[(&str, usize)],
    if_given: &[(&str, usize)],
) -> PyResult<Option<Bound<'py, PyAny>>> {
    if !asks_method(object) {
        return Ok(None);
    }
    let Some(method) = object.getattr_opt(name)? else {
        return Ok(None);
    };
    let py = a.py();
    let kwargs = PyDict::new(py);
    for (key, at) in always {
        kwargs.set_item(key, a.get(*at).unwrap_or_else(|| py.None().into_bound(py)))?;
    }
    for (key, at) in if_given {
        if let Some(value) = given(a, *at) {
            kwargs.set_item(key, value)?;
        }
    }
    method.call((), Some(&kwargs)).map(Some)
}

/// The number of items that each result is made of.
enum Count<'py> {
    One(isize),
    /// With a mask, one for each result.
    Each(Bound<'py, PyAny>),
}

impl<'py> Count<'py> {
    fn of(
        array: &ArrayRef<'py>,
        axis: Option<&Bound<'py, PyAny>>,
        keepdims: Option<&Bound<'py, PyAny>>,
        mask: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Self> {
        let py = array.py();
        let shape = array.shape();
        let mask = arguments::mask(mask)?;
        let Some(mask) = mask else {
            let axes = reduction::axes(axis)?;
            let Some(axes) = axes else {
                return Ok(Self::One(shape.iter().product()));
            };
            let mut n = 1;
            for axis in axes {
                n *= shape[numpy_rs_core::layout::normalize_axis(axis, shape.len()).or_raise()?];
            }
            return Ok(Self::One(n));
        };
        // The mask in the shape of the array, counted.
        let strides = numpy_rs_core::layout::broadcast_strides(mask.shape(), mask.strides(), shape)
            .or_raise()?;
        let wide = array::relayout(&mask, 0, shape, &strides)?;
        let intp = descr::from_dtype(py, &call::applied::intp())?;
        let written = Written {
            axis: axis.cloned(),
            dtype: Some(intp),
            keepdims: keepdims.cloned(),
            ..Written::default()
        };
        let counts =
            reduction::reduce_written(&Callee::of(py, &arithmetic::add), wide.as_any(), &written)?;
        Ok(Self::Each(counts))
    }

    fn object(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(match self {
            Self::One(n) => n.into_pyobject(py)?.into_any(),
            Self::Each(counts) => counts.clone(),
        })
    }

    /// Whether any count is at most `least`.
    fn any_at_most(&self, least: &Bound<'py, PyAny>) -> PyResult<bool> {
        match self {
            Self::One(n) => least.ge(*n),
            Self::Each(counts) => {
                let low = call::binary(&numpy_rs_ufuncs::comparison::less_equal, counts, least)?;
                any_true(&low)
            }
        }
    }
}

fn any_true(mask: &Bound<'_, PyAny>) -> PyResult<bool> {
    match ArrayRef::from_object(mask) {
        Some(array) => Ok(numpy_rs_core::index::mask::count_true(&array.view()?) > 0),
        None => mask.is_truthy(),
    }
}

/// `x / n` in the class and dtype of `x`: in place for arrays.
fn divided<'py>(x: &Bound<'py, PyAny>, n: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if ArrayRef::from_object(x).is_some() {
        return into(&arithmetic::divide, &[x.clone(), n.clone()], x);
    }
    if num_of_scalar_class(x.get_type_ptr()).is_some() {
        // NumPy counts in `intp`, which is not weak beside another scalar.
        let n = if n.is_exact_instance_of::<pyo3::types::PyInt>() {
            crate::classes::scalar_class(call::applied::intp().num())
                .bound(n.py())
                .call1((n,))?
        } else {
            n.clone()
        };
        let quotient = x.div(n)?;
        return same_scalar(&quotient, x);
    }
    x.div(n)
}

/// A scalar in the class of another.
fn same_scalar<'py>(
    value: &Bound<'py, PyAny>,
    model: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    if value.get_type().is(model.get_type()) {
        return Ok(value.clone());
    }
    model.get_type().call1((value,))
}

/// `ufunc(*inputs, out=out, casting='unsafe', subok=False)`.
fn into<'py>(
    ufunc: &'static Ufunc,
    inputs: &[Bound<'py, PyAny>],
    out: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut request = Request {
        outs: Outs::collect(ufunc, &[], Some(out))?,
        subok: false,
        ..Request::default()
    };
    request.options.casting = Casting::Unsafe;
    elementwise::call(&Callee::of(out.py(), ufunc), inputs, request)
}

/// The mean; parameters `(a, axis, dtype, out, keepdims, *, where)`.
fn mean_of<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    written_to(a.some(3), |out| mean_into(a, out))
}

/// What `f` computes in an output, which is handed back as it was given. `f` gets an array of ours.
#[inline]
fn written_to<'py>(
    out: Option<Bound<'py, PyAny>>,
    f: impl FnOnce(Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let Some(out) = out else { return f(None) };
    let target = Target::required(&out, "return arrays must be of ArrayType")?;
    let answer = f(Some(target.array().as_any().clone()))?;
    Ok(if target.is_foreign() { out } else { answer })
}

fn mean_into<'py>(a: &Args<'py>, out: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    let array = array_like::as_array(&object)?;
    let (axis, keepdims, mask) = (axis_or_all(a, 1), given(a, 4), given(a, 5));
    let count = Count::of(&array, axis.as_ref(), keepdims.as_ref(), mask.as_ref())?;
    if count.any_at_most(&0i64.into_pyobject(py)?.into_any())? {
        warning::runtime(py, "Mean of empty slice")?;
    }
    let num = array.dtype()?.num();
    let mut dtype = a.some(2);
    let mut halved = false;
    if dtype.is_none() {
        if num.is_integer() || num == TypeNum::Bool {
            dtype = Some(descr::singleton(py, TypeNum::Double));
        } else if num == TypeNum::Half {
            dtype = Some(descr::singleton(py, TypeNum::Float));
            halved = true;
        }
    }
    let written = Written {
        axis,
        dtype,
        out: out.clone(),
        keepdims,
        initial: None,
        mask,
    };
    let total =
        reduction::reduce_written(&Callee::of(py, &arithmetic::add), array.as_any(), &written)?;
    let mean = divided(&total, &count.object(py)?)?;
    if halved && out.is_none() {
        return to_half(&mean);
    }
    Ok(mean)
}

/// A float32 result as float16.
fn to_half<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    if let Some(array) = ArrayRef::from_object(value) {
        let half = numpy_rs_core::dtype::DType::new(TypeNum::Half);
        let (made, events) = numpy_rs_core::copy::cast_to(
            &array.view()?,
            &half,
            numpy_rs_core::layout::Order::K,
            Casting::Unsafe,
        )
        .or_raise()?;
        crate::errstate::report(py, events, "cast")?;
        return Ok(array::from_core(py, made)?.into_any());
    }
    crate::classes::scalar_class(TypeNum::Half)
        .bound(py)
        .call1((value,))
}

/// `var(a, …)` and `std(a, …)`.
fn spread_function<'py>(a: &Args<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    let mut ddof = a.get(4);
    if let Some(correction) = given(a, 8) {
        let stated = ddof.as_ref().map_or(Ok(false), |d| d.ne(0))?;
        if stated {
            return Err(PyValueError::new_err(
                "ddof and correction can't be provided simultaneously.",
            ));
        }
        ddof = Some(correction);
    }
    if asks_method(&object)
        && let Some(method) = object.getattr_opt(name)?
    {
        let kwargs = PyDict::new(py);
        for (key, at) in [("axis", 1), ("dtype", 2), ("out", 3)] {
            kwargs.set_item(key, a.get(at).unwrap_or_else(|| py.None().into_bound(py)))?;
        }
        kwargs.set_item("ddof", ddof.unwrap_or(0i64.into_pyobject(py)?.into_any()))?;
        for (key, at) in [("keepdims", 5), ("where", 6), ("mean", 7)] {
            if let Some(value) = given(a, at) {
                kwargs.set_item(key, value)?;
            }
        }
        return method.call((), Some(&kwargs));
    }
    spread(a, ddof, name == "std")
}

/// The variance or its root; parameters `(a, axis, dtype, out, ddof, keepdims, *, where, mean)`.
fn spread<'py>(
    a: &Args<'py>,
    ddof: Option<Bound<'py, PyAny>>,
    root: bool,
) -> PyResult<Bound<'py, PyAny>> {
    written_to(a.some(3), |out| spread_into(a, ddof, root, out))
}

fn spread_into<'py>(
    a: &Args<'py>,
    ddof: Option<Bound<'py, PyAny>>,
    root: bool,
    out: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let add = Callee::of(py, &arithmetic::add);
    let array = array_like::as_array(&a.required(0))?;
    let (axis, keepdims, mask) = (axis_or_all(a, 1), given(a, 5), given(a, 6));
    let zero = 0i64.into_pyobject(py)?.into_any();
    let ddof = ddof.or_else(|| a.get(4)).unwrap_or_else(|| zero.clone());
    let count = Count::of(&array, axis.as_ref(), keepdims.as_ref(), mask.as_ref())?;
    if count.any_at_most(&ddof)? {
        warning::runtime(py, "Degrees of freedom <= 0 for slice")?;
    }
    let num = array.dtype()?.num();
    let mut dtype = a.some(2);
    if dtype.is_none() && (num.is_integer() || num == TypeNum::Bool) {
        dtype = Some(descr::singleton(py, TypeNum::Double));
    }
    let n = count.object(py)?;
    let mean = if let Some(mean) = given(a, 7) {
        mean
    } else {
        let written = Written {
            axis: axis.clone(),
            dtype: dtype.clone(),
            keepdims: Some(pyo3::types::PyBool::new(py, true).to_owned().into_any()),
            mask: mask.clone(),
            ..Written::default()
        };
        let total = reduction::reduce_written(&add, array.as_any(), &written)?;
        let n = match (&count, ArrayRef::from_object(&total)) {
            (Count::Each(counts), Some(total)) if ArrayRef::from_object(counts).is_some() => {
                counts.call_method1("reshape", (array::shape_tuple(py, total.shape())?,))?
            }
            _ => n.clone(),
        };
        divided(&total, &n)?
    };
    let difference = call::binary(&arithmetic::subtract, array.as_any(), &mean)?;
    let difference = array_like::as_array(&difference)?;
    let own = difference.dtype()?.num();
    let squares = if num.is_float() || num.is_integer() {
        call::unary_into(
            &elementary::square,
            difference.as_any(),
            difference.as_any(),
        )?
    } else if own.is_complex() {
        let conjugate = call::unary(&elementary::conjugate, difference.as_any())?;
        let product = call::binary(&arithmetic::multiply, difference.as_any(), &conjugate)?;
        product.getattr("real")?
    } else {
        let conjugate = call::unary(&elementary::conjugate, difference.as_any())?;
        let product = call::binary(&arithmetic::multiply, difference.as_any(), &conjugate)?;
        match product.getattr_opt("real")? {
            Some(real) => real,
            None => product,
        }
    };
    let written = Written {
        axis,
        dtype,
        out,
        keepdims,
        initial: None,
        mask,
    };
    let total = reduction::reduce_written(&add, &squares, &written)?;
    let n = match &count {
        Count::One(n) => {
            let rest = n.into_pyobject(py)?.into_any().sub(&ddof)?;
            if rest.lt(0)? { zero } else { rest }
        }
        Count::Each(counts) => {
            let rest = call::binary(&arithmetic::subtract, counts, &ddof)?;
            call::binary(&extrema::maximum, &rest, &zero)?
        }
    };
    let variance = divided(&total, &n)?;
    if root {
        rooted(&variance)
    } else {
        Ok(variance)
    }
}

/// The standard deviation from the variance, in its memory where it is an array.
fn rooted<'py>(variance: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if ArrayRef::from_object(variance).is_some() {
        return call::unary_into(&elementary::sqrt, variance, variance);
    }
    let deviation = call::unary(&elementary::sqrt, variance)?;
    if AbstractScalar::Generic.class().is_instance(variance) {
        return same_scalar(&deviation, variance);
    }
    Ok(deviation)
}

fn ptp<'py>(a: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let object = a.required(0);
    if asks_method(&object)
        && let Some(method) = object.getattr_opt("ptp")?
    {
        let kwargs = PyDict::new(py);
        kwargs.set_item("axis", a.get(1))?;
        kwargs.set_item("out", a.get(2))?;
        if let Some(keepdims) = given(a, 3) {
            kwargs.set_item("keepdims", keepdims)?;
        }
        return method.call((), Some(&kwargs));
    }
    let fold = |ufunc: &'static Ufunc, out: Option<Bound<'py, PyAny>>| {
        let written = Written {
            axis: axis_or_all(a, 1),
            out,
            keepdims: given(a, 3),
            ..Written::default()
        };
        reduction::reduce_written(&Callee::of(py, ufunc), &object, &written)
    };
    let out = a.some(2);
    let highest = fold(&extrema::maximum, out.clone())?;
    let lowest = fold(&extrema::minimum, None)?;
    match out {
        Some(out) => into(&arithmetic::subtract, &[highest, lowest], &out),
        None => call::binary(&arithmetic::subtract, &highest, &lowest),
    }
}
