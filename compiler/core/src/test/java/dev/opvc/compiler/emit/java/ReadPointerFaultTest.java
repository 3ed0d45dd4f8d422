// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opvc.runtime.Memory;
import dev.opvc.runtime.MemoryFaultException;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.internal.os.Libc;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory behind a pointer that was read is gone: in the vector form, which looks before it touches anything. */
class ReadPointerFaultTest {
    private static final int CPU = 0;
    private static final int PAGE_BYTES = 4096;
    private static final int PUBLICATIONS = 20_000;
    private static final long TOGETHER = 2_000_000;
    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

    @TempDir
    private Path folder;

    private long list;
    private long page;

    @BeforeEach
    void allocate() {
        list = Memory.allocate(64);
        page = Libc.mmapAnonymous(PAGE_BYTES, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS);
        assertThat(page).isPositive();
    }

    @AfterEach
    void free() {
        Memory.free(list);
    }

    @Test
    void faultIsTheAnswerOnlyWhereTheConditionsBeforeItHold() throws Exception {
        Generated generated = Generated.from(folder, """
                struct Node { Node *next; u64 value; }
                struct List { Node *free; u64 version; }
                transaction pop(List *l, u64 version, u64 value) returns (Node *taken) {
                    let head = l->free;
                    require l->version == version else CHANGED;
                    require head->value == value else OTHER;
                    l->free = head->next;
                    taken = head;
                }
                """);
        Class<?> type = generated.type("SampleOps");
        Object result =
                generated.type("SampleOps$PopResult").getDeclaredConstructor().newInstance();
        Memory.putLong(list, page);
        Memory.putLong(list + 8, 5);
        Memory.putLong(page, 99);
        Memory.putLong(page + 8, 7);

        assertThat(Calls.call(type, null, "popVector", CPU, list, 5L, 8L, result))
                .hasToString("OTHER");
        assertThat(Libc.munmap(page, PAGE_BYTES)).isZero();
        assertThat(Calls.call(type, null, "popVector", CPU, list, 4L, 7L, result))
                .hasToString("CHANGED");
        assertThatExceptionOfType(MemoryFaultException.class)
                .isThrownBy(() -> Calls.call(type, null, "popVector", CPU, list, 5L, 7L, result));
        assertThat(Memory.getLong(list)).isEqualTo(page);

        Memory.putLong(list, list + 16);
        Memory.putLong(list + 16, 0);
        Memory.putLong(list + 24, 7);
        assertThat(Calls.call(type, null, "popVector", CPU, list, 5L, 7L, result))
                .hasToString("COMMITTED");
        assertThat(Calls.call(result.getClass(), result, "taken")).isEqualTo(list + 16);
        assertThat(Memory.getLong(list)).isZero();
    }

    /** One of two nodes is inaccessible whenever the list does not hold it: no reader is told of a fault. */
    @Test
    void nodeThatIsGoneMeansAnotherTurn() throws Exception {
        Generated generated = Generated.from(folder, """
                struct Node { Node *next; u64 value; }
                transaction follow(Node **head) returns (u64 value) {
                    let first = *head;
                    value = first->value;
                }
                """);
        Class<?> type = generated.type("SampleOps");
        long safe = list + 16;
        Memory.putLong(safe + 8, 1);
        Memory.putLong(page + 8, 2);
        Memory.putLong(list, safe);
        Thread publisher = new Thread(() -> publishAndHide(safe));
        publisher.start();
        while (publisher.isAlive()) {
            assertThat(Calls.call(type, null, "followVector", CPU, list)).isIn(1L, 2L);
        }
        publisher.join();
        assertThat(Libc.munmap(page, PAGE_BYTES)).isZero();
    }

    /** Two words are always equal where both are looked at together: nobody goes the way on which memory is missing. */
    @Test
    void faultOnAWayThatNoStateLeadsToMeansAnotherTurn() throws Exception {
        Generated generated = Generated.from(folder, """
                struct Ends { u64 begin; u64 far[800]; u64 end; }
                transaction mark(Ends *ends, u64 *p) returns (u64 value) {
                    let begin = ends->begin;
                    let way = ends->far[100] + ends->far[200] + ends->far[300] + ends->far[400] + ends->far[500]
                            + ends->far[600] + ends->far[700];
                    let end = ends->end;
                    if begin != end then { *p = way; } else {}
                    value = begin;
                }
                """);
        Class<?> type = generated.type("SampleOps");
        long ends = Memory.allocate(802 * 8);
        Thread publisher = new Thread(() -> {
            for (long i = 0; i < TOGETHER; i++) {
                OpVector vector = OpVector.begin();
                long next = vector.cell(i, 8);
                vector.memcpy(ends, next, 8).memcpy(ends + 801 * 8, next, 8).execute(CPU);
            }
        });
        publisher.start();
        long last = 0;
        while (publisher.isAlive()) {
            long value = (long) Objects.requireNonNull(Calls.call(type, null, "markVector", CPU, ends, 0L));
            assertThat(value).isGreaterThanOrEqualTo(last);
            last = value;
        }
        publisher.join();
        Memory.putLong(ends, -1);
        assertThatExceptionOfType(MemoryFaultException.class)
                .isThrownBy(() -> Calls.call(type, null, "markVector", CPU, ends, 0L))
                .withMessageContaining("EFAULT");
        Memory.free(ends);
        assertThat(Libc.munmap(page, PAGE_BYTES)).isZero();
    }

    private void publishAndHide(long safe) {
        for (int i = 0; i < PUBLICATIONS; i++) {
            Libc.mprotect(page, PAGE_BYTES, PROT_READ_WRITE);
            publish(page);
            publish(safe);
            Libc.mprotect(page, PAGE_BYTES, PROT_NONE);
        }
    }

    private void publish(long node) {
        OpVector vector = OpVector.begin();
        vector.memcpy(list, vector.cell(node, 8), 8).execute(CPU);
    }
}
