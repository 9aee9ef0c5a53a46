//! Sliding inner products as a generalized ufunc, which is no public name: `correlate` is made of it.

#![expect(dead_code, reason = "the list of a family is for public names")]

use numpy_rs_kernels::products::sliding;

use crate::codes::*;
use crate::declare::ufuncs;

ufuncs! {
    /// The inner products of `v` with stretches of `a` that begin at `starts`: `(n),(m),(p)->(p)`.
    ///
    /// Where a stretch goes beyond `a`, on either side, the sum is over what is there.
    correlate(a, v, starts) -> 1 {
        signature: "(n),(m),(p)->(p)", identity: None, reorderable: false, resolver: Default;
        (Bool, Bool, LongLong) -> Bool = sliding::slide();
        for T in ints: (T, T, LongLong) -> T = sliding::slide();
        for T in floats: (T, T, LongLong) -> T = sliding::slide();
        for T in complexes: (T, T, LongLong) -> T = sliding::slide();
    }
}
