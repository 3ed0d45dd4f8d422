/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Typed access to memory of any declared type and any alignment, and the one copy routine.
 *
 * An aligned access that is not wider than a pointer is one relaxed atomic access: never torn, never repeated. Any
 * other access is some number of them. Values are in the machine's byte order. None of these functions orders memory;
 * exclusion and fences do that.
 */
#ifndef OPV_ACCESS_H
#define OPV_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes that opv_copy() reads before it writes any of them. */
#define OPV_COPY_BLOCK 64

/*
 * The accessor of one width: opv_load_uN() and opv_store_uN(). The type may alias any other, since the memory belongs
 * to the caller and has the caller's types. Beyond the machine's word a single access would need a lock or a library,
 * so that it is not promised.
 */
#define OPV_DEFINE_ACCESSOR(bits)                                                        \
    typedef uint##bits##_t opv_alias_u##bits __attribute__((may_alias));                 \
                                                                                         \
    static inline int opv_is_single_u##bits(const volatile void *p)                      \
    {                                                                                    \
        return sizeof(opv_alias_u##bits) <= sizeof(void *)                               \
            && (uintptr_t)p % sizeof(opv_alias_u##bits) == 0;                            \
    }                                                                                    \
                                                                                         \
    static inline uint##bits##_t opv_load_u##bits(const void *p)                         \
    {                                                                                    \
        uint##bits##_t value;                                                            \
        if (__builtin_expect(opv_is_single_u##bits(p), 1))                               \
            return __atomic_load_n((const opv_alias_u##bits *)p, __ATOMIC_RELAXED);      \
        memcpy(&value, p, sizeof(value));                                                \
        return value;                                                                    \
    }                                                                                    \
                                                                                         \
    static inline void opv_store_u##bits(void *p, uint##bits##_t value)                  \
    {                                                                                    \
        if (__builtin_expect(opv_is_single_u##bits(p), 1))                               \
            __atomic_store_n((opv_alias_u##bits *)p, value, __ATOMIC_RELAXED);           \
        else                                                                             \
            memcpy(p, &value, sizeof(value));                                            \
    }

OPV_DEFINE_ACCESSOR(8)
OPV_DEFINE_ACCESSOR(16)
OPV_DEFINE_ACCESSOR(32)
#if __SIZEOF_POINTER__ >= 8
OPV_DEFINE_ACCESSOR(64)
#else
/* An atomic access of 8 bytes, even one that is never reached, would need libatomic on some 32-bit machines. */
static inline uint64_t opv_load_u64(const void *p)
{
    uint64_t value;
    memcpy(&value, p, sizeof(value));
    return value;
}

static inline void opv_store_u64(void *p, uint64_t value)
{
    memcpy(p, &value, sizeof(value));
}
#endif

/** Whether len is the width of an integer: 1, 2, 4 or 8. */
static inline int opv_is_width(size_t len)
{
    return len == sizeof(uint8_t) || len == sizeof(uint16_t) || len == sizeof(uint32_t) || len == sizeof(uint64_t);
}

/** The unsigned integer of len bytes at p; len is a width. */
static inline uint64_t opv_load(const void *p, size_t len)
{
    switch (len) {
    case sizeof(uint8_t):
        return opv_load_u8(p);
    case sizeof(uint16_t):
        return opv_load_u16(p);
    case sizeof(uint32_t):
        return opv_load_u32(p);
    default:
        return opv_load_u64(p);
    }
}

/** Stores the low len bytes of value at p; len is a width. */
static inline void opv_store(void *p, uint64_t value, size_t len)
{
    switch (len) {
    case sizeof(uint8_t):
        opv_store_u8(p, (uint8_t)value);
        break;
    case sizeof(uint16_t):
        opv_store_u16(p, (uint16_t)value);
        break;
    case sizeof(uint32_t):
        opv_store_u32(p, (uint32_t)value);
        break;
    default:
        opv_store_u64(p, value);
        break;
    }
}

/** Stores a truth value at p: one byte, 0 or 1. */
static inline void opv_store_bool(void *p, bool value)
{
    opv_store_u8(p, value ? 1 : 0);
}

/** The pointer at p, by one access where it is aligned. */
static inline void *opv_load_pointer(const void *p)
{
#if __SIZEOF_POINTER__ >= 8
    return (void *)(uintptr_t)opv_load_u64(p);
#else
    return (void *)(uintptr_t)opv_load_u32(p);
#endif
}

/** The uintptr_t at p, by one access where it is aligned. */
static inline uintptr_t opv_load_uptr(const void *p)
{
    return (uintptr_t)opv_load_pointer(p);
}

/** Stores a uintptr_t at p, by one access where it is aligned. */
static inline void opv_store_uptr(void *p, uintptr_t value)
{
#if __SIZEOF_POINTER__ >= 8
    opv_store_u64(p, value);
#else
    opv_store_u32(p, value);
#endif
}

/** Copies len bytes, at most OPV_COPY_BLOCK, all read before the first is written. */
static inline void opv_copy_block(void *dst, const void *src, size_t len)
{
    unsigned char block[OPV_COPY_BLOCK];
    memcpy(block, src, len);
    memcpy(dst, block, len);
}

/**
 * Copies len bytes from src to dst, which may overlap, from front to back in blocks of OPV_COPY_BLOCK bytes. Each
 * block is read whole before it is written. Where dst lies less than len bytes, but not less than a block, above src,
 * a later block therefore reads what an earlier one wrote; this is not memmove().
 *
 * A copy of 1, 2, 4 or 8 bytes is one load and one store of that width, each single where its side is aligned.
 *
 * Every copy of a vector and of a direct form goes through here, so that overlap means the same in both.
 */
static inline void opv_copy(void *dst, const void *src, size_t len)
{
    unsigned char *to = (unsigned char *)dst;
    const unsigned char *from = (const unsigned char *)src;

    if (opv_is_width(len)) {
        opv_store(dst, opv_load(src, len), len);
        return;
    }
    for (; len > OPV_COPY_BLOCK; len -= OPV_COPY_BLOCK) {
        opv_copy_block(to, from, OPV_COPY_BLOCK);
        to += OPV_COPY_BLOCK;
        from += OPV_COPY_BLOCK;
    }
    if (len != 0)
        opv_copy_block(to, from, len);
}

/** Whether len bytes at a and b are equal. A comparison of 1, 2, 4 or 8 bytes is one load a side. */
static inline int opv_equal(const void *a, const void *b, size_t len)
{
    if (opv_is_width(len))
        return opv_load(a, len) == opv_load(b, len);
    return len == 0 || memcmp(a, b, len) == 0;
}

/* What operations do to the integer of len bytes at p; len is a width, and bits is below 8 len. */

static inline void opv_add(void *p, int64_t count, size_t len)
{
    opv_store(p, opv_load(p, len) + (uint64_t)count, len);
}

static inline void opv_or(void *p, uint64_t mask, size_t len)
{
    opv_store(p, opv_load(p, len) | mask, len);
}

static inline void opv_and(void *p, uint64_t mask, size_t len)
{
    opv_store(p, opv_load(p, len) & mask, len);
}

static inline void opv_xor(void *p, uint64_t mask, size_t len)
{
    opv_store(p, opv_load(p, len) ^ mask, len);
}

static inline void opv_lshift(void *p, uint32_t bits, size_t len)
{
    opv_store(p, opv_load(p, len) << bits, len);
}

static inline void opv_rshift(void *p, uint32_t bits, size_t len)
{
    opv_store(p, opv_load(p, len) >> bits, len);
}

/** Full memory barrier: a sequentially consistent fence. */
static inline void opv_barrier(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/** Release fence: who sees a store behind it, and looks with acquire order, sees all that was stored before it. */
static inline void opv_release(void)
{
    __atomic_thread_fence(__ATOMIC_RELEASE);
}

#ifdef __cplusplus
}
#endif

#endif
