/* SPDX-License-Identifier: Apache-2.0 */
/* What the works and the harness know of each other: how one more work is added. */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>

/* Operations between two looks at whether the sample has ended. */
#define BENCH_BATCH 64

/* Bytes that keep the data of two threads or CPUs apart, as the runtime's slots are. */
#define BENCH_APART 128

/* The form that generated functions have while a way is measured. It is nothing to peers. */
enum form { FORM_DIRECT, FORM_VECTOR };

/* One way to do some work. */
struct way {
    const char *label;
    /* Does BENCH_BATCH operations. Returns how many of them went wrong. */
    int (*batch)(void);
    enum form form;
    /* Whether opvc generated it. */
    int generated;
};

/* Work that is done in several ways: one table. The first is the peer that the others are compared with. */
struct work {
    const char *title;
    const struct way *ways;
    int count;
    /* Returns 0, or -1 where memory is short. */
    int (*prepare)(void);
    /* Says after so many operations in generated code what is wrong with its data; NULL where nothing is. */
    const char *(*check)(uint64_t operations);
};

extern const struct work record_work;
extern const struct work add_work;
extern const struct work free_list_work;
extern const struct work ring_work;
extern const struct work total_work;
extern const struct work one_total_work;
extern const struct work compare_store_work;
extern const struct work copy_work;
extern const struct work fetch_add_work;
extern const struct work three_work;

#define BENCH_COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

/*
 * Defines a way's batch from an expression that does one operation and is not 0 where it went wrong. The compiler must
 * take memory to change from one operation to the next, or it would do the batch's work at once.
 */
#define BENCH_BATCH_OF(name, operation) \
    static int name(void) \
    { \
        int wrong = 0; \
        int i; \
        for (i = 0; i < BENCH_BATCH; i++) { \
            wrong += (operation) != 0; \
            __asm__ __volatile__("" ::: "memory"); \
        } \
        return wrong; \
    }

#endif
