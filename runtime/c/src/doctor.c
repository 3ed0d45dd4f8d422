/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opv-doctor: prints what the runtime finds on this machine, and how it works there.
 *
 *   opv-doctor [--json] [--need rseq|membarrier|sections]...
 *
 * Exits 1 if something is missing that was asked for, 2 if the call is wrong. It looks into the runtime's own state, so
 * that it says what programs get.
 */
#define OPV_IMPLEMENTATION
#include "opv/engine.h"

#include <stdbool.h>
#include <sys/auxv.h>
#include <sys/utsname.h>

#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

enum { EXIT_MISSING = 1, EXIT_CALL = 2 };

#define POSSIBLE "/sys/devices/system/cpu/possible"

/* From the kernel's <linux/auxvec.h>, Linux 6.3 on: bytes of the area that the kernel knows the meaning of. */
#define AUXV_RSEQ_FEATURE_SIZE 27

/* The area of kernels before that has these many bytes with a meaning. */
#define RSEQ_ORIGINAL_FEATURES 20

#define TEXT_MAX 512

/* A fact. Those of a number or a truth value stand in JSON as such. */
struct fact {
    const char *name;
    const char *label;
    enum { TEXT, NUMBER, TRUTH } kind;
    long value;
    char text[TEXT_MAX];
};

enum fact_index {
    RUNTIME,
    KERNEL,
    POSSIBLE_CPUS,
    POSSIBLE_FROM,
    SLOTS,
    USABLE_CPUS,
    USABLE_FROM,
    RSEQ,
    RSEQ_WHY,
    MEMBARRIER,
    MEMBARRIER_WHY,
    SECTIONS,
    ENGINE,
    ENGINE_WHY,
    FORM,
    SLOT_GRANULE,
    SLOT_STRIDE,
    FACTS
};

static struct fact facts[FACTS] = {
    [RUNTIME] = {"runtime", "runtime", TEXT, 0, ""},
    [KERNEL] = {"kernel", "kernel", TEXT, 0, ""},
    [POSSIBLE_CPUS] = {"possibleCpus", "possible CPUs", TEXT, 0, ""},
    [POSSIBLE_FROM] = {"possibleCpusFrom", "  learned from", TEXT, 0, ""},
    [SLOTS] = {"slots", "  slots of an instance", NUMBER, 0, ""},
    [USABLE_CPUS] = {"usableCpus", "usable CPUs", TEXT, 0, ""},
    [USABLE_FROM] = {"usableCpusFrom", "  learned from", TEXT, 0, ""},
    [RSEQ] = {"rseq", "rseq registered", TRUTH, 0, ""},
    [RSEQ_WHY] = {"rseqWhy", "  because", TEXT, 0, ""},
    [MEMBARRIER] = {"membarrier", "membarrier", TRUTH, 0, ""},
    [MEMBARRIER_WHY] = {"membarrierWhy", "  because", TEXT, 0, ""},
    [SECTIONS] = {"sections", "sections", TRUTH, 0, ""},
    [ENGINE] = {"engine", "engine", TEXT, 0, ""},
    [ENGINE_WHY] = {"engineWhy", "  because", TEXT, 0, ""},
    [FORM] = {"form", "form of generated functions", TEXT, 0, ""},
    [SLOT_GRANULE] = {"slotGranule", "bytes that a slot is a multiple of, for each CPU", NUMBER, 0, ""},
    [SLOT_STRIDE] = {"slotStride", "bytes of address space between two CPUs", NUMBER, 0, ""},
};

static void set_text(enum fact_index index, const char *text)
{
    snprintf(facts[index].text, TEXT_MAX, "%s", text);
}

/* The kernel's format: 0-3,8. What does not fit is left out, and three dots say so. */
static void set_cpus(enum fact_index index, const struct opv_cpu_mask *mask)
{
    char *text = facts[index].text;
    size_t used = 0;
    int cpu = 0;
    text[0] = '\0';
    while (cpu < OPV_CPUS_MAX && used + 32 < TEXT_MAX) {
        int last = cpu;
        if (!opv_mask_has(mask, cpu)) {
            cpu++;
            continue;
        }
        while (opv_mask_has(mask, last + 1))
            last++;
        used += (size_t)snprintf(text + used, TEXT_MAX - used, last > cpu ? "%s%d-%d" : "%s%d", used > 0 ? "," : "", cpu, last);
        cpu = last + 1;
    }
    if (cpu < OPV_CPUS_MAX)
        snprintf(text + used, TEXT_MAX - used, ",...");
}

static void find_cpus(void)
{
    const struct opv_engine *engine = opv_the_engine();
    struct opv_cpu_mask mask;
    set_cpus(POSSIBLE_CPUS, &engine->cpus.possible);
    set_text(POSSIBLE_FROM, opv_read_cpu_list(POSSIBLE, &mask) == 0
                                ? POSSIBLE
                                : "the length of the kernel's affinity masks, because " POSSIBLE " cannot be read");
    facts[SLOTS].value = opv_cpus_possible();
    memset(&mask, 0, sizeof(mask));
    if (syscall(SYS_sched_getaffinity, 0, sizeof(mask), &mask) > 0) {
        set_cpus(USABLE_CPUS, &mask);
        set_text(USABLE_FROM, "sched_getaffinity");
    } else {
        set_text(USABLE_CPUS, "unknown");
        set_text(USABLE_FROM, "sched_getaffinity, which failed");
    }
}

