//! How far approximations are from the truth, which is the longdouble function rounded; one table of limits.
#![cfg(all(target_arch = "x86_64", not(windows)))]

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_elements::LongDouble;
use numpy_rs_kernels::abi::LoopContext;
use numpy_rs_kernels::reals;

type Truth1 = fn(LongDouble) -> LongDouble;
type Truth2 = fn(LongDouble, LongDouble) -> LongDouble;

/// A generator of the same numbers everywhere.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
}

fn run<T: Copy + Default>(name: &str, num: TypeNum, inputs: &[&[T]]) -> Vec<T> {
    let ufunc = numpy_rs_ufuncs::get(name).expect("declared");
    let row = ufunc
        .rows()
        .iter()
        .find(|r| r.types.iter().all(|t| *t == num))
        .expect("every function here has a row of the type");
    let n = inputs[0].len();
    let mut out = vec![T::default(); n];
    let size = size_of::<T>();
    let ctx = LoopContext {
        itemsizes: &[size; 3],
        watch: false,
        watch_underflow: false,
        objects: None,
        aux: row.aux,
        crew: None,
    };
    let mut args: Vec<*mut u8> = inputs
        .iter()
        .map(|x| x.as_ptr().cast_mut().cast())
        .collect();
    args.push(out.as_mut_ptr().cast());
    // SAFETY: all lanes hold `n` items.
    let status = unsafe {
        (row.run)(
            &ctx,
            &args,
            &[n as isize],
            &[size as isize; 3][..args.len()],
        )
    };
    assert_eq!(status.error, None);
    out
}

/// The distance in units in the last place of `want` as float64, or an infinity where kinds differ.
fn ulps(got: f64, want: LongDouble) -> f64 {
    let rounded = want.to_f64();
    if rounded.is_nan() || rounded.is_infinite() || rounded == 0.0 {
        let same = got.to_bits() == rounded.to_bits() || (got.is_nan() && rounded.is_nan());
        return if same { 0.0 } else { f64::INFINITY };
    }
    let unit = reals::spacing(rounded.abs());
    ((LongDouble::from_f64(got) - want) / LongDouble::from_f64(unit))
        .to_f64()
        .abs()
}

fn check(name: &str, truth: Truth1, limit: f64, ranges: &[(f64, f64)]) {
    let mut random = Random(7);
    let mut x: Vec<f64> = [
        0.0,
        1.0,
        f64::INFINITY,
        f64::NAN,
        5e-324,
        1e-310,
        1e300,
        0.5,
        2.0,
        1e-20,
        1e9,
        1e22,
    ]
    .iter()
    .flat_map(|v| [*v, -*v])
    .collect();
    for &(low, high) in ranges {
        x.extend((0..4000).map(|_| random.uniform(low, high)));
    }
    for (x, got) in x.iter().zip(run(name, TypeNum::Double, &[&x])) {
        let d = ulps(got, truth(LongDouble::from_f64(*x)));
        assert!(d <= limit, "{name}({x:e}) = {got:e} is {d} units off");
    }
    let narrow: Vec<f32> = x.iter().map(|x| *x as f32).collect();
    for (x, got) in narrow.iter().zip(run(name, TypeNum::Float, &[&narrow])) {
        let want = truth(LongDouble::from_f64(f64::from(*x))).to_f32();
        let close = (got.is_nan() && want.is_nan())
            || (got - want).abs() <= 2.0 * reals::spacing(want.abs());
        assert!(
            got == want || close,
            "{name}({x:e}f32) = {got:e}, not {want:e}"
        );
    }
}

fn check2(name: &str, truth: Truth2, limit: f64, first: (f64, f64), second: (f64, f64)) {
    let mut random = Random(11);
    let special = [
        0.0,
        1.0,
        -1.0,
        2.0,
        -0.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        1e300,
        0.5,
        -3.0,
        5e-324,
    ];
    let mut pairs: Vec<(f64, f64)> = special
        .iter()
        .flat_map(|a| special.map(|b| (*a, b)))
        .collect();
    pairs.extend((0..8000).map(|_| {
        (
            random.uniform(first.0, first.1),
            random.uniform(second.0, second.1),
        )
    }));
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let got = run(name, TypeNum::Double, &[&x, &y]);
    for i in 0..x.len() {
        let d = ulps(
            got[i],
            truth(LongDouble::from_f64(x[i]), LongDouble::from_f64(y[i])),
        );
        assert!(
            d <= limit,
            "{name}({:e}, {:e}) = {:e} is {d} units off",
            x[i],
            y[i],
            got[i]
        );
    }
}

