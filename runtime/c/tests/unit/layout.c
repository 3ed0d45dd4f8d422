/* SPDX-License-Identifier: Apache-2.0 */
/* What the bytes of a struct cpu_op are. Sizes and offsets are asserted in the header itself. */
#include <string.h>

#include "opv/cpu_opv.h"
#include "test.h"

#define SIZE sizeof(struct cpu_op)

/* Offsets as the interface fixes them, on every machine. */
enum { AT_OP = 0, AT_LEN = 4, AT_FIRST = 8, AT_SECOND = 16, AT_SHIFT_FAULT = 20, AT_FAULT = 24, AT_FAULT_2 = 25 };

/* Pointers with the top bit set, which a sign extension would spoil. Never followed. */
static char *pointer_1(void)
{
    return (char *)(UINTPTR_MAX - 0x1234);
}

static char *pointer_2(void)
{
    return (char *)(UINTPTR_MAX / 2 + 0x4321);
}

/* An element that holds rubbish, so that what a setter forgets is seen. */
static struct cpu_op rubbish(void)
{
    struct cpu_op op;
    memset(&op, 0xa5, SIZE);
    return op;
}

static void put_u32(unsigned char *image, size_t at, uint32_t value)
{
    memcpy(image + at, &value, sizeof(value));
}

static void put_u64(unsigned char *image, size_t at, uint64_t value)
{
    memcpy(image + at, &value, sizeof(value));
}

/* The image of an element with these members, as a 64-bit reader of this byte order would write it. */
static void image_of(unsigned char *image, int32_t op, uint32_t len, uint64_t first, uint64_t second)
{
    memset(image, 0, SIZE);
    put_u32(image, AT_OP, (uint32_t)op);
    put_u32(image, AT_LEN, len);
    put_u64(image, AT_FIRST, first);
    put_u64(image, AT_SECOND, second);
}

void test_vector_layout(void)
{
    struct {
        char before;
        LINUX_FIELD_u32_u64(pointer);
    } holder;
    uint64_t word;
    memset(&holder, 0xff, sizeof(holder));
    if (holder.before != 0)
        LINUX_FIELD_u32_u64_SET(holder.pointer, pointer_2());
    else
        CHECK(0);
    memcpy(&word, (char *)&holder + sizeof(holder) - sizeof(word), sizeof(word));
    CHECK(word == (uint64_t)(uintptr_t)pointer_2());
    CHECK(LINUX_FIELD_u32_u64_POINTER(holder.pointer) == pointer_2());
    CHECK_EQUAL(4216, CPU_OP_VEC_DATA_LEN_MAX);
}

static void check_image(const struct cpu_op *op, const unsigned char *image, int line)
{
    test_checks++;
    if (memcmp(op, image, SIZE) != 0) {
        test_failures++;
        printf("%s:%d: FAIL: the element's bytes differ\n", __FILE__, line);
    }
}

#define CHECK_IMAGE(op, image) check_image(op, image, __LINE__)

/* As the authors of the original wrote it. */
static void test_initialisers(void)
{
    unsigned char image[SIZE];
    struct cpu_op add = {
        .op = CPU_ADD_OP, .len = 8,
        LINUX_FIELD_u32_u64_INIT_ONSTACK(.u.arithmetic_op.p, pointer_1()), .u.arithmetic_op.count = 1
    };
    struct cpu_op copies[] = {
        [0] = {
            .op = CPU_MEMCPY_OP, .len = 79,
            LINUX_FIELD_u32_u64_INIT_ONSTACK(.u.memcpy_op.dst, pointer_1()),
            LINUX_FIELD_u32_u64_INIT_ONSTACK(.u.memcpy_op.src, (uintptr_t)pointer_2()),
            .u.memcpy_op.expect_fault_src = 1,
        },
    };
    image_of(image, CPU_ADD_OP, 8, (uintptr_t)pointer_1(), 1);
    CHECK_IMAGE(&add, image);
    image_of(image, CPU_MEMCPY_OP, 79, (uintptr_t)pointer_1(), (uintptr_t)pointer_2());
    image[AT_FAULT_2] = 1;
    CHECK_IMAGE(&copies[0], image);
}

