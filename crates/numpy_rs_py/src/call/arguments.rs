//! The arguments of a ufunc call as written: positional ones, and keywords by name; then what they mean.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dtype::DType;
use numpy_rs_core::ufunc::UfuncOptions;
use numpy_rs_core::ufunc::table::Ufunc;
use pyo3::exceptions::{PyTypeError, PyUserWarning, PyValueError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};
use smallvec::SmallVec;

use crate::array::ArrayRef;
use crate::convert;
use crate::convert::target::{Target, array_of};
use crate::descr;
use crate::error::OrRaise;

/// Positional arguments.
pub(crate) type Objects<'py> = SmallVec<[Bound<'py, PyAny>; 4]>;

/// Keywords as written; absent ones are `None`.
#[derive(Default)]
pub(crate) struct Keywords<'py> {
    pub(crate) out: Option<Bound<'py, PyAny>>,
    pub(crate) mask: Option<Bound<'py, PyAny>>,
    pub(crate) casting: Option<Bound<'py, PyAny>>,
    pub(crate) order: Option<Bound<'py, PyAny>>,
    pub(crate) dtype: Option<Bound<'py, PyAny>>,
    pub(crate) subok: Option<Bound<'py, PyAny>>,
    pub(crate) signature: Option<Bound<'py, PyAny>>,
    pub(crate) axes: Option<Bound<'py, PyAny>>,
    pub(crate) axis: Option<Bound<'py, PyAny>>,
    pub(crate) keepdims: Option<Bound<'py, PyAny>>,
}

impl<'py> Keywords<'py> {
    /// Sorts the keywords of a vectorcall.
    ///
    /// # Safety
    ///
    /// `values` holds one object per name in `names`, a tuple of strings.
    pub(crate) unsafe fn collect(
        py: Python<'py>,
        ufunc: &Ufunc,
        values: *const *mut PyObject,
        names: *mut PyObject,
    ) -> PyResult<Self> {
        let mut k = Self::default();
        let general = ufunc.signature.is_some();
        let mut sig_given = false;
        // SAFETY: promised by the caller.
        unsafe {
            for i in 0..ffi::PyTuple_GET_SIZE(names) {
                let name = Bound::<PyAny>::from_borrowed_ptr(py, ffi::PyTuple_GET_ITEM(names, i));
                let value = Bound::<PyAny>::from_borrowed_ptr(py, *values.add(i as usize));
                let name: &Bound<'_, PyString> = name.cast()?;
                let text = name.to_str()?;
                let slot = match text {
                    "out" => &mut k.out,
                    "where" if !general => &mut k.mask,
                    "casting" => &mut k.casting,
                    "order" => &mut k.order,
                    "dtype" => &mut k.dtype,
                    "subok" => &mut k.subok,
                    "sig" | "signature" => {
                        if sig_given {
                            return Err(PyTypeError::new_err(
                                "cannot specify both 'sig' and 'signature'",
                            ));
                        }
                        sig_given = true;
                        &mut k.signature
                    }
                    "axes" if general => &mut k.axes,
                    "axis" if general => &mut k.axis,
                    "keepdims" if general => &mut k.keepdims,
                    _ => {
                        return Err(PyTypeError::new_err(format!(
                            "{}() got an unexpected keyword argument '{text}'",
                            ufunc.name
                        )));
                    }
                };
                *slot = Some(value);
            }
        }
        Ok(k)
    }

    /// The keywords with names, in the order in which overrides see them.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&'static str, &Bound<'py, PyAny>)> {
        [
            ("where", &self.mask),
            ("casting", &self.casting),
            ("order", &self.order),
            ("dtype", &self.dtype),
            ("subok", &self.subok),
            ("signature", &self.signature),
            ("axes", &self.axes),
            ("axis", &self.axis),
            ("keepdims", &self.keepdims),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.as_ref().map(|v| (name, v)))
    }
}

/// The error for a wrong number of positional arguments.
#[cold]
pub(crate) fn wrong_count(ufunc: &Ufunc, got: usize) -> PyErr {
    let (nin, nargs) = (ufunc.nin, ufunc.nargs());
    let was = if got == 1 { "was" } else { "were" };
    PyTypeError::new_err(format!(
        "{}() takes from {nin} to {nargs} positional arguments but {got} {was} given",
        ufunc.name
    ))
}

