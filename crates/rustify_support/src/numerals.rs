//! Whole numbers as texts in base 2, 8 and 16, and texts of digits filled up with zeros.

use super::exc::Res;
use super::int::Int;
use super::strings::{ask, made, of_bytes};
use super::text::Str;
use super::value::Value;

/// The sign, two characters of the prefix, and a digit for each bit.
const LONGEST: usize = 3 + 128;
/// Wider texts are made by the interpreter.
const WIDEST: isize = 1 << 16;

/// The number with its prefix; a digit stands for so many bits.
fn written<I: Int>(value: I, bits: u32, prefix: u8) -> Res<Str> {
    let value = value.wide();
    let mut rest = value.unsigned_abs();
    let mut place = [0u8; LONGEST];
    let mut at = LONGEST;
    loop {
        at -= 1;
        let digit = (rest & ((1 << bits) - 1)) as usize;
        place[at] = b"0123456789abcdef"[digit];
        rest >>= bits;
        if rest == 0 {
            break;
        }
    }
    at -= 2;
    place[at..at + 2].copy_from_slice(&[b'0', prefix]);
    if value < 0 {
        at -= 1;
        place[at] = b'-';
    }
    of_bytes(&place[at..])
}

/// `bin(value)`.
pub fn bin<I: Int>(value: I) -> Res<Str> {
    written(value, 1, b'b')
}

/// `oct(value)`.
pub fn oct<I: Int>(value: I) -> Res<Str> {
    written(value, 3, b'o')
}

/// `hex(value)`.
pub fn hex<I: Int>(value: I) -> Res<Str> {
    written(value, 4, b'x')
}

/// `text.zfill(width)`.
pub fn zfill<I: Int + Value>(text: &Str, width: I) -> Res<Str> {
    // The interpreter refuses a width that no text has.
    let ask = || ask(text, c"zfill", &[width.to_obj()?]);
    let Ok(wide) = isize::try_from(width.wide()) else {
        return ask();
    };
    if wide <= text.length() {
        return Ok(text.clone());
    }
    let Some(bytes) = text.ascii_bytes().filter(|_| wide <= WIDEST) else {
        return ask();
    };
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    made(wide as usize, |place| {
        let from = place.len() - (bytes.len() - sign);
        place[..sign].copy_from_slice(&bytes[..sign]);
        place[sign..from].fill(b'0');
        place[from..].copy_from_slice(&bytes[sign..]);
    })
}
