/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what the implementation keeps to itself; this file holds the implementation. */
#define OPV_IMPLEMENTATION
#include "opv/engine.h"

#include "test.h"

/* Parses text and checks that exactly the CPUs of the list, which ends in -1, are in it. */
static int parses_to(const char *text, const int *cpus)
{
    struct opv_cpu_mask mask;
    int cpu;
    if (opv_parse_cpu_list(text, &mask) != 0)
        return 0;
    for (cpu = 0; cpu < OPV_CPUS_MAX; cpu++) {
        int wanted = cpu == *cpus;
        if (opv_mask_has(&mask, cpu) != wanted)
            return 0;
        cpus += wanted;
    }
    return *cpus == -1;
}

static int is_no_list(const char *text)
{
    struct opv_cpu_mask mask;
    return opv_parse_cpu_list(text, &mask) != 0;
}

void test_cpu_lists(void)
{
    CHECK(parses_to("0\n", (const int[]){0, -1}));
    CHECK(parses_to("0-3\n", (const int[]){0, 1, 2, 3, -1}));
    CHECK(parses_to("0-1,5,31-33,8191\n", (const int[]){0, 1, 5, 31, 32, 33, 8191, -1}));
    CHECK(parses_to("2", (const int[]){2, -1}));
    CHECK(parses_to("\n", (const int[]){-1}));
    CHECK(parses_to("", (const int[]){-1}));
    CHECK(parses_to("63-64,8190-99999999999999999999\n", (const int[]){63, 64, 8190, 8191, -1}));
    CHECK(parses_to("8192\n", (const int[]){-1}));
    CHECK(is_no_list("3-1\n"));
    CHECK(is_no_list("-1\n"));
    CHECK(is_no_list("0-\n"));
    CHECK(is_no_list("0,\n"));
    CHECK(is_no_list(",0\n"));
    CHECK(is_no_list("0 1\n"));
    CHECK(is_no_list("0x3\n"));
    CHECK(is_no_list("none\n"));
}

/* Without /sys, all CPUs are there still, also where the thread may use one alone. */
static void test_cpus_without_sys(void)
{
    static struct opv_cpus cpus;
    cpu_set_t before;
    cpu_set_t one;
    int cpu = opv_cpu_current();
    CPU_ZERO(&one);
    CPU_SET((size_t)cpu, &one);
    CHECK(sched_getaffinity(0, sizeof(before), &before) == 0);
    CHECK(sched_setaffinity(0, sizeof(one), &one) == 0);
    opv_cpus_find(&cpus, "/nonexistent/possible");
    CHECK(cpus.count >= opv_cpus_possible());
    CHECK(opv_mask_has(&cpus.possible, cpu));
    CHECK_EQUAL(0, cpus.first);
    CHECK(sched_setaffinity(0, sizeof(before), &before) == 0);
}

void test_cpus(void)
{
    struct opv_cpu_mask mask;
    int possible = opv_cpus_possible();
    CHECK(possible >= 1 && possible <= OPV_CPUS_MAX);
    CHECK(opv_cpu_is_possible(possible - 1));
    CHECK(!opv_cpu_is_possible(possible));
    CHECK(!opv_cpu_is_possible(-1));
    CHECK(!opv_cpu_is_possible(INT32_MIN));
    CHECK(!opv_cpu_is_possible(INT32_MAX));
    CHECK(opv_cpu_is_possible(opv_cpu_current()));
    CHECK(opv_read_cpu_list("/nonexistent/possible", &mask) != 0);
    test_cpus_without_sys();
    CHECK(opv_read_cpu_list("/proc/version", &mask) != 0);
}

/* Memory of one kind, and what a read and a write of it must come to. */
struct page_kind {
    const char *name;
    uintptr_t address;
    int can_read;
    int can_write;
};

static uintptr_t page_with(int protection)
{
    char *page = test_map(1);
    CHECK(mprotect(page, test_page_size(), protection) == 0);
    return (uintptr_t)page;
}

static uintptr_t unmapped_page(void)
{
    char *page = test_map(1);
    munmap(page, test_page_size());
    return (uintptr_t)page;
}

