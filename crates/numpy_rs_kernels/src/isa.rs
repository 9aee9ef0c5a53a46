//! Which instruction set the loops use: found once, and lowered only by tests.

use std::sync::atomic::{AtomicU8, Ordering};

/// Instruction sets that loops are compiled for, each including those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Isa {
    /// What every CPU of the target has.
    Baseline = 0,
    /// AVX2 with FMA.
    Avx2 = 1,
    /// AVX-512 F, BW, CD, DQ, VL.
    Avx512 = 2,
}

static LIMIT: AtomicU8 = AtomicU8::new(Isa::Avx512 as u8);

/// Lowers what [`best`] answers: rows built afterwards use at most `isa`.
pub fn limit(isa: Isa) {
    LIMIT.store(isa as u8, Ordering::Relaxed);
}

/// The best instruction set of this CPU, within the limit.
pub fn best() -> Isa {
    #[cfg(target_arch = "x86_64")]
    {
        let limit = LIMIT.load(Ordering::Relaxed);
        let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        let avx512 = avx2
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512cd")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl");
        if avx512 && limit >= Isa::Avx512 as u8 {
            return Isa::Avx512;
        }
        if avx2 && limit >= Isa::Avx2 as u8 {
            return Isa::Avx2;
        }
    }
    Isa::Baseline
}

/// Tells the processor that the upper parts of this thread's vector registers hold nothing.
///
/// Code compiled for AVX does so by itself; the assembly of a library may not. Until then each SSE instruction, which is
/// what the interpreter and all programs around us consist of, merges with those parts: Python and NumPy's scalar loops
/// were seen to take twice as long on a Zen 5.
pub fn clear_upper_lanes() {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx")]
        fn clear() {
            std::arch::x86_64::_mm256_zeroupper();
        }
        if is_x86_feature_detected!("avx") {
            // SAFETY: this CPU has AVX.
            unsafe { clear() };
        }
    }
}

/// Compiles one generic body once per instruction set, and makes a function that picks the pointer.
///
/// `per_isa!(pub fn pick_name<T: Bound>(x: *const T, n: usize) = body);` becomes
/// `pub fn pick_name<T: Bound>(isa: Isa) -> unsafe fn(*const T, usize)`, whose results run `body` with the
/// instructions of `isa`; `body` must be `#[inline(always)]`.
macro_rules! per_isa {
    ($(#[$meta:meta])* $vis:vis fn $name:ident < $($g:ident $(: $b:path)?),* >
        ($($arg:ident : $t:ty),*) $(-> $ret:ty)? = $body:ident $(where $($w:tt)+)?) => {
        $(#[$meta])*
        $vis fn $name<$($g $(: $b)?),*>(isa: $crate::isa::Isa) -> unsafe fn($($t),*) $(-> $ret)? $(where $($w)+)? {
            unsafe fn baseline<$($g $(: $b)?),*>($($arg: $t),*) $(-> $ret)? $(where $($w)+)? {
                // SAFETY: the caller upholds the contract of the body.
                unsafe { $body::<$($g),*>($($arg),*) }
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,bmi1,bmi2,f16c")]
            unsafe fn avx2<$($g $(: $b)?),*>($($arg: $t),*) $(-> $ret)? $(where $($w)+)? {
                // SAFETY: as above.
                unsafe { $body::<$($g),*>($($arg),*) }
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,bmi1,bmi2,f16c,avx512f,avx512bw,avx512cd,avx512dq,avx512vl")]
            unsafe fn avx512<$($g $(: $b)?),*>($($arg: $t),*) $(-> $ret)? $(where $($w)+)? {
                // SAFETY: as above.
                unsafe { $body::<$($g),*>($($arg),*) }
            }
            match isa {
                #[cfg(target_arch = "x86_64")]
                $crate::isa::Isa::Avx2 => avx2::<$($g),*>,
                #[cfg(target_arch = "x86_64")]
                $crate::isa::Isa::Avx512 => avx512::<$($g),*>,
                _ => baseline::<$($g),*>,
            }
        }
    };
}
pub(crate) use per_isa;
