/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Logs that were published and not applied, by whoever finds them.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * Whoever applies a log for another sets its flag before it gives the word back, and does not look at the log after that.
 * The owner looks at the flag only when the word does neither lead to the log nor say that one is applied: until then a
 * helper may be at it, and one that a signal has stopped may have set the flag and not given the word back. A word that
 * is locked otherwise was idle before, so that the owner need not wait for it.
 *
 * The word alone cannot tell the owner whether it committed: another thread may have prepared on the same version, so
 * that what it published looks the same.
 */
#ifndef OPV_IMPL_LOG_H
#define OPV_IMPL_LOG_H

#include "system.h"

#include "../attempt.h"
#include "exclusion.h"
#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

void opv_log_apply(struct opv_log *log)
{
    unsigned count = opv_log_count(log);
    unsigned i;
    for (i = 0; i < count; i++) {
        const struct opv_log_entry *entry = &log->entries[i];
        opv_store(entry->place, entry->value, (size_t)1 << (log->shape >> (OPV_LOG_COUNT_BITS + 2 * i) & 3));
    }
}

/* From another CPU. No handler of this thread's may find the word locked, and give up, or keep the log's owner waiting. */
static void opv_word_help_from_afar(struct opv_word *word, int cpu, uintptr_t pending)
{
    uint64_t signals = opv_signals_block();
    if (opv_word_seize(word, cpu, pending, opv_thread_self() | OPV_WORD_APPLYING | OPV_WORD_LOCKED)) {
        struct opv_log *log = word->log;
        opv_log_apply(log);
        __atomic_store_n(&log->done, 1, __ATOMIC_RELEASE);
        opv_word_release(word, word->next);
    }
    opv_signals_restore(signals);
}

/* Sees to it that a word that said `pending` does not say so any more. */
static void opv_word_help(struct opv_word *word, int cpu, uintptr_t pending)
{
#if OPV_SECTIONS
    uintptr_t next = ((pending & ~OPV_WORD_STATE_MASK) + OPV_WORD_STEP) | OPV_WORD_IDLE;
    if (opv_cpu_from_area() == cpu && opv_section_help(word, cpu, pending, next))
        return;
    /* The section may have done it, and another the next one. */
    if (opv_word_state(word) != pending)
        return;
#endif
    opv_word_help_from_afar(word, cpu, pending);
}

static int opv_word_is_applying(uintptr_t state)
{
    return opv_state_of(state) == OPV_WORD_LOCKED && (state & OPV_WORD_APPLYING) != 0;
}

/* Not by sleeping on the word, which may be locked again, by somebody who waits for what this thread holds. */
static void opv_word_await_applied(const struct opv_word *word)
{
    int looks;
    for (looks = 0; opv_word_is_applying(opv_word_state(word)); looks++) {
        if (looks < OPV_LOCK_SPINS)
            opv_spin_hint();
        else
            opv_nap();
    }
}

bool opv_log_finish(struct opv_word *word, int cpu, uintptr_t seen, struct opv_log *log)
{
    uintptr_t mine = seen - OPV_WORD_IDLE + OPV_WORD_PENDING;
    int saved_errno = errno;
    for (;;) {
        uintptr_t state = opv_word_state(word);
        if (state == mine && __atomic_load_n(&word->log, __ATOMIC_RELAXED) == log)
            opv_word_help(word, cpu, mine);
        else if (opv_word_is_applying(state))
            opv_word_await_applied(word);
        else
            break;
    }
    errno = saved_errno;
    return __atomic_load_n(&log->done, __ATOMIC_ACQUIRE) != 0;
}

#ifdef __cplusplus
}
#endif

#endif
