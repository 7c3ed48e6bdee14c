package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.Immediate;
import org.actium.runtime.spi.Threads;
import org.actium.tagging.api.TagMemory;
import org.actium.tagging.api.Tags;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class TagTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public TagTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** Passes a message on along a list of objects; the last one says which tags it came with. */
    public static class Link {

        private static Tags tags() {
            return ActiveContext.current().facility(Tags.class);
        }

        public String begin(String value, Link... rest) {
            tags().set("trip", value);
            return pass(rest);
        }

        public String pass(Link... rest) {
            return rest.length == 0 ? seen() : rest[0].pass(rest(rest));
        }

        public String passIncremented(Link... rest) {
            tags().set("trip", tags().value("trip").orElseThrow() + "+");
            return pass(rest);
        }

        public String stop(Link... rest) {
            tags().stop("trip");
            return pass(rest);
        }

        public String beginStopAndPass(Link stopping, Link... rest) {
            tags().set("trip", "t");
            String stopped = stopping.stop(rest);
            return stopped + ", then " + pass(rest);
        }

        public String beginChangeAndPass(Link changing, Link... rest) {
            tags().set("trip", "t");
            String changed = changing.passIncremented(rest);
            return changed + ", then " + pass(rest);
        }

        public String seen() {
            return tags().all().toString();
        }

        @Immediate
        public String seenAtOnce() {
            return tags().all().toString();
        }

        /** It has the facility of the object, but serves nothing. */
        public CompletableFuture<String> seenByAThreadOfItsOwn() {
            Tags tags = tags();
            tags.set("trip", "mine");
            CompletableFuture<String> seen = new CompletableFuture<>();
            ActiveContext.current().facility(Threads.class).run(() -> {
                try {
                    seen.complete(tags.all().toString());
                } catch (IllegalStateException refused) {
                    seen.complete(refused.toString());
                }
            });
            return seen;
        }

        public String beginAndAskAtOnce(Link other) {
            tags().set("trip", "now");
            return other.seenAtOnce();
        }

        public String beginAndServeWithin(Link self) {
            tags().set("trip", "outer");
            tags().stop("trip");
            self.note();
            tags().set("trip", "outer");
            ActiveContext.current()
                    .service()
                    .blockingServeOldest(request -> request.method().equals("note"));
            return noted + ", then " + seen();
        }

        private String noted = "";

        public void note() {
            noted = seen();
        }

        private static Link[] rest(Link... links) {
            return java.util.Arrays.copyOfRange(links, 1, links.length);
        }

        // ---- memory

        private static final Duration LEASE = Duration.ofMillis(200);

        private static TagMemory memory() {
            return tags().memory("trip", LEASE);
        }

        public void remember(String value) {
            tags().set("trip", "m");
            memory().put("what", value);
        }

        public String remembered() {
            tags().set("trip", "m");
            return memory().get("what").map(Object::toString).orElse("nothing");
        }

        public String memoryWithoutTag() {
            return memory().toString();
        }
    }

    private Link link(int node) {
        return grid.objects().newActive(Link.class).on(grid.node(node)).start();
    }

    @Test
    @Row(46)
    public void aTagSpreadsAlongWhatItCauses() {
        Link first = link(0);

        assertThat(first.begin("42", link(1), link(2), link(0))).isEqualTo("{trip=42}");
        assertThat(first.pass(link(1))).as("the next request has none").isEqualTo("{}");
    }

    @Test
    @Row(46)
    public void aTagStopsWhereItIsTold() {
        assertThat(link(0).beginStopAndPass(link(1), link(2)))
                .as("behind the one that stops it, and beside it")
                .isEqualTo("{}, then {trip=t}");
    }

    @Test
    public void aChangeReachesOnlyWhatComesAfterIt() {
        assertThat(link(0).beginChangeAndPass(link(1), link(2))).isEqualTo("{trip=t+}, then {trip=t}");
    }

    @Test
    public void immediateServicesSeeTheirOwnTags() {
        assertThat(link(0).beginAndAskAtOnce(link(2))).isEqualTo("{trip=now}");
    }

    @Test
    public void aRequestServedWithinAnotherHasTagsOfItsOwn() {
        Link link = link(0);

        assertThat(link.beginAndServeWithin(link)).isEqualTo("{}, then {trip=outer}");
    }

    @Test
    @Row(46)
    public void anObjectKeepsValuesForATagForAsLongAsItsLease() {
        Link link = link(0);
        Link other = link(0);

        grid.eventually("a look at once", () -> {
            long before = grid.time().nanos();
            link.remember("value");
            String seen = link.remembered();
            boolean atOnce = grid.time().nanos() - before < Link.LEASE.toNanos() / 2;
            if (atOnce) { // on a slow machine the lease may be over
                assertThat(seen).as("within the lease").isEqualTo("value");
                assertThat(other.remembered()).as("of another object").isEqualTo("nothing");
            }
            return atOnce;
        });
        link.remember("value");
        long remembered = grid.time().nanos();
        grid.eventually("the lease has passed", () -> grid.time().nanos() - remembered > 2 * Link.LEASE.toNanos());
        assertThat(link.remembered()).as("after the lease").isEqualTo("nothing");
    }

    /** A thread outside is no cause: who wants to tag calls makes them in an object, if only in one for that purpose. */
    @Test
    @Row(46)
    public void tagsBeginInAnObjectThatServesAndNowhereElse() {
        assertThatThrownBy(ActiveContext::current).isInstanceOf(IllegalStateException.class);
        assertThat(link(0).seen()).as("called from outside").isEqualTo("{}");
        assertThat(link(0).seenByAThreadOfItsOwn().join())
                .startsWith("java.lang.IllegalStateException")
                .contains("serves no request");
    }

    @Test
    public void thereIsNoMemoryForATagThatIsNotInForce() {
        assertThatThrownBy(() -> link(0).memoryWithoutTag())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tag 'trip' is not in force");
    }
}
