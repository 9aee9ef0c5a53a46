//! In which dtype to calculate, and in which to answer.

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::view::View;

use crate::error::{Error, Result};

/// The dtypes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Precision {
    /// Whether the calculation is complex.
    pub complex: bool,
    /// Whether the result is in single precision.
    pub single: bool,
}

/// The name by kind and width in bits.
fn by_width(num: TypeNum) -> String {
    let kind = if num.kind() == b'c' {
        "complex"
    } else {
        "float"
    };
    format!("{kind}{}", 8 * num.facts().itemsize)
}

impl Precision {
    /// Finds the dtypes for operands: integers and booleans count as `float64`; single precision stays only where all
    /// are in single precision.
    ///
    /// # Errors
    ///
    /// [`Error::Dtype`] for `float16` and `longdouble`; [`Error::NotNumbers`] for what is no number.
    pub fn of(function: &'static str, operands: &[&View<'_>]) -> Result<Self> {
        let (mut complex, mut single) = (false, true);
        for (i, operand) in operands.iter().enumerate() {
            let num = operand.dtype().num();
            match num {
                TypeNum::Float => {}
                TypeNum::CFloat => complex = true,
                TypeNum::Double => single = false,
                TypeNum::CDouble => (complex, single) = (true, false),
                n if n.is_number() && matches!(n.kind(), b'b' | b'i' | b'u') => single = false,
                n if n.is_number() => {
                    return Err(Error::Dtype(by_width(num).into()));
                }
                _ => {
                    return Err(Error::NotNumbers {
                        function,
                        operand: (operands.len() > 1).then_some(i),
                        dtype: operand.dtype().clone(),
                    });
                }
            }
        }
        Ok(Self { complex, single })
    }

    /// The dtype of results.
    pub fn result(self) -> DType {
        DType::new(match (self.complex, self.single) {
            (false, false) => TypeNum::Double,
            (false, true) => TypeNum::Float,
            (true, false) => TypeNum::CDouble,
            (true, true) => TypeNum::CFloat,
        })
    }

    /// The dtype of results that are real: norms, singular values.
    pub fn real_result(self) -> DType {
        Self {
            complex: false,
            ..self
        }
        .result()
    }
}
