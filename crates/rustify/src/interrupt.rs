//! Ctrl-C: programs that we started stand in groups of their own, so we end them before we go.

use std::sync::atomic::{AtomicBool, Ordering};

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C is noticed rather than obeyed at once. A second one ends the command as usual.
pub fn install() {
    #[cfg(unix)]
    {
        extern "C" fn note(signal: libc::c_int) {
            REQUESTED.store(true, Ordering::SeqCst);
            // SAFETY: `signal` may be called in a handler.
            unsafe { libc::signal(signal, libc::SIG_DFL) };
        }
        let handler = note as extern "C" fn(libc::c_int) as libc::sighandler_t;
        for signal in [libc::SIGINT, libc::SIGTERM] {
            // SAFETY: the handler only sets a flag and a signal's action.
            unsafe { libc::signal(signal, handler) };
        }
    }
}

/// Programs that take our place expect signals to do what they usually do.
pub fn uninstall() {
    #[cfg(unix)]
    for signal in [libc::SIGINT, libc::SIGTERM] {
        // SAFETY: sets a signal's action back.
        unsafe { libc::signal(signal, libc::SIG_DFL) };
    }
}

/// Whether somebody wants the command to end.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}
