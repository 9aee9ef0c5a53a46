//! Sums, products and extremes of small arrays by NumPy's own inner loops.

use std::cell::Cell;

use super::array::Array;
use super::exc::Res;
use super::flags::{calm, check};
use super::loops::{Found, Loop};
use super::ndreduce::Kind;
use super::scalar::{Element, Flag};

/// The most items that are added up here: NumPy has the same order for more, but not for all shapes.
const MOST: isize = 4096;

/// Whether the order of sums of a float is NumPy's, once that was looked at.
#[derive(Debug)]
pub struct Order(pub(super) Cell<Option<bool>>);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Order {}

/// Elements that can be added up and compared.
pub trait Reduced: Element {
    /// What sums are.
    type Sum: Reduced;
    /// Nothing.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// As a part of a sum.
    fn widen(self) -> Self::Sum;
    /// The sum, wrapped.
    fn plus(self, other: Self) -> Self;
    /// The product, wrapped.
    fn times(self, other: Self) -> Self;
    /// Whether it is less than another.
    fn precedes(self, other: Self) -> bool;
    /// Whether it is not less or equal: of floats also where one is NaN.
    fn exceeds(self, other: Self) -> bool;
    /// Whether it is anything but zero.
    fn is_set(self) -> bool;
    /// Whether it is NaN.
    fn is_nan(self) -> bool;
    /// As a whole number, if it is one that floats hold.
    fn whole(self) -> Option<i64>;
    /// NumPy's loop for floats.
    fn way(kind: Kind) -> Option<Res<Loop>>;
    /// What is known of NumPy's order of adding up floats.
    fn order() -> Option<&'static Order>;
}

macro_rules! wholes {
    ($($t:ty => $sum:ty;)*) => {$(
        impl Reduced for $t {
            type Sum = $sum;
            const ZERO: Self = 0;
            const ONE: Self = 1;
            #[inline]
            fn widen(self) -> $sum {
                self as $sum
            }
            #[inline]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline]
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[inline]
            fn precedes(self, other: Self) -> bool {
                self < other
            }
            #[inline]
            fn exceeds(self, other: Self) -> bool {
                self > other
            }
            #[inline]
            fn is_set(self) -> bool {
                self != 0
            }
            #[inline]
            fn is_nan(self) -> bool {
                false
            }
            #[inline]
            fn whole(self) -> Option<i64> {
                i64::try_from(self).ok().filter(|i| i.unsigned_abs() < 1 << 40)
            }
            #[inline]
            fn way(_: Kind) -> Option<Res<Loop>> {
                None
            }
            #[inline]
            fn order() -> Option<&'static Order> {
                None
            }
        }
    )*};
}

wholes! {
    i8 => i64;
    i16 => i64;
    i32 => i64;
    i64 => i64;
    u8 => u64;
    u16 => u64;
    u32 => u64;
    u64 => u64;
}

impl Reduced for Flag {
    type Sum = i64;
    const ZERO: Self = Self(0);
    const ONE: Self = Self(1);
    #[inline]
    fn widen(self) -> i64 {
        i64::from(self.truth())
    }
    #[inline]
    fn plus(self, other: Self) -> Self {
        Self::from(self.truth() || other.truth())
    }
    #[inline]
    fn times(self, other: Self) -> Self {
        Self::from(self.truth() && other.truth())
    }
    #[inline]
    fn precedes(self, other: Self) -> bool {
        !self.truth() && other.truth()
    }
    #[inline]
    fn exceeds(self, other: Self) -> bool {
        self.truth() && !other.truth()
    }
    #[inline]
    fn is_set(self) -> bool {
        self.truth()
    }
    #[inline]
    fn is_nan(self) -> bool {
        false
    }
    #[inline]
    fn whole(self) -> Option<i64> {
        Some(self.widen())
    }
    #[inline]
    fn way(_: Kind) -> Option<Res<Loop>> {
        None
    }
    #[inline]
    fn order() -> Option<&'static Order> {
        None
    }
}

macro_rules! floats {
    ($($t:ty, $types:literal;)*) => {$(
        impl Reduced for $t {
            type Sum = $t;
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            #[inline]
            fn widen(self) -> $t {
                self
            }
            #[inline]
            fn plus(self, other: Self) -> Self {
                self + other
            }
            #[inline]
            fn times(self, other: Self) -> Self {
                self * other
            }
            #[inline]
            fn precedes(self, other: Self) -> bool {
                self < other
            }
            #[inline]
            #[allow(clippy::neg_cmp_op_on_partial_ord, reason = "NaN exceeds all")]
            fn exceeds(self, other: Self) -> bool {
                !(self <= other)
            }
            #[inline]
            fn is_set(self) -> bool {
                self != 0.0
            }
            #[inline]
            fn is_nan(self) -> bool {
                <$t>::is_nan(self)
            }
            #[inline]
            fn whole(self) -> Option<i64> {
                None
            }
            #[inline]
            fn way(kind: Kind) -> Option<Res<Loop>> {
                static ADD: Found = Found::new();
                static MULTIPLY: Found = Found::new();
                static MINIMUM: Found = Found::new();
                static MAXIMUM: Found = Found::new();
                Some(match kind {
                    Kind::Sum => ADD.get(None, c"add", $types),
                    Kind::Prod => MULTIPLY.get(None, c"multiply", $types),
                    Kind::Min => MINIMUM.get(None, c"minimum", $types),
                    Kind::Max => MAXIMUM.get(None, c"maximum", $types),
                    Kind::Any | Kind::All => return None,
                })
            }
            #[inline]
            fn order() -> Option<&'static Order> {
                static ORDER: Order = Order(Cell::new(None));
                Some(&ORDER)
            }
        }
    )*};
}

