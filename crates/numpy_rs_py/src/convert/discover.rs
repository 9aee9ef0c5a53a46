//! What an array made from nested sequences looks like: its shape, and the common dtype of what is inside.

use numpy_rs_core::cast;
use numpy_rs_core::dims::MAXDIMS;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::interrupt::Rounds;
use pyo3::exceptions::{PyKeyError, PyMemoryError, PyRecursionError};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::array::ArrayRef;
use crate::convert::dtype_text::INTP;
use crate::convert::protocols;
use crate::convert::store::{scalar_descr, scalar_num};
use crate::descr;
use crate::error::OrRaise;

/// What was met among Python's own numbers; each bit is one dtype.
mod met {
    pub(super) const BOOL: u8 = 1;
    pub(super) const INT: u8 = 2;
    pub(super) const BIG_UNSIGNED: u8 = 4;
    pub(super) const HUGE: u8 = 8;
    pub(super) const FLOAT: u8 = 16;
    pub(super) const COMPLEX: u8 = 32;
}

/// Something between the outermost object and the items: a sequence or an array, in the order of the walk.
pub(crate) struct Node<'py> {
    /// The object as it stands in its sequence.
    pub(crate) object: Bound<'py, PyAny>,
    /// What it was turned into.
    pub(crate) content: Content<'py>,
}

/// The two kinds of inner objects.
pub(crate) enum Content<'py> {
    /// A list or tuple of the parts.
    Sequence(Bound<'py, PyAny>),
    /// An array.
    Array(ArrayRef<'py>),
}

/// Which lengths of text are asked for when the dtype is given without one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The common dtype of everything.
    Any,
    /// Nothing but the shape: the dtype is given.
    Shape,
    /// Text as long as the longest item.
    Text(TypeNum),
    /// Datetimes of the finest unit.
    Ticks(TypeNum),
}

/// The state of a discovery, and its result.
pub(crate) struct Discovery<'py> {
    py: Python<'py>,
    /// Inner sequences and arrays.
    pub(crate) nodes: Vec<Node<'py>>,
    /// Lengths per axis, filled as the walk goes deeper.
    shape: [isize; MAXDIMS],
    max_dims: usize,
    limit: usize,
    complete: bool,
    /// Whether parts of one level have different lengths.
    pub(crate) ragged: bool,
    /// Whether sequences were nested deeper than allowed.
    pub(crate) too_deep: bool,
    wanted: Wanted,
    tuples_are_items: bool,
    met: u8,
    dtype: Option<DType>,
    descr: Option<Bound<'py, PyAny>>,
    longest: usize,
    watch: Rounds,
}

impl<'py> Discovery<'py> {
    /// Walks through an object.
    pub(crate) fn of(
        object: &Bound<'py, PyAny>,
        wanted: Wanted,
        tuples_are_items: bool,
        max_dims: usize,
        never_copy: bool,
    ) -> PyResult<Self> {
        let mut d = Self {
            py: object.py(),
            nodes: Vec::new(),
            shape: [0; MAXDIMS],
            max_dims,
            limit: max_dims,
            complete: false,
            ragged: false,
            too_deep: false,
            wanted,
            tuples_are_items,
            met: 0,
            dtype: None,
            descr: None,
            longest: 0,
            watch: Rounds::new(1 << 10),
        };
        d.walk(object, 0, never_copy)?;
        Ok(d)
    }

    /// The shape that all parts share.
    pub(crate) fn shape(&self) -> &[isize] {
        &self.shape[..self.max_dims]
    }

