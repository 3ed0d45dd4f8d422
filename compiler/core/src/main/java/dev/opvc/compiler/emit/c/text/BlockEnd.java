// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a block does from one of its statements to its end. Ends that do the same are one, and know how often. */
final class BlockEnd {
    final Statement statement;
    final @Nullable BlockEnd block;
    final @Nullable BlockEnd next;

    /** How much the statement adds to what is counted. */
    final int step;

    /** Lines that it takes, written out. */
    final int lines;

    /** Whether it has numbers that count from where it begins. */
    final boolean isNumbered;

    /** Names that it has from before. */
    final Set<String> free = new HashSet<>();

    /** At how many places it stands, if everything is written out. */
    private int places;

    private BlockEnd(Statement statement, @Nullable BlockEnd block, @Nullable BlockEnd next, int step) {
        this.statement = statement;
        this.block = block;
        this.next = next;
        this.step = step;
        int own = statement.lines().size();
        int inBlock = block == null ? 0 : block.lines + 1;
        this.lines = own + inBlock + (next == null ? 0 : next.lines);
        this.isNumbered = statement.lines().stream().anyMatch(Numbering::isIn)
                || (block != null && block.isNumbered)
                || (next != null && next.isNumbered);
        addFreeNames();
    }

    private void addFreeNames() {
        if (next != null) {
            free.addAll(next.free);
        }
        Statement.Variable declared = statement.declares();
        Set<String> names = statement.names();
        if (declared != null) {
            free.remove(declared.name());
            names.remove(declared.name());
        }
        free.addAll(names);
        if (block != null) {
            free.addAll(block.free);
        }
    }

    int places() {
        return places;
    }

    /** Finds the ends of blocks that do the same. */
    static final class Pool {
        private record Key(
                List<String> lines,
                @Nullable BlockEnd block,
                @Nullable BlockEnd next,
                int step) {}

        private final Map<Key, BlockEnd> ends = new HashMap<>();

        /** All of a block, which has at least one statement. */
        BlockEnd whole(List<Statement> block) {
            BlockEnd end = null;
            for (int i = block.size() - 1; i >= 0; i--) {
                int behind = i + 1 < block.size()
                        ? block.get(i + 1).base()
                        : block.get(i).base();
                end = add(block.get(i), behind - block.get(i).base(), end);
            }
            if (end == null) {
                throw new IllegalArgumentException("a block that does not return");
            }
            return end;
        }

        private BlockEnd add(Statement statement, int step, @Nullable BlockEnd next) {
            BlockEnd block = statement.block() == null ? null : whole(statement.block());
            BlockEnd end = ends.computeIfAbsent(
                    new Key(statement.lines(), block, next, step), key -> new BlockEnd(statement, block, next, step));
            end.places++;
            return end;
        }
    }
}
