//! Laws whose numbers are images of one uniform, normal or exponential number each. The numbers are drawn one after
//! another; their images, which take longer, may be found on several threads.

use crate::fills;
use crate::law::{Fill, Kind, Law, Stream};

/// The exponential of a normal number.
fn lognormal(x: f64, [mean, sigma]: [f64; 2]) -> f64 {
    (mean + sigma * x).exp()
}

/// Pareto II of an exponential number.
fn pareto(x: f64, [a]: [f64; 1]) -> f64 {
    (x / a).exp_m1()
}

fn legacy_pareto(u: f64, [a]: [f64; 1]) -> f64 {
    (legacy_exponential(u) / a).exp() - 1.0
}

/// Weibull of an exponential number.
fn weibull(x: f64, [a]: [f64; 1]) -> f64 {
    if a == 0.0 { 0.0 } else { x.powf(1.0 / a) }
}

fn legacy_weibull(u: f64, a: [f64; 1]) -> f64 {
    weibull(legacy_exponential(u), a)
}

/// A power of a uniform number, by way of an exponential one.
fn power(x: f64, [a]: [f64; 1]) -> f64 {
    (-(-x).exp_m1()).powf(1.0 / a)
}

fn legacy_power(u: f64, [a]: [f64; 1]) -> f64 {
    (1.0 - (-legacy_exponential(u)).exp()).powf(1.0 / a)
}

/// Rayleigh of an exponential number.
fn rayleigh(x: f64, [mode]: [f64; 1]) -> f64 {
    mode * (2.0 * x).sqrt()
}

fn legacy_rayleigh(u: f64, [mode]: [f64; 1]) -> f64 {
    mode * (-2.0 * (-u).ln_1p()).sqrt()
}

/// Laplace of a uniform number.
fn laplace(u: f64, [loc, scale]: [f64; 2]) -> f64 {
    if u >= 0.5 {
        loc - scale * (2.0 - u - u).ln()
    } else {
        loc + scale * (u + u).ln()
    }
}

/// Gumbel of a uniform number.
fn gumbel(u: f64, [loc, scale]: [f64; 2]) -> f64 {
    loc - scale * (-(1.0 - u).ln()).ln()
}

/// Logistic of a uniform number.
fn logistic(u: f64, [loc, scale]: [f64; 2]) -> f64 {
    loc + scale * (u / (1.0 - u)).ln()
}

/// Exponential by inversion, as `RandomState` does it.
fn legacy_exponential(u: f64) -> f64 {
    -(1.0 - u).ln()
}

/// The first parameters.
fn parameters<const N: usize>(words: &[u64; 3]) -> [f64; N] {
    std::array::from_fn(|i| f64::from_bits(words[i]))
}

/// Laws by name: how many parameters, what is drawn, and the image of that.
macro_rules! images {
    ($($name:literal $n:literal: |$stream:ident, $p:ident, $out:ident| $draw:expr, $image:expr;)*) => {
        &[$(Law {
            name: $name,
            takes: &[Kind::F64; $n],
            gives: Kind::F64,
            draw: |stream, p| {
                let mut one = [0];
                let draw = |$stream: &mut Stream, $p: &[u64; 3], $out: &mut [u64]| $draw;
                draw(stream, p, &mut one);
                $image(f64::from_bits(one[0]), parameters::<$n>(p)).to_bits()
            },
            fill: Fill::Images {
                draw: |$stream, $p, $out| $draw,
                image: |p, items| {
                    let p = parameters::<$n>(p);
                    for x in items {
                        *x = $image(f64::from_bits(*x), p).to_bits();
                    }
                },
            },
        }),*]
    };
}

/// These laws.
pub(crate) static LAWS: &[Law] = images! {
    "lognormal" 2: |s, _p, out| fills::normals(s, out), lognormal;
    "legacy_lognormal" 2: |s, _p, out| fills::normals_by_polar(s, out, |x| x), lognormal;
    "pareto" 1: |s, _p, out| fills::exponentials(s, out), pareto;
    "legacy_pareto" 1: |s, _p, out| fills::units(s, out), legacy_pareto;
    "weibull" 1: |s, p, out| if f64::from_bits(p[0]) != 0.0 { fills::exponentials(s, out) }, weibull;
    "legacy_weibull" 1: |s, p, out| if f64::from_bits(p[0]) != 0.0 { fills::units(s, out) }, legacy_weibull;
    "power" 1: |s, _p, out| fills::exponentials(s, out), power;
    "legacy_power" 1: |s, _p, out| fills::units(s, out), legacy_power;
    "rayleigh" 1: |s, _p, out| fills::exponentials(s, out), rayleigh;
    "legacy_rayleigh" 1: |s, _p, out| fills::units(s, out), legacy_rayleigh;
    "laplace" 2: |s, _p, out| fills::positive_units(s, out), laplace;
    "legacy_laplace" 2: |s, _p, out| fills::positive_units(s, out), laplace;
    "gumbel" 2: |s, _p, out| fills::positive_units(s, out), gumbel;
    "legacy_gumbel" 2: |s, _p, out| fills::positive_units(s, out), gumbel;
    "logistic" 2: |s, _p, out| fills::positive_units(s, out), logistic;
    "legacy_logistic" 2: |s, _p, out| fills::positive_units(s, out), logistic;
    "standard_exponential_inverted" 0: |s, _p, out| fills::units(s, out), |u: f64, []: [f64; 0]| -(-u).ln_1p();
    "legacy_standard_exponential" 0: |s, _p, out| fills::units(s, out), |u, []: [f64; 0]| legacy_exponential(u);
    "legacy_exponential" 1: |s, _p, out| fills::units(s, out), |u, [scale]: [f64; 1]| scale * legacy_exponential(u);
};
