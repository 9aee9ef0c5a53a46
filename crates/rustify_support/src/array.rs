//! `numpy.ndarray` by the layout that NumPy 2 promises to C: its items one by one, and its parts as windows.

use std::cell::Cell;
use std::marker::PhantomData;

use pyo3_ffi::{self as ffi, PyObject};

use super::exc::{Exc, Res, give_up, index_error, value_error};
use super::int::Int;
use super::journal;
use super::numpy::{self, ALIGNED, Fields, WRITEABLE};
use super::obj::Obj;
use super::scalar::Element;
use super::value::{Value, unfit};

/// An `ndarray` of `T` in native byte order with `N` axes, or a window into one that has no object of its own yet.
#[derive(Clone, Debug)]
pub struct Array<T, const N: usize> {
    /// The array, or the one that the window looks into.
    object: Obj,
    data: *mut u8,
    shape: [isize; N],
    strides: [isize; N],
    /// Whether it may be written to: its contents are kept, or nobody else sees it.
    kept: Cell<bool>,
    is_window: bool,
    element: PhantomData<T>,
}

impl<T: Element, const N: usize> Value for Array<T, N> {
    unsafe fn from_ptr(object: *mut PyObject) -> Res<Self> {
        let class = numpy::api()?.ndarray();
        // SAFETY: exactly an ndarray, whose fields describe live memory; shapes are copied, and nothing runs
        // meanwhile that could change them.
        unsafe {
            if ffi::Py_TYPE(object) != class {
                return unfit();
            }
            let f = &*object.cast::<Fields>();
            let d = &*f.descr;
            let native = matches!(d.byteorder, b'=' | b'|')
                || d.byteorder
                    == if cfg!(target_endian = "little") {
                        b'<'
                    } else {
                        b'>'
                    };
            if d.type_num != T::TYPE_NUM || !native || f.nd as usize != N || f.flags & ALIGNED == 0
            {
                return unfit();
            }
            let (mut shape, mut strides) = ([0; N], [0; N]);
            for i in 0..N {
                shape[i] = *f.dimensions.add(i);
                strides[i] = *f.strides.add(i);
            }
            Ok(Self {
                object: Obj::borrowed(object),
                data: f.data,
                shape,
                strides,
                kept: Cell::new(false),
                is_window: false,
                element: PhantomData,
            })
        }
    }
    fn into_obj(self) -> Res<Obj> {
        if self.is_window {
            return self.looked();
        }
        Ok(self.object)
    }
}

/// The error of an index that an axis does not have; one beyond all addresses is another error.
#[cold]
pub(super) fn outside(index: isize) -> Exc {
    if index == isize::MAX || index == isize::MIN {
        return Exc::GIVE_UP;
    }
    index_error()
}

/// One part of a subscript.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// One place of an axis.
    At(isize),
    /// `start:stop:step`.
    Slice(Option<isize>, Option<isize>, Option<isize>),
    /// `None`: a new axis.
    New,
    /// `...`: so many whole axes.
    Rest(usize),
}

/// An optional number of Python as one of a slice.
#[inline]
pub fn bound_of<I: Int>(i: Option<I>) -> Option<isize> {
    i.map(Int::index)
}

impl<T: Element, const N: usize> Array<T, N> {
    /// The array object's own fields; of a window those of the array that it looks into.
    #[inline]
    fn fields(&self) -> &Fields {
        // SAFETY: a live array.
        unsafe { &*self.object.ptr().cast::<Fields>() }
    }

    /// `self.shape[axis]`.
    #[inline]
    pub fn extent(&self, axis: usize) -> isize {
        self.shape[axis]
    }

    /// Steps from item to item, in bytes.
    #[inline]
    pub fn strides(&self) -> [isize; N] {
        self.strides
    }

    /// Extents.
    #[inline]
    pub fn shape(&self) -> [isize; N] {
        self.shape
    }

    /// The first item.
    #[inline]
    pub fn data(&self) -> *mut u8 {
        self.data
    }

    /// The number of items.
    #[inline]
    pub fn size(&self) -> isize {
        self.shape.iter().product()
    }

