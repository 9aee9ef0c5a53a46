//! Random numbers: NumPy's `Generator` over PCG64, with its streams bit for bit.
//!
//! ```
//! use numpy_rs::random::Generator;
//!
//! # fn main() -> numpy_rs::Result<()> {
//! let mut rng = Generator::seeded(42);
//! // As np.random.default_rng(42).random(3).
//! let x = rng.random(&[3])?;
//! assert_eq!(x.to_vec::<f64>()?, [0.7739560485559633, 0.4388784397520523, 0.8585979199113825]);
//! # Ok(())
//! # }
//! ```

use numpy_rs_core::dtype::{DType, TypeNum};
use numpy_rs_core::error::{Error, Result};
use numpy_rs_core::parallel;
use numpy_rs_random::bounded;
use numpy_rs_random::generator::Generator as BitGenerator;
use numpy_rs_random::laws::{Fill, Kind, Stream, law};
use numpy_rs_random::seed_sequence::SeedSequence;

use crate::array::Array;
use crate::creation::empty;

/// Items whose images one thread finds at a time: some ten microseconds of work.
const PART: usize = 1 << 11;

/// Puts images in the place of numbers that were drawn, on several threads.
///
/// # Errors
///
/// None that the images could cause; the work does not stop halfway.
#[doc(hidden)]
pub fn take_images(items: &mut [u64], image: &(dyn Fn(&mut [u64]) + Sync)) -> Result<()> {
    parallel::for_each_part(items, PART, image)
}

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Generator {
    stream: Stream,
}

impl Generator {
    /// The stream of `np.random.default_rng(seed)`.
    ///
    /// # Panics
    ///
    /// Never: four words are what PCG64 takes.
    pub fn seeded(seed: u64) -> Self {
        let (low, high) = (seed as u32, (seed >> 32) as u32);
        let entropy: &[u32] = if high == 0 { &[low] } else { &[low, high] };
        let words = SeedSequence::new(entropy, 4).state_u64(4);
        Self {
            stream: Stream {
                bits: BitGenerator::seeded("PCG64", &words).expect("four words"),
                spare: None,
            },
        }
    }

