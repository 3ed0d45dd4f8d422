// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No two classes of the runtime need each other, directly or by way of others. */
class CirclesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"(\\\\.|[^\"\\\\\n])*\"");
    private static final Pattern NO_WORD = Pattern.compile("\\W+");

    @Test
    void classesNeedEachOtherInOneDirection() throws IOException {
        Map<String, Set<String>> needs = needs();
        assertThat(needs).hasSizeGreaterThan(20);
        List<String> circles = new ArrayList<>();
        needs.keySet().forEach(name -> findCircle(name, name, new ArrayList<>(List.of(name)), needs, circles));
        assertThat(circles).isEmpty();
    }

    private static void findCircle(
            String start, String at, List<String> way, Map<String, Set<String>> needs, List<String> circles) {
        for (String next : needs.getOrDefault(at, Set.of())) {
            if (next.equals(start)) {
                circles.add(String.join(" -> ", way) + " -> " + start);
                return;
            }
            if (!way.contains(next) && next.compareTo(start) > 0) {
                way.add(next);
                findCircle(start, next, way, needs, circles);
                way.remove(way.size() - 1);
            }
        }
    }

    /** For each class, the others that its code names. Their simple names are all different. */
    private static Map<String, Set<String>> needs() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(CirclesTest::isClass).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                assertThat(sources.put(name, Files.readString(file)))
                        .as("another class named %s", name)
                        .isNull();
            }
        }
        return sources.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, source -> named(source.getKey(), source.getValue(), sources.keySet())));
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".java") && !file.endsWith("package-info.java");
    }

    private static Set<String> named(String name, String source, Set<String> classes) {
        String code = STRING.matcher(COMMENT.matcher(source).replaceAll(" ")).replaceAll(" ");
        Set<String> words = new TreeSet<>(List.of(NO_WORD.split(code)));
        words.retainAll(classes);
        words.remove(name);
        return words;
    }
}
