/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operation vectors: check, pin, do, clean up.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * An operation is a row of opv_operations[] and the three small functions that it names.
 */
#ifndef OPV_IMPL_VECTOR_H
#define OPV_IMPL_VECTOR_H

#include "system.h"

#include "../engine.h"
#include "cpus.h"
#include "exclusion.h"
#include "pin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Operands of one operation, at most. */
#define OPV_OPERANDS_MAX 2

/* Memory that an operation touches. */
struct opv_operand {
    void *address;
    enum opv_access access;
    int expect_fault;
};

/* The operands of an operation, in the order in which they are pinned; each covers op->len bytes. */
struct opv_operands {
    int count;
    struct opv_operand at[OPV_OPERANDS_MAX];
};

struct opv_operation {
    /* Whether the operation keeps its own limits. */
    int (*is_valid)(const struct cpu_op *op);
    void (*list_operands)(const struct cpu_op *op, struct opv_operands *operands);
    /* Does it. Returns whether the vector goes on. */
    int (*run)(const struct cpu_op *op);
};

/* One call of cpu_opv(), as its steps see it. */
struct opv_call {
    /* A copy, so that neither another thread nor the vector itself changes what was checked. */
    struct cpu_op ops[CPU_OP_VEC_LEN_MAX];
    /* What it was copied from. */
    const struct cpu_op *given;
    int count;
    int cpu;
    /* Whether the thread's affinity mask counts. */
    int obeys_affinity;
    /* An operation that has to fault still, for this to be done; or null. */
    const struct cpu_op *faulting;
    /* Whether the CPU's exclusion is held. */
    int excludes;
    int saved_errno;
};

/* Limits of each shape. */

static int opv_is_valid_data(const struct cpu_op *op)
{
    return op->len <= CPU_OP_DATA_LEN_MAX;
}

static int opv_is_valid_integer(const struct cpu_op *op)
{
    return opv_is_width(op->len);
}

static int opv_is_valid_shift(const struct cpu_op *op)
{
    return opv_is_width(op->len) && op->u.shift_op.bits < 8 * op->len;
}

static int opv_is_valid_barrier(const struct cpu_op *op)
{
    (void)op;
    return 1;
}

/* Operands of each shape. */

static void opv_operand_add(struct opv_operands *operands, void *address, enum opv_access access, int expect_fault)
{
    struct opv_operand *operand = &operands->at[operands->count++];
    operand->address = address;
    operand->access = access;
    operand->expect_fault = expect_fault;
}

static void opv_operands_compare(const struct cpu_op *op, struct opv_operands *operands)
{
    opv_operand_add(
        operands, LINUX_FIELD_u32_u64_POINTER(op->u.compare_op.a), OPV_READ, op->u.compare_op.expect_fault_a);
    opv_operand_add(
        operands, LINUX_FIELD_u32_u64_POINTER(op->u.compare_op.b), OPV_READ, op->u.compare_op.expect_fault_b);
}

static void opv_operands_memcpy(const struct cpu_op *op, struct opv_operands *operands)
{
    opv_operand_add(
        operands, LINUX_FIELD_u32_u64_POINTER(op->u.memcpy_op.dst), OPV_WRITE, op->u.memcpy_op.expect_fault_dst);
    opv_operand_add(
        operands, LINUX_FIELD_u32_u64_POINTER(op->u.memcpy_op.src), OPV_READ, op->u.memcpy_op.expect_fault_src);
}

static void opv_operands_add(const struct cpu_op *op, struct opv_operands *operands)
{
    opv_operand_add(
        operands, LINUX_FIELD_u32_u64_POINTER(op->u.arithmetic_op.p), OPV_WRITE, op->u.arithmetic_op.expect_fault_p);
}

static void opv_operands_bitwise(const struct cpu_op *op, struct opv_operands *operands)
{
    opv_operand_add(
        operands, LINUX_FIELD_u32_u64_POINTER(op->u.bitwise_op.p), OPV_WRITE, op->u.bitwise_op.expect_fault_p);
}

