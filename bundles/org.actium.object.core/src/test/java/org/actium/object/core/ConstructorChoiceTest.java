package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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

    private static String chosen(Object... arguments) {
        return Arrays.toString(ConstructorChoice.of(Many.class, arguments).getParameterTypes());
    }

    @Test
    public void theMostSpecificWins() {
        assertThat(chosen("text")).isEqualTo("[class java.lang.String]");
        assertThat(chosen(2.0)).isEqualTo("[class java.lang.Object]");
        assertThat(chosen(new ArrayList<>(), 1)).isEqualTo("[interface java.util.List, int]");
        assertThat(chosen(List.of(), 1)).isEqualTo("[interface java.util.List, int]");
    }

    @Test
    public void aBoxFitsItsPrimitiveButADeclaredBoxComesFirst() {
        assertThat(chosen(1)).isEqualTo("[int]");
        assertThat(chosen(1L)).isEqualTo("[class java.lang.Long]");
    }

    @Test
    public void aPrivateConstructorCountsToo() {
        assertThat(chosen("a", "b")).isEqualTo("[class java.lang.String, class java.lang.String]");
    }

    @Test
    public void ambiguityIsAnErrorThatListsTheCandidates() {
        assertThatThrownBy(() -> chosen("a", "b", 1))
                .isInstanceOf(CreationException.class)
                .hasMessage("class " + Many.class.getName()
                        + " has several constructors for (java.lang.String, java.lang.String, java.lang.Integer), none"
                        + " more specific than the others: (java.lang.Comparable, java.lang.Object, int),"
                        + " (java.lang.Object, java.io.Serializable, int)");
        assertThatThrownBy(() -> chosen((Object) null)).hasMessageContaining("several constructors for (null)");
    }

    @Test
    public void oneNullIsNoProblemIfOnlyOneConstructorTakesIt() {
        assertThat(chosen(null, "rest", true))
                .isEqualTo("[class java.lang.StringBuilder, class java.lang.Object, boolean]");
    }
}
