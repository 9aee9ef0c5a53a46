//! From the arguments of `nditer` to axes and operands.

use numpy_rs_core::cast::{self, Casting};
use numpy_rs_core::copy;
use numpy_rs_core::dims::{Dims, MAXDIMS, ShapeText};
use numpy_rs_core::dtype::{ByteOrder, DType};
use numpy_rs_core::layout::{self, Order};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use smallvec::SmallVec;

use super::axes::{self, Axis, Steps};
use super::flags::{GlobalFlags, OperandFlags};
use super::operand::Operand;
use super::walk::Walk;
use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::convert::target::array_of;
use crate::convert::{self, array_like};
use crate::descr;
use crate::error::OrRaise;
use crate::layout::flags as array_flags;

/// The arguments, read but not yet judged together.
pub(super) struct Request<'py> {
    pub(super) objects: Vec<Bound<'py, PyAny>>,
    pub(super) flags: GlobalFlags,
    pub(super) op_flags: Vec<OperandFlags>,
    pub(super) dtypes: Vec<Option<Bound<'py, PyAny>>>,
    pub(super) order: Order,
    pub(super) casting: Casting,
    /// By operand: which of its axes stands at each axis of the iteration; -1 for none.
    pub(super) op_axes: Option<Vec<Option<Vec<isize>>>>,
    pub(super) itershape: Option<Vec<isize>>,
}

/// What an iteration is made of.
pub(super) struct Built {
    pub(super) operands: Vec<Operand>,
    pub(super) walk: Walk,
    /// The broadcast shape.
    pub(super) shape: Dims,
}

/// The objects of the first argument: a list or tuple of them, or one.
pub(super) fn objects_of<'py>(op: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let objects: Vec<Bound<'py, PyAny>> =
        if op.is_instance_of::<PyTuple>() || op.is_instance_of::<PyList>() {
            op.try_iter()?.collect::<PyResult<_>>()?
        } else {
            vec![op.clone()]
        };
    if objects.is_empty() {
        return Err(PyValueError::new_err("Must provide at least one operand"));
    }
    if objects.len() > 64 {
        return Err(PyValueError::new_err("Too many operands to nditer"));
    }
    Ok(objects)
}

/// The axis of an operand at iteration axis `axis`, or `None` where it repeats.
fn axis_of(
    request: &Request<'_>,
    op: usize,
    axis: usize,
    ndim: usize,
    op_ndim: usize,
) -> Option<usize> {
    match request.op_axes.as_ref().and_then(|all| all[op].as_ref()) {
        Some(map) => usize::try_from(map[axis]).ok(),
        None => (axis + op_ndim).checked_sub(ndim),
    }
}

/// Builds an iteration over the axes that `op_axes` names (all of them where there is none).
pub(super) fn build<'py>(py: Python<'py>, request: &Request<'py>) -> PyResult<Built> {
    let mut arrays = Vec::with_capacity(request.objects.len());
    for (object, flags) in request.objects.iter().zip(&request.op_flags) {
        arrays.push(operand_array(object, *flags)?);
    }
    check_masks(request)?;
    let (ndim, shape) = broadcast(request, &arrays)?;
    if shape.contains(&0) && !request.flags.zerosize_ok {
        return Err(PyValueError::new_err(
            "Iteration of zero-sized operands is not enabled",
        ));
    }
    if layout::checked_size(&shape).is_err() && !request.flags.multi_index {
        return Err(PyValueError::new_err("iterator is too large"));
    }
    let mut axes = unordered_axes(request, &arrays, ndim, &shape)?;
    let n_op = arrays.len();
    let itemsizes: Vec<usize> = arrays
        .iter()
        .map(|a| a.as_ref().map_or(0, ArrayRef::itemsize))
        .collect();
    let forced = axes::order(&mut axes, request.order, n_op, &itemsizes);
    let mut offsets: Steps = SmallVec::from_elem(0, n_op + 1);
    if !forced {
        offsets = axes::flip_negative(&mut axes, n_op);
    }
    set_index_steps(request, &mut axes, &shape, n_op, &mut offsets);
    let common = common_dtype(py, request, &arrays)?;
    let mut operands = Vec::with_capacity(n_op);
    let mut first: Steps = SmallVec::new();
    for (op, array) in arrays.iter().enumerate() {
        let settled = settle(
            py,
            request,
            op,
            array.as_ref(),
            common.as_ref(),
            &mut axes,
            &shape,
        )?;
        // A copy or a fresh array starts at its own first item.
        let own = array
            .as_ref()
            .is_some_and(|a| a.as_any().is(settled.array.bind(py)));
        let data = ArrayRef::from_object(settled.array.bind(py)).map_or(0, |a| a.data() as isize);
        first.push(data + if own { offsets[op] } else { 0 });
        operands.push(settled);
    }
    first.push(offsets[n_op]);
    resolve_overlap(py, request, &mut operands, &mut axes, &mut first)?;
    if !request.flags.multi_index {
        axes::coalesce(&mut axes);
    }
    Ok(Built {
        operands,
        walk: Walk::new(axes, first),
        shape,
    })
}

