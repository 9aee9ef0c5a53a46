//! Where loops look for signals and for other threads, and which of them let the interpreter go.

use super::writer::Writer;

impl Writer<'_, '_> {
    /// Looks for signals; their handlers may change lists, which are looked up again then.
    pub(super) fn poll(&mut self, weight: u32) {
        let poll = match self.free {
            Some(id) => {
                let apart = self.apart(id);
                format!("poll_free(&mut ticks, {weight}, &mut free_{id}, || {apart})")
            }
            None => format!("poll(&mut ticks, {weight})"),
        };
        let poll = self.fallible(&poll);
        let again: Vec<String> = self
            .views
            .iter()
            .filter(|v| v.row.is_none() && !v.is_own)
            .map(|v| match v.list {
                Some(list) => format!("{} = {}.view();", v.name, self.name(list)),
                None => format!("{}.renew();", v.name),
            })
            .collect();
        if again.is_empty() {
            self.line(&format!("{poll};"));
        } else {
            self.line(&format!("if {poll} {{ {} }}", again.join(" ")));
        }
    }

    /// Before a loop: whether it is the outermost one that touches no Python object.
    pub(super) fn begin_free(&mut self, id: usize, polls: bool) -> bool {
        let is_free = self.free.is_none() && self.function.free_loops.contains_key(&id) && polls;
        if is_free {
            self.line(&format!("let mut free_{id} = Free::new();"));
            self.free = Some(id);
        }
        is_free
    }

    /// After such a loop.
    pub(super) fn end_free(&mut self, id: usize, is_free: bool) {
        if is_free {
            self.free = None;
            let end = self.fallible(&format!("free_{id}.end()"));
            self.line(&format!("{end};"));
        }
    }

    /// Whether the lists of such a loop are in Rust.
    fn apart(&self, id: usize) -> String {
        let lists = self.function.free_loops.get(&id);
        let tests: Vec<String> = lists
            .into_iter()
            .flatten()
            .map(|(list, changes)| format!("{}.is_apart::<{changes}>()", self.name(*list)))
            .collect();
        if tests.is_empty() {
            "true".to_owned()
        } else {
            tests.join(" && ")
        }
    }
}
