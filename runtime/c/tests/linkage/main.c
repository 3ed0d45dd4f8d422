/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program of two source files. It is linked with the implementation in this file (LINKAGE_IMPLEMENTS), or with the
 * library, static or shared.
 */
#ifdef LINKAGE_IMPLEMENTS
#define OPV_IMPLEMENTATION
#endif
#include "opv/engine.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "shared.h"

static int got_it;

static void *wait_for_cpu(void *cpu)
{
    opv_cpu_lock(*(int *)cpu);
    __atomic_store_n(&got_it, 1, __ATOMIC_RELEASE);
    opv_cpu_unlock(*(int *)cpu);
    return NULL;
}

int main(void)
{
    const struct timespec pause = {0, 50000000};
    unsigned long *base = (unsigned long *)opv_percpu_alloc(sizeof(*base), NULL);
    int cpu = opv_cpu_current();
    int excluded;
    pthread_t thread;
    if (base == NULL || other_add(base, cpu) != 0 || other_add(base, cpu) != 0) {
        printf("linkage: FAIL: the other file cannot work on this file's memory\n");
        return 1;
    }
    if (*(unsigned long *)opv_percpu_slot(base, cpu) != 2 || other_lock(cpu) != 0) {
        printf("linkage: FAIL: the other file's work is lost\n");
        return 1;
    }
    /* The other file holds the CPU, so this file's thread must not get it. */
    if (pthread_create(&thread, NULL, wait_for_cpu, &cpu) != 0)
        return 2;
    nanosleep(&pause, NULL);
    excluded = !__atomic_load_n(&got_it, __ATOMIC_ACQUIRE);
    opv_cpu_unlock(cpu);
    pthread_join(thread, NULL);
    other_free(base);
    printf("linkage: %s\n", excluded ? "ok" : "FAIL: the files have locks of their own");
    return !excluded;
}
