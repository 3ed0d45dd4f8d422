// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Prepared;

/** The names of what a method has its values in. */
abstract class Variables {
    /** The parameter of the method. */
    abstract String parameter(Parameter parameter);

    /** What has the parameter's value: itself, or a variable with the address of a slot. */
    abstract String value(Parameter parameter);

    abstract String value(Binding binding);

    abstract String value(Prepared prepared);

    /** What has the bytes that were read, as an integer. */
    abstract String bits(Prepared prepared);

    /** Whether a parameter is the instance whose method it is. */
    abstract boolean isReceiver(Parameter parameter);

    /** The number of the CPU that is worked on. */
    abstract String cpu();

    abstract String vector();
}