    /// The common dtype of what was met; float64 where nothing was.
    pub(crate) fn descr(&self) -> PyResult<Bound<'py, PyAny>> {
        match self.wanted {
            Wanted::Text(TypeNum::Str) => {
                return descr::from_dtype(self.py, &DType::str(self.longest.max(1)));
            }
            Wanted::Text(TypeNum::Bytes) => {
                return descr::from_dtype(self.py, &DType::bytes(self.longest.max(1)));
            }
            Wanted::Text(_) => {
                return descr::from_dtype(self.py, &DType::void(self.longest.max(1)));
            }
            Wanted::Any | Wanted::Shape | Wanted::Ticks(_) => {}
        }
        if self.met == 0
            && let Some(d) = &self.descr
        {
            return Ok(d.clone());
        }
        let mut common = self.dtype.clone();
        for (bit, num) in [
            (met::BOOL, TypeNum::Bool),
            (met::INT, INTP),
            (met::BIG_UNSIGNED, TypeNum::ULongLong),
            (met::HUGE, TypeNum::Object),
            (met::FLOAT, TypeNum::Double),
            (met::COMPLEX, TypeNum::CDouble),
        ] {
            if self.met & bit != 0 {
                let num = if num == TypeNum::ULongLong {
                    crate::convert::dtype_text::UINTP
                } else {
                    num
                };
                common = Some(join(common, DType::new(num))?);
            }
        }
        let dtype = common.unwrap_or_else(|| DType::new(TypeNum::Double));
        let dtype = match dtype.num() {
            // Text without any character still takes room for one.
            TypeNum::Str if dtype.itemsize() == 0 => DType::str(1),
            TypeNum::Bytes if dtype.itemsize() == 0 => DType::bytes(1),
            _ => dtype,
        };
        descr::from_dtype(self.py, &dtype)
    }

    /// Takes a length or shape at a depth into account; false where it does not fit what came before.
    fn update_shape(&mut self, depth: usize, new: &[isize], sequence: bool) -> bool {
        let mut fits = true;
        let mut n = new.len();
        if depth + n > self.max_dims {
            fits = false;
            n = self.max_dims.saturating_sub(depth);
        } else if !sequence && self.max_dims != depth + n {
            self.max_dims = depth + n;
            fits = !self.complete;
        }
        for (i, &len) in new.iter().enumerate().take(n) {
            if !self.complete {
                self.shape[depth + i] = len;
            } else if self.shape[depth + i] != len {
                fits = false;
                self.max_dims = if sequence { depth } else { depth + i };
                break;
            }
        }
        if !sequence {
            self.complete = true;
        }
        fits
    }

    fn leaf(&mut self, depth: usize) {
        if !self.update_shape(depth, &[], false) {
            self.ragged = true;
        }
    }

    fn add(&mut self, dtype: DType, descr: Option<&Bound<'py, PyAny>>) -> PyResult<()> {
        match &self.dtype {
            None => {
                self.descr = descr.cloned();
                self.dtype = Some(dtype);
            }
            Some(old) if *old == dtype => {
                if let (Some(a), Some(b)) = (&self.descr, descr)
                    && !a.is(b)
                {
                    self.descr = None;
                }
            }
            Some(_) => {
                self.descr = None;
                self.dtype = Some(join(self.dtype.take(), dtype)?);
            }
        }
        Ok(())
    }

    /// Notes a number, text or bytes of Python, or a scalar of ours; false for anything else.
    fn scalar(&mut self, object: &Bound<'py, PyAny>) -> PyResult<bool> {
        // SAFETY: checks of the type of a live object.
        unsafe {
            let p = object.as_ptr();
            let ty = ffi::Py_TYPE(p);
            if ty == &raw mut ffi::PyFloat_Type {
                self.met |= met::FLOAT;
            } else if ty == &raw mut ffi::PyLong_Type {
                self.met |= int_class(p);
            } else if ty == &raw mut ffi::PyBool_Type {
                self.met |= met::BOOL;
            } else if ty == &raw mut ffi::PyComplex_Type {
                self.met |= met::COMPLEX;
            } else if let Some(num) = scalar_num(object) {
                match scalar_descr(object)? {
                    Some(d) if num.is_number() => self.add(DType::new(num), Some(&d))?,
                    Some(d) => self.add(descr::to_dtype(&d)?, Some(&d))?,
                    None => return Ok(false),
                }
                if self.wants_text() {
                    self.note_text(object, Some(num))?;
                }
                return Ok(true);
            } else if ffi::PyFloat_Check(p) != 0 {
                self.met |= met::FLOAT;
            } else if ffi::PyComplex_Check(p) != 0 {
                self.met |= met::COMPLEX;
            } else if ffi::PyLong_Check(p) != 0 {
                self.met |= int_class(p);
            } else if ffi::PyUnicode_Check(p) != 0 {
                let n = ffi::PyUnicode_GetLength(p) as usize;
                self.longest = self.longest.max(n);
                return self.add(DType::str(n), None).map(|()| true);
            } else if ffi::PyBytes_Check(p) != 0 {
                let n = ffi::PyBytes_Size(p) as usize;
                self.longest = self.longest.max(n);
                return self.add(DType::bytes(n), None).map(|()| true);
            } else if object.is_none() {
                self.object(object)?;
                return Ok(true);
            } else {
                return Ok(false);
            }
        }
        if self.wants_text() {
            self.note_text(object, None)?;
        }
        Ok(true)
    }

    fn wants_text(&self) -> bool {
        matches!(self.wanted, Wanted::Text(_))
    }

    /// Length of the text that an item becomes.
    fn note_text(&mut self, object: &Bound<'py, PyAny>, num: Option<TypeNum>) -> PyResult<()> {
        let n = match num {
            Some(num) if num.is_number() => cast::level::text_length(&DType::new(num)),
            Some(TypeNum::Void) if self.wanted == Wanted::Text(TypeNum::Void) => {
                match &self.dtype {
                    Some(d) => d.itemsize(),
                    None => 0,
                }
            }
            _ => {
                if let Ok(b) = object.cast::<PyBytes>() {
                    b.as_bytes().len()
                } else if self.wanted == Wanted::Text(TypeNum::Void) {
                    return Err(pyo3::exceptions::PyTypeError::new_err(format!(
                        "A bytes-like object is required, not '{}'",
                        object.get_type().name()?
                    )));
                } else {
                    object.str()?.len()?
                }
            }
        };
        self.longest = self.longest.max(n);
        Ok(())
    }

    fn object(&mut self, object: &Bound<'py, PyAny>) -> PyResult<()> {
        match self.wanted {
            Wanted::Any => self.add(DType::new(TypeNum::Object), None),
            Wanted::Text(_) => self.note_text(object, None),
            Wanted::Ticks(num) => {
                if let Some((_, unit)) = crate::convert::ticks::from_object(object, num)? {
                    self.add(DType::datetime(num, unit), None)?;
                }
                Ok(())
            }
            Wanted::Shape => Ok(()),
        }
    }

    fn walk(&mut self, object: &Bound<'py, PyAny>, depth: usize, never_copy: bool) -> PyResult<()> {
        if let Some(array) = ArrayRef::from_object(object) {
            return self.array(object, array, depth);
        }
        let ty = object.get_type_ptr();
        let exact_sequence = ty == &raw mut ffi::PyList_Type || ty == &raw mut ffi::PyTuple_Type;
        if !exact_sequence {
            if self.scalar(object)? {
                self.leaf(depth);
                return Ok(());
            }
            if let Some(array) = protocols::array_of(object, None, never_copy)? {
                return self.array(object, array, depth);
            }
        } else if self.tuples_are_items && ty == &raw mut ffi::PyTuple_Type {
            self.leaf(depth);
            return Ok(());
        }
        let Some(sequence) = as_sequence(object)? else {
            self.object(object)?;
            self.leaf(depth);
            return Ok(());
        };
        if depth >= self.max_dims {
            self.object(object)?;
            if depth >= self.limit {
                self.too_deep = true;
            }
            if !self.update_shape(depth, &[0], true) {
                self.ragged = true;
            }
            return Ok(());
        }
        let n = length(&sequence);
        self.nodes.push(Node {
            object: object.clone(),
            content: Content::Sequence(sequence.clone()),
        });
        if !self.update_shape(depth, &[n as isize], true) {
            self.ragged = true;
            return Ok(());
        }
        if n == 0 {
            self.complete = true;
            self.max_dims = depth + 1;
            return Ok(());
        }
        for i in 0..n {
            self.watch.check().or_raise()?;
            let Some(item) = item_at(&sequence, i) else {
                return Err(pyo3::exceptions::PyRuntimeError::new_err(
                    "Inconsistent object during array creation? Content of sequences changed (length inconsistent).",
                ));
            };
            // A run of plain numbers at the deepest level needs no more than their types.
            if self.complete && self.max_dims == depth + 1 && self.plain(&item) {
                continue;
            }
            self.walk(&item, depth + 1, never_copy)?;
        }
        Ok(())
    }

    /// Notes an exact Python number; false for anything else.
    #[inline]
    fn plain(&mut self, item: &Bound<'py, PyAny>) -> bool {
        if self.wants_text() {
            return false;
        }
        let p = item.as_ptr();
        // SAFETY: checks of the type of a live object.
        unsafe {
            let ty = ffi::Py_TYPE(p);
            if ty == &raw mut ffi::PyFloat_Type {
                self.met |= met::FLOAT;
            } else if ty == &raw mut ffi::PyLong_Type {
                self.met |= int_class(p);
            } else if ty == &raw mut ffi::PyBool_Type {
                self.met |= met::BOOL;
            } else {
                return false;
            }
        }
        true
    }

    fn array(
        &mut self,
        object: &Bound<'py, PyAny>,
        array: ArrayRef<'py>,
        depth: usize,
    ) -> PyResult<()> {
        let ndim = array.ndim();
        let fits = self.update_shape(depth, array.shape(), false);
        match self.wanted {
            Wanted::Any | Wanted::Ticks(_) => {
                let d = array.descr();
                self.add(descr::to_dtype(&d)?, Some(&d))?;
            }
            Wanted::Text(num) => {
                let d = array.dtype()?;
                self.longest = self.longest.max(match d.num() {
                    TypeNum::Str => d.itemsize() / 4,
                    TypeNum::Bytes => d.itemsize(),
                    TypeNum::Void if num == TypeNum::Void => d.itemsize(),
                    TypeNum::Object => longest_text(&array)?,
                    _ => cast::level::text_length(&d),
                });
            }
            Wanted::Shape => {}
        }
        self.nodes.push(Node {
            object: object.clone(),
            content: Content::Array(array),
        });
        if !fits {
            self.ragged = true;
            self.too_deep |= depth + ndim > self.limit;
        }
        Ok(())
    }
}

