//! Dtypes at run time: a type number, a byte order, an item size, and the parameters of the few that have any.

pub mod number;
pub mod text;

use std::sync::Arc;

pub use number::TypeNum;

use crate::dims::Dims;

/// Whether items are stored in the machine's byte order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ByteOrder {
    /// As the machine has it, or without meaning for the type.
    #[default]
    Native,
    /// The other way round.
    Swapped,
}

/// The type of the items of an array.
///
/// Equality is identity of class and parameters: `Long` and `LongLong` differ even where both have 8 bytes
/// (see [`DType::is_equivalent`]).
#[derive(Clone, Debug, PartialEq)]
pub struct DType {
    num: TypeNum,
    byte_order: ByteOrder,
    itemsize: usize,
    detail: Option<Arc<Detail>>,
}

/// The parameters of dtypes that are more than a number and a size.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// The unit of `datetime64` and `timedelta64`.
    Datetime(DatetimeUnit),
    /// The fields of a structured dtype.
    Struct(StructDetail),
    /// A fixed-size array inside each item.
    Subarray {
        /// The dtype of the inner items.
        base: DType,
        /// The inner shape.
        shape: Dims,
    },
}

/// A datetime unit and its multiple; the code is NumPy's `NPY_DATETIMEUNIT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatetimeUnit {
    /// 0 years, 1 months, 2 weeks, 4 days, 5 hours … 13 attoseconds, 14 generic.
    pub unit: i32,
    /// How many of them one tick is.
    pub count: i32,
}

/// Fields of a structured dtype, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct StructDetail {
    /// The fields.
    pub fields: Vec<Field>,
    /// Whether the layout was made with `align=True`.
    pub aligned: bool,
    /// The alignment in bytes (1 unless aligned).
    pub alignment: usize,
}

/// One field of a structured dtype.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Box<str>,
    /// Its title, if any.
    pub title: Option<Box<str>>,
    /// Where it begins in the item.
    pub offset_bytes: usize,
    /// What it holds.
    pub dtype: DType,
}

impl DType {
    /// The dtype of a type number in native order; flexible types get item size 0.
    pub fn new(num: TypeNum) -> Self {
        Self {
            num,
            byte_order: ByteOrder::Native,
            itemsize: num.facts().itemsize,
            detail: None,
        }
    }

    /// `S` with items of `n` bytes.
    pub fn bytes(n: usize) -> Self {
        Self {
            itemsize: n,
            ..Self::new(TypeNum::Bytes)
        }
    }

    /// `U` with items of `n` characters of 4 bytes.
    pub fn str(n: usize) -> Self {
        Self {
            itemsize: 4 * n,
            ..Self::new(TypeNum::Str)
        }
    }

    /// Unstructured `V` with items of `n` bytes.
    pub fn void(n: usize) -> Self {
        Self {
            itemsize: n,
            ..Self::new(TypeNum::Void)
        }
    }

    /// A datetime or timedelta with a unit.
    pub fn datetime(num: TypeNum, unit: DatetimeUnit) -> Self {
        Self {
            detail: Some(Arc::new(Detail::Datetime(unit))),
            ..Self::new(num)
        }
    }

    /// A structured dtype of `itemsize` bytes.
    pub fn structured(detail: StructDetail, itemsize: usize) -> Self {
        Self {
            itemsize,
            detail: Some(Arc::new(Detail::Struct(detail))),
            ..Self::new(TypeNum::Void)
        }
    }

    /// A subarray dtype; its items are `shape` items of `base` in C order.
    pub fn subarray(base: Self, shape: Dims) -> Self {
        let itemsize = base.itemsize * shape.iter().product::<isize>().max(0) as usize;
        Self {
            itemsize,
            detail: Some(Arc::new(Detail::Subarray { base, shape })),
            ..Self::new(TypeNum::Void)
        }
    }

    /// The same dtype with items in `byte_order` (no change where order has no meaning).
    #[must_use]
    pub fn with_byte_order(mut self, byte_order: ByteOrder) -> Self {
        if self.has_byte_order() {
            self.byte_order = byte_order;
        }
        self
    }

