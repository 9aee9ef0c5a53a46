//! Elementwise calls over layouts, casts, masks and overlap, with small rows made here.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::sync::OnceLock;

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::dtype::{ByteOrder, DType, TypeNum};
use numpy_rs_core::error::ErrorKind;
use numpy_rs_core::layout::Order;
use numpy_rs_core::ufunc::table::{Identity, Resolver, Row, Ufunc};
use numpy_rs_core::ufunc::{Operand, Spec, UfuncOptions, Weak, plan_elementwise};
use numpy_rs_core::view::{View, ViewMut};
use numpy_rs_kernels::abi::{LoopContext, LoopStatus};
use smallvec::SmallVec;

unsafe fn sub<T: Copy + std::ops::Sub<Output = T>>(
    _: &LoopContext<'_>,
    args: &[*mut u8],
    dims: &[isize],
    s: &[isize],
) -> LoopStatus {
    for k in 0..dims[0] {
        // SAFETY: the engine passes valid lanes.
        unsafe {
            let x = args[0].offset(k * s[0]).cast::<T>();
            let y = args[1].offset(k * s[1]).cast::<T>();
            assert!(x.is_aligned() && y.is_aligned());
            *args[2].offset(k * s[2]).cast::<T>() = *x - *y;
        }
    }
    LoopStatus::OK
}

use TypeNum::{Double, Float, Int, Long};

static SUB: Ufunc = Ufunc {
    name: "test_subtract",
    doc: "",
    nin: 2,
    nout: 1,
    signature: None,
    identity: Identity::Zero,
    reorderable: true,
    resolver: Resolver::Default,
    build: |rows| {
        let aux = std::ptr::null();
        rows.push(Row {
            types: &[Int, Int, Int],
            run: sub::<i32>,
            aux,
            fold_rows: None,
        });
        rows.push(Row {
            types: &[Long, Long, Long],
            run: sub::<i64>,
            aux,
            fold_rows: None,
        });
        rows.push(Row {
            types: &[Float, Float, Float],
            run: sub::<f32>,
            aux,
            fold_rows: None,
        });
        rows.push(Row {
            types: &[Double, Double, Double],
            run: sub::<f64>,
            aux,
            fold_rows: None,
        });
    },
    rows: OnceLock::new(),
};

/// An array that owns more memory than it shows.
struct Strided {
    bytes: Vec<u8>,
    at: isize,
    dtype: DType,
    shape: Vec<isize>,
    strides: Vec<isize>,
}

impl Strided {
    fn view(&self) -> View<'_> {
        let ptr = self.bytes.as_ptr().wrapping_offset(self.at);
        // SAFETY: tests lay arrays out inside their bytes.
        unsafe { View::from_raw(ptr, self.dtype.clone(), &self.shape, &self.strides) }
    }

    fn view_mut(&mut self) -> ViewMut<'_> {
        let ptr = self.bytes.as_mut_ptr().wrapping_offset(self.at);
        // SAFETY: as above.
        unsafe { ViewMut::from_raw(ptr, self.dtype.clone(), &self.shape, &self.strides) }
    }
}

fn get(v: &View<'_>, index: &[isize]) -> f64 {
    let offset: isize = index.iter().zip(v.strides()).map(|(i, s)| i * s).sum();
    let mut b = [0u8; 16];
    let n = v.dtype().itemsize();
    // SAFETY: the index is inside.
    unsafe { std::ptr::copy_nonoverlapping(v.ptr().offset(offset), b.as_mut_ptr(), n) };
    if !v.dtype().is_native() {
        b[..n].reverse();
    }
    match v.dtype().num() {
        Int => i32::from_ne_bytes(b[..4].try_into().unwrap()).into(),
        Float => f32::from_ne_bytes(b[..4].try_into().unwrap()).into(),
        Long => i64::from_ne_bytes(b[..8].try_into().unwrap()) as f64,
        _ => f64::from_ne_bytes(b[..8].try_into().unwrap()),
    }
}

