//! Object dtype without Python: the hooks that the owner of objects registers once a process.

use std::sync::OnceLock;

use numpy_rs_elements::object::{Object, ObjectOps};

use crate::dtype::DType;

/// What core must ask the owner of objects.
#[derive(Clone, Copy, Debug)]
pub struct ObjectHooks {
    /// Operators and reference counts.
    pub ops: ObjectOps,
    /// A new object for the item at a pointer (unaligned, any byte order) of the dtype; null with an error set.
    pub item_to_object: unsafe fn(&DType, *const u8) -> Object,
    /// Stores an object into the item at a pointer of the dtype; false with an error set.
    pub object_to_item: unsafe fn(&DType, Object, *mut u8) -> bool,
}

static HOOKS: OnceLock<ObjectHooks> = OnceLock::new();

/// Registers the owner of objects; the first registration stands.
pub fn register(hooks: ObjectHooks) {
    let _ = HOOKS.set(hooks);
}

/// The hooks, if an owner is registered.
pub fn hooks() -> Option<&'static ObjectHooks> {
    HOOKS.get()
}

/// The operations on objects, if an owner is registered.
pub fn ops() -> Option<&'static ObjectOps> {
    HOOKS.get().map(|h| &h.ops)
}
