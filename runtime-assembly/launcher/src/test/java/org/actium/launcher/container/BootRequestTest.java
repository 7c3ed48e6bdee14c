package org.actium.launcher.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class BootRequestTest {

    @Test
    public void turnsLinesIntoPropertiesExceptTheToken() throws IOException {
        BootRequest request = read("name=worker-1\nparent=127.0.0.1:4000\ntoken=t1.s=3cret\nlease=5\n");

        assertThat(request.frameworkProperties())
                .containsOnly(
                        entry("actium.runtime.name", "worker-1"),
                        entry("actium.parent", "127.0.0.1:4000"),
                        entry("actium.lease.seconds", "5"));
        assertThat(request.joinToken()).isEqualTo("t1.s=3cret");
    }

    @Test
    public void knowsWhoHoldsTheLeaseIfThatIsNotTheParent() throws IOException {
        assertThat(read("name=w\nparent=h:1\ntoken=a.b\nholder=10.0.0.7:4000\n").frameworkProperties())
                .containsEntry("actium.lease.holder", "10.0.0.7:4000");
    }

    @Test
    public void leavesTheLeaseToTheContainerIfThereIsNone() throws IOException {
        assertThat(read("name=a\nparent=h:1\ntoken=t.s").frameworkProperties())
                .doesNotContainKey("actium.lease.seconds");
    }

    @Test
    public void refusesARequestWithoutAToken() {
        assertThatThrownBy(() -> read("name=a\nparent=h:1\n")).hasMessage("boot request: there is no line token=");
    }

    @Test
    public void doesNotRepeatALineItDoesNotUnderstandBecauseItMayHoldTheToken() {
        assertThatThrownBy(() -> read("t1.s3cret\n")).message().doesNotContain("s3cret");
        assertThatThrownBy(() -> read("tokn=t1.s3cret\n"))
                .message()
                .contains("'tokn'")
                .doesNotContain("s3cret");
    }

    private static BootRequest read(String text) throws IOException {
        return BootRequest.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