fn put(v: &mut ViewMut<'_>, index: &[isize], x: f64) {
    let offset: isize = index.iter().zip(v.strides()).map(|(i, s)| i * s).sum();
    let mut b = match v.dtype().num() {
        Int => (x as i32).to_ne_bytes().to_vec(),
        Float => (x as f32).to_ne_bytes().to_vec(),
        Long => (x as i64).to_ne_bytes().to_vec(),
        _ => x.to_ne_bytes().to_vec(),
    };
    if !v.dtype().is_native() {
        b.reverse();
    }
    // SAFETY: the index is inside.
    unsafe { std::ptr::copy_nonoverlapping(b.as_ptr(), v.ptr_mut().offset(offset), b.len()) };
}

fn indices(shape: &[isize]) -> Vec<Vec<isize>> {
    let mut all = vec![vec![]];
    for &d in shape {
        all = all
            .into_iter()
            .flat_map(|i: Vec<isize>| {
                (0..d).map(move |k| i.iter().copied().chain([k]).collect::<Vec<_>>())
            })
            .collect();
    }
    all
}

struct Random(u64);

impl Random {
    fn below(&mut self, n: isize) -> isize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((self.0 >> 33) % n as u64) as isize
    }

    /// An array of a shape in any order, with gaps, negative strides, misalignment and swapped bytes.
    fn array(&mut self, shape: &[isize]) -> Strided {
        let num = [Int, Long, Float, Double][self.below(4) as usize];
        let mut dtype = DType::new(num);
        if self.below(4) == 0 {
            dtype = dtype.with_byte_order(ByteOrder::Swapped);
        }
        let mut axes: Vec<usize> = (0..shape.len()).collect();
        for i in (1..axes.len()).rev() {
            axes.swap(i, self.below(i as isize + 1) as usize);
        }
        let mut strides = vec![0; shape.len()];
        let mut step = dtype.itemsize() as isize;
        let mut at = isize::from(self.below(5) == 0);
        for a in axes {
            step *= 1 + self.below(2);
            strides[a] = step;
            step *= shape[a].max(1);
            if self.below(3) == 0 {
                at += strides[a] * (shape[a] - 1).max(0);
                strides[a] = -strides[a];
            }
        }
        let mut array = Strided {
            bytes: vec![0; (step + at.abs() * 2 + 64) as usize],
            at: at + 16,
            dtype,
            shape: shape.to_vec(),
            strides,
        };
        array.at += 16 - (array.bytes.as_ptr() as isize + 16) % 16;
        for i in indices(shape) {
            let x = self.below(200) as f64 - 100.0;
            put(&mut array.view_mut(), &i, x);
        }
        array
    }
}

fn operand(v: &View<'_>) -> Operand {
    Operand::from(Spec::of(v))
}

fn subtract(a: &View<'_>, b: &View<'_>, options: &UfuncOptions) -> Array {
    let plan = plan_elementwise(&SUB, &[operand(a), operand(b)], &[None], None, options).unwrap();
    let spec = plan.outputs()[0].clone();
    let mut out = Array::empty(spec.dtype, &spec.shape, Order::C).unwrap();
    plan.run(
        &[a.clone(), b.clone()],
        &mut [out.view_mut().unwrap()],
        None,
        false,
    )
    .unwrap();
    out
}

