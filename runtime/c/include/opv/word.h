/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One word per CPU, on which everything that runs on a CPU excludes everything else: sections that make one store,
 * locks, logs, vectors and owners from afar.
 *
 * What the word says is in its three lowest bits; what the rest of it means depends on that:
 *
 * | state | the rest | who may change it |
 * |---|---|---|
 * | OPV_WORD_CLOSED | 0 | anybody opens it, by compare-and-swap: nothing has run on the CPU yet |
 * | OPV_WORD_IDLE | version | a section on the CPU, by a plain store; anybody, by compare-and-swap and a barrier |
 * | OPV_WORD_LOCKED | the owner's thread pointer; in it, OPV_WORD_APPLYING | the owner |
 * | OPV_WORD_PENDING | version | whoever applies the log that the word leads to |
 * | OPV_WORD_FREE | version | anybody, by compare-and-swap: there are no sections in this process |
 *
 * A version never repeats on its CPU, and changes whenever data may have changed. Where words have 32 bits it does
 * repeat; nothing is prepared on versions there.
 *
 * Sections and compare-and-swap never meet on one word unguarded: between a section's look at the word and its store, a
 * compare-and-swap from elsewhere would go unnoticed. Therefore a process has either words that are IDLE, and whoever
 * is not in a section on the CPU takes them as impl/word.h says, or words that are FREE, at which every section fails.
 * So what a process has costs the fast path nothing.
 */
#ifndef OPV_WORD_H
#define OPV_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stride.h"

#if !defined(__x86_64__) && !defined(__i386__) && !defined(__aarch64__) && !defined(__s390x__)
#include <pthread.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** What a word says; see above. A word is idle if, and only if, its lowest bit is set. */
enum opv_word_state {
    OPV_WORD_CLOSED = 0,
    OPV_WORD_IDLE = 1,
    OPV_WORD_LOCKED = 2,
    OPV_WORD_PENDING = 4,
    OPV_WORD_FREE = 6
};

/** The bits of a word that say its state. */
#define OPV_WORD_STATE_MASK ((uintptr_t)7)

/** Distance between a version and the next. */
#define OPV_WORD_STEP ((uintptr_t)8)

/**
 * In a word that is locked, where there are sections: its owner applies the log that it has found, and gives the word back
 * then. Thread pointers leave this bit free, too, in processes that have sections.
 */
#define OPV_WORD_APPLYING ((uintptr_t)8)

struct opv_log;

/** A CPU's word, and what belongs to it. Only the runtime's functions look into it. */
struct opv_word {
    /** The word. */
    uintptr_t state;
    /** The log to apply, while the word is pending. */
    struct opv_log *log;
    /** What to leave in the word; of its owner's use only. */
    uintptr_t next;
    /** The signals that were blocked before its owner blocked all, where it did so. */
    uint64_t signals;
    /** 1 if threads may sleep until the word is given back, so that whoever does so wakes one; else 0. */
    uint32_t sleepers;
    char padding[OPV_CACHE_ALIGN - 3 * sizeof(uintptr_t) - sizeof(uint64_t) - sizeof(uint32_t)];
} __attribute__((aligned(OPV_CACHE_ALIGN)));

/** Where the words and the threads' areas of restartable sequences are. */
struct opv_places {
    /**
     * The word of CPU 0. That of CPU k is k * OPV_PERCPU_STRIDE bytes behind it; before it, those of -1 and -2 are closed
     * for ever, which is what the kernel says where a thread is not registered.
     */
    char *words;
    /** Offset of a thread's area from its thread pointer; without registration, of one that says -1 for ever. */
    ptrdiff_t rseq;
    /** What opv_cpus_possible() returns. */
    int cpus;
    /** Which of them are possible: a bit each, the lowest of a word first. */
    const unsigned long *possible;
    /** Which of them are used, likewise: something has run there, or somebody has asked for a slot. Only bits are added. */
    const unsigned long *used;
};

