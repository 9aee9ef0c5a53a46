//! Print options: those of the current context, overridden by keyword arguments.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// When and how floats of one array share a precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FloatMode {
    /// Exactly `precision` digits.
    Fixed,
    /// As many as needed to tell the number apart.
    Unique,
    /// At most `precision`.
    MaxPrec,
    /// At most `precision`, the same for all elements.
    MaxPrecEqual,
}

/// The options of one call.
#[derive(Clone, Debug)]
pub(super) struct PrintOptions<'py> {
    pub(super) precision: Option<usize>,
    pub(super) threshold: usize,
    pub(super) edgeitems: usize,
    pub(super) linewidth: isize,
    pub(super) suppress: bool,
    pub(super) nanstr: String,
    pub(super) infstr: String,
    pub(super) formatter: Option<Bound<'py, PyAny>>,
    pub(super) sign: char,
    pub(super) floatmode: FloatMode,
    /// The NumPy version whose form is asked for, times 100; larger than any for the present form.
    pub(super) legacy: i64,
}

impl<'py> PrintOptions<'py> {
    /// The options of the current context.
    pub(super) fn current(py: Python<'py>) -> PyResult<Self> {
        let module = crate::package::import(py, "_core.printoptions")?;
        let context = module.getattr("format_options")?.call_method0("get")?;
        let get = |name: &str| context.get_item(name);
        Ok(Self {
            precision: precision(&get("precision")?)?,
            threshold: threshold(&get("threshold")?)?,
            edgeitems: get("edgeitems")?.extract()?,
            linewidth: get("linewidth")?.extract()?,
            suppress: get("suppress")?.is_truthy()?,
            nanstr: get("nanstr")?.extract()?,
            infstr: get("infstr")?.extract()?,
            formatter: Some(get("formatter")?).filter(|f| !f.is_none()),
            sign: sign(&get("sign")?)?,
            floatmode: floatmode(&get("floatmode")?)?,
            legacy: get("legacy")?.extract().unwrap_or(i64::MAX),
        })
    }

    /// Applies a keyword argument that was given and is not `None`.
    pub(super) fn set(&mut self, name: &str, value: &Bound<'py, PyAny>) -> PyResult<()> {
        match name {
            "precision" => self.precision = precision(value)?,
            "threshold" => self.threshold = threshold(value)?,
            "edgeitems" => self.edgeitems = value.extract()?,
            "linewidth" => self.linewidth = value.extract()?,
            "suppress" => self.suppress = value.is_truthy()?,
            "formatter" => self.formatter = Some(value.clone()),
            "sign" => self.sign = sign(value)?,
            "floatmode" => self.floatmode = floatmode(value)?,
            "legacy" => self.legacy = legacy(value)?,
            _ => return Err(PyTypeError::new_err(format!("unknown print option {name}"))),
        }
        Ok(())
    }

    /// The user's formatter for the first of `keys` that has one.
    pub(super) fn user_formatter(&self, keys: &[&str]) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(formatter) = &self.formatter else {
            return Ok(None);
        };
        let formatter: &Bound<'py, PyDict> = formatter.cast()?;
        for key in keys {
            if let Some(found) = formatter.get_item(key)?
                && !found.is_none()
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

fn precision(value: &Bound<'_, PyAny>) -> PyResult<Option<usize>> {
    if value.is_none() {
        return Ok(None);
    }
    let n: isize = value
        .extract()
        .map_err(|_| PyTypeError::new_err("precision must be an integer"))?;
    usize::try_from(n)
        .map(Some)
        .map_err(|_| PyValueError::new_err("precision must be non-negative"))
}

fn threshold(value: &Bound<'_, PyAny>) -> PyResult<usize> {
    let number: f64 = value
        .extract()
        .map_err(|_| PyTypeError::new_err("threshold must be numeric"))?;
    if number.is_nan() {
        return Err(PyValueError::new_err(
            "threshold must be non-NAN, try sys.maxsize for untruncated representation",
        ));
    }
    Ok(if number >= usize::MAX as f64 {
        usize::MAX
    } else {
        number.max(0.0) as usize
    })
}

fn sign(value: &Bound<'_, PyAny>) -> PyResult<char> {
    match value.extract::<String>().as_deref() {
        Ok("+") => Ok('+'),
        Ok("-") => Ok('-'),
        Ok(" ") => Ok(' '),
        _ => Err(PyValueError::new_err(
            "sign option must be one of ' ', '+', or '-'",
        )),
    }
}

fn floatmode(value: &Bound<'_, PyAny>) -> PyResult<FloatMode> {
    match value.extract::<String>().as_deref() {
        Ok("fixed") => Ok(FloatMode::Fixed),
        Ok("unique") => Ok(FloatMode::Unique),
        Ok("maxprec") => Ok(FloatMode::MaxPrec),
        Ok("maxprec_equal") => Ok(FloatMode::MaxPrecEqual),
        _ => Err(PyValueError::new_err(
            "floatmode option must be one of \"fixed\", \"unique\", \"maxprec\", \"maxprec_equal\"",
        )),
    }
}

fn legacy(value: &Bound<'_, PyAny>) -> PyResult<i64> {
    if value.extract::<bool>().is_ok_and(|b| !b) {
        return Ok(i64::MAX);
    }
    if let Ok(number) = value.extract::<i64>() {
        return Ok(number);
    }
    match value.extract::<String>().as_deref() {
        Ok("1.13") => Ok(113),
        Ok("1.21") => Ok(121),
        Ok("1.25") => Ok(125),
        Ok("2.1") => Ok(201),
        Ok("2.2") => Ok(202),
        _ => Err(PyValueError::new_err(
            "legacy printing option can currently only be '1.13', '1.21', '1.25', '2.1', '2.2' or `False`",
        )),
    }
}
