/* SPDX-License-Identifier: Apache-2.0 */
/*
 * conformance FILE [populate|futex|probe]: runs every case of FILE through cpu_opv(). With the second argument, pages are
 * checked by that mechanism instead of the one that the engine would choose.
 *
 * Exit status: 0 all passed; 1 a case failed, or there was none; 2 the file or the call is wrong; 77 left out, because
 * this machine is not of the kind that the cases were made for.
 */
#define OPV_IMPLEMENTATION
#include "opv/engine.h"

#include <stdlib.h>

#include "vectors.h"

enum exit_status { STATUS_PASSED = 0, STATUS_FAILED = 1, STATUS_UNUSABLE = 2, STATUS_LEFT_OUT = 77 };

/* Differing runs that are shown of one case, and bytes that are shown of one run. */
#define DIFF_RUNS_MAX 8
#define DIFF_BYTES_MAX 32

/* Generates bytes as the format's description says. */
static void fill(unsigned char *memory, size_t len, uint64_t state)
{
    size_t at;
    for (at = 0; at < len; at += sizeof(uint64_t)) {
        uint64_t z = state += 0x9E3779B97F4A7C15u;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
        z = (z ^ z >> 27) * 0x94D049BB133111EBu;
        z ^= z >> 31;
        memcpy(memory + at, &z, sizeof(z));
    }
}

static void die(const char *what)
{
    perror(what);
    exit(STATUS_UNUSABLE);
}

static unsigned char *map_region(size_t bytes)
{
    void *region = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (region == MAP_FAILED)
        die("cannot map a region");
    return (unsigned char *)region;
}

/* A region with an inaccessible page on both sides, so that no neighbour's memory answers for what lies past it. */
static unsigned char *map_guarded(size_t bytes)
{
    unsigned char *map = map_region(bytes + 2 * CASE_PAGE_SIZE);
    if (mprotect(map, CASE_PAGE_SIZE, PROT_NONE) != 0
        || mprotect(map + CASE_PAGE_SIZE + bytes, CASE_PAGE_SIZE, PROT_NONE) != 0)
        die("cannot protect the pages around a region");
    return map + CASE_PAGE_SIZE;
}

static void unmap_guarded(unsigned char *region, size_t bytes)
{
    munmap(region - CASE_PAGE_SIZE, bytes + 2 * CASE_PAGE_SIZE);
}

static void protect(const struct conformance_case *c, unsigned char *region)
{
    size_t i;
    for (i = 0; i < c->pages; i++) {
        int protection = c->protections[i] == PAGE_NONE ? PROT_NONE : PROT_READ;
        if (c->protections[i] != PAGE_READ_WRITE
            && mprotect(region + i * CASE_PAGE_SIZE, CASE_PAGE_SIZE, protection) != 0)
            die("cannot protect a page");
    }
}

/* Turns an address of the file into one of this process. */
static void *locate(unsigned char *region, int relative, uint64_t value)
{
    return (void *)((relative ? (uintptr_t)region : 0) + (uintptr_t)value);
}

/* Returns the vector, allocated with exactly its length, so that a sanitizer sees an access beyond it. */
static struct cpu_op *build(const struct conformance_case *c, unsigned char *region)
{
    struct cpu_op *ops = malloc(c->op_count * sizeof(*ops) + (c->op_count == 0));
    size_t i;
    if (ops == NULL)
        die("cannot allocate a vector");
    for (i = 0; i < c->op_count; i++) {
        const struct case_op *from = &c->ops[i];
        void *first = locate(region, from->relative_first, from->first);
        void *second = locate(region, from->relative_second, from->second);
        ops[i] = from->op;
        switch (from->op.op) {
        case CPU_COMPARE_EQ_OP:
        case CPU_COMPARE_NE_OP:
            LINUX_FIELD_u32_u64_SET(ops[i].u.compare_op.a, first);
            LINUX_FIELD_u32_u64_SET(ops[i].u.compare_op.b, second);
            break;
        case CPU_MEMCPY_OP:
            LINUX_FIELD_u32_u64_SET(ops[i].u.memcpy_op.dst, first);
            LINUX_FIELD_u32_u64_SET(ops[i].u.memcpy_op.src, second);
            break;
        default:
            /* Every other shape begins with p. */
            LINUX_FIELD_u32_u64_SET(ops[i].u.arithmetic_op.p, first);
            break;
        }
    }
    return ops;
}

static const char *result_name(int result, char *buffer, size_t size)
{
    if (result == -EINVAL)
        return "-EINVAL";
    if (result == -EFAULT)
        return "-EFAULT";
    if (result == -EAGAIN)
        return "-EAGAIN";
    snprintf(buffer, size, "%d", result);
    return buffer;
}

