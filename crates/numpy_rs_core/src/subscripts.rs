//! Einstein summation subscripts: which label each axis of each operand carries, and those of the output.

use crate::error::{Error, Result};

/// A label: a letter, or an axis that an ellipsis stands for, counted from the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// An axis under an ellipsis; 0 is the last one.
    Broadcast(usize),
    /// A letter.
    Letter(char),
}

/// Labels of the operands and of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscripts {
    /// One list for each operand, a label for each axis.
    pub inputs: Vec<Vec<Label>>,
    /// The axes of the result.
    pub output: Vec<Label>,
}

/// One term before its ellipsis is filled in.
struct Term {
    before: Vec<char>,
    after: Option<Vec<char>>,
}

fn term(text: &str) -> Result<Term> {
    let mut before = Vec::new();
    let mut after: Option<Vec<char>> = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            ' ' => {}
            '.' => {
                if after.is_some() || rest.next() != Some('.') || rest.next() != Some('.') {
                    return Err(Error::Value {
                        what: "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...')",
                    });
                }
                after = Some(Vec::new());
            }
            c if c.is_ascii_alphabetic() => after.as_mut().unwrap_or(&mut before).push(c),
            c => {
                return Err(Error::value(format!(
                    "invalid subscript '{c}' in einstein sum subscripts string, subscripts must be letters"
                )));
            }
        }
    }
    Ok(Term { before, after })
}

fn labels(term: &Term, operand: usize, ndim: usize) -> Result<Vec<Label>> {
    let named = term.before.len() + term.after.as_ref().map_or(0, Vec::len);
    if named > ndim {
        return Err(Error::value(format!(
            "einstein sum subscripts string contains too many subscripts for operand {operand}"
        )));
    }
    if named < ndim && term.after.is_none() {
        return Err(Error::Value {
            what: "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to \
                   broadcast the extra dimensions.",
        });
    }
    let extra = ndim - named;
    let letters = |list: &[char]| list.iter().map(|&c| Label::Letter(c)).collect::<Vec<_>>();
    let mut all = letters(&term.before);
    all.extend((0..extra).rev().map(Label::Broadcast));
    all.extend(letters(term.after.as_deref().unwrap_or(&[])));
    Ok(all)
}

/// Parses `subscripts` for operands with these numbers of axes.
pub fn parse(subscripts: &str, ndims: &[usize]) -> Result<Subscripts> {
    let (left, right) = match subscripts.split_once("->") {
        Some((left, right)) => (left, Some(right)),
        None => (subscripts, None),
    };
    let terms: Vec<&str> = left.split(',').collect();
    match terms.len().cmp(&ndims.len()) {
        std::cmp::Ordering::Less => {
            return Err(Error::Value {
                what: "more operands provided to einstein sum function than specified in the subscripts string",
            });
        }
        std::cmp::Ordering::Greater => {
            return Err(Error::Value {
                what: "fewer operands provided to einstein sum function than specified in the subscripts string",
            });
        }
        std::cmp::Ordering::Equal => {}
    }
    let mut inputs = Vec::with_capacity(ndims.len());
    let mut n_broadcast = 0;
    for (i, (text, &ndim)) in terms.iter().zip(ndims).enumerate() {
        let found = labels(&term(text)?, i, ndim)?;
        let broadcast = found
            .iter()
            .filter(|l| matches!(l, Label::Broadcast(_)))
            .count();
        n_broadcast = n_broadcast.max(broadcast);
        inputs.push(found);
    }
    let output = match right {
        Some(text) => explicit(text, &inputs, n_broadcast)?,
        None => implicit(&inputs, n_broadcast),
    };
    Ok(Subscripts { inputs, output })
}

fn explicit(text: &str, inputs: &[Vec<Label>], n_broadcast: usize) -> Result<Vec<Label>> {
    let term = term(text)?;
    if term.after.is_none() && n_broadcast > 0 {
        return Err(Error::Value {
            what: "output has ellipsis dimensions in its inputs, but no '...' ellipsis provided in the output subscripts \
                   of einstein sum",
        });
    }
    let letters = |list: &[char]| list.iter().map(|&c| Label::Letter(c)).collect::<Vec<_>>();
    let mut output = letters(&term.before);
    output.extend((0..n_broadcast).rev().map(Label::Broadcast));
    output.extend(letters(term.after.as_deref().unwrap_or(&[])));
    for (i, label) in output.iter().enumerate() {
        let Label::Letter(c) = label else { continue };
        if output[..i].contains(label) {
            return Err(Error::value(format!(
                "einstein sum subscripts string includes output subscript '{c}' multiple times"
            )));
        }
        if !inputs.iter().any(|input| input.contains(label)) {
            return Err(Error::value(format!(
                "einstein sum subscripts string includes output subscript '{c}' which never appeared in an input"
            )));
        }
    }
    Ok(output)
}

/// Letters that appear once, in alphabetical order, behind the broadcast axes.
fn implicit(inputs: &[Vec<Label>], n_broadcast: usize) -> Vec<Label> {
    let mut letters: Vec<char> = inputs
        .iter()
        .flatten()
        .filter_map(|l| match l {
            Label::Letter(c) => Some(*c),
            Label::Broadcast(_) => None,
        })
        .collect();
    letters.sort_unstable();
    let once: Vec<char> = letters
        .iter()
        .copied()
        .filter(|c| letters.iter().filter(|d| *d == c).count() == 1)
        .collect();
    (0..n_broadcast)
        .rev()
        .map(Label::Broadcast)
        .chain(once.into_iter().map(Label::Letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Broadcast as B, Letter as L};

    #[test]
    fn implicit_output_is_alphabetical() {
        let s = parse("ba", &[2]).expect("valid");
        assert_eq!(s.output, [L('a'), L('b')]);
        let s = parse("ij,jk", &[2, 2]).expect("valid");
        assert_eq!(s.output, [L('i'), L('k')]);
    }

    #[test]
    fn an_ellipsis_stands_for_what_is_left() {
        let s = parse("...ij->...ji", &[4]).expect("valid");
        assert_eq!(s.inputs[0], [B(1), B(0), L('i'), L('j')]);
        assert_eq!(s.output, [B(1), B(0), L('j'), L('i')]);
        assert!(parse("i..", &[2]).is_err());
        assert!(parse("ij", &[3]).is_err());
        assert!(parse("i->ij", &[1]).is_err());
    }
}
