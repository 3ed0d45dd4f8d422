/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "vectors.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define STATUS_UNUSABLE 2

static _Noreturn __attribute__((format(printf, 2, 3))) void malformed(
    const struct case_reader *reader, const char *format, ...)
{
    va_list arguments;
    fflush(stdout);
    fprintf(stderr, "%s:%lu: ", reader->path, reader->line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(STATUS_UNUSABLE);
}

/* Makes room for one more element of an array, zeroed, and returns the array. */
static void *grow(const struct case_reader *reader, void *array, size_t count, size_t element)
{
    char *grown = reallocarray(array, count + 1, element);
    if (grown == NULL)
        malformed(reader, "out of memory");
    memset(grown + count * element, 0, element);
    return grown;
}

/* Parses the whole of text as an integer, decimal or 0x, negative or not, and returns its low 64 bits. */
static uint64_t parse_integer(const struct case_reader *reader, const char *text)
{
    char *end;
    uint64_t value;
    const char *digits = *text == '-' ? text + 1 : text;
    if (!isdigit((unsigned char)*digits))
        malformed(reader, "'%s' is not a number", text);
    errno = 0;
    if (*text == '-')
        value = (uint64_t)strtoll(text, &end, 0);
    else
        value = strtoull(text, &end, digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X') ? 16 : 10);
    if (errno != 0 || *end != '\0')
        malformed(reader, "'%s' is not a number of at most 64 bits", text);
    return value;
}

static int64_t parse_ranged(const struct case_reader *reader, const char *text, int64_t min, int64_t max)
{
    int64_t value = (int64_t)parse_integer(reader, text);
    if (value < min || value > max || (value < 0) != (*text == '-'))
        malformed(reader, "%s is not between %lld and %lld", text, (long long)min, (long long)max);
    return value;
}

static int parse_int(const struct case_reader *reader, const char *text)
{
    return (int)parse_ranged(reader, text, INT_MIN, INT_MAX);
}

/* If word is KEY=VALUE, returns VALUE. */
static const char *value_of(const char *word, const char *key)
{
    size_t length = strlen(key);
    return strncmp(word, key, length) == 0 && word[length] == '=' ? word + length + 1 : NULL;
}

static const char *required_value(const struct case_reader *reader, char **words, const char *key)
{
    const char *value = NULL;
    for (; *words != NULL; words++) {
        const char *here = value_of(*words, key);
        if (here != NULL && value != NULL)
            malformed(reader, "%s= is there twice", key);
        if (here != NULL)
            value = here;
    }
    if (value == NULL)
        malformed(reader, "%s= is missing", key);
    return value;
}

static void require_word_count(const struct case_reader *reader, char **words, size_t wanted)
{
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    if (count != wanted)
        malformed(reader, "'%s' has %zu arguments, not %zu", words[0], count - 1, wanted - 1);
}

/* Lines of a case. */

static void read_region(struct case_reader *reader, char **words, struct conformance_case *c)
{
    require_word_count(reader, words, 3);
    if (c->has_region)
        malformed(reader, "a case has one region");
    c->has_region = 1;
    c->pages = (size_t)parse_ranged(
        reader, required_value(reader, words, "pages"), 1, (int64_t)(SIZE_MAX / 4 / CASE_PAGE_SIZE));
    c->seed = parse_integer(reader, required_value(reader, words, "seed"));
    c->protections = calloc(c->pages, sizeof(*c->protections));
    if (c->protections == NULL)
        malformed(reader, "out of memory for %zu pages", c->pages);
}

static void read_page(struct case_reader *reader, char **words, struct conformance_case *c)
{
    size_t page;
    require_word_count(reader, words, 3);
    if (!c->has_region)
        malformed(reader, "'page' before 'region'");
    page = (size_t)parse_ranged(reader, words[1], 0, (int64_t)c->pages - 1);
    if (strcmp(words[2], "ro") == 0)
        c->protections[page] = PAGE_READ_ONLY;
    else if (strcmp(words[2], "none") == 0)
        c->protections[page] = PAGE_NONE;
    else
        malformed(reader, "a page is 'ro' or 'none', not '%s'", words[2]);
}

/* What the arguments of one kind of operation are called. NULL where it has none. */
struct op_syntax {
    const char *kind;
    int32_t op;
    const char *first;
    const char *second;
    const char *value;
    const char *fault_first;
    const char *fault_second;
};

static const struct op_syntax op_syntaxes[] = {
    {"compare_eq", CPU_COMPARE_EQ_OP, "a", "b", NULL, "fault_a", "fault_b"},
    {"compare_ne", CPU_COMPARE_NE_OP, "a", "b", NULL, "fault_a", "fault_b"},
    {"memcpy", CPU_MEMCPY_OP, "dst", "src", NULL, "fault_dst", "fault_src"},
    {"add", CPU_ADD_OP, "p", NULL, "count", "fault_p", NULL},
    {"or", CPU_OR_OP, "p", NULL, "mask", "fault_p", NULL},
    {"and", CPU_AND_OP, "p", NULL, "mask", "fault_p", NULL},
    {"xor", CPU_XOR_OP, "p", NULL, "mask", "fault_p", NULL},
    {"lshift", CPU_LSHIFT_OP, "p", NULL, "bits", "fault_p", NULL},
    {"rshift", CPU_RSHIFT_OP, "p", NULL, "bits", "fault_p", NULL},
    {"mb", CPU_MB_OP, NULL, NULL, NULL, NULL, NULL},
};

/* A raw number: the runner fills in nothing but op and len. */
static const struct op_syntax raw_syntax = {NULL, 0, NULL, NULL, NULL, NULL, NULL};

static const struct op_syntax *find_syntax(const struct case_reader *reader, const char *kind)
{
    size_t i;
    for (i = 0; i < sizeof(op_syntaxes) / sizeof(op_syntaxes[0]); i++) {
        if (strcmp(op_syntaxes[i].kind, kind) == 0)
            return &op_syntaxes[i];
    }
    if (*kind != '-' && !isdigit((unsigned char)*kind))
        malformed(reader, "unknown operation '%s'", kind);
    return &raw_syntax;
}

static uint64_t read_address(const struct case_reader *reader, const char *text, int *relative)
{
    *relative = *text == '+';
    if (!*relative && strncmp(text, "0x", 2) != 0)
        malformed(reader, "an address is +OFFSET or 0xABSOLUTE, not '%s'", text);
    return parse_integer(reader, *relative ? text + 1 : text);
}

static void set_value(const struct case_reader *reader, struct cpu_op *op, const char *key, const char *text)
{
    if (strcmp(key, "count") == 0)
        op->u.arithmetic_op.count = (int64_t)parse_integer(reader, text);
    else if (strcmp(key, "mask") == 0)
        op->u.bitwise_op.mask = parse_integer(reader, text);
    else
        op->u.shift_op.bits = (uint32_t)parse_ranged(reader, text, 0, UINT32_MAX);
}

static int is(const char *word, const char *name)
{
    return name != NULL && strcmp(word, name) == 0;
}

/* Sets expect_fault by the shape's own members; the shapes' setters are the unit tests' business. */
static void set_fault(struct case_op *out, const struct op_syntax *syntax, const char *word)
{
    struct cpu_op *op = &out->op;
    if (is(word, syntax->fault_second)) {
        if (op->op == CPU_MEMCPY_OP)
            cpu_op_set_expect_fault_src(op);
        else
            cpu_op_set_expect_fault_b(op);
    } else if (op->op == CPU_MEMCPY_OP) {
        cpu_op_set_expect_fault_dst(op);
    } else if (syntax->second != NULL) {
        cpu_op_set_expect_fault_a(op);
    } else {
        cpu_op_set_expect_fault_p(op);
    }
}

/* Whether word is KEY=… for one of the operation's keys. */
static int is_known_value(const struct op_syntax *syntax, const char *word)
{
    const char *keys[] = {"len", syntax->first, syntax->second, syntax->value};
    size_t i;
    for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (keys[i] != NULL && value_of(word, keys[i]) != NULL)
            return 1;
    }
    return 0;
}

static void read_op(struct case_reader *reader, char **words, struct conformance_case *c)
{
    const struct op_syntax *syntax;
    struct case_op *out;
    char **word;
    if (words[1] == NULL)
        malformed(reader, "'op' without an operation");
    syntax = find_syntax(reader, words[1]);
    c->ops = grow(reader, c->ops, c->op_count, sizeof(*c->ops));
    out = &c->ops[c->op_count++];
    out->op.op = syntax == &raw_syntax ? (int32_t)parse_ranged(reader, words[1], INT32_MIN, INT32_MAX) : syntax->op;
    words += 2;
    if (syntax->kind == NULL || syntax->first != NULL)
        out->op.len = (uint32_t)parse_ranged(reader, required_value(reader, words, "len"), 0, UINT32_MAX);
    if (syntax->first != NULL)
        out->first = read_address(reader, required_value(reader, words, syntax->first), &out->relative_first);
    if (syntax->second != NULL)
        out->second = read_address(reader, required_value(reader, words, syntax->second), &out->relative_second);
    if (syntax->value != NULL)
        set_value(reader, &out->op, syntax->value, required_value(reader, words, syntax->value));
    for (word = words; *word != NULL; word++) {
        if (is(*word, syntax->fault_first) || is(*word, syntax->fault_second))
            set_fault(out, syntax, *word);
        else if (!is_known_value(syntax, *word))
            malformed(reader, "this operation has no '%s'", *word);
    }
}

static void read_call(struct case_reader *reader, char **words, struct conformance_case *c)
{
    const char *cpu;
    require_word_count(reader, words, 4);
    if (c->has_call)
        malformed(reader, "a case has one call");
    c->has_call = 1;
    cpu = required_value(reader, words, "cpu");
    c->count = parse_int(reader, required_value(reader, words, "count"));
    c->is_current_cpu = strcmp(cpu, "current") == 0;
    if (!c->is_current_cpu)
        c->cpu = parse_int(reader, cpu);
    c->flags = parse_int(reader, required_value(reader, words, "flags"));
}

static void read_ret(struct case_reader *reader, char **words, struct conformance_case *c)
{
    require_word_count(reader, words, 2);
    if (c->has_result)
        malformed(reader, "a case has one result");
    c->has_result = 1;
    if (strcmp(words[1], "-EINVAL") == 0)
        c->result = -EINVAL;
    else if (strcmp(words[1], "-EFAULT") == 0)
        c->result = -EFAULT;
    else if (strcmp(words[1], "-EAGAIN") == 0)
        c->result = -EAGAIN;
    else
        c->result = (int)parse_ranged(reader, words[1], 0, INT_MAX);
}

static int hex_digit(const struct case_reader *reader, char digit)
{
    if (!isxdigit((unsigned char)digit))
        malformed(reader, "'%c' is not a hexadecimal digit", digit);
    return isdigit((unsigned char)digit) ? digit - '0' : tolower((unsigned char)digit) - 'a' + 10;
}

static void read_mem(struct case_reader *reader, char **words, struct conformance_case *c)
{
    struct case_change *change;
    size_t region;
    size_t i;
    require_word_count(reader, words, 3);
    if (!c->has_region)
        malformed(reader, "'mem' before 'region'");
    if (words[1][0] != '+')
        malformed(reader, "'mem' takes +OFFSET, not '%s'", words[1]);
    if (strlen(words[2]) % 2 != 0)
        malformed(reader, "'mem' has half a byte");
    region = c->pages * CASE_PAGE_SIZE;
    c->changes = grow(reader, c->changes, c->change_count, sizeof(*c->changes));
    change = &c->changes[c->change_count++];
    change->offset = (size_t)parse_ranged(reader, words[1] + 1, 0, (int64_t)region);
    change->len = strlen(words[2]) / 2;
    if (change->len > region - change->offset)
        malformed(reader, "'mem' goes beyond the region of %zu bytes", region);
    change->bytes = malloc(change->len);
    if (change->bytes == NULL)
        malformed(reader, "out of memory");
    for (i = 0; i < change->len; i++)
        change->bytes[i] =
            (unsigned char)(hex_digit(reader, words[2][2 * i]) << 4 | hex_digit(reader, words[2][2 * i + 1]));
}

static void check_complete(const struct case_reader *reader, const struct conformance_case *c)
{
    int looked_at = c->count < 0 || c->count > CPU_OP_VEC_LEN_MAX ? 0 : c->count;
    if (!c->has_region || !c->has_call || !c->has_result)
        malformed(reader, "case %s has no '%s' line", c->name,
            !c->has_region ? "region" : !c->has_call ? "call" : "ret");
    if ((size_t)looked_at > c->op_count)
        malformed(reader, "case %s has count=%d but %zu operations", c->name, c->count, c->op_count);
}

/* Splits line in place at white space; the result ends in NULL and is freed by the caller. */
static char **split(const struct case_reader *reader, char *line)
{
    char **words = grow(reader, NULL, 0, sizeof(*words));
    size_t count = 0;
    char *rest;
    char *word;
    for (word = strtok_r(line, " \t\r\n", &rest); word != NULL; word = strtok_r(NULL, " \t\r\n", &rest)) {
        words[count++] = word;
        words = grow(reader, words, count, sizeof(*words));
    }
    return words;
}

/* Handles a line inside a case. Returns whether it ends the case. */
static int read_line(struct case_reader *reader, char **words, struct conformance_case *c)
{
    static const struct {
        const char *keyword;
        void (*read)(struct case_reader *reader, char **words, struct conformance_case *c);
    } keywords[] = {
        {"region", read_region}, {"page", read_page}, {"op", read_op},
        {"call", read_call},     {"ret", read_ret},   {"mem", read_mem},
    };
    size_t i;
    if (strcmp(words[0], "end") == 0) {
        require_word_count(reader, words, 1);
        return 1;
    }
    for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
        if (strcmp(words[0], keywords[i].keyword) == 0) {
            keywords[i].read(reader, words, c);
            return 0;
        }
    }
    malformed(reader, "unknown keyword '%s' in case %s", words[0], c->name);
}

