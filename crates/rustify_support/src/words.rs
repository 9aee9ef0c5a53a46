//! What translated functions use all the time.

pub use super::abreast::{self, Abreast};
pub use super::any;
pub use super::array::{self, Array, Part};
pub use super::attach::Arguments;
pub use super::bits;
pub use super::builtins::{self, Keyed, Sum};
pub use super::bytearray::ByteArray;
pub use super::callable::{self, Callable, Shared};
pub use super::capture::import;
pub use super::chars;
pub use super::complex::{self, Complex};
pub use super::copying;
pub use super::dense;
pub use super::deque::Deque;
pub use super::dict::Dict;
pub use super::dict_views;
pub use super::errstate;
pub use super::exc::{self, Exc, Res};
pub use super::float;
pub use super::fused;
pub use super::grown::{self, Grown};
pub use super::heap;
pub use super::instance;
pub use super::int::{self, Int as Integer};
pub use super::iterators::{self, Iter, Turn};
pub use super::line::{self, Form, Line};
pub use super::list::List;
pub use super::low_bits::LowBits;
pub use super::maps::{self, Counter, Default};
pub use super::math;
pub use super::namespace;
pub use super::ndmath::{self as scalar, Arithmetic, float64, int64};
pub use super::num::{self, Num};
pub use super::numerals;
pub use super::obj::Obj;
pub use super::partials;
pub use super::patterns;
pub use super::raised;
pub use super::range::{count_from, range, upto};
pub use super::real::{self, Real};
pub use super::record::{self, Record};
pub use super::recursion;
pub use super::scalar::{
    Bool8, Complex8, Complex64, Complex128, Flag, Float32, Float64, Int8, Int16, Int32, Int64,
    UInt8, UInt16, UInt32, UInt64,
};
pub use super::searches;
pub use super::set::{FrozenSet, Set};
pub use super::shade::Shades;
pub use super::strings;
pub use super::text::{self, Bytes, Char, Str, Text};
pub use super::text_numbers;
pub use super::tuple::{self, Tuple};
pub use super::turns::{Free, Strips, Ticks, held_again, poll, poll_free};
pub use super::value::{self, Value, bound, bound_mut, python_only, some};
#[allow(unused_imports, reason = "for generated files that have such loops")]
pub(crate) use super::width::each;
pub use super::{
    ndabout, ndcall, ndchosen, ndmake, ndmeans, ndnew, ndpick, ndquantile, ndreduce, ndtotal,
    products,
};

use super::exc::value_error;

/// Leaves a `try` with the error of a result.
macro_rules! attempt {
    ($label:lifetime, $result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => break $label error,
        }
    };
}
#[allow(unused_imports)]
pub(crate) use attempt;

/// Goes to a `finally` with the error of a result.
macro_rules! attempt_finally {
    ($label:lifetime, $result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => break $label Err(error),
        }
    };
}
#[allow(unused_imports)]
pub(crate) use attempt_finally;

/// The argument of a parameter.
#[inline]
pub fn argument<T: Value>(arguments: Arguments<'_>, i: usize) -> Res<T> {
    // SAFETY: Python keeps the arguments alive during the call.
    unsafe { T::from_ptr(arguments[i]) }
}

/// An `int` in 128 bits.
#[inline]
pub fn wide<I: Integer>(i: I) -> i128 {
    i.wide()
}

/// `a % b` of wide values.
#[inline]
pub fn narrow_mod<I: Integer>(a: i128, b: i128) -> Res<I> {
    // Most values fit 64 bits, whose division takes a fraction of the time.
    if let (Ok(x), Ok(y)) = (i64::try_from(a), i64::try_from(b)) {
        return I::narrow(i128::from(int::floor_mod(x, y)?));
    }
    I::narrow(int::floor_mod(a, b)?)
}

/// `a & b` of wide values.
#[inline]
pub fn narrow_and<I: Integer>(a: LowBits, b: i128) -> Res<I> {
    I::narrow(a.and(b)?)
}

/// `ord(c)`.
#[inline]
pub fn code<I: Integer>(c: Char) -> I {
    I::of(c.0 as isize)
}

/// An exception class of the program.
#[inline]
pub fn exception_class(class: Obj) -> Exc {
    // The capture keeps the class alive.
    Exc::of_class(class.ptr())
}

/// Gives up unless there are so many values to unpack.
#[inline]
pub fn at_least(have: isize, want: isize) -> Res<()> {
    if have >= want {
        Ok(())
    } else {
        Err(value_error())
    }
}

/// Gives up unless there are so many values.
#[inline]
pub fn exactly(have: isize, want: isize) -> Res<()> {
    if have == want { Ok(()) } else { python_only() }
}

/// `tuple(list)`.
pub fn as_tuple<T: Value>(list: &List<T>) -> Res<Tuple<T>> {
    // SAFETY: exactly a list; the tuple is filled before anybody sees it.
    unsafe {
        if !list.is_native() {
            let tuple = pyo3_ffi::PyList_AsTuple(list.to_obj()?.ptr());
            return Tuple::from_obj(&Obj::owned(tuple)?);
        }
        let n = list.length();
        let mut items = Vec::new();
        for at in 0..n {
            items.push(list.at(at as usize)?.into_obj()?);
        }
        let tuple = Obj::owned(pyo3_ffi::PyTuple_New(n))?;
        for (at, item) in items.into_iter().enumerate() {
            pyo3_ffi::PyTuple_SET_ITEM(tuple.ptr(), at as isize, item.into_ptr());
        }
        Tuple::from_obj(&tuple)
    }
}

/// `()`.
pub fn empty_tuple() -> Res<Tuple<Obj>> {
    // SAFETY: makes the empty tuple.
    let tuple = unsafe { Obj::owned(pyo3_ffi::PyTuple_New(0))? };
    Tuple::from_obj(&tuple)
}

/// `text += other` of a variable that may have no value.
pub fn push_bound(text: &mut Option<Str>, other: &impl Text) -> Res<()> {
    match text {
        Some(text) => text.push(other),
        None => python_only(),
    }
}