#[test]
fn exponentials_and_logarithms() {
    check("exp", reals::exp, 1.0, &[(-745.0, 710.0), (-1.0, 1.0)]);
    check("exp2", reals::exp2, 1.1, &[(-1074.0, 1024.0), (-1.0, 1.0)]);
    check("expm1", reals::expm1, 1.0, &[(-40.0, 710.0), (-1.0, 1.0)]);
    check(
        "log",
        reals::log,
        0.9,
        &[(0.0, 3.0), (0.9, 1.1), (0.0, 1e300)],
    );
    check(
        "log2",
        reals::log2,
        0.9,
        &[(0.0, 3.0), (0.9, 1.1), (0.0, 1e300)],
    );
    check(
        "log10",
        reals::log10,
        0.9,
        &[(0.0, 3.0), (0.9, 1.1), (0.0, 1e300)],
    );
    check(
        "log1p",
        reals::log1p,
        1.5,
        &[(-1.0, 1.0), (-1e-3, 1e-3), (0.0, 1e10)],
    );
}

#[test]
fn circular_functions() {
    check(
        "sin",
        reals::sin,
        0.9,
        &[(-10.0, 10.0), (-1e5, 1e5), (-1e9, 1e9)],
    );
    check(
        "cos",
        reals::cos,
        0.9,
        &[(-10.0, 10.0), (-1e5, 1e5), (-1e9, 1e9)],
    );
    check("tan", reals::tan, 2.2, &[(-10.0, 10.0), (-1e5, 1e5)]);
    check("arcsin", reals::arcsin, 1.0, &[(-1.0, 1.0), (0.99, 1.0)]);
    check("arccos", reals::arccos, 1.2, &[(-1.0, 1.0), (0.99, 1.0)]);
    check(
        "arctan",
        reals::arctan,
        1.8,
        &[(-1.0, 1.0), (-100.0, 100.0)],
    );
    check2("arctan2", reals::arctan2, 1.9, (-2.0, 2.0), (-2.0, 2.0));
}

#[test]
fn sines_and_cosines_next_to_their_zeros() {
    let x: Vec<f64> = (1..200_000)
        .map(|k| f64::from(k) * std::f64::consts::FRAC_PI_2)
        .collect();
    let (sin, cos) = (
        run("sin", TypeNum::Double, &[&x]),
        run("cos", TypeNum::Double, &[&x]),
    );
    for (i, x) in x.iter().enumerate() {
        let wide = LongDouble::from_f64(*x);
        assert!(ulps(sin[i], reals::sin(wide)) <= 0.9, "sin({x:e})");
        assert!(ulps(cos[i], reals::cos(wide)) <= 0.9, "cos({x:e})");
    }
}

#[test]
fn hyperbolic_functions_and_roots() {
    check("sinh", reals::sinh, 1.8, &[(-1.0, 1.0), (-710.0, 710.0)]);
    check("cosh", reals::cosh, 2.0, &[(-1.0, 1.0), (-710.0, 710.0)]);
    check("tanh", reals::tanh, 2.5, &[(-1.0, 1.0), (-25.0, 25.0)]);
    check("cbrt", reals::cbrt, 0.7, &[(-1.0, 1.0), (-1e300, 1e300)]);
}

#[test]
fn powers() {
    check2("power", reals::power, 1.3, (0.0, 10.0), (-30.0, 30.0));
    check2("power", reals::power, 1.3, (0.9, 1.1), (-500.0, 500.0));
    check2("power", reals::power, 1.3, (0.0, 1e200), (-1.5, 1.5));
}

#[test]
fn squares_are_products() {
    let mut random = Random(3);
    let x: Vec<f64> = (0..3000).map(|_| random.uniform(-100.0, 100.0)).collect();
    let want: Vec<f64> = x.iter().map(|v| v * v).collect();
    assert_eq!(
        run("power", TypeNum::Double, &[&x, &vec![2.0; x.len()]]),
        want
    );
}

#[test]
fn whole_powers_are_exact_where_they_fit() {
    for base in 1..60u64 {
        for exponent in 0..20u32 {
            let Some(want) = base.checked_pow(exponent).filter(|p| *p < 1 << 53) else {
                continue;
            };
            let got = run(
                "power",
                TypeNum::Double,
                &[&[base as f64; 9], &[f64::from(exponent); 9]],
            );
            assert_eq!(got, [want as f64; 9], "{base} ** {exponent}");
        }
    }
}
