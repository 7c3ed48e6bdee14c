package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Problem;
import org.junit.Test;

public class JvmProcessReaderTest {

    @Test
    public void optionsAreSplitAtBlanksOutsideQuotes() {
        assertThat(Reading.options(new Reading().read(jvm("""
                        <jvmParameters><parameter value="-Xmx64m   -Xms16m "/><parameter value="-Da='b c' '' &quot;-Dd=e f&quot;"/>
                        </jvmParameters><jvmParameters><parameter value="-Dlast"/></jvmParameters>""")), "jvm"))
                .containsExactly("-Xmx64m", "-Xms16m", "-Da=b c", "", "-Dd=e f", "-Dlast");
        assertThat(new Reading()
                        .problems(jvm("<jvmParameters><parameter value=\"-Da='b\"/><parameter/></jvmParameters>")))
                .containsExactly(
                        "2:56: '-Da='b' lacks its closing '",
                        "2:83: 'parameter' needs the attribute 'value', which is missing");
    }

    @Test
    public void whatHasNoMeaningHereIsKeptForThePlanToShow() {
        Descriptor descriptor = new Reading().read("""
                <ProActiveDescriptor><virtualNode name="v"/><map virtualNode="v"><currentJVM/></map><processDefinition id="jvm">
                <jvmProcess class="my.Process" os="unix" priority="normal">
                <classpath><absolutePath value="/x.jar"/></classpath><javaPath><absolutePath value="/opt/bin/java"/></javaPath>
                <policyFile><absolutePath value="/p"/></policyFile></jvmProcess></processDefinition></ProActiveDescriptor>""");

        var jvm = (JvmProcess) descriptor.processes().get("jvm").element();
        assertThat(jvm.javaPath()).hasValue("/opt/bin/java");
        assertThat(jvm.ignored())
                .containsExactly(
                        "class='my.Process': Actium has its own way to start a JVM",
                        "os='unix': commands are no text for a shell",
                        "classpath: classes come from bundles",
                        "policyFile: Java has no security manager any more");
    }

    @Test
    public void whatIsNotThereIsReported() {
        assertThat(new Reading().problems(jvm("""
                        <javaPath/>
                        <javaPath><absolutePath/></javaPath>
                        <jvmParametres/>""")))
                .satisfiesExactly(
                        p -> assertThat(p).isEqualTo("2:41: 'javaPath' needs one <absolutePath value='…'/>"),
                        p -> assertThat(p)
                                .isEqualTo("3:11: 'absolutePath' needs the attribute 'value', which is missing"),
                        p -> assertThat(p)
                                .isEqualTo("4:1: unknown element 'jvmParametres' in 'jvmProcess'; did you mean "
                                        + "'jvmParameters'?"));
    }

    @Test
    public void whatRunsSomethingElseThanOurLauncherIsNoted() {
        Descriptor descriptor = new Reading().read(jvm("""
                <classname>my.Main</classname>
                <parameters>a b</parameters>"""));

        assertThat(descriptor.notes())
                .extracting(Problem::toString)
                .containsExactly(
                        "test.xml:2:1: process 'jvm': classname: a JVM always runs Actium's launcher",
                        "test.xml:2:1: process 'jvm': parameters: a JVM always runs Actium's launcher");
        assertThat(descriptor.obstacles()).isEmpty();
    }

    @Test
    public void aRelativeJavaPathIsOneOfTheHostThatDeploys() {
        Reading reading = new Reading().property("user.home", "/home/ann").property("user.dir", "/work");

        assertThat(javaPath(reading, "value='jdk/bin/java'")).hasValue("/home/ann/jdk/bin/java");
        assertThat(javaPath(reading, "origin='user.home' value='/jdk/java'")).hasValue("/home/ann/jdk/java");
        assertThat(javaPath(reading, "origin='userHome' value='java'")).hasValue("/home/ann/java");
        assertThat(javaPath(reading, "origin='workingDirectory' value='java'")).hasValue("/work/java");
        assertThat(javaPath(reading, "origin='user.classpath' value='java'")).isEmpty();
        assertThat(reading.read(jvm("<javaPath><relativePath value='java'/></javaPath>"))
                        .notes())
                .extracting(Problem::message)
                .containsExactly(
                        "process 'jvm': javaPath: relativePath value='java' is taken from user.home of this host: "
                                + "/home/ann/java");
        assertThat(reading.read(jvm("<javaPath><relativePath origin='moon' value='java'/></javaPath>"))
                        .notes())
                .extracting(Problem::message)
                .containsExactly(
                        "process 'jvm': javaPath: relativePath value='java' with origin='moon' leads to no file; the "
                                + "java of the runtime that deploys is taken");
    }

