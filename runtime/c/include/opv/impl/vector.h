/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operation vectors: check, pin, do, clean up.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * Checking and pinning are one pass over the operations: a limit that is broken is the answer, whatever was pinned
 * before it, and leaves nothing behind.
 */
#ifndef OPV_IMPL_VECTOR_H
#define OPV_IMPL_VECTOR_H

#include "system.h"

#include "../engine.h"
#include "cpus.h"
#include "exclusion.h"
#include "operation.h"
#include "pin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Steps 1 and 2: holds the operations against every limit, and looks at every operand of the vector, in order. */
OPV_INLINE int opv_check_and_pin(const struct cpu_op *ops, int count)
{
    struct opv_survey survey;
    int i;
    survey.data_len = 0;
    survey.fault = 0;
    opv_pinned_begin(&survey.pinned, ops, (size_t)count * sizeof(*ops));
    for (i = 0; i < count; i++) {
        if (!opv_survey_op(&survey, &ops[i]))
            return -EINVAL;
    }
    return survey.data_len <= CPU_OP_VEC_DATA_LEN_MAX ? survey.fault : -EINVAL;
}

/* Whether an operand of an operation is not accessible. */
static int opv_faults(const struct cpu_op *op)
{
    return opv_check_and_pin(op, 1) != 0;
}

/* Step 3, under the CPU's exclusion. Returns 0, or the 1-based index of the comparison that stopped the vector. */
OPV_INLINE int opv_do(const struct cpu_op *ops, int count)
{
    int i;
    for (i = 0; i < count; i++) {
        if (!opv_run_op(&ops[i]))
            return i + 1;
    }
    return 0;
}

/* Steps 3 and 4, for operations that have been checked and pinned. */
OPV_INLINE int opv_hold_and_do(const struct cpu_op *ops, int count, struct opv_word *word, int cpu)
{
    int result = opv_word_hold(word, cpu);
    if (result != 0)
        return result;
    result = opv_do(ops, count);
    opv_word_release(word, word->next);
    return result;
}

/*
 * All steps, for operations that nobody changes meanwhile.
 *
 * @param cpu             a possible one
 * @param obeys_affinity  whether the thread's affinity mask counts
 */
OPV_INLINE int opv_run_vector(const struct cpu_op *ops, int count, int cpu, int obeys_affinity)
{
    int result = opv_check_and_pin(ops, count);
    if (result != 0)
        return result;
    if (obeys_affinity && !opv_cpu_is_allowed(cpu))
        return -EINVAL;
    return opv_hold_and_do(ops, count, opv_word_of(cpu), cpu);
}

#ifdef OPV_CHECK_BUILDERS
/* Ends the process where operations do not keep the limits, or may fault and are not to be pinned. */
static void opv_check_built(const struct cpu_op *ops, int count, unsigned pins)
{
    int i;
    for (i = 0; i < count; i++) {
        int result = opv_check_and_pin(&ops[i], 1);
        if (result == -EINVAL || (result != 0 && !(pins & OPV_PIN(i))))
            opv_die("a builder has made an operation that breaks a limit, or that it should have had pinned");
    }
}
#endif

/* Step 2, where the limits are known to be kept, and most memory to be accessible. */
OPV_INLINE int opv_pin(const struct cpu_op *ops, int count, unsigned pins)
{
    struct opv_survey survey;
    survey.data_len = 0;
    survey.fault = 0;
    opv_pinned_begin(&survey.pinned, ops, (size_t)count * sizeof(*ops));
    for (; pins != OPV_PIN_NONE; pins &= pins - 1)
        (void)opv_survey_op(&survey, &ops[__builtin_ctz(pins)]);
    return survey.fault;
}

int opv_execute_built(struct cpu_op *ops, int count, unsigned pins, int cpu)
{
    struct opv_word *word = opv_word_of(cpu);
    int result;
#ifdef OPV_CHECK_BUILDERS
    opv_check_built(ops, count, pins);
#endif
    if (pins != OPV_PIN_NONE) {
        result = opv_pin(ops, count, pins);
        if (result != 0)
            return result;
    }
    return opv_hold_and_do(ops, count, word, cpu);
}

OPV_INLINE int opv_has_limits(int count, int cpu)
{
    return count >= 0 && count <= CPU_OP_VEC_LEN_MAX && opv_cpu_is_possible(cpu);
}

int opv_execute(struct cpu_op *ops, int count, int cpu)
{
    if (!opv_has_limits(count, cpu))
        return -EINVAL;
    return opv_run_vector(ops, count, cpu, 0);
}

/*
 * Whether the operations that a program gave can be read. The kernel is asked only if they are not where they usually
 * are, beside the call, on the caller's stack.
 */
static int opv_can_read(const struct cpu_op *ops, int count, const struct cpu_op *own)
{
    struct opv_pinned pinned;
    opv_pinned_begin(&pinned, own, CPU_OP_VEC_LEN_MAX * sizeof(*own));
    return opv_is_accessible(&pinned, (uintptr_t)ops, (size_t)count * sizeof(*ops), OPV_READ);
}

/* With a copy of the operations, so that neither another thread nor the vector itself changes what was checked. */
static int opv_call(const struct cpu_op *given, int count, int cpu)
{
    struct cpu_op ops[CPU_OP_VEC_LEN_MAX];
    if (!opv_has_limits(count, cpu))
        return -EINVAL;
    if (count != 0 && (given == NULL || !opv_can_read(given, count, ops)))
        return -EFAULT;
    if (count != 0)
        memcpy(ops, given, (size_t)count * sizeof(*ops));
    return opv_run_vector(ops, count, cpu, 1);
}

int cpu_opv(struct cpu_op *ops, int count, int cpu, int flags)
{
    int saved_errno = errno;
    int result;
    if (flags & ~(CPU_OP_NR_FLAG | CPU_OP_VEC_LEN_MAX_FLAG))
        return -EINVAL;
    if (flags & CPU_OP_NR_FLAG)
        return NR_CPU_OPS;
    if (flags & CPU_OP_VEC_LEN_MAX_FLAG)
        return CPU_OP_VEC_LEN_MAX;
    result = opv_call(ops, count, cpu);
    errno = saved_errno;
    return result;
}

int cpu_opv_errno(struct cpu_op *ops, int count, int cpu, int flags)
{
    int result = cpu_opv(ops, count, cpu, flags);
    if (result >= 0)
        return result;
    errno = -result;
    return -1;
}

/*
 * The fault is looked at again under the CPU's exclusion. Nobody changes the pointers then, so that there is one moment
 * that has both the pointers that were read and memory behind them that is not accessible.
 */
static int opv_do_guards(const struct cpu_op *ops, int guards, const struct cpu_op *faulting, int cpu)
{
    int result = opv_check_and_pin(ops, guards);
    if (result != 0)
        return result;
    result = opv_cpu_lock(cpu);
    if (result != 0)
        return result;
    result = opv_faults(faulting) ? opv_do(ops, guards) : -EAGAIN;
    opv_cpu_unlock(cpu);
    return result;
}

int opv_execute_guards(struct cpu_op *ops, int count, int guards, int cpu)
{
    int faulting = 0;
    if (!opv_has_limits(count, cpu))
        return -EINVAL;
    while (faulting < count && !opv_faults(&ops[faulting]))
        faulting++;
    if (faulting == count)
        return -EAGAIN;
    return opv_do_guards(ops, faulting < guards ? faulting : guards, &ops[faulting], cpu);
}

#ifdef __cplusplus
}
#endif

#endif
