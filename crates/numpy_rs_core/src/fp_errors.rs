//! Floating-point events of one call: what is looked for, and their sum over threads. The door applies `errstate`.

use std::sync::atomic::{AtomicU8, Ordering};

pub use numpy_rs_elements::fp_events::FpEvents;

/// Which events a call looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watch {
    /// None: `errstate` ignores everything.
    Nothing,
    /// Division by zero, overflow and invalid operations: NumPy's warnings by default.
    #[default]
    Usual,
    /// Underflow too, which costs a second look at the data.
    Underflow,
}

impl Watch {
    /// Whether anything is looked for.
    #[inline]
    pub const fn any(self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// Whether underflow is looked for.
    #[inline]
    pub const fn underflow(self) -> bool {
        matches!(self, Self::Underflow)
    }
}

impl From<bool> for Watch {
    fn from(watch: bool) -> Self {
        if watch { Self::Usual } else { Self::Nothing }
    }
}

/// Events gathered from several threads.
#[derive(Debug, Default)]
pub struct EventSum(AtomicU8);

impl EventSum {
    /// Adds events.
    #[inline]
    pub fn add(&self, events: FpEvents) {
        if !events.is_empty() {
            self.0.fetch_or(events.0, Ordering::Relaxed);
        }
    }

    /// All events so far.
    #[inline]
    pub fn get(&self) -> FpEvents {
        FpEvents(self.0.load(Ordering::Relaxed))
    }
}
