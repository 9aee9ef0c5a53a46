//! What writing a function knows on its way.

use std::collections::HashMap;

use super::moves::Reads;
use crate::ir::{Expr, Function, Local};
use crate::lower::unit::Unit;

/// A way out of statements that is no exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Out of a loop.
    Break(usize),
    /// To the next turn of a loop.
    Continue(usize),
    /// Out of the function with a value.
    Return(String),
}

/// A list that is looked at through a view.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// The list; none if this is an iterator.
    pub list: Option<Local>,
    /// The row of it, where one row is meant.
    pub row: Option<Row>,
    /// The name of the view.
    pub name: String,
    /// Whether the items are taken out of the list meanwhile.
    pub is_own: bool,
}

impl Seen {
    /// An iterator over a list that keeps its length.
    pub(super) fn walk(name: String) -> Self {
        Self {
            list: None,
            row: None,
            name,
            is_own: false,
        }
    }
}

/// What picks a row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A variable that the loop does not change.
    Local(Local),
    /// A number.
    Literal(String),
}

/// Where an error goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Handler {
    /// Out of the function.
    Caller,
    /// To the handlers of a `try`.
    Try(usize),
    /// To the `finally` of a `try`.
    Finally(usize),
}

/// Writes one function.
pub(super) struct Writer<'w, 'a> {
    pub(super) unit: &'w Unit<'a>,
    pub(super) function: &'w Function,
    pub(super) out: String,
    pub(super) indent: usize,
    pub(super) handlers: Vec<Handler>,
    /// Loops that have an `else` part.
    pub(super) with_else: Vec<usize>,
    /// How often each variable is read.
    pub(super) reads: Reads,
    /// The loops around, with the number of handlers around each.
    pub(super) loops: Vec<(usize, usize)>,
    /// Loops that go over their range part by part.
    pub(super) in_parts: Vec<usize>,
    /// Ways out that go over a `finally`.
    pub(super) exits: Vec<(usize, Exit)>,
    /// The exceptions that are being handled: their variables and the numbers of their `try`.
    pub(super) catching: Vec<(Local, usize)>,
    /// The type of the function's result.
    pub(super) result: String,
    /// The values that variables take.
    pub(super) assigned: HashMap<Local, Vec<&'w Expr>>,
    /// Lists that were made right before the loop that is about to be written.
    pub(super) fresh: Vec<Local>,
    /// Whether the loops around leave the length and the place of all lists alone.
    pub(super) calm: Vec<bool>,
    /// Lists that the loops around have looked up.
    pub(super) views: Vec<Seen>,
    /// The outermost loop around that touches no Python object.
    pub(super) free: Option<usize>,
}
