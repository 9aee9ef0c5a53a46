//! The laws by name, each drawn for words of parameters, so that one loop fills arrays with any of them.

use crate::bits::Bits;
use crate::generator::Generator;
use crate::source::{Legacy, Modern, Source};
use crate::{
    binomial, continuous, discrete, each_generator, gamma, hypergeometric, poisson, ziggurat,
};

/// A generator with the spare normal number that `RandomState` keeps.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The generator of bits.
    pub bits: Generator,
    /// The spare normal number.
    pub spare: Option<f64>,
}

/// What a parameter or a number drawn is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A double.
    F64,
    /// A 64-bit integer.
    I64,
    /// A float; the low half of a word.
    F32,
}

/// A law: its parameters, and how one number is drawn. Words hold the bits of numbers.
#[derive(Debug)]
pub struct Law {
    /// The name; laws of `RandomState` begin with `legacy_`.
    pub name: &'static str,
    /// The parameters.
    pub takes: &'static [Kind],
    /// What is drawn.
    pub gives: Kind,
    /// Draws one.
    pub draw: fn(&mut Stream, &[u64; 3]) -> u64,
    /// Draws many, for the laws without parameters that are compiled for each generator.
    pub fill: Option<fn(&mut Stream, &mut [u64])>,
}

trait Word {
    const KIND: Kind;
    fn from_word(word: u64) -> Self;
    fn into_word(self) -> u64;
}

impl Word for f64 {
    const KIND: Kind = Kind::F64;
    fn from_word(word: u64) -> Self {
        f64::from_bits(word)
    }
    fn into_word(self) -> u64 {
        self.to_bits()
    }
}

impl Word for i64 {
    const KIND: Kind = Kind::I64;
    fn from_word(word: u64) -> Self {
        word as i64
    }
    fn into_word(self) -> u64 {
        self as u64
    }
}

impl Word for f32 {
    const KIND: Kind = Kind::F32;
    fn from_word(word: u64) -> Self {
        f32::from_bits(word as u32)
    }
    fn into_word(self) -> u64 {
        u64::from(self.to_bits())
    }
}

macro_rules! draw_one {
    ($stream:ident, $p:ident, modern, $law:path, ($($kind:ty),*)) => {
        draw_one!(@call Modern(&mut $stream.bits), $p, $law, ($($kind),*))
    };
    ($stream:ident, $p:ident, legacy, $law:path, ($($kind:ty),*)) => {
        draw_one!(@call Legacy(&mut $stream.bits, &mut $stream.spare), $p, $law, ($($kind),*))
    };
    ($stream:ident, $p:ident, plain, $law:path, ($($kind:ty),*)) => {
        draw_one!(@args &mut $stream.bits, $p, $law, ($($kind),*))
    };
    (@call $source:expr, $p:ident, $law:path, ($($kind:ty),*)) => {
        draw_one!(@args &mut $source, $p, $law, ($($kind),*))
    };
    (@args $source:expr, $p:ident, $law:path, ()) => { $law($source) };
    (@args $source:expr, $p:ident, $law:path, ($a:ty)) => { $law($source, <$a>::from_word($p[0])) };
    (@args $source:expr, $p:ident, $law:path, ($a:ty, $b:ty)) => {
        $law($source, <$a>::from_word($p[0]), <$b>::from_word($p[1]))
    };
    (@args $source:expr, $p:ident, $law:path, ($a:ty, $b:ty, $c:ty)) => {
        $law($source, <$a>::from_word($p[0]), <$b>::from_word($p[1]), <$c>::from_word($p[2]))
    };
}

macro_rules! laws {
    ($($name:literal $way:ident $law:path: ($($kind:ty),*) -> $gives:ty;)*) => {
        &[$(Law {
            name: $name,
            takes: &[$(<$kind as Word>::KIND),*],
            gives: <$gives as Word>::KIND,
            draw: |stream, _p| {
                let drawn: $gives = draw_one!(stream, _p, $way, $law, ($($kind),*));
                drawn.into_word()
            },
            fill: None,
        }),*]
    };
}

fn unit<S: Source>(s: &mut S) -> f64 {
    s.uniform()
}

fn standard_normal<S: Source>(s: &mut S) -> f64 {
    s.normal()
}

fn standard_exponential<S: Source>(s: &mut S) -> f64 {
    s.exponential()
}

fn exponential<S: Source>(s: &mut S, scale: f64) -> f64 {
    scale * s.exponential()
}

fn gamma_of_scale<S: Source>(s: &mut S, shape: f64, scale: f64) -> f64 {
    scale * gamma::standard_gamma(s, shape)
}

fn inverted_exponential<S: Source>(s: &mut S) -> f64 {
    -(-s.uniform()).ln_1p()
}

