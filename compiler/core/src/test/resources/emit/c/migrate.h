/* SPDX-License-Identifier: Apache-2.0 */
/* How threads of stress tests change CPUs. Its includer defines _GNU_SOURCE first. */
#ifndef MIGRATE_H
#define MIGRATE_H

#include <opv/engine.h>

#include <sched.h>

static void move_to_another_cpu(long round)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)(round % opv_cpus_possible()), &set);
    /* A CPU that may not be used leaves the thread where it is. */
    sched_setaffinity(0, sizeof(set), &set);
}

#endif
