package org.actium.codec.java;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * What the application says about classes, and whether it is believed.
 *
 * @param immutable names of classes whose objects never change, in addition to those with the annotation
 * @param reports hears of objects that changed nevertheless; empty if nobody looks
 */
public record SharingSettings(Set<String> immutable, Optional<Consumer<String>> reports) {

    static final String IMMUTABLE = "actium.codec.immutable";
    static final String CHECK = "actium.codec.checkShared";

    /** No names, and nobody looks. */
    public static final SharingSettings DEFAULT = new SharingSettings(Set.of(), Optional.empty());

    public SharingSettings {
        immutable = Set.copyOf(immutable);
        Objects.requireNonNull(reports, "reports");
        for (String name : immutable) {
            if (JdkClasses.isJdkName(name)) {
                throw new IllegalArgumentException(
                        IMMUTABLE + " names " + name + ": which classes of the JDK are shared is decided already");
            }
        }
    }

    /** Reports go to the log. */
    static SharingSettings of(Optional<String> names, Optional<String> check) {
        return new SharingSettings(
                names.map(SharingSettings::split).orElse(Set.of()),
                check.filter(SharingSettings::isOn).map(on -> LoggerFactory.getLogger(SharingSettings.class)::error));
    }

    private static Set<String> split(String names) {
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static boolean isOn(String check) {
        return switch (check.strip()) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw new IllegalArgumentException(CHECK + " is '" + check + "'; it must be true or false");
        };
    }
}
