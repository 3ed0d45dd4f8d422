/* SPDX-License-Identifier: Apache-2.0 */
/* What the conformance cases leave open. */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>

#include "opv/engine.h"
#include "test.h"

static int run(struct cpu_op *ops, int count)
{
    return cpu_opv(ops, count, opv_cpu_current(), 0);
}

static void test_flags(void)
{
    int cpu = opv_cpu_current();
    CHECK_EQUAL(10, cpu_opv(NULL, 99, -7, CPU_OP_NR_FLAG));
    CHECK_EQUAL(16, cpu_opv(NULL, 99, -7, CPU_OP_VEC_LEN_MAX_FLAG));
    CHECK_EQUAL(10, cpu_opv(NULL, 99, -7, CPU_OP_NR_FLAG | CPU_OP_VEC_LEN_MAX_FLAG));
    CHECK_EQUAL(-EINVAL, cpu_opv(NULL, 0, cpu, 1 << 2));
    CHECK_EQUAL(-EINVAL, cpu_opv(NULL, 0, cpu, CPU_OP_NR_FLAG | 1 << 2));
    CHECK_EQUAL(-EINVAL, cpu_opv(NULL, 0, cpu, INT32_MIN));
}

static void test_arguments(void)
{
    struct cpu_op op;
    int cpu = opv_cpu_current();
    cpu_op_set_mb(&op);
    CHECK_EQUAL(0, cpu_opv(NULL, 0, cpu, 0));
    CHECK_EQUAL(0, cpu_opv(&op, 1, cpu, 0));
    CHECK_EQUAL(-EFAULT, cpu_opv(NULL, 1, cpu, 0));
    CHECK_EQUAL(-EINVAL, cpu_opv(NULL, 17, cpu, 0));
    CHECK_EQUAL(-EINVAL, cpu_opv(&op, -1, cpu, 0));
    CHECK_EQUAL(-EINVAL, cpu_opv(&op, INT32_MIN, cpu, 0));
    CHECK_EQUAL(-EINVAL, cpu_opv(&op, INT32_MAX, cpu, 0));
    CHECK_EQUAL(-EINVAL, cpu_opv(&op, 1, -1, 0));
    CHECK_EQUAL(-EINVAL, cpu_opv(&op, 1, opv_cpus_possible(), 0));
    CHECK_EQUAL(-EINVAL, cpu_opv(&op, 1, INT32_MAX, 0));
    CHECK_EQUAL(-EINVAL, opv_execute(&op, 1, INT32_MIN));
    /* What a barrier does not use does not count. */
    op.len = UINT32_MAX;
    memset(&op.u, 0xff, sizeof(op.u));
    CHECK_EQUAL(0, cpu_opv(&op, 1, cpu, 0));
}

static void test_data_length(void)
{
    static char from[CPU_OP_DATA_LEN_MAX];
    static char to[CPU_OP_DATA_LEN_MAX];
    uint64_t words[15] = {0};
    struct cpu_op ops[CPU_OP_VEC_LEN_MAX];
    int i;
    cpu_op_set_memcpy(&ops[0], to, from, CPU_OP_DATA_LEN_MAX);
    for (i = 1; i < CPU_OP_VEC_LEN_MAX; i++)
        cpu_op_set_add(&ops[i], &words[i - 1], i, 8);
    CHECK_EQUAL(0, run(ops, CPU_OP_VEC_LEN_MAX));
    CHECK_EQUAL(15, words[14]);
    cpu_op_set_memcpy(&ops[15], to, from, 9);
    CHECK_EQUAL(-EINVAL, run(ops, CPU_OP_VEC_LEN_MAX));
    CHECK_EQUAL(15, words[14]);
    CHECK_EQUAL(1, words[0]);
}

/* The longest copy and comparison, both sides across a page boundary: the largest number of pages. */
static void test_pages(void)
{
    char *memory = test_map(4 * CPU_OP_DATA_LEN_MAX / test_page_size() + 4);
    struct cpu_op ops[1];
    cpu_op_set_memcpy(&ops[0], memory + 1, memory + 2 * CPU_OP_DATA_LEN_MAX + 3, CPU_OP_DATA_LEN_MAX);
    CHECK_EQUAL(0, run(ops, 1));
    cpu_op_set_compare_ne(&ops[0], memory + 1, memory + 2 * CPU_OP_DATA_LEN_MAX + 3, CPU_OP_DATA_LEN_MAX);
    CHECK_EQUAL(1, run(ops, 1));
}

