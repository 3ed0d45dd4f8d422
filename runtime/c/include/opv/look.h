/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reads of one CPU's data, from any thread on any CPU, that keep nobody out: all that is read is of one moment, or is
 * read again.
 *
 *     struct opv_look look;
 *     int vain = 0;
 *     do {
 *         look = opv_look_begin(cpu, vain++);
 *         count = opv_load_u64(&slot->count);
 *         sum = opv_load_u64(&slot->sum);
 *     } while (!opv_look_holds(look));
 *
 * What is read may be of a state that never was until opv_look_holds() says otherwise. It may be computed with, and
 * pointers that are read must not be followed.
 *
 * Who waits for whom: a look waits while another thread holds the CPU. After OPV_LOOKS_MAX looks in vain it takes the CPU
 * itself: nobody can keep it from its end. Where words have 32 bits, it always does.
 *
 * Signal handlers: as in enter.h; error says that the code that was interrupted holds the CPU.
 */
#ifndef OPV_LOOK_H
#define OPV_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "enter.h"
#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Looks in vain after which the next one takes the CPU. */
#define OPV_LOOKS_MAX 16

/** Whether a version is told from all others. */
#define OPV_LOOK_HAS_VERSIONS (__SIZEOF_POINTER__ >= 8)

struct opv_look {
    struct opv_word *word;
    uintptr_t seen;
    int holds_cpu;
    /** 0; or -EDEADLK, and then opv_look_holds() is true, and what was read means nothing. */
    int error;
};

/** opv_look_begin() where the word is locked or pending. */
struct opv_look opv_look_begin_slow(int cpu, int takes_cpu);

/**
 * Begins a look at a CPU's data.
 *
 * @param cpu   a possible CPU
 * @param vain  looks that were made in vain before this one
 */
static inline struct opv_look opv_look_begin(int cpu, int vain)
{
    struct opv_look look;
    uintptr_t state;
    look.word = opv_word_at(opv_cpu_offset(cpu));
    look.seen = __atomic_load_n(&look.word->state, __ATOMIC_ACQUIRE);
    look.holds_cpu = 0;
    look.error = 0;
    state = look.seen & OPV_WORD_STATE_MASK;
    if (__builtin_expect(
            state == OPV_WORD_LOCKED || state == OPV_WORD_PENDING || vain >= OPV_LOOKS_MAX || !OPV_LOOK_HAS_VERSIONS, 0))
        return opv_look_begin_slow(cpu, vain >= OPV_LOOKS_MAX || !OPV_LOOK_HAS_VERSIONS);
    return look;
}

/** Ends a look. Returns whether all that was read since it began was so at one moment. */
static inline bool opv_look_holds(struct opv_look look)
{
    if (__builtin_expect(look.holds_cpu | look.error, 0)) {
        if (look.holds_cpu)
            opv_word_release(look.word, look.word->next);
        return true;
    }
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return __builtin_expect(__atomic_load_n(&look.word->state, __ATOMIC_RELAXED) == look.seen, 1);
}

#ifdef __cplusplus
}
#endif

#endif
