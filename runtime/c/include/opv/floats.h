/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Floating-point arithmetic with exactly one result for every operand: what OPV's operators mean on f32 (float) and
 * f64 (double), and its conversions between those and integers.
 *
 * For each type F of f32 f64 there are
 *
 *     opv_add_F opv_sub_F opv_mul_F opv_div_F    IEEE 754, rounded once, to nearest, ties to even
 *     opv_neg_F opv_abs_F                        the sign bit alone changes
 *     opv_min_F opv_max_F                        a NaN wins; -0.0 is below 0.0
 *     opv_sqrt_F                                 rounded once
 *     opv_floor_F opv_ceil_F                     the whole number below, above; of zeros, infinities and NaN itself
 *     opv_isnan_F opv_isinf_F
 *     opv_F_of_bits opv_bits_of_F                the representation
 *     opv_bits_F                                 the same, but that every NaN has one
 *     opv_from_bits_u32 opv_from_bits_u64        the float of a representation
 *     opv_eq_F opv_ne_F opv_lt_F opv_le_F opv_gt_F opv_ge_F
 *     opv_F_of_T                                 of an integer type T: the nearest value
 *     opv_T_of_F                                 truncates; out of range is the nearest end of T; NaN is 0
 *
 * and opv_f32_of_f64, the nearest value, and opv_f64_of_f32, which is exact. All are pure; any thread may call them.
 *
 * Promised with any optimization that keeps C's meaning, -ffp-contract=fast with -mfma included. Not promised with
 * -ffast-math or any of its parts (-ffinite-math-only, -freciprocal-math, -funsafe-math-optimizations, …), which allow
 * a compiler to take it that there are no NaN and no infinities; nor in a thread that has changed its rounding mode, or
 * made subnormal numbers zero. Which NaN an operation gives is not promised anywhere.
 */
#ifndef OPV_FLOATS_H
#define OPV_FLOATS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * OPV_ROUNDED(lvalue) makes the compiler have the value in its own type here and now. An assembler statement without
 * instructions is said to read and change it. The compiler cannot look into the statement, so that the product in
 * a * b + c has to be rounded before it is added: without this, GCC and Clang may fuse both into one operation that
 * rounds once. GCC does so by default, and has no pragma that forbids it. Nor can a value stay in a wider register, or
 * be moved to another place of a sum.
 *
 * The constraint names the registers in which the machine has its floats, so that no instruction is spent. Memory, the
 * general case, costs a store and a load.
 */
#if defined(__SSE2_MATH__)
#define OPV_FLOAT_REGISTER "+x"
#elif defined(__aarch64__)
#define OPV_FLOAT_REGISTER "+w"
#elif defined(__s390x__) || (defined(__riscv_flen) && __riscv_flen >= 64)
#define OPV_FLOAT_REGISTER "+f"
#else
#define OPV_FLOAT_REGISTER "+m"
#endif
#define OPV_ROUNDED(lvalue) __asm__("" : OPV_FLOAT_REGISTER(lvalue))

/*
 * The x87 unit of i386 computes with 64 bits of precision and a larger range of exponents; a double that it stores has
 * been rounded twice, which is now and then another value. Its results are exact only where nothing is computed. So
 * there the four operations are written in SSE2, which every i386 processor has that was made since 2005. Other machines
 * that evaluate double in a wider type are refused; where float is evaluated as double, rounding that to float is the
 * same as rounding once, because double has more than twice the precision and two bits.
 */
#if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ == 2 && !defined(__i386__)
#error "opv/floats.h needs operations on double that are not evaluated in a wider type"
#endif

#if defined(__i386__) && !defined(__SSE2_MATH__)
/* Where the compiler may not use the register itself, it must not be told that it changes. */
#ifdef __SSE__
#define OPV_FLOAT_CLOBBERS "xmm0"
#else
#define OPV_FLOAT_CLOBBERS
#endif
#define OPV_DEFINE_OPERATION(name, F, type, operator, mnemonic, move)                        \
    static inline type opv_##name##_##F(type a, type b)                                      \
    {                                                                                        \
        type result;                                                                         \
        __asm__(move " %1, %%xmm0\n\t" mnemonic " %2, %%xmm0\n\t" move " %%xmm0, %0"         \
                : "=m"(result)                                                               \
                : "m"(a), "m"(b)                                                             \
                : OPV_FLOAT_CLOBBERS);                                                       \
        return result;                                                                       \
    }
#else
#define OPV_DEFINE_OPERATION(name, F, type, operator, mnemonic, move)                        \
    static inline type opv_##name##_##F(type a, type b)                                      \
    {                                                                                        \
        type result = a operator b;                                                          \
        OPV_ROUNDED(result);                                                                 \
        return result;                                                                       \
    }
#endif

