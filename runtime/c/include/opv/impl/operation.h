/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operations: what each may be, touches and does.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * An operation is a row of OPV_OPERATIONS and the three small functions that it names: opv_is_valid_<limits>(),
 * opv_survey_<shape>() and opv_run_<work>(). The rows become the cases of two switches, into which the functions are
 * inlined: an operation costs one jump where it is checked, and one where it is done.
 */
#ifndef OPV_IMPL_OPERATION_H
#define OPV_IMPL_OPERATION_H

#include "system.h"

#include "../engine.h"
#include "pin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ROW(number, limits, shape, work) */
#define OPV_OPERATIONS(ROW)                                                                                           \
    ROW(CPU_COMPARE_EQ_OP, data, compare, compare_eq)                                                                 \
    ROW(CPU_COMPARE_NE_OP, data, compare, compare_ne)                                                                 \
    ROW(CPU_MEMCPY_OP, data, memcpy, memcpy)                                                                          \
    ROW(CPU_ADD_OP, integer, add, add)                                                                                \
    ROW(CPU_OR_OP, integer, bitwise, or)                                                                              \
    ROW(CPU_AND_OP, integer, bitwise, and)                                                                            \
    ROW(CPU_XOR_OP, integer, bitwise, xor)                                                                            \
    ROW(CPU_LSHIFT_OP, shift, shift, lshift)                                                                          \
    ROW(CPU_RSHIFT_OP, shift, shift, rshift)                                                                          \
    ROW(CPU_MB_OP, barrier, barrier, barrier)

#define OPV_COUNT_ROW(number, limits, shape, work) +1
CPU_OP_STATIC_ASSERT((0 OPV_OPERATIONS(OPV_COUNT_ROW)) == NR_CPU_OPS, "OPV_OPERATIONS has a row for each operation");
#undef OPV_COUNT_ROW

/* What is found out about the operands of a vector, operation by operation. */
struct opv_survey {
    /* Bytes that the operations cover. */
    uint32_t data_len;
    /* What the first operand means that is not accessible, -EFAULT or -EAGAIN; 0 where there is none. */
    int fault;
    struct opv_pinned pinned;
};

/* Limits. */

OPV_INLINE int opv_is_valid_data(const struct cpu_op *op)
{
    return op->len <= CPU_OP_DATA_LEN_MAX;
}

OPV_INLINE int opv_is_valid_integer(const struct cpu_op *op)
{
    return opv_is_width(op->len);
}

OPV_INLINE int opv_is_valid_shift(const struct cpu_op *op)
{
    return opv_is_width(op->len) && op->u.shift_op.bits < 8 * op->len;
}

OPV_INLINE int opv_is_valid_barrier(const struct cpu_op *op)
{
    (void)op;
    return 1;
}

/* The smallest page of any machine. */
#define OPV_PAGE_MIN 4096
/* Pages that a number of bytes, 1 or more, lie on at most. */
#define OPV_PAGES_AT_MOST(bytes) ((OPV_PAGE_MIN - 1 + (bytes) - 1) / OPV_PAGE_MIN + 1)
CPU_OP_STATIC_ASSERT(2 * OPV_PAGES_AT_MOST(CPU_OP_DATA_LEN_MAX) <= CPU_OP_MAX_PAGES,
    "an operation of a valid length keeps the limit of pages");

/* Shapes: the operands of an operation, each of op->len bytes, in the order in which they are pinned. */

OPV_INLINE void opv_survey_operand(
    struct opv_survey *survey, const void *address, uint32_t len, enum opv_access access, int expect_fault)
{
    if (survey->fault == 0 && !opv_is_accessible(&survey->pinned, (uintptr_t)address, len, access))
        survey->fault = expect_fault ? -EAGAIN : -EFAULT;
}

OPV_INLINE void opv_survey_compare(struct opv_survey *survey, const struct cpu_op *op)
{
    survey->data_len += op->len;
    opv_survey_operand(survey, LINUX_FIELD_u32_u64_POINTER(op->u.compare_op.a), op->len, OPV_READ,
        op->u.compare_op.expect_fault_a);
    opv_survey_operand(survey, LINUX_FIELD_u32_u64_POINTER(op->u.compare_op.b), op->len, OPV_READ,
        op->u.compare_op.expect_fault_b);
}

OPV_INLINE void opv_survey_memcpy(struct opv_survey *survey, const struct cpu_op *op)
{
    survey->data_len += op->len;
    opv_survey_operand(survey, LINUX_FIELD_u32_u64_POINTER(op->u.memcpy_op.dst), op->len, OPV_WRITE,
        op->u.memcpy_op.expect_fault_dst);
    opv_survey_operand(survey, LINUX_FIELD_u32_u64_POINTER(op->u.memcpy_op.src), op->len, OPV_READ,
        op->u.memcpy_op.expect_fault_src);
}

