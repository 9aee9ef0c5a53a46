//! The two precisions that transforms are computed in, with the plans and rooms that each thread keeps.

use std::cell::RefCell;

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::error::{Error, Result};
use realfft::RealFftPlanner;
use rustfft::num_complex::Complex;
use rustfft::{FftNum, FftPlanner};

/// A room larger than this is given back after the work.
const KEPT_BYTES: usize = 1 << 20;

/// `f32` or `f64`.
pub trait Precision: FftNum {
    /// The type number of real lanes.
    const REAL: TypeNum;
    /// The type number of complex lanes.
    const COMPLEX: TypeNum;
    /// A number rounded to this precision.
    fn rounded(factor: f64) -> Self;
    /// Works with this thread's plans.
    fn with_plans<R>(work: impl FnOnce(&mut Plans<Self>) -> R) -> R;
}

/// The plans that a thread has made so far, and its rooms.
pub struct Plans<T: FftNum> {
    /// For complex lanes.
    pub complex: FftPlanner<T>,
    /// For real lanes.
    pub real: RealFftPlanner<T>,
    /// For work between reading and writing.
    pub rooms: Rooms<T>,
}

/// Memory that is used again.
pub struct Rooms<T> {
    /// What the plans ask for.
    pub scratch: Vec<Complex<T>>,
    /// Complex lanes.
    pub points: Vec<Complex<T>>,
    /// Real lanes.
    pub reals: Vec<T>,
}

impl<T: FftNum> Plans<T> {
    fn new() -> Self {
        Self {
            complex: FftPlanner::new(),
            real: RealFftPlanner::new(),
            rooms: Rooms {
                scratch: Vec::new(),
                points: Vec::new(),
                reals: Vec::new(),
            },
        }
    }
}

impl<T> Rooms<T> {
    /// Gives large rooms back.
    pub(crate) fn shrink(&mut self) {
        fn shrink<U>(room: &mut Vec<U>) {
            if room.capacity() * size_of::<U>() > KEPT_BYTES {
                *room = Vec::new();
            }
        }
        shrink(&mut self.scratch);
        shrink(&mut self.points);
        shrink(&mut self.reals);
    }
}

/// The first `n` items of a room, which grows where it must; what they hold is left over from before.
pub(crate) fn first<U: Copy>(room: &mut Vec<U>, n: usize, zero: U) -> Result<&mut [U]> {
    if room.len() < n {
        room.try_reserve_exact(n - room.len())
            .map_err(|_| Error::ScratchMemory)?;
        room.resize(n, zero);
    }
    Ok(&mut room[..n])
}

impl<T: FftNum> std::fmt::Debug for Plans<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plans").finish_non_exhaustive()
    }
}

impl<T> std::fmt::Debug for Rooms<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rooms").finish_non_exhaustive()
    }
}

/// A complex number of a precision.
pub type Point<T> = Complex<T>;

macro_rules! precision {
    ($t:ty, $real:ident, $complex:ident, $plans:ident, |$x:ident| $narrow:expr) => {
        thread_local! {
            static $plans: RefCell<Plans<$t>> = RefCell::new(Plans::new());
        }

        impl Precision for $t {
            const REAL: TypeNum = TypeNum::$real;
            const COMPLEX: TypeNum = TypeNum::$complex;
            fn rounded($x: f64) -> Self {
                $narrow
            }
            fn with_plans<R>(work: impl FnOnce(&mut Plans<Self>) -> R) -> R {
                $plans.with_borrow_mut(|plans| {
                    let done = work(plans);
                    plans.rooms.shrink();
                    done
                })
            }
        }
    };
}

precision!(f32, Float, CFloat, SINGLE, |x| x as f32);
precision!(f64, Double, CDouble, DOUBLE, |x| x);
