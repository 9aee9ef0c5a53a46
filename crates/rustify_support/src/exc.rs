//! Why a native region stops: an exception class of Python, or that it cannot go on at all.

use pyo3_ffi::{self as ffi, PyObject};

/// An exception class, or the wish to give up and let Python do the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exc(*mut PyObject);

/// What most operations answer.
pub type Res<T> = Result<T, Exc>;

/// Marks that a signal waits, such as Ctrl-C; never a real object.
static INTERRUPT: u8 = 0;

impl Exc {
    /// The native code cannot say what Python would do: the Python version must run.
    pub const GIVE_UP: Self = Self(std::ptr::null_mut());

    /// A signal handler raised: the exception is set and goes up as it is.
    pub fn interrupt() -> Self {
        Self((&raw const INTERRUPT).cast_mut().cast())
    }

    /// Whether a signal handler raised.
    pub fn is_interrupt(self) -> bool {
        self == Self::interrupt()
    }

    /// An exception class by its object, which must live as long as the extension.
    pub fn of_class(class: *mut PyObject) -> Self {
        Self(class)
    }

    /// Takes the exception that C code has set.
    #[cold]
    pub fn fetch() -> Self {
        // SAFETY: the interpreter is held; builtin classes live for ever, and others are not trusted to.
        unsafe {
            let class = ffi::PyErr_Occurred();
            if class.is_null() {
                return Self::GIVE_UP;
            }
            let known =
                (*class.cast::<ffi::PyTypeObject>()).tp_flags & ffi::Py_TPFLAGS_HEAPTYPE == 0;
            ffi::PyErr_Clear();
            if known && class != ffi::PyExc_MemoryError {
                Self(class)
            } else {
                Self::GIVE_UP
            }
        }
    }

    /// Whether `except class` catches this.
    pub fn matches(self, class: Self) -> bool {
        if self == Self::GIVE_UP || self.is_interrupt() {
            return false;
        }
        // SAFETY: both are exception classes.
        self == class || unsafe { ffi::PyType_IsSubtype(self.0.cast(), class.0.cast()) != 0 }
    }
}

macro_rules! exceptions {
    ($($name:ident $class:ident,)*) => {$(
        #[doc = concat!("`", stringify!($class), "`.")]
        #[cold]
        pub fn $name() -> Exc {
            // SAFETY: reads a static of the interpreter.
            Exc(unsafe { ffi::$class })
        }
    )*};
}

exceptions! {
    arithmetic_error PyExc_ArithmeticError,
    assertion_error PyExc_AssertionError,
    attribute_error PyExc_AttributeError,
    base_exception PyExc_BaseException,
    eof_error PyExc_EOFError,
    exception PyExc_Exception,
    floating_point_error PyExc_FloatingPointError,
    index_error PyExc_IndexError,
    key_error PyExc_KeyError,
    lookup_error PyExc_LookupError,
    name_error PyExc_NameError,
    not_implemented_error PyExc_NotImplementedError,
    os_error PyExc_OSError,
    overflow_error PyExc_OverflowError,
    recursion_error PyExc_RecursionError,
    runtime_error PyExc_RuntimeError,
    stop_iteration PyExc_StopIteration,
    type_error PyExc_TypeError,
    unbound_local_error PyExc_UnboundLocalError,
    unicode_decode_error PyExc_UnicodeDecodeError,
    unicode_encode_error PyExc_UnicodeEncodeError,
    unicode_error PyExc_UnicodeError,
    value_error PyExc_ValueError,
    zero_division_error PyExc_ZeroDivisionError,
}

/// Gives up.
#[cold]
pub fn give_up<T>() -> Res<T> {
    Err(Exc::GIVE_UP)
}

/// Lets signal handlers run now and then; called at back edges of loops.
#[inline]
pub fn poll(ticks: &mut u32) -> Res<()> {
    *ticks = ticks.wrapping_add(1);
    if *ticks & 0xFFFF == 0 {
        signals()
    } else {
        Ok(())
    }
}

#[cold]
fn signals() -> Res<()> {
    // SAFETY: the interpreter is held.
    if unsafe { ffi::PyErr_CheckSignals() } == 0 {
        Ok(())
    } else {
        Err(Exc::interrupt())
    }
}
