//! Singular values and vectors by the steps of LAPACK's `gesdd`, which settle the signs.

use crate::bidiagonal::{self, Reduction};
use crate::bidiagonal_qr::{self, Sides};
use crate::conquer::LEAF;
use crate::conquer_svd;
use crate::error::Result;
use crate::householder::{apply, reflect};
use crate::lanes;
use crate::reflections::Reflections;
use crate::room;
use crate::rotation::{Columns, Rotation};
use crate::scalar::Scalar;

/// Room for one decomposition after another of matrices of `m` rows and `n` columns.
#[derive(Debug)]
pub(crate) struct LapackSvd<T> {
    m: usize,
    n: usize,
    /// The matrix, column by column, or where it is wide, its adjoint: `long` rows, `short` columns.
    tall: Vec<T>,
    /// The triangle of a matrix that is long enough to be factored first.
    core: Vec<T>,
    tau: Vec<T>,
    tau_q: Vec<T>,
    tau_p: Vec<T>,
    right: Vec<T>,
    along: Vec<T>,
    d: Vec<f64>,
    e: Vec<f64>,
    u: Vec<f64>,
    v: Vec<f64>,
    parts: Vec<f64>,
    /// The order in which the singular values fall.
    order: Vec<usize>,
    turns: Vec<Rotation>,
    run_u: Vec<Rotation>,
    run_v: Vec<Rotation>,
}

impl<T: Scalar> LapackSvd<T> {
    pub(crate) fn new(m: usize, n: usize) -> Result<Self> {
        let (long, short) = (m.max(n), m.min(n));
        let square = short * short;
        Ok(Self {
            m,
            n,
            tall: room::zeros(long * short)?,
            core: room::zeros(square)?,
            tau: room::zeros(short)?,
            tau_q: room::zeros(short)?,
            tau_p: room::zeros(short)?,
            right: room::zeros(square)?,
            along: room::zeros(bidiagonal::room(long, short))?,
            d: room::zeros(short)?,
            e: room::zeros(short)?,
            u: room::zeros(square)?,
            v: room::zeros(square)?,
            parts: room::zeros(conquer_svd::room(short))?,
            order: room::list(0..short, short)?,
            turns: room::list([], short)?,
            run_u: room::list([], short)?,
            run_v: room::list([], short)?,
        })
    }

    /// Decomposes a matrix that is given row by row: the singular values go to `s`, the vectors, column by column, to `u`
    /// and `v`, as many as there is room for. False where it does not converge.
    pub(crate) fn run(&mut self, a: &[T], s: &mut [T], u: &mut [T], v: &mut [T]) -> Result<bool> {
        let (m, n) = (self.m, self.n);
        let (long, short) = (m.max(n), m.min(n));
        let wide = m < n;
        let size = self.read(a);
        // Much longer than short: only the triangle is made bidiagonal.
        let factored = if T::COMPLEX {
            long >= (short as f64 * 17.0 / 9.0) as usize
        } else {
            long >= (short as f64 * 11.0 / 6.0) as usize
        };
        if factored {
            triangle(&mut self.tall, long, &mut self.tau);
            for j in 0..short {
                for i in 0..short {
                    let inside = if i <= j {
                        self.tall[j * long + i]
                    } else {
                        T::ZERO
                    };
                    if wide {
                        self.core[i * short + j] = inside.conjugate();
                    } else {
                        self.core[j * short + i] = inside;
                    }
                }
            }
        }
        let (rows, given) = if factored {
            (short, &mut self.core)
        } else {
            (long, &mut self.tall)
        };
        bidiagonal::reduce(Reduction {
            rows,
            a: given,
            tau_q: &mut self.tau_q,
            right: &mut self.right,
            tau_p: &mut self.tau_p,
            d: &mut self.d,
            e: &mut self.e,
            room: &mut self.along,
        })?;
        // A wide matrix that was not factored has its adjoint's bidiagonal matrix the other way round.
        let lower = wide && !factored;
        if !self.solve(lower, !(u.is_empty() && v.is_empty()))? {
            return Ok(false);
        }
        for (to, &from) in s.iter_mut().zip(&self.order) {
            *to = T::from_real(self.d[from] * size);
        }
        if u.is_empty() && v.is_empty() {
            return Ok(true);
        }
        widen(&self.u, &self.order, u, m);
        widen(&self.v, &self.order, v, n);
        let given = if factored {
            &mut self.core
        } else {
            &mut self.tall
        };
        let q = Reflections::new(given, rows, 0, &self.tau_q)?;
        let p = Reflections::new(&mut self.right, short, 1, &self.tau_p[..short - 1])?;
        let (for_q, rows_q, for_p, rows_p) = if lower {
            (&mut *v, n, &mut *u, m)
        } else {
            (&mut *u, m, &mut *v, n)
        };
        p.apply_inside(for_p, rows_p, short)?;
        if factored {
            q.apply_inside(for_q, rows_q, short)?;
            let outer = Reflections::new(&mut self.tall, long, 0, &self.tau)?;
            outer.apply(if wide { v } else { u })?;
        } else {
            q.apply(for_q)?;
        }
        Ok(true)
    }

