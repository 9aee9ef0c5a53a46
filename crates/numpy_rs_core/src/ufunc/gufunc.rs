//! Generalized ufuncs: loops over everything but the core dimensions, `axes`, `axis` and `keepdims`.

use smallvec::SmallVec;

use super::blocks::{self, Shared};
use super::core_dims::{self, CoreSizes, Shaped, Signature};
use super::lane::RowRunner;
use super::options::{Operand, Spec, UfuncOptions};
use super::reduce::convert_into;
use super::resolve::{self, DTypes, Resolved};
use super::table::Ufunc;
use crate::array::Array;
use crate::cast::Casting;
use crate::copy;
use crate::dims::{Dims, ShapeText};
use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};
use crate::fp_errors::{EventSum, FpEvents, Watch};
use crate::interrupt::Patience;
use crate::iter::nest::Nest;
use crate::layout::{self, Order};
use crate::overlap::{self, Sharing};
use crate::parallel;
use crate::view::{View, ViewMut};

/// The axes of one operand, as written in `axes=`: a single integer or a tuple.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AxesItem {
    /// One axis.
    One(isize),
    /// Several.
    Many(SmallVec<[isize; 4]>),
}

/// The keyword arguments that only generalized ufuncs take.
#[derive(Clone, Debug, Default)]
pub struct CoreOptions {
    /// `axes=`.
    pub axes: Option<SmallVec<[AxesItem; 4]>>,
    /// `axis=`.
    pub axis: Option<isize>,
    /// `keepdims=`.
    pub keepdims: bool,
}

/// Where the axes of an operand go: which are looped over, which are core.
#[derive(Clone, Debug)]
struct Split {
    looped: SmallVec<[u8; 6]>,
    core: SmallVec<[u8; 4]>,
}

/// A call of a generalized ufunc that can no longer fail on its arguments.
#[derive(Clone)]
pub struct GufuncPlan {
    ufunc: &'static Ufunc,
    signature: Signature,
    core: CoreSizes,
    resolved: Resolved,
    loop_shape: Dims,
    splits: SmallVec<[Split; 3]>,
    outputs: SmallVec<[Spec; 1]>,
}