#[test]
fn every_layout_equals_the_naive_loop() {
    let mut random = Random(7);
    for round in 0..2000 {
        let ndim = random.below(4) as usize;
        let shape: Vec<isize> = (0..ndim).map(|_| random.below(5)).collect();
        let thin = |r: &mut Random| -> Vec<isize> {
            let skip = r.below(ndim as isize + 1) as usize;
            shape[skip..]
                .iter()
                .map(|&d| if r.below(4) == 0 { 1 } else { d })
                .collect()
        };
        let (sa, sb) = (thin(&mut random), thin(&mut random));
        let (a, b) = (random.array(&sa), random.array(&sb));
        let mut out = random.array(&shape);
        let options = UfuncOptions {
            casting: Casting::Unsafe,
            ..UfuncOptions::default()
        };
        let specs = [operand(&a.view()), operand(&b.view())];
        let masked = random.below(2) == 0;
        let mut mask = random.array(&shape);
        mask.dtype = DType::new(TypeNum::Bool);
        for i in indices(&shape) {
            let v = mask.view_mut();
            let offset: isize = i.iter().zip(v.strides()).map(|(i, s)| i * s).sum();
            // SAFETY: inside the array.
            unsafe { *v.ptr().cast_mut().offset(offset) = u8::from(random.below(3) > 0) };
        }
        let mask_view = masked.then(|| mask.view());
        let out_spec = Spec::of(&out.view());
        let plan = plan_elementwise(
            &SUB,
            &specs,
            &[Some(out_spec)],
            mask_view.as_ref().map(Spec::of).as_ref(),
            &options,
        )
        .unwrap();
        let before: Vec<f64> = indices(&shape)
            .iter()
            .map(|i| get(&out.view(), i))
            .collect();
        plan.run(
            &[a.view(), b.view()],
            &mut [out.view_mut()],
            mask_view.as_ref(),
            false,
        )
        .unwrap();
        for (i, before) in indices(&shape).iter().zip(before) {
            let at = |v: &View<'_>| {
                let own = v.shape();
                let lead = i.len() - own.len();
                let j: Vec<isize> = own
                    .iter()
                    .zip(&i[lead..])
                    .map(|(&d, &k)| if d == 1 { 0 } else { k })
                    .collect();
                get(v, &j)
            };
            let set = mask_view.as_ref().is_none_or(|m| {
                let offset: isize = i.iter().zip(m.strides()).map(|(i, s)| i * s).sum();
                // SAFETY: inside the array.
                unsafe { *m.ptr().offset(offset) != 0 }
            });
            let expected = if set {
                at(&a.view()) - at(&b.view())
            } else {
                before
            };
            assert_eq!(
                get(&out.view(), i),
                expected,
                "round {round} {shape:?} {i:?} {:?}",
                out.dtype
            );
        }
    }
}

#[test]
fn overlapping_operands_read_what_was_there() {
    for n in [10isize, 100, 20_000] {
        for (shift, step) in [(8isize, 8isize), (-8, 8), (0, -8), (16, 8), (4, 8)] {
            let mut memory = vec![0f64; 3 * n as usize];
            for (i, x) in memory.iter_mut().enumerate() {
                *x = (i * i % 1009) as f64;
            }
            let base = memory.as_mut_ptr().wrapping_add(n as usize).cast::<u8>();
            let d = DType::new(Double);
            let start = if step < 0 {
                base.wrapping_offset((n - 1) * 8)
            } else {
                base
            };
            // SAFETY: inside the memory.
            let a = unsafe { View::from_raw(start, d.clone(), &[n], &[step]) };
            // SAFETY: inside the memory.
            let b = unsafe { View::from_raw(base.wrapping_offset(shift), d.clone(), &[n], &[8]) };
            // SAFETY: inside the memory.
            let mut out = unsafe { ViewMut::from_raw(base, d, &[n], &[8]) };
            let expected: Vec<f64> = (0..n).map(|i| get(&a, &[i]) - get(&b, &[i])).collect();
            let plan = plan_elementwise(
                &SUB,
                &[operand(&a), operand(&b)],
                &[Some(Spec::of(&out))],
                None,
                &UfuncOptions::default(),
            )
            .unwrap();
            plan.run(&[a, b], &mut [out.reborrow()], None, false)
                .unwrap();
            for i in 0..n {
                assert_eq!(
                    get(&out, &[i]).to_bits(),
                    expected[i as usize].to_bits(),
                    "{n} {shift} {step} {i}"
                );
            }
        }
    }
}

