//! Reductions: `reduce` over any axes, with `initial`, `where`, `keepdims` and `out`.

use smallvec::SmallVec;

use super::fold::Folder;
use super::lane::{RowRunner, finish};
use super::options::{Initial, ReduceOptions, Spec};
use super::resolve::{self, Resolved};
use super::start;
use super::table::{Identity, Ufunc};
use crate::array::Array;
use crate::cast;
use crate::dims::{Dims, ShapeText};
use crate::dtype::{DType, TypeNum};
use crate::error::{Error, Result};
use crate::fp_errors::{FpEvents, Watch};
use crate::iter::nest::Nest;
use crate::iter::order;
use crate::layout::{self, Order};
use crate::overlap::{self, Sharing};
use crate::view::{View, ViewMut};

/// What the accumulators hold before the first element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// The identity of the ufunc.
    Identity,
    /// The first element of each.
    First,
    /// The value that the caller gives.
    Given,
}

/// A reduction that can no longer fail on its arguments.
#[derive(Clone)]
pub struct ReducePlan {
    ufunc: &'static Ufunc,
    resolved: Resolved,
    shape: Dims,
    /// Which axes go away.
    reduced: SmallVec<[bool; 8]>,
    output: Spec,
    start: Start,
}

/// Refuses ufuncs that no fold can be made of; `what` is the method.
pub(super) fn require_binary(ufunc: &Ufunc, what: &str) -> Result<()> {
    if ufunc.signature.is_some() {
        return Err(Error::Unsupported(
            "Reduction not defined on ufunc with signature".into(),
        ));
    }
    if ufunc.nin != 2 {
        return Err(Error::value(format!(
            "{what} only supported for binary functions"
        )));
    }
    if ufunc.nout != 1 {
        return Err(Error::value(format!(
            "{what} only supported for functions returning a single value"
        )));
    }
    Ok(())
}

/// The axes that go away.
fn reduced_axes(ndim: usize, axes: Option<&[isize]>) -> Result<SmallVec<[bool; 8]>> {
    let Some(axes) = axes else {
        return Ok(SmallVec::from_elem(true, ndim));
    };
    let mut reduced = SmallVec::from_elem(false, ndim);
    for &axis in axes {
        if ndim == 0 && matches!(axis, 0 | -1) && axes.len() == 1 {
            continue;
        }
        let axis = layout::normalize_axis(axis, ndim)?;
        if reduced[axis] {
            return Err(Error::Value {
                what: "duplicate value in 'axis'",
            });
        }
        reduced[axis] = true;
    }
    Ok(reduced)
}

/// Plans a reduction.
pub fn plan_reduce(
    ufunc: &'static Ufunc,
    input: &Spec,
    out: Option<&Spec>,
    mask: Option<&Spec>,
    options: &ReduceOptions,
) -> Result<ReducePlan> {
    require_binary(ufunc, "reduce")?;
    let reduced = reduced_axes(input.ndim(), options.axes.as_deref())?;
    let resolved = resolve::resolve_reduction(
        ufunc,
        &input.dtype,
        out.map(|o| &o.dtype),
        options.dtype.as_ref(),
    )?;
    if !ufunc.reorderable && reduced.iter().filter(|&&r| r).count() > 1 {
        return Err(Error::value(format!(
            "reduction operation '{}' is not reorderable, so at most one axis may be specified",
            ufunc.name
        )));
    }
    let shape = input.shape.clone();
    if let Some(mask) = mask {
        check_mask(&shape, mask)?;
    }
    let output = output_spec(
        ufunc,
        input,
        out,
        &reduced,
        &resolved.dtypes[2],
        options.keepdims,
    )?;
    let is_object = resolved.dtypes[0].num() == TypeNum::Object;
    let has_identity = ufunc.identity != Identity::None;
    let empty = shape.iter().zip(&reduced).any(|(&d, &r)| r && d == 0);
    let start = match options.initial {
        Initial::Given => Start::Given,
        // Objects may be anything that adds: the identity serves only where there is nothing to begin with.
        Initial::Default if has_identity && (!is_object || empty || mask.is_some()) => {
            Start::Identity
        }
        Initial::Default | Initial::First => Start::First,
    };
    if start == Start::First {
        if empty {
            return Err(Error::EmptyReduction { ufunc: ufunc.name });
        }
        if mask.is_some() {
            return Err(Error::value(format!(
                "reduction operation '{}' does not have an identity, so to use a where mask one has to specify \
                 'initial'",
                ufunc.name
            )));
        }
    }
    Ok(ReducePlan {
        ufunc,
        resolved,
        shape,
        reduced,
        output,
        start,
    })
}

