//! A block of lanes of one transform: read, transformed, scaled and written by one thread.

use numpy_rs_core::error::Result;
use rustfft::FftDirection;

use crate::kind::Kind;
use crate::lanes::{Lanes, TOGETHER};
use crate::precision::{Plans, Point, Precision, first};

/// A transform in progress: lanes of the input to the lanes of the output with the same numbers.
pub(crate) struct Work<T> {
    pub(crate) kind: Kind,
    /// Items of the lanes that are transformed; for half transforms those of the real side.
    pub(crate) n: usize,
    pub(crate) factor: T,
    pub(crate) input: Lanes,
    pub(crate) output: Lanes,
}

type Numbers = std::ops::Range<usize>;

/// How many of some lanes of `n` items are worked on together: few enough for the nearer caches.
fn together(lanes: &Numbers, n: usize) -> usize {
    const ITEMS: usize = 1 << 14;
    (ITEMS / n).clamp(1, TOGETHER).min(lanes.len().max(1))
}

/// Items from one lane of a group to the next, where they are gathered from apart: lengths are often powers of two, and
/// places that far from each other get in each other's way in the caches.
fn pitch(n: usize) -> usize {
    n + 8
}

/// Groups of neighbouring lanes, so many in each.
fn groups(lanes: Numbers, together: usize) -> impl Iterator<Item = (usize, usize)> {
    let end = lanes.end;
    lanes
        .step_by(together)
        .map(move |first| (first, together.min(end - first)))
}

impl<T: Precision> Work<T> {
    /// Complex lanes to complex ones.
    pub(crate) fn complex(&self, plans: &mut Plans<T>, lanes: Numbers) -> Result<()> {
        let zero = Point::new(T::zero(), T::zero());
        let (n, rooms) = (self.n, &mut plans.rooms);
        let direction = if self.kind == Kind::Forward {
            FftDirection::Forward
        } else {
            FftDirection::Inverse
        };
        let plan = plans.complex.plan_fft(n, direction);
        if self.output.are_one_block::<Point<T>>() {
            // SAFETY: the output's lanes are one block of complex numbers, and these are this thread's.
            let out: &mut [Point<T>] = unsafe { self.output.items(lanes.start, lanes.len()) };
            let whole = self.input.len == n && self.input.are_one_block::<Point<T>>();
            if whole && !self.input.is(&self.output) {
                let scratch = first(&mut rooms.scratch, plan.get_immutable_scratch_len(), zero)?;
                // SAFETY: as for the output, which does not overlap it.
                let from: &[Point<T>] = unsafe { self.input.items(lanes.start, lanes.len()) };
                plan.process_immutable_with_scratch(from, out, scratch);
            } else {
                let scratch = first(&mut rooms.scratch, plan.get_inplace_scratch_len(), zero)?;
                if !whole {
                    let group = together(&lanes, n);
                    for ((k, count), out) in groups(lanes, group).zip(out.chunks_mut(group * n)) {
                        let starts = self.input.starts(k, count);
                        // SAFETY: lanes of complex numbers.
                        unsafe { self.input.read(&starts[..count], out, (n, n), zero) };
                    }
                }
                plan.process_with_scratch(out, scratch);
            }
            self.scale(out);
            return Ok(());
        }
        let scratch = first(&mut rooms.scratch, plan.get_inplace_scratch_len(), zero)?;
        let group = together(&lanes, n);
        let pitch = pitch(n);
        let room = first(&mut rooms.points, group * pitch, zero)?;
        for (k, count) in groups(lanes, group) {
            let room = &mut room[..count * pitch];
            let starts = self.input.starts(k, count);
            // SAFETY: lanes of complex numbers.
            unsafe { self.input.read(&starts[..count], room, (n, pitch), zero) };
            for lane in room.chunks_mut(pitch) {
                plan.process_with_scratch(&mut lane[..n], scratch);
                self.scale(&mut lane[..n]);
            }
            let starts = self.output.starts(k, count);
            // SAFETY: as above; each is written by one thread, after all of its group were read.
            unsafe { self.output.write(&starts[..count], room, pitch) };
        }
        Ok(())
    }

