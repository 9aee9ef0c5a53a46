//! The universal functions: each by its NumPy name, and one way to call any with options.

use numpy_rs_core::array as core_array;
use numpy_rs_core::error::Result;
use numpy_rs_core::fp_errors::{FpEvents, Watch};
use numpy_rs_core::layout::Order;
use numpy_rs_core::ufunc::table::Ufunc;
use numpy_rs_core::ufunc::{Operand, Spec, UfuncOptions, Weak, plan_elementwise};
use numpy_rs_core::view::View;

use crate::array::Array;

/// An operand: an array, or a number whose dtype gives way to the arrays' (NEP 50).
#[derive(Clone, Debug)]
pub struct Input {
    array: Array,
    weak: Weak,
}

impl From<&Array> for Input {
    fn from(array: &Array) -> Self {
        Self {
            array: array.clone(),
            weak: Weak::No,
        }
    }
}

impl Input {
    /// A number that takes the dtype of the other operand where it is a float or wider.
    pub fn float(value: f64) -> Result<Self> {
        Ok(Self {
            array: Array::scalar(value)?,
            weak: Weak::Float,
        })
    }

    /// A whole number that takes the dtype of the other operand.
    pub fn int(value: i64) -> Result<Self> {
        Ok(Self {
            array: Array::scalar(value)?,
            weak: Weak::Int,
        })
    }
}

/// The results of a call, and the floating-point events that NumPy would warn of.
#[derive(Debug)]
pub struct Outcome {
    /// One array for each output.
    pub outputs: Vec<Array>,
    /// Division by zero, overflow, invalid operations.
    pub events: FpEvents,
}

/// Calls a ufunc on operands, with options.
pub fn call(ufunc: &'static Ufunc, inputs: &[Input], options: &UfuncOptions) -> Result<Outcome> {
    let views: Vec<View<'_>> = inputs.iter().map(|input| input.array.view()).collect();
    let operands: Vec<Operand> = views
        .iter()
        .zip(inputs)
        .map(|(view, input)| Operand {
            spec: Spec::of(view),
            weak: input.weak,
        })
        .collect();
    let given: Vec<Option<Spec>> = vec![None; ufunc.nout];
    let plan = plan_elementwise(ufunc, &operands, &given, None, options)?;
    let mut results = Vec::new();
    for spec in plan.outputs() {
        let whole = core_array::Array::empty(spec.dtype.clone(), &spec.shape, Order::C)?;
        // SAFETY: the plan's strides are a permutation of contiguous ones.
        results.push(unsafe {
            whole.relayout(
                0,
                spec.dtype.clone(),
                spec.shape.clone(),
                spec.strides.clone(),
            )
        });
        drop(whole);
    }
    let mut places = Vec::new();
    for result in &mut results {
        places.push(result.view_mut()?);
    }
    let events = plan.run(&views, &mut places, None, Watch::Usual)?;
    drop(places);
    Ok(Outcome {
        outputs: results.into_iter().map(Array::from).collect(),
        events,
    })
}

/// Calls a ufunc of one output with default options.
pub(crate) fn call_one(ufunc: &'static Ufunc, inputs: &[Input]) -> Result<Array> {
    let mut outcome = call(ufunc, inputs, &UfuncOptions::default())?;
    // Every caller names a ufunc of one output.
    Ok(outcome.outputs.swap_remove(0))
}

/// The registered ufunc; names come from the lists below, each of which a test looks up.
pub(crate) fn named(name: &'static str) -> &'static Ufunc {
    numpy_rs_ufuncs::get(name).expect("every name of the lists below is registered")
}

macro_rules! of_one {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("NumPy's `", stringify!($name), "`, element by element.")]
            pub fn $name(x: &Array) -> Result<Array> {
                call_one(named(stringify!($name)), &[x.into()])
            }
        )*

        /// The names of functions of one operand.
        pub const OF_ONE: &[&str] = &[$(stringify!($name)),*];
    };
}

macro_rules! of_two {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("NumPy's `", stringify!($name), "`, element by element, with broadcasting.")]
            pub fn $name(x1: &Array, x2: &Array) -> Result<Array> {
                call_one(named(stringify!($name)), &[x1.into(), x2.into()])
            }
        )*

        /// The names of functions of two operands.
        pub const OF_TWO: &[&str] = &[$(stringify!($name)),*];
    };
}

of_one! {
        absolute arccos arccosh arcsin arcsinh arctan arctanh bitwise_count cbrt ceil conjugate
        cos cosh deg2rad degrees exp exp2 expm1 fabs floor invert isfinite isinf isnan log log10
        log1p log2 logical_not negative positive rad2deg radians reciprocal rint sign signbit sin
        sinh spacing sqrt square tan tanh trunc
}

of_two! {
        add arctan2 bitwise_and bitwise_or bitwise_xor copysign divide equal float_power
        floor_divide fmax fmin fmod gcd greater greater_equal heaviside hypot lcm ldexp left_shift
        less less_equal logaddexp logaddexp2 logical_and logical_or logical_xor maximum minimum
        multiply nextafter not_equal power remainder right_shift subtract
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_registered() {
        for name in OF_ONE.iter().chain(OF_TWO) {
            let found = numpy_rs_ufuncs::get(name);
            assert!(found.is_some_and(|ufunc| ufunc.nout == 1), "{name}");
        }
    }
}
