//! The slots of the static types: what each class of the door can do.

pub(crate) mod dtype;
pub(crate) mod flagsobj;
pub(crate) mod ndarray;
pub(crate) mod broadcast;
pub(crate) mod interchange;
pub(crate) mod sharing;
pub(crate) mod nditer;
pub(crate) mod scalar;
pub(crate) mod ufunc;
