//! In which of both types an array of samples is calculated.

/// Runs `$work` with `$t` as the type in which an array's samples are calculated: fractions of full scale fit `f32`
/// where they have 16 bits or fewer.
macro_rules! in_precision {
    ($view:expr, $narrow:pat, |$t:ident| $work:expr) => {
        match $view.dtype().num() {
            $narrow => {
                type $t = f32;
                $work
            }
            _ => {
                type $t = f64;
                $work
            }
        }
    };
}
pub(super) use in_precision;