/// Plans a call.
pub fn plan_gufunc(
    ufunc: &'static Ufunc,
    inputs: &[Operand],
    outs: &[Option<Spec>],
    options: &UfuncOptions,
    core_options: &CoreOptions,
) -> Result<GufuncPlan> {
    let signature = Signature::parse(ufunc.signature.unwrap_or_default())?;
    check_core_options(ufunc, &signature, core_options)?;
    let given = |at: usize| -> Option<&Spec> {
        if at < ufunc.nin {
            Some(&inputs[at].spec)
        } else {
            outs.get(at - ufunc.nin).and_then(Option::as_ref)
        }
    };
    // With `keepdims` outputs have an axis of length 1 for each core axis of the inputs.
    let kept = if core_options.keepdims {
        signature.operands[0].len()
    } else {
        0
    };
    let shaped: SmallVec<[Shaped<'_>; 4]> = (0..ufunc.nargs())
        .filter_map(|at| {
            let shape = &given(at)?.shape[..];
            Some(Shaped { at, shape })
        })
        .collect();
    let missing = core_dims::leave_out(ufunc, &signature, &shaped)?;
    let n_core = |at: usize| {
        let own = &signature.operands[at];
        own.iter().filter(|&&d| !missing[d as usize]).count()
            + if at >= ufunc.nin { kept } else { 0 }
    };
    // The number of looped axes comes from the operands that are there.
    let n_loop = shaped
        .iter()
        .map(|s| s.shape.len().saturating_sub(n_core(s.at)))
        .max()
        .unwrap_or(0);
    let mut splits: SmallVec<[Split; 3]> = SmallVec::new();
    for at in 0..ufunc.nargs() {
        let ndim = given(at).map_or(n_loop + n_core(at), Spec::ndim);
        if ndim < n_core(at) {
            return Err(Error::value(format!(
                "{}: Output operand {} does not have enough dimensions (has {ndim}, gufunc core with signature {} \
                 requires {})",
                ufunc.name,
                at - ufunc.nin,
                ufunc.signature.unwrap_or_default(),
                n_core(at)
            )));
        }
        splits.push(split_axes(ufunc, core_options, at, ndim, n_core(at))?);
    }
    let lengths = |at: usize| -> Option<(usize, Dims)> {
        let shape = &given(at)?.shape;
        let core = splits[at].core.iter().map(|&a| shape[a as usize]);
        Some((at, core.collect()))
    };
    let measured: SmallVec<[(usize, Dims); 4]> = (0..ufunc.nargs())
        .filter(|&at| at < ufunc.nin || kept == 0)
        .filter_map(lengths)
        .collect();
    let core = core_dims::measure(ufunc, &signature, missing, &measured)?;
    let loop_shape = loop_shape(ufunc, &signature, &core, &splits, &given, n_loop)?;
    let out_dtypes: SmallVec<[Option<&DType>; 2]> =
        outs.iter().map(|o| o.as_ref().map(|s| &s.dtype)).collect();
    let resolved = resolve::resolve(ufunc, inputs, &out_dtypes, options)?;
    let mut outputs = SmallVec::new();
    for at in ufunc.nin..ufunc.nargs() {
        if let Some(own) = given(at) {
            outputs.push(own.clone());
            continue;
        }
        let split = &splits[at];
        let mut shape: Dims = SmallVec::from_elem(1, split.looped.len() + split.core.len());
        for (&a, &d) in split.looped.iter().zip(&loop_shape) {
            shape[a as usize] = d;
        }
        let own = signature.operands[at]
            .iter()
            .filter(|&&d| !core.missing[d as usize]);
        for (&a, &d) in split.core.iter().zip(own) {
            shape[a as usize] = core.sizes[d as usize];
        }
        let dtype = resolved.dtypes[at].clone();
        layout::checked_nbytes(&shape, dtype.itemsize())?;
        let strides = match options.order {
            Order::F => layout::f_strides(&shape, dtype.itemsize()),
            _ => layout::c_strides(&shape, dtype.itemsize()),
        };
        outputs.push(Spec {
            dtype,
            shape,
            strides,
        });
    }
    Ok(GufuncPlan {
        ufunc,
        signature,
        core,
        resolved,
        loop_shape,
        splits,
        outputs,
    })
}

/// `axis` and `keepdims` fit only some signatures.
fn check_core_options(ufunc: &Ufunc, signature: &Signature, options: &CoreOptions) -> Result<()> {
    let text = ufunc.signature.unwrap_or_default();
    if options.keepdims {
        let inputs = &signature.operands[..ufunc.nin];
        let uneven = inputs.iter().position(|o| o.len() != inputs[0].len());
        let cored = signature.operands[ufunc.nin..]
            .iter()
            .position(|o| !o.is_empty());
        let culprit = uneven
            .map(|i| ("input", i, inputs[i].len()))
            .or_else(|| cored.map(|i| ("output", i, signature.operands[ufunc.nin + i].len())));
        if let Some((side, at, n)) = culprit {
            return Err(Error::type_error(format!(
                "{} does not support keepdims: its signature {text} requires {side} {at} to have {n} core dimensions, \
                 but keepdims can only be used when all inputs have the same number of core dimensions and all \
                 outputs have no core dimensions.",
                ufunc.name
            )));
        }
    }
    if options.axis.is_some() {
        if options.axes.is_some() {
            return Err(Error::Type {
                what: "cannot specify both 'axis' and 'axes'",
            });
        }
        if signature.dims.len() != 1 || signature.operands.iter().any(|o| o.len() > 1) {
            return Err(Error::type_error(format!(
                "{}: axis can only be used with a single shared core dimension, not with the {} distinct ones implied \
                 by signature {text}.",
                ufunc.name,
                signature.dims.len()
            )));
        }
    }
    if let Some(axes) = &options.axes {
        let no_core_out = signature.operands[ufunc.nin..]
            .iter()
            .all(SmallVec::is_empty);
        if axes.len() != ufunc.nargs() && !(axes.len() == ufunc.nin && no_core_out) {
            return Err(Error::value(format!(
                "axes should be a list with an entry for all {} inputs and outputs; entries for outputs can only be \
                 omitted if none of them has core axes.",
                ufunc.nargs()
            )));
        }
    }
    Ok(())
}

/// Which axes of an operand are core, in the order of the signature; the last ones unless said otherwise.
fn split_axes(
    ufunc: &Ufunc,
    options: &CoreOptions,
    at: usize,
    ndim: usize,
    n_core: usize,
) -> Result<Split> {
    let one;
    let item: Option<&AxesItem> = match (&options.axes, options.axis) {
        (Some(axes), _) => {
            // An omitted output entry with `keepdims` follows the first input.
            let at = if at >= axes.len() && n_core > 0 {
                0
            } else {
                at
            };
            axes.get(at)
        }
        (None, Some(axis)) if n_core == 1 => {
            one = AxesItem::One(axis);
            Some(&one)
        }
        _ => None,
    };
    let mut core: SmallVec<[u8; 4]> = SmallVec::new();
    match item {
        None => core.extend((ndim - n_core..ndim).map(|a| a as u8)),
        Some(AxesItem::One(axis)) => {
            if n_core != 1 {
                return Err(Error::AxisOwned(
                    format!(
                        "{}: operand {at} has {n_core} core dimensions, but the axes item is a single integer.",
                        ufunc.name
                    )
                    .into(),
                ));
            }
            core.push(layout::normalize_axis(*axis, ndim)? as u8);
        }
        Some(AxesItem::Many(axes)) => {
            if axes.len() != n_core {
                return Err(Error::AxisOwned(
                    format!(
                        "{}: operand {at} has {n_core} core dimensions, but {} dimensions are specified by axes tuple.",
                        ufunc.name,
                        axes.len()
                    )
                    .into(),
                ));
            }
            for &axis in axes {
                let axis = layout::normalize_axis(axis, ndim)? as u8;
                if core.contains(&axis) {
                    return Err(Error::value(format!(
                        "axes item {at} has value {axis} repeated"
                    )));
                }
                core.push(axis);
            }
        }
    }
    let looped = (0..ndim as u8).filter(|a| !core.contains(a)).collect();
    Ok(Split { looped, core })
}

/// The shape that the looped axes of all operands broadcast to.
fn loop_shape<'a>(
    ufunc: &Ufunc,
    signature: &Signature,
    core: &CoreSizes,
    splits: &[Split],
    given: &dyn Fn(usize) -> Option<&'a Spec>,
    n_loop: usize,
) -> Result<Dims> {
    let own = |at: usize| -> Option<Dims> {
        let shape = &given(at)?.shape;
        Some(
            splits[at]
                .looped
                .iter()
                .map(|&a| shape[a as usize])
                .collect(),
        )
    };
    let mut common: Dims = SmallVec::from_elem(1, n_loop);
    for dims in (0..ufunc.nargs()).filter_map(own) {
        let lead = n_loop - dims.len();
        for (c, &d) in common[lead..].iter_mut().zip(&dims) {
            if *c == 1 {
                *c = d;
            } else if d != 1 && d != *c {
                return Err(mismatch(ufunc, signature, core, given, &own));
            }
        }
    }
    for at in ufunc.nin..ufunc.nargs() {
        let Some(dims) = own(at) else { continue };
        if dims[..] != common[n_loop - dims.len().min(n_loop)..] || dims.len() < n_loop {
            let short = dims.len() < n_loop;
            let axis = dims
                .iter()
                .rev()
                .zip(common.iter().rev())
                .position(|(a, b)| a != b)
                .map_or(-1, |p| -(p as isize) - 1);
            let axis = if short { -1 } else { axis };
            return Err(Error::value(format!(
                "output operand requires a reduction along dimension {axis}, but the reduction is not enabled. The \
                 dimension size of 1 does not match the expected output shape."
            )));
        }
    }
    Ok(common)
}