/// The longest text among the objects of an array.
fn longest_text(array: &ArrayRef<'_>) -> PyResult<usize> {
    let mut longest = 0;
    for item in array.as_any().getattr("flat")?.try_iter()? {
        let item = item?;
        let n = match item.cast::<PyBytes>() {
            Ok(b) => b.as_bytes().len(),
            Err(_) => item.str()?.len()?,
        };
        longest = longest.max(n);
    }
    Ok(longest)
}

/// The common dtype; object where there is none.
fn join(a: Option<DType>, b: DType) -> PyResult<DType> {
    let Some(a) = a else { return Ok(b) };
    if a == b {
        return Ok(a);
    }
    match cast::promote(&a, &b) {
        Ok(d) => Ok(d),
        Err(numpy_rs_core::error::Error::Promotion(_)) => Ok(DType::new(TypeNum::Object)),
        Err(e) => Err(e).or_raise(),
    }
}

/// Whether an int fits `int64`, else `uint64`, else nothing but an object.
unsafe fn int_class(p: *mut PyObject) -> u8 {
    let mut overflow = 0;
    // SAFETY: the caller passes an int.
    unsafe {
        ffi::PyLong_AsLongLongAndOverflow(p, &raw mut overflow);
        match overflow {
            0 => met::INT,
            1 => {
                let v = ffi::PyLong_AsUnsignedLongLong(p);
                if v == u64::MAX && !ffi::PyErr_Occurred().is_null() {
                    ffi::PyErr_Clear();
                    met::HUGE
                } else {
                    met::BIG_UNSIGNED
                }
            }
            _ => met::HUGE,
        }
    }
}