#define OPV_DEFINE_FLOAT(F, type, bits_type, fabs, s, move)                                  \
    OPV_DEFINE_OPERATION(add, F, type, +, "adds" s, move)                                    \
    OPV_DEFINE_OPERATION(sub, F, type, -, "subs" s, move)                                    \
    OPV_DEFINE_OPERATION(mul, F, type, *, "muls" s, move)                                    \
    OPV_DEFINE_OPERATION(div, F, type, /, "divs" s, move)                                    \
    static inline type opv_##F##_of_bits(bits_type bits)                                     \
    {                                                                                        \
        type value;                                                                          \
        memcpy(&value, &bits, sizeof(value));                                                \
        return value;                                                                        \
    }                                                                                        \
    static inline bits_type opv_bits_of_##F(type value)                                      \
    {                                                                                        \
        bits_type bits;                                                                      \
        memcpy(&bits, &value, sizeof(bits));                                                 \
        return bits;                                                                         \
    }                                                                                        \
    static inline type opv_neg_##F(type a) { return -a; }                                    \
    static inline type opv_abs_##F(type a) { return fabs(a); }                               \
    static inline bool opv_eq_##F(type a, type b) { return a == b; }                         \
    static inline bool opv_ne_##F(type a, type b) { return a != b; }                         \
    static inline bool opv_lt_##F(type a, type b) { return a < b; }                          \
    static inline bool opv_le_##F(type a, type b) { return a <= b; }                         \
    static inline bool opv_gt_##F(type a, type b) { return a > b; }                          \
    static inline bool opv_ge_##F(type a, type b) { return a >= b; }                         \
    /* Zeros are equal, so their signs decide. */                                            \
    static inline type opv_min_##F(type a, type b)                                           \
    {                                                                                        \
        if (a != a || b != b)                                                                \
            return a != a ? a : b;                                                           \
        if (a == b)                                                                          \
            return __builtin_signbit(a) ? a : b;                                             \
        return a < b ? a : b;                                                                \
    }                                                                                        \
    static inline type opv_max_##F(type a, type b)                                           \
    {                                                                                        \
        if (a != a || b != b)                                                                \
            return a != a ? a : b;                                                           \
        if (a == b)                                                                          \
            return __builtin_signbit(a) ? b : a;                                             \
        return a > b ? a : b;                                                                \
    }

/* From 2 to the power of its mantissa's digits on, every number of a type is whole. */
#define OPV_DEFINE_FLOAT_FUNCTIONS(F, type, bits_type, nan_bits, fabs, copysign, infinity, whole_from) \
    static inline bool opv_isnan_##F(type a) { return a != a; }                                       \
    static inline bool opv_isinf_##F(type a) { return fabs(a) == infinity; }                          \
    static inline bits_type opv_bits_##F(type a) { return a != a ? nan_bits : opv_bits_of_##F(a); }   \
    static inline type opv_floor_##F(type a)                                                          \
    {                                                                                                 \
        type whole;                                                                                   \
        if (!(fabs(a) < whole_from))                                                                  \
            return a;                                                                                 \
        whole = (type)(int64_t)a;                                                                     \
        return copysign(whole > a ? whole - 1 : whole, a);                                            \
    }                                                                                                 \
    static inline type opv_ceil_##F(type a)                                                           \
    {                                                                                                 \
        type whole;                                                                                   \
        if (!(fabs(a) < whole_from))                                                                  \
            return a;                                                                                 \
        whole = (type)(int64_t)a;                                                                     \
        return copysign(whole < a ? whole + 1 : whole, a);                                            \
    }

OPV_DEFINE_FLOAT(f32, float, uint32_t, __builtin_fabsf, "s", "movss")
OPV_DEFINE_FLOAT(f64, double, uint64_t, __builtin_fabs, "d", "movsd")

OPV_DEFINE_FLOAT_FUNCTIONS(f32, float, uint32_t, 0x7fc00000u, __builtin_fabsf, __builtin_copysignf, __builtin_inff(),
    8388608.0f)
OPV_DEFINE_FLOAT_FUNCTIONS(f64, double, uint64_t, UINT64_C(0x7ff8000000000000), __builtin_fabs, __builtin_copysign,
    __builtin_inf(), 4503599627370496.0)

static inline float opv_from_bits_u32(uint32_t bits)
{
    return opv_f32_of_bits(bits);
}

static inline double opv_from_bits_u64(uint64_t bits)
{
    return opv_f64_of_bits(bits);
}

/*
 * The root by integers, a binary digit at a time, for machines whose instruction is not known here: the compiler's own
 * function may call the mathematical library, which programs would have to be linked with.
 */
