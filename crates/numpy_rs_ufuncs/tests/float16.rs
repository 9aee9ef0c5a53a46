//! Every float16 through every function of one number, against the same function of float64 rounded to float16.

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_elements::f16;
use numpy_rs_elements::real::Real;
use numpy_rs_kernels::abi::LoopContext;
use numpy_rs_kernels::reals;

fn run(name: &str, x: &[f16]) -> Vec<f16> {
    let ufunc = numpy_rs_ufuncs::get(name).expect("declared");
    let row = ufunc
        .rows()
        .iter()
        .find(|r| r.types == [TypeNum::Half, TypeNum::Half])
        .expect("every function here has a row of float16");
    let mut out = vec![f16::ZERO; x.len()];
    let ctx = LoopContext {
        itemsizes: &[2, 2],
        watch: false,
        watch_underflow: false,
        objects: None,
        aux: row.aux,
        crew: None,
    };
    let args = [x.as_ptr().cast_mut().cast(), out.as_mut_ptr().cast()];
    // SAFETY: both lanes hold `x.len()` items.
    let status = unsafe { (row.run)(&ctx, &args, &[x.len() as isize], &[2, 2]) };
    assert_eq!(status.error, None);
    out
}

/// Distance in units in the last place; 0 for two NaN.
fn distance(a: f16, b: f16) -> u32 {
    if a.is_nan() || b.is_nan() {
        return if a.is_nan() == b.is_nan() {
            0
        } else {
            u32::MAX
        };
    }
    let rank = |x: f16| {
        let magnitude = i32::from(x.to_bits() & 0x7fff);
        if Real::is_sign_negative(x) {
            -magnitude
        } else {
            magnitude
        }
    };
    rank(a).abs_diff(rank(b))
}

fn check(name: &str, truth: fn(f64) -> f64, wrong_at_most: usize) {
    let x: Vec<f16> = (0..=u16::MAX).map(f16::from_bits).collect();
    let mut wrong = 0;
    for (x, got) in x.iter().zip(run(name, &x)) {
        let want = f16::from_f64(truth(x.to_f64()));
        let d = distance(got, want);
        assert!(d <= 1, "{name}({x}) is {got}, not {want}");
        wrong += usize::from(d == 1);
    }
    assert!(
        wrong <= wrong_at_most,
        "{name} is off by a unit {wrong} times"
    );
}

#[test]
fn exact_functions_are_exact() {
    check("sqrt", reals::sqrt, 0);
    check("square", reals::square, 0);
    check("reciprocal", reals::reciprocal, 0);
    check("absolute", reals::absolute, 0);
    check("negative", reals::negative, 0);
    check("sign", reals::sign, 0);
    check("floor", reals::floor, 0);
    check("ceil", reals::ceil, 0);
    check("trunc", reals::trunc, 0);
    check("rint", reals::rint, 0);
}

#[test]
fn approximations_are_rounded_right_but_for_a_few_ties() {
    check("exp", reals::exp, 40);
    check("exp2", reals::exp2, 40);
    check("expm1", reals::expm1, 40);
    check("log", reals::log, 40);
    check("log2", reals::log2, 40);
    check("log10", reals::log10, 40);
    check("log1p", reals::log1p, 40);
    check("cbrt", reals::cbrt, 40);
    check("sin", reals::sin, 40);
    check("cos", reals::cos, 40);
    check("tan", reals::tan, 40);
    check("arcsin", reals::arcsin, 40);
    check("arccos", reals::arccos, 40);
    check("arctan", reals::arctan, 40);
    check("sinh", reals::sinh, 40);
    check("cosh", reals::cosh, 40);
    check("tanh", reals::tanh, 40);
    check("arcsinh", reals::arcsinh, 40);
    check("arccosh", reals::arccosh, 40);
    check("arctanh", reals::arctanh, 40);
    check("degrees", reals::degrees, 40);
    check("radians", reals::radians, 40);
}
