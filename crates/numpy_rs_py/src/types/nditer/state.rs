//! Where an iterator stands: its operands, its walk, and the chunk in its buffers.

use numpy_rs_core::cast::Casting;
use numpy_rs_core::dims::Dims;
use pyo3::exceptions::PyValueError;
use pyo3::ffi::{self, PyObject, PyTypeObject};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::buffer::Chunk;
use super::build::Built;
use super::flags::GlobalFlags;
use super::operand::Operand;
use super::walk::Walk;
use crate::array::{self, ArrayRef, Memory};
use crate::classes::NDARRAY;
use crate::error::OrRaise;

/// The state of one iterator.
pub(super) struct State {
    pub(super) operands: Vec<Operand>,
    pub(super) walk: Walk,
    pub(super) shape: Dims,
    pub(super) flags: GlobalFlags,
    pub(super) chunk: Option<Chunk>,
    /// Position inside the chunk.
    pub(super) in_chunk: isize,
    pub(super) started: bool,
    pub(super) finished: bool,
    /// Buffers are not filled until `reset`.
    pub(super) delayed: bool,
    /// The iterator over the inner axes, for nested iteration.
    pub(super) child: Option<Py<PyAny>>,
}

/// The object: a pointer to its state, null once closed.
#[repr(C)]
pub(super) struct NdIterObject {
    ob_base: PyObject,
    pub(super) state: *mut State,
}

/// The state of an open iterator.
pub(super) fn state<'a>(object: &'a Bound<'_, PyAny>) -> PyResult<&'a mut State> {
    // SAFETY: the object is an `nditer`; the interpreter lock makes this the only access.
    unsafe {
        let pointer = (*object.as_ptr().cast::<NdIterObject>()).state;
        if pointer.is_null() {
            return Err(PyValueError::new_err("Iterator is invalid"));
        }
        Ok(&mut *pointer)
    }
}

impl State {
    pub(super) fn new(built: Built, flags: GlobalFlags, buffersize: isize) -> PyResult<Self> {
        let Built {
            operands,
            walk,
            shape,
        } = built;
        let n = operands.len();
        let capacity = if buffersize > 0 { buffersize } else { 8192 };
        let capacity = capacity.min(walk.size().max(1));
        let mut state = Self {
            operands,
            walk,
            shape,
            flags,
            chunk: flags.buffered.then(|| Chunk::new(n, capacity)),
            in_chunk: 0,
            started: false,
            finished: false,
            delayed: flags.buffered && flags.delay_bufalloc,
            child: None,
        };
        state.begin()?;
        Ok(state)
    }

    /// Stands at the first position of the range.
    pub(super) fn begin(&mut self) -> PyResult<()> {
        let start = self.walk.start;
        self.walk.go_to(start);
        self.in_chunk = 0;
        self.finished = self.walk.start >= self.walk.end;
        self.started = self.finished;
        if !self.finished && !self.delayed {
            self.fill()?;
        }
        Ok(())
    }

    pub(super) fn fill(&mut self) -> PyResult<()> {
        self.in_chunk = 0;
        match &mut self.chunk {
            Some(chunk) => chunk.fill(&self.operands, &self.walk, self.flags.growinner),
            None => Ok(()),
        }
    }

    pub(super) fn flush(&mut self) -> PyResult<()> {
        match &mut self.chunk {
            Some(chunk) => chunk.flush(&self.operands),
            None => Ok(()),
        }
    }

    /// Number of items that one step gives.
    pub(super) fn inner_len(&self) -> isize {
        match (&self.chunk, self.flags.external_loop) {
            (Some(chunk), true) => chunk.len,
            (None, true) => self
                .walk
                .left_in_inner()
                .min(self.walk.end - self.walk.index),
            _ => 1,
        }
    }

    /// The number of the present position.
    pub(super) fn position(&self) -> isize {
        self.walk.index + self.in_chunk
    }

