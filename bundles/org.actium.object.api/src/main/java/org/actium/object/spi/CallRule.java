package org.actium.object.spi;

import java.util.List;
import java.util.Objects;

/** How calls of one method are made, and why: the first rule of the list in {@code docs/semantics.md} §3 that fits. */
public sealed interface CallRule {

    /** Answered by the stub: identity of the active object. */
    record Identity() implements CallRule {}

    /** The caller goes on at once, with a future that the method itself declares. */
    record Explicit() implements CallRule {}

    /** The caller goes on at once; there is no reply. */
    record OneWay() implements CallRule {}

    /** The caller goes on at once, with a placeholder. */
    record Asynchronous() implements CallRule {}

    /** The caller waits, except inside a bracket that covers these exceptions: there it goes on at once. */
    record Bracketed(List<String> exceptions) implements CallRule {
        public Bracketed {
            exceptions = List.copyOf(exceptions);
        }
    }

    /** The caller waits. */
    record Synchronous(String reason) implements CallRule {
        public Synchronous {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The names of the result types that are futures already. */
    List<String> FUTURES = List.of(
            "java.util.concurrent.Future",
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.CompletableFuture");

    static CallRule of(MethodFacts method) {
        if (method.identity()) {
            return new Identity();
        }
        if (FUTURES.contains(method.result().name())) {
            return new Explicit();
        }
        if (method.isVoid()) {
            return method.checked().isEmpty() ? new OneWay() : new Bracketed(method.checked());
        }
        if (method.variable().isPresent()) {
            return new Synchronous(
                    "its result type is the type variable " + method.variable().get());
        }
        if (method.result().name().equals("java.lang.Object")) {
            return new Synchronous("its result type is Object");
        }
        return method.obstacleToFutures()
                .<CallRule>map(Synchronous::new)
                .orElseGet(() -> method.checked().isEmpty() ? new Asynchronous() : new Bracketed(method.checked()));
    }

    /** For people. For example {@code Counter.value is synchronous, because int is primitive}. */
    default String explain(String type, String method) {
        return type + "." + method + " is " + explanation();
    }

    /** How, and why. For example {@code synchronous, because int is primitive}. */
    default String explanation() {
        return switch (this) {
            case Identity() -> "answered by the stub, which compares identities and asks nobody";
            case Explicit() -> "asynchronous, with the future that the method declares";
            case OneWay() -> "one-way, because it has neither result nor checked exceptions";
            case Asynchronous() -> "asynchronous, with a transparent future for its result";
            case Bracketed(List<String> exceptions) ->
                "synchronous, because it declares " + String.join(", ", exceptions)
                        + "; asynchronous inside a bracket that covers "
                        + (exceptions.size() == 1 ? "it" : "them");
            case Synchronous(String reason) -> "synchronous, because " + reason;
        };
    }
}
