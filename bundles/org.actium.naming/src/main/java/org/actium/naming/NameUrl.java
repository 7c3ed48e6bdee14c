package org.actium.naming;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.naming.api.ActiumUrl;
import org.actium.object.api.BodyId;
import org.actium.object.spi.ObjectRef;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/**
 * What users name things by: {@code counter}, {@code actium://host:port/counter}, or the address of an object,
 * {@code actium://host:port/objects/<birthplace>-<number>}.
 *
 * @param runtime empty for this one
 * @param path what comes after the host and port
 */
record NameUrl(Optional<Endpoint> runtime, String path) {

    private static final Pattern ADDRESS = Pattern.compile("objects/([0-9a-f]{16})([0-9a-f]{16})-([0-9]{1,18})");

    NameUrl {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(path, "path");
    }

    /** @throws IllegalArgumentException if what should be host and port is not */
    static NameUrl parse(String text) {
        ActiumUrl url = ActiumUrl.parse(text);
        return new NameUrl(url.runtime(), url.path());
    }

    static String of(RuntimeAddress runtime, String path) {
        return ActiumUrl.text(runtime, path);
    }

    static String of(ObjectRef object) {
        RuntimeId birthplace = object.id().birthplace();
        String id = String.format(
                "%016x%016x-%d",
                birthplace.high(), birthplace.low(), object.id().number());
        return of(object.home(), "objects/" + id);
    }

    /** The object whose address this is; empty if it is a name. */
    Optional<BodyId> object() {
        Matcher address = ADDRESS.matcher(path);
        if (!address.matches()) {
            return Optional.empty();
        }
        RuntimeId birthplace = new RuntimeId(
                Long.parseUnsignedLong(address.group(1), 16), Long.parseUnsignedLong(address.group(2), 16));
        return Optional.of(new BodyId(birthplace, Long.parseLong(address.group(3))));
    }

    /** @throws IllegalArgumentException with what is wrong, if no object can have this name */
    String name() {
        return ActiumUrl.requireName(path);
    }
}
