// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.explain.Columns.Side;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorSize;
import dev.opvc.compiler.vector.VectorUnit;
import dev.opvc.runtime.CpuOp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A file's vectors for people: for each path what is prepared, the operations, and their share of each limit. */
public final class ExplainTable {
    private static final String INDENT = "  ";
    private static final int PERCENT = 100;

    private final Abi abi;
    private final List<String> lines = new ArrayList<>();

    private ExplainTable(Abi abi) {
        this.abi = abi;
    }

    /** The lines, each with its end. */
    public static String render(VectorProgram program, Abi abi) {
        ExplainTable table = new ExplainTable(abi);
        table.program(program);
        return table.lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void program(VectorProgram program) {
        lines.add(program.file().name() + ", pointers of " + abi.pointerSize() + " bytes");
        if (program.allUnits().isEmpty()) {
            lines.add(INDENT + "no transaction, vector or query");
        }
        program.allUnits().forEach(this::unit);
    }

    private void unit(LoweredUnit unit) {
        lines.add("");
        lines.add(unit.kind().keyword()
                + " "
                + unit.name().text()
                + unit.parameters().stream().map(this::parameter).collect(Collectors.joining(", ", "(", ")")));
        unit.match(new LoweredUnit.Cases<Runnable>() {
                    @Override
                    public Runnable vector(VectorUnit vector) {
                        return () -> paths(vector);
                    }

                    @Override
                    public Runnable query(QueryUnit query) {
                        return () -> ExplainTable.this.query(query);
                    }
                })
                .run();
    }

    private void query(QueryUnit query) {
        OpvText opv = new OpvText(abi);
        QueryText texts = new QueryText(opv);
        texts.before(query).forEach(line -> lines.add(INDENT + INDENT + line));
        lines.add(INDENT + "for each possible CPU in turn; in the form that names a CPU, for that one alone");
        vector(List.of(), query.operations(), opv, INDENT + INDENT);
        texts.folds(query).forEach(line -> lines.add(INDENT + INDENT + line));
        lines.add(INDENT + "and then");
        texts.results(query).forEach(line -> lines.add(INDENT + INDENT + line));
    }

    private void paths(VectorUnit unit) {
        int number = 1;
        for (VectorPath path : unit.paths()) {
            if (unit.paths().size() > 1) {
                lines.add(INDENT + "path " + number + " of " + unit.paths().size() + when(path));
            }
            path(path, new OpvText(abi, PathNames.of(path, unit.parameters())));
            number++;
        }
    }

    private static String when(VectorPath path) {
        return path.when().isEmpty() ? "" : ": when " + String.join(" && ", path.when());
    }

    private String parameter(Parameter parameter) {
        String type = parameter.perCpu()
                ? "percpu " + parameter.struct().name()
                : parameter.type().toString();
        String max = parameter.max().isPresent() ? " max " + parameter.max().getAsLong() : "";
        return type + (type.endsWith("*") ? "" : " ") + parameter.name() + max;
    }

    private void path(VectorPath path, OpvText opv) {
        StepText steps = new StepText(opv);
        Iterator<List<Operation>> loads = path.loads().iterator();
        List<Condition> conditions = new ArrayList<>();
        for (Step step : path.preparation()) {
            steps.of(step).ifPresent(text -> lines.add(INDENT + INDENT + text));
            if (step instanceof Step.Load) {
                vector(conditions, loads.next(), opv, INDENT + INDENT + INDENT);
            }
            step.conditions().forEach(operation -> conditions.add(new Condition(operation, otherwise(step))));
        }
        vector(conditions, path.operations(), opv, INDENT + INDENT);
    }

    /**
     * An operation that can stop a vector.
     *
     * @param otherwise what follows then
     */
    private record Condition(Operation operation, String otherwise) {}

    /** The operations of a vector that begins with these conditions. */
    private void vector(List<Condition> conditions, List<Operation> operations, OpvText opv, String indent) {
        Columns columns = new Columns(Side.RIGHT, Side.LEFT, Side.RIGHT, Side.LEFT, Side.LEFT);
        columns.row("#", "operation", "len", "role", "operands");
        for (int i = 0; i < operations.size(); i++) {
            String otherwise = i < conditions.size() ? conditions.get(i).otherwise() : "";
            columns.row(cells(i + 1, operations.get(i), otherwise, opv));
        }
        columns.lines().forEach(line -> lines.add(indent + line));
        lines.add(indent + shares(VectorSize.of(operations, abi)));
    }

    /** What follows if the comparison of a step stops the vector. */
    private static String otherwise(Step step) {
        return step instanceof Step.Guard guard ? ", else " + guard.outcome().name() : ", else prepare again";
    }

    private String[] cells(int number, Operation operation, String outcome, OpvText opv) {
        return new String[] {
            String.valueOf(number),
            operation.code().constant(),
            length(operation),
            operation.role().label() + outcome,
            operands(operation, opv)
        };
    }

    private String length(Operation operation) {
        String max = String.valueOf(operation.length().max(abi));
        return operation.length().isKnown() ? max : "<= " + max;
    }

    /** Operands that may fault are shown as a raw vector marks them. */
    private static String operands(Operation operation, OpvText opv) {
        List<String> faulting = operation.operands().stream()
                .filter(Operation.Operand::expectFault)
                .map(Operation.Operand::name)
                .toList();
        return OperandTexts.of(operation, opv).entrySet().stream()
                .map(operand -> operand.getKey()
                        + " = "
                        + (faulting.contains(operand.getKey())
                                ? "fault(" + operand.getValue() + ")"
                                : operand.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String shares(VectorSize size) {
        return String.join(
                ", ",
                share("operations", size.opCount(), CpuOp.CPU_OP_VEC_LEN_MAX),
                share("data", size.dataLength(), CpuOp.CPU_OP_VEC_DATA_LEN_MAX),
                share("longest operation", size.longest(), CpuOp.CPU_OP_DATA_LEN_MAX),
                share("pages", size.maxPages(), CpuOp.CPU_OP_MAX_PAGES));
    }

    private static String share(String what, long part, long limit) {
        return String.format(Locale.ROOT, "%s %d/%d (%d%%)", what, part, limit, part * PERCENT / limit);
    }
}
