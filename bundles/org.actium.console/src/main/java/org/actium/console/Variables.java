package org.actium.console;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is typed behind the file of a descriptor: variables, {@code name=value}, and Java properties, {@code -Dname=value}.
 */
record Variables(Map<String, String> variables, Map<String, String> properties) {

    private static final String PROPERTY = "-D";

    /** @throws IllegalArgumentException naming one that is of neither form */
    static Variables parse(String... pairs) {
        var parsed = new Variables(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String pair : pairs) {
            boolean property = pair.startsWith(PROPERTY);
            String rest = property ? pair.substring(PROPERTY.length()) : pair;
            int equals = rest.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "variables are name=value, Java properties -Dname=value, not '" + pair + "'");
            }
            (property ? parsed.properties : parsed.variables)
                    .put(rest.substring(0, equals), rest.substring(equals + 1));
        }
        return parsed;
    }
}
