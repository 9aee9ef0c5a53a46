//! Lists of the caller whose items are in Rust while a region runs: each list once, whatever names it has.
//!
//! They are read when the region begins and written back when it ends well. A region that gives up has changed nothing.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, IN_PYTHON, Res, give_up};

/// A list that is in Rust for a while.
pub trait Shaded {
    /// Stores what has changed in the Python list.
    fn write_back(&self) -> Res<()>;
    /// Reads again what the Python list holds, which is as long as before.
    fn read_again(&self) -> Res<()>;
    /// The list with its type.
    fn as_any(&self) -> &dyn Any;
}

#[derive(Default)]
struct Known {
    lists: Vec<Rc<dyn Shaded>>,
    places: HashMap<usize, usize>,
}

/// The lists of one call that are in Rust.
#[derive(Default)]
pub struct Shades(Rc<RefCell<Known>>);

thread_local! {
    /// The lists of the call that runs, and when signals were looked for.
    static NOW: RefCell<Option<(Rc<RefCell<Known>>, Instant, Duration)>> = const { RefCell::new(None) };
}

impl Shades {
    /// None yet.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// The shade of a list that has one.
    pub fn find<S: Shaded + Clone + 'static>(&self, list: *mut PyObject) -> Res<Option<S>> {
        let known = self.0.borrow();
        match known.places.get(&(list as usize)) {
            None => Ok(None),
            // An empty list has any type, but not two at once.
            Some(&at) => match known.lists[at].as_any().downcast_ref::<S>() {
                Some(shade) => Ok(Some(shade.clone())),
                None => give_up(),
            },
        }
    }

    /// Remembers the shade of a list.
    pub fn add(&self, list: *mut PyObject, shade: impl Shaded + 'static) {
        let mut known = self.0.borrow_mut();
        let at = known.lists.len();
        known.lists.push(Rc::new(shade));
        known.places.insert(list as usize, at);
    }

    /// All arguments are read: from now on signal handlers see the lists as they are.
    pub fn begin(&self) {
        NOW.set(Some((self.0.clone(), Instant::now(), Duration::ZERO)));
    }

    /// Stores what has changed in the lists.
    pub fn write_back(&self) -> Res<()> {
        self.0
            .borrow()
            .lists
            .iter()
            .try_for_each(|l| l.write_back())
    }
}

impl Drop for Shades {
    fn drop(&mut self) {
        NOW.set(None);
    }
}

/// Lets signal handlers run now and then; called at back edges of loops. Answers whether it may have done so.
#[inline]
pub fn poll(ticks: &mut u32) -> Res<bool> {
    *ticks = ticks.wrapping_add(1);
    if *ticks & 0xFFFF == 0 {
        signals().map(|()| true)
    } else {
        Ok(false)
    }
}

/// Lets signal handlers run. They see the lists as they are now, and what they change is read; as that takes a while, it
/// is done now and then only.
#[cold]
fn signals() -> Res<()> {
    let Some((known, last, cost)) = NOW.take() else {
        return handlers();
    };
    let start = Instant::now();
    if start - last < Duration::from_millis(20).max(cost * 20) {
        NOW.set(Some((known, last, cost)));
        return Ok(());
    }
    let done = (|| {
        known
            .borrow()
            .lists
            .iter()
            .try_for_each(|l| l.write_back())?;
        handlers()?;
        known.borrow().lists.iter().try_for_each(|l| l.read_again())
    })();
    let end = Instant::now();
    NOW.set(Some((known, end, end - start)));
    done
}

fn handlers() -> Res<()> {
    IN_PYTHON.set(IN_PYTHON.get() + 1);
    // SAFETY: the interpreter is held.
    let status = unsafe { ffi::PyErr_CheckSignals() };
    IN_PYTHON.set(IN_PYTHON.get() - 1);
    if status == 0 {
        Ok(())
    } else {
        Err(Exc::interrupt())
    }
}
