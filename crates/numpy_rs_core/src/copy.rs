//! Assignment between arrays: broadcasting, conversion, byte order, overlap and references.

use numpy_rs_elements::fp_events::FpEvents;

use crate::array::Array;
use crate::cast::{self, CastLoop, Casting};
use crate::dims::Dims;
use crate::dtype::number::LONG_DOUBLE;
use crate::dtype::{ByteOrder, DType, TypeNum};
use crate::error::{CastingError, Error, Result};
use crate::interrupt::Patience;
use crate::iter::nest::Nest;
use crate::layout::{self, Order};
use crate::overlap::{self, Sharing};
use crate::view::{View, ViewMut};

/// Side of the square tiles in which transposed items are moved, so that both sides stay in cache.
const TILE: isize = 32;

/// Blocks up to this size are moved at once, without a look at overlap or Ctrl-C.
const SMALL_BYTES: usize = 1 << 16;

/// Strides with which `src` is read in the shape of `dst`; leading axes of length 1 are dropped.
fn strides_in(src: &View<'_>, dst: &View<'_>) -> Result<Dims> {
    let (shape, strides) = without_leading_ones(src, dst.ndim());
    layout::broadcast_strides(&shape, &strides, dst.shape()).map_err(|_| Error::BroadcastInto {
        from: Dims::from_slice(src.shape()),
        to: Dims::from_slice(dst.shape()),
    })
}

/// Checks that [`assign`] can broadcast the one into the other.
pub fn check_fits(src: &View<'_>, dst: &View<'_>) -> Result<()> {
    strides_in(src, dst).map(drop)
}

/// Copies `src` into `dst`, repeated to its shape and converted to its dtype.
///
/// Leading axes of length 1 that `src` has too many are dropped. Overlapping memory is read before it is written.
/// Gives the floating-point events of the conversion. Errors: [`Error::BroadcastInto`], [`Error::Casting`], or what
/// the conversion of a value says.
pub fn assign(dst: &mut ViewMut<'_>, src: &View<'_>, casting: Casting) -> Result<FpEvents> {
    if let Some(n_bytes) = small_block(dst, src) {
        // SAFETY: both views hold `n_bytes` contiguous bytes of plain numbers.
        unsafe { move_block(src.ptr(), dst.ptr_mut(), n_bytes) };
        return Ok(FpEvents::NONE);
    }
    if !cast::can_cast(src.dtype(), dst.dtype(), casting) {
        if src.ndim() == 0 {
            // NumPy: an element on its own is a scalar in the message.
            return Err(Error::type_error(format!(
                "Cannot cast scalar from {} to {} according to the rule '{}'",
                src.dtype().repr(),
                dst.dtype().repr(),
                casting.name()
            )));
        }
        return Err(Error::Casting(Box::new(CastingError {
            ufunc: None,
            operand: None,
            input: true,
            from: src.dtype().clone(),
            to: dst.dtype().clone(),
            casting: casting.name(),
        })));
    }
    let strides = strides_in(src, dst.as_view())?;
    if dst.size() == 0 {
        return Ok(FpEvents::NONE);
    }
    if casting == Casting::SameValue && src.dtype().num() != dst.dtype().num() {
        check_values(src, dst.dtype())?;
    }
    let run = cast::cast_loop(src.dtype(), dst.dtype())?;
    if overlap::bounds_meet(src, dst.as_view()) {
        if run.is_copy() && overlap::is_same_walk(src, dst.as_view()) {
            return Ok(FpEvents::NONE);
        }
        if overlap::share_memory(src, dst.as_view(), Some(1)) != Sharing::No {
            let held = to_array(src, Order::K)?;
            return assign(dst, &held.view(), casting);
        }
    }
    let order = Dims::from_slice(dst.shape());
    let to = Dims::from_slice(dst.strides());
    move_items(&run, dst.ptr_mut(), &to, src.ptr(), &strides, &order)
}

