//! The form of a declaration: `ufuncs!` and the rows in it.

use numpy_rs_core::ufunc::table::Row;
use numpy_rs_kernels::lanes::Loop;

use crate::codes::Signature;

/// A row of signature `S`.
pub(crate) fn row<S: Signature>(run: Loop<S::Elements>) -> Row {
    Row {
        types: S::TYPES,
        run: run.run,
        aux: run.aux,
        fold_rows: run.fold_rows,
    }
}

/// Declares a family of ufuncs: for each its document, its facts, and its rows in order of preference.
///
/// ```text
/// ufuncs! {
///     /// The sum of the inputs, element by element.
///     add(x1, x2) -> 1 {
///         identity: Zero, reorderable: true, resolver: Default;
///         (Bool, Bool) -> Bool = folding(booleans::or, Never, InOrder);
///         for T in ints: (T, T) -> T = folding(integers::add, Never, InOrder);
///     }
/// }
/// ```
///
/// becomes `pub static add: Ufunc` and a place for it in `ALL`. The right side of a row is any expression
/// that makes a `Loop` of the row's elements; `for T in class` repeats a row over the codes of a class.
macro_rules! ufuncs {
    ($($(#[doc = $doc:literal])+ $name:ident ( $($x:ident),+ ) -> $nout:literal {
        $(signature: $signature:literal,)? identity: $identity:ident, reorderable: $reorderable:literal,
        resolver: $resolver:ident; $($rows:tt)*
    })+) => {
        $(
            $(#[doc = $doc])+
            #[allow(non_upper_case_globals, reason = "named as in NumPy")]
            pub static $name: numpy_rs_core::ufunc::table::Ufunc = numpy_rs_core::ufunc::table::Ufunc {
                name: stringify!($name),
                doc: concat!($($doc, "\n"),+),
                nin: [$(stringify!($x)),+].len(),
                nout: $nout,
                signature: $crate::declare::ufuncs!(@signature $($signature)?),
                identity: numpy_rs_core::ufunc::table::Identity::$identity,
                reorderable: $reorderable,
                resolver: numpy_rs_core::ufunc::table::Resolver::$resolver,
                build: |table| { $crate::declare::rows!(table; $($rows)*); },
                rows: std::sync::OnceLock::new(),
            };
        )+
        /// Every ufunc of this family.
        pub(crate) static ALL: &[&numpy_rs_core::ufunc::table::Ufunc] = &[$(&$name),+];
    };
    (@signature) => { None };
    (@signature $signature:literal) => { Some($signature) };
}
pub(crate) use ufuncs;

/// The rows of one ufunc; see [`ufuncs!`].
macro_rules! rows {
    ($table:ident;) => {};
    ($table:ident; for $t:ident in ints: $sig:tt -> $out:tt = $run:expr; $($rest:tt)*) => {
        $crate::declare::rows!(@each $table $t
            [Byte UByte Short UShort Int UInt Long ULong LongLong ULongLong] $sig $out $run);
        $crate::declare::rows!($table; $($rest)*);
    };
    ($table:ident; for $t:ident in floats: $sig:tt -> $out:tt = $run:expr; $($rest:tt)*) => {
        $crate::declare::rows!(@each $table $t [Half Float Double LongDouble] $sig $out $run);
        $crate::declare::rows!($table; $($rest)*);
    };
    ($table:ident; for $t:ident in complexes: $sig:tt -> $out:tt = $run:expr; $($rest:tt)*) => {
        $crate::declare::rows!(@each $table $t [CFloat CDouble CLongDouble] $sig $out $run);
        $crate::declare::rows!($table; $($rest)*);
    };
    ($table:ident; for $t:ident in [$($code:ident)*]: $sig:tt -> $out:tt = $run:expr; $($rest:tt)*) => {
        $crate::declare::rows!(@each $table $t [$($code)*] $sig $out $run);
        $crate::declare::rows!($table; $($rest)*);
    };
    ($table:ident; $sig:tt -> $out:tt = $run:expr; $($rest:tt)*) => {
        $crate::declare::rows!(@row $table $sig $out $run);
        $crate::declare::rows!($table; $($rest)*);
    };
    (@each $table:ident $t:ident [$($code:ident)*] $sig:tt $out:tt $run:expr) => {
        $({
            type $t = $crate::codes::$code;
            $crate::declare::rows!(@row $table $sig $out $run);
        })*
    };
    (@row $table:ident ($($x:ident),+) ($($o:ident),+) $run:expr) => {
        $table.push($crate::declare::row::<($($x,)+ $($o,)+)>($run));
    };
    (@row $table:ident ($($x:ident),+) $o:ident $run:expr) => {
        $table.push($crate::declare::row::<($($x,)+ $o,)>($run));
    };
}
pub(crate) use rows;
