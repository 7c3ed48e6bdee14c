package org.actium.deployment.descriptor;

import java.io.IOException;

/** All that one descriptor may include. */
final class LimitedIncludes implements Includes {

    private static final int MOST_FILES = 1000;
    private static final long MOST_BYTES = 64L << 20;

    private final Includes files;
    private int read;
    private long bytes;

    LimitedIncludes(Includes files) {
        this.files = files;
    }

    @Override
    public Included read(String from, String location) throws IOException {
        if (++read > MOST_FILES) {
            throw new IOException("more than " + MOST_FILES + " files are included");
        }
        Included included = files.read(from, location);
        bytes += included.content().length;
        if (bytes > MOST_BYTES) {
            throw new IOException("the files that are included have more than " + MOST_BYTES + " bytes");
        }
        return included;
    }
}
