/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Restartable sections for aarch64. Included by ../section.h, which says what a section is; x86_64.h says how one is
 * made, and what each of these does.
 *
 * Memory order. A word is loaded with acquire, so that what its last owner did, wherever that was, is visible. On the
 * CPU itself the order of the program is that of the threads that run on it, one after the other. Others who look, from
 * elsewhere, at the word, at data, and at the word again, must neither see data of which the word does not tell, nor miss
 * data of which it has told: a barrier for stores stands between a store to the word and the stores to data behind it,
 * and every store of a version to the word is a release, which the stores to data before it, also those of earlier
 * sections on the CPU, do not pass.
 */
#ifndef OPV_MACHINE_AARCH64_H
#define OPV_MACHINE_AARCH64_H

#include <stdbool.h>
#include <stdint.h>

#include "../log.h"
#include "../word.h"

#ifdef __cplusplus
extern "C" {
#endif

#define OPV_ASM_STRING_OF(x) #x
#define OPV_ASM_STRING(x) OPV_ASM_STRING_OF(x)

#define OPV_ASM_BEGIN                                                                                                 \
    ".pushsection __rseq_cs, \"aw?\"\n\t.balign 32\n3:\t.long 0, 0\n\t.quad 1f, 2f - 1f, 4f\n\t.popsection\n\t"       \
    "adrp x9, 3b\n\tadd x9, x9, :lo12:3b\n\tstr x9, [%[area], #8]\n1:\n\t"

#define OPV_ASM_END(aborted)                                                                                          \
    "2:\n\t.pushsection __rseq_failure, \"ax?\"\n\t.inst 0xd428bc00\n4:\tb %l[" #aborted "]\n\t.popsection\n\t"

/* The CPU's offset in x10, the address of its word in x11, and the word in x12. */
#define OPV_ASM_HERE(busy)                                                                                            \
    "ldrsw x10, [%[area], #4]\n\tlsl x10, x10, #" OPV_ASM_STRING(OPV_PERCPU_SHIFT) "\n\t"                             \
    "add x11, %[words], x10\n\tldar x12, [x11]\n\ttst x12, #1\n\tb.eq %l[" #busy "]\n\t"

#define OPV_ASM_MOVE_ON "add x12, x12, #8\n\tstlr x12, [x11]\n\tdmb ishst\n\t"

#define OPV_ASM_STILL(busy)                                                                                           \
    "ldr w10, [%[area], #4]\n\tcmp w10, %w[cpu]\n\tb.ne %l[" #busy "]\n\t"                                            \
    "ldr x12, [%[word]]\n\tcmp x12, %[seen]\n\tb.ne %l[" #busy "]\n\t"

#define OPV_ASM_STILL_MOVE_ON "add x12, x12, #8\n\tstlr x12, [%[word]]\n\tdmb ishst\n\t"

OPV_INLINE char *opv_section_area(void)
{
    return (char *)__builtin_thread_pointer() + opv_places.rseq;
}

OPV_INLINE int opv_section_cpu(void)
{
    return *(const volatile int *)(const volatile void *)(opv_section_area() + 4);
}

OPV_INLINE bool opv_section_lock(uintptr_t *offset, uintptr_t *seen)
{
    uintptr_t here;
    uintptr_t was;
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN
        "ldrsw %[here], [%[area], #4]\n\tlsl %[here], %[here], #" OPV_ASM_STRING(OPV_PERCPU_SHIFT) "\n\t"
        "add x11, %[words], %[here]\n\tldar %[was], [x11]\n\ttst %[was], #1\n\tb.eq %l[busy]\n\t"
        "str %[locked], [x11]\n"
        OPV_ASM_END(busy)
        : [here] "=&r"(here), [was] "=&r"(was)
        : [area] "r"(opv_section_area()), [words] "r"(opv_places.words),
          [locked] "r"(opv_thread_self() | OPV_WORD_LOCKED)
        : "memory", "cc", "x9", "x11"
        : busy);
    /* Whoever looks from elsewhere sees the word before the data. */
    __asm__ __volatile__("dmb ishst" ::: "memory");
    *offset = here;
    *seen = was;
    return true;
busy:
    return false;
}