/// The parts of a sequence as a list or tuple; `None` for what is no sequence.
fn as_sequence<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = object.py();
    // SAFETY: a live object; results are checked.
    unsafe {
        let p = object.as_ptr();
        let ty = ffi::Py_TYPE(p);
        if ty == &raw mut ffi::PyList_Type || ty == &raw mut ffi::PyTuple_Type {
            return Ok(Some(object.clone()));
        }
        if ffi::PySequence_Check(p) == 0 {
            return Ok(None);
        }
        let severe = |e: PyErr| {
            if e.is_instance_of::<PyRecursionError>(py) || e.is_instance_of::<PyMemoryError>(py) {
                Err(e)
            } else {
                Ok(None)
            }
        };
        if ffi::PySequence_Size(p) < 0 {
            return severe(PyErr::fetch(py));
        }
        let made = ffi::PySequence_Fast(p, c"Could not convert object to sequence".as_ptr());
        match Bound::from_owned_ptr_or_err(py, made) {
            Ok(s) => Ok(Some(s)),
            // What has a length and items but no positions is an object.
            Err(e) if e.is_instance_of::<PyKeyError>(py) => Ok(None),
            Err(e) => Err(e),
        }
    }
}

/// The length of a list or tuple.
pub(crate) fn length(sequence: &Bound<'_, PyAny>) -> usize {
    // SAFETY: the object is a list or tuple; both begin as variable-sized objects.
    unsafe { ffi::Py_SIZE(sequence.as_ptr()) as usize }
}

/// An item of a list or tuple, unless it has shrunk meanwhile.
#[inline]
pub(crate) fn item_at<'py>(sequence: &Bound<'py, PyAny>, i: usize) -> Option<Bound<'py, PyAny>> {
    if i >= length(sequence) {
        return None;
    }
    // SAFETY: the position is inside; the reference becomes ours at once.
    unsafe {
        let p = sequence.as_ptr();
        let item = if ffi::PyList_Check(p) != 0 {
            ffi::PyList_GET_ITEM(p, i as isize)
        } else {
            ffi::PyTuple_GET_ITEM(p, i as isize)
        };
        Bound::from_borrowed_ptr_or_opt(sequence.py(), item)
    }
}

/// The shape as Python writes it, for messages.
pub(crate) fn shape_text(shape: &[isize]) -> String {
    format!("{}", numpy_rs_core::dims::ShapeText(shape, ", "))
}
