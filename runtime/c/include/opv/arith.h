/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Integer arithmetic with exactly one result for every operand: what OPV's operators mean on each of its types.
 *
 * C promotes narrow integers to int, leaves signed overflow undefined, and leaves conversions to signed types and
 * right shifts of negative values to the implementation. Here every result wraps in the width of its own type, and
 * nothing depends on more than what C11 and C++17 promise.
 *
 * For each type T of u8 u16 u32 u64 uptr i8 i16 i32 i64 there are
 *
 *     opv_add_T opv_sub_T opv_mul_T     modulo 2^width
 *     opv_div_T opv_rem_T               truncating; the smallest value by -1 is itself, remainder 0. b is not 0
 *     opv_and_T opv_or_T opv_xor_T      bitwise
 *     opv_neg_T opv_not_T               negation, complement
 *     opv_shl_T opv_shr_T               by bits, which is below the width; >> of a signed type is arithmetic
 *     opv_eq_T opv_ne_T opv_lt_T opv_le_T opv_gt_T opv_ge_T
 *     opv_min_T opv_max_T
 *     opv_clz_T opv_ctz_T               zero bits above the highest one bit, below the lowest; of 0 the width
 *     opv_popcount_T                    one bits
 *     opv_abs_T                         signed types only: the magnitude; of the smallest value itself
 *
 * and for the signed ones opv_wrap_T, the value with the given bits. All are pure; any thread may call them.
 */
#ifndef OPV_ARITH_H
#define OPV_ARITH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OPV_DEFINE_COMPARISONS(T, type)                                            \
    static inline bool opv_eq_##T(type a, type b) { return a == b; }               \
    static inline bool opv_ne_##T(type a, type b) { return a != b; }               \
    static inline bool opv_lt_##T(type a, type b) { return a < b; }                \
    static inline bool opv_le_##T(type a, type b) { return a <= b; }               \
    static inline bool opv_gt_##T(type a, type b) { return a > b; }                \
    static inline bool opv_ge_##T(type a, type b) { return a >= b; }               \
    static inline type opv_min_##T(type a, type b) { return a < b ? a : b; }       \
    static inline type opv_max_##T(type a, type b) { return a > b ? a : b; }

/* The compiler's functions count in 64 bits, and not in 0. */
#define OPV_DEFINE_BIT_COUNTS(T, type, utype)                                                      \
    static inline uint32_t opv_clz_##T(type a)                                                     \
    {                                                                                              \
        uint32_t width = 8 * (uint32_t)sizeof(a);                                                  \
        return a == 0 ? width : (uint32_t)__builtin_clzll((utype)a) - (64 - width);                \
    }                                                                                              \
    static inline uint32_t opv_ctz_##T(type a)                                                     \
    {                                                                                              \
        return a == 0 ? 8 * (uint32_t)sizeof(a) : (uint32_t)__builtin_ctzll((utype)a);             \
    }                                                                                              \
    static inline uint32_t opv_popcount_##T(type a)                                                \
    {                                                                                              \
        return (uint32_t)__builtin_popcountll((utype)a);                                           \
    }

/*
 * `wide` is an unsigned type that is neither narrower than `type` nor than int: operands of it are not promoted to a
 * signed type, in which their product could overflow.
 */
#define OPV_DEFINE_UNSIGNED(T, type, wide)                                                          \
    static inline type opv_add_##T(type a, type b) { return (type)((wide)a + (wide)b); }            \
    static inline type opv_sub_##T(type a, type b) { return (type)((wide)a - (wide)b); }            \
    static inline type opv_mul_##T(type a, type b) { return (type)((wide)a * (wide)b); }            \
    static inline type opv_div_##T(type a, type b) { return (type)((wide)a / (wide)b); }            \
    static inline type opv_rem_##T(type a, type b) { return (type)((wide)a % (wide)b); }            \
    static inline type opv_and_##T(type a, type b) { return (type)((wide)a & (wide)b); }            \
    static inline type opv_or_##T(type a, type b) { return (type)((wide)a | (wide)b); }             \
    static inline type opv_xor_##T(type a, type b) { return (type)((wide)a ^ (wide)b); }            \
    static inline type opv_neg_##T(type a) { return (type)(0 - (wide)a); }                          \
    static inline type opv_not_##T(type a) { return (type)~(wide)a; }                               \
    static inline type opv_shl_##T(type a, uint64_t bits) { return (type)((wide)a << bits); }       \
    static inline type opv_shr_##T(type a, uint64_t bits) { return (type)((wide)a >> bits); }       \
    OPV_DEFINE_COMPARISONS(T, type)                                                                 \
    OPV_DEFINE_BIT_COUNTS(T, type, type)