floats! {
    f64, b"ddd";
    f32, b"fff";
}

/// Items at equal steps.
#[derive(Clone, Copy)]
pub(super) struct Lane<T> {
    pub(super) from: *const T,
    pub(super) count: usize,
    pub(super) step: isize,
}

impl<T: Reduced> Lane<T> {
    #[inline]
    pub(super) fn item(self, i: usize) -> T {
        // SAFETY: one of the items.
        unsafe {
            self.from
                .cast::<u8>()
                .offset(i as isize * self.step)
                .cast::<T>()
                .read()
        }
    }

    #[inline]
    pub(super) fn items(self) -> impl Iterator<Item = T> {
        (0..self.count).map(move |i| self.item(i))
    }

    /// All items but the first.
    #[inline]
    pub(super) fn rest(self) -> Self {
        Self {
            from: self.from.wrapping_byte_offset(self.step),
            count: self.count - 1,
            step: self.step,
        }
    }

    /// The same from another item on.
    #[inline]
    pub(super) fn at(self, i: usize) -> Self {
        Self {
            from: self.from.wrapping_byte_offset(i as isize * self.step),
            ..self
        }
    }

    /// What becomes of a first value and all items, by NumPy's loop for floats.
    #[inline]
    pub(super) fn folded(self, first: T::Sum, kind: Kind) -> Res<T::Sum> {
        match T::Sum::way(kind) {
            Some(way) if T::TYPE_NUM == T::Sum::TYPE_NUM => {
                let mut folded = first;
                if self.count > 0 {
                    // SAFETY: items of the type that the loop is for.
                    unsafe {
                        way?.fold(
                            (&raw mut folded).cast(),
                            self.from.cast(),
                            self.step,
                            self.count,
                        );
                    }
                }
                Ok(folded)
            }
            _ => Ok(self.items().fold(first, |folded, item| {
                let item = item.widen();
                let takes = match kind {
                    Kind::Sum => return folded.plus(item),
                    Kind::Prod => return folded.times(item),
                    Kind::Min => item.precedes(folded),
                    _ => folded.precedes(item),
                };
                if takes { item } else { folded }
            })),
        }
    }
}

/// The items of a small array in the order of memory, if there are any, and none lie between them.
#[inline]
pub(super) fn lane<T: Reduced, const N: usize>(array: &Array<T, N>) -> Option<Lane<T>> {
    let (shape, strides) = (array.shape(), array.strides());
    let count = array.size();
    if count <= 0 || count > MOST {
        return None;
    }
    let width = size_of::<T>() as isize;
    let step = if N == 1 && (strides[0] > 0 || count == 1) {
        strides[0].max(width)
    } else {
        let mut size = width;
        for axis in (0..N).rev() {
            if strides[axis] != size && shape[axis] > 1 {
                return None;
            }
            size *= shape[axis];
        }
        width
    };
    Some(Lane {
        from: array.data().cast_const().cast(),
        count: count as usize,
        step,
    })
}

/// The reduction of all items of a small array; nothing where NumPy is to do it.
pub(super) fn of_all<T: Reduced, const N: usize>(
    kind: Kind,
    array: &Array<T, N>,
) -> Option<Res<T::Sum>> {
    let lane = lane(array)?;
    calm();
    let folded = match kind {
        Kind::Sum => lane.folded(T::Sum::ZERO, kind),
        Kind::Prod => lane.folded(T::Sum::ONE, kind),
        _ => lane.rest().folded(lane.item(0).widen(), kind),
    };
    Some(folded.and_then(|folded| check().map(|()| folded)))
}

/// The reduction along one axis of a small array of two, whose results lie in a row.
pub(super) fn of_lines<T: Reduced, const N: usize>(
    kind: Kind,
    array: &Array<T, N>,
    axis: usize,
    to: &mut [T::Sum],
) -> Option<Res<()>> {
    let all = lane(array).filter(|_| N == 2 && axis < 2)?;
    let (rows, columns) = (array.shape()[0] as usize, array.shape()[1] as usize);
    let line = |i: usize, count: usize, step: isize| Lane {
        from: all.from.wrapping_add(i),
        count,
        step,
    };
    let width = size_of::<T>() as isize;
    calm();
    let mut run = || {
        if axis == 1 || columns == 1 {
            for (i, to) in to.iter_mut().enumerate() {
                let line = match axis {
                    1 => line(i * columns, columns, width),
                    _ => line(0, rows, width),
                };
                *to = match kind {
                    Kind::Sum => line.folded(T::Sum::ZERO, kind)?,
                    _ => line.rest().folded(line.item(0).widen(), kind)?,
                };
            }
            return check();
        }
        if kind == Kind::Sum {
            to.fill(T::Sum::ZERO);
            for i in 0..rows {
                let line = line(i * columns, columns, width);
                for (j, to) in to.iter_mut().enumerate() {
                    *to = to.plus(line.item(j).widen());
                }
            }
            return check();
        }
        let first = line(0, columns, width);
        for (j, to) in to.iter_mut().enumerate() {
            *to = first.item(j).widen();
        }
        for i in 1..rows {
            let line = line(i * columns, columns, width);
            match T::way(kind) {
                // SAFETY: items of the type that the loop is for, in rows of the same length.
                Some(way) => unsafe {
                    way?.merge::<T>(to.as_mut_ptr().cast(), line.from.cast(), columns);
                },
                None => {
                    for (j, to) in to.iter_mut().enumerate() {
                        *to = Lane { count: 1, ..line }.at(j).folded(*to, kind)?;
                    }
                }
            }
        }
        check()
    };
    Some(run())
}
