/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a CPU's word is taken by whoever is not in a section on that CPU.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * A word that is free is taken by compare-and-swap, and that is all.
 *
 * A word that is idle, or pending, is too, but that alone does not exclude a section on the CPU that had looked at the
 * word before: its store is still to come. So all that runs on the CPU is stopped by membarrier(). What it had not stored
 * by then it will not; what it had stored is visible. If the word still says that it is this thread's, so it is. If not,
 * a section has written over it, and has won.
 *
 * Nobody keeps a word that was pending. It is marked while its log is applied, with signals blocked and without waiting for
 * anybody, and is given back; whoever wants it takes it then. So the log's owner, who must not go before that, can wait
 * for it whatever it holds, and need not wait for those who hold the CPU.
 */
#ifndef OPV_IMPL_WORD_H
#define OPV_IMPL_WORD_H

#include "system.h"

#include "../attempt.h"
#include "../engine.h"
#include "current.h"
#include "process.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Strides before CPU 0's word: of the CPUs -1 and -2, which are never opened. */
#define OPV_WORDS_BEFORE 2

static uintptr_t opv_word_state(const struct opv_word *word)
{
    return __atomic_load_n(&word->state, __ATOMIC_ACQUIRE);
}

static int opv_state_of(uintptr_t state)
{
    return (int)(state & OPV_WORD_STATE_MASK);
}

static struct opv_word *opv_word_of(int cpu)
{
    return (struct opv_word *)(void *)(opv_the_engine()->words + opv_cpu_offset(cpu));
}

/* What a word says when nothing has run on its CPU yet, and now may. */
static uintptr_t opv_word_first(void)
{
    return OPV_WORD_STEP | (opv_the_engine()->has_sections ? OPV_WORD_IDLE : OPV_WORD_FREE);
}

static int opv_word_swap(struct opv_word *word, uintptr_t from, uintptr_t to)
{
    return __atomic_compare_exchange_n(&word->state, &from, to, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

/*
 * Takes a word that said `was`, idle or pending, from wherever the thread is: `self` is what it says then. Returns whether
 * the thread has it.
 */
static int opv_word_seize(struct opv_word *word, int cpu, uintptr_t was, uintptr_t self)
{
    if (!opv_word_swap(word, was, self))
        return 0;
    opv_membarrier_sections(cpu);
    if (opv_word_state(word) != self) {
        /* A section does not look for sleepers. Who saw this thread's name in the word sleeps until it is given back. */
        if (__atomic_load_n(&word->sleepers, __ATOMIC_RELAXED) != 0)
            opv_word_wake(word);
        return 0;
    }
    word->next = ((was & ~OPV_WORD_STATE_MASK) + OPV_WORD_STEP) | OPV_WORD_IDLE;
    return 1;
}

/* In percpu.h. */
static void opv_percpu_begin_cpu(struct opv_engine *engine, int cpu);

/*
 * percpu_lock, with signals blocked: a handler of this thread's may be the first to use a CPU, which takes it too. A thread
 * that forks has it already while other handlers of fork() run. Nobody who has it waits for a word. Returns what
 * opv_percpu_unlock() restores.
 */
static uint64_t opv_percpu_lock(struct opv_engine *engine)
{
    uint64_t signals = opv_signals_block();
    if (__atomic_load_n(&engine->fork_has_percpu, __ATOMIC_RELAXED) != opv_thread_self())
        opv_lock_take(&engine->percpu_lock);
    return signals;
}

static void opv_percpu_unlock(struct opv_engine *engine, uint64_t signals)
{
    if (__atomic_load_n(&engine->fork_has_percpu, __ATOMIC_RELAXED) != opv_thread_self())
        opv_lock_release(&engine->percpu_lock);
    opv_signals_restore(signals);
}

/*
 * Has a CPU's slots hold what they begin with, before anything runs on it. Nobody must find the word open who would not
 * find the CPU used: he could change what others still read elsewhere.
 */
static __attribute__((noinline)) void opv_word_open(struct opv_word *word, int cpu)
{
    struct opv_engine *engine = opv_the_engine();
    uint64_t signals = opv_percpu_lock(engine);
    if (!opv_mask_has(&engine->used, cpu)) {
        opv_percpu_begin_cpu(engine, cpu);
        __atomic_thread_fence(__ATOMIC_RELEASE);
        opv_mask_add_atomically(&engine->used, cpu);
        opv_word_swap(word, OPV_WORD_CLOSED, opv_word_first());
    }
    opv_percpu_unlock(engine, signals);
}

void opv_cpu_use(int cpu)
{
    opv_word_open(opv_word_of(cpu), cpu);
}

static int opv_word_is_opened(int cpu)
{
    return opv_mask_has(&opv_the_engine()->used, cpu);
}

/*
 * Whether the thread holds this CPU or a later one. If so it must not wait for this one: the thread that holds this one
 * may be waiting for it. Threads that want several CPUs take them in ascending order; and a signal's handler that finds
 * its thread to hold a later CPU has interrupted it.
 */
static int opv_thread_holds_from(int cpu)
{
    uintptr_t mine = opv_thread_self() | OPV_WORD_LOCKED;
    for (; cpu < opv_cpus_possible(); cpu++) {
        if (opv_word_is_opened(cpu) && __atomic_load_n(&opv_word_of(cpu)->state, __ATOMIC_RELAXED) == mine)
            return 1;
    }
    return 0;
}

enum opv_taken { OPV_TAKEN_NOT = 0, OPV_TAKEN = 1 };

/* In log.h. */
static void opv_word_help(struct opv_word *word, int cpu, uintptr_t pending);

/*
 * Takes the word of a possible CPU, if nobody has it. Returns an enum opv_taken, or -EDEADLK when the thread has it
 * already. It may also come back with nothing because it has lost to somebody, who has been quick then.
 */
static int opv_word_try(struct opv_word *word, int cpu)
{
    uintptr_t was = opv_word_state(word);
    switch ((enum opv_word_state)opv_state_of(was)) {
    case OPV_WORD_CLOSED:
        opv_word_open(word, cpu);
        return OPV_TAKEN_NOT;
    case OPV_WORD_FREE:
        if (!opv_word_swap(word, was, opv_thread_self() | OPV_WORD_LOCKED))
            return OPV_TAKEN_NOT;
        /* Whoever looks from elsewhere sees the word before the data. */
        __atomic_thread_fence(__ATOMIC_RELEASE);
        word->next = was + OPV_WORD_STEP;
        return OPV_TAKEN;
    case OPV_WORD_IDLE:
        return opv_word_seize(word, cpu, was, opv_thread_self() | OPV_WORD_LOCKED) ? OPV_TAKEN : OPV_TAKEN_NOT;
    case OPV_WORD_PENDING:
        opv_word_help(word, cpu, was);
        return OPV_TAKEN_NOT;
    case OPV_WORD_LOCKED:
        return was == (opv_thread_self() | OPV_WORD_LOCKED) ? -EDEADLK : OPV_TAKEN_NOT;
    }
    opv_die("a CPU's word has been written over");
}

#ifdef __cplusplus
}
#endif

#endif
