/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per-CPU memory.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * An arena is one mapping of opv_cpus_possible() regions, OPV_PERCPU_STRIDE bytes each. An instance is a run of units
 * at the same place in every region, and its base is that run in the region of CPU 0. Arenas are never unmapped and
 * always readable and writable, so that a use after free reads wrong data and does not crash.
 */
#ifndef OPV_IMPL_PERCPU_H
#define OPV_IMPL_PERCPU_H

#include "system.h"

#include "../engine.h"
#include "exclusion.h"

#ifdef __cplusplus
extern "C" {
#endif

#define OPV_UNITS ((uint32_t)(OPV_PERCPU_STRIDE / OPV_CACHE_ALIGN))
#define OPV_RUN_USED ((uint32_t)1 << 31)

struct opv_arena {
    struct opv_arena *next;
    char *start;
    size_t bytes;
    /* Units from here on were never handed out: they are zero, and no page of theirs need be touched to make it so. */
    uint32_t untouched;
    /* No free run starts below. */
    uint32_t first_free;
    /* At the first unit of a run its length, and OPV_RUN_USED if it is an instance; 0 elsewhere. */
    uint32_t runs[OPV_UNITS];
};

/*
 * An arena for `regions` CPUs, with address space for `before` more in front of it. Returns NULL when memory or address
 * space has run out.
 */
static struct opv_arena *opv_arena_make(size_t regions, size_t before)
{
    struct opv_arena *arena;
    char *map;
    size_t bytes;
    if (__builtin_mul_overflow(regions + before, OPV_PERCPU_STRIDE, &bytes))
        return NULL;
    arena = (struct opv_arena *)opv_map(sizeof(*arena));
    if (arena == NULL)
        return NULL;
    map = (char *)opv_map(bytes);
    if (map == NULL) {
        munmap(arena, sizeof(*arena));
        return NULL;
    }
#ifdef MADV_NOHUGEPAGE
    /* A huge page per CPU for a few words would cost megabytes. Advice only, so that failing is harmless. */
    madvise(map, bytes, MADV_NOHUGEPAGE);
#endif
    arena->start = map + before * OPV_PERCPU_STRIDE;
    arena->bytes = regions * OPV_PERCPU_STRIDE;
    arena->runs[0] = OPV_UNITS;
    return arena;
}

static void opv_arena_publish(struct opv_engine *engine, struct opv_arena *arena)
{
    arena->next = engine->arenas;
    __atomic_store_n(&engine->arenas, arena, __ATOMIC_RELEASE);
}

static struct opv_arena *opv_arena_new(void)
{
    struct opv_arena *arena = opv_arena_make((size_t)opv_cpus_possible(), 0);
    if (arena != NULL)
        opv_arena_publish(opv_the_engine(), arena);
    return arena;
}

/* Whether [address, address + len), which does not wrap around, is memory of the runtime's: always accessible. */
OPV_INLINE int opv_percpu_owns(uintptr_t address, size_t len)
{
    const struct opv_arena *arena = __atomic_load_n(&opv_the_engine()->arenas, __ATOMIC_ACQUIRE);
    for (; arena != NULL; arena = arena->next) {
        size_t offset = address - (uintptr_t)arena->start;
        if (offset < arena->bytes && len <= arena->bytes - offset)
            return 1;
    }
    return 0;
}

/* Makes one run of the free runs that begin at `at`, and returns its length. */
static uint32_t opv_arena_merge(struct opv_arena *arena, uint32_t at)
{
    uint32_t end = at + arena->runs[at];
    while (end < OPV_UNITS && !(arena->runs[end] & OPV_RUN_USED)) {
        uint32_t length = arena->runs[end];
        arena->runs[end] = 0;
        end += length;
    }
    arena->runs[at] = end - at;
    return end - at;
}

/* Takes the first `units` of the free run at `at`. */
static void opv_arena_split(struct opv_arena *arena, uint32_t at, uint32_t units)
{
    uint32_t rest = arena->runs[at] - units;
    arena->runs[at] = units | OPV_RUN_USED;
    if (rest != 0)
        arena->runs[at + units] = rest;
    if (at == arena->first_free)
        arena->first_free = at + units;
}

/* Finds and takes the first free run that is long enough. Returns its first unit, or OPV_UNITS when there is none. */
static uint32_t opv_arena_take(struct opv_arena *arena, uint32_t units)
{
    uint32_t at = arena->first_free;
    while (at < OPV_UNITS) {
        if (arena->runs[at] & OPV_RUN_USED) {
            if (at == arena->first_free)
                arena->first_free += arena->runs[at] & ~OPV_RUN_USED;
            at += arena->runs[at] & ~OPV_RUN_USED;
        } else if (opv_arena_merge(arena, at) >= units) {
            opv_arena_split(arena, at, units);
            return at;
        } else {
            at += arena->runs[at];
        }
    }
    return OPV_UNITS;
}

/*
 * The CPUs' words are the first instance of the first arena, so that they share pages with small instances. Behind each
 * is one that stays closed; see opv_here_words. In front of all is room for the words of CPUs that do not exist, which
 * stay zero.
 */
static void opv_words_make(struct opv_engine *engine)
{
    const uint32_t units = (uint32_t)(2 * sizeof(struct opv_word) / OPV_CACHE_ALIGN);
    struct opv_arena *arena = opv_arena_make((size_t)engine->cpus.count, OPV_WORDS_BEFORE);
    if (arena == NULL)
        opv_die("there is no address space for the CPUs' words");
    opv_arena_split(arena, 0, units);
    arena->untouched = units;
    engine->words = arena->start;
    opv_arena_publish(engine, arena);
}

/* Zeroes what was used before of the run, or copies initial, in every possible CPU's slot. */
static void opv_percpu_fill(char *base, size_t size, const void *initial, size_t used_before)
{
    int cpu;
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        char *slot = (char *)opv_percpu_slot(base, cpu);
        if (!opv_cpu_is_possible(cpu))
            continue;
        if (used_before != 0)
            memset(slot, 0, used_before);
        if (initial != NULL)
            memcpy(slot, initial, size);
    }
}

