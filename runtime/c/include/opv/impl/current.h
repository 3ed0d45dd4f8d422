/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which CPUs a thread is on, and may work for.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_CURRENT_H
#define OPV_IMPL_CURRENT_H

#include "system.h"

#include "../engine.h"
#include "area.h"
#include "cpus.h"
#include "process.h"

#ifdef __cplusplus
extern "C" {
#endif

int opv_cpus_possible(void)
{
    return opv_the_engine()->cpus.count;
}

int opv_cpu_is_possible(int cpu)
{
    return opv_mask_has(&opv_the_engine()->cpus.possible, cpu);
}

/* What the system says, possible CPU or not; negative when it says nothing. */
static int opv_cpu_reported(void)
{
    int cpu = opv_cpu_from_area();
    int saved_errno;
    if (__builtin_expect(cpu >= 0, 1))
        return cpu;
    saved_errno = errno;
    cpu = sched_getcpu();
    errno = saved_errno;
    return cpu;
}

int opv_cpu_current(void)
{
    int cpu = opv_cpu_reported();
    return __builtin_expect(opv_cpu_is_possible(cpu), 1) ? cpu : opv_the_engine()->cpus.first;
}

/* An offline CPU is in nobody's affinity mask as the kernel reports it, so it must be told from a forbidden one. */
static int opv_cpu_is_offline(int cpu)
{
    struct opv_cpu_mask online;
    return opv_read_cpu_list("/sys/devices/system/cpu/online", &online) == 0 && !opv_mask_has(&online, cpu);
}

/*
 * Whether cpu_opv() may work for the calling thread on cpu, a possible CPU: its affinity mask allows it, or nobody
 * can run there. A thread that is on the CPU may be, which saves the system call. Where the mask cannot be had,
 * nothing is forbidden: exclusion does not depend on it.
 */
static int opv_cpu_is_allowed(int cpu)
{
    struct opv_cpu_mask allowed;
    if (opv_cpu_reported() == cpu)
        return 1;
    memset(&allowed, 0, sizeof(allowed));
    if (syscall(SYS_sched_getaffinity, 0, sizeof(allowed), &allowed) < 0)
        return 1;
    return opv_mask_has(&allowed, cpu) || opv_cpu_is_offline(cpu);
}

#ifdef __cplusplus
}
#endif

#endif
