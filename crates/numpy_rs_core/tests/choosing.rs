//! Choosing elements by masks, indices and conditions, against plain loops.

use numpy_rs_core::array::Array;
use numpy_rs_core::cast::Casting;
use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::index::take::Mode;
use numpy_rs_core::index::{choose, mask, masked, repeat, take, truth};
use numpy_rs_core::layout::Order;
use numpy_rs_core::view::View;

fn array<T: Copy>(num: TypeNum, shape: &[isize], items: &[T]) -> Array {
    let mut a = Array::empty(DType::new(num), shape, Order::C).expect("memory");
    assert_eq!(a.size(), items.len());
    let to = a.view_mut().expect("alone").ptr_mut().cast::<T>();
    // SAFETY: the array holds as many items of this type.
    unsafe { std::ptr::copy_nonoverlapping(items.as_ptr(), to, items.len()) };
    a
}

fn items<T: Copy>(a: &Array) -> Vec<T> {
    let a = numpy_rs_core::copy::to_array(&a.view(), Order::C).expect("memory");
    // SAFETY: contiguous items of this type.
    unsafe { std::slice::from_raw_parts(a.view().ptr().cast::<T>(), a.size()).to_vec() }
}

fn every_second<'a>(v: &View<'a>) -> View<'a> {
    let n = (v.shape()[0] + 1) / 2;
    // SAFETY: half of the elements.
    unsafe {
        v.relayout(
            0,
            [n].into_iter().collect(),
            [2 * v.strides()[0]].into_iter().collect(),
        )
    }
}

#[test]
fn masks_choose_the_same_at_every_size() {
    for n in [0usize, 1, 7, 64, 1000, 300_000] {
        let data: Vec<f64> = (0..n).map(|i| i as f64).collect();
        let m: Vec<u8> = (0..n)
            .map(|i| u8::from(i * 2654435761 % 1000003 % 2 == 0))
            .collect();
        let a = array(TypeNum::Double, &[n as isize], &data);
        let b = array(TypeNum::Bool, &[n as isize], &m);
        let wanted: Vec<f64> = data
            .iter()
            .zip(&m)
            .filter(|(_, m)| **m != 0)
            .map(|(x, _)| *x)
            .collect();
        assert_eq!(mask::count_true(&b.view()), wanted.len());
        let mut out = Array::empty(
            DType::new(TypeNum::Double),
            &[wanted.len() as isize],
            Order::C,
        )
        .expect("memory");
        mask::compress(&a.view(), &b.view(), &mut out.view_mut().expect("alone"))
            .expect("no error");
        assert_eq!(items::<f64>(&out), wanted);
        let places = truth::nonzero(&b.view()).expect("memory");
        assert!(
            items::<i64>(&places[0])
                .iter()
                .map(|&i| i as f64)
                .eq(wanted.iter().copied())
        );
        let half = truth::nonzero(&every_second(&b.view())).expect("memory");
        let slow: Vec<i64> = (0..n.div_ceil(2))
            .filter(|i| m[2 * i] != 0)
            .map(|i| i as i64)
            .collect();
        assert_eq!(items::<i64>(&half[0]), slow);
    }
}

#[test]
fn places_in_a_matrix_are_rows_and_columns() {
    let (rows, columns) = (700usize, 301usize);
    let m: Vec<u8> = (0..rows * columns).map(|i| u8::from(i % 3 == 0)).collect();
    let b = array(TypeNum::Bool, &[rows as isize, columns as isize], &m);
    let found = truth::nonzero(&b.view()).expect("memory");
    let flat: Vec<usize> = (0..m.len()).filter(|&i| m[i] != 0).collect();
    assert!(
        items::<i64>(&found[0])
            .iter()
            .zip(&flat)
            .all(|(&r, &i)| r as usize == i / columns)
    );
    assert!(
        items::<i64>(&found[1])
            .iter()
            .zip(&flat)
            .all(|(&c, &i)| c as usize == i % columns)
    );
}

