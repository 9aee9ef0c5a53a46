//! Print options: those of the current context, overridden by keyword arguments.

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
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
    /// As it was given; only columns of floats look at it.
    pub(super) precision: Bound<'py, PyAny>,
    pub(super) threshold: usize,
    pub(super) edgeitems: isize,
    pub(super) linewidth: isize,
    pub(super) suppress: bool,
    pub(super) nanstr: String,
    pub(super) infstr: String,
    pub(super) formatter: Option<Bound<'py, PyAny>>,
    pub(super) sign: char,
    pub(super) floatmode: FloatMode,
    /// The NumPy version whose form is asked for, times 100; larger than any for the present form.
    pub(super) legacy: i64,
    pub(super) override_repr: Option<Bound<'py, PyAny>>,
}

/// The context variable with the dictionary of options.
static VARIABLE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// The dictionary of the current context.
fn context(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let variable = VARIABLE.get_or_try_init(py, || -> PyResult<_> {
        let module = crate::package::import(py, "_core.printoptions")?;
        Ok(module.getattr("format_options")?.unbind())
    })?;
    let mut value = std::ptr::null_mut();
    // SAFETY: a context variable with a default; it gives a new reference.
    unsafe {
        if ffi::PyContextVar_Get(variable.as_ptr(), std::ptr::null_mut(), &raw mut value) < 0 {
            return Err(PyErr::fetch(py));
        }
        Bound::from_owned_ptr_or_err(py, value)
    }
}

/// The NumPy version whose form the current context asks for, times 100.
pub(crate) fn legacy_mode(py: Python<'_>) -> PyResult<i64> {
    context(py)?.get_item("legacy")?.extract()
}

impl<'py> PrintOptions<'py> {
    /// The options of the current context.
    pub(super) fn current(py: Python<'py>) -> PyResult<Self> {
        Self::of(&context(py)?)
    }

    /// The options of the current context, but for the arguments that are given and not `None`.
    pub(super) fn with(
        py: Python<'py>,
        given: &[(&str, Option<Bound<'py, PyAny>>)],
    ) -> PyResult<Self> {
        let overrides = PyDict::new(py);
        for (name, value) in given {
            if let Some(value) = value {
                overrides.set_item(name, value)?;
            }
        }
        if overrides.is_empty() {
            return Self::current(py);
        }
        let checked = crate::package::import(py, "_core.arrayprint")?
            .getattr("_checked")?
            .call((), Some(&overrides))?;
        let all = context(py)?.call_method0("copy")?;
        all.call_method1("update", (checked,))?;
        Self::of(&all)
    }

    fn of(all: &Bound<'py, PyAny>) -> PyResult<Self> {
        let get = |name: &str| all.get_item(name);
        Ok(Self {
            precision: get("precision")?,
            threshold: threshold(&get("threshold")?)?,
            edgeitems: get("edgeitems")?.extract()?,
            linewidth: linewidth(&get("linewidth")?)?,
            suppress: get("suppress")?.is_truthy()?,
            nanstr: get("nanstr")?.extract()?,
            infstr: get("infstr")?.extract()?,
            formatter: Some(get("formatter")?).filter(|f| !f.is_none()),
            sign: sign(&get("sign")?)?,
            floatmode: floatmode(&get("floatmode")?)?,
            legacy: get("legacy")?.extract()?,
            override_repr: Some(get("override_repr")?).filter(|f| !f.is_none()),
        })
    }

    /// The user's formatter for the first of `keys` that has one.
    pub(super) fn user_formatter(&self, keys: &[&str]) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(formatter) = &self.formatter else {
            return Ok(None);
        };
        for key in keys {
            if formatter.contains(key)? {
                let found = formatter.get_item(key)?;
                if !found.is_none() {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }

    /// Lets Python's `str` write real numbers, unless the user's formatters say otherwise.
    pub(super) fn prefer_str_for_floats(&mut self, py: Python<'py>) -> PyResult<()> {
        let own = PyDict::new(py);
        // NumPy: changes the dictionary that the user gave; a copy serves as well.
        if let Some(formatter) = &self.formatter {
            own.update(formatter.cast()?)?;
        }
        if !own.contains("float_kind")? {
            own.set_item("float_kind", py.get_type::<pyo3::types::PyString>())?;
        }
        self.formatter = Some(own.into_any());
        Ok(())
    }
}

/// The number of elements from which on an array is summarised is the next above the given number.
fn threshold(value: &Bound<'_, PyAny>) -> PyResult<usize> {
    let number: f64 = value.extract()?;
    Ok(if number >= usize::MAX as f64 {
        usize::MAX
    } else {
        number.max(0.0) as usize
    })
}

/// Any number, also infinity, is a width.
fn linewidth(value: &Bound<'_, PyAny>) -> PyResult<isize> {
    let number: f64 = value.extract()?;
    let far = f64::from(i32::MAX);
    Ok(if number.is_nan() {
        far
    } else {
        number.floor().clamp(-far, far)
    } as isize)
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
