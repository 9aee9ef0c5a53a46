//! The order of containers and of values that stand for objects: item by item, or as the objects have it.

use std::cmp::Ordering;

use super::array::Array;
use super::builtins::Ordered;
use super::bytearray::ByteArray;
use super::complex::Complex;
use super::deque::Deque;
use super::dict::Dict;
use super::exc::{Exc, Res, give_up};
use super::list::List;
use super::maps::{Counter, Default};
use super::record::Record;
use super::scalar::{
    Bool8, Complex64, Complex128, Element, Float32, Int8, Int16, Int32, UInt8, UInt16, UInt32,
    UInt64,
};
use super::set::{FrozenSet, Set};
use super::text::Bytes;
use super::tuple::Tuple;
use super::value::{Key, Value};

macro_rules! item_by_item {
    ($($t:ident)*) => {$(
        impl<T: Value + Ordered> Ordered for $t<T> {
            fn order(&self, other: &Self) -> Res<Ordering> {
                let (n, m) = (self.length(), other.length());
                for at in 0..n.min(m) {
                    match self.get(at as i64)?.order(&other.get(at as i64)?)? {
                        Ordering::Equal => {}
                        unequal => return Ok(unequal),
                    }
                }
                Ok(n.cmp(&m))
            }
        }
    )*};
}
item_by_item! { List Tuple }

impl<T: Value + Ordered> Ordered for Option<T> {
    fn order(&self, other: &Self) -> Res<Ordering> {
        match (self, other) {
            (Some(a), Some(b)) => a.order(b),
            // Equal in a tuple, an error by itself.
            _ => give_up(),
        }
    }
}

impl Ordered for () {
    fn order(&self, _other: &Self) -> Res<Ordering> {
        give_up()
    }
}

macro_rules! numbers_of_numpy {
    ($($t:ident)*) => {$(
        impl Ordered for $t {
            #[inline]
            fn order(&self, other: &Self) -> Res<Ordering> {
                self.0.partial_cmp(&other.0).ok_or(Exc::GIVE_UP)
            }
        }
    )*};
}
numbers_of_numpy! { Float32 Int8 Int16 Int32 UInt8 UInt16 UInt32 UInt64 }

macro_rules! as_objects {
    ($([$($bounds:tt)*] $t:ty;)*) => {$(
        impl<$($bounds)*> Ordered for $t {
            fn order(&self, other: &Self) -> Res<Ordering> {
                self.to_obj()?.order(&other.to_obj()?)
            }
        }
    )*};
}
as_objects! {
    [] Bytes;
    [] ByteArray;
    [] Complex;
    [] Record;
    [] Bool8;
    [] Complex64;
    [] Complex128;
    [T: Value + Key] Set<T>;
    [T: Value + Key] FrozenSet<T>;
    [T: Value] Deque<T>;
    [K: Value, V: Value] Dict<K, V>;
    [K: Value, V: Value] Counter<K, V>;
    [K: Value, V: Value] Default<K, V>;
    [T: Element, const N: usize] Array<T, N>;
}