static inline double opv_sqrt_by_digits(double a)
{
    uint64_t mantissa = opv_bits_of_f64(a) & UINT64_C(0xfffffffffffff);
    int exponent = (int)(opv_bits_of_f64(a) >> 52);
    uint64_t root = 0, twice = 0, digit;
    if (!(a > 0) || a == __builtin_inf())
        return a == 0 || a > 0 ? a : __builtin_nan("");
    if (exponent == 0) {
        for (exponent = 1; mantissa < UINT64_C(1) << 52; exponent--)
            mantissa <<= 1;
    } else {
        mantissa |= UINT64_C(1) << 52;
    }
    exponent -= 1023;
    if (exponent % 2 != 0) {
        mantissa <<= 1;
        exponent--;
    }
    mantissa <<= 1;
    for (digit = UINT64_C(1) << 53; digit != 0; digit >>= 1) {
        uint64_t tried = twice + digit;
        if (tried <= mantissa) {
            twice = tried + digit;
            mantissa -= tried;
            root += digit;
        }
        mantissa <<= 1;
    }
    /* The last digit says how to round; no root lies in the middle. */
    root = (root >> 1) + (root & 1);
    return opv_f64_of_bits(root + ((uint64_t)(exponent / 2 + 1022) << 52));
}

static inline double opv_sqrt_f64(double a)
{
    double result;
#if defined(__SSE2_MATH__)
    __asm__("sqrtsd %1, %0" : "=x"(result) : "x"(a));
#elif defined(__aarch64__)
    __asm__("fsqrt %d0, %d1" : "=w"(result) : "w"(a));
#else
    result = opv_sqrt_by_digits(a);
#endif
    return result;
}

/* Rounding to double and then to float is the same as rounding once: a double has more than twice the digits. */
static inline float opv_sqrt_f32(float a)
{
    float result = (float)opv_sqrt_f64((double)a);
    OPV_ROUNDED(result);
    return result;
}

static inline double opv_f64_of_f32(float value)
{
    return (double)value;
}

static inline float opv_f32_of_f64(double value)
{
    float result = (float)value;
    OPV_ROUNDED(result);
    return result;
}

/* Both ends, as doubles, are exact: `below` is the smallest value of T, `beyond` the largest and one more. */
#define OPV_DEFINE_FLOAT_TO_INTEGER(T, type, min, max, below, beyond)                        \
    static inline type opv_##T##_of_f64(double value)                                        \
    {                                                                                        \
        if (value != value)                                                                  \
            return 0;                                                                        \
        if (value <= (below))                                                                \
            return min;                                                                      \
        return value >= (beyond) ? max : (type)value;                                        \
    }                                                                                        \
    static inline type opv_##T##_of_f32(float value) { return opv_##T##_of_f64((double)value); }

/* The nearest value is found at once: by way of another type it could be rounded twice. */
#define OPV_DEFINE_INTEGER_TO_FLOAT(T, type)                                                 \
    static inline double opv_f64_of_##T(type value)                                          \
    {                                                                                        \
        double result = (double)value;                                                       \
        OPV_ROUNDED(result);                                                                 \
        return result;                                                                       \
    }                                                                                        \
    static inline float opv_f32_of_##T(type value)                                           \
    {                                                                                        \
        float result = (float)value;                                                         \
        OPV_ROUNDED(result);                                                                 \
        return result;                                                                       \
    }

#define OPV_DEFINE_CONVERSIONS(T, type, min, max, below, beyond)                             \
    OPV_DEFINE_FLOAT_TO_INTEGER(T, type, min, max, below, beyond)                            \
    OPV_DEFINE_INTEGER_TO_FLOAT(T, type)

OPV_DEFINE_CONVERSIONS(u8, uint8_t, 0, UINT8_MAX, 0.0, 256.0)
OPV_DEFINE_CONVERSIONS(u16, uint16_t, 0, UINT16_MAX, 0.0, 65536.0)
OPV_DEFINE_CONVERSIONS(u32, uint32_t, 0, UINT32_MAX, 0.0, 4294967296.0)
OPV_DEFINE_CONVERSIONS(u64, uint64_t, 0, UINT64_MAX, 0.0, 18446744073709551616.0)
OPV_DEFINE_CONVERSIONS(i8, int8_t, INT8_MIN, INT8_MAX, -128.0, 128.0)
OPV_DEFINE_CONVERSIONS(i16, int16_t, INT16_MIN, INT16_MAX, -32768.0, 32768.0)
OPV_DEFINE_CONVERSIONS(i32, int32_t, INT32_MIN, INT32_MAX, -2147483648.0, 2147483648.0)
OPV_DEFINE_CONVERSIONS(i64, int64_t, INT64_MIN, INT64_MAX, -9223372036854775808.0, 9223372036854775808.0)
#if __SIZEOF_POINTER__ >= 8
OPV_DEFINE_CONVERSIONS(uptr, uintptr_t, 0, UINTPTR_MAX, 0.0, 18446744073709551616.0)
#else
OPV_DEFINE_CONVERSIONS(uptr, uintptr_t, 0, UINTPTR_MAX, 0.0, 4294967296.0)
#endif

#ifdef __cplusplus
}
#endif

#endif
