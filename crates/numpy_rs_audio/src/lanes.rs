//! Arrays of any layout as runs of samples: time along one axis, the lanes of the other axes one after another.

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::error::Error as CoreError;
use numpy_rs_core::layout::Order;
use numpy_rs_core::view::View;

use crate::encoding::Value;
use crate::error::{Error, Result};
use crate::int16::{self, Scale};
use crate::sample::Sample;

/// A type of items that arrays hold.
pub(crate) trait Item: Copy + 'static {
    /// Its type number.
    const NUM: TypeNum;
}

macro_rules! item {
    ($($t:ty => $num:ident),*) => {$(
        impl Item for $t {
            const NUM: TypeNum = TypeNum::$num;
        }
    )*};
}

item!(f32 => Float, f64 => Double, i16 => Short, u8 => UByte, i32 => Int);

/// The items of a contiguous, aligned array of this type.
fn items<'v, T: Item>(view: &'v View<'_>) -> &'v [T] {
    let n = view.size();
    if n == 0 {
        return &[];
    }
    assert!(
        *view.dtype() == DType::new(T::NUM) && view.is_c_contiguous() && view.is_aligned(),
        "a contiguous array of the type asked for"
    );
    // SAFETY: `n` aligned items of this type lie there, for as long as the view lives.
    unsafe { std::slice::from_raw_parts(view.ptr().cast::<T>(), n) }
}

/// The items of a fresh array.
pub(crate) fn items_mut<T: Item>(array: &mut Array) -> Result<&mut [T]> {
    let n = array.size();
    assert!(
        *array.dtype() == DType::new(T::NUM),
        "an array of the type asked for"
    );
    let contiguous = array.view().is_c_contiguous();
    let mut view = array.view_mut()?;
    if n == 0 {
        return Ok(&mut []);
    }
    assert!(contiguous, "an array in C order");
    // SAFETY: a fresh array of `n` items in C order, that nothing else shares.
    Ok(unsafe { std::slice::from_raw_parts_mut(view.ptr_mut().cast::<T>(), n) })
}

/// An array in C order; its numbers are zero.
pub(crate) fn fresh<T: Item>(shape: &[isize]) -> Result<Array> {
    Ok(Array::empty(DType::new(T::NUM), shape, Order::C)?)
}

/// An array of some items.
pub(crate) fn array_of<T: Item>(shape: &[isize], values: &[T]) -> Result<Array> {
    let mut made = fresh::<T>(shape)?;
    items_mut::<T>(&mut made)?.copy_from_slice(values);
    Ok(made)
}

/// The samples of an array with time last, converted to `T` only where they are not.
#[derive(Debug)]
pub(crate) struct Sound<'a> {
    view: View<'a>,
    /// Where the samples had to be converted or moved.
    owned: Option<Array>,
    /// Samples of a lane.
    pub(crate) len: usize,
    /// Where time was.
    axis: usize,
}

/// An axis counted from either end.
pub(crate) fn axis_of(view: &View<'_>, axis: isize) -> Result<usize> {
    if view.ndim() == 0 {
        return Err(Error::argument(
            "sound has an axis of time, and this is a single number",
        ));
    }
    Ok(numpy_rs_core::layout::normalize_axis(axis, view.ndim())?)
}

/// The same array with one axis moved.
fn moved<'a>(view: &View<'a>, from: usize, to: usize) -> View<'a> {
    let (mut shape, mut strides) = (
        Dims::from_slice(view.shape()),
        Dims::from_slice(view.strides()),
    );
    let (n, step) = (shape.remove(from), strides.remove(from));
    shape.insert(to, n);
    strides.insert(to, step);
    // SAFETY: the same items in another order of axes.
    unsafe { view.relayout(0, shape, strides) }
}

/// Fails for what are no real numbers.
pub(crate) fn check_real(dtype: &DType) -> Result<()> {
    match dtype.num().kind() {
        b'b' | b'i' | b'u' | b'f' => Ok(()),
        _ => Err(CoreError::type_error(format!(
            "sound is an array of real numbers (float32, float64, int16), not of {dtype}"
        ))
        .into()),
    }
}

