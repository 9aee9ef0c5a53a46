//! Loops over long runs of samples: compiled for each instruction set, and spread over the pool of threads.

use numpy_rs_core::parallel::{self, SharedPtr};

use crate::error::Result;

/// Samples of a block.
const BLOCK: usize = 1 << 16;

/// What a sample costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Some operations: threads wait for memory, and are worth waking only for what is beyond the caches.
    Light,
    /// A filter: threads share even two blocks.
    Heavy,
}

impl Work {
    /// Runs of up to this many samples stay on the calling thread.
    fn alone(self) -> usize {
        match self {
            Self::Light => 64 * BLOCK,
            Self::Heavy => 2 * BLOCK,
        }
    }
}

/// Makes a function that runs `body`, which is `#[inline(always)]`, with the best instructions of this CPU; with two
/// bodies, the second where there are fused multiplications and additions.
macro_rules! per_isa {
    ($(#[$meta:meta])* $vis:vis fn $name:ident $(<$($g:ident : $b:path),+>)? ($($arg:ident : $t:ty),* $(,)?)
        $(-> $ret:ty)? = $body:ident) => {
        $crate::blocks::per_isa!($(#[$meta])* $vis fn $name $(<$($g : $b),+>)? ($($arg : $t),*) $(-> $ret)?
            = $body, $body);
    };
    ($(#[$meta:meta])* $vis:vis fn $name:ident $(<$($g:ident : $b:path),+>)? ($($arg:ident : $t:ty),* $(,)?)
        $(-> $ret:ty)? = $body:ident, $fused:ident) => {
        $(#[$meta])*
        $vis fn $name $(<$($g: $b),+>)? ($($arg: $t),*) $(-> $ret)? {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,fma,bmi1,bmi2,f16c")]
                fn avx2 $(<$($g: $b),+>)? ($($arg: $t),*) $(-> $ret)? {
                    $fused($($arg),*)
                }
                #[target_feature(enable = "avx2,fma,bmi1,bmi2,f16c,avx512f,avx512bw,avx512cd,avx512dq,avx512vl")]
                fn avx512 $(<$($g: $b),+>)? ($($arg: $t),*) $(-> $ret)? {
                    $fused($($arg),*)
                }
                match numpy_rs_kernels::isa::best() {
                    // SAFETY: `best` names instruction sets that this CPU has.
                    numpy_rs_kernels::isa::Isa::Avx512 => return unsafe { avx512($($arg),*) },
                    // SAFETY: as above.
                    numpy_rs_kernels::isa::Isa::Avx2 => return unsafe { avx2($($arg),*) },
                    numpy_rs_kernels::isa::Isa::Baseline => {}
                }
            }
            $body($($arg),*)
        }
    };
}
pub(crate) use per_isa;

/// Fills `to` from `from`, which is as long, block by block: `work(part of from, part of to)`.
pub fn map<A: Sync, B: Send>(
    from: &[A],
    to: &mut [B],
    work: impl Fn(&[A], &mut [B]) + Sync,
) -> Result<()> {
    debug_assert_eq!(from.len(), to.len());
    fill(to, Work::Light, |start, part| {
        work(&from[start..start + part.len()], part);
        Ok(())
    })
}

/// Fills `to` block by block: `work(position of the part, the part)`.
pub fn fill<B: Send>(
    to: &mut [B],
    cost: Work,
    work: impl Fn(usize, &mut [B]) -> Result<()> + Sync,
) -> Result<()> {
    let n = to.len();
    if n <= cost.alone() {
        return work(0, to);
    }
    let shared = SharedPtr::new(to.as_mut_ptr().cast());
    parallel::for_each_block(n.div_ceil(BLOCK), &|block| {
        let start = block * BLOCK;
        let len = BLOCK.min(n - start);
        let at = shared.at((start * size_of::<B>()) as isize).cast::<B>();
        // SAFETY: blocks cover disjoint parts of `to`, which outlives this call.
        let part = unsafe { std::slice::from_raw_parts_mut(at, len) };
        work(start, part).map_err(Into::into)
    })?;
    Ok(())
}

/// Folds the blocks of a run in their order: `part` for each (at the same time), then `join` from the first to the last.
/// The result does not depend on the number of threads.
pub fn fold<A: Sync, R: Copy + Default + Send>(
    from: &[A],
    part: impl Fn(&[A]) -> R + Sync,
    join: impl Fn(R, R) -> R,
) -> Result<R> {
    if from.len() <= Work::Light.alone() {
        return Ok(from
            .chunks(BLOCK)
            .map(part)
            .reduce(join)
            .unwrap_or_default());
    }
    let mut parts = crate::sample::filled(from.len().div_ceil(BLOCK), R::default())?;
    let shared = SharedPtr::new(parts.as_mut_ptr().cast());
    parallel::for_each_block(parts.len(), &|block| {
        let start = block * BLOCK;
        let found = part(&from[start..from.len().min(start + BLOCK)]);
        // SAFETY: each block writes its own item of `parts`, which outlives this call.
        unsafe {
            shared
                .at((block * size_of::<R>()) as isize)
                .cast::<R>()
                .write(found)
        };
        Ok(())
    })?;
    Ok(parts.into_iter().reduce(join).unwrap_or_default())
}
