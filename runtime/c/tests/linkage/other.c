/* SPDX-License-Identifier: Apache-2.0 */
/* Compiled as C and as C++. */
#include "shared.h"

#include "opv/engine.h"

int other_lock(int cpu)
{
    return opv_cpu_lock(cpu);
}

int other_add(unsigned long *base, int cpu)
{
    struct cpu_op ops[2];
    cpu_op_set_add(&ops[0], opv_percpu_slot(base, cpu), 1, sizeof(*base));
    cpu_op_set_mb(&ops[1]);
    return cpu_opv(ops, 2, cpu, 0) == 0 || opv_execute(ops, 2, cpu) == 0 ? 0 : -1;
}

void other_free(void *base)
{
    opv_percpu_free(base);
}
