package org.actium.launcher.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.actium.launcher.cli.CommandFailure;

/**
 * What a container is made of.
 *
 * @param bundles in the order in which they start
 */
public record Assembly(String name, List<InstalledFile> bundles) {

    /** A bundle to install, and the start level at which it starts. */
    public record InstalledFile(Path file, int startLevel) {
        public InstalledFile {
            Objects.requireNonNull(file, "file");
        }
    }

    public Assembly {
        Objects.requireNonNull(name, "name");
        bundles = List.copyOf(bundles);
    }

    /**
     * Reads {@code assembly/<name>.json}. Token by token: binding to objects would cost every container tens of
     * milliseconds of its start.
     *
     * @throws CommandFailure if the distribution has no such assembly
     */
    public static Assembly read(Home home, String name) throws IOException {
        Path file = home.directory().resolve("assembly").resolve(name + ".json");
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean bundles = json.currentName().equals("bundles");
                json.nextToken();
                if (bundles) {
                    return new Assembly(name, bundles(json, home.directory()));
                }
                json.skipChildren();
            }
            throw new IOException("'" + file + "' names no bundles");
        } catch (NoSuchFileException | FileNotFoundException missing) {
            throw CommandFailure.environment(
                    "'" + home.directory() + "' has no assembly '" + name + "'; build it again");
        }
    }

    private static List<InstalledFile> bundles(JsonParser json, Path home) throws IOException {
        var bundles = new ArrayList<InstalledFile>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            bundles.add(bundle(json, home));
        }
        return bundles;
    }

    private static InstalledFile bundle(JsonParser json, Path home) throws IOException {
        String file = "";
        int startLevel = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            switch (json.currentName()) {
                case "file" -> file = json.nextTextValue();
                case "startLevel" -> startLevel = json.nextIntValue(0);
                default -> json.nextToken();
            }
        }
        return new InstalledFile(home.resolve(file), startLevel);
    }

    int highestStartLevel() {
        return bundles.stream().mapToInt(InstalledFile::startLevel).max().orElse(1);
    }
}
