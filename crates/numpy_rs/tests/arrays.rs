//! Arrays as a Rust program uses them: made, looked at, computed with, and refused.

use numpy_rs::ufuncs::{self, Input};
use numpy_rs::{
    Array, At, Casting, DType, ErrorKind, Reduce, Result, TypeNum, UfuncOptions, all, any, arange,
    concatenate, cumsum, eye, full, linspace, max, mean, min, ones, prod, sum, zeros,
};

fn matrix() -> Result<Array> {
    Array::from_shape(&[2, 3], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
}

#[test]
fn operators_broadcast_and_promote() -> Result<()> {
    let m = matrix()?;
    let row = Array::from_slice(&[10_i32, 20, 30])?;
    let total = (&m + &row)?;
    assert_eq!(total.shape(), [2, 3]);
    assert_eq!(total.to_vec::<f64>()?, [11.0, 22.0, 33.0, 14.0, 25.0, 36.0]);
    assert_eq!((&row / &row)?.dtype().num(), TypeNum::Double);
    assert_eq!((-&row)?.to_vec::<i32>()?, [-10, -20, -30]);
    Ok(())
}

#[test]
fn numbers_take_the_dtype_of_the_array() -> Result<()> {
    let small = Array::from_slice(&[1_u8, 2, 3])?;
    assert_eq!((&small + 1)?.to_vec::<u8>()?, [2, 3, 4]);
    let single = Array::from_slice(&[1.0_f32])?;
    assert_eq!((&single * 2.0)?.to_vec::<f32>()?, [2.0]);
    assert_eq!((1.0 - &single)?.to_vec::<f32>()?, [0.0]);
    assert_eq!((&small * 0.5)?.to_vec::<f64>()?, [0.5, 1.0, 1.5]);
    Ok(())
}

#[test]
fn reductions_take_axes() -> Result<()> {
    let m = matrix()?;
    assert_eq!(sum(&m, ())?.item::<f64>()?, 21.0);
    assert_eq!(sum(&m, 0)?.to_vec::<f64>()?, [5.0, 7.0, 9.0]);
    assert_eq!(sum(&m, Reduce::over(&[-1]).keepdims())?.shape(), [2, 1]);
    assert_eq!(mean(&m, [0, 1])?.item::<f64>()?, 3.5);
    assert_eq!(max(&m, 1)?.to_vec::<f64>()?, [3.0, 6.0]);
    assert_eq!(min(&m, ())?.item::<f64>()?, 1.0);
    assert_eq!(prod(&m, 0)?.to_vec::<f64>()?, [4.0, 10.0, 18.0]);
    assert_eq!(
        cumsum(&m, 1)?.to_vec::<f64>()?,
        [1.0, 3.0, 6.0, 4.0, 9.0, 15.0]
    );
    assert_eq!(
        sum(&Array::from_slice(&[200_u8, 100])?, ())?.item::<u64>()?,
        300
    );
    Ok(())
}

#[test]
fn looks_share_memory_and_writing_parts_them() -> Result<()> {
    let m = matrix()?;
    let mut column = m.at(&[At::ALL, At::Index(-1)])?;
    assert_eq!(column.to_vec::<f64>()?, [3.0, 6.0]);
    assert_eq!(column.view().ptr(), m.view().ptr().wrapping_add(16));
    column.typed_mut::<f64>()?.set(&[0], 99.0)?;
    assert_eq!(m.to_vec::<f64>()?[2], 3.0);
    assert_eq!(m.t().to_vec::<f64>()?, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    assert_eq!(
        m.t().reshape(&[-1])?.to_vec::<f64>()?,
        [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]
    );
    let backwards = m.at(&[At::Slice(None, None, -1), At::range(1, 3), At::NewAxis])?;
    assert_eq!(backwards.shape(), [2, 2, 1]);
    assert_eq!(backwards.to_vec::<f64>()?, [5.0, 6.0, 2.0, 3.0]);
    Ok(())
}

#[test]
fn new_arrays() -> Result<()> {
    let float = DType::new(TypeNum::Float);
    assert_eq!(zeros(&[2], &float)?.to_vec::<f32>()?, [0.0; 2]);
    assert_eq!(ones(&[2], &float)?.to_vec::<f32>()?, [1.0; 2]);
    assert_eq!(full(&[3], 7_i16)?.to_vec::<i16>()?, [7; 3]);
    assert_eq!(eye(2, &float)?.to_vec::<f32>()?, [1.0, 0.0, 0.0, 1.0]);
    assert_eq!(
        arange(0.0, 1.0, 0.25)?.to_vec::<f64>()?,
        [0.0, 0.25, 0.5, 0.75]
    );
    assert_eq!(linspace(0.0, 1.0, 3)?.to_vec::<f64>()?, [0.0, 0.5, 1.0]);
    let joined = concatenate(
        &[&matrix()?, &Array::from_shape(&[1, 3], &[7_i32, 8, 9])?],
        0,
    )?;
    assert_eq!(joined.shape(), [3, 3]);
    assert_eq!(joined.to_vec::<f64>()?[6..], [7.0, 8.0, 9.0]);
    Ok(())
}

#[test]
fn conditions_are_arrays_of_bool() -> Result<()> {
    let m = matrix()?;
    let large = ufuncs::greater(&m, &Array::scalar(4.5)?)?;
    assert_eq!(large.dtype().num(), TypeNum::Bool);
    assert!(any(&large, ())?.item::<numpy_rs::Bool>()?.get());
    assert!(!all(&large, ())?.item::<numpy_rs::Bool>()?.get());
    Ok(())
}

#[test]
fn options_and_events_come_with_a_call() -> Result<()> {
    let a = Array::from_slice(&[1.0, 0.0])?;
    let divide = numpy_rs_ufuncs::get("divide").expect("divide is registered");
    let options = UfuncOptions {
        dtype: Some(DType::new(TypeNum::Float)),
        casting: Casting::SameKind,
        ..Default::default()
    };
    let outcome = ufuncs::call(divide, &[Input::float(1.0)?, (&a).into()], &options)?;
    assert_eq!(outcome.outputs[0].to_vec::<f32>()?, [1.0, f32::INFINITY]);
    assert!(!outcome.events.is_empty());
    Ok(())
}

#[test]
fn mistakes_are_errors_with_numpys_words() -> Result<()> {
    let m = matrix()?;
    let two = Array::from_slice(&[1.0, 2.0])?;
    let error = (&m + &two).expect_err("shapes do not fit");
    assert_eq!(
        error.to_string(),
        "operands could not be broadcast together with shapes (2,3) (2,) "
    );
    assert!(m.at(&[At::Index(2)]).is_err());
    assert!(m.typed::<f32>().is_err());
    assert!(m.reshape(&[4]).is_err());
    assert_eq!(
        zeros(&[isize::MAX, 2], m.dtype())
            .expect_err("too big")
            .kind(),
        ErrorKind::Value
    );
    assert_eq!(
        zeros(&[1 << 50], m.dtype())
            .expect_err("no such memory")
            .kind(),
        ErrorKind::Memory
    );
    Ok(())
}
