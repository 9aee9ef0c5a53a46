//! `rustify clean`: removes the cache, recorded inputs with it.

use super::print;
use crate::cache;
use crate::console::Console;
use crate::failure::{Exit, Failure, shown};

/// Removes the cache.
pub(super) fn clean(_: &Console) -> Result<Exit, Failure> {
    let text = match cache::clean()? {
        Some((path, size)) => format!(
            "removed {} ({:.1} MiB)\n",
            shown(&path),
            size as f64 / f64::from(1 << 20)
        ),
        None => "there is no cache\n".to_owned(),
    };
    print(&text)
}
