//! Index expressions: from the object between brackets to a layout, or to a plan with index arrays.

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::{Dims, MAXDIMS};
use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::index::fancy::{FancyPlan, IndexArray};
use numpy_rs_core::index::{mask, slice};
use numpy_rs_core::layout::Order;
use numpy_rs_core::view::View;
use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyEllipsis, PyInt, PySlice, PyTuple};
use smallvec::SmallVec;

use crate::array::ArrayRef;
use crate::convert::array_like;
use crate::error::OrRaise;

/// One part of an index expression.
pub(crate) enum Part<'py> {
    /// An integer.
    Integer(isize),
    /// A slice, not yet resolved.
    Slice(Bound<'py, PySlice>),
    /// `None`: a new axis.
    NewAxis,
    /// `...`: all axes that the other parts leave.
    Ellipsis,
    /// A boolean scalar or 0-d boolean array.
    Truth(bool),
    /// A boolean array of one axis or more.
    Mask(ArrayRef<'py>),
    /// An integer array.
    Indices(ArrayRef<'py>),
}

impl Part<'_> {
    /// How many axes of the array the part uses.
    fn n_axes(&self) -> usize {
        match self {
            Self::Integer(_) | Self::Slice(_) | Self::Indices(_) => 1,
            Self::NewAxis | Self::Ellipsis | Self::Truth(_) => 0,
            Self::Mask(m) => m.ndim(),
        }
    }

    fn is_fancy(&self) -> bool {
        matches!(self, Self::Truth(_) | Self::Mask(_) | Self::Indices(_))
    }
}

/// The parts of an expression.
pub(crate) type Parts<'py> = SmallVec<[Part<'py>; 4]>;

#[cold]
fn invalid() -> PyErr {
    PyIndexError::new_err(
        "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid \
         indices",
    )
}

/// Reads an index expression.
pub(crate) fn parse<'py>(key: &Bound<'py, PyAny>) -> PyResult<Parts<'py>> {
    let mut parts = Parts::new();
    if let Ok(tuple) = key.cast::<PyTuple>() {
        if tuple.len() > 2 * MAXDIMS {
            return Err(PyIndexError::new_err("too many indices for array"));
        }
        for item in tuple.iter() {
            parts.push(part(&item)?);
        }
    } else {
        parts.push(part(key)?);
    }
    if parts.iter().filter(|p| matches!(p, Part::Ellipsis)).count() > 1 {
        return Err(PyIndexError::new_err(
            "an index can only have a single ellipsis ('...')",
        ));
    }
    Ok(parts)
}

/// Reads one part.
pub(crate) fn part<'py>(item: &Bound<'py, PyAny>) -> PyResult<Part<'py>> {
    let py = item.py();
    if item.is_exact_instance_of::<PyInt>() {
        return integer(item).map(Part::Integer);
    }
    if let Ok(slice) = item.cast::<PySlice>() {
        return Ok(Part::Slice(slice.clone()));
    }
    if item.is_none() {
        return Ok(Part::NewAxis);
    }
    if item.is_instance_of::<PyEllipsis>() {
        return Ok(Part::Ellipsis);
    }
    if let Ok(truth) = item.cast::<PyBool>() {
        return Ok(Part::Truth(truth.is_true()));
    }
    let array = if let Some(array) = ArrayRef::from_object(item) {
        array
    } else {
        // SAFETY: a check on a live object.
        if unsafe { ffi::PyIndex_Check(item.as_ptr()) } != 0 {
            match item.extract::<isize>() {
                Ok(i) => return Ok(Part::Integer(i)),
                // Booleans of ours and integers that are too large have more to say as arrays.
                Err(e) if e.is_instance_of::<pyo3::exceptions::PyException>(py) => {}
                Err(e) => return Err(e),
            }
        }
        let made = array_like::as_array(item)?;
        // Whatever is empty is an index that chooses nothing.
        if made.size() == 0 && made.type_num() != TypeNum::Bool as i32 {
            let empty = Array::empty(mask::index_dtype(), made.shape(), Order::C).or_raise()?;
            crate::array::from_core(py, empty)?
        } else {
            made
        }
    };
    let num = TypeNum::from_c(array.type_num());
    match num {
        Some(TypeNum::Bool) if array.ndim() == 0 => {
            // SAFETY: a 0-d boolean array holds one byte.
            Ok(Part::Truth(unsafe { *array.data() } != 0))
        }
        Some(TypeNum::Bool) => Ok(Part::Mask(array)),
        Some(n) if n.is_integer() && array.ndim() == 0 => {
            // SAFETY: a 0-d array has one element.
            let value =
                unsafe { crate::convert::scalar::to_python(py, array.data(), &array.descr())? };
            integer(&value).map(Part::Integer)
        }
        Some(n) if n.is_integer() => Ok(Part::Indices(array)),
        _ if ArrayRef::from_object(item).is_some() => Err(PyIndexError::new_err(
            "arrays used as indices must be of integer (or boolean) type",
        )),
        _ => Err(invalid()),
    }
}

