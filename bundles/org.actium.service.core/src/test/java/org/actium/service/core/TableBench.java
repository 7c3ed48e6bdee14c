package org.actium.service.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.LocalRuntime;
import org.actium.service.api.CombinationRules;
import org.actium.service.api.Contributions;
import org.actium.service.api.ServiceUse;

/** A table of services of a runtime with two nodes; what is installed is installed by hand. */
final class TableBench {

    static final String GROUP = "d1/workers";

    final List<String> log = new CopyOnWriteArrayList<>();
    final InstalledByHand installed = new InstalledByHand(log);
    final LocalRuntime runtime = new LocalRuntime("here", new Random(1));
    final ServiceTable table = new ServiceTable(installed, runtime);
    final Node one = runtime.createNode("one", Optional.of("workers"));
    final Node two = runtime.createNode("two", Optional.of("workers"));

    static ServiceUse use(String id) {
        return new ServiceUse(id, id, Map.of("for", id));
    }

    static CombinationRules rulesAfter(String name) {
        return new CombinationRules(List.of(), List.of(), List.of(), List.of(), List.of(name));
    }

    static CombinationRules rulesBefore(String name) {
        return new CombinationRules(List.of(), List.of(), List.of(), List.of(name), List.of());
    }

    RecordingService recording() {
        return new RecordingService(log);
    }

    /** Sets a property that others set, too. */
    RecordingService marking(String mark) {
        return new RecordingService(log) {
            @Override
            public void apply(Node node, Contributions contributions) {
                contributions.property("mark", mark);
                super.apply(node, contributions);
            }
        };
    }

    /** Whose lines in the log end so. */
    List<String> names(String ending) {
        return log.stream()
                .filter(line -> line.endsWith(ending))
                .map(line -> line.substring(0, line.length() - ending.length()))
                .toList();
    }
}
