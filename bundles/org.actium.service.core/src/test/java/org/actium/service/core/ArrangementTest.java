package org.actium.service.core;

import static org.actium.service.core.TableBench.GROUP;
import static org.actium.service.core.TableBench.rulesBefore;
import static org.actium.service.core.TableBench.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.actium.object.api.BodyId;
import org.actium.object.spi.MessageInterceptor;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.core.LocalRuntime;
import org.actium.service.api.Combination;
import org.actium.service.api.CombinationRules;
import org.actium.service.api.Contributions;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalService;
import org.actium.service.api.TechnicalServiceException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Interceptors and properties go together on a node in the same order, however it came to its services. */
public class ArrangementTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(10);

    private final TableBench bench = new TableBench();
    private final List<String> log = bench.log;
    private final InstalledByHand installed = bench.installed;
    private final LocalRuntime runtime = bench.runtime;
    private final ServiceTable table = bench.table;
    private final Node one = bench.one;
    private final Node two = bench.two;

    @Test
    public void aNodeHasTheInterceptorsOfItsServicesTheFirstOutermost() {
        MessageInterceptor outer = new MessageInterceptor() {};
        MessageInterceptor inner = new MessageInterceptor() {};
        installed.install("outer", "O", () -> intercepting(outer));
        installed.install("inner", "I", () -> intercepting(inner));
        assertThat(table.interceptorsOn(one)).isEmpty();

        table.apply(one, GROUP, List.of(use("outer"), use("inner")));

        assertThat(table.interceptorsOn(one)).containsExactly(outer, inner);
        assertThat(table.interceptorsOn(two)).isEmpty();
        assertThat(table.interceptorFor(new BodyId(runtime.id(), 1), Object.class, one))
                .as("to be kept by an object")
                .isEmpty();
        table.remove(one, "outer");
        assertThat(table.interceptorsOn(one)).containsExactly(inner);
        runtime.removeNode("one");
        assertThat(table.interceptorsOn(one)).isEmpty();
    }

    /** Whoever is told is an object space: it has replaced the interceptors of objects before a service is told of its end. */
    @Test
    public void whoeverWantsToKnowIsToldWhenTheInterceptorsOfANodeAreOthers() {
        MessageInterceptor interceptor = new MessageInterceptor() {};
        installed.install("ft", "A", () -> intercepting(interceptor));
        Registration listening =
                table.whenChanged(node -> log.add("told of " + node.name() + " " + table.interceptorsOn(node)));

        table.apply(one, GROUP, List.of(use("ft")));
        assertThat(log).endsWith("ft applied to one", "told of one " + List.of(interceptor));
        table.remove(one);
        assertThat(log).endsWith("told of one []", "ft removed from one", "ft returned");

        listening.close();
        table.apply(one, GROUP, List.of(use("ft")));
        assertThat(log).endsWith("ft applied to one");
    }

    private RecordingService intercepting(MessageInterceptor interceptor) {
        return new RecordingService(log) {
            @Override
            public void apply(Node node, Contributions contributions) {
                contributions.intercept(interceptor);
                super.apply(node, contributions);
            }
        };
    }

    @Test
    public void anInterceptorThatCannotBeUsedLeavesNothingApplied() throws ReflectiveOperationException {
        MessageInterceptor unlinked = Unlinked.interceptor();
        installed.install("metrics", "M", bench::recording);
        installed.install("broken", "B", () -> intercepting(unlinked));

        assertThatThrownBy(() -> table.apply(one, GROUP, List.of(use("metrics"), use("broken"))))
                .isInstanceOf(TechnicalServiceException.class)
                .hasMessageStartingWith("node 'one': technical service 'broken' (B) could not be applied: ")
                .hasMessageContaining("org/example/Missing");

        assertThat(table.interceptorsOn(one)).isEmpty();

        assertThat(table.applied(one)).isEmpty();
        assertThat(bench.names(" removed from one")).containsExactly("metrics");
        table.apply(one, GROUP, List.of(use("metrics")));
        assertThat(table.applied(one)).containsExactly(use("metrics"));
    }

    @Test
    public void messagesPassNoServiceBeforeAllOfItsGroupAreApplied() {
        MessageInterceptor early = new MessageInterceptor() {};
        installed.install("other", "O", bench::recording);
        table.apply(one, GROUP, List.of(use("other")));
        List<List<MessageInterceptor>> meanwhile = new ArrayList<>();
        installed.install("first", "F", () -> intercepting(early));
        installed.install("second", "S", () -> new RecordingService(log) {
            @Override
            public void apply(Node node, Contributions contributions) {
                table.remove(one, "other"); // as another thread may
                meanwhile.add(table.interceptorsOn(one));
                super.apply(node, contributions);
            }
        });

        table.apply(one, GROUP, List.of(use("first"), use("second")));

        assertThat(meanwhile).containsExactly(List.of());
        assertThat(table.interceptorsOn(one)).containsExactly(early);
    }

    @Test
    public void aNodeThatGotItsServicesOneByOneIsAsOneThatGotThemAtOnce() {
        installed.install("x", "X", () -> bench.marking("x"));
        installed.install("z", "Z", () -> bench.marking("z"));
        installed.install("y", "Y", rulesBefore("x"), () -> bench.marking("y"));
        table.apply(one, GROUP, List.of(use("x"), use("z")));

        table.apply(one, GROUP, List.of(use("y")));
        table.apply(two, GROUP, List.of(use("x"), use("z"), use("y")));

        for (Node node : List.of(one, two)) {
            assertThat(table.applied(node)).as(node.name()).containsExactly(use("z"), use("y"), use("x"));
            assertThat(node.property("mark")).as("%s: of the last", node.name()).contains("x");
            table.remove(node, "y");
            assertThat(table.applied(node)).as(node.name()).containsExactly(use("x"), use("z"));
            assertThat(node.property("mark")).as("%s: of the last", node.name()).contains("z");
        }
    }

    @Test
    public void howANodeCameToItsServicesMakesNoDifference() {
        int compared = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            log.clear();
            int count = 2 + random.nextInt(4);
            InstalledByHand those = new InstalledByHand(log);
            List<ServiceUse> uses = new ArrayList<>();
            for (int at = 0; at < count; at++) {
                String id = "s" + at;
                CombinationRules rules =
                        random.nextInt(3) == 0 ? rulesBefore("s" + random.nextInt(count)) : CombinationRules.NONE;
                those.install(id, "S" + at, rules, () -> bench.marking(id));
                uses.add(random.nextInt(uses.size() + 1), use(id));
            }
            LocalRuntime place = new LocalRuntime("there", random);
            ServiceTable fresh = new ServiceTable(those, place);
            if (fresh.combine(uses) instanceof Combination.Refused) {
                continue;
            }
            compared++;
            Node gradual = place.createNode("gradual", Optional.of("workers"));
            uses.forEach(use -> fresh.apply(gradual, GROUP, List.of(use)));
            requireLike(gradual, fresh, place, uses, "seed " + seed);
            ServiceUse leaving = uses.remove(random.nextInt(count));
            fresh.remove(gradual, leaving.id());
            requireLike(gradual, fresh, place, uses, "seed " + seed + ", without " + leaving.id());
            uses.add(leaving);
            fresh.apply(gradual, GROUP, List.of(leaving));
            requireLike(gradual, fresh, place, uses, "seed " + seed + ", with " + leaving.id() + " again");
            fresh.close();
        }
        assertThat(compared).isGreaterThan(80);
    }

    /** As one that is given these now, and as is shown. */
    private static void requireLike(
            Node node, ServiceTable table, LocalRuntime place, List<ServiceUse> uses, String what) {
        Node given = place.createNode("given", Optional.of("workers"));
        table.apply(given, GROUP, uses);
        assertThat(table.applied(node)).as(what).isEqualTo(table.applied(given));
        assertThat(new Combination.Ordered(table.applied(node))).as(what).isEqualTo(table.combine(uses));
        assertThat(node.properties()).as(what).isEqualTo(given.properties());
        place.removeNode("given");
    }

    @Test
    public void propertiesKeepTheirPlacesAroundOneThatSomebodyElseHasSet() {
        installed.install("x", "X", () -> bench.marking("x"));
        installed.install("z", "Z", () -> bench.marking("z"));
        installed.install("y", "Y", rulesBefore("x"), () -> bench.marking("y"));
        table.apply(one, GROUP, List.of(use("x")));
        one.setProperty("mark", "own");
        table.apply(one, GROUP, List.of(use("z"), use("y")));

        assertThat(one.property("mark")).contains("y");
        table.remove(one, "y");
        table.remove(one, "z");
        assertThat(one.property("mark")).as("above that of x").contains("own");
    }

    @Test
    public void propertiesThatWereLaidOverEachOtherAreUncoveredInAnyOrder() {
        installed.install("a", "A", () -> new Setting("colour", "red"));
        installed.install("b", "B", () -> new Setting("colour", "blue"));
        one.setProperty("colour", "grey");
        table.apply(one, GROUP, List.of(use("a"), use("b")));
        assertThat(one.property("colour")).contains("blue");

        table.remove(one, "a");
        assertThat(one.property("colour")).contains("blue");
        table.remove(one, "b");
        assertThat(one.property("colour")).contains("grey");
    }

    /** Sets a property, as its whole work. */
    private record Setting(String key, String value) implements TechnicalService {
        @Override
        public void apply(Node node, Contributions contributions) {
            contributions.property(key, value);
        }
    }
}
