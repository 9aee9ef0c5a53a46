//! Sorting and searching over dtypes and layouts.

use numpy_rs_core::array::Array;
use numpy_rs_core::dtype::{ByteOrder, DType, Field, StructDetail, TypeNum};
use numpy_rs_core::layout::Order;
use numpy_rs_core::sort::arrange::{Kind, argpartition, argsort, partition, sort_in_place};
use numpy_rs_core::sort::lexical::lexsort;
use numpy_rs_core::sort::search::{Side, searchsorted};

fn array<T: Copy>(dtype: DType, shape: &[isize], items: &[T]) -> Array {
    let mut a = Array::empty(dtype, shape, Order::C).expect("memory");
    assert_eq!(a.size() * a.dtype().itemsize(), size_of_val(items));
    let to = a.view_mut().expect("alone").ptr_mut().cast::<T>();
    // SAFETY: the array has as many bytes.
    unsafe { std::ptr::copy_nonoverlapping(items.as_ptr(), to, items.len()) };
    a
}

fn items<T: Copy>(a: &Array) -> Vec<T> {
    let a = numpy_rs_core::copy::to_array(&a.view(), Order::C).expect("memory");
    let n = a.size() * a.dtype().itemsize() / size_of::<T>();
    // SAFETY: contiguous bytes of the array.
    unsafe { std::slice::from_raw_parts(a.view().ptr().cast::<T>(), n).to_vec() }
}

#[test]
fn every_axis_and_byte_order() {
    let data: Vec<i32> = (0..24).map(|i| i * 7919 % 29 - 10).collect();
    for swapped in [false, true] {
        for axis in [0isize, 1, 2, -1] {
            let order = if swapped {
                ByteOrder::Swapped
            } else {
                ByteOrder::Native
            };
            let stored: Vec<i32> = data
                .iter()
                .map(|x| if swapped { x.swap_bytes() } else { *x })
                .collect();
            let mut a = array(
                DType::new(TypeNum::Int).with_byte_order(order),
                &[2, 3, 4],
                &stored,
            );
            let places = argsort(&a.view(), axis, Kind::Stable).expect("sorts");
            sort_in_place(&mut a.view_mut().expect("alone"), axis, Kind::Quick).expect("sorts");
            let sorted: Vec<i32> = items::<i32>(&a)
                .iter()
                .map(|x| if swapped { x.swap_bytes() } else { *x })
                .collect();
            let places = items::<i64>(&places);
            let axis = axis.rem_euclid(3) as usize;
            let (shape, strides) = ([2usize, 3, 4], [12usize, 4, 1]);
            for i in 0..24 {
                let at = i / strides[axis] % shape[axis];
                let start = i - at * strides[axis];
                assert_eq!(sorted[i], data[start + places[i] as usize * strides[axis]]);
                assert!(at == 0 || sorted[i - strides[axis]] <= sorted[i]);
            }
        }
    }
}

#[test]
fn text_and_structs() {
    let mut s = array(DType::bytes(3), &[4], b"zz\0abcab\0\0\0\0");
    assert_eq!(
        items::<i64>(&argsort(&s.view(), 0, Kind::Quick).expect("sorts")),
        [3, 2, 1, 0]
    );
    sort_in_place(&mut s.view_mut().expect("alone"), 0, Kind::Heap).expect("sorts");
    assert_eq!(items::<u8>(&s), b"\0\0\0ab\0abczz\0");
    let field = |name: &str, offset_bytes, num| Field {
        name: name.into(),
        title: None,
        offset_bytes,
        dtype: DType::new(num),
    };
    let detail = StructDetail {
        fields: vec![field("a", 4, TypeNum::Int), field("b", 0, TypeNum::Float)],
        aligned: false,
        alignment: 1,
    };
    let rows: Vec<u32> = [(2.0f32, 1u32), (1.0, 1), (f32::NAN, 0), (3.0, 0)]
        .iter()
        .flat_map(|(b, a)| [b.to_bits(), *a])
        .collect();
    let v = array(DType::structured(detail, 8), &[4], &rows);
    assert_eq!(
        items::<i64>(&argsort(&v.view(), 0, Kind::Quick).expect("sorts")),
        [3, 2, 1, 0]
    );
}

#[test]
fn parts_and_keys() {
    let data: Vec<f64> = (0..101).map(|i| f64::from(i * 7919 % 101)).collect();
    let mut a = array(DType::new(TypeNum::Double), &[101], &data);
    let places = items::<i64>(&argpartition(&a.view(), &[50, -1], 0).expect("inside"));
    partition(&mut a.view_mut().expect("alone"), &[50, -1], -1).expect("inside");
    let parts = items::<f64>(&a);
    assert!(parts[50] == 50.0 && parts[100] == 100.0 && data[places[50] as usize] == 50.0);
    assert_eq!(
        partition(&mut a.view_mut().expect("alone"), &[-103], 0)
            .expect_err("outside")
            .to_string(),
        "kth(=-2) out of bounds (101)"
    );
    let (x, y) = ([1i64, 0, 1, 0], [3.0f64, 2.0, 1.0, 0.5]);
    let (x, y) = (
        array(DType::new(TypeNum::Long), &[4], &x),
        array(DType::new(TypeNum::Double), &[4], &y),
    );
    assert_eq!(
        items::<i64>(&lexsort(&[y.view(), x.view()], -1).expect("same shapes")),
        [3, 1, 2, 0]
    );
    let names = array(DType::bytes(1), &[4], b"bbaa");
    assert_eq!(
        items::<i64>(&lexsort(&[names.view(), x.view()], 0).expect("same shapes")),
        [3, 1, 2, 0]
    );
}

