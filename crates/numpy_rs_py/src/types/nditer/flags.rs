//! What a caller of `nditer` asks for, by name.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;

/// Flags of the whole iteration.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct GlobalFlags {
    pub(super) buffered: bool,
    pub(super) c_index: bool,
    pub(super) f_index: bool,
    pub(super) multi_index: bool,
    pub(super) external_loop: bool,
    pub(super) common_dtype: bool,
    pub(super) delay_bufalloc: bool,
    pub(super) growinner: bool,
    pub(super) ranged: bool,
    pub(super) reduce_ok: bool,
    pub(super) refs_ok: bool,
    pub(super) zerosize_ok: bool,
    pub(super) copy_if_overlap: bool,
}

impl GlobalFlags {
    /// Reads a sequence of names, or `None`.
    pub(super) fn parse(object: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let mut flags = Self::default();
        let Some(object) = object else {
            return Ok(flags);
        };
        if object.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err(
                "Iterator global flags must be a list or tuple of strings",
            ));
        }
        for name in object.try_iter()? {
            let name: String = name?.extract()?;
            let field = match name.as_str() {
                "buffered" => &mut flags.buffered,
                "c_index" => &mut flags.c_index,
                "f_index" => &mut flags.f_index,
                "multi_index" => &mut flags.multi_index,
                "external_loop" => &mut flags.external_loop,
                "common_dtype" => &mut flags.common_dtype,
                "delay_bufalloc" => &mut flags.delay_bufalloc,
                "growinner" => &mut flags.growinner,
                "ranged" => &mut flags.ranged,
                "reduce_ok" => &mut flags.reduce_ok,
                "refs_ok" => &mut flags.refs_ok,
                "zerosize_ok" => &mut flags.zerosize_ok,
                "copy_if_overlap" => &mut flags.copy_if_overlap,
                _ => {
                    return Err(PyValueError::new_err(format!(
                        "Unexpected iterator global flag \"{name}\""
                    )));
                }
            };
            *field = true;
        }
        if flags.c_index && flags.f_index {
            return Err(PyValueError::new_err(
                "Iterator flags C_INDEX and F_INDEX cannot both be specified",
            ));
        }
        if flags.external_loop && flags.has_index() {
            return Err(PyValueError::new_err(
                "Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked",
            ));
        }
        Ok(flags)
    }

    /// Whether a flat index or a multi-index is tracked.
    pub(super) fn has_index(&self) -> bool {
        self.c_index || self.f_index || self.multi_index
    }
}

/// Flags of one operand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OperandFlags {
    pub(super) read: bool,
    pub(super) write: bool,
    pub(super) no_broadcast: bool,
    pub(super) contig: bool,
    pub(super) aligned: bool,
    pub(super) nbo: bool,
    pub(super) copy: bool,
    pub(super) updateifcopy: bool,
    pub(super) allocate: bool,
    pub(super) no_subtype: bool,
    pub(super) virtual_: bool,
    pub(super) arraymask: bool,
    pub(super) writemasked: bool,
    pub(super) overlap_assume_elementwise: bool,
}

impl OperandFlags {
    /// What an operand gets when nothing is said of it.
    pub(super) fn default_for(allocated: bool) -> Self {
        Self {
            read: !allocated,
            write: allocated,
            allocate: allocated,
            ..Self::default()
        }
    }

    /// Reads a sequence of names.
    pub(super) fn parse(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyString>() {
            return Err(PyValueError::new_err(
                "op_flags must be a tuple or array of per-op flag-tuples",
            ));
        }
        let mut flags = Self::default();
        let mut modes = 0;
        for name in object.try_iter()? {
            let name: String = name?
                .extract()
                .map_err(|_| PyValueError::new_err("op_flags must be strings"))?;
            match name.as_str() {
                "readonly" => {
                    flags.read = true;
                    modes += 1;
                }
                "writeonly" => {
                    flags.write = true;
                    modes += 1;
                }
                "readwrite" => {
                    (flags.read, flags.write) = (true, true);
                    modes += 1;
                }
                "no_broadcast" => flags.no_broadcast = true,
                "contig" => flags.contig = true,
                "aligned" => flags.aligned = true,
                "nbo" => flags.nbo = true,
                "copy" => flags.copy = true,
                "updateifcopy" => flags.updateifcopy = true,
                "allocate" => flags.allocate = true,
                "no_subtype" => flags.no_subtype = true,
                "virtual" => flags.virtual_ = true,
                "arraymask" => flags.arraymask = true,
                "writemasked" => flags.writemasked = true,
                "overlap_assume_elementwise" => flags.overlap_assume_elementwise = true,
                _ => {
                    return Err(PyValueError::new_err(format!(
                        "Unexpected per-op iterator flag \"{name}\""
                    )));
                }
            }
        }
        match modes {
            1 => {}
            0 => {
                return Err(PyValueError::new_err(
                    "None of the iterator flags READWRITE, READONLY, or WRITEONLY were specified for an operand",
                ));
            }
            _ => {
                return Err(PyValueError::new_err(
                    "Only one of the iterator flags READWRITE, READONLY, and WRITEONLY may be specified for an operand",
                ));
            }
        }
        if flags.writemasked && flags.arraymask {
            return Err(PyValueError::new_err(
                "The iterator flag WRITEMASKED may not be used together with ARRAYMASK",
            ));
        }
        if flags.writemasked && !flags.write {
            return Err(PyValueError::new_err(
                "The iterator flag WRITEMASKED may only be used with READWRITE or WRITEONLY",
            ));
        }
        if flags.virtual_ && !flags.read {
            return Err(PyValueError::new_err(
                "The iterator flag VIRTUAL should be be used together with READWRITE",
            ));
        }
        Ok(flags)
    }

    /// The flags of all `n` operands: a list of lists, or one list for all.
    pub(super) fn parse_all(
        object: Option<&Bound<'_, PyAny>>,
        missing: &[bool],
    ) -> PyResult<Vec<Self>> {
        let Some(object) = object.filter(|o| !o.is_none()) else {
            return Ok(missing.iter().map(|&m| Self::default_for(m)).collect());
        };
        let items: Vec<Bound<'_, PyAny>> = object
            .try_iter()
            .map_err(|_| {
                PyValueError::new_err("op_flags must be a tuple or array of per-op flag-tuples")
            })?
            .collect::<PyResult<_>>()?;
        if items
            .first()
            .is_some_and(pyo3::types::PyAnyMethods::is_instance_of::<PyString>)
        {
            return Ok(vec![Self::parse(object)?; missing.len()]);
        }
        if items.len() != missing.len() {
            return Err(PyValueError::new_err(
                "op_flags must be a tuple or array of per-op flag-tuples",
            ));
        }
        items.iter().map(Self::parse).collect()
    }
}
