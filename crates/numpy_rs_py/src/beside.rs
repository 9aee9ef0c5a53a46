//! The real NumPy beside ours in one process: its classes, told by module and name. Nothing of it is imported, and where
//! `numpy` is ours there is no other.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::classes::NDARRAY;

/// The class `numpy.<name>` of a package that is not ours, where it is this class or one of its bases.
fn numpy_base<'py>(ty: &Bound<'py, PyType>, name: &str) -> Option<Bound<'py, PyType>> {
    // Under the name of `numpy` our own classes carry its name.
    // SAFETY: a live class and a static one.
    let ours = unsafe { ffi::PyType_IsSubtype(ty.as_ptr().cast(), NDARRAY.get()) != 0 };
    if ours || crate::package::name() == "numpy" {
        return None;
    }
    ty.mro()
        .iter()
        .filter_map(|base| base.cast_into::<PyType>().ok())
        .find(|b| {
            b.name().is_ok_and(|n| n == name)
                && b.module()
                    .is_ok_and(|m| m == "numpy" || m == "numpy.dtypes")
        })
}

/// Whether a class or one of its bases is `numpy.<name>` of a package that is not ours.
pub(crate) fn is_numpy_class(ty: &Bound<'_, PyType>, name: &str) -> bool {
    numpy_base(ty, name).is_some()
}

/// Whether an object is an array of the real NumPy.
pub(crate) fn is_array(object: &Bound<'_, PyAny>) -> bool {
    is_numpy_class(&object.get_type(), "ndarray")
}

/// Whether an object is an array or a scalar of the real NumPy whose class leaves the protocol method `name` as that
/// NumPy has it. It is an operand like ours; a class with a method of its own is asked instead.
pub(crate) fn is_plain(object: &Bound<'_, PyAny>, name: &str) -> PyResult<bool> {
    let ty = object.get_type();
    Ok(is_numpy_class(&ty, "generic") || is_plain_class(&ty, name)?)
}

/// Whether a class is the real NumPy's `ndarray`, or derived from it with its method `name`.
pub(crate) fn is_plain_class(ty: &Bound<'_, PyType>, name: &str) -> PyResult<bool> {
    let Some(base) = numpy_base(ty, "ndarray") else {
        return Ok(false);
    };
    let (own, default) = (ty.getattr_opt(name)?, base.getattr_opt(name)?);
    Ok(match (own, default) {
        (Some(own), Some(default)) => own.is(&default),
        (own, _) => own.is_none(),
    })
}

/// Whether an object is an array or a scalar of the real NumPy.
pub(crate) fn is_array_or_scalar(object: &Bound<'_, PyAny>) -> bool {
    let ty = object.get_type();
    is_numpy_class(&ty, "ndarray") || is_numpy_class(&ty, "generic")
}
