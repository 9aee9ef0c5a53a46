//! Watching a program run: the profile before the translation, and the proof after it.
//!
//! [`profile`] runs the user's program with a recorder and answers which functions are hot, with which exact
//! types they are called, and keeps a few of their real inputs. [`verify`] replays those inputs and generated
//! edge cases on the original and on the drop-in, in two processes, and times both in turn.
//! Nothing here prints: progress goes through [`Progress`].

pub mod progress;
mod scripts;
mod group;
mod watch;
mod record;
pub mod profile;
mod worker;
pub mod parity;
pub mod candidate;
mod cases;
mod timing;
mod function;
mod lanes;
pub mod verify;

pub use candidate::{Candidate, VerifyOptions};
pub use parity::{FunctionVerdict, Mismatch, Parity, Spares, Stats, Times, Verdict};
pub use profile::{End, Profile, ProfileError, ProfileOptions, profile};
pub use progress::{Progress, Silent};
pub use verify::{Verification, VerifyError, verify};
