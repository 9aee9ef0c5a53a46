//! Stops texts of objects that hold themselves.

use std::cell::RefCell;

use pyo3::prelude::*;

/// What is being written; an object may be inside one of each at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// The brackets around the elements of an array.
    Array,
    /// The only element of an array without dimensions.
    Element,
}

thread_local! {
    static RUNNING: RefCell<Vec<(Task, usize)>> = const { RefCell::new(Vec::new()) };
}

/// Marks an object as being written until dropped.
pub(super) struct Guard(Task, usize);

impl Guard {
    /// Marks an object; `None` if this thread is writing it already.
    pub(super) fn enter(task: Task, object: &Bound<'_, PyAny>) -> Option<Self> {
        let key = (task, object.as_ptr() as usize);
        RUNNING.with_borrow_mut(|running| {
            if running.contains(&key) {
                return None;
            }
            running.push(key);
            Some(Self(key.0, key.1))
        })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let key = (self.0, self.1);
        RUNNING.with_borrow_mut(|running| {
            if let Some(i) = running.iter().rposition(|k| *k == key) {
                running.remove(i);
            }
        });
    }
}