/// The array behind an operand; `None` where one will be made.
fn operand_array<'py>(
    object: &Bound<'py, PyAny>,
    flags: OperandFlags,
) -> PyResult<Option<ArrayRef<'py>>> {
    if object.is_none() {
        if flags.allocate || flags.virtual_ {
            if !flags.write {
                return Err(PyValueError::new_err(
                    "Iterator operand was NULL, but automatic allocation as an output wasn't requested",
                ));
            }
            return Ok(None);
        }
        return Err(PyValueError::new_err(
            "Iterator operand was NULL, but automatic allocation as an output wasn't requested",
        ));
    }
    let array = match array_of(object)? {
        Some(array) => array,
        None if flags.write => {
            return Err(PyTypeError::new_err(
                "Iterator operand is flagged as writeable, but is an object which cannot be written back to via WRITEBACKIFCOPY",
            ));
        }
        None => array_like::as_array(object)?,
    };
    if flags.write {
        array.require_writeable("operand array")?;
    }
    Ok(Some(array))
}

/// Masked operands and the mask come together, and the mask is boolean.
fn check_masks(request: &Request<'_>) -> PyResult<()> {
    let masks = request.op_flags.iter().filter(|f| f.arraymask).count();
    let masked = request.op_flags.iter().filter(|f| f.writemasked).count();
    if masks > 1 {
        return Err(PyValueError::new_err(
            "Only one iterator operand may receive an ARRAYMASK flag",
        ));
    }
    if masks == 1 && masked == 0 {
        return Err(PyValueError::new_err(
            "An iterator operand was flagged as the ARRAYMASK, but no WRITEMASKED operands were given to use the mask",
        ));
    }
    if masks == 0 && masked > 0 {
        return Err(PyValueError::new_err(
            "An iterator operand was flagged as WRITEMASKED, but no ARRAYMASK operand was given to supply the mask",
        ));
    }
    Ok(())
}

fn broadcast(request: &Request<'_>, arrays: &[Option<ArrayRef<'_>>]) -> PyResult<(usize, Dims)> {
    let ndim = match (&request.op_axes, &request.itershape) {
        (Some(all), _) => all
            .iter()
            .flatten()
            .map(Vec::len)
            .next()
            .or(request.itershape.as_ref().map(Vec::len)),
        (None, Some(shape)) => Some(shape.len()),
        _ => None,
    };
    let ndim = ndim.unwrap_or_else(|| {
        arrays
            .iter()
            .flatten()
            .map(ArrayRef::ndim)
            .max()
            .unwrap_or(0)
    });
    if ndim > MAXDIMS {
        return Err(PyValueError::new_err("too many dimensions for an iterator"));
    }
    let mut shape: Dims = match &request.itershape {
        Some(s) => s.iter().map(|&d| if d < 0 { 1 } else { d }).collect(),
        None => Dims::from_elem(1, ndim),
    };
    let fixed: Vec<bool> = (0..ndim)
        .map(|i| {
            request
                .itershape
                .as_ref()
                .is_some_and(|s| s.get(i).is_some_and(|&d| d >= 0))
        })
        .collect();
    for (op, array) in arrays.iter().enumerate() {
        let Some(array) = array else { continue };
        let mapped = request
            .op_axes
            .as_ref()
            .is_some_and(|all| all[op].is_some());
        if !mapped && array.ndim() > ndim {
            return Err(PyValueError::new_err(
                "input operand has more dimensions than allowed by the axis remapping",
            ));
        }
        let mut used: SmallVec<[usize; 8]> = SmallVec::new();
        for axis in 0..ndim {
            let Some(at) = axis_of(request, op, axis, ndim, array.ndim()) else {
                continue;
            };
            let Some(&len) = array.shape().get(at) else {
                return Err(PyValueError::new_err(format!(
                    "Iterator input op_axes[{op}][{axis}] (=={at}) is not a valid axis of op[{op}], which has {} \
                     dimensions ",
                    array.ndim()
                )));
            };
            if used.contains(&at) && mapped {
                return Err(PyValueError::new_err(format!(
                    "The 'op_axes' provided to the iterator constructor for operand {op} contained duplicate value {at}"
                )));
            }
            used.push(at);
            if len != 1 && shape[axis] != len {
                if shape[axis] != 1 || fixed[axis] {
                    return Err(broadcast_error(request, arrays, &shape));
                }
                shape[axis] = len;
            }
        }
    }
    Ok((ndim, shape))
}

