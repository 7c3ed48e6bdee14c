package org.actium.benchmarks.remote;

import java.io.IOException;
import java.util.Set;

/** The side that calls, with the other side in a JVM of its own. */
interface Near extends AutoCloseable {

    /** What it can do. */
    Set<Workload> workloads();

    /** Returns when all calls are done, the last of them at the far side. */
    void run(Workload workload, int calls) throws Exception;

    @Override
    void close() throws IOException;
}
