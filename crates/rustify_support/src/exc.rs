//! Why a native region stops: an exception class of Python, or that it cannot go on at all.

use std::cell::{Cell, RefCell};
use std::ffi::CStr;

use pyo3_ffi::{self as ffi, PyObject};

/// An exception class, or the wish to give up and let Python do the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exc(*mut PyObject);

/// What most operations answer.
pub type Res<T> = Result<T, Exc>;

/// Marks that a signal waits, such as Ctrl-C; never a real object.
static INTERRUPT: u8 = 0;

/// What is known of the exception that was raised last: its object is made when somebody asks for it.
#[derive(Default)]
enum Raised {
    /// Its class alone.
    #[default]
    Class,
    /// Its object: a counted reference.
    Object(*mut PyObject),
    /// Its text.
    Text(&'static CStr),
    /// An operation of the interpreter that raises it.
    Operation(fn() -> *mut PyObject),
    /// An operation on an object: a counted reference.
    OperationOn(*mut PyObject, On),
}

/// An operation on an object that raises an exception.
type On = unsafe fn(*mut PyObject) -> *mut PyObject;

impl Drop for Raised {
    fn drop(&mut self) {
        if let Self::Object(object) | Self::OperationOn(object, _) = self {
            // SAFETY: the reference is owned; the interpreter is held. A thread may end after the interpreter did: what
            // it still knew of is left to the process.
            unsafe {
                if ffi::Py_IsInitialized() != 0 {
                    ffi::Py_DECREF(*object);
                }
            }
        }
    }
}

thread_local! {
    static RAISED: RefCell<Raised> = RefCell::default();
}

fn remember(raised: Raised) {
    let before = RAISED.with_borrow_mut(|r| std::mem::replace(r, raised));
    drop(before);
}

/// Forgets what is known of the exception that was raised last.
pub(super) fn forget() {
    remember(Raised::Class);
}

/// What is known of an exception that is being handled, or that waits for a `finally`.
#[derive(Default)]
pub struct Aside(Raised);

/// Takes what is known of the exception that was raised last.
pub fn set_aside() -> Aside {
    Aside(RAISED.with_borrow_mut(std::mem::take))
}

/// The exception goes on with what was known of it.
pub fn put_back(aside: Aside) {
    remember(aside.0);
}

impl Aside {
    /// The exception object, made if it is not there yet: a borrowed reference.
    pub fn object(&mut self, class: Exc) -> Res<*mut PyObject> {
        // SAFETY: the class is a live exception class of builtin type where only a text is known.
        unsafe {
            let made = match &self.0 {
                Raised::Object(object) => {
                    let matching = ffi::Py_TYPE(*object).cast::<PyObject>() == class.0;
                    return if matching {
                        Ok(*object)
                    } else {
                        Err(Exc::GIVE_UP)
                    };
                }
                Raised::Class => return Err(Exc::GIVE_UP),
                Raised::Text(text) => {
                    let text = ffi::PyUnicode_FromString(text.as_ptr());
                    if text.is_null() {
                        ffi::PyErr_Clear();
                        return Err(Exc::GIVE_UP);
                    }
                    let made = ffi::PyObject_CallOneArg(class.0, text);
                    ffi::Py_DECREF(text);
                    made
                }
                Raised::Operation(run) => {
                    let done = run();
                    ffi::Py_XDECREF(done);
                    raised_object()
                }
                Raised::OperationOn(object, run) => {
                    let done = run(*object);
                    ffi::Py_XDECREF(done);
                    raised_object()
                }
            };
            if made.is_null() || ffi::Py_TYPE(made).cast::<PyObject>() != class.0 {
                ffi::Py_XDECREF(made);
                ffi::PyErr_Clear();
                return Err(Exc::GIVE_UP);
            }
            self.0 = Raised::Object(made);
            Ok(made)
        }
    }

    /// The same exception, to be raised again.
    pub fn again(&self) {
        // SAFETY: the interpreter is held.
        unsafe {
            remember(match &self.0 {
                Raised::Class => Raised::Class,
                Raised::Object(object) => {
                    ffi::Py_INCREF(*object);
                    Raised::Object(*object)
                }
                Raised::Text(text) => Raised::Text(text),
                Raised::Operation(run) => Raised::Operation(*run),
                Raised::OperationOn(object, run) => {
                    ffi::Py_INCREF(*object);
                    Raised::OperationOn(*object, *run)
                }
            });
        }
    }
}

/// Takes the exception object that C code has set, or null.
unsafe fn raised_object() -> *mut PyObject {
    // SAFETY: the interpreter is held.
    unsafe {
        #[cfg(Py_3_12)]
        {
            ffi::PyErr_GetRaisedException()
        }
        #[cfg(not(Py_3_12))]
        {
            let null = std::ptr::null_mut();
            let (mut class, mut value, mut trace) = (null, null, null);
            ffi::PyErr_Fetch(&raw mut class, &raw mut value, &raw mut trace);
            ffi::PyErr_NormalizeException(&raw mut class, &raw mut value, &raw mut trace);
            ffi::Py_XDECREF(class);
            ffi::Py_XDECREF(trace);
            value
        }
    }
}

impl Exc {
    /// With the text that Python gives it.
    #[cold]
    pub fn saying(self, text: &'static CStr) -> Self {
        remember(Raised::Text(text));
        self
    }

