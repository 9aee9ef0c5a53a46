//! Functions of dtypes: casting rules, promotion, and the smallest type of a value.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::ufunc::options::Weak;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::array::ArrayRef;
use crate::beside;
use crate::convert::array_like::{self, adapt, classify};
use crate::convert::dtype::{core_from_object, from_argument};
use crate::convert::dtype_text::INTP;
use crate::convert::item::Item;
use crate::convert::keyword;
use crate::convert::store::{cast_quietly, scalar_descr};
use crate::descr;
use crate::error::OrRaise;
use crate::function::FunctionDef;
use crate::signature::Args;

/// The definitions of this page.
pub(crate) static TABLE: &[FunctionDef] = &[
    FunctionDef {
        module: "",
        signature: "can_cast(from_, to, casting='safe')",
        relevant: &["from_"],
        doc: "Tell whether a dtype or the dtype of an array may be cast to another under a casting rule.",
        run: can_cast,
    },
    FunctionDef {
        module: "",
        signature: "promote_types(type1, type2)",
        relevant: &[],
        doc: "Return the smallest dtype to which both dtypes can be cast safely.",
        run: promote_types,
    },
    FunctionDef {
        module: "",
        signature: "result_type(*arrays_and_dtypes)",
        relevant: &["arrays_and_dtypes*"],
        doc: "Return the dtype that results from combining the arguments under NumPy's promotion rules.",
        run: result_type,
    },
    FunctionDef {
        module: "",
        signature: "min_scalar_type(a, /)",
        relevant: &["a"],
        doc: "Return the smallest dtype that can hold the value of a scalar; for arrays their dtype.",
        run: min_scalar_type,
    },
    FunctionDef {
        module: "",
        signature: "datetime_data(dtype, /)",
        relevant: &[],
        doc: "Return the unit of a datetime or timedelta dtype and how many of them a step is.",
        run: datetime_data,
    },
];

/// The dtype of an array, scalar or dtype-like argument; `None` for Python's own numbers.
fn dtype_of_argument(object: &Bound<'_, PyAny>) -> PyResult<Option<DType>> {
    if descr::is_descr(object) {
        return descr::to_dtype(object).map(Some);
    }
    if let Some(a) = ArrayRef::from_object(object) {
        return a.dtype().map(Some);
    }
    if classify(object) != Weak::No {
        return Ok(None);
    }
    if let Some(d) = scalar_descr(object)? {
        return descr::to_dtype(&d).map(Some);
    }
    if object.is_instance_of::<pyo3::types::PyBool>() {
        return Ok(Some(DType::new(TypeNum::Bool)));
    }
    if beside::is_array_or_scalar(object) {
        return array_like::as_array(object)?.dtype().map(Some);
    }
    core_from_object(object).map(Some)
}

fn can_cast<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    let casting = keyword::casting(args.get(2).as_ref(), Casting::Safe)?;
    let from = args.required(0);
    let to = from_argument(&args.required(1))?;
    let Some(from) = dtype_of_argument(&from)? else {
        return Err(PyTypeError::new_err(
            "can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\nThis change was part of adopting NEP 50, we may explicitly allow them again in the future.",
        ));
    };
    let to = descr::to_dtype(&adapt(&to, &from)?)?;
    let answer = cast::can_cast(&from, &to, casting);
    Ok(answer.into_pyobject(py)?.to_owned().into_any())
}

/// Whether a dtype is what it promotes to with itself: native, its fields too, and those without gaps.
fn is_canonical(dtype: &DType) -> bool {
    let plain = dtype.num() != TypeNum::Void || dtype.detail().is_none();
    dtype.is_native() && (plain || cast::promote(dtype, dtype).is_ok_and(|p| p == *dtype))
}

fn promote_types<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let (a, b) = (
        from_argument(&args.required(0))?,
        from_argument(&args.required(1))?,
    );
    let (x, y) = (descr::to_dtype(&a)?, descr::to_dtype(&b)?);
    if a.is(&b) && is_canonical(&x) {
        return Ok(a);
    }
    descr::from_dtype(args.py(), &cast::promote(&x, &y).or_raise()?)
}

/// A dtype together with weak Python numbers.
pub(crate) fn with_weak(dtype: Option<DType>, weak: Weak) -> PyResult<DType> {
    use TypeNum as T;
    let default = match weak {
        Weak::No => DType::new(T::Double),
        Weak::Int => DType::new(INTP),
        Weak::Float => DType::new(T::Double),
        Weak::Complex => DType::new(T::CDouble),
    };
    let Some(d) = dtype else { return Ok(default) };
    let num = d.num();
    Ok(match weak {
        Weak::No => d,
        Weak::Int if num == T::Bool => default,
        Weak::Int if num.is_number() || matches!(num.kind(), b'm' | b'O') => d,
        Weak::Float if num.is_float() || num.is_complex() || num == T::Object => d,
        Weak::Float if num == T::Bool || num.is_integer() => default,
        Weak::Complex => match num {
            T::Half | T::Float => DType::new(T::CFloat),
            T::LongDouble => DType::new(T::CLongDouble),
            _ if num.is_complex() || num == T::Object => d,
            _ => cast::promote(&d, &default).or_raise()?,
        },
        _ => cast::promote(&d, &default).or_raise()?,
    })
}

