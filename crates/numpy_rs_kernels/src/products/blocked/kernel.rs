//! The innermost loops compiled for each instruction set, and the sizes of their blocks.

use super::packing::PackFn;
use super::panel::PanelFn;
#[cfg(target_arch = "x86_64")]
use super::{
    packing::rows_of,
    panel::{Panel, run},
    vector::Vector,
};
use crate::isa::Isa;

/// The items whose products are computed by blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// float32
    F32,
    /// float64
    F64,
    /// complex64
    C32,
    /// complex128
    C64,
}

/// Products of fewer multiplications are left to plain loops.
const FROM: usize = 256;

/// The most terms of a block: with them a panel of three vectors takes 36 KiB with AVX-512, one of two with AVX2 12 KiB.
const TERMS: usize = 192;
/// The most bytes of a block of the left matrix, which stays in the second cache.
const LEFT_BYTES: usize = 512 << 10;

/// Vectors of columns in the widest panel there is.
const MOST: usize = 3;

/// The loops for one type of items and one instruction set.
#[derive(Clone, Copy)]
pub(crate) struct Kernel {
    /// Panels of one, two and three vectors.
    pub(super) panels: [PanelFn; MOST],
    /// Copies of rows of such panels.
    pub(super) packs: [PackFn; MOST],
    /// Vectors in the widest panel to use.
    pub(super) most: usize,
    /// Reals in a vector.
    pub(super) lanes: usize,
    /// Rows of items in a strip.
    pub(super) strip: usize,
    /// Bytes of a real.
    pub(super) real: usize,
    /// Reals in an item.
    pub(super) per: usize,
}

macro_rules! loops {
    ($name:ident, $features:literal, $most:literal, $strip:literal, $half:literal) => {
        #[cfg(target_arch = "x86_64")]
        mod $name {
            use super::*;

            #[target_feature(enable = $features)]
            unsafe fn panel<V: Vector, const C: usize, const COMPLEX: bool>(p: &Panel) -> bool {
                // SAFETY: the caller upholds the contract of the body.
                unsafe { run::<V, $strip, $half, C, COMPLEX>(p) }
            }

            #[target_feature(enable = $features)]
            unsafe fn pack<V: Vector, const C: usize>(
                from: *const u8,
                step: isize,
                to: *mut u8,
                k: usize,
                last: usize,
            ) {
                // SAFETY: as above.
                unsafe { rows_of::<V, C>(from, step, to, k, last) }
            }

            pub(super) fn kernel<V: Vector, const COMPLEX: bool>() -> Kernel {
                let per = if COMPLEX { 2 } else { 1 };
                Kernel {
                    panels: [
                        panel::<V, 1, COMPLEX>,
                        panel::<V, 2, COMPLEX>,
                        panel::<V, 3, COMPLEX>,
                    ],
                    packs: [pack::<V, 1>, pack::<V, 2>, pack::<V, 3>],
                    most: $most,
                    lanes: V::LANES,
                    strip: $strip / per,
                    real: size_of::<V::Real>(),
                    per,
                }
            }
        }
    };
}

loops!(
    avx512,
    "avx2,fma,bmi1,bmi2,f16c,avx512f,avx512bw,avx512cd,avx512dq,avx512vl",
    3,
    8,
    4
);
// Half as many registers: twelve sums, two vectors of columns, and an item.
loops!(avx2, "avx2,fma,bmi1,bmi2,f16c", 2, 6, 2);

impl Kernel {
    /// The loops for `scalar` on `isa`, if there are any.
    pub(crate) fn of(scalar: Scalar, isa: Isa) -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::x86_64::{__m256, __m256d, __m512, __m512d};
            match (isa, scalar) {
                (Isa::Avx512, Scalar::F64) => Some(avx512::kernel::<__m512d, false>()),
                (Isa::Avx512, Scalar::F32) => Some(avx512::kernel::<__m512, false>()),
                (Isa::Avx512, Scalar::C64) => Some(avx512::kernel::<__m512d, true>()),
                (Isa::Avx512, Scalar::C32) => Some(avx512::kernel::<__m512, true>()),
                (Isa::Avx2, Scalar::F64) => Some(avx2::kernel::<__m256d, false>()),
                (Isa::Avx2, Scalar::F32) => Some(avx2::kernel::<__m256, false>()),
                (Isa::Avx2, Scalar::C64) => Some(avx2::kernel::<__m256d, true>()),
                (Isa::Avx2, Scalar::C32) => Some(avx2::kernel::<__m256, true>()),
                (Isa::Baseline, _) => None,
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            let _ = (scalar, isa);
            None
        }
    }

    /// Whether a product of these sizes and layouts can be computed by blocks, and is worth it.
    pub(crate) fn suits(&self, strides: [isize; 6], (m, k, n): (usize, usize, usize)) -> bool {
        let item = self.item() as isize;
        let [.., down, across] = strides;
        m.saturating_mul(k).saturating_mul(n) >= FROM
            && (down == item || across == item)
            && strides.iter().all(|s| s % item == 0)
    }

    /// Bytes of an item.
    pub(super) fn item(&self) -> usize {
        self.real * self.per
    }

    /// The terms of one block, as few as possible more than fit: a panel of the right matrix takes most of the innermost
    /// cache. All blocks but the last have the same length, which hangs on `k` alone.
    pub(super) fn terms(k: usize) -> usize {
        k.div_ceil(k.div_ceil(TERMS).max(1)).max(1)
    }

    /// The most rows of a block: with `terms` terms they take half of the second cache.
    pub(super) fn rows(&self, terms: usize) -> usize {
        let most = LEFT_BYTES / (terms * self.item());
        most.next_multiple_of(self.strip).max(self.strip)
    }
}
