//! QR factors by reflections (LAPACK's `geqrf` and `ungqr`).

use dyn_stack::{MemBuffer, MemStack, StackReq};
use faer::linalg::householder as faer_householder;
use faer::linalg::qr::no_pivoting::factor;
use faer::{Conj, MatMut, MatRef, Par, Spec, c64};
use numpy_rs_core::array::Array;
use numpy_rs_core::view::View;

use crate::error::Result;
use crate::householder::{apply, reflect};
use crate::precision::Precision;
use crate::room;
use crate::scalar::Scalar;
use crate::spread;
use crate::stack::{Results, Stack, transpose};

/// Up to this many columns reflections are applied one by one.
const SMALL: usize = 24;

/// What to answer, for matrices of `m` rows, `n` columns and `k` the smaller of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QrMode {
    /// `q` of `(m, k)`, `r` of `(k, n)`.
    Reduced,
    /// `q` of `(m, m)`, `r` of `(m, n)`.
    Complete,
    /// `r` of `(k, n)` alone.
    R,
    /// The reflections of LAPACK: `h` of `(n, m)`, transposed, and `tau` of `(k,)`.
    Raw,
}

/// The factors `q` and `r` with `a = q r`; `r` is upper triangular, its diagonal real. The first array is `None` for
/// [`QrMode::R`]; for [`QrMode::Raw`] the arrays are `h` and `tau`.
///
/// # Errors
///
/// [`Error::NoMatrix`](crate::Error::NoMatrix), no memory.
pub fn qr(a: &View<'_>, mode: QrMode) -> Result<(Option<Array>, Array)> {
    let precision = Precision::of("qr_r_raw", &[a])?;
    if precision.complex {
        qr_in::<c64>(a, mode, precision)
    } else {
        qr_in::<f64>(a, mode, precision)
    }
}

fn qr_in<T: Scalar>(
    a: &View<'_>,
    mode: QrMode,
    precision: Precision,
) -> Result<(Option<Array>, Array)> {
    let a = Stack::<T>::read(a)?;
    let (m, n) = (a.rows, a.cols);
    let k = m.min(n);
    let width = if mode == QrMode::Complete { m } else { k };
    let (first, second): (&[usize], &[usize]) = match mode {
        QrMode::Raw => (&[n, m], &[k]),
        _ => (&[m, width], &[width, n]),
    };
    let with_q = !matches!(mode, QrMode::R);
    let mut firsts = Results::<T>::new(if with_q { &a.batch } else { &[0] }, first)?;
    let mut seconds = Results::<T>::new(&a.batch, second)?;
    let one_by_one = mode == QrMode::Raw || k <= SMALL;
    let to = (with_q.then(|| firsts.writer()), seconds.writer());
    let make = || Work::<T>::new(m, n, width, one_by_one);
    spread::each(
        a.count(),
        50 + m * n * k / 4,
        to,
        make,
        |work, i, (mut first, r)| {
            work.factor(&a, i);
            if let (QrMode::Raw, Some(first)) = (mode, &mut first) {
                first.copy_from_slice(&work.h);
                r.copy_from_slice(&work.tau[..k]);
                return Ok(());
            }
            for row in 0..k {
                for col in row..n {
                    r[row * n + col] = work.h[col * m + row];
                }
            }
            if with_q {
                work.make_q();
            }
            work.turn_real(r, n);
            if let Some(first) = first {
                transpose(&work.q, width, m, first);
            }
            Ok(())
        },
    )?;
    let dtype = precision.result();
    let first = if with_q {
        Some(firsts.finish(&dtype)?)
    } else {
        None
    };
    Ok((first, seconds.finish(&dtype)?))
}

/// The factors of one matrix after another, in room that is used again.
struct Work<T> {
    m: usize,
    n: usize,
    /// Reflections below the diagonal, `r` above, column by column.
    h: Vec<T>,
    /// Factors of the reflections, or of blocks of them.
    tau: Vec<T>,
    /// Rows of `tau`: the size of blocks, 0 where reflections come one by one.
    block: usize,
    /// Whether the reflections at hand are in blocks.
    by_blocks: bool,
    /// `m` rows, column by column.
    q: Vec<T>,
    room: MemBuffer,
}

