/* SPDX-License-Identifier: Apache-2.0 */
/* The unit tests' few tools. */
#ifndef OPV_TESTS_TEST_H
#define OPV_TESTS_TEST_H

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

extern unsigned long test_checks;
extern unsigned long test_failures;

/* Counts a check, and prints its place and what it says when it does not hold. */
#define CHECK(condition)                                                       \
    do {                                                                       \
        test_checks++;                                                         \
        if (!(condition)) {                                                    \
            test_failures++;                                                   \
            printf("%s:%d: FAIL: %s\n", __FILE__, __LINE__, #condition);       \
        }                                                                      \
    } while (0)

/* The same for two integers, which are printed. */
#define CHECK_EQUAL(expected, actual)                                                                           \
    do {                                                                                                        \
        long long expected_ = (long long)(expected);                                                            \
        long long actual_ = (long long)(actual);                                                                \
        test_checks++;                                                                                          \
        if (expected_ != actual_) {                                                                             \
            test_failures++;                                                                                    \
            printf("%s:%d: FAIL: %s: expected %lld, actual %lld\n", __FILE__, __LINE__, #actual, expected_, actual_); \
        }                                                                                                       \
    } while (0)

/* Random bits; the seed is printed once and can be given again in the environment as TEST_SEED. */
uint64_t test_random(void);

/* `pages` pages of readable and writable memory that nobody has touched. */
char *test_map(size_t pages);
size_t test_page_size(void);

void test_vector_layout(void);
void test_setters(void);
void test_access(void);
void test_vectors(void);
void test_affinity(void);
void test_pin(void);
void test_caught_faults(void);
void test_percpu(void);
void test_here(void);
void test_cpu_lists(void);
void test_cpus(void);
void test_page_checks(void);
void test_owned_memory(void);
void test_questions(void);

#endif
