package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.actium.object.api.CreationException;
import org.junit.Test;

public class ConstructorChoiceTest {

    /** One constructor for each rule. */
    @SuppressWarnings("unused")
    static final class Many {
        Many(Object any) {}

        Many(String text) {}

        Many(int number) {}

        Many(long number) {}

        Many(Long number) {}

        Many(Collection<?> all, int n) {}

        Many(List<?> all, int n) {}

        Many(Comparable<?> a, Object b, int n) {}

        Many(Object a, Serializable b, int n) {}

        Many(StringBuilder only, Object rest, boolean flag) {}

        private Many(String hidden, String too) {}
    }

    /** What {@code 1} may become. */
    @SuppressWarnings("unused")
    static final class Wide {
        Wide(double number) {}

        Wide(long number) {}

        Wide(Object any) {}

        Wide(Number number, Object any) {}
    }

    /** The last parameter takes any number. */
    @SuppressWarnings("unused")
    static final class Variable {
        final long[] numbers;
        final String first;

        Variable(String first, long... numbers) {
            this.first = first;
            this.numbers = numbers;
        }

        Variable(Number... all) {
            this("numbers", all.length);
        }

        Variable(String first, String second) {
            this("fixed", 0);
        }
    }

    /** Nobody else may make one. */
    @SuppressWarnings("unused")
    static final class Closed {
        private Closed() {}
    }

    private static String chosen(Object... arguments) {
        return chosen(Many.class, arguments);
    }

    private static String chosen(Class<?> type, Object[] arguments) {
        return Arrays.toString(
                ConstructorChoice.of(type, arguments).constructor().getParameterTypes());
    }

    private static Variable variable(Object... arguments) throws Exception {
        return (Variable) ConstructorChoice.of(Variable.class, arguments).call();
    }

    @Test // row 5
    public void theMostSpecificWins() {
        assertThat(chosen("text")).isEqualTo("[class java.lang.String]");
        assertThat(chosen(List.of())).isEqualTo("[class java.lang.Object]");
        assertThat(chosen(new ArrayList<>(), 1)).isEqualTo("[interface java.util.List, int]");
        assertThat(chosen(List.of(), 1)).isEqualTo("[interface java.util.List, int]");
        assertThat(chosen(Set.of(), 1)).isEqualTo("[interface java.util.Collection, int]");
    }

    @Test // row 5
    public void aBoxFitsItsPrimitiveButADeclaredBoxComesFirst() {
        assertThat(chosen(1)).isEqualTo("[int]");
        assertThat(chosen(1L)).isEqualTo("[class java.lang.Long]");
        assertThat(chosen((short) 1)).isEqualTo("[int]");
        assertThat(chosen('c')).isEqualTo("[int]");
        assertThat(chosen(2.0)).isEqualTo("[class java.lang.Object]");
        assertThat(chosen(true)).isEqualTo("[class java.lang.Object]");
    }

    @Test
    public void aPrimitiveBecomesWiderBeforeItBecomesAnObject() {
        assertThat(chosen(Wide.class, new Object[] {1})).isEqualTo("[long]");
        assertThat(chosen(Wide.class, new Object[] {1f})).isEqualTo("[double]");
        assertThat(chosen(Wide.class, new Object[] {1, 2}))
                .isEqualTo("[class java.lang.Number, class java.lang.Object]");
    }

    @Test
    public void anyNumberOfArgumentsIsTriedLast() throws Exception {
        assertThat(variable("a", "b").first).isEqualTo("fixed");
        assertThat(variable("a", 1, 2L, (byte) 3).numbers).containsExactly(1, 2, 3);
        assertThat(variable("a").numbers).isEmpty();
        assertThat(variable("a", new long[] {4}).numbers).containsExactly(4);
        assertThat(variable(1, 2.0, null).numbers).containsExactly(3);
    }

    @Test
    public void aPrivateConstructorIsNotForOthers() {
        assertThatThrownBy(() -> chosen("a", "b"))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("has no constructor for (java.lang.String, java.lang.String); it has ");
        assertThatThrownBy(() -> chosen(Closed.class, new Object[0]))
                .hasMessage("class " + Closed.class.getName()
                        + " cannot be active: its constructors are all private; give it one that is not");
    }

    @Test // row 5
    public void ambiguityIsAnErrorThatListsTheCandidates() {
        assertThatThrownBy(() -> chosen("a", "b", 1))
                .isInstanceOf(CreationException.class)
                .hasMessage("class " + Many.class.getName()
                        + " has several constructors for (java.lang.String, java.lang.String, java.lang.Integer), none"
                        + " more specific than the others: (java.lang.Comparable, java.lang.Object, int),"
                        + " (java.lang.Object, java.io.Serializable, int)");
        assertThatThrownBy(() -> chosen((Object) null)).hasMessageContaining("several constructors for (null)");
        assertThatThrownBy(() -> chosen(null, null, 1)).hasMessageContaining("several constructors for (null, null");
    }

    @Test // row 5
    public void oneNullIsNoProblemIfOnlyOneConstructorTakesIt() {
        assertThat(chosen(null, "rest", true))
                .isEqualTo("[class java.lang.StringBuilder, class java.lang.Object, boolean]");
        assertThat(chosen(null, 1)).isEqualTo("[interface java.util.List, int]");
    }

    /** Is never constructed. */
    public static class Broken {
        public Broken() {
            throw new AssertionError("broken");
        }
    }

    @Test
    public void anErrorOfTheConstructorIsThrownAsItIs() {
        ConstructorChoice choice = ConstructorChoice.of(Broken.class, new Object[0]);

        assertThatThrownBy(choice::call).isInstanceOf(AssertionError.class).hasMessage("broken");
    }
}