/* Addresses that no process has: they must come out as faults, at every length that reaches beyond the end. */
static void test_impossible_addresses(void)
{
    static const uintptr_t addresses[] = {
        0, 1, UINTPTR_MAX, UINTPTR_MAX - 7, UINTPTR_MAX - 4095, UINTPTR_MAX - 4096, UINTPTR_MAX - 8191,
#if UINTPTR_MAX > UINT32_MAX
        /* Not canonical, and the kernel's half, on x86-64. */
        (uintptr_t)1 << 63, (uintptr_t)0x0000800000000000, (uintptr_t)0xffffffff81000000,
#endif
    };
    static const uint32_t lengths[] = {1, 2, 8, 9, 4095, CPU_OP_DATA_LEN_MAX};
    char *memory = test_map(CPU_OP_DATA_LEN_MAX / test_page_size() + 1);
    size_t a;
    size_t l;
    for (a = 0; a < sizeof(addresses) / sizeof(addresses[0]); a++) {
        void *bad = (void *)addresses[a];
        struct cpu_op op;
        for (l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++) {
            cpu_op_set_memcpy(&op, bad, memory, lengths[l]);
            CHECK_EQUAL(-EFAULT, run(&op, 1));
            cpu_op_set_expect_fault_dst(&op);
            CHECK_EQUAL(-EAGAIN, run(&op, 1));
            cpu_op_set_memcpy(&op, memory, bad, lengths[l]);
            CHECK_EQUAL(-EFAULT, run(&op, 1));
            cpu_op_set_compare_eq(&op, bad, memory, lengths[l]);
            CHECK_EQUAL(-EFAULT, run(&op, 1));
            cpu_op_set_compare_eq(&op, memory, bad, lengths[l]);
            cpu_op_set_expect_fault_b(&op);
            CHECK_EQUAL(-EAGAIN, run(&op, 1));
        }
        cpu_op_set_lshift(&op, bad, 1, 8);
        cpu_op_set_expect_fault_p(&op);
        CHECK_EQUAL(-EAGAIN, run(&op, 1));
        cpu_op_set_memcpy(&op, bad, bad, 0);
        CHECK_EQUAL(0, run(&op, 1));
        cpu_op_set_compare_eq(&op, bad, bad, 0);
        CHECK_EQUAL(0, run(&op, 1));
        cpu_op_set_compare_ne(&op, bad, bad, 0);
        CHECK_EQUAL(1, run(&op, 1));
    }
}

/* The first inaccessible operand decides: a before b, dst before src, operation by operation, run or not. */
static void test_fault_order(void)
{
    uint64_t zero = 0;
    uint64_t one = 1;
    struct cpu_op ops[3];
    cpu_op_set_memcpy(&ops[0], NULL, NULL, 8);
    cpu_op_set_expect_fault_src(&ops[0]);
    CHECK_EQUAL(-EFAULT, run(ops, 1));
    cpu_op_set_memcpy(&ops[0], NULL, NULL, 8);
    cpu_op_set_expect_fault_dst(&ops[0]);
    CHECK_EQUAL(-EAGAIN, run(ops, 1));
    cpu_op_set_compare_eq(&ops[0], NULL, NULL, 8);
    cpu_op_set_expect_fault_b(&ops[0]);
    CHECK_EQUAL(-EFAULT, run(ops, 1));

    cpu_op_set_add(&ops[0], &zero, 0, 8);
    cpu_op_set_compare_eq(&ops[1], &zero, &one, 8);
    cpu_op_set_add(&ops[2], NULL, 1, 8);
    CHECK_EQUAL(-EFAULT, run(ops, 3));
    cpu_op_set_add(&ops[0], NULL, 1, 8);
    cpu_op_set_expect_fault_p(&ops[0]);
    CHECK_EQUAL(-EAGAIN, run(ops, 3));
    /* A limit that is broken goes before any fault. */
    ops[2].len = 3;
    CHECK_EQUAL(-EINVAL, run(ops, 3));
    /* Any value but 0 sets an expect_fault. */
    cpu_op_set_add(&ops[0], NULL, 1, 8);
    ops[0].u.arithmetic_op.expect_fault_p = 0x80;
    CHECK_EQUAL(-EAGAIN, run(ops, 1));
}

