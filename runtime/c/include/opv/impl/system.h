/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the implementation needs of the kernel, with numbers of its own where old or small header sets lack them.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 */
#ifndef OPV_IMPL_SYSTEM_H
#define OPV_IMPL_SYSTEM_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* In a GNU dialect libc declares the first two by default, the last one for _GNU_SOURCE alone. */
#if !defined(MAP_ANONYMOUS) || !defined(MAP_NORESERVE) || !defined(CPU_SETSIZE)
#error "define OPV_IMPLEMENTATION, or _GNU_SOURCE, above every include of the source file"
#endif

/* From the kernel's <linux/futex.h>. */
enum opv_futex {
    OPV_FUTEX_WAIT = 0,
    OPV_FUTEX_WAKE = 1,
    OPV_FUTEX_CMP_REQUEUE = 4,
    OPV_FUTEX_WAKE_OP = 5,
    OPV_FUTEX_PRIVATE = 128
};

/* 32-bit machines that were born with 64-bit time have the second name only. No call here passes a time. */
#ifdef SYS_futex
#define OPV_SYS_FUTEX SYS_futex
#else
#define OPV_SYS_FUTEX SYS_futex_time64
#endif

/* From the kernel's <linux/membarrier.h>; the first two are there from Linux 4.14 on, the others from 5.10 on. */
enum opv_membarrier {
    OPV_MEMBARRIER_PRIVATE_EXPEDITED = 1 << 3,
    OPV_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED = 1 << 4,
    OPV_MEMBARRIER_PRIVATE_EXPEDITED_RSEQ = 1 << 7,
    OPV_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED_RSEQ = 1 << 8,
    OPV_MEMBARRIER_FLAG_CPU = 1 << 0
};

static inline long opv_membarrier(int command, unsigned flags, int cpu)
{
#ifdef SYS_membarrier
    return syscall(SYS_membarrier, command, flags, cpu);
#else
    (void)command;
    (void)flags;
    (void)cpu;
    errno = ENOSYS;
    return -1;
#endif
}

/*
 * Makes every thread of the process that runs pass a full memory barrier, while this one waits. The process is
 * registered for it where it is not yet. Returns whether that has happened.
 */
static inline int opv_membarrier_all(void)
{
    if (opv_membarrier(OPV_MEMBARRIER_PRIVATE_EXPEDITED, 0, 0) == 0)
        return 1;
    return errno == EPERM && opv_membarrier(OPV_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0
        && opv_membarrier(OPV_MEMBARRIER_PRIVATE_EXPEDITED, 0, 0) == 0;
}

/* Registers the process for opv_membarrier_sections(). Returns whether the kernel has it. */
static inline int opv_membarrier_sections_register(void)
{
    return opv_membarrier(OPV_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED_RSEQ, 0, 0) == 0
        && opv_membarrier(OPV_MEMBARRIER_PRIVATE_EXPEDITED_RSEQ, OPV_MEMBARRIER_FLAG_CPU, 0) == 0;
}

/*
 * Makes the thread of the process that runs on a CPU, if there is one, pass a full memory barrier, and stops the
 * section that it is in: what it has not done by now it will not do. A thread that does not run has passed and stopped.
 */
static inline void opv_membarrier_sections(int cpu)
{
    if (opv_membarrier(OPV_MEMBARRIER_PRIVATE_EXPEDITED_RSEQ, OPV_MEMBARRIER_FLAG_CPU, cpu) != 0) {
        fprintf(stderr, "opv: membarrier() failed for CPU %d, and did not when the process began\n", cpu);
        abort();
    }
}

/* Bytes of the kernel's set of signals. */
#define OPV_SIGNALS_SIZE 8

/* Blocks all signals for the thread; returns those that were blocked, for opv_signals_restore(). */
static inline uint64_t opv_signals_block(void)
{
    const uint64_t all = UINT64_MAX;
    uint64_t before = 0;
    syscall(SYS_rt_sigprocmask, SIG_BLOCK, &all, &before, OPV_SIGNALS_SIZE);
    return before;
}

static inline void opv_signals_restore(uint64_t before)
{
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, OPV_SIGNALS_SIZE);
}

/* Asked for several times an operand, so that a call of libc for each would show. 0 until it is known. */
static long opv_known_page_size;

static inline long opv_page_size(void)
{
    long size = __atomic_load_n(&opv_known_page_size, __ATOMIC_RELAXED);
    if (__builtin_expect(size == 0, 0)) {
        size = sysconf(_SC_PAGESIZE);
        __atomic_store_n(&opv_known_page_size, size, __ATOMIC_RELAXED);
    }
    return size;
}

#endif
