//! Core dimensions of generalized ufuncs: the signature, and what sizes the operands give it.

use smallvec::SmallVec;

use super::table::Ufunc;
use crate::dims::Dims;
use crate::error::{Error, Result};

/// A parsed signature such as `(m?,n),(n,p?)->(m?,p?)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// For every operand, inputs first, the distinct dimensions it has, by position in `dims`.
    pub operands: SmallVec<[SmallVec<[u8; 4]>; 4]>,
    /// The distinct dimensions, in order of appearance.
    pub dims: SmallVec<[CoreDim; 4]>,
}

/// One distinct core dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoreDim {
    name: SmallVec<[u8; 8]>,
    /// The size that the signature fixes.
    pub fixed: Option<isize>,
    /// Whether an operand may lack it (`?`).
    pub flexible: bool,
}

impl Signature {
    /// Parses the signature of a declaration.
    pub fn parse(text: &str) -> Result<Self> {
        let bad = || Error::value(format!("invalid gufunc signature {text}"));
        let mut signature = Self::default();
        let mut open = false;
        let mut word: SmallVec<[u8; 8]> = SmallVec::new();
        for &c in text.as_bytes() {
            match c {
                b'(' if !open => {
                    open = true;
                    signature.operands.push(SmallVec::new());
                }
                b',' | b')' if open => {
                    if !word.is_empty() {
                        signature.add(std::mem::take(&mut word)).ok_or_else(bad)?;
                    }
                    open = c == b',';
                }
                b' ' => {}
                b',' | b'-' | b'>' if !open => {}
                _ if open => word.push(c),
                _ => return Err(bad()),
            }
        }
        if open { Err(bad()) } else { Ok(signature) }
    }

    fn add(&mut self, mut word: SmallVec<[u8; 8]>) -> Option<()> {
        let flexible = word.last() == Some(&b'?');
        if flexible {
            word.pop();
        }
        let at = if let Some(at) = self.dims.iter().position(|d| d.name == word) {
            at
        } else {
            let fixed = std::str::from_utf8(&word).ok()?.parse().ok();
            self.dims.push(CoreDim {
                name: word,
                fixed,
                flexible,
            });
            self.dims.len() - 1
        };
        self.operands.last_mut()?.push(at as u8);
        Some(())
    }
}

/// The sizes of the core dimensions of one call.
#[derive(Clone, Debug)]
pub struct CoreSizes {
    /// The size of each distinct dimension; 1 for one that is left out.
    pub sizes: Dims,
    /// Which flexible dimensions are left out.
    pub missing: SmallVec<[bool; 4]>,
}

/// An operand of a call as this module sees it.
pub(super) struct Shaped<'a> {
    /// Its position among all operands.
    pub(super) at: usize,
    /// Its shape.
    pub(super) shape: &'a [isize],
}

fn side(ufunc: &Ufunc, at: usize) -> (&'static str, usize) {
    if at < ufunc.nin {
        ("Input", at)
    } else {
        ("Output", at - ufunc.nin)
    }
}

/// Which flexible dimensions must be left out so that every operand has enough axes. `keepdims` outputs are not asked.
pub(super) fn leave_out(
    ufunc: &Ufunc,
    signature: &Signature,
    operands: &[Shaped<'_>],
) -> Result<SmallVec<[bool; 4]>> {
    let mut missing: SmallVec<[bool; 4]> = SmallVec::from_elem(false, signature.dims.len());
    for op in operands {
        let core = &signature.operands[op.at];
        let count = |missing: &[bool]| core.iter().filter(|&&d| !missing[d as usize]).count();
        for &d in core {
            if op.shape.len() >= count(&missing) {
                break;
            }
            if signature.dims[d as usize].flexible {
                missing[d as usize] = true;
            }
        }
        let needed = count(&missing);
        if op.shape.len() < needed {
            let (side, at) = side(ufunc, op.at);
            return Err(Error::value(format!(
                "{}: {side} operand {at} does not have enough dimensions (has {}, gufunc core with signature {} \
                 requires {needed})",
                ufunc.name,
                op.shape.len(),
                ufunc.signature.unwrap_or_default(),
            )));
        }
    }
    Ok(missing)
}

/// Takes the sizes of core dimensions from the operands; `core_shape(i)` are the core lengths of `operands[i]`.
pub(super) fn measure(
    ufunc: &Ufunc,
    signature: &Signature,
    missing: SmallVec<[bool; 4]>,
    operands: &[(usize, Dims)],
) -> Result<CoreSizes> {
    let mut sizes: Dims = signature
        .dims
        .iter()
        .zip(&missing)
        .map(|(d, &m)| if m { 1 } else { d.fixed.unwrap_or(-1) })
        .collect();
    for (at, lengths) in operands {
        let own = signature.operands[*at]
            .iter()
            .filter(|&&d| !missing[d as usize]);
        for (position, (&d, &len)) in own.zip(lengths).enumerate() {
            let size = &mut sizes[d as usize];
            if *size < 0 {
                *size = len;
            } else if *size != len {
                let (side, at) = side(ufunc, *at);
                return Err(Error::value(format!(
                    "{}: {side} operand {at} has a mismatch in its core dimension {position}, with gufunc signature \
                     {} (size {len} is different from {size})",
                    ufunc.name,
                    ufunc.signature.unwrap_or_default(),
                )));
            }
        }
    }
    if let Some(d) = sizes.iter().position(|&s| s < 0) {
        let at = (ufunc.nin..ufunc.nargs())
            .find(|&o| signature.operands[o].contains(&(d as u8)))
            .unwrap_or(ufunc.nin);
        return Err(Error::value(format!(
            "{}: Output operand {} has core dimension {d} unspecified, with gufunc signature {}",
            ufunc.name,
            at - ufunc.nin,
            ufunc.signature.unwrap_or_default(),
        )));
    }
    Ok(CoreSizes { sizes, missing })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_parse() {
        let s = Signature::parse("(m?,n),(n,p?)->(m?,p?)").expect("valid");
        assert_eq!(s.dims.len(), 3);
        assert_eq!(s.operands[2].as_slice(), [0, 2]);
        assert!(s.dims[0].flexible && !s.dims[1].flexible);
        let s = Signature::parse("(3),(3)->()").expect("valid");
        assert_eq!(s.dims[0].fixed, Some(3));
        assert_eq!(s.operands[2].len(), 0);
        assert!(Signature::parse("(a,b").is_err());
    }
}
