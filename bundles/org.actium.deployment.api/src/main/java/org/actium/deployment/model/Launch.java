package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A step of a launch, as the descriptor has it, and the steps it leads to: a remote shell, a batch system, a gateway. The
 * last step of each branch is a {@link JvmProcess}.
 *
 * @param settings its attributes and options, in the order of the document
 * @param next what it starts; a step that several others lead to is one object
 * @param runtimes how many runtimes it starts; empty if nobody can say before
 * @param bundle the bundle that carries it out, if one is known
 */
public record Launch(
        String elementName,
        List<Setting> settings,
        List<DescriptorElement> next,
        OptionalInt runtimes,
        Optional<String> bundle,
        SourcePosition at)
        implements DescriptorElement {

    public Launch {
        Objects.requireNonNull(elementName, "elementName");
        settings = List.copyOf(settings);
        next = List.copyOf(next);
        Objects.requireNonNull(runtimes, "runtimes");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(at, "at");
    }

    /** @param name the attribute, or the path to it: {@code hostname}, {@code pbsOption/hostsNumber} */
    public record Setting(String name, String value) {}

    /** The value of a setting; the first if it stands several times. */
    public Optional<String> setting(String name) {
        return settings.stream()
                .filter(setting -> setting.name.equals(name))
                .map(Setting::value)
                .findFirst();
    }

    /** For people, on one line: {@code sshProcess(hostname=node7) → jvmProcess}. */
    public String text() {
        return DescriptorElements.text(this);
    }
}
