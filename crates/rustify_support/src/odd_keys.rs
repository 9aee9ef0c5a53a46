//! Values that Python does not take as keys, or that have hashes of their own: dicts and sets of them are Python's.

use super::array::Array;
use super::bytearray::ByteArray;
use super::complex::Complex;
use super::deque::Deque;
use super::dict::Dict;
use super::exc::{Res, give_up};
use super::list::List;
use super::maps::{Counter, Default};
use super::record::Record;
use super::scalar::Element;
use super::set::Set;
use super::value::{Key, Value};

macro_rules! no_keys {
    ($(($($generics:tt)*) $name:ty;)*) => {$(
        impl<$($generics)*> Key for $name {
            fn check_key(&self) -> Res<()> {
                give_up()
            }
        }
    )*};
}

no_keys! {
    (T: Value) List<T>;
    (T: Value) Set<T>;
    (T: Value) Deque<T>;
    (K: Value, V: Value) Dict<K, V>;
    (K: Value, V: Value) Default<K, V>;
    (K: Value, V: Value) Counter<K, V>;
    (T: Element, const N: usize) Array<T, N>;
    () ByteArray;
    () Record;
}

impl Key for Complex {
    fn check_key(&self) -> Res<()> {
        let again = *self;
        if again == *self { Ok(()) } else { give_up() }
    }
}
