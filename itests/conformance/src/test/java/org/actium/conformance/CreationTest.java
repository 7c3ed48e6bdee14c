package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CreationException;
import org.actium.object.api.ObjectInfo;
import org.actium.object.api.Termination;
import org.actium.runtime.api.Node;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class CreationTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public CreationTest(Setting setting) {
        grid = new Grid(setting);
    }

    /** Has a name, and does what names do. */
    public interface HasName {
        String name();
    }

    /** Told its name when it is made. */
    public static class Named implements HasName, Serializable {
        private static final long serialVersionUID = 1;
        private final String name;
        private final List<String> heard = new ArrayList<>();

        public Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        public String node() {
            return ActiveContext.current().node().name();
        }

        public void hear(String word) {
            heard.add(word);
        }

        public String heard() {
            return String.join(" ", heard);
        }

        public Named self() {
            return ActiveContext.current().self(Named.class);
        }

        protected int guarded() {
            return -10;
        }

        int packaged() {
            return 7;
        }
    }

    /** Says which constructor made it. */
    public static class Choosy {
        private final String chosen;

        public Choosy(Object any) {
            chosen = "Object";
        }

        public Choosy(String text) {
            chosen = "String";
        }

        public Choosy(int number) {
            chosen = "int";
        }

        public Choosy(long number) {
            chosen = "long";
        }

        public Choosy(Long number) {
            chosen = "Long";
        }

        public Choosy(String first, Object second) {
            chosen = "String, Object";
        }

        public Choosy(Object first, String second) {
            chosen = "Object, String";
        }

        public Choosy(String... many) {
            chosen = many.length + " of String";
        }

        public String chosen() {
            return chosen;
        }
    }

    /** Has one constructor that takes {@code null}. */
    public static class Blank {
        private final String chosen;

        public Blank(int number) {
            chosen = "int";
        }

        public Blank(String text) {
            chosen = "String";
        }

        public String chosen() {
            return chosen;
        }
    }

    /** Has what is written on it in common with its labels. */
    public static class Shelf {
        private final List<String> written = new ArrayList<>();

        /** Belongs to one shelf. */
        public class Label {
            public void write(String word) {
                written.add(word);
            }
        }

        /** Belongs to none. */
        public static class Tag {
            private String word = "";

            public void write(String text) {
                word = text;
            }

            public String word() {
                return word;
            }
        }
    }

    /** Final, so it needs another type for its stubs. */
    public record Plate(String name) implements HasName, Serializable {}

    /** Leaves it open what its name is. */
    public abstract static class Nameless implements HasName {
        public String greeting() {
            return "I am " + name();
        }
    }

    /** Fills that in. */
    public static class Filled extends Nameless {
        @Override
        public String name() {
            return "filled";
        }
    }

    /** Holds what its type parameter says. */
    public static class Holder<T extends Serializable> implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<T> items = new ArrayList<>();

        public void put(T item) {
            items.add(item);
        }

        public T latest() {
            return items.getLast();
        }

        public List<T> all() {
            return items;
        }
    }

    /** Says what it holds, so that its results can be stood in for. */
    public static class HolderOfNamed extends Holder<Named> {
        private static final long serialVersionUID = 1;
    }

    private Named named(String name) {
        return named(name, grid.node());
    }

    private Named named(String name, Node node) {
        return grid.objects().newActive(Named.class, name).on(node).start();
    }

    @Test
    @Row({1, 3})
    public void anObjectMadeFromArgumentsOnANodeAnswersWithThem() {
        for (int number = 0; number < 3; number++) {
            Node node = grid.node(number);
            Named named = named("Ada", node);

            assertThat(named.name()).isEqualTo("Ada");
            assertThat(named.node()).isEqualTo(node.name());
        }
    }

    @Test
    @Row({2, 4, 16})
    public void anObjectTurnedActiveKeepsItsStateAndFinalFields() {
        for (int number = 0; number < 3; number++) {
            Named object = new Named("Ada");
            object.hear("before");

            Named stub = grid.objects().turnActive(object).on(grid.node(number)).start();
            stub.hear("after");

            assertThat(stub.name()).isEqualTo("Ada");
            assertThat(stub.heard()).isEqualTo("before after");
            if (number != 1) {
                continue;
            }
            assertThat(object.heard())
                    .as("in the own runtime it is that object")
                    .isEqualTo("before after");
        }
    }

    @Test
    @Row(5)
    public void theConstructorIsTheOneThatTheCompilerWouldChoose() {
        assertThat(chosen("text")).isEqualTo("String");
        assertThat(chosen(1)).isEqualTo("int");
        assertThat(chosen(1L)).isEqualTo("Long");
        assertThat(chosen((short) 1)).isEqualTo("int");
        assertThat(chosen(new ArrayList<>())).isEqualTo("Object");
        assertThat(chosen("a", 1)).isEqualTo("String, Object");
        assertThat(chosen("a", "b", "c")).isEqualTo("3 of String");
        assertThatThrownBy(() -> chosen("a", "b"))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("(java.lang.Object, java.lang.String), (java.lang.String, java.lang.Object)");
        assertThatThrownBy(() -> chosen(null, null))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("(java.lang.Object, java.lang.String), (java.lang.String, java.lang.Object)");
        assertThatThrownBy(() -> chosen((Object) null))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("(java.lang.Long), (java.lang.Object), (java.lang.String)");
        assertThat(grid.objects()
                        .newActive(Blank.class, (Object) null)
                        .on(grid.node())
                        .start()
                        .chosen())
                .as("only one of them takes null")
                .isEqualTo("String");
    }

    private String chosen(Object... arguments) {
        return grid.objects()
                .newActive(Choosy.class, arguments)
                .on(grid.node())
                .start()
                .chosen();
    }

    @Test
    @Row({6, 8})
    public void oneObjectIsMadeOnEachNodeWithItsOwnArguments() {
        List<Node> nodes = List.of(grid.node(0), grid.node(1), grid.node(2));

        List<Named> all = grid.objects()
                .newActiveOnEach(nodes, Named.class, new Object[] {"a"}, new Object[] {"b"}, new Object[] {"c"});

        assertThat(all).extracting(Named::name).containsExactly("a", "b", "c");
        assertThat(all)
                .extracting(Named::node)
                .containsExactlyElementsOf(nodes.stream().map(Node::name).toList());
        assertThatThrownBy(() -> grid.objects().newActiveOnEach(nodes, Named.class, new Object[] {"a"}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> grid.objects().newActiveOnEach(nodes, Named.class))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("3 of 3 were not created");
    }

    @Test
    @Row(9)
    public void referencesToOneObjectAreEqualHoweverTheyWereComeBy() {
        Named named = named("Ada");
        Named other = named("Ada");

        assertThat(named.self()).isEqualTo(named).hasSameHashCodeAs(named);
        assertThat(named).isNotEqualTo(other).isNotEqualTo(null).isNotEqualTo("Ada");
    }

    @Test
    @Row(15)
    public void anInnerClassCanOnlyBeTurnedActiveAndANestedOneIsLikeAnyOther() {
        Shelf shelf = new Shelf();
        Shelf.Label label =
                grid.objects().turnActive(shelf.new Label()).on(grid.node(1)).start();
        Shelf.Tag made =
                grid.objects().newActive(Shelf.Tag.class).on(grid.node()).start();
        Shelf.Tag turned =
                grid.objects().turnActive(new Shelf.Tag()).on(grid.node(1)).start();

        grid.futures().async(() -> label.write("novels")).join();
        made.write("made");
        turned.write("turned");

        assertThat(shelf.written).as("it keeps its shelf").containsExactly("novels");
        assertThat(made.word()).isEqualTo("made");
        assertThat(turned.word()).isEqualTo("turned");
        assertThatThrownBy(() -> grid.objects()
                        .newActive(Shelf.Label.class)
                        .on(grid.node())
                        .start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("it is an inner class, which needs an enclosing object");
    }

    @Test
    @Row(18)
    public void methodsThatAreNotPublicAreCallsTooWhereTheStubCanHaveThem() {
        Named named = named("Ada");

        assertThat(named.guarded()).isEqualTo(-10);
        assertThat(named.packaged()).isEqualTo(7);
    }

    @Test
    @Row(17)
    public void aGenericClassCanBeActive() {
        Holder<Named> holder =
                grid.objects().turnActive(new Holder<Named>()).on(grid.node()).start();
        HolderOfNamed fixed =
                grid.objects().newActive(HolderOfNamed.class).on(grid.node()).start();
        holder.put(new Named("Ada"));
        fixed.put(new Named("Grace"));

        Named stoodInFor = fixed.latest();
        assertThat(holder.latest().name()).isEqualTo("Ada");
        assertThat(holder.all().getFirst().name()).isEqualTo("Ada");
        assertThat(stoodInFor.name()).isEqualTo("Grace");
        assertThat(stoodInFor.getClass())
                .as("a future of the type that the class names")
                .isNotSameAs(Named.class);
    }

    @Test
    @Row({173, 174})
    public void stubsMayBeOfAnInterfaceOrAnAbstractClass() {
        HasName plate = grid.objects()
                .newActive(Plate.class, "brass")
                .as(HasName.class)
                .on(grid.node())
                .start();
        Nameless nameless = grid.objects()
                .newActive(Filled.class)
                .as(Nameless.class)
                .on(grid.node())
                .start();
        HasName turned = grid.objects()
                .turnActive(new Plate("copper"))
                .as(HasName.class)
                .on(grid.node())
                .start();

        assertThat(plate.name()).isEqualTo("brass");
        assertThat(nameless.greeting()).isEqualTo("I am filled");
        assertThat(turned.name()).isEqualTo("copper");
        assertThatThrownBy(() ->
                        grid.objects().newActive(Nameless.class).on(grid.node()).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("it is abstract; name a class that extends it");
    }

    @Test
    @Row(178)
    public void stubsAreMadeByManyThreadsAtOnce() {
        List<Named> made = new CopyOnWriteArrayList<>();
        grid.threads().run(() -> made.add(named("a")));

        Named other = named("b");
        grid.eventually("the other thread is done", () -> !made.isEmpty());

        assertThat(made.getFirst().getClass()).isSameAs(other.getClass());
        assertThat(made.getFirst().name()).isEqualTo("a");
    }

    @Test
    @Row(66)
    public void aNodeListsItsObjects() {
        Named first = named("first");
        Named second = named("second");
        named("elsewhere", grid.node(2));
        grid.objects().newActive(Filled.class).on(grid.node()).start();

        assertThat(grid.objects().objectsOn(grid.node()))
                .extracting(ObjectInfo::type)
                .containsExactly(Named.class.getName(), Named.class.getName(), Filled.class.getName());
        assertThat(grid.objects().stubsOn(grid.node(), Named.class)).containsExactly(first, second);
        assertThat(grid.objects().stubsOn(grid.node(), HasName.class))
                .extracting(HasName::name)
                .containsExactly("first", "second", "filled");
        grid.objects().terminate(first, Termination.NOW);
        assertThatThrownBy(first::name).isInstanceOf(BodyTerminatedException.class);
        grid.eventually(
                "it is listed no more",
                () -> grid.objects().stubsOn(grid.node(), Named.class).size() < 2);
        assertThat(grid.objects().stubsOn(grid.node(), Named.class)).containsExactly(second);
    }

    @Test
    @Row({69, 70})
    public void aNodeThatIsRemovedEndsItsObjectsAndNoOthers() {
        Node doomed = grid.runtime().runtime().createNode("doomed", Optional.empty());
        Named ended = named("ended", doomed);
        Named other = named("other", grid.node(1));

        grid.runtime().runtime().removeNode("doomed");

        grid.eventually("its objects end", () -> grid.objects().objects().size() == 1);
        assertThatThrownBy(ended::name).isInstanceOf(BodyTerminatedException.class);
        assertThat(other.name()).isEqualTo("other");
        assertThatThrownBy(() -> named("late", doomed))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("has no node 'doomed' (any more)");
        assertThatThrownBy(() -> grid.objects().objectsOn(doomed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no node 'doomed' (any more)");
    }

    @Test
    @Row({67, 72})
    public void anObjectKnowsItsNodeAndHandlesOnOneNodeAreEqual() {
        Locator locator =
                grid.objects().newActive(Locator.class).on(grid.node()).start();

        assertThat(locator.where()).isEqualTo(grid.node()).hasSameHashCodeAs(grid.node());
        assertThat(locator.where()).isNotEqualTo(grid.node(2));
    }

    /** Says where it is. */
    public static class Locator {
        public Node where() {
            return ActiveContext.current().node();
        }
    }

    /** A program as it stands on its own. */
    public static final class Report {
        private static final String ASKED = "report";

        private Report() {}

        public static void main(String... arguments) {
            if (arguments.length == 0) {
                throw new IllegalArgumentException("usage: report <year>");
            }
            ActiveContext.current().node().setProperty(ASKED, String.join(" ", arguments));
        }
    }

    /** Runs the program on its node. */
    public static class Launch {
        public CompletableFuture<Void> run(String... arguments) {
            Report.main(arguments);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    public void aMainProgramRunsOnANodeInAnActiveObject() {
        Launch launch = grid.objects().newActive(Launch.class).on(grid.node()).start();

        launch.run("2026", "short").join();

        assertThat(grid.node().property(Report.ASKED)).hasValue("2026 short");
        assertThatThrownBy(() -> launch.run().join()).hasRootCauseMessage("usage: report <year>");
    }
}
