package org.actium.itests.label;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.Offer;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Labels nodes with its argument {@code text}, and refuses calls of methods called {@code burn} there; one without text
 * fails, as a service may.
 */
@Component(service = TechnicalService.class, scope = ServiceScope.PROTOTYPE)
@Offer(id = "label", excludes = "unlabelled")
public final class LabelService implements TechnicalService {

    private String text;

    @Override
    public void init(Map<String, String> arguments) {
        text = arguments.get("text");
        if (text == null) {
            throw new IllegalArgumentException("argument 'text' is missing");
        }
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        contributions.property("label", text);
        resource("edition.txt").ifPresent(edition -> contributions.property("label.edition", edition));
        resource("avoided.txt").filter(node.name()::contains).ifPresent(avoided -> {
            throw new IllegalStateException("this edition avoids nodes called " + avoided);
        });
        resource("gate.txt").ifPresent(gate -> waitAt(Integer.parseInt(gate), node));
        Desk desk = new Desk(node.name());
        contributions.run(desk);
        contributions.intercept(new Clerk(text, desk));
    }

    /** Says there to which node it is applied, and goes on when the other side hangs up. */
    private static void waitAt(int port, Node node) {
        byte[] name = node.name().getBytes(StandardCharsets.UTF_8);
        try (Socket gate = new Socket(InetAddress.getLoopbackAddress(), port)) {
            gate.getOutputStream().write(name.length);
            gate.getOutputStream().write(name);
            gate.getInputStream().read();
        } catch (IOException open) {
            return; // nobody is held there any more
        }
    }

    /** What tests put into other editions of the bundle. */
    private Optional<String> resource(String name) {
        try (InputStream in = LabelService.class.getResourceAsStream("/" + name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
