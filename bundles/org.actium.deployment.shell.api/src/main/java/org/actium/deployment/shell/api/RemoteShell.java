package org.actium.deployment.shell.api;

import java.util.List;
import org.actium.deployment.model.Launch;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A program that runs a command on another host: {@code ssh}, {@code rsh}. Offered as a service by the bundle that reads
 * its elements; what it needs beyond the command line, others do for all of them.
 *
 * <p>The standard input of the program goes to the command there, and its output comes back. The end of its input need not
 * arrive, and its exit code need not come back.
 */
@ConsumerType
public interface RemoteShell {

    /** As descriptors and people call it: {@code ssh}. */
    String name();

    /** Whether others on the network can read or change what goes through it. */
    boolean insecure();

    /** Whether these are hops of this shell. */
    boolean carries(Launch step);

    /**
     * One for each host, in the order of the element, with repetitions.
     *
     * @param step one that it carries
     * @throws IllegalArgumentException saying what is wrong with the names
     */
    List<Hop> hops(Launch step);
}
