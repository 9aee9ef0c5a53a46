//! Floating-point events of conversions, answered by the policy of `errstate`.

pub(crate) use crate::errstate::report;
