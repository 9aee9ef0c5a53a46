//! Elements from one of several arrays: `where` with three operands, and `choose`.

use numpy_rs_kernels::isa;
use numpy_rs_kernels::selection::choose as kernel;

use super::take::Mode;
use super::truth::truth;
use crate::array::Array;
use crate::cast::Casting;
use crate::copy;
use crate::dims::Dims;
use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};
use crate::iter::nest::Nest;
use crate::iter::order;
use crate::layout::{self, Order};
use crate::parallel::{self, SharedPtr};
use crate::view::{View, ViewMut};
use crate::{items, references};

/// Elements per block of large work.
const BLOCK: isize = 1 << 16;

/// The shape and strides of the result of [`where_into`]: broadcast, in the memory order of the operands.
pub fn where_layout(
    cond: &View<'_>,
    x: &View<'_>,
    y: &View<'_>,
    itemsize: usize,
) -> Result<(Dims, Dims)> {
    let shape = layout::broadcast_shapes(&[cond.shape(), x.shape(), y.shape()])?;
    if [cond, x, y].iter().all(|v| v.is_c_contiguous()) {
        let strides = layout::c_strides(&shape, itemsize);
        return Ok((shape, strides));
    }
    let all = [cond, x, y]
        .into_iter()
        .map(|v| layout::broadcast_strides(v.shape(), v.strides(), &shape))
        .collect::<Result<Vec<_>>>()?;
    let axes = order::by_strides(shape.len(), 3, |op, axis| {
        if shape[axis] == 1 { 0 } else { all[op][axis] }
    });
    let mut strides = Dims::from_elem(0, shape.len());
    let mut step = itemsize as isize;
    for &axis in &axes {
        strides[axis as usize] = step;
        step = step.wrapping_mul(shape[axis as usize].max(1));
    }
    Ok((shape, strides))
}

/// `where(cond, x, y)` as a new array of `dtype`, to which both operands are converted.
pub fn where_(cond: &View<'_>, x: &View<'_>, y: &View<'_>, dtype: &DType) -> Result<Array> {
    let (shape, strides) = where_layout(cond, x, y, dtype.itemsize())?;
    let whole = Array::empty(dtype.clone(), &shape, Order::C)?;
    // SAFETY: a permutation of contiguous strides reaches the same bytes.
    let mut out = unsafe { whole.relayout(0, dtype.clone(), shape, strides) };
    drop(whole);
    where_into(cond, x, y, &mut out.view_mut()?)?;
    Ok(out)
}

/// Stores `x` where `cond` is true and `y` elsewhere; operands repeat to the shape of `out` and convert to its dtype.
/// `out` shares no memory with them.
pub fn where_into(
    cond: &View<'_>,
    x: &View<'_>,
    y: &View<'_>,
    out: &mut ViewMut<'_>,
) -> Result<()> {
    let dtype = out.dtype().clone();
    let held_cond;
    let is_mask = cond.dtype().num() == TypeNum::Bool;
    let cond = if is_mask {
        cond.clone()
    } else {
        held_cond = truth(cond)?;
        held_cond.view()
    };
    let (held_x, held_y);
    let same = |v: &View<'_>| v.dtype().is_equivalent(&dtype);
    let x = if same(x) {
        x.clone()
    } else {
        held_x = copy::cast_to(x, &dtype, Order::K, Casting::Unsafe)?.0;
        held_x.view()
    };
    let y = if same(y) {
        y.clone()
    } else {
        held_y = copy::cast_to(y, &dtype, Order::K, Casting::Unsafe)?.0;
        held_y.view()
    };
    if out.size() == 0 {
        return Ok(());
    }
    let fit = |v: &View<'_>| layout::broadcast_strides(v.shape(), v.strides(), out.shape());
    let strides = [
        fit(&cond)?,
        fit(&x)?,
        fit(&y)?,
        Dims::from_slice(out.strides()),
    ];
    let nest = Nest::new(out.shape(), 4, |op, axis| strides[op][axis]);
    let lane = Dims::from_slice(nest.strides(0));
    let size = dtype.itemsize();
    let counted = dtype.has_objects();
    let run = kernel::choose_loop(size, isa::best()).filter(|_| !counted);
    let base = [
        SharedPtr::new(cond.ptr()),
        SharedPtr::new(x.ptr()),
        SharedPtr::new(y.ptr()),
        SharedPtr::new(out.ptr_mut()),
    ];
    let part = |from: isize, to: isize| -> Result<()> {
        let at: [*mut u8; 4] = [base[0].at(0), base[1].at(0), base[2].at(0), base[3].at(0)];
        nest.walk(&at, from..to, |p, n| {
            // SAFETY: the nest stays inside the four views; parts write places of their own.
            unsafe {
                if let Some(run) = run {
                    run(
                        p[0], lane[0], p[1], lane[1], p[2], lane[2], p[3], lane[3], n,
                    );
                    return Ok(());
                }
                for k in 0..n {
                    let op = if *p[0].offset(k * lane[0]) != 0 { 1 } else { 2 };
                    let slot = p[3].offset(k * lane[3]);
                    if counted {
                        references::release_items(&dtype, slot, 1);
                    }
                    items::copy(p[op].offset(k * lane[op]), 0, slot, 0, 1, size, 0);
                    if counted {
                        references::retain_items(&dtype, slot, 1);
                    }
                }
            }
            Ok(())
        })
    };
    let n = nest.size();
    if counted || n <= 2 * BLOCK {
        return part(0, n);
    }
    let n_blocks = (n + BLOCK - 1) / BLOCK;
    parallel::for_each_block(n_blocks as usize, &|i| {
        let from = i as isize * BLOCK;
        part(from, (from + BLOCK).min(n))
    })
}

