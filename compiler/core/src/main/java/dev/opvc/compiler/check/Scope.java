// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a unit gives: its parameters, and the bindings of the block at hand and those around it. */
final class Scope {
    /** What a name of a unit stands for. */
    sealed interface Local {
        Identifier identifier();

        /** Dispatches on what a name stands for. */
        <R> R match(Cases<R> cases);

        /**
         * What is done with each kind of name.
         *
         * @param <R> what comes of it
         */
        interface Cases<R> {
            R ofParameter(OfParameter local);

            R ofBinding(OfBinding local);

            R ofLiteral(OfLiteral local);

            R ofConstant(OfConstant local);

            R ofResult(OfResult local);

            R poisoned(Poisoned local);
        }

        /** A parameter. */
        record OfParameter(Parameter parameter) implements Local {
            @Override
            public Identifier identifier() {
                return parameter.identifier();
            }

            @Override
            public <R> R match(Cases<R> cases) {
                return cases.ofParameter(this);
            }
        }

        /** A binding. */
        record OfBinding(Binding binding) implements Local {
            @Override
            public Identifier identifier() {
                return binding.identifier();
            }

            @Override
            public <R> R match(Cases<R> cases) {
                return cases.ofBinding(this);
            }
        }

        /** A binding to a constant that has no type yet, as {@code let n = 5;} makes one. */
        record OfLiteral(Identifier identifier, ConstantValue value) implements Local {
            @Override
            public <R> R match(Cases<R> cases) {
                return cases.ofLiteral(this);
            }
        }

        /** A binding to a number or a truth value that is known, and has a type: {@code let n = u32(5);}. */
        record OfConstant(Identifier identifier, Expr.Constant constant) implements Local {
            @Override
            public <R> R match(Cases<R> cases) {
                return cases.ofConstant(this);
            }
        }

        /** A result: it can be assigned, and not read. */
        record OfResult(Result result) implements Local {
            @Override
            public Identifier identifier() {
                return result.identifier();
            }

            @Override
            public <R> R match(Cases<R> cases) {
                return cases.ofResult(this);
            }
        }

        /** A name whose definition is in error: its uses are not reported as well. */
        record Poisoned(Identifier identifier) implements Local {
            @Override
            public <R> R match(Cases<R> cases) {
                return cases.poisoned(this);
            }
        }
    }

    private final @Nullable Scope outer;
    private final Map<String, Local> locals = new HashMap<>();
    private final Set<String> used;

    private Scope(@Nullable Scope outer, Set<String> used) {
        this.outer = outer;
        this.used = used;
    }

    /** A scope without names. */
    static Scope empty() {
        return new Scope(null, new LinkedHashSet<>());
    }

    /** The scope of a block within this one. */
    Scope inner() {
        return new Scope(this, used);
    }

    /** Defines a name that is not defined yet. */
    void define(Local local) {
        locals.put(local.identifier().text(), local);
    }

    /** Looks a name up without counting that as a use. */
    Optional<Local> find(String name) {
        Local local = locals.get(name);
        if (local != null) {
            return Optional.of(local);
        }
        return outer == null ? Optional.empty() : outer.find(name);
    }

    /** Looks a name up for an expression that uses it. */
    Optional<Local> use(String name) {
        used.add(name);
        return find(name);
    }

    /** The names that are defined here, and others, for suggestions. */
    List<String> namesWith(List<String> others) {
        List<String> all = new ArrayList<>(others);
        for (Scope scope = this; scope != null; scope = scope.outer) {
            all.addAll(scope.locals.keySet());
        }
        return all;
    }

    boolean isUsed(String name) {
        return used.contains(name);
    }
}