/* A page of a shared file mapping, inside the file or beyond its end. */
static uintptr_t file_page(int protection, off_t length)
{
    FILE *file = tmpfile();
    void *page = MAP_FAILED;
    CHECK(file != NULL);
    if (file != NULL && ftruncate(fileno(file), length) == 0)
        page = mmap(NULL, test_page_size(), protection, MAP_SHARED, fileno(file), 0);
    CHECK(page != MAP_FAILED);
    if (file != NULL)
        fclose(file);
    return (uintptr_t)page;
}

static void check_pages(opv_page_check *check, const char *name)
{
    struct page_kind kinds[] = {
        {"untouched", page_with(PROT_READ | PROT_WRITE), 1, 1},
        {"read-only", page_with(PROT_READ), 1, 0},
        {"no access", page_with(PROT_NONE), 0, 0},
        {"unmapped", 0, 0, 0},
        {"hole in a file", file_page(PROT_READ | PROT_WRITE, (off_t)test_page_size()), 1, 1},
        {"read-only file", file_page(PROT_READ, (off_t)test_page_size()), 1, 0},
        {"beyond the end of a file", file_page(PROT_READ | PROT_WRITE, 0), 0, 0},
        {"page 0", 0, 0, 0},
        {"last page", UINTPTR_MAX - test_page_size() + 1, 0, 0},
    };
    size_t page = test_page_size();
    size_t i;
    /* Unmapped last, or the next mapping would take the place. */
    kinds[3].address = unmapped_page();
    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        int can_read = check(kinds[i].address, page, OPV_READ);
        int can_write = check(kinds[i].address, page, OPV_WRITE);
        if (can_read != kinds[i].can_read || can_write != kinds[i].can_write)
            printf("page check %s, page %s: read %d, write %d\n", name, kinds[i].name, can_read, can_write);
        CHECK_EQUAL(kinds[i].can_read, can_read);
        CHECK_EQUAL(kinds[i].can_write, can_write);
    }
}

/* A check must not change what is there, and must look at every page of its range. */
static void check_range(opv_page_check *check)
{
    size_t page = test_page_size();
    char *pages = test_map(3);
    uintptr_t address = (uintptr_t)pages;
    uint32_t word = 0xfedcba98;
    memcpy(pages, &word, sizeof(word));
    CHECK(check(address, 3 * page, OPV_WRITE));
    CHECK(memcmp(pages, &word, sizeof(word)) == 0);
    CHECK(mprotect(pages + 2 * page, page, PROT_NONE) == 0);
    CHECK(check(address, 2 * page, OPV_WRITE));
    CHECK(!check(address, 3 * page, OPV_WRITE));
    CHECK(!check(address, 3 * page, OPV_READ));
    CHECK(mprotect(pages + page, page, PROT_READ) == 0);
    CHECK(check(address, 2 * page, OPV_READ));
    CHECK(!check(address, 2 * page, OPV_WRITE));
}

void test_page_checks(void)
{
    check_pages(opv_pages_futex, "futex");
    check_range(opv_pages_futex);
    if (opv_populate_works()) {
        check_pages(opv_pages_populate, "populate");
        check_range(opv_pages_populate);
    } else {
        printf("page checks: madvise() left out, this kernel does not populate\n");
    }
}

static int refused_checks;

static int refuse(uintptr_t address, size_t bytes, enum opv_access access)
{
    (void)address;
    (void)bytes;
    (void)access;
    refused_checks++;
    return 0;
}

