/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Transactions that hold nothing: they look at the version of the CPU that they are on, prepare in plain C, and commit
 * in a section that finds the version unchanged. If it has changed, they begin again.
 *
 *     struct opv_attempt attempt = OPV_ATTEMPT_NONE;
 *     while (opv_attempt_begin(&attempt)) {
 *         struct counters *slot = (struct counters *)opv_percpu_at(base, attempt.offset);
 *         uint64_t count = opv_load_u64(&slot->count);
 *         if (count == LIMIT) {
 *             if (opv_attempt_holds(&attempt))
 *                 return FULL;
 *         } else if (opv_attempt_store_u64(&attempt, &slot->count, count + 1)) {
 *             return 0;
 *         }
 *     }
 *     return attempt.error;
 *
 * Each attempt ends with one commit, or with opv_attempt_holds(). All of it is inline, and nothing takes the attempt's
 * address out of registers.
 *
 * What is prepared may be of a state that never was. So it may compute with values, and must not follow a pointer that
 * it has read from a place: the memory may be gone. What it concludes, it returns only if opv_attempt_holds().
 *
 * Where the process, or the thread, has no sections, opv_attempt_begin() takes the CPU as opv_cpu_enter() does, and the
 * commit stores and gives it back. It does so too, with signals blocked, after OPV_ATTEMPTS_MAX attempts.
 *
 * Who waits for whom: with sections, for a holder of the CPU (enter.h) only. A thread that is preempted, or stopped by a
 * signal, in the middle of an attempt keeps nobody waiting: what it has published others finish.
 *
 * Signal handlers may use attempts; one that interrupts a holder of the CPU is answered -EDEADLK. Without sections, that
 * includes attempts.
 */
#ifndef OPV_ATTEMPT_H
#define OPV_ATTEMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access.h"
#include "enter.h"
#include "log.h"
#include "section.h"
#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Attempts that may be made in vain before the next takes the CPU. */
#define OPV_ATTEMPTS_MAX 64

struct opv_attempt {
    struct opv_word *word;
    /** opv_cpu_offset() of the CPU; it leads to slots, see opv_percpu_at(). */
    uintptr_t offset;
    /** What the word said; OPV_ATTEMPT_HOLDS_CPU where the thread has taken it. */
    uintptr_t seen;
    int cpu;
    /** 0; or -EDEADLK, and the attempt has not begun. */
    int error;
    /** Attempts that have begun. */
    unsigned begun;
};

/** Says of an attempt that it holds the CPU, so that its stores are plain ones. No version is this. */
#define OPV_ATTEMPT_HOLDS_CPU ((uintptr_t)0)

/** Before the first attempt. */
#define OPV_ATTEMPT_NONE {(struct opv_word *)0, 0, 0, 0, 0, 0}

/** What opv_attempt_settle() returns where the CPU was made ready for the next attempt, and is not held. */
#define OPV_ATTEMPT_READY (-1)

/**
 * opv_attempt_begin() where the word is not idle. Returns the CPU that the thread holds now, OPV_ATTEMPT_READY, or
 * -EDEADLK.
 */
int opv_attempt_settle(unsigned begun);

/** Gives back the CPU that an attempt holds. */
void opv_attempt_leave(struct opv_word *word);

/**
 * Finds out what had been done by a log's section that was aborted, and waits until it is.
 *
 * @param seen  the version on which it was to commit
 * @return whether it committed
 */
bool opv_log_finish(struct opv_word *word, int cpu, uintptr_t seen, struct opv_log *log);

/** Makes the stores of a log in plain C, on a CPU that is held. */
void opv_log_apply(struct opv_log *log);

OPV_INLINE void opv_attempt_on(struct opv_attempt *attempt, int cpu)
{
    attempt->cpu = cpu;
    attempt->offset = opv_cpu_offset(cpu);
    attempt->word = opv_word_at(attempt->offset);
}

/**
 * Begins the first or the next attempt, on the CPU that the thread is on.
 *
 * @return whether it has begun; else attempt->error says why not
 */
OPV_INLINE bool opv_attempt_begin(struct opv_attempt *attempt)
{
    int cpu;
    do {
#if OPV_SECTIONS
        opv_attempt_on(attempt, opv_section_cpu());
        attempt->seen = __atomic_load_n(&attempt->word->state, __ATOMIC_ACQUIRE);
        if (__builtin_expect((attempt->seen & OPV_WORD_IDLE) && attempt->begun < OPV_ATTEMPTS_MAX, 1)) {
            /*
             * A section moves the version on before it stores. Seen from another CPU, the word may tell of a store that
             * is still to come. Where the thread is on the CPU behind its look, whoever was in a section there has
             * stored, or never will.
             */
            if (__builtin_expect(opv_section_cpu() != attempt->cpu, 0)) {
                cpu = OPV_ATTEMPT_READY;
                continue;
            }
            __atomic_signal_fence(__ATOMIC_SEQ_CST);
            attempt->begun++;
            return true;
        }
#endif
        cpu = opv_attempt_settle(attempt->begun);
    } while (cpu == OPV_ATTEMPT_READY);
    attempt->seen = OPV_ATTEMPT_HOLDS_CPU;
    attempt->begun++;
    if (cpu < 0) {
        attempt->error = cpu;
        return false;
    }
    opv_attempt_on(attempt, cpu);
    return true;
}