#[test]
fn places_of_keys() {
    let sorted = array(DType::new(TypeNum::Int), &[4], &[1i32, 3, 3, 7]);
    let keys = array(
        DType::new(TypeNum::Double),
        &[2, 2],
        &[0.5f64, 3.0, 8.0, f64::NAN],
    );
    let double = DType::new(TypeNum::Double);
    let find = |side| {
        items::<i64>(
            &searchsorted(&sorted.view(), &keys.view(), &double, side, None).expect("sorted"),
        )
    };
    assert_eq!(find(Side::Left), [0, 1, 4, 4]);
    assert_eq!(find(Side::Right), [0, 3, 4, 4]);
    let mixed = array(DType::new(TypeNum::Int), &[4], &[7i32, 3, 1, 3]);
    let sorter = array(DType::new(TypeNum::Long), &[4], &[2i64, 1, 3, 0]);
    let found = searchsorted(
        &mixed.view(),
        &keys.view(),
        &double,
        Side::Right,
        Some(&sorter.view()),
    )
    .expect("sorted");
    assert_eq!(items::<i64>(&found), [0, 3, 4, 4]);
    let text = array(DType::bytes(2), &[3], b"a\0b\0c\0");
    let key = array(DType::bytes(2), &[1], b"bb");
    let found = searchsorted(
        &text.view(),
        &key.view(),
        &DType::bytes(2),
        Side::Left,
        None,
    )
    .expect("sorted");
    assert_eq!(items::<i64>(&found), [2]);
}

#[test]
fn many_lanes_are_shared() {
    let (rows, columns) = (300isize, 500isize);
    let data: Vec<f32> = (0..rows * columns)
        .map(|i| (i * 7919 % 10007) as f32)
        .collect();
    let mut a = array(DType::new(TypeNum::Float), &[rows, columns], &data);
    sort_in_place(&mut a.view_mut().expect("alone"), 0, Kind::Stable).expect("sorts");
    let sorted = items::<f32>(&a);
    for c in 0..columns as usize {
        let mut wanted: Vec<f32> = data
            .iter()
            .skip(c)
            .step_by(columns as usize)
            .copied()
            .collect();
        wanted.sort_by(f32::total_cmp);
        assert!(sorted.iter().skip(c).step_by(columns as usize).eq(&wanted));
    }
}

#[test]
fn long_lanes_sort_as_short_ones() {
    let n = 600_000usize;
    let mut state = 1u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state >> 11
    };
    let raw: Vec<u64> = (0..n).map(|_| next()).collect();
    let floats: Vec<f64> = raw
        .iter()
        .map(|&x| match x % 1000 {
            0 => f64::NAN,
            1 => -0.0,
            2..10 => 0.0,
            _ => (x as f64 - 5e15) / f64::powi(2.0, (x % 50) as i32),
        })
        .collect();
    let before = |a: f64, b: f64| a < b || (b.is_nan() && !a.is_nan());
    let compare = |a: f64, b: f64| before(b, a).cmp(&before(a, b));
    let mut expected: Vec<i64> = (0..n as i64).collect();
    expected.sort_by(|&i, &j| compare(floats[i as usize], floats[j as usize]));
    let a = array(DType::new(TypeNum::Double), &[n as isize], &floats);
    let places = argsort(&a.view(), -1, Kind::Quick).expect("sorts");
    assert_eq!(items::<i64>(&places), expected);
    let bits = |x: Vec<f64>| -> Vec<u64> { x.into_iter().map(f64::to_bits).collect() };
    let in_order: Vec<f64> = expected.iter().map(|&i| floats[i as usize]).collect();
    for kind in [Kind::Quick, Kind::Stable] {
        let mut a = array(DType::new(TypeNum::Double), &[n as isize], &floats);
        sort_in_place(&mut a.view_mut().expect("alone"), -1, kind).expect("sorts");
        let got = items::<f64>(&a);
        if kind == Kind::Stable {
            assert_eq!(bits(got), bits(in_order.clone()));
        } else {
            assert!(
                got.iter()
                    .zip(&in_order)
                    .all(|(x, y)| x == y || (x.is_nan() && y.is_nan()))
            );
        }
    }
    let pairs: Vec<[f64; 2]> = floats.iter().map(|&x| [(x * 1e-13).trunc(), x]).collect();
    let mut z = array(DType::new(TypeNum::CDouble), &[n as isize], &pairs);
    let places = items::<i64>(&argsort(&z.view(), -1, Kind::Quick).expect("sorts"));
    sort_in_place(&mut z.view_mut().expect("alone"), -1, Kind::Quick).expect("sorts");
    let mut small = 0;
    for (got, &i) in items::<[f64; 2]>(&z).iter().zip(&places) {
        let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
        small +=
            usize::from(same(got[0], pairs[i as usize][0]) && same(got[1], pairs[i as usize][1]));
    }
    assert_eq!(small, n);
    let integers: Vec<i32> = raw.iter().map(|&x| (x as i32) >> (x % 31)).collect();
    let mut sorted = integers.clone();
    sorted.sort_unstable();
    let mut a = array(DType::new(TypeNum::Int), &[n as isize], &integers);
    let kth = [5isize, 300_000, 599_999];
    partition(&mut a.view_mut().expect("alone"), &kth, -1).expect("parts");
    let got = items::<i32>(&a);
    for k in kth {
        let k = k as usize;
        assert_eq!(got[k], sorted[k]);
        assert!(got[..k].iter().all(|&x| x <= got[k]) && got[k..].iter().all(|&x| x >= got[k]));
    }
}
