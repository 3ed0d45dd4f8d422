/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "opv/engine.h"
#include "test.h"

#define INSTANCES 40
#define ROUNDS 3000

/* Whether every slot has `byte` in all of its `size` bytes. */
static int is_filled(void *base, size_t size, unsigned char byte)
{
    int cpu;
    size_t i;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        const unsigned char *slot;
        if (!opv_cpu_is_possible(cpu))
            continue;
        slot = opv_percpu_slot(base, cpu);
        for (i = 0; i < size; i++) {
            if (slot[i] != byte)
                return 0;
        }
    }
    return 1;
}

static void fill(void *base, size_t size, unsigned char byte)
{
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu))
            memset(opv_percpu_slot(base, cpu), byte, size);
    }
}

static void test_contents(void)
{
    char initial[300];
    char *zeroed = opv_percpu_alloc(sizeof(initial), NULL);
    char *copied;
    memset(initial, 'i', sizeof(initial));
    copied = opv_percpu_alloc(sizeof(initial), initial);
    CHECK(zeroed != NULL && copied != NULL);
    CHECK_EQUAL(0, (uintptr_t)zeroed % OPV_CACHE_ALIGN);
    CHECK_EQUAL(0, (uintptr_t)opv_percpu_slot(copied, opv_cpus_possible() - 1) % OPV_CACHE_ALIGN);
    CHECK(is_filled(zeroed, sizeof(initial), 0));
    CHECK(is_filled(copied, sizeof(initial), 'i'));
    opv_percpu_free(zeroed);
    opv_percpu_free(copied);
    opv_percpu_free(NULL);
}

/* Random sizes come and go; none may ever see another's data, and each begins as zeros. */
static void test_recycling(void)
{
    struct {
        void *base;
        size_t size;
        unsigned char byte;
    } live[INSTANCES] = {{NULL, 0, 0}};
    int round;
    int i;
    for (round = 0; round < ROUNDS; round++) {
        i = (int)(test_random() % INSTANCES);
        if (live[i].base == NULL) {
            live[i].size = 1 + (size_t)(test_random() % 2000);
            live[i].byte = (unsigned char)(1 + test_random() % 255);
            live[i].base = opv_percpu_alloc(live[i].size, NULL);
            CHECK(live[i].base != NULL && is_filled(live[i].base, live[i].size, 0));
            fill(live[i].base, live[i].size, live[i].byte);
        } else {
            CHECK(is_filled(live[i].base, live[i].size, live[i].byte));
            opv_percpu_free(live[i].base);
            live[i].base = NULL;
        }
    }
    for (i = 0; i < INSTANCES; i++)
        opv_percpu_free(live[i].base);
}

/* Freed neighbours become one run again, and what does not fit one arena goes into the next. */
static void test_arenas(void)
{
    size_t half = OPV_PERCPU_STRIDE / 2;
    char *whole = opv_percpu_alloc(OPV_PERCPU_STRIDE, NULL);
    char *first = opv_percpu_alloc(half, NULL);
    char *second = opv_percpu_alloc(half, NULL);
    char *again;
    CHECK(whole != NULL && first != NULL && second != NULL);
    *(char *)opv_percpu_slot(whole, opv_cpus_possible() - 1) = 1;
    opv_percpu_free(whole);
    again = opv_percpu_alloc(OPV_PERCPU_STRIDE, NULL);
    CHECK(again == whole);
    CHECK(is_filled(again, OPV_PERCPU_STRIDE, 0));
    opv_percpu_free(again);
    opv_percpu_free(second);
    opv_percpu_free(first);
    again = opv_percpu_alloc(OPV_PERCPU_STRIDE, NULL);
    CHECK(again != NULL);
    opv_percpu_free(again);
}

static void test_wrong_sizes(void)
{
    errno = 0;
    CHECK(opv_percpu_alloc(0, NULL) == NULL);
    CHECK_EQUAL(EINVAL, errno);
    errno = 0;
    CHECK(opv_percpu_alloc(OPV_PERCPU_STRIDE + 1, NULL) == NULL);
    CHECK_EQUAL(EINVAL, errno);
    errno = 0;
    CHECK(opv_percpu_alloc(SIZE_MAX, NULL) == NULL);
    CHECK_EQUAL(EINVAL, errno);
}

static void use_after_free(void)
{
    uint64_t *base = opv_percpu_alloc(sizeof(*base), NULL);
    opv_percpu_free(base);
    *(volatile uint64_t *)opv_percpu_slot(base, opv_cpus_possible() - 1) += 1;
}

static void free_twice(void)
{
    void *base = opv_percpu_alloc(1, NULL);
    opv_percpu_free(base);
    opv_percpu_free(base);
}

static void free_inside(void)
{
    opv_percpu_free((char *)opv_percpu_alloc(4096, NULL) + OPV_CACHE_ALIGN);
}

static void free_other_memory(void)
{
    int local;
    opv_percpu_free(&local);
}

static void free_slot_of_cpu_1(void)
{
    opv_percpu_free((char *)opv_percpu_alloc(1, NULL) + OPV_PERCPU_STRIDE);
}

/* Runs body in a child, whose stderr is dropped, and returns its wait status. */
static int status_of(void (*body)(void))
{
    int status = -1;
    pid_t child;
    fflush(stdout);
    child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        if (null >= 0)
            dup2(null, STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        body();
        _exit(0);
    }
    if (child > 0)
        waitpid(child, &status, 0);
    return status;
}

static int aborts(void (*body)(void))
{
    int status = status_of(body);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

void test_percpu(void)
{
    test_contents();
    test_recycling();
    test_arenas();
    test_wrong_sizes();
    CHECK_EQUAL(0, status_of(use_after_free));
    CHECK(aborts(free_twice));
    CHECK(aborts(free_inside));
    CHECK(aborts(free_other_memory));
    CHECK(aborts(free_slot_of_cpu_1));
}
