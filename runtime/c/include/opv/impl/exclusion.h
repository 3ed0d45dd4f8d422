/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exclusion: one lock per CPU.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_EXCLUSION_H
#define OPV_IMPL_EXCLUSION_H

#include "system.h"

#include "../engine.h"
#include "cpus.h"
#include "lock.h"

#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A CPU's lock. It is given back by a plain store, because another locked instruction would cost as much as all the
 * rest of a short transaction. A store and a load behind it may change places, so that a holder may overlook a sleeper
 * who at the same time overlooks that the word is free. It is the sleeper, who has time, that prevents it: between
 * saying that it sleeps and looking at the word it makes all threads pass a barrier. A holder who passes it behind its
 * load has passed it behind its store too, which the sleeper sees; one who passes it before its load sees the sleeper.
 *
 * Whoever wakes a sleeper takes back that there are any, so that the next holders need not wake again until it runs.
 * The one that was woken says it once more, for the others: before it tries to have the lock, and so before it gives it
 * back. A sleeper sleeps only while the word says that there are some, and so none falls asleep behind the last wake-up.
 */
static struct opv_cpu_lock_word {
    /* OPV_LOCK_FREE or OPV_LOCK_HELD. */
    uint32_t word;
    /* OPV_LOCK_SLEEPERS if threads may sleep on this, so that whoever unlocks wakes one; else 0. */
    uint32_t sleepers;
    char padding[OPV_CACHE_ALIGN - 2 * sizeof(uint32_t)];
} __attribute__((aligned(OPV_CACHE_ALIGN)))
/* Zero pages until they are touched: 32 CPUs a page. */
opv_cpu_locks[OPV_CPUS_MAX];

#define OPV_LOCK_SLEEPERS 1u

/* Where no barrier can be had of the kernel, a sleeper looks again after this time instead of being woken. */
#define OPV_LOCK_LOOK_AGAIN_NS 50000

static void opv_cpu_lock_sleep(struct opv_cpu_lock_word *lock)
{
    for (;;) {
        int will_be_woken;
        __atomic_store_n(&lock->sleepers, OPV_LOCK_SLEEPERS, __ATOMIC_SEQ_CST);
        will_be_woken = opv_membarrier_all();
        if (opv_lock_try(&lock->word))
            return;
        if (will_be_woken) {
            opv_lock_sleep(&lock->sleepers, OPV_LOCK_SLEEPERS);
        } else {
            struct timespec time = {0, OPV_LOCK_LOOK_AGAIN_NS};
            nanosleep(&time, NULL);
        }
    }
}

/* One holder of several that see the sleepers wakes. */
static __attribute__((noinline)) void opv_cpu_lock_wake(struct opv_cpu_lock_word *lock)
{
    if (__atomic_exchange_n(&lock->sleepers, 0, __ATOMIC_SEQ_CST) != 0)
        opv_lock_wake(&lock->sleepers);
}

static __attribute__((noinline)) void opv_cpu_lock_slow(struct opv_cpu_lock_word *lock)
{
    int saved_errno = errno;
    if (!opv_lock_spin(&lock->word))
        opv_cpu_lock_sleep(lock);
    errno = saved_errno;
}

int opv_cpu_lock(int cpu)
{
    if (__builtin_expect(!opv_cpu_is_possible(cpu), 0))
        return -EINVAL;
    if (__builtin_expect(!opv_lock_try(&opv_cpu_locks[cpu].word), 0))
        opv_cpu_lock_slow(&opv_cpu_locks[cpu]);
    return 0;
}

void opv_cpu_unlock(int cpu)
{
    struct opv_cpu_lock_word *lock = &opv_cpu_locks[cpu];
    __atomic_store_n(&lock->word, OPV_LOCK_FREE, __ATOMIC_RELEASE);
    /* The compiler keeps their order; for the processor, see above. */
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    if (__builtin_expect(__atomic_load_n(&lock->sleepers, __ATOMIC_RELAXED) != 0, 0))
        opv_cpu_lock_wake(lock);
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
