//! The typed tree between Python and Rust: structured control flow, operations of the support source, and for each
//! of them whether it can fail.

use std::collections::BTreeMap;

use crate::types::{Scalar, Ty};

/// A local variable of a function.
pub type Local = usize;

/// An expression with its type.
#[derive(Clone, Debug)]
pub struct Expr {
    /// The type of its value.
    pub ty: Ty,
    /// How the value comes about.
    pub node: Node,
}

/// How an operation takes an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// The value itself.
    Own,
    /// A reference to it.
    Ref,
}

/// How a value comes about.
#[derive(Clone, Debug)]
pub enum Node {
    /// A variable; one that may have no value yet is checked.
    Local(Local),
    /// A literal that Rust writes as it stands.
    Literal(String),
    /// A constant object of the program, by its number.
    Constant(usize),
    /// A name outside the function, by its number.
    Capture(usize),
    /// A function of the support source.
    Call {
        /// Its path, with type arguments where they are needed.
        path: String,
        /// Its arguments.
        args: Vec<(Pass, Expr)>,
        /// Whether it can fail.
        fails: bool,
    },
    /// A method of a value of the support source.
    Method {
        /// The receiver.
        receiver: Box<Expr>,
        /// The method's name, with type arguments where they are needed.
        name: String,
        /// Its arguments.
        args: Vec<(Pass, Expr)>,
        /// Whether it can fail.
        fails: bool,
    },
    /// A variable that a function inside this one changes, by reference.
    Borrow(Local),
    /// A call of a translated function, by its number.
    Function(usize, Vec<Expr>),
    /// An operation that Rust has, on values that cannot make it fail.
    Infix(&'static str, Box<Expr>, Box<Expr>),
    /// An operation on one value.
    Prefix(&'static str, Box<Expr>),
    /// A tuple of known length.
    Tuple(Vec<Expr>),
    /// An array of arguments.
    Array(Vec<Expr>),
    /// An item of a tuple of known length.
    Field(Box<Expr>, usize),
    /// One value or the other.
    Choice(Box<Expr>, Box<Expr>, Box<Expr>),
    /// Statements, then a value.
    Block(Vec<Stmt>, Box<Expr>),
    /// A cast between Rust's numbers.
    As(Box<Expr>),
    /// An expression on whole arrays, computed element by element: its arrays, numbers and functions.
    Fused(Vec<Expr>, Box<Kernel>),
}

/// What an elementwise expression computes for each element.
#[derive(Clone, Debug)]
pub struct Kernel {
    /// What each operand of the node is.
    pub leaves: Vec<Leaf>,
    /// The element of the result.
    pub root: Term,
    /// The number of axes of the result.
    pub nd: usize,
}

/// An operand of an elementwise expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// An array of so many axes.
    Array(Scalar, usize),
    /// One number for all elements, as an item in memory.
    Number(Scalar),
    /// A function of NumPy by the program's own name for it.
    Function(&'static str),
}

/// A part of an elementwise expression, with the dtype of its values.
#[derive(Clone, Debug)]
pub struct Term {
    /// The dtype.
    pub dtype: Scalar,
    /// How values come about.
    pub op: Op,
}

/// How a value of an elementwise expression comes about.
#[derive(Clone, Debug)]
pub enum Op {
    /// An operand by its number.
    Leaf(usize),
    /// An operator of Rust on floats, or a method on whole numbers.
    Infix(&'static str, Box<Term>, Box<Term>),
    /// A method of Rust's numbers.
    Prefix(&'static str, Box<Term>),
    /// A comparison.
    Compare(&'static str, Box<Term>, Box<Term>),
    /// A value as one of another dtype.
    Cast(Box<Term>),
    /// One value or the other.
    Where(Box<Term>, Box<Term>, Box<Term>),
    /// An inner loop of NumPy: its name, and the operand that the program names it by.
    Ufunc(&'static str, Option<usize>, Vec<Term>),
}

/// Where the items of a loop come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A range: an iterator that cannot fail.
    Range(Expr),
    /// An iterator whose `next` answers `Res<Option<T>>`.
    Each(Expr),
}

/// A statement.
#[derive(Clone, Debug)]
pub enum Stmt {
    /// A variable takes a value.
    Assign(Local, Expr),
    /// An expression for its effects.
    Do(Expr),
    /// A condition.
    If(Expr, Vec<Stmt>, Vec<Stmt>),
    /// A loop over the items of sources, in step, into variables; `orelse` runs unless it was left by `break`.
    For {
        /// The number that names the loop.
        id: usize,
        /// Where items come from, and the variables they go to.
        sources: Vec<(Local, Source)>,
        /// The body.
        body: Vec<Stmt>,
        /// The `else` part.
        orelse: Vec<Stmt>,
    },
    /// A loop with a condition.
    While {
        /// The number that names the loop.
        id: usize,
        /// The condition.
        test: Expr,
        /// The body.
        body: Vec<Stmt>,
        /// The `else` part.
        orelse: Vec<Stmt>,
    },
    /// A variable loses its value.
    Unbind(Local),
    /// Leaves a loop; the flag tells that it has an `else` part.
    Break(usize),
    /// Goes on with a loop.
    Continue(usize),
    /// Leaves the function.
    Return(Expr),
    /// Raises an exception: an expression of the support type `Exc`.
    Raise(Expr),
    /// Raises the exception that is being handled again.
    Reraise(Local),
    /// `try`.
    Try {
        /// The number that names it.
        id: usize,
        /// The body.
        body: Vec<Stmt>,
        /// The classes that are caught (`Exc` expressions; none catches everything), and what runs then.
        handlers: Vec<(Vec<Expr>, Vec<Stmt>)>,
        /// What runs after a body without exception.
        orelse: Vec<Stmt>,
        /// What runs at the end in any case.
        finally: Vec<Stmt>,
        /// Holds the exception.
        error: Local,
    },
}

/// A variable of a function.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name in Rust.
    pub name: String,
    /// The type variable of its values.
    pub slot: usize,
    /// Whether it may be used before it has a value.
    pub maybe_unbound: bool,
    /// Whether it is declared where it is assigned, because Rust alone knows its type.
    pub in_place: bool,
    /// Whether it is a variable of the function around, by reference.
    pub by_ref: bool,
}

/// A translated function with one set of types.
#[derive(Clone, Debug, Default)]
pub struct Function {
    /// Its name in Rust.
    pub name: String,
    /// The parameters, the first of the variables; names of functions around come last.
    pub params: usize,
    /// Whether Python itself can call it.
    pub is_inner: bool,
    /// Its variables.
    pub locals: Vec<Variable>,
    /// Its statements.
    pub body: Vec<Stmt>,
    /// For a generator: the type variable of its items.
    pub gives: Option<usize>,
    /// Whether it calls itself, also over others.
    pub recursive: bool,
    /// Whether the lists of a call from Python are brought to Rust first.
    pub shaded: bool,
    /// Whether it may change a list.
    pub changes_lists: bool,
    /// Whether it touches no Python object.
    pub is_free: bool,
    /// Whether it, or what it calls, may make objects of numbers as they came in.
    pub hands_on: bool,
    /// Whether it has loops or calls itself, also over what it calls.
    pub is_long: bool,
    /// The loops that touch no Python object, with the lists that they read (false) or change (true).
    pub free_loops: BTreeMap<usize, BTreeMap<Local, bool>>,
}
