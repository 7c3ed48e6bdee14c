package org.actium.application.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actium.deployment.model.Application;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.LeaseHolder;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.ft.api.ServerArguments;
import org.actium.naming.api.ActiumUrl;
import org.actium.runtime.api.Endpoint;
import org.actium.service.api.ServiceUse;

/**
 * The server of fault tolerance that a descriptor names.
 *
 * @param arguments of a technical service, that name it
 * @param at where they are
 */
record NamedServer(Map<String, String> arguments, SourcePosition at) {

    /** What makes objects recoverable, by whatever way a descriptor asks for it. */
    private static final Set<String> FAULT_TOLERANCE = Set.of("pml", "org.actium.ft");

    /** The first one that a virtual node asks for: another is refused when a node asks for that. */
    static Optional<NamedServer> of(Descriptor descriptor) {
        return descriptor.virtualNodes().values().stream()
                .flatMap(node -> Stream.concat(
                        node.technicalServices().stream(),
                        node.servicesOn().values().stream().flatMap(List::stream)))
                .map(id -> descriptor.technicalServices().get(id))
                .filter(definition -> isFaultTolerance(definition.use()))
                .map(NamedServer::of)
                .filter(named -> !named.arguments().isEmpty())
                .findFirst();
    }

    private static NamedServer of(TechnicalServiceDefinition definition) {
        return new NamedServer(ServerArguments.among(definition.use().arguments()), definition.at());
    }

    static boolean isFaultTolerance(ServiceUse use) {
        return FAULT_TOLERANCE.contains(use.service());
    }

    /** Empty if it is named in a way that nobody understands, which the service will say. */
    Optional<Endpoint> endpoint() {
        try {
            return ServerArguments.NAMES.stream()
                    .filter(arguments::containsKey)
                    .findFirst()
                    .flatMap(
                            argument -> ActiumUrl.parse(arguments.get(argument)).runtime());
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    /** The descriptor with this server as the one that its runtimes do not outlive; empty if it names one itself. */
    Optional<Descriptor> holdingTheLease(Descriptor descriptor) {
        Application application = descriptor.application();
        return endpoint()
                .filter(_ -> application.leaseHolder().isEmpty())
                .map(endpoint -> new Descriptor(
                        descriptor.source(),
                        descriptor.dialect(),
                        descriptor.variables(),
                        descriptor.contract(),
                        descriptor.virtualNodes(),
                        descriptor.jvms(),
                        descriptor.processes(),
                        descriptor.services(),
                        descriptor.technicalServices(),
                        descriptor.nodeProviders(),
                        descriptor.infrastructure(),
                        new Application(
                                application.registrations(),
                                application.lookups(),
                                application.mains(),
                                application.fileTransfers(),
                                application.executables(),
                                application.data(),
                                application.security(),
                                application.runtime(),
                                application.peers(),
                                Optional.of(new LeaseHolder(endpoint, at))),
                        descriptor.notes(),
                        descriptor.obstacles()));
    }
}
