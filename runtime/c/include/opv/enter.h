/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Exclusion on the CPU that the thread is on, or on one that it names, until it gives it back.
 *
 * Who waits for whom: whoever wants a CPU waits while another thread holds it, spinning briefly, then asleep. A thread
 * that is preempted while it holds a CPU keeps the others of that CPU waiting. Not recursive, not fair; a thread that
 * wants several CPUs at once takes them in ascending order.
 *
 * Nobody waits for a CPU while he holds the same or a later one, since its holder may be waiting for that: he is answered
 * -EDEADLK, and nothing has happened. That is what a signal's handler meets that interrupts a holder. Otherwise a handler
 * waits as any code does. Code that holds several CPUs at once must block the signals whose handlers use transactions.
 *
 * fork() takes all CPUs that the thread does not hold. If the thread holds one, and another thread an earlier one that it
 * does not give back, the process ends with a message on stderr.
 *
 * A thread that ends, or is cancelled, while it holds a CPU leaves it locked for ever. None of these functions is a
 * cancellation point; asynchronous cancellation must be off.
 *
 * errno is left alone.
 */
#ifndef OPV_ENTER_H
#define OPV_ENTER_H

#include <stddef.h>
#include <stdint.h>

#include "section.h"
#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A CPU that a thread holds, or why it holds none. */
struct opv_held {
    struct opv_word *word;
    /** opv_cpu_offset() of the CPU; it leads to slots, see opv_percpu_at(). */
    uintptr_t offset;
    /** What is left in the word. */
    uintptr_t next;
    /** 0; or -EDEADLK, and nothing is held. */
    int error;
};

/** opv_cpu_enter() where its section fails. Returns the CPU that the thread holds now, or -EDEADLK. */
int opv_cpu_enter_slow(void);

int opv_cpu_current(void);

/**
 * Holds the CPU that the thread is on now. It may run elsewhere the next moment, and holds that CPU nevertheless.
 *
 * Memory order: an acquire; what the previous holder did before it left is visible.
 *
 * @return whose error is 0, or -EDEADLK: the thread holds that CPU already, in code that a signal has interrupted
 */
OPV_INLINE struct opv_held opv_cpu_enter(void)
{
    struct opv_held held;
    int cpu;
    held.error = 0;
#if OPV_SECTIONS
    uintptr_t seen;
    if (__builtin_expect(opv_section_lock(&held.offset, &seen), 1)) {
        held.word = opv_word_at(held.offset);
        held.next = seen + OPV_WORD_STEP;
        return held;
    }
#else
    uintptr_t seen;
    held.offset = opv_cpu_offset(opv_cpu_current());
    held.word = opv_word_at(held.offset);
    seen = __atomic_load_n(&held.word->state, __ATOMIC_RELAXED);
    held.next = seen + OPV_WORD_STEP;
    if (__builtin_expect((seen & OPV_WORD_STATE_MASK) == OPV_WORD_FREE
            && __atomic_compare_exchange_n(&held.word->state, &seen, opv_thread_self() | OPV_WORD_LOCKED, 0,
                __ATOMIC_ACQUIRE, __ATOMIC_RELAXED), 1)) {
        /* Whoever looks from elsewhere sees the word before the data. */
        __atomic_thread_fence(__ATOMIC_RELEASE);
        return held;
    }
#endif
    cpu = opv_cpu_enter_slow();
    if (cpu < 0) {
        held.error = cpu;
        cpu = 0;
    }
    held.offset = opv_cpu_offset(cpu);
    held.word = opv_word_at(held.offset);
    held.next = held.word->next;
    return held;
}

/**
 * Gives back what opv_cpu_enter() gave.
 *
 * Memory order: a release; all that the thread did before is visible to the next holder.
 */
OPV_INLINE void opv_cpu_leave(struct opv_held held)
{
    opv_word_release(held.word, held.next);
}

/**
 * Holds CPU cpu, from any thread on any CPU, until opv_cpu_unlock(cpu). Where the process has sections and the thread is
 * on another CPU, that takes a system call, which interrupts cpu: 1 µs to 20 µs.
 *
 * Memory order: an acquire, as opv_cpu_enter().
 *
 * @return 0; -EINVAL when cpu is not a possible CPU; or -EDEADLK when the thread holds it already. Nothing is held then
 */
int opv_cpu_lock(int cpu);

/**
 * Ends the exclusion that the calling thread began with opv_cpu_lock(cpu).
 *
 * Memory order: a release, as opv_cpu_leave().
 */
static inline void opv_cpu_unlock(int cpu)
{
    struct opv_word *word = opv_word_at(opv_cpu_offset(cpu));
    opv_word_release(word, word->next);
}

#ifdef __cplusplus
}
#endif

#endif
