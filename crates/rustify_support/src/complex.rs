//! `complex` arithmetic by the interpreter's own formulas.

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, overflow_error, zero_division_error};
use super::handed_on::{given, taken};
use super::obj::Obj;
use super::value::{Value, guard, is_exactly, unfit};

/// A `complex` number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex {
    /// The real part.
    pub real: f64,
    /// The imaginary part.
    pub imag: f64,
}

impl Complex {
    /// `self.real`.
    pub fn real_part(self) -> f64 {
        self.real
    }

    /// `self.imag`.
    pub fn imag_part(self) -> f64 {
        self.imag
    }
}

impl Value for Complex {
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        guard!(object, ffi::PyComplex_Type);
        // SAFETY: exactly a `complex`.
        let c = unsafe { ffi::PyComplex_AsCComplex(object) };
        Ok(taken(Self {
            real: c.real,
            imag: c.imag,
        }))
    }
    fn into_obj(self) -> Res<Obj> {
        given(self)?;
        // SAFETY: makes a `complex`.
        unsafe { Obj::owned(ffi::PyComplex_FromDoubles(self.real, self.imag)) }
    }
}

/// What arithmetic of complex numbers takes: from Python 3.14 on real operands have rules of their own.
pub trait Operand {
    /// As a complex number.
    fn complex(self) -> Res<Complex>;
}

impl Operand for Complex {
    #[inline]
    fn complex(self) -> Res<Complex> {
        Ok(self)
    }
}

impl Operand for f64 {
    #[inline]
    fn complex(self) -> Res<Complex> {
        if cfg!(Py_3_14) {
            Err(Exc::GIVE_UP)
        } else {
            Ok(Complex {
                real: self,
                imag: 0.0,
            })
        }
    }
}

/// `a + b`.
#[inline]
pub fn add(a: impl Operand, b: impl Operand) -> Res<Complex> {
    let (a, b) = (a.complex()?, b.complex()?);
    Ok(Complex {
        real: a.real + b.real,
        imag: a.imag + b.imag,
    })
}

/// `a - b`.
#[inline]
pub fn sub(a: impl Operand, b: impl Operand) -> Res<Complex> {
    let (a, b) = (a.complex()?, b.complex()?);
    Ok(Complex {
        real: a.real - b.real,
        imag: a.imag - b.imag,
    })
}

/// `a * b`; from Python 3.14 on results that are not finite are mended there.
#[inline]
pub fn mul(a: impl Operand, b: impl Operand) -> Res<Complex> {
    let (a, b) = (a.complex()?, b.complex()?);
    let product = Complex {
        real: a.real * b.real - a.imag * b.imag,
        imag: a.real * b.imag + a.imag * b.real,
    };
    if cfg!(Py_3_14) && product.real.is_nan() && product.imag.is_nan() {
        return Err(Exc::GIVE_UP);
    }
    Ok(product)
}

/// `a / b`, scaled by the larger part of the divisor (Smith, CACM 5 (1962), algorithm 116).
pub fn true_div(a: impl Operand, b: impl Operand) -> Res<Complex> {
    let (a, b) = (a.complex()?, b.complex()?);
    if b.real == 0.0 && b.imag == 0.0 {
        return Err(zero_division_error());
    }
    let quotient = if b.real.abs() >= b.imag.abs() {
        let ratio = b.imag / b.real;
        let scale = b.real + b.imag * ratio;
        Complex {
            real: (a.real + a.imag * ratio) / scale,
            imag: (a.imag - a.real * ratio) / scale,
        }
    } else if b.imag.abs() >= b.real.abs() {
        let ratio = b.real / b.imag;
        let scale = b.real * ratio + b.imag;
        Complex {
            real: (a.real * ratio + a.imag) / scale,
            imag: (a.imag * ratio - a.real) / scale,
        }
    } else {
        Complex {
            real: f64::NAN,
            imag: f64::NAN,
        }
    };
    if cfg!(Py_3_14) && (quotient.real.is_nan() || quotient.imag.is_nan()) {
        return Err(Exc::GIVE_UP);
    }
    Ok(quotient)
}

/// `-a`.
#[inline]
pub fn neg(a: Complex) -> Complex {
    Complex {
        real: -a.real,
        imag: -a.imag,
    }
}

/// `a.conjugate()`.
#[inline]
pub fn conjugate(a: Complex) -> Complex {
    Complex {
        real: a.real,
        imag: -a.imag,
    }
}

/// `abs(a)`.
#[inline]
pub fn abs(a: Complex) -> Res<f64> {
    unsafe extern "C" {
        safe fn hypot(x: f64, y: f64) -> f64;
    }
    let size = hypot(a.real, a.imag);
    if size.is_infinite() && a.real.is_finite() && a.imag.is_finite() {
        return Err(overflow_error());
    }
    Ok(size)
}
