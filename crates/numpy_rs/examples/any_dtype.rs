//! One function for arrays of any dtype, chosen while the program runs: a table of numbers is normalised to 0..1.
//!
//! `cargo run --example any_dtype -- float32 3 9 27 81`

#![expect(clippy::print_stdout, reason = "an example prints its answers")]

use numpy_rs::{Array, Casting, DType, Result, TypeNum, max, min};

/// The values moved and scaled to lie between 0 and 1, in the dtype that division gives.
fn normalised(a: &Array) -> Result<Array> {
    let low = min(a, ())?;
    let range = (&max(a, ())? - &low)?;
    &(a - &low)? / &range
}

fn dtype_named(name: &str) -> Option<DType> {
    let num = match name {
        "int8" => TypeNum::Byte,
        "int32" => TypeNum::Int,
        "float16" => TypeNum::Half,
        "float32" => TypeNum::Float,
        "float64" => TypeNum::Double,
        _ => return None,
    };
    Some(DType::new(num))
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "float32".to_owned());
    let mut values: Vec<f64> = arguments.filter_map(|word| word.parse().ok()).collect();
    if values.is_empty() {
        values = vec![3.0, 9.0, 27.0, 81.0];
    }
    let Some(dtype) = dtype_named(&name) else {
        println!("no dtype {name} here: int8, int32, float16, float32, float64");
        return Ok(());
    };
    let table = Array::from_slice(&values)?.astype(&dtype, Casting::Unsafe)?;
    let result = normalised(&table)?;
    println!(
        "{} -> {}",
        table.dtype().class_repr(),
        result.dtype().class_repr()
    );
    let shown = result.astype(&DType::new(TypeNum::Double), Casting::Safe)?;
    println!("{:.4?}", shown.to_vec::<f64>()?);
    Ok(())
}
