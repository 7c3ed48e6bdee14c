package org.actium.ft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class NamesTest {

    @Test
    public void anActiveObjectIsFoundByItsName() {
        for (BodyId body : List.of(
                new BodyId(new RuntimeId(-2, 0x0123456789abcdefL), 0),
                new BodyId(new RuntimeId(0, -1), 999_999_999_999_999_999L))) {
            assertThat(Names.body(Names.of(body))).contains(body);
        }
        assertThat(Names.of(new BodyId(new RuntimeId(-2, 1), 7))).isEqualTo("fffffffffffffffe0000000000000001-7");
    }

    @Test
    public void otherNamesAreThoseOfNoActiveObject() {
        String runtime = "fffffffffffffffe0000000000000001";

        assertThat(List.of(
                        "",
                        "adder",
                        "thread-1",
                        runtime,
                        runtime + "-",
                        runtime + "-+1",
                        runtime + "-1a",
                        runtime + "1-1",
                        runtime.toUpperCase(Locale.ROOT) + "-1",
                        runtime.substring(1) + "-1",
                        runtime + "-1234567890123456789"))
                .allSatisfy(name -> assertThat(Names.body(name)).isEmpty());
    }
}
