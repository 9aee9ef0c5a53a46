//! What the laws of layout leave out: whole blocks, results in place, folds and scans, and instruction sets
//! (approximations may differ between those, within their last places).

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::ufunc::table::{Row, Ufunc};
use numpy_rs_kernels::abi::{LoopContext, LoopStatus};
use numpy_rs_kernels::isa::{self, Isa};

/// More than one block of scratch for every item size, and no multiple of a vector.
const N: usize = 4321;

/// Rows that run without an owner of objects.
fn rows(ufunc: &'static Ufunc) -> Vec<Row> {
    let mut rows = Vec::new();
    (ufunc.build)(&mut rows);
    rows.retain(|r| !r.types.contains(&TypeNum::Object));
    rows
}

fn elementwise() -> impl Iterator<Item = &'static Ufunc> {
    numpy_rs_ufuncs::all()
        .iter()
        .copied()
        .filter(|u| u.signature.is_none())
}

/// Memory aligned for every element type.
#[repr(C, align(64))]
#[derive(Clone, Copy)]
struct Line([u8; 64]);

#[derive(Clone)]
struct Memory(Vec<Line>);

impl Memory {
    fn new(n_bytes: usize) -> Self {
        Self(vec![Line([0xa5; 64]); n_bytes / 64 + 1])
    }

    fn at(&mut self, offset: usize) -> *mut u8 {
        self.0.as_mut_ptr().cast::<u8>().wrapping_add(offset)
    }

    fn bytes(&self) -> &[u8] {
        // SAFETY: lines are bytes without padding.
        unsafe { std::slice::from_raw_parts(self.0.as_ptr().cast(), self.0.len() * 64) }
    }
}

/// A value of the type from a running number: small and large numbers, signs, fractions, and specials.
fn value(num: TypeNum, seed: usize, place: usize) -> Vec<u8> {
    let mixed = (seed as u64 + 1)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(17 + place as u32 * 13);
    let small = (mixed % 41) as f64 / 4.0 - 5.0;
    let x = match mixed >> 58 {
        0 => f64::INFINITY,
        1 => f64::NAN,
        2 => 0.0,
        3 => -0.0,
        4 => small * 1e30,
        5 => small * 1e-30,
        _ => small,
    };
    match num.kind() {
        b'b' => vec![(mixed & 1) as u8],
        // Exponents and shifts stay small and positive in the second place.
        b'i' | b'u' if place == 1 => (mixed % 7).to_le_bytes()[..num.facts().itemsize].to_vec(),
        b'i' | b'u' | b'm' | b'M' => mixed.to_le_bytes()[..num.facts().itemsize].to_vec(),
        _ => match num {
            TypeNum::Half => numpy_rs_elements::f16::from_f64(x).to_le_bytes().to_vec(),
            TypeNum::Float => (x as f32).to_le_bytes().to_vec(),
            TypeNum::Double => x.to_le_bytes().to_vec(),
            TypeNum::CFloat => [(x as f32).to_le_bytes(), (small as f32).to_le_bytes()].concat(),
            TypeNum::CDouble => [x.to_le_bytes(), small.to_le_bytes()].concat(),
            TypeNum::LongDouble => long(x),
            _ => [long(x), long(small)].concat(),
        },
    }
}

fn long(x: f64) -> Vec<u8> {
    let x = <numpy_rs_elements::LongDouble as numpy_rs_elements::real::Real>::from_f64(x);
    let mut bytes = [0u8; 16];
    let size = size_of_val(&x);
    // SAFETY: the value is plain bytes, and no longer than the buffer.
    unsafe { std::ptr::copy_nonoverlapping((&raw const x).cast::<u8>(), bytes.as_mut_ptr(), size) };
    bytes[..size].to_vec()
}

/// Contiguous inputs of `n` items, one memory per operand.
fn inputs(types: &[TypeNum], n: usize) -> Vec<Memory> {
    let each = |(place, &num): (usize, &TypeNum)| {
        let size = num.facts().itemsize;
        let mut memory = Memory::new(n * size);
        for i in 0..n {
            let item = value(num, i, place);
            // SAFETY: item `i` lies within the memory.
            unsafe { std::ptr::copy_nonoverlapping(item.as_ptr(), memory.at(i * size), size) };
        }
        memory
    };
    types.iter().enumerate().map(each).collect()
}

