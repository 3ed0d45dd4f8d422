// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Namespace;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorUnit;
import dev.opvc.runtime.Memory;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random expressions, stored by transactions and decided on by them, against the results that exact integers and the
 * language's rules give, in both forms. The seed is printed; {@code -Dopvc.seed=} gives it again.
 */
class ExpressionTest {
    private static final SourceFile FILE = new SourceFile("expressions.opv", "");
    private static final Span SPAN = new Span(FILE, 0, 0);
    private static final int EXPRESSIONS = 300;
    private static final int ARGUMENTS_EACH = 40;
    private static final int PER_TYPE = 2;

    @TempDir
    private Path folder;

    private long memory;

    @BeforeEach
    void allocate() {
        memory = Memory.allocate(Long.BYTES);
    }

    @AfterEach
    void free() {
        Memory.free(memory);
    }

    /** A transaction that stores an expression, of which a part has a name, or one that goes on if it is true. */
    private record Case(Value named, Local binding, Value whole) {}

    @Test
    void expressionsHaveTheResultsThatTheLanguageDefines() throws Exception {
        long seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("ExpressionTest seed " + seed);
        RandomExpressions expressions = new RandomExpressions(new Random(seed), PER_TYPE);
        List<Case> cases = new ArrayList<>();
        List<VectorUnit> units = new ArrayList<>();
        for (int i = 0; i < EXPRESSIONS; i++) {
            ScalarType type = expressions.type();
            Value named = expressions.expression(expressions.type());
            Local local = new Local(new Identifier("named", SPAN), named.type());
            Step.Bind binding = new Step.Bind(local, named);
            Value whole = expressions.expression(type, local);
            cases.add(new Case(named, local, whole));
            units.add(storing("store" + i, expressions.parameters(), binding, whole));
            Value condition = type == ScalarType.BOOL
                    ? whole
                    : new Value.Comparison(BinaryOperator.NOT_EQUAL, whole, expressions.zero(type));
            units.add(deciding("decide" + i, expressions.parameters(), binding, condition));
        }
        Map<String, Method> methods = methods(generate(units));
        for (int i = 0; i < EXPRESSIONS; i++) {
            for (String form : new String[] {"Vector", "Direct"}) {
                Method store = Objects.requireNonNull(methods.get("store" + i + form));
                Method decide = Objects.requireNonNull(methods.get("decide" + i + form));
                for (int round = 0; round < ARGUMENTS_EACH; round++) {
                    check(store, decide, cases.get(i), expressions);
                }
            }
        }
    }

    private void check(Method store, Method decide, Case each, RandomExpressions expressions) throws Exception {
        Map<Parameter, Object> passed = expressions.arguments();
        Map<Object, BigInteger> values = new HashMap<>();
        passed.forEach((parameter, argument) -> values.put(parameter, ExactValues.of(parameter.type(), argument)));
        values.put(each.binding, ExactValues.evaluate(each.named, values));
        BigInteger expected = ExactValues.evaluate(each.whole, values);
        List<Object> arguments = new ArrayList<>(List.of(0, memory));
        arguments.addAll(passed.values());

        store.invoke(null, arguments.toArray());
        boolean decided = (boolean) decide.invoke(null, arguments.toArray());

        assertThat(ExactValues.read(each.whole.type(), memory))
                .as("%s for %s", each, passed.values())
                .isEqualTo(expected);
        assertThat(decided).as("%s for %s", each, passed.values()).isEqualTo(expected.signum() != 0);
    }

    private static Map<String, Method> methods(Generated generated) throws ClassNotFoundException {
        Map<String, Method> methods = new HashMap<>();
        for (Method method : generated.type("ExpressionsOps").getDeclaredMethods()) {
            method.setAccessible(true);
            methods.put(method.getName(), method);
        }
        return methods;
    }

    private Generated generate(List<VectorUnit> units) throws Exception {
        VectorProgram program = new VectorProgram(
                FILE, FILE.name(), Namespace.NONE, List.of(), List.of(), List.of(), List.of(), units, List.of());
        Map<String, String> sources = new LinkedHashMap<>();
        for (OutputFile file : new JavaEmitter().emit(program)) {
            sources.put(file.path(), file.content());
        }
        return Generated.fromJava(folder, sources);
    }

    private static VectorUnit storing(String name, List<Parameter> parameters, Step.Bind binding, Value value) {
        Parameter target = target(value.type());
        Address.OfCell cell = new Address.OfCell(0, value);
        Operation store = new Operation.Copy(
                new Operand("dst", new Address.OfPlace(Place.target(new Value.OfParameter(target))), false),
                new Operand("src", cell, false),
                new Length.OfType(value.type()),
                Role.WRITE,
                SPAN);
        Block body = new Block(List.of(binding), new Block.Commit(List.of(store), List.of()));
        return unit(name, target, parameters, List.of(), body, List.of(cell));
    }

    private static VectorUnit deciding(String name, List<Parameter> parameters, Step.Bind binding, Value condition) {
        Outcome no = new Outcome("NO", 1);
        Block body =
                new Block(List.of(binding, new Step.Decide(condition, no)), new Block.Commit(List.of(), List.of()));
        return unit(name, target(ScalarType.BOOL), parameters, List.of(no), body, List.of());
    }

    private static Parameter target(Type type) {
        return new Parameter(new Identifier("target", SPAN), new PointerType(type), false, OptionalLong.empty());
    }

    private static VectorUnit unit(
            String name,
            Parameter target,
            List<Parameter> parameters,
            List<Outcome> outcomes,
            Block body,
            List<Address.OfCell> cells) {
        List<Parameter> all = new ArrayList<>(List.of(target));
        all.addAll(parameters);
        return new VectorUnit(
                UnitKind.TRANSACTION, new Identifier(name, SPAN), all, List.of(), outcomes, false, body, cells, null);
    }
}
