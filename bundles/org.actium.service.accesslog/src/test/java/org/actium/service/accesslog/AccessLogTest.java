package org.actium.service.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.service.testkit.TestServices;
import org.actium.testkit.EmbeddedGrid;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

public class AccessLogTest {

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    private final SystemTime time = new SystemTime(new SystemThreads());
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @After
    public void stopTheClock() {
        time.close();
    }

    @Test
    public void writesWhoCalledWhatAndWhatCameOfIt() {
        TestServices services = services();
        Node node = services.node("one");
        services.apply(node, "access-log", Map.of());
        Door door = grid.objects().newActive(Door.class).on(node).start();

        assertThat(door.open(1)).isTrue();
        assertThatThrownBy(() -> door.open(0)).isInstanceOf(IllegalArgumentException.class);

        String id = grid.objects().id(door).toString();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("one - " + id + " open(I)Z ok ").endsWith("us");
        assertThat(lines.get(1)).startsWith("one - " + id + " open(I)Z failed ");
    }

    @Test
    public void namesTheObjectThatCalled() {
        TestServices services = services();
        Node node = services.node("one");
        services.apply(node, "access-log", Map.of("method", "open"));
        Door door = grid.objects().newActive(Door.class).on(node).start();
        Guest guest = grid.objects().newActive(Guest.class).on(node).start();

        assertThat(guest.enter(door)).isTrue();

        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith(
                        "one " + grid.objects().id(guest) + " " + grid.objects().id(door) + " open(I)Z ok ");
    }

    private TestServices services() {
        return new TestServices(grid.runtime("test"), Map.of("access-log", () -> new AccessLog(time, lines::add)));
    }

    /** Opens to those who have a key. */
    public static class Door {
        public boolean open(int key) {
            if (key == 0) {
                throw new IllegalArgumentException("no key");
            }
            return true;
        }
    }

    /** Has a key. */
    public static class Guest {
        public boolean enter(Door door) {
            return door.open(2);
        }
    }
}
