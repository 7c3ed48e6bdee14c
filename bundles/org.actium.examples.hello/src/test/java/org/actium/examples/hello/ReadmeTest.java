package org.actium.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Test;

public class ReadmeTest {

    @Test
    public void theReadmeShowsThisClassAsItIs() throws IOException {
        String source = Files.readString(Path.of("src/main/java/org/actium/examples/hello/Hello.java"));
        String shown = source.substring(source.indexOf("@ActiumApplication")).strip();

        assertThat(Files.readString(Path.of("..", "..", "README.md"))).contains("```java\n" + shown + "\n```");
    }

    @Test
    public void theMainMethodIsNoLongerThanTwentyLines() throws IOException {
        String source = Files.readString(Path.of("src/main/java/org/actium/examples/hello/Hello.java"));

        assertThat(source.substring(source.indexOf("@ActiumApplication"))
                        .strip()
                        .lines())
                .hasSizeLessThanOrEqualTo(20);
    }
}
