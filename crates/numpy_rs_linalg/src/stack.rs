//! Operands and results as stacks of row-major matrices.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::copy;
use numpy_rs_core::dims::Dims;
use numpy_rs_core::dtype::DType;
use numpy_rs_core::layout::{self, Order};
use numpy_rs_core::parallel::SharedPtr;
use numpy_rs_core::view::View;

use crate::error::{Error, Result};
use crate::scalar::Scalar;

/// Matrices to read: an operand in the dtype of the calculation.
#[derive(Debug)]
pub struct Stack<T> {
    array: Array,
    /// The axes before the matrices.
    pub batch: Dims,
    /// Rows of each matrix.
    pub rows: usize,
    /// Columns of each matrix.
    pub cols: usize,
    element: PhantomData<T>,
}

impl<T: Scalar> Stack<T> {
    /// Reads an operand whose last two axes are matrices.
    ///
    /// # Errors
    ///
    /// [`Error::NoMatrix`] for fewer than two axes; no memory.
    pub fn read(view: &View<'_>) -> Result<Self> {
        let ndim = view.ndim();
        if ndim < 2 {
            return Err(Error::NoMatrix { ndim });
        }
        let (array, _) = copy::cast_to(view, &T::dtype(), Order::C, Casting::Unsafe)?;
        Ok(Self {
            batch: view.shape()[..ndim - 2].into(),
            rows: view.shape()[ndim - 2] as usize,
            cols: view.shape()[ndim - 1] as usize,
            array,
            element: PhantomData,
        })
    }

    /// Reads an operand of square matrices.
    ///
    /// # Errors
    ///
    /// As [`Stack::read`], and [`Error::NotSquare`].
    pub fn read_square(view: &View<'_>) -> Result<Self> {
        let stack = Self::read(view)?;
        if stack.rows == stack.cols {
            Ok(stack)
        } else {
            Err(Error::NotSquare)
        }
    }

    /// Reads a vector as a matrix of one column.
    ///
    /// # Errors
    ///
    /// No memory.
    pub fn read_vector(view: &View<'_>) -> Result<Self> {
        let (array, _) = copy::cast_to(view, &T::dtype(), Order::C, Casting::Unsafe)?;
        Ok(Self {
            batch: Dims::new(),
            rows: array.size(),
            cols: 1,
            array,
            element: PhantomData,
        })
    }

    /// The number of matrices.
    pub fn count(&self) -> usize {
        self.batch.iter().product::<isize>() as usize
    }

    /// Matrix `k`, row by row.
    pub fn matrix(&self, k: usize) -> &[T] {
        let n = self.rows * self.cols;
        &items(&self.array)[k * n..(k + 1) * n]
    }

    /// Whether no element is NaN or infinite.
    pub fn is_finite(&self) -> bool {
        items::<T>(&self.array).iter().all(|x| x.finite())
    }

    /// Copies matrix `k` column by column into `to`.
    pub(crate) fn by_columns(&self, k: usize, to: &mut [T]) {
        transpose(self.matrix(k), self.rows, self.cols, to);
    }
}

/// Turns `rows` rows of `cols` items into `cols` rows of `rows` items.
pub(crate) fn transpose<T: Copy>(from: &[T], rows: usize, cols: usize, to: &mut [T]) {
    // Blocks whose lines stay in the first-level cache on both sides.
    const BLOCK: usize = 16;
    for i in (0..rows).step_by(BLOCK) {
        for j in (0..cols).step_by(BLOCK) {
            for r in i..rows.min(i + BLOCK) {
                for c in j..cols.min(j + BLOCK) {
                    to[c * rows + r] = from[r * cols + c];
                }
            }
        }
    }
}

/// The items of an array that was made contiguous in this dtype.
fn items<T: Scalar>(array: &Array) -> &[T] {
    assert!(*array.dtype() == T::dtype() && array.view().is_c_contiguous());
    // SAFETY: the array is contiguous, aligned by its allocator, and of `T`, as was just asked.
    unsafe { std::slice::from_raw_parts(array.view().ptr().cast(), array.size()) }
}

/// Items to write, so many for each matrix of a stack.
#[derive(Debug)]
pub struct Results<T> {
    array: Array,
    per_matrix: usize,
    element: PhantomData<T>,
}

impl<T: Scalar> Results<T> {
    /// Room for the results of a stack: `core` is the shape of one.
    ///
    /// # Errors
    ///
    /// No memory.
    pub fn new(batch: &[isize], core: &[usize]) -> Result<Self> {
        let mut shape = Dims::from_slice(batch);
        shape.extend(core.iter().map(|&n| n as isize));
        Ok(Self {
            array: Array::zeros(T::dtype(), &shape, Order::C)?,
            per_matrix: core.iter().product(),
            element: PhantomData,
        })
    }

