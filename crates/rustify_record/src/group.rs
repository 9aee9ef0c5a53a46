//! A child and everything it starts, ended together.

use std::process::{Child, Command};

/// Puts the child in a process group of its own, where it listens to Ctrl-C: a shell starts what runs in the background
/// with that signal ignored, and children take it over.
#[cfg(unix)]
pub(crate) fn separate(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
    // SAFETY: between fork and exec only this one call is made, which POSIX allows there.
    unsafe {
        command.pre_exec(|| {
            libc::signal(libc::SIGINT, libc::SIG_DFL);
            Ok(())
        });
    }
}

#[cfg(not(unix))]
pub(crate) fn separate(_: &mut Command) {}

/// Asks the child to end as Ctrl-C does, so that it can unwind and write what it knows.
#[cfg(unix)]
pub(crate) fn interrupt(child: &Child) {
    if let Ok(id) = i32::try_from(child.id()) {
        // SAFETY: only sends a signal; the child has not been waited for, so the number is still its own.
        unsafe { libc::kill(id, libc::SIGINT) };
    }
}

#[cfg(not(unix))]
pub(crate) fn interrupt(_: &Child) {}

/// Ends the child and all of its group at once.
#[cfg(unix)]
pub(crate) fn kill(child: &mut Child) {
    if let Ok(id) = i32::try_from(child.id()) {
        // SAFETY: only sends a signal; the group's number stays taken while its first process is not waited for.
        unsafe { libc::kill(-id, libc::SIGKILL) };
    }
    // It may have left its group.
    let _ = child.kill();
}

#[cfg(not(unix))]
pub(crate) fn kill(child: &mut Child) {
    let _ = child.kill();
}
