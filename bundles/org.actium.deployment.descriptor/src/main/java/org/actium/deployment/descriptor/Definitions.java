package org.actium.deployment.descriptor;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Definitions of one sort, by what identifies them. */
final class Definitions {

    private final String sort;
    private final List<XmlElement> all;
    private final Map<String, XmlElement> byId;

    private Definitions(String sort, List<XmlElement> all, Map<String, XmlElement> byId) {
        this.sort = sort;
        this.all = all;
        this.byId = byId;
    }

    /** Definitions that an attribute identifies. */
    static Definitions of(String sort, List<XmlElement> elements, String attribute, Problems problems) {
        return of(sort, elements, element -> element.attribute(attribute).orElse(""), problems);
    }

    /**
     * Reports definitions of the same id. Those without one are left out: that they lack it is reported where they
     * are read.
     *
     * @param sort name of the elements, for messages
     * @param identity the id of an element, or empty text
     */
    static Definitions of(
            String sort, List<XmlElement> elements, Function<XmlElement, String> identity, Problems problems) {
        var byId = new LinkedHashMap<String, XmlElement>();
        for (XmlElement element : elements) {
            String id = identity.apply(element);
            if (id.isBlank()) {
                continue;
            }
            if (id.chars().anyMatch(Character::isISOControl)) {
                problems.report(
                        element.at(),
                        sort + " '" + Spelling.shortened(id)
                                + "' has a control character in its name, such as a line break; take it out");
            }
            XmlElement first = byId.putIfAbsent(id, element);
            if (first != null) {
                problems.report(
                        element.at(),
                        sort + " '" + Spelling.shortened(id) + "' is defined twice, first at " + first.at()
                                + "; rename or remove one");
            }
        }
        return new Definitions(sort, elements, byId);
    }

    /** Whether there is a definition of this id; if not, reports it as a reference that leads nowhere. */
    boolean resolve(String id, XmlElement reference, Problems problems) {
        if (byId.containsKey(id)) {
            return true;
        }
        problems.report(
                reference.at(),
                "'" + reference.name() + "' refers to " + sort + " '" + Spelling.shortened(id)
                        + "', which is not there; " + whatThereIs(id));
        return false;
    }

    private String whatThereIs(String id) {
        return switch (byId.size()) {
            case 0 -> "the descriptor has no " + sort;
            case 1 -> "there is only " + Spelling.list(ids());
            default ->
                "there are " + Spelling.list(ids())
                        + Spelling.nearest(id, ids())
                                .map(meant -> "; did you mean '" + meant + "'?")
                                .orElse("");
        };
    }

    /** Every definition, also those without an id, or with one that is taken. */
    List<XmlElement> all() {
        return all;
    }

    /** Those without an id, or with one that is taken. */
    List<XmlElement> others() {
        Set<XmlElement> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(byId.values());
        return all.stream().filter(element -> !known.contains(element)).toList();
    }

    Collection<String> ids() {
        return byId.keySet();
    }

    Map<String, XmlElement> byId() {
        return byId;
    }
}