static void test_partly_accessible(void)
{
    size_t page = test_page_size();
    char *memory = test_map(3);
    uint64_t value = 0x0102030405060708;
    struct cpu_op op;
    CHECK(mprotect(memory + page, page, PROT_READ) == 0);
    CHECK(mprotect(memory + 2 * page, page, PROT_NONE) == 0);
    cpu_op_set_memcpy(&op, memory + page - 8, &value, 8);
    CHECK_EQUAL(0, run(&op, 1));
    cpu_op_set_memcpy(&op, memory + page - 7, &value, 8);
    CHECK_EQUAL(-EFAULT, run(&op, 1));
    cpu_op_set_xor(&op, memory + page - 1, 1, 2);
    CHECK_EQUAL(-EFAULT, run(&op, 1));
    cpu_op_set_memcpy(&op, &value, memory + page - 4, 8);
    CHECK_EQUAL(0, run(&op, 1));
    cpu_op_set_memcpy(&op, &value, memory + 2 * page - 4, 8);
    CHECK_EQUAL(-EFAULT, run(&op, 1));
    cpu_op_set_compare_eq(&op, memory + 2 * page - 4, memory + 2 * page - 4, 5);
    CHECK_EQUAL(-EFAULT, run(&op, 1));
}

/* A vector whose first operation writes over the second runs as it was when it was checked. */
static void test_self_modification(void)
{
    uint64_t target = 0;
    struct cpu_op other;
    struct cpu_op ops[2];
    cpu_op_set_add(&other, NULL, 1, 8);
    cpu_op_set_memcpy(&ops[0], &ops[1], &other, sizeof(other));
    cpu_op_set_add(&ops[1], &target, 5, 8);
    CHECK_EQUAL(0, run(ops, 2));
    CHECK_EQUAL(5, target);
    CHECK(memcmp(&ops[1], &other, sizeof(other)) == 0);
}

static void test_arithmetic(void)
{
    struct {
        uint8_t u8;
        uint16_t u16;
        uint32_t u32;
        uint64_t u64;
    } v = {0xff, 0x8001, 0x80000001, 0x8000000000000001};
    struct cpu_op ops[6];
    cpu_op_set_add(&ops[0], &v.u8, 2, 1);
    cpu_op_set_rshift(&ops[1], &v.u16, 15, 2);
    cpu_op_set_lshift(&ops[2], &v.u32, 31, 4);
    cpu_op_set_rshift(&ops[3], &v.u64, 63, 8);
    cpu_op_set_mb(&ops[4]);
    cpu_op_set_add(&ops[5], &v.u64, -3, 8);
    CHECK_EQUAL(0, run(ops, 6));
    CHECK_EQUAL(1, v.u8);
    CHECK_EQUAL(1, v.u16);
    CHECK(v.u32 == 0x80000000);
    CHECK(v.u64 == UINT64_MAX - 1);
    cpu_op_set_lshift(&ops[0], &v.u32, 32, 4);
    CHECK_EQUAL(-EINVAL, run(ops, 1));
    cpu_op_set_rshift(&ops[0], &v.u64, UINT32_MAX, 8);
    CHECK_EQUAL(-EINVAL, run(ops, 1));
}

/* Nothing but the result tells what happened. */
static void test_errno(void)
{
    struct cpu_op op;
    void *instance;
    errno = EXDEV;
    cpu_op_set_add(&op, NULL, 1, 8);
    run(&op, 1);
    CHECK_EQUAL(EXDEV, errno);
    opv_cpu_current();
    opv_cpus_possible();
    instance = opv_percpu_alloc(1, NULL);
    opv_percpu_free(instance);
    CHECK_EQUAL(EXDEV, errno);
}

/* After an error or a stop the CPU is free again: a vector that did not let go would hang the next one. */
static void test_clean_up(void)
{
    uint64_t zero = 0;
    struct cpu_op op;
    int cpu = opv_cpu_current();
    cpu_op_set_compare_ne(&op, &zero, &zero, 8);
    CHECK_EQUAL(1, opv_execute(&op, 1, cpu));
    CHECK_EQUAL(1, opv_execute(&op, 1, cpu));
    CHECK_EQUAL(0, opv_cpu_lock(cpu));
    opv_cpu_unlock(cpu);
    CHECK_EQUAL(-EINVAL, opv_cpu_lock(-1));
    CHECK_EQUAL(-EINVAL, opv_cpu_lock(opv_cpus_possible()));
    CHECK_EQUAL(-EINVAL, opv_cpu_lock(INT32_MAX));
}