/* The runtime's own memory is never asked about, and what only begins in it is. */
void test_owned_memory(void)
{
    opv_page_check *before = opv_pages_check_get();
    char *base = (char *)opv_percpu_alloc(OPV_PERCPU_STRIDE, NULL);
    const struct opv_arena *arena;
    struct cpu_op op;
    int cpu = opv_cpu_current();
    opv_pages_check = refuse;
    cpu_op_set_add(&op, opv_percpu_slot(base, cpu), 1, 8);
    CHECK_EQUAL(0, opv_execute(&op, 1, cpu));
    cpu_op_set_memcpy(&op, opv_percpu_slot(base, cpu), opv_percpu_slot(base, opv_cpus_possible() - 1), 4096);
    CHECK_EQUAL(0, opv_execute(&op, 1, cpu));
    CHECK_EQUAL(0, refused_checks);
    for (arena = opv_the_engine()->arenas; arena != NULL; arena = arena->next) {
        cpu_op_set_compare_eq(&op, arena->start + arena->bytes - 8, arena->start + arena->bytes - 8, 8);
        CHECK_EQUAL(0, opv_execute(&op, 1, cpu));
        cpu_op_set_compare_eq(&op, arena->start - 1, arena->start - 1, 1);
        refused_checks = 0;
        if (!opv_percpu_owns((uintptr_t)arena->start - 1, 1)) {
            CHECK_EQUAL(-EFAULT, opv_execute(&op, 1, cpu));
            CHECK_EQUAL(1, refused_checks);
        }
        refused_checks = 0;
        cpu_op_set_compare_eq(&op, arena->start + arena->bytes - 4, arena->start, 8);
        if (!opv_percpu_owns((uintptr_t)arena->start + arena->bytes, 1))
            CHECK_EQUAL(-EFAULT, opv_execute(&op, 1, cpu));
    }
    opv_pages_check = before;
    opv_percpu_free(base);
}

static opv_page_check *asked;
static int questions;

static int count_question(uintptr_t address, size_t bytes, enum opv_access access)
{
    questions++;
    return asked(address, bytes, access);
}

/* How often running the vector asks the kernel. */
static int questions_of(struct cpu_op *ops, int count)
{
    questions = 0;
    CHECK_EQUAL(0, opv_execute(ops, count, opv_cpu_current()));
    return questions;
}

/* The kernel is asked once about a page and an access in each vector, and in each vector again. */
static void test_questions_about_pages(void)
{
    char *memory = test_map(2);
    struct cpu_op ops[CPU_OP_VEC_LEN_MAX];
    int i;
    for (i = 0; i < CPU_OP_VEC_LEN_MAX; i++)
        cpu_op_set_add(&ops[i], memory + 8 * i, 1, 8);
    CHECK_EQUAL(1, questions_of(ops, CPU_OP_VEC_LEN_MAX));
    CHECK_EQUAL(1, questions_of(ops, CPU_OP_VEC_LEN_MAX));
    for (i = 0; i < CPU_OP_VEC_LEN_MAX; i++)
        cpu_op_set_memcpy(&ops[i], memory + 8 * i, memory + test_page_size() + 8 * (size_t)i, 8);
    CHECK_EQUAL(2, questions_of(ops, CPU_OP_VEC_LEN_MAX));
    cpu_op_set_compare_eq(&ops[0], memory, memory, 8);
    CHECK_EQUAL(3, questions_of(ops, CPU_OP_VEC_LEN_MAX));
}

/* Frames of the next test, one on the other: more than a page. */
enum { FRAMES = 64 };

/*
 * Cells on the stack, as generated code has them, with frames at many places in their pages. A frame's cells lie on two
 * pages at most. Returns how many of the frames asked the kernel nothing.
 */
static int count_silent_frames(uint64_t *slot, int frames)
{
    uint64_t cells[] = {0, 1, 0};
    struct cpu_op ops[4];
    int asked_here;
    int silent;
    cpu_op_set_compare_eq(&ops[0], slot, &cells[0], 8);
    cpu_op_set_memcpy(&ops[1], slot, &cells[1], 8);
    cpu_op_set_compare_eq(&ops[2], slot, &cells[1], 8);
    cpu_op_set_memcpy(&ops[3], slot, &cells[2], 8);
    asked_here = questions_of(ops, 4);
    CHECK(asked_here <= 2);
    silent = frames > 1 ? count_silent_frames(slot, frames - 1) : 0;
    /* Used behind the call, so that the frame is still there during it. */
    CHECK_EQUAL(1, cells[1]);
    return silent + (asked_here == 0);
}

void test_questions(void)
{
    void *base = opv_percpu_alloc(sizeof(uint64_t), NULL);
    int silent;
    asked = opv_pages_check_get();
    opv_pages_check = count_question;
    test_questions_about_pages();
    silent = count_silent_frames((uint64_t *)opv_percpu_slot(base, opv_cpu_current()), FRAMES);
    printf("questions to the kernel: none from %d of %d frames\n", silent, FRAMES);
    CHECK(silent > FRAMES / 2);
    opv_pages_check = asked;
    opv_percpu_free(base);
}