impl<T: Scalar> Work<T> {
    fn new(m: usize, n: usize, width: usize, one_by_one: bool) -> Result<Self> {
        let k = m.min(n);
        let block = if one_by_one {
            0
        } else {
            factor::recommended_block_size::<T>(m, n)
        };
        let needed = if one_by_one {
            StackReq::EMPTY
        } else {
            StackReq::any_of(&[
                factor::qr_in_place_scratch::<T>(m, n, block, Par::Seq, Spec::default()),
                faer_householder::apply_block_householder_sequence_on_the_left_in_place_scratch::<T>(
                    m, block, width,
                ),
            ])
        };
        Ok(Self {
            m,
            n,
            h: room::zeros(m * n)?,
            tau: room::zeros(block.max(1) * k)?,
            block,
            by_blocks: false,
            q: room::zeros(m * width)?,
            room: room::workspace(needed)?,
        })
    }

    /// Factors matrix `i` of a stack.
    fn factor(&mut self, a: &Stack<T>, i: usize) {
        let (m, n) = (self.m, self.n);
        let k = m.min(n);
        a.by_columns(i, &mut self.h);
        self.by_blocks = self.block > 0;
        if self.by_blocks {
            let found = factor::qr_in_place(
                MatMut::from_column_major_slice_mut(&mut self.h, m, n),
                MatMut::from_column_major_slice_mut(&mut self.tau, self.block, k),
                Par::Seq,
                MemStack::new(&mut self.room),
                Spec::default(),
            );
            if found.rank == k {
                return;
            }
            // Of columns that nearly depend on those before faer leaves out what is there, and the factors are off by
            // many units in the last place.
            self.by_blocks = false;
            a.by_columns(i, &mut self.h);
        }
        for j in 0..k {
            let (done, rest) = self.h.split_at_mut((j + 1) * m);
            let v = &mut done[j * m + j..];
            let tau = reflect(v);
            self.tau[j] = tau;
            for column in rest.chunks_exact_mut(m) {
                apply(v, tau.conjugate(), &mut column[j..]);
            }
        }
    }

    fn make_q(&mut self) {
        let (m, k) = (self.m, self.m.min(self.n));
        self.q.fill(T::ZERO);
        for one in self.q.iter_mut().step_by(m + 1) {
            *one = T::ONE;
        }
        if self.by_blocks {
            let width = self.q.len() / m;
            faer_householder::apply_block_householder_sequence_on_the_left_in_place_with_conj(
                MatRef::from_column_major_slice(&self.h, m, self.n).subcols(0, k),
                MatRef::from_column_major_slice(&self.tau, self.block, k),
                Conj::No,
                MatMut::from_column_major_slice_mut(&mut self.q, m, width),
                Par::Seq,
                MemStack::new(&mut self.room),
            );
            return;
        }
        for j in (0..k).rev() {
            let v = &self.h[j * m + j..(j + 1) * m];
            for column in self.q.chunks_exact_mut(m).skip(j) {
                apply(v, self.tau[j], &mut column[j..]);
            }
        }
    }

    /// Makes the diagonal of `r` real, as LAPACK's is, by a phase for each of its rows and the column of `q` with it.
    fn turn_real(&mut self, r: &mut [T], n: usize) {
        for i in 0..self.m.min(n) {
            let d = r[i * n + i];
            if d.im() == 0.0 {
                continue;
            }
            let phase = d.divided(d.modulus().copysign(d.re()));
            for v in &mut r[i * n + i..(i + 1) * n] {
                *v = v.times(phase.conjugate());
            }
            r[i * n + i] = T::from_real(r[i * n + i].re());
            if let Some(column) = self.q.chunks_exact_mut(self.m).nth(i) {
                for v in column {
                    *v = v.times(phase);
                }
            }
        }
    }
}
