//! No function leaves the upper parts of vector registers in use: the caller's SSE code would run at half its speed.
#![cfg(target_arch = "x86_64")]

use std::arch::x86_64::{__cpuid_count, _xgetbv};

use numpy_rs::linalg::{self, QrMode, Triangle, Vectors};
use numpy_rs::{Array, DType, Result, TypeNum, eye, fft};

/// Which parts of registers are in use beside what SSE knows, as the processor keeps it for itself (Intel 64 SDM,
/// volume 1, 13.6: `XINUSE`).
#[target_feature(enable = "xsave")]
fn upper_lanes_in_use() -> bool {
    const UPPER_YMM: u64 = 1 << 2;
    const UPPER_ZMM: u64 = 1 << 6;
    // SAFETY: the caller has seen that the register 1 can be read.
    unsafe { _xgetbv(1) & (UPPER_YMM | UPPER_ZMM) != 0 }
}

/// Whether this processor tells which parts are in use.
fn tells() -> bool {
    is_x86_feature_detected!("xsave") && __cpuid_count(0xd, 1).eax & (1 << 2) != 0
}

#[test]
fn upper_lanes_are_free_after_each_call() -> Result<()> {
    if !tells() {
        return Ok(());
    }
    for n in [3_isize, 30, 60, 150] {
        let mut state = 1_u64;
        let items: Vec<f64> = std::iter::repeat_with(|| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as f64 / f64::from(1_u32 << 31) - 0.5
        })
        .take((n * n) as usize)
        .collect();
        let a = Array::from_shape(&[n, n], &items)?;
        let z = fft::fft(&a, None, -1)?;
        // Its lower triangle alone is read.
        let definite = (&a + &(&eye(n, &DType::new(TypeNum::Double))? * n as f64)?)?;
        let calls: &[(&str, &dyn Fn() -> bool)] = &[
            ("solve", &|| linalg::solve(&a, &a).is_ok()),
            ("complex solve", &|| linalg::solve(&z, &z).is_ok()),
            ("inv", &|| linalg::inv(&a).is_ok()),
            ("cholesky", &|| linalg::cholesky(&definite, false).is_ok()),
            ("qr", &|| linalg::qr(&a, QrMode::Reduced).is_ok()),
            ("svd", &|| linalg::svd(&a, Vectors::Full).is_ok()),
            ("complex svd", &|| linalg::svd(&z, Vectors::Full).is_ok()),
            ("svdvals", &|| linalg::svdvals(&a).is_ok()),
            ("eig", &|| linalg::eig(&a).is_ok()),
            ("eigvals", &|| linalg::eigvals(&z).is_ok()),
            ("eigh", &|| linalg::eigh(&a, Triangle::Lower).is_ok()),
            ("eigvalsh", &|| {
                linalg::eigvalsh(&a, Triangle::Lower).is_ok()
            }),
            ("lstsq", &|| linalg::lstsq(&a, &a, 1e-15).is_ok()),
            ("fft", &|| fft::fft(&a, None, -1).is_ok()),
        ];
        for (name, call) in calls {
            let done = call();
            // SAFETY: the processor has the instruction and tells.
            assert!(!unsafe { upper_lanes_in_use() }, "{name} of {n} rows");
            assert!(done, "{name} of {n} rows");
        }
    }
    Ok(())
}