/// A mask may have fewer axes or axes of length 1, but never makes the operand larger.
fn check_mask(shape: &Dims, mask: &Spec) -> Result<()> {
    if mask.ndim() > shape.len() {
        return Err(Error::Value {
            what: "input operand has more dimensions than allowed by the axis remapping",
        });
    }
    let lead = shape.len() - mask.ndim();
    for (&m, &d) in mask.shape.iter().zip(&shape[lead..]) {
        if m != d && m != 1 {
            if d == 1 {
                let to = layout::broadcast_shapes(&[shape, &mask.shape])?;
                return Err(Error::value(format!(
                    "non-broadcastable operand with shape {} doesn't match the broadcast shape {}",
                    ShapeText(shape, ","),
                    ShapeText(&to, ",")
                )));
            }
            return Err(Error::value(format!(
                "operands could not be broadcast together with remapped shapes [original->remapped]: {} {} ",
                ShapeText(shape, ","),
                ShapeText(&mask.shape, ",")
            )));
        }
    }
    Ok(())
}

/// The result: as given, or laid out as the operand is.
fn output_spec(
    ufunc: &Ufunc,
    input: &Spec,
    out: Option<&Spec>,
    reduced: &[bool],
    dtype: &DType,
    keepdims: bool,
) -> Result<Spec> {
    let thin: Dims = input
        .shape
        .iter()
        .zip(reduced)
        .map(|(&d, &r)| if r { 1 } else { d })
        .collect();
    let keep = |dims: &[isize]| -> Dims {
        dims.iter()
            .zip(reduced)
            .filter(|&(_, &r)| keepdims || !r)
            .map(|(&d, _)| d)
            .collect()
    };
    let shape = keep(&thin);
    if let Some(out) = out {
        if out.ndim() != shape.len() {
            let hint = if keepdims {
                " (must match the operand's when keepdims=True)"
            } else {
                ""
            };
            return Err(Error::value(format!(
                "output parameter for reduction operation {} has the wrong number of dimensions: Found {} but \
                 expected {}{hint}",
                ufunc.name,
                out.ndim(),
                shape.len()
            )));
        }
        if out.shape != shape {
            let text = |dims: &[isize]| {
                let all: Vec<String> = dims.iter().map(ToString::to_string).collect();
                all.join(",")
            };
            return Err(Error::value(format!(
                "operands could not be broadcast together with remapped shapes [original->remapped]: {}->({}) {} ",
                ShapeText(&out.shape, ","),
                text(&out.shape),
                ShapeText(&input.shape, ",")
            )));
        }
        return Ok(out.clone());
    }
    let order = order::by_strides(input.ndim(), 1, |_, axis| {
        if input.shape[axis] == 1 {
            0
        } else {
            input.strides[axis]
        }
    });
    let strides = order::packed_strides(&order, &thin, dtype.itemsize());
    Ok(Spec {
        dtype: dtype.clone(),
        strides: keep(&strides),
        shape,
    })
}

