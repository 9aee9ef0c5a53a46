//! Elementwise expressions over whole arrays, in one pass over blocks that fit the first cache.
//!
//! What IEEE rounds correctly is computed in place; other functions run through NumPy's own inner loops, on the same
//! blocks. The layout of results is NumPy's. Where NumPy would warn, the region gives up.

use std::mem::MaybeUninit;

use super::array::Array;
pub use super::choice::{cut, select};
use super::errstate;
use super::exc::{Res, give_up, value_error};
pub use super::flags::{calm, check};
pub use super::loops::{Found, constant, lane};
use super::numpy::{self, Api};
use super::obj::Obj;
use super::scalar::Element;
use super::shade;

/// The most items of a block.
pub const BLOCK: usize = 1024;

/// An array as one operand of an expression with `N` axes.
#[derive(Clone, Copy, Debug)]
pub struct Operand<const N: usize> {
    data: *const u8,
    shape: [isize; N],
    strides: [isize; N],
    width: usize,
    sparse: bool,
}

impl<T: Element, const M: usize> Array<T, M> {
    /// The array with axes of extent 1 in front.
    #[inline]
    pub fn operand<const N: usize>(&self) -> Operand<N> {
        let (mut shape, mut strides) = ([1; N], [0; N]);
        let (own, steps) = (self.shape(), self.strides());
        let mut sparse = false;
        for axis in 0..M {
            shape[N - M + axis] = own[axis];
            sparse |= own[axis] > 1 && steps[axis] == 0;
            strides[N - M + axis] = if own[axis] == 1 { 0 } else { steps[axis] };
        }
        Operand {
            data: self.data(),
            shape,
            strides,
            width: size_of::<T>(),
            sparse,
        }
    }

    /// Gives up on an array that is walked backwards: NumPy's inner loops compute some functions in another way then, with
    /// other last bits.
    pub fn rising(&self) -> Res<()> {
        let steps = self.strides();
        if (0..M).any(|axis| self.shape()[axis] > 1 && steps[axis] < 0) {
            return give_up();
        }
        Ok(())
    }
}

/// The common shape of operands.
#[inline]
fn broadcast<const N: usize>(operands: &[Operand<N>]) -> Res<[isize; N]> {
    let mut shape = [1; N];
    for o in operands {
        for axis in 0..N {
            if o.shape[axis] != 1 {
                if shape[axis] != 1 && shape[axis] != o.shape[axis] {
                    return Err(value_error());
                }
                shape[axis] = o.shape[axis];
            }
        }
    }
    Ok(shape)
}

/// Whether results lie in memory in the order of their axes (else in the opposite one), as NumPy lays them out.
fn in_order<const N: usize>(operands: &[Operand<N>], shape: &[isize; N]) -> Res<bool> {
    if operands.iter().any(|o| o.sparse) {
        return give_up();
    }
    if N < 2 {
        return Ok(true);
    }
    if shape.contains(&0) {
        return give_up();
    }
    let (mut opposite, mut open) = (0, 0);
    for o in operands {
        let (mut up, mut down, mut unknown) = (false, false, false);
        for a in 0..N {
            for b in a + 1..N {
                let (x, y) = (o.strides[a].unsigned_abs(), o.strides[b].unsigned_abs());
                if x == 0 || y == 0 {
                    unknown = true;
                } else if x >= y {
                    down = true;
                } else {
                    up = true;
                }
            }
        }
        match (up, down) {
            (true, true) => return give_up(),
            (true, false) if N > 2 && unknown => return give_up(),
            (true, false) => opposite += 1,
            (false, true) => {
                // C order wins over any other; more than two axes of several orders are left to NumPy.
                if N == 2 {
                    return Ok(true);
                }
            }
            (false, false) => open += 1,
        }
    }
    if opposite == 0 {
        return Ok(true);
    }
    if opposite + open < operands.len() || open > 1 || N > 2 && open > 0 {
        return give_up();
    }
    Ok(false)
}

