// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which class of the generated Java has what. */
public final class JavaLayout {
    private static final String EXTENSION = ".opv";
    private static final Pattern PACKAGE_ROOT_END = Pattern.compile("\\..*");

    private final VectorProgram program;
    private final Set<StructType> declared;
    private final Map<StructType, List<LoweredUnit>> unitsByStruct = new HashMap<>();
    private final List<LoweredUnit> otherUnits = new ArrayList<>();
    private final Set<StructType> visibleStructs;
    private final Set<String> namesNotForVariables;

    public JavaLayout(VectorProgram program) {
        this.program = program;
        this.declared = new HashSet<>(program.structs());
        program.allUnits().forEach(this::assign);
        this.visibleStructs = VisibleStructs.of(program);
        this.namesNotForVariables = findNamesNotForVariables();
    }

    public VectorProgram program() {
        return program;
    }

    public String packageName() {
        return JavaNames.packageName(program.packageName());
    }

    /** The file's name without folders. */
    public String fileName() {
        return program.path().substring(program.path().lastIndexOf('/') + 1);
    }

    /** The class of constants and of units that no per-CPU class of this file has. */
    public ClassName operations() {
        String name = fileName();
        String base = name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
        return ClassName.get(packageName(), JavaNames.operations(base));
    }

    /** The class for a struct, of this file or an imported one. */
    public ClassName classOf(StructType struct) {
        return ClassName.get(JavaNames.packageName(struct.packageName()), JavaNames.type(struct.name()));
    }

    /** The class with the accessors of a struct: of a per-CPU struct, those of a slot. */
    public ClassName accessorsOf(StructType struct) {
        ClassName itself = classOf(struct);
        return struct.perCpu() ? itself.nestedClass(ReservedNames.SLOT_CLASS) : itself;
    }

    /** The type of the Java parameter for a parameter of a unit. */
    public TypeName typeOf(Parameter parameter) {
        return parameter.perCpu()
                ? classOf(parameter.struct())
                : JavaType.of(parameter.type()).typeName();
    }

    /** Whether code of this file can name a struct's class: a class without a package has no name in another. */
    public boolean canName(StructType struct) {
        return !struct.packageName().isEmpty() || program.packageName().isEmpty();
    }

    boolean declares(StructType struct) {
        return declared.contains(struct);
    }

    /** The parameter that is the instance on which the unit is a method. */
    public Optional<Parameter> receiver(LoweredUnit unit) {
        return unit.perCpuParameters().stream().findFirst().filter(parameter -> declares(parameter.struct()));
    }

    /** The class that has the unit as a method. */
    public ClassName owner(LoweredUnit unit) {
        return receiver(unit).map(parameter -> classOf(parameter.struct())).orElseGet(this::operations);
    }

    /** The units that a per-CPU struct of this file has as methods. */
    public List<LoweredUnit> unitsOf(StructType struct) {
        return unitsByStruct.getOrDefault(struct, List.of());
    }

    /** The units that are static methods. */
    public List<LoweredUnit> otherUnits() {
        return otherUnits;
    }

    /** Every struct whose class generated code may name, those of imported files included. */
    Set<StructType> visibleStructs() {
        return visibleStructs;
    }

    /** The enumeration of a unit's outcomes. */
    public ClassName outcomesOf(VectorUnit unit) {
        return owner(unit).nestedClass(JavaNames.outcomes(unit.name().text()));
    }

    /** The class that holds a unit's results. */
    public ClassName resultsOf(LoweredUnit unit) {
        return owner(unit).nestedClass(JavaNames.results(unit.name().text()));
    }

    /**
     * Names that hide something if a variable has them: of a field, of classes, and of the packages that qualified names
     * begin with where two classes have one simple name.
     */
    Set<String> namesNotForVariables() {
        return namesNotForVariables;
    }

    private void assign(LoweredUnit unit) {
        Optional<Parameter> receiver = receiver(unit);
        if (receiver.isPresent()) {
            unitsByStruct
                    .computeIfAbsent(receiver.get().struct(), struct -> new ArrayList<>())
                    .add(unit);
        } else {
            otherUnits.add(unit);
        }
    }

    private Set<String> findNamesNotForVariables() {
        Set<String> names = new LinkedHashSet<>(Set.of(ReservedNames.MEMORY));
        Set<ClassName> classes = new LinkedHashSet<>(RuntimeClasses.ALL);
        visibleStructs.forEach(struct -> classes.add(classOf(struct)));
        program.units().forEach(unit -> classes.add(outcomesOf(unit)));
        program.allUnits().forEach(unit -> classes.add(resultsOf(unit)));
        boolean qualified = false;
        for (ClassName each : classes) {
            qualified |= !names.add(each.simpleName());
        }
        if (qualified) {
            classes.forEach(each ->
                    names.add(PACKAGE_ROOT_END.matcher(each.packageName()).replaceFirst("")));
        }
        names.remove("");
        return names;
    }

    public boolean hasOperations() {
        return !program.constants().isEmpty()
                || !program.tables().isEmpty()
                || !otherUnits().isEmpty();
    }
}
