//! Functions of complex numbers: those of C's `complex.h` from the platform's libm, the rest by formula.
//!
//! Windows has no such functions in a form that can be called, and uses those of `num-complex`.

use numpy_rs_elements::Complex;
use numpy_rs_elements::real::Real;

use crate::complexes::{divide, multiply};

/// Complex numbers that have the functions of `complex.h`.
#[expect(
    missing_docs,
    reason = "the functions are those of complex.h, under NumPy's names"
)]
pub trait ComplexMath: Copy + 'static {
    fn sqrt(self) -> Self;
    fn exp(self) -> Self;
    fn log(self) -> Self;
    fn sin(self) -> Self;
    fn cos(self) -> Self;
    fn tan(self) -> Self;
    fn arcsin(self) -> Self;
    fn arccos(self) -> Self;
    fn arctan(self) -> Self;
    fn sinh(self) -> Self;
    fn cosh(self) -> Self;
    fn tanh(self) -> Self;
    fn arcsinh(self) -> Self;
    fn arccosh(self) -> Self;
    fn arctanh(self) -> Self;
    /// The general power, without the cases that [`power`] takes first.
    fn general_power(self, exponent: Self) -> Self;
}

#[cfg(unix)]
mod platform {
    use super::*;

    macro_rules! from_libm {
        ($t:ty, $pow:ident, $($name:ident = $c:ident)*) => {
            unsafe extern "C" {
                $(safe fn $c(z: Complex<$t>) -> Complex<$t>;)*
                safe fn $pow(z: Complex<$t>, w: Complex<$t>) -> Complex<$t>;
            }
            impl ComplexMath for Complex<$t> {
                $(
                    #[inline]
                    fn $name(self) -> Self { $c(self) }
                )*
                #[inline]
                fn general_power(self, exponent: Self) -> Self { $pow(self, exponent) }
            }
        };
    }

    from_libm! { f64, cpow, sqrt = csqrt exp = cexp log = clog sin = csin cos = ccos tan = ctan arcsin = casin
    arccos = cacos arctan = catan sinh = csinh cosh = ccosh tanh = ctanh arcsinh = casinh arccosh = cacosh
    arctanh = catanh }
    from_libm! { f32, cpowf, sqrt = csqrtf exp = cexpf log = clogf sin = csinf cos = ccosf tan = ctanf
    arcsin = casinf arccos = cacosf arctan = catanf sinh = csinhf cosh = ccoshf tanh = ctanhf arcsinh = casinhf
    arccosh = cacoshf arctanh = catanhf }

    #[cfg(target_arch = "x86_64")]
    mod extended {
        use numpy_rs_elements::LongDouble;
        use numpy_rs_elements::longdouble::Function;

        use super::*;

        macro_rules! from_libm_extended {
            ($($name:ident = $c:ident)*) => {
                unsafe extern "C" {
                    $(fn $c();)*
                    fn cpowl();
                }
                impl ComplexMath for Complex<LongDouble> {
                    $(fn $name(self) -> Self {
                        // SAFETY: a function of complex.h with this signature.
                        let (re, im) = unsafe { LongDouble::call_complex($c as Function, &[self.re, self.im]) };
                        Complex::new(re, im)
                    })*
                    fn general_power(self, exponent: Self) -> Self {
                        let operands = [self.re, self.im, exponent.re, exponent.im];
                        // SAFETY: as above.
                        let (re, im) = unsafe { LongDouble::call_complex(cpowl as Function, &operands) };
                        Complex::new(re, im)
                    }
                }
            };
        }

        from_libm_extended! { sqrt = csqrtl exp = cexpl log = clogl sin = csinl cos = ccosl tan = ctanl
        arcsin = casinl arccos = cacosl arctan = catanl sinh = csinhl cosh = ccoshl tanh = ctanhl
        arcsinh = casinhl arccosh = cacoshl arctanh = catanhl }
    }
}

#[cfg(not(unix))]
mod platform {
    use super::*;

