//! Where threads run. Linux leaves a worker that was once put beside its caller there for many milliseconds, longer than
//! most array operations take, while another processor has nothing to do.

/// The processor that this thread runs on, or `None` where the system does not say.
pub(super) fn processor() -> Option<usize> {
    #[cfg(target_os = "linux")]
    {
        // SAFETY: the call takes nothing and writes nothing.
        usize::try_from(unsafe { libc::sched_getcpu() }).ok()
    }
    #[cfg(not(target_os = "linux"))]
    None
}

/// Moves this thread to another processor that it may use, if there is one; where it may run afterwards stays as it was.
pub(super) fn leave_processor(processor: usize) {
    #[cfg(target_os = "linux")]
    // SAFETY: the sets are plain bits, filled by the first call; the number of a processor is below their size.
    unsafe {
        let bytes = size_of::<libc::cpu_set_t>();
        let mut allowed = std::mem::zeroed::<libc::cpu_set_t>();
        if processor >= 8 * bytes || libc::sched_getaffinity(0, bytes, &raw mut allowed) != 0 {
            return;
        }
        let mut others = allowed;
        libc::CPU_CLR(processor, &mut others);
        if libc::CPU_COUNT(&others) > 0 && libc::sched_setaffinity(0, bytes, &raw const others) == 0
        {
            libc::sched_setaffinity(0, bytes, &raw const allowed);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = processor;
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn allowed() -> libc::cpu_set_t {
        // SAFETY: the set is plain bits, filled by the call.
        unsafe {
            let mut set = std::mem::zeroed::<libc::cpu_set_t>();
            assert_eq!(
                0,
                libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), &raw mut set)
            );
            set
        }
    }

    #[test]
    fn a_thread_leaves_and_keeps_its_freedom() {
        let before = allowed();
        for _ in 0..20 {
            let here = processor().expect("Linux says where a thread runs");
            leave_processor(here);
            // SAFETY: both sets are initialised.
            assert!(unsafe { libc::CPU_EQUAL(&before, &allowed()) });
        }
        leave_processor(usize::MAX);
        // SAFETY: as above.
        assert!(unsafe { libc::CPU_EQUAL(&before, &allowed()) });
    }

    #[test]
    fn a_thread_bound_to_one_processor_stays() {
        std::thread::spawn(|| {
            let here = processor().expect("Linux says where a thread runs");
            // SAFETY: the set is plain bits; `here` is below its size.
            unsafe {
                let mut one = std::mem::zeroed::<libc::cpu_set_t>();
                libc::CPU_SET(here, &mut one);
                libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), &raw const one);
                leave_processor(here);
                assert_eq!(processor(), Some(here));
                assert!(libc::CPU_EQUAL(&one, &allowed()));
            }
        })
        .join()
        .expect("no panic");
    }
}
