//! The one shape of every inner loop: ufunc rows, casts and legacy C loops all meet here.

use numpy_rs_elements::fp_events::FpEvents;
use numpy_rs_elements::object::ObjectOps;

/// What a loop may know of its call besides pointers and counts.
#[derive(Clone, Copy)]
pub struct LoopContext<'a> {
    /// Size in bytes of one item of each operand, inputs first.
    pub itemsizes: &'a [usize],
    /// Whether floating-point events are wanted; when false a loop skips looking for them.
    pub watch: bool,
    /// Whether underflow is wanted too; read only when `watch` is set.
    pub watch_underflow: bool,
    /// The operations on objects; `None` where no operand is of object dtype.
    pub objects: Option<&'static ObjectOps>,
    /// Data of the row (a table of blocks, a legacy loop's `data`, a method name); meaning fixed by the row.
    /// Every call of a row passes that row's own `aux`.
    pub aux: *const u8,
    /// Threads that the loop may spread one large element over; `None` where it shall stay on this one.
    pub crew: Option<&'a dyn Crew>,
}

/// Why a loop stopped early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoopError {
    /// An operation on objects failed; the owner of the objects holds the error.
    Object,
    /// An integer was raised to a negative integer power.
    NegativeIntegerPower,
    /// A value does not fit the element type it was converted to.
    OutOfRange,
    /// Memory for scratch could not be had.
    Memory,
    /// The user asked to stop.
    Interrupted,
}

/// Threads that a loop may spread its own work over.
pub trait Crew: Sync {
    /// How many there are, the caller's included.
    fn threads(&self) -> usize;
    /// Runs `block(0)` to `block(n_blocks - 1)` on at most `threads` of them, in any order and at the same time; an error
    /// stops the rest.
    fn run(
        &self,
        threads: usize,
        n_blocks: usize,
        block: &(dyn Fn(usize) -> Result<(), LoopError> + Sync),
    ) -> Result<(), LoopError>;
}

/// How a loop ended.
#[derive(Clone, Copy, Debug, Default)]
pub struct LoopStatus {
    /// The events met, if `LoopContext::watch` asked for them.
    pub events: FpEvents,
    /// The error that stopped the loop; elements before it are written.
    pub error: Option<LoopError>,
}

impl LoopStatus {
    /// All elements done, no event.
    pub const OK: Self = Self {
        events: FpEvents::NONE,
        error: None,
    };

    /// All elements done, with events.
    #[inline]
    pub const fn with_events(events: FpEvents) -> Self {
        Self {
            events,
            error: None,
        }
    }

    /// Stopped by `error`.
    #[inline]
    pub const fn failed(error: LoopError) -> Self {
        Self {
            events: FpEvents::NONE,
            error: Some(error),
        }
    }
}

/// An inner loop.
///
/// `args` holds a base pointer per operand, inputs then outputs. `dims[0]` is the number of
/// elements; for generalized ufuncs the core dimensions follow. `strides` holds one step in bytes
/// per operand and, for generalized ufuncs, then the core strides of each operand in turn.
///
/// Loops of two inputs and one output of one type also answer to two more forms, told by the pointers alone:
///
/// - *fold*: `args = [acc, x, acc]`, `strides = [0, s, 0]` folds the lane `x` into the single item `acc`;
/// - *scan*: `args = [out, x, out + s]`, `strides = [s, t, s]` writes `out[k + 1] = f(out[k], x[k])` in order.
///
/// # Safety
///
/// - For every operand `i` and `k < dims[0]`, `args[i] + k * strides[i]` is valid for a read (input)
///   or write (output) of one item, aligned for the row's element type, in native byte order.
/// - An output overlaps an input only when both start at the same address with the same stride
///   (for every row but gufuncs), or not at all (gufuncs); a reduction passes its output as the
///   first input with stride 0 on both, a scan passes it one step ahead of the first input.
/// - Object rows run only on the thread that holds the interpreter, with `ctx.objects` set.
/// - Objects in output items are owned: the loop drops the old reference when it stores a new one.
pub type LoopFn = unsafe fn(
    ctx: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    strides: &[isize],
) -> LoopStatus;
