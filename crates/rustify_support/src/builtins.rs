//! `sum`, `sorted` and what they need.

use std::cmp::Ordering;

use pyo3_ffi as ffi;

use super::any;
use super::exc::{Exc, Res, give_up};
use super::int::{self, Int};
use super::list::{List, room};
use super::list_items::Items;
use super::num::{Num, Number};
use super::obj::Obj;
use super::text::{Char, Str};
use super::value::Value;

/// What `sum` has added so far: exact for `int`, compensated for `float` from Python 3.12 on.
#[derive(Clone, Copy, Debug)]
pub struct Sum<I> {
    total: Num<I>,
    lost: f64,
}

impl<I: Int> Sum<I> {
    /// Starts at a value.
    #[inline]
    pub fn new(start: impl Number<I>) -> Self {
        Self {
            total: start.num(),
            lost: 0.0,
        }
    }

    /// Adds one item.
    #[inline]
    pub fn add(&mut self, item: impl Number<I>) -> Res<()> {
        self.total = match (self.total, item.num()) {
            (Num::Int(a), Num::Int(b)) => Num::Int(int::add(a, b)?),
            (Num::Float(a), Num::Int(b)) => Num::Float(a + b.to_f64()),
            (Num::Float64(_) | Num::Int64(_), _) | (_, Num::Float64(_) | Num::Int64(_)) => {
                let so_far = self.finish();
                self.lost = 0.0;
                super::num::add(so_far, item)?
            }
            (a, Num::Float(x)) => {
                // The first `float` is added by the ordinary addition.
                let sum = a.float();
                let total = sum + x;
                if cfg!(Py_3_12) && matches!(a, Num::Float(_)) {
                    // Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974).
                    self.lost += if sum.abs() >= x.abs() {
                        (sum - total) + x
                    } else {
                        (x - total) + sum
                    };
                }
                Num::Float(total)
            }
        };
        Ok(())
    }

    /// The sum of nothing but `int`.
    #[inline]
    pub fn int(self) -> Res<I> {
        match self.total {
            Num::Int(i) => Ok(i),
            Num::Float(_) | Num::Float64(_) | Num::Int64(_) => give_up(),
        }
    }

    /// The sum.
    #[inline]
    pub fn finish(self) -> Num<I> {
        match self.total {
            Num::Float(f) if self.lost != 0.0 && self.lost.is_finite() => Num::Float(f + self.lost),
            total => total,
        }
    }
}

/// Values in a total order, as keys of a sort.
pub trait Ordered {
    /// How two values compare; NaN gives up.
    fn order(&self, other: &Self) -> Res<Ordering>;

    /// Whether `self < other`, which NaN never is.
    #[inline]
    fn less(&self, other: &Self) -> Res<bool> {
        Ok(self.order(other)? == Ordering::Less)
    }

    /// Whether `self > other`.
    #[inline]
    fn greater(&self, other: &Self) -> Res<bool> {
        Ok(self.order(other)? == Ordering::Greater)
    }
}

/// A type of numbers that compare as `less` says.
macro_rules! numbers_compare {
    ($less:expr) => {
        #[inline]
        fn less(&self, other: &Self) -> Res<bool> {
            Ok($less(*self, *other))
        }
        #[inline]
        fn greater(&self, other: &Self) -> Res<bool> {
            Ok($less(*other, *self))
        }
    };
}

macro_rules! ordered {
    ($($t:ty),*) => {$(
        impl Ordered for $t {
            #[inline]
            fn order(&self, other: &Self) -> Res<Ordering> {
                Ok(self.cmp(other))
            }
        }
    )*};
}
ordered!(i64, i128, bool, Char);

