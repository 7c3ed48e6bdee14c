package org.actium.application.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One application of a bundle, as its manifest declares it.
 *
 * @param main name of the class with {@code main}
 * @param descriptor resource of the bundle
 */
record ApplicationHeader(String name, String main, Optional<String> descriptor) {

    static final String HEADER = "Actium-Application";

    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s*;\\s*([\\w.-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^;,\"\\s]*))");
    private static final Pattern CLAUSE = Pattern.compile("\\s*([^;,=\"\\s]+)((?:" + ATTRIBUTE + ")*)\\s*(?:,|$)");

    ApplicationHeader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(main, "main");
        Objects.requireNonNull(descriptor, "descriptor");
    }

    /**
     * Reads {@code name;main="class";descriptor="resource"}, several of them separated by commas.
     *
     * @throws UsageException if the header reads otherwise
     */
    static List<ApplicationHeader> parse(String header) {
        List<ApplicationHeader> applications = new ArrayList<>();
        Matcher clause = CLAUSE.matcher(header);
        while (clause.lookingAt()) {
            applications.add(clause(clause.group(1), attributes(clause.group(2)), header));
            clause.region(clause.end(), header.length());
        }
        if (applications.isEmpty() || clause.regionStart() != header.length()) {
            throw malformed(header);
        }
        return applications;
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new HashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(text);
        while (attribute.find()) {
            attributes.put(attribute.group(1), attribute.group(2) != null ? attribute.group(2) : attribute.group(3));
        }
        return attributes;
    }

    private static ApplicationHeader clause(String name, Map<String, String> attributes, String header) {
        String main = attributes.getOrDefault("main", "");
        if (main.isEmpty()) {
            throw malformed(header);
        }
        String descriptor = attributes.getOrDefault("descriptor", "");
        return new ApplicationHeader(name, main, descriptor.isEmpty() ? Optional.empty() : Optional.of(descriptor));
    }

    private static UsageException malformed(String header) {
        return new UsageException("header " + HEADER + " reads '" + header
                + "', not name;main=\"class\";descriptor=\"resource\"; the annotation ActiumApplication writes it");
    }
}