/// The size in bytes of two blocks of numbers of one dtype that lie alike without gaps, if they are small.
fn small_block(dst: &ViewMut<'_>, src: &View<'_>) -> Option<usize> {
    let (from, to) = (src.dtype(), dst.dtype());
    let alike = src.shape() == dst.shape()
        && from.num() == to.num()
        && from.num().is_number()
        && from.byte_order() == to.byte_order();
    let (shape, size) = (src.shape(), from.itemsize());
    let dense = |strides: &[isize]| layout::is_c_contiguous(shape, strides, size);
    let n_bytes = src.size() * size;
    (alike && n_bytes <= SMALL_BYTES && dense(src.strides()) && dense(dst.strides()))
        .then_some(n_bytes)
}

/// Moves bytes; the blocks may overlap.
///
/// Where the target stands a little ahead of the source within a page, a processor takes each load for one that must
/// wait for a store just made, because it compares the lower twelve bits first ("4K aliasing"). Such blocks are moved
/// from the end.
unsafe fn move_block(src: *const u8, dst: *mut u8, n_bytes: usize) {
    const PIECE: usize = 512;
    let ahead = (dst as usize).wrapping_sub(src as usize) % 4096;
    let apart = (dst as usize).abs_diff(src as usize) >= n_bytes;
    // SAFETY: promised by the caller; the pieces lie inside both blocks, which do not overlap.
    unsafe {
        if n_bytes < 2 * PIECE || ahead == 0 || ahead >= PIECE || !apart {
            std::ptr::copy(src, dst, n_bytes);
            return;
        }
        let mut end = n_bytes;
        while end > 0 {
            let begin = end.saturating_sub(PIECE);
            std::ptr::copy_nonoverlapping(src.add(begin), dst.add(begin), end - begin);
            end = begin;
        }
    }
}

/// The layout of a view without the axes of length 1 in front that are too many for `ndim`.
fn without_leading_ones(src: &View<'_>, ndim: usize) -> (Dims, Dims) {
    let extra = src.ndim().saturating_sub(ndim);
    let drop = src
        .shape()
        .iter()
        .take(extra)
        .take_while(|&&d| d == 1)
        .count();
    (
        Dims::from_slice(&src.shape()[drop..]),
        Dims::from_slice(&src.strides()[drop..]),
    )
}

/// Runs a conversion over all items of a shape.
fn move_items(
    run: &CastLoop,
    dst: *mut u8,
    dst_strides: &[isize],
    src: *const u8,
    src_strides: &[isize],
    shape: &[isize],
) -> Result<FpEvents> {
    let strides = [dst_strides, src_strides];
    let nest = Nest::new(shape, 2, |op, axis| strides[op][axis]);
    if nest.ndim() == 2 && run.is_copy() && is_transposed(&nest, run.to().itemsize()) {
        tiles(run, &nest, dst, src)?;
        return Ok(FpEvents::NONE);
    }
    let mut events = FpEvents::NONE;
    let patience = Patience::new();
    let mut first = true;
    let lane = [nest.strides(0)[0], nest.strides(0)[1]];
    // Pieces of a long lane, so that Ctrl-C is noticed.
    // Items that are moved take a few bytes' time; others may have to be made or spelled out.
    let piece: isize = if run.is_copy() { 1 << 20 } else { 1 << 16 };
    nest.walk(&[dst, src.cast_mut()], 0..nest.size(), |at, n| {
        let mut done = 0;
        while done < n {
            let len = piece.min(n - done);
            // SAFETY: the nest stays inside both views, which do not overlap; `run` fits their dtypes.
            let status = unsafe {
                let (d, s) = (at[0].offset(done * lane[0]), at[1].offset(done * lane[1]));
                run.run(s, lane[1], d, lane[0], len, true)
            };
            events |= status.events;
            if let Some(e) = status.error {
                return Err(cast::convert::take_error(e));
            }
            done += len;
            // A copy of one piece is over before anyone could ask.
            if !std::mem::take(&mut first) {
                patience.check()?;
            }
        }
        Ok(())
    })?;
    Ok(events)
}

/// Whether one side is contiguous along one axis and the other side along the other.
fn is_transposed(nest: &Nest, itemsize: usize) -> bool {
    let item = itemsize as isize;
    nest.len(0) >= TILE
        && nest.len(1) >= TILE
        && nest.strides(0)[0] == item
        && nest.strides(1)[1] == item
}

