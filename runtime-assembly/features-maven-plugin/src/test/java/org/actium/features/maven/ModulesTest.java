package org.actium.features.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ModulesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void listsTheModulesOfAPom() throws IOException {
        Path pom = folder.getRoot().toPath().resolve("pom.xml");
        Files.writeString(pom, "<project><modules><module>a</module><module>b</module></modules></project>");

        assertThat(Modules.of(pom)).containsExactly("a", "b");
    }
}
