/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exclusion on a CPU where the fast paths of enter.h end, and sleeping until a word is given back.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * A word is given back by a plain store, because a locked instruction would cost as much as all the rest of a short
 * transaction. A store and a load behind it may change places, so that an owner may overlook a sleeper who at the same
 * time overlooks that the word was given back. It is the sleeper, who has time, that prevents it: between saying that it
 * sleeps and looking at the word it makes all threads pass a barrier. An owner who passes it behind its load has passed
 * it behind its store too, which the sleeper sees; one who passes it before its load sees the sleeper.
 *
 * Whoever wakes a sleeper takes back that there are any, so that the next owners need not wake again until it runs. The
 * one that was woken says it once more, for the others: before it tries to have the word, and so before it gives it back.
 * A sleeper sleeps only while the word says that there are some, and so none falls asleep behind the last wake-up.
 */
#ifndef OPV_IMPL_EXCLUSION_H
#define OPV_IMPL_EXCLUSION_H

#include "system.h"

#include "../engine.h"
#include "current.h"
#include "lock.h"
#include "word.h"

#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OPV_WORD_SLEEPERS 1u

/* Where no barrier can be had of the kernel, a sleeper looks again after this time instead of being woken. */
#define OPV_LOOK_AGAIN_NS 50000

void opv_word_wake(struct opv_word *word)
{
    if (__atomic_exchange_n(&word->sleepers, 0, __ATOMIC_SEQ_CST) != 0)
        opv_lock_wake(&word->sleepers);
}

static int opv_word_is_locked(const struct opv_word *word)
{
    return opv_state_of(opv_word_state(word)) == OPV_WORD_LOCKED;
}

/* libc's nanosleep() is a cancellation point. */
static void opv_nap(void)
{
    const struct timespec time = {0, OPV_LOOK_AGAIN_NS};
#ifdef SYS_nanosleep
    syscall(SYS_nanosleep, &time, NULL);
#else
    (void)time;
    sched_yield();
#endif
}

/* Takes the word while its owner, if it runs, comes to its end. Returns as opv_word_try(). */
static int opv_word_spin(struct opv_word *word, int cpu)
{
    int taken = OPV_TAKEN_NOT;
    int spins;
    for (spins = 0; spins < OPV_LOCK_SPINS && taken == OPV_TAKEN_NOT; spins++) {
        if (spins != 0)
            opv_spin_hint();
        if (!opv_word_is_locked(word) || spins == 0)
            taken = opv_word_try(word, cpu);
    }
    return taken;
}

static int opv_word_sleep(struct opv_word *word, int cpu)
{
    for (;;) {
        int will_be_woken;
        int taken;
        __atomic_store_n(&word->sleepers, OPV_WORD_SLEEPERS, __ATOMIC_SEQ_CST);
        will_be_woken = opv_membarrier_all();
        taken = opv_word_try(word, cpu);
        if (taken != OPV_TAKEN_NOT)
            return taken;
        if (!opv_word_is_locked(word))
            continue;
        if (will_be_woken)
            opv_lock_sleep(&word->sleepers, OPV_WORD_SLEEPERS);
        else
            opv_nap();
    }
}

static int opv_word_await_awake(const struct opv_word *word)
{
    int spins;
    for (spins = 0; spins < OPV_LOCK_SPINS; spins++) {
        if (!opv_word_is_locked(word))
            return 1;
        opv_spin_hint();
    }
    return 0;
}

/* The one who waits will not give the word back, and so wakes the next sleeper itself. */
static void opv_word_await_asleep(struct opv_word *word)
{
    for (;;) {
        int will_be_woken;
        __atomic_store_n(&word->sleepers, OPV_WORD_SLEEPERS, __ATOMIC_SEQ_CST);
        will_be_woken = opv_membarrier_all();
        if (!opv_word_is_locked(word))
            break;
        if (will_be_woken)
            opv_lock_sleep(&word->sleepers, OPV_WORD_SLEEPERS);
        else
            opv_nap();
    }
    opv_word_wake(word);
}

/* Takes the word of a possible CPU. Returns 0, or -EDEADLK when the thread has it already, or must not wait. */
static __attribute__((noinline)) int opv_word_take(struct opv_word *word, int cpu)
{
    int saved_errno = errno;
    int taken = opv_word_spin(word, cpu);
    if (taken == OPV_TAKEN_NOT)
        taken = opv_thread_holds_from(cpu) ? -EDEADLK : opv_word_sleep(word, cpu);
    errno = saved_errno;
    return taken == OPV_TAKEN ? 0 : taken;
}

/*
 * Takes the word of the CPU that the thread is on by a section, if that is the one that is wanted: without a system
 * call. Returns whether it has it.
 */
OPV_INLINE int opv_word_take_here(struct opv_word *word, int cpu)
{
#if OPV_SECTIONS
    uintptr_t offset;
    uintptr_t seen;
    if (opv_cpu_from_area() != cpu || !opv_section_lock(&offset, &seen))
        return 0;
    if (offset == opv_cpu_offset(cpu)) {
        word->next = seen + OPV_WORD_STEP;
        return 1;
    }
    /* The thread has been moved in between, and has taken another. */
    opv_word_release(opv_word_at(offset), seen + OPV_WORD_STEP);
#else
    (void)word;
    (void)cpu;
#endif
    return 0;
}

/* opv_cpu_lock() of a possible CPU, whose word is given. */
OPV_INLINE int opv_word_hold(struct opv_word *word, int cpu)
{
    if (__builtin_expect(opv_word_take_here(word, cpu), 1))
        return 0;
    return opv_word_take(word, cpu);
}

int opv_cpu_lock(int cpu)
{
    if (__builtin_expect(!opv_cpu_is_possible(cpu), 0))
        return -EINVAL;
    return opv_word_hold(opv_word_of(cpu), cpu);
}

int opv_cpu_enter_slow(void)
{
    int cpu = opv_cpu_current();
    int error = opv_cpu_lock(cpu);
    return error == 0 ? cpu : error;
}

/* Waits until everything that ran on any CPU when this was called has come to its end. */
/*
 * The word of the memory that holds what slots begin with: who sets back what he has read of a CPU that is not used has
 * it meanwhile. Returns as opv_cpu_lock().
 */
int opv_blank_lock(void)
{
    int blank = opv_cpus_possible();
    return opv_word_take(opv_word_of(blank), blank);
}

void opv_blank_unlock(void)
{
    struct opv_word *word = opv_word_of(opv_cpus_possible());
    opv_word_release(word, word->next);
}

static void opv_exclude_every_cpu(void)
{
    /* No handler of this thread's may find a word locked that its program does not hold. */
    uint64_t signals = opv_signals_block();
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_word_is_opened(cpu) && opv_cpu_lock(cpu) == 0)
            opv_cpu_unlock(cpu);
    }
    if (opv_blank_lock() == 0)
        opv_blank_unlock();
    opv_signals_restore(signals);
}

#ifdef __cplusplus
}
#endif

#endif
