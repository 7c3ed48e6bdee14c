package org.actium.itests.defects.scenarios;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.actium.simulation.Scenario;

/** The scenarios that defects may name. */
public final class Catalogue implements Supplier<Map<String, Scenario>> {

    @Override
    public Map<String, Scenario> get() {
        Map<String, Scenario> scenarios = new TreeMap<>();
        scenarios.put("local-calls", new Postings(1));
        scenarios.put("remote-calls", new Postings(3));
        return scenarios;
    }
}