/// A walk over all items, block by block.
struct Walk<const N: usize, const K: usize> {
    /// Extents from the outermost axis in memory to the innermost.
    shape: [isize; N],
    /// Steps of each operand along these axes; those of extent 1 are 0.
    strides: [[isize; N]; K],
    data: [*const u8; K],
    width: [usize; K],
    /// Whether the items of an operand lie in the order of the walk, without gaps.
    dense: [bool; K],
    size: usize,
}

impl<const N: usize, const K: usize> Walk<N, K> {
    #[inline]
    fn new(operands: &[Operand<N>; K], shape: &[isize; N], forward: bool) -> Self {
        let mut walk = Self {
            shape: *shape,
            strides: [[0; N]; K],
            data: [std::ptr::null(); K],
            width: [0; K],
            dense: [true; K],
            size: shape.iter().product::<isize>() as usize,
        };
        if !forward {
            walk.shape.reverse();
        }
        for (k, o) in operands.iter().enumerate() {
            let mut strides = o.strides;
            for axis in 0..N {
                if o.shape[axis] == 1 {
                    strides[axis] = 0;
                }
            }
            if !forward {
                strides.reverse();
            }
            let mut want = o.width as isize;
            for axis in (0..N).rev() {
                if walk.shape[axis] != 1 && strides[axis] != want {
                    walk.dense[k] = false;
                }
                want *= walk.shape[axis];
            }
            (walk.strides[k], walk.data[k], walk.width[k]) = (strides, o.data, o.width);
        }
        walk
    }

    /// Copies `n` items of an operand from place `start` on, side by side.
    fn gather(&self, k: usize, start: usize, n: usize, to: *mut u8) {
        // SAFETY: the block lies inside the operand, and `to` has room for a block.
        unsafe {
            match self.width[k] {
                1 => self.gather_of::<u8>(k, start, n, to),
                2 => self.gather_of::<u16>(k, start, n, to),
                4 => self.gather_of::<u32>(k, start, n, to),
                8 => self.gather_of::<u64>(k, start, n, to),
                _ => self.gather_of::<[u64; 2]>(k, start, n, to),
            }
        }
    }

    unsafe fn gather_of<U: Copy>(&self, k: usize, start: usize, n: usize, to: *mut u8) {
        let mut to = to.cast::<U>();
        // SAFETY: as in `gather`.
        unsafe {
            self.lanes(self.strides[k], start, n, |offset, step, count| {
                let mut from = self.data[k].offset(offset);
                for i in 0..count {
                    to.add(i).write(from.cast::<U>().read_unaligned());
                    from = from.wrapping_offset(step);
                }
                to = to.add(count);
            });
        }
    }

    /// The lanes along the innermost axis that make up `n` items from place `start` on.
    #[inline]
    fn lanes(
        &self,
        strides: [isize; N],
        start: usize,
        n: usize,
        mut each: impl FnMut(isize, isize, usize),
    ) {
        let Some(inner) = N.checked_sub(1) else {
            return each(0, 0, n);
        };
        let mut place = [0usize; N];
        let mut rest = start;
        for axis in (0..N).rev() {
            let extent = self.shape[axis] as usize;
            place[axis] = rest % extent;
            rest /= extent;
        }
        let mut left = n;
        while left > 0 {
            let count = left.min(self.shape[inner] as usize - place[inner]);
            let offset: isize = (0..N).map(|a| place[a] as isize * strides[a]).sum();
            each(offset, strides[inner], count);
            left -= count;
            place[inner] = 0;
            for axis in (0..inner).rev() {
                place[axis] += 1;
                if (place[axis] as isize) < self.shape[axis] {
                    break;
                }
                place[axis] = 0;
            }
        }
    }

