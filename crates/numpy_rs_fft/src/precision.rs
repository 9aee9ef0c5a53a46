//! The two precisions that transforms are computed in, with their planners.

use std::cell::RefCell;

use numpy_rs_core::dtype::TypeNum;
use realfft::RealFftPlanner;
use rustfft::num_complex::Complex;
use rustfft::{FftNum, FftPlanner};

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

/// The plans that a thread has made so far.
pub struct Plans<T: FftNum> {
    /// For complex lanes.
    pub complex: FftPlanner<T>,
    /// For real lanes.
    pub real: RealFftPlanner<T>,
}

impl<T: FftNum> Plans<T> {
    fn new() -> Self {
        Self {
            complex: FftPlanner::new(),
            real: RealFftPlanner::new(),
        }
    }
}

impl<T: FftNum> std::fmt::Debug for Plans<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plans").finish_non_exhaustive()
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
                $plans.with_borrow_mut(work)
            }
        }
    };
}

precision!(f32, Float, CFloat, SINGLE, |x| x as f32);
precision!(f64, Double, CDouble, DOUBLE, |x| x);
