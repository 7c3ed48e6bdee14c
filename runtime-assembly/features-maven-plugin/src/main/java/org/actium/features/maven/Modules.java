package org.actium.features.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/** The modules a pom lists; in {@code bundles} each module has the name of its bundle. */
final class Modules {

    private Modules() {}

    static List<String> of(Path pom) throws IOException {
        try (InputStream in = Files.newInputStream(pom)) {
            return new MavenXpp3Reader().read(in).getModules();
        } catch (XmlPullParserException malformed) {
            throw new IOException(pom + ": " + malformed.getMessage(), malformed);
        }
    }
}
