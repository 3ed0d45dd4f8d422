/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What headers that opvc generates need besides the engine: arithmetic, layout assertions and run-time checks. Not
 * meant to be used by hand.
 */
#ifndef OPV_GENERATED_H
#define OPV_GENERATED_H

/* First, because it may hold the runtime's implementation, which must come before any header of libc. */
#include "engine.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arith.h"
#include "floats.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Behind a field's declarator: the field is 8-aligned, also where the ABI aligns 8-byte scalars to 4 (i686). */
#define OPV_ALIGNED_8 __attribute__((aligned(8)))

/** The first value where pointers have 8 bytes, the second where they have 4. */
#if __SIZEOF_POINTER__ == 8
#define OPV_LP64_ILP32(lp64, ilp32) lp64
#else
#define OPV_LP64_ILP32(lp64, ilp32) ilp32
#endif

/** Fails to compile unless a type has the size, in bytes, that opvc computed for each pointer size. */
#define OPV_ASSERT_SIZE(type, lp64, ilp32) \
    CPU_OP_STATIC_ASSERT(sizeof(type) == OPV_LP64_ILP32(lp64, ilp32), #type ": size")

/** Fails to compile unless a member has the offset, in bytes, that opvc computed for each pointer size. */
#define OPV_ASSERT_OFFSET(type, member, lp64, ilp32) \
    CPU_OP_STATIC_ASSERT(offsetof(type, member) == OPV_LP64_ILP32(lp64, ilp32), #type ": offset of " #member)

/** Whether value < limit. A negative value, converted by the caller, is a huge one. */
static inline bool opv_is_below(uint64_t value, uint64_t limit)
{
    return value < limit;
}

/** Whether value <= limit. A negative value, converted by the caller, is a huge one. */
static inline bool opv_is_at_most(uint64_t value, uint64_t limit)
{
    return value <= limit;
}

/**
 * The address `offset` bytes behind a pointer of which nothing is known yet: it may be null, or lead nowhere. An
 * operation is made for it all the same, and the engine answers -EFAULT; the sum of the addresses is defined where
 * C's -> would not be.
 */
static inline void *opv_at(const void *base, size_t offset)
{
    return (void *)((uintptr_t)base + offset);
}

#ifdef __cplusplus
}
#endif

#endif