impl ReducePlan {
    /// The ufunc.
    pub fn ufunc(&self) -> &'static Ufunc {
        self.ufunc
    }

    /// The result spec: what to allocate, or what was given as `out=`.
    #[inline]
    pub fn output(&self) -> &Spec {
        &self.output
    }

    /// The dtype of the accumulators, in which `initial` is best given.
    pub fn dtype(&self) -> &DType {
        &self.resolved.dtypes[0]
    }

    /// Computes. `initial` is a 0-d view, given if and only if the options said so.
    pub fn run(
        &self,
        input: &View<'_>,
        output: &mut ViewMut<'_>,
        mask: Option<&View<'_>>,
        initial: Option<&View<'_>>,
        watch: impl Into<Watch>,
    ) -> Result<FpEvents> {
        let watch = watch.into();
        if input.shape() != &self.shape[..] || output.shape() != &self.output.shape[..] {
            return Err(Error::Value {
                what: "a plan was run on operands of another shape than its own",
            });
        }
        if output.shape().contains(&0) {
            return Ok(FpEvents::NONE);
        }
        let disjoint = !overlap::bounds_meet(input, output)
            && mask.is_none_or(|m| !overlap::bounds_meet(m, output));
        if watch == Watch::Usual && disjoint && self.keeps_trouble() {
            // Most reductions end finite, and then nothing happened on the way.
            self.run_watched(input, output, mask, initial, Watch::Nothing)?;
            if all_finite(output) {
                return Ok(FpEvents::NONE);
            }
        }
        self.run_watched(input, output, mask, initial, watch)
    }

    /// Whether an infinity or a NaN, once in an accumulator, stays one of the two.
    fn keeps_trouble(&self) -> bool {
        let num = self.dtype().num();
        matches!(self.ufunc.name, "add" | "multiply")
            && matches!(
                num,
                TypeNum::Half
                    | TypeNum::Float
                    | TypeNum::Double
                    | TypeNum::CFloat
                    | TypeNum::CDouble
            )
            && (self.output.dtype == *self.dtype())
    }

    fn run_watched(
        &self,
        input: &View<'_>,
        output: &mut ViewMut<'_>,
        mask: Option<&View<'_>>,
        initial: Option<&View<'_>>,
        watch: Watch,
    ) -> Result<FpEvents> {
        let dtype = self.dtype();
        if let Some(step) = self.one_lane(input, output, mask) {
            // SAFETY: the operands are one lane and one item of the row's dtypes, apart from each other.
            return unsafe { self.run_lane(input, output, step, watch) };
        }
        let apart = output.dtype() != dtype
            || !output.is_aligned()
            || overlap::may_overlap_itself(output.shape(), output.strides(), dtype.itemsize())
            || std::iter::once(input)
                .chain(mask)
                .any(|x| overlap::share_memory(x, output, Some(1000)) != Sharing::No);
        if !apart {
            // SAFETY: the output shares nothing with the operands and has the dtype of the accumulators.
            return unsafe { self.run_into(input, output, mask, initial, watch) };
        }
        let mut result = Array::empty(dtype.clone(), output.shape(), Order::C)?;
        let mut events = {
            let mut view = result.view_mut()?;
            // SAFETY: a fresh array.
            unsafe { self.run_into(input, &mut view, mask, initial, watch)? }
        };
        // SAFETY: a fresh array of the output's shape shares nothing with it.
        events |= unsafe { convert_into(&result.view(), output, watch)? };
        Ok(events)
    }

    /// The step of the single lane that everything is, if it is one and starts from an identity.
    fn one_lane(
        &self,
        input: &View<'_>,
        output: &View<'_>,
        mask: Option<&View<'_>>,
    ) -> Option<isize> {
        let dtype = self.dtype();
        let step = match input.strides() {
            [step] => *step,
            _ if input.is_c_contiguous() => dtype.itemsize() as isize,
            _ => return None,
        };
        let simple = self.start == Start::Identity
            && mask.is_none()
            && self.reduced.iter().all(|&r| r)
            && dtype.num() != TypeNum::Object
            && input.dtype() == &self.resolved.dtypes[1]
            && output.dtype() == dtype
            && input.is_aligned()
            && output.is_aligned()
            && !overlap::bounds_meet(input, output);
        simple.then_some(step)
    }

    unsafe fn run_lane(
        &self,
        input: &View<'_>,
        output: &mut ViewMut<'_>,
        step: isize,
        watch: Watch,
    ) -> Result<FpEvents> {
        let dtype = self.dtype();
        let item = start::identity_item(self.ufunc, dtype).ok_or(Error::EmptyReduction {
            ufunc: self.ufunc.name,
        })?;
        let acc = output.ptr_mut();
        // SAFETY: promised by the caller.
        unsafe {
            std::ptr::copy_nonoverlapping(item.0.as_ptr(), acc, dtype.itemsize());
            let n = input.size() as isize;
            if n == 0 {
                return Ok(FpEvents::NONE);
            }
            let dtypes = self.resolved.dtypes.clone();
            let runner = RowRunner::new(self.resolved.row, 2, dtypes, false, watch);
            let folder = Folder::new(self.ufunc, runner, None, false);
            folder.one_lane(acc, input.ptr().cast_mut(), n, step)
        }
    }

    /// The strides of the output along the axes of the operand, 0 along those that go away.
    fn output_strides(&self, output: &View<'_>) -> Dims {
        let mut own = output.strides().iter();
        let keepdims = output.ndim() == self.shape.len();
        self.reduced
            .iter()
            .map(|&r| {
                if r && !keepdims {
                    return 0;
                }
                let s = own.next().copied().unwrap_or(0);
                if r { 0 } else { s }
            })
            .collect()
    }

    unsafe fn run_into(
        &self,
        input: &View<'_>,
        output: &mut ViewMut<'_>,
        mask: Option<&View<'_>>,
        initial: Option<&View<'_>>,
        watch: Watch,
    ) -> Result<FpEvents> {
        let out_strides = self.output_strides(output);
        let mut strides: SmallVec<[Dims; 3]> = SmallVec::new();
        strides.push(out_strides);
        strides.push(Dims::from_slice(input.strides()));
        let mut base: SmallVec<[*mut u8; 3]> = SmallVec::new();
        base.push(output.ptr_mut());
        base.push(input.ptr().cast_mut());
        if let Some(mask) = mask {
            strides.push(layout::broadcast_strides(
                mask.shape(),
                mask.strides(),
                &self.shape,
            )?);
            base.push(mask.ptr().cast_mut());
        }
        let mut events = FpEvents::NONE;
        let used = &self.resolved.dtypes[1];
        let same = input.is_aligned() && input.dtype() == used;
        let cast = if same {
            None
        } else {
            Some(cast::cast_loop(input.dtype(), used)?)
        };
        let mut runner = RowRunner::new(
            self.resolved.row,
            2,
            self.resolved.dtypes.clone(),
            false,
            watch,
        );
        runner.has_objects |= input.dtype().has_objects();
        // The operand's layout sets the order of the walk, not the output's.
        let order = order::by_strides(self.shape.len(), base.len(), |op, axis| {
            if self.shape[axis] == 1 || op == 0 {
                0
            } else {
                strides[op][axis]
            }
        });
        let folder = Folder::new(self.ufunc, runner, cast, mask.is_some());
        match self.start {
            // SAFETY: the output is of the accumulators' dtype.
            Start::Identity => unsafe { self.fill_identity(output)? },
            Start::Given => {
                let initial = initial.ok_or(Error::Value {
                    what: "a reduction with an initial value was run without one",
                })?;
                // SAFETY: as above; a 0-d view broadcasts to any shape.
                events |= unsafe { convert_into(initial, output, watch)? };
            }
            Start::First => {}
        }
        if self.shape.contains(&0) {
            return Ok(events);
        }
        let nest = Nest::in_order(&self.shape, base.len(), &order, |op, axis| {
            strides[op][axis]
        });
        if self.start == Start::First {
            // SAFETY: places of the operands; nothing was stored in the output yet.
            events |= unsafe { self.fold_after_first(&folder, nest, &base, input.dtype(), watch)? };
        } else {
            // SAFETY: places of the operands.
            events |= unsafe { folder.run(&nest, &base)? };
        }
        Ok(events)
    }

    /// Copies the first element of each accumulator, then folds the rest: boxes of the nest that leave it out, in the
    /// order of the walk.
    unsafe fn fold_after_first(
        &self,
        folder: &Folder,
        nest: Nest,
        base: &[*mut u8],
        from: &DType,
        watch: Watch,
    ) -> Result<FpEvents> {
        let along: SmallVec<[usize; 6]> = (0..nest.ndim())
            .filter(|&a| nest.strides(a)[0] == 0 && nest.len(a) > 1)
            .collect();
        let mut first = nest.clone();
        for &axis in &along {
            first = first.with_len(axis, 1);
        }
        let first_cast = cast::cast_loop(from, &self.resolved.dtypes[0])?;
        let lane = first.strides(0);
        let mut events = FpEvents::NONE;
        first.walk(base, 0..first.size(), |p, n| {
            // SAFETY: promised by the caller.
            let status = unsafe { first_cast.run(p[1], lane[1], p[0], lane[0], n, watch.any()) };
            events |= finish(status)?.in_cast();
            Ok::<(), Error>(())
        })?;
        for (i, &axis) in along.iter().enumerate() {
            let mut part = nest.with_len(axis, nest.len(axis) - 1);
            for &outer in &along[i + 1..] {
                part = part.with_len(outer, 1);
            }
            let start: SmallVec<[*mut u8; 3]> = base
                .iter()
                .zip(nest.strides(axis))
                .map(|(p, s)| p.wrapping_offset(*s))
                .collect();
            // SAFETY: a part of the nest.
            events |= unsafe { folder.run(&part, &start)? };
        }
        Ok(events)
    }

    unsafe fn fill_identity(&self, output: &mut ViewMut<'_>) -> Result<()> {
        let dtype = self.dtype();
        // SAFETY: the item is used inside this function, where it is alive; `Array` owns the reference.
        unsafe {
            if dtype.num() == TypeNum::Object {
                let mut one = Array::zeros(dtype.clone(), &[], Order::C)?;
                let object = start::identity_object(self.ufunc)?.ok_or(Error::EmptyReduction {
                    ufunc: self.ufunc.name,
                })?;
                *one.view_mut()?.ptr_mut().cast() = object;
                spread(&one.view(), output);
                return Ok(());
            }
            let item = start::identity_item(self.ufunc, dtype).ok_or(Error::EmptyReduction {
                ufunc: self.ufunc.name,
            })?;
            let one = View::from_raw(item.0.as_ptr(), dtype.clone(), &[], &[]);
            spread(&one, output);
        }
        Ok(())
    }
}

