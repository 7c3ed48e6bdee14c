package org.actium.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;

/**
 * Join tokens in a file, one to a line. Each is good for one start: of several, the one that was used is taken out, so that a
 * container can be started again, after a reboot for example, with nobody there. A single one stays.
 */
record TokenFile(Path file) {

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    TokenFile {
        Objects.requireNonNull(file, "file");
    }

    /**
     * @return the next token; empty if there is none any more
     * @throws CommandFailure if there is no such file, or others may read it
     */
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
        requireOwnersOnly();
        var tokens = new ArrayList<String>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                tokens.add(line.strip());
            }
        }
        return tokens;
    }

    private void requireOwnersOnly() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!Collections.disjoint(permissions, OTHERS)) {
            throw CommandFailure.usage("'" + file + "' has the mode " + PosixFilePermissions.toString(permissions)
                    + ", so others may read the tokens in it and join in their place; 'chmod 600' it, or, if others may"
                    + " have read them, take new ones from 'actium token'");
        }
    }
}
