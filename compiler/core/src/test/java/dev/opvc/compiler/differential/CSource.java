// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what a library exports around a generated header: one function that calls any unit by its number, with
 * arguments and results in words of 64 bits, and functions that make instances and find slots, by the struct's number.
 */
final class CSource {
    /** Numbers of forms: on a CPU that is named, and on the one that the caller is on, which may hold nothing. */
    static final int DIRECT = 0;

    static final int VECTOR = 1;
    static final int CURRENT = 2;

    static final String CALL = "differential_call";
    static final String ALLOCATE = "differential_allocate";
    static final String SLOT = "differential_slot";

    private static final String HEAD = """
            #define EXPORTED __attribute__((visibility("default")))

            /* Has the thread run on a CPU, if one is named; returns where it might run before. */
            static inline cpu_set_t run_on(int cpu, const cpu_set_t *before)
            {
                cpu_set_t set;
                cpu_set_t was;
                sched_getaffinity(0, sizeof(was), &was);
                CPU_ZERO(&set);
                if (cpu >= 0)
                    CPU_SET((size_t)cpu, &set);
                sched_setaffinity(0, sizeof(set), before == NULL ? &set : before);
                return was;
            }

            static inline float float_of(uint64_t bits)
            {
                uint32_t low = (uint32_t)bits;
                float value;
                memcpy(&value, &low, sizeof(value));
                return value;
            }

            static inline double double_of(uint64_t bits)
            {
                double value;
                memcpy(&value, &bits, sizeof(value));
                return value;
            }

            static inline uint64_t bits_of_float(float value)
            {
                uint32_t bits;
                memcpy(&bits, &value, sizeof(bits));
                return bits;
            }

            static inline uint64_t bits_of_double(double value)
            {
                uint64_t bits;
                memcpy(&bits, &value, sizeof(bits));
                return bits;
            }

            """;

    private final Program program;
    private final StringBuilder text = new StringBuilder();

    private CSource(Program program) {
        this.program = program;
    }

    static List<StructType> slotted(Program program) {
        return program.structs().stream().filter(StructType::perCpu).toList();
    }

    static String of(Program program) {
        CSource source = new CSource(program);
        source.write();
        return source.text.toString();
    }

    private void write() {
        text.append("#include \"")
                .append(TargetNames.header(program))
                .append("\"\n#include <sched.h>\n#include <string.h>\n\n");
        text.append(HEAD);
        Unit.of(program).forEach(this::wrapper);
        dispatch();
        instances();
    }

    private void wrapper(Unit unit) {
        List<String> arguments = new ArrayList<>();
        int slot = 0;
        for (Parameter parameter : unit.parameters()) {
            if (parameter.perCpu()) {
                arguments.add("(struct " + TargetNames.tag(parameter.struct()) + "_percpu *)s[" + slot++ + "]");
            }
        }
        List<String> handles = List.copyOf(arguments);
        arguments.add("cpu");
        int word = 0;
        for (Parameter parameter : unit.parameters()) {
            if (!parameter.perCpu()) {
                arguments.add(argument(parameter.type(), "a[" + word++ + "]"));
            }
        }
        text.append("static int call_").append(unit.name());
        text.append("(int form, void *const *s, int cpu, const uint64_t *a, uint64_t *r)\n{\n");
        text.append("    int status;\n");
        for (int i = 0; i < unit.results().size(); i++) {
            Type type = unit.results().get(i).type();
            boolean array = type instanceof ArrayType;
            text.append("    ").append(cType(element(type))).append(" r" + i);
            text.append(array ? "[" + length(type) + "] = { 0 };\n" : " = 0;\n");
            arguments.add((array ? "r" : "&r") + i);
            if (type instanceof ArrayType sized && sized.sized()) {
                arguments.add(String.valueOf(sized.length()));
            }
        }
        String function = TargetNames.function(program, unit);
        String list = "(" + String.join(", ", arguments) + ")";
        text.append("    (void)s;\n    (void)a;\n    (void)r;\n");
        List<String> here = new ArrayList<>(arguments);
        here.remove(handles.size());
        if (unit instanceof Unit.Query) {
            query(function, "(" + String.join(", ", here) + ")", list);
            results(unit);
            return;
        }
        if (!handles.isEmpty()) {
            text.append("    if (form == " + CURRENT + ") {\n");
            text.append("        cpu_set_t before = run_on(cpu, NULL);\n");
            text.append("        status = " + function + "(" + String.join(", ", here) + ");\n");
            text.append("        run_on(-1, &before);\n");
            text.append("    } else\n");
        }
        text.append("    status = form == " + VECTOR + " ? " + function + "_vector_on" + list);
        text.append("\n        : " + function + "_direct_on" + list + ";\n");
        results(unit);
    }

