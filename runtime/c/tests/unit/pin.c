/* SPDX-License-Identifier: Apache-2.0 */
/* What a vector may take for accessible without the kernel being asked: no more than what is. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "opv/engine.h"
#include "test.h"

static int run(struct cpu_op *ops, int count)
{
    return cpu_opv(ops, count, opv_cpu_current(), 0);
}

/* A comparison of 8 bytes with themselves: holds, or faults. */
static int read_at(struct cpu_op *op, void *address)
{
    cpu_op_set_compare_eq(op, address, address, sizeof(uint64_t));
    return run(op, 1);
}

static int write_at(struct cpu_op *op, void *address)
{
    cpu_op_set_add(op, address, 0, sizeof(uint64_t));
    return run(op, 1);
}

/*
 * The page that a vector stands on, and the pages beside it. The vector itself is read; that says nothing about writes
 * to its page, nor about its neighbours.
 */
static void test_beside_the_vector(void)
{
    size_t page = test_page_size();
    char *pages = test_map(3);
    char *own = pages + page;
    struct cpu_op *last = (struct cpu_op *)(void *)(own + page) - 1;
    CHECK(mprotect(pages, page, PROT_NONE) == 0);
    CHECK(mprotect(pages + 2 * page, page, PROT_NONE) == 0);
    CHECK_EQUAL(0, read_at(last, own));
    CHECK_EQUAL(0, write_at(last, own));
    CHECK_EQUAL(-EFAULT, read_at(last, own + page));
    CHECK_EQUAL(-EFAULT, read_at(last, own + page - 4));
    CHECK_EQUAL(-EFAULT, read_at(last, own - 4));
    CHECK_EQUAL(-EFAULT, write_at(last, own - 8));
    cpu_op_set_compare_eq(&last[-1], own, own, 8);
    cpu_op_set_add(&last[0], own, 0, 8);
    CHECK(mprotect(own, page, PROT_READ) == 0);
    CHECK_EQUAL(0, run(&last[-1], 1));
    CHECK_EQUAL(-EFAULT, run(last, 1));
    CHECK_EQUAL(-EFAULT, run(&last[-1], 2));
    CHECK(munmap(pages, 3 * page) == 0);
}

/* Pages of the caller's own stack, above its frame, can be protected like any others. */
static void test_protected_stack(void)
{
    size_t page = test_page_size();
    char room[4 * page];
    char *first = room + (page - (uintptr_t)room % page);
    struct cpu_op op;
    memset(room, 0, sizeof(room));
    CHECK_EQUAL(0, write_at(&op, first + page));
    CHECK(mprotect(first + page, page, PROT_READ) == 0);
    CHECK_EQUAL(0, read_at(&op, first + page));
    CHECK_EQUAL(-EFAULT, write_at(&op, first + page));
    CHECK_EQUAL(0, write_at(&op, first + 2 * page));
    CHECK(mprotect(first + page, page, PROT_NONE) == 0);
    CHECK_EQUAL(-EFAULT, read_at(&op, first + page));
    CHECK_EQUAL(-EFAULT, read_at(&op, first + page - 1));
    CHECK_EQUAL(0, write_at(&op, first + 2 * page));
    CHECK(mprotect(first + page, page, PROT_READ | PROT_WRITE) == 0);
    CHECK_EQUAL(0, write_at(&op, first + page));
}

/* What one vector has found accessible, the next one must find anew. */
static void test_unmapped_between_vectors(void)
{
    char *memory = test_map(1);
    struct cpu_op op;
    CHECK_EQUAL(0, write_at(&op, memory));
    CHECK(mprotect(memory, test_page_size(), PROT_READ) == 0);
    CHECK_EQUAL(-EFAULT, write_at(&op, memory));
    CHECK_EQUAL(0, read_at(&op, memory));
    CHECK(munmap(memory, test_page_size()) == 0);
    CHECK_EQUAL(-EFAULT, read_at(&op, memory));
}

/* Within a vector, a page that can be read need not be one that can be written, nor its neighbour one of either. */
static void test_remembered_pages(void)
{
    size_t page = test_page_size();
    char *memory = test_map(3);
    struct cpu_op ops[3];
    CHECK(mprotect(memory + page, page, PROT_READ) == 0);
    CHECK(mprotect(memory + 2 * page, page, PROT_NONE) == 0);
    cpu_op_set_compare_eq(&ops[0], memory + page - 4, memory + page, 4);
    cpu_op_set_compare_eq(&ops[1], memory + page - 4, memory + page + 8, 8);
    CHECK_EQUAL(0, run(ops, 2));
    cpu_op_set_add(&ops[2], memory + page + 8, 1, 8);
    CHECK_EQUAL(-EFAULT, run(ops, 3));
    cpu_op_set_add(&ops[2], memory + page - 8, 1, 8);
    CHECK_EQUAL(0, run(ops, 3));
    cpu_op_set_add(&ops[2], memory + page - 4, 1, 8);
    CHECK_EQUAL(-EFAULT, run(ops, 3));
    cpu_op_set_compare_eq(&ops[2], memory, memory + 2 * page - 4, 8);
    cpu_op_set_expect_fault_b(&ops[2]);
    CHECK_EQUAL(-EAGAIN, run(ops, 3));
}

/* More pages than are remembered, of which the last, or the one before, is not accessible. */
static void test_many_pages(void)
{
    size_t page = test_page_size();
    char *memory = test_map(2 * CPU_OP_VEC_LEN_MAX);
    struct cpu_op ops[CPU_OP_VEC_LEN_MAX];
    int i;
    for (i = 0; i < CPU_OP_VEC_LEN_MAX; i++)
        cpu_op_set_memcpy(&ops[i], memory + (size_t)(2 * i) * page, memory + (size_t)(2 * i + 1) * page, 8);
    CHECK_EQUAL(0, run(ops, CPU_OP_VEC_LEN_MAX));
    for (i = 0; i < 2 * CPU_OP_VEC_LEN_MAX; i++) {
        CHECK(mprotect(memory + (size_t)i * page, page, PROT_NONE) == 0);
        CHECK_EQUAL(-EFAULT, run(ops, CPU_OP_VEC_LEN_MAX));
        CHECK(mprotect(memory + (size_t)i * page, page, PROT_READ | PROT_WRITE) == 0);
    }
    CHECK_EQUAL(0, run(ops, CPU_OP_VEC_LEN_MAX));
    CHECK(munmap(memory, 2 * CPU_OP_VEC_LEN_MAX * page) == 0);
}

void test_pin(void)
{
    test_beside_the_vector();
    test_protected_stack();
    test_unmapped_between_vectors();
    test_remembered_pages();
    test_many_pages();
}
