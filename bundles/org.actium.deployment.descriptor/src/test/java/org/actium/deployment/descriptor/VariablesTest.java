package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Variable.Kind;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

public class VariablesTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aDescriptorVariableIsFixedByTheDescriptor() {
        String declared = declare("descriptorVariable", "value='d'");

        assertThat(value(new Reading(), declared)).isEqualTo("d");
        assertThat(value(new Reading().variable("X", ""), declared))
                .as("program may name it")
                .isEqualTo("d");
        assertThat(problems(new Reading().variable("X", "p"), declared))
                .containsExactly(
                        "2:12: descriptorVariable 'X' was given the value 'p' by the program or command line, which "
                                + "may not set it; declare it as descriptorDefaultVariable to allow that");
        assertThat(problems(new Reading(), declare("descriptorVariable", "value=''")))
                .containsExactly("2:12: descriptorVariable 'X' needs a value in the descriptor");
    }

    @Test
    public void aProgramVariableComesFromTheProgramOnly() {
        String declared = declare("programVariable", "value=''");

        assertThat(value(new Reading().variable("X", "p"), declared)).isEqualTo("p");
        assertThat(value(new Reading().variable("X", "p"), declare("programVariable", "")))
                .isEqualTo("p");
        assertThat(problems(new Reading(), declared))
                .containsExactly("2:12: programVariable 'X' has no value; pass --var X=…");
        assertThat(problems(new Reading().variable("X", "p"), declare("programVariable", "value='d'")))
                .containsExactly("2:12: programVariable 'X' may have no value in the descriptor; pass --var X=…");
    }

    @Test
    public void aDescriptorDefaultYieldsToTheProgram() {
        String declared = declare("descriptorDefaultVariable", "value='d'");

        assertThat(value(new Reading(), declared)).isEqualTo("d");
        assertThat(value(new Reading().variable("X", "p"), declared)).isEqualTo("p");
        assertThat(problems(new Reading().variable("X", ""), declared))
                .containsExactly(
                        "2:12: descriptorDefaultVariable 'X' was given an empty value by the program or command line");
        assertThat(problems(new Reading().variable("X", "p"), declare("descriptorDefaultVariable", "value=''")))
                .containsExactly("2:12: descriptorDefaultVariable 'X' needs a value in the descriptor");
    }

    @Test
    public void aProgramDefaultYieldsToTheDescriptor() {
        assertThat(value(new Reading().variable("X", "p"), declare("programDefaultVariable", "value='d'")))
                .isEqualTo("d");
        assertThat(problems(new Reading(), declare("programDefaultVariable", "")))
                .containsExactly("2:12: programDefaultVariable 'X' needs a value in the descriptor");
    }

    @Test
    public void aJavaPropertyVariableComesFromJavaOnly() {
        String declared = declare("javaPropertyVariable", "");

        assertThat(value(new Reading().property("X", "j"), declared)).isEqualTo("j");
        assertThat(problems(new Reading(), declared))
                .containsExactly(
                        "2:12: javaPropertyVariable 'X' has no value; it comes from the Java system property 'X' only");
        assertThat(problems(new Reading().property("X", "j").variable("X", "p"), declared))
                .hasSize(1);
        assertThat(problems(new Reading().property("X", "j"), declare("javaPropertyVariable", "value='d'")))
                .hasSize(1);
    }

    @Test
    public void javaPropertiesWinOverBothKindsOfDefault() {
        String descriptorDefault = declare("javaPropertyDescriptorDefault", "value='d'");
        assertThat(value(new Reading(), descriptorDefault)).isEqualTo("d");
        assertThat(value(new Reading().variable("X", "p"), descriptorDefault)).isEqualTo("d");
        assertThat(value(new Reading().property("X", "j").variable("X", "p"), descriptorDefault))
                .isEqualTo("j");

        String programDefault = declare("javaPropertyProgramDefault", "value='d'");
        assertThat(value(new Reading(), programDefault)).isEqualTo("d");
        assertThat(value(new Reading().variable("X", "p"), programDefault)).isEqualTo("p");
        assertThat(value(new Reading().property("X", "j").variable("X", "p"), programDefault))
                .isEqualTo("j");
        assertThat(problems(new Reading(), declare("javaPropertyProgramDefault", "")))
                .hasSize(1);
    }

    @Test
    public void theSpellingOf30IsTheSame() {
        assertThat(value(new Reading(), declare("DescriptorVariable", "value='d'")))
                .isEqualTo("d");
        assertThat(value(new Reading().variable("X", "p"), declare("ProgramVariable", "")))
                .isEqualTo("p");
    }

    @Test
    public void aValueMayReferToVariablesDeclaredBefore() {
        assertThat(value(new Reading(), """
                        <variables><descriptorVariable name='HOME' value='/opt'/>
                        <descriptorVariable name='X' value='${HOME}/java$'/></variables>""")).isEqualTo("/opt/java$");
        assertThat(problems(new Reading(), """
                        <variables><descriptorVariable name='X' value='${HOME}/java'/>
                        <descriptorVariable name='HOME' value='/opt'/></variables><technical-service id='${X}'/>"""))
                .as("where X is used nothing more is wrong")
                .containsExactly(
                        "2:12: variable 'HOME' is not declared; declare it in 'variables', or pass --var HOME=…");
    }

    @Test
    public void aValueFromOutsideIsTakenLiterally() {
        assertThat(value(new Reading().variable("P", "${Q}"), """
                        <variables><programVariable name='P'/><descriptorVariable name='X' value='a${P}'/></variables>""")).isEqualTo("a${Q}");
    }

    @Test
    public void aVariableOfTheProgramNeedsNoDeclarationButAUse() {
        assertThat(value(new Reading().variable("X", "p"), "")).isEqualTo("p");
        assertThat(problems(new Reading().variable("NODE", "4"), declare("descriptorDefaultVariable", "value='d'")))
                .containsExactly(
                        "1:1: variable 'NODE' was given a value, but the descriptor neither declares nor uses it; "
                                + "known here: 'X'");
    }

    @Test
    public void theProgramMayDeclareVariablesToo() {
        String declared = declare("descriptorDefaultVariable", "value='d'");

        assertThat(value(new Reading().variable("X", "p", Kind.DESCRIPTOR_DEFAULT), declared))
                .isEqualTo("p");
        assertThat(problems(new Reading().variable("X", "p", Kind.PROGRAM), declared))
                .containsExactly(
                        "2:12: variable 'X' is declared as descriptorDefaultVariable here and as programVariable "
                                + "by the program; both must say the same");
        assertThat(value(new Reading().variable("X", "p", Kind.PROGRAM_DEFAULT), ""))
                .as("the descriptor need not declare it")
                .isEqualTo("p");
        assertThat(value(new Reading().variable("X", "", Kind.JAVA_PROPERTY).property("X", "j"), ""))
                .isEqualTo("j");
        assertThat(problems(new Reading().variable("Y", "p", Kind.PROGRAM), ""))
                .as("nor use it")
                .isEmpty();
        assertThat(problems(new Reading().variable("X", "p", Kind.DESCRIPTOR), ""))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("1:1: descriptorVariable 'X' was given the value"));
        assertThat(problems(new Reading().variable("X", "", Kind.DESCRIPTOR_DEFAULT), ""))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("1:1: descriptorDefaultVariable 'X' was given an empty value"));
    }

    @Test
    public void declarationsThatContradictEachOtherAreReported() {
        assertThat(problems(new Reading(), """
                        <variables><descriptorVariable name='X' value='1'/>
                        <programVariable name='X'/>
                        <descriptorVariable name='X' value='2'/>
                        <descriptorVariable name='a b' value='2'/></variables>"""))
                .containsExactly(
                        "3:1: variable 'X' is declared as programVariable here and as descriptorVariable "
                                + "before; keep one",
                        "5:1: 'a b' cannot be the name of a variable; use letters, digits, '_' and '.' only");
    }

    @Test
    public void aReferenceToNothingIsReportedOnceAndItsConsequencesAreNot() {
        assertThat(new Reading().problems(Reading.around("""
                        <jvm name="Jvm2" askedNodes="${NODES}" runtimes="0">
                        <creation><processReference refid="${PROCES}"/></creation></jvm>""")))
                .containsExactly(
                        "2:1: variable 'NODES' is not declared; declare it in 'variables', or pass --var NODES=…",
                        "2:1: attribute 'runtimes' of 'jvm' is '0'; it must be a whole number from 1 to 2147483647",
                        "3:11: variable 'PROCES' is not declared; declare it in 'variables', or pass --var PROCES=…");
        assertThat(new Reading().problems(Reading.around("<technical-service id='s' class='${a b}${c'/>")))
                .containsExactly(
                        "2:1: '${a b}' names no variable; names have letters, digits, '_' and '.' only",
                        "2:1: '${c' lacks its closing '}'");
    }

    @Test
    public void expansionIsLimited() {
        var declarations = new StringBuilder("<variables><descriptorVariable name='v0' value='0123456789'/>");
        for (int i = 1; i <= 30; i++) {
            declarations.append("<descriptorVariable name='v%d' value='${v%d}${v%d}'/>".formatted(i, i - 1, i - 1));
        }

        assertThat(new Reading().problems(Reading.around(declarations + "</variables>")))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).startsWith("2:"))
                .anySatisfy(problem -> assertThat(problem).contains("the variables here become too long"));
    }

    @Test
    public void filesBesideTheDescriptorAreIncluded() throws IOException {
        write("sub/more.xml", """
                <variables><descriptorVariable name="A" value="a"/><includePropertyFile location="x.properties"/>
                </variables>""");
        write("sub/x.properties", "Z=z\nB=b${Z}\nX = ${A}${B}\n");

        Descriptor descriptor = new Reading()
                .named(folder.getRoot().toPath().resolve("main.xml").toString())
                .read(Reading.around("<variables><includeXMLFile location='sub/more.xml'/></variables>"));

        assertThat(descriptor.variables())
                .containsEntry("A", "a")
                .containsEntry("B", "bz")
                .containsEntry("X", "abz");
    }

    @Test
    public void problemsOfIncludedFilesNameThoseFiles() throws IOException {
        Path bad = write(
                "bad.xml",
                "<variables>\n <descriptorVariable name='A'/><includeXMLFile location='bad.xml'/></variables>");
        Path worse = write("worse.xml", "<variables>");
        Path root = write("root.xml", "<jvms/>");
        Path properties = write("bad.properties", "A=\\uXYZ\n");
        String main = folder.getRoot().toPath().resolve("main.xml").toString();

        try {
            new Reading().named(main).read(Reading.around("""
                    <variables><includeXMLFile location='bad.xml'/><includeXMLFile location='worse.xml'/>
                    <IncludeXMLFile location='root.xml'/><includePropertyFile location='bad.properties'/>
                    <includeXMLFile location='absent.xml'/><includeXMLFile location='http://host/x.xml'/>
                    <includeXMLFile location='.'/></variables><security file='${UNKNOWN}'/>"""));
            throw new AssertionError("the descriptor was read");
        } catch (DescriptorException refused) {
            assertThat(refused.problems().stream().map(problem -> problem.toString()))
                    .satisfiesExactly(
                            p -> assertThat(p).startsWith(main + ":3:38: '" + properties + "' is no property file: "),
                            p -> assertThat(p)
                                    .isEqualTo(main + ":4:1: includeXMLFile: there is no file "
                                            + folder.getRoot().toPath().resolve("absent.xml")),
                            p -> assertThat(p)
                                    .isEqualTo(main
                                            + ":4:40: includeXMLFile: only files can be included, and only beside a "
                                            + "descriptor that is a file"),
                            p -> assertThat(p).startsWith(main + ":5:1: includeXMLFile: there is no file "),
                            p -> assertThat(p)
                                    .isEqualTo(bad + ":2:2: descriptorVariable 'A' needs a value in the descriptor"),
                            p -> assertThat(p).isEqualTo(bad + ":2:32: '" + bad + "' includes itself"),
                            p -> assertThat(p)
                                    .isEqualTo(root + ":1:1: the root of an included file is 'variables', not 'jvms'"),
                            p -> assertThat(p).startsWith(worse + ":1:12: not well-formed XML: "));
        }
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.getRoot().toPath().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    }

    private static String declare(String element, String value) {
        return "<variables><%s name='X' %s/></variables>".formatted(element, value);
    }

    /** What {@code ${X}} stands for. */
    private static String value(Reading reading, String declarations) {
        return reading.read(Reading.around(declarations + "<technical-service id='s' class='${X}'/>"))
                .technicalServices()
                .get("s")
                .use()
                .service();
    }

    private static List<String> problems(Reading reading, String declarations) {
        return reading.problems(Reading.around(declarations));
    }
}
