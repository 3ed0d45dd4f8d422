/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exclusion: one lock word per CPU.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_EXCLUSION_H
#define OPV_IMPL_EXCLUSION_H

#include "system.h"

#include "../engine.h"
#include "cpus.h"
#include "lock.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zero pages until they are touched: 32 CPUs a page. */
static struct opv_cpu_lock_word {
    uint32_t word;
    char padding[OPV_CACHE_ALIGN - sizeof(uint32_t)];
} __attribute__((aligned(OPV_CACHE_ALIGN))) opv_cpu_locks[OPV_CPUS_MAX];

int opv_cpu_lock(int cpu)
{
    if (__builtin_expect(!opv_cpu_is_possible(cpu), 0))
        return -EINVAL;
    opv_lock_take(&opv_cpu_locks[cpu].word);
    return 0;
}

void opv_cpu_unlock(int cpu)
{
    opv_lock_release(&opv_cpu_locks[cpu].word);
}

/* Waits until everything that ran on any CPU when this was called has come to its end. */
static void opv_exclude_every_cpu(void)
{
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_lock(cpu) == 0)
            opv_cpu_unlock(cpu);
    }
}

#ifdef __cplusplus
}
#endif

#endif
