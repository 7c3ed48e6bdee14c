package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class BearerTokenTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path path;

    @Before
    public void inFolder() {
        path = folder.getRoot().toPath().resolve("rest.token");
    }

    @Test
    public void onlyTheContentOfTheFileMatches() throws IOException {
        BearerToken token = new BearerToken(new SplittableRandom(1), new PrivateFile(path));
        String written = Files.readString(path).strip();

        assertThat(written).as("32 bytes in Base64").matches("[A-Za-z0-9_-]{43}");
        assertThat(token.matches(written)).isTrue();
        assertThat(token.matches(written.substring(1))).isFalse();
        assertThat(token.matches(written + "x")).isFalse();
        assertThat(token.matches("")).isFalse();
    }

    @Test
    public void everyContainerDrawsItsOwn() throws IOException {
        BearerToken first = new BearerToken(new SplittableRandom(1), new PrivateFile(path));
        new BearerToken(new SplittableRandom(2), new PrivateFile(path));

        assertThat(first.matches(Files.readString(path).strip())).isFalse();
    }

    @Test
    public void theFileGoesWithTheContainer() {
        new BearerToken(new SplittableRandom(1), new PrivateFile(path)).forget();

        assertThat(path).doesNotExist();
    }
}
