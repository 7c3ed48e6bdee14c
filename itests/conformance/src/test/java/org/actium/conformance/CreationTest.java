package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class CreationTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public CreationTest(Setting setting) {
        grid = new Grid(setting);
    }

    public static class Named implements Serializable {
        private static final long serialVersionUID = 1;
        private final String name;

        public Named(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }
    }

    @Test
    @Row(1)
    public void anObjectMadeFromArgumentsOnANodeAnswersWithThem() {
        Named named =
                grid.objects().newActive(Named.class, "Ada").on(grid.node()).start();

        assertThat(named.name()).isEqualTo("Ada");
    }
}