    #[inline]
    fn place<I: Int>(&self, indices: [I; N]) -> Res<*mut u8> {
        let mut at = self.data;
        for (axis, i) in indices.into_iter().enumerate() {
            let (given, n) = (i.index(), self.shape[axis]);
            let i = if given < 0 {
                given.wrapping_add(n)
            } else {
                given
            };
            if i as usize >= n as usize {
                return Err(outside(given));
            }
            at = at.wrapping_offset(i.wrapping_mul(self.strides[axis]));
        }
        Ok(at)
    }

    /// `self[i, j…]`.
    #[inline]
    pub fn get<I: Int>(&self, indices: [I; N]) -> Res<T::Scalar> {
        let at = self.place(indices)?;
        // SAFETY: an aligned item inside the array.
        Ok(unsafe { at.cast::<T>().read() }.scalar())
    }

    /// `self.flat[index]`.
    pub fn at_flat<I: Int>(&self, index: I) -> Res<T::Scalar> {
        let (given, n) = (index.index(), self.size());
        let mut place = if given < 0 {
            given.wrapping_add(n)
        } else {
            given
        };
        if place as usize >= n as usize {
            return Err(outside(given));
        }
        let mut at = self.data;
        for axis in (0..N).rev() {
            at = at.wrapping_offset(place % self.shape[axis] * self.strides[axis]);
            place /= self.shape[axis];
        }
        // SAFETY: an aligned item inside the array.
        Ok(unsafe { at.cast::<T>().read() }.scalar())
    }

    /// `self[i, j…] = item`.
    #[inline]
    pub fn set<I: Int>(&self, indices: [I; N], item: T) -> Res<()> {
        let at = match self.place(indices) {
            Ok(at) => at,
            Err(error) => return self.missed(error),
        };
        if !self.kept.get() {
            self.keep()?;
        }
        // SAFETY: an aligned item inside a writable array.
        unsafe { at.cast::<T>().write(item) };
        Ok(())
    }

    /// What a write outside of the array is: NumPy looks first whether it may write at all.
    #[cold]
    fn missed(&self, error: Exc) -> Res<()> {
        if self.fields().flags & WRITEABLE == 0 {
            return give_up();
        }
        Err(error)
    }

    /// Whether nobody else sees this array, so that a change needs no memory of what was before.
    #[inline]
    fn is_fresh(&self) -> bool {
        let f = self.fields();
        self.kept.get()
            || !self.is_window
                && self.object.is_unshared()
                && f.base.is_null()
                && f.flags & WRITEABLE != 0
    }

    /// Keeps the contents before the first write.
    #[cold]
    pub fn keep(&self) -> Res<()> {
        if self.fields().flags & WRITEABLE == 0 {
            return give_up();
        }
        if self.is_fresh() || self.size() == 0 {
            self.kept.set(true);
            return Ok(());
        }
        self.kept.set(true);
        let (low, high) = self.reach();
        // SAFETY: the range from the lowest to the highest item belongs to the array's memory.
        unsafe { journal::bytes(&self.object, low, high as usize - low as usize) }
    }

    /// Makes sure that the contents can be put back.
    #[inline]
    pub fn written(&self) -> Res<()> {
        if self.kept.get() { Ok(()) } else { self.keep() }
    }

    /// The memory from the lowest item to the end of the highest, of an array that has items.
    pub fn reach(&self) -> (*mut u8, *mut u8) {
        let (mut low, mut high) = (self.data, self.data.wrapping_add(size_of::<T>()));
        for axis in 0..N {
            let reach = (self.shape[axis] - 1) * self.strides[axis];
            if reach < 0 {
                low = low.wrapping_offset(reach);
            } else {
                high = high.wrapping_offset(reach);
            }
        }
        (low, high)
    }

    /// `len(self)`.
    #[inline]
    pub fn first_extent(&self) -> isize {
        self.shape[0]
    }