/**
 * Ends an attempt that changes nothing.
 *
 * @return whether all that it has read was so at one moment; else begin again
 */
OPV_INLINE bool opv_attempt_holds(const struct opv_attempt *attempt)
{
    if (__builtin_expect(attempt->seen == OPV_ATTEMPT_HOLDS_CPU, 0)) {
        opv_attempt_leave(attempt->word);
        return true;
    }
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return __atomic_load_n(&attempt->word->state, __ATOMIC_RELAXED) == attempt->seen;
}

/*
 * Commits. Each returns whether it has, and then the attempt has ended; if not, nothing has happened, and the attempt
 * must be made again. The place must be accessible if the version is unchanged; the caller owes it that it is.
 *
 * Whoever sees what was stored with an acquire sees what had been done on the CPU before.
 */
#if OPV_SECTIONS
#define OPV_ATTEMPT_SECTION(call)                                                                                     \
    if (__builtin_expect(call, 1))                                                                                    \
        return true;
#else
#define OPV_ATTEMPT_SECTION(call)
#endif

#define OPV_DEFINE_ATTEMPTS(bits)                                                                                     \
    OPV_INLINE bool opv_attempt_store_u##bits(const struct opv_attempt *attempt, void *place, uint##bits##_t value)          \
    {                                                                                                                 \
        OPV_ATTEMPT_SECTION(opv_section_commit_u##bits(attempt->word, attempt->cpu, attempt->seen, place, value))        \
        if (attempt->seen != OPV_ATTEMPT_HOLDS_CPU)                                                                    \
            return false;                                                                                             \
        opv_store_u##bits(place, value);                                                                              \
        opv_attempt_leave(attempt->word);                                                                                   \
        return true;                                                                                                  \
    }                                                                                                                 \
                                                                                                                      \
    OPV_INLINE bool opv_attempt_add_u##bits(const struct opv_attempt *attempt, void *place, uint##bits##_t value)            \
    {                                                                                                                 \
        OPV_ATTEMPT_SECTION(opv_section_commit_add_u##bits(attempt->word, attempt->cpu, attempt->seen, place, value))    \
        if (attempt->seen != OPV_ATTEMPT_HOLDS_CPU)                                                                    \
            return false;                                                                                             \
        opv_store_u##bits(place, (uint##bits##_t)(opv_load_u##bits(place) + value));                                  \
        opv_attempt_leave(attempt->word);                                                                                   \
        return true;                                                                                                  \
    }

OPV_DEFINE_ATTEMPTS(8)
OPV_DEFINE_ATTEMPTS(16)
OPV_DEFINE_ATTEMPTS(32)
OPV_DEFINE_ATTEMPTS(64)

/*
 * The same for a uintptr_t; and what operations do to an integer, as one store of what comes of it: see opv_or() and its
 * like in access.h.
 */
#if __SIZEOF_POINTER__ >= 8
#define OPV_ATTEMPT_UPTR(function, attempt, place, value) function##64(attempt, place, value)
#else
#define OPV_ATTEMPT_UPTR(function, attempt, place, value) function##32(attempt, place, value)
#endif

OPV_INLINE bool opv_attempt_store_uptr(const struct opv_attempt *attempt, void *place, uintptr_t value)
{
    return OPV_ATTEMPT_UPTR(opv_attempt_store_u, attempt, place, value);
}

OPV_INLINE bool opv_attempt_add_uptr(const struct opv_attempt *attempt, void *place, uintptr_t value)
{
    return OPV_ATTEMPT_UPTR(opv_attempt_add_u, attempt, place, value);
}

#define OPV_DEFINE_ATTEMPT_UPDATE(name, suffix, type, number, operator)                                               \
    OPV_INLINE bool opv_attempt_##name##_##suffix(const struct opv_attempt *attempt, void *place, number value)       \
    {                                                                                                                 \
        uint64_t old = opv_load_##suffix(place);                                                                      \
        return opv_attempt_store_##suffix(attempt, place, (type)(old operator value));                                \
    }

#define OPV_DEFINE_ATTEMPT_UPDATES(suffix, type)                                                                      \
    OPV_DEFINE_ATTEMPT_UPDATE(or, suffix, type, uint64_t, |)                                                          \
    OPV_DEFINE_ATTEMPT_UPDATE(and, suffix, type, uint64_t, &)                                                         \
    OPV_DEFINE_ATTEMPT_UPDATE(xor, suffix, type, uint64_t, ^)                                                         \
    OPV_DEFINE_ATTEMPT_UPDATE(lshift, suffix, type, uint32_t, <<)                                                     \
    OPV_DEFINE_ATTEMPT_UPDATE(rshift, suffix, type, uint32_t, >>)

OPV_DEFINE_ATTEMPT_UPDATES(u8, uint8_t)
OPV_DEFINE_ATTEMPT_UPDATES(u16, uint16_t)
OPV_DEFINE_ATTEMPT_UPDATES(u32, uint32_t)
OPV_DEFINE_ATTEMPT_UPDATES(u64, uint64_t)
OPV_DEFINE_ATTEMPT_UPDATES(uptr, uintptr_t)

/**
 * Loads the pointer that lies `next` bytes behind head, and stores it at place: takes the first node off a list. The
 * node is looked at in the section, where the version, and so the list, is unchanged.
 *
 * @param head  what was read from place, and is not null
 */
OPV_INLINE bool opv_attempt_follow(const struct opv_attempt *attempt, void *place, const void *head, size_t next)
{
    OPV_ATTEMPT_SECTION(
        opv_section_commit_follow(attempt->word, attempt->cpu, attempt->seen, place, head, next) == OPV_SECTION_DONE)
    if (attempt->seen != OPV_ATTEMPT_HOLDS_CPU)
        return false;
    opv_store_uptr(place, opv_load_uptr((const char *)head + next));
    opv_attempt_leave(attempt->word);
    return true;
}

/**
 * Copies len bytes from src to dst, and then stores value at place, which publishes them: until then nobody else may look
 * at dst, and place is not in it. src and dst are accessible, and do not overlap. If it does not commit, some of the
 * bytes may have been copied.
 */
OPV_INLINE bool opv_attempt_copy_store_u64(
    const struct opv_attempt *attempt, void *dst, const void *src, size_t len, void *place, uint64_t value)
{
    OPV_ATTEMPT_SECTION(
        opv_section_commit_copy_u64(attempt->word, attempt->cpu, attempt->seen, dst, src, len, place, value))
    if (attempt->seen != OPV_ATTEMPT_HOLDS_CPU)
        return false;
    opv_copy(dst, src, len);
    opv_store_u64(place, value);
    opv_attempt_leave(attempt->word);
    return true;
}

/** What a log's commit does where its section has not done it. */
OPV_INLINE bool opv_attempt_log_slow(
    const struct opv_attempt *attempt, struct opv_log *log, enum opv_section_end end)
{
    if (end == OPV_SECTION_ABORTED)
        return opv_log_finish(attempt->word, attempt->cpu, attempt->seen, log);
    if (attempt->seen != OPV_ATTEMPT_HOLDS_CPU)
        return false;
    opv_log_apply(log);
    opv_attempt_leave(attempt->word);
    return true;
}

/**
 * OPV_DEFINE_LOG_COMMIT(name, puts, shape) defines
 *
 *     bool name(const struct opv_attempt *attempt, struct opv_log *log)
 *
 * which commits a log: all of its stores, or none. For a log of a uint64_t and a uint8_t, puts is
 * OPV_PUT_U64(0) OPV_PUT_U8(1), without a comma between them, and shape OPV_SHAPE_U64(0) + OPV_SHAPE_U8(1). All of the
 * log's entries are filled for each attempt.
 */
#if OPV_SECTIONS
#define OPV_DEFINE_LOG_COMMIT(name, puts, shape_of_it)                                                                \
    OPV_DEFINE_LOG_SECTION(name##_section, puts)                                                                      \
    OPV_INLINE bool name(const struct opv_attempt *attempt, struct opv_log *log)                                      \
    {                                                                                                                 \
        enum opv_section_end end;                                                                                     \
        log->done = 0;                                                                                                \
        log->shape = (shape_of_it);                                                                                   \
        end = name##_section(attempt->word, attempt->cpu, attempt->seen, log);                                        \
        return __builtin_expect(end == OPV_SECTION_DONE, 1) || opv_attempt_log_slow(attempt, log, end);               \
    }
#else
#define OPV_DEFINE_LOG_COMMIT(name, puts, shape_of_it)                                                                \
    OPV_INLINE bool name(const struct opv_attempt *attempt, struct opv_log *log)                                      \
    {                                                                                                                 \
        log->shape = (shape_of_it);                                                                                   \
        return opv_attempt_log_slow(attempt, log, OPV_SECTION_BUSY);                                                  \
    }
#endif

#ifdef __cplusplus
}
#endif

#endif