    /// Moves on; false at the end.
    pub(super) fn next(&mut self) -> PyResult<bool> {
        if self.finished {
            return Ok(false);
        }
        let step = self.inner_len();
        if let Some(len) = self.chunk.as_ref().map(|c| c.len) {
            self.in_chunk += step;
            if self.in_chunk < len {
                return Ok(true);
            }
            self.flush()?;
            let mut left = len;
            while left > 0 {
                let run = self.walk.left_in_inner().min(left);
                self.walk.advance(run);
                left -= run;
            }
            self.in_chunk = 0;
        } else {
            self.walk.advance(step);
        }
        if self.walk.index >= self.walk.end {
            self.finished = true;
            return Ok(false);
        }
        if self.chunk.is_some() {
            self.fill()?;
        }
        Ok(true)
    }

    /// Stands at a position by number.
    pub(super) fn go_to(&mut self, index: isize) -> PyResult<()> {
        if self.delayed {
            return Err(PyValueError::new_err(
                "Cannot set the position of an iterator with delayed buffer allocation before a reset",
            ));
        }
        self.flush()?;
        self.walk.go_to(index);
        self.finished = index >= self.walk.end;
        self.started = true;
        if self.finished { Ok(()) } else { self.fill() }
    }

    /// Address and step of an operand's items at the present position.
    pub(super) fn data(&self, op: usize) -> (isize, isize) {
        match &self.chunk {
            Some(c) => (c.data[op] + self.in_chunk * c.steps[op], c.steps[op]),
            None => (
                self.walk.now[op],
                self.walk.axes.first().map_or(0, |a| a.steps[op]),
            ),
        }
    }

    /// The present item of an operand as an array: 0-d, or 1-d for an external loop.
    pub(super) fn value<'py>(
        &self,
        owner: &Bound<'py, PyAny>,
        op: usize,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = owner.py();
        let o = &self.operands[op];
        let (data, step) = self.data(op);
        let len = self.inner_len();
        let (shape, strides): (&[isize], &[isize]) = if self.flags.external_loop {
            (&[len], &[step])
        } else {
            (&[], &[])
        };
        let memory = Memory::Borrowed {
            data: data as *mut u8,
            base: Some(owner.clone()),
            writeable: o.flags.write,
        };
        let descr = o.seen_descr.bind(py).clone();
        Ok(array::new_array(py, NDARRAY.get(), descr, shape, Some(strides), memory)?.into_any())
    }

    /// The present items: one, or a tuple of them.
    pub(super) fn values<'py>(&self, owner: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if self.operands.len() == 1 {
            return self.value(owner, 0);
        }
        let all = (0..self.operands.len())
            .map(|i| self.value(owner, i))
            .collect::<PyResult<Vec<_>>>()?;
        Ok(PyTuple::new(owner.py(), all)?.into_any())
    }

    pub(super) fn refuse_delayed(&self) -> PyResult<()> {
        if self.delayed {
            return Err(PyValueError::new_err(
                "Iterator construction used delayed buffer allocation, and no reset has been done yet",
            ));
        }
        Ok(())
    }

    pub(super) fn refuse_finished(&self) -> PyResult<()> {
        if self.finished {
            return Err(PyValueError::new_err("Iterator is past the end"));
        }
        self.refuse_delayed()
    }

    /// Writes copies back to the arrays they stand for.
    pub(super) fn close(&mut self, py: Python<'_>) -> PyResult<()> {
        self.flush()?;
        for o in &mut self.operands {
            if let Some(target) = o.write_back.take()
                && let (Some(to), Some(from)) = (
                    ArrayRef::from_object(target.bind(py)),
                    ArrayRef::from_object(o.array.bind(py)),
                )
            {
                let mut view = to.view_mut_unchecked()?;
                numpy_rs_core::copy::assign(&mut view, &from.view()?, Casting::Unsafe)
                    .or_raise()?;
            }
        }
        Ok(())
    }
}

/// Makes the Python object for a state.
pub(super) fn wrap(
    py: Python<'_>,
    class: *mut PyTypeObject,
    state: State,
) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: a fresh instance whose only field is set at once.
    unsafe {
        let object = Bound::from_owned_ptr_or_err(py, ffi::PyType_GenericAlloc(class, 0))?;
        (*object.as_ptr().cast::<NdIterObject>()).state = Box::into_raw(Box::new(state));
        Ok(object)
    }
}
