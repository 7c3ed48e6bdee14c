package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.actium.deployment.api.DescriptorBuilder;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.DescriptorException;
import org.junit.BeforeClass;
import org.junit.Test;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The schema by the validator that editors have, not by ours: what we write is valid, what we refuse is not. */
public class SchemaTest {

    private static Schema schema;

    @BeforeClass
    public static void compile() throws SAXException {
        schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Repository.root()
                        .resolve("descriptors/actium-deployment.xsd")
                        .toFile());
    }

    @Test
    public void everyExampleIsValidAsItIsOrConverted() throws IOException, SAXException {
        List<String> violations = new ArrayList<>();
        int asItIs = 0;
        for (Path file : ExampleDescriptorsTest.files()) {
            String text = Files.readString(file);
            boolean ours = text.contains("xmlns=\"urn:actium:deployment:1\"");
            if (ours) {
                asItIs++;
                violations.addAll(violations(file.toString(), text));
            }
            violations.addAll(violations(file + " converted", converted(Corpus.reader(), file)));
        }

        assertThat(violations).isEmpty();
        assertThat(asItIs).as("examples in our own language").isGreaterThan(3);
    }

    @Test
    public void everyOldDescriptorThatCanBeReadIsValidWhenConverted() throws IOException, SAXException {
        assumeTrue("skipped: no corpus", Files.isDirectory(Corpus.directory()));
        List<String> violations = new ArrayList<>();
        int valid = 0;
        for (Path file : Corpus.files()) {
            Optional<String> ours = readable(file);
            if (ours.isPresent()) {
                valid++;
                violations.addAll(violations(file + " converted", ours.get()));
            }
        }

        assertThat(violations).isEmpty();
        assertThat(valid).as("how many were looked at").isGreaterThan(100);
    }

    @Test
    public void whatIsBuiltInJavaIsValidWhenConverted() throws IOException, SAXException {
        DescriptorSource built = new DescriptorBuilder()
                .virtualNode("here", node -> node.here().minimum(1))
                .build();

        assertThat(violations("built", Corpus.reader().convert(built))).isEmpty();
    }

    @Test
    public void whatTheReaderRefusesAsUngrammaticalTheSchemaRefusesToo() throws IOException, SAXException {
        for (String wrong : List.of(
                "<virtualNode/>",
                "<virtualNode name='a' minNodeNumber='0'/>",
                "<virtualNode name='a' tiemout='1'/>",
                "<virtualNode name='a' property='severe'/>",
                "<virtualNode name='a'><vmNmae value='b'/></virtualNode>",
                "<jvm name='a'>text</jvm>")) {
            String descriptor = "<actium xmlns='urn:actium:deployment:1'>" + wrong + "</actium>";

            assertThat(new Reading().problems(descriptor)).as(wrong).isNotEmpty();
            assertThat(violations(wrong, descriptor)).as(wrong).isNotEmpty();
        }
    }

    private static Optional<String> readable(Path file) throws IOException {
        try {
            Corpus.read(file);
            return Optional.of(converted(Corpus.reader(), file));
        } catch (DescriptorException refused) {
            return Optional.empty();
        }
    }

    private static String converted(XmlDescriptorReader reader, Path file) throws IOException {
        return reader.convert(new DescriptorSource(file.toString(), Files.readAllBytes(file), Map.of()));
    }

    private static List<String> violations(String name, String xml) throws IOException, SAXException {
        List<String> violations = new ArrayList<>();
        Validator validator = schema.newValidator();
        validator.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(SAXParseException warning) {
                violations.add(name + ":" + warning.getLineNumber() + ": " + warning.getMessage());
            }

            @Override
            public void error(SAXParseException error) {
                warning(error);
            }

            @Override
            public void fatalError(SAXParseException error) {
                warning(error);
            }
        });
        validator.validate(new StreamSource(new StringReader(xml)));
        return violations;
    }
}
