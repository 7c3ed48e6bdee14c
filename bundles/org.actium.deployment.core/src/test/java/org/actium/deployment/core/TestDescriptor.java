package org.actium.deployment.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.TechnicalServiceDefinition;
import org.actium.deployment.model.VirtualNodeDefinition;
import org.actium.deployment.model.VirtualNodeDefinition.Cardinality;
import org.actium.service.api.ServiceUse;

/** Writes descriptors as the reader would deliver them. Each definition stands on a line of its own, from line 1. */
final class TestDescriptor {

    private final Map<String, VirtualNodeDefinition> virtualNodes = new LinkedHashMap<>();
    private final Map<String, JvmDefinition> jvms = new LinkedHashMap<>();
    private final Map<String, ElementDefinition> processes = new LinkedHashMap<>();
    private final Map<String, ElementDefinition> services = new LinkedHashMap<>();
    private final Map<String, TechnicalServiceDefinition> technicalServices = new LinkedHashMap<>();
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

    Mapping virtualNode(String name) {
        return new Mapping(name);
    }

    Descriptor build() {
        return new Descriptor("grid.xml", Map.of(), virtualNodes, jvms, processes, services, technicalServices);
    }

    private SourcePosition next() {
        return new SourcePosition("grid.xml", ++line, 1);
    }

    /** A virtual node being written. */
    final class Mapping {

        private final String name;
        private final List<String> jvms = new ArrayList<>();
        private final List<String> services = new ArrayList<>();
        private Cardinality cardinality = Cardinality.MULTIPLE;
        private Duration timeout = VirtualNodeDefinition.DEFAULT_TIMEOUT;
        private OptionalInt minimum = OptionalInt.empty();
        private boolean currentJvm;

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

        Mapping with(String... technicalServices) {
            services.addAll(List.of(technicalServices));
            return this;
        }

        TestDescriptor and() {
            virtualNodes.put(
                    name,
                    new VirtualNodeDefinition(name, cardinality, timeout, minimum, jvms, currentJvm, services, next()));
            return TestDescriptor.this;
        }

        Descriptor build() {
            return and().build();
        }
    }
}