fn integer(item: &Bound<'_, PyAny>) -> PyResult<isize> {
    item.extract::<isize>().map_err(|e| {
        if e.is_instance_of::<pyo3::exceptions::PyOverflowError>(item.py())
            || e.is_instance_of::<PyTypeError>(item.py())
        {
            invalid()
        } else {
            e
        }
    })
}

/// A layout inside an array: where it begins, its axes and strides.
pub(crate) struct Layout {
    pub(crate) offset_bytes: isize,
    pub(crate) shape: Dims,
    pub(crate) strides: Dims,
}

/// What an index expression chooses.
pub(crate) enum Selection<'py> {
    /// One element: only integers, one for each axis. The offset in bytes.
    Element(isize),
    /// A part that only needs another layout.
    View(Layout),
    /// Elements found by index arrays.
    Fancy(Fancy<'py>),
}

/// Index arrays with the layout of the other axes.
pub(crate) struct Fancy<'py> {
    pub(crate) offset_bytes: isize,
    sub_shape: Dims,
    sub_strides: Dims,
    position: usize,
    arrays: Vec<(Indices<'py>, usize, Option<isize>, isize)>,
    /// The one boolean mask that is the whole expression and covers the whole array.
    pub(crate) whole_mask: Option<ArrayRef<'py>>,
}

/// Index arrays as they are held.
pub(crate) enum Indices<'py> {
    Python(ArrayRef<'py>),
    Core(Array),
}

impl<'py> Fancy<'py> {
    /// Copies index arrays that share memory with the array that is about to be written.
    pub(crate) fn detach(&mut self, written: &ArrayRef<'py>) -> PyResult<()> {
        let target = written.view()?;
        for (indices, ..) in &mut self.arrays {
            detach(indices, &target)?;
        }
        if let Some(m) = &self.whole_mask
            && numpy_rs_core::overlap::bounds_meet(&m.view()?, &target)
        {
            let copy = copy::to_array(&m.view()?, Order::C).or_raise()?;
            self.whole_mask = Some(crate::array::from_core(written.py(), copy)?);
        }
        Ok(())
    }
    /// The strides of a fresh result: the axes of the index arrays outside, in their own order, the others inside in the
    /// order of the indexed array.
    pub(crate) fn result_strides(&self, plan: &FancyPlan<'_>, itemsize: usize) -> Dims {
        let shape = plan.result_shape();
        let n_index = shape.len() - self.sub_shape.len();
        let p = self.position;
        let inner = numpy_rs_core::layout::strides_like(
            Order::K,
            &self.sub_shape,
            &self.sub_strides,
            itemsize,
            itemsize,
        );
        let block = self.sub_shape.iter().map(|d| d.max(&1)).product::<isize>() * itemsize as isize;
        let index_shape = &shape[p..p + n_index];
        let model = self.arrays.iter().find_map(|(i, ..)| {
            let (s, t) = match i {
                Indices::Python(a) => (a.shape(), a.strides()),
                Indices::Core(a) => (a.shape(), a.strides()),
            };
            (s == index_shape).then(|| Dims::from_slice(t))
        });
        let item = size_of::<isize>();
        let outer = match model {
            Some(m) => numpy_rs_core::layout::strides_like(Order::K, index_shape, &m, item, item),
            None => numpy_rs_core::layout::c_strides(index_shape, item),
        };
        let mut strides = Dims::from_slice(&inner[..p]);
        strides.extend(outer.iter().map(|s| s / item as isize * block));
        strides.extend_from_slice(&inner[p..]);
        strides
    }

