//! How many threads to use: the environment, else what the machine and the container's quota allow.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More than this many threads help no array operation here.
const MOST: usize = 256;

/// The number set at run time; 0 means that the environment decides.
static CHOSEN: AtomicUsize = AtomicUsize::new(0);

/// The number of threads that large work uses.
pub fn num_threads() -> usize {
    static DEFAULT: OnceLock<usize> = OnceLock::new();
    match CHOSEN.load(Ordering::Relaxed) {
        0 => *DEFAULT.get_or_init(default_count),
        n => n,
    }
}

/// Sets the number of threads for work that starts from now on; 0 goes back to the environment's.
pub fn set_num_threads(n: usize) {
    CHOSEN.store(n.min(MOST), Ordering::Relaxed);
}

fn default_count() -> usize {
    ["NUMPY_RS_NUM_THREADS", "OMP_NUM_THREADS"]
        .into_iter()
        .find_map(|name| parse(&std::env::var(name).ok()?))
        .unwrap_or_else(processors)
        .min(MOST)
}

/// The number of processors that this process may use.
pub(super) fn processors() -> usize {
    static COUNT: OnceLock<usize> = OnceLock::new();
    // The standard library looks at the affinity mask and the quota of the control group.
    *COUNT.get_or_init(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
}

/// A count from an environment variable; OpenMP allows a list of which the first counts.
fn parse(text: &str) -> Option<usize> {
    let first = text.split(',').next()?.trim();
    first.parse().ok().filter(|&n| n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_nonsense() {
        assert_eq!(parse("4"), Some(4));
        assert_eq!(parse(" 3 , 2"), Some(3));
        assert_eq!(parse("0"), None);
        assert_eq!(parse("many"), None);
    }
}