/// Outputs as given: positional ones or those of `out=`; empty if none is given.
pub(crate) struct Outs<'py> {
    /// One per output where any is given.
    pub(crate) each: SmallVec<[Option<Bound<'py, PyAny>>; 2]>,
    /// `out=...`: results are arrays even where they have no axes.
    pub(crate) keep_arrays: bool,
    /// Whether `out` was written at all.
    pub(crate) written: bool,
}

impl<'py> Outs<'py> {
    /// No output.
    pub(crate) fn none() -> Self {
        Self {
            each: SmallVec::new(),
            keep_arrays: false,
            written: false,
        }
    }

    /// From the positional arguments behind the inputs and the keyword `out`.
    pub(crate) fn collect(
        ufunc: &Ufunc,
        positional: &[Bound<'py, PyAny>],
        out: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Self> {
        let mut outs = Self::none();
        if !positional.is_empty() {
            if out.is_some() {
                return Err(PyTypeError::new_err(
                    "cannot specify 'out' as both a positional and keyword argument",
                ));
            }
            outs.written = true;
            outs.each = positional
                .iter()
                .map(|o| Some(o.clone()).filter(|o| !o.is_none()))
                .collect();
            outs.each.resize(ufunc.nout, None);
        } else if let Some(out) = out {
            outs.written = true;
            outs.take_keyword(ufunc.nout, out)?;
        }
        if outs.each.iter().all(Option::is_none) {
            outs.each.clear();
        }
        Ok(outs)
    }

    fn take_keyword(&mut self, nout: usize, out: &Bound<'py, PyAny>) -> PyResult<()> {
        if out.is_none() {
        } else if let Ok(tuple) = out.cast::<PyTuple>() {
            if tuple.len() != nout {
                return Err(PyValueError::new_err(
                    "The 'out' tuple must have exactly one entry per ufunc output",
                ));
            }
            self.each = tuple
                .iter()
                .map(|o| Some(o).filter(|o| !o.is_none()))
                .collect();
        } else if out.is(out.py().Ellipsis()) {
            self.keep_arrays = true;
        } else if nout > 1 {
            return Err(PyTypeError::new_err("'out' must be a tuple of arrays"));
        } else {
            self.each.push(Some(out.clone()));
        }
        Ok(())
    }

    /// The outputs as arrays.
    pub(crate) fn arrays(&self) -> PyResult<SmallVec<[Option<Target<'py>>; 2]>> {
        self.each
            .iter()
            .map(|o| match o {
                None => Ok(None),
                Some(o) => Target::required(o, "return arrays must be of ArrayType").map(Some),
            })
            .collect()
    }
}

/// The mask of `where=`; `None` where everything counts.
pub(crate) fn mask<'py>(value: Option<&Bound<'py, PyAny>>) -> PyResult<Option<ArrayRef<'py>>> {
    let Some(value) = value else { return Ok(None) };
    // SAFETY: the one true object is a live object.
    if value.as_ptr() == unsafe { ffi::Py_True() } {
        return Ok(None);
    }
    let bool_dtype = DType::new(numpy_rs_core::dtype::TypeNum::Bool);
    if let Some(array) = array_of(value)? {
        let own = array.dtype()?;
        if !numpy_rs_core::cast::can_cast(&own, &bool_dtype, Casting::Safe) {
            return Err(PyTypeError::new_err(format!(
                "Cannot cast array data from {} to {} according to the rule 'safe'",
                own.repr(),
                bool_dtype.repr()
            )));
        }
    }
    convert::array_like::as_array_of_core(value, &bool_dtype).map(Some)
}

/// `where=` without `out=` leaves elements that nobody computes.
pub(crate) fn warn_uninitialised(py: Python<'_>) -> PyResult<()> {
    PyErr::warn(
        py,
        &py.get_type::<PyUserWarning>(),
        c"'where' used without 'out', expect uninitialized memory in output. If this is intentional, use out=None.",
        1,
    )
}