    /// The plan, whose indices are still to be checked.
    pub(crate) fn plan(&self) -> PyResult<FancyPlan<'_>> {
        let arrays = self
            .arrays
            .iter()
            .map(|(indices, axis, len, stride)| {
                let indices: View<'_> = match indices {
                    Indices::Python(a) => a.view()?,
                    Indices::Core(a) => a.view(),
                };
                Ok(IndexArray {
                    indices,
                    axis: *axis,
                    len: *len,
                    stride: *stride,
                })
            })
            .collect::<PyResult<Vec<_>>>()?;
        FancyPlan::new(
            arrays,
            self.sub_shape.clone(),
            self.sub_strides.clone(),
            self.position,
        )
        .or_raise()
    }
}

/// Applies the parts to an array's layout.
pub(crate) fn select<'py>(parts: Parts<'py>, array: &ArrayRef<'py>) -> PyResult<Selection<'py>> {
    let ndim = array.ndim();
    let used: usize = parts.iter().map(Part::n_axes).sum();
    if used > ndim {
        return Err(too_many(ndim, used));
    }
    let fancy = parts.iter().any(Part::is_fancy);
    if !fancy && used == ndim && parts.iter().all(|p| matches!(p, Part::Integer(_))) {
        let mut offset = 0;
        for (axis, p) in parts.iter().enumerate() {
            if let Part::Integer(i) = p {
                offset += in_range(*i, axis, array.shape()[axis])? * array.strides()[axis];
            }
        }
        return Ok(Selection::Element(offset));
    }
    let mut walk = Walk {
        array,
        axis: 0,
        offset_bytes: 0,
        shape: Dims::new(),
        strides: Dims::new(),
    };
    if fancy {
        check_limits(&parts, ndim, used)?;
    }
    let left = ndim - used;
    let has_ellipsis = parts.iter().any(|p| matches!(p, Part::Ellipsis));
    let mut arrays = Vec::new();
    let mut order = FancyOrder::default();
    let whole_mask = match parts.as_slice() {
        [Part::Mask(m)] if m.ndim() == ndim && m.shape() == array.shape() => Some(m.clone()),
        _ => None,
    };
    for p in parts {
        match p {
            Part::Integer(i) if !fancy => walk.integer(i)?,
            Part::Integer(i) => {
                order.meet(walk.shape.len());
                let (axis, len, stride) = walk.take_axis();
                let i = in_range(i, axis, len)?;
                let mut one = Array::empty(mask::index_dtype(), &[], Order::C).or_raise()?;
                // SAFETY: a fresh 0-d array of `intp` holds one.
                unsafe { *one.view_mut().or_raise()?.ptr_mut().cast::<isize>() = i };
                arrays.push((Indices::Core(one), axis, Some(len), stride));
            }
            Part::Slice(s) => {
                order.leave();
                walk.slice(&s)?;
            }
            Part::NewAxis => {
                order.leave();
                walk.push(1, 0)?;
            }
            Part::Ellipsis => {
                order.leave();
                walk.keep(left)?;
            }
            Part::Truth(t) => {
                order.meet(walk.shape.len());
                let empty =
                    Array::zeros(mask::index_dtype(), &[isize::from(t)], Order::C).or_raise()?;
                arrays.push((Indices::Core(empty), 0, None, 0));
            }
            Part::Indices(a) => {
                order.meet(walk.shape.len());
                let (axis, len, stride) = walk.take_axis();
                arrays.push((as_intp(a)?, axis, Some(len), stride));
            }
            Part::Mask(m) => {
                order.meet(walk.shape.len());
                for (k, &d) in m.shape().iter().enumerate() {
                    let axis = walk.axis + k;
                    let len = array.shape()[axis];
                    // NumPy lets a mask of nothing choose nothing of any axis.
                    if d != len && d != 0 {
                        return Err(PyIndexError::new_err(format!(
                            "boolean index did not match indexed array along axis {axis}; size of axis is {len} but \
                             size of corresponding boolean axis is {d}"
                        )));
                    }
                }
                if whole_mask.is_some() {
                    // The caller walks the mask itself.
                    continue;
                }
                for found in mask::nonzero(&m.view()?).or_raise()? {
                    let (axis, len, stride) = walk.take_axis();
                    arrays.push((Indices::Core(found), axis, Some(len), stride));
                }
            }
        }
    }
    if whole_mask.is_none() && !has_ellipsis {
        walk.keep(left)?;
    }
    if !fancy {
        return Ok(Selection::View(Layout {
            offset_bytes: walk.offset_bytes,
            shape: walk.shape,
            strides: walk.strides,
        }));
    }
    Ok(Selection::Fancy(Fancy {
        offset_bytes: walk.offset_bytes,
        sub_shape: walk.shape,
        sub_strides: walk.strides,
        position: order.position(),
        arrays,
        whole_mask,
    }))
}

