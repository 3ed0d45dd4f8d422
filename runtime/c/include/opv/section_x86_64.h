/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Restartable sections for x86-64. Included by section.h, which says what a section is.
 *
 * A section is a range of code from label 1 to label 2, which the descriptor at label 3 tells the kernel of. Its last
 * instruction makes the store that counts. If the thread is stopped inside, it goes on at label 4, behind the number
 * that the kernel requires there.
 *
 * Plain stores reach memory in the order of the program here, and loads are not repeated: no barrier is needed.
 */
#ifndef OPV_SECTION_X86_64_H
#define OPV_SECTION_X86_64_H

#include <stdbool.h>
#include <stdint.h>

#include "word.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Makes the code up to OPV_ASM_END a section. The section flags are "aw?" so that a C++ inline function that is emitted
 * out of line takes its descriptor along.
 */
#define OPV_ASM_BEGIN                                                                                                 \
    ".pushsection __rseq_cs, \"aw?\"\n\t.balign 32\n3:\t.long 0, 0\n\t.quad 1f, 2f - 1f, 4f\n\t.popsection\n\t"       \
    "leaq 3b(%%rip), %%rax\n\tmovq %%rax, %%fs:8(%[rseq])\n1:\n\t"

/* `aborted` is the label to go on at. The bytes before the number make an instruction of it, for disassemblers. */
#define OPV_ASM_END(aborted)                                                                                          \
    "2:\n\t.pushsection __rseq_failure, \"ax?\"\n\t.byte 0x0f, 0xb9, 0x3d\n\t.long 0x53053053\n4:\tjmp %l[" #aborted   \
    "]\n\t.popsection\n\t"

/*
 * Finds out where the thread is: its CPU's offset in rcx, and the word in rdx; goes to `busy` if it is not idle. The CPU
 * is read inside the section and need not be compared with anything therefore.
 */
#define OPV_ASM_HERE(busy)                                                                                            \
    "movslq %%fs:4(%[rseq]), %%rcx\n\tshlq $" OPV_ASM_STRING(OPV_PERCPU_SHIFT) ", %%rcx\n\t"                          \
    "movq (%[words],%%rcx), %%rdx\n\ttestb $1, %%dl\n\tjz %l[" #busy "]\n\t"

/* Moves the version on, before the store that counts: if that does not come to be, others have prepared once too often. */
#define OPV_ASM_MOVE_ON "addq $8, %%rdx\n\tmovq %%rdx, (%[words],%%rcx)\n\t"

/* Goes to `busy` unless the thread is on the CPU, and the word as it was, when the attempt began. */
#define OPV_ASM_STILL(busy)                                                                                           \
    "cmpl %[cpu], %%fs:4(%[rseq])\n\tjne %l[" #busy "]\n\t"                                                           \
    "cmpq %[seen], (%[word])\n\tjne %l[" #busy "]\n\t"

/* The same as OPV_ASM_MOVE_ON behind OPV_ASM_STILL. */
#define OPV_ASM_STILL_MOVE_ON "leaq 8(%[seen]), %%rax\n\tmovq %%rax, (%[word])\n\t"

#define OPV_ASM_STRING_OF(x) #x
#define OPV_ASM_STRING(x) OPV_ASM_STRING_OF(x)

#define OPV_INLINE static inline __attribute__((always_inline, unused))

/**
 * Locks the word of the CPU that the thread is on.
 *
 * @param offset  receives opv_cpu_offset() of that CPU
 * @param seen    receives the version that was in the word
 * @return whether it is locked; else nothing has been received
 */
OPV_INLINE bool opv_section_lock(uintptr_t *offset, uintptr_t *seen)
{
    uintptr_t here;
    uintptr_t was;
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN
        "movslq %%fs:4(%[rseq]), %[here]\n\tshlq $" OPV_ASM_STRING(OPV_PERCPU_SHIFT) ", %[here]\n\t"
        "movq (%[words],%[here]), %[was]\n\ttestb $1, %b[was]\n\tjz %l[busy]\n\t"
        "movq %%fs:0, %%rax\n\torq $2, %%rax\n\tmovq %%rax, (%[words],%[here])\n"
        OPV_ASM_END(busy)
        : [here] "=&r"(here), [was] "=&r"(was)
        : [rseq] "r"(opv_places.rseq), [words] "r"(opv_places.words)
        : "memory", "cc", "rax"
        : busy);
    *offset = here;
    *seen = was;
    return true;
busy:
    return false;
}

/*
 * One store on the CPU that the thread is on, and nothing else: `place` is its address in the slot of CPU 0. Returns
 * whether it was made.
 */
#define OPV_DEFINE_SECTIONS_HERE(bits, suffix, modifier)                                                              \
    OPV_INLINE bool opv_section_add_u##bits(void *place, uint##bits##_t value)                                        \
    {                                                                                                                 \
        __asm__ __volatile__ goto(                                                                                    \
            OPV_ASM_BEGIN OPV_ASM_HERE(busy) OPV_ASM_MOVE_ON                                                          \
            "add" suffix " %" modifier "[value], (%[place],%%rcx)\n"                                                  \
            OPV_ASM_END(busy)                                                                                         \
            :                                                                                                         \
            : [rseq] "r"(opv_places.rseq), [words] "r"(opv_places.words), [place] "r"(place),                         \
              [value] "er"((int64_t)(int##bits##_t)value)                                                             \
            : "memory", "cc", "rax", "rcx", "rdx"                                                                     \
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
            "mov" suffix " %" modifier "[value], (%[place],%%rcx)\n"                                                  \
            OPV_ASM_END(busy)                                                                                         \
            :                                                                                                         \
            : [rseq] "r"(opv_places.rseq), [words] "r"(opv_places.words), [place] "r"(place),                         \
              [value] "r"((uint64_t)value)                                                                            \
            : "memory", "cc", "rax", "rcx", "rdx"                                                                     \
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
            "mov" suffix " %" modifier "[value], (%[place])\n"                                                        \
            OPV_ASM_END(busy)                                                                                         \
            :                                                                                                         \
            : [rseq] "r"(opv_places.rseq), [word] "r"(word), [cpu] "r"(cpu), [seen] "r"(seen), [place] "r"(place),    \
              [value] "r"((uint64_t)value)                                                                            \
            : "memory", "cc", "rax"                                                                                   \
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
            OPV_ASM_BEGIN OPV_ASM_STILL(busy) OPV_ASM_STILL_MOVE_ON                                                   \
            "add" suffix " %" modifier "[value], (%[place])\n"                                                        \
            OPV_ASM_END(busy)                                                                                         \
            :                                                                                                         \
            : [rseq] "r"(opv_places.rseq), [word] "r"(word), [cpu] "r"(cpu), [seen] "r"(seen), [place] "r"(place),    \
              [value] "er"((int64_t)(int##bits##_t)value)                                                             \
            : "memory", "cc", "rax"                                                                                   \
            : busy);                                                                                                  \
        return true;                                                                                                  \
    busy:                                                                                                             \
        return false;                                                                                                 \
    }

OPV_DEFINE_SECTIONS_HERE(8, "b", "b")
OPV_DEFINE_SECTIONS_HERE(16, "w", "w")
OPV_DEFINE_SECTIONS_HERE(32, "l", "k")
OPV_DEFINE_SECTIONS_HERE(64, "q", "q")

#ifdef __cplusplus
}
#endif

#endif
