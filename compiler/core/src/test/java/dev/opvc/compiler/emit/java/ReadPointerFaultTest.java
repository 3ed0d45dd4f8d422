// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.opvc.runtime.Memory;
import dev.opvc.runtime.MemoryFaultException;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.internal.os.Libc;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory behind a pointer that was read is gone: in the vector form, which looks before it touches anything. */
class ReadPointerFaultTest {
    private static final int CPU = 0;
    private static final int PAGE_BYTES = 4096;
    private static final int PUBLICATIONS = 20_000;
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