    /// The part of the array that a subscript names, without an object of its own.
    #[inline]
    pub fn window<const M: usize>(&self, parts: &[Part]) -> Res<Array<T, M>> {
        let (mut shape, mut strides) = ([0; M], [0; M]);
        let (mut from, mut to, mut data) = (0, 0, self.data);
        let mut axis = |to: &mut usize, extent, stride| {
            if *to < M {
                (shape[*to], strides[*to]) = (extent, stride);
            }
            *to += 1;
        };
        for part in parts {
            match *part {
                Part::New => axis(&mut to, 1, 0),
                Part::Rest(n) => {
                    for _ in 0..n {
                        axis(&mut to, self.shape[from], self.strides[from]);
                        from += 1;
                    }
                }
                Part::At(given) => {
                    let n = self.shape[from];
                    let i = if given < 0 {
                        given.wrapping_add(n)
                    } else {
                        given
                    };
                    if i as usize >= n as usize {
                        return Err(outside(given));
                    }
                    data = data.wrapping_offset(i * self.strides[from]);
                    from += 1;
                }
                Part::Slice(start, stop, step) => {
                    let (first, count, step) = sliced(self.shape[from], start, stop, step)?;
                    data = data.wrapping_offset(first * self.strides[from]);
                    axis(&mut to, count, step * self.strides[from]);
                    from += 1;
                }
            }
        }
        while from < N {
            axis(&mut to, self.shape[from], self.strides[from]);
            from += 1;
        }
        if to != M {
            return give_up();
        }
        Ok(Array {
            kept: Cell::new(self.is_fresh()),
            object: self.object.clone(),
            data,
            shape,
            strides,
            is_window: true,
            element: PhantomData,
        })
    }

    /// `self.T`, without an object of its own.
    pub fn turned(&self) -> Self {
        let mut turned = self.clone();
        turned.kept.set(self.is_fresh());
        turned.shape.reverse();
        turned.strides.reverse();
        turned.is_window = true;
        turned
    }

    /// The real (0) or imaginary (1) parts of an array of complex numbers, without an object of its own.
    pub fn half<U: Element>(&self, which: usize) -> Array<U, N> {
        Array {
            kept: Cell::new(self.is_fresh()),
            object: self.object.clone(),
            data: self.data.wrapping_add(which * size_of::<U>()),
            shape: self.shape,
            strides: self.strides,
            is_window: true,
            element: PhantomData,
        }
    }

    /// The window as an array of its own, as NumPy makes it.
    fn looked(&self) -> Res<Obj> {
        let api = numpy::api()?;
        let f = self.fields();
        // SAFETY: the window lies inside the array; its dtype is that of the array, or one of half its width.
        unsafe {
            let descr = if (*f.descr).type_num == T::TYPE_NUM {
                Obj::borrowed(f.descr.cast())
            } else {
                api.descr(T::TYPE_NUM)?
            };
            let flags = f.flags & (WRITEABLE | ALIGNED);
            let memory = Some((self.data, flags, &self.object));
            api.array(descr, &self.shape, Some(&self.strides), memory)
        }
    }

    /// This array, or the window with an object of its own.
    #[inline]
    pub fn realized(&self) -> Res<Self> {
        self.clone().real()
    }

    /// The window with an object of its own.
    #[inline]
    pub fn real(self) -> Res<Self> {
        if !self.is_window {
            return Ok(self);
        }
        let object = self.looked()?;
        // Nobody else sees what a fresh array's window looks at, but the window's object may outlive that.
        Ok(Self {
            object,
            kept: Cell::new(false),
            is_window: false,
            ..self
        })
    }

    /// All items in the order of C, of an array that keeps them in a row.
    pub fn in_a_row(&self) -> Res<Array<T, 1>> {
        let mut size = size_of::<T>() as isize;
        for axis in (0..N).rev() {
            if self.strides[axis] != size && self.shape[axis] > 1 {
                return give_up();
            }
            size *= self.shape[axis].max(1);
        }
        let count = self.shape.iter().product();
        Ok(self.laid_out([count]))
    }

    /// The items, which lie in a row, in another shape of as many.
    pub(super) fn laid_out<const M: usize>(&self, shape: [isize; M]) -> Array<T, M> {
        let mut strides = [0; M];
        let mut size = size_of::<T>() as isize;
        for axis in (0..M).rev() {
            strides[axis] = size;
            size *= shape[axis];
        }
        Array {
            kept: Cell::new(self.is_fresh()),
            object: self.object.clone(),
            data: self.data,
            shape,
            strides,
            is_window: true,
            element: PhantomData,
        }
    }
}