/// Moves a transposed matrix tile by tile.
fn tiles(run: &CastLoop, nest: &Nest, dst: *mut u8, src: *const u8) -> Result<()> {
    let (columns, rows) = (nest.len(0), nest.len(1));
    let (inner, outer) = (nest.strides(0), nest.strides(1));
    let patience = Patience::new();
    for r in (0..rows).step_by(TILE as usize) {
        patience.check()?;
        for c in (0..columns).step_by(TILE as usize) {
            let (height, width) = (TILE.min(rows - r), TILE.min(columns - c));
            for i in r..r + height {
                let at = |op: usize| i * outer[op] + c * inner[op];
                // SAFETY: the tile lies inside both views.
                unsafe {
                    run.run(
                        src.offset(at(1)),
                        inner[1],
                        dst.offset(at(0)),
                        inner[0],
                        width,
                        false,
                    )
                };
            }
        }
    }
    Ok(())
}

/// A contiguous copy in the order given (`K`: near to the view's own).
pub fn to_array(src: &View<'_>, order: Order) -> Result<Array> {
    cast_to(src, src.dtype(), order, Casting::Unsafe).map(|(array, _)| array)
}

/// A contiguous copy converted to a dtype, with the floating-point events of the conversion.
pub fn cast_to(
    src: &View<'_>,
    dtype: &DType,
    order: Order,
    casting: Casting,
) -> Result<(Array, FpEvents)> {
    let strides = layout::strides_like(
        order,
        src.shape(),
        src.strides(),
        dtype.itemsize(),
        src.dtype().itemsize(),
    );
    let whole = Array::empty(dtype.clone(), src.shape(), Order::C)?;
    // SAFETY: a permutation of contiguous strides reaches the same bytes.
    let mut array =
        unsafe { whole.relayout(0, dtype.clone(), Dims::from_slice(src.shape()), strides) };
    drop(whole);
    let events = assign(&mut array.view_mut()?, src, casting)?;
    Ok((array, events))
}

/// Fails unless every value survives the conversion to `dtype` and back; NaN survives as NaN.
fn check_values(src: &View<'_>, dtype: &DType) -> Result<()> {
    let own = src.dtype().clone().with_byte_order(ByteOrder::Native);
    if !own.num().is_number() {
        return Ok(());
    }
    let native = dtype.clone().with_byte_order(ByteOrder::Native);
    let (there, _) = cast_to(src, &native, Order::C, Casting::Unsafe)?;
    let (back, _) = cast_to(&there.view(), &own, Order::C, Casting::Unsafe)?;
    let (held, _) = cast_to(src, &own, Order::C, Casting::Unsafe)?;
    // Bytes tell numbers apart exactly; only zeros and NaN have more than one form, which doubles show.
    let wide = DType::new(TypeNum::CDouble);
    let (x, _) = cast_to(&held.view(), &wide, Order::C, Casting::Unsafe)?;
    let (y, _) = cast_to(&back.view(), &wide, Order::C, Casting::Unsafe)?;
    let size = own.itemsize();
    let long = matches!(own.num(), TypeNum::LongDouble | TypeNum::CLongDouble) && LONG_DOUBLE == 16;
    let part = if own.num().is_complex() {
        size / 2
    } else {
        size
    };
    let used = if long { 10 } else { part };
    let (a, b) = (held.view().ptr(), back.view().ptr());
    let (p, q) = (
        x.view().ptr().cast::<[f64; 2]>(),
        y.view().ptr().cast::<[f64; 2]>(),
    );
    for i in 0..src.size() {
        for k in 0..size / part {
            // SAFETY: all four copies are contiguous and hold `src.size()` items.
            let same = unsafe {
                let at = i * size + k * part;
                let (m, n) = ((*p.add(i))[k], (*q.add(i))[k]);
                std::slice::from_raw_parts(a.add(at), used)
                    == std::slice::from_raw_parts(b.add(at), used)
                    || m == 0.0 && n == 0.0
                    || m.is_nan() && n.is_nan()
            };
            if !same {
                return Err(Error::value(format!(
                    "could not cast 'same_value' {own} to {native}"
                )));
            }
        }
    }
    Ok(())
}
