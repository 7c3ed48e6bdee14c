package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class OpenedTest {

    private final List<String> closed = new ArrayList<>();
    private final Opened opened = new Opened();

    @Test
    public void whateverFailsToCloseTheOthersAreClosedTheLatestFirst() {
        opened.add(() -> closed.add("clock"));
        opened.add(() -> {
            throw new IOException("planted in the first runtime");
        });
        opened.add(() -> closed.add("second runtime"));
        opened.add(() -> {
            throw new IllegalStateException("planted in the third runtime");
        });

        assertThatThrownBy(opened::close)
                .isInstanceOf(AssertionError.class)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("planted in the third runtime", "planted in the first runtime"));

        assertThat(closed).containsExactly("second runtime", "clock");
        opened.close(); // everything is closed already
    }
}
