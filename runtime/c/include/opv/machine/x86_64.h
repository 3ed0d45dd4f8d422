/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Restartable sections for x86-64. Included by ../section.h, which says what a section is.
 *
 * A section is a range of code from label 1 to label 2, which the descriptor at label 3 tells the kernel of. Its last
 * instruction makes the store that counts. If the thread is stopped inside, it goes on at label 4, behind the number
 * that the kernel requires there.
 *
 * Plain stores reach memory in the order of the program here, and loads are not repeated: no barrier is needed.
 */
#ifndef OPV_MACHINE_X86_64_H
#define OPV_MACHINE_X86_64_H

#include <stdbool.h>
#include <stdint.h>

#include "../log.h"
#include "../word.h"

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

/** The CPU that the thread is on; negative where it is not registered. The next moment it may be another. */
OPV_INLINE int opv_section_cpu(void)
{
    int cpu;
    __asm__ __volatile__("movl %%fs:4(%[rseq]), %[cpu]" : [cpu] "=r"(cpu) : [rseq] "r"(opv_places.rseq));
    return cpu;
}

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
            : [rseq] "r"(opv_places.rseq), [words] "r"(opv_words_here()), [place] "r"(place),                         \
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
            : [rseq] "r"(opv_places.rseq), [words] "r"(opv_words_here()), [place] "r"(place),                         \
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

/**
 * Stores value at `place` if the word at `guard` is `expected`; both are addresses in the slot of CPU 0.
 */
OPV_INLINE enum opv_section_end opv_section_compare_store_u64(
    const void *guard, uint64_t expected, void *place, uint64_t value)
{
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN OPV_ASM_HERE(busy)
        "cmpq %[expected], (%[guard],%%rcx)\n\tjne %l[differs]\n\t"
        OPV_ASM_MOVE_ON
        "movq %[value], (%[place],%%rcx)\n"
        OPV_ASM_END(busy)
        :
        : [rseq] "r"(opv_places.rseq), [words] "r"(opv_words_here()), [guard] "r"(guard), [expected] "r"(expected),
          [place] "r"(place), [value] "r"(value)
        : "memory", "cc", "rax", "rcx", "rdx"
        : busy, differs);
    return OPV_SECTION_DONE;
differs:
    return OPV_SECTION_DIFFERS;
busy:
    return OPV_SECTION_BUSY;
}

/**
 * Takes the first node off the list whose head is at `place`, an address in the slot of CPU 0.
 *
 * @param next   offset in a node of the pointer to the next
 * @param taken  receives the node, where the list is not empty
 */
OPV_INLINE enum opv_section_end opv_section_pop(void *place, size_t next, void **taken)
{
    void *head;
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN OPV_ASM_HERE(busy)
        "movq (%[place],%%rcx), %[head]\n\ttestq %[head], %[head]\n\tjz %l[differs]\n\t"
        "movq (%[head],%[next]), %%rax\n\t"
        OPV_ASM_MOVE_ON
        "movq %%rax, (%[place],%%rcx)\n"
        OPV_ASM_END(busy)
        : [head] "=&r"(head)
        : [rseq] "r"(opv_places.rseq), [words] "r"(opv_words_here()), [place] "r"(place), [next] "r"(next)
        : "memory", "cc", "rax", "rcx", "rdx"
        : busy, differs);
    *taken = head;
    return OPV_SECTION_DONE;
differs:
    return OPV_SECTION_DIFFERS;
busy:
    return OPV_SECTION_BUSY;
}

/* Loads what the pointer at `place` leads to, `next` bytes behind it, and stores that at `place`; on the word as seen. */
OPV_INLINE enum opv_section_end opv_section_commit_follow(
    struct opv_word *word, int cpu, uintptr_t seen, void *place, const void *head, size_t next)
{
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN OPV_ASM_STILL(busy)
        "cmpq %[head], (%[place])\n\tjne %l[busy]\n\tmovq (%[head],%[next]), %%rcx\n\t"
        OPV_ASM_STILL_MOVE_ON
        "movq %%rcx, (%[place])\n"
        OPV_ASM_END(busy)
        :
        : [rseq] "r"(opv_places.rseq), [word] "r"(word), [cpu] "r"(cpu), [seen] "r"(seen), [place] "r"(place),
          [head] "r"(head), [next] "r"(next)
        : "memory", "cc", "rax", "rcx"
        : busy);
    return OPV_SECTION_DONE;
busy:
    return OPV_SECTION_BUSY;
}

/* Copies len bytes, which do not overlap, and then makes the store that says that they are there; on the word as seen. */
OPV_INLINE bool opv_section_commit_copy_u64(struct opv_word *word, int cpu, uintptr_t seen, void *dst, const void *src,
    size_t len, void *place, uint64_t value)
{
    /* One register for two values, because there are not enough in unoptimised code. */
    struct {
        uint64_t cpu;
        uint64_t value;
    } const rest = {(uint64_t)(uint32_t)cpu, value};
    void *to = dst;
    const void *from = src;
    size_t left = len;
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN
        "movl (%[rest]), %%eax\n\tcmpl %%eax, %%fs:4(%[rseq])\n\tjne %l[busy]\n\t"
        "cmpq %[seen], (%[word])\n\tjne %l[busy]\n\t"
        OPV_ASM_STILL_MOVE_ON
        "cmpq $16, %%rcx\n\tjb 7f\n\t"
        /* The last 16 bytes first, and then from the front, so that nothing is left but what has been copied. */
        "movups -16(%%rsi,%%rcx), %%xmm0\n\tmovups %%xmm0, -16(%%rdi,%%rcx)\n"
        "5:\tmovups (%%rsi), %%xmm0\n\tmovups %%xmm0, (%%rdi)\n\t"
        "addq $16, %%rsi\n\taddq $16, %%rdi\n\tsubq $16, %%rcx\n\tcmpq $16, %%rcx\n\tjae 5b\n\tjmp 8f\n"
        "6:\tmovb -1(%%rsi,%%rcx), %%al\n\tmovb %%al, -1(%%rdi,%%rcx)\n\tdecq %%rcx\n"
        "7:\ttestq %%rcx, %%rcx\n\tjnz 6b\n8:\t"
        "movq 8(%[rest]), %%rax\n\tmovq %%rax, (%[place])\n"
        OPV_ASM_END(busy)
        : [to] "+D"(to), [from] "+S"(from), [left] "+c"(left)
        : [rseq] "r"(opv_places.rseq), [word] "r"(word), [seen] "r"(seen), [rest] "r"(&rest), [place] "r"(place)
        : "memory", "cc", "rax", "xmm0"
        : busy);
    return true;
