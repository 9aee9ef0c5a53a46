//! Calling ufuncs from Python: operands, overrides, outputs and results.