/* How many bytes of the run [at, at + units) may hold an earlier instance's data. Marks the run as handed out. */
static size_t opv_arena_touch(struct opv_arena *arena, uint32_t at, uint32_t units)
{
    uint32_t end = at + units;
    uint32_t dirty = arena->untouched < end ? arena->untouched : end;
    if (end > arena->untouched)
        arena->untouched = end;
    return dirty > at ? (size_t)(dirty - at) * OPV_CACHE_ALIGN : 0;
}

static char *opv_percpu_take(uint32_t units, size_t *used_before)
{
    struct opv_arena *arena = opv_the_engine()->arenas;
    uint32_t at = OPV_UNITS;
    for (; arena != NULL; arena = arena->next) {
        at = opv_arena_take(arena, units);
        if (at < OPV_UNITS)
            break;
    }
    if (arena == NULL) {
        arena = opv_arena_new();
        if (arena == NULL)
            return NULL;
        at = opv_arena_take(arena, units);
    }
    *used_before = opv_arena_touch(arena, at, units);
    return arena->start + (size_t)at * OPV_CACHE_ALIGN;
}

void *opv_percpu_alloc(size_t size, const void *initial)
{
    int saved_errno = errno;
    size_t used_before = 0;
    uint32_t units;
    char *base;
    if (size == 0 || size > OPV_PERCPU_STRIDE) {
        errno = EINVAL;
        return NULL;
    }
    units = (uint32_t)((size + OPV_CACHE_ALIGN - 1) / OPV_CACHE_ALIGN);
    opv_lock_take(&opv_the_engine()->percpu_lock);
    base = opv_percpu_take(units, &used_before);
    opv_lock_release(&opv_the_engine()->percpu_lock);
    if (base == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    opv_percpu_fill(base, size, initial, used_before);
    errno = saved_errno;
    return base;
}

/* Frees the run that starts at base. Returns 0, or -1 when no instance does. */
static int opv_percpu_release(char *base)
{
    struct opv_arena *arena;
    for (arena = opv_the_engine()->arenas; arena != NULL; arena = arena->next) {
        size_t offset = (uintptr_t)base - (uintptr_t)arena->start;
        uint32_t at = (uint32_t)(offset / OPV_CACHE_ALIGN);
        if (offset >= OPV_PERCPU_STRIDE)
            continue;
        if (offset % OPV_CACHE_ALIGN != 0 || !(arena->runs[at] & OPV_RUN_USED) || base == opv_the_engine()->words)
            return -1;
        arena->runs[at] &= ~OPV_RUN_USED;
        if (at < arena->first_free)
            arena->first_free = at;
        return 0;
    }
    return -1;
}

void opv_percpu_free(void *base)
{
    int released;
    if (base == NULL)
        return;
    opv_exclude_every_cpu();
    opv_lock_take(&opv_the_engine()->percpu_lock);
    released = opv_percpu_release((char *)base);
    opv_lock_release(&opv_the_engine()->percpu_lock);
    if (released != 0) {
        fprintf(stderr, "opv_percpu_free: %p is not an instance of per-CPU memory, or was freed before\n", base);
        abort();
    }
}

#ifdef __cplusplus
}
#endif

#endif