fn unit_f32<B: Bits>(bits: &mut B) -> f32 {
    bits.next_f32()
}

fn positive<B: Bits>(bits: &mut B) -> i64 {
    (bits.next_u64() >> 1) as i64
}

/// Fills with doubles of a law without parameters, compiled for each generator.
macro_rules! bulk {
    ($stream:ident, $out:ident, modern, $law:path) => {
        each_generator!(&mut $stream.bits, bits => {
            for x in $out {
                *x = $law(&mut Modern(&mut *bits)).to_bits();
            }
        })
    };
    ($stream:ident, $out:ident, legacy, $law:path) => {{
        let spare = &mut $stream.spare;
        each_generator!(&mut $stream.bits, bits => {
            for x in $out {
                *x = $law(&mut Legacy(&mut *bits, spare)).to_bits();
            }
        })
    }};
}

macro_rules! hot {
    ($($name:literal $way:ident $law:path;)*) => {
        &[$(Law {
            name: $name,
            takes: &[],
            gives: Kind::F64,
            draw: |stream, _p| draw_one!(stream, _p, $way, $law, ()).to_bits(),
            fill: Some(|stream, out| bulk!(stream, out, $way, $law)),
        }),*]
    };
}

static HOT: &[Law] = hot! {
    "random" modern unit;
    "standard_normal" modern standard_normal;
    "standard_exponential" modern standard_exponential;
    "legacy_standard_normal" legacy standard_normal;
    "legacy_standard_exponential" legacy standard_exponential;
};

static LAWS: &[Law] = laws! {
    "positive" plain positive: () -> i64;
    "random_f32" plain unit_f32: () -> f32;
    "standard_normal_f32" plain ziggurat::normal_f32: () -> f32;
    "standard_exponential_f32" plain ziggurat::exponential_f32: () -> f32;
    "standard_exponential_inverted" modern inverted_exponential: () -> f64;
    "standard_exponential_inverted_f32" plain ziggurat::inverted_exponential_f32: () -> f32;
    "standard_gamma_f32" plain gamma::standard_gamma_f32: (f32) -> f32;
    "uniform" modern continuous::uniform: (f64, f64) -> f64;
    "exponential" modern exponential: (f64) -> f64;
    "legacy_exponential" legacy exponential: (f64) -> f64;
    "gamma" modern gamma_of_scale: (f64, f64) -> f64;
    "legacy_gamma" legacy gamma_of_scale: (f64, f64) -> f64;
    "standard_gamma" modern gamma::standard_gamma: (f64) -> f64;
    "legacy_standard_gamma" legacy gamma::standard_gamma: (f64) -> f64;
    "beta" modern gamma::beta: (f64, f64) -> f64;
    "legacy_beta" legacy gamma::beta: (f64, f64) -> f64;
    "chisquare" modern gamma::chisquare: (f64) -> f64;
    "legacy_chisquare" legacy gamma::chisquare: (f64) -> f64;
    "f" modern gamma::f: (f64, f64) -> f64;
    "legacy_f" legacy gamma::f: (f64, f64) -> f64;
    "noncentral_chisquare" modern gamma::noncentral_chisquare: (f64, f64) -> f64;
    "legacy_noncentral_chisquare" legacy gamma::noncentral_chisquare: (f64, f64) -> f64;
    "noncentral_f" modern gamma::noncentral_f: (f64, f64, f64) -> f64;
    "legacy_noncentral_f" legacy gamma::noncentral_f: (f64, f64, f64) -> f64;
    "standard_t" modern gamma::standard_t: (f64) -> f64;
    "legacy_standard_t" legacy gamma::standard_t: (f64) -> f64;
    "normal" modern continuous::normal: (f64, f64) -> f64;
    "legacy_normal" legacy continuous::normal: (f64, f64) -> f64;
    "lognormal" modern continuous::lognormal: (f64, f64) -> f64;
    "legacy_lognormal" legacy continuous::lognormal: (f64, f64) -> f64;
    "standard_cauchy" modern continuous::standard_cauchy: () -> f64;
    "legacy_standard_cauchy" legacy continuous::standard_cauchy: () -> f64;
    "pareto" modern continuous::pareto: (f64) -> f64;
    "legacy_pareto" legacy continuous::pareto: (f64) -> f64;
    "weibull" modern continuous::weibull: (f64) -> f64;
    "legacy_weibull" legacy continuous::weibull: (f64) -> f64;
    "power" modern continuous::power: (f64) -> f64;
    "legacy_power" legacy continuous::power: (f64) -> f64;
    "laplace" modern continuous::laplace: (f64, f64) -> f64;
    "legacy_laplace" legacy continuous::laplace: (f64, f64) -> f64;
    "gumbel" modern continuous::gumbel: (f64, f64) -> f64;
    "legacy_gumbel" legacy continuous::gumbel: (f64, f64) -> f64;
    "logistic" modern continuous::logistic: (f64, f64) -> f64;
    "legacy_logistic" legacy continuous::logistic: (f64, f64) -> f64;
    "rayleigh" modern continuous::rayleigh: (f64) -> f64;
    "legacy_rayleigh" legacy continuous::rayleigh: (f64) -> f64;
    "wald" modern continuous::wald: (f64, f64) -> f64;
    "legacy_wald" legacy continuous::wald: (f64, f64) -> f64;
    "vonmises" modern continuous::vonmises: (f64, f64) -> f64;
    "legacy_vonmises" legacy continuous::vonmises: (f64, f64) -> f64;
    "triangular" modern continuous::triangular: (f64, f64, f64) -> f64;
    "legacy_triangular" legacy continuous::triangular: (f64, f64, f64) -> f64;
    "poisson" modern poisson::poisson: (f64) -> i64;
    "legacy_poisson" legacy poisson::poisson: (f64) -> i64;
    "binomial" modern binomial::binomial: (i64, f64) -> i64;
    "legacy_binomial" legacy binomial::binomial: (i64, f64) -> i64;
    "negative_binomial" modern binomial::negative_binomial: (f64, f64) -> i64;
    "legacy_negative_binomial" legacy binomial::negative_binomial: (f64, f64) -> i64;
    "geometric" modern discrete::geometric: (f64) -> i64;
    "legacy_geometric" legacy discrete::geometric: (f64) -> i64;
    "logseries" modern discrete::logseries: (f64) -> i64;
    "legacy_logseries" legacy discrete::logseries: (f64) -> i64;
    "zipf" modern discrete::zipf: (f64) -> i64;
    "legacy_zipf" legacy discrete::zipf: (f64) -> i64;
    "hypergeometric" modern hypergeometric::hypergeometric: (i64, i64, i64) -> i64;
    "legacy_hypergeometric" legacy hypergeometric::hypergeometric: (i64, i64, i64) -> i64;
};

