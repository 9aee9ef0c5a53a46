//! Products of vectors and matrices: the generalized ufuncs.

use numpy_rs_kernels::products::gufuncs;

use crate::codes::*;
use crate::declare::ufuncs;

ufuncs! {
    /// The matrix product over the last two axes: `(n?,k),(k,m?)->(n?,m?)`.
    ///
    /// Axes before them broadcast. A vector counts as one row on the left and as one column on the right, and
    /// that axis is left out of the result. Scalars are refused: `multiply` is meant there.
    matmul(x1, x2) -> 1 {
        signature: "(n?,k),(k,m?)->(n?,m?)", identity: None, reorderable: false, resolver: Default;
        (Bool, Bool) -> Bool = gufuncs::matmul();
        for T in ints: (T, T) -> T = gufuncs::matmul();
        for T in floats: (T, T) -> T = gufuncs::matmul();
        for T in complexes: (T, T) -> T = gufuncs::matmul();
        (Object, Object) -> Object = gufuncs::matmul_objects();
    }

    /// The dot product over the last axis, the first input conjugated: `(n),(n)->()`.
    vecdot(x1, x2) -> 1 {
        signature: "(n),(n)->()", identity: None, reorderable: false, resolver: Default;
        (Bool, Bool) -> Bool = gufuncs::vecdot();
        for T in ints: (T, T) -> T = gufuncs::vecdot();
        for T in floats: (T, T) -> T = gufuncs::vecdot();
        for T in complexes: (T, T) -> T = gufuncs::vecdot();
        (Object, Object) -> Object = gufuncs::vecdot_objects();
    }

    /// A matrix times a vector over the last axes: `(m,n),(n)->(m)`.
    matvec(x1, x2) -> 1 {
        signature: "(m,n),(n)->(m)", identity: None, reorderable: false, resolver: Default;
        (Bool, Bool) -> Bool = gufuncs::matvec();
        for T in ints: (T, T) -> T = gufuncs::matvec();
        for T in floats: (T, T) -> T = gufuncs::matvec();
        for T in complexes: (T, T) -> T = gufuncs::matvec();
        (Object, Object) -> Object = gufuncs::matvec_objects();
    }

    /// A vector, conjugated, times a matrix over the last axes: `(n),(n,m)->(m)`.
    vecmat(x1, x2) -> 1 {
        signature: "(n),(n,m)->(m)", identity: None, reorderable: false, resolver: Default;
        (Bool, Bool) -> Bool = gufuncs::vecmat();
        for T in ints: (T, T) -> T = gufuncs::vecmat();
        for T in floats: (T, T) -> T = gufuncs::vecmat();
        for T in complexes: (T, T) -> T = gufuncs::vecmat();
        (Object, Object) -> Object = gufuncs::vecmat_objects();
    }
}