fn broadcast_error(
    request: &Request<'_>,
    arrays: &[Option<ArrayRef<'_>>],
    shape: &[isize],
) -> PyErr {
    let mut text = String::from("operands could not be broadcast together with ");
    let remapped = request.op_axes.is_some();
    text.push_str(if remapped {
        "remapped shapes [original->remapped]: "
    } else {
        "shapes "
    });
    for array in arrays.iter().flatten() {
        text.push_str(&format!("{} ", ShapeText(array.shape(), ",")));
    }
    if request.itershape.is_some() {
        text.push_str(&format!(" and requested shape {}", ShapeText(shape, ",")));
    }
    PyValueError::new_err(text)
}

/// One axis for each of the broadcast shape, outermost first, with the steps of the operands that exist.
fn unordered_axes(
    request: &Request<'_>,
    arrays: &[Option<ArrayRef<'_>>],
    ndim: usize,
    shape: &[isize],
) -> PyResult<Vec<Axis>> {
    let mut axes = Vec::with_capacity(ndim);
    for axis in 0..ndim {
        let mut steps: Steps = SmallVec::from_elem(0, arrays.len() + 1);
        for (op, array) in arrays.iter().enumerate() {
            let Some(array) = array else { continue };
            let flags = request.op_flags[op];
            let at = axis_of(request, op, axis, ndim, array.ndim());
            let own = at.map_or(1, |at| array.shape()[at]);
            if own == shape[axis] {
                steps[op] = at.filter(|_| own != 1).map_or(0, |at| array.strides()[at]);
                if own != 1 || at.is_some() {
                    continue;
                }
            }
            if shape[axis] == 1 && !flags.no_broadcast {
                continue;
            }
            if flags.no_broadcast
                || flags.write && !request.flags.reduce_ok && at.is_none() && shape[axis] != 1
            {
                return Err(PyValueError::new_err(format!(
                    "non-broadcastable operand with shape {} doesn't match the broadcast shape {}",
                    ShapeText(array.shape(), ","),
                    ShapeText(shape, ",")
                )));
            }
            if flags.write && shape[axis] != 1 {
                if !request.flags.reduce_ok {
                    return Err(PyValueError::new_err(format!(
                        "non-broadcastable operand with shape {} doesn't match the broadcast shape {}",
                        ShapeText(array.shape(), ","),
                        ShapeText(shape, ",")
                    )));
                }
                if !flags.read {
                    return Err(PyValueError::new_err(
                        "output operand requires a reduction, but is flagged as write-only, not read-write",
                    ));
                }
                if flags.writemasked {
                    check_mask_reduction(request, arrays, axis, ndim)?;
                }
            }
        }
        axes.push(Axis {
            len: shape[axis],
            steps,
            original: axis,
            flipped: false,
        });
    }
    Ok(axes)
}

/// A masked reduction needs a mask that repeats along the reduced axis.
fn check_mask_reduction(
    request: &Request<'_>,
    arrays: &[Option<ArrayRef<'_>>],
    axis: usize,
    ndim: usize,
) -> PyResult<()> {
    let mask = request.op_flags.iter().position(|f| f.arraymask);
    if let Some((op, array)) = mask.and_then(|m| arrays[m].as_ref().map(|a| (m, a)))
        && axis_of(request, op, axis, ndim, array.ndim()).is_some_and(|at| array.shape()[at] != 1)
    {
        return Err(PyValueError::new_err(
            "Iterator reduction operand is WRITEMASKED, but also broadcasts to multiple mask values. There can be only \
             one mask value per WRITEMASKED element.",
        ));
    }
    Ok(())
}

/// Steps of the flat index, along with where it starts on axes walked backwards.
fn set_index_steps(
    request: &Request<'_>,
    axes: &mut [Axis],
    shape: &[isize],
    n_op: usize,
    offsets: &mut Steps,
) {
    if !request.flags.c_index && !request.flags.f_index {
        return;
    }
    let steps = if request.flags.c_index {
        layout::c_strides(shape, 1)
    } else {
        layout::f_strides(shape, 1)
    };
    for axis in axes {
        let step = if axis.len == 1 {
            0
        } else {
            steps[axis.original]
        };
        axis.steps[n_op] = if axis.flipped { -step } else { step };
        if axis.flipped {
            offsets[n_op] += (axis.len - 1) * step;
        }
    }
}

/// The dtype for operands that ask for a common one, or for outputs without any.
fn common_dtype<'py>(
    py: Python<'py>,
    request: &Request<'py>,
    arrays: &[Option<ArrayRef<'py>>],
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let missing = arrays
        .iter()
        .zip(&request.dtypes)
        .any(|(a, d)| a.is_none() && d.is_none());
    if !request.flags.common_dtype && !missing {
        return Ok(None);
    }
    let mut values = Vec::new();
    for (op, array) in arrays.iter().enumerate() {
        match array {
            Some(a) if request.flags.common_dtype || request.op_flags[op].read => {
                values.push(match &request.dtypes[op] {
                    Some(d) if !request.flags.common_dtype => d.clone(),
                    _ => a.descr(),
                });
            }
            None if request.flags.common_dtype => values.extend(request.dtypes[op].clone()),
            _ => {}
        }
    }
    if values.is_empty() {
        return Err(PyTypeError::new_err(
            "At least one iterator operand must be non-NULL",
        ));
    }
    let result_type = crate::package::import(py, "")?.getattr("result_type")?;
    result_type.call1(PyTuple::new(py, values)?).map(Some)
}

/// Judges one operand and makes the array that will be walked.
fn settle<'py>(
    py: Python<'py>,
    request: &Request<'py>,
    op: usize,
    array: Option<&ArrayRef<'py>>,
    common: Option<&Bound<'py, PyAny>>,
    axes: &mut [Axis],
    shape: &[isize],
) -> PyResult<Operand> {
    let flags = request.op_flags[op];
    let asked = if request.flags.common_dtype {
        common
    } else {
        request.dtypes[op].as_ref()
    };
    let descr = match (asked, array) {
        (Some(d), _) => d.clone(),
        (None, Some(a)) => a.descr(),
        (None, None) => common
            .cloned()
            .ok_or_else(|| PyTypeError::new_err("an operand has no dtype"))?,
    };
    let mut seen = descr::to_dtype(&descr)?;
    let mut seen_descr = descr;
    if flags.nbo && !seen.is_native() {
        seen = seen.with_byte_order(ByteOrder::Native);
        seen_descr = descr::from_dtype(py, &seen)?;
    }
    let references =
        seen.has_objects() || array.is_some_and(|a| a.dtype().is_ok_and(|d| d.has_objects()));
    if references && !request.flags.refs_ok {
        return Err(PyTypeError::new_err(
            "Iterator operand or requested dtype holds references, but the NPY_ITER_REFS_OK flag was not enabled",
        ));
    }
    let Some(array) = array else {
        let made = allocate(py, request, op, &seen_descr, &seen, axes, shape)?;
        return Ok(Operand {
            array: made.into_any().unbind(),
            write_back: None,
            flags,
            stored: seen.clone(),
            seen,
            seen_descr: seen_descr.unbind(),
            buffered: false,
        });
    };
    let stored = array.dtype()?;
    if flags.arraymask
        && !(seen.num() as u16 == 0 || seen.num() == numpy_rs_core::dtype::TypeNum::UByte)
    {
        return Err(PyTypeError::new_err(
            "An iterator operand flagged as ARRAYMASK must have a boolean dtype",
        ));
    }
    check_casting(op, &stored, &seen, request.casting, flags)?;
    let misaligned = flags.aligned && array.flags() & array_flags::ALIGNED == 0;
    let differs = !stored.is_equivalent(&seen) || misaligned;
    let mut operand = Operand {
        array: array.as_any().clone().unbind(),
        write_back: None,
        flags,
        stored: stored.clone(),
        seen: seen.clone(),
        seen_descr: seen_descr.clone().unbind(),
        buffered: differs,
    };
    let wants_copy = differs
        || flags.contig && !request.flags.buffered && !is_one_run(axes, op, seen.itemsize());
    let may_copy = if flags.write {
        flags.updateifcopy
    } else {
        flags.copy || flags.updateifcopy
    };
    if wants_copy && may_copy {
        let copied = copy_in_order(py, op, array, &seen_descr, flags, axes)?;
        operand.array = copied.into_any().unbind();
        operand.stored = seen;
        operand.buffered = false;
        operand.write_back = flags.write.then(|| array.as_any().clone().unbind());
    } else if differs && !request.flags.buffered {
        return Err(PyTypeError::new_err(
            "Iterator operand required copying or buffering, but neither copying nor buffering was enabled",
        ));
    }
    Ok(operand)
}

/// Whether an operand's items lie one after the other in the order of the walk.
fn is_one_run(axes: &[Axis], op: usize, itemsize: usize) -> bool {
    let mut step = itemsize as isize;
    axes.iter().all(|a| {
        let fits = a.len == 1 || a.steps[op] == step;
        step *= a.len;
        fits
    })
}

fn check_casting(
    op: usize,
    stored: &DType,
    seen: &DType,
    casting: Casting,
    flags: OperandFlags,
) -> PyResult<()> {
    let rule = casting.name();
    if flags.read && !cast::can_cast(stored, seen, casting) {
        return Err(PyTypeError::new_err(format!(
            "Iterator operand {op} dtype could not be cast from {} to {} according to the rule '{rule}'",
            stored.repr(),
            seen.repr()
        )));
    }
    if flags.write && !cast::can_cast(seen, stored, casting) {
        return Err(PyTypeError::new_err(format!(
            "Iterator requested dtype could not be cast from {} to {}, the operand {op} dtype, according to the rule \
             '{rule}'",
            seen.repr(),
            stored.repr()
        )));
    }
    Ok(())
}

/// Strides for a fresh array over the axes an operand uses, packed in the order of the walk.
fn packed(axes: &[Axis], itemsize: usize, uses: impl Fn(&Axis) -> bool) -> Steps {
    let mut steps: Steps = SmallVec::new();
    let mut step = itemsize as isize;
    for a in axes {
        if uses(a) {
            steps.push(step);
            step *= a.len.max(1);
        } else {
            steps.push(0);
        }
    }
    steps
}

/// Makes an output, in the memory order of the walk.
fn allocate<'py>(
    py: Python<'py>,
    request: &Request<'py>,
    op: usize,
    descr: &Bound<'py, PyAny>,
    dtype: &DType,
    axes: &mut [Axis],
    shape: &[isize],
) -> PyResult<ArrayRef<'py>> {
    let map = request.op_axes.as_ref().and_then(|all| all[op].as_ref());
    let place = |a: &Axis| map.map_or(Some(a.original), |m| usize::try_from(m[a.original]).ok());
    let ndim = axes.iter().filter(|a| place(a).is_some()).count();
    for a in axes.iter() {
        if place(a).is_none() && shape[a.original] != 1 && !request.flags.reduce_ok {
            return Err(PyValueError::new_err(
                "output operand requires a reduction, but reduction is not enabled",
            ));
        }
        if place(a).is_none() && shape[a.original] != 1 && !request.op_flags[op].read {
            return Err(PyValueError::new_err(
                "output operand requires a reduction, but is flagged as write-only, not read-write",
            ));
        }
    }
    let steps = packed(axes, dtype.itemsize(), |a| place(a).is_some());
    let (mut own_shape, mut own_strides) = (Dims::from_elem(1, ndim), Dims::from_elem(0, ndim));
    let mut seen = vec![false; ndim];
    for (a, &step) in axes.iter().zip(&steps) {
        let Some(at) = place(a) else { continue };
        if at >= ndim || std::mem::replace(&mut seen[at], true) {
            return Err(PyValueError::new_err(
                "automatically allocated output array specified with an inconsistent axis mapping",
            ));
        }
        own_shape[at] = a.len;
        own_strides[at] = step;
    }
    let class = if request.op_flags[op].no_subtype {
        NDARRAY.get()
    } else {
        highest_priority(request)
    };
    let made = array::new_array(
        py,
        class,
        descr.clone(),
        &own_shape,
        Some(&own_strides),
        Memory::Uninit,
    )?;
    array::finalize(&made, None)?;
    if made.ndim() != ndim {
        return Err(PyTypeError::new_err(
            "automatically allocated outputs cannot have a subarray dtype",
        ));
    }
    for (a, step) in axes.iter_mut().zip(steps) {
        a.steps[op] = if a.len == 1 { 0 } else { step };
    }
    Ok(made)
}

