package org.actium.object.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the rules for calls ask about a method; see {@link CallRule}.
 *
 * @param identity whether it is {@code equals(Object)} or {@code hashCode()}
 * @param parameters how many it has
 * @param result its erased result type; if that is a type variable which the class called fixes, what it is fixed to
 * @param open what code could use of a result without a transparent future being asked
 * @param variable the type variable that the result type is and that nothing fixes: only the caller knows its type
 * @param checked the checked exceptions it declares
 * @param cached whether it bears {@link org.actium.object.api.Cache}
 */
public record MethodFacts(
        boolean identity,
        int parameters,
        TypeFacts result,
        List<OpenMembers> open,
        Optional<String> variable,
        List<String> checked,
        boolean cached) {

    /** What {@link #notIntercepted} says of a final method. */
    public static final String FINAL =
            "it is final; let stubs override it, or make it private if nobody else is to call it";

    public MethodFacts {
        Objects.requireNonNull(result, "result");
        open = List.copyOf(open);
        Objects.requireNonNull(variable, "variable");
        checked = List.copyOf(checked);
    }

    boolean isVoid() {
        return result.name().equals("void");
    }

    /** Why there can be no transparent future of its result; empty if there can. */
    Optional<String> obstacleToFutures() {
        return result.obstacleToStubs()
                .or(() -> open.stream()
                        .map(OpenMembers::obstacleToFutures)
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    /** Says of a method that stubs of a type do not have why that is so. */
    public static String notIntercepted(TypeFacts type, String method, String why) {
        return "stubs of " + type.name() + " do not intercept " + method + ": " + why;
    }

    /** Says of a type, whose stubs are in this package, that there can be none because of the result of a method. */
    public static String resultOutOfReach(String method, String result, String stubs) {
        return "its method " + method + " returns " + result + ", which package " + stubs + " does not see";
    }

    /** Why its result cannot be remembered, if it is asked for; empty if nothing is wrong. */
    public Optional<String> obstacleToCaching() {
        if (!cached) {
            return Optional.empty();
        }
        if (isVoid()) {
            return Optional.of("@Cache remembers a result, and it has none");
        }
        return parameters == 0
                ? Optional.empty()
                : Optional.of("@Cache remembers one result, and with parameters there may be many");
    }
}
