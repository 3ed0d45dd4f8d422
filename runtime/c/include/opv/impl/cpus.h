/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which CPUs there are.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_CPUS_H
#define OPV_IMPL_CPUS_H

#include "system.h"

#include "../engine.h"

#ifdef __cplusplus
extern "C" {
#endif

#define OPV_MASK_WORD_BITS (8 * (int)sizeof(unsigned long))

/* The kernel's layout of a CPU mask: CPU k is bit k % OPV_MASK_WORD_BITS of word k / OPV_MASK_WORD_BITS. */
struct opv_cpu_mask {
    unsigned long words[OPV_CPUS_MAX / (8 * sizeof(unsigned long))];
};

OPV_INLINE int opv_mask_has(const struct opv_cpu_mask *mask, int cpu)
{
    if (cpu < 0 || cpu >= OPV_CPUS_MAX)
        return 0;
    return (int)(__atomic_load_n(&mask->words[cpu / OPV_MASK_WORD_BITS], __ATOMIC_RELAXED) >> (cpu % OPV_MASK_WORD_BITS) & 1UL);
}

static void opv_mask_add_atomically(struct opv_cpu_mask *mask, int cpu)
{
    __atomic_fetch_or(&mask->words[cpu / OPV_MASK_WORD_BITS], 1UL << (cpu % OPV_MASK_WORD_BITS), __ATOMIC_RELAXED);
}

static void opv_mask_add_range(struct opv_cpu_mask *mask, int first, int last)
{
    int cpu;
    for (cpu = first; cpu <= last && cpu < OPV_CPUS_MAX; cpu++)
        mask->words[cpu / OPV_MASK_WORD_BITS] |= 1UL << (cpu % OPV_MASK_WORD_BITS);
}

/* The highest CPU of the mask, or -1. */
static int opv_mask_last(const struct opv_cpu_mask *mask)
{
    int cpu = OPV_CPUS_MAX - 1;
    while (cpu >= 0 && !opv_mask_has(mask, cpu))
        cpu--;
    return cpu;
}

/* The lowest CPU of the mask, which is not empty. */
static int opv_mask_first(const struct opv_cpu_mask *mask)
{
    int cpu = 0;
    while (!opv_mask_has(mask, cpu))
        cpu++;
    return cpu;
}

/* Numbers above it are cut down to it: they are no CPUs of ours, and int holds them. */
#define OPV_CPU_NUMBER_CAP (1 << 20)

/* Parses a decimal number and moves *text behind it. Returns -1 where there is none. */
static int opv_parse_number(const char **text)
{
    int value = -1;
    for (; **text >= '0' && **text <= '9'; ++*text) {
        value = (value < 0 ? 0 : value) * 10 + (**text - '0');
        if (value > OPV_CPU_NUMBER_CAP)
            value = OPV_CPU_NUMBER_CAP;
    }
    return value;
}

/*
 * Parses the kernel's list format, "0-3,5,8-11" and a newline, into *mask. Returns 0, or -1 when text is anything
 * else. An empty list is one: no CPU is offline on most machines.
 */
static int opv_parse_cpu_list(const char *text, struct opv_cpu_mask *mask)
{
    memset(mask, 0, sizeof(*mask));
    if (*text == '\n' || *text == '\0')
        return 0;
    for (;;) {
        int first = opv_parse_number(&text);
        int last = first;
        if (first < 0)
            return -1;
        if (*text == '-') {
            text++;
            last = opv_parse_number(&text);
            if (last < first)
                return -1;
        }
        opv_mask_add_range(mask, first, last);
        if (*text == '\0' || *text == '\n')
            return 0;
        if (*text++ != ',')
            return -1;
    }
}

/* Such a list is at most one page of the usual size. One that does not fit is not believed. */
#define OPV_CPU_LIST_MAX 4096

/* Reads all of fd into text, which has room for OPV_CPU_LIST_MAX bytes. Returns 0, or -1. */
static int opv_read_text(int fd, char *text)
{
    size_t used = 0;
    for (;;) {
        long got = syscall(SYS_read, fd, text + used, OPV_CPU_LIST_MAX - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || used + (size_t)got >= OPV_CPU_LIST_MAX)
            return -1;
        if (got == 0)
            break;
        used += (size_t)got;
    }
    text[used] = '\0';
    return 0;
}

/*
 * Reads and parses one of the files of /sys/devices/system/cpu. Returns 0, or -1 when it cannot be used. The system
 * calls are made directly because libc's functions are cancellation points: a thread that is cancelled here would
 * leave a lock taken.
 */
static int opv_read_cpu_list(const char *path, struct opv_cpu_mask *mask)
{
    char text[OPV_CPU_LIST_MAX];
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    int failed;
    if (fd < 0)
        return -1;
    failed = opv_read_text(fd, text);
    syscall(SYS_close, fd);
    return failed != 0 ? -1 : opv_parse_cpu_list(text, mask);
}

/* The CPUs that the kernel can ever bring online. */
struct opv_cpus {
    struct opv_cpu_mask possible;
    /* The highest of them, and 1. */
    int count;
    /* The lowest of them. */
    int first;
};

/*
 * An upper bound of their number, without /sys: the kernel answers as many bytes of a mask as it has CPU numbers for,
 * whatever the mask says. sysconf() follows the mask in some of libc's versions.
 */
static int opv_cpus_bound(void)
{
    struct opv_cpu_mask mask;
    long bytes = syscall(SYS_sched_getaffinity, 0, sizeof(mask), &mask);
    long configured = sysconf(_SC_NPROCESSORS_CONF);
    long bound = bytes > 0 ? 8 * bytes : 0;
    if (bound < configured)
        bound = configured;
    return bound < 1 ? 1 : bound > OPV_CPUS_MAX ? OPV_CPUS_MAX : (int)bound;
}

/* Finds them; `path` names the kernel's list. */
static void opv_cpus_find(struct opv_cpus *cpus, const char *path)
{
    struct opv_cpu_mask *possible = &cpus->possible;
    if (opv_read_cpu_list(path, possible) != 0 || opv_mask_last(possible) < 0) {
        memset(possible, 0, sizeof(*possible));
        opv_mask_add_range(possible, 0, opv_cpus_bound() - 1);
    }
    cpus->count = opv_mask_last(possible) + 1;
    cpus->first = opv_mask_first(possible);
}

#ifdef __cplusplus
}
#endif

#endif
