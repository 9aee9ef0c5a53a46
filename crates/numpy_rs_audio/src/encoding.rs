//! The encodings of samples in files, and samples to and from them.

use crate::error::Result;
use crate::sample::{Sample, reserved};

/// How a sample is written; all are little-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// 8 bits without sign, 128 being silence.
    U8,
    /// 16 bits.
    I16,
    /// 24 bits.
    I24,
    /// 32 bits.
    I32,
    /// Single precision.
    F32,
    /// Double precision.
    F64,
}

impl Encoding {
    /// Bytes of a sample.
    pub fn size(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::I16 => 2,
            Self::I24 => 3,
            Self::I32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }

    /// Whether it is a floating-point number.
    pub fn is_float(self) -> bool {
        matches!(self, Self::F32 | Self::F64)
    }

    /// The name that libsndfile has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::U8 => "PCM_U8",
            Self::I16 => "PCM_16",
            Self::I24 => "PCM_24",
            Self::I32 => "PCM_32",
            Self::F32 => "FLOAT",
            Self::F64 => "DOUBLE",
        }
    }

    /// The encoding of a name, or nothing.
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::U8,
            Self::I16,
            Self::I24,
            Self::I32,
            Self::F32,
            Self::F64,
        ]
        .into_iter()
        .find(|e| e.name() == name)
    }
}

/// A number that samples are read as and written from. Integers are fractions of the full scale of their width.
pub trait Value: Copy + Default + Send + Sync {
    /// A whole number of full scale `2^31`, as integer encodings give.
    fn of_int(x: i32) -> Self;
    /// A fraction of full scale, as float encodings give.
    fn of_float(x: f64) -> Self;
    /// A whole number of `bits` bits, the nearest there is.
    fn to_int(self, bits: u32) -> i32;
    /// A fraction of full scale.
    fn to_float(self) -> f64;
}

/// The nearest whole number of `bits` bits for a fraction; clipped, NaN to 0.
#[inline(always)]
fn quantised(x: f64, bits: u32) -> i32 {
    let scale = (1i64 << (bits - 1)) as f64;
    // The cast clips to 64 bits and makes NaN 0.
    ((x * scale).round_ties_even().clamp(-scale, scale - 1.0)) as i64 as i32
}

macro_rules! float_value {
    ($($t:ty),*) => {$(
        impl Value for $t {
            #[inline(always)]
            fn of_int(x: i32) -> Self {
                <$t as Sample>::rounded(f64::from(x) * (1.0 / 2147483648.0))
            }
            #[inline(always)]
            fn of_float(x: f64) -> Self {
                <$t as Sample>::rounded(x)
            }
            #[inline(always)]
            fn to_int(self, bits: u32) -> i32 {
                quantised(self.widened(), bits)
            }
            #[inline(always)]
            fn to_float(self) -> f64 {
                self.widened()
            }
        }
    )*};
}

float_value!(f32, f64);

macro_rules! int_value {
    ($($t:ty: $bits:literal, $zero:literal);*) => {$(
        impl Value for $t {
            #[inline(always)]
            fn of_int(x: i32) -> Self {
                ((x >> (32 - $bits)) + $zero) as $t
            }
            #[inline(always)]
            fn of_float(x: f64) -> Self {
                (quantised(x, $bits) + $zero) as $t
            }
            #[inline(always)]
            fn to_int(self, bits: u32) -> i32 {
                let whole = (self as i32 - $zero) << (32 - $bits);
                whole >> (32 - bits)
            }
            #[inline(always)]
            fn to_float(self) -> f64 {
                f64::from(self as i32 - $zero) / (1i64 << ($bits - 1)) as f64
            }
        }
    )*};
}

int_value!(u8: 8, 128; i16: 16, 0; i32: 32, 0);