#[test]
fn types_follow_numpy() {
    let spec = |num| Operand::from(Spec::scalar(DType::new(num)));
    let weak = |weak, num| Operand { weak, ..spec(num) };
    let result = |a: Operand, b: Operand| {
        plan_elementwise(&SUB, &[a, b], &[None], None, &UfuncOptions::default())
            .map(|p| p.outputs()[0].dtype.num())
    };
    let wi = || weak(Weak::Int, Long);
    let wf = || weak(Weak::Float, Double);
    for _ in 0..2 {
        assert_eq!(result(spec(Int), wi()).unwrap(), Int);
        assert_eq!(result(spec(Int), wf()).unwrap(), Double);
        assert_eq!(result(spec(Float), wf()).unwrap(), Float);
        assert_eq!(result(spec(Float), wi()).unwrap(), Float);
        assert_eq!(result(spec(Float), spec(Int)).unwrap(), Double);
        assert_eq!(result(spec(TypeNum::Bool), wi()).unwrap(), Long);
        assert_eq!(result(wi(), wi()).unwrap(), Long);
        assert_eq!(result(wi(), wf()).unwrap(), Double);
        assert_eq!(
            result(spec(TypeNum::CFloat), wi()).unwrap_err().kind(),
            ErrorKind::Type
        );
    }
    let options = UfuncOptions {
        dtype: Some(DType::new(Int)),
        ..UfuncOptions::default()
    };
    let error = plan_elementwise(&SUB, &[spec(Double), spec(Int)], &[None], None, &options)
        .err()
        .unwrap();
    assert_eq!(
        error.to_string(),
        "Cannot cast ufunc 'test_subtract' input 0 from dtype('float64') to dtype('int32') with casting rule \
         'same_kind'"
    );
    let signature: SmallVec<[Option<DType>; 4]> =
        [Some(DType::new(Float)), None, None].into_iter().collect();
    let options = UfuncOptions {
        signature,
        ..UfuncOptions::default()
    };
    let plan = plan_elementwise(&SUB, &[spec(Int), wi()], &[None], None, &options).unwrap();
    assert_eq!(plan.outputs()[0].dtype.num(), Float);
}

#[test]
fn results_keep_the_order_of_their_operands() {
    let f = Array::zeros(DType::new(Double), &[3, 4, 5], Order::F).unwrap();
    let c = Array::zeros(DType::new(Double), &[3, 4, 5], Order::C).unwrap();
    let strides = |a: &Array, b: &Array, order| {
        let options = UfuncOptions {
            order,
            ..UfuncOptions::default()
        };
        let specs = [operand(&a.view()), operand(&b.view())];
        plan_elementwise(&SUB, &specs, &[None], None, &options)
            .unwrap()
            .outputs()[0]
            .strides
            .to_vec()
    };
    assert_eq!(strides(&f, &f, Order::K), [8, 24, 96]);
    assert_eq!(strides(&c, &f, Order::K), [160, 40, 8]);
    assert_eq!(strides(&f, &f, Order::C), [160, 40, 8]);
    assert_eq!(strides(&c, &c, Order::F), [8, 24, 96]);
    assert_eq!(strides(&f, &f, Order::A), [8, 24, 96]);
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    let a = Array::zeros(DType::new(Double), &[2, 3], Order::C).unwrap();
    let b = Array::zeros(DType::new(Double), &[4], Order::C).unwrap();
    let specs = [operand(&a.view()), operand(&b.view())];
    let plan = plan_elementwise(&SUB, &specs, &[None], None, &UfuncOptions::default());
    assert_eq!(
        plan.err().unwrap().to_string(),
        "operands could not be broadcast together with shapes (2,3) (4,) "
    );
    let specs = [operand(&a.view()), operand(&a.view())];
    let out = [Some(Spec::scalar(DType::new(Double)))];
    let plan = plan_elementwise(&SUB, &specs, &out, None, &UfuncOptions::default());
    assert_eq!(
        plan.err().unwrap().to_string(),
        "non-broadcastable output operand with shape () doesn't match the broadcast shape (2,3)"
    );
    assert_eq!(
        subtract(&a.view(), &a.view(), &UfuncOptions::default()).shape(),
        [2, 3]
    );
}

#[test]
fn large_work_is_the_same_for_any_number_of_threads() {
    let n = 300_000;
    let mut a = Array::zeros(DType::new(Double), &[n], Order::C).unwrap();
    for i in 0..n {
        put(&mut a.view_mut().unwrap(), &[i], i as f64);
    }
    let b = Array::zeros(DType::new(Float), &[n], Order::C).unwrap();
    for threads in [1, 2, 3, 7, 16] {
        numpy_rs_core::parallel::set_num_threads(threads);
        let out = subtract(&a.view(), &b.view(), &UfuncOptions::default());
        for i in 0..n {
            assert_eq!(get(&out.view(), &[i]), i as f64);
        }
    }
    numpy_rs_core::parallel::set_num_threads(0);
}