static void test_two_operand_setters(void)
{
    uint64_t first = (uintptr_t)pointer_1();
    uint64_t second = (uintptr_t)pointer_2();
    unsigned char image[SIZE];
    struct cpu_op op = rubbish();

    image_of(image, 0, 77, first, second);
    cpu_op_set_compare_eq(&op, pointer_1(), pointer_2(), 77);
    CHECK_IMAGE(&op, image);
    cpu_op_set_expect_fault_b(&op);
    image[AT_FAULT_2] = 1;
    CHECK_IMAGE(&op, image);

    op = rubbish();
    image_of(image, 1, 78, first, second);
    cpu_op_set_compare_ne(&op, pointer_1(), pointer_2(), 78);
    CHECK_IMAGE(&op, image);
    cpu_op_set_expect_fault_a(&op);
    image[AT_FAULT] = 1;
    CHECK_IMAGE(&op, image);

    op = rubbish();
    image_of(image, 2, 79, first, second);
    cpu_op_set_memcpy(&op, pointer_1(), pointer_2(), 79);
    CHECK_IMAGE(&op, image);
    cpu_op_set_expect_fault_dst(&op);
    image[AT_FAULT] = 1;
    CHECK_IMAGE(&op, image);
    cpu_op_set_memcpy(&op, pointer_1(), pointer_2(), 79);
    cpu_op_set_expect_fault_src(&op);
    image[AT_FAULT] = 0;
    image[AT_FAULT_2] = 1;
    CHECK_IMAGE(&op, image);
}

static void test_arithmetic_setters(void)
{
    uint64_t first = (uintptr_t)pointer_1();
    unsigned char image[SIZE];
    struct cpu_op op = rubbish();
    image_of(image, 3, 8, first, (uint64_t)INT64_MIN);
    cpu_op_set_add(&op, pointer_1(), INT64_MIN, 8);
    CHECK_IMAGE(&op, image);
    cpu_op_set_expect_fault_p(&op);
    image[AT_FAULT] = 1;
    CHECK_IMAGE(&op, image);
}

static void test_bitwise_setters(void)
{
    void (*const setters[])(struct cpu_op *, void *, uint64_t, uint32_t) = {cpu_op_set_or, cpu_op_set_and, cpu_op_set_xor};
    int i;
    for (i = 0; i < 3; i++) {
        unsigned char image[SIZE];
        struct cpu_op op = rubbish();
        image_of(image, 4 + i, 2, (uintptr_t)pointer_1(), UINT64_MAX - 5);
        setters[i](&op, pointer_1(), UINT64_MAX - 5, 2);
        CHECK_IMAGE(&op, image);
        cpu_op_set_expect_fault_p(&op);
        image[AT_FAULT] = 1;
        CHECK_IMAGE(&op, image);
    }
}

static void test_shift_setters(void)
{
    void (*const setters[])(struct cpu_op *, void *, uint32_t, uint32_t) = {cpu_op_set_lshift, cpu_op_set_rshift};
    int i;
    for (i = 0; i < 2; i++) {
        unsigned char image[SIZE];
        struct cpu_op op = rubbish();
        image_of(image, 7 + i, 4, (uintptr_t)pointer_1(), 0);
        put_u32(image, AT_SECOND, 31);
        setters[i](&op, pointer_1(), 31, 4);
        CHECK_IMAGE(&op, image);
        cpu_op_set_expect_fault_p(&op);
        image[AT_SHIFT_FAULT] = 1;
        CHECK_IMAGE(&op, image);
    }
}

void test_setters(void)
{
    test_initialisers();
    unsigned char image[SIZE];
    struct cpu_op op = rubbish();
    test_two_operand_setters();
    test_arithmetic_setters();
    test_bitwise_setters();
    test_shift_setters();
    image_of(image, 9, 0, 0, 0);
    cpu_op_set_mb(&op);
    CHECK_IMAGE(&op, image);
}
