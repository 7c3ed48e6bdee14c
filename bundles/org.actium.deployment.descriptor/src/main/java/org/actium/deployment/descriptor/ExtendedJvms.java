package org.actium.deployment.descriptor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/**
 * Inheritance between JVMs: a {@code jvmProcess} with {@code extendedJvm} gets what it does not say itself from the
 * process it refers to. Options of the other come first, so that its own win, unless {@code overwriteParameters='yes'}
 * drops the others. Done on XML, so that every reader of a JVM sees a complete one.
 */
final class ExtendedJvms {

    private static final int LONGEST_CHAIN = 32;
    private final Definitions processes;
    private final Problems problems;

    ExtendedJvms(Definitions processes, Problems problems) {
        this.processes = processes;
        this.problems = problems;
    }

    /** The JVM with what it inherits; every other element as it is. */
    XmlElement complete(XmlElement element) {
        Deque<XmlElement> chain = new ArrayDeque<>();
        Set<XmlElement> passed = Collections.newSetFromMap(new IdentityHashMap<>());
        Optional<XmlElement> next = Optional.of(element);
        while (next.isPresent()) {
            XmlElement jvm = next.get();
            boolean known = !passed.add(jvm);
            if (known || passed.size() > LONGEST_CHAIN) {
                problems.report(
                        element.at(),
                        known
                                ? "'extendedJvm' leads back to where it started; a JVM cannot inherit from itself"
                                : "more than " + LONGEST_CHAIN + " JVMs inherit from each other");
                return without(element);
            }
            chain.push(jvm);
            next = extended(jvm);
        }
        XmlElement complete = without(chain.pop());
        while (!chain.isEmpty()) {
            complete = merged(complete, chain.pop());
        }
        return complete;
    }

    private Optional<XmlElement> extended(XmlElement jvm) {
        if (!jvm.name().equals("jvmProcess")) {
            return Optional.empty();
        }
        List<XmlElement> references = jvm.children("extendedJvm");
        if (references.isEmpty()) {
            return Optional.empty();
        }
        if (references.size() > 1) {
            problems.report(references.get(1).at(), "a JVM can inherit from one other only; remove this 'extendedJvm'");
        }
        XmlElement reference = references.getFirst();
        String id = reference.attribute("refid").orElse("");
        if (id.isBlank()) {
            return Optional.empty();
        }
        if (!processes.resolve(id, reference, problems)) {
            return Optional.empty();
        }
        Optional<XmlElement> other = processes.byId().get(id).child("jvmProcess");
        if (other.isEmpty()) {
            problems.report(
                    reference.at(),
                    "'extendedJvm' refers to '" + Spelling.shortened(id) + "', which is no 'jvmProcess'");
        }
        return other;
    }

    /** @param parent complete */
    private static XmlElement merged(XmlElement parent, XmlElement jvm) {
        boolean overwrite = jvm.child("extendedJvm")
                .flatMap(reference -> reference.attribute("overwriteParameters"))
                .orElse("no")
                .equals("yes");
        XmlElement own = without(jvm);
        var children = new ArrayList<XmlElement>();
        for (XmlElement inherited : parent.children()) {
            boolean options = inherited.name().equals("jvmParameters");
            if (options ? !overwrite : own.child(inherited.name()).isEmpty()) {
                children.add(inherited);
            }
        }
        children.addAll(own.children());
        return new XmlElement(own.name(), own.attributes(), children, own.text(), own.at());
    }

    private static XmlElement without(XmlElement jvm) {
        if (!jvm.name().equals("jvmProcess") || jvm.child("extendedJvm").isEmpty()) {
            return jvm;
        }
        List<XmlElement> others = jvm.children().stream()
                .filter(child -> !child.name().equals("extendedJvm"))
                .toList();
        return new XmlElement(jvm.name(), jvm.attributes(), others, jvm.text(), jvm.at());
    }
}