/// The class of the operand with the highest `__array_priority__`.
fn highest_priority(request: &Request<'_>) -> *mut pyo3::ffi::PyTypeObject {
    let (mut class, mut best) = (NDARRAY.get(), 0.0);
    for object in &request.objects {
        if let Some(array) = ArrayRef::from_object(object)
            && !array.is_exact()
            && let Ok(priority) = object
                .getattr("__array_priority__")
                .and_then(|p| p.extract::<f64>())
            && (priority > best || class == NDARRAY.get() && priority >= best)
        {
            (class, best) = (object.get_type_ptr(), priority);
        }
    }
    class
}

/// A copy in the dtype that was asked for, packed in the order of the walk; steps of the operand are set to it.
fn copy_in_order<'py>(
    py: Python<'py>,
    op: usize,
    array: &ArrayRef<'py>,
    descr: &Bound<'py, PyAny>,
    flags: OperandFlags,
    axes: &mut [Axis],
) -> PyResult<ArrayRef<'py>> {
    let itemsize = descr::fields(descr).elsize as usize;
    let steps = packed(axes, itemsize, |a| a.steps[op] != 0);
    let mut strides = Dims::from_elem(0, array.ndim());
    // An axis of the array is found again by its stride along the walk.
    let mut taken: SmallVec<[usize; 8]> = SmallVec::new();
    for (a, &step) in axes.iter().zip(&steps) {
        if a.steps[op] == 0 {
            continue;
        }
        let at = (0..array.ndim()).find(|&i| {
            !taken.contains(&i)
                && array.shape()[i] == a.len
                && array.strides()[i] == if a.flipped { -a.steps[op] } else { a.steps[op] }
        });
        if let Some(at) = at {
            taken.push(at);
            strides[at] = step;
        }
    }
    let made = array::new_array(
        py,
        NDARRAY.get(),
        descr.clone(),
        array.shape(),
        Some(&strides),
        Memory::Uninit,
    )?;
    if flags.read {
        copy::assign(
            &mut made.view_mut_unchecked()?,
            &array.view()?,
            Casting::Unsafe,
        )
        .or_raise()?;
    }
    for (a, step) in axes.iter_mut().zip(steps) {
        if a.flipped && a.steps[op] != 0 {
            // The copy holds items in the order of the array: a backward walk stays backward.
            return Err(PyTypeError::new_err(
                "Iterator operand required copying or buffering, but it is walked backwards",
            ));
        }
        a.steps[op] = step;
    }
    Ok(made)
}

