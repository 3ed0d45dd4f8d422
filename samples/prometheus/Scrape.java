// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.prometheus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the server said at one time.
 *
 * @param values by the name of the series, with its labels, as it is served
 */
record Scrape(Map<String, Double> values) {
    static Scrape of(HttpClient client, URI address) throws IOException, InterruptedException {
        String text = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
        return new Scrape(text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" (?=[^ ]*$)"))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Double.valueOf(parts[1]))));
    }

    /** @throws IllegalStateException if there is no such series */
    double value(String series) {
        Double value = values.get(series);
        if (value == null) {
            throw new IllegalStateException("no series " + series + " among " + values.keySet());
        }
        return value;
    }
}