/// How many index arrays there may be.
fn check_limits(parts: &Parts<'_>, ndim: usize, used: usize) -> PyResult<()> {
    let n: usize = parts
        .iter()
        .map(|p| match p {
            Part::Indices(_) | Part::Truth(_) | Part::Integer(_) => 1,
            Part::Mask(m) => m.ndim(),
            _ => 0,
        })
        .sum();
    if n > 64 {
        return Err(PyIndexError::new_err(
            "too many advanced (array) indices. This probably means you are indexing with too many booleans. (more than 64 \
             found)",
        ));
    }
    let dims = parts.iter().map(|p| match p {
        Part::Indices(a) => a.ndim(),
        Part::Mask(_) | Part::Truth(_) => 1,
        _ => 0,
    });
    let kept = parts
        .iter()
        .filter(|p| matches!(p, Part::Slice(_) | Part::NewAxis))
        .count();
    let total = dims.max().unwrap_or(0) + kept + (ndim - used);
    if total > MAXDIMS {
        return Err(PyIndexError::new_err(format!(
            "number of dimensions must be within [0, {MAXDIMS}], indexing result would have {total}"
        )));
    }
    if n > 63 && kept == 0 && ndim == used {
        return Err(PyIndexError::new_err(format!(
            "when no subspace is given, the number of index arrays cannot be above 63, but {n} index arrays found"
        )));
    }
    Ok(())
}

/// Where the axes of index arrays stand: at the first of them if they are neighbours, else in front.
#[derive(Default)]
struct FancyOrder {
    first: Option<usize>,
    left: bool,
    apart: bool,
}

impl FancyOrder {
    fn meet(&mut self, position: usize) {
        if self.first.is_none() {
            self.first = Some(position);
        } else if self.left {
            self.apart = true;
        }
    }

    fn leave(&mut self) {
        self.left = self.first.is_some();
    }

    fn position(&self) -> usize {
        if self.apart {
            0
        } else {
            self.first.unwrap_or(0)
        }
    }
}

/// The axes that are left of an array as parts use them up.
struct Walk<'a, 'py> {
    array: &'a ArrayRef<'py>,
    axis: usize,
    offset_bytes: isize,
    shape: Dims,
    strides: Dims,
}

impl Walk<'_, '_> {
    fn take_axis(&mut self) -> (usize, isize, isize) {
        let axis = self.axis;
        self.axis += 1;
        (axis, self.array.shape()[axis], self.array.strides()[axis])
    }

    fn push(&mut self, len: isize, stride: isize) -> PyResult<()> {
        if self.shape.len() == MAXDIMS {
            return Err(PyIndexError::new_err(format!(
                "number of dimensions must be within [0, {MAXDIMS}], indexing result would have {}",
                MAXDIMS + 1
            )));
        }
        self.shape.push(len);
        self.strides.push(stride);
        Ok(())
    }

    fn integer(&mut self, i: isize) -> PyResult<()> {
        let (axis, len, stride) = self.take_axis();
        self.offset_bytes += in_range(i, axis, len)? * stride;
        Ok(())
    }

    fn keep(&mut self, n: usize) -> PyResult<()> {
        for _ in 0..n {
            let (_, len, stride) = self.take_axis();
            self.push(len, stride)?;
        }
        Ok(())
    }

    fn slice(&mut self, s: &Bound<'_, PySlice>) -> PyResult<()> {
        let (_, len, stride) = self.take_axis();
        let r = resolve_slice(s, len)?;
        self.offset_bytes += r.start * if r.len > 0 { stride } else { 0 };
        self.push(r.len, stride.wrapping_mul(r.step))
    }
}

