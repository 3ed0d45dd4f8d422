// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import dev.opvc.compiler.format.OpvFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes the OPV of the repository, samples and documents included, a little: bytes, tokens, or whole statements, fields
 * and declarations. What is put in comes from anywhere in it.
 */
final class Mutator {
    private static final int MUTATIONS_MAX = 4;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|//[^\n]*|/\\*.*?\\*/|\"[^\"]*\"|\\w+|[-+|&^]=|<<=|>>=|->|[=!<>]=|&&|[|][|]|<<|>>|[+][+]|--|.",
            Pattern.DOTALL);

    private final Random random;
    private final List<List<String>> sources;
    private final List<String> tokens = new ArrayList<>();
    private final List<List<String>> pieces = new ArrayList<>();

    private Mutator(Random random, List<List<String>> sources) {
        this.random = random;
        this.sources = sources;
        for (List<String> source : sources) {
            tokens.addAll(source);
            for (int at = 0; at < source.size(); at++) {
                pieces.add(source.subList(at, end(source, at)));
                at = Math.max(at, end(source, at) - 1);
            }
        }
    }

    static Mutator ofRepository(Random random) throws IOException {
        List<List<String>> sources = new ArrayList<>();
        for (Path file : OpvFiles.formatted()) {
            sources.add(tokens(Files.readString(file)));
        }
        for (Path document : LanguageDocuments.names()) {
            for (LanguageDocuments.Block block : LanguageDocuments.blocks(document)) {
                sources.add(tokens(block.source()));
            }
        }
        return new Mutator(random, sources);
    }

    /** The next source. */
    byte[] next() {
        List<String> source = new ArrayList<>(sources.get(random.nextInt(sources.size())));
        boolean bytes = random.nextInt(4) == 0;
        for (int i = random.nextInt(MUTATIONS_MAX); i >= 0 && !source.isEmpty() && !bytes; i--) {
            if (random.nextBoolean()) {
                mutateToken(source);
            } else {
                mutatePiece(source);
            }
        }
        byte[] text = String.join("", source).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(MUTATIONS_MAX); i >= 0 && text.length > 0 && bytes; i--) {
            text[random.nextInt(text.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : text[random.nextInt(text.length)]);
        }
        return text;
    }

    private void mutateToken(List<String> source) {
        int at = random.nextInt(source.size());
        switch (random.nextInt(4)) {
            case 0 -> source.remove(at);
            case 1 -> source.add(at, source.get(at));
            case 2 -> source.set(at, tokens.get(random.nextInt(tokens.size())));
            default -> Collections.swap(source, at, random.nextInt(source.size()));
        }
    }

    /** A statement, a field, or what stands in braces. */
    private void mutatePiece(List<String> source) {
        int start = random.nextInt(source.size());
        List<String> piece = source.subList(start, end(source, start));
        List<String> copy = List.copyOf(piece);
        switch (random.nextInt(4)) {
            case 0 -> piece.clear();
            case 1 -> source.addAll(start, copy);
            case 2 -> {
                piece.clear();
                source.addAll(start, pieces.get(random.nextInt(pieces.size())));
            }
            default -> {
                piece.clear();
                source.addAll(source.isEmpty() ? 0 : random.nextInt(source.size()), copy);
            }
        }
    }

    /** Behind the next semicolon, or where what is open then is closed. */
    private static int end(List<String> source, int start) {
        int depth = 0;
        for (int at = start; at < source.size(); at++) {
            String token = source.get(at);
            depth += token.equals("{") ? 1 : token.equals("}") ? -1 : 0;
            boolean ends = token.equals(";") || token.equals("}");
            if (depth < 0 || (depth == 0 && ends)) {
                return depth < 0 ? Math.max(at, start + 1) : at + 1;
            }
        }
        return source.size();
    }

    /** All of a text, white space and comments too. */
    static List<String> tokens(String source) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(source);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }
}
