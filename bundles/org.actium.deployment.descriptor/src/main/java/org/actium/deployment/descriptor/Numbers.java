package org.actium.deployment.descriptor;

import java.util.OptionalInt;
import org.actium.deployment.spi.XmlElement;

/** Numbers that the grammar has checked. */
final class Numbers {

    private Numbers() {}

    /** Empty if the attribute is absent, {@code max}, or no number. */
    static OptionalInt countOrMax(XmlElement element, String attribute) {
        String value = element.attribute(attribute).orElse("max").strip();
        try {
            return value.equalsIgnoreCase("max") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
        } catch (NumberFormatException reported) {
            return OptionalInt.empty();
        }
    }

    static boolean isTrue(XmlElement element, String attribute) {
        String value = element.attribute(attribute).orElse("false").strip();
        return value.equals("true") || value.equals("1");
    }
}
