/* SPDX-License-Identifier: Apache-2.0 */
/* Reads files of conformance cases; their format is described in shared/conformance/README.md. */
#ifndef OPV_TESTS_VECTORS_H
#define OPV_TESTS_VECTORS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "opv/cpu_opv.h"

/* The pages that cases speak of. */
#define CASE_PAGE_SIZE 4096

enum page_protection { PAGE_READ_WRITE, PAGE_READ_ONLY, PAGE_NONE };

/* One `mem` line: bytes that the vector changes. */
struct case_change {
    size_t offset;
    size_t len;
    unsigned char *bytes;
};

/* One operation; its addresses are offsets into the region, or absolute, until the region exists. */
struct case_op {
    struct cpu_op op;
    int relative_first;
    int relative_second;
    uint64_t first;
    uint64_t second;
};

struct conformance_case {
    char *name;
    size_t pages;
    uint64_t seed;
    enum page_protection *protections;
    struct case_op *ops;
    size_t op_count;
    int count;
    int cpu;
    int is_current_cpu;
    int flags;
    int result;
    struct case_change *changes;
    size_t change_count;
    /* Which of the lines that a case has once were read. */
    int has_region;
    int has_call;
    int has_result;
};

struct case_reader {
    FILE *file;
    const char *path;
    unsigned long line;
};

/*
 * Reads the next case into *out, which case_free() frees. Returns 1, or 0 at the end of the file. Anything that the
 * format does not allow is reported with its file and line, and ends the program.
 */
int case_read(struct case_reader *reader, struct conformance_case *out);

void case_free(struct conformance_case *c);

#endif