fn run(row: &Row, args: &[*mut u8], n: usize, strides: &[isize], watch: bool) -> LoopStatus {
    let sizes: Vec<usize> = row.types.iter().map(|t| t.facts().itemsize).collect();
    let ctx = LoopContext {
        itemsizes: &sizes,
        watch,
        watch_underflow: watch,
        objects: None,
        aux: row.aux,
        crew: None,
    };
    // SAFETY: every caller passes lanes of `n` items within its memories.
    unsafe { (row.run)(&ctx, args, &[n as isize], strides) }
}

fn sizes(row: &Row) -> Vec<isize> {
    row.types
        .iter()
        .map(|t| t.facts().itemsize as isize)
        .collect()
}

/// The items of each output after a run over contiguous lanes.
fn contiguous(row: &Row, nin: usize, n: usize) -> Vec<Vec<u8>> {
    let mut ins = inputs(&row.types[..nin], n);
    let strides = sizes(row);
    let mut outs: Vec<Memory> = strides[nin..]
        .iter()
        .map(|&s| Memory::new(n * s as usize))
        .collect();
    let args: Vec<*mut u8> = ins.iter_mut().chain(&mut outs).map(|m| m.at(0)).collect();
    let status = run(row, &args, n, &strides, true);
    assert_eq!(status.error, None);
    outs.iter()
        .zip(&strides[nin..])
        .map(|(o, &s)| o.bytes()[..n * s as usize].to_vec())
        .collect()
}

fn describe(ufunc: &Ufunc, row: &Row) -> String {
    let codes: String = row.types.iter().map(|t| t.facts().char as char).collect();
    format!("{} {codes}", ufunc.name)
}

/// The same items but for NaN, whose bits carry no meaning.
fn same(num: TypeNum, a: &[u8], b: &[u8]) -> bool {
    if a == b {
        return true;
    }
    let part = match num {
        TypeNum::CFloat => 4,
        TypeNum::CDouble => 8,
        TypeNum::CLongDouble => 16,
        _ => num.facts().itemsize,
    };
    a.chunks(part)
        .zip(b.chunks(part))
        .all(|(x, y)| x == y || (is_nan(x) && is_nan(y) && matches!(num.kind(), b'f' | b'c')))
}

fn is_nan(x: &[u8]) -> bool {
    match *x {
        [a, b] => numpy_rs_elements::f16::from_le_bytes([a, b]).is_nan(),
        [a, b, c, d] => f32::from_le_bytes([a, b, c, d]).is_nan(),
        [a, b, c, d, e, f, g, h] => f64::from_le_bytes([a, b, c, d, e, f, g, h]).is_nan(),
        _ => x[8] == 0xff && x[9] & 0x7f == 0x7f,
    }
}

#[test]
fn layout_does_not_change_a_bit() {
    for ufunc in elementwise() {
        for row in rows(ufunc) {
            let want = contiguous(&row, ufunc.nin, N);
            // Every operand at another stride, the first one backwards.
            let steps: Vec<isize> = sizes(&row)
                .iter()
                .enumerate()
                .map(|(i, s)| s * (i as isize + 2))
                .collect();
            let dense = inputs(&row.types[..ufunc.nin], N);
            let mut spread: Vec<Memory> =
                steps.iter().map(|&s| Memory::new(N * s as usize)).collect();
            for (i, memory) in dense.iter().enumerate() {
                let size = sizes(&row)[i] as usize;
                for k in 0..N {
                    let item = &memory.bytes()[k * size..(k + 1) * size];
                    let place = if i == 0 { N - 1 - k } else { k };
                    // SAFETY: item `place` lies within the memory.
                    unsafe {
                        std::ptr::copy_nonoverlapping(
                            item.as_ptr(),
                            spread[i].at(place * steps[i] as usize),
                            size,
                        );
                    }
                }
            }
            let mut strides = steps.clone();
            strides[0] = -steps[0];
            let args: Vec<*mut u8> = spread
                .iter_mut()
                .enumerate()
                .map(|(i, m)| {
                    m.at(if i == 0 {
                        (N - 1) * steps[0] as usize
                    } else {
                        0
                    })
                })
                .collect();
            run(&row, &args, N, &strides, true);
            for (o, want) in want.iter().enumerate() {
                let (num, step) = (row.types[ufunc.nin + o], steps[ufunc.nin + o] as usize);
                let size = num.facts().itemsize;
                for k in 0..N {
                    let got = &spread[ufunc.nin + o].bytes()[k * step..k * step + size];
                    assert!(
                        same(num, got, &want[k * size..(k + 1) * size]),
                        "{} item {k}",
                        describe(ufunc, &row)
                    );
                }
            }
        }
    }
}