/// With `copy_if_overlap`, operands that share memory with one that is written are copied.
fn resolve_overlap(
    py: Python<'_>,
    request: &Request<'_>,
    operands: &mut [Operand],
    axes: &mut [Axis],
    first: &mut Steps,
) -> PyResult<()> {
    if !request.flags.copy_if_overlap {
        return Ok(());
    }
    for i in 0..operands.len() {
        for j in 0..operands.len() {
            if i == j || !operands[i].flags.write || operands[j].write_back.is_some() {
                continue;
            }
            let (a, b) = (
                operands[i].array.bind(py).clone(),
                operands[j].array.bind(py).clone(),
            );
            let (Some(a), Some(b)) = (ArrayRef::from_object(&a), ArrayRef::from_object(&b)) else {
                continue;
            };
            let same_walk = first[i] == first[j] && axes.iter().all(|x| x.steps[i] == x.steps[j]);
            let elementwise = operands[i].flags.overlap_assume_elementwise
                && operands[j].flags.overlap_assume_elementwise
                && same_walk
                && operands[i].stored.itemsize() == operands[j].stored.itemsize();
            if elementwise || operands[j].flags.write && !operands[j].flags.read && i < j {
                continue;
            }
            if numpy_rs_core::overlap::share_memory(&a.view()?, &b.view()?, Some(1))
                == numpy_rs_core::overlap::Sharing::No
            {
                continue;
            }
            let descr = b.descr();
            let flags = operands[j].flags;
            let copied = copy_in_order(
                py,
                j,
                &b,
                &descr,
                OperandFlags {
                    read: true,
                    ..flags
                },
                axes,
            )?;
            first[j] = copied.data() as isize;
            operands[j].write_back = flags.write.then(|| b.as_any().clone().unbind());
            operands[j].array = copied.into_any().unbind();
        }
    }
    Ok(())
}

