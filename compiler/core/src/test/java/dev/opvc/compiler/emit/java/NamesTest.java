// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.ReservedNames;
import dev.opvc.runtime.Memory;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final List<String> WORDS =
            List.of(("abstract assert boolean break case catch char class continue default do double enum extends final"
                            + " finally float for goto implements instanceof int interface long native new private"
                            + " protected public return short static strictfp super switch synchronized this throw"
                            + " throws transient try void volatile while var yield record sealed permits module open"
                            + " when exports close allocate slot memory wait notify notify_all get_class hash_code"
                            + " to_string equals clone finalize cpu value address index dev java com execute"
                            + " size name values ordinal")
                    .split(" ", -1));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "bump_and_copy, bumpAndCopy",
        "a_1, a1",
        "N, n",
        "MAX_len, maxLen",
        "int, int_",
        "true, true_",
        "yield, yield_",
        "record, record",
        "get_class, getClass_",
        "wait, wait_",
        "close, close_",
        "memory, memory_",
        "slot, slot_",
    })
    void unitsAreLowerCamel(String opv, String java) {
        assertThat(JavaNames.unit(opv)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource({"Latency, Latency", "free_list, FreeList", "HTTPServer, HTTPServer", "String, String_", "Slot, Slot_"})
    void structsAreUpperCamel(String opv, String java) {
        assertThat(JavaNames.type(opv)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource({"BUCKETS, BUCKETS", "max_len, MAX_LEN", "maxLen, MAX_LEN", "a1B, A1_B"})
    void constantsAreUpperSnake(String opv, String java) {
        assertThat(JavaNames.constant(opv)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource({"latency, LatencyOps", "free-list_2, FreeList2Ops", "2d, _2dOps", "_, Ops"})
    void filesNameTheirOperations(String opv, String java) {
        assertThat(JavaNames.operations(opv)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource({"com.acme, com.acme", "com.new.acme, com.new_.acme", "java.lang, java_.lang", "a.java, a.java"})
    void packagesKeepTheirNames(String opv, String java) {
        assertThat(JavaNames.packageName(opv)).isEqualTo(java);
    }

    @Test
    void typesOfJavaLangAreKnown() throws IOException {
        assumeTrue(Runtime.version().feature() == 17, "left out: the list is that of Java 17");
        Path javaLang = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base/java/lang");
        try (Stream<Path> files = Files.list(javaLang)) {
            List<String> types = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(NamesTest::isPublicType)
                    .toList();

            assertThat(types).isNotEmpty().allMatch(ReservedNames::isReservedType);
        }
    }

    private static boolean isPublicType(String name) {
        try {
            return !name.equals("package-info")
                    && Modifier.isPublic(Class.forName("java.lang." + name).getModifiers());
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Every word that means something to Java may be the name of a unit, a field, a parameter and a package's part. */
    @ParameterizedTest
    @ValueSource(strings = {"com.new.enum", "java.record", ""})
    void keywordsAndReservedNamesAreRenamed(String packageName) throws Exception {
        StringBuilder source = new StringBuilder(packageName.isEmpty() ? "" : "package " + packageName + ";\n");
        source.append("percpu struct Words {\n");
        WORDS.forEach(word -> source.append("    u64 ").append(word).append(" = 1;\n"));
        source.append("}\n");
        for (String word : WORDS) {
            // In C, the function of this unit would be the one that finds a slot.
            if (word.equals("slot")) {
                continue;
            }
            source.append(String.format(
                    "transaction %1$s(percpu Words %1$s, percpu Words other_words, u64 amount) {%n"
                            + "    require amount < 10 else FEW;%n"
                            + "    require %1$s->%1$s == amount else %2$s;%n"
                            + "    other_words->%1$s += amount;%n}%n",
                    word, word.toUpperCase(Locale.ROOT)));
        }
        source.append("""
                transaction clash(percpu Words vector_1, percpu Words cpu, u64 memory, u64 cpu_slot, u64 dev) {
                    require memory != 0 else ZERO;
                    let cpu_1 = dev / memory;
                    vector_1->value = cpu_1;
                    vector_1->cpu = cpu_1;
                    cpu->dev = cpu_slot;
                }
                vector raw(u64 *cpu, u64 cpu_cell) {
                    compare_eq(cpu, &cpu_cell, 8);
                    compare_ne(cpu, &cpu_cell, 8);
                }
                """);
        Generated generated = Generated.from(folder, source.toString());

        String prefix = packageName.isEmpty() ? "" : JavaNames.packageName(packageName) + ".";
        List<String> methods = Arrays.stream(generated.type(prefix + "Words").getMethods())
                .map(Method::getName)
                .toList();
        assertThat(methods).contains("int_", "close_", "closeOn", "wait_", "yield_", "var", "record", "getClass_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"package dev.names;", "package com.acme;", ""})
    void typesOfJavaAndOfTheRuntimeMayBeNamesOfStructs(String packageDeclaration) throws Exception {
        StringBuilder source = new StringBuilder(packageDeclaration + "\n");
        List<String> names = List.of(
                "String",
                "Object",
                "Override",
                "OpVector",
                "Memory",
                "Math",
                "Long",
                "Integer",
                "Byte",
                "Double",
                "Cpus",
                "PerCpuMemory",
                "MemoryFaultException",
                "Objects",
                "BigInteger",
                "IllegalArgumentException",
                "Slot",
                "AutoCloseable",
                "Record",
                "ArithmeticException");
        for (String name : names) {
            String small = name.toLowerCase(Locale.ROOT);
            source.append(String.format(
                    "percpu struct %1$s { u64 dev; u8 b; u64 a[4]; f64 low = inf; Plain%1$s *com; }%n"
                            + "struct Plain%1$s { u64 v; u8 w[3]; %1$s *next; }%n"
                            + "transaction %2$s(percpu %1$s dev, percpu Memory java, u64 com, u64 *raw, u32 i, f64 d) {%n"
                            + "    require com / 3 != 2 else A;%n"
                            + "    require dev->dev == com else B;%n"
                            + "    require com < 50 else C;%n"
                            + "    dev->a[i] = com / u64(i);%n"
                            + "    dev->low = d;%n"
                            + "    java->dev += com;%n"
                            + "    *raw = com;%n}%n",
                    name, "run_" + small));
        }
        source.append("const HUGE = 0x1FFFFFFFFFFFFFFFFF;\n");
        Generated generated = Generated.from(folder, source.toString());

        assertThat(generated.sources()).hasSize(2 * names.size() + 1);
    }

    @Test
    void namesThatBecomeOneAreReportedAtTheSecond() throws Exception {
        assertCollision("transaction a_1(u64 *p) { *p += 1; }\ntransaction a1(u64 *p) { *p += 1; }", "`a_1`", "`a1`");
        assertCollision("struct S { u64 a_1; u64 a1; }", "`a_1`", "`a1`");
        assertCollision("struct S { u64 a_b; u64 aB; }", "`a_b`", "`aB`");
        assertCollision("struct S { u64 maxLen; u64 max_len; }", "`maxLen`", "`max_len`");
        assertCollision("const maxLen = 1;\nconst MAX_LEN = 2;", "`maxLen`", "`MAX_LEN`");
        assertCollision(
                "percpu struct S { u64 a; }\ntransaction f(percpu S s) { s->a += 1; }\n"
                        + "transaction f_on(percpu S s) { s->a += 1; }",
                "`f`",
                "`f_on`");
        assertCollision("struct Node { u64 a; }\nstruct NODE { u64 a; }", "`Node`", "`NODE`");
        assertCollision("const C = 1;\nstruct SampleOps { u64 a; }", "the rest of the file", "`SampleOps`");
        assertCollision("const a = 1;\nstruct A { u64 a; }", "`a`", "`A`");
        assertCollision(
                "transaction f(u64 n) { require n < 1 else EMPTY; require n < 2 else empty; }", "`EMPTY`", "`empty`");
        assertCollision(
                "transaction f(u64 n) { require n < 1 else A; require n < 2 else committed; }",
                "the end without another outcome",
                "`committed`");
        assertCollision(
                "struct FOutcome { u64 a; }\ntransaction f(u64 n) { require n < 1 else A; require n < 2 else B; }",
                "`FOutcome`",
                "the outcomes of `f`");
        String query = "percpu struct S { u64 a; }\nquery f(percpu S s) returns (u64 a, u64 b) "
                + "{ a = sum(s->a); b = max(s->a); }\n";
        assertCollision(query + "transaction f_direct(percpu S s) { s->a += 1; }", "`f`", "`f_direct`");
        assertCollision(query + "struct FResult { u64 a; }", "the results of `f`", "`FResult`");
        assertCollision(
                "percpu struct S { u64 a; }\nquery f(percpu S s) returns (u64 a_b, u64 aB) "
                        + "{ a_b = sum(s->a); aB = max(s->a); }\n",
                "`a_b`",
                "`aB`");
    }

    @Test
    void namesOfQueriesAreRenamedWhereJavaHasThem() throws Exception {
        Generated generated = Generated.from(folder, """
                percpu struct Slot { u64 memory; bool cpu; u64 list[2]; }
                query close(percpu Slot memory, percpu Slot cpu, u64 copy1) returns (u64 result, u64 class, u64 next_list[2], u64 list[2]) {
                    let words = sum(memory->memory + cpu->memory);
                    let i = sum(cpu->memory);
                    result = words * copy1;
                    class = i;
                    next_list = sum(cpu->list);
                    list = sum(memory->list);
                }
                query slot(percpu Slot word) returns (bool element) { element = any(word->cpu); }
                """);
        Class<?> type = generated.type("Slot_");
        Object instance = Calls.call(type, null, "allocate");
        Object result = Objects.requireNonNull(Calls.call(type, instance, "close_", instance, 2L));
        assertThat(Calls.call(result.getClass(), result, "class_")).isEqualTo(0L);
        assertThat(Calls.call(result.getClass(), result, "nextList", 1)).isEqualTo(0L);
        assertThat(Calls.call(type, instance, "slot_")).isEqualTo(false);
    }

    private void assertCollision(String source, String first, String second) throws IOException {
        List<Diagnostic> collisions = Generated.diagnostics(folder, Map.of("sample.opv", source)).stream()
                .filter(diagnostic -> diagnostic.code() == DiagnosticCode.TARGET_NAME_COLLISION
                        && diagnostic.message().startsWith("in Java"))
                .toList();

        assertThat(collisions).as(source).hasSize(1);
        assertThat(collisions.get(0).message()).contains(first).contains(second);
        assertThat(collisions.get(0).notes()).hasSize(1);
        assertThat(collisions.get(0).notes().get(0).message()).isEqualTo(first + " is here");
        assertThat(collisions.get(0).notes().get(0).span()).isNotNull();
    }

    @Test
    void importedStructsKeepTheirPackage() throws Exception {
        Generated generated = Generated.from(
                folder,
                Map.of(
                        "base.opv",
                        "package base; struct Node { u64 v; u64 w; } percpu struct Counter { u64 n; Node *f; }",
                        "user.opv",
                        """
                        package other;
                        import "base.opv";
                        struct Slots { Node inside; }
                        transaction count(percpu Counter c, Node *node, u64 n) {
                            require n != 0 else NOTHING;
                            c->n += n;
                            node->w = n;
                        }
                        """));

        Class<?> counter = generated.type("base.Counter");
        Object instance = Objects.requireNonNull(Calls.call(counter, null, "allocate"));
        long node = Memory.allocate(16);
        assertThat(generated.call("other.UserOps", "count", instance, node, 0L)).isEqualTo(false);
        assertThat(generated.call("other.UserOps", "countOn", 0, instance, node, 3L))
                .isEqualTo(true);
        Object slot = Objects.requireNonNull(Calls.call(counter, instance, "slot", 0));
        assertThat(generated.call("base.Counter$Slot", "n", slot)).isEqualTo(3L);
        assertThat(generated.call("base.Node", "w", node)).isEqualTo(3L);
        Memory.free(node);
    }

    @Test
    void perCpuStructWithoutPackageCannotBeUsedFromOne() throws Exception {
        Map<String, String> files =
                Map.of("base.opv", "struct Node { u64 v; u64 w; } percpu struct Counter { u64 n; }", "user.opv", """
                package other;
                import "base.opv";
                transaction count(percpu Counter c, Node *n) { c->n += 1; n->w += 1; }
                """);

        assertThat(Generated.diagnostics(folder, files))
                .extracting(Diagnostic::code)
                .contains(DiagnosticCode.TARGET_NAME_UNREACHABLE);
    }

    @Test
    void classOfAnotherNameSaysWhoseItIs() throws Exception {
        Generated generated = Generated.from(
                folder, Map.of("base.opv", "package a; struct Record { u64 v; } percpu struct Slot { u64 n; }"));

        assertThat(generated.source("a/Record_.java"))
                .contains("{@code struct Record}, which is not called so because Java has another Record.");
        assertThat(generated.source("a/Slot_.java")).contains("{@code struct Slot}, which is not called so");
    }

    @Test
    void structWithoutPackageIsUsedByItsOffsets() throws Exception {
        Generated generated =
                Generated.from(folder, Map.of("base.opv", "struct Node { u64 v; u64 w; }", "user.opv", """
                        package other;
                        import "base.opv";
                        transaction touch(Node *n, Node *m) { n->w += 1; *n = *m; }
                        """));

        assertThat(generated.source("other/UserOps.java")).contains("vector.add(n + 8, 1, 8).pin();");
    }
}
