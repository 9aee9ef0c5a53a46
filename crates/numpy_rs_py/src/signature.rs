//! Parameters of compiled functions: one text signature gives the parser, the errors and `inspect.signature`.

use pyo3::exceptions::PyTypeError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use smallvec::SmallVec;

/// One parameter.
#[derive(Debug)]
struct Param {
    name: &'static str,
    required: bool,
}

/// The parameters of a function, from a text such as `take(a, /, indices, axis=None, *, mode='raise')`.
#[derive(Debug)]
pub struct Signature {
    /// The function's name.
    pub name: &'static str,
    /// The parameter list in parentheses, as written.
    pub text: &'static str,
    params: Vec<Param>,
    positional_only: usize,
    max_positional: usize,
    /// The parameter `*name` that takes all further positional arguments as a tuple.
    variadic: Option<usize>,
    /// The parameter `**name` that takes all further keywords as a dict.
    keywords: Option<usize>,
}

impl Signature {
    /// Parses a text signature; texts are constants of this crate, so a malformed one is a defect.
    pub fn parse(text: &'static str) -> Self {
        let open = text.find('(').unwrap_or(text.len());
        let (name, list) = text.split_at(open);
        let inner = list.trim_start_matches('(').trim_end_matches(')');
        let mut signature = Self {
            name,
            text: list,
            params: Vec::new(),
            positional_only: 0,
            max_positional: usize::MAX,
            variadic: None,
            keywords: None,
        };
        for piece in split_top_level(inner) {
            match piece {
                "" => {}
                "/" => signature.positional_only = signature.params.len(),
                "*" => signature.max_positional = signature.params.len(),
                _ if piece.starts_with("**") => {
                    signature.max_positional = signature.max_positional.min(signature.params.len());
                    signature.keywords = Some(signature.params.len());
                    signature.params.push(Param {
                        name: piece.trim_start_matches('*'),
                        required: false,
                    });
                }
                _ if piece.starts_with('*') => {
                    signature.variadic = Some(signature.params.len());
                    signature.max_positional = signature.params.len();
                    signature.params.push(Param {
                        name: piece.trim_start_matches('*'),
                        required: false,
                    });
                }
                _ => {
                    let (name, required) = piece
                        .split_once('=')
                        .map_or((piece, true), |(name, _)| (name.trim(), false));
                    signature.params.push(Param { name, required });
                }
            }
        }
        signature.max_positional = signature.max_positional.min(signature.params.len());
        signature
    }

    /// The position of a parameter.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.params.iter().position(|p| p.name == name)
    }

    /// Sorts the arguments of a vectorcall into slots by parameter.
    ///
    /// # Safety
    ///
    /// `args` holds `n_positional` objects and then one per name in `kwnames` (a tuple or null).
    pub unsafe fn bind<'py>(
        &self,
        py: Python<'py>,
        args: *const *mut PyObject,
        n_positional: usize,
        kwnames: *mut PyObject,
    ) -> PyResult<Args<'py>> {
        let mut slots: SmallVec<[*mut PyObject; 12]> =
            SmallVec::from_elem(std::ptr::null_mut(), self.params.len());
        let mut rest = None;
        let mut further = None;
        if let Some(variadic) = self.variadic {
            let further = self.max_positional.min(n_positional)..n_positional;
            // SAFETY: promised by the caller.
            let items =
                further.map(|i| unsafe { Bound::<PyAny>::from_borrowed_ptr(py, *args.add(i)) });
            let tuple = PyTuple::new(py, items.collect::<Vec<_>>())?;
            slots[variadic] = tuple.as_ptr();
            rest = Some(tuple);
        } else if n_positional > self.max_positional {
            return Err(self.too_many(n_positional));
        }
        // SAFETY: promised by the caller.
        unsafe {
            for (i, slot) in slots
                .iter_mut()
                .enumerate()
                .take(n_positional.min(self.max_positional))
            {
                *slot = *args.add(i);
            }
            if !kwnames.is_null() {
                let n = ffi::PyTuple_GET_SIZE(kwnames);
                for k in 0..n {
                    let key =
                        Bound::<PyAny>::from_borrowed_ptr(py, ffi::PyTuple_GET_ITEM(kwnames, k));
                    let value = *args.add(n_positional + k as usize);
                    if let Some(at) = self.keywords
                        && !self.takes(&key)?
                    {
                        let dict: &Bound<'py, PyDict> =
                            further.get_or_insert_with(|| PyDict::new(py));
                        dict.set_item(&key, Bound::<PyAny>::from_borrowed_ptr(py, value))?;
                        slots[at] = dict.as_ptr();
                        continue;
                    }
                    self.bind_keyword(&mut slots, &key, value)?;
                }
            }
        }
        for (param, slot) in self.params.iter().zip(&slots) {
            if param.required && slot.is_null() {
                return Err(self.missing(&slots));
            }
        }
        Ok(Args {
            py,
            slots,
            _rest: rest,
            _further: further,
        })
    }

    /// Whether a keyword names a parameter of its own.
    fn takes(&self, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        let key: &Bound<'_, PyString> = key.cast()?;
        Ok(self.position(key.to_str()?).is_some_and(|i| {
            i >= self.positional_only && self.variadic != Some(i) && self.keywords != Some(i)
        }))
    }

    /// Sorts the arguments of a call given as tuple and dict. The objects must outlive the result.
    pub fn bind_call<'py>(
        &self,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Args<'py>> {
        let py = args.py();
        let mut pointers: SmallVec<[*mut PyObject; 12]> =
            args.iter_borrowed().map(pyo3::Borrowed::as_ptr).collect();
        let mut names = None;
        if let Some(kwargs) = kwargs.filter(|k| !k.is_empty()) {
            let mut keys = Vec::with_capacity(kwargs.len());
            for (key, value) in kwargs.iter() {
                pointers.push(value.as_ptr());
                keys.push(key);
            }
            names = Some(PyTuple::new(py, keys)?);
        }
        let kwnames = names.as_ref().map_or(std::ptr::null_mut(), Bound::as_ptr);
        // SAFETY: the caller's tuple and dict keep every object alive; one name for each keyword value.
        unsafe { self.bind(py, pointers.as_ptr(), args.len(), kwnames) }
    }

    fn bind_keyword(
        &self,
        slots: &mut [*mut PyObject],
        key: &Bound<'_, PyAny>,
        value: *mut PyObject,
    ) -> PyResult<()> {
        let key: &Bound<'_, PyString> = key.cast()?;
        let text = key.to_str()?;
        match self.position(text) {
            Some(i) if i >= self.positional_only && self.variadic != Some(i) => {
                if !slots[i].is_null() {
                    return Err(PyTypeError::new_err(format!(
                        "{}() got multiple values for argument '{text}'",
                        self.name
                    )));
                }
                slots[i] = value;
                Ok(())
            }
            _ => Err(PyTypeError::new_err(format!(
                "{}() got an unexpected keyword argument '{text}'",
                self.name
            ))),
        }
    }

    #[cold]
    fn too_many(&self, got: usize) -> PyErr {
        let least = self
            .params
            .iter()
            .take(self.max_positional)
            .filter(|p| p.required)
            .count();
        let most = self.max_positional;
        let count = if least == most {
            format!("{most}")
        } else {
            format!("from {least} to {most}")
        };
        let (plural, were) = (
            if most == 1 { "" } else { "s" },
            if got == 1 { "was" } else { "were" },
        );
        PyTypeError::new_err(format!(
            "{}() takes {count} positional argument{plural} but {got} {were} given",
            self.name
        ))
    }

    #[cold]
    fn missing(&self, slots: &[*mut PyObject]) -> PyErr {
        let names: Vec<String> = self
            .params
            .iter()
            .zip(slots)
            .filter(|(p, s)| p.required && s.is_null())
            .map(|(p, _)| format!("'{}'", p.name))
            .collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [a, b] => format!("{a} and {b}"),
            [init @ .., last] => format!("{}, and {last}", init.join(", ")),
            [] => String::new(),
        };
        let plural = if names.len() == 1 { "" } else { "s" };
        PyTypeError::new_err(format!(
            "{}() missing {} required positional argument{plural}: {list}",
            self.name,
            names.len()
        ))
    }
}

