/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Search in OPV's constant tables. For each type T of u8 u16 u32 u64 uptr i8 i16 i32 i64 f32 f64 there is
 *
 *     opv_bucket_of_T(bounds, length, value)
 *
 * which says how many of length ascending bounds are below value, 0 to length. No bound is at or above a NaN, so that
 * all of them count as below it. length is at least 1. All are pure; any thread may call them, signal handlers too.
 */
#ifndef OPV_TABLES_H
#define OPV_TABLES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The answer is between below and below + left. Each step asks the last bound of the lower half, and goes on behind it
 * where that is below the value: by arithmetic on the comparison, because a branch would be guessed wrong every other
 * time.
 */
#define OPV_DEFINE_BUCKET_OF(T, type)                                                              \
    static inline uint32_t opv_bucket_of_##T(const type *bounds, uint32_t length, type value)      \
    {                                                                                              \
        uint32_t below = 0;                                                                        \
        uint32_t left = length;                                                                    \
        while (left > 1) {                                                                         \
            uint32_t half = left / 2;                                                              \
            below += half & (0u - (uint32_t)!(bounds[below + half - 1] >= value));                 \
            left -= half;                                                                          \
        }                                                                                          \
        return below + (uint32_t)!(bounds[below] >= value);                                        \
    }

OPV_DEFINE_BUCKET_OF(u8, uint8_t)
OPV_DEFINE_BUCKET_OF(u16, uint16_t)
OPV_DEFINE_BUCKET_OF(u32, uint32_t)
OPV_DEFINE_BUCKET_OF(u64, uint64_t)
OPV_DEFINE_BUCKET_OF(uptr, uintptr_t)
OPV_DEFINE_BUCKET_OF(i8, int8_t)
OPV_DEFINE_BUCKET_OF(i16, int16_t)
OPV_DEFINE_BUCKET_OF(i32, int32_t)
OPV_DEFINE_BUCKET_OF(i64, int64_t)
OPV_DEFINE_BUCKET_OF(f32, float)
OPV_DEFINE_BUCKET_OF(f64, double)

#ifdef __cplusplus
}
#endif

#endif
