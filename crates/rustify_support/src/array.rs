//! Elements of `numpy.ndarray`, and NumPy's scalars, by the layout that NumPy 2 promises to C.
//!
//! NumPy warns where a float result overflows or is invalid, and where an integer wraps: there the region gives up.

use std::cell::Cell;
use std::marker::PhantomData;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Res, give_up, index_error};
use super::int::Int;
use super::journal;
use super::obj::Obj;
use super::value::{Value, unfit};

/// The most axes that are looked at.
const MOST_AXES: usize = 4;

/// The start of an array object.
#[repr(C)]
struct Fields {
    head: PyObject,
    data: *mut u8,
    nd: i32,
    dimensions: *mut isize,
    strides: *mut isize,
    base: *mut PyObject,
    descr: *mut Descr,
    flags: i32,
}

/// The start of a dtype object.
#[repr(C)]
struct Descr {
    head: PyObject,
    scalar: *mut ffi::PyTypeObject,
    kind: u8,
    code: u8,
    byteorder: u8,
    unused: u8,
    type_num: i32,
}

const ALIGNED: i32 = 0x0100;
const WRITEABLE: i32 = 0x0400;

/// Types of NumPy that were met, kept for ever; read and written with the interpreter held.
struct Known(Cell<*mut ffi::PyTypeObject>);

// SAFETY: the interpreter is held at each access.
unsafe impl Sync for Known {}

static NDARRAY: Known = Known(Cell::new(std::ptr::null_mut()));

/// A type of NumPy by its name, if NumPy is imported.
#[cold]
fn look_up(name: &std::ffi::CStr) -> *mut ffi::PyTypeObject {
    // SAFETY: `sys.modules` is a dict, and the module's dict is looked into only if it is a plain module.
    unsafe {
        let modules = ffi::PyImport_GetModuleDict();
        let module = ffi::PyDict_GetItemString(modules, c"numpy".as_ptr());
        if module.is_null() || ffi::Py_TYPE(module) != &raw mut ffi::PyModule_Type {
            return std::ptr::null_mut();
        }
        let found = ffi::PyDict_GetItemString(ffi::PyModule_GetDict(module), name.as_ptr());
        if found.is_null() || ffi::PyType_Check(found) == 0 {
            return std::ptr::null_mut();
        }
        ffi::Py_INCREF(found);
        found.cast()
    }
}

#[inline]
fn known(place: &Known, name: &std::ffi::CStr) -> *mut ffi::PyTypeObject {
    let kept = place.0.get();
    if !kept.is_null() {
        return kept;
    }
    place.0.set(look_up(name));
    place.0.get()
}

/// What an array holds.
pub trait Element: Copy + 'static {
    /// The scalar that Python sees.
    type Scalar: Value;
    /// The kind letter of the dtype.
    const KIND: u8;
    /// As the scalar that Python sees.
    fn scalar(self) -> Self::Scalar;
}

/// A `numpy.float64`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Float64(pub f64);

/// A `numpy.int64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Int64(pub i64);

/// A `numpy.bool`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bool8(pub bool);

macro_rules! scalar {
    ($name:ident, $class:literal, $rust:ty, $element:ty, $kind:literal, $offset:literal, |$e:ident| $from:expr, |$v:ident| $boxed:expr) => {
        impl Value for $name {
            unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
                static CLASS: Known = Known(Cell::new(std::ptr::null_mut()));
                let class = known(&CLASS, $class);
                // SAFETY: exactly a scalar of that class, whose value follows its head.
                unsafe {
                    if class.is_null() || ffi::Py_TYPE(object) != class {
                        return unfit();
                    }
                    let $e = object.cast::<u8>().add($offset).cast::<$element>().read();
                    Ok(Self($from))
                }
            }
            fn into_obj(self) -> Res<Obj> {
                static CLASS: Known = Known(Cell::new(std::ptr::null_mut()));
                let class = known(&CLASS, $class);
                if class.is_null() {
                    return give_up();
                }
                let $v = self.0;
                let value: Obj = $boxed?;
                // SAFETY: a scalar class called with a builtin number.
                unsafe { Obj::owned(ffi::PyObject_CallOneArg(class.cast(), value.ptr())) }
            }
        }
        impl Element for $element {
            type Scalar = $name;
            const KIND: u8 = $kind;
            #[inline]
            fn scalar(self) -> $name {
                let $e = self;
                $name($from)
            }
        }
    };
}

scalar!(Float64, c"float64", f64, f64, b'f', 16, |e| e, |v| v
    .into_obj());
scalar!(Int64, c"int64", i64, i64, b'i', 16, |e| e, |v| v.into_obj());
scalar!(Bool8, c"bool", bool, u8, b'b', 16, |e| e != 0, |v| v
    .into_obj());

