//! Monthly temperatures of three stations: means, the warmest months, and how far each is from the norm.
//!
//! `cargo run --example weather`

#![expect(clippy::print_stdout, reason = "an example prints its answers")]

use numpy_rs::ufuncs::{greater, sqrt};
use numpy_rs::{Array, At, Reduce, Result, mean, sum};

fn main() -> Result<()> {
    // One row a station, one column a month, in degrees Celsius.
    let temperatures = Array::from_shape(
        &[3, 12],
        &[
            0.4, 1.2, 4.9, 9.3, 14.1, 17.0, 19.1, 18.8, 14.7, 9.8, 4.7, 1.5, //
            8.1, 9.0, 11.6, 14.4, 18.6, 23.0, 25.9, 25.8, 21.9, 17.3, 12.2, 9.1, //
            -9.0, -8.1, -3.2, 4.4, 11.5, 16.4, 18.9, 17.0, 11.0, 4.9, -1.6, -6.5f64,
        ],
    )?;
    let norm = mean(&temperatures, Reduce::over(&[1]).keepdims())?;
    let apart = (&temperatures - &norm)?;
    let spread = sqrt(&mean(&(&apart * &apart)?, 1)?)?;
    println!("yearly means  {:.2?}", norm.to_vec::<f64>()?);
    println!("spread        {:.2?}", spread.to_vec::<f64>()?);

    let summer = temperatures.at(&[At::ALL, At::range(5, 8)])?;
    println!("summer means  {:.2?}", mean(&summer, 1)?.to_vec::<f64>()?);

    let warm = greater(&temperatures, &Array::scalar(15.0)?)?;
    println!("warm months   {:?}", sum(&warm, 1)?.to_vec::<i64>()?);
    Ok(())
}
