/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Whole transactions in one section, on the CPU that the thread is on: without a look at where that is before, and with
 * nothing to prepare. A place is named by its address in the slot of CPU 0: &((struct counters *)base)->count.
 *
 * Who may wait, signal handlers and memory order are as in attempt.h. Where there are no sections, the CPU is entered.
 *
 * All return -EDEADLK, having done nothing, where they interrupt a holder of the CPU.
 */
#ifndef OPV_HERE_H
#define OPV_HERE_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "access.h"
#include "enter.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The same place on the CPU that is held. */
static inline void *opv_here_at(const void *place, struct opv_held held)
{
    return (void *)((uintptr_t)place + held.offset);
}

/** What a transaction returns that has found its guard not to hold, or its list empty. */
#define OPV_HERE_DIFFERS 1

/**
 * What opv_here_try_…() returns that has done nothing: somebody holds the CPU, there are no sections, or generated
 * functions have the vector form. The rest is the caller's.
 */
#define OPV_HERE_BUSY INT_MIN

#if OPV_SECTIONS
#define OPV_HERE_SECTION(done) return __builtin_expect(done, 1) ? 0 : OPV_HERE_BUSY;
#else
#define OPV_HERE_SECTION(done) return OPV_HERE_BUSY;
#endif

/** The rest of a transaction that has been tried. */
#define OPV_HERE_REST(tried, held)                                                                                    \
    int result = tried;                                                                                               \
    return __builtin_expect(result != OPV_HERE_BUSY, 1) ? result : held;