#[test]
fn a_constant_operand_is_an_array_of_it() {
    for ufunc in elementwise().filter(|u| u.nin == 2 && u.nout == 1) {
        for row in rows(ufunc) {
            for constant in 0..2 {
                let mut ins = inputs(&row.types[..2], N);
                let s = sizes(&row);
                let size = s[constant] as usize;
                let first = ins[constant].bytes()[5 * size..6 * size].to_vec();
                for k in 0..N {
                    // SAFETY: item `k` lies within the memory.
                    unsafe {
                        std::ptr::copy_nonoverlapping(
                            first.as_ptr(),
                            ins[constant].at(k * size),
                            size,
                        );
                    };
                }
                let n_bytes = N * s[2] as usize;
                let (mut full, mut short) = (Memory::new(n_bytes), Memory::new(n_bytes));
                let (a, b) = (ins[0].at(0), ins[1].at(0));
                run(&row, &[a, b, full.at(0)], N, &s, false);
                let mut strides = s.clone();
                strides[constant] = 0;
                run(&row, &[a, b, short.at(0)], N, &strides, false);
                assert!(
                    same(
                        row.types[2],
                        &full.bytes()[..n_bytes],
                        &short.bytes()[..n_bytes]
                    ),
                    "{}",
                    describe(ufunc, &row)
                );
            }
        }
    }
}

#[test]
fn pieces_make_the_whole() {
    for ufunc in elementwise() {
        for row in rows(ufunc) {
            let want = contiguous(&row, ufunc.nin, 200);
            let mut ins = inputs(&row.types[..ufunc.nin], 200);
            let s = sizes(&row);
            let mut outs: Vec<Memory> = s[ufunc.nin..]
                .iter()
                .map(|&s| Memory::new(200 * s as usize))
                .collect();
            let mut from = 0;
            for len in [1, 2, 3, 7, 16, 31, 64, 76] {
                let args: Vec<*mut u8> = ins
                    .iter_mut()
                    .chain(&mut outs)
                    .zip(&s)
                    .map(|(m, &s)| m.at(from * s as usize))
                    .collect();
                run(&row, &args, len, &s, false);
                from += len;
            }
            assert_eq!(from, 200);
            for ((o, want), &num) in outs.iter().zip(&want).zip(&row.types[ufunc.nin..]) {
                assert!(
                    same(num, &o.bytes()[..want.len()], want),
                    "{}",
                    describe(ufunc, &row)
                );
            }
        }
    }
}

#[test]
fn in_place_is_out_of_place() {
    for ufunc in elementwise().filter(|u| u.nout == 1) {
        for row in rows(ufunc) {
            for place in (0..ufunc.nin).filter(|&i| row.types[i] == row.types[ufunc.nin]) {
                for n in [5, N] {
                    let want = contiguous(&row, ufunc.nin, n);
                    let mut ins = inputs(&row.types[..ufunc.nin], n);
                    let mut args: Vec<*mut u8> = ins.iter_mut().map(|m| m.at(0)).collect();
                    args.push(args[place]);
                    run(&row, &args, n, &sizes(&row), n == N);
                    let got = &ins[place].bytes()[..want[0].len()];
                    assert!(
                        same(row.types[ufunc.nin], got, &want[0]),
                        "{} in place {place}",
                        describe(ufunc, &row)
                    );
                }
            }
        }
    }
}

