// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Value;
import java.util.List;
import java.util.Optional;

/**
 * What puts a node that the caller passes into a list of a slot: the node's next becomes what the list's head was, and the
 * node the head, and nothing else happens.
 *
 * <p>The first of these stores is made before it is known whether the second will be. That is of no account where nobody
 * else looks at the node's next until the node is in the list, which is what a list is: a node that is in one already
 * would be lost from it in any form. The same does not go for other writes behind a pointer, even if the last store
 * publishes the pointer: who else has it is nobody's knowledge.
 *
 * @param node the parameter that is put into the list
 * @param next where it keeps the next
 * @param link stores the old head there
 */
record LinkedNode(Parameter node, Place next, Operation.Copy link) {
    static Optional<LinkedNode> of(List<Operation> writes) {
        if (writes.size() != 2
                || !(writes.get(0) instanceof Operation.Copy link)
                || !(writes.get(1) instanceof Operation.Copy store)
                || !(link.dst().address() instanceof Address.OfPlace next)
                || !(link.src().address() instanceof Address.OfPlace head)
                || !(store.dst().address() instanceof Address.OfPlace target)
                || !(store.src().address() instanceof Address.OfCell cell)
                || !(cell.value() instanceof Value.OfParameter node)) {
            return Optional.empty();
        }
        boolean links = isPointer(link)
                && isPointer(store)
                && head.place().isInSlot()
                && head.place().equals(target.place())
                && head.place().type() instanceof PointerType
                && next.place().type() instanceof PointerType
                && next.place().pointer().equals(cell.value())
                && !node.parameter().perCpu();
        return links ? Optional.of(new LinkedNode(node.parameter(), next.place(), link)) : Optional.empty();
    }

    private static boolean isPointer(Operation.Copy copy) {
        return copy.length() instanceof Length.OfType length && length.type() instanceof PointerType;
    }
}