/// Splits a parameter list at commas outside brackets and quotes.
fn split_top_level(list: &'static str) -> Vec<&'static str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0i32, None);
    for (i, c) in list.char_indices() {
        match (quote, c) {
            (Some(q), _) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '<') => depth += 1,
            (None, ')' | ']' | '>') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(list[start..i].trim());
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    parts
}

/// Arguments sorted by parameter; absent ones are `None`.
pub struct Args<'py> {
    py: Python<'py>,
    slots: SmallVec<[*mut PyObject; 12]>,
    /// Keeps the tuple of a `*name` parameter alive.
    _rest: Option<Bound<'py, PyTuple>>,
    /// Keeps the dict of a `**name` parameter alive.
    _further: Option<Bound<'py, PyDict>>,
}

impl<'py> Args<'py> {
    /// The interpreter token.
    #[inline]
    pub fn py(&self) -> Python<'py> {
        self.py
    }

    /// The argument of a parameter, if given.
    #[inline]
    pub fn get(&self, i: usize) -> Option<Bound<'py, PyAny>> {
        // SAFETY: the caller of the function keeps its arguments alive during the call.
        unsafe { Bound::from_borrowed_ptr_or_opt(self.py, self.slots[i]) }
    }

    /// The argument of a parameter, unless absent or `None`.
    #[inline]
    pub fn some(&self, i: usize) -> Option<Bound<'py, PyAny>> {
        self.get(i).filter(|v| !v.is_none())
    }

    /// The argument of a required parameter.
    #[inline]
    pub fn required(&self, i: usize) -> Bound<'py, PyAny> {
        debug_assert!(!self.slots[i].is_null());
        // SAFETY: `bind` refuses a call without its required arguments.
        unsafe { Bound::from_borrowed_ptr(self.py, self.slots[i]) }
    }

    /// Whether a parameter was given at all.
    #[inline]
    pub fn given(&self, i: usize) -> bool {
        !self.slots[i].is_null()
    }

    /// Truth of an argument, with a default where absent.
    pub fn flag(&self, i: usize, default: bool) -> PyResult<bool> {
        self.get(i).map_or(Ok(default), |v| v.is_truthy())
    }

    /// The arguments that were given, as a tuple of values by parameter with `None` for absent ones.
    pub fn as_tuple(&self) -> PyResult<Bound<'py, PyTuple>> {
        let none = self.py.None().into_bound(self.py);
        PyTuple::new(
            self.py,
            (0..self.slots.len()).map(|i| self.get(i).unwrap_or_else(|| none.clone())),
        )
    }
}