/// The dtypes of `op_dtypes`: one for each operand, or one for all.
pub(super) fn dtypes_of<'py>(
    object: Option<Bound<'py, PyAny>>,
    n: usize,
) -> PyResult<Vec<Option<Bound<'py, PyAny>>>> {
    let Some(object) = object.filter(|o| !o.is_none()) else {
        return Ok(vec![None; n]);
    };
    let one = |d: &Bound<'py, PyAny>| -> PyResult<Option<Bound<'py, PyAny>>> {
        if d.is_none() {
            Ok(None)
        } else {
            convert::dtype::from_object(d).map(Some)
        }
    };
    if (object.is_instance_of::<PyTuple>() || object.is_instance_of::<PyList>())
        && object.len()? == n
    {
        let each: PyResult<Vec<_>> = object.try_iter()?.map(|d| one(&d?)).collect();
        match each {
            Err(_) if n == 1 => {}
            answer => return answer,
        }
    }
    if n == 1 || !object.is_instance_of::<PyTuple>() && !object.is_instance_of::<PyList>() {
        return Ok(vec![one(&object)?; n]);
    }
    Err(PyValueError::new_err(
        "op_dtypes must be a tuple or array of dtypes",
    ))
}

/// `op_axes`: for each operand `None` or a sequence of axes, all of one length.
pub(super) fn op_axes_of(
    object: Option<Bound<'_, PyAny>>,
    n: usize,
) -> PyResult<Option<Vec<Option<Vec<isize>>>>> {
    let Some(object) = object.filter(|o| !o.is_none()) else {
        return Ok(None);
    };
    let wrong = || PyValueError::new_err("op_axes must be a tuple/list matching the number of ops");
    if !object.is_instance_of::<PyTuple>() && !object.is_instance_of::<PyList>()
        || object.len()? != n
    {
        return Err(wrong());
    }
    let mut all = Vec::with_capacity(n);
    for item in object.try_iter()? {
        let item = item?;
        if item.is_none() {
            all.push(None);
            continue;
        }
        let axes: Vec<isize> = item
            .try_iter()
            .map_err(|_| {
                PyValueError::new_err("Each entry of op_axes must be None or another tuple/list")
            })?
            .map(|v| {
                let v = v?;
                if v.is_none() { Ok(-1) } else { v.extract() }
            })
            .collect::<PyResult<_>>()?;
        all.push(Some(axes));
    }
    let mut lengths = all.iter().flatten().map(Vec::len);
    if let Some(first) = lengths.next() {
        if lengths.any(|n| n != first) {
            return Err(PyValueError::new_err(
                "Each entry of op_axes must have the same size",
            ));
        }
    } else {
        return Ok(None);
    }
    for (op, axes) in all.iter().enumerate() {
        for (i, &axis) in axes.iter().flatten().enumerate() {
            if axis < -1 {
                return Err(PyValueError::new_err(format!(
                    "The 'op_axes' provided to the iterator constructor for operand {op} contained invalid values {axis} \
                     at {i}"
                )));
            }
        }
    }
    Ok(Some(all))
}
