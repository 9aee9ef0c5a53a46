//! Words of memory that change when something changes that translations rely on.

use pyo3_ffi::{self as ffi, PyObject};

unsafe extern "C" {
    fn _PyType_Lookup(class: *mut ffi::PyTypeObject, name: *mut PyObject) -> *mut PyObject;
}

/// Words of memory that change when something changes that translations rely on.
#[derive(Default)]
pub struct Guards {
    words: Vec<(*const usize, usize)>,
    halves: Vec<(*const u32, u32)>,
    /// Whether something has no word that would tell.
    is_blind: bool,
}

impl Guards {
    /// One more word.
    ///
    /// # Safety
    ///
    /// The word lives as long as the process.
    pub unsafe fn word<T>(&mut self, at: *const T) {
        let at = at.cast::<usize>();
        if !self.words.iter().any(|(other, _)| *other == at) {
            // SAFETY: promised by the caller.
            self.words.push((at, unsafe { at.read() }));
        }
    }

    /// The version of a class, which is kept alive. A class that has changed too often has none.
    pub fn class(&mut self, class: *mut ffi::PyTypeObject) {
        // SAFETY: a live class.
        unsafe {
            let version = version_of(class);
            let at = &raw const (*class).tp_version_tag;
            if version == 0 {
                self.is_blind = true;
            } else if !self.halves.iter().any(|(other, _)| *other == at.cast()) {
                self.halves.push((at.cast(), version));
            }
        }
    }

    /// The version of a dict, which is kept alive, where the interpreter keeps one.
    pub fn dict(&mut self, dict: *mut PyObject) {
        if cfg!(Py_3_14) {
            self.is_blind = true;
        } else {
            // SAFETY: a dict: head, number of items, version.
            unsafe { self.word(dict.cast::<u64>().add(3)) };
        }
    }

    /// Whether nothing has changed.
    #[inline]
    pub fn hold(&self) -> bool {
        let (mut words, mut halves) = (0, 0);
        // SAFETY: all of them live as long as the process; reading them all is faster than stopping early.
        unsafe {
            for (at, value) in &self.words {
                words |= at.read() ^ value;
            }
            for (at, value) in &self.halves {
                halves |= at.read() ^ value;
            }
        }
        words == 0 && halves == 0 && !self.is_blind
    }
}

/// The version of a class: a look at it gives it one. Zero if it gets none any more.
pub(super) fn version_of(class: *mut ffi::PyTypeObject) -> u32 {
    // SAFETY: a live class; the answer is borrowed and not used.
    unsafe {
        if (*class).tp_version_tag == 0 {
            let name = ffi::PyUnicode_InternFromString(c"__init__".as_ptr());
            if name.is_null() {
                ffi::PyErr_Clear();
                return 0;
            }
            _PyType_Lookup(class, name);
            ffi::Py_DECREF(name);
        }
        (*class).tp_version_tag
    }
}