impl Ordered for f64 {
    #[inline]
    fn order(&self, other: &Self) -> Res<Ordering> {
        self.partial_cmp(other).ok_or(Exc::GIVE_UP)
    }
    numbers_compare!(|a, b| a < b);
}
impl<I: Int> Ordered for Num<I> {
    #[inline]
    fn order(&self, other: &Self) -> Res<Ordering> {
        super::num::order(*self, *other).ok_or(Exc::GIVE_UP)
    }
    numbers_compare!(super::num::lt::<I>);
}
macro_rules! ordered_grown {
    ($($t:ty),*) => {$(
        impl<I: Int> Ordered for super::grown::Grown<I, $t> {
            #[inline]
            fn order(&self, other: &Self) -> Res<Ordering> {
                match (self, other) {
                    (Self::Int(_) | Self::Np(_), Self::Int(_) | Self::Np(_)) => {
                        Ok(self.wide().cmp(&other.wide()))
                    }
                    _ => give_up(),
                }
            }
        }
    )*};
}

ordered_grown!(i8, i16, i32, i64, u8, u16, u32, u64);

impl<I: Int> Ordered for super::grown::Grown<I, f32> {
    #[inline]
    fn order(&self, other: &Self) -> Res<Ordering> {
        super::grown::order(*self, *other)?.map_or_else(give_up, Ok)
    }
}

impl Ordered for super::scalar::Float64 {
    #[inline]
    fn order(&self, other: &Self) -> Res<Ordering> {
        self.0.order(&other.0)
    }
    numbers_compare!(|a: Self, b: Self| a.0 < b.0);
}
impl Ordered for super::scalar::Int64 {
    #[inline]
    fn order(&self, other: &Self) -> Res<Ordering> {
        Ok(self.0.cmp(&other.0))
    }
}
impl Ordered for Str {
    #[inline]
    fn order(&self, other: &Self) -> Res<Ordering> {
        Ok(super::text::order(self, other)?.cmp(&0))
    }
}
/// The items of a named tuple whose class compares as tuples do.
fn as_tuple(object: &Obj) -> Res<Option<Obj>> {
    let tuple = &raw mut ffi::PyTuple_Type;
    // SAFETY: a live object, and its class; the slice is taken of a tuple.
    unsafe {
        let class = object.class();
        if class == tuple
            || ffi::PyType_IsSubtype(class, tuple) == 0
            || (*class).tp_richcompare.map(|f| f as usize)
                != (*tuple).tp_richcompare.map(|f| f as usize)
        {
            return Ok(None);
        }
        let n = ffi::PyTuple_GET_SIZE(object.ptr());
        Ok(Some(Obj::owned(ffi::PyTuple_GetSlice(object.ptr(), 0, n))?))
    }
}

impl Ordered for Obj {
    fn order(&self, other: &Self) -> Res<Ordering> {
        // Tuples ask whether items are equal first, and those that are need no order.
        let less = |a, b| any::lt(a, b).or_else(|_| super::exc::give_up());
        if let (Some(a), Some(b)) = (as_tuple(self)?, as_tuple(other)?) {
            return a.order(&b);
        }
        if less(self, other)? {
            return Ok(Ordering::Less);
        }
        if less(other, self)? {
            return Ok(Ordering::Greater);
        }
        // Some values have an order only in part: neither less, nor equal.
        if any::eq(self, other)? {
            return Ok(Ordering::Equal);
        }
        super::exc::give_up()
    }
    fn less(&self, other: &Self) -> Res<bool> {
        if as_tuple(self)?.is_some() {
            return Ok(self.order(other)? == Ordering::Less);
        }
        any::lt(self, other).or_else(|_| super::exc::give_up())
    }
    fn greater(&self, other: &Self) -> Res<bool> {
        other.less(self)
    }
}

