package org.actium.deployment.descriptor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** The elements that can be read now: those of this bundle and those that installed bundles bring. */
final class Elements {

    /** Where elements come from whose reader is not installed. */
    private static final Map<String, String> BUNDLES = Map.ofEntries(
            Map.entry("sshProcess", "org.actium.deployment.ssh"),
            Map.entry("hierarchicalProcess", "org.actium.deployment.ssh"),
            Map.entry("processList", "org.actium.deployment.ssh"),
            Map.entry("processListbyHost", "org.actium.deployment.ssh"),
            Map.entry("rshProcess", "org.actium.deployment.rsh"),
            Map.entry("maprshProcess", "org.actium.deployment.rsh"),
            Map.entry("rloginProcess", "org.actium.deployment.rlogin"),
            Map.entry("bsubProcess", "org.actium.deployment.lsf"),
            Map.entry("pbsProcess", "org.actium.deployment.pbs"),
            Map.entry("gridEngineProcess", "org.actium.deployment.gridengine"),
            Map.entry("oarProcess", "org.actium.deployment.oar"),
            Map.entry("oarGridProcess", "org.actium.deployment.oar"),
            Map.entry("prunProcess", "org.actium.deployment.prun"),
            Map.entry("loadLevelerProcess", "org.actium.deployment.loadleveler"),
            Map.entry("globusProcess", "org.actium.deployment.globus"),
            Map.entry("ngProcess", "org.actium.deployment.nordugrid"),
            Map.entry("unicoreProcess", "org.actium.deployment.unicore"),
            Map.entry("gLiteProcess", "org.actium.deployment.glite"),
            Map.entry("clusterForkProcess", "org.actium.deployment.clusterfork"),
            Map.entry("mpiProcess", "org.actium.deployment.mpi"),
            Map.entry("dependentProcessSequence", "org.actium.deployment.sequence"),
            Map.entry("independentProcessSequence", "org.actium.deployment.sequence"),
            Map.entry("joinedContainers", "org.actium.deployment.joined"),
            Map.entry("P2PService", "org.actium.p2p.core"));

    /** Recognised, and refused for good. */
    private static final Map<String, String> UNSUPPORTED = Map.of(
            "RMIRegistryLookup",
            "runtimes are not registered with RMI; start them with 'actium start --join' and use 'joinedContainers'",
            "ProActiveScheduler",
            "there is no such scheduler; start containers with 'actium start --join' and use 'joinedContainers'");

    private final List<ElementReader> readers;

    /** @param installed readers of other bundles; the first that knows an element reads it */
    Elements(Collection<ElementReader> installed) {
        readers = Stream.concat(Stream.of(new JvmProcessReader(), new FaultToleranceReader()), installed.stream())
                .toList();
    }

    /** The record of the element; empty if nobody can read it or it is too broken, which was reported. */
    Optional<DescriptorElement> read(XmlElement element, Problems problems) {
        for (ElementReader reader : readers) {
            if (reader.elements().contains(element.name())) {
                return reader.read(element, problems);
            }
        }
        problems.report(element.at(), unreadable(element.name()));
        return Optional.empty();
    }

    private String unreadable(String element) {
        String bundle = BUNDLES.get(element);
        if (bundle != null) {
            return "'" + element + "' is read by the bundle " + bundle
                    + ", which is not installed; install it, or remove the element";
        }
        String reason = UNSUPPORTED.get(element);
        if (reason != null) {
            return "'" + element + "' is not supported: " + reason;
        }
        return "no installed bundle reads the element '" + Spelling.shortened(element) + "'"
                + Spelling.hint(element, known());
    }

    private TreeSet<String> known() {
        var known = new TreeSet<>(BUNDLES.keySet());
        readers.forEach(reader -> known.addAll(reader.elements()));
        return known;
    }
}
