//! NumPy's scalars: how they cross between Python and Rust, and what arrays hold.

use std::cmp::Ordering;

use pyo3_ffi::{self as ffi, PyObject};

use super::complex::Complex;
use super::exc::{Res, give_up};

use super::handed_on::{given, taken};
use super::numpy::{self, Api};
use super::obj::Obj;
use super::value::{Key, Value, unfit};

/// What arrays hold.
pub trait Element: Copy + 'static {
    /// The scalar that Python sees.
    type Scalar: Value + Copy;
    /// The number of the type.
    const TYPE_NUM: i32;
    /// As the scalar that Python sees.
    fn scalar(self) -> Self::Scalar;
    /// The item of a scalar.
    fn of_scalar(scalar: Self::Scalar) -> Self;
}

/// A truth value in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Flag(pub u8);

impl Flag {
    /// Whether it counts as true.
    #[inline]
    pub fn truth(self) -> bool {
        self.0 != 0
    }
}

impl From<bool> for Flag {
    #[inline]
    fn from(value: bool) -> Self {
        Self(u8::from(value))
    }
}

impl From<Flag> for bool {
    #[inline]
    fn from(flag: Flag) -> Self {
        flag.truth()
    }
}

/// A complex number of two `f32` in memory.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C)]
pub struct Complex8 {
    /// The real part.
    pub real: f32,
    /// The imaginary part.
    pub imag: f32,
}

const LONG: bool = size_of::<std::ffi::c_long>() == 8;

/// A scalar's object with room for its value behind its head.
unsafe fn boxed<T>(api: Api, type_num: i32, value: T) -> Res<Obj> {
    let class = api.scalar_class(type_num);
    // SAFETY: NumPy's scalars of numbers are their head and their value.
    unsafe {
        let Some(alloc) = (*class).tp_alloc else {
            return give_up();
        };
        let made = Obj::owned(alloc(class, 0))?;
        made.ptr().cast::<u8>().add(16).cast::<T>().write(value);
        Ok(made)
    }
}

/// How two items sort; nothing where they do not.
trait Among {
    fn among(&self, other: &Self) -> Option<Ordering>;
}

macro_rules! among {
    ($($element:ty)*) => {$(
        impl Among for $element {
            fn among(&self, other: &Self) -> Option<Ordering> {
                self.partial_cmp(other)
            }
        }
    )*};
}

among! { f64 f32 i8 u8 i16 u16 i32 u32 i64 u64 }

impl Among for Complex8 {
    fn among(&self, _: &Self) -> Option<Ordering> {
        None
    }
}
impl Among for Complex {
    fn among(&self, _: &Self) -> Option<Ordering> {
        None
    }
}

macro_rules! scalar {
    ($($name:ident $text:literal $element:ty, $num:expr;)*) => {$(
        #[doc = concat!("A `numpy.", $text, "`.")]
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name(pub $element);

        impl Value for $name {
            fn rank(&self, other: &Self) -> Option<Ordering> {
                self.0.among(&other.0)
            }
            #[inline]
            unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
                let api = numpy::api()?;
                // SAFETY: exactly a scalar of that class, whose value follows its head.
                unsafe {
                    if ffi::Py_TYPE(object) != api.scalar_class($num) {
                        return unfit();
                    }
                    Ok(Self(taken(object.cast::<u8>().add(16).cast::<$element>().read())))
                }
            }
            #[inline]
            fn into_obj(self) -> Res<Obj> {
                // SAFETY: the class of that value.
                unsafe { boxed(numpy::api()?, $num, given(self.0)?) }
            }
        }
        impl Key for $name {
            fn check_key(&self) -> Res<()> {
                // NaN is found by its identity, which is not kept here.
                let again = self.0;
                if again == self.0 { Ok(()) } else { give_up() }
            }
        }
        impl Element for $element {
            type Scalar = $name;
            const TYPE_NUM: i32 = $num;
            #[inline]
            fn scalar(self) -> $name {
                $name(self)
            }
            #[inline]
            fn of_scalar(scalar: $name) -> Self {
                scalar.0
            }
        }
    )*};
}

scalar! {
    Float64 "float64" f64, 12;
    Float32 "float32" f32, 11;
    Int8 "int8" i8, 1;
    UInt8 "uint8" u8, 2;
    Int16 "int16" i16, 3;
    UInt16 "uint16" u16, 4;
    Int32 "int32" i32, if LONG { 5 } else { 7 };
    UInt32 "uint32" u32, if LONG { 6 } else { 8 };
    Int64 "int64" i64, if LONG { 7 } else { 9 };
    UInt64 "uint64" u64, if LONG { 8 } else { 10 };
    Complex64 "complex64" Complex8, 14;
    Complex128 "complex128" Complex, 15;
}

/// A `numpy.bool`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bool8(pub bool);

impl Value for Bool8 {
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        let api = numpy::api()?;
        if object == api.truth(true).ptr() {
            Ok(Self(true))
        } else if object == api.truth(false).ptr() {
            Ok(Self(false))
        } else {
            unfit()
        }
    }
    fn into_obj(self) -> Res<Obj> {
        Ok(numpy::api()?.truth(self.0))
    }
}

impl Key for Bool8 {}

impl Element for Flag {
    type Scalar = Bool8;
    const TYPE_NUM: i32 = 0;
    #[inline]
    fn scalar(self) -> Bool8 {
        Bool8(self.truth())
    }
    #[inline]
    fn of_scalar(scalar: Bool8) -> Self {
        Self::from(scalar.0)
    }
}

impl PartialOrd for Float64 {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.0.partial_cmp(&other.0)
    }
}