busy:
    return false;
}

CPU_OP_STATIC_ASSERT(offsetof(struct opv_word, log) == 8, "where a section puts a log");
CPU_OP_STATIC_ASSERT(offsetof(struct opv_log, entries) == 16, "where a section finds entries");
CPU_OP_STATIC_ASSERT(sizeof(struct opv_log_entry) == 16, "where a section finds entries");

/* Stores what an entry says, of each width. The value is behind the address. */
#define OPV_ASM_PUT(entry, move, value)                                                                               \
    "movq 16+16*" #entry "(%[log]), %%rcx\n\tmovq 24+16*" #entry "(%[log]), %%rax\n\t" move " %%" value ", (%%rcx)\n\t"
#define OPV_PUT_U8(entry) OPV_ASM_PUT(entry, "movb", "al")
#define OPV_PUT_U16(entry) OPV_ASM_PUT(entry, "movw", "ax")
#define OPV_PUT_U32(entry) OPV_ASM_PUT(entry, "movl", "eax")
#define OPV_PUT_U64(entry) OPV_ASM_PUT(entry, "movq", "rax")

/*
 * Defines a section that publishes a log and applies it; `puts` are the stores of its entries. If it is aborted, the log
 * may have been published.
 */
#define OPV_DEFINE_LOG_SECTION(name, puts)                                                                            \
    OPV_INLINE enum opv_section_end name(                                                                             \
        struct opv_word *word, int cpu, uintptr_t seen, struct opv_log *log)                                          \
    {                                                                                                                 \
        __asm__ __volatile__ goto(                                                                                    \
            OPV_ASM_BEGIN OPV_ASM_STILL(busy)                                                                         \
            "movq %[log], 8(%[word])\n\tleaq 3(%[seen]), %%rax\n\tmovq %%rax, (%[word])\n\t"                          \
            puts                                                                                                      \
            "leaq 8(%[seen]), %%rax\n\tmovq %%rax, (%[word])\n"                                                       \
            OPV_ASM_END(aborted)                                                                                      \
            :                                                                                                         \
            : [rseq] "r"(opv_places.rseq), [word] "r"(word), [cpu] "r"(cpu), [seen] "r"(seen), [log] "r"(log)         \
            : "memory", "cc", "rax", "rcx"                                                                            \
            : busy, aborted);                                                                                         \
        return OPV_SECTION_DONE;                                                                                      \
    busy:                                                                                                             \
        return OPV_SECTION_BUSY;                                                                                      \
    aborted:                                                                                                          \
        return OPV_SECTION_ABORTED;                                                                                   \
    }

/**
 * Applies the log of a CPU's word, which says `pending`, and leaves `next` in the word. Returns whether it has been done;
 * if not, it may have been done in part, and the word says what it did.
 */
OPV_INLINE bool opv_section_help(struct opv_word *word, int cpu, uintptr_t pending, uintptr_t next)
{
    __asm__ __volatile__ goto(
        OPV_ASM_BEGIN
        "cmpl %[cpu], %%fs:4(%[rseq])\n\tjne %l[busy]\n\tcmpq %[pending], (%[word])\n\tjne %l[busy]\n\t"
        "movq 8(%[word]), %%rsi\n\tmovq 8(%%rsi), %%rdi\n\tmovzbl %%dil, %%ecx\n\tshrq $8, %%rdi\n\t"
        "leaq 16(%%rsi), %%rax\n\ttestl %%ecx, %%ecx\n\tjz 9f\n"
        "5:\tmovq (%%rax), %%r8\n\tmovq 8(%%rax), %%rdx\n\ttestb $1, %%dil\n\tjnz 7f\n\t"
        "testb $2, %%dil\n\tjnz 6f\n\tmovb %%dl, (%%r8)\n\tjmp 8f\n"
        "6:\tmovl %%edx, (%%r8)\n\tjmp 8f\n"
        "7:\ttestb $2, %%dil\n\tjnz 10f\n\tmovw %%dx, (%%r8)\n\tjmp 8f\n"
        "10:\tmovq %%rdx, (%%r8)\n"
        "8:\taddq $16, %%rax\n\tshrq $2, %%rdi\n\tdecl %%ecx\n\tjnz 5b\n"
        "9:\tmovq $1, (%%rsi)\n\tmovq %[next], (%[word])\n"
        OPV_ASM_END(busy)
        :
        : [rseq] "r"(opv_places.rseq), [word] "r"(word), [cpu] "r"(cpu), [pending] "r"(pending), [next] "r"(next)
        : "memory", "cc", "rax", "rcx", "rdx", "rsi", "rdi", "r8"
        : busy);
    return true;
busy:
    return false;
}

#ifdef __cplusplus
}
#endif

#endif