/// Whether every item of an output of floating numbers is finite.
fn all_finite(output: &View<'_>) -> bool {
    let (n_parts, bytes) = match output.dtype().kind() {
        b'c' => (2, output.dtype().itemsize() / 2),
        _ => (1, output.dtype().itemsize()),
    };
    let strides = output.strides();
    let nest = Nest::new(output.shape(), 1, |_, axis| strides[axis]);
    let step = nest.strides(0)[0];
    let checked = nest.walk(&[output.ptr().cast_mut()], 0..nest.size(), |p, n| {
        let mut finite = true;
        for k in 0..n {
            for part in 0..n_parts {
                let place = p[0].wrapping_offset(k * step).wrapping_add(part * bytes);
                // SAFETY: an item of the output, or its imaginary half.
                finite &= unsafe {
                    match bytes {
                        2 => place.cast::<u16>().read_unaligned() & 0x7c00 != 0x7c00,
                        4 => place.cast::<f32>().read_unaligned().is_finite(),
                        _ => place.cast::<f64>().read_unaligned().is_finite(),
                    }
                };
            }
        }
        if finite && output.dtype().is_native() {
            Ok(())
        } else {
            Err(())
        }
    });
    checked.is_ok()
}

/// Stores copies of one item everywhere.
unsafe fn spread(one: &View<'_>, output: &mut ViewMut<'_>) {
    let zeros: Dims = SmallVec::from_elem(0, output.ndim());
    // SAFETY: promised by the caller; stride 0 repeats the item.
    unsafe {
        let repeated = View::from_raw(one.ptr(), one.dtype().clone(), output.shape(), &zeros);
        super::snapshot::copy_items(&repeated, output);
    }
}

/// Converts a view (or repeats a 0-d one) into an output of any dtype.
///
/// # Safety
///
/// The views share no memory.
pub(super) unsafe fn convert_into(
    from: &View<'_>,
    output: &mut ViewMut<'_>,
    watch: Watch,
) -> Result<FpEvents> {
    let cast = cast::cast_loop(from.dtype(), output.dtype())?;
    let own = layout::broadcast_strides(from.shape(), from.strides(), output.shape())?;
    let strides = [&own[..], output.as_view().strides()];
    let nest = Nest::new(output.shape(), 2, |op, axis| strides[op][axis]);
    let base = [from.ptr().cast_mut(), output.as_view().ptr().cast_mut()];
    let lane = nest.strides(0);
    let mut events = FpEvents::NONE;
    nest.walk(&base, 0..nest.size(), |p, n| {
        // SAFETY: promised by the caller.
        let status = unsafe { cast.run(p[0], lane[0], p[1], lane[1], n, watch.any()) };
        events |= finish(status)?.in_cast();
        Ok::<(), Error>(())
    })?;
    Ok(events)
}