/// Looped axes do not broadcast: NumPy lists shapes as given and as looped over.
#[cold]
fn mismatch<'a>(
    ufunc: &Ufunc,
    signature: &Signature,
    core: &CoreSizes,
    given: &dyn Fn(usize) -> Option<&'a Spec>,
    own: &dyn Fn(usize) -> Option<Dims>,
) -> Error {
    let out_core: Dims = signature.operands[ufunc.nin..]
        .iter()
        .flatten()
        .filter(|&&d| !core.missing[d as usize])
        .map(|&d| core.sizes[d as usize])
        .collect();
    let mut text = String::from(
        "operands could not be broadcast together with remapped shapes [original->remapped]: ",
    );
    for at in 0..ufunc.nargs() {
        let (Some(spec), Some(dims)) = (given(at), own(at)) else {
            continue;
        };
        let mut parts: Vec<String> = dims.iter().map(ToString::to_string).collect();
        parts.extend(out_core.iter().map(|_| "newaxis".to_owned()));
        let comma = if parts.len() == 1 { "," } else { "" };
        text += &ShapeText(&spec.shape, ",").to_string();
        text += "->(";
        text += &parts.join(",");
        text += comma;
        text += ") ";
    }
    text += " and requested shape ";
    text += &ShapeText(&out_core, ",").to_string();
    Error::value(text)
}

