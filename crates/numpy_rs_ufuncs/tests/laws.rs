//! Laws that every row of every ufunc keeps, found by walking the registry: a new ufunc is tested by being declared.

use numpy_rs_core::dtype::TypeNum;
use numpy_rs_core::ufunc::table::{Row, Ufunc};
use numpy_rs_kernels::abi::LoopContext;

/// Lengths around the widths of vectors and their tails.
const LENGTHS: [usize; 12] = [0, 1, 2, 3, 7, 8, 15, 17, 33, 64, 65, 130];

/// A splitmix generator: the same operands on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// One random item of a builtin number type, as bytes; None for types that loops of numbers do not have.
fn item(random: &mut Random, num: TypeNum) -> Option<Vec<u8>> {
    let facts = num.facts();
    let small = (random.next() % 19) as i64 - 9;
    let fraction = small as f64 + (random.next() % 8) as f64 / 8.0;
    let special = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    let real = if random.next().is_multiple_of(8) {
        special[(random.next() % 5) as usize]
    } else {
        fraction
    };
    let integer = if random.next().is_multiple_of(4) {
        random.next() as i64
    } else {
        small
    };
    Some(match (facts.kind, facts.itemsize) {
        (b'b', 1) => vec![(random.next() & 1) as u8],
        (b'i' | b'u', size @ (1 | 2 | 4 | 8)) => integer.to_le_bytes()[..size].to_vec(),
        (b'f', 2) => half(real).to_le_bytes().to_vec(),
        (b'f', 4) => (real as f32).to_le_bytes().to_vec(),
        (b'f', 8) => real.to_le_bytes().to_vec(),
        (b'c', 8) => [(real as f32).to_le_bytes(), (fraction as f32).to_le_bytes()].concat(),
        (b'c', 16) => [real.to_le_bytes(), fraction.to_le_bytes()].concat(),
        _ => return None,
    })
}

/// float16 bits of a multiple of 1/8 below 16, or of a special value.
fn half(x: f64) -> u16 {
    let sign = if x.is_sign_negative() { 0x8000 } else { 0 };
    if x.is_nan() {
        return 0x7e00;
    }
    if x.is_infinite() {
        return sign | 0x7c00;
    }
    if x == 0.0 {
        return sign;
    }
    let exponent = x.abs().log2().floor();
    let fraction = (x.abs() / exponent.exp2() - 1.0) * 1024.0;
    sign | (((exponent as i32 + 15) as u16) << 10) | fraction as u16
}

/// Operands of a row: items one after another.
struct Operands {
    sizes: Vec<usize>,
    inputs: Vec<Vec<u8>>,
    n: usize,
}

fn operands(row: &Row, nin: usize, n: usize, random: &mut Random) -> Option<Operands> {
    let sizes = row.types.iter().map(|num| num.facts().itemsize).collect();
    let mut inputs = Vec::new();
    for num in &row.types[..nin] {
        let items: Option<Vec<Vec<u8>>> = (0..n).map(|_| item(random, *num)).collect();
        inputs.push(items?.concat());
    }
    // Output types that no input generator knows belong to rows of other element kinds.
    item(random, *row.types.last()?)?;
    Some(Operands { sizes, inputs, n })
}

/// How operands lie in memory: a step between items in items, possibly negative or zero.
type Steps<'a> = &'a [isize];

/// Runs the row with each operand laid out by its step; the outputs item by item, and how it ended.
fn run(row: &Row, nin: usize, given: &Operands, steps: Steps<'_>) -> (Vec<Vec<u8>>, String) {
    let n = given.n;
    let mut memories = Vec::new();
    let mut args = Vec::new();
    let mut strides = Vec::new();
    for (at, &size) in given.sizes.iter().enumerate() {
        let step = steps[at];
        let span = n.max(1) * step.unsigned_abs().max(1);
        // Words of 16 bytes keep every element type aligned.
        let mut memory = vec![0u128; (span * size).div_ceil(16) + 1];
        let base = memory.as_mut_ptr().cast::<u8>();
        let start = if step < 0 {
            (n.max(1) - 1) * step.unsigned_abs() * size
        } else {
            0
        };
        // SAFETY: the first item lies inside the memory, which spans all items in either direction.
        let first = unsafe { base.add(start) };
        if at < nin {
            let count = if step == 0 { n.min(1) } else { n };
            for k in 0..count {
                let item = &given.inputs[at][k * size..(k + 1) * size];
                // SAFETY: item `k` lies within the span on this side of `first`.
                unsafe {
                    first
                        .offset(k as isize * step * size as isize)
                        .copy_from_nonoverlapping(item.as_ptr(), size);
                }
            }
        }
        args.push(first);
        strides.push(step * size as isize);
        memories.push(memory);
    }
    let context = LoopContext {
        itemsizes: &given.sizes,
        watch: true,
        watch_underflow: true,
        objects: None,
        aux: row.aux,
    };
    // SAFETY: every operand is valid and aligned for `n` items at its stride, and none overlaps another.
    let status = unsafe { (row.run)(&context, &args, &[n as isize], &strides) };
    let outputs = (nin..given.sizes.len())
        .map(|at| {
            let size = given.sizes[at];
            let mut items = vec![0u8; n * size];
            for k in 0..n {
                // SAFETY: as for the inputs.
                unsafe {
                    args[at]
                        .offset(k as isize * strides[at])
                        .copy_to_nonoverlapping(items[k * size..].as_mut_ptr(), size);
                }
            }
            items
        })
        .collect();
    (outputs, format!("{status:?}"))
}

