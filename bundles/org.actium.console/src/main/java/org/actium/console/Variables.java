package org.actium.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** Variables of a descriptor as they are typed. */
final class Variables {

    private Variables() {}

    /** @throws IllegalArgumentException naming one that is not {@code name=value} */
    static Map<String, String> parse(String... pairs) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("variables are name=value, not '" + pair + "'");
            }
            variables.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return variables;
    }
}
