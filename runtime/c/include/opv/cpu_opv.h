/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The operation vector: struct cpu_op, its numbers and limits, setters that fill it, and cpu_opv(), which runs it.
 *
 * Numbers, limits and layout are those of the cpu_opv patches for Linux (2017, never merged). They are the same on
 * every machine.
 */
#ifndef OPV_CPU_OPV_H
#define OPV_CPU_OPV_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "types_32_64.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What an operation does: the values of cpu_op.op. */
enum cpu_op_type {
    /** Stops the vector unless len bytes at a and b are equal. */
    CPU_COMPARE_EQ_OP = 0,
    /** Stops the vector unless len bytes at a and b differ; of 0 bytes none differs, so it stops. */
    CPU_COMPARE_NE_OP = 1,
    /** Copies len bytes from src to dst. */
    CPU_MEMCPY_OP = 2,
    /** Adds count to the integer of len bytes at p, modulo 2^(8 len). */
    CPU_ADD_OP = 3,
    /** Ors mask into the integer of len bytes at p. */
    CPU_OR_OP = 4,
    /** Ands mask into the integer of len bytes at p. */
    CPU_AND_OP = 5,
    /** Exclusive-ors mask into the integer of len bytes at p. */
    CPU_XOR_OP = 6,
    /** Shifts the integer of len bytes at p left by bits. */
    CPU_LSHIFT_OP = 7,
    /** Shifts the integer of len bytes at p right by bits, zeros coming in. */
    CPU_RSHIFT_OP = 8,
    /** Full memory barrier. */
    CPU_MB_OP = 9,
    /** How many types there are; not a type. */
    NR_CPU_OPS = 10
};

/** Flags of cpu_opv(): each asks a question instead of running a vector. */
enum cpu_op_flags {
    /** Return NR_CPU_OPS. */
    CPU_OP_NR_FLAG = 1 << 0,
    /** Return CPU_OP_VEC_LEN_MAX. */
    CPU_OP_VEC_LEN_MAX_FLAG = 1 << 1
};

/** Operations in a vector, at most. */
#define CPU_OP_VEC_LEN_MAX 16
/** Bytes of the union cpu_op.u. */
#define CPU_OP_ARG_LEN_MAX 24
/** Bytes that one comparison or copy covers, at most, whatever the page size. */
#define CPU_OP_DATA_LEN_MAX 4096
/** Bytes that one arithmetic, bitwise or shift operation covers, at most: it is 1, 2, 4 or 8. */
#define CPU_OP_ARITHMETIC_LEN_MAX 8
/** Bytes that a vector is expected to need for its one long copy. */
#define CPU_OP_MEMCPY_EXPECT_LEN 4096
/** Bytes that a vector is expected to need for each of its other operations. */
#define CPU_OP_EXPECT_LEN 8
/** The sum of len over all operations of a vector but barriers, at most. */
#define CPU_OP_VEC_DATA_LEN_MAX (CPU_OP_MEMCPY_EXPECT_LEN + (CPU_OP_VEC_LEN_MAX - 1) * CPU_OP_EXPECT_LEN)
/** Pages that one operation touches, at most: two a side. */
#define CPU_OP_MAX_PAGES 4

/**
 * One operation.
 *
 * An expect_fault member that is not zero says that its operand may be inaccessible at any time, because another
 * thread unmaps it: the vector then answers -EAGAIN, "prepare it again", instead of -EFAULT.
 */
struct cpu_op {
    /** An enum cpu_op_type. */
    int32_t op;
    /** Bytes that each operand covers; 0 touches nothing. Not looked at in a barrier. */
    uint32_t len;
    union {
        /** CPU_COMPARE_EQ_OP, CPU_COMPARE_NE_OP. */
        struct {
            LINUX_FIELD_u32_u64(a);
            LINUX_FIELD_u32_u64(b);
            uint8_t expect_fault_a;
            uint8_t expect_fault_b;
        } compare_op;
        /** CPU_MEMCPY_OP. */
        struct {
            LINUX_FIELD_u32_u64(dst);
            LINUX_FIELD_u32_u64(src);
            uint8_t expect_fault_dst;
            uint8_t expect_fault_src;
        } memcpy_op;
        /** CPU_ADD_OP. */
        struct {
            LINUX_FIELD_u32_u64(p);
            int64_t count;
            uint8_t expect_fault_p;
        } arithmetic_op;
        /** CPU_OR_OP, CPU_AND_OP, CPU_XOR_OP. */
        struct {
            LINUX_FIELD_u32_u64(p);
            uint64_t mask;
            uint8_t expect_fault_p;
        } bitwise_op;
        /** CPU_LSHIFT_OP, CPU_RSHIFT_OP: bits is below 8 len. */
        struct {
            LINUX_FIELD_u32_u64(p);
            uint32_t bits;
            uint8_t expect_fault_p;
        } shift_op;
        uint8_t padding[CPU_OP_ARG_LEN_MAX];
    } u;
    /* An 8-byte integer makes a structure only 4-aligned on i686 and 2-aligned on m68k. */
} __attribute__((aligned(8)));

