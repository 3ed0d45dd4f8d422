/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reads of one CPU's data, from any thread on any CPU, that keep nobody out: all that is read is of one moment, or is
 * read again.
 *
 *     struct opv_look look = OPV_LOOK_NONE;
 *     while (opv_look_begin(&look, cpu)) {
 *         count = opv_load_u64(&slot->count);
 *         sum = opv_load_u64(&slot->sum);
 *         if (opv_look_holds(&look))
 *             return 0;
 *     }
 *     return look.error;
 *
 * What is read may be of a state that never was until opv_look_holds() says otherwise. It may be computed with, and
 * pointers that are read must not be followed. Each place is to be read once: the one store of a section becomes visible
 * after the version that belongs to it, so that a place may be seen before and after it by looks at one version.
 *
 * Who waits for whom: a look waits while another thread holds the CPU. After OPV_LOOKS_MAX looks in vain it takes the CPU
 * itself, with signals blocked: nobody can keep it from its end. Where words have 32 bits, it always does, and does not
 * block signals.
 *
 * Signal handlers: as in enter.h; -EDEADLK says that the code that was interrupted holds the CPU.
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

/** Whether a look reads while others may write; sanitizers that follow accesses would report that it does. */
#if OPV_LOOK_HAS_VERSIONS && !defined(OPV_FOLLOWS_ACCESSES)
#define OPV_LOOK_READS_AT_ONCE 1
#else
#define OPV_LOOK_READS_AT_ONCE 0
#endif

struct opv_look {
    struct opv_word *word;
    /** Leads to what is read, see opv_percpu_at(); of a CPU on which nothing has run it leads elsewhere than to its slots. */
    uintptr_t offset;
    uintptr_t seen;
    bool holds_cpu;
    /** 0, or -EDEADLK. */
    int error;
    /** Looks that have begun. */
    unsigned begun;
};

/** Before the first look. */
#define OPV_LOOK_NONE {(struct opv_word *)0, 0, 0, false, 0, 0}

/** opv_look_begin() where the word is locked or pending, or the CPU is to be taken. Returns 0, or -EDEADLK. */
int opv_look_settle(int cpu, int takes_cpu);

/** Gives back the CPU that a look has taken. */
void opv_look_leave(struct opv_word *word);

/**
 * Begins the first or the next look at a CPU's data.
 *
 * @param cpu  a possible CPU
 * @return whether it has begun; else look->error says why not
 */
OPV_INLINE bool opv_look_begin(struct opv_look *look, int cpu)
{
    for (;;) {
        uintptr_t state;
        look->offset = opv_cpu_offset_to_read(cpu);
        look->word = opv_word_at(look->offset);
        look->holds_cpu = look->begun >= OPV_LOOKS_MAX || !OPV_LOOK_READS_AT_ONCE;
        look->seen = __atomic_load_n(&look->word->state, __ATOMIC_ACQUIRE);
        state = look->seen & OPV_WORD_STATE_MASK;
        if (__builtin_expect(!look->holds_cpu && state != OPV_WORD_LOCKED && state != OPV_WORD_PENDING, 1))
            break;
        look->error = opv_look_settle(cpu, look->holds_cpu);
        if (look->error != 0)
            return false;
        if (look->holds_cpu) {
            look->offset = opv_cpu_offset(cpu);
            look->word = opv_word_at(look->offset);
            break;
        }
    }
    look->begun++;
    return true;
}

/** Ends a look. Returns whether all that was read since it began was so at one moment; else begin again. */
OPV_INLINE bool opv_look_holds(const struct opv_look *look)
{
    if (__builtin_expect(look->holds_cpu, 0)) {
        opv_look_leave(look->word);
        return true;
    }
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return __builtin_expect(__atomic_load_n(&look->word->state, __ATOMIC_RELAXED) == look->seen, 1);
}

#ifdef __cplusplus
}
#endif

#endif
