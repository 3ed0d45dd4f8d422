/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the stressed structures and the program that stresses them know of each other. Adding a structure is a file
 * that defines a struct subject, and a row of subjects[] in stress.c.
 */
#ifndef STRESS_H
#define STRESS_H

/* First, because it holds the runtime's implementation in one of the files. */
#include "stress.opv.h"

#include <stdint.h>
#include <sys/types.h>

enum { WORKERS = 8 };

/* One of the threads that work on a subject. */
struct worker {
    /* From 1. */
    uint32_t name;
    uint64_t random;
    uint64_t operations;
    /* 0 while there is no thread to be moved. */
    pid_t tid;
};

/* A structure under stress. Its functions end the process by fail() where something is wrong. */
struct subject {
    const char *name;
    /* Before any thread works. */
    void (*set_up)(uint64_t operations);
    /* Does worker->operations operations. */
    void (*work)(struct worker *worker);
    /* What a further thread, which is moved too, does again and again while workers work, and once more afterwards;
     * or NULL. */
    void (*serve)(void);
    /* Checks, while workers work, that a possible CPU's slot is in no state between two transactions. */
    void (*check_slot)(int cpu, uint64_t *random);
    /* When no thread works any more: checks the result, and frees what set_up() has allocated. */
    void (*finish)(uint64_t operations);
};

extern const struct subject histogram;
extern const struct subject free_list;
extern const struct subject ring_buffer;

/* Says what is wrong, and ends the process: what was found wrong may be what others rely on. */
__attribute__((noreturn, format(printf, 1, 2))) void fail(const char *format, ...);

void *allocate(size_t count, size_t size);

uint64_t next_random(uint64_t *state);

/* The CPU to work on: mostly the one that the thread runs on, at times any possible one. */
int choose_cpu(uint64_t *random);

/* Whether the next operation is to be a vector that is built by hand. */
int chooses_raw_vector(uint64_t *random);

#endif
