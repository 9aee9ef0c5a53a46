//! Items and Python objects, both ways: the names that the rest of the door uses.

pub(crate) use crate::convert::item::{core_to_object, to_object, to_object_of, to_python};
pub(crate) use crate::convert::store::{store, store_core};
