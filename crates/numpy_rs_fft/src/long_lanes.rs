//! The walk over lanes of long doubles, where the platform has them.

use numpy_rs_core::error::Result;
use numpy_rs_core::view::{View, ViewMut};

use crate::kind::{Kind, Scale};

/// Transforms the lanes of an array of long doubles; dtypes and shapes fit.
#[cfg(all(target_arch = "x86_64", not(windows)))]
pub(crate) fn run(
    input: &View<'_>,
    output: &mut ViewMut<'_>,
    kind: Kind,
    n: usize,
    axis: usize,
    scale: Scale,
) -> Result<()> {
    use crate::lanes::Lanes;
    use crate::long::{self, Plan, Point};
    use numpy_rs_core::error::Error;
    use numpy_rs_core::parallel;
    use numpy_rs_elements::LongDouble;

    let from = Lanes::new(input.ptr().cast_mut(), input.shape(), input.strides(), axis);
    let to = {
        let ptr = output.ptr_mut();
        let out = output.as_view();
        Lanes::new(ptr, out.shape(), out.strides(), axis)
    };
    let real_input = input.dtype().num().kind() != b'c';
    let factor = match scale {
        Scale::One => LongDouble::ONE,
        Scale::Reciprocal => LongDouble::ONE / long::whole(n),
        Scale::Root => LongDouble::ONE / long::whole(n).sqrt(),
    };
    let width = if kind == Kind::RealBackward {
        n / 2 + 1
    } else {
        n
    };
    // A lane is slow enough to be a block of its own; blocks of some lanes share the plan.
    let (count, per_block) = (to.count(), (4096 / n).max(8));
    parallel::for_each_block(count.div_ceil(per_block), &|block| {
        let mut plan = Plan::new(n)?;
        let (mut lane, mut reals) = (Vec::new(), Vec::new());
        lane.try_reserve_exact(n)
            .map_err(|_| Error::ScratchMemory)?;
        reals
            .try_reserve_exact(n)
            .map_err(|_| Error::ScratchMemory)?;
        lane.resize(n, Point::ZERO);
        reals.resize(n, LongDouble::ZERO);
        for k in block * per_block..count.min((block + 1) * per_block) {
            let (start, end) = ([from.start(k)], [to.start(k)]);
            if real_input {
                // SAFETY: lanes of aligned long doubles.
                unsafe { from.read(&start, &mut reals, (n, n), LongDouble::ZERO) };
                for (point, &re) in lane.iter_mut().zip(&reals) {
                    *point = Point {
                        re,
                        im: LongDouble::ZERO,
                    };
                }
            } else {
                // SAFETY: lanes of aligned pairs of long doubles.
                unsafe { from.read(&start, &mut lane[..width], (width, width), Point::ZERO) };
            }
            long::transform(&mut plan, kind, &mut lane, factor);
            if kind == Kind::RealBackward {
                for (re, point) in reals.iter_mut().zip(&lane) {
                    *re = point.re;
                }
                // SAFETY: as above; each lane is written by one thread.
                unsafe { to.write(&end, &reals, n) };
            } else {
                // SAFETY: as above.
                unsafe { to.write(&end, &lane[..to.len], to.len) };
            }
        }
        Ok(())
    })
}

/// There are no long doubles of 80 bits here.
#[cfg(not(all(target_arch = "x86_64", not(windows))))]
pub(crate) fn run(
    _input: &View<'_>,
    _output: &mut ViewMut<'_>,
    _kind: Kind,
    _n: usize,
    _axis: usize,
    _scale: Scale,
) -> Result<()> {
    Err(numpy_rs_core::error::Error::Unsupported(
        "Fourier transforms in long double are not supported on this platform".into(),
    ))
}
