package org.actium.application.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.deployment.model.MainDefinition;

/** What {@code mainDefinition} in the descriptor of a run says: which class, with which arguments. */
final class DescriptorMain {

    private DescriptorMain() {}

    /**
     * The arguments with what the descriptor adds: the class of the definition that {@code --main} names by its id, or of the
     * only one there is, and its arguments if none were given for the same class.
     *
     * @param mains by id
     */
    static RunArguments completed(RunArguments given, Map<String, MainDefinition> mains) {
        return chosen(given, mains)
                .map(main -> new RunArguments(
                        given.application(),
                        Optional.of(main.type()),
                        given.descriptor(),
                        given.variables(),
                        given.options(),
                        given.arguments().isEmpty() ? main.arguments() : given.arguments(),
                        given.faultTolerance(),
                        given.kill(),
                        given.quiet()))
                .orElse(given);
    }

    private static Optional<MainDefinition> chosen(RunArguments given, Map<String, MainDefinition> mains) {
        if (given.main().isPresent()) {
            String word = given.main().get();
            return Optional.ofNullable(mains.get(word))
                    .or(() -> mains.values().stream()
                            .filter(main -> main.type().equals(word))
                            .findFirst());
        }
        return mains.size() == 1 ? Optional.of(List.copyOf(mains.values()).getFirst()) : Optional.empty();
    }
}