static void opv_operands_shift(const struct cpu_op *op, struct opv_operands *operands)
{
    opv_operand_add(
        operands, LINUX_FIELD_u32_u64_POINTER(op->u.shift_op.p), OPV_WRITE, op->u.shift_op.expect_fault_p);
}

static void opv_operands_none(const struct cpu_op *op, struct opv_operands *operands)
{
    (void)op;
    (void)operands;
}

/* What each operation does. */

static int opv_compared_equal(const struct cpu_op *op)
{
    return opv_equal(LINUX_FIELD_u32_u64_POINTER(op->u.compare_op.a), LINUX_FIELD_u32_u64_POINTER(op->u.compare_op.b),
        op->len);
}

static int opv_run_compare_eq(const struct cpu_op *op)
{
    return opv_compared_equal(op);
}

static int opv_run_compare_ne(const struct cpu_op *op)
{
    return !opv_compared_equal(op);
}

static int opv_run_memcpy(const struct cpu_op *op)
{
    opv_copy(
        LINUX_FIELD_u32_u64_POINTER(op->u.memcpy_op.dst), LINUX_FIELD_u32_u64_POINTER(op->u.memcpy_op.src), op->len);
    return 1;
}

static int opv_run_add(const struct cpu_op *op)
{
    opv_add(LINUX_FIELD_u32_u64_POINTER(op->u.arithmetic_op.p), op->u.arithmetic_op.count, op->len);
    return 1;
}

static int opv_run_or(const struct cpu_op *op)
{
    opv_or(LINUX_FIELD_u32_u64_POINTER(op->u.bitwise_op.p), op->u.bitwise_op.mask, op->len);
    return 1;
}

static int opv_run_and(const struct cpu_op *op)
{
    opv_and(LINUX_FIELD_u32_u64_POINTER(op->u.bitwise_op.p), op->u.bitwise_op.mask, op->len);
    return 1;
}

static int opv_run_xor(const struct cpu_op *op)
{
    opv_xor(LINUX_FIELD_u32_u64_POINTER(op->u.bitwise_op.p), op->u.bitwise_op.mask, op->len);
    return 1;
}

static int opv_run_lshift(const struct cpu_op *op)
{
    opv_lshift(LINUX_FIELD_u32_u64_POINTER(op->u.shift_op.p), op->u.shift_op.bits, op->len);
    return 1;
}

static int opv_run_rshift(const struct cpu_op *op)
{
    opv_rshift(LINUX_FIELD_u32_u64_POINTER(op->u.shift_op.p), op->u.shift_op.bits, op->len);
    return 1;
}

static int opv_run_barrier(const struct cpu_op *op)
{
    (void)op;
    opv_barrier();
    return 1;
}

/* By number of operation. C++ has no designated elements, so the order is what counts. */
static const struct opv_operation opv_operations[] = {
    /* CPU_COMPARE_EQ_OP */
    {opv_is_valid_data, opv_operands_compare, opv_run_compare_eq},
    /* CPU_COMPARE_NE_OP */
    {opv_is_valid_data, opv_operands_compare, opv_run_compare_ne},
    /* CPU_MEMCPY_OP */
    {opv_is_valid_data, opv_operands_memcpy, opv_run_memcpy},
    /* CPU_ADD_OP */
    {opv_is_valid_integer, opv_operands_add, opv_run_add},
    /* CPU_OR_OP */
    {opv_is_valid_integer, opv_operands_bitwise, opv_run_or},
    /* CPU_AND_OP */
    {opv_is_valid_integer, opv_operands_bitwise, opv_run_and},
    /* CPU_XOR_OP */
    {opv_is_valid_integer, opv_operands_bitwise, opv_run_xor},
    /* CPU_LSHIFT_OP */
    {opv_is_valid_shift, opv_operands_shift, opv_run_lshift},
    /* CPU_RSHIFT_OP */
    {opv_is_valid_shift, opv_operands_shift, opv_run_rshift},
    /* CPU_MB_OP */
    {opv_is_valid_barrier, opv_operands_none, opv_run_barrier},
};

