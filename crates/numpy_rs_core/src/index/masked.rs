//! Assignment where a mask is true: `copyto(where=)`, `putmask`, `place`.

use numpy_rs_elements::fp_events::FpEvents;

use super::take::advance;
use crate::cast::{self, Casting};
use crate::copy;
use crate::dims::Dims;
use crate::error::{CastingError, Error, Result};
use crate::iter::nest::Nest;
use crate::layout::{self, Order};
use crate::overlap::{self, Sharing};
use crate::view::{View, ViewMut};
use crate::{items, references};

/// Copies `src` into `dst` where the bool view `mask` is true; both are repeated to the shape of `dst`, and only the
/// elements that are written are converted.
pub fn assign_where(
    dst: &mut ViewMut<'_>,
    src: &View<'_>,
    mask: &View<'_>,
    casting: Casting,
) -> Result<FpEvents> {
    if !cast::can_cast(src.dtype(), dst.dtype(), casting) {
        return Err(Error::Casting(Box::new(CastingError {
            ufunc: None,
            operand: None,
            input: true,
            from: src.dtype().clone(),
            to: dst.dtype().clone(),
            casting: casting.name(),
        })));
    }
    for part in [src, mask] {
        let meets = overlap::bounds_meet(part, dst.as_view())
            && overlap::share_memory(part, dst.as_view(), Some(1)) != Sharing::No;
        if meets {
            let (s, m) = (
                copy::to_array(src, Order::K)?,
                copy::to_array(mask, Order::K)?,
            );
            return assign_where(dst, &s.view(), &m.view(), casting);
        }
    }
    let fit = |v: &View<'_>, shape: &[isize]| {
        let extra = v.ndim().saturating_sub(shape.len());
        let drop = v
            .shape()
            .iter()
            .take(extra)
            .take_while(|&&d| d == 1)
            .count();
        layout::broadcast_strides(&v.shape()[drop..], &v.strides()[drop..], shape).map_err(|_| {
            Error::BroadcastInto {
                from: Dims::from_slice(v.shape()),
                to: Dims::from_slice(shape),
            }
        })
    };
    let strides = [
        Dims::from_slice(dst.strides()),
        fit(src, dst.shape())?,
        fit(mask, dst.shape())?,
    ];
    if dst.size() == 0 {
        return Ok(FpEvents::NONE);
    }
    let run = cast::cast_loop(src.dtype(), dst.dtype())?;
    let nest = Nest::new(dst.shape(), 3, |op, axis| strides[op][axis]);
    let lane = Dims::from_slice(nest.strides(0));
    let mut events = FpEvents::NONE;
    let base = [dst.ptr_mut(), src.ptr().cast_mut(), mask.ptr().cast_mut()];
    nest.walk(&base, 0..nest.size(), |at, n| {
        let mut k = 0;
        while k < n {
            // SAFETY: the nest stays inside the three views, of which only `dst` is written.
            unsafe {
                let is_true = |k: isize| *at[2].offset(k * lane[2]) != 0;
                while k < n && !is_true(k) {
                    k += 1;
                }
                let first = k;
                while k < n && is_true(k) {
                    k += 1;
                }
                if k > first {
                    let (d, s) = (at[0].offset(first * lane[0]), at[1].offset(first * lane[1]));
                    let status = run.run(s, lane[1], d, lane[0], k - first, true);
                    events |= status.events;
                    if let Some(e) = status.error {
                        return Err(cast::convert::take_error(e));
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok(events)
}

/// The mask's true places in C order get values in turn: the one of the same flat number (`putmask`), or the next one
/// (`place`); values are repeated.
fn fill_true(dst: &mut ViewMut<'_>, mask: &View<'_>, values: &View<'_>, next: bool) -> Result<()> {
    let mask = super::truth::truth(mask)?;
    let dtype = dst.dtype().clone();
    let (values, _) = copy::cast_to(values, &dtype, Order::C, Casting::Unsafe)?;
    let (nv, size) = (values.size(), dtype.itemsize());
    if dst.size() == 0 {
        return Ok(());
    }
    let (m, v) = (mask.view(), values.view());
    if nv == 0 {
        if next && super::mask::count_true(&m) > 0 {
            return Err(Error::Value {
                what: "Cannot insert from an empty array!",
            });
        }
        return Ok(());
    }
    let (shape, strides) = (
        Dims::from_slice(dst.shape()),
        Dims::from_slice(dst.strides()),
    );
    let counted = dtype.has_objects();
    let base = dst.ptr_mut();
    let last = shape.last().copied().unwrap_or(1);
    let step = strides.last().copied().unwrap_or(0);
    let outer = shape.len().saturating_sub(1);
    let mut index = Dims::from_elem(0, outer);
    let (mut flat, mut taken) = (0usize, 0usize);
    for _ in 0..shape[..outer].iter().product::<isize>() {
        let row: isize = index.iter().zip(&strides).map(|(i, s)| i * s).sum();
        for k in 0..last {
            // SAFETY: the mask is C-contiguous of the same size; places and values are inside their views.
            unsafe {
                if *m.ptr().add(flat) != 0 {
                    let slot = base.wrapping_offset(row + k * step);
                    if counted {
                        references::release_items(&dtype, slot, 1);
                    }
                    items::copy(
                        v.ptr().add(if next { taken } else { flat } % nv * size),
                        0,
                        slot,
                        0,
                        1,
                        size,
                        0,
                    );
                    if counted {
                        references::retain_items(&dtype, slot, 1);
                    }
                    taken += 1;
                }
            }
            flat += 1;
        }
        advance(&mut index, &shape[..outer]);
    }
    Ok(())
}

/// `putmask(dst, mask, values)`: where `mask` is true, the value of the same flat number, values repeated.
pub fn putmask(dst: &mut ViewMut<'_>, mask: &View<'_>, values: &View<'_>) -> Result<()> {
    if mask.size() != dst.size() {
        return Err(Error::Value {
            what: "putmask: mask and data must be the same size",
        });
    }
    fill_true(dst, mask, values, false)
}

/// `place(dst, mask, values)`: the true places get the values one after another, repeated.
pub fn place(dst: &mut ViewMut<'_>, mask: &View<'_>, values: &View<'_>) -> Result<()> {
    if mask.size() != dst.size() {
        return Err(Error::Value {
            what: "place: mask and data must be the same size",
        });
    }
    fill_true(dst, mask, values, true)
}
