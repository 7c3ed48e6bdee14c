package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actium.deployment.api.DescriptorBuilder;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.LeaseHolder;
import org.actium.deployment.model.Problem;
import org.actium.runtime.api.Endpoint;
import org.actium.service.api.ServiceUse;
import org.junit.Test;

public class BuilderTest {

    private static final String AS_TEXT = """
            <actium xmlns="urn:actium:deployment:1">
              <variables><descriptorDefaultVariable name="NODES" value="2"/></variables>
              <virtualNode name="workers" timeout="5000" minNodeNumber="1" technicalServiceId="mark">
                <vmName value="worker"/><currentJVM/>
              </virtualNode>
              <jvm name="worker" runtimes="${NODES}" askedNodes="3"><processReference refid="local"/></jvm>
              <processDefinition id="local">
                <jvmProcess><jvmParameters><parameter value="-Da=&quot;&lt;b> &amp;&quot;"/></jvmParameters></jvmProcess>
              </processDefinition>
              <technicalServiceDefinition id="mark" class="properties">
                <arg name="colour" value="green&#10;é"/>
              </technicalServiceDefinition>
            </actium>
            """;

    private final XmlDescriptorReader reader =
            new XmlDescriptorReader(List.of(), name -> null, () -> 1, new FileIncludes(), Reading.GRAMMAR);

    @Test
    public void whatIsWrittenInJavaHasTheModelOfTheSameText() {
        Descriptor built = reader.read(workers().build());
        Descriptor read = reader.read(DescriptorSource.of("builder", AS_TEXT));

        assertThat(withoutPlaces(built)).isEqualTo(withoutPlaces(read));
        assertThat(built.technicalServices().get("mark").use())
                .isEqualTo(new ServiceUse("mark", "properties", Map.of("colour", "green\né")));
        assertThat(built.virtualNode("workers").orElseThrow().at()).hasToString("builder: virtual node workers");
    }

    @Test
    public void variablesHaveTheValuesOfTheProgram() {
        Descriptor built = reader.read(workers().build().with("NODES", "7"));

        assertThat(built.jvms().get("worker").runtimes()).isEqualTo(7);
    }

    @Test
    public void whoHoldsTheLeaseIsReadWithItsPlace() {
        assertThat(reader.read(workers().build()).application().leaseHolder()).isEmpty();

        LeaseHolder holder = reader.read(workers().leaseHolder("fe80::7", 4711).build())
                .application()
                .leaseHolder()
                .orElseThrow();
        assertThat(holder.endpoint()).isEqualTo(new Endpoint("fe80::7", 4711));
        assertThat(holder.at()).hasToString("builder: lease holder");
    }

    @Test
    public void thereIsOneHolderOfTheLeaseAndItHasAPort() {
        assertThat(problems(workers()
                        .leaseHolder("desk7", 4711)
                        .leaseHolder("desk8", 4711)
                        .build()))
                .singleElement()
                .asString()
                .contains("there is a 'leaseHolder' already; remove one");
        assertThat(problems(workers().leaseHolder("desk7", 0).build()))
                .singleElement()
                .asString()
                .contains("'port' of 'leaseHolder'");
        assertThat(problems(workers().leaseHolder("desk7", 65536).build()))
                .singleElement()
                .asString()
                .contains("'port' of 'leaseHolder'");
        assertThat(problems(workers()
                        .element(
                                "leaseHolder",
                                holder -> holder.attribute("host", "desk7").attribute("port", "*"))
                        .build()))
                .singleElement()
                .asString()
                .contains("'port' of 'leaseHolder'");
    }

    @Test
    public void problemsNameTheDefinitionTheyAreIn() {
        DescriptorSource wrong = new DescriptorBuilder()
                .virtualNode("a", node -> node.on("nowhere").attribute("tiemout", "5"))
                .virtualNode("b", node -> node.on("one", "two").unique())
                .jvm("one", jvm -> jvm.runtimes(0).startedBy("local"))
                .jvm("two", jvm -> jvm.startedBy("nothing"))
                .process("local", "jvmProces")
                .build();

        assertThat(problems(wrong))
                .contains(
                        "builder: virtual node a: unknown attribute 'tiemout' of 'virtualNode'; did you mean 'timeout'?",
                        "builder: virtual node b: virtual node 'b' is 'unique' but mapped to 2 JVMs; map it to one, or"
                                + " make it 'multiple'")
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("builder: virtual node a: ")
                        .contains("'nowhere'"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("builder: jvm one: ").contains("'runtimes'"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("builder: jvm two: ").contains("'nothing'"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("builder: process local: ")
                        .contains("'jvmProces'"));
    }

    @Test
    public void aTextWithTheSameMistakeHasTheSameProblem() {
        DescriptorSource built = new DescriptorBuilder("grid")
                .virtualNode("a", node -> node.on("nowhere").minimum(0))
                .build();
        DescriptorSource text = DescriptorSource.of("grid", """
                <actium xmlns="urn:actium:deployment:1">
                <virtualNode name="a" minNodeNumber="0"><vmName value="nowhere"/></virtualNode>
                </actium>
                """);

        List<String> expected = messages(text);
        assertThat(messages(built)).isNotEmpty().containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    public void convertedItIsATextWithoutATraceOfTheBuilder() {
        String converted = reader.convert(workers().build());

        assertThat(converted).doesNotContain("place");
        assertThat(withoutPlaces(reader.read(DescriptorSource.of("builder", converted))))
                .isEqualTo(withoutPlaces(reader.read(workers().build())));
    }

    @Test
    public void aCharacterThatXmlDoesNotHaveIsAProblem() {
        DescriptorSource wrong =
                new DescriptorBuilder().variable("A", "a\u0001b").build();

        assertThat(problems(wrong)).singleElement().asString().contains("not well-formed XML");
    }

    private static DescriptorBuilder workers() {
        return new DescriptorBuilder()
                .variable("NODES", "2")
                .virtualNode(
                        "workers",
                        node -> node.on("worker")
                                .here()
                                .timeout(Duration.ofSeconds(5))
                                .minimum(1)
                                .with("mark"))
                .jvm(
                        "worker",
                        jvm -> jvm.attribute("runtimes", "${NODES}").nodes(3).startedBy("local"))
                .process(
                        "local",
                        "jvmProcess",
                        jvm -> jvm.child(
                                "jvmParameters",
                                all -> all.child(
                                        "parameter", parameter -> parameter.attribute("value", "-Da=\"<b> &\""))))
                .technicalService("mark", "properties", Map.of("colour", "green\né"));
    }

    private List<String> problems(DescriptorSource source) {
        return refused(source).stream().map(Problem::toString).toList();
    }

    private List<String> messages(DescriptorSource source) {
        return refused(source).stream().map(Problem::message).toList();
    }

    private List<Problem> refused(DescriptorSource source) {
        return catchThrowableOfType(DescriptorException.class, () -> reader.read(source))
                .problems();
    }

    private static String withoutPlaces(Descriptor descriptor) {
        return descriptor.toString().replaceAll("builder: [\\w ]+|builder:\\d+:\\d+|builder(?=[\\],])", "@");
    }
}
