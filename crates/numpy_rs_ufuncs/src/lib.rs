//! The declarations: which kernel serves which dtypes, for every universal function.