/// A slice object against a length.
pub(crate) fn resolve_slice(s: &Bound<'_, PySlice>, len: isize) -> PyResult<slice::Resolved> {
    if let Some(plain) = plain_slice(s, len) {
        return Ok(plain);
    }
    let (mut start, mut stop, mut step) = (0, 0, 0);
    // SAFETY: the object is a slice.
    if unsafe { ffi::PySlice_Unpack(s.as_ptr(), &raw mut start, &raw mut stop, &raw mut step) } < 0
    {
        return Err(PyErr::fetch(s.py()));
    }
    // SAFETY: plain arithmetic on the numbers above.
    let n = unsafe { ffi::PySlice_AdjustIndices(len, &raw mut start, &raw mut stop, step) };
    Ok(slice::Resolved {
        start,
        step,
        len: n,
    })
}

/// A slice without a step whose ends are `int` or `None`, the usual kind, without the detour over `__index__`.
#[inline]
fn plain_slice(s: &Bound<'_, PySlice>, len: isize) -> Option<slice::Resolved> {
    let end = |object: *mut ffi::PyObject, default: isize| {
        // SAFETY: the parts of a slice are live objects; `PyLong_AsSsize_t` fails by -1, which is not taken here.
        unsafe {
            if object == ffi::Py_None() {
                return Some(default);
            }
            if ffi::PyLong_CheckExact(object) == 0 {
                return None;
            }
            let i = ffi::PyLong_AsSsize_t(object);
            if i == -1 && !ffi::PyErr_Occurred().is_null() {
                ffi::PyErr_Clear();
                return None;
            }
            let i = if i < 0 { i.saturating_add(len) } else { i };
            Some(i.clamp(0, len))
        }
    };
    // SAFETY: the object is a slice.
    let parts = unsafe { &*s.as_ptr().cast::<ffi::PySliceObject>() };
    // SAFETY: `None` lives for ever.
    if parts.step != unsafe { ffi::Py_None() } {
        return None;
    }
    let (start, stop) = (end(parts.start, 0)?, end(parts.stop, len)?);
    Some(slice::Resolved {
        start,
        step: 1,
        len: (stop - start).max(0),
    })
}

fn in_range(i: isize, axis: usize, len: isize) -> PyResult<isize> {
    if i < -len || i >= len {
        return Err(PyIndexError::new_err(format!(
            "index {i} is out of bounds for axis {axis} with size {len}"
        )));
    }
    Ok(if i < 0 { i + len } else { i })
}

#[cold]
fn too_many(ndim: usize, used: usize) -> PyErr {
    PyIndexError::new_err(format!(
        "too many indices for array: array is {ndim}-dimensional, but {used} were indexed"
    ))
}

/// Copies indices that share memory with what is about to be written.
pub(crate) fn detach(indices: &mut Indices<'_>, written: &View<'_>) -> PyResult<()> {
    if let Indices::Python(a) = indices
        && numpy_rs_core::overlap::bounds_meet(&a.view()?, written)
    {
        let copy = copy::to_array(&a.view()?, Order::C).or_raise()?;
        *indices = Indices::Core(copy);
    }
    Ok(())
}

/// Indices as native aligned `intp`.
pub(crate) fn as_intp(array: ArrayRef<'_>) -> PyResult<Indices<'_>> {
    let dtype = array.dtype()?;
    let wanted = mask::index_dtype();
    let fits = dtype.is_equivalent(&wanted) && array.flags() & crate::layout::flags::ALIGNED != 0;
    if fits {
        return Ok(Indices::Python(array));
    }
    if !numpy_rs_core::cast::can_cast(&dtype, &wanted, Casting::SameKind) {
        return Err(PyIndexError::new_err(
            "arrays used as indices must be of integer (or boolean) type",
        ));
    }
    let (cast, _) = copy::cast_to(&array.view()?, &wanted, Order::C, Casting::Unsafe).or_raise()?;
    Ok(Indices::Core(cast))
}

/// The message when values do not fit the elements chosen.
pub(crate) fn value_mismatch(values: &[isize], chosen: &[isize]) -> PyErr {
    use numpy_rs_core::dims::ShapeText;
    PyValueError::new_err(format!(
        "shape mismatch: value array of shape {} could not be broadcast to indexing result of shape {}",
        ShapeText(values, ","),
        ShapeText(chosen, ",")
    ))
}