fn result_type<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    let items: Vec<Bound<'py, PyAny>> = match args.get(0) {
        Some(t) => t.cast::<PyTuple>()?.iter().collect(),
        None => Vec::new(),
    };
    if items.is_empty() {
        return Err(PyValueError::new_err(
            "at least one array or dtype is required",
        ));
    }
    let mut strong: Vec<DType> = Vec::new();
    let mut only: Option<Bound<'py, PyAny>> = None;
    let mut weak = Weak::No;
    let rank = |w: Weak| match w {
        Weak::No => 0,
        Weak::Int => 1,
        Weak::Float => 2,
        Weak::Complex => 3,
    };
    for item in &items {
        match dtype_of_argument(item)? {
            None => {
                let w = classify(item);
                if rank(w) > rank(weak) {
                    weak = w;
                }
            }
            Some(d) => {
                only = (strong.is_empty() && descr::is_descr(item) && is_canonical(&d))
                    .then(|| item.clone());
                strong.push(d);
            }
        }
    }
    if weak == Weak::No
        && items.len() == 1
        && let Some(d) = only
    {
        return Ok(d);
    }
    let common = match strong.as_slice() {
        [] => None,
        all => Some(cast::promote_all(all).or_raise()?),
    };
    let native = match common {
        Some(d) if d.num() == TypeNum::Void => Some(cast::promote(&d, &d).or_raise()?),
        Some(d) => Some(d.with_byte_order(numpy_rs_core::dtype::ByteOrder::Native)),
        None => None,
    };
    descr::from_dtype(py, &with_weak(native, weak)?)
}

fn min_scalar_type<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    use TypeNum as T;
    let py = args.py();
    let array = array_like::as_array(&args.required(0))?;
    let dtype = array.dtype()?;
    let num = dtype.num();
    if array.ndim() > 0 || !num.is_number() || num == T::Bool {
        return Ok(array.descr());
    }
    // SAFETY: a 0-d array has one item of a number type.
    let item = unsafe { crate::convert::item::load(num, !dtype.is_native(), array.data()) };
    let found = smallest(num, &item)?;
    descr::from_dtype(py, &DType::new(found))
}

/// The first type of a ladder in which a value keeps its sign and size.
fn smallest(num: TypeNum, item: &Item) -> PyResult<TypeNum> {
    use TypeNum as T;
    if num.is_integer() {
        let wide = |to| cast_quietly(num, to, item).map(|(v, _)| v);
        // SAFETY: items of the types named.
        let (signed, unsigned) = unsafe {
            (
                wide(T::LongLong)?.get::<i64>(),
                wide(T::ULongLong)?.get::<u64>(),
            )
        };
        if num.is_unsigned() || signed >= 0 {
            return Ok(match unsigned {
                0..=0xff => T::UByte,
                0x100..=0xffff => T::UShort,
                0x1_0000..=0xffff_ffff => T::UInt,
                _ => crate::convert::dtype_text::UINTP,
            });
        }
        return Ok(if signed >= i8::MIN.into() {
            T::Byte
        } else if signed >= i16::MIN.into() {
            T::Short
        } else if signed >= i32::MIN.into() {
            T::Int
        } else {
            INTP
        });
    }
    let (value, _) = cast_quietly(
        num,
        if num.is_complex() {
            T::CDouble
        } else {
            T::Double
        },
        item,
    )?;
    // SAFETY: items of the types named.
    let parts = unsafe {
        if num.is_complex() {
            value.get::<[f64; 2]>()
        } else {
            [value.get::<f64>(), 0.0]
        }
    };
    let within = |limit: f64| parts.iter().all(|x| !x.is_finite() || x.abs() < limit);
    Ok(match (num.is_complex(), num) {
        (false, _) if within(65000.0) => T::Half,
        (false, T::Float | T::Double | T::LongDouble) if within(3.4e38) => T::Float,
        (false, T::LongDouble) if within(1.7e308) => T::Double,
        (true, _) if within(3.4e38) => T::CFloat,
        (true, T::CLongDouble) if within(1.7e308) => T::CDouble,
        _ => num,
    })
}

fn datetime_data<'py>(args: &Args<'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = args.py();
    let d = core_from_object(&args.required(0))?;
    if !matches!(d.kind(), b'M' | b'm') {
        return Err(PyTypeError::new_err(
            "cannot get datetime metadata from non-datetime type",
        ));
    }
    let unit = d.datetime_unit();
    let name = crate::convert::ticks::unit_name(unit.unit);
    Ok(PyTuple::new(
        py,
        [
            PyString::new(py, name).into_any(),
            unit.count.into_pyobject(py)?.into_any(),
        ],
    )?
    .into_any())
}