    /// Real lanes to complex ones, whole or half.
    pub(crate) fn real_forward(&self, plans: &mut Plans<T>, lanes: Numbers) -> Result<()> {
        let zero = Point::new(T::zero(), T::zero());
        let (n, half, width) = (self.n, self.n / 2 + 1, self.output.len);
        let plan = plans.real.plan_fft_forward(n);
        let rooms = &mut plans.rooms;
        let scratch = first(&mut rooms.scratch, plan.get_scratch_len(), zero)?;
        let group = together(&lanes, n);
        let (real_pitch, pitch) = (pitch(n), pitch(width));
        let reals = first(&mut rooms.reals, group * real_pitch, T::zero())?;
        let direct = self.output.lie_together::<Point<T>>();
        let size = if direct { 0 } else { group * pitch };
        let points = first(&mut rooms.points, size, zero)?;
        for (k, count) in groups(lanes, group) {
            let starts = self.input.starts(k, count);
            // SAFETY: lanes of real numbers.
            unsafe {
                self.input.read(
                    &starts[..count],
                    &mut reals[..count * real_pitch],
                    (n, real_pitch),
                    T::zero(),
                )
            };
            for (i, real) in reals[..count * real_pitch]
                .chunks_mut(real_pitch)
                .enumerate()
            {
                let real = &mut real[..n];
                let spectrum: &mut [Point<T>] = if direct {
                    // SAFETY: an output lane whose items lie together; it is written by one thread.
                    unsafe { self.output.items(k + i, 1) }
                } else {
                    &mut points[i * pitch..i * pitch + width]
                };
                plan.process_with_scratch(real, &mut spectrum[..half], scratch)
                    .expect("rooms of the lengths that the plan has");
                self.scale(&mut spectrum[..half]);
                self.complete(spectrum);
            }
            if !direct {
                let starts = self.output.starts(k, count);
                // SAFETY: lanes of complex numbers, each written by one thread.
                unsafe {
                    self.output
                        .write(&starts[..count], &points[..count * pitch], pitch)
                };
            }
        }
        Ok(())
    }

    /// Turns the first half of a forward transform of real numbers into what was asked for.
    fn complete(&self, spectrum: &mut [Point<T>]) {
        let half = self.n / 2 + 1;
        if self.kind == Kind::Backward {
            for v in &mut spectrum[..half] {
                // A difference, so that zero keeps its sign.
                v.im = T::zero() - v.im;
            }
        }
        // The rest of a whole transform of real numbers mirrors its first half.
        for i in half..spectrum.len() {
            spectrum[i] = spectrum[self.n - i].conj();
        }
    }

    /// Half of Hermitian lanes to real ones.
    pub(crate) fn real_backward(&self, plans: &mut Plans<T>, lanes: Numbers) -> Result<()> {
        let zero = Point::new(T::zero(), T::zero());
        let (n, half) = (self.n, self.n / 2 + 1);
        let plan = plans.real.plan_fft_inverse(n);
        let rooms = &mut plans.rooms;
        let scratch = first(&mut rooms.scratch, plan.get_scratch_len(), zero)?;
        let group = together(&lanes, n);
        let (real_pitch, pitch) = (pitch(n), pitch(half));
        let points = first(&mut rooms.points, group * pitch, zero)?;
        let direct = self.output.lie_together::<T>();
        let size = if direct { 0 } else { group * real_pitch };
        let reals = first(&mut rooms.reals, size, T::zero())?;
        for (k, count) in groups(lanes, group) {
            let starts = self.input.starts(k, count);
            // SAFETY: lanes of complex numbers.
            unsafe {
                self.input.read(
                    &starts[..count],
                    &mut points[..count * pitch],
                    (half, pitch),
                    zero,
                )
            };
            for (i, spectrum) in points[..count * pitch].chunks_mut(pitch).enumerate() {
                let spectrum = &mut spectrum[..half];
                spectrum[0].im = T::zero();
                if n.is_multiple_of(2) {
                    spectrum[n / 2].im = T::zero();
                }
                let lane: &mut [T] = if direct {
                    // SAFETY: an output lane whose items lie together; it is written by one thread.
                    unsafe { self.output.items(k + i, 1) }
                } else {
                    &mut reals[i * real_pitch..i * real_pitch + n]
                };
                plan.process_with_scratch(spectrum, lane, scratch)
                    .expect("rooms of the lengths that the plan has");
                if self.factor != T::one() {
                    lane.iter_mut().for_each(|v| *v = *v * self.factor);
                }
            }
            if !direct {
                let starts = self.output.starts(k, count);
                // SAFETY: lanes of real numbers, each written by one thread.
                unsafe {
                    self.output
                        .write(&starts[..count], &reals[..count * real_pitch], real_pitch)
                };
            }
        }
        Ok(())
    }

    fn scale(&self, lane: &mut [Point<T>]) {
        if self.factor != T::one() {
            for v in lane {
                *v = Point::new(v.re * self.factor, v.im * self.factor);
            }
        }
    }
}
