package org.actium.exports;

import java.util.List;
import org.actium.exports.api.ExportedName;

/** What runtimes ask each other about exported objects. */
interface ExportAccess {

    /** Under which every runtime offers it. */
    String NAME = "org.actium.exports";

    /** @throws org.actium.naming.api.UnknownNameException if nothing is exported under that name */
    Found find(String name);

    /** @throws org.actium.naming.api.UnknownNameException if it is not exported (any more) */
    Found find(long id);

    List<ExportedName> list();

    /**
     * @param method as {@link ContractMethods} calls it
     * @param arguments as the codec writes an array of them
     * @throws org.actium.remote.api.NoSuchRemoteObjectException if it is not exported any more, or has no such method
     */
    Outcome call(long id, String method, byte[] arguments);
}
