/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A lock in one word: what the runtime's own state stands on, and parts of it exclusion too.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_LOCK_H
#define OPV_IMPL_LOCK_H

#include "system.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * States of a lock word. It has 32 bits because the kernel's futexes have, and because some 32-bit machines have no
 * wider compare-and-swap. OPV_LOCK_CONTENDED says that threads may sleep on it, so that whoever unlocks wakes one.
 */
enum opv_lock_state { OPV_LOCK_FREE = 0, OPV_LOCK_HELD = 1, OPV_LOCK_CONTENDED = 2 };

/*
 * Looks at a taken word before a thread sleeps on it. A short vector takes tens of nanoseconds, so that a holder who
 * runs is done by then; one who was preempted is not, and is left the processor.
 */
#define OPV_LOCK_SPINS 100

static inline void opv_spin_hint(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield" ::: "memory");
#else
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
#endif
}

static int opv_lock_try(uint32_t *word)
{
    uint32_t expected = OPV_LOCK_FREE;
    return __atomic_compare_exchange_n(word, &expected, OPV_LOCK_HELD, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* Whether the word could be had while its holder, if it runs, comes to its end. */
static int opv_lock_spin(uint32_t *word)
{
    int spins;
    for (spins = 0; spins < OPV_LOCK_SPINS; spins++) {
        if (__atomic_load_n(word, __ATOMIC_RELAXED) == OPV_LOCK_FREE && opv_lock_try(word))
            return 1;
        opv_spin_hint();
    }
    return 0;
}

/* Sleeps while the word has a state. Spurious returns are harmless; without futexes, yielding is all that is left. */
static void opv_lock_sleep(uint32_t *word, uint32_t state)
{
    long failed = syscall(OPV_SYS_FUTEX, word, OPV_FUTEX_WAIT | OPV_FUTEX_PRIVATE, state, NULL, NULL, 0);
    if (failed != 0 && errno != EAGAIN && errno != EINTR)
        sched_yield();
}

/*
 * The sleepers' protocol: a thread that may sleep takes the word by writing "contended" over whatever it holds. If
 * that was "free", it has the lock, at the cost of one wake-up too many later; otherwise the holder will see it.
 */
static __attribute__((noinline)) void opv_lock_slow(uint32_t *word)
{
    int saved_errno = errno;
    if (opv_lock_spin(word))
        return;
    while (__atomic_exchange_n(word, OPV_LOCK_CONTENDED, __ATOMIC_ACQUIRE) != OPV_LOCK_FREE)
        opv_lock_sleep(word, OPV_LOCK_CONTENDED);
    errno = saved_errno;
}

static void opv_lock_take(uint32_t *word)
{
    if (__builtin_expect(!opv_lock_try(word), 0))
        opv_lock_slow(word);
}

static __attribute__((noinline)) void opv_lock_wake(uint32_t *word)
{
    int saved_errno = errno;
    syscall(OPV_SYS_FUTEX, word, OPV_FUTEX_WAKE | OPV_FUTEX_PRIVATE, 1, NULL, NULL, 0);
    errno = saved_errno;
}

static void opv_lock_release(uint32_t *word)
{
    if (__builtin_expect(__atomic_exchange_n(word, OPV_LOCK_FREE, __ATOMIC_RELEASE) == OPV_LOCK_CONTENDED, 0))
        opv_lock_wake(word);
}

#ifdef __cplusplus
}
#endif

#endif