/* `load`, `store`: the instructions of a width; `form`: how its register is named. */
#define OPV_DEFINE_SECTIONS_HERE(bits, load, store, form)                                                             \
    OPV_INLINE bool opv_section_add_u##bits(void *place, uint##bits##_t value)                                        \
    {                                                                                                                 \
        __asm__ __volatile__ goto(                                                                                    \
            OPV_ASM_BEGIN OPV_ASM_HERE(busy)                                                                          \
            load " " form "13, [%[place], x10]\n\tadd x13, x13, %[value]\n\t" OPV_ASM_MOVE_ON                         \
            store " " form "13, [%[place], x10]\n"                                                                    \
            OPV_ASM_END(busy)                                                                                         \
            :                                                                                                         \
            : [area] "r"(opv_section_area()), [words] "r"(opv_words_here()), [place] "r"(place),                      \
              [value] "r"((uint64_t)value)                                                                            \
            : "memory", "cc", "x9", "x10", "x11", "x12", "x13"                                                        \
            : busy);                                                                                                  \
        return true;                                                                                                  \
    busy:                                                                                                             \
        return false;                                                                                                 \
    }                                                                                                                 \
                                                                                                                      \
    OPV_INLINE bool opv_section_store_u##bits(void *place, uint##bits##_t value)                                      \
    {                                                                                                                 \
        __asm__ __volatile__ goto(                                                                                    \
            OPV_ASM_BEGIN OPV_ASM_HERE(busy) OPV_ASM_MOVE_ON                                                          \
            "mov x13, %[value]\n\t" store " " form "13, [%[place], x10]\n"                                            \
            OPV_ASM_END(busy)                                                                                         \
            :                                                                                                         \
            : [area] "r"(opv_section_area()), [words] "r"(opv_words_here()), [place] "r"(place),                      \
              [value] "r"((uint64_t)value)                                                                            \
            : "memory", "cc", "x9", "x10", "x11", "x12", "x13"                                                        \
            : busy);                                                                                                  \
        return true;                                                                                                  \
    busy:                                                                                                             \
        return false;                                                                                                 \
    }                                                                                                                 \
                                                                                                                      \
    OPV_INLINE bool opv_section_commit_u##bits(                                                                       \
        struct opv_word *word, int cpu, uintptr_t seen, void *place, uint##bits##_t value)                            \
    {                                                                                                                 \
        __asm__ __volatile__ goto(                                                                                    \
            OPV_ASM_BEGIN OPV_ASM_STILL(busy) OPV_ASM_STILL_MOVE_ON                                                   \
            "mov x13, %[value]\n\t" store " " form "13, [%[place]]\n"                                                 \
            OPV_ASM_END(busy)                                                                                         \
            :                                                                                                         \
            : [area] "r"(opv_section_area()), [word] "r"(word), [cpu] "r"(cpu), [seen] "r"(seen),                     \
              [place] "r"(place), [value] "r"((uint64_t)value)                                                        \
            : "memory", "cc", "x9", "x10", "x12", "x13"                                                               \
            : busy);                                                                                                  \
        return true;                                                                                                  \
    busy:                                                                                                             \
        return false;                                                                                                 \
    }                                                                                                                 \
                                                                                                                      \
    OPV_INLINE bool opv_section_commit_add_u##bits(                                                                   \
        struct opv_word *word, int cpu, uintptr_t seen, void *place, uint##bits##_t value)                            \
    {                                                                                                                 \
        __asm__ __volatile__ goto(                                                                                    \
            OPV_ASM_BEGIN OPV_ASM_STILL(busy)                                                                         \
            load " " form "13, [%[place]]\n\tadd x13, x13, %[value]\n\t" OPV_ASM_STILL_MOVE_ON                        \
            store " " form "13, [%[place]]\n"                                                                         \
            OPV_ASM_END(busy)                                                                                         \
            :                                                                                                         \
            : [area] "r"(opv_section_area()), [word] "r"(word), [cpu] "r"(cpu), [seen] "r"(seen),                     \
              [place] "r"(place), [value] "r"((uint64_t)value)                                                        \
            : "memory", "cc", "x9", "x10", "x12", "x13"                                                               \
            : busy);                                                                                                  \
        return true;                                                                                                  \
    busy:                                                                                                             \
        return false;                                                                                                 \
    }

