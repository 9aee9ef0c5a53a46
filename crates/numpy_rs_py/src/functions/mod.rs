//! The functions of the door: one file per page of NumPy's reference, each with its table of definitions.

mod faults;
mod relabel;
mod method_call;
pub(crate) mod printing;
mod ranges;
mod creation;
mod joining;
mod manipulation;
mod products;
mod einsum;
mod casting;
mod random_c;
mod random_stream;
mod random_laws;
mod random_integers;
mod multi_index;
mod bits;
mod dtypes;
mod array_creation;
pub(crate) mod reductions;
pub(crate) mod statistics;
pub(crate) mod searching;
pub(crate) mod ufunc_like;
mod counting;
mod sorting;
mod choosing;
mod linalg;
mod fft;
mod audio;

use crate::function::FunctionDef;

/// Every table of functions.
pub(crate) static ALL: &[&[FunctionDef]] = &[
    faults::TABLE,
    relabel::TABLE,
    printing::DEFS,
    creation::DEFS,
    joining::DEFS,
    manipulation::DEFS,
    products::DEFS,
    einsum::DEFS,
    casting::DEFS,
    random_stream::DEFS,
    random_laws::DEFS,
    random_integers::DEFS,
    multi_index::DEFS,
    bits::DEFS,
    dtypes::TABLE,
    array_creation::TABLE,
    reductions::DEFS,
    statistics::DEFS,
    searching::DEFS,
    ufunc_like::DEFS,
    counting::DEFS,
    sorting::DEFS,
    choosing::DEFS,
    linalg::DEFS,
    fft::DEFS,
    audio::DEFS,
];