/*
 * Sums, products and bits are those of the unsigned type U of the same width; opv_wrap_T makes a value of them. The
 * bits of a negative value v, inverted, are those of -1 - v, which is in range and not negative.
 */
#define OPV_DEFINE_SIGNED(T, type, max, U, utype)                                                                     \
    static inline type opv_wrap_##T(utype bits)                                                                       \
    {                                                                                                                 \
        return bits <= (utype)(max) ? (type)bits : (type)(-1 - (type)(utype)~bits);                                   \
    }                                                                                                                 \
    static inline type opv_add_##T(type a, type b) { return opv_wrap_##T(opv_add_##U((utype)a, (utype)b)); }          \
    static inline type opv_sub_##T(type a, type b) { return opv_wrap_##T(opv_sub_##U((utype)a, (utype)b)); }          \
    static inline type opv_mul_##T(type a, type b) { return opv_wrap_##T(opv_mul_##U((utype)a, (utype)b)); }          \
    static inline type opv_and_##T(type a, type b) { return opv_wrap_##T(opv_and_##U((utype)a, (utype)b)); }          \
    static inline type opv_or_##T(type a, type b) { return opv_wrap_##T(opv_or_##U((utype)a, (utype)b)); }            \
    static inline type opv_xor_##T(type a, type b) { return opv_wrap_##T(opv_xor_##U((utype)a, (utype)b)); }          \
    static inline type opv_neg_##T(type a) { return opv_wrap_##T(opv_neg_##U((utype)a)); }                            \
    static inline type opv_not_##T(type a) { return (type)(-1 - a); }                                                 \
    static inline type opv_div_##T(type a, type b) { return (type)(b == -1 ? opv_neg_##T(a) : a / b); }               \
    static inline type opv_rem_##T(type a, type b) { return (type)(b == -1 ? 0 : a % b); }                            \
    static inline type opv_shl_##T(type a, uint64_t bits) { return opv_wrap_##T(opv_shl_##U((utype)a, bits)); }       \
    static inline type opv_shr_##T(type a, uint64_t bits)                                                             \
    {                                                                                                                 \
        return (type)(a < 0 ? -1 - ((-1 - a) >> bits) : a >> bits);                                                   \
    }                                                                                                                 \
    static inline type opv_abs_##T(type a) { return (type)(a < 0 ? opv_neg_##T(a) : a); }                             \
    OPV_DEFINE_COMPARISONS(T, type)                                                                                   \
    OPV_DEFINE_BIT_COUNTS(T, type, utype)

OPV_DEFINE_UNSIGNED(u8, uint8_t, uint32_t)
OPV_DEFINE_UNSIGNED(u16, uint16_t, uint32_t)
OPV_DEFINE_UNSIGNED(u32, uint32_t, uint32_t)
OPV_DEFINE_UNSIGNED(u64, uint64_t, uint64_t)
OPV_DEFINE_UNSIGNED(uptr, uintptr_t, uintptr_t)
OPV_DEFINE_SIGNED(i8, int8_t, INT8_MAX, u8, uint8_t)
OPV_DEFINE_SIGNED(i16, int16_t, INT16_MAX, u16, uint16_t)
OPV_DEFINE_SIGNED(i32, int32_t, INT32_MAX, u32, uint32_t)
OPV_DEFINE_SIGNED(i64, int64_t, INT64_MAX, u64, uint64_t)

#ifdef __cplusplus
}
#endif

#endif
