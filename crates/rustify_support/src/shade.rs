//! Lists of the caller whose items are in Rust while a region runs: each list once, whatever names it has.
//!
//! They are read when the region begins and written back when it ends well. A region that gives up has changed nothing.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use pyo3_ffi::{self as ffi, PyObject};

use super::errstate;
use super::exc::{Exc, IN_PYTHON, Res, give_up};
use super::obj::Obj;
use super::{held, journal, warned};

/// What can be done with a list that is in Rust for a while, whatever its items are.
pub trait Shaded {
    /// Stores what has changed in the Python list; `last` tells that nothing can fail or be undone afterwards but for
    /// what is left in `stores`.
    fn write_back(&self, stores: Option<&mut Vec<Stored>>) -> Res<()>;
    /// Reads again what the Python list holds, which is as long as before.
    fn read_again(&self) -> Res<()>;
    /// Whether items in Rust have changed.
    fn is_touched(&self) -> bool;
    /// The list with its type.
    fn as_any(&self) -> &dyn Any;
}

/// An object that will stand in a place of a list of the caller.
pub struct Stored {
    /// The list.
    pub list: *mut PyObject,
    /// The place.
    pub at: isize,
    /// The object.
    pub item: Obj,
}

/// More lists than this are found by a table.
const MANY: usize = 12;

#[derive(Default)]
struct Known {
    lists: Vec<(usize, Box<dyn Shaded>)>,
    places: HashMap<usize, usize>,
}

impl Known {
    fn find(&self, list: usize) -> Option<&dyn Shaded> {
        if self.lists.len() <= MANY {
            return self
                .lists
                .iter()
                .find(|(object, _)| *object == list)
                .map(|(_, l)| &**l);
        }
        self.places.get(&list).map(|&at| &*self.lists[at].1)
    }

    fn add(&mut self, list: usize, shade: Box<dyn Shaded>) {
        self.lists.push((list, shade));
        if self.lists.len() == MANY + 1 {
            let all = self.lists.iter().enumerate();
            self.places = all.map(|(at, (object, _))| (*object, at)).collect();
        } else if self.lists.len() > MANY {
            self.places.insert(list, self.lists.len() - 1);
        }
    }
}

/// The lists of one call that are in Rust.
#[derive(Default)]
pub struct Shades(Rc<RefCell<Known>>);

/// The lists of the call that runs, and when signals were looked for.
struct Now {
    known: Rc<RefCell<Known>>,
    last: Option<Instant>,
    cost: Duration,
}

thread_local! {
    static NOW: RefCell<Option<Now>> = const { RefCell::new(None) };
}

impl Shades {
    /// None yet.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// The shade of a list that has one.
    pub fn find<S: Shaded + Clone + 'static>(&self, list: *mut PyObject) -> Res<Option<S>> {
        // An empty list has any type, but not two at once.
        match self.0.borrow().find(list as usize) {
            None => Ok(None),
            Some(found) => match found.as_any().downcast_ref::<S>() {
                Some(shade) => Ok(Some(shade.clone())),
                None => give_up(),
            },
        }
    }

    /// Remembers the shade of a list.
    pub fn add(&self, list: *mut PyObject, shade: impl Shaded + 'static) {
        self.0.borrow_mut().add(list as usize, Box::new(shade));
    }

    /// All arguments are read: from now on signal handlers see the lists as they are.
    pub fn begin(&self) {
        NOW.set(Some(Now {
            known: self.0.clone(),
            last: None,
            cost: Duration::ZERO,
        }));
    }

    /// Stores what has changed in the lists: all objects are made first, then nothing can fail.
    pub fn write_back(&self) -> Res<()> {
        let mut stores = Vec::new();
        for (_, list) in &self.0.borrow().lists {
            list.write_back(Some(&mut stores))?;
        }
        for Stored { list, at, item } in &mut stores {
            // SAFETY: a place inside of a list of the caller; the old item is dropped with `stores`, last of all.
            unsafe {
                let place = (*list.cast::<ffi::PyListObject>()).ob_item.offset(*at);
                item.swap(&mut *place);
            }
        }
        Ok(())
    }
}

impl Drop for Shades {
    fn drop(&mut self) {
        NOW.set(None);
    }
}

/// Whether nothing has changed in the lists of the caller that are in Rust.
pub(super) fn is_untouched() -> bool {
    NOW.with_borrow(|now| {
        now.as_ref().is_none_or(|now| {
            now.known
                .borrow()
                .lists
                .iter()
                .all(|(_, l)| !l.is_touched())
        })
    })
}

/// Reads again what the lists of the caller hold, after others could change them.
pub(super) fn read_again() -> Res<()> {
    let Some(now) = NOW.take() else {
        return Ok(());
    };
    let start = Instant::now();
    let lists = &now.known.borrow().lists;
    let done = lists.iter().try_for_each(|(_, l)| l.read_again());
    NOW.set(Some(Now {
        cost: now.cost.max(start.elapsed()),
        known: now.known.clone(),
        ..now
    }));
    done
}

/// So long the lists of the caller are left alone: reading them takes a while.
pub(super) fn wait() -> Duration {
    NOW.with_borrow(|now| now.as_ref().map_or(Duration::ZERO, |now| now.cost * 20))
}

/// Lets signal handlers run, and where `is_long` other threads, if nothing is written that would have to be undone;
/// answers whether other threads could run. They see the lists as they are now, and what they change is read; as that
/// takes a while, it is done now and then only.
pub(super) fn signals(is_long: bool) -> Res<bool> {
    let Some(now) = NOW.take() else {
        handlers()?;
        return Ok(is_long && others());
    };
    let start = Instant::now();
    let wait = Duration::from_millis(20).max(now.cost * 20);
    if now.last.is_none_or(|last| start - last < wait) {
        let last = now.last.or(Some(start));
        NOW.set(Some(Now { last, ..now }));
        return Ok(false);
    }
    let mut others_took = Duration::ZERO;
    let done = (|| {
        let lists = &now.known.borrow().lists;
        lists.iter().try_for_each(|(_, l)| l.write_back(None))?;
        handlers()?;
        let before = Instant::now();
        let turned = is_long && lists.iter().all(|(_, l)| !l.is_touched()) && others();
        others_took = before.elapsed();
        lists.iter().try_for_each(|(_, l)| l.read_again())?;
        Ok(turned)
    })();
    let end = Instant::now();
    NOW.set(Some(Now {
        last: Some(end),
        cost: (end - start).saturating_sub(others_took),
        ..now
    }));
    done
}

/// Lets other threads have a turn, if nothing is written that would have to be undone.
fn others() -> bool {
    let lets = journal::is_empty();
    if lets {
        held::let_go();
        held::take_back();
    }
    lets
}

fn handlers() -> Res<()> {
    errstate::disarm();
    warned::pause();
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