/// `casting=`.
pub(crate) fn casting(value: &Bound<'_, PyAny>) -> PyResult<Casting> {
    let Ok(text) = value.cast::<PyString>() else {
        return Err(PyTypeError::new_err(format!(
            "casting must be str, not {}",
            value.get_type().name()?
        )));
    };
    Casting::from_name(text.to_str()?).or_raise()
}

/// `subok=`.
pub(crate) fn subok(value: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
    let Some(value) = value else { return Ok(true) };
    // SAFETY: the two bool objects are live objects.
    unsafe {
        if value.as_ptr() == ffi::Py_True() {
            Ok(true)
        } else if value.as_ptr() == ffi::Py_False() {
            Ok(false)
        } else {
            Err(PyTypeError::new_err("'subok' must be a boolean"))
        }
    }
}

/// A dtype argument.
pub(crate) fn dtype(value: &Bound<'_, PyAny>) -> PyResult<DType> {
    let ty = value.as_ptr().cast();
    if let Some(num) = crate::classes::num_of_dtype_class(ty) {
        return Ok(DType::new(num));
    }
    descr::to_dtype(&convert::dtype::from_object(value)?)
}

/// The options that choose the loop.
pub(crate) fn options(ufunc: &Ufunc, k: &Keywords<'_>) -> PyResult<UfuncOptions> {
    let mut options = UfuncOptions::default();
    if let Some(value) = &k.casting {
        options.casting = casting(value)?;
    }
    if let Some(value) = &k.order {
        options.order = convert::keyword::order(value, numpy_rs_core::layout::Order::K)?;
    }
    let wanted = k.dtype.as_ref().filter(|d| !d.is_none());
    if let Some(value) = &k.signature {
        if wanted.is_some() {
            return Err(PyTypeError::new_err(
                "cannot specify both 'signature' and 'dtype'",
            ));
        }
        options.signature = signature(ufunc, value)?;
    }
    if let Some(value) = wanted {
        options.dtype = Some(dtype(value)?);
    }
    Ok(options)
}

/// `signature=`: a type string, or a tuple of dtypes and `None`.
pub(crate) fn signature(
    ufunc: &Ufunc,
    value: &Bound<'_, PyAny>,
) -> PyResult<SmallVec<[Option<DType>; 4]>> {
    let n = ufunc.nargs();
    if let Ok(tuple) = value.cast::<PyTuple>() {
        if tuple.len() == 1 {
            if tuple.get_item(0)?.is_none() {
                return Err(PyTypeError::new_err(
                    "a single item type tuple cannot contain None.",
                ));
            }
            return Err(PyTypeError::new_err(
                "Use `dtype` or  fill the tuple with more than one 'None'.",
            ));
        }
        if tuple.len() != n {
            return Err(PyValueError::new_err(format!(
                "a type-tuple must be specified of length {n} for ufunc '{}'",
                ufunc.name
            )));
        }
        return tuple
            .iter()
            .map(|d| {
                if d.is_none() {
                    Ok(None)
                } else {
                    dtype(&d).map(Some)
                }
            })
            .collect();
    }
    let text: String = if let Ok(text) = value.cast::<PyString>() {
        text.to_str()?.to_owned()
    } else if let Ok(bytes) = value.cast::<PyBytes>() {
        String::from_utf8_lossy(bytes.as_bytes()).into_owned()
    } else {
        return Err(PyTypeError::new_err(
            "the signature object to ufunc must be a string or a tuple.",
        ));
    };
    if text.chars().count() == 1 && n != 1 {
        return Err(PyTypeError::new_err(
            "Use `dtype` or  fill the tuple with more than one 'None'.",
        ));
    }
    let fail = || {
        PyValueError::new_err(format!(
            "a type-string for {}, {} typecode(s) before and {} after the -> sign",
            ufunc.name, ufunc.nin, ufunc.nout
        ))
    };
    let (left, right) = text.split_once("->").ok_or_else(fail)?;
    if left.chars().count() != ufunc.nin || right.chars().count() != ufunc.nout {
        return Err(fail());
    }
    left.chars()
        .chain(right.chars())
        .map(|c| {
            let code = PyString::new(value.py(), c.encode_utf8(&mut [0; 4]));
            dtype(code.as_any()).map(Some)
        })
        .collect()
}