    macro_rules! from_crate {
        ($t:ty, $($name:ident = $method:ident)*) => {
            impl ComplexMath for Complex<$t> {
                $(
                    #[inline]
                    fn $name(self) -> Self { Complex::<$t>::$method(self) }
                )*
                #[inline]
                fn general_power(self, exponent: Self) -> Self { self.powc(exponent) }
            }
        };
    }

    from_crate! { f64, sqrt = sqrt exp = exp log = ln sin = sin cos = cos tan = tan arcsin = asin arccos = acos
    arctan = atan sinh = sinh cosh = cosh tanh = tanh arcsinh = asinh arccosh = acosh arctanh = atanh }
    from_crate! { f32, sqrt = sqrt exp = exp log = ln sin = sin cos = cos tan = tan arcsin = asin arccos = acos
    arctan = atan sinh = sinh cosh = cosh tanh = tanh arcsinh = asinh arccosh = acosh arctanh = atanh }
}

macro_rules! functions {
    ($($name:ident)*) => {$(
        /// The function of [`ComplexMath`].
        #[inline]
        pub fn $name<F>(a: Complex<F>) -> Complex<F> where Complex<F>: ComplexMath { ComplexMath::$name(a) }
    )*};
}

functions! { sqrt exp log sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh }

fn scaled<F: Real>(a: Complex<F>, by: F) -> Complex<F> {
    Complex::new(a.re * by, a.im * by)
}

/// `2**a`
pub fn exp2<F: Real>(a: Complex<F>) -> Complex<F>
where
    Complex<F>: ComplexMath,
{
    ComplexMath::exp(scaled(a, F::from_f64(2.0).log()))
}

/// `exp(a) - 1`, exact for small `a`.
pub fn expm1<F: Real>(a: Complex<F>) -> Complex<F> {
    let half_sine = (a.im / F::from_f64(2.0)).sin();
    let two = F::from_f64(2.0);
    Complex::new(
        a.re.expm1() * a.im.cos() - two * half_sine * half_sine,
        a.re.exp() * a.im.sin(),
    )
}

/// The logarithm to base 2.
pub fn log2<F: Real>(a: Complex<F>) -> Complex<F>
where
    Complex<F>: ComplexMath,
{
    scaled(ComplexMath::log(a), F::ONE / F::from_f64(2.0).log())
}

/// The logarithm to base 10.
pub fn log10<F: Real>(a: Complex<F>) -> Complex<F>
where
    Complex<F>: ComplexMath,
{
    scaled(ComplexMath::log(a), F::ONE / F::from_f64(10.0).log())
}

/// `log(1 + a)`
pub fn log1p<F: Real>(a: Complex<F>) -> Complex<F> {
    let re = a.re + F::ONE;
    Complex::new(re.hypot(a.im).log(), a.im.arctan2(re))
}

/// `a ** b`; small whole exponents multiply out, and powers of zero follow NumPy.
pub fn power<F: Real>(a: Complex<F>, b: Complex<F>) -> Complex<F>
where
    Complex<F>: ComplexMath,
{
    let zero = F::ZERO;
    if b.re == zero && b.im == zero {
        return Complex::new(F::ONE, zero);
    }
    if a.re == zero && a.im == zero {
        return if b.re > zero {
            Complex::new(zero, zero)
        } else {
            Complex::new(F::NAN, F::NAN)
        };
    }
    if b.im == zero && b.re == b.re.trunc() && b.re.abs() < F::from_f64(100.0) {
        let exponent = b.re.to_f64() as i32;
        match exponent {
            1 => return a,
            2 => return multiply(a, a),
            3 => return multiply(a, multiply(a, a)),
            _ => {}
        }
        let mut rest = exponent.unsigned_abs();
        let mut out = Complex::new(F::ONE, zero);
        let mut base = a;
        loop {
            if rest & 1 == 1 {
                out = multiply(out, base);
            }
            rest >>= 1;
            if rest == 0 {
                break;
            }
            base = multiply(base, base);
        }
        return if exponent < 0 {
            divide(Complex::new(F::ONE, zero), out)
        } else {
            out
        };
    }
    a.general_power(b)
}
