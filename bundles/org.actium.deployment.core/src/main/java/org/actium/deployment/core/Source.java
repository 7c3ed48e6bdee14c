package org.actium.deployment.core;

import java.util.List;
import java.util.OptionalInt;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.spi.AcquisitionProtocol;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.runtime.api.Endpoint;

/** Where runtimes of a deployment come from, and which virtual nodes share them. */
sealed interface Source {

    /** What it is called in messages. */
    String name();

    /** How many runtimes come from it; empty if as many as there are. */
    OptionalInt runtimes();

    /** What each of these runtimes gives to which virtual node; in the order of the descriptor. */
    List<Share> shares();

    /** The runtime that deploys. */
    record Current(List<Share> shares) implements Source {
        @Override
        public String name() {
            return "currentJVM";
        }

        @Override
        public OptionalInt runtimes() {
            return OptionalInt.of(1);
        }
    }

    /**
     * Runtimes that a protocol starts.
     *
     * @param perLaunch runtimes that one launch starts; 0 if nobody knows before
     */
    record Launch(
            JvmDefinition jvm,
            List<Share> shares,
            String protocolName,
            DeploymentProtocol protocol,
            DescriptorElement element,
            int perLaunch)
            implements Source {
        @Override
        public String name() {
            return jvm.name();
        }

        @Override
        public OptionalInt runtimes() {
            return perLaunch == 0 ? OptionalInt.empty() : OptionalInt.of(jvm.runtimes() * perLaunch);
        }
    }

    /**
     * Nodes that another application has registered. They stay what they are: nothing is applied to them, nor are they
     * removed.
     *
     * @param endpoint of the runtime that knows them
     */
    record Lookup(String virtualNode, Endpoint endpoint) implements Source {
        @Override
        public String name() {
            return "what the runtime at " + endpoint + " has registered as '" + virtualNode + "'";
        }

        @Override
        public OptionalInt runtimes() {
            return OptionalInt.empty();
        }

        @Override
        public List<Share> shares() {
            return List.of(new Share(virtualNode, 1, virtualNode, 0, List.of()));
        }
    }

    /** Runtimes that are running already. */
    record Acquisition(
            JvmDefinition jvm,
            List<Share> shares,
            String protocolName,
            AcquisitionProtocol protocol,
            DescriptorElement element,
            OptionalInt runtimes)
            implements Source {
        @Override
        public String name() {
            return jvm.name();
        }
    }
}
