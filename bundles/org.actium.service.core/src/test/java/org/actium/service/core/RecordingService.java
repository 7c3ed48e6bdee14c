package org.actium.service.core;

import java.util.List;
import java.util.Map;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.TechnicalService;

/** Writes down what is done with it; argument {@code for} is its name in the log. */
class RecordingService implements TechnicalService {

    private final List<String> log;
    private String name;

    RecordingService(List<String> log) {
        this.log = log;
    }

    @Override
    public void init(Map<String, String> arguments) {
        name = arguments.get("for");
        log.add("init " + arguments);
    }

    final String name() {
        return name;
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        contributions.property(name, "on");
        apply(node);
    }

    @Override
    public void apply(Node node) {
        log.add(name + " applied to " + node.name());
    }

    @Override
    public void remove(Node node) {
        log.add(name + " removed from " + node.name());
    }
}
