package org.actium.service.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.StubMethod;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.Offer;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Limits the calls that the objects of a node make and wait for, and makes some of them again: see {@link RepeatedCalls}
 * for which. Calls that do not wait (one-way, with a future) are left alone: what the object has sent since would come
 * before the repetition. So are calls that the application limits itself, which has decided then.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@Offer(
        id = "call-policy",
        provides = "repetition-of-calls",
        excludes = {"repetition-of-calls", "fault-tolerance"})
public final class CallPolicyService implements TechnicalService {

    private static final String LIMIT = "limitMillis";
    private static final String ATTEMPTS = "attempts";
    private static final String PAUSE = "pauseMillis";
    private static final String METHODS = "methods";
    private static final String IDEMPOTENT = "idempotent";
    private static final Set<String> KNOWN = Set.of(LIMIT, ATTEMPTS, PAUSE, METHODS, IDEMPOTENT);
    private static final String ALL = "*";

    private Set<String> methods = Set.of(ALL);
    private Set<String> idempotent = Set.of();
    private CallPolicy cautious = CallPolicy.NONE;
    private CallPolicy bold = CallPolicy.NONE;

    @Override
    public void init(Map<String, String> arguments) {
        List<String> unknown = arguments.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "arguments " + unknown + " are unknown; there are " + new TreeSet<>(KNOWN));
        }
        Optional<Duration> limit = arguments.containsKey(LIMIT)
                ? Optional.of(Duration.ofMillis(number(arguments, LIMIT, "", 1)))
                : Optional.empty();
        int attempts = number(arguments, ATTEMPTS, "3", 1);
        Duration pause = Duration.ofMillis(number(arguments, PAUSE, "100", 0));
        methods = names(arguments.getOrDefault(METHODS, ALL));
        idempotent = names(arguments.getOrDefault(IDEMPOTENT, ""));
        cautious = new RepeatedCalls(limit, attempts, pause, false);
        bold = new RepeatedCalls(limit, attempts, pause, true);
    }

    private static int number(Map<String, String> arguments, String name, String absent, int least) {
        String text = arguments.getOrDefault(name, absent);
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalArgumentException(
                "argument '" + name + "' is '" + text + "', which is not a whole number from " + least + " up");
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        contributions.intercept(new MessageInterceptor() {
            @Override
            public CallPolicy calling(StubMethod method) {
                return contains(methods, method) ? contains(idempotent, method) ? bold : cautious : CallPolicy.NONE;
            }
        });
    }

    private static boolean contains(Set<String> names, StubMethod method) {
        return names.contains(ALL) || names.contains(method.name());
    }
}
