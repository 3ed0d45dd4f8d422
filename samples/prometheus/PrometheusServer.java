// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.prometheus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prometheus itself, as a process that scrapes one target several times a second. */
final class PrometheusServer implements AutoCloseable {
    /** In the answer to an instant query: a time, and the value in quotes. */
    private static final Pattern VALUE = Pattern.compile("\"value\":\\[[^,]*,\"([^\"]*)\"]");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Process process;
    private final URI address;

    private PrometheusServer(Path folder, Process process, URI address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    /** Starts one that scrapes a port of this machine. */
    static PrometheusServer start(String program, int targetPort) throws IOException {
        Path folder = Files.createTempDirectory("opvc-prometheus");
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), """
            global:
              scrape_interval: 250ms
              scrape_timeout: 250ms
            scrape_configs:
              - job_name: opvc
                static_configs:
                  - targets: ['localhost:%d']
            """.formatted(targetPort));
        String listener = "localhost:" + freePort();
        Process process = new ProcessBuilder(
                        program,
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + listener)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new PrometheusServer(folder, process, URI.create("http://" + listener));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What a query in Prometheus' language gives; nothing if it has no answer, or Prometheus is not up yet. */
    OptionalDouble query(String query) throws InterruptedException {
        URI asked = address.resolve("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        try {
            Matcher value =
                    VALUE.matcher(client.send(HttpRequest.newBuilder(asked).build(), BodyHandlers.ofString())
                            .body());
            return value.find() ? OptionalDouble.of(Double.parseDouble(value.group(1))) : OptionalDouble.empty();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it had to say, for whoever looks for a fault. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
