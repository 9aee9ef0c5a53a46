//! The tables of NumPy's C API: types and constants in their slots, the handshake, and a clear error everywhere else.

use std::cell::UnsafeCell;
use std::ffi::{c_int, c_uint, c_void};

use numpy_rs_core::dtype::TypeNum;
use pyo3::exceptions::PyNotImplementedError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;

use crate::classes::{self, AbstractScalar};
use crate::layout::ArrayDescr;

/// Number of slots of `_ARRAY_API` in NumPy 2.5.
const ARRAY_SLOTS: usize = 379;
/// Number of slots of `_UFUNC_API`.
const UFUNC_SLOTS: usize = 49;

/// A table that C code reads.
#[repr(transparent)]
pub(super) struct Table<const N: usize>(UnsafeCell<[*mut c_void; N]>);

// SAFETY: written only while the module initialises, under the interpreter lock.
unsafe impl<const N: usize> Sync for Table<N> {}

impl<const N: usize> Table<N> {
    const fn new() -> Self {
        Self(UnsafeCell::new([std::ptr::null_mut(); N]))
    }

    /// The first slot.
    pub(super) fn as_ptr(&self) -> *mut c_void {
        self.0.get().cast()
    }

    fn set(&self, slot: usize, value: *const c_void) {
        debug_assert!(slot < N);
        // SAFETY: the slot exists, and only initialisation writes.
        unsafe { (*self.0.get())[slot] = value.cast_mut() };
    }
}

/// `_ARRAY_API`.
pub(super) static ARRAY: Table<ARRAY_SLOTS> = Table::new();
/// `_UFUNC_API`.
pub(super) static UFUNC: Table<UFUNC_SLOTS> = Table::new();

/// The C ABI version that is provided: 2.0.
const ABI_VERSION: c_uint = 0x0200_0000;
/// The C API feature version that is provided: that of NumPy 2.0, since later additions are not there.
const FEATURE_VERSION: c_uint = 0x12;

unsafe extern "C" fn abi_version() -> c_uint {
    ABI_VERSION
}

unsafe extern "C" fn feature_version() -> c_uint {
    FEATURE_VERSION
}

unsafe extern "C" fn endianness() -> c_int {
    if cfg!(target_endian = "little") { 1 } else { 2 }
}

/// `PyArray_DescrFromType`.
unsafe extern "C" fn descr_from_type(number: c_int) -> *mut ArrayDescr {
    // SAFETY: C code calls with the interpreter held.
    unsafe {
        if let Some(num) = TypeNum::from_c(number) {
            crate::descr::singleton_ptr(num)
        } else {
            ffi::PyErr_SetString(
                ffi::PyExc_ValueError,
                c"Invalid data-type for array".as_ptr(),
            );
            std::ptr::null_mut()
        }
    }
}

/// `PyArray_MultiplyList`.
unsafe extern "C" fn multiply_list(list: *const isize, n: c_int) -> isize {
    // SAFETY: the caller passes `n` numbers.
    (0..n as usize).map(|i| unsafe { *list.add(i) }).product()
}

/// A slot whose function is not provided: it raises, and returns null.
unsafe extern "C" fn missing<const SLOT: usize, const OF_UFUNC: bool>() -> *mut c_void {
    // SAFETY: C code calls with the interpreter held.
    let py = unsafe { Python::assume_attached() };
    let table = if OF_UFUNC { "_UFUNC_API" } else { "_ARRAY_API" };
    PyNotImplementedError::new_err(format!(
        "slot {SLOT} of NumPy's {table} is not provided by numpy_rs yet"
    ))
    .restore(py);
    std::ptr::null_mut()
}

macro_rules! fill_missing {
    ($table:expr, $of_ufunc:literal: $($slot:literal)*) => {
        $( $table.set($slot, missing::<$slot, $of_ufunc> as *const c_void); )*
    };
}

/// The scalar class in each slot from 20 on, by type number.
const CONCRETE: [(usize, TypeNum); 20] = [
    (20, TypeNum::Byte),
    (21, TypeNum::Short),
    (22, TypeNum::Int),
    (23, TypeNum::Long),
    (24, TypeNum::LongLong),
    (25, TypeNum::UByte),
    (26, TypeNum::UShort),
    (27, TypeNum::UInt),
    (28, TypeNum::ULong),
    (29, TypeNum::ULongLong),
    (30, TypeNum::Float),
    (31, TypeNum::Double),
    (32, TypeNum::LongDouble),
    (33, TypeNum::CFloat),
    (34, TypeNum::CDouble),
    (35, TypeNum::CLongDouble),
    (36, TypeNum::Object),
    (37, TypeNum::Bytes),
    (38, TypeNum::Str),
    (39, TypeNum::Void),
];

/// The number of user dtypes, a variable in slot 7.
static N_USER_TYPES: c_int = 0;
/// The default casting rule of assignments, a variable in slot 292: same kind.
static ASSIGN_CASTING: c_int = 3;

/// A pointer variable that C code reads.
#[repr(transparent)]
struct Variable(UnsafeCell<*mut PyObject>);

// SAFETY: written once while the module initialises.
unsafe impl Sync for Variable {}

/// The default memory handler, a variable in slot 306.
static DEFAULT_HANDLER: Variable = Variable(UnsafeCell::new(std::ptr::null_mut()));