OPV_DEFINE_SECTIONS_HERE(8, "ldrb", "strb", "w")
OPV_DEFINE_SECTIONS_HERE(16, "ldrh", "strh", "w")
OPV_DEFINE_SECTIONS_HERE(32, "ldr", "str", "w")
OPV_DEFINE_SECTIONS_HERE(64, "ldr", "str", "x")

OPV_INLINE enum opv_section_end opv_section_compare_store_u64(
    const void *guard, uint64_t expected, void *place, uint64_t value)
{
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN OPV_ASM_HERE(busy)
        "ldr x13, [%[guard], x10]\n\tcmp x13, %[expected]\n\tb.ne %l[differs]\n\t"
        OPV_ASM_MOVE_ON
        "str %[value], [%[place], x10]\n"
        OPV_ASM_END(busy)
        :
        : [area] "r"(opv_section_area()), [words] "r"(opv_words_here()), [guard] "r"(guard), [expected] "r"(expected),
          [place] "r"(place), [value] "r"(value)
        : "memory", "cc", "x9", "x10", "x11", "x12", "x13"
        : busy, differs);
    return OPV_SECTION_DONE;
differs:
    return OPV_SECTION_DIFFERS;
busy:
    return OPV_SECTION_BUSY;
}

OPV_INLINE enum opv_section_end opv_section_pop(void *place, size_t next, void **taken)
{
    void *head;
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN OPV_ASM_HERE(busy)
        "ldr %[head], [%[place], x10]\n\tcbz %[head], %l[differs]\n\tldr x13, [%[head], %[next]]\n\t"
        OPV_ASM_MOVE_ON
        "str x13, [%[place], x10]\n"
        OPV_ASM_END(busy)
        : [head] "=&r"(head)
        : [area] "r"(opv_section_area()), [words] "r"(opv_words_here()), [place] "r"(place), [next] "r"(next)
        : "memory", "cc", "x9", "x10", "x11", "x12", "x13"
        : busy, differs);
    *taken = head;
    return OPV_SECTION_DONE;
differs:
    return OPV_SECTION_DIFFERS;
busy:
    return OPV_SECTION_BUSY;
}

OPV_INLINE enum opv_section_end opv_section_commit_follow(
    struct opv_word *word, int cpu, uintptr_t seen, void *place, const void *head, size_t next)
{
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN OPV_ASM_STILL(busy)
        "ldr x13, [%[place]]\n\tcmp x13, %[head]\n\tb.ne %l[busy]\n\tldr x13, [%[head], %[next]]\n\t"
        OPV_ASM_STILL_MOVE_ON
        "str x13, [%[place]]\n"
        OPV_ASM_END(busy)
        :
        : [area] "r"(opv_section_area()), [word] "r"(word), [cpu] "r"(cpu), [seen] "r"(seen), [place] "r"(place),
          [head] "r"(head), [next] "r"(next)
        : "memory", "cc", "x9", "x10", "x12", "x13"
        : busy);
    return OPV_SECTION_DONE;
busy:
    return OPV_SECTION_BUSY;
}

/* The store that publishes is a release: whoever sees it with an acquire sees what was copied. */
OPV_INLINE bool opv_section_commit_copy_u64(struct opv_word *word, int cpu, uintptr_t seen, void *dst, const void *src,
    size_t len, void *place, uint64_t value)
{
    void *to = dst;
    const void *from = src;
    size_t left = len;
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN OPV_ASM_STILL(busy) OPV_ASM_STILL_MOVE_ON
        "5:\tcmp %[left], #16\n\tb.lo 6f\n\tldp x13, x14, [%[from]], #16\n\tstp x13, x14, [%[to]], #16\n\t"
        "sub %[left], %[left], #16\n\tb 5b\n"
        "6:\tcbz %[left], 7f\n\tldrb w13, [%[from]], #1\n\tstrb w13, [%[to]], #1\n\tsub %[left], %[left], #1\n\tb 6b\n"
        "7:\tdmb ishst\n\tstr %[value], [%[place]]\n"
        OPV_ASM_END(busy)
        : [to] "+&r"(to), [from] "+&r"(from), [left] "+&r"(left)
        : [area] "r"(opv_section_area()), [word] "r"(word), [cpu] "r"(cpu), [seen] "r"(seen), [place] "r"(place),
          [value] "r"(value)
        : "memory", "cc", "x9", "x10", "x12", "x13", "x14"
        : busy);
    return true;
