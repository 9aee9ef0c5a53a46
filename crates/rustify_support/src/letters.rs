//! Where the code points of a text lie, for loops that read it by index: looked up once before the loop.

use super::exc::{Res, index_error};
use super::int::Int;
use super::text::{Char, Str};

use pyo3_ffi as ffi;

/// The code points of a text that a variable holds meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    data: *const u8,
    /// Bytes of each.
    size: u32,
    length: isize,
}

impl Str {
    /// Where the code points lie.
    #[inline]
    pub fn letters(&self) -> Letters {
        let text = self.as_ptr();
        // SAFETY: exactly a `str`.
        unsafe {
            Letters {
                data: ffi::PyUnicode_DATA(text).cast::<u8>(),
                size: ffi::PyUnicode_KIND(text) as u32,
                length: self.length(),
            }
        }
    }
}

impl Str {
    /// The characters, if all of them are ASCII.
    #[inline]
    pub(super) fn ascii_bytes(&self) -> Option<&[u8]> {
        let text = self.as_ptr();
        // SAFETY: exactly a `str`; one whose largest code point is ASCII has one byte for each.
        unsafe {
            #[cfg(not(Py_3_14))]
            let is_ascii = ffi::PyUnicode_IS_COMPACT_ASCII(text) != 0;
            // Right behind the smaller of two heads lie characters that are ASCII alone.
            #[cfg(Py_3_14)]
            let is_ascii = ffi::PyUnicode_DATA(text) as usize - text as usize
                == size_of::<ffi::PyASCIIObject>();
            is_ascii.then(|| {
                std::slice::from_raw_parts(ffi::PyUnicode_DATA(text).cast(), self.length() as usize)
            })
        }
    }
}

impl Letters {
    /// The number of code points.
    #[inline]
    pub fn length(&self) -> isize {
        self.length
    }

    /// `text[i]`.
    #[inline]
    pub fn get<I: Int>(&self, i: I) -> Res<Char> {
        let i = i.index();
        let at = if i < 0 {
            i.wrapping_add(self.length)
        } else {
            i
        };
        if at as usize >= self.length as usize {
            return Err(index_error().outside(i, c"string index out of range"));
        }
        // SAFETY: a place inside of a text that its variable keeps alive, with code points of 1, 2 or 4 bytes.
        Ok(Char(unsafe {
            match self.size {
                1 => u32::from(self.data.offset(at).read()),
                2 => u32::from(self.data.cast::<u16>().offset(at).read()),
                _ => self.data.cast::<u32>().offset(at).read(),
            }
        }))
    }
}
