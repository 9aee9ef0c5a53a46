//! Lookups in the interpreter's tables of keys that translated code has as they are: no object is made of them, and equal
//! keys are told by their values. What only the interpreter can tell is left to it.

use pyo3_ffi::{PyObject, PySetObject};

use super::probe::{NEIGHBOURS, SHIFT};

/// What a table holds under a key: nothing if only the interpreter can say, null if the key is not there.
pub type Found = Option<*mut PyObject>;

/// `hash(n)` of an `int`.
#[inline]
pub fn int_hash(n: i64) -> Option<isize> {
    const MODULUS: i64 = (1 << 61) - 1;
    if cfg!(not(target_pointer_width = "64")) {
        return None;
    }
    let hash = if n.unsigned_abs() < MODULUS as u64 {
        n
    } else {
        n % MODULUS
    };
    Some(if hash == -1 { -2 } else { hash as isize })
}

/// `hash` of a `tuple`, from those of its items.
#[derive(Clone, Copy)]
pub struct TupleHash(u64);

impl TupleHash {
    const FIRST: u64 = 11_400_714_785_074_694_791;
    const SECOND: u64 = 14_029_467_366_897_019_727;
    const FIFTH: u64 = 2_870_177_450_012_600_261;
    const LENGTH: u64 = 0x35_D373;

    /// Of no items so far.
    #[inline]
    pub fn new() -> Self {
        Self(Self::FIFTH)
    }

    /// With one more item.
    #[inline]
    pub fn with(self, item: isize) -> Self {
        let sum = self
            .0
            .wrapping_add((item as u64).wrapping_mul(Self::SECOND));
        Self(sum.rotate_left(31).wrapping_mul(Self::FIRST))
    }

    /// Of so many items.
    #[inline]
    pub fn end(self, n: u64) -> Option<isize> {
        if cfg!(not(target_pointer_width = "64")) {
            return None;
        }
        let hash = self.0.wrapping_add(n ^ (Self::FIFTH ^ Self::LENGTH));
        Some(if hash == u64::MAX {
            1_546_275_796
        } else {
            hash as isize
        })
    }
}

/// Looks a hash up in a set or frozen set. `equals` tells whether an object with that hash is the key.
///
/// # Safety
///
/// `set` is alive, and exactly a set or a frozen set.
#[inline]
pub unsafe fn in_set(
    set: *mut PyObject,
    hash: isize,
    equals: impl Fn(*mut PyObject) -> Option<bool>,
) -> Found {
    // SAFETY: the same entries that the interpreter looks at, one of which is empty.
    unsafe {
        let object = set.cast::<PySetObject>();
        let (table, mask) = ((*object).table, (*object).mask as usize);
        let (mut place, mut rest) = (hash as usize & mask, hash as usize);
        loop {
            let beside = if place + NEIGHBOURS <= mask {
                NEIGHBOURS
            } else {
                0
            };
            for at in place..=place + beside {
                let entry = &*table.add(at);
                if entry.key.is_null() {
                    return Some(std::ptr::null_mut());
                }
                if entry.hash == hash && equals(entry.key)? {
                    return Some(entry.key);
                }
            }
            rest >>= SHIFT;
            place = (place * 5 + 1 + rest) & mask;
        }
    }
}

/// Looks a hash up in a dict: the value. `equals` tells whether an object with that hash is the key.
///
/// # Safety
///
/// `dict` is alive, and exactly a dict.
#[cfg(Py_3_11)]
#[inline]
pub unsafe fn in_dict(
    dict: *mut PyObject,
    hash: impl FnOnce() -> Option<isize>,
    equals: impl Fn(*mut PyObject) -> Option<bool>,
) -> Found {
    // SAFETY: the same places that the interpreter looks at, one of which is empty.
    unsafe {
        // Dicts whose keys are texts are the interpreter's strength.
        let keys = super::probe::Keys::of(dict)?;
        let hash = hash()?;
        let (mut place, mut rest) = (hash as usize & keys.mask, hash as usize);
        while let Some(entry) = keys.at(place) {
            if !entry.is_null() && (*entry).hash == hash && equals((*entry).key)? {
                return Some((*entry).value);
            }
            rest >>= SHIFT;
            place = (place * 5 + rest + 1) & keys.mask;
        }
    }
    Some(std::ptr::null_mut())
}

/// Older interpreters keep values of some dicts elsewhere.
#[cfg(not(Py_3_11))]
#[inline]
pub unsafe fn in_dict(
    _: *mut PyObject,
    _: impl FnOnce() -> Option<isize>,
    _: impl Fn(*mut PyObject) -> Option<bool>,
) -> Found {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_the_interpreters() {
        assert_eq!(int_hash(0), Some(0));
        assert_eq!(int_hash(-1), Some(-2));
        assert_eq!(int_hash((1 << 61) - 1), Some(0));
        assert_eq!(int_hash(-(1 << 61)), Some(-2));
        assert_eq!(int_hash(i64::MIN), Some(-4));
        assert_eq!(int_hash(i64::MAX), Some(3));
        let pair = TupleHash::new().with(1).with(2).end(2);
        assert_eq!(pair, Some(-3_550_055_125_485_641_917));
        assert_eq!(TupleHash::new().end(0), Some(5_740_354_900_026_072_187));
    }
}