    /// The same flexible dtype with another item size in bytes.
    #[must_use]
    pub fn with_itemsize(mut self, itemsize: usize) -> Self {
        debug_assert!(self.num.is_flexible());
        self.itemsize = itemsize;
        self
    }

    /// The type number.
    #[inline]
    pub fn num(&self) -> TypeNum {
        self.num
    }

    /// The byte order of stored items.
    #[inline]
    pub fn byte_order(&self) -> ByteOrder {
        self.byte_order
    }

    /// Whether items are stored in native order.
    #[inline]
    pub fn is_native(&self) -> bool {
        self.byte_order == ByteOrder::Native
    }

    /// Whether a byte order means anything for this type.
    pub fn has_byte_order(&self) -> bool {
        !matches!(
            self.num,
            TypeNum::Bool
                | TypeNum::Byte
                | TypeNum::UByte
                | TypeNum::Object
                | TypeNum::Bytes
                | TypeNum::Void
        )
    }

    /// The size of one item in bytes.
    #[inline]
    pub fn itemsize(&self) -> usize {
        self.itemsize
    }

    /// NumPy's kind letter.
    #[inline]
    pub fn kind(&self) -> u8 {
        self.num.kind()
    }

    /// The alignment in bytes that items want.
    pub fn alignment(&self) -> usize {
        match self.detail.as_deref() {
            Some(Detail::Struct(s)) => s.alignment,
            Some(Detail::Subarray { base, .. }) => base.alignment(),
            _ => self.num.facts().alignment,
        }
    }

    /// The parameters, if any.
    #[inline]
    pub fn detail(&self) -> Option<&Detail> {
        self.detail.as_deref()
    }

    /// The datetime unit; generic where none was given.
    pub fn datetime_unit(&self) -> DatetimeUnit {
        match self.detail() {
            Some(Detail::Datetime(u)) => *u,
            _ => DatetimeUnit { unit: 14, count: 1 },
        }
    }

    /// The fields of a structured dtype.
    pub fn fields(&self) -> Option<&[Field]> {
        match self.detail() {
            Some(Detail::Struct(s)) => Some(&s.fields),
            _ => None,
        }
    }

    /// The inner dtype and shape of a subarray dtype.
    pub fn subarray_parts(&self) -> Option<(&DType, &[isize])> {
        match self.detail() {
            Some(Detail::Subarray { base, shape }) => Some((base, shape)),
            _ => None,
        }
    }

    /// Whether items hold counted references somewhere.
    pub fn has_objects(&self) -> bool {
        self.num == TypeNum::Object
            || match self.detail() {
                Some(Detail::Struct(s)) => s.fields.iter().any(|f| f.dtype.has_objects()),
                Some(Detail::Subarray { base, .. }) => base.has_objects(),
                _ => false,
            }
    }

    /// Whether arrays of both types have the same bytes for the same values (NumPy's `==` of dtypes).
    pub fn is_equivalent(&self, other: &Self) -> bool {
        if self.itemsize != other.itemsize || self.byte_order != other.byte_order {
            return false;
        }
        if self.num != other.num {
            let integers = self.num.is_integer() && other.num.is_integer();
            return integers && self.kind() == other.kind();
        }
        match (self.detail(), other.detail()) {
            (None, None) => true,
            (Some(Detail::Struct(a)), Some(Detail::Struct(b))) => {
                a.fields.len() == b.fields.len()
                    && a.fields.iter().zip(&b.fields).all(|(x, y)| {
                        x.name == y.name
                            && x.title == y.title
                            && x.offset_bytes == y.offset_bytes
                            && x.dtype.is_equivalent(&y.dtype)
                    })
            }
            (
                Some(Detail::Subarray { base: a, shape: s }),
                Some(Detail::Subarray { base: b, shape: t }),
            ) => s == t && a.is_equivalent(b),
            _ => self.num != TypeNum::Void && self.datetime_unit() == other.datetime_unit(),
        }
    }

    /// The class as it prints: `<class 'numpy.dtypes.Float64DType'>`.
    pub fn class_repr(&self) -> String {
        format!("<class 'numpy.dtypes.{}'>", self.num.facts().class)
    }
}
