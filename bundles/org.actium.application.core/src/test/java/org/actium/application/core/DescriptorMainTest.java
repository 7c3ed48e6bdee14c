package org.actium.application.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actium.deployment.model.MainDefinition;
import org.actium.deployment.model.SourcePosition;
import org.junit.Test;

public class DescriptorMainTest {

    private final MainDefinition first = main("first", "org.example.First", "a", "b");
    private final MainDefinition second = main("second", "org.example.Second", "c");

    @Test
    public void theOnlyOneIsTaken() {
        RunArguments completed = DescriptorMain.completed(given("app.jar"), mains(first));

        assertThat(completed.main()).hasValue("org.example.First");
        assertThat(completed.arguments()).containsExactly("a", "b");
    }

    @Test
    public void oneOfSeveralIsNamedByItsIdOrItsClass() {
        assertThat(DescriptorMain.completed(given("app.jar"), mains(first, second)))
                .as("nobody can know which")
                .isEqualTo(given("app.jar"));
        for (String word : List.of("second", "org.example.Second")) {
            RunArguments completed = DescriptorMain.completed(given("app.jar", "--main", word), mains(first, second));
            assertThat(completed.main()).hasValue("org.example.Second");
            assertThat(completed.arguments()).containsExactly("c");
        }
    }

    @Test
    public void whatWasTypedCountsMore() {
        assertThat(DescriptorMain.completed(given("app.jar", "--", "x"), mains(first))
                        .arguments())
                .containsExactly("x");
        assertThat(DescriptorMain.completed(given("app.jar", "--main", "org.example.Other"), mains(first)))
                .isEqualTo(given("app.jar", "--main", "org.example.Other"));
    }

    private static RunArguments given(String... typed) {
        return RunArguments.of(RunArguments.line(typed));
    }

    private static MainDefinition main(String id, String type, String... arguments) {
        return new MainDefinition(
                id, type, List.of(arguments), List.of(), List.of(), new SourcePosition("grid.xml", 1, 1));
    }

    private static Map<String, MainDefinition> mains(MainDefinition... definitions) {
        var mains = new LinkedHashMap<String, MainDefinition>();
        for (MainDefinition definition : definitions) {
            mains.put(definition.id(), definition);
        }
        return mains;
    }
}
