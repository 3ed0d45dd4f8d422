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
#include <sched.h>
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