static void find_rseq(void)
{
    unsigned long features = getauxval(AUXV_RSEQ_FEATURE_SIZE);
    char text[TEXT_MAX];
    const char *libc = "this C library";
#ifdef __GLIBC__
    char name[TEXT_MAX / 4];
    snprintf(name, sizeof(name), "glibc %s", gnu_get_libc_version());
    libc = name;
#endif
    facts[RSEQ].value = opv_cpu_from_area() >= 0;
    if (facts[RSEQ].value)
        snprintf(text, sizeof(text), "%s registers an area of %u bytes for each thread; the kernel fills %lu of them%s", libc,
                 opv_libc_rseq_size, features != 0 ? features : RSEQ_ORIGINAL_FEATURES,
                 features != 0 ? "" : " (its original form)");
    else if (opv_libc_has_area())
        snprintf(text, sizeof(text), "%s has an area for it, and this thread is not registered: the kernel lacks rseq", libc);
    else
        snprintf(text, sizeof(text),
                 "%s does not register it: it needs glibc 2.35, a kernel with rseq, and GLIBC_TUNABLES without "
                 "glibc.pthread.rseq=0",
                 libc);
    set_text(RSEQ_WHY, text);
}

static void find_engine(void)
{
    const char *form = getenv("OPV_FORM");
    bool barrier = opv_membarrier_sections_register() != 0;
    facts[MEMBARRIER].value = barrier;
    set_text(MEMBARRIER_WHY, barrier ? "the kernel has the private expedited command for restartable sequences"
                                     : "the kernel refuses the private expedited command for restartable sequences, "
                                       "which is there from Linux 5.10 on");
    facts[SECTIONS].value = opv_the_engine()->has_sections;
    set_text(ENGINE, "user space");
    set_text(ENGINE_WHY, facts[SECTIONS].value ? "the C runtime has no other; single stores are restartable sections, and all else holds its CPU"
                         : OPV_SECTIONS ? "the C runtime has no other; everything holds its CPU by a compare-and-swap, because rseq or membarrier is missing"
                                        : "the C runtime has no other; everything holds its CPU by a compare-and-swap, because there are no sections for this machine");
    set_text(FORM, form != NULL && strcmp(form, "vector") == 0 ? "vector, as OPV_FORM says" : "direct");
    facts[SLOT_GRANULE].value = OPV_CACHE_ALIGN;
    facts[SLOT_STRIDE].value = (long)OPV_PERCPU_STRIDE;
}

static void find_system(void)
{
    struct utsname system;
    char text[TEXT_MAX];
    set_text(RUNTIME, "C " OPV_VERSION);
    if (uname(&system) == 0) {
        snprintf(text, sizeof(text), "%.64s %.64s %.64s", system.sysname, system.release, system.machine);
        set_text(KERNEL, text);
    }
}

/* What is here holds no character that JSON would have escaped but quotes and backslashes. */
static void print_json_text(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
    putchar('"');
}

static void print_json(const char *const *missing, int count)
{
    int i;
    printf("{");
    for (i = 0; i < FACTS; i++) {
        printf("\"%s\": ", facts[i].name);
        if (facts[i].kind == TEXT)
            print_json_text(facts[i].text);
        else if (facts[i].kind == TRUTH)
            printf("%s", facts[i].value ? "true" : "false");
        else
            printf("%ld", facts[i].value);
        printf(", ");
    }
    printf("\"missing\": [");
    for (i = 0; i < count; i++)
        printf("%s\"%s\"", i > 0 ? ", " : "", missing[i]);
    printf("]}\n");
}

static void print_text(const char *const *missing, int count)
{
    int i;
    for (i = 0; i < FACTS; i++) {
        if (facts[i].kind == TEXT)
            printf("%s: %s\n", facts[i].label, facts[i].text);
        else if (facts[i].kind == TRUTH)
            printf("%s: %s\n", facts[i].label, facts[i].value ? "yes" : "no");
        else
            printf("%s: %ld\n", facts[i].label, facts[i].value);
    }
    for (i = 0; i < count; i++)
        printf("missing: %s\n", missing[i]);
}

/* The fact that a need names, or NULL. */
static const struct fact *needed(const char *name)
{
    static const enum fact_index needs[] = {RSEQ, MEMBARRIER, SECTIONS};
    size_t i;
    for (i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
        if (strcmp(name, facts[needs[i]].name) == 0)
            return &facts[needs[i]];
    }
    return NULL;
}

static int call_error(const char *what, const char *argument)
{
    fprintf(stderr, "opv-doctor: %s%s\nopv-doctor [--json] [--need rseq|membarrier|sections]...\n", what, argument);
    return EXIT_CALL;
}

int main(int argc, char **argv)
{
    bool json = false;
    const char **missing = (const char **)calloc((size_t)argc + 1, sizeof(*missing));
    int count = 0;
    int i;
    if (missing == NULL)
        return call_error("there is no memory", "");
    find_system();
    find_cpus();
    find_rseq();
    find_engine();
    for (i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            json = true;
        } else if (strcmp(argv[i], "--need") == 0 && i + 1 < argc) {
            const struct fact *fact = needed(argv[++i]);
            if (fact == NULL)
                return call_error("nothing is called ", argv[i]);
            if (!fact->value)
                missing[count++] = fact->name;
        } else {
            return call_error("unknown argument: ", argv[i]);
        }
    }
    (json ? print_json : print_text)(missing, count);
    free(missing);
    return count > 0 ? EXIT_MISSING : EXIT_SUCCESS;
}