    /// Runs the expression over all blocks; `to` says where the results of a block go.
    #[inline]
    fn run(
        &self,
        body: Body<'_, K>,
        mut to: impl FnMut(usize, usize, &mut dyn FnMut(*mut u8) -> Res<()>) -> Res<()>,
    ) -> Res<()> {
        calm();
        let mut buffers: [MaybeUninit<[[u64; 2]; BLOCK]>; K] = [const { MaybeUninit::uninit() }; K];
        let mut start = 0;
        let mut ticks = 0u32;
        while start < self.size {
            let n = BLOCK.min(self.size - start);
            let mut from = [std::ptr::null(); K];
            for k in 0..K {
                from[k] = if self.dense[k] {
                    self.data[k].wrapping_add(start * self.width[k])
                } else {
                    let buffer = buffers[k].as_mut_ptr().cast::<u8>();
                    self.gather(k, start, n, buffer);
                    buffer.cast_const()
                };
            }
            to(start, n, &mut |out| body(n, &from, out))?;
            check()?;
            start += n;
            ticks += 1;
            if ticks & 0x3FF == 0 {
                shade::signals(false)?;
            }
        }
        Ok(())
    }
}

/// What computes one block: the count of items, where those of the operands are, and where the results go.
pub type Body<'b, const K: usize> = &'b mut dyn FnMut(usize, &[*const u8; K], *mut u8) -> Res<()>;

/// A new array of the results.
pub fn made<R: Element, const N: usize, const K: usize>(
    operands: [Operand<N>; K],
    body: Body<'_, K>,
) -> Res<Array<R, N>> {
    let api = numpy::api()?;
    errstate::quiet(api)?;
    let shape = broadcast(&operands)?;
    let forward = in_order(&operands, &shape)?;
    let (object, out) = fresh(api, R::TYPE_NUM, &shape, forward, size_of::<R>())?;
    let walk = Walk::new(&operands, &shape, forward);
    walk.run(body, |start, _, run| {
        run(out.wrapping_add(start * size_of::<R>()))
    })?;
    super::value::Value::from_obj(&object)
}

/// One value, where all operands are numbers.
#[inline]
pub fn one<R: Element>(body: Body<'_, 0>) -> Res<R::Scalar> {
    errstate::quiet(numpy::api()?)?;
    calm();
    let mut value = MaybeUninit::<R>::uninit();
    body(1, &[], value.as_mut_ptr().cast())?;
    check()?;
    // SAFETY: the body has written one item.
    Ok(unsafe { value.assume_init() }.scalar())
}

/// A new array without contents, and its memory.
pub(super) fn fresh(
    api: Api,
    type_num: i32,
    shape: &[isize],
    forward: bool,
    width: usize,
) -> Res<(Obj, *mut u8)> {
    let descr = api.descr(type_num)?;
    // SAFETY: strides of the opposite order fit the shape.
    let object = unsafe {
        if forward {
            api.array(descr, shape, None, None)?
        } else {
            let mut strides = shape.to_vec();
            let mut step = width as isize;
            for (stride, extent) in strides.iter_mut().zip(shape) {
                *stride = step;
                step *= extent;
            }
            api.array(descr, shape, Some(&strides), None)?
        }
    };
    // SAFETY: the fields of a new array.
    let data = unsafe { (*object.ptr().cast::<numpy::Fields>()).data };
    Ok((object, data))
}

/// The results into an array that is there, as `target[...] = expression` does it.
pub fn into<R: Element, const N: usize, const K: usize>(
    target: &Array<R, N>,
    operands: [Operand<N>; K],
    body: Body<'_, K>,
) -> Res<()> {
    let api = numpy::api()?;
    errstate::quiet(api)?;
    let shape = target.shape();
    let common = broadcast(&operands)?;
    for axis in 0..N {
        if common[axis] != 1 && common[axis] != shape[axis] {
            return Err(value_error());
        }
    }
    target.written()?;
    if target.size() == 0 {
        return Ok(());
    }
    let own: Operand<N> = target.operand();
    if own.sparse {
        return give_up();
    }
    let (low, high) = target.reach();
    for o in &operands {
        if overlaps(o, low, high) && !same(o, &own) {
            return over_a_copy(target, operands, &common, body);
        }
    }
    put(target, &operands, body)
}

