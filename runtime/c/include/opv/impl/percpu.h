/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per-CPU memory.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * An arena is one mapping of opv_cpus_possible() regions and one more, OPV_PERCPU_STRIDE bytes each. An instance is a run
 * of units at the same place in every region, and its base is that run in the region of CPU 0. Arenas are never unmapped
 * and always readable and writable, so that a use after free reads wrong data and does not crash.
 *
 * The last region is the blank: of no CPU, it holds what the slots of each instance begin with. A CPU that is used for the
 * first time gets from there, before its word is opened, all that is not zero; instances that come later are written to
 * the CPUs that are used by then. Each slot is written once, by one of the two: both are done under percpu_lock. Until then
 * a CPU's memory is as the kernel has handed it out, and takes none; and looks read the blank.
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
#define OPV_RUN_PATTERNED ((uint32_t)1 << 30)
#define OPV_RUN_UNITS (OPV_RUN_PATTERNED - 1)

struct opv_arena {
    struct opv_arena *next;
    char *start;
    size_t bytes;
    /* Units from here on were never handed out: they are zero, and no page of theirs need be touched to make it so. */
    uint32_t untouched;
    /* No free run starts below. */
    uint32_t first_free;
    /*
     * At the first unit of a run its length, and OPV_RUN_USED if it is an instance, and OPV_RUN_PATTERNED if that does not
     * begin as zero; 0 elsewhere.
     */
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
    struct opv_arena *arena = opv_arena_make((size_t)opv_cpus_possible() + 1, 0);
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
                arena->first_free += arena->runs[at] & OPV_RUN_UNITS;
            at += arena->runs[at] & OPV_RUN_UNITS;
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
    struct opv_arena *arena = opv_arena_make((size_t)engine->cpus.count + 1, OPV_WORDS_BEFORE);
    if (arena == NULL)
        opv_die("there is no address space for the CPUs' words");
    opv_arena_split(arena, 0, units);
    arena->untouched = units;
    engine->words = arena->start;
    /* Looks read it, and nobody takes it. */
    ((struct opv_word *)(void *)(engine->words + opv_cpu_offset(engine->cpus.count)))->state = OPV_WORD_STEP | OPV_WORD_FREE;
    opv_arena_publish(engine, arena);
}

/* Where the slot of an instance is in the blank. */
static char *opv_percpu_blank_slot(void *base)
{
    return (char *)opv_percpu_at(base, opv_cpu_offset(opv_cpus_possible()));
}

/* The run of an instance, and in *in the arena where it is; NULL when base is none. */
static uint32_t *opv_percpu_run(const char *base, struct opv_arena **in)
{
    struct opv_arena *arena;
    for (arena = opv_the_engine()->arenas; arena != NULL; arena = arena->next) {
        size_t offset = (uintptr_t)base - (uintptr_t)arena->start;
        uint32_t *run;
        if (offset >= OPV_PERCPU_STRIDE)
            continue;
        run = &arena->runs[offset / OPV_CACHE_ALIGN];
        if (offset % OPV_CACHE_ALIGN != 0 || !(*run & OPV_RUN_USED) || base == opv_the_engine()->words)
            return NULL;
        *in = arena;
        return run;
    }
    return NULL;
}

static int opv_is_zero(const char *bytes, size_t size)
{
    size_t at;
    for (at = 0; at < size; at += sizeof(uint64_t)) {
        if (*(const uint64_t *)(const void *)(bytes + at) != 0)
            return 0;
    }
    return 1;
}

static void opv_percpu_copy_blank(char *base, int cpu, uint32_t units)
{
    memcpy(opv_percpu_at(base, opv_cpu_offset(cpu)), opv_percpu_blank_slot(base), (size_t)units * OPV_CACHE_ALIGN);
}

static void opv_percpu_begin_slots(void *base, size_t used_before, int may_be_patterned)
{
    struct opv_engine *engine = opv_the_engine();
    uint64_t signals = opv_percpu_lock(engine);
    struct opv_arena *arena;
    uint32_t *run;
    int cpu;
    run = opv_percpu_run((const char *)base, &arena);
    if (run != NULL) {
        uint32_t units = *run & OPV_RUN_UNITS;
        int patterned = may_be_patterned && !opv_is_zero(opv_percpu_blank_slot(base), (size_t)units * OPV_CACHE_ALIGN);
        if (patterned)
            *run |= OPV_RUN_PATTERNED;
        for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
            if (!opv_mask_has(&engine->used, cpu))
                continue;
            if (used_before != 0)
                memset(opv_percpu_at(base, opv_cpu_offset(cpu)), 0, used_before);
            if (patterned)
                opv_percpu_copy_blank((char *)base, cpu, units);
        }
    }
    opv_percpu_unlock(engine, signals);
}

void opv_percpu_begin(void *base, size_t used_before)
{
    opv_percpu_begin_slots(base, used_before, 1);
}

/* Has the slots of a CPU hold what they begin with. Under percpu_lock. */
static void opv_percpu_begin_cpu(struct opv_engine *engine, int cpu)
{
    struct opv_arena *arena;
    uint32_t at;
    for (arena = engine->arenas; arena != NULL; arena = arena->next) {
        for (at = 0; at < arena->untouched; at += arena->runs[at] & OPV_RUN_UNITS) {
            if (arena->runs[at] & OPV_RUN_PATTERNED)
                opv_percpu_copy_blank(arena->start + (size_t)at * OPV_CACHE_ALIGN, cpu, arena->runs[at] & OPV_RUN_UNITS);
        }
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

void *opv_percpu_reserve(size_t size, size_t *used_before)
{
    struct opv_engine *engine = opv_the_engine();
    int saved_errno = errno;
    uint64_t signals;
    char *base;
    *used_before = 0;
    if (size == 0 || size > OPV_PERCPU_STRIDE) {
        errno = EINVAL;
        return NULL;
    }
    signals = opv_percpu_lock(engine);
    base = opv_percpu_take((uint32_t)((size + OPV_CACHE_ALIGN - 1) / OPV_CACHE_ALIGN), used_before);
    opv_percpu_unlock(engine, signals);
    if (base == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    if (*used_before != 0)
        memset(opv_percpu_blank_slot(base), 0, *used_before);
    errno = saved_errno;
    return base;
}

void *opv_percpu_alloc(size_t size, const void *initial)
{
    size_t used_before;
    void *base = opv_percpu_reserve(size, &used_before);
    if (base == NULL)
        return NULL;
    if (initial != NULL)
        memcpy(opv_percpu_blank_slot(base), initial, size);
    opv_percpu_begin_slots(base, used_before, initial != NULL);
    return base;
}

/* Frees the run that starts at base. Returns 0, or -1 when no instance does. */
static int opv_percpu_release(char *base)
{
    struct opv_arena *arena;
    uint32_t *run = opv_percpu_run(base, &arena);
    uint32_t at;
    if (run == NULL)
        return -1;
    at = (uint32_t)(run - arena->runs);
    *run &= OPV_RUN_UNITS;
    if (at < arena->first_free)
        arena->first_free = at;
    return 0;
}

void opv_percpu_free(void *base)
{
    uint64_t signals;
    int released;
    if (base == NULL)
        return;
    opv_exclude_every_cpu();
    signals = opv_percpu_lock(opv_the_engine());
    released = opv_percpu_release((char *)base);
    opv_percpu_unlock(opv_the_engine(), signals);
    if (released != 0) {
        fprintf(stderr, "opv_percpu_free: %p is not an instance of per-CPU memory, or was freed before\n", base);
        abort();
    }
}

#ifdef __cplusplus
}
#endif

#endif
