//! Floating-point events of conversions and scalar operations go the way of all others.

pub(crate) use crate::errstate::report;
