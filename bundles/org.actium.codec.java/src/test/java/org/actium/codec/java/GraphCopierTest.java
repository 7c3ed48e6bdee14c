package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.codec.api.Substitution;
import org.junit.Test;

public class GraphCopierTest {

    private final Sharing sharing = new Sharing(Set.of());
    private final CopyPlans plans = new CopyPlans();

    /** Of every kind of field, and of a superclass. */
    private static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        private long inherited = 7;
        Object any;
    }

    private static final class Whole extends Base {
        private static final long serialVersionUID = 1;
        private final int number;
        private final String name;
        private final double[] doubles = {1.5, 2.5};
        private final Whole[][] arrays = new Whole[2][1];
        private final List<Object> list = new ArrayList<>();
        private final Map<String, Whole> map = new LinkedHashMap<>();
        private transient int cache = 5;
        private boolean flag = true;

        Whole(int number) {
            this.number = number;
            this.name = "whole " + number;
        }
    }

    private record Pair(Object left, List<Whole> right) implements Serializable {}

    private record Nothing() implements Serializable {}

    /** Makes sure of something when it is read. */
    private static final class Careful implements Serializable {
        private static final long serialVersionUID = 1;
        private int value = 1;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            value++;
        }
    }

    private Optional<Object> copy(Object original) {
        return new GraphCopier(plans, sharing, Substitution.NONE, ReadLimits.DEFAULT, new IdentityHashMap<>())
                .copy(original);
    }

    private static Object tangle() {
        Whole one = new Whole(1);
        Whole two = new Whole(2);
        one.any = two;
        two.any = one;
        one.arrays[0][0] = two;
        one.arrays[1] = one.arrays[0];
        one.list.add(one.list);
        one.list.add(one.doubles);
        one.map.put("two", two);
        two.map.put("one", one);
        two.list.addAll(Arrays.asList(null, 5, "text", new Pair(one, List.of(two))));
        return new ArrayList<>(List.of(one, two, one));
    }

    private static Object[] samples() {
        return new Object[] {
            tangle(),
            new Object[] {new ArrayList<>(List.of(1)), new int[] {1, 2}, new Whole[0], new String[] {"a", null}},
            new LinkedList<>(List.of(new Whole(1), new Whole(2))),
            new ArrayDeque<>(List.of(new Whole(3))),
            new LinkedHashSet<>(List.of("a", "b")),
            new HashSet<>(List.of("a", "b", "c")),
            new HashMap<>(Map.of("k", new ArrayList<>(List.of(1)))),
            new ConcurrentHashMap<>(Map.of("k", new ArrayList<>(List.of(1)))),
            List.of(new ArrayList<>(), new Whole(4)),
            new ArrayList<>(List.of(new Nothing(), new Pair(new ArrayList<>(), new ArrayList<>()))),
        };
    }

    @Test
    public void copiesExactlyWhatAStreamWouldCopy() throws Exception {
        for (Object original : samples()) {
            Object copy = copy(original).orElseThrow(() -> new AssertionError("gave up " + original));

            assertThat(copy).isNotSameAs(original).hasSameClassAs(original);
            // once more through a stream, which brings hash tables to their usual size
            assertThat(written(read(written(copy)))).as("%s", original).isEqualTo(written(read(written(original))));
        }
    }

    @Test
    public void keepsTheOrderOfMapsThatOrderByAccess() {
        Map<Object, Object> byAccess = new LinkedHashMap<>(16, 0.75f, true);
        byAccess.put("a", new ArrayList<>(List.of(1)));
        byAccess.put("b", new Whole(2));

        for (Object key : new Object[] {"c", new Pair("mutable", new ArrayList<>())}) {
            byAccess.put(key, "last");
            Map<?, ?> copy = (Map<?, ?>) copy(byAccess).orElseThrow();
            assertThat(copy.get("a")).isNotSameAs(byAccess.get("a")).isEqualTo(List.of(1));
            assertThat(List.copyOf(copy.keySet()).getLast()).isEqualTo("a");
        }
    }

    @Test
    public void leavesOutTransientFieldsAndRunsNoConstructor() {
        Whole original = new Whole(3);

        Whole copy = (Whole) copy(original).orElseThrow();

        assertThat(copy.cache).isZero();
        assertThat(copy.flag).isTrue();
        assertThat(((Base) copy).inherited).isEqualTo(7);
    }

    @Test
    public void sharesNothingThatCanChange() {
        Whole original = new Whole(3);
        original.list.add(new Date[0]);

        Whole copy = (Whole) copy(original).orElseThrow();

        assertThat(copy.doubles).isNotSameAs(original.doubles);
        assertThat(copy.list).isNotSameAs(original.list);
        assertThat(copy.list.getFirst()).isNotSameAs(original.list.getFirst());
        assertThat(copy.name).isSameAs(original.name);
    }

    @Test
    public void leavesToTheStreamWhatTakesSerializationIntoItsOwnHands() {
        for (Object original : new Object[] {
            new Careful(), new Date(), new TreeMap<>(Map.of("a", "b")), new IllegalStateException("x"), new Object()
        }) {
            assertThat(copy(original)).as("%s", original).isEmpty();
            assertThat(copy(new ArrayList<>(List.of(original)))).isEmpty();
        }
        assertThat(new JavaCodec().copy(new Careful(), Substitution.NONE).value).isEqualTo(2);
    }

    @Test
    public void leavesACycleThroughARecordToTheStream() {
        List<Object> list = new ArrayList<>();
        Pair pair = new Pair(list, new ArrayList<>());
        list.add(pair);

        assertThat(copy(pair).isEmpty()).isTrue();
        List<?> copy = (List<?>) copy(list).orElseThrow();
        assertThat(((Pair) copy.getFirst()).left() == copy)
                .as("a list is there before the record in it")
                .isTrue();
    }

    @Test
    public void givesUpWhereALimitMayBeExceeded() {
        Object deep = new ArrayList<>();
        for (int i = 0; i < ReadLimits.DEFAULT.depth(); i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        assertThat(copy(deep)).isEmpty();
        GraphCopier strict = new GraphCopier(
                plans, sharing, Substitution.NONE, new ReadLimits(10, 100, 1_000, 10_000), new IdentityHashMap<>());
        assertThat(strict.copy(new ArrayList<>(List.of(new int[2_000], new int[1]))))
                .isEmpty();
    }

    private static byte[] written(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
