//! Several turns of a loop at once, where each adds up floats of its own: the sums then do not wait for each other, and
//! each keeps its order.

use std::ops::{Add, Mul, Neg, Range, Sub};

use super::exc::{self, Exc, Res};
use super::int::Int;
use super::list_store::Store;
use super::value::Value;
use super::view::View;

/// So many turns go at once.
pub const WIDTH: usize = 8;

/// A float of each turn.
#[derive(Clone, Copy, Debug)]
pub struct Abreast([f64; WIDTH]);

/// Whether a range has enough turns left.
#[inline]
pub fn fits<I: Int>(turns: &Range<I>) -> bool {
    let width = I::of(WIDTH as isize);
    turns.start < turns.end
        && turns
            .end
            .checked_sub(turns.start)
            .is_some_and(|n| n >= width)
}

impl Abreast {
    /// One float for all turns.
    #[inline]
    pub fn of(value: f64) -> Self {
        Self([value; WIDTH])
    }

    /// The float of each turn by itself.
    #[inline]
    pub fn each<I: Int>(mut value: impl FnMut(I) -> Res<f64>) -> Res<Self> {
        let mut all = [0.0; WIDTH];
        for (turn, place) in all.iter_mut().enumerate() {
            *place = value(I::of(turn as isize))?;
        }
        Ok(Self(all))
    }

    /// The float of one turn.
    #[inline]
    pub fn turn(&self, turn: usize) -> f64 {
        self.0[turn]
    }

    /// The same floats in memory, from where each turn takes its own: so the loop that adds them up can keep them in
    /// registers.
    #[inline]
    pub fn laid(self) -> Self {
        Self(std::hint::black_box(self.0))
    }

    /// `self / other`.
    #[inline]
    pub fn over(self, other: Self) -> Res<Self> {
        if other.0.contains(&0.0) {
            return Err(exc::float_by_zero());
        }
        Ok(self.with(other, |a, b| a / b))
    }

    #[inline]
    fn with(mut self, other: Self, work: impl Fn(f64, f64) -> f64) -> Self {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a = work(*a, b);
        }
        self
    }
}

impl Add for Abreast {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        self.with(other, |a, b| a + b)
    }
}

impl Sub for Abreast {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        self.with(other, |a, b| a - b)
    }
}

impl Mul for Abreast {
    type Output = Self;
    #[inline]
    fn mul(self, other: Self) -> Self {
        self.with(other, |a, b| a * b)
    }
}

impl Neg for Abreast {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        self.with(self, |a, _| -a)
    }
}

/// A turn cannot have its item: one turn after the other will tell which.
#[cold]
fn outside<T>() -> Res<T> {
    Err(Exc::GIVE_UP)
}

/// Whether all of so many places from one on are inside.
#[inline]
fn place<I: Int>(i: I, length: usize) -> Option<usize> {
    let at = i.index();
    (at >= 0 && length >= WIDTH && at as usize <= length - WIDTH).then_some(at as usize)
}

impl View<f64> {
    /// `list[i]` of this turn, and the items after it for the next ones.
    #[inline]
    pub fn abreast<I: Int>(&self, i: I) -> Res<Abreast> {
        let Some(at) = place(i, self.length() as usize) else {
            return outside();
        };
        // SAFETY: places inside.
        unsafe {
            if self.objects.is_null() {
                return Ok(Abreast(self.items.add(at).cast::<[f64; WIDTH]>().read()));
            }
            Abreast::each(|turn: i64| f64::from_ptr(*self.objects.add(at + turn as usize)))
        }
    }
}

impl Store<f64> {
    /// As [`View::abreast`].
    #[inline]
    pub(super) fn abreast<I: Int>(&self, i: I) -> Res<Abreast> {
        if self.is_native() {
            let Some(at) = place(i, self.native_length()) else {
                return outside();
            };
            // SAFETY: the items are in Rust, and the places are inside.
            return Ok(Abreast(unsafe {
                self.place(at).cast::<[f64; WIDTH]>().read()
            }));
        }
        self.view().abreast(i)
    }
}
