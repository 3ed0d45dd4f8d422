/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One engine per process, however often its code is there.
 * Internal to opv: included where OPV_IMPLEMENTATION is defined.
 *
 * Two shared objects that each have the implementation, and know nothing of each other, must not have words of their
 * own: their transactions would not exclude each other. So the state of the process is not in either of them but in
 * memory of its own, and each copy of the code has a record that leads to it. Records are found by an ELF note, which
 * no visibility, version script or RTLD_LOCAL hides. Whoever looks locks all the records that it finds, in the order of
 * their addresses. Of two copies that look at the same time, the one that was loaded later sees the other's record, so
 * that there is one that both lock, and the second to have it finds what the first has made.
 *
 * Namespaces of dlmopen() see nothing of each other, and have engines of their own.
 */
#ifndef OPV_IMPL_PROCESS_H
#define OPV_IMPL_PROCESS_H

#include "system.h"

#include <link.h>

#include "../engine.h"
#include "area.h"
#include "cpus.h"
#include "lock.h"

#ifdef __cplusplus
extern "C" {
#endif

struct opv_arena;

/* The state of the process. Never freed: a copy that was unloaded may have made it. */
struct opv_engine {
    struct opv_cpus cpus;
    /* The word of CPU 0; see struct opv_places. Constant. */
    char *words;
    /* Whether words are idle, and sections work; else they are free. Constant. */
    int has_sections;
    /*
     * The CPUs whose slots hold what they begin with, and on which anything may run; see percpu.h. Set under percpu_lock,
     * before the word is opened.
     */
    struct opv_cpu_mask used;
    /* Arenas are put at the head and never taken out: readers need no lock. The rest of an arena is under the lock. */
    struct opv_arena *arenas;
    uint32_t percpu_lock;
    /* Held from before a fork until after it, by the thread that forks; see fork.h. */
    uint32_t fork_lock;
    uintptr_t forking;
    int fork_depth;
    /* The signals that were blocked before. */
    uint64_t fork_signals;
    struct opv_cpu_mask forked;
    int forked_blank;
    /* The thread that forks, while it has percpu_lock. */
    uintptr_t fork_has_percpu;
};

#define OPV_VERSION_ROOM 24

/*
 * What one copy of the code shows the others. Its layout, and that of the note, are the same in all versions of the
 * runtime.
 */
struct opv_module {
    char version[OPV_VERSION_ROOM];
    uint32_t lock;
    /* Bytes of the engine, so that also unpublished versions are told apart. */
    uint32_t size;
    /* The engine that this copy uses, once it is known. */
    struct opv_engine *engine;
};

extern struct opv_module opv_module __attribute__((visibility("hidden")));
struct opv_module opv_module __attribute__((used)) = {OPV_VERSION, OPV_LOCK_FREE, sizeof(struct opv_engine), NULL};

#define OPV_NOTE_NAME "opv"
#define OPV_NOTE_TYPE 1

/* Name, type, and how far behind the description the record is. A note is three words, name, description. */
__asm__(".pushsection .note.opv, \"a\", %note\n\t"
        ".balign 4\n\t"
        ".long 4, 4, 1\n\t"
        ".asciz \"opv\"\n"
        "1:\t.long opv_module - 1b\n\t"
        ".popsection\n");

struct opv_note {
    uint32_t name_size;
    uint32_t description_size;
    uint32_t type;
    char name[sizeof(OPV_NOTE_NAME)];
    int32_t distance;
};

/* Copies of the code that one process can have, at most. */
#define OPV_COPIES_MAX 64

struct opv_copies {
    int count;
    struct opv_module *at[OPV_COPIES_MAX];
};

static __attribute__((noreturn, cold)) void opv_die(const char *what)
{
    fprintf(stderr, "opv: %s\n", what);
    abort();
}

/* In the order of their addresses, each once. */
static void opv_copies_add(struct opv_copies *copies, struct opv_module *copy)
{
    int at = copies->count;
    int i;
    for (i = 0; i < copies->count; i++) {
        if (copies->at[i] == copy)
            return;
    }
    if (copies->count == OPV_COPIES_MAX)
        opv_die("more shared objects than 64 have the implementation of opv's runtime; link them with libopv");
    for (; at > 0 && (uintptr_t)copies->at[at - 1] > (uintptr_t)copy; at--)
        copies->at[at] = copies->at[at - 1];
    copies->at[at] = copy;
    copies->count++;
}

static void opv_note_read(const struct opv_note *note, struct opv_copies *copies)
{
    if (note->type == OPV_NOTE_TYPE && note->name_size == sizeof(OPV_NOTE_NAME)
        && note->description_size == sizeof(note->distance)
        && memcmp(note->name, OPV_NOTE_NAME, sizeof(OPV_NOTE_NAME)) == 0)
        opv_copies_add(copies, (struct opv_module *)((uintptr_t)&note->distance + (uintptr_t)(intptr_t)note->distance));
}

/* Bytes of a note's part, with what fills it up. */
static size_t opv_note_padded(size_t bytes, size_t align)
{
    return (bytes + align - 1) & ~(align - 1);
}

static void opv_notes_read(uintptr_t at, size_t bytes, size_t align, struct opv_copies *copies)
{
    uintptr_t end = at + bytes;
    align = align == 8 ? 8 : 4;
    while (end - at >= sizeof(struct opv_note)) {
        const struct opv_note *note = (const struct opv_note *)at;
        size_t size = opv_note_padded(opv_note_padded(3 * sizeof(uint32_t) + note->name_size, align)
                + note->description_size, align);
        opv_note_read(note, copies);
        if (size > end - at)
            break;
        at += size;
    }
}

static int opv_object_read(struct dl_phdr_info *object, size_t size, void *copies)
{
    int i;
    (void)size;
    for (i = 0; i < object->dlpi_phnum; i++) {
        if (object->dlpi_phdr[i].p_type == PT_NOTE)
            opv_notes_read((uintptr_t)object->dlpi_addr + object->dlpi_phdr[i].p_vaddr, object->dlpi_phdr[i].p_memsz,
                object->dlpi_phdr[i].p_align, (struct opv_copies *)copies);
    }
    return 0;
}

static void opv_module_check(const struct opv_module *copy)
{
    if (memcmp(copy->version, opv_module.version, OPV_VERSION_ROOM) != 0 || copy->size != opv_module.size) {
        fprintf(stderr,
            "opv: this process has opv's runtime in the versions %.*s (%u) and %.*s (%u), which cannot exclude each other; "
            "build all of its objects with one version\n",
            OPV_VERSION_ROOM, opv_module.version, (unsigned)opv_module.size, OPV_VERSION_ROOM, copy->version,
            (unsigned)copy->size);
        abort();
    }
}

/* Address space that is all zeros, of which no page is there until it is touched; NULL where there is none. */
static void *opv_map(size_t bytes)
{
    void *memory =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

/* Whether the process can have sections: the machine, the kernel, and, as a sample of the others, this thread. */
static int opv_sections_work(void)
{
    return OPV_SECTIONS && opv_cpu_from_area() >= 0 && (opv_thread_self() & OPV_WORD_APPLYING) == 0
        && opv_membarrier_sections_register();
}

static void opv_words_make(struct opv_engine *engine);

static struct opv_engine *opv_engine_make(void)
{
    struct opv_engine *engine = (struct opv_engine *)opv_map(sizeof(*engine));
    if (engine == NULL)
        opv_die("there is no memory to begin with");
    opv_cpus_find(&engine->cpus, "/sys/devices/system/cpu/possible");
    opv_words_make(engine);
    engine->has_sections = opv_sections_work();
    return engine;
}

static struct opv_engine *opv_engine_of(const struct opv_copies *copies)
{
    int i;
    for (i = 0; i < copies->count; i++) {
        struct opv_engine *engine = __atomic_load_n(&copies->at[i]->engine, __ATOMIC_ACQUIRE);
        if (engine != NULL)
            return engine;
    }
    return opv_engine_make();
}

static __attribute__((noinline, cold)) struct opv_engine *opv_engine_find(void)
{
    int saved_errno = errno;
    struct opv_copies copies = {0, {NULL}};
    struct opv_engine *engine;
    int i;
    opv_copies_add(&copies, &opv_module);
    dl_iterate_phdr(opv_object_read, &copies);
    for (i = 0; i < copies.count; i++) {
        opv_module_check(copies.at[i]);
        opv_lock_take(&copies.at[i]->lock);
    }
    engine = opv_engine_of(&copies);
    for (i = 0; i < copies.count; i++) {
        __atomic_store_n(&copies.at[i]->engine, engine, __ATOMIC_RELEASE);
        opv_lock_release(&copies.at[i]->lock);
    }
    errno = saved_errno;
    return engine;
}

/* The engine of the process; made, or found, on the first call. */
static struct opv_engine *opv_the_engine(void)
{
    struct opv_engine *engine = __atomic_load_n(&opv_module.engine, __ATOMIC_ACQUIRE);
    return __builtin_expect(engine != NULL, 1) ? engine : opv_engine_find();
}

/* An address at which no machine has memory. */
#define OPV_NOWHERE ((ptrdiff_t)((uintptr_t)1 << (8 * sizeof(uintptr_t) - 2)))

char *opv_here_words;

/* Of so many CPUs, none is possible, and what is behind them is nowhere. */
#define OPV_NOWHERE_CPUS INT_MIN

struct opv_places opv_places = {(char *)0, OPV_NOWHERE, OPV_NOWHERE_CPUS, (const unsigned long *)0, (const unsigned long *)0};

#ifdef __cplusplus
}
#endif

#endif