CPU_OP_STATIC_ASSERT(
    sizeof(opv_operations) / sizeof(opv_operations[0]) == NR_CPU_OPS, "opv_operations[] has a row for each operation");

static void opv_operands_of(const struct cpu_op *op, struct opv_operands *operands)
{
    operands->count = 0;
    opv_operations[op->op].list_operands(op, operands);
}

/* Pages that len bytes at address lie on. Only the address's place in its page matters, so that nothing overflows. */
static uint32_t opv_count_pages(const void *address, uint32_t len)
{
    size_t page = (size_t)opv_page_size();
    size_t offset = (uintptr_t)address & (page - 1);
    return len == 0 ? 0 : (uint32_t)((offset + len - 1) / page + 1);
}

/* Checks one operation and adds what it covers to *data_len. */
static int opv_check_op(const struct cpu_op *op, uint32_t *data_len)
{
    struct opv_operands operands;
    uint32_t pages = 0;
    int i;
    if (op->op < 0 || op->op >= NR_CPU_OPS || !opv_operations[op->op].is_valid(op))
        return -EINVAL;
    opv_operands_of(op, &operands);
    for (i = 0; i < operands.count; i++)
        pages += opv_count_pages(operands.at[i].address, op->len);
    if (operands.count != 0)
        *data_len += op->len;
    return pages <= CPU_OP_MAX_PAGES ? 0 : -EINVAL;
}

/*
 * Whether the operations that a program gave can be read. The kernel is asked only if they are not where they usually
 * are, beside the call, on the caller's stack. Generated code has them there always, and does not ask.
 */
static int opv_call_can_read(const struct opv_call *call, const struct cpu_op *ops)
{
    struct opv_pinned pinned;
    pinned.count = 0;
    opv_pinned_add(&pinned, opv_pages_of((uintptr_t)call, sizeof(*call), OPV_READS_AND_WRITES));
    return opv_is_accessible(&pinned, (uintptr_t)ops, (size_t)call->count * sizeof(*ops), OPV_READ);
}

/* Step 1: copies the vector, and holds it against every limit. */
static int opv_check(struct opv_call *call, const struct cpu_op *ops)
{
    uint32_t data_len = 0;
    int i;
    if (call->count < 0 || call->count > CPU_OP_VEC_LEN_MAX || !opv_cpu_is_possible(call->cpu))
        return -EINVAL;
    if (call->count == 0)
        return 0;
    if (ops == NULL || (call->obeys_affinity && !opv_call_can_read(call, ops)))
        return -EFAULT;
    memcpy(call->ops, ops, (size_t)call->count * sizeof(*ops));
    call->given = ops;
    for (i = 0; i < call->count; i++) {
        int error = opv_check_op(&call->ops[i], &data_len);
        if (error != 0)
            return error;
    }
    return data_len <= CPU_OP_VEC_DATA_LEN_MAX ? 0 : -EINVAL;
}

/*
 * The first step has written the call, which is on this thread's stack, and read the operations that it was given, so
 * that the pages of both are accessible. This is not only about themselves. Protection goes by the page, and the cells
 * of a generated vector stand on the caller's stack, beside its operations: about most of them no kernel need be asked.
 */
static void opv_pin_own(struct opv_pinned *pinned, const struct opv_call *call)
{
    pinned->count = 0;
    opv_pinned_add(pinned, opv_pages_of((uintptr_t)call, sizeof(*call), OPV_READS_AND_WRITES));
    opv_pinned_add(
        pinned, opv_pages_of((uintptr_t)call->given, (size_t)call->count * sizeof(*call->given), OPV_READS));
}

static int opv_pin_op(struct opv_pinned *pinned, const struct cpu_op *op)
{
    struct opv_operands operands;
    int i;
    opv_operands_of(op, &operands);
    for (i = 0; i < operands.count; i++) {
        const struct opv_operand *operand = &operands.at[i];
        if (!opv_is_accessible(pinned, (uintptr_t)operand->address, op->len, operand->access))
            return operand->expect_fault ? -EAGAIN : -EFAULT;
    }
    return 0;
}