OPV_INLINE void opv_survey_add(struct opv_survey *survey, const struct cpu_op *op)
{
    survey->data_len += op->len;
    opv_survey_operand(survey, LINUX_FIELD_u32_u64_POINTER(op->u.arithmetic_op.p), op->len, OPV_WRITE,
        op->u.arithmetic_op.expect_fault_p);
}

OPV_INLINE void opv_survey_bitwise(struct opv_survey *survey, const struct cpu_op *op)
{
    survey->data_len += op->len;
    opv_survey_operand(survey, LINUX_FIELD_u32_u64_POINTER(op->u.bitwise_op.p), op->len, OPV_WRITE,
        op->u.bitwise_op.expect_fault_p);
}

OPV_INLINE void opv_survey_shift(struct opv_survey *survey, const struct cpu_op *op)
{
    survey->data_len += op->len;
    opv_survey_operand(survey, LINUX_FIELD_u32_u64_POINTER(op->u.shift_op.p), op->len, OPV_WRITE,
        op->u.shift_op.expect_fault_p);
}

OPV_INLINE void opv_survey_barrier(struct opv_survey *survey, const struct cpu_op *op)
{
    (void)survey;
    (void)op;
}

/* Work. Each returns whether the vector goes on. */

OPV_INLINE int opv_run_compare_eq(const struct cpu_op *op)
{
    return opv_equal(LINUX_FIELD_u32_u64_POINTER(op->u.compare_op.a), LINUX_FIELD_u32_u64_POINTER(op->u.compare_op.b),
        op->len);
}

OPV_INLINE int opv_run_compare_ne(const struct cpu_op *op)
{
    return !opv_run_compare_eq(op);
}

OPV_INLINE int opv_run_memcpy(const struct cpu_op *op)
{
    opv_copy(
        LINUX_FIELD_u32_u64_POINTER(op->u.memcpy_op.dst), LINUX_FIELD_u32_u64_POINTER(op->u.memcpy_op.src), op->len);
    return 1;
}

OPV_INLINE int opv_run_add(const struct cpu_op *op)
{
    opv_add(LINUX_FIELD_u32_u64_POINTER(op->u.arithmetic_op.p), op->u.arithmetic_op.count, op->len);
    return 1;
}

OPV_INLINE int opv_run_or(const struct cpu_op *op)
{
    opv_or(LINUX_FIELD_u32_u64_POINTER(op->u.bitwise_op.p), op->u.bitwise_op.mask, op->len);
    return 1;
}

OPV_INLINE int opv_run_and(const struct cpu_op *op)
{
    opv_and(LINUX_FIELD_u32_u64_POINTER(op->u.bitwise_op.p), op->u.bitwise_op.mask, op->len);
    return 1;
}

OPV_INLINE int opv_run_xor(const struct cpu_op *op)
{
    opv_xor(LINUX_FIELD_u32_u64_POINTER(op->u.bitwise_op.p), op->u.bitwise_op.mask, op->len);
    return 1;
}

OPV_INLINE int opv_run_lshift(const struct cpu_op *op)
{
    opv_lshift(LINUX_FIELD_u32_u64_POINTER(op->u.shift_op.p), op->u.shift_op.bits, op->len);
    return 1;
}

OPV_INLINE int opv_run_rshift(const struct cpu_op *op)
{
    opv_rshift(LINUX_FIELD_u32_u64_POINTER(op->u.shift_op.p), op->u.shift_op.bits, op->len);
    return 1;
}

OPV_INLINE int opv_run_barrier(const struct cpu_op *op)
{
    (void)op;
    opv_barrier();
    return 1;
}

/* Checks an operation against its limits, and looks at its operands. Returns whether it keeps the limits. */
OPV_INLINE int opv_survey_op(struct opv_survey *survey, const struct cpu_op *op)
{
#define OPV_SURVEY_ROW(number, limits, shape, work)                                                                   \
    case number:                                                                                                      \
        if (!opv_is_valid_##limits(op))                                                                               \
            return 0;                                                                                                 \
        opv_survey_##shape(survey, op);                                                                               \
        return 1;
    switch (op->op) {
        OPV_OPERATIONS(OPV_SURVEY_ROW)
    default:
        return 0;
    }
#undef OPV_SURVEY_ROW
}

/* Does an operation that has been checked. Returns whether the vector goes on. */
OPV_INLINE int opv_run_op(const struct cpu_op *op)
{
#define OPV_RUN_ROW(number, limits, shape, work)                                                                      \
    case number:                                                                                                      \
        return opv_run_##work(op);
    switch (op->op) {
        OPV_OPERATIONS(OPV_RUN_ROW)
    default:
        return 1;
    }
#undef OPV_RUN_ROW
}

#ifdef __cplusplus
}
#endif

#endif