#ifdef __cplusplus
#define CPU_OP_STATIC_ASSERT(condition, message) static_assert(condition, message)
#else
#define CPU_OP_STATIC_ASSERT(condition, message) _Static_assert(condition, message)
#endif
#define CPU_OP_ASSERT_OFFSET(member, offset) \
    CPU_OP_STATIC_ASSERT(offsetof(struct cpu_op, member) == (offset), "struct cpu_op: offset of " #member)

CPU_OP_STATIC_ASSERT(sizeof(struct cpu_op) == 32, "struct cpu_op: size");
CPU_OP_STATIC_ASSERT(__alignof__(struct cpu_op) == 8, "struct cpu_op: alignment");
CPU_OP_STATIC_ASSERT(sizeof(((struct cpu_op *)0)->u) == CPU_OP_ARG_LEN_MAX, "struct cpu_op: size of u");
CPU_OP_ASSERT_OFFSET(op, 0);
CPU_OP_ASSERT_OFFSET(len, 4);
CPU_OP_ASSERT_OFFSET(u, 8);
CPU_OP_ASSERT_OFFSET(u.compare_op.expect_fault_a, 24);
CPU_OP_ASSERT_OFFSET(u.compare_op.expect_fault_b, 25);
CPU_OP_ASSERT_OFFSET(u.memcpy_op.expect_fault_dst, 24);
CPU_OP_ASSERT_OFFSET(u.memcpy_op.expect_fault_src, 25);
CPU_OP_ASSERT_OFFSET(u.arithmetic_op.count, 16);
CPU_OP_ASSERT_OFFSET(u.arithmetic_op.expect_fault_p, 24);
CPU_OP_ASSERT_OFFSET(u.bitwise_op.mask, 16);
CPU_OP_ASSERT_OFFSET(u.bitwise_op.expect_fault_p, 24);
CPU_OP_ASSERT_OFFSET(u.shift_op.bits, 16);
CPU_OP_ASSERT_OFFSET(u.shift_op.expect_fault_p, 20);
/* A pointer is where a 64-bit reader of this byte order has the low bits of the 8 bytes at offset 8 or 16. */
#define CPU_OP_ASSERT_POINTER(member, offset) \
    CPU_OP_ASSERT_OFFSET(member, (offset) + (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 8 - sizeof(void *) : 0))
CPU_OP_ASSERT_POINTER(u.compare_op.a, 8);
CPU_OP_ASSERT_POINTER(u.compare_op.b, 16);
CPU_OP_ASSERT_POINTER(u.memcpy_op.dst, 8);
CPU_OP_ASSERT_POINTER(u.memcpy_op.src, 16);
CPU_OP_ASSERT_POINTER(u.arithmetic_op.p, 8);
CPU_OP_ASSERT_POINTER(u.bitwise_op.p, 8);
CPU_OP_ASSERT_POINTER(u.shift_op.p, 8);

/**
 * Runs the vector of `count` operations at `ops` on CPU `cpu`: in order, and atomically with respect to every other
 * vector, and every holder of opv_cpu_lock(), on that CPU in this process.
 *
 * 1. Check. The limits above, the types, count and cpu. Nothing has been touched when this fails.
 * 2. Pin. Every byte that any operation covers must be accessible, and writable where it is the dst of a copy or the
 *    p of an operation. The operands are looked at in the order a, b; dst, src; p, operation by operation, for the
 *    whole vector, also for operations that a comparison would not let run. The first inaccessible one decides the
 *    answer, and no operation has run. In user space this is a check, not a pin: see below.
 * 3. Do. A comparison that does not hold stops the vector; the operations before it stay done.
 * 4. Clean up.
 *
 * Integers are in the machine's byte order and need no alignment. An access to an aligned 1, 2, 4 or 8 bytes, not
 * wider than a pointer, is one access: a thread that reads them without exclusion sees the old or the new value. Any
 * other copy goes from front to back in blocks of 64 bytes, each of which is read whole before it is written. That is
 * visible where dst and src overlap.
 *
 * @param ops    the operations. They are copied first: a vector that writes to its own operations runs as it was
 * @param count  0 to CPU_OP_VEC_LEN_MAX
 * @param cpu    a possible CPU (opv_cpu_is_possible()) that the calling thread's affinity mask allows. A possible CPU
 *               that is offline is allowed whatever the mask: its data can still be worked on
 * @param flags  0, or enum cpu_op_flags. With a flag the other arguments are not looked at; CPU_OP_NR_FLAG goes
 *               first where both are set
 * @return 0 when every operation ran; the 1-based index of the comparison that stopped the vector; or a negative
 *         errno: -EINVAL for an unknown flag, a limit that is broken or a CPU that is not allowed, -EFAULT for an
 *         operand (or an ops) that is not accessible, -EAGAIN for one whose expect_fault is set, -EDEADLK where the
 *         thread holds the CPU already, see enter.h. With a flag, the answer to its question. errno itself is left alone
 *
 * Memory order: entering is an acquire and leaving a release on the CPU's lock word, so that all that vectors on one
 * CPU do is ordered; CPU_MB_OP is a sequentially consistent fence.
 *
 * Threads: any number at once. What signal handlers may do is in enter.h.
 *
 * In user space nothing keeps another thread from unmapping an operand after it was looked at; a SIGSEGV or SIGBUS is
 * then the process's, and the CPU stays locked.
 */
int cpu_opv(struct cpu_op *ops, int count, int cpu, int flags);

/**
 * cpu_opv() as the wrapper of a system call would be.
 *
 * @return what cpu_opv() does, but -1 where that is negative, and then errno says why; it is left alone otherwise
 */
int cpu_opv_errno(struct cpu_op *ops, int count, int cpu, int flags);

/*
 * Setters. Each writes the whole element, expect_fault and padding included. They check nothing: cpu_opv() does.
 */

static inline void cpu_op_set_operation(struct cpu_op *op, enum cpu_op_type type, uint32_t len)
{
    memset(op, 0, sizeof(*op));
    op->op = (int32_t)type;
    op->len = len;
}

static inline void cpu_op_set_compare(
    struct cpu_op *op, enum cpu_op_type type, const void *a, const void *b, uint32_t len)
{
    cpu_op_set_operation(op, type, len);
    LINUX_FIELD_u32_u64_SET(op->u.compare_op.a, a);
    LINUX_FIELD_u32_u64_SET(op->u.compare_op.b, b);
}

static inline void cpu_op_set_bitwise(
    struct cpu_op *op, enum cpu_op_type type, void *p, uint64_t mask, uint32_t len)
{
    cpu_op_set_operation(op, type, len);
    LINUX_FIELD_u32_u64_SET(op->u.bitwise_op.p, p);
    op->u.bitwise_op.mask = mask;
}

static inline void cpu_op_set_shift(struct cpu_op *op, enum cpu_op_type type, void *p, uint32_t bits, uint32_t len)
{
    cpu_op_set_operation(op, type, len);
    LINUX_FIELD_u32_u64_SET(op->u.shift_op.p, p);
    op->u.shift_op.bits = bits;
}

/** Stops the vector unless the len bytes at a and b are equal; len is 0 to CPU_OP_DATA_LEN_MAX. */
static inline void cpu_op_set_compare_eq(struct cpu_op *op, const void *a, const void *b, uint32_t len)
{
    cpu_op_set_compare(op, CPU_COMPARE_EQ_OP, a, b, len);
}

/** Stops the vector unless the len bytes at a and b differ; len is 0 to CPU_OP_DATA_LEN_MAX. */
static inline void cpu_op_set_compare_ne(struct cpu_op *op, const void *a, const void *b, uint32_t len)
{
    cpu_op_set_compare(op, CPU_COMPARE_NE_OP, a, b, len);
}

/** Copies len bytes, 0 to CPU_OP_DATA_LEN_MAX, from src to dst. */
static inline void cpu_op_set_memcpy(struct cpu_op *op, void *dst, const void *src, uint32_t len)
{
    cpu_op_set_operation(op, CPU_MEMCPY_OP, len);
    LINUX_FIELD_u32_u64_SET(op->u.memcpy_op.dst, dst);
    LINUX_FIELD_u32_u64_SET(op->u.memcpy_op.src, src);
}

/** Adds count to the integer of len (1, 2, 4 or 8) bytes at p. */
static inline void cpu_op_set_add(struct cpu_op *op, void *p, int64_t count, uint32_t len)
{
    cpu_op_set_operation(op, CPU_ADD_OP, len);
    LINUX_FIELD_u32_u64_SET(op->u.arithmetic_op.p, p);
    op->u.arithmetic_op.count = count;
}

/** Ors mask into the integer of len (1, 2, 4 or 8) bytes at p. */
static inline void cpu_op_set_or(struct cpu_op *op, void *p, uint64_t mask, uint32_t len)
{
    cpu_op_set_bitwise(op, CPU_OR_OP, p, mask, len);
}

/** Ands mask into the integer of len (1, 2, 4 or 8) bytes at p. */
static inline void cpu_op_set_and(struct cpu_op *op, void *p, uint64_t mask, uint32_t len)
{
    cpu_op_set_bitwise(op, CPU_AND_OP, p, mask, len);
}

/** Exclusive-ors mask into the integer of len (1, 2, 4 or 8) bytes at p. */
static inline void cpu_op_set_xor(struct cpu_op *op, void *p, uint64_t mask, uint32_t len)
{
    cpu_op_set_bitwise(op, CPU_XOR_OP, p, mask, len);
}

/** Shifts the integer of len (1, 2, 4 or 8) bytes at p left by bits, which is below 8 len. */
static inline void cpu_op_set_lshift(struct cpu_op *op, void *p, uint32_t bits, uint32_t len)
{
    cpu_op_set_shift(op, CPU_LSHIFT_OP, p, bits, len);
}

/** Shifts the integer of len (1, 2, 4 or 8) bytes at p right by bits, which is below 8 len; zeros come in. */
static inline void cpu_op_set_rshift(struct cpu_op *op, void *p, uint32_t bits, uint32_t len)
{
    cpu_op_set_shift(op, CPU_RSHIFT_OP, p, bits, len);
}

/** Full memory barrier. */
static inline void cpu_op_set_mb(struct cpu_op *op)
{
    cpu_op_set_operation(op, CPU_MB_OP, 0);
}

/** Marks operand a of a comparison, which has been set, as one that may fault. */
static inline void cpu_op_set_expect_fault_a(struct cpu_op *op)
{
    op->u.compare_op.expect_fault_a = 1;
}

/** Marks operand b of a comparison, which has been set, as one that may fault. */
static inline void cpu_op_set_expect_fault_b(struct cpu_op *op)
{
    op->u.compare_op.expect_fault_b = 1;
}

/** Marks operand dst of a copy, which has been set, as one that may fault. */
static inline void cpu_op_set_expect_fault_dst(struct cpu_op *op)
{
    op->u.memcpy_op.expect_fault_dst = 1;
}

/** Marks operand src of a copy, which has been set, as one that may fault. */
static inline void cpu_op_set_expect_fault_src(struct cpu_op *op)
{
    op->u.memcpy_op.expect_fault_src = 1;
}

/** Marks operand p of an add, bitwise operation or shift, which has been set, as one that may fault. */
static inline void cpu_op_set_expect_fault_p(struct cpu_op *op)
{
    switch (op->op) {
    case CPU_ADD_OP:
        op->u.arithmetic_op.expect_fault_p = 1;
        break;
    case CPU_LSHIFT_OP:
    case CPU_RSHIFT_OP:
        op->u.shift_op.expect_fault_p = 1;
        break;
    default:
        op->u.bitwise_op.expect_fault_p = 1;
        break;
    }
}

#ifdef __cplusplus
}
#endif

#endif
