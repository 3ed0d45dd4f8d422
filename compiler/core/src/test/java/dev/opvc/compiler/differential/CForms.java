// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.runtime.Cpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The forms in C, in this process, so that they work on the same memory. The library is never unloaded. */
final class CForms {
    /** Words for arguments, results and instances: as many as a unit may have parameters. */
    private static final int WORDS = 128;

    /** The same number on all systems that this runs on. */
    private static final int EINVAL = 22;

    private final List<Unit> units;
    private final Arena arena;
    private final Function call;
    private final Map<Instance, Pointer> instances = new HashMap<>();
    private final Map<Slot, Long> slots = new HashMap<>();
    private final Memory slotWords = words();
    private final Memory argumentWords = words();
    private final Memory resultWords = words();

    CForms(Program program, Path library, List<Instance> all, Arena arena) {
        this.units = Unit.of(program);
        this.arena = arena;
        NativeLibrary loaded = NativeLibrary.getInstance(library.toString());
        call = loaded.getFunction(CSource.CALL);
        Function allocate = loaded.getFunction(CSource.ALLOCATE);
        Function slot = loaded.getFunction(CSource.SLOT);
        List<StructType> structs = CSource.slotted(program);
        for (Instance each : all) {
            Pointer instance = allocate.invokePointer(new Object[] {structs.indexOf(each.struct()), each.length()});
            Objects.requireNonNull(instance);
            instances.put(each, instance);
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                Pointer at = slot.invokePointer(new Object[] {instance, cpu});
                slots.put(new Slot(each, cpu), Pointer.nativeValue(at));
            }
        }
    }

    List<Form> forms() {
        return List.of(
                new OfC("direct", CSource.DIRECT),
                new OfC("vector", CSource.VECTOR),
                new OfC("on the current CPU", CSource.CURRENT));
    }

    private static Memory words() {
        Memory words = new Memory((long) WORDS * Long.BYTES);
        words.clear();
        return words;
    }

    private final class OfC extends Form {
        private final int form;

        OfC(String name, int form) {
            super("C " + name, arena);
            this.form = form;
        }

        @Override
        long address(Slot slot) {
            return Objects.requireNonNull(slots.get(slot));
        }

        @Override
        Answer call(Call made) {
            // What a call before has left is no answer.
            resultWords.clear();
            int slotCount = 0;
            int argumentCount = 0;
            for (Parameter parameter : made.unit().parameters()) {
                if (parameter.perCpu()) {
                    slotWords.setPointer(
                            (long) slotCount++ * Long.BYTES,
                            instances.get(made.instances().get(parameter)));
                } else {
                    argumentWords.setLong(
                            (long) argumentCount++ * Long.BYTES,
                            Objects.requireNonNull(made.arguments().get(parameter)));
                }
            }
            int index = units.indexOf(made.unit());
            int status = call.invokeInt(new Object[] {index, form, slotWords, made.cpu(), argumentWords, resultWords});
            List<Long> results = new ArrayList<>();
            for (Type ignored : made.unit().values()) {
                results.add(resultWords.getLong((long) results.size() * Long.BYTES));
            }
            return new Answer(ending(status), results);
        }
    }

    private static Ending ending(int status) {
        if (status >= 0) {
            return Ending.outcome(status);
        }
        return status == -EINVAL ? Ending.error(Ending.Kind.RANGE_ERROR) : Ending.unexpected("errno " + -status);
    }
}
