//! The inner loops of NumPy's ufuncs, run on blocks of items.

use std::cell::Cell;
use std::ffi::{CStr, c_char, c_int, c_void};

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, give_up};
use super::flags::check;
use super::numpy;
use super::obj::Obj;
use super::scalar::Element;

type InnerLoop = unsafe extern "C" fn(*mut *mut c_char, *const isize, *const isize, *mut c_void);

/// The start of a ufunc object.
#[repr(C)]
struct UfuncFields {
    head: PyObject,
    nin: c_int,
    nout: c_int,
    nargs: c_int,
    identity: c_int,
    functions: *const Option<InnerLoop>,
    data: *const *mut c_void,
    ntypes: c_int,
    reserved: c_int,
    name: *const c_char,
    types: *const c_char,
}

/// An inner loop of NumPy for known types.
#[derive(Clone, Copy, Debug)]
pub struct Loop {
    run: InnerLoop,
    data: *mut c_void,
}

/// The loop of a ufunc that was found last, by its address; one for each place that needs one.
pub struct Found(Cell<(*mut PyObject, Option<Loop>)>);

// SAFETY: read and written with the interpreter held.
unsafe impl Sync for Found {}

impl Found {
    /// Nothing yet.
    #[expect(clippy::new_without_default, reason = "only for statics")]
    pub const fn new() -> Self {
        Self(Cell::new((std::ptr::null_mut(), None)))
    }

    /// The loop of NumPy's ufunc of that name for these types; `given` is what the program's own name means.
    #[inline]
    pub fn get(&self, given: Option<&Obj>, name: &CStr, types: &[u8]) -> Res<Loop> {
        let (kept, found) = self.0.get();
        if let Some(found) = found
            && given.is_none_or(|g| g.ptr() == kept)
        {
            return Ok(found);
        }
        self.look_up(given, name, types)
    }

    #[cold]
    fn look_up(&self, given: Option<&Obj>, name: &CStr, types: &[u8]) -> Res<Loop> {
        let api = numpy::api()?;
        let object = api.member(name)?;
        if given.is_some_and(|g| g.ptr() != object.ptr()) {
            return give_up();
        }
        if object.class() != api.ufunc {
            return give_up();
        }
        // SAFETY: exactly a ufunc of the layout of NumPy 2; its tables have `ntypes` rows.
        unsafe {
            let u = &*object.ptr().cast::<UfuncFields>();
            if u.nargs as usize != types.len() || u.functions.is_null() || u.types.is_null() {
                return give_up();
            }
            for row in 0..u.ntypes as usize {
                let have = std::slice::from_raw_parts(
                    u.types.cast::<u8>().add(row * types.len()),
                    types.len(),
                );
                if have.iter().zip(types).all(|(&h, &t)| h == number_of(t)) {
                    let Some(run) = *u.functions.add(row) else {
                        return give_up();
                    };
                    let data = if u.data.is_null() {
                        std::ptr::null_mut()
                    } else {
                        *u.data.add(row)
                    };
                    let found = Loop { run, data };
                    self.0.set((object.into_ptr(), Some(found)));
                    return Ok(found);
                }
            }
        }
        give_up()
    }
}

/// The number of the type that a letter stands for; ufuncs list their types by number.
fn number_of(letter: u8) -> u8 {
    let number = match letter {
        b'?' => 0,
        b'b' => i8::TYPE_NUM,
        b'B' => u8::TYPE_NUM,
        b'h' => i16::TYPE_NUM,
        b'H' => u16::TYPE_NUM,
        b'i' => i32::TYPE_NUM,
        b'I' => u32::TYPE_NUM,
        b'l' => i64::TYPE_NUM,
        b'L' => u64::TYPE_NUM,
        b'f' => f32::TYPE_NUM,
        b'F' => 14,
        b'D' => 15,
        _ => f64::TYPE_NUM,
    };
    number as u8
}

/// One argument of an inner loop: its first item and the step to the next.
pub type Lane = (*const u8, isize);

/// Items side by side.
#[inline]
pub fn lane<T>(items: &[T]) -> Lane {
    (items.as_ptr().cast(), size_of::<T>() as isize)
}

/// One number for all items.
#[inline]
pub fn constant<T>(value: &T) -> Lane {
    ((&raw const *value).cast(), 0)
}

impl Loop {
    /// Runs the loop over a block.
    #[inline]
    pub fn call<T, const K: usize>(&self, from: [Lane; K], to: &mut [T]) -> Res<()> {
        let mut args = [std::ptr::null_mut::<c_char>(); 5];
        let mut steps = [0isize; 5];
        for (i, (start, step)) in from.into_iter().enumerate() {
            (args[i], steps[i]) = (start.cast_mut().cast(), step);
        }
        (args[K], steps[K]) = (to.as_mut_ptr().cast(), size_of::<T>() as isize);
        let n = to.len() as isize;
        check()?;
        // SAFETY: the loop reads and writes blocks of the types it was chosen for.
        unsafe {
            (self.run)(args.as_mut_ptr(), &raw const n, steps.as_ptr(), self.data);
            if !ffi::PyErr_Occurred().is_null() {
                return Err(Exc::fetch());
            }
        }
        check()
    }

    /// Runs the loop over items at equal steps, each together with what became of those before.
    ///
    /// # Safety
    ///
    /// All are of the type that the loop was chosen for.
    #[inline]
    pub unsafe fn fold(&self, into: *mut u8, from: *const u8, step: isize, count: usize) {
        let mut args = [into.cast(), from.cast_mut().cast(), into.cast()];
        let (count, steps) = (count as isize, [0, step, 0]);
        // SAFETY: promised by the caller.
        unsafe {
            (self.run)(
                args.as_mut_ptr(),
                &raw const count,
                steps.as_ptr(),
                self.data,
            )
        };
    }

    /// Runs the loop over two rows of items, and stores what comes out in the first.
    ///
    /// # Safety
    ///
    /// All are of the type that the loop was chosen for.
    #[inline]
    pub unsafe fn merge<T>(&self, into: *mut u8, from: *const u8, count: usize) {
        let mut args = [into.cast(), from.cast_mut().cast(), into.cast()];
        let (count, steps) = (count as isize, [size_of::<T>() as isize; 3]);
        // SAFETY: promised by the caller.
        unsafe {
            (self.run)(
                args.as_mut_ptr(),
                &raw const count,
                steps.as_ptr(),
                self.data,
            )
        };
    }
}