    private static Optional<String> javaPath(Reading reading, String path) {
        Descriptor descriptor = reading.read(jvm("<javaPath><relativePath " + path + "/></javaPath>"));
        return ((JvmProcess) descriptor.processes().get("jvm").element()).javaPath();
    }

    @Test
    public void aJvmMayHaveLowPriority() {
        Descriptor descriptor = new Reading().read(Reading.around("""
                <processDefinition id="low"><jvmProcess priority="low"/></processDefinition>
                <processDefinition id="normal"><jvmProcess priority="normal"/></processDefinition>"""));

        assertThat(((JvmProcess) descriptor.processes().get("low").element()).lowPriority())
                .isTrue();
        assertThat(((JvmProcess) descriptor.processes().get("normal").element()).lowPriority())
                .isFalse();
        assertThat(descriptor.obstacles()).isEmpty();
    }

    @Test
    public void aJvmInheritsWhatItDoesNotSayItself() {
        Descriptor descriptor = new Reading().read(Reading.around("""
                <processDefinition id="base"><jvmProcess><javaPath><absolutePath value="/base/java"/></javaPath>
                  <policyFile><absolutePath value="/p"/></policyFile>
                  <jvmParameters><parameter value="-Xmx1g"/></jvmParameters></jvmProcess></processDefinition>
                <processDefinition id="more"><jvmProcess>
                  <jvmParameters><parameter value="-Xmx2g"/></jvmParameters><extendedJvm refid="base"/></jvmProcess>
                </processDefinition>
                <processDefinition id="most"><jvmProcess><extendedJvm refid="more" overwriteParameters="no"/>
                  <javaPath><absolutePath value="/most/java"/></javaPath></jvmProcess></processDefinition>
                <processDefinition id="other"><jvmProcess><extendedJvm refid="most" overwriteParameters="yes"/>
                  <jvmParameters><parameter value="-Xss1m"/></jvmParameters></jvmProcess></processDefinition>"""));

        assertThat(Reading.options(descriptor, "more"))
                .as("own options win by coming last")
                .containsExactly("-Xmx1g", "-Xmx2g");
        assertThat(Reading.options(descriptor, "most")).containsExactly("-Xmx1g", "-Xmx2g");
        assertThat(Reading.options(descriptor, "other")).containsExactly("-Xss1m");
        var other = (JvmProcess) descriptor.processes().get("other").element();
        assertThat(other.javaPath()).hasValue("/most/java");
        assertThat(other.ignored()).containsExactly("policyFile: Java has no security manager any more");
    }

    @Test
    public void inheritanceThatCannotBeResolvedIsReported() {
        String extending =
                "<processDefinition id='%s'><jvmProcess><extendedJvm refid='%s'/></jvmProcess></processDefinition>";

        assertThat(new Reading()
                        .reader("sshProcess")
                        .problems(Reading.around(String.join(
                                "\n",
                                extending.formatted("a", "b"),
                                extending.formatted("b", "a"),
                                extending.formatted("c", "nothing"),
                                "<processDefinition id='s'><sshProcess/></processDefinition>",
                                extending.formatted("d", "s"),
                                "<processDefinition id='e'><jvmProcess><extendedJvm/><extendedJvm refid='s' "
                                        + "overwriteParameters='perhaps'/>"
                                        + "</jvmProcess></processDefinition>"))))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("2:27: 'extendedJvm' leads back to where it started"),
                        p -> assertThat(p).startsWith("3:27: 'extendedJvm' leads back to where it started"),
                        p -> assertThat(p)
                                .startsWith("4:39: 'extendedJvm' refers to processDefinition 'nothing', which is "
                                        + "not there"),
                        p -> assertThat(p).isEqualTo("6:39: 'extendedJvm' refers to 's', which is no 'jvmProcess'"),
                        p -> assertThat(p)
                                .isEqualTo("7:39: 'extendedJvm' needs the attribute 'refid', which is missing"),
                        p -> assertThat(p)
                                .isEqualTo(
                                        "7:53: attribute 'overwriteParameters' of 'extendedJvm' is 'perhaps'; it must "
                                                + "be one of 'yes', 'no'"),
                        p -> assertThat(p).startsWith("7:53: a JVM can inherit from one other only"));
        String chain = IntStream.range(0, 40)
                .mapToObj(i -> extending.formatted("p" + i, "p" + (i + 1)))
                .collect(Collectors.joining("\n"));
        assertThat(new Reading()
                        .problems(Reading.around(
                                chain + "<processDefinition id='p40'><jvmProcess/></processDefinition>")))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p).contains("more than 32 JVMs inherit from each other"));
    }

    private static String jvm(String children) {
        return Reading.around(
                "<processDefinition id='jvm'><jvmProcess>" + children + "</jvmProcess></processDefinition>");
    }
}