    /// An array of numbers of a law by NumPy's name: its parameters as doubles, counts among them too.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for an unknown law, another number of parameters or a parameter that is no number of its kind;
    /// no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use numpy_rs::random::Generator;
    ///
    /// # fn main() -> numpy_rs::Result<()> {
    /// let counts = Generator::seeded(1).draw("binomial", &[10.0, 0.5], &[4])?;
    /// assert!(counts.to_vec::<i64>()?.iter().all(|n| (0..=10).contains(n)));
    /// assert!(Generator::seeded(1).draw("gamma", &[2.0], &[4]).is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn draw(&mut self, name: &str, parameters: &[f64], shape: &[isize]) -> Result<Array> {
        let Some(law) = law(name).filter(|law| law.takes.len() == parameters.len()) else {
            return Err(Error::Value {
                what: "no law of this name takes so many parameters",
            });
        };
        let mut words = [0; 3];
        for ((word, &x), kind) in words.iter_mut().zip(parameters).zip(law.takes) {
            *word = match kind {
                Kind::F64 => x.to_bits(),
                Kind::F32 => u64::from((x as f32).to_bits()),
                Kind::I64 if x.fract() == 0.0 && x.abs() < 9.2e18 => x as i64 as u64,
                Kind::I64 => {
                    return Err(Error::Value {
                        what: "a parameter that counts is no whole number",
                    });
                }
            };
        }
        let num = match law.gives {
            Kind::F64 => TypeNum::Double,
            Kind::F32 => TypeNum::Float,
            Kind::I64 => TypeNum::Long,
        };
        let mut out = empty(shape, &DType::new(num))?;
        let size = out.size();
        let place = out.view_mut()?.ptr_mut();
        match law.fill {
            // SAFETY: a fresh contiguous array of as many items of this size, whose bits may be any.
            Fill::Wide(fill) => fill(&mut self.stream, &words, unsafe {
                std::slice::from_raw_parts_mut(place.cast::<u64>(), size)
            }),
            // SAFETY: as above.
            Fill::Narrow(fill) => fill(&mut self.stream, &words, unsafe {
                std::slice::from_raw_parts_mut(place.cast::<u32>(), size)
            }),
            Fill::Images { draw, image } => {
                // SAFETY: as above.
                let items = unsafe { std::slice::from_raw_parts_mut(place.cast::<u64>(), size) };
                draw(&mut self.stream, &words, items);
                take_images(items, &|part| image(&words, part))?;
            }
        }
        Ok(out)
    }

    /// Uniform numbers in [0, 1).
    ///
    /// # Errors
    ///
    /// No memory.
    pub fn random(&mut self, shape: &[isize]) -> Result<Array> {
        self.draw("random", &[], shape)
    }

    /// Uniform numbers in [low, high).
    ///
    /// # Errors
    ///
    /// No memory.
    pub fn uniform(&mut self, low: f64, high: f64, shape: &[isize]) -> Result<Array> {
        self.draw("uniform", &[low, high - low], shape)
    }

    /// Standard normal numbers.
    ///
    /// # Errors
    ///
    /// No memory.
    pub fn standard_normal(&mut self, shape: &[isize]) -> Result<Array> {
        self.draw("standard_normal", &[], shape)
    }

    /// Normal numbers.
    ///
    /// # Errors
    ///
    /// No memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use numpy_rs::{mean, random::Generator};
    ///
    /// # fn main() -> numpy_rs::Result<()> {
    /// let x = Generator::seeded(0).normal(5.0, 0.1, &[100, 100])?;
    /// assert!((mean(&x, ())?.item::<f64>()? - 5.0).abs() < 0.01);
    /// # Ok(())
    /// # }
    /// ```
    pub fn normal(&mut self, loc: f64, scale: f64, shape: &[isize]) -> Result<Array> {
        self.draw("normal", &[loc, scale], shape)
    }

    /// Exponential numbers with a mean.
    ///
    /// # Errors
    ///
    /// No memory.
    pub fn exponential(&mut self, scale: f64, shape: &[isize]) -> Result<Array> {
        self.draw("exponential", &[scale], shape)
    }

    /// Counts of events with a mean.
    ///
    /// # Errors
    ///
    /// No memory.
    pub fn poisson(&mut self, lam: f64, shape: &[isize]) -> Result<Array> {
        self.draw("poisson", &[lam], shape)
    }

    /// Integers in [low, high), as int64.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for an empty range; no memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use numpy_rs::random::Generator;
    ///
    /// # fn main() -> numpy_rs::Result<()> {
    /// // As np.random.default_rng(7).integers(0, 10, 5).
    /// assert_eq!(Generator::seeded(7).integers(0, 10, &[5])?.to_vec::<i64>()?, [9, 6, 6, 8, 5]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn integers(&mut self, low: i64, high: i64, shape: &[isize]) -> Result<Array> {
        if low >= high {
            return Err(Error::Value {
                what: "low >= high",
            });
        }
        let mut out = empty(shape, &DType::new(TypeNum::Long))?;
        let (from, range) = (low as u64, high.wrapping_sub(low) as u64 - 1);
        let mut view = out.typed_mut::<i64>()?;
        if let Some(items) = view.as_slice_mut() {
            bounded::fill(&mut self.stream.bits, from, range, false, items, |x| {
                x as i64
            });
        }
        Ok(out)
    }

    /// The integers below `n` in random order.
    ///
    /// # Errors
    ///
    /// No memory.
    pub fn permutation(&mut self, n: isize) -> Result<Array> {
        let mut out = empty(&[n], &DType::new(TypeNum::Long))?;
        let mut view = out.typed_mut::<i64>()?;
        if let Some(items) = view.as_slice_mut() {
            for (i, x) in items.iter_mut().enumerate() {
                *x = i as i64;
            }
            bounded::shuffle(&mut self.stream.bits, items, 1, true);
        }
        Ok(out)
    }
}
