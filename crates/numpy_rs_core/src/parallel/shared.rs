//! An address that the blocks of one piece of work share.

/// Memory whose parts the blocks of a piece of work read, or write each its own.
#[derive(Clone, Copy, Debug)]
pub struct SharedPtr(*mut u8);

// SAFETY: only an address; whoever follows it promises that blocks write disjoint parts.
unsafe impl Send for SharedPtr {}
// SAFETY: as above.
unsafe impl Sync for SharedPtr {}

impl SharedPtr {
    /// An address for several blocks.
    pub fn new(ptr: *const u8) -> Self {
        Self(ptr.cast_mut())
    }

    /// The address `n_bytes` further.
    #[inline]
    pub fn at(self, n_bytes: isize) -> *mut u8 {
        self.0.wrapping_offset(n_bytes)
    }
}