#define OPV_DEFINE_HERE(bits)                                                                                         \
    static __attribute__((noinline, unused)) int opv_here_add_held_u##bits(void *place, uint##bits##_t value)         \
    {                                                                                                                 \
        struct opv_held held = opv_cpu_enter();                                                                       \
        if (held.error != 0)                                                                                          \
            return held.error;                                                                                        \
        place = opv_here_at(place, held);                                                                             \
        opv_store_u##bits(place, (uint##bits##_t)(opv_load_u##bits(place) + value));                                  \
        opv_cpu_leave(held);                                                                                          \
        return 0;                                                                                                     \
    }                                                                                                                 \
                                                                                                                      \
    static __attribute__((noinline, unused)) int opv_here_store_held_u##bits(void *place, uint##bits##_t value)       \
    {                                                                                                                 \
        struct opv_held held = opv_cpu_enter();                                                                       \
        if (held.error != 0)                                                                                          \
            return held.error;                                                                                        \
        opv_store_u##bits(opv_here_at(place, held), value);                                                           \
        opv_cpu_leave(held);                                                                                          \
        return 0;                                                                                                     \
    }                                                                                                                 \
                                                                                                                      \
    OPV_INLINE int opv_here_try_add_u##bits(void *place, uint##bits##_t value)                                        \
    {                                                                                                                 \
        (void)place;                                                                                                  \
        (void)value;                                                                                                  \
        OPV_HERE_SECTION(opv_section_add_u##bits(place, value))                                                       \
    }                                                                                                                 \
                                                                                                                      \
    OPV_INLINE int opv_here_add_u##bits(void *place, uint##bits##_t value)                                            \
    {                                                                                                                 \
        OPV_HERE_REST(opv_here_try_add_u##bits(place, value), opv_here_add_held_u##bits(place, value))                \
    }                                                                                                                 \
                                                                                                                      \
    OPV_INLINE int opv_here_try_store_u##bits(void *place, uint##bits##_t value)                                      \
    {                                                                                                                 \
        (void)place;                                                                                                  \
        (void)value;                                                                                                  \
        OPV_HERE_SECTION(opv_section_store_u##bits(place, value))                                                     \
    }                                                                                                                 \
                                                                                                                      \
    OPV_INLINE int opv_here_store_u##bits(void *place, uint##bits##_t value)                                          \
    {                                                                                                                 \
        OPV_HERE_REST(opv_here_try_store_u##bits(place, value), opv_here_store_held_u##bits(place, value))            \
    }

/**
 * opv_here_add_uN(place, value) adds; opv_here_store_uN(place, value) stores. Both return 0. opv_here_try_add_uN() and
 * opv_here_try_store_uN() do so, and return 0, or do nothing, and return OPV_HERE_BUSY.
 */
OPV_DEFINE_HERE(8)
OPV_DEFINE_HERE(16)
OPV_DEFINE_HERE(32)
OPV_DEFINE_HERE(64)

/* The same for a uintptr_t. */
#if __SIZEOF_POINTER__ >= 8
#define OPV_HERE_UPTR(function, place, value) function##64(place, value)
#else
#define OPV_HERE_UPTR(function, place, value) function##32(place, value)
#endif

#define OPV_DEFINE_HERE_UPTR(function)                                                                                \
    OPV_INLINE int function##ptr(void *place, uintptr_t value)                                                        \
    {                                                                                                                 \
        return OPV_HERE_UPTR(function, place, value);                                                                 \
    }

OPV_DEFINE_HERE_UPTR(opv_here_add_u)
OPV_DEFINE_HERE_UPTR(opv_here_store_u)
OPV_DEFINE_HERE_UPTR(opv_here_try_add_u)
OPV_DEFINE_HERE_UPTR(opv_here_try_store_u)

#if OPV_SECTIONS
#define OPV_HERE_END(section)                                                                                         \
    enum opv_section_end end = section;                                                                               \
    if (__builtin_expect(end != OPV_SECTION_BUSY, 1))                                                                 \
        return end == OPV_SECTION_DONE ? 0 : OPV_HERE_DIFFERS;                                                        \
    return OPV_HERE_BUSY;
#else
#define OPV_HERE_END(section) return OPV_HERE_BUSY;
#endif

#define OPV_DEFINE_COMPARE_STORE_HELD(suffix, type)                                                                   \
    static __attribute__((noinline, unused)) int opv_here_compare_store_held_##suffix(                                \
        const void *guard, type expected, void *place, type value)                                                    \
    {                                                                                                                 \
        struct opv_held held = opv_cpu_enter();                                                                       \
        int result = held.error;                                                                                      \
        if (result != 0)                                                                                              \
            return result;                                                                                            \
        if (opv_load_##suffix(opv_here_at(guard, held)) == expected)                                                  \
            opv_store_##suffix(opv_here_at(place, held), value);                                                      \
        else                                                                                                          \
            result = OPV_HERE_DIFFERS;                                                                                \
        opv_cpu_leave(held);                                                                                          \
        return result;                                                                                                \
    }

OPV_DEFINE_COMPARE_STORE_HELD(u64, uint64_t)

/** opv_here_compare_store_u64(), or OPV_HERE_BUSY, and nothing has been done. */
OPV_INLINE int opv_here_try_compare_store_u64(const void *guard, uint64_t expected, void *place, uint64_t value)
{
    (void)guard;
    (void)expected;
    (void)place;
    (void)value;
    OPV_HERE_END(opv_section_compare_store_u64(guard, expected, place, value))
}

/** Stores value at place if what is at guard is `expected`. Returns 0, or OPV_HERE_DIFFERS. */
OPV_INLINE int opv_here_compare_store_u64(const void *guard, uint64_t expected, void *place, uint64_t value)
{
    OPV_HERE_REST(opv_here_try_compare_store_u64(guard, expected, place, value),
        opv_here_compare_store_held_u64(guard, expected, place, value))
}

/* The same for two uintptr_t. */
#if __SIZEOF_POINTER__ >= 8
OPV_INLINE int opv_here_try_compare_store_uptr(const void *guard, uintptr_t expected, void *place, uintptr_t value)
{
    return opv_here_try_compare_store_u64(guard, expected, place, value);
}

OPV_INLINE int opv_here_compare_store_uptr(const void *guard, uintptr_t expected, void *place, uintptr_t value)
{
    return opv_here_compare_store_u64(guard, expected, place, value);
}
#else
OPV_DEFINE_COMPARE_STORE_HELD(uptr, uintptr_t)

OPV_INLINE int opv_here_try_compare_store_uptr(const void *guard, uintptr_t expected, void *place, uintptr_t value)
{
    (void)guard;
    (void)expected;
    (void)place;
    (void)value;
    return OPV_HERE_BUSY;
}

OPV_INLINE int opv_here_compare_store_uptr(const void *guard, uintptr_t expected, void *place, uintptr_t value)
{
    return opv_here_compare_store_held_uptr(guard, expected, place, value);
}
#endif

static __attribute__((noinline, unused)) int opv_here_pop_held(void *place, size_t next, void **taken)
{
    struct opv_held held = opv_cpu_enter();
    int result = held.error;
    char *head;
    if (result != 0)
        return result;
    place = opv_here_at(place, held);
    head = (char *)opv_load_pointer(place);
    if (head == NULL) {
        result = OPV_HERE_DIFFERS;
    } else {
        opv_store_uptr(place, opv_load_uptr(head + next));
        *taken = head;
    }
    opv_cpu_leave(held);
    return result;
}

/** opv_here_pop(), or OPV_HERE_BUSY, and nothing has been done. */
OPV_INLINE int opv_here_try_pop(void *place, size_t next, void **taken)
{
    (void)place;
    (void)next;
    (void)taken;
    OPV_HERE_END(opv_section_pop(place, next, taken))
}

/**
 * Takes the first node off the list whose head is at place.
 *
 * @param next   offset in a node of the pointer to the next
 * @param taken  receives the node
 * @return 0; or OPV_HERE_DIFFERS where the list is empty, and *taken is left alone
 */
OPV_INLINE int opv_here_pop(void *place, size_t next, void **taken)
{
    OPV_HERE_REST(opv_here_try_pop(place, next, taken), opv_here_pop_held(place, next, taken))
}

#ifdef __cplusplus
}
#endif

#endif
