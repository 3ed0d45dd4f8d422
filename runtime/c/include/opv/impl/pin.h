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

/* Chosen by the first caller; whoever chooses at the same time chooses the same. */
static opv_page_check *opv_pages_check;

static opv_page_check *opv_pages_check_get(void)
{
    opv_page_check *check = __atomic_load_n(&opv_pages_check, __ATOMIC_RELAXED);
    if (__builtin_expect(check == NULL, 0)) {
        check = opv_populate_works() ? opv_pages_populate : opv_pages_futex;
        __atomic_store_n(&opv_pages_check, check, __ATOMIC_RELAXED);
    }
    return check;
}

/* Whether the len bytes at address can be read, or written. May change errno. */
static int opv_is_accessible(uintptr_t address, size_t len, enum opv_access access)
{
    uintptr_t page = (uintptr_t)opv_page_size();
    uintptr_t last;
    uintptr_t first_page;
    uintptr_t last_page;
    if (len == 0)
        return 1;
    if (__builtin_add_overflow(address, len - 1, &last))
        return 0;
    if (opv_percpu_owns(address, len))
        return 1;
    first_page = address & ~(page - 1);
    last_page = last & ~(page - 1);
    return opv_pages_check_get()(first_page, (size_t)(last_page - first_page + page), access);
}

#ifdef __cplusplus
}
#endif

#endif