/// A law by name.
pub fn law(name: &str) -> Option<&'static Law> {
    HOT.iter().chain(LAWS).find(|law| law.name == name)
}

/// A function of a source, for either way of drawing.
macro_rules! either_way {
    ($stream:ident, $legacy:ident, $s:ident => $run:expr) => {
        if $legacy {
            let mut source = Legacy(&mut $stream.bits, &mut $stream.spare);
            let $s = &mut source;
            $run
        } else {
            let mut source = Modern(&mut $stream.bits);
            let $s = &mut source;
            $run
        }
    };
}

impl Stream {
    /// Counts of `n` trials among kinds with probabilities `p`; `out` is as long and holds zeros.
    pub fn multinomial(&mut self, legacy: bool, n: i64, p: &[f64], out: &mut [i64]) {
        either_way!(self, legacy, s => binomial::multinomial(s, n, p, out))
    }

    /// Shares with concentrations `alpha`; see [`gamma::dirichlet`].
    pub fn dirichlet(&mut self, legacy: bool, alpha: &[f64], tails: &[f64], out: &mut [f64]) {
        either_way!(self, legacy, s => gamma::dirichlet(s, alpha, tails, out))
    }

    /// Counts of a sample from several kinds, one law after the other; `out` holds zeros.
    pub fn multivariate_hypergeometric(&mut self, colors: &[i64], sample: i64, out: &mut [i64]) {
        hypergeometric::multivariate(&mut Modern(&mut self.bits), colors, sample, out);
    }

    /// The same by moving items about; see [`hypergeometric::multivariate_by_items`].
    pub fn multivariate_hypergeometric_by_items(
        &mut self,
        colors: &[i64],
        items: &mut [usize],
        sample: usize,
        out: &mut [i64],
    ) {
        hypergeometric::multivariate_by_items(
            &mut Modern(&mut self.bits),
            colors,
            items,
            sample,
            out,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded from NumPy 2.5.5: `np.random.RandomState(1234)`.
    #[test]
    fn the_legacy_stream_is_numpys() {
        let draw = |name: &str| {
            let mut stream = Stream {
                bits: Generator::Mt19937(Box::new(crate::mt19937::Mt19937::from_seed(1234))),
                spare: None,
            };
            let law = law(name).unwrap();
            [(); 2].map(|()| f64::from_bits((law.draw)(&mut stream, &[0; 3])))
        };
        assert_eq!(draw("random"), [0.1915194503788923, 0.6221087710398319]);
        assert_eq!(
            draw("legacy_standard_normal"),
            [0.47143516373249306, -1.1909756947064645]
        );
    }
}
