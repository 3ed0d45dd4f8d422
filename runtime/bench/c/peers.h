/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an expert writes by hand for the same work: restartable sections as librseq's, in which the CPU is read before and
 * compared inside, and which exclude other sections of the kind alone; and a compare-and-swap lock in the slot, inline.
 * Machine code for x86-64.
 */
#ifndef PEERS_H
#define PEERS_H

#include <sched.h>

#include "opv/engine.h"

#define PEER_STARTS OPV_ASM_BEGIN "cmpl %[cpu], %%fs:4(%[rseq])\n\tjne %l[again]\n\t"

/* All of them return whether they have done it; else it has to be begun again on the CPU where the thread is then. */

static inline int peer_add(int cpu, uint64_t *place, uint64_t value)
{
    __asm__ __volatile__ goto(PEER_STARTS "addq %[value], (%[place])\n" OPV_ASM_END(again)
        :
        : [rseq] "r"(opv_places.rseq), [cpu] "r"(cpu), [place] "r"(place), [value] "er"(value)
        : "memory", "cc", "rax"
        : again);
    return 1;
again:
    return 0;
}

static inline int peer_compare_store(int cpu, const void *guard, uint64_t expected, void *place, uint64_t value)
{
    __asm__ __volatile__ goto(PEER_STARTS
        "cmpq %[expected], (%[guard])\n\tjne %l[again]\n\tmovq %[value], (%[place])\n" OPV_ASM_END(again)
        :
        : [rseq] "r"(opv_places.rseq), [cpu] "r"(cpu), [guard] "r"(guard), [expected] "r"(expected), [place] "r"(place),
          [value] "r"(value)
        : "memory", "cc", "rax"
        : again);
    return 1;
again:
    return 0;
}

/* Copies byte by byte, as librseq does. */
static inline int peer_compare_copy_store(int cpu, const void *guard, uint64_t expected, void *dst, const void *src,
    size_t len, void *place, uint64_t value)
{
    struct {
        uint64_t expected;
        uint64_t value;
        uint64_t cpu;
    } const rest = {expected, value, (uint64_t)cpu};
    void *to = dst;
    const void *from = src;
    size_t left = len;
    __asm__ __volatile__ goto(OPV_ASM_BEGIN
        "movl 16(%[rest]), %%eax\n\tcmpl %%eax, %%fs:4(%[rseq])\n\tjne %l[again]\n\t"
        "movq (%[rest]), %%rax\n\tcmpq %%rax, (%[guard])\n\tjne %l[again]\n"
        "5:\tmovb (%%rsi), %%al\n\tmovb %%al, (%%rdi)\n\tincq %%rsi\n\tincq %%rdi\n\tdecq %%rcx\n\tjnz 5b\n\t"
        "movq 8(%[rest]), %%rax\n\tmovq %%rax, (%[place])\n" OPV_ASM_END(again)
        : [to] "+D"(to), [from] "+S"(from), [left] "+c"(left)
        : [rseq] "r"(opv_places.rseq), [guard] "r"(guard), [rest] "r"(&rest), [place] "r"(place)
        : "memory", "cc", "rax"
        : again);
    return 1;
again:
    return 0;
}

/* The first word of a node is the pointer to the next. An empty list is waited for. */
static inline int peer_pop(int cpu, void *place, void *taken)
{
    __asm__ __volatile__ goto(PEER_STARTS
        "movq (%[place]), %%rcx\n\ttestq %%rcx, %%rcx\n\tjz %l[again]\n\tmovq %%rcx, (%[taken])\n\t"
        "movq (%%rcx), %%rcx\n\tmovq %%rcx, (%[place])\n" OPV_ASM_END(again)
        :
        : [rseq] "r"(opv_places.rseq), [cpu] "r"(cpu), [place] "r"(place), [taken] "r"(taken)
        : "memory", "cc", "rax", "rcx"
        : again);
    return 1;
again:
    return 0;
}

static inline uint64_t *peer_lock_at(uint64_t *lock, uintptr_t offset)
{
    return (uint64_t *)((uintptr_t)lock + offset);
}

/*
 * Takes the lock of the CPU that the thread is on.
 *
 * @param lock  that of CPU 0
 * @return the offset of what belongs to the CPU
 */
static inline uintptr_t peer_lock(uint64_t *lock)
{
    for (;;) {
        uintptr_t offset = opv_cpu_offset(opv_section_cpu());
        uint64_t expected = 0;
        if (__builtin_expect(__atomic_compare_exchange_n(peer_lock_at(lock, offset), &expected, 1, 0,
                __ATOMIC_ACQUIRE, __ATOMIC_RELAXED), 1))
            return offset;
        sched_yield();
    }
}

static inline void peer_unlock(uint64_t *lock, uintptr_t offset)
{
    __atomic_store_n(peer_lock_at(lock, offset), 0, __ATOMIC_RELEASE);
}

#endif