#[test]
fn folds_and_scans_of_integers_agree_with_steps() {
    for ufunc in elementwise().filter(|u| u.nin == 2 && u.nout == 1 && u.name != "power") {
        for row in rows(ufunc)
            .iter()
            .filter(|r| r.types.iter().all(|t| *t == r.types[0]))
        {
            let size = row.types[0].facts().itemsize;
            let is_exact = !row.types[0].is_float() && !row.types[0].is_complex();
            if !is_exact {
                continue;
            }
            let n = 300;
            let mut x = inputs(&row.types[..1], n).remove(0);
            let s = size as isize;
            let (mut stepped, mut scanned) = (Memory::new(n * size), Memory::new(n * size));
            for m in [&mut stepped, &mut scanned] {
                // SAFETY: one item from one memory to another.
                unsafe { std::ptr::copy_nonoverlapping(x.at(0), m.at(0), size) };
            }
            for k in 1..n {
                let args = [
                    stepped.at((k - 1) * size),
                    x.at(k * size),
                    stepped.at(k * size),
                ];
                run(row, &args, 1, &[s, s, s], false);
            }
            run(
                row,
                &[scanned.at(0), x.at(size), scanned.at(size)],
                n - 1,
                &[s, s, s],
                false,
            );
            assert_eq!(
                stepped.bytes(),
                scanned.bytes(),
                "scan of {}",
                describe(ufunc, row)
            );
            let mut acc = Memory::new(size);
            // SAFETY: one item from one memory to another.
            unsafe { std::ptr::copy_nonoverlapping(x.at(0), acc.at(0), size) };
            let a = acc.at(0);
            run(row, &[a, x.at(size), a], n - 1, &[0, s, 0], false);
            assert_eq!(
                &acc.bytes()[..size],
                &stepped.bytes()[(n - 1) * size..n * size],
                "fold of {}",
                describe(ufunc, row)
            );
        }
    }
}

#[test]
fn instruction_sets_agree() {
    let approximate = [
        "exp",
        "exp2",
        "expm1",
        "log",
        "log2",
        "log10",
        "log1p",
        "power",
        "float_power",
        "sin",
        "cos",
        "tan",
        "arcsin",
        "arccos",
        "arctan",
        "arctan2",
        "sinh",
        "cosh",
        "tanh",
        "cbrt",
        "absolute",
    ];
    for ufunc in elementwise().filter(|u| !approximate.contains(&u.name)) {
        let mut results: Vec<Vec<Vec<Vec<u8>>>> = Vec::new();
        for level in [Isa::Baseline, Isa::Avx2, Isa::Avx512] {
            isa::limit(level);
            let table = rows(ufunc);
            isa::limit(Isa::Avx512);
            results.push(
                table
                    .iter()
                    .map(|r| contiguous(r, ufunc.nin, 1000))
                    .collect(),
            );
        }
        for (i, row) in rows(ufunc).iter().enumerate() {
            for o in 0..ufunc.nout {
                for wide in &results[1..] {
                    assert!(
                        same(row.types[ufunc.nin + o], &results[0][i][o], &wide[i][o]),
                        "{}",
                        describe(ufunc, row)
                    );
                }
            }
        }
    }
}

#[test]
fn nothing_happens_to_no_items() {
    for ufunc in elementwise() {
        for row in rows(ufunc) {
            let args = vec![std::ptr::dangling_mut::<u8>(); ufunc.nargs()];
            assert!(
                run(&row, &args, 0, &vec![8; ufunc.nargs()], true)
                    .events
                    .is_empty()
            );
        }
    }
}

#[test]
fn every_ufunc_is_documented_and_its_rows_have_its_operands() {
    for ufunc in numpy_rs_ufuncs::all() {
        assert!(
            ufunc.doc.trim().len() > 10,
            "{} has no document",
            ufunc.name
        );
        assert!(std::ptr::eq(
            numpy_rs_ufuncs::get(ufunc.name).unwrap(),
            *ufunc
        ));
        for row in ufunc.rows() {
            assert_eq!(row.types.len(), ufunc.nargs(), "{}", ufunc.name);
        }
    }
}
