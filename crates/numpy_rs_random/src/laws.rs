//! The laws by name, each drawn for words of parameters, so that one loop fills arrays with any of them.

use crate::bits::Bits;
use crate::dirichlet::Dirichlet;
use crate::generator::Generator;
pub use crate::law::{Fill, Kind, Law, Stream};
use crate::multinomial::Multinomial;
use crate::source::{Legacy, Modern, Prepared, Source};
use crate::{
    binomial, continuous, discrete, each_generator_apart, fills, gamma, hypergeometric, images,
    negative_binomial, poisson, ziggurat,
};

trait Word: Copy {
    const KIND: Kind;
    /// Bits of one number.
    type Item;
    fn from_word(word: u64) -> Self;
    fn into_word(self) -> u64;
    fn into_item(self) -> Self::Item;
}

macro_rules! words {
    ($($t:ty, $kind:ident, $item:ty, $word:ident => $from:expr, $x:ident => $into:expr;)*) => {$(
        impl Word for $t {
            const KIND: Kind = Kind::$kind;
            type Item = $item;
            fn from_word($word: u64) -> Self {
                $from
            }
            fn into_item(self) -> $item {
                let $x = self;
                $into
            }
            fn into_word(self) -> u64 {
                u64::from(self.into_item())
            }
        }
    )*};
}

words! {
    f64, F64, u64, word => f64::from_bits(word), x => x.to_bits();
    i64, I64, u64, word => word as i64, x => x as u64;
    f32, F32, u32, word => f32::from_bits(word as u32), x => x.to_bits();
}

/// Runs an expression for a source over the generator of a stream. What is compiled for `each` generator is quick on
/// all of them; for `usual` only the usual one of each way is, and the others are asked through [`Generator`]; `one` is
/// for a single number.
macro_rules! with_source {
    ($scope:ident, modern, $stream:ident, $s:ident => $run:expr) => {
        with_source!(@bits $scope, Pcg64, $stream, bits => { let $s = &mut Modern(&mut *bits); $run })
    };
    ($scope:ident, plain, $stream:ident, $s:ident => $run:expr) => {
        with_source!(@bits $scope, Pcg64, $stream, bits => { let $s = &mut *bits; $run })
    };
    ($scope:ident, legacy, $stream:ident, $s:ident => $run:expr) => {{
        let spare = &mut $stream.spare;
        with_source!(@bits $scope, Mt19937, $stream, bits => { let $s = &mut Legacy(&mut *bits, &mut *spare); $run })
    }};
    (@bits each, $usual:ident, $stream:ident, $bits:ident => $run:expr) => {
        each_generator_apart!(&mut $stream.bits, $bits => $run)
    };
    (@bits usual, Pcg64, $stream:ident, $bits:ident => $run:expr) => {
        match &mut $stream.bits {
            Generator::Pcg64(own) => {
                // The state of a copy stays in registers, whatever functions are called in between.
                let mut copy = *own;
                let $bits = &mut copy;
                $run;
                *own = copy;
            }
            $bits => $run,
        }
    };
    (@bits usual, Mt19937, $stream:ident, $bits:ident => $run:expr) => {
        match &mut $stream.bits {
            Generator::Mt19937(own) => {
                let mut copy = own.run();
                let $bits = &mut copy;
                $run;
                copy.end();
            }
            $bits => $run,
        }
    };
    (@bits usual, $usual:ident, $stream:ident, $bits:ident => $run:expr) => {
        match &mut $stream.bits {
            Generator::$usual($bits) => $run,
            $bits => $run,
        }
    };
    (@bits one, $usual:ident, $stream:ident, $bits:ident => $run:expr) => {{
        let $bits = &mut $stream.bits;
        $run
    }};
}

/// What draws one number of a law from a source, once its parameters are known.
macro_rules! drawer {
    ($p:ident, $many:expr, $law:path, (), $($prepared:tt)*) => { drawer!(@ $many, $law, [], $($prepared)*) };
    ($p:ident, $many:expr, $law:path, ($a:ty), $($prepared:tt)*) => {
        drawer!(@ $many, $law, [<$a>::from_word($p[0])], $($prepared)*)
    };
    ($p:ident, $many:expr, $law:path, ($a:ty, $b:ty), $($prepared:tt)*) => {
        drawer!(@ $many, $law, [<$a>::from_word($p[0]), <$b>::from_word($p[1])], $($prepared)*)
    };
    ($p:ident, $many:expr, $law:path, ($a:ty, $b:ty, $c:ty), $($prepared:tt)*) => {
        drawer!(@ $many, $law, [<$a>::from_word($p[0]), <$b>::from_word($p[1]), <$c>::from_word($p[2])], $($prepared)*)
    };
    (@ $many:expr, $law:path, [$($value:expr),*], plainly) => { |s: &mut _| $law(s, $($value),*) };
    (@ $many:expr, $law:path, [$($value:expr),*], prepared) => {{
        let it = Prepared::for_many($law($($value),*), $many);
        move |s: &mut _| it.draw(s)
    }};
    (@ $many:expr, $law:path, [$($value:expr),*], prepared_modern) => { drawer!(@ $many, $law, [false, $($value),*], prepared) };
    (@ $many:expr, $law:path, [$($value:expr),*], prepared_legacy) => { drawer!(@ $many, $law, [true, $($value),*], prepared) };
}

