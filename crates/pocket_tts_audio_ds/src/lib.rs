//! `libpocket_tts_audio_ds`: the C functions that pocket-tts's `rust_audio.py` and `numpy_rs.py` bind by ctypes.
//!
//! `include/pocket_tts_audio_ds.h` describes them. Every pointer and length is checked before it is followed: a null
//! pointer with a length, a misaligned pointer, a length beyond the address space, and memory that cannot be had give
//! NULL (or NaN), never a crash. A buffer that a function returns belongs to the caller until
//! `free_audio_buffer` or `free_float_buffer` takes it back; the length is kept before the first item, so a wrong
//! one in that call does no harm.
//!
//! Modules are listed bottom-up: each may import only those above it.

mod memory;
pub mod sound;
pub mod numbers;
