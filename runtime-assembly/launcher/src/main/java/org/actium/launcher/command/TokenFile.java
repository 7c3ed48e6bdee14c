package org.actium.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;

/**
 * Join tokens in a file, one to a line. Each is good for one start: of several, the one that was used is taken out, so that a
 * container can be started again, after a reboot for example, with nobody there. A single one stays.
 */
record TokenFile(Path file) {

    TokenFile {
        Objects.requireNonNull(file, "file");
    }

    /** @return the next token; empty if there is none any more */
    String first() throws IOException {
        try {
            return tokens().stream().findFirst().orElse("");
        } catch (NoSuchFileException missing) {
            throw new CommandFailure(ExitCode.USAGE, "there is no file '" + file + "'", missing);
        }
    }

    /**
     * @return the next token
     * @throws CommandFailure if there is none, or what stands there is none
     */
    String required() throws IOException {
        return requireForm(first(), "from '" + file + "'");
    }

    /** @param origin where the text comes from, in words */
    static String requireForm(String token, String origin) {
        if (!token.matches("[^\\s.]+\\.\\S+")) {
            throw CommandFailure.usage("a join token has the form id.secret, as 'actium token' prints it; what came "
                    + origin + " has not");
        }
        return token;
    }

    /** The first was used. */
    void drop() throws IOException {
        List<String> tokens = tokens();
        if (tokens.size() > 1) {
            Path rest = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "." + file.getFileName(),
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(rest, tokens.subList(1, tokens.size()));
            Files.move(rest, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private List<String> tokens() throws IOException {
        var tokens = new ArrayList<String>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                tokens.add(line.strip());
            }
        }
        return tokens;
    }
}