/**
 * Constant from the moment on at which the implementation's constructor has run, which comes before those of priorities
 * that programs may use; before it, whoever uses it dies of an address that does not exist. Only the file that has the
 * implementation, which writes it, must not take it for a constant.
 */
#ifdef OPV_IMPLEMENTATION
extern struct opv_places opv_places;
#else
extern const struct opv_places opv_places;
#endif

/**
 * The word of CPU 0 as sections see it that are a whole transaction: opv_places.words; or, while generated functions have
 * the vector form, one of words that are closed for ever. So these sections fail then, and whoever is left with the rest
 * of the work looks at the form: the choice costs them nothing. All accesses are relaxed.
 */
extern char *opv_here_words;

static inline char *opv_words_here(void)
{
    return __atomic_load_n(&opv_here_words, __ATOMIC_RELAXED);
}

/**
 * Bytes from what belongs to CPU 0 to what belongs to a CPU: the offset of its slot in any instance, and of its word.
 *
 * @param cpu  a possible CPU
 */
static inline uintptr_t opv_cpu_offset(int cpu)
{
    return (uintptr_t)cpu * OPV_PERCPU_STRIDE;
}

/** The first possible CPU from `cpu`, which is not negative, on; -1 where there is none. */
static inline int opv_cpu_possible_from(int cpu)
{
    const int bits = (int)(8 * sizeof(unsigned long));
    for (; cpu < opv_places.cpus; cpu++) {
        if (__builtin_expect((opv_places.possible[cpu / bits] >> (cpu % bits) & 1) != 0, 1))
            return cpu;
    }
    return -1;
}

/** Whether a possible CPU is used: what its slots begin with has been written to them. */
static inline bool opv_cpu_is_used(int cpu)
{
    const int bits = (int)(8 * sizeof(unsigned long));
    return (__atomic_load_n(&opv_places.used[cpu / bits], __ATOMIC_ACQUIRE) >> (cpu % bits) & 1) != 0;
}

/** Has a possible CPU be used. Safe in signal handlers. */
void opv_cpu_use(int cpu);

/**
 * As opv_cpu_offset(), for who only reads: of a CPU that is not used, the offset of memory that holds what slots begin
 * with, which nobody changes.
 */
static inline uintptr_t opv_cpu_offset_to_read(int cpu)
{
    return opv_cpu_offset(__builtin_expect(opv_cpu_is_used(cpu), 1) ? cpu : opv_places.cpus);
}

/** The word that is as far behind CPU 0's as opv_cpu_offset() said. */
static inline struct opv_word *opv_word_at(uintptr_t offset)
{
    return (struct opv_word *)(void *)(opv_places.words + offset);
}

/** A number that no other thread of the process has now, and whose lowest three bits are 0. */
static inline uintptr_t opv_thread_self(void)
{
#if defined(__x86_64__) && defined(__LP64__)
    /* The first word of the thread control block is its own address. Clang before 15 lacks the builtin. */
    uintptr_t self;
    __asm__("movq %%fs:0, %0" : "=r"(self));
    return self;
#elif defined(__i386__)
    uintptr_t self;
    __asm__("movl %%gs:0, %0" : "=r"(self));
    return self;
#elif defined(__aarch64__) || defined(__s390x__)
    return (uintptr_t)__builtin_thread_pointer();
#else
    return (uintptr_t)pthread_self();
#endif
}

/** Wakes a thread that sleeps until the word is given back. Safe in signal handlers. */
void opv_word_wake(struct opv_word *word);

/**
 * Gives a word back that the thread owns. What it did before is visible to the next owner.
 *
 * @param next  what to leave in it
 */
static inline void opv_word_release(struct opv_word *word, uintptr_t next)
{
    __atomic_store_n(&word->state, next, __ATOMIC_RELEASE);
    /* The compiler keeps their order. The processor may not; impl/sleep.h says who sees to that. */
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    if (__builtin_expect(__atomic_load_n(&word->sleepers, __ATOMIC_RELAXED) != 0, 0))
        opv_word_wake(word);
}

#ifdef __cplusplus
}
#endif

#endif
