package org.actium.naming;

import java.util.List;
import java.util.Map;
import org.actium.naming.api.NameTakenException;
import org.actium.naming.api.NamedObject;
import org.actium.naming.api.UnknownNameException;
import org.actium.naming.api.WrongKindException;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectRef;
import org.actium.runtime.spi.NodeRef;

/** What runtimes ask each other about names. */
interface NameAccess {

    /** Under which every runtime with names offers it. */
    String NAME = "org.actium.names";

    /**
     * @param replace whether to take the name from the object that has it
     * @return the URL
     * @throws NameTakenException as {@code Names}
     */
    String register(String name, ObjectRef object, boolean replace);

    /**
     * @throws UnknownNameException if nothing has that name
     * @throws WrongKindException if it is a node
     */
    Found find(String name);

    /** An object of the runtime that is asked. */
    Found findObject(BodyId id);

    /** @throws UnknownNameException if there is no such node */
    NodeRef node(String name);

    boolean unregister(String name);

    List<NamedObject> list();

    /** Of these objects those that live in the runtime that is asked, each with what {@link Found#typesOf} says. */
    Map<BodyId, List<String>> living(List<BodyId> ids);
}
