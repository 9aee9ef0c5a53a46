//! Loops over blocks in two widths: for every processor of the kind, and with the wider registers of newer ones.
//!
//! Both do the same operations on the same numbers; nothing is put together that rounds twice, so bits are the same.

/// Whether the processor has AVX2.
#[inline]
pub fn is_wide() -> bool {
    #[cfg(target_arch = "x86_64")]
    return std::arch::is_x86_feature_detected!("avx2");
    #[cfg(not(target_arch = "x86_64"))]
    false
}

/// `out[k] = value` for the first `n` places; the slices and numbers that the value reads are named with their types.
macro_rules! each {
    ($n:ident, $k:ident, $out:ident: $result:ty, [$($slice:ident: $item:ty),*], [$($number:ident: $one:ty),*], $value:expr) => {{
        #[inline(always)]
        fn step($n: usize, $out: &mut [$result], $($slice: &[$item],)* $($number: $one,)*) {
            let $out = &mut $out[..$n];
            $(let $slice = &$slice[..$n];)*
            for $k in 0..$n {
                $out[$k] = $value;
            }
        }
        #[cfg(target_arch = "x86_64")]
        {
            #[target_feature(enable = "avx2")]
            unsafe fn wide_step($n: usize, $out: &mut [$result], $($slice: &[$item],)* $($number: $one,)*) {
                step($n, $out, $($slice,)* $($number,)*);
            }
            if $crate::support::width::is_wide() {
                // SAFETY: the processor has been asked.
                unsafe { wide_step($n, &mut $out[..], $(&$slice[..],)* $($number,)*) };
            } else {
                step($n, &mut $out[..], $(&$slice[..],)* $($number,)*);
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        step($n, &mut $out[..], $(&$slice[..],)* $($number,)*);
    }};
}
#[allow(unused_imports, reason = "for generated files that have such loops")]
pub(crate) use each;
