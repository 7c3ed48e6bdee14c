package org.actium.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class TableTest {

    @Test
    public void columnsAreAsWideAsTheirWidestCell() {
        assertThat(Table.of(List.of("a", "long name"), "none", List.of("NAME", "X"), name -> List.of(name, "1")))
                .isEqualTo("""
                        NAME       X
                        a          1
                        long name  1""");
    }

    @Test
    public void emptyCellsLeaveNoBlanksAtTheEndAndNoRowsNoHeadings() {
        assertThat(Table.of(List.of("a"), "none", List.of("NAME", "X"), name -> List.of(name, "")))
                .isEqualTo("NAME  X\na");
        assertThat(Table.of(List.of(), "none", List.of("NAME"), name -> List.of("")))
                .isEqualTo("none");
    }
}
