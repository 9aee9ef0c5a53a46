//! Float formatting against a table recorded from NumPy.

use numpy_rs_core::format::float::{FloatOptions, Trim, positional, scientific};
use numpy_rs_core::format::value::Value;

fn value(kind: &str, hex: &str) -> Value {
    let bytes: Vec<u8> = (0..hex.len() / 2)
        .map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).expect("hexadecimal digits"))
        .collect();
    match kind {
        "e" => Value::from_f16_bits(u16::from_le_bytes([bytes[0], bytes[1]])),
        "f" => f32::from_le_bytes(bytes.try_into().expect("four bytes")).into(),
        "d" => f64::from_le_bytes(bytes.try_into().expect("eight bytes")).into(),
        _ => {
            let mut all = [0; 16];
            all[..10].copy_from_slice(&bytes);
            Value::from_x87_bytes(all)
        }
    }
}

#[test]
fn text_equals_numpys() {
    let mut wrong = Vec::new();
    for line in include_str!("data/float_text.tsv").lines().skip(1) {
        let c: Vec<&str> = line.split('\t').collect();
        let number = |s: &str| s.parse::<usize>().ok();
        let options = FloatOptions {
            exact: c[3] != "True",
            precision: number(c[4]),
            min_digits: number(c[5]),
            significant: c[6] == "False",
            trim: match c[7] {
                "." => Trim::Zeros,
                "0" => Trim::LeaveOneZero,
                "-" => Trim::DecimalPoint,
                _ => Trim::Keep,
            },
            sign: c[8] == "True",
            pad_left: number(c[9]).unwrap_or(0),
            pad_right: number(c[10]),
            exp_digits: number(c[11]),
        };
        let v = value(c[0], c[1]);
        let text = if c[2] == "sci" {
            scientific(v, &options)
        } else {
            positional(v, &options)
        };
        if format!("{text}|") != c[12] {
            wrong.push(format!("{line}\n    got {text}|"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