impl GufuncPlan {
    /// The ufunc.
    pub fn ufunc(&self) -> &'static Ufunc {
        self.ufunc
    }

    /// The result specs: what to allocate, or what was given as `out=`.
    pub fn outputs(&self) -> &[Spec] {
        &self.outputs
    }

    /// The dtypes that the loop works in, inputs first.
    pub fn dtypes(&self) -> &DTypes {
        &self.resolved.dtypes
    }

    /// Computes.
    pub fn run(
        &self,
        inputs: &[View<'_>],
        outputs: &mut [ViewMut<'_>],
        watch: impl Into<Watch>,
    ) -> Result<FpEvents> {
        let watch = watch.into();
        let ufunc = self.ufunc;
        let matches = inputs.len() == ufunc.nin
            && outputs.len() == ufunc.nout
            && outputs
                .iter()
                .zip(&self.outputs)
                .all(|(o, s)| o.shape() == &s.shape[..])
            && inputs
                .iter()
                .zip(&self.splits)
                .all(|(x, s)| x.ndim() == s.looped.len() + s.core.len());
        if !matches {
            return Err(Error::Value {
                what: "a plan was run on operands of another shape than its own",
            });
        }
        if outputs.iter().all(|o| o.size() == 0) {
            return Ok(FpEvents::NONE);
        }
        let dtypes = &self.resolved.dtypes;
        let mut events = FpEvents::NONE;
        let mut converted: SmallVec<[Option<Array>; 2]> = SmallVec::new();
        for (x, dtype) in inputs.iter().zip(dtypes) {
            let clash = outputs
                .iter()
                .any(|o| overlap::share_memory(x, o, Some(1)) != Sharing::No);
            if !clash && x.dtype() == dtype && x.is_aligned() {
                converted.push(None);
                continue;
            }
            let mut copy = Array::empty(dtype.clone(), x.shape(), Order::C)?;
            events |= copy::assign(&mut copy.view_mut()?, x, Casting::Unsafe)?.in_cast();
            converted.push(Some(copy));
        }
        let ready: SmallVec<[View<'_>; 2]> = inputs
            .iter()
            .zip(&converted)
            .map(|(own, copy)| copy.as_ref().map_or_else(|| own.clone(), Array::view))
            .collect();
        let direct = outputs.iter().enumerate().all(|(i, o)| {
            *o.dtype() == dtypes[ufunc.nin + i]
                && o.is_aligned()
                && !overlap::may_overlap_itself(o.shape(), o.strides(), o.dtype().itemsize())
                && outputs[..i]
                    .iter()
                    .all(|p| overlap::share_memory(p, o, Some(1)) == Sharing::No)
        });
        if direct {
            // SAFETY: operands have the dtypes of the row, are aligned, and outputs share nothing.
            events |= unsafe { self.run_views(&ready, outputs, watch)? };
            return Ok(events);
        }
        let mut apart = outputs
            .iter()
            .enumerate()
            .map(|(i, o)| Array::empty(dtypes[ufunc.nin + i].clone(), o.shape(), Order::C))
            .collect::<Result<SmallVec<[Array; 2]>>>()?;
        let mut views = apart
            .iter_mut()
            .map(Array::view_mut)
            .collect::<Result<SmallVec<[ViewMut<'_>; 2]>>>()?;
        // SAFETY: as above; the outputs are fresh.
        events |= unsafe { self.run_views(&ready, &mut views, watch)? };
        for (from, to) in views.iter().zip(outputs) {
            // SAFETY: a fresh array shares nothing with the output.
            events |= unsafe { convert_into(from, to, watch)? };
        }
        Ok(events)
    }

    unsafe fn run_views(
        &self,
        inputs: &[View<'_>],
        outputs: &mut [ViewMut<'_>],
        watch: Watch,
    ) -> Result<FpEvents> {
        let resolved = &self.resolved;
        let n_ops = self.ufunc.nargs();
        let runner = RowRunner::new(
            resolved.row,
            self.ufunc.nin,
            resolved.dtypes.clone(),
            false,
            watch,
        );
        let mut base: SmallVec<[*mut u8; 4]> = inputs.iter().map(|x| x.ptr().cast_mut()).collect();
        base.extend(outputs.iter_mut().map(ViewMut::ptr_mut));
        let outputs = &*outputs;
        let views: SmallVec<[&View<'_>; 4]> = inputs
            .iter()
            .chain(outputs.iter().map(ViewMut::as_view))
            .collect();
        let looped = |op: usize, axis: usize| -> isize {
            let split = &self.splits[op];
            let lead = self.loop_shape.len() - split.looped.len();
            match axis.checked_sub(lead) {
                Some(own) => {
                    let a = split.looped[own] as usize;
                    if views[op].shape()[a] == 1 {
                        0
                    } else {
                        views[op].strides()[a]
                    }
                }
                None => 0,
            }
        };
        let mut core_strides: Dims = Dims::new();
        for (op, view) in views.iter().enumerate() {
            let mut own = self.splits[op].core.iter();
            for &d in &self.signature.operands[op] {
                core_strides.push(if self.core.missing[d as usize] {
                    0
                } else {
                    own.next().map_or(0, |&a| view.strides()[a as usize])
                });
            }
        }
        let nest = Nest::new(&self.loop_shape, n_ops, looped);
        if nest.is_empty() {
            return Ok(FpEvents::NONE);
        }
        let per_item = self.work();
        if self.spreads_itself(per_item, nest.size(), &core_strides) {
            // SAFETY: as promised by the caller.
            return unsafe { self.run_spread(&runner, &nest, &base, &core_strides) };
        }
        if let Some(cuts) = self.cuts(per_item) {
            // SAFETY: as promised by the caller.
            return unsafe { self.run_pieces(&runner, &nest, &base, &core_strides, &cuts) };
        }
        let grain = ((1 << 17) / per_item).max(1);
        let n_blocks = (nest.size() + grain - 1) / grain;
        let sum = EventSum::default();
        let place = Shared(&base);
        let mut strides: SmallVec<[isize; 12]> = SmallVec::from_slice(nest.strides(0));
        strides.extend_from_slice(&core_strides);
        blocks::share(n_blocks as usize, runner.has_objects, &|i| {
            let start = i as isize * grain;
            let mut dims: SmallVec<[isize; 6]> = SmallVec::from_slice(&[0]);
            dims.extend_from_slice(&self.core.sizes);
            nest.walk(
                place.get(),
                start..(start + grain).min(nest.size()),
                |p, n| {
                    dims[0] = n;
                    // SAFETY: a lane of valid places with their core dimensions.
                    sum.add(unsafe { runner.call_dims(p, &dims, &strides)? });
                    Ok::<(), Error>(())
                },
            )
        })?;
        Ok(sum.get())
    }

    /// The steps of one call: the product of the core dimensions that two operands or more share. One that belongs to
    /// a single operand bounds what is read of it, as in a window, and is no factor.
    fn work(&self) -> isize {
        let operands = &self.signature.operands;
        let shared = |dim: usize| {
            let times = operands.iter().flatten().filter(|&&d| d as usize == dim);
            times.count() > 1
        };
        self.core
            .sizes
            .iter()
            .enumerate()
            .filter(|&(dim, _)| shared(dim))
            .map(|(_, &d)| d.max(1))
            .fold(1, isize::saturating_mul)
    }

    /// Whether the loop gets the pool to spread each call over, as a product of matrices of floats whose items lie at
    /// multiples of their size: it knows how to share its caches. Many moderate calls are spread one by one instead.
    fn spreads_itself(&self, per_item: isize, calls: isize, core_strides: &[isize]) -> bool {
        const WORTH: isize = 1 << 18;
        // A few milliseconds on one thread.
        const LARGE: isize = 1 << 27;
        const MANY: isize = 64;
        let outer = &self.signature.operands[self.ufunc.nin];
        let long = |&dim: &u8| self.core.sizes[dim as usize] > 1;
        let dtype = &self.resolved.dtypes[0];
        let size = dtype.itemsize() as isize;
        self.ufunc.nout == 1
            && per_item >= WORTH
            && (calls < MANY || per_item >= LARGE)
            && outer.iter().filter(|dim| long(dim)).count() > 1
            && matches!(
                dtype.num(),
                TypeNum::Float | TypeNum::Double | TypeNum::CFloat | TypeNum::CDouble
            )
            && core_strides.iter().all(|s| s % size == 0)
    }

    unsafe fn run_spread(
        &self,
        runner: &RowRunner,
        nest: &Nest,
        base: &[*mut u8],
        core_strides: &[isize],
    ) -> Result<FpEvents> {
        let lane = nest.strides(0);
        let mut strides: SmallVec<[isize; 12]> = SmallVec::from_slice(lane);
        strides.extend_from_slice(core_strides);
        let mut dims: SmallVec<[isize; 6]> = SmallVec::from_slice(&[1]);
        dims.extend_from_slice(&self.core.sizes);
        let mut events = FpEvents::NONE;
        let patience = (nest.size() > 1 && !parallel::is_inside()).then(Patience::new);
        nest.walk(base, 0..nest.size(), |p, n| {
            for k in 0..n {
                if let Some(patience) = &patience {
                    patience.check()?;
                }
                let place = p.iter().zip(lane).map(|(p, s)| p.wrapping_offset(k * s));
                let place: SmallVec<[*mut u8; 4]> = place.collect();
                // SAFETY: one call of the nest, with its core dimensions.
                events |= unsafe { runner.call_spread(&place, &dims, &strides)? };
            }
            Ok::<(), Error>(())
        })?;
        Ok(events)
    }

    /// How a single large call is cut into pieces of bounded work: along core dimensions that the output has, one
    /// from each input at most, as the rows and the columns of a matrix product.
    fn cuts(&self, per_item: isize) -> Option<SmallVec<[Cut; 2]>> {
        // Steps that take a few milliseconds.
        const PLAIN: isize = 1 << 22;
        if self.ufunc.nout != 1 || per_item < PLAIN {
            return None;
        }
        let mut cuts: SmallVec<[Cut; 2]> = SmallVec::new();
        let mut work = per_item;
        for &dim in &self.signature.operands[self.ufunc.nin] {
            let len = self.core.sizes[dim as usize];
            if len > 1 {
                work /= len;
                let piece = (PLAIN / work.max(1)).clamp(1, len);
                work *= piece;
                cuts.push(Cut { dim, len, piece });
            }
        }
        Some(cuts).filter(|cuts| cuts.iter().any(|c| c.piece < c.len))
    }

    unsafe fn run_pieces(
        &self,
        runner: &RowRunner,
        nest: &Nest,
        base: &[*mut u8],
        core_strides: &[isize],
        cuts: &[Cut],
    ) -> Result<FpEvents> {
        let n_pieces: isize = cuts.iter().map(Cut::count).product();
        let sum = EventSum::default();
        let lane = nest.strides(0);
        let mut strides: SmallVec<[isize; 12]> = SmallVec::from_slice(lane);
        strides.extend_from_slice(core_strides);
        nest.walk(base, 0..nest.size(), |p, n| {
            for k in 0..n {
                let place: SmallVec<[*mut u8; 4]> = p
                    .iter()
                    .zip(lane)
                    .map(|(p, s)| p.wrapping_offset(k * s))
                    .collect();
                let place = Shared(&place);
                // Pieces are never short: no need to time one first.
                let run = if runner.has_objects {
                    blocks::share
                } else {
                    |n, _, block: &(dyn Fn(usize) -> Result<()> + Sync)| {
                        parallel::for_each_block(n, block)
                    }
                };
                run(n_pieces as usize, runner.has_objects, &|i| {
                    let mut args: SmallVec<[*mut u8; 4]> = SmallVec::from_slice(place.get());
                    let mut dims: SmallVec<[isize; 6]> = SmallVec::from_slice(&[1]);
                    dims.extend_from_slice(&self.core.sizes);
                    let mut rest = i as isize;
                    for cut in cuts.iter().rev() {
                        let from = rest % cut.count() * cut.piece;
                        rest /= cut.count();
                        dims[1 + cut.dim as usize] = cut.piece.min(cut.len - from);
                        let mut at = 0;
                        for (arg, own) in args.iter_mut().zip(&self.signature.operands) {
                            for &d in own {
                                if d == cut.dim {
                                    *arg = arg.wrapping_offset(from * core_strides[at]);
                                }
                                at += 1;
                            }
                        }
                    }
                    // SAFETY: a part of the outputs of one call, each computed once.
                    sum.add(unsafe { runner.call_dims(&args, &dims, &strides)? });
                    Ok(())
                })?;
            }
            Ok::<(), Error>(())
        })?;
        Ok(sum.get())
    }
}

/// A core dimension that is cut into pieces.
struct Cut {
    dim: u8,
    len: isize,
    piece: isize,
}

impl Cut {
    fn count(&self) -> isize {
        (self.len + self.piece - 1) / self.piece
    }
}
