package org.actium.deployment.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.actium.deployment.model.Variable;

/**
 * The text of a descriptor.
 *
 * @param name file name or URL, as it is to appear in messages; relative includes are looked up beside it
 * @param variables values from the command line or the program, by name
 * @param properties Java properties that count before those of this JVM
 * @param kinds what the program declares some of the variables as
 */
public record DescriptorSource(
        String name,
        byte[] xml,
        Map<String, String> variables,
        Map<String, String> properties,
        Map<String, Variable.Kind> kinds) {

    private static final Pattern XML_DECLARATION = Pattern.compile("^\\uFEFF?<\\?xml\\s[^>]*\\?>[ \\t]*");

    public DescriptorSource {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(xml, "xml");
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    }

    /**
     * A file.
     *
     * @throws IOException if it cannot be read
     */
    public static DescriptorSource of(Path file) throws IOException {
        return new DescriptorSource(file.toString(), Files.readAllBytes(file), Map.of());
    }

    /**
     * What is at a URL, read now. Includes are looked up beside it if it is a file.
     *
     * @throws IOException if it cannot be read
     */
    public static DescriptorSource of(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return new DescriptorSource(url.toString(), in.readAllBytes(), Map.of());
        }
    }

    /** @param name for messages */
    public static DescriptorSource of(String name, String xml) {
        String utf8 = XML_DECLARATION.matcher(xml).replaceFirst(""); // it may name another encoding
        return new DescriptorSource(name, utf8.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** The same with a value for a variable. */
    public DescriptorSource with(String variable, String value) {
        var more = new LinkedHashMap<>(variables);
        more.put(variable, value);
        return new DescriptorSource(name, xml, more, properties, kinds);
    }

    /**
     * The same with a variable that the program declares. It is a problem if the descriptor declares it as another kind;
     * it need not declare or use it at all.
     *
     * @param value empty to leave it to others, where the kind allows that
     */
    public DescriptorSource with(String variable, String value, Variable.Kind kind) {
        var more = new LinkedHashMap<>(kinds);
        more.put(variable, Objects.requireNonNull(kind, "kind"));
        return new DescriptorSource(name, xml, with(variable, value).variables, properties, more);
    }

    /** One in which the program declares no kinds. */
    public DescriptorSource(String name, byte[] xml, Map<String, String> variables, Map<String, String> properties) {
        this(name, xml, variables, properties, Map.of());
    }

    /** One without Java properties of its own. */
    public DescriptorSource(String name, byte[] xml, Map<String, String> variables) {
        this(name, xml, variables, Map.of());
    }
}