macro_rules! fill {
    (f32, $run:expr) => {
        Fill::Narrow($run)
    };
    ($other:ident, $run:expr) => {
        Fill::Wide($run)
    };
}

#[inline(always)]
fn many<S, T: Word>(s: &mut S, out: &mut [T::Item], draw: impl Fn(&mut S) -> T) {
    for x in out {
        *x = draw(s).into_item();
    }
}

#[inline(always)]
fn one<S, T: Word>(s: &mut S, draw: impl Fn(&mut S) -> T) -> u64 {
    draw(s).into_word()
}

macro_rules! laws {
    ($scope:ident $how:ident: $($name:literal $way:ident $law:path: ($($kind:ty),*) -> $gives:ident;)*) => {
        &[$(Law {
            name: $name,
            takes: &[$(<$kind as Word>::KIND),*],
            gives: <$gives as Word>::KIND,
            draw: |stream, _p| {
                with_source!(one, $way, stream, s => one::<_, $gives>(s, drawer!(_p, 1, $law, ($($kind),*), $how)))
            },
            fill: fill!($gives, |stream, _p, out| {
                with_source!($scope, $way, stream, s =>
                    {
                        let draw = drawer!(_p, out.len(), $law, ($($kind),*), $how);
                        many::<_, $gives>(s, out, draw);
                    })
            }),
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

fn unit_f32<B: Bits>(bits: &mut B) -> f32 {
    bits.next_f32()
}

fn positive<B: Bits>(bits: &mut B) -> i64 {
    (bits.next_u64() >> 1) as i64
}

/// Uniform numbers, each from one word.
static UNITS: &[Law] = &[Law {
    name: "random",
    takes: &[],
    gives: Kind::F64,
    draw: |stream, _| unit(&mut Modern(&mut stream.bits)).to_bits(),
    fill: Fill::Wide(|stream, _, out| fills::units(stream, out)),
}];

/// Normal numbers of `RandomState`.
static POLAR: &[Law] = &[
    Law {
        name: "legacy_standard_normal",
        takes: &[],
        gives: Kind::F64,
        draw: |stream, _| {
            Legacy(&mut stream.bits, &mut stream.spare)
                .normal()
                .to_bits()
        },
        fill: Fill::Wide(|stream, _, out| fills::normals_by_polar(stream, out, |x| x)),
    },
    Law {
        name: "legacy_normal",
        takes: &[Kind::F64, Kind::F64],
        gives: Kind::F64,
        draw: |stream, p| {
            let source = &mut Legacy(&mut stream.bits, &mut stream.spare);
            continuous::normal(source, f64::from_word(p[0]), f64::from_word(p[1])).to_bits()
        },
        fill: Fill::Wide(|stream, p, out| {
            let (loc, scale) = (f64::from_word(p[0]), f64::from_word(p[1]));
            fills::normals_by_polar(stream, out, |x| loc + scale * x);
        }),
    },
];

/// The laws that are drawn most.
static HOT: &[Law] = laws! { each plainly:
    "standard_normal" modern standard_normal: () -> f64;
    "standard_exponential" modern standard_exponential: () -> f64;
    "positive" plain positive: () -> i64;
    "random_f32" plain unit_f32: () -> f32;
    "standard_normal_f32" plain ziggurat::normal_f32: () -> f32;
    "standard_exponential_f32" plain ziggurat::exponential_f32: () -> f32;
    "uniform" modern continuous::uniform: (f64, f64) -> f64;
    "exponential" modern exponential: (f64) -> f64;
    "normal" modern continuous::normal: (f64, f64) -> f64;
};

/// Laws whose constants are found once for many numbers.
static PREPARED: [&[Law]; 3] = [
    laws! { usual prepared:
        "poisson" modern poisson::Poisson::new: (f64) -> i64;
        "legacy_poisson" legacy poisson::Poisson::new: (f64) -> i64;
        "negative_binomial" modern negative_binomial::NegativeBinomial::new: (f64, f64) -> i64;
        "legacy_negative_binomial" legacy negative_binomial::NegativeBinomial::new: (f64, f64) -> i64;
    },
    laws! { usual prepared_modern:
        "binomial" modern binomial::Binomial::new: (i64, f64) -> i64;
        "geometric" modern discrete::Geometric::new: (f64) -> i64;
        "logseries" modern discrete::LogSeries::new: (f64) -> i64;
        "zipf" modern discrete::Zipf::new: (f64) -> i64;
        "hypergeometric" modern hypergeometric::Hypergeometric::new: (i64, i64, i64) -> i64;
    },
    laws! { usual prepared_legacy:
        "legacy_binomial" legacy binomial::Binomial::new: (i64, f64) -> i64;
        "legacy_geometric" legacy discrete::Geometric::new: (f64) -> i64;
        "legacy_logseries" legacy discrete::LogSeries::new: (f64) -> i64;
        "legacy_zipf" legacy discrete::Zipf::new: (f64) -> i64;
        "legacy_hypergeometric" legacy hypergeometric::Hypergeometric::new: (i64, i64, i64) -> i64;
    },
];

static LAWS: &[Law] = laws! { usual plainly:
    "standard_exponential_inverted_f32" plain ziggurat::inverted_exponential_f32: () -> f32;
    "standard_gamma_f32" plain gamma::standard_gamma_f32: (f32) -> f32;
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
    "standard_cauchy" modern continuous::standard_cauchy: () -> f64;
    "legacy_standard_cauchy" legacy continuous::standard_cauchy: () -> f64;
    "wald" modern continuous::wald: (f64, f64) -> f64;
    "legacy_wald" legacy continuous::wald: (f64, f64) -> f64;
    "vonmises" modern continuous::vonmises: (f64, f64) -> f64;
    "legacy_vonmises" legacy continuous::vonmises: (f64, f64) -> f64;
    "triangular" modern continuous::triangular: (f64, f64, f64) -> f64;
    "legacy_triangular" legacy continuous::triangular: (f64, f64, f64) -> f64;
};

/// A law by name.
pub fn law(name: &str) -> Option<&'static Law> {
    UNITS
        .iter()
        .chain(POLAR)
        .chain(HOT)
        .chain(PREPARED.into_iter().flatten())
        .chain(images::LAWS)
        .chain(LAWS)
        .find(|law| law.name == name)
}

/// Goes through the rows of a result with a source of either way.
macro_rules! rows {
    ($stream:ident, $legacy:ident, $out:ident, $width:expr, $s:ident, $row:ident => $run:expr) => {
        if $legacy {
            with_source!(usual, legacy, $stream, source => {
                for $row in $out.chunks_exact_mut($width) {
                    let $s = &mut *source;
                    $run;
                }
            })
        } else {
            with_source!(usual, modern, $stream, source => {
                for $row in $out.chunks_exact_mut($width) {
                    let $s = &mut *source;
                    $run;
                }
            })
        }
    };
}

impl Stream {
    /// Rows of counts of trials among kinds with probabilities `p`; `n` gives the trials of each row.
    pub fn multinomial(
        &mut self,
        legacy: bool,
        n: &mut dyn Iterator<Item = i64>,
        p: &[f64],
        out: &mut [i64],
    ) {
        let mut law = Multinomial::new(legacy, p);
        rows!(self, legacy, out, p.len(), s, row => {
            row.fill(0);
            law.draw(s, n.next().unwrap_or(0), row);
        });
    }

    /// Rows of shares with concentrations `alpha`; see [`Dirichlet`].
    pub fn dirichlet(&mut self, legacy: bool, alpha: &[f64], tails: &[f64], out: &mut [f64]) {
        let law = Dirichlet::new(alpha, tails);
        rows!(self, legacy, out, alpha.len(), s, row => law.draw(s, row));
    }

    /// Rows of counts of a sample from several kinds, one law after the other.
    pub fn multivariate_hypergeometric(&mut self, colors: &[i64], sample: i64, out: &mut [i64]) {
        for row in out.chunks_exact_mut(colors.len()) {
            row.fill(0);
            hypergeometric::multivariate(&mut Modern(&mut self.bits), colors, sample, row);
        }
    }

    /// The same by moving items about; see [`hypergeometric::multivariate_by_items`].
    pub fn multivariate_hypergeometric_by_items(
        &mut self,
        colors: &[i64],
        items: &mut [usize],
        sample: usize,
        out: &mut [i64],
    ) {
        for row in out.chunks_exact_mut(colors.len()) {
            row.fill(0);
            let source = &mut Modern(&mut self.bits);
            hypergeometric::multivariate_by_items(source, colors, items, sample, row);
        }
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
