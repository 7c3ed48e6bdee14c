package org.actium.launcher.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actium.launcher.cli.CommandFailure;

/**
 * What a parent tells the container it has started, as lines {@code key=value} on its standard input: the token must
 * not be in its arguments or environment, where others could read it.
 */
public final class BootRequest {

    /** What each line becomes in the container. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "name", "actium.runtime.name",
            "parent", "actium.parent",
            "lease", "actium.lease.seconds",
            "holder", "actium.lease.holder",
            "listen", "actium.listen",
            "insecure", "actium.insecure.loopback");

    private static final String TOKEN = "token";
    private static final Set<String> REQUIRED = Set.of("name", "parent", TOKEN);

    private final Map<String, String> values;

    private BootRequest(Map<String, String> values) {
        this.values = values;
    }

    /** Reads to the end of the input. */
    public static BootRequest read(InputStream in) throws IOException {
        var values = new HashMap<String, String>();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals);
            if (!PROPERTIES.containsKey(key) && !key.equals(TOKEN)) {
                // the line itself may hold the token
                throw CommandFailure.usage(
                        "boot request: expected name=, parent=, token=, lease=, holder=, listen= or insecure=, not '"
                                + key + "'");
            }
            values.put(key, line.substring(equals + 1));
        }
        for (String required : REQUIRED) {
            if (!values.containsKey(required)) {
                throw CommandFailure.usage("boot request: there is no line " + required + "=");
            }
        }
        return new BootRequest(values);
    }

    public Map<String, String> frameworkProperties() {
        var properties = new HashMap<String, String>();
        PROPERTIES.forEach((key, property) ->
                Optional.ofNullable(values.get(key)).ifPresent(value -> properties.put(property, value)));
        return properties;
    }

    public String joinToken() {
        return values.get(TOKEN);
    }
}
