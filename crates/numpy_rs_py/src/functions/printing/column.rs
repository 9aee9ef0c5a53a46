//! What turns the elements of one array into text, chosen once from its dtype, its values and the options.

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::format::value::Value;
use numpy_rs_core::layout;
use pyo3::prelude::*;

use super::floats::{FloatColumn, Style};
use super::numbers::{IntegerColumn, float_at, integer_at};
use super::options::{FloatMode, PrintOptions};
use crate::classes::scalar_class;
use crate::convert::dtype::scalar_type_of;
use crate::convert::dtype_fields::specs_of;
use crate::convert::ticks::{NAT, iso_text};
use crate::descr;

/// A way to write the items of one dtype.
pub(super) struct Column<'py> {
    pub(super) descr: Bound<'py, PyAny>,
    pub(super) dtype: DType,
    pub(super) form: Form<'py>,
}

/// The kinds of columns.
pub(super) enum Form<'py> {
    /// The user's formatter, called with the scalar.
    User(Bound<'py, PyAny>),
    /// `True` or `False`; padded inside arrays.
    Bool { padded: bool },
    /// Integers.
    Integer(IntegerColumn),
    /// Floats.
    Float(FloatColumn),
    /// Complex numbers: real and imaginary parts.
    Complex(Box<(FloatColumn, FloatColumn)>),
    /// Ticks of timedelta.
    Timedelta { width: usize },
    /// Dates in quotes.
    Datetime { width: usize, padded_nat: bool },
    /// `repr` of Python objects, lists marked.
    Object,
    /// `repr` of a text or bytes item.
    Text,
    /// `str` of the scalar.
    Plain,
    /// Fields in parentheses, with their offsets.
    Struct(Vec<(usize, Column<'py>)>),
    /// A fixed-size array in each item.
    Subarray(Box<Subarray<'py>>),
}

/// The keys under which `formatter` may have a function for a dtype.
fn keys(num: TypeNum) -> &'static [&'static str] {
    match num {
        TypeNum::Bool => &["bool", "all"],
        TypeNum::LongDouble => &["longfloat", "float_kind", "all"],
        TypeNum::CLongDouble => &["longcomplexfloat", "complex_kind", "all"],
        TypeNum::Object => &["object", "all"],
        TypeNum::Bytes | TypeNum::Str => &["numpystr", "str_kind", "all"],
        TypeNum::Void => &["void", "all"],
        TypeNum::Datetime => &["datetime", "all"],
        TypeNum::Timedelta => &["timedelta", "all"],
        n if n.is_integer() => &["int", "int_kind", "all"],
        n if n.is_complex() => &["complexfloat", "complex_kind", "all"],
        _ => &["float", "float_kind", "all"],
    }
}

/// Whether the items are scalars of a class that is not NumPy's own.
fn is_foreign(descr: &Bound<'_, PyAny>) -> PyResult<bool> {
    let (ours, class) = (scalar_class(TypeNum::Void).get(), scalar_type_of(descr));
    if class == ours {
        return Ok(false);
    }
    // SAFETY: both are live type objects.
    let [ours, class]: [Bound<'_, PyAny>; 2] =
        unsafe { [ours, class].map(|c| Bound::from_borrowed_ptr(descr.py(), c.cast())) };
    class.getattr("__module__")?.ne(ours.getattr("__module__")?)
}

/// The real type of which complex numbers of a type consist.
fn part_of(num: TypeNum) -> TypeNum {
    match num {
        TypeNum::CFloat => TypeNum::Float,
        TypeNum::CLongDouble => TypeNum::LongDouble,
        TypeNum::CDouble => TypeNum::Double,
        n => n,
    }
}

impl<'py> Column<'py> {
    /// Chooses for a dtype from the items at `items` (all that count for widths). `scalar`: a 0-d array.
    ///
    /// # Safety
    ///
    /// Every address holds an item of the dtype.
    pub(super) unsafe fn choose(
        descr: &Bound<'py, PyAny>,
        items: &[*const u8],
        options: &PrintOptions<'py>,
        scalar: bool,
    ) -> PyResult<Self> {
        let dtype = descr::to_dtype(descr)?;
        let num = dtype.num();
        let d = descr::fields(descr);
        // SAFETY: promised by the caller.
        let form = unsafe {
            if !d.subarray.is_null() {
                Form::Subarray(Box::new(Subarray::choose(descr, items, options)?))
            } else if num == TypeNum::Void && !d.names.is_null() && !is_foreign(descr)? {
                Form::Struct(Self::choose_fields(descr, items, options, scalar)?)
            } else if let Some(user) = options.user_formatter(keys(num))? {
                Form::User(user)
            } else {
                Self::choose_plain(&dtype, items, options, scalar)?
            }
        };
        Ok(Self {
            descr: descr.clone(),
            dtype,
            form,
        })
    }

    /// # Safety
    ///
    /// Every address holds an item of the dtype.
    unsafe fn choose_plain(
        dtype: &DType,
        items: &[*const u8],
        options: &PrintOptions<'py>,
        scalar: bool,
    ) -> PyResult<Form<'py>> {
        let num = dtype.num();
        let style = Style {
            num: part_of(num),
            sign: options.sign,
            mode: options.floatmode,
            scalar,
        };
        let part = |offset: usize| -> Vec<Value> {
            let at = |p: &*const u8| {
                // SAFETY: promised by the caller; the offset is that of a part of the item.
                unsafe { float_at(dtype, num, p.add(offset)) }
            };
            items.iter().map(at).collect()
        };
        // SAFETY: promised by the caller.
        let integers = || items.iter().map(|&p| unsafe { integer_at(dtype, p) });
        Ok(match num {
            TypeNum::Bool => Form::Bool { padded: !scalar },
            TypeNum::Object => Form::Object,
            TypeNum::Bytes | TypeNum::Str => Form::Text,
            TypeNum::Void => Form::Plain,
            TypeNum::Datetime => {
                let unit = dtype.datetime_unit();
                Form::Datetime {
                    width: ticks_width(integers(), |t| iso_text(t, unit).len() + 2),
                    padded_nat: options.legacy > 113,
                }
            }
            TypeNum::Timedelta => Form::Timedelta {
                width: ticks_width(integers(), |t| t.to_string().len()),
            },
            n if n.is_integer() => Form::Integer(IntegerColumn::new(integers(), options.sign)),
            n if n.is_complex() => {
                let (mut re, mut im) = (style, Style { sign: '+', ..style });
                if options.legacy <= 113 {
                    re.mode = FloatMode::MaxPrecEqual;
                    im.mode = FloatMode::MaxPrec;
                }
                Form::Complex(Box::new((
                    FloatColumn::new(&part(0), options, re)?,
                    FloatColumn::new(&part(dtype.itemsize() / 2), options, im)?,
                )))
            }
            _ => Form::Float(FloatColumn::new(&part(0), options, style)?),
        })
    }

    /// The columns of the fields of a structured dtype.
    ///
    /// # Safety
    ///
    /// Every address holds an item of the dtype.
    pub(super) unsafe fn choose_fields(
        descr: &Bound<'py, PyAny>,
        items: &[*const u8],
        options: &PrintOptions<'py>,
        scalar: bool,
    ) -> PyResult<Vec<(usize, Self)>> {
        let mut fields = Vec::new();
        for f in specs_of(descr)? {
            let inner: Vec<*const u8> = items.iter().map(|p| p.wrapping_add(f.offset)).collect();
            // SAFETY: a field lies inside its item.
            let column = unsafe { Self::choose(&f.descr, &inner, options, scalar)? };
            fields.push((f.offset, column));
        }
        Ok(fields)
    }
}

/// How the fixed-size array in each item is written.
pub(super) struct Subarray<'py> {
    pub(super) base: Column<'py>,
    pub(super) shape: Vec<isize>,
    pub(super) strides: Vec<isize>,
    /// Elements at each end of a summarised axis; `None` without summary.
    pub(super) edgeitems: Option<isize>,
}

impl<'py> Subarray<'py> {
    /// Chooses for a subarray dtype from the items at `items`.
    ///
    /// # Safety
    ///
    /// Every address holds an item of the dtype.
    unsafe fn choose(
        descr: &Bound<'py, PyAny>,
        items: &[*const u8],
        options: &PrintOptions<'py>,
    ) -> PyResult<Self> {
        let dtype = descr::to_dtype(descr)?;
        let shape = dtype.subarray_parts().map_or(&[][..], |(_, shape)| shape);
        let d = descr::fields(descr);
        // SAFETY: a subarray dtype holds the dtype of its items.
        let base: Bound<'py, PyAny> =
            unsafe { Bound::from_borrowed_ptr(descr.py(), (*d.subarray).base.cast()) };
        let itemsize = descr::fields(&base).elsize.max(0) as usize;
        let n = shape.iter().product::<isize>().max(0) as usize;
        let mut inner = Vec::with_capacity(items.len() * n);
        for &p in items {
            inner.extend((0..n).map(|i| p.wrapping_add(i * itemsize)));
        }
        Ok(Self {
            // SAFETY: inner items lie inside their item.
            base: unsafe { Column::choose(&base, &inner, options, false)? },
            shape: shape.to_vec(),
            strides: layout::c_strides(shape, itemsize).to_vec(),
            edgeitems: (n > options.threshold).then_some(options.edgeitems),
        })
    }
}

/// The width of a column of ticks: that of the first or the last of them, if not of NaT.
fn ticks_width(ticks: impl Iterator<Item = i128>, len: impl Fn(i64) -> usize) -> usize {
    let (mut nat, mut range) = (false, None);
    for t in ticks.map(|t| t as i64) {
        if t == NAT {
            nat = true;
        } else {
            let (low, high) = range.unwrap_or((t, t));
            range = Some((t.min(low), t.max(high)));
        }
    }
    let width = range.map_or(0, |(low, high)| len(low).max(len(high)));
    if nat { width.max("'NaT'".len()) } else { width }
}
