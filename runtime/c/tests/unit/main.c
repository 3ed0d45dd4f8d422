/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "test.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

unsigned long test_checks;
unsigned long test_failures;
static uint64_t random_state;

/* xorshift64*; the state is never 0. */
uint64_t test_random(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545F4914F6CDD1Du;
}

static void seed_random(void)
{
    const char *given = getenv("TEST_SEED");
    if (given != NULL)
        random_state = strtoull(given, NULL, 0);
    else if (getrandom(&random_state, sizeof(random_state), 0) != (ssize_t)sizeof(random_state))
        random_state = (uint64_t)getpid();
    if (random_state == 0)
        random_state = 1;
    printf("TEST_SEED=0x%llx\n", (unsigned long long)random_state);
}

size_t test_page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

char *test_map(size_t pages)
{
    void *memory =
        mmap(NULL, pages * test_page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    return memory;
}

int main(void)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } tests[] = {
        {"vector layout", test_vector_layout},
        {"setters", test_setters},
        {"typed access and copies", test_access},
        {"vectors", test_vectors},
        {"affinity", test_affinity},
        {"pin", test_pin},
        {"caught faults", test_caught_faults},
        {"per-CPU memory", test_percpu},
        {"transactions here", test_here},
        {"CPU lists", test_cpu_lists},
        {"CPUs", test_cpus},
        {"page checks", test_page_checks},
        {"owned memory", test_owned_memory},
        {"questions to the kernel", test_questions},
    };
    size_t i;
    seed_random();
    for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        unsigned long before = test_failures;
        tests[i].run();
        printf("%s: %s\n", tests[i].name, test_failures == before ? "ok" : "FAILED");
    }
    printf("%lu checks, %lu failed\n", test_checks, test_failures);
    return test_failures != 0;
}
