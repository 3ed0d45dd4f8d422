// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.Target;
import dev.opvc.compiler.explain.ExplainJson;
import dev.opvc.compiler.explain.ExplainTable;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Fold;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of everything in the IR is in a program that other tests run in all forms and both targets, and goes through
 * explain and both emitters. Whoever adds a kind, an operation, a function or a fold, and no program with it, is told so.
 */
class EveryKindTest {
    /** Each of these is compiled and run, as vectors and as direct code, in Java and in C. */
    private static final List<String> PROGRAMS = List.of(
            "/differential/regressions.opv",
            "/emit/c/forms.opv",
            "/emit/c/run.opv",
            "/programs/queries.opv",
            "/programs/sized.opv",
            "/programs/tables.opv");

    private static final Set<Object> FOUND = new HashSet<>();

    @BeforeAll
    static void compile() throws Exception {
        for (String program : PROGRAMS) {
            Path file = Path.of(EveryKindTest.class.getResource(program).toURI());
            CompileResult result = Compiler.compile(new CompileRequest(List.of(file), List.of()));
            if (!(result instanceof CompileResult.Success success)) {
                throw new AssertionError(program + ": " + result.diagnostics());
            }
            assertThat(success.outputs().keySet()).containsExactlyInAnyOrder(Target.values());
            for (VectorProgram lowered : success.programs()) {
                assertThat(ExplainTable.render(lowered, Abi.LP64)).isNotEmpty();
                assertThat(ExplainJson.render(lowered, Abi.LP64)).isNotEmpty();
                collect(lowered, Collections.newSetFromMap(new IdentityHashMap<>()));
            }
        }
    }

    /** What is in an object of the IR: its class, its enum constants, and those of what it is made of. */
    private static void collect(Object object, Set<Object> seen) throws ReflectiveOperationException {
        if (object instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                collect(optional.get(), seen);
            }
        } else if (object instanceof Collection<?> collection) {
            for (Object element : collection) {
                collect(element, seen);
            }
        } else if (object instanceof Enum<?>) {
            FOUND.add(object);
        } else if (object.getClass().getName().startsWith("dev.opvc.compiler") && seen.add(object)) {
            FOUND.add(object.getClass());
            if (object instanceof Operation operation) {
                FOUND.add(operation.code());
            }
            for (Object part : parts(object)) {
                collect(part, seen);
            }
        }
    }

    private static List<Object> parts(Object object) throws ReflectiveOperationException {
        List<Object> parts = new ArrayList<>();
        if (object.getClass().isRecord()) {
            for (RecordComponent component : object.getClass().getRecordComponents()) {
                add(parts, component.getAccessor(), object);
            }
        } else {
            for (Method accessor : object.getClass().getMethods()) {
                boolean isOfIr = accessor.getDeclaringClass().getPackage() == Value.class.getPackage();
                if (isOfIr && accessor.getParameterCount() == 0) {
                    add(parts, accessor, object);
                }
            }
        }
        return parts;
    }

    private static void add(List<Object> parts, Method accessor, Object object) throws ReflectiveOperationException {
        accessor.setAccessible(true);
        Object part = accessor.invoke(object);
        if (part != null) {
            parts.add(part);
        }
    }

    static Stream<Class<?>> kinds() {
        return Stream.of(
                        Value.class,
                        Step.class,
                        RangeCheck.class,
                        Operation.class,
                        Address.class,
                        Block.End.class,
                        Place.Selector.class,
                        ResultValue.class,
                        QueryStep.class,
                        QueryResult.class,
                        FoldedValue.class,
                        LoweredUnit.class,
                        Length.class,
                        ConstantValue.class)
                .flatMap(type -> Stream.of(type.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindIsInAProgramThatIsRun(Class<?> kind) {
        assertThat(FOUND.contains(kind)).as(kind.getName()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.opvc.compiler.vector.OpCode#values")
    void everyOperationIs(OpCode code) {
        assertThat(FOUND.contains(code)).as(code.name()).isTrue();
    }

    @Test
    void everyFunctionAndFoldIs() {
        assertThat(FOUND).contains((Object[]) Builtin.values());
        assertThat(FOUND).contains((Object[]) Fold.values());
    }
}