macro_rules! ordered_tuples {
    ($(($($T:ident $i:tt),+);)*) => {$(
        impl<$($T: Ordered),+> Ordered for ($($T,)+) {
            fn order(&self, other: &Self) -> Res<Ordering> {
                $(match self.$i.order(&other.$i)? {
                    Ordering::Equal => {}
                    unequal => return Ok(unequal),
                })+
                Ok(Ordering::Equal)
            }
        }
    )*};
}
ordered_tuples! {
    (A 0); (A 0, B 1); (A 0, B 1, C 2); (A 0, B 1, C 2, D 3); (A 0, B 1, C 2, D 3, E 4);
    (A 0, B 1, C 2, D 3, E 4, F 5); (A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
}

/// Items with their keys, to be sorted.
#[derive(Debug)]
pub struct Keyed<K, T>(Vec<(K, T)>);

impl<K: Ordered, T: Value> Keyed<K, T> {
    /// Nothing yet.
    #[expect(clippy::new_without_default, reason = "made by translated code only")]
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// One more item.
    pub fn push(&mut self, key: K, item: T) -> Res<()> {
        self.0.try_reserve(1).map_err(|_| Exc::GIVE_UP)?;
        self.0.push((key, item));
        Ok(())
    }

    /// The items in the order of their keys; equal ones stay in order, also when reversed.
    pub fn sorted(mut self, reverse: bool) -> Res<List<T>> {
        let mut failed = None;
        self.0.sort_by(|(a, _), (b, _)| {
            let order = if reverse { b.order(a) } else { a.order(b) };
            order.unwrap_or_else(|e| {
                failed = Some(e);
                Ordering::Equal
            })
        });
        if let Some(e) = failed {
            return Err(e);
        }
        List::with_items(self.0.into_iter().map(|(_, item)| item).collect())
    }
}

/// `sorted(items, reverse=reverse)` of a new list, by the interpreter's own sort.
pub fn sort_new<T: Value>(list: List<T>, reverse: bool) -> Res<List<T>> {
    if reverse {
        list.reverse()?;
    }
    list.sort()?;
    if reverse {
        list.reverse()?;
    }
    Ok(list)
}

/// The smaller of two, the first where they are equal.
#[inline]
pub fn min<T: Ordered>(a: T, b: T) -> Res<T> {
    Ok(if b.less(&a)? { b } else { a })
}

/// The larger of two, the first where they are equal.
#[inline]
pub fn max<T: Ordered>(a: T, b: T) -> Res<T> {
    Ok(if b.greater(&a)? { b } else { a })
}

/// Whether `a == b`.
#[inline]
pub fn is_same<T: Ordered>(a: &T, b: &T) -> Res<bool> {
    Ok(a.order(b)? == Ordering::Equal)
}

/// Whether `a < b`.
#[inline]
pub fn is_less<T: Ordered>(a: &T, b: &T) -> Res<bool> {
    a.less(b)
}

/// Whether `a > b`.
#[inline]
pub fn is_greater<T: Ordered>(a: &T, b: &T) -> Res<bool> {
    a.greater(b)
}

/// `zip(*parts)` of a list or tuple of builtin containers.
pub fn zip_spread(parts: &Obj) -> Res<any::Iter> {
    let mut items = any::iter(parts)?;
    let mut all = Vec::new();
    while let Some(item) = items.next()? {
        if !any::is_sequence(&item) {
            return give_up();
        }
        all.push(item);
    }
    // SAFETY: `zip` walks through builtin containers, which runs no Python code.
    unsafe {
        let tuple = Obj::owned(ffi::PyTuple_New(all.len() as isize))?;
        for (i, item) in all.into_iter().enumerate() {
            ffi::PyTuple_SET_ITEM(tuple.ptr(), i as isize, item.into_ptr());
        }
        let zip = (&raw mut ffi::PyZip_Type).cast();
        let made = Obj::owned(ffi::PyObject_Call(zip, tuple.ptr(), std::ptr::null_mut()))?;
        Ok(any::Iter::over(made))
    }
}

/// The columns of lists that are walked through in step.
#[derive(Debug)]
pub struct Columns<T>(Vec<Items<T>>);

/// `zip(*rows)`, with lists for tuples.
pub fn columns<T: Value>(rows: &List<List<T>>) -> Res<Columns<T>> {
    let mut all = room(rows.length() as usize)?;
    let mut rows = rows.iter();
    while let Some(row) = rows.next()? {
        all.push(row.iter());
    }
    Ok(Columns(all))
}

impl<T: Value> Columns<T> {
    /// The next column: none behind the end of the first row that ends.
    pub fn next(&mut self) -> Res<Option<List<T>>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let mut column = room(self.0.len())?;
        for row in &mut self.0 {
            match row.next()? {
                Some(item) => column.push(item),
                None => return Ok(None),
            }
        }
        List::with_items(column).map(Some)
    }
}
