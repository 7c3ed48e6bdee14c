package org.actium.deployment.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a descriptor says of the application beside its virtual nodes.
 *
 * @param mains by id
 * @param fileTransfers by id
 * @param peers when hosts share their processors; the first that fits a host counts
 * @param leaseHolder whom its runtimes do not outlive; the runtime that deploys if empty
 */
public record Application(
        List<Registration> registrations,
        List<Lookup> lookups,
        Map<String, MainDefinition> mains,
        Map<String, FileTransferDefinition> fileTransfers,
        List<ExecutableDefinition> executables,
        List<DataSpace> data,
        Optional<SecurityPolicy> security,
        RuntimeConfiguration runtime,
        List<PeerSchedule> peers,
        Optional<LeaseHolder> leaseHolder) {

    /** Nothing is said. */
    public static final Application NONE = new Application(
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            RuntimeConfiguration.NONE,
            List.of(),
            Optional.empty());

    public Application {
        registrations = List.copyOf(registrations);
        lookups = List.copyOf(lookups);
        mains = Ordered.copyOf(mains);
        fileTransfers = Ordered.copyOf(fileTransfers);
        executables = List.copyOf(executables);
        data = List.copyOf(data);
        Objects.requireNonNull(security, "security");
        Objects.requireNonNull(runtime, "runtime");
        peers = List.copyOf(peers);
        Objects.requireNonNull(leaseHolder, "leaseHolder");
    }
}
