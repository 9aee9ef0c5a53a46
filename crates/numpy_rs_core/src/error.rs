//! Everything that can go wrong below the door, as data; the words are in `Display` alone.

use std::fmt;

use crate::dims::{Dims, ShapeText};
use crate::dtype::DType;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong. `Display` gives NumPy's wording; [`Error::kind`] the class of exception.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// An axis is out of range for an array of `ndim` dimensions.
    Axis { axis: isize, ndim: usize },
    /// As [`Error::Axis`] with a message made from data.
    AxisOwned(Box<str>),
    /// An axis was named twice; `what` is NumPy's prefix word such as `axis`.
    RepeatedAxis { what: &'static str },
    /// Shapes cannot be broadcast together.
    Broadcast(Box<[Dims]>),
    /// The shape of an operand cannot be broadcast to the shape of the output.
    BroadcastInto { from: Dims, to: Dims },
    /// An array of `size` elements cannot take a shape.
    Reshape { size: isize, shape: Dims },
    /// More than 64 dimensions.
    TooManyDimensions { ndim: usize },
    /// A size does not fit the address space.
    TooBig,
    /// A negative dimension.
    NegativeDimension,
    /// Memory of `bytes` bytes for an array could not be had.
    Memory(Box<(Dims, DType)>),
    /// Scratch memory could not be had.
    ScratchMemory,
    /// An index is out of bounds for an axis of `len` elements.
    IndexBounds {
        index: isize,
        axis: Option<usize>,
        len: isize,
    },
    /// No row of a ufunc takes these inputs; NumPy names their classes where its type resolution ended early.
    NoLoop {
        ufunc: &'static str,
        dtypes: Box<[DType]>,
        classes: bool,
    },
    /// An operand cannot be cast under the rule in force.
    Casting(Box<CastingError>),
    /// Two dtypes have no common dtype.
    Promotion(Box<[DType]>),
    /// A cast between these dtypes does not exist.
    NoCast(Box<(DType, DType)>),
    /// A reduction without identity met an empty axis.
    EmptyReduction { ufunc: &'static str },
    /// The array is read-only; `what` names it in NumPy's words, such as `assignment destination`.
    ReadOnly { what: &'static str },
    /// A shape has no elements where one is needed; `what` is the whole message.
    Value { what: &'static str },
    /// An argument of the wrong kind; `what` is the whole message.
    Type { what: &'static str },
    /// As [`Error::Value`] with a message made from data.
    ValueOwned(Box<str>),
    /// As [`Error::Type`] with a message made from data.
    TypeOwned(Box<str>),
    /// As an index error with a message made from data.
    Index(Box<str>),
    /// A value is out of range of its dtype; the whole message.
    Overflow(Box<str>),
    /// Something NumPy has that is not here yet; the whole message.
    Unsupported(Box<str>),
    /// Integers raised to negative integer powers.
    NegativeIntegerPower,
    /// An operation on objects failed; the door holds the exception.
    Object,
    /// The user asked to stop (Ctrl-C); the door raises `KeyboardInterrupt`.
    Interrupted,
}

/// The operand of a ufunc that cannot be cast.
#[derive(Clone, Debug)]
pub struct CastingError {
    /// The ufunc, if one is at work.
    pub ufunc: Option<&'static str>,
    /// The position of the operand among inputs or outputs, if there is more than one.
    pub operand: Option<usize>,
    /// Whether the operand is an input.
    pub input: bool,
    /// What the operand is.
    pub from: DType,
    /// What it would have to become.
    pub to: DType,
    /// The casting rule, in NumPy's word.
    pub casting: &'static str,
}

/// The class of an error: which exception the door raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the Python exception of that name")]
pub enum ErrorKind {
    Value,
    Type,
    Index,
    Axis,
    Memory,
    Overflow,
    NoLoop,
    Casting,
    Promotion,
    Unsupported,
    Object,
    Interrupted,
}

impl Error {
    /// A [`Error::Value`] from text made at run time.
    #[cold]
    pub fn value(message: impl Into<Box<str>>) -> Self {
        Self::ValueOwned(message.into())
    }

    /// A [`Error::Type`] from text made at run time.
    #[cold]
    pub fn type_error(message: impl Into<Box<str>>) -> Self {
        Self::TypeOwned(message.into())
    }

    /// The class of the error; exhaustive here so that a new variant cannot slip through at the door.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Broadcast(_)
            | Self::BroadcastInto { .. }
            | Self::Reshape { .. }
            | Self::TooManyDimensions { .. }
            | Self::TooBig
            | Self::NegativeDimension
            | Self::EmptyReduction { .. }
            | Self::ReadOnly { .. }
            | Self::RepeatedAxis { .. }
            | Self::NegativeIntegerPower
            | Self::Value { .. }
            | Self::ValueOwned(_) => ErrorKind::Value,
            Self::NoCast(_) | Self::Type { .. } | Self::TypeOwned(_) => ErrorKind::Type,
            Self::Axis { .. } | Self::AxisOwned(_) => ErrorKind::Axis,
            Self::IndexBounds { .. } | Self::Index(_) => ErrorKind::Index,
            Self::Memory(_) | Self::ScratchMemory => ErrorKind::Memory,
            Self::Overflow(_) => ErrorKind::Overflow,
            Self::NoLoop { .. } => ErrorKind::NoLoop,
            Self::Casting(_) => ErrorKind::Casting,
            Self::Promotion(_) => ErrorKind::Promotion,
            Self::Unsupported(_) => ErrorKind::Unsupported,
            Self::Object => ErrorKind::Object,
            Self::Interrupted => ErrorKind::Interrupted,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Axis { axis, ndim } => {
                write!(f, "axis {axis} is out of bounds for array of dimension {ndim}")
            }
            Self::RepeatedAxis { what } => write!(f, "repeated {what}"),
            Self::Broadcast(shapes) => {
                f.write_str("operands could not be broadcast together with shapes ")?;
                for s in shapes {
                    write!(f, "{} ", ShapeText(s, ","))?;
                }
                Ok(())
            }
            Self::BroadcastInto { from, to } => write!(
                f,
                "could not broadcast input array from shape {} into shape {}",
                ShapeText(from, ","),
                ShapeText(to, ",")
            ),
            Self::Reshape { size, shape } => {
                write!(f, "cannot reshape array of size {size} into shape {}", ShapeText(shape, ","))
            }
            Self::TooManyDimensions { ndim } => {
                write!(f, "maximum supported dimension for an ndarray is currently 64, found {ndim}")
            }
            Self::TooBig => f.write_str(
                "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.",
            ),
            Self::NegativeDimension => f.write_str("negative dimensions are not allowed"),
            Self::Memory(what) => {
                let (shape, dtype) = &**what;
                let bytes = shape.iter().fold(dtype.itemsize() as f64, |n, &d| n * d as f64);
                write!(
                    f,
                    "Unable to allocate {} for an array with shape {} and data type {}",
                    ByteSize(bytes),
                    ShapeText(shape, ", "),
                    dtype
                )
            }
            Self::ScratchMemory => f.write_str("Unable to allocate scratch memory"),
            Self::IndexBounds { index, axis, len } => match axis {
                Some(axis) => {
                    write!(f, "index {index} is out of bounds for axis {axis} with size {len}")
                }
                None => write!(f, "index {index} is out of bounds for size {len}"),
            },
            Self::NoLoop {
                ufunc,
                dtypes,
                classes,
            } => {
                let one = |d: &DType| if *classes { d.class_repr() } else { d.repr() };
                write!(f, "ufunc '{ufunc}' did not contain a loop with signature matching types ")?;
                match &**dtypes {
                    [only] => f.write_str(&one(only))?,
                    many => {
                        f.write_str("(")?;
                        for (i, d) in many.iter().enumerate() {
                            write!(f, "{}{}", if i > 0 { ", " } else { "" }, one(d))?;
                        }
                        f.write_str(")")?;
                    }
                }
                f.write_str(" -> None")
            }
            Self::Casting(e) => {
                let (from, to) = (e.from.repr(), e.to.repr());
                match e.ufunc {
                    Some(ufunc) => {
                        let side = if e.input { "input" } else { "output" };
                        write!(f, "Cannot cast ufunc '{ufunc}' {side} ")?;
                        if let Some(i) = e.operand {
                            write!(f, "{i} ")?;
                        }
                        write!(f, "from {from} to {to} with casting rule '{}'", e.casting)
                    }
                    None => write!(
                        f,
                        "Cannot cast array data from {from} to {to} according to the rule '{}'",
                        e.casting
                    ),
                }
            }
            Self::Promotion(dtypes) => {
                f.write_str("The DTypes ")?;
                for (i, d) in dtypes.iter().enumerate() {
                    if i > 0 {
                        f.write_str(" and ")?;
                    }
                    write!(f, "{}", d.class_repr())?;
                }
                f.write_str(
                    " do not have a common DType. For example they cannot be stored in a single array unless \
                     the dtype is `object`.",
                )
            }
            Self::NoCast(pair) => {
                write!(f, "Cannot cast array data from {} to {}.", pair.0.repr(), pair.1.repr())
            }
            Self::EmptyReduction { ufunc } => {
                write!(f, "zero-size array to reduction operation {ufunc} which has no identity")
            }
            Self::ReadOnly { what } => write!(f, "{what} is read-only"),
            Self::Value { what } | Self::Type { what } => f.write_str(what),
            Self::ValueOwned(s)
            | Self::TypeOwned(s)
            | Self::AxisOwned(s)
            | Self::Index(s)
            | Self::Overflow(s)
            | Self::Unsupported(s) => f.write_str(s),
            Self::NegativeIntegerPower => {
                f.write_str("Integers to negative integer powers are not allowed.")
            }
            Self::Object => f.write_str("an operation on a Python object failed"),
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for Error {}

/// A number of bytes with three significant digits and a binary unit, as in `7.45 GiB`.
pub struct ByteSize(pub f64);

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 7] = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        let (mut size, mut unit) = (self.0, 0);
        while size >= 1024.0 && unit < 6 {
            size /= 1024.0;
            unit += 1;
        }
        // A size such as 1023.9 rounds up to the next unit.
        if unit > 0
            && (999.5..1024.0).contains(&size)
            && unit < 6
            && (size / 1024.0 * 100.0).round() >= 100.0
        {
            size /= 1024.0;
            unit += 1;
        }
        match unit {
            0 => write!(f, "{size:.0} bytes"),
            _ if size < 9.995 => write!(f, "{size:.2} {}", UNITS[unit]),
            _ if size < 99.95 => write!(f, "{size:.1} {}", UNITS[unit]),
            _ => write!(f, "{size:.0} {}", UNITS[unit]),
        }
    }
}
