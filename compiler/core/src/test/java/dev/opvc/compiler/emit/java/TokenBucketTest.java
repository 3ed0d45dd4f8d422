// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.LanguageDocuments;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference's token bucket, with clocks that threads read in one order and bring in another. */
class TokenBucketTest {
    private static final int CPU = 0;
    private static final long MOST = 2;

    @TempDir
    private Path folder;

    private AutoCloseable bucket;

    @BeforeEach
    void allocate() throws Exception {
        Generated generated = Generated.from(folder, LanguageDocuments.blockOf("admit"));
        bucket = (AutoCloseable) Objects.requireNonNull(Calls.call(generated.type("Bucket"), null, "allocate"));
    }

    @AfterEach
    void close() throws Exception {
        bucket.close();
    }

    @Test
    void timeBringsTokens() throws Exception {
        assertThat(admitAt(1)).isTrue();
        assertThat(admitAt(1)).isFalse();
        assertThat(admitAt(2)).isTrue();
        assertThat(admitAt(100)).isTrue();
        assertThat(admitAt(100)).isTrue();
        assertThat(admitAt(100)).isFalse();
    }

    @Test
    void olderTimeBringsNone() throws Exception {
        assertThat(admitAt(100)).isTrue();
        assertThat(admitAt(100)).isTrue();

        assertThat(admitAt(99)).isFalse();
        assertThat(admitAt(100)).isFalse();
        assertThat(admitAt(101)).isTrue();
    }

    private boolean admitAt(long now) throws Exception {
        return (boolean) Objects.requireNonNull(Calls.call(bucket.getClass(), bucket, "admitOn", CPU, now, MOST));
    }
}
