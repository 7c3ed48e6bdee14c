package org.actium.application.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.Test;

public class ApplicationHeaderTest {

    @Test
    public void readsQuotedAndPlainAttributesInAnyOrder() {
        assertThat(ApplicationHeader.parse("nbody;main=\"org.example.Main\";descriptor=\"deploy/nbody.xml\""))
                .containsExactly(new ApplicationHeader("nbody", "org.example.Main", Optional.of("deploy/nbody.xml")));
        assertThat(ApplicationHeader.parse("nbody; descriptor=n.xml; main=org.example.Main"))
                .containsExactly(new ApplicationHeader("nbody", "org.example.Main", Optional.of("n.xml")));
    }

    @Test
    public void anEmptyDescriptorIsNone() {
        assertThat(ApplicationHeader.parse("hello;main=\"Main\";descriptor=\"\""))
                .containsExactly(new ApplicationHeader("hello", "Main", Optional.empty()));
    }

    @Test
    public void aBundleMayHaveSeveralApplications() {
        assertThat(ApplicationHeader.parse("a;main=\"A, or not\",b;main=B"))
                .extracting(ApplicationHeader::name)
                .containsExactly("a", "b");
    }

    @Test
    public void refusesWhatIsMalformed() {
        for (String header :
                new String[] {"", "nbody", "nbody;descriptor=n.xml", "nbody;main=A;", "a;main=A,,b;main=B"}) {
            assertThatThrownBy(() -> ApplicationHeader.parse(header))
                    .as(header)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("'" + header + "'");
        }
    }
}
