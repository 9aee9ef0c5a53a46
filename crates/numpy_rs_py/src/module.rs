//! The extension module: classes, functions and constants, made once a process whatever name it loads under.

use std::sync::OnceLock;

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::classes::*;
use crate::{capi, convert, errstate, function, functions, gate, memory_handler, types};

/// The names of the first load, given again to any later one.
static CONTENTS: OnceLock<Py<PyDict>> = OnceLock::new();

/// Fills the module object.
pub fn initialise(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    if let Some(contents) = CONTENTS.get() {
        return module.dict().update(contents.bind(py).as_mapping());
    }
    refuse_free_threading(py)?;
    crate::package::set_from_module_name(&module.name()?.to_string());
    // PyO3 makes this class when it first looks at an exception, and would wait for itself where that fails: deep in a
    // recursion.
    let _ = py.get_type::<pyo3::panic::PanicException>();
    let contents = PyDict::new(py);
    memory_handler::initialise(py)?;
    crate::signals::initialise();
    function::initialise(py)?;
    types::scalar::initialise(py)?;
    types::dtype::initialise(py)?;
    convert::item::make_bools(py)?;
    convert::object_hooks::initialise();
    convert::array_like::initialise();
    types::flagsobj::initialise(py)?;
    types::ndarray::flatiter::initialise(py)?;
    types::broadcast::initialise(py)?;
    types::ndarray::initialise(py)?;
    types::nditer::initialise(py)?;
    types::ndarray::add_methods(py)?;
    types::scalar::adopt_signatures(py)?;
    errstate::initialise(py, &contents)?;
    types::ufunc::initialise(py, &contents)?;
    contents.set_item("InternalError", py.get_type::<gate::InternalError>())?;
    add_classes(py, &contents)?;
    add_platform_names(py, &contents)?;
    capi::add(py, &contents)?;
    for def in functions::ALL
        .iter()
        .chain([
            &types::scalar::TABLE,
            &types::nditer::DEFS,
            &types::ndarray::dlpack::DEFS,
            &types::interchange::DEFS,
            &types::sharing::DEFS,
            &errstate::TABLE,
        ])
        .flat_map(|table| table.iter())
    {
        let object = function::make(py, def)?;
        let name = object.getattr("__name__")?;
        match def.module {
            module if module.is_empty() || module.starts_with("_core") => {
                contents.set_item(name, object)?
            }
            module => submodule(&contents, module)?.setattr(name.cast::<PyString>()?, object)?,
        }
    }
    module.dict().update(contents.as_mapping())?;
    let _ = CONTENTS.set(contents.unbind());
    Ok(())
}

/// The namespace of the functions of a submodule, made when first asked for.
fn submodule<'py>(contents: &Bound<'py, PyDict>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    if let Some(found) = contents.get_item(name)? {
        return Ok(found);
    }
    let made = PyModule::new(contents.py(), name)?.into_any();
    contents.set_item(name, &made)?;
    Ok(made)
}

fn add_classes(py: Python<'_>, contents: &Bound<'_, PyDict>) -> PyResult<()> {
    let add = |ty: *mut pyo3::ffi::PyTypeObject, name: Option<&str>| -> PyResult<()> {
        // SAFETY: static types are live objects.
        let class: Bound<'_, PyAny> = unsafe { Bound::from_borrowed_ptr(py, ty.cast()) };
        match name {
            Some(name) => contents.set_item(name, class),
            None => contents.set_item(class.getattr("__name__")?, class),
        }
    };
    for class in [
        &NDARRAY,
        &FLATITER,
        &BROADCAST,
        &FLAGSOBJ,
        &NDITER,
        &DTYPE_META,
        &ARRAY_FUNCTION_DISPATCHER,
    ] {
        add(class.get(), None)?;
    }
    add(DTYPE.as_type(), None)?;
    for class in &ABSTRACT_SCALARS {
        add(class.get(), None)?;
    }
    for class in DTYPES.iter().chain(&ABSTRACT_DTYPES) {
        add(class.as_type(), None)?;
    }
    for num in TypeNum::all() {
        add(scalar_class(num).get(), None)?;
    }
    for alias in [
        "bool_",
        "byte",
        "ubyte",
        "short",
        "ushort",
        "intc",
        "uintc",
        "long",
        "ulong",
        "longlong",
        "ulonglong",
        "intp",
        "uintp",
        "int_",
        "uint",
        "half",
        "single",
        "double",
        "longdouble",
        "csingle",
        "cdouble",
        "clongdouble",
        "float128",
        "complex256",
    ] {
        if let Some(num) = convert::dtype_text::num_of_name(alias) {
            add(scalar_class(num).get(), Some(alias))?;
        }
    }
    for (name, value) in [("False_", false), ("True_", true)] {
        // SAFETY: the two objects were made before, and live for ever.
        let object: Bound<'_, PyAny> =
            unsafe { Bound::from_owned_ptr(py, convert::item::bool_ptr(value)) };
        contents.set_item(name, object)?;
    }
    Ok(())
}

/// The names of C's integer types, of the platform's own sizes and of the wide floats.
fn add_platform_names(py: Python<'_>, contents: &Bound<'_, PyDict>) -> PyResult<()> {
    use numpy_rs_core::dtype::number::{LONG, LONG_DOUBLE};
    let (intp, uintp) = if LONG == 8 {
        (TypeNum::Long, TypeNum::ULong)
    } else {
        (TypeNum::LongLong, TypeNum::ULongLong)
    };
    let names = [
        ("intc", TypeNum::Int),
        ("uintc", TypeNum::UInt),
        ("long", TypeNum::Long),
        ("ulong", TypeNum::ULong),
        ("longlong", TypeNum::LongLong),
        ("ulonglong", TypeNum::ULongLong),
        ("intp", intp),
        ("uintp", uintp),
        ("int_", intp),
        ("uint", uintp),
        ("longdouble", TypeNum::LongDouble),
        ("clongdouble", TypeNum::CLongDouble),
    ];
    for (name, num) in names {
        contents.set_item(name, scalar_class(num).bound(py))?;
    }
    if LONG_DOUBLE == 16 {
        contents.set_item("float128", scalar_class(TypeNum::LongDouble).bound(py))?;
        contents.set_item("complex256", scalar_class(TypeNum::CLongDouble).bound(py))?;
    }
    Ok(())
}

/// A free-threaded interpreter is refused: arrays rely on the interpreter lock until the race tests pass.
///
/// `sys.abiflags` tells it; asking `sysconfig` would cost more than the rest of the import.
fn refuse_free_threading(py: Python<'_>) -> PyResult<()> {
    let flags = py.import("sys")?.getattr_opt("abiflags")?;
    let threaded = flags.is_some_and(|f| f.to_string().contains('t'));
    if threaded {
        return Err(PyImportError::new_err(
            "numpy_rs does not support free-threaded Python yet; use the default build of this Python version",
        ));
    }
    Ok(())
}
