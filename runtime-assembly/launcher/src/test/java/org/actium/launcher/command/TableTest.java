package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.Test;

public class TableTest {

    @Test
    public void alignsColumnsAndNamesThem() throws IOException {
        String json = """
                [{"name": "n1", "virtualNode": "workers", "queued": 3, "nodes": [1, 2]},
                 {"name": "node-2", "virtualNode": null, "queued": 12, "nodes": []}]""";

        assertThat(Table.of(new ObjectMapper().readTree(json), List.of("name", "virtualNode", "queued", "nodes")))
                .isEqualTo("""
                        NAME    VIRTUAL NODE  QUEUED  NODES
                        n1      workers       3       2
                        node-2  -             12      0
                        """);
    }

    @Test
    public void hasTitlesOnlyIfThereIsNothing() throws IOException {
        assertThat(Table.of(new ObjectMapper().readTree("[]"), List.of("id", "state")))
                .isEqualTo("ID  STATE\n");
    }
}
