//! Vectors of reals in registers, as the products use them: one type for each width and instruction set.

/// A register of reals. All operations need the instruction set of the type.
pub(super) trait Vector: Copy {
    /// What a lane holds.
    type Real: Copy + 'static;
    /// Which lanes take part.
    type Mask: Copy;
    /// The number of lanes.
    const LANES: usize;
    /// Whether reading some lanes takes longer than reading all.
    const PARTS_COST: bool = size_of::<Self>() < 64;
    /// The first `n` lanes.
    unsafe fn mask(n: usize) -> Self::Mask;
    unsafe fn zero() -> Self;
    /// One real in all lanes.
    unsafe fn splat(from: *const Self::Real) -> Self;
    unsafe fn load(from: *const Self::Real) -> Self;
    /// The lanes of the mask, and zeros.
    unsafe fn load_part(from: *const Self::Real, mask: Self::Mask) -> Self;
    unsafe fn store(self, to: *mut Self::Real);
    unsafe fn store_part(self, to: *mut Self::Real, mask: Self::Mask);
    /// `self * b + sum`, rounded once.
    unsafe fn times_plus(self, b: Self, sum: Self) -> Self;
    unsafe fn plus(self, b: Self) -> Self;
    unsafe fn minus(self, b: Self) -> Self;
    /// Complex numbers out of the products with real parts (`self`) and with imaginary parts (`b`).
    unsafe fn join(self, b: Self) -> Self;
    /// Asks for the line of the cache at a place, which need not be valid.
    unsafe fn prefetch(at: *const Self::Real);
    /// Whether a lane is NaN.
    unsafe fn has_nan(self) -> bool;
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Vector;
    use std::arch::x86_64::*;

    /// Sliding over these from `WIDTH - n` on gives masks of the first `n` lanes.
    static SINGLES: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
    static DOUBLES: [i64; 8] = [-1, -1, -1, -1, 0, 0, 0, 0];

    macro_rules! vectors {
        ($($vector:ty, $real:ty, $lanes:literal, $mask:ty, $n:ident => $first:expr, $zero:ident, $splat:ident,
           $load:ident, ($p:ident, $m:ident) => $load_part:expr, $store:ident, $store_part:ident, $fma:ident, $add:ident, $sub:ident,
           $swap:ident $(<$by:literal>)?, $fmaddsub:ident, $one:ident, $x:ident => $nan:expr;)*) => {$(
            impl Vector for $vector {
                type Real = $real;
                type Mask = $mask;
                const LANES: usize = $lanes;
                #[inline(always)]
                #[allow(unused_unsafe)] // one of the forms is arithmetic alone
                unsafe fn mask($n: usize) -> $mask {
                    // SAFETY: at most `LANES` lanes, by the caller; the instruction set as the trait asks, here and below.
                    unsafe { $first }
                }
                #[inline(always)]
                unsafe fn zero() -> Self {
                    // SAFETY: as above.
                    unsafe { $zero() }
                }
                #[inline(always)]
                unsafe fn splat(from: *const $real) -> Self {
                    // SAFETY: the caller gives a valid place, here and below.
                    unsafe { $splat(from.read_unaligned()) }
                }
                #[inline(always)]
                unsafe fn load(from: *const $real) -> Self {
                    // SAFETY: as above.
                    unsafe { $load(from) }
                }
                #[inline(always)]
                unsafe fn load_part($p: *const $real, $m: $mask) -> Self {
                    // SAFETY: as above; lanes outside the mask are not read.
                    unsafe { $load_part }
                }
                #[inline(always)]
                unsafe fn store(self, to: *mut $real) {
                    // SAFETY: as above.
                    unsafe { $store(to, self) }
                }
                #[inline(always)]
                unsafe fn store_part(self, to: *mut $real, mask: $mask) {
                    // SAFETY: as above; lanes outside the mask are not written.
                    unsafe { $store_part(to, mask, self) }
                }
                #[inline(always)]
                unsafe fn times_plus(self, b: Self, sum: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $fma(self, b, sum) }
                }
                #[inline(always)]
                unsafe fn plus(self, b: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $add(self, b) }
                }
                #[inline(always)]
                unsafe fn minus(self, b: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $sub(self, b) }
                }
                #[inline(always)]
                unsafe fn join(self, b: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $fmaddsub(self, $one(1.0), $swap $(::<$by>)?(b)) }
                }
                #[inline(always)]
                unsafe fn prefetch(at: *const $real) {
                    // SAFETY: touches no memory.
                    unsafe { _mm_prefetch::<_MM_HINT_T0>(at.cast()) }
                }
                #[inline(always)]
                unsafe fn has_nan(self) -> bool {
                    let $x = self;
                    // SAFETY: as above.
                    unsafe { $nan }
                }
            }
        )*};
    }

    vectors! {
        __m512d, f64, 8, __mmask8, n => ((1u32 << n) - 1) as __mmask8, _mm512_setzero_pd, _mm512_set1_pd,
            _mm512_loadu_pd, (p, m) => _mm512_maskz_loadu_pd(m, p), _mm512_storeu_pd,
            _mm512_mask_storeu_pd, _mm512_fmadd_pd, _mm512_add_pd, _mm512_sub_pd,
            _mm512_permute_pd<0x55>, _mm512_fmaddsub_pd, _mm512_set1_pd,
            x => _mm512_cmp_pd_mask::<_CMP_UNORD_Q>(x, x) != 0;
        __m512, f32, 16, __mmask16, n => ((1u32 << n) - 1) as __mmask16, _mm512_setzero_ps, _mm512_set1_ps,
            _mm512_loadu_ps, (p, m) => _mm512_maskz_loadu_ps(m, p), _mm512_storeu_ps,
            _mm512_mask_storeu_ps, _mm512_fmadd_ps, _mm512_add_ps, _mm512_sub_ps,
            _mm512_permute_ps<0xb1>, _mm512_fmaddsub_ps, _mm512_set1_ps,
            x => _mm512_cmp_ps_mask::<_CMP_UNORD_Q>(x, x) != 0;
        __m256d, f64, 4, __m256i, n => _mm256_loadu_si256(DOUBLES.as_ptr().add(4 - n).cast()),
            _mm256_setzero_pd, _mm256_set1_pd, _mm256_loadu_pd, (p, m) => _mm256_maskload_pd(p, m),
            _mm256_storeu_pd, _mm256_maskstore_pd, _mm256_fmadd_pd, _mm256_add_pd, _mm256_sub_pd,
            _mm256_permute_pd<0x5>, _mm256_fmaddsub_pd, _mm256_set1_pd,
            x => _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_UNORD_Q>(x, x)) != 0;
        __m256, f32, 8, __m256i, n => _mm256_loadu_si256(SINGLES.as_ptr().add(8 - n).cast()),
            _mm256_setzero_ps, _mm256_set1_ps, _mm256_loadu_ps, (p, m) => _mm256_maskload_ps(p, m),
            _mm256_storeu_ps, _mm256_maskstore_ps, _mm256_fmadd_ps, _mm256_add_ps, _mm256_sub_ps,
            _mm256_permute_ps<0xb1>, _mm256_fmaddsub_ps, _mm256_set1_ps,
            x => _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_UNORD_Q>(x, x)) != 0;
    }
}