/// Reads the samples of one channel of many: every `channels`-th sample of `bytes`, beginning with `channel`.
pub fn decode_channel<V: Value>(
    bytes: &[u8],
    encoding: Encoding,
    channel: usize,
    channels: usize,
    to: &mut [V],
) {
    macro_rules! read {
        ($n:literal, |$b:ident| $value:expr) => {{
            let items = bytes
                .as_chunks::<$n>()
                .0
                .iter()
                .skip(channel)
                .step_by(channels);
            for (to, $b) in to.iter_mut().zip(items) {
                *to = $value;
            }
        }};
    }
    match encoding {
        Encoding::U8 => read!(1, |b| V::of_int((i32::from(b[0]) - 128) << 24)),
        Encoding::I16 => read!(2, |b| V::of_int(i32::from(i16::from_le_bytes(*b)) << 16)),
        Encoding::I24 => read!(3, |b| V::of_int(i32::from_le_bytes([0, b[0], b[1], b[2]]))),
        Encoding::I32 => read!(4, |b| V::of_int(i32::from_le_bytes(*b))),
        Encoding::F32 => read!(4, |b| V::of_float(f64::from(f32::from_le_bytes(*b)))),
        Encoding::F64 => read!(8, |b| V::of_float(f64::from_le_bytes(*b))),
    }
}

/// Appends frames to `out`: sample `i` of each channel in turn.
///
/// # Errors
///
/// No memory.
///
/// # Panics
///
/// For channels of different lengths.
pub fn encode<V: Value>(channels: &[&[V]], encoding: Encoding, out: &mut Vec<u8>) -> Result<()> {
    let n = channels.first().map_or(0, |c| c.len());
    assert!(
        channels.iter().all(|c| c.len() == n),
        "channels as long as each other"
    );
    let bytes = n * channels.len() * encoding.size();
    if out.capacity() - out.len() < bytes {
        let mut larger = reserved(out.len() + bytes)?;
        larger.extend_from_slice(out);
        *out = larger;
    }
    let start = out.len();
    out.resize(start + bytes, 0);
    let to = &mut out[start..];
    macro_rules! write {
        ($n:literal, |$v:ident| $value:expr) => {{
            for (at, channel) in channels.iter().enumerate() {
                let places = to
                    .as_chunks_mut::<$n>()
                    .0
                    .iter_mut()
                    .skip(at)
                    .step_by(channels.len());
                for (to, &$v) in places.zip(*channel) {
                    *to = $value;
                }
            }
        }};
    }
    match encoding {
        Encoding::U8 => write!(1, |v| [(v.to_int(8) + 128) as u8]),
        Encoding::I16 => write!(2, |v| (v.to_int(16) as i16).to_le_bytes()),
        Encoding::I24 => write!(3, |v| {
            let [a, b, c, _] = v.to_int(24).to_le_bytes();
            [a, b, c]
        }),
        Encoding::I32 => write!(4, |v| v.to_int(32).to_le_bytes()),
        Encoding::F32 => write!(4, |v| (v.to_float() as f32).to_le_bytes()),
        Encoding::F64 => write!(8, |v| v.to_float().to_le_bytes()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_holds_the_numbers_of_its_width() {
        let x: Vec<i32> = (-70000..70000).map(|i| i * 30000).collect();
        for encoding in [Encoding::I32, Encoding::F64] {
            let mut bytes = Vec::new();
            encode(&[&x], encoding, &mut bytes).unwrap();
            let mut back = vec![0i32; x.len()];
            decode_channel(&bytes, encoding, 0, 1, &mut back);
            assert_eq!(back, x);
        }
        let all: Vec<i16> = (i16::MIN..=i16::MAX).collect();
        for encoding in [
            Encoding::I16,
            Encoding::I24,
            Encoding::I32,
            Encoding::F32,
            Encoding::F64,
        ] {
            let mut bytes = Vec::new();
            encode(&[&all, &all], encoding, &mut bytes).unwrap();
            let mut back = vec![0i16; all.len()];
            decode_channel(&bytes, encoding, 1, 2, &mut back);
            assert_eq!(back, all);
        }
        let mut bytes = Vec::new();
        encode(
            &[&[1.0f32, -1.0, 0.0, f32::NAN, 9.0]],
            Encoding::U8,
            &mut bytes,
        )
        .unwrap();
        assert_eq!(bytes, [255, 0, 128, 128, 255]);
    }
}