    /// For threads that write a result each.
    pub(crate) fn writer(&mut self) -> Writer<'_, T> {
        let size = self.array.size();
        let mut view = self
            .array
            .view_mut()
            .expect("nobody else has seen the array");
        Writer {
            items: SharedPtr::new(view.ptr_mut()),
            per_matrix: self.per_matrix,
            size,
            results: PhantomData,
        }
    }

    /// The items of result `k`, row by row.
    pub fn of(&mut self, k: usize) -> &mut [T] {
        let writer = self.writer();
        // SAFETY: `self` is borrowed mutably as long as the items are.
        unsafe { writer.part(k) }
    }

    /// The array, rounded to a dtype where that is another.
    ///
    /// # Errors
    ///
    /// No memory.
    pub fn finish(self, dtype: &DType) -> Result<Array> {
        if self.array.dtype() == dtype {
            return Ok(self.array);
        }
        Ok(copy::cast_to(&self.array.view(), dtype, Order::C, Casting::Unsafe)?.0)
    }
}

/// Results that several threads write, each handed out once.
#[derive(Debug)]
pub(crate) struct Writer<'a, T> {
    items: SharedPtr,
    per_matrix: usize,
    size: usize,
    results: PhantomData<&'a mut [T]>,
}

/// What a thread writes for one matrix: the items of one result, or of several.
pub(crate) trait Parts: Sync {
    /// Items of one matrix.
    type Part;

    /// The items of result `k`, row by row.
    ///
    /// # Safety
    ///
    /// Nobody else has those of the same `k`.
    unsafe fn part(&self, k: usize) -> Self::Part;
}

impl<'a, T: Scalar> Parts for Writer<'a, T> {
    type Part = &'a mut [T];

    unsafe fn part(&self, k: usize) -> &'a mut [T] {
        let (n, size) = (self.per_matrix, self.size);
        assert!((k + 1) * n <= size, "result {k} is not there");
        let first = self.items.at((k * n * size_of::<T>()) as isize);
        // SAFETY: the array was made contiguous in `T`, is borrowed mutably, and holds these items, which are the
        // caller's alone.
        unsafe { std::slice::from_raw_parts_mut(first.cast::<T>(), n) }
    }
}

impl<A: Parts, B: Parts> Parts for (A, B) {
    type Part = (A::Part, B::Part);

    unsafe fn part(&self, k: usize) -> Self::Part {
        // SAFETY: promised by the caller.
        unsafe { (self.0.part(k), self.1.part(k)) }
    }
}

impl<A: Parts> Parts for Option<A> {
    type Part = Option<A::Part>;

    unsafe fn part(&self, k: usize) -> Self::Part {
        // SAFETY: promised by the caller.
        self.as_ref().map(|parts| unsafe { parts.part(k) })
    }
}

/// Parts that are handed out in blocks of `together`, each block to whoever takes it first.
pub(crate) struct Shares<P> {
    parts: P,
    count: usize,
    together: usize,
    taken: Vec<AtomicBool>,
}

impl<P: Parts> Shares<P> {
    /// Shares of `count` parts.
    pub(crate) fn new(parts: P, count: usize, together: usize) -> Result<Self> {
        let blocks = count.div_ceil(together);
        let mut taken = Vec::new();
        taken
            .try_reserve_exact(blocks)
            .map_err(|_| numpy_rs_core::error::Error::ScratchMemory)?;
        taken.resize_with(blocks, AtomicBool::default);
        Ok(Self {
            parts,
            count,
            together,
            taken,
        })
    }

    /// The number of blocks.
    pub(crate) fn blocks(&self) -> usize {
        self.taken.len()
    }

    /// The parts of a block with their numbers; nothing where it was taken before.
    pub(crate) fn take(&self, block: usize) -> impl Iterator<Item = (usize, P::Part)> + '_ {
        let free = !self.taken[block].swap(true, Ordering::Relaxed);
        let end = if free {
            self.count.min((block + 1) * self.together)
        } else {
            0
        };
        // SAFETY: no number is in two blocks, and a block is taken once.
        (block * self.together..end).map(|k| (k, unsafe { self.parts.part(k) }))
    }
}

/// Which matrices of two stacks meet: their stacks broadcast against each other.
#[derive(Debug)]
pub struct Pairs {
    /// The shape of the stack of results.
    pub batch: Dims,
    strides: [Dims; 2],
}

impl Pairs {
    /// Broadcasts two stacks.
    ///
    /// # Errors
    ///
    /// The shapes do not go together.
    pub fn new(a: &[isize], b: &[isize]) -> Result<Self> {
        let batch = layout::broadcast_shapes(&[a, b])?;
        let strides = [
            layout::broadcast_strides(a, &layout::c_strides(a, 1), &batch)?,
            layout::broadcast_strides(b, &layout::c_strides(b, 1), &batch)?,
        ];
        Ok(Self { batch, strides })
    }

    /// The number of results.
    pub fn count(&self) -> usize {
        self.batch.iter().product::<isize>() as usize
    }

    /// The matrices that result `k` is made from.
    pub fn get(&self, k: usize) -> (usize, usize) {
        let (mut rest, mut at) = (k as isize, (0, 0));
        for axis in (0..self.batch.len()).rev() {
            let i = rest % self.batch[axis];
            rest /= self.batch[axis];
            at.0 += i * self.strides[0][axis];
            at.1 += i * self.strides[1][axis];
        }
        (at.0 as usize, at.1 as usize)
    }
}