/// The results into an array whose memory no operand reads at another place.
fn put<R: Element, const N: usize, const K: usize>(
    target: &Array<R, N>,
    operands: &[Operand<N>; K],
    body: Body<'_, K>,
) -> Res<()> {
    let shape = target.shape();
    let walk = Walk::new(operands, &shape, true);
    let place = Walk::new(&[target.operand()], &shape, true);
    let mut buffer = Buffer::<[u64; 2]>::new();
    let buffer = buffer.start().cast::<u8>();
    walk.run(body, |start, n, run| {
        if place.dense[0] {
            return run(target.data().wrapping_add(start * size_of::<R>()));
        }
        run(buffer)?;
        let mut from = buffer.cast::<R>();
        place.lanes(place.strides[0], start, n, |offset, step, count| {
            // SAFETY: the lanes lie inside the target, and the buffer holds a block.
            unsafe {
                let mut to = target.data().offset(offset);
                for i in 0..count {
                    to.cast::<R>().write(from.add(i).read());
                    to = to.wrapping_offset(step);
                }
                from = from.add(count);
            }
        });
        Ok(())
    })
}

/// Whether an operand may share memory with the range.
fn overlaps<const N: usize>(o: &Operand<N>, low: *mut u8, high: *mut u8) -> bool {
    let (mut first, mut last) = (o.data, o.data.wrapping_add(o.width));
    for axis in 0..N {
        if o.shape[axis] == 0 {
            return false;
        }
        let reach = (o.shape[axis] - 1) * o.strides[axis];
        if reach < 0 {
            first = first.wrapping_offset(reach);
        } else {
            last = last.wrapping_offset(reach);
        }
    }
    first < high.cast_const() && low.cast_const() < last
}

/// Whether an operand is the target itself, so that each item is read before it is written.
fn same<const N: usize>(o: &Operand<N>, target: &Operand<N>) -> bool {
    o.data == target.data
        && o.shape == target.shape
        && o.strides == target.strides
        && o.width == target.width
}

/// Results that go to memory that is still read: first into an array of their own.
#[cold]
fn over_a_copy<R: Element, const N: usize, const K: usize>(
    target: &Array<R, N>,
    operands: [Operand<N>; K],
    shape: &[isize; N],
    body: Body<'_, K>,
) -> Res<()> {
    let (object, out) = fresh(numpy::api()?, R::TYPE_NUM, shape, true, size_of::<R>())?;
    let walk = Walk::new(&operands, shape, true);
    walk.run(body, |start, _, run| {
        run(out.wrapping_add(start * size_of::<R>()))
    })?;
    let copy: Array<R, N> = super::value::Value::from_obj(&object)?;
    put(target, &[copy.operand()], &mut |n, from, out| {
        // SAFETY: blocks of the same type.
        unsafe { std::ptr::copy_nonoverlapping(from[0].cast::<R>(), out.cast::<R>(), n) };
        Ok(())
    })
}

/// The items of a block of an operand.
#[inline]
pub fn items<'a, T>(from: *const u8, n: usize) -> &'a [T] {
    // SAFETY: the walk passes blocks of `n` aligned items.
    unsafe { std::slice::from_raw_parts(from.cast(), n) }
}

/// The places of a block of results.
#[inline]
pub fn places<'a, T>(to: *mut u8, n: usize) -> &'a mut [T] {
    // SAFETY: the walk passes room for `n` aligned items.
    unsafe { std::slice::from_raw_parts_mut(to.cast(), n) }
}

/// Room for one block of values in between.
pub struct Buffer<T>(MaybeUninit<[T; BLOCK]>);

impl<T: Copy> Buffer<T> {
    /// Room without contents.
    #[inline]
    #[expect(clippy::new_without_default, reason = "there is no default block")]
    pub fn new() -> Self {
        Self(MaybeUninit::uninit())
    }

    fn start(&mut self) -> *mut T {
        self.0.as_mut_ptr().cast()
    }

    /// The first `n` places, which are written before they are read.
    #[inline]
    pub fn places(&mut self, n: usize) -> &mut [T] {
        debug_assert!(n <= BLOCK);
        // SAFETY: room for a block; numbers have no invalid bits.
        unsafe { std::slice::from_raw_parts_mut(self.start(), n) }
    }
}