impl<'a> Sound<'a> {
    /// The samples of `view` along `axis` as numbers `T`, whatever they were, without scaling.
    pub(crate) fn new<T: Item>(view: &View<'a>, axis: isize) -> Result<Self> {
        check_real(view.dtype())?;
        let axis = axis_of(view, axis)?;
        let len = view.shape()[axis] as usize;
        let view = moved(view, axis, view.ndim() - 1);
        let fits =
            *view.dtype() == DType::new(T::NUM) && view.is_c_contiguous() && view.is_aligned();
        let owned = if fits {
            None
        } else {
            Some(copy::cast_to(&view, &DType::new(T::NUM), Order::C, Casting::Unsafe)?.0)
        };
        Ok(Self {
            view,
            owned,
            len,
            axis,
        })
    }

    /// As [`Sound::new`] in fractions of full scale: whole numbers are divided by that of their width.
    pub(crate) fn fractions<T: Sample + Item>(view: &View<'a>, axis: isize) -> Result<Self> {
        let num = view.dtype().num();
        let mut sound = match num.kind() {
            b'f' => return Self::new::<T>(view, axis),
            _ if num == TypeNum::Short => Self::new::<i16>(view, axis)?,
            _ if num == TypeNum::UByte => Self::new::<u8>(view, axis)?,
            b'i' if view.dtype().itemsize() == 4 => Self::new::<i32>(view, axis)?,
            _ => {
                check_real(view.dtype())?;
                return Err(CoreError::type_error(format!(
                    "samples of {} have no full scale: int16, int32, uint8 and floats have",
                    view.dtype()
                ))
                .into());
            }
        };
        let mut made = fresh::<T>(&sound.shape(sound.len))?;
        let to = items_mut::<T>(&mut made)?;
        match num {
            TypeNum::Short => int16::to_fractions(sound.all::<i16>(), to, Scale::PowerOfTwo)?,
            TypeNum::UByte => fill_fractions(sound.all::<u8>(), to),
            _ => fill_fractions(sound.all::<i32>(), to),
        }
        sound.owned = Some(made);
        Ok(sound)
    }

    /// All samples, lane after lane.
    pub(crate) fn all<T: Item>(&self) -> &[T] {
        match &self.owned {
            None => items(&self.view),
            Some(array) => {
                let n = array.size();
                if n == 0 {
                    return &[];
                }
                assert!(
                    *array.dtype() == DType::new(T::NUM),
                    "samples of the type that was asked for"
                );
                // SAFETY: an array of `n` items in C order, which lives as long as this.
                unsafe { std::slice::from_raw_parts(array.view().ptr().cast::<T>(), n) }
            }
        }
    }

    /// The lanes; none where they have no samples.
    pub(crate) fn lanes<T: Item>(&self) -> impl Iterator<Item = &[T]> {
        self.all::<T>().chunks_exact(self.len.max(1))
    }

    /// The shape with lanes of another length, time last.
    pub(crate) fn shape(&self, len: usize) -> Dims {
        let mut shape = Dims::from_slice(self.view.shape());
        if let Some(last) = shape.last_mut() {
            *last = len as isize;
        }
        shape
    }

    /// An array whose lanes of `len` samples are made one by one; time is put back where it was.
    pub(crate) fn map<T: Item, U: Item>(
        &self,
        len: usize,
        mut work: impl FnMut(&[T], &mut [U]) -> Result<()>,
    ) -> Result<Array> {
        let mut made = fresh::<U>(&self.shape(len))?;
        let to = items_mut::<U>(&mut made)?;
        if self.len == 0 {
            // SAFETY of what is written: every item is, by the work on an empty lane.
            for to in to.chunks_exact_mut(len.max(1)) {
                work(&[], to)?;
            }
        } else if len > 0 {
            for (from, to) in self.lanes::<T>().zip(to.chunks_exact_mut(len)) {
                work(from, to)?;
            }
        }
        self.put_back(made)
    }

    /// As [`Sound::map`] for work that does not care where lanes begin.
    pub(crate) fn map_all<T: Item, U: Item>(
        &self,
        work: impl FnOnce(&[T], &mut [U]) -> Result<()>,
    ) -> Result<Array> {
        let mut made = fresh::<U>(&self.shape(self.len))?;
        work(self.all::<T>(), items_mut::<U>(&mut made)?)?;
        self.put_back(made)
    }

    /// Time is put back where it was.
    fn put_back(&self, made: Array) -> Result<Array> {
        if self.axis + 1 == made.ndim() {
            return Ok(made);
        }
        let view = made.view();
        Ok(copy::to_array(
            &moved(&view, view.ndim() - 1, self.axis),
            Order::C,
        )?)
    }
}

fn fill_fractions<V: Value, T: Sample>(from: &[V], to: &mut [T]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = T::rounded(from.to_float());
    }
}