    /// Copies the matrix, scaled where squares of its entries would overflow or vanish; answers by what it was divided.
    fn read(&mut self, a: &[T]) -> f64 {
        let (m, n) = (self.m, self.n);
        let largest = a
            .iter()
            .fold(0.0f64, |most, x| most.max(x.re().abs()).max(x.im().abs()));
        let size = if largest > 0.0 && !(1e-140..1e140).contains(&largest) {
            largest
        } else {
            1.0
        };
        if m < n {
            for (to, from) in self.tall.iter_mut().zip(a) {
                *to = from.conjugate();
            }
        } else {
            crate::stack::transpose(a, m, n, &mut self.tall);
        }
        if size != 1.0 {
            for v in &mut self.tall {
                *v = v.divided(size);
            }
        }
        size
    }

    /// Decomposes the bidiagonal matrix.
    fn solve(&mut self, lower: bool, with_vectors: bool) -> Result<bool> {
        let short = self.d.len();
        let divided = with_vectors && short > LEAF;
        for side in [&mut self.u, &mut self.v] {
            side.fill(0.0);
            if !divided {
                let ones = side.iter_mut().step_by(short + 1);
                ones.for_each(|one| *one = 1.0);
            }
        }
        let (d, e) = (&mut self.d, &mut self.e[..short - 1]);
        if short == 1 {
            self.u[0] = 1f64.copysign(d[0]);
            d[0] = d[0].abs();
            return Ok(true);
        }
        self.turns.clear();
        if lower {
            for i in 0..short - 1 {
                let (by, r) = Rotation::new(d[i], e[i]);
                d[i] = r;
                e[i] = by.s * d[i + 1];
                d[i + 1] *= by.c;
                self.turns.push(by);
            }
        }
        if divided {
            let found = conquer_svd::solve(d, e, &mut self.u, &mut self.v, &mut self.parts)?;
            let Some(order) = found else {
                return Ok(false);
            };
            self.order = order;
        } else {
            let rows = if with_vectors { short } else { 0 };
            let mut sides = Sides {
                u: Columns {
                    items: &mut self.u,
                    stride: short,
                    rows,
                },
                v: Columns {
                    items: &mut self.v,
                    stride: short,
                    rows,
                },
                run_u: &mut self.run_u,
                run_v: &mut self.run_v,
            };
            if !bidiagonal_qr::solve(d, e, &mut sides) {
                return Ok(false);
            }
        }
        for column in self.u.chunks_exact_mut(short) {
            for (i, by) in self.turns.iter().enumerate().rev() {
                let (x, y) = (column[i], column[i + 1]);
                column[i + 1] = by.c * y + by.s * x;
                column[i] = by.c * x - by.s * y;
            }
        }
        Ok(true)
    }
}

/// Copies the columns of a square in an order into columns of `rows` rows; further columns are those of the identity.
fn widen<T: Scalar>(from: &[f64], order: &[usize], to: &mut [T], rows: usize) {
    let short = order.len();
    for (j, to) in to.chunks_exact_mut(rows).enumerate() {
        to.fill(T::ZERO);
        if let Some(&own) = order.get(j) {
            for (to, &x) in to.iter_mut().zip(&from[own * short..(own + 1) * short]) {
                *to = T::from_real(x);
            }
        } else {
            to[j] = T::ONE;
        }
    }
}

lanes::per_isa! {
    /// The triangle of a QR factorization in place, reflections below it.
    fn triangle<T: Scalar>(a: &mut [T], rows: usize, tau: &mut [T]) = triangle_body
}

#[inline(always)]
fn triangle_body<T: Scalar>(a: &mut [T], rows: usize, tau: &mut [T]) {
    for (j, tau) in tau.iter_mut().enumerate() {
        let (done, rest) = a.split_at_mut((j + 1) * rows);
        let v = &mut done[j * rows + j..];
        *tau = reflect(v);
        for column in rest.chunks_exact_mut(rows) {
            apply(v, tau.conjugate(), &mut column[j..]);
        }
    }
}
