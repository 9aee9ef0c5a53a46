//! The memory of every static type of the door, and which class belongs to which type number.
//!
//! Only the objects stand here; their slots are filled under `types`.

use numpy_rs_core::dtype::TypeNum;
use pyo3::ffi::PyTypeObject;

use crate::static_type::{StaticDType, StaticType};

/// `numpy.ndarray`.
pub static NDARRAY: StaticType = StaticType::new();
/// `numpy.flatiter`.
pub static FLATITER: StaticType = StaticType::new();
/// `numpy.broadcast`.
pub static BROADCAST: StaticType = StaticType::new();
/// `numpy.ufunc`.
pub static UFUNC: StaticType = StaticType::new();
/// `numpy.nditer`.
pub static NDITER: StaticType = StaticType::new();
/// The type of array flags objects.
pub static FLAGSOBJ: StaticType = StaticType::new();
/// The type of functions that `__array_function__` may override.
pub static ARRAY_FUNCTION_DISPATCHER: StaticType = StaticType::new();
/// The same for functions that NumPy has as builtins.
pub static BUILTIN_FUNCTION: StaticType = StaticType::new();

/// `numpy._DTypeMeta`.
pub static DTYPE_META: StaticType = StaticType::new();
/// `numpy.dtype`.
pub static DTYPE: StaticDType = StaticDType::new();
/// The DType class of each type number.
pub static DTYPES: [StaticDType; 24] = [const { StaticDType::new() }; 24];
/// `_IntegerAbstractDType`, `_FloatAbstractDType`, `_ComplexAbstractDType`.
pub static ABSTRACT_DTYPES: [StaticDType; 3] = [const { StaticDType::new() }; 3];

/// The scalar type of each type number.
pub static SCALARS: [StaticType; 24] = [const { StaticType::new() }; 24];

/// The abstract scalar types, in the order of [`AbstractScalar`].
pub static ABSTRACT_SCALARS: [StaticType; 10] = [const { StaticType::new() }; 10];

/// The abstract classes above the scalar types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[expect(missing_docs, reason = "the names are those of the classes")]
pub enum AbstractScalar {
    Generic,
    Number,
    Integer,
    SignedInteger,
    UnsignedInteger,
    Inexact,
    Floating,
    ComplexFloating,
    Flexible,
    Character,
}

impl AbstractScalar {
    /// The class.
    #[inline]
    pub fn class(self) -> &'static StaticType {
        &ABSTRACT_SCALARS[self as usize]
    }
}

/// The scalar type of a type number.
#[inline]
pub fn scalar_class(num: TypeNum) -> &'static StaticType {
    &SCALARS[num as usize]
}

/// The DType class of a type number.
#[inline]
pub fn dtype_class(num: TypeNum) -> &'static StaticDType {
    &DTYPES[num as usize]
}

/// The type number of a scalar class, if it is exactly one of ours.
#[inline]
pub fn num_of_scalar_class(ty: *mut PyTypeObject) -> Option<TypeNum> {
    let first = SCALARS[0].get() as usize;
    let offset = (ty as usize).wrapping_sub(first);
    let size = size_of::<StaticType>();
    if offset < 24 * size && offset.is_multiple_of(size) {
        TypeNum::from_c((offset / size) as i32)
    } else {
        None
    }
}

/// The type number of a DType class, if it is exactly one of the builtin ones.
pub fn num_of_dtype_class(ty: *mut PyTypeObject) -> Option<TypeNum> {
    let first = DTYPES[0].as_type() as usize;
    let offset = (ty as usize).wrapping_sub(first);
    let size = size_of::<StaticDType>();
    if offset < 24 * size && offset.is_multiple_of(size) {
        TypeNum::from_c((offset / size) as i32)
    } else {
        None
    }
}