busy:
    return false;
}

CPU_OP_STATIC_ASSERT(offsetof(struct opv_word, log) == 8, "where a section puts a log");
CPU_OP_STATIC_ASSERT(offsetof(struct opv_log, entries) == 16, "where a section finds entries");
CPU_OP_STATIC_ASSERT(sizeof(struct opv_log_entry) == 16, "where a section finds entries");

#define OPV_ASM_PUT(entry, store, value)                                                                              \
    "ldp x13, x14, [%[log], #16+16*" #entry "]\n\t" store " " value ", [x13]\n\t"
#define OPV_PUT_U8(entry) OPV_ASM_PUT(entry, "strb", "w14")
#define OPV_PUT_U16(entry) OPV_ASM_PUT(entry, "strh", "w14")
#define OPV_PUT_U32(entry) OPV_ASM_PUT(entry, "str", "w14")
#define OPV_PUT_U64(entry) OPV_ASM_PUT(entry, "str", "x14")

/* Publishing is a release: whoever finds the log finds what is in it. */
#define OPV_DEFINE_LOG_SECTION(name, puts)                                                                            \
    OPV_INLINE enum opv_section_end name(struct opv_word *word, int cpu, uintptr_t seen, struct opv_log *log)         \
    {                                                                                                                 \
        __asm__ __volatile__ goto(                                                                                    \
            OPV_ASM_BEGIN OPV_ASM_STILL(busy)                                                                         \
            "str %[log], [%[word], #8]\n\tadd x13, x12, #3\n\tstlr x13, [%[word]]\n\tdmb ishst\n\t"                   \
            puts                                                                                                      \
            "add x12, x12, #8\n\tstlr x12, [%[word]]\n"                                                               \
            OPV_ASM_END(aborted)                                                                                      \
            :                                                                                                         \
            : [area] "r"(opv_section_area()), [word] "r"(word), [cpu] "r"(cpu), [seen] "r"(seen), [log] "r"(log)      \
            : "memory", "cc", "x9", "x10", "x12", "x13", "x14"                                                        \
            : busy, aborted);                                                                                         \
        return OPV_SECTION_DONE;                                                                                      \
    busy:                                                                                                             \
        return OPV_SECTION_BUSY;                                                                                      \
    aborted:                                                                                                          \
        return OPV_SECTION_ABORTED;                                                                                   \
    }

OPV_INLINE bool opv_section_help(struct opv_word *word, int cpu, uintptr_t pending, uintptr_t next)
{
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN
        "ldr w10, [%[area], #4]\n\tcmp w10, %w[cpu]\n\tb.ne %l[busy]\n\t"
        "ldar x12, [%[word]]\n\tcmp x12, %[pending]\n\tb.ne %l[busy]\n\t"
        "ldr x10, [%[word], #8]\n\tldr x12, [x10, #8]\n\tand w11, w12, #255\n\tlsr x12, x12, #8\n\t"
        "add x15, x10, #16\n\tcbz w11, 9f\n"
        "5:\tldp x13, x14, [x15], #16\n\ttst x12, #1\n\tb.ne 7f\n\ttst x12, #2\n\tb.ne 6f\n\tstrb w14, [x13]\n\tb 8f\n"
        "6:\tstr w14, [x13]\n\tb 8f\n"
        "7:\ttst x12, #2\n\tb.ne 10f\n\tstrh w14, [x13]\n\tb 8f\n"
        "10:\tstr x14, [x13]\n"
        "8:\tlsr x12, x12, #2\n\tsubs w11, w11, #1\n\tb.ne 5b\n"
        "9:\tmov x13, #1\n\tstr x13, [x10]\n\tstlr %[next], [%[word]]\n"
        OPV_ASM_END(busy)
        :
        : [area] "r"(opv_section_area()), [word] "r"(word), [cpu] "r"(cpu), [pending] "r"(pending), [next] "r"(next)
        : "memory", "cc", "x9", "x10", "x11", "x12", "x13", "x14", "x15"
        : busy);
    return true;
busy:
    return false;
}

#ifdef __cplusplus
}
#endif

#endif