/* Operations that cannot be read, wholly or in part, on the caller's stack and elsewhere. */
static void test_inaccessible_operations(void)
{
    size_t page = test_page_size();
    char *memory = test_map(2);
    uint64_t word = 0;
    struct cpu_op op;
    struct cpu_op *last = (struct cpu_op *)(void *)(memory + page) - 1;
    int cpu;
    cpu_op_set_add(&op, &word, 1, 8);
    last[0] = op;
    last[1] = op;
    do {
        cpu = opv_cpu_current();
    } while (cpu_opv(last, 2, cpu, 0) == -EINVAL);
    CHECK_EQUAL(2, word);
    CHECK(mprotect(memory + page, page, PROT_NONE) == 0);
    CHECK_EQUAL(-EFAULT, cpu_opv(last, 2, cpu, 0));
    CHECK_EQUAL(-EFAULT, cpu_opv(last + 1, 1, cpu, 0));
    CHECK_EQUAL(-EFAULT, cpu_opv((struct cpu_op *)(uintptr_t)8, 1, cpu, 0));
    CHECK_EQUAL(-EFAULT, cpu_opv((struct cpu_op *)(UINTPTR_MAX - 31), 2, cpu, 0));
    CHECK_EQUAL(2, word);
    CHECK(munmap(memory, 2 * page) == 0);
}

static void test_as_a_system_call(void)
{
    uint64_t zero = 0;
    struct cpu_op op;
    errno = EXDEV;
    CHECK_EQUAL(NR_CPU_OPS, cpu_opv_errno(NULL, 0, -1, CPU_OP_NR_FLAG));
    cpu_op_set_compare_ne(&op, &zero, &zero, 8);
    CHECK_EQUAL(1, cpu_opv_errno(&op, 1, opv_cpu_current(), 0));
    CHECK_EQUAL(EXDEV, errno);
    CHECK_EQUAL(-1, cpu_opv_errno(&op, 17, opv_cpu_current(), 0));
    CHECK_EQUAL(EINVAL, errno);
    CHECK_EQUAL(-1, cpu_opv_errno(NULL, 1, opv_cpu_current(), 0));
    CHECK_EQUAL(EFAULT, errno);
}

/* Whoever wants what it holds already is told so, and does not wait for itself. */
static void test_held_twice(void)
{
    uint64_t word = 0;
    struct cpu_op op;
    struct opv_held held = opv_cpu_enter();
    int cpu = (int)(held.offset / OPV_PERCPU_STRIDE);
    CHECK_EQUAL(0, held.error);
    CHECK(opv_cpu_is_possible(cpu));
    CHECK_EQUAL(-EDEADLK, opv_cpu_lock(cpu));
    cpu_op_set_add(&op, &word, 1, 8);
    CHECK_EQUAL(-EDEADLK, opv_execute(&op, 1, cpu));
    opv_cpu_leave(held);
    CHECK_EQUAL(0, opv_execute(&op, 1, cpu));
    CHECK_EQUAL(1, word);
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (!opv_cpu_is_possible(cpu))
            continue;
        CHECK_EQUAL(0, opv_cpu_lock(cpu));
        CHECK_EQUAL(-EDEADLK, opv_cpu_lock(cpu));
    }
    held = opv_cpu_enter();
    CHECK_EQUAL(-EDEADLK, held.error);
    for (cpu = 0; cpu < opv_cpus_possible(); cpu++) {
        if (opv_cpu_is_possible(cpu))
            opv_cpu_unlock(cpu);
    }
    held = opv_cpu_enter();
    CHECK_EQUAL(0, held.error);
    opv_cpu_leave(held);
}