/// Equal bytes, any NaN equal to any NaN.
fn same(left: &[u8], right: &[u8], num: TypeNum) -> bool {
    let facts = num.facts();
    let width = if facts.kind == b'c' {
        facts.itemsize / 2
    } else {
        facts.itemsize
    };
    let is_nan = |bytes: &[u8]| match (facts.kind, width) {
        (b'f' | b'c', 4) => f32::from_le_bytes(bytes.try_into().unwrap_or_default()).is_nan(),
        (b'f' | b'c', 8) => f64::from_le_bytes(bytes.try_into().unwrap_or_default()).is_nan(),
        (b'f', 2) => (u16::from_le_bytes(bytes.try_into().unwrap_or_default()) & 0x7fff) > 0x7c00,
        _ => false,
    };
    left.chunks(width)
        .zip(right.chunks(width))
        .all(|(a, b)| a == b || (is_nan(a) && is_nan(b)))
}

fn rows_of_numbers() -> impl Iterator<Item = (&'static Ufunc, &'static Row)> {
    numpy_rs_ufuncs::all()
        .iter()
        .filter(|ufunc| ufunc.signature.is_none())
        .flat_map(|ufunc| ufunc.rows().iter().map(move |row| (*ufunc, row)))
}

#[test]
fn every_layout_gives_the_bits_of_the_contiguous_one() {
    let mut random = Random(20_261_121);
    let mut tried = 0;
    let mut wrong = Vec::new();
    for (ufunc, row) in rows_of_numbers() {
        for n in LENGTHS {
            let Some(given) = operands(row, ufunc.nin, n, &mut random) else {
                break;
            };
            let nargs = ufunc.nargs();
            let (wanted, ended) = run(row, ufunc.nin, &given, &vec![1; nargs]);
            for step in [2, -1, 3] {
                let (got, also_ended) = run(row, ufunc.nin, &given, &vec![step; nargs]);
                tried += 1;
                let equal = (0..ufunc.nout)
                    .all(|at| same(&got[at], &wanted[at], row.types[ufunc.nin + at]));
                if !equal || ended != also_ended {
                    wrong.push(format!(
                        "{} {:?} n={n} step={step} {ended} {also_ended}",
                        ufunc.name, row.types
                    ));
                }
            }
        }
    }
    assert!(tried > 10_000, "only {tried} comparisons");
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}

#[test]
fn a_constant_operand_gives_the_bits_of_a_repeated_one() {
    let mut random = Random(7);
    let mut wrong = Vec::new();
    for (ufunc, row) in rows_of_numbers().filter(|(ufunc, _)| ufunc.nin == 2) {
        for n in LENGTHS {
            for constant in 0..2 {
                let Some(mut given) = operands(row, 2, n, &mut random) else {
                    break;
                };
                let size = given.sizes[constant];
                let first = given.inputs[constant]
                    .get(..size)
                    .map(<[u8]>::to_vec)
                    .unwrap_or_default();
                given.inputs[constant] = first.repeat(n);
                let mut steps = vec![1; ufunc.nargs()];
                let (wanted, ended) = run(row, 2, &given, &steps);
                steps[constant] = 0;
                let (got, also_ended) = run(row, 2, &given, &steps);
                let equal =
                    (0..ufunc.nout).all(|at| same(&got[at], &wanted[at], row.types[2 + at]));
                if !equal || ended != also_ended {
                    wrong.push(format!(
                        "{} {:?} n={n} operand {constant}",
                        ufunc.name, row.types
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}

#[test]
fn a_row_cut_in_two_gives_the_bits_of_the_whole() {
    let mut random = Random(99);
    let mut wrong = Vec::new();
    for (ufunc, row) in rows_of_numbers() {
        let Some(given) = operands(row, ufunc.nin, 67, &mut random) else {
            continue;
        };
        let steps = vec![1; ufunc.nargs()];
        let (wanted, ended) = run(row, ufunc.nin, &given, &steps);
        if ended.contains("Some") {
            continue; // stopped by an error: the rest is not written
        }
        for cut in [1, 5, 16, 33] {
            let part = |from: usize, to: usize| Operands {
                sizes: given.sizes.clone(),
                inputs: given
                    .inputs
                    .iter()
                    .zip(&given.sizes)
                    .map(|(items, size)| items[from * size..to * size].to_vec())
                    .collect(),
                n: to - from,
            };
            let (head, _) = run(row, ufunc.nin, &part(0, cut), &steps);
            let (tail, _) = run(row, ufunc.nin, &part(cut, 67), &steps);
            for at in 0..ufunc.nout {
                let joined = [head[at].clone(), tail[at].clone()].concat();
                if !same(&joined, &wanted[at], row.types[ufunc.nin + at]) {
                    wrong.push(format!("{} {:?} cut at {cut}", ufunc.name, row.types));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}

#[test]
fn every_ufunc_says_what_it_is() {
    for ufunc in numpy_rs_ufuncs::all() {
        let doc = ufunc.doc.trim();
        assert!(
            doc.len() > 10 && doc.ends_with(['.', ')', ':']),
            "{}: {doc:?}",
            ufunc.name
        );
        assert!(!ufunc.rows().is_empty(), "{} has no rows", ufunc.name);
        for row in ufunc.rows() {
            assert_eq!(
                row.types.len(),
                ufunc.nargs(),
                "{} {:?}",
                ufunc.name,
                row.types
            );
        }
    }
}

#[test]
fn names_are_found_and_in_order() {
    let names: Vec<&str> = numpy_rs_ufuncs::all()
        .iter()
        .map(|ufunc| ufunc.name)
        .collect();
    assert!(names.is_sorted());
    for name in names {
        assert_eq!(
            numpy_rs_ufuncs::get(name).map(|ufunc| ufunc.name),
            Some(name)
        );
    }
    assert!(numpy_rs_ufuncs::get("no_such_ufunc").is_none());
}