/// Fills both tables.
pub(super) fn fill(py: Python<'_>) {
    fill_missing! { ARRAY, false:
        42 43 44 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 69 70 71 72 73 74 75 76 77 78 79
        80 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99 100 101 102 104 105 106 107 108 109 110 111 112
        113 114 116 118 119 120 121 123 124 125 126 127 128 129 130 131 132 133 134 135 136 137 138 139 140
        141 142 143 144 145 146 147 148 149 150 151 152 153 154 155 156 157 159 160 161 162 165 166 167 168
        169 170 172 174 175 176 177 178 179 180 181 182 183 184 185 186 187 188 189 190 191 192 193 194 195
        196 198 199 200 203 204 205 206 207 209 212 213 223 224 225 226 227 228 229 230 231 232 233 234 235
        236 237 238 239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 259 260
        261 262 263 264 265 266 267 268 269 270 271 272 273 274 275 276 277 279 280 281 282 283 284 285 286
        287 288 289 290 296 297 298 299 300 302 303 304 305 307 308 309 310 311 312 313 314 315 316 317 318
        319 360 361 362 363 364 365 369 370 371 372 373 374 375 376 377 378
    }
    fill_missing! { UFUNC, true:
        1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37
        38 39 40 41 42 43 44 45 46 47 48
    }
    ARRAY.set(0, abi_version as *const c_void);
    ARRAY.set(210, endianness as *const c_void);
    ARRAY.set(211, feature_version as *const c_void);
    ARRAY.set(45, descr_from_type as *const c_void);
    ARRAY.set(158, multiply_list as *const c_void);
    ARRAY.set(2, classes::NDARRAY.get().cast());
    ARRAY.set(3, classes::DTYPE.as_type().cast());
    ARRAY.set(5, classes::FLATITER.get().cast());
    ARRAY.set(6, classes::BROADCAST.get().cast());
    ARRAY.set(7, (&raw const N_USER_TYPES).cast());
    ARRAY.set(8, classes::scalar_class(TypeNum::Bool).get().cast());
    ARRAY.set(9, crate::convert::item::bool_pair().cast());
    for (i, class) in [
        AbstractScalar::Generic,
        AbstractScalar::Number,
        AbstractScalar::Integer,
        AbstractScalar::SignedInteger,
        AbstractScalar::UnsignedInteger,
        AbstractScalar::Inexact,
        AbstractScalar::Floating,
        AbstractScalar::ComplexFloating,
        AbstractScalar::Flexible,
        AbstractScalar::Character,
    ]
    .into_iter()
    .enumerate()
    {
        ARRAY.set(10 + i, class.class().get().cast());
    }
    for (slot, num) in CONCRETE {
        ARRAY.set(slot, classes::scalar_class(num).get().cast());
    }
    ARRAY.set(214, AbstractScalar::SignedInteger.class().get().cast());
    ARRAY.set(215, classes::scalar_class(TypeNum::Datetime).get().cast());
    ARRAY.set(216, classes::scalar_class(TypeNum::Timedelta).get().cast());
    ARRAY.set(217, classes::scalar_class(TypeNum::Half).get().cast());
    ARRAY.set(218, classes::NDITER.get().cast());
    ARRAY.set(292, (&raw const ASSIGN_CASTING).cast());
    // SAFETY: only initialisation writes the variable; the reference is kept for ever.
    unsafe { *DEFAULT_HANDLER.0.get() = crate::memory_handler::default_handler(py) };
    ARRAY.set(306, DEFAULT_HANDLER.0.get().cast());
    for (offset, class) in dtype_slots() {
        ARRAY.set(320 + offset, class);
    }
    for (i, class) in classes::ABSTRACT_DTYPES.iter().enumerate() {
        ARRAY.set(366 + i, class.as_type().cast());
    }
    UFUNC.set(0, classes::UFUNC.get().cast());
}

/// The DType classes, by their place behind slot 320.
fn dtype_slots() -> Vec<(usize, *const c_void)> {
    use TypeNum as T;
    let long_is_8 = numpy_rs_core::dtype::number::LONG == 8;
    let (i32_, u32_) = if long_is_8 {
        (T::Int, T::UInt)
    } else {
        (T::Long, T::ULong)
    };
    let (i64_, u64_) = if long_is_8 {
        (T::Long, T::ULong)
    } else {
        (T::LongLong, T::ULongLong)
    };
    let numbers = [
        (1, T::Bool),
        (2, T::Byte),
        (3, T::UByte),
        (4, T::Short),
        (5, T::UShort),
        (6, T::Int),
        (7, T::UInt),
        (8, T::Long),
        (9, T::ULong),
        (10, T::LongLong),
        (11, T::ULongLong),
        (12, T::Byte),
        (13, T::UByte),
        (14, T::Short),
        (15, T::UShort),
        (16, i32_),
        (17, u32_),
        (18, i64_),
        (19, u64_),
        (20, i64_),
        (21, u64_),
        (22, T::Half),
        (23, T::Float),
        (24, T::Double),
        (25, T::LongDouble),
        (26, T::CFloat),
        (27, T::CDouble),
        (28, T::CLongDouble),
        (29, T::Bytes),
        (30, T::Str),
        (31, T::Datetime),
        (32, T::Timedelta),
        (33, T::Object),
        (34, T::Void),
    ];
    let mut slots: Vec<(usize, *const c_void)> = numbers
        .into_iter()
        .map(|(at, num)| (at, classes::dtype_class(num).as_type().cast_const().cast()))
        .collect();
    slots.push((0, classes::DTYPE_META.get().cast_const().cast()));
    slots.push((38, classes::dtype_class(i64_).as_type().cast_const().cast()));
    slots
}
