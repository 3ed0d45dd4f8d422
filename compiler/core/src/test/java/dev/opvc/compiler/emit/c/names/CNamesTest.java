// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CNamesTest {
    @ParameterizedTest
    @CsvSource({
        "Latency, latency",
        "LatencyHistogram, latency_histogram",
        "HTTPServer, http_server",
        "Node2, node2",
        "F64Cell, f64_cell",
        "IOError, io_error",
        "A, a",
        "already_snake, already_snake",
        "MAX_LEN, max_len",
        "maxLen, max_len"
    })
    void snakeCase(String name, String snake) {
        assertThat(CNames.snake(name)).isEqualTo(snake);
    }

    @ParameterizedTest
    @CsvSource({
        "latency.opv, latency",
        "a/b/guarded-copy.opv, guarded_copy",
        "GuardedCopy.opv, guarded_copy",
        "3d.opv, file_3d",
        "-.opv, _"
    })
    void fileStem(String path, String stem) {
        assertThat(CNames.fileStem(path)).isEqualTo(stem);
    }

    @ParameterizedTest
    @CsvSource({
        "latency.opv, LATENCY_OPV_H_INCLUDED",
        "metrics/latency.opv, METRICS_s_LATENCY_OPV_H_INCLUDED",
        "Latency.opv, uLATENCY_OPV_H_INCLUDED",
        "a-b.opv, Ax2DB_OPV_H_INCLUDED",
        "3d.opv, x33D_OPV_H_INCLUDED"
    })
    void guard(String path, String guard) {
        assertThat(CNames.guard(path)).isEqualTo(guard);
    }

    @Test
    void guardsOfDifferentPathsDiffer() {
        List<String> paths = List.of(
                "a/b.opv",
                "a_b.opv",
                "a-b.opv",
                "A/b.opv",
                "a/B.opv",
                "ab.opv",
                "a_s_b.opv",
                "a/b_s_c.opv",
                "a_s_b/c.opv",
                "a/b/c.opv",
                "ax2Db.opv",
                "ua.opv",
                "uA.opv",
                "2.opv",
                "x32.opv",
                "X32.opv");
        Set<String> guards = new HashSet<>();
        paths.forEach(path -> guards.add(CNames.guard(path)));

        assertThat(guards).hasSameSizeAs(paths).allMatch(guard -> guard.matches("[A-Za-z][A-Za-z0-9_]*"));
    }

    @ParameterizedTest
    @CsvSource({
        "FILE_SCOPE, static_assert, static_assert_",
        "FILE_SCOPE, stat, stat_",
        "FILE_SCOPE, opv_execute, opv_execute_",
        "FILE_SCOPE, cpu_op_set_add, cpu_op_set_add_",
        "FILE_SCOPE, pthread_create, pthread_create_",
        "FILE_SCOPE, size_t, size_t_",
        "FILE_SCOPE, INT64_MAX, INT64_MAX_",
        "FILE_SCOPE, SIG_IGN, SIG_IGN_",
        "FILE_SCOPE, LATENCY_POP_EMPTY, LATENCY_POP_EMPTY",
        "FILE_SCOPE, latency_pop, latency_pop",
        "MEMBER, xor, xor_",
        "MEMBER, EIO, EIO_",
        "MEMBER, ops, ops",
        "MEMBER, opv_execute, opv_execute",
        "LOCAL, ops, ops_",
        "LOCAL, cell12, cell12",
        "LOCAL, timezone, timezone_",
        "LOCAL, opv_execute, opv_execute_",
        "LOCAL, index, index"
    })
    void reservedNamesGetAnUnderscore(NameKind kind, String name, String safe) {
        assertThat(kind.safe(name)).isEqualTo(safe);
    }
}