impl<T: Element> Array<T, 2> {
    /// The items of a new array of one column, without an object of their own.
    pub(super) fn column(self) -> Array<T, 1> {
        Array {
            kept: Cell::new(true),
            shape: [self.shape[0]],
            // An array without items may have other steps.
            strides: [size_of::<T>() as isize],
            data: self.data,
            object: self.object,
            is_window: true,
            element: PhantomData,
        }
    }
}

/// An array's items for a loop that does not assign the array; they stay in registers.
#[derive(Clone, Copy, Debug)]
pub struct Lanes<T, const N: usize> {
    data: *mut u8,
    shape: [isize; N],
    strides: [isize; N],
    element: PhantomData<T>,
}

impl<T: Element, const N: usize> Array<T, N> {
    /// The items, to read.
    #[inline]
    pub fn lanes(&self) -> Lanes<T, N> {
        Lanes {
            data: self.data,
            shape: self.shape,
            strides: self.strides,
            element: PhantomData,
        }
    }

    /// The items, to read and write: what they are is kept.
    #[inline]
    pub fn lanes_to_write(&self) -> Res<Lanes<T, N>> {
        self.written()?;
        Ok(self.lanes())
    }
}

impl<T: Element, const N: usize> Lanes<T, N> {
    /// The first item.
    #[inline]
    pub fn data(self) -> *mut u8 {
        self.data
    }

    /// Extents.
    #[inline]
    pub fn shape(self) -> [isize; N] {
        self.shape
    }

    /// Steps from item to item, in bytes.
    #[inline]
    pub fn strides(self) -> [isize; N] {
        self.strides
    }

    /// `self.shape[axis]`.
    #[inline]
    pub fn extent(self, axis: usize) -> isize {
        self.shape[axis]
    }

    #[inline(always)]
    fn place<I: Int>(self, indices: [I; N]) -> Res<*mut u8> {
        let mut at = self.data;
        for (axis, i) in indices.into_iter().enumerate() {
            let (given, n) = (i.index(), self.shape[axis]);
            let i = if given < 0 {
                given.wrapping_add(n)
            } else {
                given
            };
            if i as usize >= n as usize {
                return Err(outside(given));
            }
            at = at.wrapping_offset(i.wrapping_mul(self.strides[axis]));
        }
        Ok(at)
    }

    /// `self[i, j…]`.
    #[inline(always)]
    pub fn get<I: Int>(self, indices: [I; N]) -> Res<T::Scalar> {
        let at = self.place(indices)?;
        // SAFETY: an aligned item inside the array, which lives through the loop.
        Ok(unsafe { at.cast::<T>().read() }.scalar())
    }

    /// `self[i, j…] = item`.
    #[inline(always)]
    pub fn set<I: Int>(self, indices: [I; N], item: T) -> Res<()> {
        let at = self.place(indices)?;
        // SAFETY: an aligned item inside a writable array, whose contents are kept.
        unsafe { at.cast::<T>().write(item) };
        Ok(())
    }
}

/// The first place, the count and the step of a slice of `n` items.
#[inline]
fn sliced(
    n: isize,
    start: Option<isize>,
    stop: Option<isize>,
    step: Option<isize>,
) -> Res<(isize, isize, isize)> {
    let step = step.unwrap_or(1);
    if step == 0 {
        return Err(value_error());
    }
    let (lowest, highest) = if step > 0 { (0, n) } else { (-1, n - 1) };
    let place = |i: Option<isize>, absent: isize| match i {
        None => absent,
        Some(i) if i < 0 => i.saturating_add(n).max(lowest),
        Some(i) => i.min(highest),
    };
    let (start, stop) = if step > 0 {
        (place(start, 0), place(stop, n))
    } else {
        (place(start, n - 1), place(stop, -1))
    };
    let count = if step > 0 {
        if start < stop {
            (stop - start - 1) / step + 1
        } else {
            0
        }
    } else if stop < start {
        (start - stop - 1) / step.wrapping_neg() + 1
    } else {
        0
    };
    // NumPy takes nothing from the beginning, in steps of one.
    if count == 0 {
        return Ok((0, 0, 1));
    }
    Ok((start, count, step))
}
