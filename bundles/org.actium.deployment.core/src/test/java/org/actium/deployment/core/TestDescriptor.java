package org.actium.deployment.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.actium.deployment.model.Application;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.LeaseHolder;
import org.actium.deployment.model.Lookup;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.Registration;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.deployment.model.VirtualNodeDefinition.Cardinality;
import org.actium.runtime.api.Endpoint;
import org.actium.service.api.ServiceUse;

/** Writes descriptors as the reader would deliver them. Each definition stands on a line of its own, from line 1. */
final class TestDescriptor {

    private final Map<String, VirtualNodeDefinition> virtualNodes = new LinkedHashMap<>();
    private final Map<String, JvmDefinition> jvms = new LinkedHashMap<>();
    private final Map<String, ElementDefinition> processes = new LinkedHashMap<>();
    private final Map<String, ElementDefinition> services = new LinkedHashMap<>();
    private final Map<String, TechnicalServiceDefinition> technicalServices = new LinkedHashMap<>();
    private final List<Registration> registrations = new ArrayList<>();
    private final List<Lookup> lookups = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();
    private Optional<LeaseHolder> leaseHolder = Optional.empty();
    private int line;

    /** Started by {@link FakeProtocol}; each launch starts so many runtimes. */
    record Fork(int perLaunch) implements DescriptorElement {
        @Override
        public String elementName() {
            return "forkProcess";
        }
    }

    /** Found by {@link FakeAcquisition}. */
    record Pool(OptionalInt runtimes) implements DescriptorElement {
        @Override
        public String elementName() {
            return "poolService";
        }
    }

    TestDescriptor launched(String jvm, int runtimes, int nodes) {
        return launched(jvm, runtimes, nodes, new Fork(1));
    }

    TestDescriptor launched(String jvm, int runtimes, int nodes, DescriptorElement process) {
        processes.put(jvm + "-process", new ElementDefinition(jvm + "-process", process, next()));
        jvms.put(jvm, new JvmDefinition(jvm, runtimes, nodes, new JvmDefinition.Creation(jvm + "-process"), next()));
        return this;
    }

    TestDescriptor acquired(String jvm, OptionalInt runtimes, int nodes) {
        services.put(jvm + "-service", new ElementDefinition(jvm + "-service", new Pool(runtimes), next()));
        jvms.put(jvm, new JvmDefinition(jvm, 1, nodes, new JvmDefinition.Acquisition(jvm + "-service"), next()));
        return this;
    }

    TestDescriptor technicalService(String id, String service) {
        technicalServices.put(id, new TechnicalServiceDefinition(new ServiceUse(id, service, Map.of()), next()));
        return this;
    }

    /** @param written what stands in the descriptor, in whose place is the service */
    TestDescriptor substituted(String id, String written, String service) {
        technicalServices.put(
                id, new TechnicalServiceDefinition(new ServiceUse(id, service, Map.of()), written, next()));
        return this;
    }

    TestDescriptor noted(String note) {
        notes.add(new Problem(next(), note));
        return this;
    }

    TestDescriptor registered(String virtualNode, String name) {
        registrations.add(new Registration(virtualNode, name, next()));
        return this;
    }

    TestDescriptor leaseHeldBy(Endpoint runtime) {
        leaseHolder = Optional.of(new LeaseHolder(runtime, next()));
        return this;
    }

    /** A virtual node of another application, which that runtime knows. */
    TestDescriptor lookedUp(String virtualNode, Endpoint runtime, String... technicalServices) {
        lookups.add(new Lookup(virtualNode, Optional.of(runtime.host()), OptionalInt.of(runtime.port()), next()));
        var mapping = new Mapping(virtualNode);
        mapping.cardinality = Cardinality.LOOKUP;
        return mapping.with(technicalServices).and();
    }

    Mapping virtualNode(String name) {
        return new Mapping(name);
    }

    Descriptor build() {
        Application none = Application.NONE;
        return new Descriptor(
                "grid.xml",
                "a descriptor of Actium",
                Map.of(),
                List.of(),
                virtualNodes,
                jvms,
                processes,
                services,
                technicalServices,
                Map.of(),
                Optional.empty(),
                new Application(
                        registrations,
                        lookups,
                        none.mains(),
                        none.fileTransfers(),
                        none.executables(),
                        none.data(),
                        none.security(),
                        none.runtime(),
                        none.peers(),
                        leaseHolder),
                notes,
                List.of());
    }

    private SourcePosition next() {
        return new SourcePosition("grid.xml", ++line, 1);
    }

    /** A virtual node being written. */
    final class Mapping {

        private final String name;
        private final List<String> jvms = new ArrayList<>();
        private final List<String> services = new ArrayList<>();
        private final Map<String, List<String>> servicesOn = new LinkedHashMap<>();
        private Cardinality cardinality = Cardinality.MULTIPLE;
        private Duration timeout = VirtualNodeDefinition.DEFAULT_TIMEOUT;
        private OptionalInt minimum = OptionalInt.empty();
        private boolean currentJvm;
        private boolean waits;

        private Mapping(String name) {
            this.name = name;
        }

        Mapping on(String... names) {
            jvms.addAll(List.of(names));
            return this;
        }

        Mapping here() {
            currentJvm = true;
            return this;
        }

        Mapping unique() {
            cardinality = Cardinality.UNIQUE;
            return this;
        }

        Mapping minimum(int nodes) {
            minimum = OptionalInt.of(nodes);
            return this;
        }

        Mapping timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        Mapping waitForTimeout() {
            waits = true;
            return this;
        }

        Mapping with(String... technicalServices) {
            services.addAll(List.of(technicalServices));
            return this;
        }

        /** Its nodes from that JVM have these instead. */
        Mapping withOn(String jvm, String... technicalServices) {
            servicesOn.put(jvm, List.of(technicalServices));
            return this;
        }

        TestDescriptor and() {
            virtualNodes.put(
                    name,
                    new VirtualNodeDefinition(
                            name,
                            cardinality,
                            timeout,
                            waits,
                            minimum,
                            jvms,
                            currentJvm,
                            services,
                            servicesOn,
                            OptionalInt.empty(),
                            List.of(),
                            Optional.empty(),
                            Optional.empty(),
                            next()));
            return TestDescriptor.this;
        }

        Descriptor build() {
            return and().build();
        }
    }
}