#[test]
fn take_treats_places_outside_by_mode() {
    let a = array(TypeNum::Int, &[2, 3], &[0i32, 1, 2, 3, 4, 5]);
    let i = array(TypeNum::Long, &[4], &[0i64, -1, 3, -4]);
    let by = |mode| take::take(&a.view(), &i.view(), Some(1), mode);
    assert_eq!(
        by(Mode::Raise).expect_err("outside").to_string(),
        "index 3 is out of bounds for axis 1 with size 3"
    );
    assert_eq!(
        items::<i32>(&by(Mode::Wrap).expect("inside")),
        [0, 2, 0, 2, 3, 5, 3, 5]
    );
    assert_eq!(
        items::<i32>(&by(Mode::Clip).expect("inside")),
        [0, 0, 2, 0, 3, 3, 5, 3]
    );
    let rows = take::take(
        &a.view(),
        &array(TypeNum::Long, &[1], &[-1i64]).view(),
        Some(0),
        Mode::Raise,
    );
    assert_eq!(items::<i32>(&rows.expect("inside")), [3, 4, 5]);
    let flat = take::take(
        &a.view(),
        &array(TypeNum::Byte, &[1, 2], &[5i8, -6]).view(),
        None,
        Mode::Raise,
    )
    .expect("inside");
    assert_eq!(
        (flat.shape(), items::<i32>(&flat)),
        (&[1isize, 2][..], vec![5, 0])
    );
}

#[test]
fn where_repeats_and_converts() {
    for n in [1usize, 5, 1000, 400_000] {
        let m: Vec<u8> = (0..n).map(|i| u8::from(i % 3 == 1)).collect();
        let x: Vec<i32> = (0..n as i32).collect();
        let cond = array(TypeNum::Bool, &[n as isize], &m);
        let x = array(TypeNum::Int, &[n as isize], &x);
        let y = array(TypeNum::Double, &[], &[0.5f64]);
        let out = choose::where_(
            &cond.view(),
            &x.view(),
            &y.view(),
            &DType::new(TypeNum::Double),
        )
        .expect("memory");
        assert!(
            items::<f64>(&out)
                .iter()
                .enumerate()
                .all(|(i, &v)| v == if i % 3 == 1 { i as f64 } else { 0.5 })
        );
    }
}

#[test]
fn masked_stores_leave_the_rest() {
    let mut a = array(TypeNum::Double, &[4], &[0.0f64, 1.0, 2.0, 3.0]);
    let m = array(TypeNum::Bool, &[4], &[1u8, 0, 1, 1]);
    let v = array(TypeNum::Int, &[2], &[10i32, 20]);
    masked::place(&mut a.view_mut().expect("alone"), &m.view(), &v.view()).expect("sizes agree");
    assert_eq!(items::<f64>(&a), [10.0, 1.0, 20.0, 10.0]);
    masked::putmask(&mut a.view_mut().expect("alone"), &m.view(), &v.view()).expect("sizes agree");
    assert_eq!(items::<f64>(&a), [10.0, 1.0, 10.0, 20.0]);
    let one = array(TypeNum::Double, &[], &[-1.0f64]);
    masked::assign_where(
        &mut a.view_mut().expect("alone"),
        &one.view(),
        &m.view(),
        Casting::Safe,
    )
    .expect("casts");
    assert_eq!(items::<f64>(&a), [-1.0, 1.0, -1.0, -1.0]);
    let i = array(TypeNum::Long, &[3], &[1i64, -1, 1]);
    take::put(
        &mut a.view_mut().expect("alone"),
        &i.view(),
        &v.view(),
        Mode::Raise,
    )
    .expect("inside");
    assert_eq!(items::<f64>(&a), [-1.0, 10.0, -1.0, 20.0]);
}

#[test]
fn choose_and_repeat() {
    let s = array(TypeNum::Long, &[3], &[1i64, 0, 1]);
    let x = array(TypeNum::Int, &[3], &[1i32, 2, 3]);
    let y = array(TypeNum::Int, &[], &[9i32]);
    let out = choose::choose(
        &s.view(),
        &[x.view(), y.view()],
        &DType::new(TypeNum::Int),
        Mode::Raise,
    )
    .expect("inside");
    assert_eq!(items::<i32>(&out), [9, 2, 9]);
    let r = repeat::repeat(
        &x.view(),
        &array(TypeNum::Long, &[3], &[2i64, 0, 1]).view(),
        0,
    )
    .expect("counts");
    assert_eq!(items::<i32>(&r), [1, 1, 3]);
    let (offset, shape, strides) =
        repeat::diagonal_layout(&[3, 4], &[32, 8], 1, 0, 1).expect("two axes");
    assert_eq!(
        (offset, &shape[..], &strides[..]),
        (8, &[3isize][..], &[40isize][..])
    );
}
