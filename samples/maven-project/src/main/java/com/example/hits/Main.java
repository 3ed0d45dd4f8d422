package com.example.hits;

import java.util.stream.IntStream;

public final class Main {
    private static final int REQUESTS = 1000;

    private Main() {}

    public static void main(String[] args) {
        try (Hits hits = Hits.allocate()) {
            IntStream.range(0, REQUESTS).parallel().forEach(request -> hits.hit(1500));
            Hits.TotalResult total = hits.total();
            System.out.println(total.hits() + " requests, " + total.bytes() + " bytes");
        }
    }
}
