/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What slots cost, and whether they hold what they should: run by pages.sh where the kernel's list of possible CPUs has
 * been replaced by one of thousands.
 */
#define OPV_IMPLEMENTATION
#include "opv/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SLOT_BYTES 200
#define PATTERN 0x7ff0000000000000u

/* Bytes that an instance may take: pages of the blank, of the CPUs that this process runs on, of the stack. */
#define BYTES_MAX (256L * 1024)

struct slot {
    uint64_t word[SLOT_BYTES / sizeof(uint64_t)];
};

static int failures;

static void check(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "pages: FAIL: %s\n", what);
        failures++;
    }
}

static long resident(void)
{
    long whole = 0;
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &whole, &pages) != 2)
        abort();
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

static uint64_t look_at(void *base, int cpu, size_t word)
{
    struct opv_look look = OPV_LOOK_NONE;
    uint64_t value = 0;
    do {
        if (!opv_look_begin(&look, cpu))
            abort();
        value = ((struct slot *)opv_percpu_at(base, look.offset))->word[word];
    } while (!opv_look_holds(&look));
    return value;
}

static int all_hold(void *base, uint64_t value)
{
    int cpu;
    for (cpu = opv_cpu_possible_from(0); cpu >= 0; cpu = opv_cpu_possible_from(cpu + 1)) {
        if (look_at(base, cpu, 0) != value || look_at(base, cpu, SLOT_BYTES / sizeof(uint64_t) - 1) != value)
            return 0;
    }
    return 1;
}

static void use(void *base, int cpu)
{
    check(opv_cpu_lock(cpu) == 0, "a CPU cannot be taken");
    ((struct slot *)opv_percpu_at(base, opv_cpu_offset(cpu)))->word[0] += 1;
    opv_cpu_unlock(cpu);
}

int main(void)
{
    struct slot initial;
    long before = resident();
    long taken;
    void *zeros;
    void *patterned;
    void *again;
    int last = opv_cpus_possible() - 1;
    size_t i;
    for (i = 0; i < sizeof(initial.word) / sizeof(initial.word[0]); i++)
        initial.word[i] = PATTERN;
    zeros = opv_percpu_alloc(sizeof(initial), NULL);
    patterned = opv_percpu_alloc(sizeof(initial), &initial);
    check(zeros != NULL && patterned != NULL, "there is no memory");
    check(all_hold(zeros, 0) && all_hold(patterned, PATTERN), "a slot does not begin as it should");
    use(patterned, 0);
    use(zeros, 0);
    check(look_at(zeros, 0, 0) == 1 && look_at(patterned, 0, 0) == PATTERN + 1, "a slot lacks what was added");
    check(look_at(patterned, 0, 1) == PATTERN && look_at(patterned, last, 0) == PATTERN, "a slot lacks what it began with");
    opv_percpu_free(patterned);
    opv_percpu_free(zeros);
    /* Used CPUs get it at once, the others when they are used. */
    again = opv_percpu_alloc(sizeof(initial), NULL);
    patterned = opv_percpu_alloc(sizeof(initial), &initial);
    check(all_hold(again, 0) && all_hold(patterned, PATTERN), "recycled memory does not begin as it should");
    use(patterned, last);
    check(look_at(patterned, last, 0) == PATTERN + 1, "a CPU that is used later lacks what its slot began with");
    check(((struct slot *)opv_percpu_slot(patterned, last / 2))->word[3] == PATTERN, "a slot that is asked for is empty");
    opv_percpu_free(patterned);
    opv_percpu_free(again);
    taken = resident() - before;
    printf("pages: %ld KiB for instances on %d possible CPUs, of which three were used\n", taken / 1024, last + 1);
    check(taken <= BYTES_MAX, "CPUs that nobody used take memory");
    return failures != 0;
}