static void print_bytes(const char *label, const unsigned char *bytes, size_t len)
{
    size_t i;
    printf("    %s ", label);
    for (i = 0; i < len && i < DIFF_BYTES_MAX; i++)
        printf("%02x", bytes[i]);
    printf("%s\n", len > DIFF_BYTES_MAX ? "…" : "");
}

/* Prints where two images differ. Returns whether they do. */
static int print_diff(const unsigned char *expected, const unsigned char *actual, size_t len)
{
    size_t at = 0;
    int runs = 0;
    while (at < len) {
        size_t end = at;
        while (end < len && expected[end] != actual[end])
            end++;
        if (end > at && runs++ < DIFF_RUNS_MAX) {
            printf("  memory at +%zu, %zu bytes\n", at, end - at);
            print_bytes("expected", expected + at, end - at);
            print_bytes("actual  ", actual + at, end - at);
        }
        at = end + 1;
    }
    if (runs > DIFF_RUNS_MAX)
        printf("  memory differs in %d more places\n", runs - DIFF_RUNS_MAX);
    return runs != 0;
}

/* Runs one case and prints what is wrong. Returns whether it passed. */
static int run_case(const struct conformance_case *c)
{
    size_t bytes = c->pages * CASE_PAGE_SIZE;
    unsigned char *region = map_guarded(bytes);
    unsigned char *expected = map_region(bytes);
    struct cpu_op *ops = build(c, region);
    char expected_text[16];
    char actual_text[16];
    size_t i;
    int result;
    int same_memory;

    fill(region, bytes, c->seed);
    memcpy(expected, region, bytes);
    for (i = 0; i < c->change_count; i++)
        memcpy(expected + c->changes[i].offset, c->changes[i].bytes, c->changes[i].len);
    protect(c, region);

    result = cpu_opv(ops, c->count, c->is_current_cpu ? opv_cpu_current() : c->cpu, c->flags);

    if (mprotect(region, bytes, PROT_READ | PROT_WRITE) != 0)
        die("cannot unprotect a region");
    same_memory = memcmp(expected, region, bytes) == 0;
    if (result != c->result || !same_memory) {
        printf("FAIL %s\n", c->name);
        if (result != c->result)
            printf("  result: expected %s, actual %s\n",
                result_name(c->result, expected_text, sizeof(expected_text)),
                result_name(result, actual_text, sizeof(actual_text)));
        print_diff(expected, region, bytes);
    }
    free(ops);
    munmap(expected, bytes);
    unmap_guarded(region, bytes);
    return result == c->result && same_memory;
}

static int is_machine_of_the_cases(void)
{
    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) {
        printf("left out: the cases are for little-endian machines\n");
        return 0;
    }
    if (opv_page_size() != CASE_PAGE_SIZE) {
        printf("left out: the cases are for pages of %d bytes, here they have %ld\n", CASE_PAGE_SIZE, opv_page_size());
        return 0;
    }
    return 1;
}

static int choose_page_check(const char *name)
{
    if (strcmp(name, "populate") == 0) {
        if (!opv_populate_works()) {
            printf("left out: this kernel has no MADV_POPULATE_READ and MADV_POPULATE_WRITE\n");
            return STATUS_LEFT_OUT;
        }
        opv_pages_check = opv_pages_populate;
    } else if (strcmp(name, "futex") == 0) {
        opv_pages_check = opv_pages_futex;
    } else if (strcmp(name, "probe") == 0) {
        if (opv_catch_faults() != 0) {
            printf("left out: vectors' pages cannot be touched on this machine\n");
            return STATUS_LEFT_OUT;
        }
    } else {
        fprintf(stderr, "unknown page check '%s'\n", name);
        return STATUS_UNUSABLE;
    }
    return STATUS_PASSED;
}

int main(int argc, char **argv)
{
    struct case_reader reader = {NULL, argc > 1 ? argv[1] : "", 0};
    struct conformance_case c;
    unsigned long passed = 0;
    unsigned long failed = 0;
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: conformance FILE [populate|futex]\n");
        return STATUS_UNUSABLE;
    }
    if (!is_machine_of_the_cases())
        return STATUS_LEFT_OUT;
    if (argc == 3) {
        int status = choose_page_check(argv[2]);
        if (status != STATUS_PASSED)
            return status;
    }
    reader.file = fopen(reader.path, "r");
    if (reader.file == NULL)
        die(reader.path);
    while (case_read(&reader, &c)) {
        if (run_case(&c))
            passed++;
        else
            failed++;
        case_free(&c);
    }
    fclose(reader.file);
    if (passed + failed == 0)
        fprintf(stderr, "%s: no case in it\n", reader.path);
    printf("%lu passed, %lu failed\n", passed, failed);
    return failed == 0 && passed != 0 ? STATUS_PASSED : STATUS_FAILED;
}