/* Generated code says which operations have to be pinned. All of these are, before the first is done. */
static void test_built(void)
{
    size_t page = test_page_size();
    char *memory = test_map(3);
    uint64_t word = 0;
    struct cpu_op ops[3];
    int cpu = opv_cpu_current();
    CHECK(mprotect(memory + page, page, PROT_READ) == 0);
    CHECK(mprotect(memory + 2 * page, page, PROT_NONE) == 0);
    cpu_op_set_add(&ops[0], &word, 1, 8);
    cpu_op_set_memcpy(&ops[1], memory, memory + page, 8);
    cpu_op_set_memcpy(&ops[2], &word, memory + 2 * page - 8, 8);
    CHECK_EQUAL(0, opv_execute_built(ops, 0, OPV_PIN_NONE, cpu));
    CHECK_EQUAL(0, opv_execute_built(ops, 1, OPV_PIN_NONE, cpu));
    CHECK_EQUAL(1, word);
    CHECK_EQUAL(0, opv_execute_built(ops, 3, OPV_PIN(1) | OPV_PIN(2), cpu));
    CHECK_EQUAL(0, word);
    cpu_op_set_memcpy(&ops[2], &word, memory + 2 * page - 7, 8);
    CHECK_EQUAL(-EFAULT, opv_execute_built(ops, 3, OPV_PIN(1) | OPV_PIN(2), cpu));
    cpu_op_set_expect_fault_src(&ops[2]);
    CHECK_EQUAL(-EAGAIN, opv_execute_built(ops, 3, OPV_PIN(1) | OPV_PIN(2), cpu));
    cpu_op_set_memcpy(&ops[1], memory + page, memory, 8);
    CHECK_EQUAL(-EFAULT, opv_execute_built(ops, 3, OPV_PIN(1) | OPV_PIN(2), cpu));
    CHECK_EQUAL(0, word);
    cpu_op_set_compare_ne(&ops[2], &word, &word, 8);
    CHECK_EQUAL(0, opv_cpu_lock(cpu));
    CHECK_EQUAL(-EDEADLK, opv_execute_built(ops, 1, OPV_PIN_NONE, cpu));
    opv_cpu_unlock(cpu);
    CHECK_EQUAL(1, opv_execute_built(&ops[2], 1, OPV_PIN_NONE, cpu));
    CHECK(munmap(memory, 3 * page) == 0);
}

void test_vectors(void)
{
    test_inaccessible_operations();
    test_as_a_system_call();
    test_held_twice();
    test_built();
    test_flags();
    test_arguments();
    test_data_length();
    test_pages();
    test_impossible_addresses();
    test_fault_order();
    test_partly_accessible();
    test_self_modification();
    test_arithmetic();
    test_errno();
    test_clean_up();
}

/* Two CPUs that the process may use, or 0. */
static int find_two_cpus(const cpu_set_t *allowed, int *first, int *second)
{
    int cpu;
    int found = 0;
    for (cpu = 0; cpu < CPU_SETSIZE && found < 2; cpu++) {
        if (CPU_ISSET((size_t)cpu, allowed) && opv_cpu_is_possible(cpu))
            *(found++ == 0 ? first : second) = cpu;
    }
    return found == 2;
}

void test_affinity(void)
{
    cpu_set_t before;
    cpu_set_t one;
    uint64_t word = 0;
    int mine = 0;
    int forbidden = 0;
    struct cpu_op op;
    if (sched_getaffinity(0, sizeof(before), &before) != 0 || !find_two_cpus(&before, &mine, &forbidden)) {
        printf("affinity: left out, it needs two CPUs\n");
        return;
    }
    CPU_ZERO(&one);
    CPU_SET((size_t)mine, &one);
    CHECK(sched_setaffinity(0, sizeof(one), &one) == 0);
    cpu_op_set_add(&op, &word, 1, 8);
    CHECK_EQUAL(mine, opv_cpu_current());
    CHECK_EQUAL(0, cpu_opv(&op, 1, mine, 0));
    CHECK_EQUAL(-EINVAL, cpu_opv(&op, 1, forbidden, 0));
    CHECK_EQUAL(-EINVAL, cpu_opv(NULL, 0, forbidden, 0));
    CHECK_EQUAL(1, word);
    CHECK_EQUAL(0, opv_execute(&op, 1, forbidden));
    CHECK_EQUAL(2, word);
    CHECK(sched_setaffinity(0, sizeof(before), &before) == 0);
    CHECK_EQUAL(0, cpu_opv(&op, 1, forbidden, 0));
    CHECK_EQUAL(0, cpu_opv(&op, 1, mine, 0));
}