static void start_case(const struct case_reader *reader, char **words, struct conformance_case *c)
{
    if (strcmp(words[0], "case") != 0)
        malformed(reader, "'%s' outside of a case", words[0]);
    require_word_count(reader, words, 2);
    c->name = strdup(words[1]);
    if (c->name == NULL)
        malformed(reader, "out of memory");
}

int case_read(struct case_reader *reader, struct conformance_case *out)
{
    char *line = NULL;
    size_t capacity = 0;
    int ended = 0;
    memset(out, 0, sizeof(*out));
    while (!ended && getline(&line, &capacity, reader->file) >= 0) {
        char **words = split(reader, line);
        reader->line++;
        if (words[0] != NULL && out->name == NULL)
            start_case(reader, words, out);
        else if (words[0] != NULL)
            ended = read_line(reader, words, out);
        free(words);
    }
    free(line);
    if (ferror(reader->file))
        malformed(reader, "cannot be read");
    if (!ended && out->name != NULL)
        malformed(reader, "case %s does not end", out->name);
    if (ended)
        check_complete(reader, out);
    return ended;
}

void case_free(struct conformance_case *c)
{
    size_t i;
    for (i = 0; i < c->change_count; i++)
        free(c->changes[i].bytes);
    free(c->changes);
    free(c->ops);
    free(c->protections);
    free(c->name);
}
