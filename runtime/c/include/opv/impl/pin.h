/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether memory is accessible.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * The kernel is asked, since nothing else knows. From Linux 5.14 on madvise() has an advice that faults pages in for
 * reading or writing and reports what an access would have met. Before, a futex operation serves: one that compares
 * a word reads it, and one that adds 0 to a word writes it atomically, so that no other thread's store is lost; both
 * answer EFAULT where the access faults. mincore() and mlock() answer other questions.
 */
#ifndef OPV_IMPL_PIN_H
#define OPV_IMPL_PIN_H

#include "system.h"

#include "../engine.h"
#include "percpu.h"

#ifdef __cplusplus
extern "C" {
#endif

/* From the kernel's <linux/mman.h>. */
enum opv_populate { OPV_MADV_POPULATE_READ = 22, OPV_MADV_POPULATE_WRITE = 23 };

enum opv_access { OPV_READ = 0, OPV_WRITE = 1 };

/* Neighbouring pages, by the addresses of the first and the last, and which accesses to them are known to work. */
struct opv_pages {
    uintptr_t first;
    uintptr_t last;
    /* Bit 1 << access for each. */
    unsigned accesses;
};

#define OPV_READS_AND_WRITES (1u << OPV_READ | 1u << OPV_WRITE)

/* Results that are remembered for one vector, at most. Of more pages than that, the kernel is asked each time. */
#define OPV_PINNED_MAX 8

/*
 * What is known to be accessible while one vector is pinned. It lives no longer than that: by the next vector any
 * memory may have been unmapped. A check that is remembered here is as good as one that is repeated, because neither
 * says anything about the moment after it.
 */
struct opv_pinned {
    int count;
    struct opv_pages at[OPV_PINNED_MAX];
    /* The vector's operations, in memory that can be read and written. */
    const void *ops;
    size_t bytes;
};

/*
 * The first pages that are known are those of this struct, which is on the thread's stack, and of the operations.
 * Protection goes by the page, and the cells of a generated vector stand on the caller's stack, beside its operations:
 * about most of them no kernel need be asked. They are looked up when the first operand is met that is not the
 * runtime's.
 */
OPV_INLINE void opv_pinned_begin(struct opv_pinned *pinned, const void *ops, size_t bytes)
{
    pinned->count = 0;
    pinned->ops = ops;
    pinned->bytes = bytes;
}

/*
 * A check of one mechanism: whether the pages from address on, a page's start, `bytes` in all, a multiple of the page
 * size, can all be accessed.
 */
typedef int opv_page_check(uintptr_t address, size_t bytes, enum opv_access access);

static int opv_pages_populate(uintptr_t address, size_t bytes, enum opv_access access)
{
    int advice = access == OPV_WRITE ? OPV_MADV_POPULATE_WRITE : OPV_MADV_POPULATE_READ;
    int failed;
    do {
        failed = madvise((void *)address, bytes, advice);
    } while (failed != 0 && errno == EINTR);
    return !failed;
}

/* FUTEX_WAKE_OP's code for: add 0 to the word at the second address, then wake one of its sleepers if it was -1. */
#define OPV_FUTEX_ADD_NOTHING 0x10000fff

/* Reads, or adds 0 to, the word at address. Nobody is woken or moved on purpose; futexes may wake spuriously. */
static int opv_word_is_accessible(uintptr_t address, enum opv_access access)
{
    uint32_t own = 0;
    long result;
    if (access == OPV_WRITE)
        result = syscall(OPV_SYS_FUTEX, &own, OPV_FUTEX_WAKE_OP | OPV_FUTEX_PRIVATE, 0, (void *)0, (void *)address,
            OPV_FUTEX_ADD_NOTHING);
    else
        result = syscall(OPV_SYS_FUTEX, (void *)address, OPV_FUTEX_CMP_REQUEUE | OPV_FUTEX_PRIVATE, 0, (void *)0,
            &own, 0);
    return result >= 0 || errno == EAGAIN;
}

static int opv_pages_futex(uintptr_t address, size_t bytes, enum opv_access access)
{
    size_t page = (size_t)opv_page_size();
    size_t offset;
    for (offset = 0; offset < bytes; offset += page) {
        if (!opv_word_is_accessible(address + offset, access))
            return 0;
    }
    return 1;
}

/*
 * Whether madvise() really checks. Old kernels refuse the advice; emulators have been seen to ignore it and to answer
 * that all is well. So pages of each kind are shown to it.
 */
static int opv_populate_works(void)
{
    size_t page = (size_t)opv_page_size();
    char *pages = (char *)mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uintptr_t writable = (uintptr_t)pages;
    uintptr_t readable = writable + page;
    uintptr_t forbidden = readable + page;
    int works;
    if (pages == (char *)MAP_FAILED)
        return 0;
    works = mprotect(pages + page, page, PROT_READ) == 0 && mprotect(pages + 2 * page, page, PROT_NONE) == 0
        && opv_pages_populate(writable, page, OPV_READ) && opv_pages_populate(writable, page, OPV_WRITE)
        && opv_pages_populate(readable, page, OPV_READ) && !opv_pages_populate(readable, page, OPV_WRITE)
        && !opv_pages_populate(forbidden, page, OPV_READ) && !opv_pages_populate(forbidden, page, OPV_WRITE);
    munmap(pages, 3 * page);
    return works;
}

/* Chosen by the first caller. */
static opv_page_check *opv_pages_check;

static opv_page_check *opv_pages_check_get(void)
{
    opv_page_check *check = __atomic_load_n(&opv_pages_check, __ATOMIC_RELAXED);
    if (__builtin_expect(check == NULL, 0)) {
        opv_page_check *choice = opv_populate_works() ? opv_pages_populate : opv_pages_futex;
        if (__atomic_compare_exchange_n(&opv_pages_check, &check, choice, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
            check = choice;
    }
    return check;
}

/* Whether opv_catch_faults() has been called. */
static int opv_faults_are_caught;

/* Whether len bytes, 1 or more, can be accessed, found out by touching them. In probe.h. */
static int opv_probe(uintptr_t address, size_t len, enum opv_access access);

/* The pages of the len bytes at address: at least one byte, and none behind the end of the address space. */
static struct opv_pages opv_pages_of(uintptr_t address, size_t len, unsigned accesses)
{
    uintptr_t mask = ~((uintptr_t)opv_page_size() - 1);
    struct opv_pages pages;
    pages.first = address & mask;
    pages.last = (address + len - 1) & mask;
    pages.accesses = accesses;
    return pages;
}

static void opv_pinned_add(struct opv_pinned *pinned, struct opv_pages pages)
{
    if (pinned->count < OPV_PINNED_MAX)
        pinned->at[pinned->count++] = pages;
}

static int opv_pinned_has(const struct opv_pinned *pinned, struct opv_pages pages)
{
    int i;
    for (i = 0; i < pinned->count; i++) {
        const struct opv_pages *known = &pinned->at[i];
        if (pages.first >= known->first && pages.last <= known->last && !(pages.accesses & ~known->accesses))
            return 1;
    }
    return 0;
}

static void opv_pinned_add_own(struct opv_pinned *pinned)
{
    opv_pinned_add(pinned, opv_pages_of((uintptr_t)pinned, sizeof(*pinned), OPV_READS_AND_WRITES));
    opv_pinned_add(pinned, opv_pages_of((uintptr_t)pinned->ops, pinned->bytes, OPV_READS_AND_WRITES));
}

/* Asks about pages, and leaves errno alone. */
static __attribute__((noinline)) int opv_pages_ask(struct opv_pages pages, enum opv_access access)
{
    int saved_errno = errno;
    size_t bytes = (size_t)(pages.last - pages.first) + (size_t)opv_page_size();
    int accessible = opv_pages_check_get()(pages.first, bytes, access);
    errno = saved_errno;
    return accessible;
}

/* opv_is_accessible() of memory that is not the runtime's. To touch a page costs less than to remember that it was. */
static int opv_is_accessible_elsewhere(
    struct opv_pinned *pinned, uintptr_t address, size_t len, enum opv_access access)
{
    struct opv_pages pages;
    if (__atomic_load_n(&opv_faults_are_caught, __ATOMIC_RELAXED))
        return opv_probe(address, len, access);
    pages = opv_pages_of(address, len, 1u << access);
    if (pinned->count == 0)
        opv_pinned_add_own(pinned);
    if (opv_pinned_has(pinned, pages))
        return 1;
    if (!opv_pages_ask(pages, access))
        return 0;
    opv_pinned_add(pinned, pages);
    return 1;
}

/* Whether the len bytes at address can be read, or written; remembered in *pinned if so. */
OPV_INLINE int opv_is_accessible(struct opv_pinned *pinned, uintptr_t address, size_t len, enum opv_access access)
{
    uintptr_t last;
    if (len == 0)
        return 1;
    if (__builtin_add_overflow(address, len - 1, &last))
        return 0;
    return opv_percpu_owns(address, len) || opv_is_accessible_elsewhere(pinned, address, len, access);
}

#ifdef __cplusplus
}
#endif

#endif