/// Arithmetic of `numpy.float64`: a result that NumPy would warn of gives up.
pub mod float64 {
    use super::super::exc::{Res, give_up};
    use super::super::float;
    use super::Float64;

    /// `a + b`.
    #[inline]
    pub fn add(a: f64, b: f64) -> Res<Float64> {
        float::unwarned(a + b, a, b).map(Float64)
    }
    /// `a - b`.
    #[inline]
    pub fn sub(a: f64, b: f64) -> Res<Float64> {
        float::unwarned(a - b, a, b).map(Float64)
    }
    /// `a * b`.
    #[inline]
    pub fn mul(a: f64, b: f64) -> Res<Float64> {
        float::unwarned(a * b, a, b).map(Float64)
    }
    /// `a / b`.
    #[inline]
    pub fn true_div(a: f64, b: f64) -> Res<Float64> {
        if b == 0.0 {
            give_up()
        } else {
            float::unwarned(a / b, a, b).map(Float64)
        }
    }
    /// `a ** b` by the C library.
    #[inline]
    pub fn power(a: f64, b: f64) -> Res<Float64> {
        float::unwarned(float::power(a, b)?, a, b).map(Float64)
    }
    /// `-a`.
    #[inline]
    pub fn neg(a: f64) -> Float64 {
        Float64(-a)
    }
    /// `abs(a)`.
    #[inline]
    pub fn abs(a: f64) -> Float64 {
        Float64(a.abs())
    }
}

/// Arithmetic of `numpy.int64`: a result that does not fit gives up, as NumPy warns and wraps.
pub mod int64 {
    use super::super::exc::{Res, give_up};
    use super::super::int;
    use super::{Float64, Int64};

    /// `a + b`.
    #[inline]
    pub fn add(a: i64, b: i64) -> Res<Int64> {
        int::add(a, b).map(Int64)
    }
    /// `a - b`.
    #[inline]
    pub fn sub(a: i64, b: i64) -> Res<Int64> {
        int::sub(a, b).map(Int64)
    }
    /// `a * b`.
    #[inline]
    pub fn mul(a: i64, b: i64) -> Res<Int64> {
        int::mul(a, b).map(Int64)
    }
    /// `a / b`.
    #[inline]
    pub fn true_div(a: i64, b: i64) -> Res<Float64> {
        if b == 0 {
            give_up()
        } else {
            Ok(Float64(a as f64 / b as f64))
        }
    }
    /// `a // b`.
    #[inline]
    pub fn floor_div(a: i64, b: i64) -> Res<Int64> {
        if b == 0 {
            give_up()
        } else {
            int::floor_div(a, b).map(Int64)
        }
    }
    /// `a % b`.
    #[inline]
    pub fn floor_mod(a: i64, b: i64) -> Res<Int64> {
        if b == 0 {
            give_up()
        } else {
            int::floor_mod(a, b).map(Int64)
        }
    }
}

/// A Python `int` as a 64-bit element.
#[inline]
pub fn fit<I: Int>(i: I) -> Res<i64> {
    i64::narrow(i.wide())
}

/// An `ndarray` of `T` in native byte order.
#[derive(Clone, Debug)]
pub struct Array<T> {
    object: Obj,
    data: *mut u8,
    nd: usize,
    shape: [isize; MOST_AXES],
    strides: [isize; MOST_AXES],
    kept: Cell<bool>,
    element: PhantomData<T>,
}

impl<T: Element> Value for Array<T> {
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        let class = known(&NDARRAY, c"ndarray");
        // SAFETY: exactly an ndarray, whose fields describe live memory; shapes are copied, and nothing runs
        // meanwhile that could change them.
        unsafe {
            if class.is_null() || ffi::Py_TYPE(object) != class {
                return unfit();
            }
            let f = &*object.cast::<Fields>();
            let d = &*f.descr;
            let native = matches!(d.byteorder, b'=' | b'|')
                || d.byteorder
                    == if cfg!(target_endian = "little") {
                        b'<'
                    } else {
                        b'>'
                    };
            let nd = f.nd as usize;
            if d.kind != T::KIND
                || !native
                || nd > MOST_AXES
                || f.flags & ALIGNED == 0
                || !Self::width_fits(f, d)
            {
                return unfit();
            }
            let (mut shape, mut strides) = ([1; MOST_AXES], [0; MOST_AXES]);
            for i in 0..nd {
                shape[i] = *f.dimensions.add(i);
                strides[i] = *f.strides.add(i);
            }
            Ok(Self {
                object: Obj::borrowed(object),
                data: f.data,
                nd,
                shape,
                strides,
                kept: Cell::new(false),
                element: PhantomData,
            })
        }
    }
    fn into_obj(self) -> Res<Obj> {
        Ok(self.object)
    }
}

