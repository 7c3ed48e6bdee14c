package org.actium.deployment.descriptor;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Includes from the file system. Reads regular files only, so that no device and no pipe can make it wait. */
final class FileIncludes implements Includes {

    private static final int LARGEST = XmlTree.LARGEST;
    private static final Pattern FILE_URL = Pattern.compile("^file:(?://(?=/))?");
    private static final Pattern OTHER_URL = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*");
    private static final Pattern DRIVE = Pattern.compile("^/*(?=[A-Za-z]:[/\\\\])");

    @Override
    public Included read(String from, String location) throws IOException {
        Path file = resolve(from, location);
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file.toAbsolutePath());
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IOException("the file " + file + " has more than " + LARGEST + " bytes");
            }
            return new Included(file.toString(), content);
        } catch (IOException failed) {
            throw new IOException(file.toAbsolutePath() + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    private static Path resolve(String from, String location) throws IOException {
        String path = pathOf(location);
        String beside = pathOf(from);
        if (DRIVE.matcher(path).find() && File.separatorChar != '\\') {
            throw new IOException("'" + location
                    + "' is a path of Windows, which this host cannot read; make it relative, or " + "a variable");
        }
        try {
            Path file = Path.of(path);
            if (file.isAbsolute()) {
                return file.normalize();
            }
            if (OTHER_URL.matcher(path).matches() || OTHER_URL.matcher(beside).matches()) {
                throw new IOException("only files can be included, and only beside a descriptor that is a file");
            }
            Path sibling = Path.of(beside).resolveSibling(file).normalize();
            return Files.exists(sibling)
                    ? sibling
                    : Path.of(beside).resolveSibling(path.replace('\\', '/')).normalize();
        } catch (InvalidPathException noPath) {
            throw new IOException("'" + location + "' beside '" + from + "' is no path: " + noPath.getReason(), noPath);
        }
    }

    /** Of a URL its path, decoded; what only looks like one is taken as it stands. */
    private static String pathOf(String location) {
        String stripped = FILE_URL.matcher(location).replaceFirst("");
        if (stripped.equals(location)) {
            return location;
        }
        if (DRIVE.matcher(stripped).find()) {
            return DRIVE.matcher(stripped).replaceFirst("").replace("%20", " ");
        }
        try {
            return Path.of(URI.create(location)).toString();
        } catch (IllegalArgumentException noUrl) {
            return stripped;
        }
    }
}