/// `choose(selector, choices)`: at each place the element of the choice that the selector (native `intp`) names.
/// The choices have one dtype; `out` has it too, the broadcast shape, and no memory in common with them.
pub fn choose_into(
    selector: &View<'_>,
    choices: &[View<'_>],
    mode: Mode,
    out: &mut ViewMut<'_>,
) -> Result<()> {
    if choices.is_empty() {
        return Err(Error::Value {
            what: "invalid entry in choice array",
        });
    }
    let dtype = out.dtype().clone();
    let (size, counted) = (dtype.itemsize(), dtype.has_objects());
    let len = choices.len() as isize;
    let mut strides = vec![
        Dims::from_slice(out.strides()),
        layout::broadcast_strides(selector.shape(), selector.strides(), out.shape())?,
    ];
    for c in choices {
        strides.push(layout::broadcast_strides(
            c.shape(),
            c.strides(),
            out.shape(),
        )?);
    }
    let mut base = vec![out.ptr_mut(), selector.ptr().cast_mut()];
    base.extend(choices.iter().map(|c| c.ptr().cast_mut()));
    let nest = Nest::new(out.shape(), base.len(), |op, axis| strides[op][axis]);
    let lane = Dims::from_slice(nest.strides(0));
    nest.walk(&base, 0..nest.size(), |p, n| {
        for k in 0..n {
            // SAFETY: the nest stays inside all views; the selector names one of the choices.
            unsafe {
                let i = p[1].offset(k * lane[1]).cast::<isize>().read_unaligned();
                let i = match mode {
                    Mode::Raise if i < 0 || i >= len => {
                        return Err(Error::Value {
                            what: "invalid entry in choice array",
                        });
                    }
                    Mode::Raise => i,
                    Mode::Wrap => i.rem_euclid(len),
                    Mode::Clip => i.clamp(0, len - 1),
                };
                let op = 2 + i as usize;
                let slot = p[0].offset(k * lane[0]);
                if counted {
                    references::release_items(&dtype, slot, 1);
                }
                items::copy(p[op].offset(k * lane[op]), 0, slot, 0, 1, size, 0);
                if counted {
                    references::retain_items(&dtype, slot, 1);
                }
            }
        }
        Ok(())
    })
}

/// `choose` as a new array; the choices are converted to their common dtype `dtype`.
pub fn choose(
    selector: &View<'_>,
    choices: &[View<'_>],
    dtype: &DType,
    mode: Mode,
) -> Result<Array> {
    let selector = super::take::as_indices(selector, Casting::Safe)?;
    let mut shapes: Vec<&[isize]> = vec![selector.shape()];
    shapes.extend(choices.iter().map(View::shape));
    let shape = layout::broadcast_shapes(&shapes)?;
    let converted = choices
        .iter()
        .map(|c| copy::cast_to(c, dtype, Order::K, Casting::Unsafe).map(|(a, _)| a))
        .collect::<Result<Vec<_>>>()?;
    let views: Vec<View<'_>> = converted.iter().map(Array::view).collect();
    let mut out = Array::empty(dtype.clone(), &shape, Order::C)?;
    choose_into(&selector.view(), &views, mode, &mut out.view_mut()?)?;
    Ok(out)
}