impl<T: Element> Array<T> {
    /// Whether items have the width of `T`: by the number of their type.
    fn width_fits(_: &Fields, d: &Descr) -> bool {
        match T::KIND {
            b'f' => d.type_num == 12,
            // `long` and `long long` of 64 bits.
            b'i' => d.type_num == 9 || d.type_num == 7 && size_of::<std::ffi::c_long>() == 8,
            _ => d.type_num == 0,
        }
    }

    /// `self.shape[axis]`, of an array of `nd` axes.
    #[inline]
    pub fn extent(&self, nd: usize, axis: usize) -> Res<isize> {
        if self.nd == nd {
            Ok(self.shape[axis])
        } else {
            give_up()
        }
    }

    /// The number of items.
    #[inline]
    pub fn size(&self) -> isize {
        self.shape[..self.nd].iter().product()
    }

    #[inline]
    fn place<const N: usize, I: Int>(&self, indices: [I; N]) -> Res<*mut u8> {
        if self.nd != N {
            return give_up();
        }
        let mut at = self.data;
        for (axis, i) in indices.into_iter().enumerate() {
            let (i, n) = (i.index(), self.shape[axis]);
            let i = if i < 0 { i.wrapping_add(n) } else { i };
            if i < 0 || i >= n {
                return Err(index_error());
            }
            at = at.wrapping_offset(i * self.strides[axis]);
        }
        Ok(at)
    }

    /// `self[i, j…]`.
    #[inline]
    pub fn get<const N: usize, I: Int>(&self, indices: [I; N]) -> Res<T::Scalar> {
        let at = self.place(indices)?;
        // SAFETY: an aligned item inside the array.
        Ok(unsafe { at.cast::<T>().read() }.scalar())
    }

    /// `self[i, j…] = item`.
    #[inline]
    pub fn set<const N: usize, I: Int>(&self, indices: [I; N], item: T) -> Res<()> {
        let at = self.place(indices)?;
        if !self.kept.get() {
            self.keep()?;
        }
        // SAFETY: an aligned item inside a writable array.
        unsafe { at.cast::<T>().write(item) };
        Ok(())
    }

    /// Keeps the contents before the first write.
    #[cold]
    fn keep(&self) -> Res<()> {
        // SAFETY: the fields of a live array.
        if unsafe { (*self.object.ptr().cast::<Fields>()).flags } & WRITEABLE == 0 {
            return give_up();
        }
        self.kept.set(true);
        // SAFETY: as above.
        let is_view = unsafe { !(*self.object.ptr().cast::<Fields>()).base.is_null() };
        if self.object.is_unshared() && !is_view || self.size() == 0 {
            return Ok(());
        }
        let (mut low, mut high) = (self.data, self.data.wrapping_add(size_of::<T>()));
        for axis in 0..self.nd {
            let reach = (self.shape[axis] - 1) * self.strides[axis];
            if reach < 0 {
                low = low.wrapping_offset(reach);
            } else {
                high = high.wrapping_offset(reach);
            }
        }
        // SAFETY: the range from the lowest to the highest item belongs to the array's memory.
        unsafe { journal::bytes(&self.object, low, high as usize - low as usize) }
    }

    /// `len(self)`.
    #[inline]
    pub fn first_extent(&self) -> Res<isize> {
        if self.nd == 0 {
            give_up()
        } else {
            Ok(self.shape[0])
        }
    }

    /// The items of an array of one axis.
    #[inline]
    pub fn iter(&self) -> Elements<T> {
        Elements(self.clone(), 0)
    }
}

/// The items of an array of one axis.
#[derive(Debug)]
pub struct Elements<T>(Array<T>, i64);

impl<T: Element> Elements<T> {
    /// The next item.
    #[inline]
    pub fn next(&mut self) -> Res<Option<T::Scalar>> {
        if self.0.nd != 1 {
            return give_up();
        }
        if self.1 >= self.0.shape[0] as i64 {
            return Ok(None);
        }
        self.1 += 1;
        self.0.get([self.1 - 1]).map(Some)
    }
}

/// `numpy.zeros(shape, dtype)` by the program's own NumPy; a dtype of `None` is the default.
pub fn zeros<T: Element>(function: &Obj, shape: &Obj, dtype: Option<&Obj>) -> Res<Array<T>> {
    let arguments = [shape.ptr(), dtype.map_or(std::ptr::null_mut(), Obj::ptr)];
    // SAFETY: a C function of NumPy with builtin arguments.
    let made = unsafe {
        Obj::owned(ffi::PyObject_Vectorcall(
            function.ptr(),
            arguments.as_ptr(),
            1 + usize::from(dtype.is_some()),
            std::ptr::null_mut(),
        ))?
    };
    Array::from_obj(&made)
}
