//! The machine words that items of common sizes are moved as.

/// A word that stands for any item of its size.
pub trait Word: Copy + 'static {
    /// Its size in bytes.
    const SIZE: usize;
}

macro_rules! words {
    ($($t:ty)*) => {$(
        impl Word for $t {
            const SIZE: usize = size_of::<$t>();
        }
    )*};
}
words!(u8 u16 u32 u64 u128);
