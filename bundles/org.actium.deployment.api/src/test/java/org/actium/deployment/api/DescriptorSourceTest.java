package org.actium.deployment.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DescriptorSourceTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void filesUrlsAndStringsHoldTheSameText() throws IOException {
        Path file = folder.getRoot().toPath().resolve("a b.xml");
        Files.writeString(file, "<actium/>");

        assertThat(DescriptorSource.of(file).name()).isEqualTo(file.toString());
        assertThat(DescriptorSource.of(file).xml())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<actium/>");
        assertThat(DescriptorSource.of(file.toUri().toURL()).xml())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<actium/>");
        assertThat(DescriptorSource.of("x.xml", "<?xml version='1.0' encoding='ISO-8859-1'?><actium>é</actium>")
                        .xml())
                .as("a string has no encoding any more")
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<actium>é</actium>");
    }

    @Test
    public void variablesAddUpAndTheSourceStaysAsItIs() {
        DescriptorSource plain = DescriptorSource.of("x.xml", "<actium/>");

        assertThat(plain.with("A", "1").with("B", "2").variables())
                .containsEntry("A", "1")
                .containsEntry("B", "2");
        assertThat(plain.variables()).isEmpty();
    }
}
