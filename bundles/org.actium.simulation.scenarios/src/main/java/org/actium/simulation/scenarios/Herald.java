package org.actium.simulation.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hears what others write down; nobody recovers it. */
public class Herald {

    private final Map<String, List<String>> heard = new TreeMap<>();

    /** One-way. */
    public void hear(String scribe, String order) {
        heard.computeIfAbsent(scribe, name -> new ArrayList<>()).add(order);
    }

    /** @return how many orders of that scribe it has heard of, this one included */
    public int count(String scribe, String order) {
        hear(scribe, order);
        return heard.get(scribe).size();
    }

    /** By scribe. */
    public Map<String, List<String>> heard() {
        return new TreeMap<>(heard);
    }
}
