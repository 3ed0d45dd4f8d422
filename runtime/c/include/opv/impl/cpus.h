/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which CPUs there are, which one this is, and which ones a thread may run on.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_CPUS_H
#define OPV_IMPL_CPUS_H

#include "system.h"

#include "../engine.h"
#include "lock.h"

#ifdef __cplusplus
extern "C" {
#endif

#define OPV_MASK_WORD_BITS (8 * (int)sizeof(unsigned long))

/* The kernel's layout of a CPU mask: CPU k is bit k % OPV_MASK_WORD_BITS of word k / OPV_MASK_WORD_BITS. */
struct opv_cpu_mask {
    unsigned long words[OPV_CPUS_MAX / (8 * sizeof(unsigned long))];
};

static int opv_mask_has(const struct opv_cpu_mask *mask, int cpu)
{
    if (cpu < 0 || cpu >= OPV_CPUS_MAX)
        return 0;
    return (int)(mask->words[cpu / OPV_MASK_WORD_BITS] >> (cpu % OPV_MASK_WORD_BITS) & 1UL);
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

/* Written once under the lock, before `is_known` is set; constant afterwards. */
static struct {
    struct opv_cpu_mask possible;
    int count;
    int first;
    int is_known;
    uint32_t lock;
} opv_cpus_state;

static void opv_cpus_find(void)
{
    struct opv_cpu_mask *possible = &opv_cpus_state.possible;
    if (opv_read_cpu_list("/sys/devices/system/cpu/possible", possible) != 0 || opv_mask_last(possible) < 0) {
        long configured = sysconf(_SC_NPROCESSORS_CONF);
        int last = configured < 1 ? 0 : configured > OPV_CPUS_MAX ? OPV_CPUS_MAX - 1 : (int)configured - 1;
        memset(possible, 0, sizeof(*possible));
        opv_mask_add_range(possible, 0, last);
    }
    opv_cpus_state.count = opv_mask_last(possible) + 1;
    opv_cpus_state.first = opv_mask_first(possible);
}

static __attribute__((noinline)) void opv_cpus_init_slow(void)
{
    int saved_errno = errno;
    opv_lock_take(&opv_cpus_state.lock);
    if (!opv_cpus_state.is_known) {
        opv_cpus_find();
        __atomic_store_n(&opv_cpus_state.is_known, 1, __ATOMIC_RELEASE);
    }
    opv_lock_release(&opv_cpus_state.lock);
    errno = saved_errno;
}

/* Finds the CPUs on the first call, in whichever thread it is. */
static void opv_cpus_init(void)
{
    if (__builtin_expect(!__atomic_load_n(&opv_cpus_state.is_known, __ATOMIC_ACQUIRE), 0))
        opv_cpus_init_slow();
}

int opv_cpus_possible(void)
{
    opv_cpus_init();
    return opv_cpus_state.count;
}

int opv_cpu_is_possible(int cpu)
{
    opv_cpus_init();
    return opv_mask_has(&opv_cpus_state.possible, cpu);
}

/*
 * glibc from 2.35 on registers a restartable-sequences area for every thread, at a fixed offset from the thread
 * pointer, and defines __rseq_offset and __rseq_size. The references are weak so that older and other libraries do,
 * and have names of their own so that they do not collide with <sys/rseq.h>.
 */
extern const ptrdiff_t opv_libc_rseq_offset __asm__("__rseq_offset") __attribute__((weak));
extern const unsigned int opv_libc_rseq_size __asm__("__rseq_size") __attribute__((weak));

/* Offset of cpu_id in the kernel's struct rseq. It is negative as long as the thread is not registered. */
#define OPV_RSEQ_CPU_ID_OFFSET 4

/*
 * The thread pointer, where there is a way to it that every supported compiler knows. Elsewhere NULL: sched_getcpu()
 * answers then, which reads the same area.
 */
static inline char *opv_thread_pointer(void)
{
#if defined(__x86_64__) && defined(__LP64__)
    /* The first word of the thread control block is its own address. Clang before 15 lacks the builtin. */
    char *pointer;
    __asm__("movq %%fs:0, %0" : "=r"(pointer));
    return pointer;
#elif defined(__i386__)
    char *pointer;
    __asm__("movl %%gs:0, %0" : "=r"(pointer));
    return pointer;
#elif defined(__aarch64__) || defined(__s390x__)
    return (char *)__builtin_thread_pointer();
#else
    return NULL;
#endif
}

/* The CPU number in the thread's registered area, or a negative number where there is none. */
static int opv_cpu_from_rseq(void)
{
    char *thread;
    if (&opv_libc_rseq_size == NULL || &opv_libc_rseq_offset == NULL || opv_libc_rseq_size == 0)
        return -1;
    thread = opv_thread_pointer();
    if (thread == NULL)
        return -1;
    /* The kernel writes it whenever it moves the thread. */
    return *(volatile const int32_t *)(thread + opv_libc_rseq_offset + OPV_RSEQ_CPU_ID_OFFSET);
}

/* What the system says, possible CPU or not; negative when it says nothing. */
static int opv_cpu_reported(void)
{
    int cpu = opv_cpu_from_rseq();
    int saved_errno;
    if (__builtin_expect(cpu >= 0, 1))
        return cpu;
    saved_errno = errno;
    cpu = sched_getcpu();
    errno = saved_errno;
    return cpu;
}

int opv_cpu_current(void)
{
    int cpu = opv_cpu_reported();
    return __builtin_expect(opv_cpu_is_possible(cpu), 1) ? cpu : opv_cpus_state.first;
}

/* An offline CPU is in nobody's affinity mask as the kernel reports it, so it must be told from a forbidden one. */
static int opv_cpu_is_offline(int cpu)
{
    struct opv_cpu_mask online;
    return opv_read_cpu_list("/sys/devices/system/cpu/online", &online) == 0 && !opv_mask_has(&online, cpu);
}

/*
 * Whether cpu_opv() may work for the calling thread on cpu, a possible CPU: its affinity mask allows it, or nobody
 * can run there. A thread that is on the CPU may be, which saves the system call. Where the mask cannot be had,
 * nothing is forbidden: exclusion does not depend on it.
 */
static int opv_cpu_is_allowed(int cpu)
{
    struct opv_cpu_mask allowed;
    if (opv_cpu_reported() == cpu)
        return 1;
    memset(&allowed, 0, sizeof(allowed));
    if (syscall(SYS_sched_getaffinity, 0, sizeof(allowed), &allowed) < 0)
        return 1;
    return opv_mask_has(&allowed, cpu) || opv_cpu_is_offline(cpu);
}

#ifdef __cplusplus
}
#endif

#endif
