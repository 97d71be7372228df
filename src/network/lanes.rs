//! Four `f32` at once: a WebAssembly SIMD vector in the page, four numbers that the compiler vectorises elsewhere.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod implementation {
    use core::arch::wasm32::{f32x4_add, f32x4_max, f32x4_mul, f32x4_splat, v128, v128_load, v128_store};

    #[derive(Clone, Copy)]
    pub struct Lanes(v128);

    impl Lanes {
        #[inline(always)]
        pub fn load(values: &[f32]) -> Self {
            let four = values.first_chunk::<4>().expect("four values");
            // SAFETY: the reference is to sixteen readable bytes; the load asks for no alignment.
            Self(unsafe { v128_load(four.as_ptr().cast()) })
        }

        #[inline(always)]
        pub fn splat(value: f32) -> Self {
            Self(f32x4_splat(value))
        }

        #[inline(always)]
        pub fn add_product(self, a: Self, b: Self) -> Self {
            Self(f32x4_add(self.0, f32x4_mul(a.0, b.0)))
        }

        #[inline(always)]
        pub fn add(self, other: Self) -> Self {
            Self(f32x4_add(self.0, other.0))
        }

        #[inline(always)]
        pub fn max_zero(self) -> Self {
            Self(f32x4_max(self.0, f32x4_splat(0.0)))
        }

        #[inline(always)]
        pub fn store(self, values: &mut [f32]) {
            let four = values.first_chunk_mut::<4>().expect("four values");
            // SAFETY: the reference is to sixteen writable bytes; the store asks for no alignment.
            unsafe { v128_store(four.as_mut_ptr().cast(), self.0) }
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod implementation {
    #[derive(Clone, Copy)]
    pub struct Lanes([f32; 4]);

    impl Lanes {
        #[inline(always)]
        pub fn load(values: &[f32]) -> Self {
            Self([values[0], values[1], values[2], values[3]])
        }

        #[inline(always)]
        pub fn splat(value: f32) -> Self {
            Self([value; 4])
        }

        #[inline(always)]
        pub fn add_product(self, a: Self, b: Self) -> Self {
            Self(std::array::from_fn(|lane| self.0[lane] + a.0[lane] * b.0[lane]))
        }

        #[inline(always)]
        pub fn add(self, other: Self) -> Self {
            Self(std::array::from_fn(|lane| self.0[lane] + other.0[lane]))
        }

        #[inline(always)]
        pub fn max_zero(self) -> Self {
            Self(self.0.map(|value| value.max(0.0)))
        }

        #[inline(always)]
        pub fn store(self, values: &mut [f32]) {
            values[..4].copy_from_slice(&self.0);
        }
    }
}

pub use implementation::Lanes;