    /// With the text that Python gives to an index that is outside; one that fits no index has another.
    pub fn outside(self, index: isize, text: &'static CStr) -> Self {
        if index == isize::MAX || index == isize::MIN {
            return self;
        }
        self.saying(text)
    }

    /// With an operation that raises it in Python.
    pub fn by(self, operation: fn() -> *mut PyObject) -> Self {
        remember(Raised::Operation(operation));
        self
    }

    /// With an operation on an object that raises it in Python.
    ///
    /// # Safety
    ///
    /// `object` is alive, and what the operation takes.
    pub unsafe fn about(self, object: *mut PyObject, operation: On) -> Self {
        // SAFETY: promised by the caller.
        unsafe { ffi::Py_INCREF(object) };
        remember(Raised::OperationOn(object, operation));
        self
    }

    /// An exception by its object.
    ///
    /// # Safety
    ///
    /// `object` is a live exception.
    pub unsafe fn of_object(object: *mut PyObject) -> Self {
        // SAFETY: promised by the caller.
        unsafe {
            ffi::Py_INCREF(object);
            remember(Raised::Object(object));
            Self(ffi::Py_TYPE(object).cast())
        }
    }

    /// The native code cannot say what Python would do: the Python version must run.
    pub const GIVE_UP: Self = Self(std::ptr::null_mut());

    /// A signal handler raised: the exception is set and goes up as it is.
    pub fn interrupt() -> Self {
        Self((&raw const INTERRUPT).cast_mut().cast())
    }

    /// The class that all exceptions derive from, to catch it.
    pub fn any() -> Self {
        // SAFETY: reads a static of the interpreter.
        Self(unsafe { ffi::PyExc_BaseException })
    }

    /// The class.
    pub fn class(self) -> *mut PyObject {
        self.0
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
            if ffi::PyType_IsSubtype(class.cast(), ffi::PyExc_Warning.cast()) != 0 {
                // Shown, it would be shown again where Python runs.
                ffi::PyErr_Clear();
                return Self::GIVE_UP;
            }
            let known =
                (*class.cast::<ffi::PyTypeObject>()).tp_flags & ffi::Py_TPFLAGS_HEAPTYPE == 0;
            if known && class != ffi::PyExc_MemoryError {
                let object = raised_object();
                if object.is_null() || ffi::Py_TYPE(object).cast::<PyObject>() != class {
                    ffi::Py_XDECREF(object);
                    return Self::GIVE_UP;
                }
                remember(Raised::Object(object));
                Self(class)
            } else {
                ffi::PyErr_Clear();
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
            remember(Raised::Class);
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

thread_local! {
    /// How many calls of this thread have given up, or let signal handlers run: what those call stays in Python.
    pub static IN_PYTHON: Cell<u32> = const { Cell::new(0) };
}

macro_rules! divisions {
    ($($name:ident $make:ident $number:expr, $zero:expr, $function:ident;)*) => {$(
        #[doc = concat!("`ZeroDivisionError` of `", stringify!($function), "`.")]
        #[cold]
        pub fn $name() -> Exc {
            fn run() -> *mut PyObject {
                // SAFETY: two new numbers.
                unsafe {
                    let (a, b) = (ffi::$make($number), ffi::$make($zero));
                    let done = ffi::$function(a, b);
                    ffi::Py_XDECREF(a);
                    ffi::Py_XDECREF(b);
                    done
                }
            }
            zero_division_error().by(run)
        }
    )*};
}

divisions! {
    int_by_zero PyLong_FromLong 1, 0, PyNumber_FloorDivide;
    int_mod_zero PyLong_FromLong 1, 0, PyNumber_Remainder;
    int_true_zero PyLong_FromLong 1, 0, PyNumber_TrueDivide;
    float_by_zero PyFloat_FromDouble 1.0, 0.0, PyNumber_TrueDivide;
    float_floor_zero PyFloat_FromDouble 1.0, 0.0, PyNumber_FloorDivide;
    float_mod_zero PyFloat_FromDouble 1.0, 0.0, PyNumber_Remainder;
    float_divmod_zero PyFloat_FromDouble 1.0, 0.0, PyNumber_Divmod;
}
