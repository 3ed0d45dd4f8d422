/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a thread's area of restartable sequences is.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * glibc from 2.35 on registers an area for every thread, at a fixed offset from the thread pointer, and defines
 * __rseq_offset and __rseq_size. The references are weak so that older and other libraries do, and have names of their
 * own so that they do not collide with <sys/rseq.h>.
 */
#ifndef OPV_IMPL_AREA_H
#define OPV_IMPL_AREA_H

#include "system.h"

#include "../section.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const ptrdiff_t opv_libc_rseq_offset __asm__("__rseq_offset") __attribute__((weak));
extern const unsigned int opv_libc_rseq_size __asm__("__rseq_size") __attribute__((weak));

/* The part of the kernel's struct rseq that has always been there. */
struct opv_area {
    uint32_t cpu_id_start;
    /* Negative as long as the thread is not registered. The kernel writes it whenever it moves the thread. */
    int32_t cpu_id;
    uint64_t section;
    uint32_t flags;
} __attribute__((aligned(32)));

#define OPV_AREA_NOWHERE (-1)

#if OPV_SECTIONS
/* What sections read where libc registers nothing: a thread that is nowhere. It is never registered. */
static __thread struct opv_area opv_area_of_nobody
    __attribute__((tls_model("initial-exec"))) = {0, OPV_AREA_NOWHERE, 0, 0};
#endif

static inline int opv_libc_has_area(void)
{
    return &opv_libc_rseq_size != NULL && &opv_libc_rseq_offset != NULL && opv_libc_rseq_size != 0;
}

/* Offset of a thread's area from its thread pointer, for sections. */
static ptrdiff_t opv_area_offset(void)
{
    if (opv_libc_has_area())
        return opv_libc_rseq_offset;
#if OPV_SECTIONS
    return (ptrdiff_t)((uintptr_t)&opv_area_of_nobody - opv_thread_self());
#else
    return 0;
#endif
}

/* Whether opv_thread_self() is the thread pointer that libc's offset counts from. */
#if (defined(__x86_64__) && defined(__LP64__)) || defined(__i386__) || defined(__aarch64__) || defined(__s390x__)
#define OPV_HAS_THREAD_POINTER 1
#else
#define OPV_HAS_THREAD_POINTER 0
#endif

/* The CPU number in the thread's registered area, or a negative number where there is none. */
OPV_INLINE int opv_cpu_from_area(void)
{
#if OPV_HAS_THREAD_POINTER
    if (opv_libc_has_area()) {
        const volatile struct opv_area *area =
            (const volatile struct opv_area *)(opv_thread_self() + (uintptr_t)opv_libc_rseq_offset);
        return area->cpu_id;
    }
#endif
    return OPV_AREA_NOWHERE;
}

#ifdef __cplusplus
}
#endif

#endif
