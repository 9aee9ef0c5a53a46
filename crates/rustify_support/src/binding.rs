//! The arguments of a call, one for each parameter.

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res};
use super::function::{Function, Kind, MOST_PARAMETERS};
use super::obj::Obj;

/// Gives each parameter its argument or its default.
pub(super) unsafe fn bind(
    function: &'static Function,
    callable: *mut PyObject,
    args: *const *mut PyObject,
    n: usize,
    kwnames: *mut PyObject,
    bound: &mut [*mut PyObject; MOST_PARAMETERS],
    made: &mut [Option<Obj>; 2],
) -> Res<()> {
    // SAFETY: passed on from Python; each object lives through the call.
    unsafe {
        let params = function.params;
        let by_position = |k: Kind| matches!(k, Kind::PositionalOnly | Kind::Ordinary);
        let positions = params.iter().take_while(|(_, k)| by_position(*k)).count();
        for (i, slot) in bound.iter_mut().enumerate().take(n.min(positions)) {
            *slot = *args.add(i);
        }
        let variadic = params.iter().position(|(_, k)| *k == Kind::Variadic);
        let keywords = params.iter().position(|(_, k)| *k == Kind::Keywords);
        if let Some(at) = variadic {
            let rest = n.saturating_sub(positions);
            let tuple = Obj::owned(ffi::PyTuple_New(rest as isize))?;
            for i in 0..rest {
                let item = Obj::borrowed(*args.add(positions + i));
                ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, item.into_ptr());
            }
            bound[at] = tuple.ptr();
            made[0] = Some(tuple);
        } else if n > positions {
            return Err(Exc::GIVE_UP);
        }
        if let Some(at) = keywords {
            let dict = Obj::owned(ffi::PyDict_New())?;
            bound[at] = dict.ptr();
            made[1] = Some(dict);
        }
        let n_names = if kwnames.is_null() {
            0
        } else {
            ffi::PyTuple_GET_SIZE(kwnames)
        };
        for k in 0..n_names {
            let (name, value) = (ffi::PyTuple_GET_ITEM(kwnames, k), *args.add(n + k as usize));
            let named = params.iter().position(|(text, kind)| {
                matches!(kind, Kind::Ordinary | Kind::KeywordOnly) && is_text(name, text)
            });
            match (named, keywords) {
                (Some(at), _) if bound[at].is_null() => bound[at] = value,
                (None, Some(at)) => {
                    if ffi::PyDict_SetItem(bound[at], name, value) < 0 {
                        return Err(Exc::fetch());
                    }
                }
                _ => return Err(Exc::GIVE_UP),
            }
        }
        let defaults = ffi::PyFunction_GetDefaults(callable);
        let n_defaults = if defaults.is_null() {
            0
        } else {
            ffi::PyTuple_GET_SIZE(defaults) as usize
        };
        for (i, (text, kind)) in params.iter().enumerate() {
            if !bound[i].is_null() {
                continue;
            }
            if *kind == Kind::KeywordOnly {
                let all = ffi::PyFunction_GetKwDefaults(callable);
                if !all.is_null() {
                    let key =
                        ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as isize);
                    let key = Obj::owned(key)?;
                    bound[i] = ffi::PyDict_GetItemWithError(all, key.ptr());
                }
            } else if i < positions && i + n_defaults >= positions {
                bound[i] = ffi::PyTuple_GET_ITEM(defaults, (i + n_defaults - positions) as isize);
            }
            if bound[i].is_null() {
                return Err(Exc::GIVE_UP);
            }
        }
        Ok(())
    }
}

unsafe fn is_text(object: *mut PyObject, text: &str) -> bool {
    // SAFETY: a name of a keyword argument is a `str`.
    unsafe {
        let mut n = 0;
        let utf8 = ffi::PyUnicode_AsUTF8AndSize(object, &raw mut n);
        if utf8.is_null() {
            ffi::PyErr_Clear();
            return false;
        }
        std::slice::from_raw_parts(utf8.cast::<u8>(), n as usize) == text.as_bytes()
    }
}
