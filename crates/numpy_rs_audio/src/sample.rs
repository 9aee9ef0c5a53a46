//! The numbers that sound is calculated in: `f32` and `f64`, full scale from -1 to 1.

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::error::Error as CoreError;
use rustfft::FftNum;

use crate::error::Result;

/// `f32` or `f64`.
pub trait Sample: FftNum + rubato::Sample + PartialOrd + Default {
    /// The type number of arrays of these.
    const NUM: TypeNum;
    /// The nearest number of this type.
    fn rounded(x: f64) -> Self;
    /// The same number.
    fn widened(self) -> f64;
    /// `self * x + y`, rounded once; fast only where the CPU can.
    fn fused(self, x: Self, y: Self) -> Self;
}

impl Sample for f32 {
    const NUM: TypeNum = TypeNum::Float;
    #[inline(always)]
    fn rounded(x: f64) -> Self {
        x as f32
    }
    #[inline(always)]
    fn widened(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn fused(self, x: Self, y: Self) -> Self {
        self.mul_add(x, y)
    }
}

impl Sample for f64 {
    const NUM: TypeNum = TypeNum::Double;
    #[inline(always)]
    fn rounded(x: f64) -> Self {
        x
    }
    #[inline(always)]
    fn widened(self) -> f64 {
        self
    }
    #[inline(always)]
    fn fused(self, x: Self, y: Self) -> Self {
        self.mul_add(x, y)
    }
}

/// `n` copies of a value, or the error that there is no memory for them.
pub fn filled<T: Clone>(n: usize, value: T) -> Result<Vec<T>> {
    let mut made = reserved(n)?;
    made.resize(n, value);
    Ok(made)
}

/// An empty vector with room for `n` items, or the error that there is no memory for them.
pub fn reserved<T>(n: usize) -> Result<Vec<T>> {
    let mut made = Vec::new();
    made.try_reserve_exact(n)
        .map_err(|_| CoreError::ScratchMemory)?;
    Ok(made)
}