    private void query(String function, String ofAll, String ofOne) {
        text.append("    if (form == " + CURRENT + ")\n");
        text.append("        status = cpu < 0 ? " + function + ofAll + " : " + function + "_on" + ofOne + ";\n");
        text.append("    else if (form == " + VECTOR + ")\n");
        text.append("        status = cpu < 0 ? " + function + "_vector" + ofAll);
        text.append(" : " + function + "_vector_on" + ofOne + ";\n    else\n");
        text.append("        status = cpu < 0 ? " + function + "_direct" + ofAll);
        text.append(" : " + function + "_direct_on" + ofOne + ";\n");
    }

    private void results(Unit unit) {
        int word = 0;
        for (int i = 0; i < unit.results().size(); i++) {
            Type type = unit.results().get(i).type();
            for (int j = 0; j < length(type); j++) {
                String value = "r" + i + (type instanceof ArrayType ? "[" + j + "]" : "");
                text.append("    r[" + word++ + "] = ")
                        .append(word(element(type), value))
                        .append(";\n");
            }
        }
        text.append("    return status;\n}\n\n");
    }

    private static Type element(Type type) {
        return type instanceof ArrayType array ? array.element() : type;
    }

    private static long length(Type type) {
        return type instanceof ArrayType array ? array.length() : 1;
    }

    private void dispatch() {
        text.append("EXPORTED int " + CALL);
        text.append("(int unit, int form, void *const *s, int cpu, const uint64_t *a, uint64_t *r)\n{\n");
        text.append("    switch (unit) {\n");
        List<Unit> units = Unit.of(program);
        for (int i = 0; i < units.size(); i++) {
            String name = units.get(i).name();
            text.append("    case " + i + ":\n        return call_")
                    .append(name)
                    .append("(form, s, cpu, a, r);\n");
        }
        text.append("    default:\n        return -EDOM;\n    }\n}\n\n");
    }

    private void instances() {
        List<StructType> structs = slotted(program);
        text.append("EXPORTED void *" + ALLOCATE
                + "(int number, int length)\n{\n    (void)length;\n    switch (number) {\n");
        for (int i = 0; i < structs.size(); i++) {
            String length = structs.get(i).tail().isPresent() ? "(uint32_t)length" : "";
            text.append("    case " + i + ":\n        return ")
                    .append(TargetNames.tag(structs.get(i)) + "_alloc(" + length + ");\n");
        }
        text.append("    default:\n        return NULL;\n    }\n}\n\n");
        text.append("EXPORTED void *" + SLOT + "(void *instance, int cpu)\n{\n");
        text.append("    return opv_percpu_slot(instance, cpu);\n}\n");
    }

    private static String argument(Type type, String word) {
        if (type instanceof PointerType) {
            return "(" + cType(type) + ")(uintptr_t)" + word;
        }
        return switch ((ScalarType) type) {
            case F32 -> "float_of(" + word + ")";
            case F64 -> "double_of(" + word + ")";
            case BOOL -> word + " != 0";
            default -> "(" + cType(type) + ")" + word;
        };
    }

    private static String word(Type type, String value) {
        if (type instanceof PointerType) {
            return "(uint64_t)(uintptr_t)" + value;
        }
        return switch ((ScalarType) type) {
            case F32 -> "bits_of_float(" + value + ")";
            case F64 -> "bits_of_double(" + value + ")";
            case I8 -> "(uint64_t)(uint8_t)" + value;
            case I16 -> "(uint64_t)(uint16_t)" + value;
            case I32 -> "(uint64_t)(uint32_t)" + value;
            default -> "(uint64_t)" + value;
        };
    }

    private static String cType(Type type) {
        if (type instanceof PointerType pointer) {
            return pointer.target() == ScalarType.BYTE ? "void *" : cType(pointer.target()) + " *";
        }
        if (type instanceof StructType struct) {
            return "struct " + TargetNames.tag(struct);
        }
        return switch ((ScalarType) type) {
            case U8, BYTE -> "uint8_t";
            case U16 -> "uint16_t";
            case U32 -> "uint32_t";
            case U64 -> "uint64_t";
            case I8 -> "int8_t";
            case I16 -> "int16_t";
            case I32 -> "int32_t";
            case I64 -> "int64_t";
            case F32 -> "float";
            case F64 -> "double";
            case BOOL -> "bool";
            case UPTR -> "uintptr_t";
        };
    }
}