/* Step 2: looks at every operand of the vector, in order. */
static int opv_pin(const struct opv_call *call)
{
    struct opv_pinned pinned;
    int i;
    if (call->count == 0)
        return 0;
    opv_pin_own(&pinned, call);
    for (i = 0; i < call->count; i++) {
        int error = opv_pin_op(&pinned, &call->ops[i]);
        if (error != 0)
            return error;
    }
    return 0;
}

/* Whether an operand of an operation is not accessible. */
static int opv_faults(const struct cpu_op *op)
{
    struct opv_pinned pinned;
    pinned.count = 0;
    return opv_pin_op(&pinned, op) != 0;
}

/* Step 3: runs the vector under the CPU's exclusion, which it leaves to step 4 to end. */
static int opv_do(struct opv_call *call)
{
    int error;
    int i;
    if (call->obeys_affinity && !opv_cpu_is_allowed(call->cpu))
        return -EINVAL;
    error = opv_cpu_lock(call->cpu);
    if (error != 0)
        return error;
    call->excludes = 1;
    if (call->faulting != NULL && !opv_faults(call->faulting))
        return -EAGAIN;
    for (i = 0; i < call->count; i++) {
        const struct cpu_op *op = &call->ops[i];
        if (!opv_operations[op->op].run(op))
            return i + 1;
    }
    return 0;
}

/* Step 4, on every path. */
static void opv_clean_up(const struct opv_call *call)
{
    if (call->excludes)
        opv_cpu_unlock(call->cpu);
    errno = call->saved_errno;
}

static void opv_begin(struct opv_call *call, int count, int cpu)
{
    call->count = count;
    call->cpu = cpu;
    call->obeys_affinity = 0;
    call->faulting = NULL;
    call->excludes = 0;
    call->saved_errno = errno;
}

static int opv_call_run(struct opv_call *call, const struct cpu_op *ops)
{
    int result = opv_check(call, ops);
    if (result == 0)
        result = opv_pin(call);
    if (result == 0)
        result = opv_do(call);
    opv_clean_up(call);
    return result;
}

int cpu_opv(struct cpu_op *ops, int count, int cpu, int flags)
{
    struct opv_call call;
    if (flags & ~(CPU_OP_NR_FLAG | CPU_OP_VEC_LEN_MAX_FLAG))
        return -EINVAL;
    if (flags & CPU_OP_NR_FLAG)
        return NR_CPU_OPS;
    if (flags & CPU_OP_VEC_LEN_MAX_FLAG)
        return CPU_OP_VEC_LEN_MAX;
    opv_begin(&call, count, cpu);
    call.obeys_affinity = 1;
    return opv_call_run(&call, ops);
}

int cpu_opv_errno(struct cpu_op *ops, int count, int cpu, int flags)
{
    int result = cpu_opv(ops, count, cpu, flags);
    if (result >= 0)
        return result;
    errno = -result;
    return -1;
}

int opv_execute(struct cpu_op *ops, int count, int cpu)
{
    struct opv_call call;
    opv_begin(&call, count, cpu);
    return opv_call_run(&call, ops);
}

/*
 * The fault is looked at again under the CPU's exclusion. Nobody changes the pointers then, so that there is one moment
 * that has both the pointers that were read and memory behind them that is not accessible.
 */
int opv_execute_guards(struct cpu_op *ops, int count, int guards, int cpu)
{
    struct opv_call call;
    int faulting = 0;
    opv_begin(&call, 0, cpu);
    while (faulting < count && !opv_faults(&ops[faulting]))
        faulting++;
    if (faulting == count) {
        opv_clean_up(&call);
        return -EAGAIN;
    }
    call.count = faulting < guards ? faulting : guards;
    call.faulting = &ops[faulting];
    return opv_call_run(&call, ops);
}

#ifdef __cplusplus
}
#endif

#endif
