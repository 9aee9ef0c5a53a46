//! Lambdas in containers: which of the functions in a container was written at a place of the file.

use pyo3_ffi as ffi;

use super::exc::{Exc, Res};
use super::obj::Obj;
use super::value::Value;

/// The function in a list, a tuple or the values of a dict whose body begins at a place, if there is exactly one.
pub fn find(table: &Obj, line: i64, column: i64) -> Option<Obj> {
    // SAFETY: the exact types are checked, so that no Python code of the program runs.
    unsafe {
        let class = table.class();
        let items = if class == &raw mut ffi::PyDict_Type {
            Obj::owned(ffi::PyDict_Values(table.ptr()))
        } else if class == &raw mut ffi::PyList_Type || class == &raw mut ffi::PyTuple_Type {
            Obj::owned(ffi::PySequence_List(table.ptr()))
        } else {
            return None;
        }
        .ok()?;
        let mut found = None;
        for i in 0..ffi::PyList_Size(items.ptr()) {
            let item = Obj::borrowed(ffi::PyList_GetItem(items.ptr(), i));
            if item.class() != &raw mut ffi::PyFunction_Type {
                continue;
            }
            let is_it = begins_at(&item, line, column).unwrap_or_else(|_| {
                ffi::PyErr_Clear();
                false
            });
            if is_it && found.replace(item).is_some() {
                return None;
            }
        }
        found
    }
}

/// Whether the body of a function begins at a place: some instruction belongs to all of it.
fn begins_at(function: &Obj, line: i64, column: i64) -> Res<bool> {
    // SAFETY: a function has code, whose attributes are the interpreter's own.
    unsafe {
        let code = Obj::borrowed(ffi::PyFunction_GetCode(function.ptr()));
        let attribute = |name: &std::ffi::CStr| {
            Obj::owned(ffi::PyObject_GetAttrString(code.ptr(), name.as_ptr()))
        };
        if cfg!(not(Py_3_11)) {
            // The interpreter keeps no columns.
            return Ok(i64::from_obj(&attribute(c"co_firstlineno")?)? == line);
        }
        let positions = attribute(c"co_positions")?;
        let positions = Obj::owned(ffi::PyObject_CallNoArgs(positions.ptr()))?;
        let positions = Obj::owned(ffi::PySequence_List(positions.ptr()))?;
        for i in 0..ffi::PyList_Size(positions.ptr()) {
            let place = ffi::PyList_GetItem(positions.ptr(), i);
            if ffi::PyTuple_Check(place) == 0 || ffi::PyTuple_Size(place) != 4 {
                return Err(Exc::GIVE_UP);
            }
            let number = |at: isize| {
                let number = Obj::borrowed(ffi::PyTuple_GetItem(place, at));
                i64::from_obj(&number).ok()
            };
            if number(0) == Some(line) && number(2) == Some(column) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
